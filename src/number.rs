//! Numbers of directives: `01-KL/TW`, `749/QĐ-TTg`, `31/2024/QH15`.
//!
//! Two numbers are equal when serial, year and symbol are, however they were typed.
//! The serial is text (`753A`), compared without leading zeros. Not here: whose
//! document it is (`archive`), or finding numbers in prose (`mention`).

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::vi;

/// The number of a directive. Equality, order and hash go by its key alone;
/// `Display` gives back what was written.
#[derive(Clone, Debug)]
pub struct Number {
    written: Box<str>,
    key: Key,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    /// Leading digits of the serial, by value.
    value: u32,
    /// What follows the digits, in upper case: `A` of `753A`.
    suffix: Box<str>,
    year: Option<u16>,
    /// In upper case: `KL/TW`, `QĐ-TTG`, `QH15`.
    symbol: Box<str>,
}

impl Number {
    /// Reads a bare number, spaces around its hyphens and slashes allowed.
    /// `None` if `text` is anything more or less: a serial without symbol is none.
    pub fn parse(text: &str) -> Option<Number> {
        let text = vi::nfc(text.trim());
        let mut compact = String::with_capacity(text.len());
        let mut space = false;
        for c in text.chars() {
            match c {
                c if c.is_whitespace() => space = true,
                '\u{2010}'..='\u{2015}' | '\u{2212}' | '-' | '/' => {
                    space = false;
                    compact.push(if c == '/' { '/' } else { '-' });
                }
                c => {
                    // A space that stands by no hyphen or slash parts two words.
                    if space && !compact.ends_with(['-', '/']) {
                        return None;
                    }
                    space = false;
                    compact.push(if c == 'Ð' { 'Đ' } else { c });
                }
            }
        }
        let digits = compact.bytes().take_while(u8::is_ascii_digit).count();
        let serial_end = compact.find(['-', '/'])?;
        let suffix = &compact[digits..serial_end];
        if digits == 0 || digits > 6 || suffix.chars().count() > 2 || !suffix.chars().all(char::is_alphabetic)
        {
            return None;
        }
        let rest = &compact[serial_end + 1..];
        let (year, symbol) = match rest.split_once('/') {
            Some((year, symbol)) if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => {
                (year.parse().ok(), symbol)
            }
            _ => (None, rest),
        };
        // A date (18/5/2021, 01-2021) has no letter where the symbol would be.
        if symbol.is_empty()
            || symbol.chars().count() > 32
            || !symbol.starts_with(char::is_alphabetic)
            || !symbol.chars().all(|c| c.is_alphanumeric() || "-/.&".contains(c))
            || symbol.ends_with(['-', '/', '.', '&'])
        {
            return None;
        }
        let symbol = symbol.to_uppercase().replace("TƯ", "TW");
        let key = Key {
            value: compact[..digits].parse().ok()?,
            suffix: suffix.to_uppercase().into(),
            year,
            symbol: symbol.into(),
        };
        Some(Number { written: compact.into(), key })
    }

    /// The symbol in upper case, e.g. `KL/TW`.
    pub fn symbol(&self) -> &str {
        &self.key.symbol
    }

    /// The year within the number, as State documents have it: `31/2024/QH15`.
    pub fn year(&self) -> Option<u16> {
        self.key.year
    }

    /// The serial as it is printed on documents: two digits at least, `01`, `753A`.
    pub fn serial(&self) -> String {
        format!("{:02}{}", self.key.value, self.key.suffix)
    }

    /// The same number without the year in it: what `100/2019/NĐ-CP` shares with
    /// `100/NĐ-CP` of a year that stands elsewhere.
    pub fn without_year(&self) -> Number {
        match self.key.year {
            None => self.clone(),
            Some(_) => Number {
                written: format!("{}/{}", self.serial(), self.key.symbol).into(),
                key: Key { year: None, ..self.key.clone() },
            },
        }
    }

    /// Whether the symbol is one of a Party document: behind its slash stands the sign of a
    /// Party body (`/TW`, `/TU`, `/HU`, `/QU`, `/ĐU`, `/BTGTU`, `/ĐUCA` …). Guideline
    /// 36-HD/VPTW on the form of Party documents; State documents follow decree
    /// 30/2020/NĐ-CP.
    pub fn is_party(&self) -> bool {
        let Some((_, body)) = self.key.symbol.rsplit_once('/') else { return false };
        ["TW", "TU", "HU", "QU", "ĐU"].iter().any(|end| body.ends_with(end))
            || ["ĐU", "BCSĐ"].iter().any(|start| body.starts_with(start))
            || body == "BTV"
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn a_number_is_the_same_however_it_was_typed() {
        let number = Number::parse("01-KL/TW");
        for text in ["01- KL/TW", "1-KL/ TW", "01–kl/tw", "01-KL/TƯ", " 01 - KL / TW "] {
            assert_eq!(Number::parse(text), number, "{text}");
        }
        assert_ne!(Number::parse("01-CT/TW"), number);
        for text in ["753A/QĐ-UBND", "1234/QĐ-UBND.HC", "12/BC-SNN&PTNT"] {
            assert_eq!(Number::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn dates_serials_and_other_words_are_no_numbers() {
        for text in
            ["01", "01-2021", "20/11", "18/5/2021", "Kết luận 01-KL/TW", "01-KL/TW về", "", "-KL/TW", "01-"]
        {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_may_stand_in_the_number_or_elsewhere() {
        let number = |text| Number::parse(text).unwrap();
        assert_eq!(number("100/2019/NĐ-CP").without_year(), number("100/NĐ-CP"));
        assert_eq!(number("100/NĐ-CP").without_year().to_string(), "100/NĐ-CP");
        assert_eq!(
            (number("1-KL/TW").serial(), number("0753a/QĐ-UBND").serial()),
            ("01".into(), "753A".into())
        );
    }

    #[test]
    fn year_and_party_are_read_from_the_symbol() {
        let number = Number::parse("31/2024/QH15").unwrap();
        assert_eq!((number.year(), number.symbol(), number.is_party()), (Some(2024), "QH15", false));
        assert!(Number::parse("10-NQ/TU").unwrap().is_party());
        assert!(Number::parse("215-TTr/ĐUCA").unwrap().is_party());
        assert!(!Number::parse("749/QĐ-TTg").unwrap().is_party());
    }
}
