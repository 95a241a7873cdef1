//! Mentions: words of a running text that name a document, a unit or a place.
//!
//! Three recognisers read the text of one block in one pass: documents by the grammar of
//! their numbers (`directive`), units by the organs of `organ` (`unit`), places by the names
//! of the gazetteer (`place`). What comes out depends on the text alone; which record a
//! mention means is for `archive`, which knows the article, its date and the site.
//! Longest wins; a place within a unit's name is part of the unit.
//!
//! Invariant: nothing here is looked up in a site's own records but their names (`own`), so
//! what is found in a file may be remembered with its bytes and those names that it may say
//! (`words`).
//! Reading order: the types below, `text` (tokens), `lexicon` (what words mean), then the
//! recognisers.

pub mod directive;
mod lexicon;
pub mod near;
mod own;
pub mod place;
mod reader;
pub mod text;
mod trie;
pub mod unit;
mod words;

pub use lexicon::{NameId, places_named};
pub use own::{Changes, OwnNames};
pub use place::{Place, Typed};
pub use unit::{Unit, UnitPlace};
pub use words::Words;

use directive::Directive;
use reader::Reader;
use text::{Gap, Token, tokenise};

/// Builds what the recognisers know of words, which the first text would wait for: 20 ms.
pub fn warm_up() {
    lexicon::get();
}

/// Words that name something.
#[derive(Clone, Debug)]
pub struct Mention {
    /// First byte in the text of the block.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// What they name.
    pub what: What,
}

/// What a mention names, as written.
#[derive(Clone, Debug)]
pub enum What {
    /// A document.
    Directive(Box<Directive>),
    /// An organisation of a place.
    Unit(Box<Unit>),
    /// A place.
    Place(Place),
    /// A name that a site's own record has, as that record spells it.
    Own(Box<str>),
}

/// Finds mentions. Holds buffers, so one serves many texts.
#[derive(Default)]
pub struct Finder<'n> {
    tokens: Vec<Token>,
    spans: Vec<(usize, usize)>,
    hits: Vec<trie::Hit>,
    sports: u32,
    own: Option<&'n OwnNames>,
    words: Option<Words>,
}

/// The longest line, in bytes, of a text that is taken to be wrapped by hand, where a name may
/// go on in the next line; newspapers' paragraphs are longer.
const WRAPPED: usize = 160;

impl<'n> Finder<'n> {
    /// Looks for the names of a site's own records, too.
    pub fn with(own: &'n OwnNames) -> Finder<'n> {
        Finder { own: Some(own).filter(|own| !own.is_empty()), ..Finder::default() }
    }

    /// Keeps the words of the texts to come, for `take_words`.
    pub fn keep_words(&mut self) {
        self.words = Some(Words::default());
    }

    /// The words of all texts since `keep_words`.
    pub fn take_words(&mut self) -> Option<Words> {
        self.words.take()
    }

    /// Whether the texts since the last call report sport: two phrases of it.
    pub fn is_sport(&mut self) -> bool {
        std::mem::take(&mut self.sports) >= 2
    }

    /// Adds the mentions in `text`, the inline text of one block, to `found`, in the order of
    /// the text; none overlaps another. Linear in the text.
    pub fn find(&mut self, text: &str, found: &mut Vec<Mention>) {
        tokenise(text, &mut self.tokens);
        join_wrapped_lines(text, &mut self.tokens);
        if let Some(words) = &mut self.words {
            self.tokens.iter().for_each(|token| words.add(token.word));
        }
        self.spans.clear();
        let first = found.len();
        let headline = place::is_headline(&self.tokens);
        let mut reader = Reader {
            text,
            tokens: &self.tokens,
            lexicon: lexicon::get(),
            out: found,
            spans: &mut self.spans,
            hits: &mut self.hits,
            first,
            headline,
            sports: 0,
            own: self.own,
        };
        reader.read();
        self.sports += reader.sports;
    }
}

/// Makes a line break a space where the text was wrapped by hand: the first word of the next
/// line would not have fitted into the line.
fn join_wrapped_lines(text: &str, tokens: &mut [Token]) {
    if memchr::memchr(b'\n', text.as_bytes()).is_none() {
        return;
    }
    let width = text.lines().map(str::len).max().unwrap_or(0);
    if width > WRAPPED {
        return;
    }
    for token in tokens.iter_mut().skip(1).filter(|token| token.gap == Gap::Line) {
        let start = token.start as usize;
        let before = text[..start].trim_end_matches(char::is_whitespace);
        let line = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1);
        let word = text[start..].find(char::is_whitespace).unwrap_or(text.len() - start);
        if line + 1 + word > width {
            token.gap = Gap::Space;
        }
    }
}

#[cfg(test)]
mod tests;
