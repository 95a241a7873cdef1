//! Bodies that issue documents: those of the centre by name, committees and councils of
//! places by the words for their level.
//!
//! Only what tells symbols apart is told apart here; which unit it is, the recogniser of
//! organs says.

use super::date::{numeral, term};
use super::{Body, Issuer, says};
use crate::mention::text::{Form, Token, Word};

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
    // Between a local organ and the verb stands only the name of its place.
    let names = |from: usize| {
        tokens.get(from..end).is_some_and(|name| {
            name.iter().all(|token| token.is_capital() || token.form != Form::Lower || is_level(token.word))
        })
    };
    (from..end).find_map(|at| {
        let found = match center(tokens, at) {
            // What the centre's organ is called ends right before the verb, but for a term.
            Some((body, next)) if next == end || term(tokens, next).is_some_and(|(_, next)| next == end) => {
                Some(body)
            }
            Some(_) => None,
            None => committee(tokens, at).filter(|(_, next)| names(*next)).map(|(body, _)| body),
        };
        found.map(|body| Issuer { at: tokens[at].start, body })
    })
}

/// An organ of the centre that begins at `at`, with the token after its name.
pub(super) fn center(tokens: &[Token], at: usize) -> Option<(Body, usize)> {
    let any = |phrases: &[&[Word]]| phrases.iter().find_map(|words| says(tokens, at, words));
    let word = tokens.get(at)?.word;
    // The first word decides which phrases are tried.
    if word == const { Word::of("bộ") } {
        if let Some(next) = any(&[phrase!("bộ" "chính" "trị")]) {
            return Some(of_party(tokens, Body::Politburo, past_party(tokens, next)));
        }
        return ministry(tokens, at + 1);
    }
    if word == const { Word::of("bct") } || word == const { Word::of("bbt") } {
        return Some(of_party(tokens, Body::Politburo, past_party(tokens, at + 1)));
    }
    if word == const { Word::of("ban") } || word == const { Word::of("bch") } {
        if let Some(next) = any(&[phrase!("ban" "bí" "thư")]) {
            return Some(of_party(tokens, Body::Politburo, past_party(tokens, next)));
        }
        if let Some(next) = any(&[phrase!("ban" "chấp" "hành"), phrase!("bch")]) {
            return Some(of_party(tokens, Body::Committee, past_party(tokens, middle(tokens, next)?)));
        }
        // "Ban Tổ chức Trung ương": within four words.
        let next = (at + 2..at + 7).find_map(|at| middle(tokens, at))?;
        return no_mark(tokens, at, next).then_some((Body::Office, next));
    }
    if word == const { Word::of("bchtw") } {
        return Some(of_party(tokens, Body::Committee, past_party(tokens, at + 1)));
    }
    if let Some(next) = middle(tokens, at) {
        return Some(of_party(tokens, Body::Committee, past_party(tokens, next)));
    }
    if let Some(next) = any(&[phrase!("hội" "nghị")]) {
        let next = (next..next + 9).find_map(|at| middle(tokens, at))?;
        let next = numeral(tokens, next).map_or(next, |_| next + 1);
        return no_mark(tokens, at, next)
            .then(|| of_party(tokens, Body::Committee, past_party(tokens, next)));
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

/// Whether the words before `at` name a body of the Party or one of an organisation: "Trung
/// ương Đoàn", "Trung ương Hội Nông dân".
fn of_party(tokens: &[Token], body: Body, at: usize) -> (Body, usize) {
    match organised(tokens, at) {
        true => (Body::Office, at + 1),
        false => (body, at),
    }
}

/// Whether an organisation's name stands at `at`, behind "Trung ương".
pub(super) fn organised(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| {
        token.is_capital()
            && [
                const { Word::of("đoàn") },
                const { Word::of("hội") },
                const { Word::of("mặt") },
                const { Word::of("mttq") },
                const { Word::of("công") },
                const { Word::of("ubmttq") },
            ]
            .contains(&token.word)
    })
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
            let body = match body {
                Body::City if named && !is_central_city(tokens, after) => Body::Town,
                // Those of blocs, the police and the army have symbols of their own: `ĐUK`.
                Body::PartyCommittee if !is_commune(tokens, after) => Body::Other,
                body => body,
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

fn is_commune(tokens: &[Token], at: usize) -> bool {
    let communes: [&[Word]; 3] = [phrase!("xã"), phrase!("phường"), phrase!("thị" "trấn")];
    communes.iter().any(|words| says(tokens, at, words).is_some())
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
pub(super) fn past_posts(tokens: &[Token], at: usize) -> usize {
    let posts: [&[Word]; 4] =
        [phrase!("phó" "chủ" "tịch"), phrase!("chủ" "tịch"), phrase!("giám" "đốc"), phrase!("lãnh" "đạo")];
    let past = posts.iter().find_map(|words| says(tokens, at, words)).unwrap_or(at);
    match tokens.get(past) {
        Some(token) if token.word != const { Word::of("nước") } => past,
        _ => at,
    }
}

/// Words that begin an organ's name in small letters too.
pub(super) fn begins_organ(word: Word) -> bool {
    "ban ủy hội sở phòng công đảng đoàn liên văn huyện tỉnh thành quận thị mặt"
        .split(' ')
        .any(|own| Word::of(own) == word)
}

pub(super) fn is_level(word: Word) -> bool {
    "tỉnh thành phố huyện quận thị xã phường".split(' ').any(|own| Word::of(own) == word)
}
