//! The names of a site's own records, found in a text as written.
//!
//! Unit files, directives and places of the site have names that no grammar knows: "Chi đoàn
//! Trung tâm Y tế", "Chuyên đề toàn khóa". They are found in the same pass as everything else,
//! so that the longest of all wins and a text is read once. What is found depends on the bytes
//! and on this list: whoever remembers a parsed file asks `changes_since` which names came and
//! went, and `may_say` whether the text could have them. The alternative, a second automaton
//! over the finished HTML, read every text on every build.
//!
//! Not here: which record a name means (`archive`).

use std::collections::HashSet;

use super::text::{Form, Token, Word, tokenise};
use super::trie::{Filter, Skips, Trie};
use super::words::Words;

/// Names to look for beside the built-in ones.
#[derive(Default)]
pub struct OwnNames {
    trie: Trie,
    /// First words.
    firsts: Filter,
    names: Vec<Name>,
}

struct Name {
    text: Box<str>,
    /// For each word: whether it begins with a great letter.
    capitals: Vec<bool>,
}

/// Fewest letters of a name of one word: "Bác" alone would be found everywhere.
const SHORTEST: usize = 4;

impl OwnNames {
    /// The names, each once. Left out are those that no text could be told by: a single word
    /// of small letters or of less than four.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> OwnNames {
        let mut own = OwnNames::default();
        let mut tokens = Vec::new();
        for name in names {
            tokenise(name, &mut tokens);
            let words: Vec<Word> = tokens.iter().map(|token| token.word).collect();
            let single =
                tokens.len() == 1 && (tokens[0].form != Form::Upper || name.chars().count() < SHORTEST);
            if words.is_empty() || words.contains(&Word::FOREIGN) || !tokens[0].is_word() || single {
                continue;
            }
            let index = own.names.len() as u32;
            if own.trie.add(&words, index) == index {
                let capitals = tokens.iter().map(Token::is_capital).collect();
                own.names.push(Name { text: name.into(), capitals });
                own.firsts.add(words[0]);
            }
        }
        own
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Names that this list has and `old` has not, or the other way round. A text that may say
    /// none of them is read alike with either list.
    pub fn changes_since(&self, old: &OwnNames) -> Changes {
        let (new, old) = (self.texts(), old.texts());
        let mut tokens = Vec::new();
        let words = |name: &str| {
            tokenise(name, &mut tokens);
            tokens.iter().map(|token| token.word).collect()
        };
        Changes(new.symmetric_difference(&old).copied().map(words).collect())
    }

    fn texts(&self) -> HashSet<&str> {
        self.names.iter().map(|name| &*name.text).collect()
    }

    /// Whether a name may begin with this word.
    #[inline]
    pub(super) fn may_begin(&self, word: Word) -> bool {
        self.firsts.has(word)
    }

    /// The longest name that begins at `at`, with the token after it. Its words have great
    /// letters where the name has them.
    pub(super) fn at(&self, tokens: &[Token], at: usize) -> Option<(&str, usize)> {
        if !self.may_begin(tokens[at].word) {
            return None;
        }
        let mut longest = None;
        self.trie.walk(tokens, at, Skips::Nothing, |hit| {
            let name = &self.names[hit.value as usize];
            let written = &tokens[at..hit.next];
            let fits = written.iter().zip(&name.capitals).all(|(token, great)| token.is_capital() || !great);
            // "Mỹ Xuyên 2" is not "Mỹ Xuyên", nor is a word cut out of "QĐ-UBND".
            let ends = tokens.get(hit.next).is_none_or(|next| {
                !next.is_glued() || next.form == Form::Mark && !next.is('-') && !next.is('/')
            });
            if fits && ends {
                longest = Some((&*name.text, hit.next));
            }
        });
        longest
    }
}

/// Names that came or went: the words of each.
#[derive(Default)]
pub struct Changes(Vec<Vec<Word>>);

impl Changes {
    /// Whether none came or went.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a text with these words may say one of them.
    pub fn may_be_in(&self, words: &Words) -> bool {
        self.0.iter().any(|name| words.may_have(name))
    }
}

#[cfg(test)]
mod tests {
    use super::OwnNames;
    use crate::mention::{Finder, What};

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let names = [
            "Chi đoàn Trung tâm Y tế huyện Mỹ Xuyên",
            "Chuyên đề toàn khóa",
            "Đảng ủy Khối",
            "LĐTBXH",
            "Bác",
        ];
        let own = OwnNames::new(names);
        let mut found = Vec::new();
        Finder::with(&own).find(text, &mut found);
        let shown: Vec<String> = found
            .iter()
            .map(|mention| match &mention.what {
                What::Own(name) => format!("own {name}"),
                _ => text[mention.start as usize..mention.end as usize].to_owned(),
            })
            .collect();
        assert_eq!(shown.join(" | "), expect);
    }

    #[test]
    fn the_longest_wins_and_of_two_the_record() {
        check("Chi đoàn Trung tâm Y tế huyện Mỹ Xuyên họp", "own Chi đoàn Trung tâm Y tế huyện Mỹ Xuyên");
        check("Trung tâm Y tế huyện Mỹ Xuyên", "Trung tâm Y tế huyện Mỹ Xuyên");
        check("Đảng ủy Khối doanh nghiệp tỉnh Bình Định", "Đảng ủy Khối doanh nghiệp tỉnh Bình Định");
        check("Đảng ủy Khối tặng giấy khen", "own Đảng ủy Khối");
    }

    /// What is found in a text with some names, and its words.
    fn seen(text: &str, names: &[&str]) -> (Vec<String>, crate::mention::Words) {
        let own = OwnNames::new(names.iter().copied());
        let mut finder = Finder::with(&own);
        finder.keep_words();
        let mut found = Vec::new();
        finder.find(text, &mut found);
        (
            found.iter().map(|mention| format!("{mention:?}")).collect(),
            finder.take_words().unwrap_or_default(),
        )
    }

    proptest::proptest! {
        /// Law: a text that may say none of the names that came or went is read alike with either
        /// list; and one that says such a name is told to.
        #[test]
        fn only_texts_that_may_say_a_name_are_concerned_by_it(
            words in proptest::collection::vec(0..10usize, 0..12),
            old in proptest::collection::vec(0..6usize, 0..4),
            new in proptest::collection::vec(0..6usize, 0..4),
        ) {
            const WORDS: [&str; 10] =
                ["Chi đoàn", "Trung tâm", "Y tế", "huyện", "Mỹ Xuyên", "họp", "ban Đoàn", "phố", "và", "Khối"];
            const NAMES: [&str; 6] = [
                "Chi đoàn Trung tâm Y tế", "Trung tâm Y tế huyện Mỹ Xuyên", "Đoàn phố", "Khối họp", "ban Đoàn phố và",
                "Mỹ Xuyên họp",
            ];
            let text = words.iter().map(|&word| WORDS[word]).collect::<Vec<_>>().join(" ");
            let [old, new] = [old, new].map(|names| names.iter().map(|&name| NAMES[name]).collect::<Vec<_>>());
            let changes = OwnNames::new(new.iter().copied()).changes_since(&OwnNames::new(old.iter().copied()));
            let ((before, words), (after, _)) = (seen(&text, &old), seen(&text, &new));
            proptest::prop_assert!(before == after || changes.may_be_in(&words), "{text}: {before:?} {after:?}");
        }
    }

    #[test]
    fn a_name_is_written_as_the_record_has_it_and_not_within_a_word() {
        check("theo CHUYÊN ĐỀ TOÀN KHÓA", "own Chuyên đề toàn khóa");
        check("một chuyên đề toàn khóa", "");
        check("số 12/QĐ-LĐTBXH", "số 12/QĐ-LĐTBXH");
        check("Sở LĐTBXH, rồi LĐTBXH", "Sở LĐTBXH | own LĐTBXH");
        check("Bác nói", "");
    }
}
