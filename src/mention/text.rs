//! A text cut into tokens: words, numbers and marks, each with its bytes.
//!
//! A word's [`Word`] is what the whole recogniser compares: the letters without case, the
//! tone wherever its mark stands, Ð as Đ, composed or decomposed, soft hyphens and
//! zero-width characters seen through. It is a number and not a string, so a text is cut
//! without an allocation, and the offsets of a token are those of the text as written.
//! Equal words of `vi::fold` are equal here; a test holds the two together.
//!
//! Not here: what a word means (`lexicon`).

/// A word, number or mark in the form in which it is compared. Vietnamese words fit
/// exactly: up to nine letters of six bits, and the tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(u64);

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// All letters small: "huyện".
    Lower,
    /// The first letter great, the others small; also a single great letter: "Huyện", "Q".
    Title,
    /// Two letters or more, all great: "UBND".
    Upper,
    /// Any other mixture: "ĐQs", "tPHCM".
    Mixed,
    /// Digits.
    Number,
    /// Anything else, one character.
    Mark,
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing: it is glued to the token before it.
    None,
    /// Spaces of any kind.
    Space,
    /// A line break, or the beginning of the text.
    Line,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// The byte after the last visible character.
    pub end: u32,
    /// What it is compared by.
    pub word: Word,
    /// How it is written.
    pub form: Form,
    /// What stands before it.
    pub gap: Gap,
}

const NUMBER: u64 = 1 << 63;
const MARK: u64 = 1 << 62;
const TONE: u32 = 54;
const LETTERS: u32 = 9;

impl Word {
    /// A word that is none of Vietnamese: too long, or with letters of another script.
    pub const FOREIGN: Word = Word(0);

    /// The word that `text` is, letters alone.
    pub const fn of(text: &str) -> Word {
        let bytes = text.as_bytes();
        let mut packer = Packer::new();
        let mut at = 0;
        while at < bytes.len() {
            let (c, len) = decode(bytes, at);
            packer.push(letter(c));
            at += len;
        }
        packer.word()
    }

    /// A number by its value.
    pub const fn number(value: u32) -> Word {
        Word(NUMBER | value as u64)
    }

    /// A mark.
    pub const fn mark(c: char) -> Word {
        Word(MARK | c as u64)
    }

    /// The value, if it is a number; `u32::MAX` for all that are greater.
    pub fn value(self) -> Option<u32> {
        (self.0 & NUMBER != 0).then_some(self.0 as u32)
    }

    /// The word in the commoner of two spellings in use: "Đắk" for Đăk and Đắc, and y for i as
    /// the vowel of an open syllable ("Mĩ Tho", "Qui Nhơn").
    pub fn common(self) -> Word {
        const DAK: [Word; 4] = [Word::of("đăk"), Word::of("đắc"), Word::of("đak"), Word::of("đác")];
        const COMMON_DAK: Word = Word::of("đắk");
        const I: u64 = 9;
        const Y: u64 = 25;
        let letters = self.0 & ((1 << TONE) - 1);
        if letters & 63 == I && self.0 & (NUMBER | MARK) == 0 {
            // One consonant, of those that are written with either; or "qu".
            let before = letters >> 6;
            let single =
                [b'h', b'k', b'l', b'm', b's', b't'].iter().any(|c| before == u64::from(c - b'a' + 1));
            if single || before == (17 << 6 | 21) {
                return Word(self.0 - I + Y);
            }
        }
        if DAK.contains(&self) { COMMON_DAK } else { self }
    }

    /// The number itself, to hash it.
    pub fn bits(self) -> u64 {
        self.0
    }
}

impl Token {
    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        !matches!(self.form, Form::Number | Form::Mark)
    }

    /// Whether it is a word with a great first letter.
    pub fn is_capital(&self) -> bool {
        matches!(self.form, Form::Title | Form::Upper | Form::Mixed)
    }

    /// Whether it is this mark.
    pub fn is(&self, mark: char) -> bool {
        self.word == Word::mark(mark)
    }

    /// Whether nothing stands between it and the token before it.
    pub fn is_glued(&self) -> bool {
        self.gap == Gap::None
    }

    /// The value of a Roman numeral in great letters, up to thirty: "Phường IV", "khóa XIII".
    pub fn roman(&self) -> Option<u8> {
        const ROMAN: [&str; 30] = [
            "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
            "xvi", "xvii", "xviii", "xix", "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv", "xxvi", "xxvii",
            "xxviii", "xxix", "xxx",
        ];
        const WORDS: [Word; 30] = {
            let mut words = [Word::FOREIGN; 30];
            let mut at = 0;
            while at < 30 {
                words[at] = Word::of(ROMAN[at]);
                at += 1;
            }
            words
        };
        if !matches!(self.form, Form::Upper | Form::Title) {
            return None;
        }
        WORDS.iter().position(|word| *word == self.word).map(|at| at as u8 + 1)
    }

    /// How many digits a number has. For numbers only.
    pub fn digits(&self) -> u32 {
        self.end - self.start
    }
}

/// Cuts `text` into `tokens`, which is emptied first. Linear, about 2 ns a byte.
pub fn tokenise(text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    tokens.reserve(text.len() / 4);
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut gap = Gap::Line;
    while at < bytes.len() {
        if bytes[at] == b' ' {
            gap = gap.max(Gap::Space);
            at += 1;
            continue;
        }
        if let Some(token) = plain_word(bytes, at, gap) {
            at = token.end as usize;
            tokens.push(token);
            gap = Gap::None;
            continue;
        }
        let (c, len) = decode(bytes, at);
        let class = class(c);
        match class {
            SPACE => {
                gap = gap.max(if c == '\n' { Gap::Line } else { Gap::Space });
                at += len;
            }
            HIDDEN => at += len,
            DIGIT => {
                let token = number(bytes, at, gap);
                at = token.end as usize;
                tokens.push(token);
                gap = Gap::None;
            }
            OTHER => {
                let word = if c.is_alphabetic() { Word::FOREIGN } else { Word::mark(unified(c)) };
                let form = if word == Word::FOREIGN { Form::Mixed } else { Form::Mark };
                tokens.push(Token { start: at as u32, end: (at + len) as u32, word, form, gap });
                at += len;
                gap = Gap::None;
            }
            // A letter, or a mark that belongs to one.
            _ => {
                let token = word(bytes, at, gap);
                at = token.end as usize;
                tokens.push(token);
                gap = Gap::None;
            }
        }
    }
}

/// What [`word`] gives, for composed letters of Vietnamese that end at a space, a digit or a
/// mark: nearly every word. `None` for all others.
// A word costs two guesses of the processor, where it ends and where its accents are; all
// else is counted without a branch. 235 MB/s without this, 465 MB/s with it.
#[inline(always)]
fn plain_word(bytes: &[u8], start: usize, gap: Gap) -> Option<Token> {
    let mut at = start;
    let (mut letters, mut tone, mut first) = (0u64, 0u16, 0u16);
    let (mut count, mut great) = (0u32, 0u32);
    while at < bytes.len() {
        let lead = bytes[at];
        let (code, len) = if lead < 0x80 {
            let code = PLAIN[lead as usize];
            if !is_letter(code) {
                if lead == b'\'' || lead == b'`' {
                    return None;
                }
                break;
            }
            (code, 1)
        } else {
            let low = |at: usize| bytes[at] as usize & 0x3F;
            let (index, len) = match lead {
                0xC3..=0xC8 => ((lead as usize & 0x1F) << 6 | low(at + 1), 2),
                0xE1 => (SHORT + (low(at + 1) << 6 | low(at + 2)), 3),
                _ if ends_word(&bytes[at..]) => break,
                _ => return None,
            };
            let code = *PLAIN.get(index)?;
            if !is_letter(code) {
                return None;
            }
            (code, len)
        };
        letters = letters << 6 | u64::from(code & 63);
        let own = code >> TONE_SHIFT & 7;
        tone = if own != 0 { own } else { tone };
        great += u32::from(code & GREAT != 0);
        first = if count == 0 { code } else { first };
        count += 1;
        at += len;
    }
    let form = match great {
        0 if count == 0 => return None,
        0 => Form::Lower,
        1 if first & GREAT != 0 => Form::Title,
        great if great == count => Form::Upper,
        _ => Form::Mixed,
    };
    let word = if count > LETTERS { Word::FOREIGN } else { Word(u64::from(tone) << TONE | letters) };
    Some(Token { start: start as u32, end: at as u32, word, form, gap })
}

/// Whether `bytes` begin with a dash, a quotation mark, an ellipsis or a no-break space.
#[inline(always)]
fn ends_word(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE2, 0x80, 0x93 | 0x94 | 0x9C | 0x9D | 0xA6, ..] | [0xC2, 0xA0, ..])
}

fn number(bytes: &[u8], start: usize, gap: Gap) -> Token {
    let mut value = 0u32;
    let mut at = start;
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        value = value.saturating_mul(10).saturating_add(u32::from(bytes[at] - b'0'));
        at += 1;
    }
    Token { start: start as u32, end: at as u32, word: Word::number(value), form: Form::Number, gap }
}

/// The word at `start`, where a letter is.
#[cold]
fn word(bytes: &[u8], start: usize, gap: Gap) -> Token {
    let mut packer = Packer::new();
    let mut at = start;
    let mut end = start;
    let (mut great, mut small, mut first_great) = (0u32, 0u32, false);
    let mut foreign = false;
    while at < bytes.len() {
        let (c, len) = decode(bytes, at);
        let code = class(c);
        match code {
            SPACE | DIGIT => break,
            HIDDEN => {
                at += len;
                continue;
            }
            OTHER if is_apostrophe(c) => {
                // "M'Đrắk" is one word; the quotation mark after "ủy" is none of it.
                let next = at + len;
                if next >= bytes.len() || !is_letter(class(decode(bytes, next).0)) {
                    break;
                }
                at = next;
                continue;
            }
            OTHER if c.is_alphabetic() => foreign = true,
            OTHER => break,
            code => {
                packer.push(code);
                if code & MODIFIER == 0 {
                    let is_great = code & GREAT != 0;
                    first_great |= is_great && great + small == 0;
                    *(if is_great { &mut great } else { &mut small }) += 1;
                }
            }
        }
        at += len;
        end = at;
    }
    let form = match (great, small) {
        (0, _) => Form::Lower,
        (1, _) if first_great => Form::Title,
        (_, 0) => Form::Upper,
        _ => Form::Mixed,
    };
    let word = if foreign { Word::FOREIGN } else { packer.word() };
    Token { start: start as u32, end: end as u32, word, form, gap }
}

/// Letters packed as they come.
struct Packer {
    letters: u64,
    count: u32,
    tone: u64,
}

impl Packer {
    const fn new() -> Packer {
        Packer { letters: 0, count: 0, tone: 0 }
    }

    #[inline(always)]
    const fn push(&mut self, code: u16) {
        let tone = (code >> TONE_SHIFT) & 7;
        if tone != 0 {
            self.tone = tone as u64;
        }
        let letter = (code & 63) as u64;
        if code & MODIFIER != 0 {
            // A combining circumflex, breve or horn changes the letter before it.
            let last = (self.letters & 63) as u16;
            self.letters = (self.letters & !63) | modified(last, letter) as u64;
        } else if letter != 0 {
            self.letters = self.letters << 6 | letter;
            self.count += 1;
        }
    }

    const fn word(&self) -> Word {
        if self.count > LETTERS || self.count == 0 {
            return Word::FOREIGN;
        }
        Word(self.tone << TONE | self.letters)
    }
}

// The class of a character is a letter's code, or one of these.
const SPACE: u16 = 0x8001;
const HIDDEN: u16 = 0x8002;
const DIGIT: u16 = 0x8003;
const OTHER: u16 = 0x8004;
/// Bits of a letter's code: six for the letter, three for the tone, then flags.
const TONE_SHIFT: u32 = 6;
const GREAT: u16 = 1 << 9;
const MODIFIER: u16 = 1 << 10;

const fn is_letter(class: u16) -> bool {
    class & 0x8000 == 0 && class != 0
}

/// Vowels, each followed by itself with grave, acute, hook, tilde and dot. Their order gives
/// the codes from 27 on to those that ASCII does not have.
const VOWELS: [&str; 24] = [
    "aàáảãạ",
    "eèéẻẽẹ",
    "iìíỉĩị",
    "oòóỏõọ",
    "uùúủũụ",
    "yỳýỷỹỵ",
    "ăằắẳẵặ",
    "âầấẩẫậ",
    "êềếểễệ",
    "ôồốổỗộ",
    "ơờớởỡợ",
    "ưừứửữự",
    "AÀÁẢÃẠ",
    "EÈÉẺẼẸ",
    "IÌÍỈĨỊ",
    "OÒÓỎÕỌ",
    "UÙÚỦŨỤ",
    "YỲÝỶỸỴ",
    "ĂẰẮẲẴẶ",
    "ÂẦẤẨẪẬ",
    "ÊỀẾỂỄỆ",
    "ÔỒỐỔỖỘ",
    "ƠỜỚỞỠỢ",
    "ƯỪỨỬỮỰ",
];
const A_BREVE: u16 = 27;
const A_CIRCUMFLEX: u16 = 28;
const E_CIRCUMFLEX: u16 = 29;
const O_CIRCUMFLEX: u16 = 30;
const O_HORN: u16 = 31;
const U_HORN: u16 = 32;
const D_STROKE: u16 = 33;

#[inline(always)]
const fn index(c: char) -> usize {
    let c = c as usize;
    if c < 0x250 {
        c
    } else if c >= 0x1EA0 && c < 0x1F00 {
        c - 0x1EA0 + 0x250
    } else {
        usize::MAX
    }
}

const fn classes() -> [u16; CLASSES] {
    let mut table = [OTHER; CLASSES];
    let mut c = 0;
    while c < 26 {
        table[b'a' as usize + c] = c as u16 + 1;
        table[b'A' as usize + c] = (c as u16 + 1) | GREAT;
        c += 1;
    }
    c = b'0' as usize;
    while c <= b'9' as usize {
        table[c] = DIGIT;
        c += 1;
    }
    table[b' ' as usize] = SPACE;
    table[b'\t' as usize] = SPACE;
    table[b'\n' as usize] = SPACE;
    table[b'\r' as usize] = SPACE;
    table[0xA0] = SPACE;
    table[0xAD] = HIDDEN;
    // Đ, and what is typed for it: eth, and the African D.
    table[index('đ')] = D_STROKE;
    table[index('ð')] = D_STROKE;
    table[index('Đ')] = D_STROKE | GREAT;
    table[index('Ð')] = D_STROKE | GREAT;
    table[index('Ɖ')] = D_STROKE | GREAT;
    let mut group = 0;
    while group < VOWELS.len() {
        let bytes = VOWELS[group].as_bytes();
        let great = if group >= 12 { GREAT } else { 0 };
        let mut at = 0;
        let mut tone = 0;
        let mut code = 0;
        while at < bytes.len() {
            let (c, len) = decode(bytes, at);
            if tone == 0 {
                let plain = group % 12;
                code = if plain < 6 { (bytes[0] | 32) as u16 - b'a' as u16 + 1 } else { 21 + plain as u16 };
            }
            table[index(c)] = code | (tone << TONE_SHIFT) | great;
            at += len;
            tone += 1;
        }
        group += 1;
    }
    table
}

const fn letter(c: char) -> u16 {
    let class = class(c);
    if is_letter(class) { class } else { 0 }
}

#[inline(always)]
const fn class(c: char) -> u16 {
    let index = index(c);
    if index < CLASSES { TABLE[index] } else { rare(c) }
}

/// How many characters have a class of their own: U+0000 to U+024F, then U+1EA0 to U+1EFF.
const CLASSES: usize = 0x250 + 0x60;
const TABLE: &[u16; CLASSES] = &classes();

/// How many characters have the lead bytes C2 to C8 or are ASCII.
const SHORT: usize = 0x240;
/// The classes of those, then of all that have the lead byte E1.
static PLAIN: [u16; SHORT + 0x1000] = plain();

const fn plain() -> [u16; SHORT + 0x1000] {
    let mut table = [OTHER; SHORT + 0x1000];
    let mut at = 0;
    while at < table.len() {
        let code = if at < SHORT { at } else { at - SHORT + 0x1000 };
        if let Some(c) = char::from_u32(code as u32) {
            table[at] = class(c);
        }
        at += 1;
    }
    table
}

#[cold]
const fn rare(c: char) -> u16 {
    match c {
        '\u{300}' => MODIFIER | 1 << TONE_SHIFT,
        '\u{301}' => MODIFIER | 2 << TONE_SHIFT,
        '\u{309}' => MODIFIER | 3 << TONE_SHIFT,
        '\u{303}' => MODIFIER | 4 << TONE_SHIFT,
        '\u{323}' => MODIFIER | 5 << TONE_SHIFT,
        '\u{302}' => MODIFIER | 1,
        '\u{306}' => MODIFIER | 2,
        '\u{31B}' => MODIFIER | 3,
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => HIDDEN,
        '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{1680}' => SPACE,
        '\u{2028}' | '\u{2029}' | '\u{85}' => SPACE,
        _ => OTHER,
    }
}

const fn modified(letter: u16, modifier: u64) -> u16 {
    match (letter, modifier) {
        (1, 1) => A_CIRCUMFLEX,
        (1, 2) => A_BREVE,
        (5, 1) => E_CIRCUMFLEX,
        (15, 1) => O_CIRCUMFLEX,
        (15, 3) => O_HORN,
        (21, 3) => U_HORN,
        (letter, _) => letter,
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`')
}

/// One mark for all that are read alike.
fn unified(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '“' | '”' | '„' | '«' | '»' | '"' => '"',
        '‘' | '’' | '\'' | '`' => '\'',
        '⁄' | '∕' => '/',
        '．' => '.',
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '（' => '(',
        '）' => ')',
        c => c,
    }
}

/// The character at byte `at`, which begins one, and its length. Sound for any `str`.
#[inline(always)]
const fn decode(bytes: &[u8], at: usize) -> (char, usize) {
    let first = bytes[at];
    let (code, len) = if first < 0x80 {
        (first as u32, 1)
    } else if first < 0xE0 {
        ((first as u32 & 0x1F) << 6 | bytes[at + 1] as u32 & 0x3F, 2)
    } else if first < 0xF0 {
        ((first as u32 & 0x0F) << 12 | (bytes[at + 1] as u32 & 0x3F) << 6 | bytes[at + 2] as u32 & 0x3F, 3)
    } else {
        let high = (first as u32 & 7) << 18 | (bytes[at + 1] as u32 & 0x3F) << 12;
        (high | (bytes[at + 2] as u32 & 0x3F) << 6 | bytes[at + 3] as u32 & 0x3F, 4)
    };
    match char::from_u32(code) {
        Some(c) => (c, len),
        None => ('\u{FFFD}', len),
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Gap, Token, Word, plain_word, tokenise, word};
    use crate::vi::fold;

    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        tokenise(text, &mut tokens);
        tokens
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut shown = String::new();
        for token in tokens(text) {
            shown += match token.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "|",
            };
            shown += &format!("[{}]", &text[token.start as usize..token.end as usize]);
        }
        assert_eq!(shown, expect);
    }

    #[test]
    fn words_numbers_and_marks_are_cut_apart() {
        check("Kết luận số 01- KL/TW.", "|[Kết] [luận] [số] [01][-] [KL][/][TW][.]");
        check("Q.11, P3\nTP", "|[Q][.][11][,] [P][3]|[TP]");
        check("huyện M'Đrắk và 'Hà Nội'", "|[huyện] [M'Đrắk] [và] ['][Hà] [Nội][']");
        check("Sóc\u{a0}\u{a0} Trăng\u{200b}", "|[Sóc] [Trăng]");
    }

    #[test]
    fn a_word_is_one_however_it_is_spelled() {
        for text in ["Hòa", "Hoà", "HOÀ", "hoa\u{300}", "Ho\u{ad}à", "h\u{200b}òa"] {
            let tokens = tokens(text);
            assert_eq!((tokens.len(), tokens[0].word), (1, Word::of("hòa")), "{text:?}");
        }
        assert_eq!(tokens("Ðắk")[0].word, Word::of("đắk"));
        assert_eq!(tokens("ủy")[0].word, Word::of("uỷ"));
        assert_eq!(tokens("Tra\u{306}ng")[0].word, Word::of("trăng"));
        assert_eq!(tokens("ư\u{31b}")[0].word, Word::of("ư"));
        assert_ne!(Word::of("hoa"), Word::of("hòa"));
        assert_ne!(Word::of("da"), Word::of("đa"));
        assert_ne!(Word::of("tân"), Word::of("tăn"));
    }

    #[test]
    fn what_is_foreign_equals_no_word() {
        assert_eq!(tokens("Zürich")[0].word, Word::FOREIGN);
        assert_eq!(tokens("Москва")[0].word, Word::FOREIGN);
        assert_eq!(tokens("internationalisation")[0].word, Word::FOREIGN);
    }

    #[test]
    fn forms_are_told_apart() {
        let forms: Vec<Form> = tokens("ủy Ủy UBND Q TPhcm 12 -").iter().map(|token| token.form).collect();
        use Form::*;
        assert_eq!(forms, [Lower, Title, Upper, Title, Mixed, Number, Mark]);
    }

    proptest::proptest! {
        /// Law: words that fold to one key are one word, whatever marks and case they have.
        #[test]
        fn words_agree_with_the_fold(text in "[a-zA-ZăâđêôơưĂÂĐàáảãạếềểễệốồổỗộứừửữựỳýỷỹỵ]{1,7}") {
            let upper = text.to_uppercase();
            proptest::prop_assert_eq!(fold(&text), fold(&upper));
            proptest::prop_assert_eq!(Word::of(&text), tokens(&upper)[0].word);
        }

        /// Law: what is read in one go is what is read with care.
        #[test]
        fn a_plain_word_is_that_word(text in "[a-zA-ZĐđàảậỀểỰƠ0-9 .'’”–\u{a0}\u{ad}\u{300}ŁẀᲐ\u{1e9e}]{1,12}|\\PC{1,9}") {
            let start = text.find(char::is_alphabetic).unwrap_or(0);
            if let Some(plain) = plain_word(text.as_bytes(), start, Gap::Line) {
                let careful = word(text.as_bytes(), start, Gap::Line);
                proptest::prop_assert_eq!(
                    (plain.start, plain.end, plain.word, plain.form),
                    (careful.start, careful.end, careful.word, careful.form)
                );
            }
        }

        /// Law: tokens are in order, within the text and on character boundaries.
        #[test]
        fn tokens_lie_in_the_text(text in "\\PC{0,60}") {
            let mut end = 0;
            for token in tokens(&text) {
                proptest::prop_assert!(end <= token.start && token.start < token.end);
                proptest::prop_assert!(text.get(token.start as usize..token.end as usize).is_some());
                end = token.end;
            }
        }
    }
}
