//! Dates and terms behind a document, as the press prints them.

use super::{is_year, says};
use crate::mention::text::{Form, Gap, Token, Word};
use crate::vi::Date;
use crate::vi::date::Day;

/// A date right behind a number: "ngày 18/5/2021", "năm 2021", "tháng 10/2012", "18.5.2021".
/// The inner `None` stands for a date that never was or that lacks its year.
pub(super) fn behind(tokens: &[Token], at: usize) -> Option<(Option<Date>, usize)> {
    let mut at = at;
    if let Some(next) = says(tokens, at, phrase!("ban" "hành")).or_else(|| says(tokens, at, phrase!("ký")))
    {
        at = says(tokens, next, phrase!("ban" "hành")).unwrap_or(next);
        tokens.get(at).filter(|token| token.word == const { Word::of("ngày") })?;
    }
    let token = tokens.get(at)?;
    match token.word {
        word if word == const { Word::of("ngày") } => day(tokens, at + 1),
        word if word == const { Word::of("tháng") } => month(tokens, at + 1),
        word if word == const { Word::of("năm") } => {
            let year = tokens.get(at + 1).filter(|year| is_year(year))?;
            let next = at + 2;
            // "thực hiện Chỉ thị 05-CT/TW năm 2022, toàn tỉnh …" tells of the year 2022.
            let owned =
                tokens.get(next).is_none_or(|token| is_of(token.word) || token.is(')') || token.is('.'));
            let date = year
                .word
                .value()
                .map(|year| Date::At(Day { year: year as u16, month: None, day: None }, None));
            Some((date.filter(|_| owned), next))
        }
        _ if token.form == Form::Number => {
            let (date, next) = day(tokens, at)?;
            // "Nghị quyết 18, 19": digits alone are no date.
            date.map(|date| (Some(date), next))
        }
        _ => None,
    }
}

/// "2016" alone in a bracket.
pub(super) fn bare_year(tokens: &[Token], at: usize) -> Option<(Option<Date>, usize)> {
    let year = tokens.get(at).filter(|year| is_year(year))?.word.value()?;
    tokens.get(at + 1).filter(|token| token.is(')'))?;
    Some((Some(Date::At(Day { year: year as u16, month: None, day: None }, None)), at + 1))
}

/// "18/5/2021", "18- 5-2021", "18 tháng 5 năm 2021"; without the year, no date.
fn day(tokens: &[Token], at: usize) -> Option<(Option<Date>, usize)> {
    let day = small(tokens, at)?;
    if let Some(next) = says(tokens, at + 1, phrase!("tháng")) {
        let month = small(tokens, next)?;
        let year = says(tokens, next + 1, phrase!("năm")).filter(|&at| tokens.get(at).is_some_and(is_year));
        return Some(match year {
            Some(at) => (date(tokens, at, month, day), at + 1),
            None => slashed(tokens, next + 1)
                .filter(|&at| tokens.get(at).is_some_and(is_year))
                .map_or((None, next + 1), |at| (date(tokens, at, month, day), at + 1)),
        });
    }
    let at = slashed(tokens, at + 1)?;
    let month = small(tokens, at)?;
    match slashed(tokens, at + 1).filter(|&at| tokens.get(at).is_some_and(is_year)) {
        Some(at) => Some((date(tokens, at, month, day), at + 1)),
        None => match says(tokens, at + 1, phrase!("năm")).filter(|&at| tokens.get(at).is_some_and(is_year))
        {
            Some(at) => Some((date(tokens, at, month, day), at + 1)),
            None => Some((None, at + 1)),
        },
    }
}

fn month(tokens: &[Token], at: usize) -> Option<(Option<Date>, usize)> {
    let month = small(tokens, at)?;
    let year = slashed(tokens, at + 1)
        .or_else(|| says(tokens, at + 1, phrase!("năm")))
        .filter(|&at| tokens.get(at).is_some_and(is_year));
    let Some(at) = year else { return Some((None, at + 1)) };
    let year = tokens[at].word.value().unwrap_or_default() as u16;
    let date =
        (1..=12).contains(&month).then_some(Date::At(Day { year, month: Some(month), day: None }, None));
    Some((date, at + 1))
}

fn date(tokens: &[Token], year: usize, month: u8, day: u8) -> Option<Date> {
    let year = tokens[year].word.value()? as u16;
    Some(Date::At(Day::new(year, month, day)?, None))
}

fn small(tokens: &[Token], at: usize) -> Option<u8> {
    let token = tokens.get(at).filter(|token| token.form == Form::Number && token.digits() <= 2)?;
    token.word.value().map(|value| value as u8)
}

/// The token after the mark between the numbers of a date.
fn slashed(tokens: &[Token], at: usize) -> Option<usize> {
    let [mark, number, ..] = tokens.get(at..)? else { return None };
    let parts = mark.is('/') || mark.is('-') || mark.is('.') && mark.is_glued() && number.is_glued();
    (parts && number.form == Form::Number && mark.gap != Gap::Line).then_some(at + 1)
}

/// "khóa XIII", "khoá 13": the term and the token after it.
pub(super) fn term(tokens: &[Token], at: usize) -> Option<(u8, usize)> {
    let next = says(tokens, at, phrase!("khóa"))?;
    Some((numeral(tokens, next)?, next + 1))
}

/// A Roman or Arabic numeral from 1 to 30.
pub(super) fn numeral(tokens: &[Token], at: usize) -> Option<u8> {
    let token = tokens.get(at)?;
    if token.form == Form::Number {
        return token.word.value().filter(|value| (1..=30).contains(value)).map(|value| value as u8);
    }
    token.roman()
}

/// Words that go on about the document: "của Bộ Chính trị", "về việc".
pub(super) fn is_of(word: Word) -> bool {
    [
        const { Word::of("của") },
        const { Word::of("về") },
        const { Word::of("do") },
        const { Word::of("quy") },
        const { Word::of("khóa") },
        const { Word::of("và") },
    ]
    .contains(&word)
}
