//! What stands behind a document: its date, the term, who issued it.
//!
//! Nothing here belongs to the mention's span. A date counts only right behind the number, or
//! right behind an issuer of the centre: further on it is the day of what the article tells.

use super::date::{bare_year, behind, is_of, term};
use super::issuer::{begins_organ, center, committee, is_level, past_posts};
use super::{Body, Issuer, says};
use crate::mention::text::{Form, Token, Word};
use crate::vi::Date;

/// What was read behind a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    pub(super) date: Option<Date>,
    pub(super) term: Option<u8>,
    pub(super) issuer: Option<Issuer>,
    /// The token after the date and the term that stand right behind the number; an issuer is
    /// left to the recognisers of organs.
    pub(super) next: usize,
}

/// How many tokens of a local issuer's name are looked through for "ban hành" or "khóa".
const NAME: usize = 9;

/// Reads what stands behind a document, from the token `at`.
pub(super) fn read(tokens: &[Token], at: usize) -> Tail {
    let mut tail = Tail { next: at, ..Tail::default() };
    let mut at = at;
    for _ in 0..3 {
        let Some(next) = tail.step(tokens, at) else { break };
        at = next;
        if tail.issuer.is_none() {
            tail.next = at;
        }
    }
    tail
}

impl Tail {
    /// One date, term, bracket or issuer at `at`: the token after it.
    fn step(&mut self, tokens: &[Token], at: usize) -> Option<usize> {
        let token = tokens.get(at)?;
        if token.is('(') {
            return self.bracket(tokens, at);
        }
        let comma = token.is(',');
        let start = at + usize::from(comma);
        if self.date.is_none()
            && let Some((date, next)) = behind(tokens, start)
        {
            if comma && !closes(tokens, next) {
                return None;
            }
            self.date = date;
            return Some(next);
        }
        if self.term.is_none()
            && let Some((term, next)) = term(tokens, start)
        {
            self.term = Some(term);
            return Some(next);
        }
        if self.issuer.is_none() {
            return self.by(tokens, start);
        }
        None
    }

    /// "(khóa XII)", "(ngày 18/5/2021 của Bộ Chính trị khóa XIII)".
    fn bracket(&mut self, tokens: &[Token], open: usize) -> Option<usize> {
        let mut inside = Tail { date: self.date, term: self.term, issuer: self.issuer, next: open };
        let mut at = open + 1;
        for _ in 0..6 {
            let token = tokens.get(at)?;
            if token.is(')') {
                *self = Tail { next: self.next, ..inside };
                return Some(at + 1);
            }
            if token.is(';') || token.is(',') {
                at += 1;
                continue;
            }
            if inside.date.is_none()
                && let Some((date, next)) = behind(tokens, at).or_else(|| bare_year(tokens, at))
            {
                inside.date = date;
                at = next;
                continue;
            }
            match inside.step(tokens, at) {
                Some(next) => at = next,
                None => {
                    // A local issuer's name has no end that is known here.
                    if self.issuer.is_none() && inside.issuer.is_some() {
                        *self = Tail { next: self.next, ..inside };
                    }
                    return None;
                }
            }
        }
        None
    }

    /// "của Bộ Chính trị", "do Tỉnh ủy ban hành", "được Thành ủy ban hành vào tháng 10/2012".
    fn by(&mut self, tokens: &[Token], at: usize) -> Option<usize> {
        let token = tokens.get(at)?;
        let (start, made) = match token.word {
            word if word == const { Word::of("của") } => (at + 1, false),
            word if word == const { Word::of("do") } || word == const { Word::of("được") } => {
                (at + 1, true)
            }
            // "Chỉ thị 05 Bộ Chính trị".
            _ => {
                let (body, next) = center(tokens, at)?;
                if !token.is_capital() {
                    return None;
                }
                self.issuer = Some(Issuer { at: token.start, body });
                return Some(next);
            }
        };
        let start = past_posts(tokens, start);
        let first = tokens.get(start)?;
        if let Some((body, next)) = center(tokens, start) {
            let mut next = next;
            if made {
                next = self.made(tokens, next, 2)?;
            }
            self.issuer = Some(Issuer { at: first.start, body });
            return Some(next);
        }
        let (body, next) = committee(tokens, start).unwrap_or((Body::Other, start));
        if body == Body::Other && !first.is_capital() && !begins_organ(first.word) {
            return None;
        }
        if made && self.made(tokens, next, NAME).is_none() {
            return None;
        }
        self.issuer = Some(Issuer { at: first.start, body });
        if !made && body != Body::Other {
            self.local_term(tokens, next);
        }
        None
    }

    /// "ban hành" within some tokens, with the date behind it: the token after it.
    fn made(&mut self, tokens: &[Token], at: usize, within: usize) -> Option<usize> {
        for at in at..at + within {
            let token = tokens.get(at)?;
            if token.form == Form::Mark && !token.is('-') {
                return None;
            }
            let verb = says(tokens, at, phrase!("ký" "ban" "hành"))
                .or_else(|| says(tokens, at, phrase!("ban" "hành")))
                .or_else(|| says(tokens, at, phrase!("ký")));
            if let Some(next) = verb {
                let next = says(tokens, next, phrase!("vào")).unwrap_or(next);
                if self.date.is_none()
                    && let Some((date, next)) = behind(tokens, next)
                {
                    self.date = date;
                    return Some(next);
                }
                return Some(next);
            }
        }
        None
    }

    /// The term behind the name of a local committee: "của Tỉnh ủy (khóa XIV)".
    fn local_term(&mut self, tokens: &[Token], at: usize) {
        for at in at..at + NAME {
            let Some(token) = tokens.get(at) else { return };
            if let Some((value, _)) = term(tokens, at + usize::from(token.is('('))) {
                self.term = self.term.or(Some(value));
                return;
            }
            if !token.is(',') && !token.is_capital() && !is_level(token.word) && token.form != Form::Number {
                return;
            }
        }
    }
}

/// Whether a date between commas is the document's: not "thực hiện Chỉ thị 05-CT/TW, ngày
/// 16/4/2021, Đảng ủy tổ chức …".
fn closes(tokens: &[Token], at: usize) -> bool {
    match tokens.get(at..) {
        None | Some([]) => true,
        Some([comma, next, ..]) if comma.is(',') => is_of(next.word) || next.is('"'),
        Some([next, ..]) => {
            is_of(next.word)
                || next.form == Form::Mark
                || center(tokens, at).is_some()
                || term(tokens, at).is_some()
        }
    }
}
