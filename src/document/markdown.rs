//! Markdown: from the text after the front matter to HTML with holes.
//!
//! Whatever leads somewhere inside the archive (`[[…]]`, media, relative links) is a hole
//! in the HTML and an entry in `refs`; a page fills them when it knows its own depth. The
//! only place that knows comrak, and ammonia, which raw HTML passes.
//!
//! Not here: whether a name is known (`archive`). Reading order: `parse`, then `blocks`,
//! which finds mentions.

mod blocks;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

use ammonia::{Builder, UrlRelative};
use comrak::nodes::{NodeLink, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use super::body::{Body, BodyRef, RefKind, is_anchor};
use super::{Landmark, Mentions, Sign};
use crate::diagnostic::{Checked, Code, Diagnostic, SourcePath, Span};
use crate::mention::directive::settle;
use blocks::{Finds, Marked};

/// Longest excerpt, in characters.
const EXCERPT: usize = 240;

/// The scheme of placeholders while comrak writes HTML. An author's link of this scheme
/// is refused like any other unknown one, so a placeholder is never an author's.
const HOLE: &str = "luutru:";

/// What stands around a table, which may be wider than the page and then scrolls in it. An
/// author's own of this kind does the same.
const FRAME: &str = "<div class=\"wide\">\n";

/// Parses `text[start..]`; spans count from the start of `text`.
pub(super) fn parse(path: &SourcePath, text: &str, start: usize, mentions: Mentions) -> Checked<Body> {
    let markdown = &text[start..];
    if markdown.trim().is_empty() {
        return Checked::clean(Body::default());
    }
    let mut writer = Writer {
        path,
        text,
        start,
        refs: Vec::new(),
        found: Vec::new(),
        raw: Vec::new(),
        lines: OnceCell::new(),
    };
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, options());
    let mut raw_html = false;
    let mut tables = Vec::new();
    let mut top_heading = 6;
    let mut excerpt = String::new();
    for node in root.descendants() {
        let mut data = node.data_mut();
        let line = data.sourcepos.start.line;
        let column = data.sourcepos.start.column;
        match &mut data.value {
            NodeValue::WikiLink(link) => {
                let target = std::mem::take(&mut link.url);
                let offset = writer.offset(line, column);
                let span = writer.within(offset, &target);
                if target.trim().is_empty() || node_is_empty(node) {
                    writer.broken(Span::new(offset, offset));
                }
                let url = writer.hole(target.trim().into(), RefKind::Name, span);
                data.value = NodeValue::Link(Box::new(NodeLink { url, title: String::new() }));
            }
            NodeValue::Link(link) => {
                let offset = writer.offset(line, column);
                writer.link(&mut link.url, offset);
            }
            NodeValue::Image(link) => {
                let offset = writer.offset(line, column);
                writer.image(&mut link.url, offset);
                drop(data);
                if node.first_child().is_none() {
                    writer.found.push(
                        Diagnostic::new(Code::MissingAlt, path, Span::new(offset, offset))
                            .help("missing-alt.help", &[]),
                    );
                }
            }
            NodeValue::HtmlBlock(block) => {
                raw_html = true;
                let offset = writer.offset(line, column);
                writer.check_html(&block.literal, offset);
                block.literal = without_placeholders(&block.literal);
            }
            NodeValue::HtmlInline(literal) => {
                raw_html = true;
                let literal = std::mem::take(literal);
                let offset = writer.offset(line, column);
                writer.check_html(&literal, offset);
                data.value = NodeValue::HtmlInline(without_placeholders(&literal));
            }
            NodeValue::Text(text) if text.contains("[[") => {
                let offset = writer.offset(line, column);
                let at = writer.text[offset..].find("[[").map_or(offset, |hit| offset + hit);
                writer.broken(Span::new(at, at + 2));
            }
            NodeValue::Heading(heading) => top_heading = top_heading.min(heading.level),
            NodeValue::Table(_) => tables.push(node),
            NodeValue::Paragraph if excerpt.is_empty() => {
                drop(data);
                plain_text(node, &mut excerpt);
            }
            _ => {}
        }
    }
    // The page's title is its only h1.
    let shift = 2u8.saturating_sub(top_heading);
    if shift > 0 {
        for node in root.descendants() {
            if let NodeValue::Heading(heading) = &mut node.data_mut().value {
                heading.level = (heading.level + shift).min(6);
            }
        }
    }
    let mut finds = match mentions {
        Mentions::Find(own, keep) if !blocks::is_taken(markdown) => blocks::find(root, own, keep),
        _ => Finds::default(),
    };
    let sports = finds.sports;
    let words = finds.words.take();
    let marked = match finds.is_empty() {
        true => Marked::default(),
        false => finds.mark(&arena, text, |line, column| writer.offset(line, column)),
    };
    for table in &tables {
        table.insert_before(arena.alloc(NodeValue::Raw(FRAME.into()).into()));
        table.insert_after(arena.alloc(NodeValue::Raw("</div>\n".into()).into()));
    }
    let mut html = String::with_capacity(markdown.len() + markdown.len() / 4);
    let options = if raw_html { raw_options() } else { options() };
    if format_html(root, options, &mut html).is_err() {
        // Writing to a `String` does not fail.
        html.clear();
    }
    if raw_html {
        html = writer.sanitised(&html);
    }
    if !tables.is_empty() {
        html = within_reach(html);
    }
    let (html, mut holes) = cut_holes(&html);
    if raw_html {
        find_pictures(&html, &holes, &mut writer.refs);
    }
    let (html, mut mentions, blocks) = marked.read_off(html, &mut holes, raw_html);
    settle(&mut mentions, |found| &mut found.mention);
    let body = Body {
        html: html.into(),
        holes: holes.into(),
        refs: writer.refs.into(),
        excerpt: shorten(&excerpt).into(),
        mentions: mentions.into(),
        blocks: blocks.into(),
        sports,
        words,
    };
    Checked { value: body, diagnostics: writer.found }
}

/// What a body has that its page may be found wrong in, in the order of the page: read again
/// from the text, because few files are asked and an archive keeps nothing for the others.
pub(super) fn landmarks(path: &SourcePath, text: &str, start: usize) -> Vec<Landmark> {
    let writer = Writer {
        path,
        text,
        start,
        refs: Vec::new(),
        found: Vec::new(),
        raw: Vec::new(),
        lines: OnceCell::new(),
    };
    let arena = Arena::new();
    let root = parse_document(&arena, &text[start..], options());
    let mut landmarks = Vec::new();
    for node in root.descendants() {
        let data = node.data();
        let sign = match &data.value {
            NodeValue::Heading(heading) => Sign::Heading(heading.level),
            NodeValue::Link(link) => Sign::Link(link.url.as_str().into()),
            NodeValue::HtmlBlock(block) => Sign::Html(block.literal.as_str().into()),
            NodeValue::HtmlInline(literal) => Sign::Html(literal.as_str().into()),
            _ => continue,
        };
        let at = writer.offset(data.sourcepos.start.line, data.sourcepos.start.column);
        landmarks.push(Landmark { sign, at });
    }
    landmarks
}

struct Writer<'t> {
    path: &'t SourcePath,
    text: &'t str,
    start: usize,
    refs: Vec<BodyRef>,
    found: Vec<Diagnostic>,
    /// Where raw HTML stands, in order.
    raw: Vec<Range<usize>>,
    /// Byte offsets of the lines of the body, once one is asked for.
    lines: OnceCell<Vec<usize>>,
}

impl Writer<'_> {
    /// Byte offset of comrak's 1-based line and byte column.
    fn offset(&self, line: usize, column: usize) -> usize {
        let body = &self.text[self.start..];
        let lines = self.lines.get_or_init(|| {
            // A line ends as CommonMark has it: in a line feed, a carriage return, or both.
            let bytes = body.as_bytes();
            let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
                .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
            std::iter::once(0).chain(ends.map(|end| end + 1)).collect()
        });
        let line_start = lines.get(line.saturating_sub(1)).copied().unwrap_or(body.len());
        let offset = self.start + (line_start + column.saturating_sub(1)).min(body.len());
        self.text.floor_char_boundary(offset)
    }

    /// The span of `target` at or after `offset`, or the offset itself.
    fn within(&self, offset: usize, target: &str) -> Span {
        let rest = &self.text[offset..];
        match rest.find(target).filter(|&hit| hit <= 8) {
            Some(hit) => Span::new(offset + hit, offset + hit + target.len()),
            None => Span::new(offset, offset),
        }
    }

    fn hole(&mut self, target: Box<str>, kind: RefKind, span: Span) -> String {
        self.refs.push(BodyRef { target, kind, span });
        format!("{HOLE}{}", self.refs.len() - 1)
    }

    /// Checks an author's link; one that stays within the archive becomes a hole.
    fn link(&mut self, url: &mut String, offset: usize) {
        let span = Span::new(offset, offset);
        match destination(url) {
            Destination::Outside | Destination::SamePage => {}
            Destination::Forbidden => {
                self.found.push(
                    Diagnostic::new(Code::BadUrl, self.path, span)
                        .with("url", &url)
                        .help("bad-url.help", &[]),
                );
                url.clear();
            }
            Destination::Inside(kind, target) => {
                let target = target.into();
                *url = self.hole(target, kind, span);
            }
        }
    }

    /// Checks an image like a link; one from another host is refused, because a page of
    /// the archive loads nothing from elsewhere.
    fn image(&mut self, url: &mut String, offset: usize) {
        if matches!(destination(url), Destination::Outside) {
            let span = Span::new(offset, offset);
            self.found.push(
                Diagnostic::new(Code::BadUrl, self.path, span)
                    .text("bad-url.image")
                    .with("url", &url)
                    .help("bad-url.help-image", &[]),
            );
            url.clear();
            return;
        }
        let count = self.refs.len();
        self.link(url, offset);
        if let Some(image) = self.refs.get_mut(count)
            && image.kind == RefKind::Media
        {
            image.kind = RefKind::Picture;
        }
    }

    fn broken(&mut self, span: Span) {
        self.found.push(Diagnostic::new(Code::BrokenLink, self.path, span));
    }

    fn check_html(&mut self, literal: &str, offset: usize) {
        self.raw.push(offset..self.text.floor_char_boundary(offset + literal.len()));
        if let Some(at) = literal.find("[[") {
            self.broken(Span::new(offset + at, offset + at + 2));
        }
        if let Some(what) = harmful(literal) {
            self.found.push(
                Diagnostic::new(Code::RemovedHtml, self.path, Span::new(offset, offset)).with("what", what),
            );
        }
    }

    /// Raw HTML through ammonia, its relative links made holes.
    fn sanitised(&mut self, html: &str) -> String {
        let first = self.refs.len();
        // ammonia wants a filter that could run anywhere, so it collects behind a lock.
        let links: Arc<Mutex<Vec<Inside>>> = Arc::default();
        let collected = links.clone();
        let filter = move |_: &str, attribute: &str, value: &str| -> Option<String> {
            if attribute == "id" && is_anchor(value) {
                return None;
            }
            if !matches!(attribute, "href" | "src") || is_placeholder(value, first) {
                return Some(value.to_owned());
            }
            match destination(value) {
                Destination::Outside if attribute == "src" => None,
                Destination::Outside | Destination::SamePage => Some(value.to_owned()),
                Destination::Forbidden => None,
                Destination::Inside(kind, target) => {
                    let mut links = collected.lock().ok()?;
                    links.push((kind, target.into(), value.into()));
                    Some(format!("{HOLE}{}", first + links.len() - 1))
                }
            }
        };
        let mut builder = Builder::default();
        builder
            .url_schemes(["http", "https", "mailto", "luutru"].into())
            .url_relative(UrlRelative::PassThrough)
            .add_generic_attributes(["class", "id"])
            .link_rel(None)
            .attribute_filter(move |element, attribute, value| {
                filter(element, attribute, value).map(Cow::from)
            });
        let clean = builder.clean(html).to_string();
        let mut at = 0;
        for (kind, target, value) in links.lock().iter_mut().flat_map(|links| links.drain(..)) {
            let span = self.written_raw(&value, &mut at);
            self.refs.push(BodyRef { target, kind, span });
        }
        clean
    }

    /// Where the next piece of raw HTML says that, from `at` on, which moves behind it; the start
    /// of the body where it is written otherwise, with entities.
    fn written_raw(&self, value: &str, at: &mut usize) -> Span {
        for range in self.raw.iter().filter(|range| range.end > *at) {
            let start = range.start.max(*at);
            if let Some(hit) = self.text[start..range.end].find(value) {
                *at = start + hit + value.len();
                return Span::new(start + hit, *at);
            }
        }
        Span::new(self.start, self.start)
    }
}

/// A link within the archive: how it names something, what, and as it was written.
type Inside = (RefKind, Box<str>, Box<str>);

enum Destination<'u> {
    Outside,
    SamePage,
    Forbidden,
    Inside(RefKind, &'u str),
}

/// Where a link leads. A scheme is letters before the first colon that comes before any
/// slash, question mark or number sign (RFC 3986, section 3.1).
fn destination(url: &str) -> Destination<'_> {
    let url = url.trim();
    if url.is_empty() || url.starts_with('#') {
        return Destination::SamePage;
    }
    let scheme =
        url.split(['/', '?', '#']).next().and_then(|head| head.split_once(':')).map(|(scheme, _)| scheme);
    if let Some(scheme) = scheme {
        let known = ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        return if known { Destination::Outside } else { Destination::Forbidden };
    }
    if url.starts_with("//") || url.starts_with('\\') {
        return Destination::Forbidden;
    }
    let mut target = url.trim_start_matches('/');
    while let Some(rest) = target.strip_prefix("../").or_else(|| target.strip_prefix("./")) {
        target = rest;
    }
    if target.is_empty() {
        return Destination::Inside(RefKind::Address, "index.html");
    }
    match target.starts_with("media/") {
        true => Destination::Inside(RefKind::Media, target),
        false => Destination::Inside(RefKind::Address, target),
    }
}

fn is_placeholder(url: &str, count: usize) -> bool {
    url.strip_prefix(HOLE).and_then(|index| index.parse::<usize>().ok()).is_some_and(|index| index < count)
}

/// The first thing in raw HTML that ammonia takes away, if any.
fn harmful(literal: &str) -> Option<String> {
    let mut rest = literal;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
        let tag = rest[..end].to_ascii_lowercase();
        if !allowed_tags().contains(&*tag) {
            return Some(format!("<{tag}>"));
        }
        rest = &rest[end..];
        // Attributes up to the end of the tag; a quoted value may hold a `>`.
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() || rest.starts_with('>') {
                break;
            }
            let end = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
                .unwrap_or(rest.len())
                .max(1);
            let end = rest.ceil_char_boundary(end);
            let name = rest[..end].to_ascii_lowercase();
            rest = rest[end..].trim_start();
            let mut value = "";
            if let Some(after) = rest.strip_prefix('=') {
                rest = after.trim_start();
                let (inner, behind) = match rest.chars().next() {
                    Some(quote @ ('"' | '\'')) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
                    _ => rest
                        .split_at(rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len())),
                };
                (value, rest) = (inner, behind);
            }
            let elsewhere = name == "src" && matches!(destination(value), Destination::Outside);
            let link = matches!(&*name, "href" | "src" | "cite");
            if elsewhere
                || (name == "id" && is_anchor(value))
                || !allowed_attribute(&tag, &name)
                || (link && matches!(destination(value), Destination::Forbidden))
            {
                return Some(format!("{name}="));
            }
        }
    }
    None
}

fn allowed_tags() -> &'static std::collections::HashSet<&'static str> {
    static TAGS: OnceLock<std::collections::HashSet<&'static str>> = OnceLock::new();
    TAGS.get_or_init(|| Builder::default().clone_tags())
}

fn allowed_attribute(tag: &str, name: &str) -> bool {
    static ATTRIBUTES: OnceLock<
        std::collections::HashMap<&'static str, std::collections::HashSet<&'static str>>,
    > = OnceLock::new();
    let attributes = ATTRIBUTES.get_or_init(|| Builder::default().clone_tag_attributes());
    matches!(name, "lang" | "title" | "class" | "id")
        || attributes.get(tag).is_some_and(|names| names.contains(name))
}

fn options() -> &'static Options<'static> {
    static OPTIONS: OnceLock<Options<'static>> = OnceLock::new();
    OPTIONS.get_or_init(|| {
        let mut options = Options::default();
        options.extension.table = true;
        options.extension.strikethrough = true;
        options.extension.footnotes = true;
        options.extension.wikilinks_title_after_pipe = true;
        options
    })
}

fn raw_options() -> &'static Options<'static> {
    static OPTIONS: OnceLock<Options<'static>> = OnceLock::new();
    OPTIONS.get_or_init(|| {
        let mut raw = options().clone();
        // What comes out of this passes ammonia and nothing else.
        raw.render.r#unsafe = true;
        raw
    })
}

/// Frames of tables that the keyboard can scroll, and cells aligned by class: comrak's `align`
/// is no HTML any more. Done behind ammonia, which would take the first away.
fn within_reach(html: String) -> String {
    let mut html = html.replace("<div class=\"wide\">", "<div class=\"wide\" tabindex=\"0\">");
    for cell in ["td", "th"] {
        for side in ["left", "center", "right"] {
            let aligned = format!("<{cell} align=\"{side}\"");
            if html.contains(&aligned) {
                // Raw HTML may have a class already.
                html = html.replace(&format!("{aligned} class=\""), &format!("<{cell} class=\"{side} "));
                html = html.replace(&aligned, &format!("<{cell} class=\"{side}\""));
            }
        }
    }
    html
}

/// Takes the placeholders out of `html`; gives the rest and where they were.
fn cut_holes(html: &str) -> (String, Vec<(u32, u32)>) {
    let mut clean = String::with_capacity(html.len());
    let mut holes = Vec::new();
    let mut at = 0;
    for hit in memchr::memmem::find_iter(html.as_bytes(), b"=\"luutru:") {
        let number = hit + "=\"".len() + HOLE.len();
        let digits = html[number..].bytes().take_while(u8::is_ascii_digit).count();
        let Ok(index) = html[number..number + digits].parse() else { continue };
        clean.push_str(&html[at..hit + 2]);
        holes.push((clean.len() as u32, index));
        at = number + digits;
    }
    clean.push_str(&html[at..]);
    (clean, holes)
}

/// Tells pictures of raw HTML from links, and those that say how large they are from others.
/// Behind ammonia every value stands in quotation marks, and no text has an angle bracket.
fn find_pictures(html: &str, holes: &[(u32, u32)], refs: &mut [BodyRef]) {
    let bytes = html.as_bytes();
    let mut holes = holes.iter().peekable();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]).map(|hit| at + hit) {
        let is_picture = html[open..].starts_with("<img ");
        let (mut is_sized, mut source) = (false, None);
        at = open + 1;
        while let Some(hit) = memchr::memchr2(b'"', b'>', &bytes[at..]).map(|hit| at + hit) {
            if bytes[hit] == b'>' {
                at = hit + 1;
                break;
            }
            let name = html[at..hit].trim_end_matches('=').rsplit(' ').next().unwrap_or("");
            is_sized |= is_picture && matches!(name, "width" | "height");
            while holes.next_if(|hole| (hole.0 as usize) <= hit).is_some() {}
            if let Some(hole) = holes.next_if(|hole| hole.0 as usize == hit + 1) {
                source = source.or((is_picture && name == "src").then_some(hole.1));
            }
            at = memchr::memchr(b'"', &bytes[hit + 1..]).map_or(bytes.len(), |end| hit + 1 + end + 1);
        }
        if let Some(picture) = source.and_then(|index| refs.get_mut(index as usize))
            && matches!(picture.kind, RefKind::Media | RefKind::Picture)
        {
            picture.kind = if is_sized { RefKind::SizedPicture } else { RefKind::Picture };
        }
    }
}

/// Raw HTML in which no link can be taken for a placeholder.
fn without_placeholders(literal: &str) -> String {
    literal.replace(HOLE, "unknown:")
}

/// Whether a node shows no text: `[[01-KL/TW|]]`.
fn node_is_empty<'a>(node: comrak::Node<'a>) -> bool {
    node.first_child().is_none()
}

fn plain_text<'a>(node: comrak::Node<'a>, text: &mut String) {
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(literal) => text.push_str(literal),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
}

/// At most `EXCERPT` characters, cut at a space, with an ellipsis where it was cut.
fn shorten(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(EXCERPT) {
        None => text.to_owned(),
        Some((end, _)) => {
            let cut = text[..end].rfind(' ').unwrap_or(end);
            format!("{}…", text[..cut].trim_end_matches([',', ';', ':', ' ']))
        }
    }
}
