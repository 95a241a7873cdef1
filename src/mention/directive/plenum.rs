//! Resolutions of plenums of the Central Committee: "Nghị quyết Trung ương 4 (khóa XII)".
//!
//! The Central Committee must be named: other committees hold numbered conferences too.

use super::date::{numeral, term};
use super::issuer::{middle, organised};
use super::says;
use crate::mention::text::{Form, Token, Word};

/// One resolution of a series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plenum {
    pub(super) plenum: u8,
    pub(super) term: Option<u8>,
    /// Its first token: that after the type word for the first of a series.
    pub(super) start: usize,
    /// The token after it.
    pub(super) next: usize,
}

/// The plenums named from the token `at`, which is the one after the type word; `named` if the
/// type word itself names the Central Committee ("NQTW"). Several for "khóa XI, XII" and for
/// "Trung ương 6, 7 khóa XII".
pub(super) fn read(tokens: &[Token], at: usize, named: bool) -> Vec<Plenum> {
    let mut found = Vec::new();
    let mut next = one(tokens, at, named, at, &mut found);
    // "…, Trung ương 5 (khóa XII)" goes on without the type word, if it says its term.
    while let Some(after) = next.and_then(|next| joint(tokens, next))
        && middle(tokens, after).is_some()
        && found.len() < MOST
    {
        let so_far = found.len();
        next = one(tokens, after, false, after, &mut found);
        if found[so_far..].iter().any(|plenum| plenum.term.is_none()) {
            found.truncate(so_far);
            break;
        }
    }
    found
}

/// More resolutions than a sentence names.
const MOST: usize = 16;

/// One phrase with its plenums and terms: the token after it.
fn one(tokens: &[Token], at: usize, named: bool, start: usize, found: &mut Vec<Plenum>) -> Option<usize> {
    let mut at = says(tokens, at, phrase!("của")).unwrap_or(at);
    let conference = says(tokens, at, phrase!("hội" "nghị")).or_else(|| says(tokens, at, phrase!("hn")));
    at = conference.unwrap_or(at);
    let mut plenum = None;
    let nth = says(tokens, at, phrase!("lần" "thứ")).or_else(|| says(tokens, at, phrase!("lần")));
    if nth.is_some() || conference.is_some() {
        let number = nth.unwrap_or(at);
        if let Some((value, next)) = ordinal(tokens, number, nth.is_some()) {
            plenum = Some(value);
            at = next;
            at = tokens.get(at).filter(|token| token.is(',')).map_or(at, |_| at + 1);
            at = says(tokens, at, phrase!("của")).unwrap_or(at);
        }
    }
    let full = says(tokens, at, phrase!("ban" "chấp" "hành")).or_else(|| says(tokens, at, phrase!("bch")));
    at = match middle(tokens, full.unwrap_or(at)) {
        Some(next) => next,
        None if says(tokens, at, phrase!("bchtw")).is_some() => at + 1,
        None if named => at,
        None => return None,
    };
    if organised(tokens, at) {
        return None;
    }
    at = past_party(tokens, at);
    let mut numbers: Vec<(u8, usize, usize)> = Vec::new();
    match plenum {
        Some(value) => numbers.push((value, start, at)),
        None => {
            let nth = says(tokens, at, phrase!("lần" "thứ"));
            let (value, next) = ordinal(tokens, nth.unwrap_or(at), nth.is_some())?;
            numbers.push((value, start, next));
            at = past_party(tokens, next);
            // "Trung ương 4, 5 và 6 khóa XII": the list counts if a term ends it.
            let mut ahead = at;
            let mut more = Vec::new();
            while let Some(after) = joint(tokens, ahead)
                && let Some((value, next)) = ordinal(tokens, after, false)
                && more.len() < 8
            {
                more.push((value, after, next));
                ahead = next;
            }
            if !more.is_empty() && terms(tokens, ahead).is_some() {
                numbers.extend(more);
                at = ahead;
            }
        }
    }
    match terms(tokens, at) {
        // Terms are five years long: what is printed beyond XX is a slip.
        Some((terms, _)) if terms.iter().any(|(term, ..)| *term > 20) => None,
        Some((terms, next)) => {
            let (last, rest) = numbers.split_last()?;
            if !rest.is_empty() && terms.len() > 1 {
                // "6, 7 (khóa XI, XII)" does not say which is of which term.
                let open =
                    numbers.iter().map(|&(plenum, start, next)| Plenum { plenum, term: None, start, next });
                found.extend(open);
                return Some(next);
            }
            let first_term = terms[0].0;
            for &(plenum, start, next) in rest {
                found.push(Plenum { plenum, term: Some(first_term), start, next });
            }
            for (index, &(term, from, next)) in terms.iter().enumerate() {
                let start = if index == 0 { last.1 } else { from };
                found.push(Plenum { plenum: last.0, term: Some(term), start, next });
            }
            Some(next)
        }
        None => {
            let &(plenum, start, next) = numbers.first()?;
            // "Ban Chấp hành Trung ương" behind "lần thứ 5" says no more than the plenum.
            found.push(Plenum { plenum, term: None, start, next });
            Some(next)
        }
    }
}

/// "khóa XI", ", khóa XI, XII", "(khóa XI)": each term with its first token and the token after
/// it, and the token after all.
#[expect(clippy::type_complexity, reason = "a list of triples, read right above")]
fn terms(tokens: &[Token], at: usize) -> Option<(Vec<(u8, usize, usize)>, usize)> {
    let comma = tokens.get(at)?.is(',');
    let at = at + usize::from(comma);
    let open = tokens.get(at)?.is('(');
    let at = at + usize::from(open);
    let (first, mut next) = term(tokens, at)?;
    let mut found = vec![(first, at, next)];
    while let Some(after) = joint(tokens, next)
        && found.len() < 6
    {
        let bare = || {
            numeral(tokens, after)
                .filter(|_| tokens[after].form != Form::Number)
                .map(|term| (term, after + 1))
        };
        let Some((term, end)) = term(tokens, after).or_else(bare) else { break };
        found.push((term, after, end));
        next = end;
    }
    if open {
        // The bracket belongs to what it holds; one that holds more is left open.
        match tokens.get(next) {
            Some(token) if token.is(')') => next += 1,
            _ => {}
        }
        if found.len() == 1 {
            found[0].2 = next;
        }
    }
    Some((found, next))
}

/// The number of a plenum in digits or, where `spelled` or a term is behind it, in words.
fn ordinal(tokens: &[Token], at: usize, spelled: bool) -> Option<(u8, usize)> {
    let token = tokens.get(at)?;
    if token.form == Form::Number {
        let value = token.word.value().filter(|value| (1..=20).contains(value) && token.digits() <= 2)?;
        // "6/2018", "4-5", "3%" count something else.
        let rest = tokens.get(at + 1..)?;
        if let [mark, number, ..] = rest
            && (mark.is('/') || mark.is('-') || mark.is('.') || mark.is(','))
            && mark.is_glued()
            && number.is_glued()
            && number.form == Form::Number
        {
            return None;
        }
        return Some((value as u8, at + 1));
    }
    const WORDS: [(Word, u8); 15] = [
        (Word::of("nhất"), 1),
        (Word::of("một"), 1),
        (Word::of("hai"), 2),
        (Word::of("ba"), 3),
        (Word::of("bốn"), 4),
        (Word::of("tư"), 4),
        (Word::of("năm"), 5),
        (Word::of("sáu"), 6),
        (Word::of("bảy"), 7),
        (Word::of("bẩy"), 7),
        (Word::of("tám"), 8),
        (Word::of("chín"), 9),
        (Word::of("mười"), 10),
        (Word::of("bốn"), 4),
        (Word::of("lăm"), 15),
    ];
    let word = |at: usize| {
        let token = tokens.get(at)?;
        WORDS.iter().find(|(word, _)| *word == token.word).map(|(_, value)| *value)
    };
    let mut value = word(at)?;
    let mut next = at + 1;
    if value == 10
        && let Some(units) = word(next).filter(|value| (1..10).contains(value) || *value == 15)
    {
        value = if units == 15 { 15 } else { 10 + units };
        next += 1;
    }
    let after = past_party(tokens, next);
    (spelled || terms(tokens, after).is_some()).then_some((value, next))
}

/// ",", "và", ";": the token after it.
fn joint(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let comma = token.is(',') || token.is(';');
    let after = at + usize::from(comma);
    match says(tokens, after, phrase!("và")) {
        Some(next) => Some(next),
        None => comma.then_some(after),
    }
}

fn past_party(tokens: &[Token], at: usize) -> usize {
    let Some(next) = says(tokens, at, phrase!("đảng")) else { return at };
    says(tokens, next, phrase!("cộng" "sản" "việt" "nam")).unwrap_or(next)
}
