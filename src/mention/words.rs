//! The words of a text, as far as it takes to tell that a name is not in it.
//!
//! When a record gets another name, only texts that may say it have to be read again. A name
//! of the site's own is found only where each of its words stands as a token, so a text that
//! lacks one of them is the same text with the name and without it.
//!
//! Invariant: a word that was added is never denied; one that was not may be affirmed, and
//! then a text is read once more for nothing. Keeping the words themselves took five times
//! the memory, reading every text again 37 µs an article.

use super::text::Word;
use super::trie::hash;

/// A set of words that may have more in it than was added: 256 bytes.
#[derive(Debug)]
pub struct Words(Box<[u64; 32]>);

impl Default for Words {
    fn default() -> Words {
        Words(Box::new([0; 32]))
    }
}

impl Words {
    pub(super) fn add(&mut self, word: Word) {
        for (at, bit) in bits(word) {
            self.0[at] |= bit;
        }
    }

    /// Whether all of `words` may have been added.
    pub(super) fn may_have(&self, words: &[Word]) -> bool {
        words.iter().all(|&word| bits(word).iter().all(|&(at, bit)| self.0[at] & bit != 0))
    }
}

/// Two of the 2,048 bits: a press item has some three hundred different words, which set a
/// quarter of them.
fn bits(word: Word) -> [(usize, u64); 2] {
    let hash = hash(word.bits());
    [hash >> 53, hash >> 42 & 2047].map(|bit| (bit as usize >> 6, 1 << (bit & 63)))
}
