//! Names of places that there are none of, and what they may be slips of.
//!
//! For `check --suggest` alone: a build never comes here, so nothing of it is in the pass that
//! finds mentions. The text is read as it stands in the file, paragraph by paragraph; marks of
//! Markdown are marks like any other, and end a name.
//!
//! Refuses to be clever: only a name behind a type word or an organ, only all of the great
//! words there, only one letter or one tone off, never a digit. Which of several names is the
//! one is for the caller, who knows the article.

use super::lexicon::{self, Lexicon, Role, type_word};
use super::place;
use super::text::{Form, Gap, Token, tokenise};
use super::trie::Hit;
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::organ::{self, Places};
use crate::vi::fold;

/// A name, behind a type word or an organ, that no place has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// First byte in the text of what stands before the name.
    pub start: u32,
    /// First byte of the name.
    pub name: u32,
    /// The byte after it.
    pub end: u32,
    /// What the place would be.
    pub takes: Places,
}

/// Longest name looked at, in words.
const LONGEST: usize = 5;

/// Fewest letters of a name: among shorter ones, any two are near.
const FEWEST: usize = 5;

/// The unknown names in `text`, one paragraph, in its order. Linear.
pub fn unknown(text: &str) -> Vec<Unknown> {
    let mut tokens = Vec::new();
    tokenise(text, &mut tokens);
    super::join_wrapped_lines(text, &mut tokens);
    let mut found = Vec::new();
    if place::is_headline(&tokens) {
        return found;
    }
    let lexicon = lexicon::get();
    let mut hits = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = step(lexicon, &tokens, at, &mut hits, &mut found).max(at + 1);
    }
    found
}

/// Reads what begins at `at`; the token to go on at.
fn step(
    lexicon: &Lexicon,
    tokens: &[Token],
    at: usize,
    hits: &mut Vec<Hit>,
    found: &mut Vec<Unknown>,
) -> usize {
    let role = lexicon.role(tokens[at].word);
    let (takes, next) = if role.has(Role::ORGAN)
        && let Some((takes, next)) = organ_at(lexicon, tokens, at, hits)
    {
        // "UBND huyện …": the type word says more.
        match type_word(tokens, next) {
            Some(_) => return next,
            None => (takes, next),
        }
    } else if role.has(Role::BEARER)
        && let Some(hit) = lexicon.bearer(tokens, at)
        && let Some(end) = place::bearer_end(lexicon, tokens, hit.next, hit.is_loose())
    {
        return end;
    } else if role.has(Role::TYPE)
        && let Some((kind, next)) = type_word(tokens, at)
    {
        (Places::of_kind(kind), next)
    } else {
        return at + 1;
    };
    let Some(end) = run(tokens, next) else { return next };
    if let Some(name) = place::name_at(lexicon, tokens, next, takes, hits)
        && (name.next >= end || !place::goes_on(lexicon, tokens, name.next))
    {
        return name.next;
    }
    found.push(Unknown {
        start: tokens[at].start,
        name: tokens[next].start,
        end: tokens[end - 1].end,
        takes,
    });
    end
}

/// The longest organ at `at`, as the places that it takes, with the token after it.
fn organ_at(lexicon: &Lexicon, tokens: &[Token], at: usize, hits: &mut Vec<Hit>) -> Option<(Places, usize)> {
    lexicon.organ_names(tokens, at, hits);
    let hit = hits.last().copied().filter(|hit| hit.next > at + 1 || tokens[at].is_capital())?;
    let organs = lexicon.organs(hit).iter().filter(|name| !name.before_type_word && !name.national);
    let takes = organs.fold(Places::NONE, |all, name| all.or(organ::get(name.organ).places));
    (!takes.is_empty()).then_some((takes, hit.next))
}

/// The token after the great words and numbers at `at`, if there are some and not too many.
fn run(tokens: &[Token], at: usize) -> Option<usize> {
    let first = tokens.get(at).filter(|token| token.gap != Gap::Line && token.is_capital())?;
    // "P.V." are initials.
    if first.form == Form::Upper || first.end - first.start == 1 {
        return None;
    }
    let goes_on = |token: &&Token| {
        token.gap == Gap::Space
            && (token.is_capital() && token.form != Form::Upper || token.form == Form::Number)
    };
    let more = tokens[at + 1..].iter().take(LONGEST).take_while(goes_on).count();
    (more < LONGEST).then_some(at + 1 + more)
}

/// Every name of the gazetteer, in the form in which slips are counted. Making it takes some
/// 10 ms.
pub struct Names {
    /// By length of the key.
    names: Vec<Name>,
}

struct Name {
    key: Box<[char]>,
    records: &'static [(PlaceId, u8)],
}

impl Names {
    /// Reads the gazetteer.
    pub fn new() -> Names {
        let names = Gazetteer::get().names();
        let names = names.map(|(key, records)| Name { key: letters(key), records });
        let mut names: Vec<Name> = names.filter(|name| is_long(&name.key)).collect();
        names.sort_by_key(|name| name.key.len());
        Names { names }
    }

    /// The records whose name is one slip away from `name`: one letter more, less or another,
    /// two that changed places, or one tone; in no order. None if any place has that very
    /// name. Looks at the names of nearly that length: some 50 µs.
    pub fn near(&self, name: &str) -> Vec<(PlaceId, u8)> {
        let key = fold(name);
        if !Gazetteer::get().named(&key).is_empty() {
            return Vec::new();
        }
        let own = letters(&key);
        let start = self.names.partition_point(|name| name.key.len() + 1 < own.len());
        let end = self.names.partition_point(|name| name.key.len() <= own.len() + 1);
        let near = self.names[start..end].iter().filter(|name| is_slip(&own, &name.key));
        near.flat_map(|name| name.records.iter().copied()).collect()
    }
}

impl Default for Names {
    fn default() -> Names {
        Names::new()
    }
}

/// A folded name as letters with their marks (ê, ơ, đ), each tone a letter of its own behind
/// its syllable.
fn letters(key: &str) -> Box<[char]> {
    let mut letters: Vec<char> = Vec::with_capacity(key.len());
    for c in key.chars() {
        let marked = letters.last().and_then(|&last| match (last, c) {
            ('a', '\u{302}') => Some('â'),
            ('e', '\u{302}') => Some('ê'),
            ('o', '\u{302}') => Some('ô'),
            ('a', '\u{306}') => Some('ă'),
            ('o', '\u{31B}') => Some('ơ'),
            ('u', '\u{31B}') => Some('ư'),
            _ => None,
        });
        match marked {
            Some(marked) => *letters.last_mut().expect("it was looked at") = marked,
            None => letters.push(c),
        }
    }
    letters.into()
}

fn is_long(letters: &[char]) -> bool {
    letters.iter().filter(|c| c.is_alphabetic()).count() >= FEWEST
}

/// Whether one letter or tone more, less or another, or two that changed places, makes one
/// of the other. A digit is no slip of another: there is a Gia Hòa 1 and a Gia Hòa 2.
fn is_slip(a: &[char], b: &[char]) -> bool {
    let before = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[before..], &b[before..]);
    let after = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - after], &b[..b.len() - after]);
    let one = match (a, b) {
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([first, second], [third, fourth]) => (first, second) == (fourth, third),
        _ => false,
    };
    one && a.iter().chain(b).all(|c| c.is_alphabetic() || is_tone(*c))
}

fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

#[cfg(test)]
mod tests {
    use super::{Names, is_slip, letters, unknown};
    use crate::gazetteer::Gazetteer;
    use crate::vi::fold;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> =
            unknown(text).iter().map(|one| &text[one.start as usize..one.end as usize]).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn a_name_behind_a_type_word_or_an_organ_is_looked_at_if_no_place_has_it() {
        check("tại huyện Mỹ Xuyêm và Huyện ủy Mỹ Xuyêm họp", &["huyện Mỹ Xuyêm", "Huyện ủy Mỹ Xuyêm"]);
        check("UBND huyện Mỹ Xuyêm", &["huyện Mỹ Xuyêm"]);
        check("xã Gia Hòaa 1, huyện Mỹ Xuyên", &["xã Gia Hòaa 1"]);
        check("huyện Mỹ\nXuyêm", &["huyện Mỹ\nXuyêm"]);
    }

    #[test]
    fn nothing_is_looked_at_that_is_known_or_no_name_of_a_place() {
        check("huyện Mỹ Xuyên, Huyện ủy Mỹ Xuyên, UBND xã Gia Hòa 1", &[]);
        check("Bí thư Huyện ủy Mỹ Xuyên Trần Văn A", &[]);
        check("Bệnh viện đa khoa huyện Mỹ Xuyêm, hợp tác xã Mỹ Xuyêm", &[]);
        check("huyện đã họp, 3 xã, HUYỆN MỸ XUYÊM ĐÃ HỌP XONG", &[]);
    }

    #[test]
    fn a_slip_is_one_letter_one_mark_or_one_tone() {
        let slip = |a: &str, b: &str| is_slip(&letters(&fold(a)), &letters(&fold(b)));
        for near in ["Mỹ Xuyê", "Mỹ Xuyênn", "Mỹ Xuyêm", "Mỹ Xuyen", "Mỹ Xuyến", "My Xuyên", "Mỹ Xyuên"]
        {
            assert!(slip(near, "Mỹ Xuyên"), "{near}");
        }
        for far in ["Mỹ Xuyên", "Mỹ Xuyem", "Mỹ Xuyên 1", "Mỹ Xu", "Mỹ Tuyêm"] {
            assert!(!slip(far, "Mỹ Xuyên"), "{far}");
        }
        assert!(!slip("Gia Hòa 2", "Gia Hòa 1"));
        assert!(slip("Đăk Lăc", "Đăk Lăk"));
    }

    #[test]
    fn a_name_that_a_place_has_is_no_slip_of_another() {
        let names = Names::new();
        assert_eq!(names.near("Mỹ Xuyên"), []);
        assert_eq!(names.near("Mỹ Xuyêm Xa"), []);
        let near = names.near("Mỹ Xuyêm");
        assert!(!near.is_empty());
        for (place, record) in near {
            let place = Gazetteer::get().place(place);
            assert_eq!(place.records[usize::from(record)].short, "Mỹ Xuyên");
        }
    }
}
