//! Documents: by the grammar of their numbers, never by a list.
//!
//! A document is a type word, "số", a serial and a symbol, where some may be missing; or a
//! resolution of a plenum; or a yearly theme. [`settle`] then reads all of an article, gives
//! short forms the number that they point back to, and drops what was no document after all.
//!
//! Promises: a number given out is one that is printed, or follows from what is printed by a
//! rule stated in `infer`. Two that fit are none. Not here: whose local document it is, and
//! which record; `archive` knows places and sites.
//!
//! Reading order: the types below, `series` (what is named at a token), `kind` (type words and
//! signs), `number` (what follows "số"), `prose` (bare numbers), `plenum`, `tail` (date, term,
//! issuer), `settle`.

/// Words that follow each other, as a constant: `phrase!("ban" "hành")`.
macro_rules! phrase {
    ($($word:literal)+) => {
        const { &[$($crate::mention::text::Word::of($word)),+] as &[$crate::mention::text::Word] }
    };
}

mod date;
mod infer;
mod issuer;
mod kind;
mod number;
mod plenum;
mod prose;
mod series;
mod settle;
mod tail;

#[cfg(test)]
mod tests;

pub use kind::Kind;
pub(super) use kind::STARTS;
pub(super) use number::may_be_bare;
pub use settle::settle;

use super::text::{Form, Token, Word};
use crate::number::Number;
use crate::vi::Date;

/// A document as written.
#[derive(Clone, Debug, Default)]
pub struct Directive {
    /// The type word before it, else the type that its symbol says if only one bears it.
    /// Where the two differ, the symbol is right: "Kết luận số 50-TB/TW".
    pub kind: Option<Kind>,
    /// How it is told from others of its type.
    pub reference: Reference,
    /// The day, month or year behind it. A date that never was is none.
    pub date: Option<Date>,
    /// The term behind it: "khóa XIII"; of the issuer's own congress.
    pub term: Option<u8>,
    /// Who issued it, if that is said beside it. Another mention's issuer is not copied: ask
    /// the `antecedent`.
    pub issuer: Option<Issuer>,
    /// "TƯ" is printed for its body, which is read as `TW`; under a province it may be `TU`.
    pub maybe_local: bool,
    /// Where its reference comes from.
    pub origin: Origin,
    /// Index, in what [`settle`] leaves, of a mention of this article that names the same
    /// document and says more about it: for a short form, what it points back to; for a
    /// number without an issuer, the first one that has it.
    pub antecedent: Option<u32>,
    /// It is one only if another mention or an issuer says so; `settle` drops it otherwise.
    weak: bool,
}

/// Where the reference of a document comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// It is printed.
    #[default]
    Written,
    /// From the `antecedent`: "Kết luận 01" after "Kết luận số 01-KL/TW".
    Earlier,
    /// From the issuer beside it: "Chỉ thị 05 của Bộ Chính trị".
    Inferred,
}

/// How a document is told from others of its type.
#[derive(Clone, Debug, Default)]
pub enum Reference {
    /// By its number, in the form in which such numbers are published: `01-KL/TW`.
    Number(Number),
    /// By its serial alone: "Kết luận 01", "Nghị định 100/2019".
    Serial {
        /// Digits and what is glued to them: "01", "753A".
        serial: Box<str>,
        /// The year behind a slash.
        year: Option<u16>,
    },
    /// A resolution (or, by `kind`, a conclusion) of a plenum of the Central Committee.
    Plenum {
        /// Which plenum.
        plenum: u8,
        /// Of which term.
        term: Option<u8>,
    },
    /// A yearly theme: "Chuyên đề năm 2022".
    Theme(u16),
    /// "nghị quyết năm 2011": of the same type and year as one before. None is left by
    /// [`settle`].
    #[default]
    Year,
}

/// Who issued a document, as said beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// First byte, in the text of the block, of its name without a post before it: of "UBND"
    /// in "của Chủ tịch UBND tỉnh". A unit that is mentioned there begins there.
    pub at: u32,
    /// Which body it is.
    pub body: Body,
}

/// Bodies that issue documents, as far as they tell symbols apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Bộ Chính trị or Ban Bí thư.
    Politburo,
    /// Ban Chấp hành Trung ương.
    Committee,
    /// Any other office of the centre: a ministry, Ban Tổ chức Trung ương.
    Office,
    /// Thủ tướng.
    PrimeMinister,
    /// Chính phủ.
    Government,
    /// Quốc hội or its standing committee.
    Assembly,
    /// Tỉnh ủy.
    Province,
    /// Thành ủy, of a centrally run city or of a province's.
    City,
    /// Huyện ủy.
    District,
    /// Quận ủy.
    UrbanDistrict,
    /// Thị ủy.
    Town,
    /// Đảng ủy.
    PartyCommittee,
    /// UBND.
    PeopleCommittee,
    /// HĐND.
    PeopleCouncil,
    /// What is none of these.
    Other,
}

impl Body {
    /// Whether the two may be one body; only what is certain is refused.
    fn may_be(self, other: Body) -> bool {
        use Body::*;
        let one = |body| matches!(body, City | Town | PartyCommittee | Other);
        self == other
            || self.is_central() && other.is_central()
            || self == Other
            || other == Other
            || one(self) && one(other)
    }

    /// Whether it is one of the centre.
    pub fn is_central(self) -> bool {
        use Body::*;
        matches!(self, Politburo | Committee | Office | PrimeMinister | Government | Assembly)
    }
}

/// A document found, with its place.
pub(super) struct Found {
    pub(super) directive: Directive,
    /// First byte and the byte after the last.
    pub(super) span: (u32, u32),
    /// First token and the token after the last.
    pub(super) tokens: (usize, usize),
}

/// The documents that begin at the token `at`, a number or one of `STARTS`, with the token to
/// read on from: more than one for "Nghị quyết số 11 và 12-NQ/TW". Nothing is allocated unless
/// something is found.
pub(super) fn at(text: &str, tokens: &[Token], at: usize) -> Option<(Vec<Found>, usize)> {
    series::read(text, tokens, at)
}

/// Whether these words stand at `at`, whatever their case: the token after them.
fn says(tokens: &[Token], at: usize, words: &[Word]) -> Option<usize> {
    let end = at.checked_add(words.len())?;
    let here = tokens.get(at..end)?;
    here.iter().zip(words).all(|(token, word)| token.word == *word).then_some(end)
}

/// Whether a number is the year of a document.
fn is_year(token: &Token) -> bool {
    token.form == Form::Number
        && token.digits() == 4
        && token.word.value().is_some_and(|year| (1930..=2099).contains(&year))
}

fn text_of<'a>(text: &'a str, token: &Token) -> &'a str {
    &text[token.start as usize..token.end as usize]
}
