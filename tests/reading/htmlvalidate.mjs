// Rules for the pages of the theme: all that html-validate recommends, but for those below.
export default {
  root: true,
  extends: ['html-validate:recommended'],
  elements: ['html5'],
  rules: {
    // HTML asks for neither case; the theme writes all names in lower case, and this one too.
    'doctype-style': ['error', { style: 'lowercase' }],
    // `_main` begins as no id of a heading or a paragraph does, which are made of their words:
    // the two can never meet. HTML only asks that an id has no space.
    'valid-id': ['error', { relaxed: true }],
    // Titles are those of the press and names those of organs, in full; both run to two hundred
    // characters, and a shorter one would be somebody else's words.
    'long-title': 'off',
    // Texts come from a Markdown library that closes `<br />` and `<img />`, which HTML allows
    // and ignores; rewriting each text would change nothing that a browser sees.
    'void-style': 'off',
  },
};
