//! Numbers in running text: `01- KL/TW`, `34/CT-TW`, `191/2006/QĐ-TTg`, or a serial alone.
//!
//! What is printed is brought to the form in which such numbers are published: Party
//! documents `54-NQ/TW`, State documents `749/QĐ-TTg`, `100/2019/NĐ-CP`. A symbol that is
//! in neither family stays as printed, without the spaces around its marks.

use super::kind::{Kind, sign};
use super::{is_year, text_of};
use crate::mention::text::{Form, Gap, Token, Word};
use crate::number::Number;

/// What was read at a number.
pub(super) struct Scan {
    /// Digits, and a letter that belongs to them: "01", "753A".
    pub(super) serial: Box<str>,
    /// The year behind a slash.
    pub(super) year: Option<u16>,
    pub(super) symbol: Symbol,
    /// The byte after it.
    pub(super) end: u32,
    /// The token after it.
    pub(super) next: usize,
}

pub(super) enum Symbol {
    /// None, or the sign of a type and no body: "05", "05-CT".
    None,
    /// All that makes a number.
    Full(Mold),
}

/// A number without its serial.
#[derive(Clone)]
pub(super) struct Mold {
    separator: char,
    year: Option<u16>,
    symbol: Box<str>,
    /// "TƯ" was printed for its body.
    pub(super) horned: bool,
    /// Whether a well-known sign and body make it, so that it needs no type word.
    pub(super) certain: bool,
    /// The types of its sign.
    pub(super) kinds: &'static [Kind],
}

impl Mold {
    /// The number with this serial.
    pub(super) fn cast(&self, serial: &str) -> Option<Number> {
        let (separator, symbol) = (self.separator, &self.symbol);
        Number::parse(&match self.year {
            Some(year) => format!("{serial}/{year}/{symbol}"),
            None => format!("{serial}{separator}{symbol}"),
        })
    }

    pub(super) fn year(&self) -> Option<u16> {
        self.year
    }
}

/// Whether a number may begin at `at` that needs no type word before it: a first look.
pub(in crate::mention) fn may_be_bare(tokens: &[Token], at: usize) -> bool {
    let Some([serial, rest @ ..]) = tokens.get(at..) else { return false };
    let rest = match rest {
        [letter, rest @ ..] if serial.digits() < 5 && letter.is_glued() && is_letter(letter) => rest,
        rest => rest,
    };
    match rest {
        [mark, second, ..] if mark.is('/') || mark.is('-') => {
            second.form == Form::Number && is_year(second) || second.is_word() && second.form != Form::Lower
        }
        _ => false,
    }
}

/// Reads the number whose digits are the token `at`, behind a type word of this kind or none.
/// `None` if it is part of a date, a fraction, an amount or a range.
pub(super) fn scan(text: &str, tokens: &[Token], at: usize, kind: Option<Kind>) -> Option<Scan> {
    let first = tokens.get(at).filter(|token| token.form == Form::Number && token.digits() <= 6)?;
    let mut scan = Scan {
        serial: text_of(text, first).into(),
        year: None,
        symbol: Symbol::None,
        end: first.end,
        next: at + 1,
    };
    if let [dot, thousands, slash, ..] = &tokens[at + 1..]
        && dot.is('.')
        && dot.is_glued()
        && thousands.form == Form::Number
        && thousands.is_glued()
    {
        // "1.234/QĐ-UBND" against "1.234 hộ".
        if thousands.digits() != 3 || !slash.is('/') || !slash.is_glued() || first.digits() > 3 {
            return None;
        }
        scan.serial = format!("{}{}", scan.serial, text_of(text, thousands)).into();
        (scan.end, scan.next) = (thousands.end, at + 3);
    }
    if let Some(letter) = tokens.get(scan.next).filter(|token| token.is_glued() && token.is_word()) {
        if is_letter(letter) {
            scan.serial = format!("{}{}", scan.serial, text_of(text, letter)).into();
            (scan.end, scan.next) = (letter.end, scan.next + 1);
        } else if !lacks_mark(letter, kind) {
            return None;
        }
    }
    let Some(mark) = tokens.get(scan.next) else { return Some(scan) };
    if is_amount(tokens, scan.next) {
        return None;
    }
    if lacks_mark(mark, kind)
        && tokens.get(scan.next + 1).is_some_and(|mark| is_mark(mark) && mark.is_glued())
    {
        // "19 NQ/TW", "05CT/TW".
        let parts = Parts::read(text, tokens, scan.next, Before { spaced: false, kind });
        scan.take(parts.filter(|parts| parts.len > 1), '-', kind);
        return Some(scan);
    }
    if !is_mark(mark) {
        return Some(scan);
    }
    let slash = mark.is('/');
    let second = tokens.get(scan.next + 1)?;
    if second.form == Form::Number {
        return with_year(text, tokens, scan, kind);
    }
    let spaced = mark.gap != Gap::None && second.gap != Gap::None;
    match Parts::read(text, tokens, scan.next + 1, Before { spaced, kind }) {
        Some(parts) => scan.take(Some(parts), if slash { '/' } else { '-' }, kind),
        // "24/đợt" is no serial; "05 - một bước ngoặt" is one, with a dash behind it.
        None if slash => return None,
        None if second.is_glued() && mark.is_glued() && second.is_word() => return None,
        None => {}
    }
    Some(scan)
}

/// "31/2024/QH15", "100/2019"; all other numbers behind a mark make dates and fractions.
fn with_year(text: &str, tokens: &[Token], mut scan: Scan, kind: Option<Kind>) -> Option<Scan> {
    let [mark, year, rest @ ..] = &tokens[scan.next..] else { return None };
    if !mark.is('/') || !is_year(year) {
        return None;
    }
    let after = scan.next + 2;
    scan.year = year.word.value().map(|year| year as u16);
    if let [second, part, ..] = rest
        && is_mark(second)
    {
        let spaced = second.gap != Gap::None && part.gap != Gap::None;
        if let Some(parts) = Parts::read(text, tokens, after + 1, Before { spaced, kind }) {
            scan.take(Some(parts), '/', kind);
            if matches!(scan.symbol, Symbol::Full(_)) {
                return Some(scan);
            }
        }
        if second.is_glued() && part.is_glued() {
            return None;
        }
    }
    if mark.gap != Gap::None || year.gap != Gap::None {
        return None;
    }
    if is_amount(tokens, after) {
        return None;
    }
    scan.end = scan.end.max(year.end);
    scan.next = scan.next.max(after);
    Some(scan)
}

impl Scan {
    fn take(&mut self, parts: Option<Parts>, separator: char, kind: Option<Kind>) {
        let Some(parts) = parts else { return };
        let (end, next) = (parts.end, parts.next);
        match parts.mold(separator, self.year, kind) {
            Some(Shape::Full(mold)) if mold.cast(&self.serial).is_some() => {
                self.symbol = Symbol::Full(mold);
                (self.end, self.next) = (end, next);
            }
            Some(Shape::Sign) if kind.is_some() => (self.end, self.next) = (end, next),
            _ => {}
        }
    }
}

/// A sign behind the digits without a mark, of the type that the type word has.
fn lacks_mark(token: &Token, kind: Option<Kind>) -> bool {
    kind.is_some_and(|kind| sign(token.word).is_some_and(|(_, kinds)| kinds.contains(&kind)))
        && token.gap != Gap::Line
        && token.form != Form::Lower
}

fn is_mark(token: &Token) -> bool {
    token.is('-') || token.is('/')
}

/// One letter, as behind the digits of "753A" and "30a".
fn is_letter(token: &Token) -> bool {
    token.is_word() && token.end - token.start == 1
}

/// Whether what follows makes the number before it a part of an amount: "1,5", "20%", "2.0".
fn is_amount(tokens: &[Token], at: usize) -> bool {
    match tokens.get(at..) {
        Some([mark, ..]) if mark.is('%') || mark.is('+') => true,
        Some([mark, number, ..]) if mark.is('.') || mark.is(',') || mark.is(':') => {
            mark.is_glued() && number.is_glued() && number.form == Form::Number
        }
        _ => false,
    }
}

/// What stands before the parts of a symbol.
#[derive(Clone, Copy)]
struct Before {
    /// Spaces on both sides of the mark: "12 - UBND tỉnh" is no symbol, "05 - CT/TW" is one.
    spaced: bool,
    kind: Option<Kind>,
}

/// The parts of a symbol: "QĐ", "UBND".
struct Parts {
    parts: [Part; MOST],
    len: usize,
    end: u32,
    next: usize,
}

#[derive(Clone, Default)]
struct Part {
    /// The mark before it; that of the first is not kept here.
    mark: char,
    /// In its usual spelling.
    text: String,
    word: Option<Word>,
}

const MOST: usize = 5;

enum Shape {
    Sign,
    Full(Mold),
}

impl Parts {
    fn read(text: &str, tokens: &[Token], at: usize, before: Before) -> Option<Parts> {
        let mut parts = Parts { parts: Default::default(), len: 0, end: 0, next: at };
        let mut mark = '-';
        let mut spaced = before.spaced;
        while let Some((part, end, next)) = parts.part(text, tokens, mark, spaced, before.kind) {
            let cut = next == parts.next + 1 && end < tokens[parts.next].end;
            parts.parts[parts.len] = part;
            parts.len += 1;
            (parts.end, parts.next) = (end, next);
            let Some([following, part, ..]) = tokens.get(next..) else { break };
            if cut || parts.len == MOST || !is_mark(following) {
                break;
            }
            mark = if following.is('/') { '/' } else { '-' };
            spaced = following.gap != Gap::None || part.gap != Gap::None;
            parts.next = next + 1;
        }
        if parts.len == 0 {
            return None;
        }
        // The mark before what is no part is not taken.
        if tokens[parts.next - 1].end > parts.end && is_mark(&tokens[parts.next - 1]) {
            parts.next -= 1;
        }
        Some(parts)
    }

    /// The part that begins at `self.next`, with the byte and the token after it.
    fn part(
        &self,
        text: &str,
        tokens: &[Token],
        mark: char,
        spaced: bool,
        kind: Option<Kind>,
    ) -> Option<(Part, u32, usize)> {
        let at = self.next;
        let token = tokens.get(at).filter(|token| token.is_word())?;
        if let Some(dotted) = dotted_center(tokens, at).filter(|_| self.len > 0 || kind.is_some()) {
            let part = Part { mark, text: dotted.to_owned(), word: Some(Word::of(dotted)) };
            return Some((part, tokens[at + 2].end, at + 3));
        }
        let signed = sign(token.word);
        let body = body(token.word);
        let first = self.len == 0;
        let known = if first { signed.map(|(spelling, _)| spelling).or(body) } else { body };
        let long = token.end - token.start > 1;
        let fits = match token.form {
            Form::Upper => true,
            Form::Title => known.is_some_and(|_| long) || first && token.word == const { Word::of("l") },
            Form::Lower => known.is_some() && long && token.is_glued(),
            Form::Mixed => true,
            Form::Number | Form::Mark => false,
        };
        if !fits || token.form == Form::Lower && token.word == const { Word::of("tư") } {
            return None;
        }
        if spaced {
            // A dash between spaces parts clauses: only what must belong together is joined.
            let joined = match first {
                true => signed.is_some() || known.is_some() && kind.is_some(),
                false => {
                    self.len == 1
                        && self.parts[0].word.is_some_and(|word| sign(word).is_some())
                        && (known.is_some()
                            || token.form == Form::Upper && token.gap != Gap::Line
                            || glued_body(text, token).is_some())
                        || self.parts[0].text.ends_with("LT") && token.form == Form::Upper
                }
            };
            if !joined {
                return None;
            }
        }
        if let Some(spelling) = known {
            let (spelling, end, next) = with_digits(text, tokens, at, spelling.to_owned(), first)?;
            return Some((Part { mark, text: spelling, word: Some(token.word) }, end, next));
        }
        let printed = text_of(text, token);
        if token.form == Form::Mixed {
            // "TWngày": the next word is glued to it.
            if let Some(spelling) = glued_body(text, token).filter(|_| !first) {
                let len = spelling.len();
                let part = Part { mark, text: spelling.to_owned(), word: Some(Word::of(spelling)) };
                return Some((part, token.start + len as u32, at + 1));
            }
            if printed.chars().filter(|c| c.is_uppercase()).count() < 2 {
                return None;
            }
        }
        if printed.chars().count() > 16 {
            return None;
        }
        let (spelling, end, next) = with_digits(text, tokens, at, clean(printed), first)?;
        Some((Part { mark, text: spelling, word: Some(token.word) }, end, next))
    }

    /// Their number without the serial.
    fn mold(self, separator: char, year: Option<u16>, kind: Option<Kind>) -> Option<Shape> {
        let parts = &self.parts[..self.len];
        let first = &parts[0];
        let signed = first.word.and_then(sign);
        let kinds = signed.map_or(&[] as &[Kind], |(_, kinds)| kinds);
        let rest = |parts: &[Part]| {
            let mut rest = String::new();
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    rest.push(part.mark);
                }
                rest += &part.text;
            }
            rest
        };
        let horned = parts.iter().any(|part| part.text.ends_with("TƯ"));
        let full = |separator, symbol: String, certain, kinds| {
            let symbol = symbol.replace("TƯ", "TW").into();
            Some(Shape::Full(Mold { separator, year, symbol, horned, certain, kinds }))
        };
        let assembly = |part: &Part| {
            let digits = part.text.trim_start_matches("UBTV").trim_start_matches("QH");
            digits.len() < part.text.len() && digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())
        };
        if let [only] = parts {
            if assembly(only) {
                return full('/', only.text.clone(), year.is_some(), kinds);
            }
            let kind = kind?;
            if let (Some(own), true, None) = (kind.sign(), is_party(&only.text), year)
                && !only.text.starts_with("BTV")
                && signed.is_none()
            {
                // "05-CTTW" says all there is to say; so does "05/TW" behind "Chỉ thị".
                let body =
                    only.text.strip_prefix(own).filter(|body| matches!(*body, "TW" | "TƯ" | "TU" | "HU"));
                let body = body.unwrap_or(&only.text);
                return full('-', format!("{own}/{body}"), false, &[]);
            }
            if kinds.contains(&kind) {
                return Some(Shape::Sign);
            }
            let well_formed = year.is_some() || separator == '/' || only.word.and_then(body).is_some();
            return if well_formed { full(separator, only.text.clone(), false, kinds) } else { None };
        }
        let Some((spelling, _)) = signed else {
            // "1234/UBND-VX": the organ first.
            let organ = is_organ(&first.text);
            return if organ || kind.is_some() { full(separator, rest(parts), false, kinds) } else { None };
        };
        let behind = rest(&parts[1..]);
        let joint = spelling.ends_with("LT") || spelling.ends_with("PH");
        if year.is_none() && !joint && parts[1..].iter().any(|part| is_party(&part.text)) {
            return full('-', format!("{spelling}/{behind}"), true, kinds);
        }
        let mark = match is_state(&parts[1].text) && !joint {
            true => '-',
            false => parts[1].mark,
        };
        let separator = if is_state(&parts[1].text) || year.is_some() { '/' } else { separator };
        full(separator, format!("{spelling}{mark}{behind}"), true, kinds)
    }
}

/// The body that a word begins with to which the next is glued: "TW" of "TWngày".
fn glued_body(text: &str, token: &Token) -> Option<&'static str> {
    let printed = text_of(text, token);
    BODIES.iter().rev().find_map(|(_, spelling)| {
        let same = printed.get(..spelling.len())?.eq_ignore_ascii_case(spelling);
        let next = printed[spelling.len()..].chars().next()?;
        (token.form == Form::Mixed && same && next.is_alphabetic()).then_some(*spelling)
    })
}

/// What is glued to a part: "QH15", "SNN&PTNT", "UBND.HC".
fn with_digits(
    text: &str,
    tokens: &[Token],
    at: usize,
    mut spelling: String,
    first: bool,
) -> Option<(String, u32, usize)> {
    let mut end = tokens[at].end;
    let mut next = at + 1;
    while let Some(glued) = tokens.get(next).filter(|token| token.is_glued()) {
        let following = tokens.get(next + 1).filter(|token| token.is_glued() && token.form == Form::Upper);
        if glued.form == Form::Number {
            // "TW15/5/2016": a date is glued to the number.
            if tokens.get(next + 1).is_some_and(is_mark) && body(tokens[at].word).is_some() {
                break;
            }
            if glued.digits() > 3 || first && !spelling.ends_with("QH") {
                return None;
            }
            spelling += text_of(text, glued);
            (end, next) = (glued.end, next + 1);
            break;
        }
        let joint = if glued.is('&') {
            '&'
        } else if glued.is('.') && matches!(spelling.as_str(), "UBND" | "HĐND") {
            '.'
        } else {
            break;
        };
        let Some(following) = following else { break };
        spelling.push(joint);
        spelling += &clean(text_of(text, following));
        (end, next) = (following.end, next + 2);
    }
    Some((spelling, end, next))
}

/// "T.Ư", "T.W" for the centre.
fn dotted_center(tokens: &[Token], at: usize) -> Option<&'static str> {
    let [first, dot, last, ..] = tokens.get(at..)? else { return None };
    let glued = first.word == const { Word::of("t") } && dot.is('.') && dot.is_glued() && last.is_glued();
    match last.word {
        word if glued && word == const { Word::of("ư") } => Some("TƯ"),
        word if glued && word == const { Word::of("w") } => Some("TW"),
        _ => None,
    }
}

/// Bodies in their usual spelling, a longer one behind those that it begins with.
const BODIES: [(Word, &str); 16] = [
    (Word::of("cp"), "CP"),
    (Word::of("tw"), "TW"),
    (Word::of("tu"), "TU"),
    (Word::of("tư"), "TƯ"),
    (Word::of("hu"), "HU"),
    (Word::of("qu"), "QU"),
    (Word::of("đu"), "ĐU"),
    (Word::of("đuk"), "ĐUK"),
    (Word::of("txu"), "TXU"),
    (Word::of("ctn"), "CTN"),
    (Word::of("ttg"), "TTg"),
    (Word::of("ubnd"), "UBND"),
    (Word::of("hđnd"), "HĐND"),
    (Word::of("hđbt"), "HĐBT"),
    (Word::of("vpcp"), "VPCP"),
    (Word::of("btgtw"), "BTGTW"),
];

fn body(word: Word) -> Option<&'static str> {
    BODIES.iter().find(|(own, _)| *own == word).map(|(_, spelling)| *spelling)
}

/// Signs of Party bodies, those of their offices included: `TW`, `TU`, `BTGTU`, `ĐUCA`.
pub(super) fn is_party(body: &str) -> bool {
    ["TW", "TƯ", "TU", "HU", "QU", "ĐU", "TXU", "ThU"].iter().any(|end| body.ends_with(end))
        || ["ĐU", "BCSĐ", "TWĐ", "TĐTN"].iter().any(|start| body.starts_with(start))
        || body == "BTV"
}

fn is_state(body: &str) -> bool {
    matches!(body, "CP" | "TTg" | "CTN" | "VPCP" | "HĐBT")
        || body.starts_with("UBND")
        || body.starts_with("HĐND")
}

/// Organs that begin a letter's symbol: "1234/UBND-VX", "567/BGDĐT-GDTH".
fn is_organ(first: &str) -> bool {
    is_state(first)
        || first.starts_with("VP")
        || first.starts_with("TCT")
        || first.len() > 2 && first.starts_with(['B', 'S']) && !first.starts_with("BB")
}

/// As printed, composed, without what is invisible.
fn clean(printed: &str) -> String {
    let visible: String = printed
        .chars()
        .filter(|c| c.is_alphanumeric() || unicode_mark(*c))
        .map(|c| if c == 'Ð' { 'Đ' } else { c })
        .collect();
    crate::vi::nfc(&visible).into_owned()
}

fn unicode_mark(c: char) -> bool {
    ('\u{300}'..'\u{370}').contains(&c)
}
