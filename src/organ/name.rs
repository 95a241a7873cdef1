//! Reading a unit's name into organ and place, and writing it.
//!
//! Names live in a trie over folded words. Reading folds one word at a time and stops
//! at the first that no organ has, so a name that begins with no organ costs one fold.
//! Folding the whole text at once was the alternative: `vi::fold` moves tone marks, so
//! the place could not be cut out of the text as written.

use std::{collections::BTreeMap, ops::Range};

use unicode_normalization::char::is_combining_mark;

use super::{Alias, Form, Organ, OrganId, PAIRS, Places, TABLE, get, parent};
use crate::{
    gazetteer::{Era, Kind},
    vi::fold,
};

/// One way to read a name as an organ and the words left for its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The organ.
    pub organ: OrganId,
    /// The organ whose body it is, if the name says it: Huyện ủy in "Ban Tuyên giáo Huyện
    /// ủy Mỹ Xuyên".
    pub of: Option<OrganId>,
    /// The words after the organ, as bytes of the name: "huyện Mỹ Xuyên", "Quận 11", "11",
    /// "TP.HCM", or the type word alone. Trimmed; begins with a letter or digit. Empty if
    /// nothing follows ("Tỉnh ủy"): a back-reference, whose place the context has. Never so
    /// after a name of the whole country ("Hội Nông dân Việt Nam").
    pub place: Range<usize>,
    /// The places the organ takes, narrowed by the organ it is of and by a type word that
    /// begins the place. Never empty.
    pub places: Places,
    /// The era that the name itself implies: Huyện ủy → old, đặc khu → new.
    pub era: Option<Era>,
}

/// Every way to read `name` as organ and place, the longest organ first; ties in the
/// order of the file. Empty if no organ begins the name.
///
/// The place is not looked up: of the readings, take the first whose place exists. A
/// bare place is offered to every organ of the name ("Đoàn TNCS Hồ Chí Minh Mỹ Xuyên"
/// is six), a typed one only to those that take its kind. One to three microseconds;
/// 0.4 where no organ begins the name.
pub fn read(name: &str) -> Vec<Reading> {
    let mut found = Vec::new();
    for (own, mut end) in TABLE.names.at(name, 0) {
        end = after_brackets(name, end, own.organ);
        let organ = get(own.organ);
        if organ.form != Form::Body {
            found.extend(reading(name, own, None, end, organ.places));
            continue;
        }
        for (host, host_end) in TABLE.names.at(name, end) {
            if organ.parents.contains(&host.organ) && gap(name, end).is_some_and(|start| start > end) {
                let end = after_brackets(name, host_end, host.organ);
                let places = organ.places.and(get(host.organ).places);
                found.extend(reading(name, host, Some(own.organ), end, places));
            }
        }
        // "Ban Tuyên giáo tỉnh X" is said for "Ban Tuyên giáo Tỉnh ủy X". Not so
        // where several organs have such a body: "Văn phòng tỉnh X" may be any.
        if own.alone {
            let own = Entry { before_type_word: true, ..own };
            found.extend(reading(name, own, None, end, organ.places));
        }
    }
    found.sort_by_key(|reading: &Reading| std::cmp::Reverse(reading.place.start));
    found
}

/// The official name of the organ's unit at the place `short` of that kind: "Huyện ủy Mỹ
/// Xuyên", "Quận ủy Quận 11", "UBND huyện Mỹ Xuyên", "Công an Phường 1", "Ban Thường vụ
/// Thành ủy Thành phố Hồ Chí Minh". Type words are in lower case before a name, with a
/// capital before a number and in "Thành phố Hồ Chí Minh".
///
/// `short` is the place's name without its type word, as it is to be shown. A kind the
/// organ does not take is written all the same, with the type word.
pub fn display(organ: OrganId, kind: Kind, short: &str) -> String {
    let Organ { name, form, places, .. } = get(organ);
    match (form, parent(organ, kind)) {
        (Form::Body, Some(parent)) => format!("{name} {}", display(parent, kind, short)),
        (Form::Committee, _) if places.has_kind(kind) && !keeps_type_word(kind, short) => {
            format!("{name} {short}")
        }
        _ if keeps_type_word(kind, short) => format!("{name} {} {short}", capitalised(kind.word())),
        _ => format!("{name} {} {short}", kind.word()),
    }
}

/// The names of all organs.
#[derive(Default)]
pub(super) struct Names {
    root: Node,
    /// Folded type words and their abbreviations.
    type_words: BTreeMap<String, Kind>,
}

/// Type words shortened to one letter and a full stop.
const LETTERS: [(&str, Kind); 4] =
    [("q", Kind::Quan), ("h", Kind::Huyen), ("x", Kind::Xa), ("p", Kind::Phuong)];

/// How the names of countrywide organisations end.
const NATIONAL: [&str; 4] = ["Việt Nam", "VN", "Hồ Chí Minh", "HCM"];

/// The key of "và", which joins two parts of a name and is as often left out.
const JOINT: &str = "va\u{300}";

/// The key of "viên", which makes a rank of a committee.
const RANK: &str = "vie\u{302}n";

#[derive(Default)]
struct Node {
    next: BTreeMap<Box<str>, Node>,
    /// The organs whose name ends here, in the order of the file.
    here: Vec<Entry>,
}

#[derive(Clone, Copy)]
struct Entry {
    organ: OrganId,
    /// The name counts only if the type word of a place follows.
    before_type_word: bool,
    /// Without a place it is the organisation of the whole country.
    national: bool,
    /// No other organ has this name.
    alone: bool,
}

impl Names {
    /// The trie of names and aliases.
    pub(super) fn new(organs: &[Organ]) -> Names {
        let mut names = Names::default();
        for (organ, row) in (0..).map(OrganId).zip(organs) {
            names.add(organ, row.name, false);
            for alias in &row.aliases {
                names.add(organ, &alias.name, alias.before_type_word);
            }
        }
        names.root.mark_alone();
        let shortened = [("tp", Kind::ThanhPho), ("tx", Kind::ThiXa), ("tt", Kind::ThiTran)];
        let spelled = PAIRS.iter().map(|&(_, kind)| (kind.word(), kind));
        names.type_words = spelled.chain(shortened).map(|(word, kind)| (fold(word), kind)).collect();
        names
    }

    fn add(&mut self, organ: OrganId, name: &str, before_type_word: bool) {
        let mut node = &mut self.root;
        for (word, _) in Words::new(name, 0) {
            let word = fold(word);
            if word != JOINT {
                node = node.next.entry(word.into()).or_default();
            }
        }
        match node.here.iter_mut().find(|entry| entry.organ == organ) {
            Some(entry) => entry.before_type_word &= before_type_word,
            None => {
                let national = NATIONAL.iter().any(|end| name.ends_with(end));
                node.here.push(Entry { organ, before_type_word, national, alone: false });
            }
        }
    }

    /// Every organ whose name begins at or after `start`, past spaces, with the byte
    /// after the last word of its longest name there; shortest first.
    fn at(&self, text: &str, start: usize) -> Vec<(Entry, usize)> {
        let mut found = Vec::new();
        let mut node = &self.root;
        if gap(text, start).is_none() {
            return found;
        }
        for (word, end) in Words::new(text, start) {
            let word = fold(word);
            if word == JOINT {
                continue;
            }
            match node.next.get(word.as_str()) {
                Some(next) => node = next,
                None => break,
            }
            // The longest name of an organ is the one meant: the "Việt Nam" of "Ủy ban MTTQ
            // Việt Nam" is no place.
            found.retain(|(earlier, _): &(Entry, usize)| node.here.iter().all(|e| e.organ != earlier.organ));
            found.extend(node.here.iter().map(|&entry| (entry, end)));
            // What stands in brackets is never the middle of a name.
            if text[end..].trim_start().starts_with(['(', ')']) {
                break;
            }
        }
        found
    }
}

impl Node {
    fn mark_alone(&mut self) {
        let alone = self.here.len() == 1;
        self.here.iter_mut().for_each(|entry| entry.alone = alone);
        self.next.values_mut().for_each(Node::mark_alone);
    }
}

/// The spellings of an alias with optional parts: "[Hội] LHPN" is "Hội LHPN" and "LHPN".
pub(super) fn spellings(alias: &str) -> Vec<Alias> {
    let Some((before, rest)) = alias.split_once('[') else {
        let name = alias.strip_prefix('!').unwrap_or(alias);
        let before_type_word = name.len() < alias.len();
        return vec![Alias { name: name.trim().to_owned(), before_type_word }];
    };
    let (option, after) = rest.split_once(']').expect("a bracket in organs.csv is closed");
    let mut both = spellings(&format!("{before}{option}{after}"));
    both.extend(spellings(&format!("{}{after}", before.trim_end())));
    both
}

/// The reading of `own` (or of its body `body`) that ends at `end`, unless what
/// follows cannot be a place.
fn reading(name: &str, own: Entry, body: Option<OrganId>, end: usize, places: Places) -> Option<Reading> {
    let start = gap(name, end)?;
    let place = start..start + name[start..].trim_end().len();
    if (start == end && !place.is_empty()) || (place.is_empty() && own.national) {
        return None;
    }
    let kind = type_word(&name[place.clone()]);
    if own.before_type_word && kind.is_none() {
        return None;
    }
    // A rank, "Tỉnh ủy viên", not a place; Viên An is written with a capital.
    let rank = |word: &str| !is_titled(word) && fold(word) == RANK;
    if kind.is_none()
        && get(own.organ).name.ends_with("ủy")
        && Words::new(name, end).next().is_some_and(|(word, _)| rank(word))
    {
        return None;
    }
    let places = kind.map_or(places, |kind| places.and(Places::of_kind(kind)));
    if places.is_empty() {
        return None;
    }
    let (organ, of) = match body {
        Some(body) => (body, Some(own.organ)),
        None => (own.organ, None),
    };
    Some(Reading { organ, of, place, places, era: era(organ, places) })
}

fn era(organ: OrganId, places: Places) -> Option<Era> {
    let Organ { from, to, .. } = get(organ);
    if to.is_some_and(|to| to.last_day() < (2025, 7, 1)) {
        Some(Era::Old)
    } else if from.is_some_and(|from| from.first_day() >= (2025, 7, 1)) {
        Some(Era::New)
    } else {
        places.era()
    }
}

/// The kind of place that the type word at the start of `place` names. One letter counts
/// with its full stop only: "Q.11", while "Q" may begin a name; "Thị" alone begins Thị Hoa.
fn type_word(place: &str) -> Option<Kind> {
    let mut words = Words::new(place, 0);
    let (first, end) = words.next()?;
    if place[end..].starts_with('.')
        && let Some((_, kind)) = LETTERS.iter().find(|(letter, _)| first.eq_ignore_ascii_case(letter))
    {
        return Some(*kind);
    }
    let kinds = &TABLE.names.type_words;
    let mut key = fold(first);
    if let Some(&kind) = kinds.get(&key) {
        return Some(kind);
    }
    let (second, _) = words.next()?;
    key.push(' ');
    key.push_str(&fold(second));
    kinds.get(&key).copied()
}

/// The end of a bracket that repeats the organ's name: "Trung tâm Phát triển quỹ đất
/// (TTPTQĐ) huyện Hiệp Đức". `end` itself where there is none.
fn after_brackets(text: &str, end: usize, organ: OrganId) -> usize {
    let inner = text[end..].trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let Some((inner, after)) = inner else { return end };
    let repeats = TABLE
        .names
        .at(inner, 0)
        .iter()
        .any(|(entry, inner_end)| entry.organ == organ && inner[*inner_end..].trim().is_empty());
    if repeats { text.len() - after.len() } else { end }
}

/// The first byte after the spaces at `end`, if a word or the end of the text is there.
fn gap(text: &str, end: usize) -> Option<usize> {
    let rest = text[end..].trim_start();
    (rest.is_empty() || rest.starts_with(is_word_char)).then(|| text.len() - rest.len())
}

/// Whether the first letter is a capital and the next is not.
fn is_titled(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(|c| !c.is_uppercase())
}

fn keeps_type_word(kind: Kind, short: &str) -> bool {
    short.starts_with(|c: char| c.is_ascii_digit()) || (kind == Kind::ThanhPho && short == "Hồ Chí Minh")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The words of a text from some byte on, each with the byte after it. Marks and
/// invisible characters belong to the word that they stand in.
struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    fn new(text: &'a str, at: usize) -> Words<'a> {
        Words { text, at }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = (&'a str, usize);

    fn next(&mut self) -> Option<(&'a str, usize)> {
        let start = self.at + self.text[self.at..].find(is_word_char)?;
        let rest = &self.text[start..];
        self.at = start + rest.find(|c| !is_word_char(c)).unwrap_or(rest.len());
        Some((&self.text[start..self.at], self.at))
    }
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric()
        || is_combining_mark(c)
        || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organ::{all, by_id, ids};

    /// The readings of `name`, best first: "organ | place | pairs of level and kind".
    fn show(name: &str) -> Vec<String> {
        let kinds = |places: Places| {
            let pairs: Vec<String> =
                places.pairs().map(|(level, kind)| format!("{level:?}.{kind:?}")).collect();
            pairs.join(" ")
        };
        read(name)
            .into_iter()
            .map(|r| format!("{} | {} | {}", get(r.organ).id, &name[r.place.clone()], kinds(r.places)))
            .collect()
    }

    #[track_caller]
    fn check(name: &str, expect: &str) {
        let shown = show(name);
        assert_eq!(shown.first().map_or("", String::as_str), expect, "{name}: {shown:#?}");
    }

    /// Like `check`, where the kinds of place are not the point.
    #[track_caller]
    fn finds(name: &str, organ: &str, place: &str) {
        let shown = show(name);
        let first = shown.first().map_or("", String::as_str);
        assert!(first.starts_with(&format!("{organ} | {place} |")), "{name}: {shown:#?}");
    }

    #[track_caller]
    fn nothing(name: &str) {
        assert_eq!(show(name), Vec::<String>::new(), "{name}");
    }

    #[test]
    fn a_committee_names_its_kind_of_place() {
        check("Tỉnh ủy Sóc Trăng", "tinh-uy | Sóc Trăng | Province.Tinh");
        check("Thành ủy Sóc Trăng", "thanh-uy | Sóc Trăng | Province.ThanhPho District.ThanhPho");
        check("Thành ủy TP.HCM", "thanh-uy | TP.HCM | Province.ThanhPho District.ThanhPho");
        check("Huyện uỷ Vị Thuỷ", "huyen-uy | Vị Thuỷ | District.Huyen");
        check("THỊ ỦY NGÃ NĂM", "thi-uy | NGÃ NĂM | District.ThiXa");
        check("Quận ủy Quận 11", "quan-uy | Quận 11 | District.Quan");
        check("Quận ủy 11", "quan-uy | 11 | District.Quan");
        check("Quận ủy Q.11", "quan-uy | Q.11 | District.Quan");
        check("Đảng ủy xã Gia Hòa 1", "dang-uy | xã Gia Hòa 1 | Commune.Xa");
        check("Đảng ủy đặc khu Phú Quốc", "dang-uy | đặc khu Phú Quốc | Commune.DacKhu");
        nothing("Huyện ủy quận Tân Bình");
    }

    #[test]
    fn a_body_carries_the_word_of_its_committee() {
        check("Ban Tuyên giáo Tỉnh ủy Sóc Trăng", "ban-tuyen-giao | Sóc Trăng | Province.Tinh");
        check("Ban Thường vụ Quận ủy Tân Bình", "ban-thuong-vu | Tân Bình | District.Quan");
        check("BTV Huyện ủy Mỹ Xuyên", "ban-thuong-vu | Mỹ Xuyên | District.Huyen");
        check("Thường trực Tỉnh uỷ Hậu Giang", "thuong-truc | Hậu Giang | Province.Tinh");
        check("Ban tổ chức Tỉnh uỷ Hậu Giang", "ban-to-chuc | Hậu Giang | Province.Tinh");
        check("UBKT tỉnh uỷ Quảng Nam", "uy-ban-kiem-tra | Quảng Nam | Province.Tinh");
        check("văn phòng Tỉnh uỷ Hậu Giang", "van-phong-cap-uy | Hậu Giang | Province.Tinh");
        check("Ban Nội chính Thành ủy Đà Nẵng", "ban-noi-chinh | Đà Nẵng | Province.ThanhPho");
        check("Ban Chấp hành Đảng bộ tỉnh Bình Định", "ban-chap-hanh | tỉnh Bình Định | Province.Tinh");
        check("Ban Thường vụ Đảng ủy Phường 1", "ban-thuong-vu | Phường 1 | Commune.Phuong");
        check("Ban Thường vụ Huyện đoàn Mỹ Xuyên", "ban-thuong-vu-doan | Mỹ Xuyên | District.Huyen");
        finds("Ban Tuyên giáo và Dân vận Tỉnh ủy Bình Định", "ban-tuyen-giao-va-dan-van", "Bình Định");
        finds("Thường trực HĐND tỉnh Bình Định", "thuong-truc-hdnd", "tỉnh Bình Định");
        finds("cơ quan CSĐT Công an quận Đống Đa", "co-quan-canh-sat-dieu-tra", "quận Đống Đa");
        finds("Ban chỉ huy Công an quận Đống Đa", "ban-chi-huy-cong-an", "quận Đống Đa");
        assert_eq!(read("Ban Tuyên giáo Huyện ủy Mỹ Xuyên")[0].of, by_id("huyen-uy"));
    }

    #[test]
    fn a_body_may_stand_before_a_typed_place_if_no_other_organ_has_one_of_that_name() {
        check("Ban Tuyên giáo tỉnh Sóc Trăng", "ban-tuyen-giao | tỉnh Sóc Trăng | Province.Tinh");
        nothing("Văn phòng tỉnh Sóc Trăng");
        nothing("Ban Thường vụ huyện Mỹ Xuyên");
        nothing("Ban Tổ chức hội thi huyện Mỹ Xuyên");
        nothing("Ban Tuyên giáo Trung ương");
    }

    #[test]
    fn other_organs_take_a_place_with_its_type_word() {
        check("UBND huyện Mỹ Xuyên", "ubnd | huyện Mỹ Xuyên | District.Huyen");
        check("Ủy ban nhân dân tỉnh Sóc Trăng", "ubnd | tỉnh Sóc Trăng | Province.Tinh");
        check("UBND TP. Hà Nội", "ubnd | TP. Hà Nội | Province.ThanhPho District.ThanhPho");
        finds("UBND TPHCM", "ubnd", "TPHCM");
        check("Công an Phường 1", "cong-an | Phường 1 | Commune.Phuong");
        check("Công an P.1", "cong-an | P.1 | Commune.Phuong");
        check("Hội Liên hiệp Phụ nữ quận Tân Bình", "hoi-lien-hiep-phu-nu | quận Tân Bình | District.Quan");
        check("Hội phụ nữ thị xã Ngã Năm", "hoi-lien-hiep-phu-nu | thị xã Ngã Năm | District.ThiXa");
        check("Sở Y tế Sóc Trăng", "so-y-te | Sóc Trăng | Province.Tinh Province.ThanhPho");
        check("Trung tâm Chính trị huyện Mỹ Xuyên", "trung-tam-chinh-tri | huyện Mỹ Xuyên | District.Huyen");
        check("BCH Quân sự huyện Mỹ Xuyên", "ban-chi-huy-quan-su | huyện Mỹ Xuyên | District.Huyen");
        check("BCH Quân sự tỉnh Sóc Trăng", "bo-chi-huy-quan-su | tỉnh Sóc Trăng | Province.Tinh");
        nothing("LĐLĐ thị trấn Mỹ Xuyên");
    }

    #[test]
    fn a_bloc_committee_is_longer_than_the_party_committee_in_its_name() {
        check(
            "Đảng ủy Khối các cơ quan tỉnh Bình Định",
            "dang-uy-khoi-cac-co-quan | tỉnh Bình Định | Province.Tinh",
        );
        finds(
            "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh Lai Châu",
            "dang-uy-khoi-cac-co-quan-va-doanh-nghiep",
            "tỉnh Lai Châu",
        );
        finds("Đảng ủy các cơ quan Đảng tỉnh Bình Định", "dang-uy-cac-co-quan-dang", "tỉnh Bình Định");
        finds("Đảng ủy UBND tỉnh Bình Định", "dang-uy-ubnd", "tỉnh Bình Định");
        finds("Đảng bộ huyện Mỹ Xuyên", "dang-bo", "huyện Mỹ Xuyên");
    }

    #[test]
    fn signs_and_the_word_va_between_words_do_not_count() {
        for name in [
            "Sở Tài nguyên và Môi trường tỉnh Quảng Nam",
            "Sở Tài nguyên - môi trường tỉnh Quảng Nam",
            "Sở TN&MT tỉnh Quảng Nam",
            "Sở TN-MT tỉnh Quảng Nam",
            "Sở TNMT tỉnh Quảng Nam",
        ] {
            finds(name, "so-tai-nguyen-va-moi-truong", "tỉnh Quảng Nam");
        }
        finds("Sở VH-TT&DL Sóc Trăng", "so-van-hoa-the-thao-va-du-lich", "Sóc Trăng");
        finds(
            "Sở Văn hóa, Thể thao và Du lịch tỉnh Bình Định",
            "so-van-hoa-the-thao-va-du-lich",
            "tỉnh Bình Định",
        );
        finds("Sở LĐ-TB&XH Hậu Giang", "so-lao-dong-thuong-binh-va-xa-hoi", "Hậu Giang");
        finds("Phòng Kinh tế và hạ tầng huyện Hiệp Đức", "phong-kinh-te-va-ha-tang", "huyện Hiệp Đức");
        finds("Văn phòng HĐND và UBND huyện Mỹ Xuyên", "van-phong-hdnd-va-ubnd", "huyện Mỹ Xuyên");
    }

    #[test]
    fn the_front_is_read_in_each_of_its_spellings() {
        for name in [
            "Ủy ban MTTQ Việt Nam quận Tân Bình",
            "Ủy ban Mặt trận Tổ quốc Việt Nam quận Tân Bình",
            "UB MTTQ quận Tân Bình",
            "UBMTTQ Việt Nam quận Tân Bình",
            "MTTQ quận Tân Bình",
            "Mặt trận Tổ quốc quận Tân Bình",
        ] {
            check(name, "mttq | quận Tân Bình | District.Quan");
        }
        finds("Ban Thường trực UB MTTQ Việt Nam tỉnh Sóc Trăng", "ban-thuong-truc-mttq", "tỉnh Sóc Trăng");
    }

    #[test]
    fn the_youth_union_is_the_organ_of_the_kind_of_place() {
        finds("Tỉnh đoàn Sóc Trăng", "tinh-doan", "Sóc Trăng");
        check("Đoàn TNCS Hồ Chí Minh tỉnh Sóc Trăng", "tinh-doan | tỉnh Sóc Trăng | Province.Tinh");
        check("Đoàn TNCS HCM huyện Mỹ Xuyên", "huyen-doan | huyện Mỹ Xuyên | District.Huyen");
        check("Đoàn Thanh niên xã Gia Hòa 1", "doan-thanh-nien | xã Gia Hòa 1 | Commune.Xa");
        check("Đoàn phường Tân Định", "doan-thanh-nien | phường Tân Định | Commune.Phuong");
        // Six organs share the long name: a bare place is offered to all of them.
        assert_eq!(read("Đoàn TNCS Hồ Chí Minh Mỹ Xuyên").len(), 6);
        nothing("Đoàn Văn Hậu");
        // The end of the union's name is no city.
        nothing("Đoàn TNCS Hồ Chí Minh");
    }

    #[test]
    fn a_bracketed_abbreviation_belongs_to_the_organ() {
        finds(
            "Trung tâm phát triển quỹ đất (TTPTQĐ) huyện Hiệp Đức",
            "trung-tam-phat-trien-quy-dat",
            "huyện Hiệp Đức",
        );
        finds("TTPTQĐ Hiệp Đức", "trung-tam-phat-trien-quy-dat", "Hiệp Đức");
        finds("Huyện ủy Châu Thành (Hậu Giang)", "huyen-uy", "Châu Thành (Hậu Giang)");
        nothing("UBND (huyện Hiệp Đức)");
    }

    #[test]
    fn a_name_without_its_place_is_a_reading_with_an_empty_place() {
        check("Tỉnh ủy ", "tinh-uy |  | Province.Tinh");
        check("Công an TP", "cong-an | TP | Province.ThanhPho District.ThanhPho");
        check("UBND tỉnh", "ubnd | tỉnh | Province.Tinh");
        assert_eq!(read("Tỉnh ủy ")[0].place, "Tỉnh ủy ".len().."Tỉnh ủy ".len());
    }

    #[test]
    fn a_countrywide_name_needs_a_place() {
        finds("Hội Nông dân Việt Nam tỉnh Sóc Trăng", "hoi-nong-dan", "tỉnh Sóc Trăng");
        finds("Hội Nông dân", "hoi-nong-dan", "");
        nothing("Ủy ban MTTQ Việt Nam");
        finds("Ủy ban MTTQ", "mttq", "");
    }

    #[test]
    fn ranks_posts_plurals_and_lists_are_no_units() {
        nothing("Tỉnh ủy viên");
        nothing("Huyện ủy viên Nguyễn Văn A");
        nothing("các tỉnh ủy");
        nothing("Chủ tịch UBND huyện Mỹ Xuyên");
        nothing("Huyện ủy, UBND huyện Mỹ Xuyên");
        nothing("UBND.huyện Mỹ Xuyên");
        nothing("");
        nothing("(UBND)");
        finds("Đảng ủy Viên An", "dang-uy", "Viên An");
    }

    #[test]
    fn the_era_comes_from_the_organ_or_the_type_word() {
        let era = |name: &str| read(name)[0].era;
        assert_eq!(era("Huyện ủy Mỹ Xuyên"), Some(Era::Old));
        assert_eq!(era("UBND huyện Mỹ Xuyên"), Some(Era::Old));
        assert_eq!(era("UBND đặc khu Phú Quốc"), Some(Era::New));
        assert_eq!(era("Sở Giao thông vận tải tỉnh Sóc Trăng"), Some(Era::Old));
        assert_eq!(era("Phòng Văn hóa - Xã hội xã Tân Thạnh"), Some(Era::New));
        assert_eq!(era("Tỉnh ủy Sóc Trăng"), None);
        assert_eq!(era("UBND Mỹ Xuyên"), None);
    }

    #[test]
    fn the_keys_of_single_words_are_what_folding_makes() {
        assert_eq!((fold("và").as_str(), fold("viên").as_str()), (JOINT, RANK));
    }

    #[test]
    fn official_names_follow_one_rule_for_type_words() {
        let name = |organ, kind, short| display(by_id(organ).unwrap(), kind, short);
        assert_eq!(name("huyen-uy", Kind::Huyen, "Mỹ Xuyên"), "Huyện ủy Mỹ Xuyên");
        assert_eq!(name("quan-uy", Kind::Quan, "11"), "Quận ủy Quận 11");
        assert_eq!(name("thanh-uy", Kind::ThanhPho, "Hồ Chí Minh"), "Thành ủy Thành phố Hồ Chí Minh");
        assert_eq!(name("thanh-uy", Kind::ThanhPho, "Vị Thanh"), "Thành ủy Vị Thanh");
        assert_eq!(name("ubnd", Kind::ThanhPho, "Hà Nội"), "UBND thành phố Hà Nội");
        assert_eq!(name("cong-an", Kind::Phuong, "1"), "Công an Phường 1");
        assert_eq!(name("dang-uy", Kind::Xa, "Gia Hòa 1"), "Đảng ủy xã Gia Hòa 1");
        assert_eq!(name("ubnd", Kind::Phuong, "2 Bảo Lộc"), "UBND Phường 2 Bảo Lộc");
        assert_eq!(name("ban-thuong-vu", Kind::Quan, "11"), "Ban Thường vụ Quận ủy Quận 11");
        assert_eq!(name("ban-thuong-vu", Kind::Xa, "Tân Thạnh"), "Ban Thường vụ Đảng ủy xã Tân Thạnh");
        assert_eq!(name("ban-chap-hanh", Kind::Huyen, "Mỹ Xuyên"), "Ban Chấp hành Đảng bộ huyện Mỹ Xuyên");
        assert_eq!(
            name("dang-uy-khoi-cac-co-quan", Kind::Tinh, "Bình Định"),
            "Đảng ủy Khối các cơ quan tỉnh Bình Định"
        );
        assert_eq!(name("so-y-te", Kind::Tinh, "Sóc Trăng"), "Sở Y tế tỉnh Sóc Trăng");
        assert_eq!(name("co-quan-canh-sat-dieu-tra", Kind::Quan, "Đống Đa"), {
            "Cơ quan Cảnh sát điều tra Công an quận Đống Đa"
        });
    }

    /// Law: reading an official name gives back its organ and place, and nothing else
    /// that long.
    #[test]
    fn every_official_name_reads_back() {
        for organ in ids() {
            for (level, kind) in get(organ).places.pairs() {
                for short in ["Mỹ Xuyên", "11", "Hồ Chí Minh", "Viên An", "Thị Hoa"] {
                    let name = display(organ, kind, short);
                    let found = read(&name);
                    let best = &found[0];
                    assert_eq!(best.organ, organ, "{name}: {:?}", show(&name));
                    assert!(best.places.has(level, kind), "{name}: {:?}", show(&name));
                    let place = &name[best.place.clone()];
                    let typed = format!("{} {short}", kind.word()).to_lowercase();
                    assert!(place == short || place.to_lowercase() == typed, "{name}: {place}");
                    assert!(found[1..].iter().all(|other| other.place.start < best.place.start), "{name}");
                }
            }
        }
    }

    /// Law: every spelling of an organ's name leads to the organ.
    #[test]
    fn every_alias_before_a_typed_place_reads_as_its_organ() {
        for organ in ids() {
            for alias in &get(organ).aliases {
                for (_, kind) in get(organ).places.pairs() {
                    let tail = display(organ, kind, "Mỹ Xuyên").split_off(get(organ).name.len() + 1);
                    let tail = match get(organ).form {
                        Form::Committee => format!("{} Mỹ Xuyên", kind.word()),
                        _ => tail,
                    };
                    let name = format!("{} {tail}", alias.name);
                    assert!(read(&name).iter().any(|reading| reading.organ == organ), "{name}");
                }
            }
        }
        assert!(all().len() > 100);
    }

    proptest::proptest! {
        /// Law: no text makes the reader panic, and a place is a trimmed slice of it.
        #[test]
        fn any_text_reads_without_a_panic(
            head in "(UBND|Huyện ủy|Ban Tuyên giáo|Đoàn|)", text in "\\PC{0,30}",
        ) {
            let name = format!("{head}{text}");
            for reading in read(&name) {
                let place = &name[reading.place];
                proptest::prop_assert_eq!(place, place.trim());
            }
        }
    }
}
