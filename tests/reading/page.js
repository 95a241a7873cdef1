// What the tests ask of a page, from within it. Each function gives a list of what is wrong,
// in words, or what a test compares. It is an expression: the tests evaluate it once a page,
// which leaves `reading` behind.
(() => {
  const words = (element) => {
    const text = (element.getAttribute('aria-label') || element.textContent).trim().replace(/\s+/g, ' ');
    const place = element.id ? `#${element.id}` : element.getAttribute('class') ? `.${element.getAttribute('class')}` : '';
    return `<${element.localName}${place}> “${text.slice(0, 40)}”`;
  };
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  // Any colour of CSS as red, green, blue and alpha, 0 to 255.
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      known.set(colour, [...pen.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(colour);
  };
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((byte) => {
      const part = byte / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  // The colour behind an element, as far as it is a plain one.
  const behind = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return rgba(matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#fff');
  };

  // The colour of the last shape that a drawing has beneath the middle of a text of it.
  const shapeBeneath = (element) => {
    const text = element.getBoundingClientRect();
    const [x, y] = [text.x + text.width / 2, text.y + text.height / 2];
    const beneath = [...element.ownerSVGElement.querySelectorAll('circle, rect, ellipse, path')].filter((shape) => {
      const box = shape.getBoundingClientRect();
      const isBefore = shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
      const { fill } = getComputedStyle(shape);
      return isBefore && fill !== 'none' && rgba(fill)[3] === 255
        && box.left < x && x < box.right && box.top < y && y < box.bottom;
    });
    return beneath.length > 0 ? rgba(getComputedStyle(beneath.at(-1)).fill) : null;
  };

  const STOPS = 'a[href], area[href], button, summary, input, select, textarea, [tabindex]';
  const stops = () => [...document.querySelectorAll(STOPS)].filter(
    (element) => element.tabIndex >= 0 && !element.disabled && isShown(element),
  );
  const scrolls = (element) => {
    const style = getComputedStyle(element);
    const across = element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(style.overflowX);
    const down = element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(style.overflowY);
    return across || down;
  };

  // The page does not move sideways, and its pictures are there and were given their room.
  const layout = () => {
    const wrong = [];
    const page = document.scrollingElement;
    if (page.scrollWidth > page.clientWidth) {
      const wide = [...document.body.querySelectorAll('*')].filter(
        (element) => element.getBoundingClientRect().right > page.clientWidth + 0.5
          && !element.parentElement.closest('[data-wide]')
          && !(element.dataset.wide = ''),
      );
      wrong.push(`scrolls sideways, ${page.scrollWidth} in ${page.clientWidth}: ${wide.slice(0, 3).map(words).join(', ')}`);
    }
    for (const image of document.images) {
      const name = decodeURI(image.getAttribute('src'));
      if (image.naturalWidth === 0) wrong.push(`picture not loaded: ${name}`);
      if (!image.hasAttribute('width') || !image.hasAttribute('height')) wrong.push(`picture without width and height: ${name}`);
      if (!image.hasAttribute('alt')) wrong.push(`picture without alt: ${name}`);
    }
    return wrong;
  };

  // Dark is dark and light is light; texts in drawings, at which axe does not look, are legible.
  const scheme = () => {
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    const light = luminance(behind(document.body.appendChild(document.createElement('i'))));
    document.body.lastChild.remove();
    const faint = [...document.querySelectorAll('svg text')].filter((text) => {
      const fill = rgba(getComputedStyle(text).fill);
      return isShown(text) && contrast(fill, shapeBeneath(text) ?? behind(text.ownerSVGElement)) < 4.5;
    });
    return [
      ...(isDark && light > 0.2 ? ['is light in the dark'] : []),
      ...(!isDark && light < 0.7 ? ['is dark in the light'] : []),
      ...faint.map((text) => `${words(text)} is hard to read`),
    ];
  };

  // Follows the focus from now on.
  let expected = [];
  let met = [];
  let wrong = [];
  // Within drawings shapes show it: a line or a filling that is another one than before.
  let shapes = new Map();
  const inks = (element) => [...element.querySelectorAll('*')].flatMap((shape) => {
    const { fill, stroke, strokeWidth } = getComputedStyle(shape);
    return [[fill, ''], [stroke, strokeWidth]];
  });
  const changes = (element) => {
    const before = shapes.get(element) ?? [];
    return inks(element).some(([colour, width], at) => `${colour} ${width}` !== before[at]?.join(' ')
      && colour !== 'none' && rgba(colour)[3] > 0 && contrast(rgba(colour), behind(element.ownerSVGElement)) >= 3);
  };
  const indicator = (element) => {
    if (element.ownerSVGElement && changes(element)) return '';
    const style = getComputedStyle(element);
    // The browser's own ring has two colours.
    if (style.outlineStyle === 'auto') return '';
    const isOutlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    if (isOutlined) return contrast(rgba(style.outlineColor), behind(element)) >= 3 ? '' : 'is focused in a colour that hardly shows';
    return style.boxShadow === 'none' ? 'does not show that it is focused' : '';
  };
  const follow = () => {
    expected = stops();
    shapes = new Map(expected.filter((element) => element.ownerSVGElement).map((element) => [element, inks(element)]));
    for (const element of expected) {
      if (element.tabIndex > 0) wrong.push(`${words(element)} has a place of its own in the order`);
    }
    document.addEventListener('focusin', ({ target }) => {
      met.push(target);
      const trouble = indicator(target);
      if (trouble) wrong.push(`${words(target)} ${trouble}`);
      const box = target.getClientRects()[0] || target.getBoundingClientRect();
      if (box.width < 1 || box.height < 1 || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) {
        wrong.push(`${words(target)} is focused out of sight`);
      }
      const over = document.elementFromPoint(Math.max(box.left, 0) + 2, Math.max(box.top, 0) + box.height / 2);
      const lid = over && !target.contains(over) && !over.contains(target) && /fixed|sticky/.test(getComputedStyle(over).position);
      if (lid) wrong.push(`${words(target)} is focused beneath ${words(over)}`);
    });
    return expected.length + [...document.querySelectorAll('*')].filter(scrolls).length;
  };
  const followed = () => {
    const own = met.filter((element) => expected.includes(element));
    const missed = expected.filter((element) => !met.includes(element));
    for (const element of missed) wrong.push(`${words(element)} is not reached`);
    const order = own.map((element) => expected.indexOf(element));
    const back = order.findIndex((place, at) => at > 0 && place < order[at - 1] && place > 0);
    if (back > 0) wrong.push(`${words(own[back])} comes after ${words(own[back - 1])}`);
    for (const element of met) {
      if (!expected.includes(element) && !scrolls(element)) wrong.push(`${words(element)} is focused and is nothing to use`);
    }
    return [...new Set(wrong)];
  };
  // Whatever scrolls by itself can be scrolled by keyboard: by itself, or through what is in it.
  const regions = () => [...document.body.querySelectorAll('*')]
    .filter((element) => isShown(element) && scrolls(element))
    .filter((element) => element.tabIndex < 0 && !element.querySelector(STOPS))
    .map((element) => `${words(element)} scrolls and cannot be focused`);

  // Nothing moves.
  const motion = () => {
    const moving = document.getAnimations().map((animation) => `an animation runs: ${animation.animationName || animation.transitionProperty}`);
    const seconds = (list) => Math.max(...list.split(',').map(parseFloat));
    for (const element of document.querySelectorAll('*')) {
      const style = getComputedStyle(element);
      if (style.scrollBehavior === 'smooth') moving.push(`${words(element)} scrolls smoothly`);
      if (seconds(style.transitionDuration) > 0.02) moving.push(`${words(element)} has a transition`);
      if (style.animationName !== 'none' && seconds(style.animationDuration) > 0.02) moving.push(`${words(element)} is animated`);
    }
    return [...new Set(moving)];
  };

  // What a text is printed on: shapes of a drawing are always printed, backgrounds only where
  // the style insists, and the rest is white paper.
  const printedOn = (element) => {
    const white = [255, 255, 255];
    if (element.ownerSVGElement) return shapeBeneath(element) ?? white;
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.printColorAdjust === 'exact' && rgba(style.backgroundColor)[3] === 255) return rgba(style.backgroundColor);
    }
    return white;
  };

  // Texts are dark enough for what they are printed on, and what only leads elsewhere is gone.
  const paper = () => {
    const wrong = [...document.querySelectorAll('nav, [role="navigation"], a[href^="#"]:first-of-type')]
      .filter((element) => (element.matches('nav, [role]') || element.parentElement === document.body) && isShown(element))
      .map((element) => `${words(element)} is printed`);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set();
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (!texts.currentNode.data.trim() || seen.has(element) || !isShown(element)) continue;
      seen.add(element);
      if (element.closest('script, style, title, desc')) continue;
      const style = getComputedStyle(element);
      const ink = element instanceof SVGElement ? style.fill : style.color;
      const [red, green, blue, alpha] = rgba(ink);
      const paper = printedOn(element);
      const mixed = [red, green, blue].map((byte, at) => (byte * alpha + paper[at] * (255 - alpha)) / 255);
      if (contrast(mixed, paper) < 4.5) wrong.push(`${words(element)} is too light for paper: ${ink}`);
    }
    const page = document.scrollingElement;
    if (page.scrollWidth > page.clientWidth) wrong.push(`wider than the paper: ${page.scrollWidth} in ${page.clientWidth}`);
    return wrong;
  };

  // What can be read and where it leads; what a script says of its own doings is not part of it.
  const content = () => {
    for (const status of document.querySelectorAll('[role="status"]')) status.hidden = true;
    return contents();
  };
  const contents = () => ({
    text: document.body.innerText.replace(/\s+/g, ' ').trim(),
    links: [...document.links].map((link) => link.href),
  });

  globalThis.reading = { layout, scheme, follow, followed, regions, motion, paper, content };
})()
