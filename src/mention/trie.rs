//! Phrases over words, found where a text is cut into tokens.
//!
//! A trie by open addressing: a step is one look-up, and nothing is made of the text. What may
//! stand between two words of a phrase is the caller's choice.

use super::text::{Form, Gap, Token, Word};

/// What a phrase found in a trie ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// The token after it.
    pub(super) next: usize,
    /// Its value.
    pub(super) value: u32,
}

/// Fibonacci hashing; the high bits are the good ones.
#[inline]
pub(super) fn hash(bits: u64) -> u64 {
    (bits ^ bits >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A set of words that may have more in it than was added: 4 KB of bits, so that most words of
/// a text are told to begin nothing without a look at a larger table.
pub(super) struct Filter(Box<[u64; 512]>);

impl Default for Filter {
    fn default() -> Filter {
        Filter(Box::new([0; 512]))
    }
}

impl Filter {
    #[inline]
    fn bit(word: Word) -> (usize, u64) {
        let bit = hash(word.bits()) >> 49;
        (bit as usize >> 6, 1 << (bit & 63))
    }

    pub(super) fn add(&mut self, word: Word) {
        let (at, bit) = Filter::bit(word);
        self.0[at] |= bit;
    }

    /// Whether it may have been added.
    #[inline]
    pub(super) fn has(&self, word: Word) -> bool {
        let (at, bit) = Filter::bit(word);
        self.0[at] & bit != 0
    }
}

/// Phrases over words.
pub(super) struct Trie {
    /// (node, word) → node, by open addressing; node 0 is the root, and no edge leads to it.
    edges: Vec<(u32, u32, Word)>,
    count: usize,
    /// By node: its value + 1, or 0.
    values: Vec<u32>,
}

impl Default for Trie {
    fn default() -> Trie {
        Trie { edges: vec![(0, 0, Word::FOREIGN); 1 << 10], count: 0, values: vec![0] }
    }
}

impl Trie {
    #[inline]
    fn slot(&self, node: u32, word: Word) -> usize {
        let mask = self.edges.len() - 1;
        let mut at = (hash(word.bits() ^ u64::from(node) << 20) >> 36) as usize & mask;
        loop {
            let (from, to, own) = self.edges[at];
            if to == 0 || (from == node && own == word) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    #[inline]
    fn step(&self, node: u32, word: Word) -> Option<u32> {
        let (_, to, _) = self.edges[self.slot(node, word)];
        (to != 0).then_some(to)
    }

    /// Adds a phrase; gives its value, or the one that it had.
    pub(super) fn add(&mut self, words: &[Word], value: u32) -> u32 {
        let mut node = 0;
        for &word in words {
            node = match self.step(node, word) {
                Some(next) => next,
                None => {
                    if self.count * 2 > self.edges.len() {
                        self.grow();
                    }
                    let next = self.values.len() as u32;
                    self.values.push(0);
                    let slot = self.slot(node, word);
                    self.edges[slot] = (node, next, word);
                    self.count += 1;
                    next
                }
            };
        }
        let own = &mut self.values[node as usize];
        if *own == 0 {
            *own = value + 1;
        }
        *own - 1
    }

    fn grow(&mut self) {
        let bigger = vec![(0, 0, Word::FOREIGN); self.edges.len() * 4];
        for edge in std::mem::replace(&mut self.edges, bigger) {
            if edge.1 != 0 {
                let slot = self.slot(edge.0, edge.2);
                self.edges[slot] = edge;
            }
        }
    }

    /// Adds every phrase that begins at `at` to `found`, shortest first.
    pub(super) fn walk(&self, tokens: &[Token], at: usize, skips: Skips, found: &mut Vec<Hit>) {
        let mut node = 0;
        let mut next = at;
        while let Some(token) = tokens.get(next) {
            if next != at && token.gap == Gap::Line {
                return;
            }
            let word = if skips == Skips::Dash { token.word.common() } else { token.word };
            let mut step = self.step(node, word).map(|to| (to, next + 1));
            if step.is_none() && node != 0 {
                step = match skips {
                    Skips::Nothing => None,
                    Skips::Dash => self.past_dash(tokens, next, node),
                    Skips::Joint => self.past_joint(tokens, next, node),
                };
            }
            // "Phường IV"; but "P.V." are initials.
            if step.is_none()
                && skips == Skips::Dash
                && token.gap != Gap::None
                && let Some(number) = roman(token)
            {
                step = self.step(node, number).map(|to| (to, next + 1));
            }
            let Some((to, after)) = step else { return };
            (node, next) = (to, after);
            let value = self.values[node as usize];
            if value != 0 {
                found.push(Hit { next, value: value - 1 });
            }
        }
    }

    /// "Bà Rịa - Vũng Tàu": the path has no dashes.
    fn past_dash(&self, tokens: &[Token], at: usize, node: u32) -> Option<(u32, usize)> {
        let token = tokens.get(at + 1).filter(|token| tokens[at].is('-') && token.gap != Gap::Line)?;
        self.step(node, token.word.common()).map(|to| (to, at + 2))
    }

    /// Past what joins two parts of an organ's name. The path has a joint where the name has
    /// one; it may be left out, and abbreviations may be joined where the name is not.
    fn past_joint(&self, tokens: &[Token], at: usize, node: u32) -> Option<(u32, usize)> {
        let mut past = at;
        while past < at + 2 && tokens.get(past).is_some_and(is_joint) {
            past += 1;
        }
        let token = tokens.get(past).filter(|token| token.gap != Gap::Line)?;
        if let Some(joint) = self.step(node, JOINT) {
            return self.step(joint, token.word).map(|to| (to, past + 1));
        }
        let short = past > at && !tokens[at].is(',') && token.form == Form::Upper;
        if short { self.step(node, token.word).map(|to| (to, past + 1)) } else { None }
    }
}

/// What a phrase may have between its words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Skips {
    /// Nothing.
    Nothing,
    /// A dash: in names of places.
    Dash,
    /// What joins two parts of an organ's name.
    Joint,
}

/// What joins two parts of an organ's name in its path, whatever is written there.
pub(super) const JOINT: Word = Word::mark('&');

/// Marks and words that join two parts of an organ's name: "Sở TN&MT", "Sở TN-MT", "Sở TN và
/// MT", "Sở Văn hóa, Thể thao và Du lịch".
pub(super) fn is_joint(token: &Token) -> bool {
    const AND: Word = Word::of("và");
    token.word == AND
        || (token.form == Form::Mark && ['-', '&', ',', '/', '.'].iter().any(|&mark| token.is(mark)))
}

/// A Roman numeral in capitals as its number: "Phường IV".
fn roman(token: &Token) -> Option<Word> {
    const NUMERALS: [Word; 12] = [
        Word::of("i"),
        Word::of("ii"),
        Word::of("iii"),
        Word::of("iv"),
        Word::of("v"),
        Word::of("vi"),
        Word::of("vii"),
        Word::of("viii"),
        Word::of("ix"),
        Word::of("x"),
        Word::of("xi"),
        Word::of("xii"),
    ];
    let at = NUMERALS.iter().position(|numeral| *numeral == token.word)?;
    token.is_capital().then(|| Word::number(at as u32 + 1))
}
