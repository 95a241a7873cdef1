//! What a page has that a reader follows, sees or hears: links, ids, headings, pictures.
//!
//! The seam to html5ever. Its tokenizer alone is used: no tree is built, so that a page costs
//! what its bytes cost. The three parts of a page, before, within and behind the body that an
//! editor wrote, are fed one after the other, which tells whose each token is.
//!
//! Invariant: all of it comes out in the order of the page.
//! Not here: whether anything of it is wrong (`mod.rs`), where links lead (`leads`).

use std::cell::{Cell, RefCell};
use std::ops::Range;

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::css;

/// A page as it was read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) links: Vec<Link>,
    pub(super) ids: Vec<Id>,
    pub(super) headings: Vec<Heading>,
    /// Pictures without words for those who cannot see them.
    pub(super) pictures: Vec<Picture>,
    /// What links are relative to, if not to the page.
    pub(super) base: Option<String>,
}

/// Who wrote something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Hand {
    /// The theme, with what it shows of records.
    #[default]
    Theme,
    /// An editor, in the body.
    Editor,
}

/// An address on a page.
#[derive(Debug)]
pub(super) struct Link {
    /// As it stands there, entities decoded.
    pub(super) url: String,
    pub(super) hand: Hand,
    pub(super) element: Element,
    pub(super) way: Way,
}

impl Link {
    /// An address in a text that is no HTML.
    pub(super) fn told(url: &str) -> Link {
        Link { url: url.to_owned(), hand: Hand::Theme, element: Element::default(), way: Way::Followed }
    }
}

/// How an address is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A reader may go there.
    Followed,
    /// A browser loads it to show the page.
    Loaded,
    /// It may be an address, or words: only one of the site itself is looked at.
    Told,
}

/// The name of an element; those of HTML cost nothing.
pub(super) type Name = html5ever::LocalName;

/// An element, as far as one can be told from another in messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Element {
    pub(super) name: Name,
    pub(super) class: Box<str>,
}

/// An id that links may lead to.
#[derive(Debug)]
pub(super) struct Id {
    pub(super) text: String,
    pub(super) hand: Hand,
}

/// A heading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) hand: Hand,
}

/// A picture without words.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) element: Element,
    pub(super) hand: Hand,
    /// Its address; empty for a drawing.
    pub(super) url: String,
    /// Whether it is said to need none: `alt=""`.
    pub(super) is_ornament: bool,
}

/// Which grammar a text has.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Grammar {
    #[default]
    Html,
    /// Feeds and sitemaps: every `href`, and the text of the elements that are addresses.
    Xml,
}

/// Reads a page. `body` is what an editor wrote of it.
pub(super) fn read(page: &str, body: Range<usize>, grammar: Grammar) -> Sheet {
    let reader = Reader { grammar, ..Reader::default() };
    let tokenizer = Tokenizer::new(reader, TokenizerOpts::default());
    let input = BufferQueue::default();
    let parts =
        [(0..body.start, Hand::Theme), (body.clone(), Hand::Editor), (body.end..page.len(), Hand::Theme)];
    for (part, hand) in parts {
        tokenizer.sink.hand.set(hand);
        input.push_back(StrTendril::from_slice(&page[part]));
        // It stops at the end of a script, which is run nowhere here.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    }
    tokenizer.end();
    tokenizer.sink.sheet.into_inner()
}

/// Collects what the tokenizer sees.
#[derive(Default)]
struct Reader {
    grammar: Grammar,
    hand: Cell<Hand>,
    sheet: RefCell<Sheet>,
    /// How deep in drawings: what stands there is no HTML.
    drawing: Cell<u32>,
    /// The drawing, by depth and index in `pictures`, that a `title` within would name.
    unnamed: Cell<Option<(u32, usize)>>,
    /// The text of a style sheet, or of an element that is an address.
    text: RefCell<Option<String>>,
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return self.start(&tag),
            Token::TagToken(tag) => self.end_of(&tag),
            Token::CharacterTokens(text) => {
                if let Some(all) = &mut *self.text.borrow_mut() {
                    all.push_str(&text);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.grammar == Grammar::Xml || self.drawing.get() > 0
    }
}

impl Reader {
    fn start(&self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        if self.grammar == Grammar::Xml {
            self.link(tag, "href", Way::Followed);
            if matches!(name, "loc" | "link" | "url") && !tag.self_closing {
                self.text.replace(Some(String::new()));
            }
            return TokenSinkResult::Continue;
        }
        if let Some(id) = value(tag, "id") {
            self.id(id);
        }
        if let Some(style) = value(tag, "style") {
            self.styled(style);
        }
        let in_drawing = self.drawing.get() > 0;
        match name {
            "a" | "area" => {
                self.link(tag, "href", Way::Followed);
                self.link(tag, "xlink:href", Way::Followed);
                if let Some(id) = value(tag, "name").filter(|id| value(tag, "id") != Some(id)) {
                    self.id(id);
                }
                if name == "area" && value(tag, "href").is_some() {
                    self.picture(tag, "");
                }
            }
            "base" => {
                let mut sheet = self.sheet.borrow_mut();
                if sheet.base.is_none() {
                    sheet.base = value(tag, "href").map(str::to_owned);
                }
            }
            "link" => self.link(tag, "href", way_of(value(tag, "rel").unwrap_or(""))),
            "meta" => self.meta(tag),
            "img" => {
                self.link(tag, "src", Way::Loaded);
                self.candidates(tag, "srcset");
                self.picture(tag, value(tag, "src").unwrap_or(""));
            }
            "source" => {
                self.link(tag, "src", Way::Loaded);
                self.candidates(tag, "srcset");
            }
            "script" | "iframe" | "embed" | "audio" | "track" => self.link(tag, "src", Way::Loaded),
            "video" => {
                self.link(tag, "src", Way::Loaded);
                self.link(tag, "poster", Way::Loaded);
            }
            "object" => self.link(tag, "data", Way::Loaded),
            "image" | "use" | "feimage" => {
                self.link(tag, "href", Way::Loaded);
                self.link(tag, "xlink:href", Way::Loaded);
            }
            "form" => self.link(tag, "action", Way::Followed),
            "button" => self.link(tag, "formaction", Way::Followed),
            "input" => {
                self.link(tag, "formaction", Way::Followed);
                self.link(tag, "src", Way::Loaded);
                if value(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("image")) {
                    self.picture(tag, value(tag, "src").unwrap_or(""));
                }
            }
            "svg" | "math" if !tag.self_closing => {
                self.drawing.set(self.drawing.get() + 1);
                if name == "svg" && value(tag, "role").is_some_and(|role| role.eq_ignore_ascii_case("img")) {
                    self.drawing_picture(tag);
                }
            }
            "title" if in_drawing => {
                if let Some((_, index)) = self.unnamed.take() {
                    self.sheet.borrow_mut().pictures.remove(index);
                }
            }
            "style" => drop(self.text.replace(Some(String::new()))),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                self.sheet.borrow_mut().headings.push(Heading { level, hand: self.hand.get() });
            }
            _ => {}
        }
        match name {
            // In a drawing they are elements like others.
            _ if in_drawing => TokenSinkResult::Continue,
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    fn end_of(&self, tag: &Tag) {
        let name = &*tag.name;
        if self.grammar == Grammar::Xml {
            if let Some(url) = self.text.take() {
                self.push(url.trim().to_owned(), Way::Followed, element(tag));
            }
            return;
        }
        match name {
            "svg" | "math" => {
                let depth = self.drawing.get();
                if self.unnamed.get().is_some_and(|(own, _)| own == depth) {
                    self.unnamed.set(None);
                }
                self.drawing.set(depth.saturating_sub(1));
            }
            "style" => {
                if let Some(text) = self.text.take() {
                    self.styled(&text);
                }
            }
            _ => {}
        }
    }

    fn id(&self, id: &str) {
        if !id.is_empty() {
            self.sheet.borrow_mut().ids.push(Id { text: id.to_owned(), hand: self.hand.get() });
        }
    }

    fn link(&self, tag: &Tag, attribute: &str, way: Way) {
        if let Some(url) = value(tag, attribute) {
            self.push(url.to_owned(), way, element(tag));
        }
    }

    fn push(&self, url: String, way: Way, element: Element) {
        let hand = self.hand.get();
        self.sheet.borrow_mut().links.push(Link { url, hand, element, way });
    }

    fn styled(&self, text: &str) {
        for (_, url) in css::addresses(text) {
            self.push(url.to_owned(), Way::Loaded, Element { name: "style".into(), class: "".into() });
        }
    }

    fn meta(&self, tag: &Tag) {
        let Some(content) = value(tag, "content") else { return };
        if value(tag, "http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh")) {
            if let Some(url) = refreshed(content) {
                self.push(url.to_owned(), Way::Followed, element(tag));
            }
        } else if content.starts_with("http") {
            self.push(content.to_owned(), Way::Told, element(tag));
        }
    }

    /// The addresses of a `srcset`, each up to a space; a comma at its end is none of it.
    fn candidates(&self, tag: &Tag, attribute: &str) {
        let mut rest = value(tag, attribute).unwrap_or("");
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
            if rest.is_empty() {
                return;
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            let url = rest[..end].trim_end_matches(',');
            self.push(url.to_owned(), Way::Loaded, element(tag));
            let has_width = url.len() == end;
            rest = &rest[end..];
            if has_width {
                rest = rest.split_once(',').map_or("", |(_, rest)| rest);
            }
        }
    }

    /// Notes a picture that has no words. `alt=""` says that it needs none.
    fn picture(&self, tag: &Tag, url: &str) {
        let alt = value(tag, "alt");
        let is_ornament = alt == Some("") && &*tag.name == "img";
        if is_named(tag) || alt.is_some_and(|alt| !alt.trim().is_empty()) {
            return;
        }
        let (element, hand) = (element(tag), self.hand.get());
        let picture = Picture { element, hand, url: url.to_owned(), is_ornament };
        self.sheet.borrow_mut().pictures.push(picture);
    }

    fn drawing_picture(&self, tag: &Tag) {
        if is_named(tag) {
            return;
        }
        let mut sheet = self.sheet.borrow_mut();
        if self.unnamed.get().is_none() {
            self.unnamed.set(Some((self.drawing.get(), sheet.pictures.len())));
        }
        let (element, hand) = (element(tag), self.hand.get());
        sheet.pictures.push(Picture { element, hand, url: String::new(), is_ornament: false });
    }
}

fn value<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| *attribute.name.local == *name).map(|attribute| &*attribute.value)
}

fn element(tag: &Tag) -> Element {
    Element { name: tag.name.clone(), class: value(tag, "class").unwrap_or("").into() }
}

/// Whether something other than `alt` names a picture, or hides it from those who listen.
fn is_named(tag: &Tag) -> bool {
    let says = |name| value(tag, name).is_some_and(|value| !value.trim().is_empty());
    let is =
        |name, expected: &str| value(tag, name).is_some_and(|value| value.eq_ignore_ascii_case(expected));
    says("aria-label")
        || says("aria-labelledby")
        || is("aria-hidden", "true")
        || is("role", "presentation")
        || is("role", "none")
}

/// A browser loads what some relations lead to.
fn way_of(relation: &str) -> Way {
    let loaded = [
        "stylesheet",
        "icon",
        "apple-touch-icon",
        "mask-icon",
        "preload",
        "modulepreload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "manifest",
    ];
    let mut relations = relation.split_ascii_whitespace();
    match relations.any(|own| loaded.iter().any(|loaded| own.eq_ignore_ascii_case(loaded))) {
        true => Way::Loaded,
        false => Way::Followed,
    }
}

/// The address in `0; url=…`.
fn refreshed(content: &str) -> Option<&str> {
    let (_, rest) = content.split_once([';', ','])?;
    let rest = rest.trim_start();
    let rest = match rest.get(..3) {
        Some(word) if word.eq_ignore_ascii_case("url") => rest[3..].trim_start().strip_prefix('=')?,
        _ => rest,
    };
    Some(rest.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::{Grammar, Hand, Sheet, Way, read};

    fn html(page: &str) -> Sheet {
        read(page, page.len()..page.len(), Grammar::Html)
    }

    #[track_caller]
    fn links(page: &str, expect: &[&str]) {
        let sheet = html(page);
        let links: Vec<String> =
            sheet.links.iter().map(|link| format!("{} {:?}", link.url, link.way)).collect();
        assert_eq!(links, expect);
    }

    #[test]
    fn addresses_are_where_html_has_them() {
        links("<a href='a&amp;b'>x</a><A HREF=c>", &["a&b Followed", "c Followed"]);
        links(
            "<img src=a srcset='b 1x, c 2x'><source srcset='d,e 2w,f'>",
            &["a Loaded", "b Loaded", "c Loaded", "d,e Loaded", "f Loaded"],
        );
        links("<link rel='Alternate Icon' href=a><link rel=canonical href=b>", &["a Loaded", "b Followed"]);
        links(
            "<svg><image xlink:href=a /><use href='#b'/><a href=c></a></svg>",
            &["a Loaded", "#b Loaded", "c Followed"],
        );
        links("<meta http-equiv=Refresh content=\"0; URL='a.html'\">", &["a.html Followed"]);
        links("<meta property=og:url content=https://a.vn/><meta name=x content=y>", &["https://a.vn/ Told"]);
        links(
            "<style>a{background:url(a.png)}</style><p style='background:url(b)'>",
            &["a.png Loaded", "b Loaded"],
        );
    }

    #[test]
    fn what_is_no_markup_is_no_address() {
        links("<!-- <a href=a> --><script>'<a href=b>'</script><title><a href=c></title>", &[]);
        links("<textarea><a href=a></textarea><a href=b>", &["b Followed"]);
    }

    #[test]
    fn a_script_in_a_drawing_that_closes_itself_hides_nothing() {
        links("<svg><script href=a /><title>x</title></svg><a href=b>", &["b Followed"]);
    }

    #[test]
    fn the_hand_changes_where_the_body_begins_and_ends() {
        let page = "<h1>a</h1><h2 id=b>b</h2><h3>c</h3>";
        let sheet = read(page, 10..25, Grammar::Html);
        let hands: Vec<Hand> = sheet.headings.iter().map(|heading| heading.hand).collect();
        assert_eq!(hands, [Hand::Theme, Hand::Editor, Hand::Theme]);
        assert_eq!(sheet.ids[0].hand, Hand::Editor);
    }

    #[track_caller]
    fn unnamed(page: &str, expect: usize) {
        let pictures = html(page).pictures;
        assert_eq!(pictures.iter().filter(|picture| !picture.is_ornament).count(), expect, "{pictures:?}");
    }

    #[test]
    fn a_picture_has_words_or_says_that_it_needs_none() {
        unnamed("<img src=a>", 1);
        unnamed("<img src=a alt=' '>", 1);
        unnamed("<img src=a alt=''><img src=a alt=b><img src=a aria-hidden=true>", 0);
        unnamed("<svg role=img></svg>", 1);
        unnamed("<svg role=img><title>a</title></svg><svg></svg><svg role=img aria-label=b></svg>", 0);
        unnamed("<svg role=img><g></g></svg><svg><title>a</title></svg>", 1);
        unnamed("<input type=image src=a><input type=text>", 1);
    }

    #[test]
    fn a_feed_has_addresses_in_attributes_and_in_texts() {
        let feed = "<?xml version=\"1.0\"?><f><link href=\"a\"/><loc>b&amp;c</loc><title>d</title></f>";
        let sheet = read(feed, feed.len()..feed.len(), Grammar::Xml);
        let urls: Vec<&str> = sheet.links.iter().map(|link| &*link.url).collect();
        assert_eq!(urls, ["a", "b&c"]);
        assert!(sheet.links.iter().all(|link| link.way == Way::Followed));
    }
}
