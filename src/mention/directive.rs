//! Documents: by the grammar of their numbers, never by a list.

use super::text::{Form, Token};
use super::{Mention, What};
use crate::number::Number;
use crate::vi::Date;

/// A document as written.
#[derive(Clone, Debug, Default)]
pub struct Directive {
    /// The type word before it, in its usual spelling: "Kết luận".
    pub kind: Option<&'static str>,
    /// How it is told from others of its type.
    pub reference: Reference,
    /// The day, month or year behind it.
    pub date: Option<Date>,
    /// The term behind it: "khóa XIII".
    pub term: Option<u8>,
    /// First byte, in the text of the block, of the words that name the issuer ("của Tỉnh ủy
    /// Sóc Trăng": that of "Tỉnh").
    pub issuer_at: Option<u32>,
    /// Whether the issuer named is one of the centre.
    pub central: bool,
}

/// How a document is told from others of its type.
#[derive(Clone, Debug, Default)]
pub enum Reference {
    /// By its number: `01-KL/TW`.
    Number(Number),
    /// By its serial alone: "Kết luận 01", "Nghị định 100/2019".
    Serial {
        /// Digits and what is glued to them: "01", "753A".
        serial: Box<str>,
        /// The year behind a slash.
        year: Option<u16>,
    },
    /// A resolution of a plenum of the Central Committee.
    Plenum {
        /// Which plenum.
        plenum: u8,
        /// Of which term.
        term: Option<u8>,
    },
    /// A yearly theme: "Chuyên đề năm 2022".
    Theme(u16),
    /// "nghị quyết năm 2011": of the same type and year as one before.
    #[default]
    Year,
}

/// The document that begins at the token `at`, with the token after it.
pub(super) fn at(text: &str, tokens: &[Token], at: usize) -> Option<(Mention, usize)> {
    let first = tokens.get(at)?;
    if first.form != Form::Number {
        return None;
    }
    let glued = tokens[at + 1..].iter().take_while(|token| token.is_glued()).count();
    let end = tokens[at + glued].end;
    let number = Number::parse(&text[first.start as usize..end as usize])?;
    let directive = Directive { reference: Reference::Number(number), ..Directive::default() };
    let what = What::Directive(Box::new(directive));
    Some((Mention { start: first.start, end, what }, at + glued + 1))
}
