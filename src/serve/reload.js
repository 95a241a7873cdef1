// Keeps a page of the preview up to date, and shows what is wrong with the content.
//
// The server adds this script to every page that it sends; no file has it. The page tells
// the server where it is and which version it was made from, and is told what to do:
// nothing, swap style sheets, or reload (see `events.rs`). What to do is decided by the
// server alone: here it is only done.
//
// A page is connected while it is looked at. Browsers allow six connections to a server, and
// a seventh page that listens would never load; a page that comes to the front again asks
// anew, with its version, and so misses nothing.
(() => {
  "use strict";

  const EVENTS = "/.luutru/events";

  // How long to wait for a server that has gone, in milliseconds.
  const RETRY = 1000;

  // Where the place on the page is kept while it reloads.
  const PLACE = "luutru-place";

  // A style sheet of the theme: its name, and the fingerprint of its bytes.
  const SHEET = /giao-dien\/([^"?#]+)\.[0-9a-f]{12}\.css$/;

  let version = document.currentScript.dataset.version;

  // ---- The connection ----

  let source = null;
  let retry = 0;

  function connect() {
    clearTimeout(retry);
    if (source || document.visibilityState !== "visible") return;
    const page = encodeURIComponent(location.pathname);
    source = new EventSource(`${EVENTS}?page=${page}&version=${version}`);
    source.addEventListener("reload", reload);
    source.addEventListener("styles", (event) => swap(JSON.parse(event.data)));
    source.addEventListener("trouble", (event) => show(JSON.parse(event.data)));
    // Browsers try again by themselves, but with the version of the first time, and some of
    // them give up after a while.
    source.onerror = () => {
      disconnect();
      retry = setTimeout(connect, RETRY);
    };
  }

  function disconnect() {
    clearTimeout(retry);
    source?.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => {
    document.visibilityState === "visible" ? connect() : disconnect();
  });
  addEventListener("pagehide", disconnect);
  // Also when the browser takes the page from its memory, as it was when it was left.
  addEventListener("pageshow", connect);
  connect();

  // ---- Reloading, at the same place ----

  function reload() {
    disconnect();
    const place = { path: location.pathname, x: scrollX, y: scrollY };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
    location.reload();
  }

  function resume() {
    const place = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
    if (place?.path !== location.pathname) return;
    // At once, so that the top is not seen first; and when all pictures have their heights,
    // unless the reader has moved on.
    const go = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    const moved = new AbortController();
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(kind, () => moved.abort(), { signal: moved.signal, passive: true });
    }
    go();
    addEventListener("load", () => { go(); moved.abort(); }, { signal: moved.signal });
  }

  resume();

  // ---- Style sheets ----

  // Those that a link has come for; they go when it has loaded, and not before, so that the
  // page is never seen without style.
  const replaced = new Map();

  function swap(change) {
    version = change.version;
    const leaving = new Set([...replaced.values()].flat());
    for (const sheet of change.sheets) {
      const name = SHEET.exec(sheet)[1];
      for (const link of document.querySelectorAll("link[href]")) {
        const href = link.getAttribute("href");
        if (leaving.has(link) || SHEET.exec(href)?.[1] !== name || href.endsWith(sheet)) continue;
        const next = link.cloneNode();
        next.href = href.replace(SHEET, () => sheet);
        replaced.set(next, [link, ...(replaced.get(link) ?? [])]);
        replaced.delete(link);
        next.addEventListener("load", () => {
          for (const old of replaced.get(next) ?? []) old.remove();
          replaced.delete(next);
        });
        next.addEventListener("error", reload);
        link.after(next);
      }
    }
  }

  // ---- What is wrong ----

  // In a shadow tree, which the styles of themes do not reach.
  const LOOK = `
    dialog {
      box-sizing: border-box; width: min(100vw - 2rem, 72rem); max-height: calc(100vh - 2rem);
      margin: auto; padding: 0; border: 0; border-top: .4rem solid #c62828; border-radius: .3rem;
      color-scheme: dark; background: #1d1f21; color: #eee;
      font: 15px/1.5 ui-monospace, "Noto Sans Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: rgb(0 0 0 / 55%); }
    header { display: flex; gap: 1rem; align-items: start; padding: .8rem 1rem; }
    h2 { flex: 1; margin: 0; font: inherit; font-weight: bold; overflow-wrap: anywhere; }
    button { font: inherit; color: inherit; background: #444; border: 1px solid #888; border-radius: .2rem;
      padding: .1rem .6rem; cursor: pointer; white-space: nowrap; }
    pre { margin: 0; padding: 0 1rem 1rem; overflow: auto; font: inherit; white-space: pre-wrap;
      overflow-wrap: anywhere; tab-size: 4; }
    :focus-visible { outline: 2px solid #8ab4f8; outline-offset: -2px; }
  `;

  let shown = null; // the trouble on the screen: its id, and how to take it away
  let closed = null; // the id of the last one that the reader closed

  function show(trouble) {
    if (shown && shown.id === trouble?.id) return;
    shown?.hide();
    shown = null;
    if (!trouble || trouble.id === closed) return;

    const make = (name, attributes = {}, text = "") => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      // As text, whatever a file of the content put there.
      element.textContent = text;
      return element;
    };
    const host = make("luutru-trouble", { lang: trouble.language });
    host.style.setProperty("all", "initial", "important");
    const dialog = make("dialog", {
      role: "alertdialog",
      "aria-labelledby": "title",
      "aria-describedby": "text",
    });
    const header = make("header");
    const button = make("button", { type: "button", "aria-keyshortcuts": "Escape" }, `${trouble.close} (Esc)`);
    header.append(make("h2", { id: "title" }, trouble.title), button);
    dialog.append(header, make("pre", { id: "text", tabindex: "0" }, trouble.text));
    host.attachShadow({ mode: "open" }).append(make("style", {}, LOOK), dialog);

    button.addEventListener("click", () => dialog.close());
    // By the button, or by Escape as every dialog.
    dialog.addEventListener("close", () => {
      closed = trouble.id;
      host.remove();
      shown = null;
    });
    document.documentElement.append(host);
    dialog.showModal();
    shown = { id: trouble.id, hide: () => host.remove() };
  }
})();
