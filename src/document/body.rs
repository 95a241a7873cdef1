//! A body: HTML with holes for links, and the mentions in it.
//!
//! A page fills it when it knows its own depth and what each mention means. The text of a
//! block is not kept beside the HTML: `text` reads it back, so that an archive of 100,000
//! articles does not hold each of them twice.
//!
//! Invariant: an offset in the HTML lies between two characters of text or in the tag that
//! it is to change, so that whatever a page puts there leaves the HTML well formed.
//! Not here: how a body is made (`markdown`), whether a name is known (`archive`).

use std::borrow::Cow;
use std::fmt::Write;

use crate::diagnostic::Span;
use crate::mention::{Mention, Words};

/// What the anchor of a block begins with; its number follows.
const ANCHOR: &str = "doan-";

/// Whether `id` is one that a block of a text may have on its page.
pub fn is_anchor(id: &str) -> bool {
    let number = id.strip_prefix(ANCHOR);
    number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

/// Longest sentence shown around a mention, in characters.
const SENTENCE: usize = 200;

/// A block with more HTML is no text that anybody reads: no sentences are taken from it, so
/// that one file of a million numbers does not take a million times its length.
const LONGEST_BLOCK: u32 = 64 << 10;

/// A body: HTML with holes.
#[derive(Debug, Default)]
pub struct Body {
    pub(super) html: Box<str>,
    /// Byte offsets in `html`, ascending, each with its index in `refs`.
    pub(super) holes: Box<[(u32, u32)]>,
    /// What the holes lead to, in the order of the text.
    pub refs: Box<[BodyRef]>,
    /// The first paragraph in plain text, at most 240 characters.
    pub excerpt: Box<str>,
    /// What its text names, in the order of the text. Empty where nobody was to look.
    pub mentions: Box<[Found]>,
    /// The blocks that hold mentions, in the order of the text.
    pub blocks: Box<[Block]>,
    /// Whether it reports sport, where bare names of places are those of teams.
    pub sports: bool,
    /// The words that the recognisers saw, where they were to be kept.
    pub words: Option<Words>,
}

/// A link of the body that stays within the archive.
#[derive(Debug)]
pub struct BodyRef {
    /// The name, path or address as written.
    pub target: Box<str>,
    /// Which of them.
    pub kind: RefKind,
    /// Where it stands.
    pub span: Span,
}

/// What a `BodyRef` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefKind {
    /// `[[name]]`.
    Name,
    /// `media/…`, below `content/`.
    Media,
    /// The same, shown as a picture that does not say how large it is.
    Picture,
    /// The same, shown as a picture that does.
    SizedPicture,
    /// An address of the site, relative to its root.
    Address,
}

/// A mention where it was found.
#[derive(Debug)]
pub struct Found {
    /// What the words name; its offsets count in the text of the block.
    pub mention: Mention,
    /// The words in the source, markup between them included.
    pub span: Span,
    /// Index in `Body::blocks`.
    pub block: u32,
    /// Where a link opens and closes in the HTML. `None` if none may stand here: the words
    /// are part of a link or of code, or would have to break an element in two.
    pub(super) at: Option<(u32, u32)>,
}

/// A leaf of the text: a paragraph, a heading, a cell of a table. Code and raw HTML are none.
#[derive(Debug)]
pub struct Block {
    /// Its place among all leaves of the body, from 1.
    pub number: u32,
    /// How many section marks stand before it or are itself: what two blocks of one section
    /// share.
    pub section: u32,
    /// Whether it begins a section.
    pub mark: Mark,
    /// Its content in the HTML; `None` if that cannot be told.
    pub(super) html: Option<(u32, u32)>,
    /// Where an attribute may be added to the element around it, if that element is its own.
    pub(super) element: Option<u32>,
    /// Its text, where the HTML does not give it back.
    pub(super) text: Option<Box<str>>,
}

/// How a block begins a section of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Not at all.
    #[default]
    None,
    /// It is a heading.
    Heading,
    /// It stands after a thematic break.
    Break,
    /// It begins with an asterisk, as sections of a newspaper's round-up do.
    Star,
}

/// What a page makes of a mention.
#[derive(Debug)]
pub enum Shown {
    /// Nothing: the words alone.
    Words,
    /// The words alone, but its block can be linked to.
    Anchor,
    /// A link, with this opening tag; its block can be linked to.
    Link(String),
}

impl Found {
    /// Whether a link may stand here.
    pub fn may_link(&self) -> bool {
        self.at.is_some()
    }
}

impl Block {
    /// Its anchor on the page, without the number sign; `None` if it can have none.
    pub fn anchor(&self) -> Option<String> {
        self.html.map(|_| format!("{ANCHOR}{}", self.number))
    }
}

impl Body {
    /// Whether there is any text.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }

    /// The HTML, each hole filled with the address that `fill` gives for the index of its
    /// ref, each mention shown as `show` says for its index. Addresses must be safe in an
    /// attribute. What is filled in may close the attribute and add others to the element, the
    /// last of them left open.
    pub fn html<'a>(
        &self,
        mut fill: impl FnMut(usize) -> Cow<'a, str>,
        show: impl FnMut(usize) -> Shown,
    ) -> String {
        let pieces = self.pieces(show);
        let mut pieces = pieces.iter().peekable();
        let mut holes = self.holes.iter().peekable();
        let added: usize = pieces.clone().map(|piece| piece.text.most()).sum();
        let mut html = String::with_capacity(self.html.len() + self.holes.len() * 40 + added);
        let mut at = 0;
        loop {
            let hole = holes.peek().map_or(u32::MAX, |hole| hole.0);
            let piece = pieces.peek().map_or(u32::MAX, |piece| piece.offset);
            let next = hole.min(piece);
            if next == u32::MAX {
                break;
            }
            html.push_str(&self.html[at..next as usize]);
            at = next as usize;
            if piece <= hole {
                if let Some(piece) = pieces.next() {
                    piece.text.write(&mut html);
                }
            } else if let Some(&(_, index)) = holes.next() {
                html.push_str(&fill(index as usize));
            }
        }
        html.push_str(&self.html[at..]);
        html
    }

    /// What mentions add to the HTML, in its order.
    fn pieces(&self, mut show: impl FnMut(usize) -> Shown) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(self.mentions.len() * 2 + self.blocks.len());
        let mut anchored = None;
        for (index, found) in self.mentions.iter().enumerate() {
            let shown = show(index);
            if matches!(shown, Shown::Words) {
                continue;
            }
            if anchored != Some(found.block) {
                anchored = Some(found.block);
                pieces.extend(self.blocks[found.block as usize].anchor_piece());
            }
            if let (Shown::Link(tag), Some((open, close))) = (shown, found.at) {
                pieces.push(Piece { offset: open, order: 2, text: Added::Open(tag) });
                pieces.push(Piece { offset: close, order: 0, text: Added::Close });
            }
        }
        pieces.sort_by_key(|piece| (piece.offset, piece.order));
        pieces
    }

    /// The text of a block, as the mentions in it were found.
    pub fn text(&self, block: u32) -> Cow<'_, str> {
        let block = &self.blocks[block as usize];
        match (&block.text, block.html) {
            (Some(text), _) => Cow::Borrowed(text),
            (None, Some((start, end))) => plain(&self.html[start as usize..end as usize]),
            (None, None) => Cow::Borrowed(""),
        }
    }

    /// The sentence around a mention on one line, at most 200 characters: cut between words,
    /// with an ellipsis where it was cut. Empty if the text cannot be told, or is no paragraph
    /// that anybody reads.
    pub fn sentence(&self, mention: usize) -> String {
        let found = &self.mentions[mention];
        let long = |(start, end): (u32, u32)| end - start > LONGEST_BLOCK;
        if self.blocks[found.block as usize].html.is_some_and(long) {
            return String::new();
        }
        let text = self.text(found.block);
        let (start, end) = (found.mention.start as usize, found.mention.end as usize);
        match text.get(start..end) {
            Some(_) => sentence(&text, start, end),
            None => String::new(),
        }
    }
}

impl Block {
    fn anchor_piece(&self) -> Option<Piece> {
        let (start, _) = self.html?;
        let number = self.number;
        Some(match self.element {
            Some(offset) => Piece { offset, order: 1, text: Added::Id(number) },
            // In a list without paragraphs, say, the element around it is another's.
            None => Piece { offset: start, order: 1, text: Added::Anchor(number) },
        })
    }
}

/// Something to put into the HTML. At one offset, what closes goes before what opens.
struct Piece {
    offset: u32,
    order: u8,
    text: Added,
}

enum Added {
    /// The opening tag of a link.
    Open(String),
    /// The end of a link.
    Close,
    /// The id of the block of that number, in a tag that is there.
    Id(u32),
    /// An element of its own for that id.
    Anchor(u32),
}

impl Added {
    /// No fewer bytes than it has.
    fn most(&self) -> usize {
        match self {
            Added::Open(tag) => tag.len(),
            Added::Close => "</a>".len(),
            Added::Id(_) | Added::Anchor(_) => 40,
        }
    }

    fn write(&self, html: &mut String) {
        // Writing to a `String` does not fail.
        let _ = match self {
            Added::Open(tag) => html.write_str(tag),
            Added::Close => html.write_str("</a>"),
            Added::Id(number) => write!(html, " id=\"{ANCHOR}{number}\""),
            Added::Anchor(number) => write!(html, "<span id=\"{ANCHOR}{number}\"></span>"),
        };
    }
}

/// HTML without its tags, entities decoded. Numbers of footnotes are no part of the text.
fn plain(html: &str) -> Cow<'_, str> {
    let special = |html: &str| memchr::memchr2(b'<', b'&', html.as_bytes());
    if special(html).is_none() {
        return Cow::Borrowed(html);
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = special(rest) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('&') {
            let entity = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
            let (entity, c) = entity.copied().unwrap_or(("&", '&'));
            text.push(c);
            rest = &rest[entity.len()..];
        } else if rest.starts_with("<sup class=\"footnote-ref\"") {
            rest = rest.find("</sup>").map_or("", |end| &rest[end + "</sup>".len()..]);
        } else if rest.starts_with("<a href=\"#fnref-") {
            rest = rest.find("</a>").map_or("", |end| &rest[end + "</a>".len()..]);
        } else {
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The entities that comrak and ammonia write.
const ENTITIES: [(&str, char); 5] =
    [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&nbsp;", '\u{a0}')];

/// The sentence of `text` around `start..end`.
fn sentence(text: &str, start: usize, end: usize) -> String {
    let (ahead, behind) = (&text[..start], &text[end..]);
    let first = (0..start).rev().find_map(|at| end_at(ahead, at)).unwrap_or(0);
    let last = (0..behind.len()).find_map(|at| end_at(behind, at)).map_or(text.len(), |at| end + at);
    let before = words(&text[first..start]);
    let named = words(&text[start..end]);
    let after = words(&text[end..last]);
    let length = |text: &str| text.chars().count();
    let room = SENTENCE.saturating_sub(length(&named));
    // Half of the room on either side; what one side leaves is the other's.
    let (ahead, behind) = (length(&before), length(&after));
    let before_room = (room / 2).max(room.saturating_sub(behind)).min(ahead);
    let after_room = room - before_room;
    let mut shown = String::with_capacity(SENTENCE * 2);
    match before.char_indices().nth(ahead - before_room) {
        Some((cut, _)) if cut > 0 => {
            let cut = before[cut..].find(' ').map_or(before.len(), |space| cut + space + 1);
            shown.push('…');
            shown.push_str(&before[cut..]);
        }
        _ => shown.push_str(before.trim_start()),
    }
    shown.push_str(&named);
    match after.char_indices().nth(after_room) {
        Some((cut, _)) => {
            let cut = after[..cut].rfind(' ').unwrap_or(0);
            shown.push_str(after[..cut].trim_end_matches([',', ';', ':', ' ']));
            shown.push('…');
        }
        None => shown.push_str(after.trim_end()),
    }
    shown
}

/// The byte after a mark at byte `at` that ends a sentence of `text`. A full stop behind a short
/// word is one of an abbreviation ("TP. Sóc Trăng"), before a small letter none.
fn end_at(text: &str, at: usize) -> Option<usize> {
    let len = match text.as_bytes()[at] {
        b'.' | b'!' | b'?' => 1,
        0xE2 if text[at..].starts_with('…') => '…'.len_utf8(),
        _ => return None,
    };
    let rest = &text[at + len..];
    let next = rest.trim_start();
    if !text[at..].starts_with('.') {
        let ends = next.len() < rest.len() && next.starts_with(char::is_uppercase);
        return ends.then_some(at + len);
    }
    if next.len() == rest.len() && !rest.is_empty() || next.starts_with(char::is_lowercase) {
        return None;
    }
    let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let glued = text[..at - word.len()].ends_with(['/', '-']);
    let short = word.chars().count() <= 2 && word.starts_with(char::is_uppercase) && !glued;
    (!short).then_some(at + len)
}

/// On one line; a space at either end stays one space.
fn words(text: &str) -> Cow<'_, str> {
    // Lead bytes of spaces other than that of the keyboard, and of what is invisible.
    let odd = |a: u8, b: u8| {
        a < b' ' || matches!(a, 0xC2 | 0xE2 | 0xE3 | 0xEF) || matches!((a, b), (b' ', b' ') | (0xE1, 0x9A))
    };
    let bytes = text.as_bytes();
    let behind = bytes.iter().skip(1).chain(b".");
    if !bytes.iter().zip(behind).any(|(&a, &b)| odd(a, b)) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            c => line.push(c),
        }
    }
    line.into()
}

#[cfg(test)]
mod tests {
    use super::{SENTENCE, plain, sentence};

    #[track_caller]
    fn check(text: &str, named: &str, expect: &str) {
        let start = text.find(named).expect("the words are in the text");
        assert_eq!(sentence(text, start, start + named.len()), expect);
    }

    #[test]
    fn a_sentence_ends_at_its_mark_and_no_abbreviation() {
        check("Một. Theo 01-KL/TW, hai.\nBa!", "01-KL/TW", "Theo 01-KL/TW, hai.");
        check("Ở TP. Sóc Trăng có 05-CT/TW. Sau đó", "05-CT/TW", "Ở TP. Sóc Trăng có 05-CT/TW.");
        check("Ngày 18. 5, theo\n01-KL/TW", "01-KL/TW", "5, theo 01-KL/TW");
        check("01-KL/TW", "01-KL/TW", "01-KL/TW");
        check("Thực hiện 01-KL/TW. Năm sau", "Năm", "Năm sau");
    }

    #[test]
    fn a_long_sentence_is_cut_between_words_around_the_mention() {
        let long = format!("{}01-KL/TW{}", "trước đây ".repeat(40), " về sau".repeat(40));
        let start = long.find("01-").expect("it is there");
        let shown = sentence(&long, start, start + 8);
        assert!(shown.starts_with("…") && shown.ends_with('…') && shown.contains(" 01-KL/TW "), "{shown}");
        assert!(shown.chars().count() <= SENTENCE + 2, "{}", shown.chars().count());
        let late = format!("{}01-KL/TW.", "trước đây ".repeat(40));
        let start = late.find("01-").expect("it is there");
        let shown = sentence(&late, start, start + 8);
        assert!(shown.chars().count() > 180 && shown.ends_with("01-KL/TW."), "{shown}");
    }

    #[test]
    fn text_is_read_back_from_html() {
        assert_eq!(plain("a &lt;b&gt; &amp;amp; <strong>c</strong>&nbsp;d"), "a <b> &amp; c\u{a0}d");
        assert_eq!(plain("x<sup class=\"footnote-ref\"><a href=\"#fn-1\">1</a></sup>y"), "xy");
    }

    proptest::proptest! {
        /// Law: a sentence has the words it is about, on one line, and is bounded.
        #[test]
        fn a_sentence_holds_its_mention(before in "\\PC{0,300}", after in "\\PC{0,300}") {
            let text = format!("{before}01-KL/TW{after}");
            let shown = sentence(&text, before.len(), before.len() + 8);
            proptest::prop_assert!(shown.contains("01-KL/TW") && !shown.contains('\n'));
            proptest::prop_assert!(shown.chars().count() <= SENTENCE + 2);
        }
    }
}
