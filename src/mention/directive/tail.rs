//! What stands behind a document: its date, the term, who issued it.
//!
//! Nothing here belongs to the mention's span. A date counts only right behind the number, or
//! right behind an issuer of the centre: further on it is the day of what the article tells.

use super::{Body, Issuer, is_year, says};
use crate::mention::text::{Form, Gap, Token, Word};
use crate::vi::Date;
use crate::vi::date::Day;

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
            at = inside.step(tokens, at)?;
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

/// A date right behind a number: "ngày 18/5/2021", "năm 2021", "tháng 10/2012", "18.5.2021".
/// The inner `None` stands for a date that never was or that lacks its year.
fn behind(tokens: &[Token], at: usize) -> Option<(Option<Date>, usize)> {
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

fn bare_year(tokens: &[Token], at: usize) -> Option<(Option<Date>, usize)> {
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

/// Words that go on about the document: "của Bộ Chính trị", "về việc".
fn is_of(word: Word) -> bool {
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
    roman(token)
}

/// A Roman numeral from I to XXX, in great letters.
pub(super) fn roman(token: &Token) -> Option<u8> {
    const ROMAN: [&str; 30] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
        "xvii", "xviii", "xix", "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv", "xxvi", "xxvii", "xxviii",
        "xxix", "xxx",
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
    if !matches!(token.form, Form::Upper | Form::Title) {
        return None;
    }
    WORDS.iter().position(|word| *word == token.word).map(|at| at as u8 + 1)
}

/// An organ of the centre that begins at `at`, with the token after its name.
pub(super) fn center(tokens: &[Token], at: usize) -> Option<(Body, usize)> {
    let any = |phrases: &[&[Word]]| phrases.iter().find_map(|words| says(tokens, at, words));
    let word = tokens.get(at)?.word;
    // The first word decides which phrases are tried.
    if word == const { Word::of("bộ") } {
        if let Some(next) = any(&[phrase!("bộ" "chính" "trị")]) {
            return Some((Body::Politburo, past_party(tokens, next)));
        }
        return ministry(tokens, at + 1);
    }
    if word == const { Word::of("bct") } || word == const { Word::of("bbt") } {
        return Some((Body::Politburo, past_party(tokens, at + 1)));
    }
    if word == const { Word::of("ban") } || word == const { Word::of("bch") } {
        if let Some(next) = any(&[phrase!("ban" "bí" "thư")]) {
            return Some((Body::Politburo, past_party(tokens, next)));
        }
        if let Some(next) = any(&[phrase!("ban" "chấp" "hành"), phrase!("bch")]) {
            return Some((Body::Committee, past_party(tokens, middle(tokens, next)?)));
        }
        // "Ban Tổ chức Trung ương": within four words.
        let next = (at + 2..at + 7).find_map(|at| middle(tokens, at))?;
        return no_mark(tokens, at, next).then_some((Body::Office, next));
    }
    if word == const { Word::of("bchtw") } {
        return Some((Body::Committee, past_party(tokens, at + 1)));
    }
    if let Some(next) = middle(tokens, at) {
        let next = past_party(tokens, next);
        return match tokens.get(next).map(|token| token.word) {
            Some(word) if word == const { Word::of("đoàn") } || word == const { Word::of("hội") } => {
                Some((Body::Office, next + 1))
            }
            _ => Some((Body::Committee, next)),
        };
    }
    if let Some(next) = any(&[phrase!("hội" "nghị")]) {
        let next = (next..next + 9).find_map(|at| middle(tokens, at))?;
        let next = numeral(tokens, next).map_or(next, |_| next + 1);
        return no_mark(tokens, at, next).then(|| (Body::Committee, past_party(tokens, next)));
    }
    if let Some(next) = any(&[phrase!("thủ" "tướng"), phrase!("ttcp"), phrase!("ttg")]) {
        return Some((Body::PrimeMinister, says(tokens, next, phrase!("chính" "phủ")).unwrap_or(next)));
    }
    if let Some(next) = any(&[phrase!("chính" "phủ"), phrase!("cp")]) {
        return Some((Body::Government, next));
    }
    let assembly: [&[Word]; 4] = [
        phrase!("quốc" "hội"),
        phrase!("ủy" "ban" "thường" "vụ" "quốc" "hội"),
        phrase!("ubtv" "quốc" "hội"),
        phrase!("ubtvqh"),
    ];
    if let Some(next) = any(&assembly) {
        return Some((Body::Assembly, next));
    }
    let offices: [&[Word]; 8] = [
        phrase!("chủ" "tịch" "nước"),
        phrase!("tổng" "bí" "thư"),
        phrase!("quân" "ủy" "trung" "ương"),
        phrase!("ủy" "ban" "kiểm" "tra" "trung" "ương"),
        phrase!("văn" "phòng" "trung" "ương"),
        phrase!("văn" "phòng" "chính" "phủ"),
        phrase!("tòa" "án" "nhân" "dân" "tối" "cao"),
        phrase!("viện" "kiểm" "sát" "nhân" "dân" "tối" "cao"),
    ];
    any(&offices).map(|next| (Body::Office, next))
}

/// "Trung ương", "TW", "T.Ư": the token after it.
pub(super) fn middle(tokens: &[Token], at: usize) -> Option<usize> {
    says(tokens, at, phrase!("trung" "ương")).or_else(|| {
        let token = tokens.get(at)?;
        if token.word == const { Word::of("tw") } {
            return Some(at + 1);
        }
        if token.word == const { Word::of("tư") } && token.form == Form::Upper {
            return Some(at + 1);
        }
        // "T.Ư", "T.W".
        let [first, dot, last, ..] = tokens.get(at..)? else { return None };
        let last = last.word == const { Word::of("ư") } || last.word == const { Word::of("w") };
        (first.word == const { Word::of("t") } && dot.is('.') && dot.is_glued() && last).then_some(at + 3)
    })
}

/// "Đảng", "Đảng Cộng sản Việt Nam" behind an organ of the centre.
fn past_party(tokens: &[Token], at: usize) -> usize {
    let at = middle(tokens, at).unwrap_or(at);
    let Some(next) = says(tokens, at, phrase!("đảng")) else { return at };
    says(tokens, next, phrase!("cộng" "sản" "việt" "nam")).unwrap_or(next)
}

/// The name of a ministry behind "Bộ" or "Bộ trưởng Bộ".
fn ministry(tokens: &[Token], at: usize) -> Option<(Body, usize)> {
    let at = says(tokens, at, phrase!("trưởng" "bộ")).unwrap_or(at);
    const FIRST: [Word; 20] = [
        Word::of("y"),
        Word::of("giáo"),
        Word::of("tài"),
        Word::of("nội"),
        Word::of("quốc"),
        Word::of("công"),
        Word::of("kế"),
        Word::of("xây"),
        Word::of("giao"),
        Word::of("nông"),
        Word::of("khoa"),
        Word::of("thông"),
        Word::of("văn"),
        Word::of("lao"),
        Word::of("tư"),
        Word::of("ngoại"),
        Word::of("dân"),
        Word::of("gdđt"),
        Word::of("nn"),
        Word::of("gd"),
    ];
    let first = tokens.get(at).filter(|token| token.is_capital())?;
    FIRST.contains(&first.word).then_some((Body::Office, at + 1))
}

fn no_mark(tokens: &[Token], from: usize, to: usize) -> bool {
    tokens[from..to.min(tokens.len())]
        .iter()
        .all(|token| token.form != Form::Mark || token.is(',') || token.is('.'))
}

/// A committee or council of a place at `at`, with the token after the words that say which:
/// "Ban Thường vụ Tỉnh ủy", "Ban Chấp hành Đảng bộ huyện", "UBND tỉnh".
pub(super) fn committee(tokens: &[Token], at: usize) -> Option<(Body, usize)> {
    let fronts: [&[Word]; 6] = [
        phrase!("ban" "thường" "vụ"),
        phrase!("ban" "chấp" "hành"),
        phrase!("thường" "trực"),
        phrase!("thường" "vụ"),
        phrase!("btv"),
        phrase!("bch"),
    ];
    let mut next = fronts.iter().find_map(|words| says(tokens, at, words)).unwrap_or(at);
    let fronted = next > at;
    // "HĐND, UBND" are two; the first is the issuer.
    if tokens.get(next).is_some_and(|token| token.is(',')) {
        return None;
    }
    let committees: [(&[Word], Body); 9] = [
        (phrase!("tỉnh" "ủy"), Body::Province),
        (phrase!("thành" "ủy"), Body::City),
        (phrase!("huyện" "ủy"), Body::District),
        (phrase!("quận" "ủy"), Body::UrbanDistrict),
        (phrase!("thị" "ủy"), Body::Town),
        (phrase!("đảng" "ủy"), Body::PartyCommittee),
        (phrase!("ubnd"), Body::PeopleCommittee),
        (phrase!("ủy" "ban" "nhân" "dân"), Body::PeopleCommittee),
        (phrase!("hđnd"), Body::PeopleCouncil),
    ];
    for (words, body) in committees {
        if let Some(after) = says(tokens, next, words) {
            // "Thành ủy Sóc Trăng" is a town's committee, with a town's symbols.
            let named = tokens.get(after).is_some_and(Token::is_capital);
            let body = if body == Body::City && named && !is_central_city(tokens, after) {
                Body::Town
            } else {
                body
            };
            return Some((body, after));
        }
    }
    if let Some(after) = says(tokens, next, phrase!("hội" "đồng" "nhân" "dân")) {
        return Some((Body::PeopleCouncil, after));
    }
    if let Some(after) = says(tokens, next, phrase!("đảng" "bộ")) {
        next = after;
        if let Some(after) = says(tokens, next, phrase!("tỉnh")) {
            return Some((Body::Province, after));
        }
        if let Some(after) = says(tokens, next, phrase!("huyện")) {
            return Some((Body::District, after));
        }
        if let Some(after) = says(tokens, next, phrase!("quận")) {
            return Some((Body::UrbanDistrict, after));
        }
        return Some((Body::Other, next));
    }
    fronted.then_some((Body::Other, next))
}

/// The six cities under the centre.
fn is_central_city(tokens: &[Token], at: usize) -> bool {
    let at =
        says(tokens, at, phrase!("thành" "phố")).or_else(|| says(tokens, at, phrase!("tp"))).unwrap_or(at);
    let at = at + usize::from(tokens.get(at).is_some_and(|token| token.is('.')));
    let cities: [&[Word]; 8] = [
        phrase!("hà" "nội"),
        phrase!("hồ" "chí" "minh"),
        phrase!("hcm"),
        phrase!("tphcm"),
        phrase!("hải" "phòng"),
        phrase!("đà" "nẵng"),
        phrase!("cần" "thơ"),
        phrase!("huế"),
    ];
    cities.iter().any(|words| says(tokens, at, words).is_some())
}

/// Posts before an organ: "Chủ tịch UBND tỉnh".
fn past_posts(tokens: &[Token], at: usize) -> usize {
    let posts: [&[Word]; 4] =
        [phrase!("phó" "chủ" "tịch"), phrase!("chủ" "tịch"), phrase!("giám" "đốc"), phrase!("lãnh" "đạo")];
    let past = posts.iter().find_map(|words| says(tokens, at, words)).unwrap_or(at);
    match tokens.get(past) {
        Some(token) if token.word != const { Word::of("nước") } => past,
        _ => at,
    }
}

/// Words that begin an organ's name in small letters too.
fn begins_organ(word: Word) -> bool {
    "ban ủy hội sở phòng công đảng đoàn liên văn huyện tỉnh thành quận thị mặt"
        .split(' ')
        .any(|own| Word::of(own) == word)
}

fn is_level(word: Word) -> bool {
    "tỉnh thành phố huyện quận thị xã phường".split(' ').any(|own| Word::of(own) == word)
}

/// The issuer before a document: "Bộ Chính trị ban hành Chỉ thị 05", where `at` is the type
/// word's token.
pub(super) fn before(tokens: &[Token], at: usize) -> Option<Issuer> {
    let mut end = at;
    let verbs: [&[Word]; 3] = [phrase!("ban" "hành"), phrase!("ra"), phrase!("ký")];
    let ends = |end: usize, words: &[Word]| {
        let start = end.checked_sub(words.len())?;
        (says(tokens, start, words) == Some(end)).then_some(start)
    };
    let mut made = false;
    for _ in 0..2 {
        if let Some(start) = verbs.iter().find_map(|words| ends(end, words)) {
            (end, made) = (start, true);
        }
    }
    if !made {
        return None;
    }
    let adverbs: [&[Word]; 6] = [
        phrase!("đã"),
        phrase!("vừa"),
        phrase!("mới"),
        phrase!("cũng"),
        phrase!("tiếp" "tục"),
        phrase!("chính" "thức"),
    ];
    for _ in 0..2 {
        end = adverbs.iter().find_map(|words| ends(end, words)).unwrap_or(end);
    }
    let from = (end.saturating_sub(14)..end)
        .rev()
        .find(|&at| tokens[at].form == Form::Mark && !tokens[at].is('-'))
        .map_or(end.saturating_sub(14), |at| at + 1);
    (from..end).find_map(|at| {
        let found = match center(tokens, at) {
            // What the centre's organ is called ends right before the verb, but for a term.
            Some((body, next)) if next == end || term(tokens, next).is_some_and(|(_, next)| next == end) => {
                Some(body)
            }
            Some(_) => None,
            None => committee(tokens, at).filter(|(_, next)| *next <= end).map(|(body, _)| body),
        };
        found.map(|body| Issuer { at: tokens[at].start, body })
    })
}
