//! Phrases over words, found where a text is cut into tokens.
//!
//! A trie by open addressing: a step is one look-up, and nothing is made of the text. What may
//! stand between two words of a phrase is the caller's choice.
//!
//! A slot has eight bytes, a tag of the edge and the node that it leads to; only where the tag
//! is right, the node is asked. So the names of all places fit beside a text into the cache.

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
    /// Tag and node of each edge, by open addressing. No edge leads to node 0, the root.
    slots: Vec<(u32, u32)>,
    nodes: Vec<Node>,
}

/// A node, with the edge that leads to it.
#[derive(Clone, Copy)]
struct Node {
    word: Word,
    parent: u32,
    /// Its value + 1, or 0.
    value: u32,
}

impl Default for Trie {
    fn default() -> Trie {
        let root = Node { word: Word::FOREIGN, parent: 0, value: 0 };
        Trie { slots: vec![(0, 0); 1 << 10], nodes: vec![root] }
    }
}

impl Trie {
    /// The slot of an edge and its tag.
    #[inline]
    fn slot(&self, node: u32, word: Word) -> (usize, u32) {
        let hash = hash(word.bits() ^ u64::from(node) << 20);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 36) as usize & mask;
        let tag = (hash >> 4) as u32;
        loop {
            let (own, to) = self.slots[at];
            if to == 0 {
                return (at, tag);
            }
            if own == tag {
                let found = &self.nodes[to as usize];
                if found.parent == node && found.word == word {
                    return (at, tag);
                }
            }
            at = (at + 1) & mask;
        }
    }

    #[inline]
    fn step(&self, node: u32, word: Word) -> Option<u32> {
        let (_, to) = self.slots[self.slot(node, word).0];
        (to != 0).then_some(to)
    }

    /// Adds a phrase; gives its value, or the one that it had.
    pub(super) fn add(&mut self, words: &[Word], value: u32) -> u32 {
        let mut node = 0;
        for &word in words {
            node = match self.step(node, word) {
                Some(next) => next,
                None => {
                    if self.nodes.len() * 2 > self.slots.len() {
                        self.grow();
                    }
                    let next = self.nodes.len() as u32;
                    let (slot, tag) = self.slot(node, word);
                    self.slots[slot] = (tag, next);
                    self.nodes.push(Node { word, parent: node, value: 0 });
                    next
                }
            };
        }
        let own = &mut self.nodes[node as usize].value;
        if *own == 0 {
            *own = value + 1;
        }
        *own - 1
    }

    fn grow(&mut self) {
        self.slots = vec![(0, 0); self.slots.len() * 2];
        for (to, &Node { word, parent, .. }) in self.nodes.iter().enumerate().skip(1) {
            let (slot, tag) = self.slot(parent, word);
            self.slots[slot] = (tag, to as u32);
        }
    }

    /// Gives every phrase that begins at `at` to `found`, shortest first.
    #[inline]
    pub(super) fn walk(&self, tokens: &[Token], at: usize, skips: Skips, mut found: impl FnMut(Hit)) {
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
                && let Some(number) = token.roman().map(|value| Word::number(u32::from(value)))
            {
                step = self.step(node, number).map(|to| (to, next + 1));
            }
            let Some((to, after)) = step else { return };
            (node, next) = (to, after);
            let value = self.nodes[node as usize].value;
            if value != 0 {
                found(Hit { next, value: value - 1 });
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
