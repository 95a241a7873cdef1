//! What a page costs to fetch, counted from the files: scripts, style, and what an article's
//! page adds to its text.

use std::fs;

use luutru::build;

use super::{
    fixture::{Built, attribute, resolve, tags, tree},
    stage::stage,
};

/// Bytes of all scripts of a page.
const SCRIPTS: usize = 5 << 10;

/// Bytes of all style of a page.
const STYLE: usize = 20 << 10;

/// Bytes of an article's page beyond its text.
const BEYOND: usize = 16 << 10;

#[test]
fn scripts_and_style_of_every_page_are_small() {
    let stage = stage();
    for (name, built) in stage.sites() {
        for (url, bytes) in tree(&built.out()).iter().filter(|(url, _)| url.ends_with(".html")) {
            let page = String::from_utf8_lossy(bytes);
            let (scripts, style) = costs(built, url, &page);
            assert!(scripts <= SCRIPTS, "{name} {url}: {scripts} bytes of scripts, at most {SCRIPTS}");
            assert!(style <= STYLE, "{name} {url}: {style} bytes of style, at most {STYLE}");
        }
    }
}

#[test]
fn an_articles_page_is_little_more_than_its_text() {
    let stage = stage();
    let mut largest = (0, String::new());
    for (name, built) in stage.sites() {
        let plan = build::plan(&built.prepared).value;
        for page in plan.pages.iter().filter(|page| page.template == "article.html") {
            let view = serde_json::to_value(plan.viewer().view(page)).expect("a view");
            let body = view["body"].as_str().unwrap_or_default();
            let written = built.page(&page.url);
            assert!(written.contains(body), "{name} {}: its text is not what the view gives", page.url);
            largest = largest.max((written.len() - body.len(), format!("{name} {}", page.url)));
        }
    }
    let (bytes, place) = largest;
    assert!(bytes <= BEYOND, "{place}: {bytes} bytes beyond the text, at most {BEYOND}");
}

/// Bytes of scripts and of style: in files of the site, and in the page itself.
fn costs(built: &Built, url: &str, page: &str) -> (usize, usize) {
    let size = |href: String| {
        let target = resolve(url, &href).unwrap_or_default();
        fs::metadata(built.out().join(&target)).map_or(0, |file| file.len() as usize)
    };
    let (mut scripts, mut style) = (0, 0);
    for tag in tags(page) {
        if tag.starts_with("script") {
            scripts += attribute(tag, "src").map_or(0, size);
        } else if tag.starts_with("link") && attribute(tag, "rel").as_deref() == Some("stylesheet") {
            style += attribute(tag, "href").map_or(0, size);
        }
    }
    // Data for programs is no script.
    let runs = |tag: &str| {
        attribute(tag, "type").is_none_or(|kind| kind == "module" || kind.ends_with("javascript"))
    };
    let inside = |element: &str| -> usize {
        let (open, close) = (format!("<{element}"), format!("</{element}>"));
        let pieces = page.split(&open).skip(1).filter_map(|piece| piece.split_once('>'));
        let pieces = pieces.filter(|(tag, _)| element != "script" || runs(tag));
        pieces.map(|(_, rest)| rest.find(&close).unwrap_or(rest.len())).sum()
    };
    (scripts + inside("script"), style + inside("style"))
}
