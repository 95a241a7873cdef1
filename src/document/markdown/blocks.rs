//! The leaves of a parsed text, the mentions in them, and where these are in the HTML.
//!
//! comrak says where a node stands in the source, and nothing of where its text comes to
//! stand in the HTML. So characters that no text may hold are put into the tree around each
//! mention and each leaf that has one, and cut out of the HTML again. They pass ammonia
//! like any text. Where an author wrote such a character, nothing is looked for at all.
//!
//! Cost: a leaf of one text, as most are, is read where it is; nothing is copied but in
//! leaves that hold a mention.

use std::ops::Range;

use comrak::nodes::{Ast, AstNode, NodeValue};
use comrak::{Arena, Node};

use crate::diagnostic::Span;
use crate::document::Keep;
use crate::document::body::{Block, Found, Mark};
use crate::mention::{Finder, Mention, OwnNames, Words};

const OPEN: &str = "\u{FDD0}";
const CLOSE: &str = "\u{FDD1}";
const START: &str = "\u{FDD2}";
const END: &str = "\u{FDD3}";

/// The first two bytes of all four, in UTF-8.
const LEAD: &[u8] = OPEN.as_bytes().split_at(2).0;

/// Whether an author may have written one of the characters used here, as it is or as an
/// entity.
pub(super) fn is_taken(markdown: &str) -> bool {
    if memchr::memmem::find_iter(markdown.as_bytes(), LEAD).any(|at| is_ours(markdown, at).is_some()) {
        return true;
    }
    memchr::memmem::find_iter(markdown.as_bytes(), b"&#").any(|at| {
        let digits = markdown[at + 2..].trim_start_matches(['x', 'X', '0']);
        let digits = digits.get(..4).unwrap_or("");
        let code = u32::from_str_radix(digits, 16).unwrap_or(0);
        let decimal = markdown[at + 2..].trim_start_matches('0').get(..5).and_then(|d| d.parse().ok());
        [Some(code), decimal].into_iter().flatten().any(|code: u32| (0xFDD0..=0xFDD3).contains(&code))
    })
}

/// What was found in the leaves of a tree.
#[derive(Default)]
pub(super) struct Finds<'a> {
    mentions: Vec<Mention>,
    /// The leaves that have mentions, in the order of the tree.
    leaves: Vec<Leaf<'a>>,
    /// It reports sport.
    pub(super) sports: bool,
    /// The words of the leaves, if they are to be kept.
    pub(super) words: Option<Words>,
}

struct Leaf<'a> {
    node: Node<'a>,
    number: u32,
    section: u32,
    mark: Mark,
    /// Its mentions.
    range: Range<usize>,
    /// It has raw HTML in it.
    raw: bool,
}

/// How many mentions an article has.
const USUAL: usize = 32;

/// Finds what the leaves below `root` name.
pub(super) fn find<'a>(root: Node<'a>, own: &OwnNames, keep: Keep) -> Finds<'a> {
    let mut finds = Finds { mentions: Vec::with_capacity(USUAL), ..Finds::default() };
    let mut finder = Finder::with(own);
    if keep == Keep::Words {
        finder.keep_words();
    }
    let mut buffer = String::new();
    let (mut number, mut section, mut broken) = (0, 0, false);
    for node in root.descendants() {
        let heading = match &node.data().value {
            NodeValue::ThematicBreak => {
                broken = true;
                continue;
            }
            NodeValue::Heading(_) => true,
            NodeValue::Paragraph | NodeValue::TableCell => false,
            _ => continue,
        };
        number += 1;
        let first = finds.mentions.len();
        let mut raw = false;
        let mut star = starts_starred_item(node);
        let mut read = |text: &str| {
            star |= text.starts_with('*');
            finder.find(text, &mut finds.mentions);
        };
        let only = node.first_child().filter(|child| child.next_sibling().is_none());
        let only = only.map(|child| child.data());
        match only.as_deref().map(|ast| &ast.value) {
            Some(NodeValue::Text(text)) => read(text),
            _ => {
                buffer.clear();
                raw = gather(node, &mut buffer);
                read(&buffer);
            }
        }
        let mark = match (heading, broken, star) {
            (true, ..) => Mark::Heading,
            (_, true, _) => Mark::Break,
            (.., true) => Mark::Star,
            _ => Mark::None,
        };
        broken = false;
        section += u32::from(mark != Mark::None);
        if finds.mentions.len() > first {
            let range = first..finds.mentions.len();
            finds.leaves.push(Leaf { node, number, section, mark, range, raw });
        }
    }
    finds.sports = finder.is_sport();
    finds.words = finder.take_words();
    finds
}

/// Whether a leaf is the first of an item of a list whose bullets are asterisks.
fn starts_starred_item(leaf: Node<'_>) -> bool {
    leaf.previous_sibling().is_none()
        && leaf.parent().is_some_and(
            |parent| matches!(&parent.data().value, NodeValue::Item(list) if list.bullet_char == b'*'),
        )
}

/// Adds the text of a leaf to `text`; says whether there is raw HTML among it.
fn gather(parent: Node<'_>, text: &mut String) -> bool {
    let mut raw = false;
    for node in parent.children() {
        match &node.data().value {
            NodeValue::Text(literal) => text.push_str(literal),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push('\n'),
            NodeValue::HtmlInline(tag) => {
                raw = true;
                if is_line_break(tag) {
                    text.push('\n');
                }
            }
            NodeValue::Image(_) => {}
            _ => raw |= gather(node, text),
        }
    }
    raw
}

fn is_line_break(tag: &str) -> bool {
    tag.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"))
}

/// A piece of a leaf's text.
struct Piece<'a> {
    node: Node<'a>,
    /// Bytes of the leaf's text; empty for what has none and parts two words all the same.
    range: Range<usize>,
    /// No link may begin, end or go through here.
    closed: bool,
    /// It is a text, which can hold a mark.
    text: bool,
}

impl<'a> Finds<'a> {
    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.mentions.is_empty()
    }

    /// Puts the marks into the tree. `offset` tells where a node stands in the source, `text`
    /// is the whole source.
    pub(super) fn mark(
        self,
        arena: &'a Arena<'a>,
        text: &str,
        offset: impl Fn(usize, usize) -> usize,
    ) -> Marked {
        let mut marked = Marked {
            mentions: Vec::with_capacity(self.mentions.len()),
            blocks: Vec::with_capacity(self.leaves.len()),
            bounds: Vec::with_capacity(self.leaves.len()),
        };
        let mut mentions = self.mentions.into_iter();
        let (mut pieces, mut marks) = (Vec::new(), Vec::new());
        for leaf in self.leaves {
            pieces.clear();
            marks.clear();
            cut(leaf.node, false, &mut 0, &mut pieces);
            let mut origin = Origin { pieces: &pieces, text, offset: &offset, at: None };
            for mention in mentions.by_ref().take(leaf.range.len()) {
                let (start, end) = (mention.start as usize, mention.end as usize);
                let own = |at: usize| pieces.partition_point(|piece: &Piece| piece.range.end <= at);
                let (first, last) = (own(start), own(end - 1));
                let from = origin.place(first, start);
                let span = Span::new(from, origin.place(last, end).max(from));
                let open = !leaf.raw
                    && pieces[first..=last].iter().all(|piece| !piece.closed)
                    && pieces[first].text
                    && pieces[last].text;
                if open {
                    marks.push((first, start - pieces[first].range.start, OPEN));
                    marks.push((last, end - pieces[last].range.start, CLOSE));
                }
                let block = marked.blocks.len() as u32;
                // Until the HTML is there, that a link may stand here at all.
                marked.mentions.push(Found { mention, span, block, at: open.then_some((0, 0)) });
            }
            insert(&pieces, &marks);
            let bounds = match leaf.raw {
                false => Bounds::Both,
                // More text could change how ammonia mends the raw HTML; but where the leaf
                // begins with a text, there is no more of it.
                true if begins_with_text(leaf.node) => Bounds::Start,
                true => Bounds::None,
            };
            let kept = leaf.raw.then(|| {
                let mut text = String::new();
                gather(leaf.node, &mut text);
                text.into()
            });
            let bound = |mark: &'static str| {
                arena.alloc(AstNode::from(Ast::new(NodeValue::Text(mark.into()), (0, 0).into())))
            };
            if bounds != Bounds::None {
                leaf.node.prepend(bound(START));
            }
            if bounds == Bounds::Both {
                leaf.node.append(bound(END));
            }
            marked.bounds.push(bounds);
            let Leaf { number, section, mark, .. } = leaf;
            marked.blocks.push(Block { number, section, mark, html: None, element: None, text: kept });
        }
        marked
    }
}

/// Cuts the text of a leaf into pieces, in its order.
fn cut<'a>(parent: Node<'a>, closed: bool, end: &mut usize, pieces: &mut Vec<Piece<'a>>) {
    for node in parent.children() {
        let data = node.data();
        let (len, closed, text) = match &data.value {
            NodeValue::Text(literal) => (literal.len(), closed, true),
            NodeValue::Code(code) => (code.literal.len(), true, false),
            NodeValue::SoftBreak | NodeValue::LineBreak => (1, closed, false),
            NodeValue::HtmlInline(tag) => (usize::from(is_line_break(tag)), true, false),
            NodeValue::Image(_) | NodeValue::FootnoteReference(_) => (0, true, false),
            NodeValue::Link(_) => {
                drop(data);
                cut(node, true, end, pieces);
                continue;
            }
            _ => {
                drop(data);
                cut(node, closed, end, pieces);
                continue;
            }
        };
        pieces.push(Piece { node, range: *end..*end + len, closed, text });
        *end += len;
    }
}

/// Puts marks, each with its piece and the byte in it, into the texts of their nodes.
fn insert(pieces: &[Piece], marks: &[(usize, usize, &'static str)]) {
    for chunk in marks.chunk_by(|a, b| a.0 == b.0) {
        let mut data = pieces[chunk[0].0].node.data_mut();
        let NodeValue::Text(literal) = &mut data.value else { continue };
        let mut with = String::with_capacity(literal.len() + chunk.len() * OPEN.len());
        let mut at = 0;
        for &(_, offset, mark) in chunk {
            with.push_str(&literal[at..offset]);
            with.push_str(mark);
            at = offset;
        }
        with.push_str(&literal[at..]);
        *literal = with.into();
    }
}

/// Where the text of a leaf comes from in the source. Asked in the order of the text, so
/// that each piece is walked through once.
struct Origin<'p, 'a, F> {
    pieces: &'p [Piece<'a>],
    text: &'p str,
    offset: &'p F,
    at: Option<Place>,
}

/// A place in a piece and in the source.
struct Place {
    piece: usize,
    /// Byte of the piece.
    inside: usize,
    /// Byte of the source.
    at: usize,
    /// The piece is what stands in the source from here on, byte by byte.
    exact: bool,
}

impl<F: Fn(usize, usize) -> usize> Origin<'_, '_, F> {
    /// The byte of the source for byte `at` of the leaf's text, which is in that piece or
    /// ends it.
    fn place(&mut self, piece: usize, at: usize) -> usize {
        let node = &self.pieces[piece];
        let data = node.node.data();
        let wanted = at - node.range.start;
        let literal = match &data.value {
            NodeValue::Text(literal) => literal,
            NodeValue::Code(code) => code.literal.as_str(),
            _ => return (self.offset)(data.sourcepos.start.line, data.sourcepos.start.column),
        };
        if self.at.as_ref().is_none_or(|place| place.piece != piece) {
            let begins = (self.offset)(data.sourcepos.start.line, data.sourcepos.start.column);
            let at = first_byte(self.text, begins, literal);
            let code = matches!(data.value, NodeValue::Code(_));
            let plain = memchr::memchr2(b'\\', b'&', literal.as_bytes()).is_none();
            let exact = code || plain && self.text[at..].starts_with(literal);
            self.at = Some(Place { piece, inside: 0, at, exact });
        }
        let Some(place) = &mut self.at else { return 0 };
        if place.exact {
            let at = (place.at + wanted - place.inside).min(self.text.len());
            return self.text.floor_char_boundary(at);
        }
        let ahead = literal.get(place.inside..wanted).unwrap_or("");
        place.at += aligned(&self.text[place.at..], ahead);
        place.inside = wanted;
        place.at
    }
}

/// Where the text of a node that stands at `begins` begins itself.
fn first_byte(text: &str, begins: usize, literal: &str) -> usize {
    let Some(head) = literal.chars().next() else { return begins };
    let source = &text[begins..];
    // One that begins with an escaped character may stand behind its backslash.
    if head.is_ascii_punctuation() && source.starts_with(head) && text[..begins].ends_with('\\') {
        return begins - 1;
    }
    if source.starts_with([head, '\\', '&']) {
        return begins;
    }
    // Before one that begins a cell there may be spaces, before a code's its backticks.
    let near = &source[..source.floor_char_boundary((literal.len() + NEAR).min(source.len()))];
    begins + near.find(literal).or_else(|| near.find(head)).unwrap_or(0)
}

/// How far from where comrak says a text may begin.
const NEAR: usize = 64;

/// How many bytes of `source` gave `literal`. Backslashes and entities are what the two
/// differ by; where they differ by more, the nearest place.
fn aligned(source: &str, literal: &str) -> usize {
    let mut at = 0;
    let mut chars = literal.chars();
    while let Some(c) = chars.next() {
        let rest = &source[at..];
        let escaped =
            rest.strip_prefix('\\').filter(|rest| rest.starts_with(|c: char| c.is_ascii_punctuation()));
        if let Some(escaped) = escaped.filter(|escaped| escaped.starts_with(c)) {
            at = source.len() - escaped.len() + c.len_utf8();
        } else if let Some(entity) = entity(rest).filter(|entity| !chars_begin(c, chars.as_str(), entity)) {
            at += entity.len();
        } else {
            at += rest.chars().next().map_or(0, char::len_utf8);
        }
    }
    at
}

/// The entity that `text` begins with, by its form.
fn entity(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('&')?;
    let name = inside.bytes().take(32).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    (name > 0 && inside[name..].starts_with(';')).then(|| &text[..name + 2])
}

/// Whether `c` and what follows it is the entity itself, written as it stands.
fn chars_begin(c: char, rest: &str, entity: &str) -> bool {
    entity.strip_prefix(c).is_some_and(|tail| rest.starts_with(tail)) && entity != "&amp;"
}

fn begins_with_text(leaf: Node<'_>) -> bool {
    leaf.first_child()
        .is_some_and(|child| matches!(&child.data().value, NodeValue::Text(text) if !text.trim().is_empty()))
}

/// Mentions and blocks whose places in the HTML are still to be read off it.
#[derive(Default)]
pub(super) struct Marked {
    mentions: Vec<Found>,
    blocks: Vec<Block>,
    /// By block.
    bounds: Vec<Bounds>,
}

/// Which ends of a leaf have a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bounds {
    Both,
    Start,
    None,
}

impl Marked {
    /// Takes the marks out of `html`, whose `holes` move with it, and notes where they were.
    /// Where raw HTML may hold a link, none is put inside it.
    pub(super) fn read_off(
        mut self,
        html: String,
        holes: &mut [(u32, u32)],
        raw_html: bool,
    ) -> (String, Vec<Found>, Vec<Block>) {
        if self.blocks.is_empty() {
            return (html, self.mentions, self.blocks);
        }
        let most = self.mentions.len() * 2 + self.blocks.len() * 2;
        let (html, marks) = cut_marks(&html, holes, most);
        if !self.expected().eq(marks.iter().map(|mark| mark.1)) {
            // Raw HTML that opens a table, say, moves what stands behind it.
            self.mentions.iter_mut().for_each(|found| found.at = None);
            return (html, self.mentions, self.blocks);
        }
        let mut marks = marks.into_iter();
        let mut next = || marks.next().map_or(0, |mark| mark.0);
        let mut mentions = self.mentions.iter_mut().peekable();
        for (index, (block, bounds)) in self.blocks.iter_mut().zip(self.bounds).enumerate() {
            let start = if bounds == Bounds::None { 0 } else { next() };
            while let Some(found) = mentions.next_if(|found| found.block as usize == index) {
                if found.at.is_some() {
                    found.at = whole(&html, next(), next());
                }
            }
            let end = if bounds == Bounds::Both { next() } else { start };
            if bounds != Bounds::None {
                block.html = Some((start as u32, end as u32));
                block.element = element(&html, start);
            }
        }
        if raw_html {
            let links = links(&html);
            let is_inside = |(open, _): (u32, u32)| {
                let before = links.partition_point(|link| link.start <= open);
                before.checked_sub(1).is_some_and(|last| links[last].contains(&open))
            };
            for found in &mut self.mentions {
                found.at = found.at.filter(|at| !is_inside(*at));
            }
        }
        (html, self.mentions, self.blocks)
    }

    /// The marks in the order in which they were put in.
    fn expected(&self) -> impl Iterator<Item = &'static str> {
        let mut mentions = self.mentions.iter().peekable();
        let mut expected = Vec::with_capacity(self.mentions.len() * 2 + self.blocks.len() * 2);
        for (index, bounds) in self.bounds.iter().enumerate() {
            expected.extend((*bounds != Bounds::None).then_some(START));
            while let Some(found) = mentions.next_if(|found| found.block as usize == index) {
                if found.at.is_some() {
                    expected.extend([OPEN, CLOSE]);
                }
            }
            expected.extend((*bounds == Bounds::Both).then_some(END));
        }
        expected.into_iter()
    }
}

/// Which of the four begins at byte `at`.
fn is_ours(text: &str, at: usize) -> Option<&'static str> {
    let mark = text.as_bytes().get(at..at + OPEN.len())?;
    [OPEN, CLOSE, START, END].into_iter().find(|own| own.as_bytes() == mark)
}

/// HTML without the marks, mostly at most `most`; where each stood.
fn cut_marks(html: &str, holes: &mut [(u32, u32)], most: usize) -> (String, Vec<(usize, &'static str)>) {
    let mut clean = String::with_capacity(html.len().saturating_sub(most * OPEN.len()));
    let mut marks = Vec::with_capacity(most);
    let mut moved = holes.iter_mut().peekable();
    let mut at = 0;
    let mut taken = 0;
    for hit in memchr::memmem::find_iter(html.as_bytes(), LEAD) {
        let Some(mark) = is_ours(html, hit) else { continue };
        while let Some(hole) = moved.next_if(|hole| (hole.0 as usize) < hit) {
            hole.0 -= taken;
        }
        clean.push_str(&html[at..hit]);
        marks.push((clean.len(), mark));
        at = hit + mark.len();
        taken += mark.len() as u32;
    }
    for hole in moved {
        hole.0 -= taken;
    }
    clean.push_str(&html[at..]);
    (clean, marks)
}

/// Where the links of `html` are. Quoted values may hold what looks like a tag.
fn links(html: &str) -> Vec<Range<u32>> {
    let mut links = Vec::new();
    let mut begun = None;
    let mut at = 0;
    while let Some(hit) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        let tag = at + hit;
        let mut quote = None;
        let end = html[tag..].char_indices().find(|&(_, c)| {
            match (c, quote) {
                ('"' | '\'', None) => quote = Some(c),
                (c, Some(open)) if c == open => quote = None,
                _ => {}
            }
            c == '>' && quote.is_none()
        });
        at = end.map_or(html.len(), |(end, _)| tag + end + 1);
        let name = html[tag + 1..at].split([' ', '>']).next().unwrap_or("");
        match name {
            "a" => begun = begun.or(Some(tag as u32)),
            "/a" => links.extend(begun.take().map(|begun| begun..tag as u32)),
            _ => {}
        }
    }
    links.extend(begun.map(|begun| begun..html.len() as u32));
    links
}

/// Elements that a link may hold whole and stand in whole.
const INLINE: [&str; 12] = ["strong", "em", "del", "b", "i", "u", "s", "span", "sup", "sub", "small", "mark"];

/// How many elements are taken in at the ends of a mention.
const DEEPEST: usize = 8;

/// Where a link around `open..close` may open and close: where elements are not broken,
/// with those at its ends taken in.
fn whole(html: &str, mut open: usize, mut close: usize) -> Option<(u32, u32)> {
    for _ in 0..=DEEPEST {
        match unpaired(&html[open..close])? {
            (0, 0) => return Some((open as u32, close as u32)),
            (0, _) => {
                let rest = html[close..].strip_prefix("</")?;
                let end = rest.find('>')?;
                INLINE.contains(&&rest[..end]).then_some(())?;
                close += "</".len() + end + 1;
            }
            _ => {
                let before = html[..open].strip_suffix('>')?;
                let tag = before.rfind('<')?;
                let name = before[tag + 1..].split(' ').next().unwrap_or("");
                INLINE.contains(&name).then_some(())?;
                open = tag;
            }
        }
    }
    None
}

/// How many elements end in `html` that do not begin in it, and how many begin that do not
/// end. `None` if there are others than those of a line.
fn unpaired(html: &str) -> Option<(usize, usize)> {
    let (mut ended, mut begun) = (0, 0);
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let end = at + rest[at..].find('>')?;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
        if name == "br" {
            continue;
        }
        INLINE.contains(&name).then_some(())?;
        match (tag.starts_with('/'), begun) {
            (true, 0) => ended += 1,
            (true, _) => begun -= 1,
            (false, _) => begun += 1,
        }
    }
    Some((ended, begun))
}

/// Where an attribute may be added to the tag that ends at `start`, if it opens an element
/// that has no id.
fn element(html: &str, start: usize) -> Option<u32> {
    let before = html[..start].strip_suffix('>')?;
    let tag = &before[before.rfind('<')? + 1..];
    let opens = tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !tag.ends_with('/');
    (opens && !tag.contains(" id=") && !tag.starts_with("br") && !tag.starts_with("hr"))
        .then_some(before.len() as u32)
}
