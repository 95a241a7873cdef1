//! Stubs: documents that articles cite by number and nobody has described yet.
//!
//! Citations of one owner and number are one document, or one for each term (Party) or year
//! (State) that they tell; a citation that tells none joins the only one there is. The id of
//! a stub is made of owner, number and, where two fit or the State counts by years, of term
//! or year: `01-kl-tw`, `749-qd-ttg-2020`, `tinh-soc-trang-10-nq-tu`.
//!
//! Invariant: every id made here is one that `is_stub_id` knows again, so that an address
//! that was published once can be answered from the address alone, whatever is found later.
//! Records and former addresses go before: a stub never takes theirs.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::directive::{Authority, authority, is_of};
use crate::archive::names::{DirectiveName, NamedDirective, Names};
use crate::archive::places::PlaceKey;
use crate::archive::{DirectiveId, Kept};
use crate::document::{Document, LONGEST_ID};
use crate::gazetteer::{Gazetteer, Level, PlaceId};
use crate::number::Number;
use crate::vi::{is_slug, slug};

/// A document that no file describes, as one article cites it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::archive) struct Citation {
    pub(super) owner: Owner,
    pub(super) cited: Cited,
    pub(super) edition: Edition,
    /// Its type word.
    pub(super) kind: Option<&'static str>,
}

/// What a document is cited by.
#[derive(Clone, Debug)]
pub(in crate::archive) enum Cited {
    /// Its number.
    Number(Number),
    /// Its plenum and term, or its year: nothing else is needed to tell it.
    Name(NamedDirective),
}

/// As written: a stub is called by its number as the first article spells it.
impl PartialEq for Cited {
    fn eq(&self, other: &Cited) -> bool {
        match (self, other) {
            (Cited::Number(a), Cited::Number(b)) => a == b && a.to_string() == b.to_string(),
            (Cited::Name(a), Cited::Name(b)) => a == b,
            (Cited::Number(_), Cited::Name(_)) | (Cited::Name(_), Cited::Number(_)) => false,
        }
    }
}

impl Citation {
    /// The id that its page has if no other document of that number is cited.
    pub(super) fn id(&self) -> Option<String> {
        let number = match &self.cited {
            Cited::Number(number) => number,
            Cited::Name(name) => return named_id(self.owner, *name),
        };
        let base = base_id(self.owner, number)?;
        Some(match self.edition {
            Edition::Year(year) => format!("{base}-{year}"),
            _ => base,
        })
    }
}

/// Whose document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::archive) enum Owner {
    /// The centre's.
    Centre,
    /// A place's.
    Place(PlaceKey),
}

/// Which of the documents of one owner and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::archive) enum Edition {
    /// Nothing tells.
    Unknown,
    /// That of a term of the owner's congress.
    Term(u8),
    /// That of the five years from this one, the term of a local committee.
    From(u16),
    /// That of a year.
    Year(u16),
}

impl Edition {
    /// Whether a record may be the one that is meant.
    pub(super) fn allows(self, name: &DirectiveName) -> bool {
        match self {
            Edition::Unknown => true,
            Edition::Year(year) => name.year.is_none_or(|own| own == year),
            Edition::Term(term) => name.term.is_none_or(|own| own == term),
            Edition::From(year) => {
                let own = name.day.and_then(|day| super::directive::local_term(day.year));
                own.is_none_or(|own| own == year)
            }
        }
    }

    /// The term, where that is known by its number.
    pub(in crate::archive) fn term(self) -> Option<u8> {
        match self {
            Edition::Term(term) => Some(term),
            _ => None,
        }
    }

    /// What a reader tells it from others by, behind its number.
    pub(in crate::archive) fn words(self, number: &Number) -> String {
        match self {
            Edition::Unknown => String::new(),
            Edition::Term(term) => format!(" (khóa {})", roman(term)),
            Edition::From(year) => format!(" (nhiệm kỳ {year}–{})", year + 5),
            Edition::Year(_) if number.year().is_some() => String::new(),
            Edition::Year(year) => format!(" năm {year}"),
        }
    }

    /// What an id ends in to tell it from others.
    fn suffix(self) -> Option<String> {
        match self {
            Edition::Unknown => None,
            Edition::Term(term) => Some(term.to_string()),
            Edition::From(year) => Some(format!("{year}-{}", year + 5)),
            Edition::Year(year) => Some(year.to_string()),
        }
    }
}

/// A stub.
#[derive(Debug)]
pub(in crate::archive) struct Stub {
    pub(in crate::archive) id: Box<str>,
    /// As cited; none of a document that has only a name.
    pub(in crate::archive) number: Option<Number>,
    /// The name of such a document.
    name: Option<NamedDirective>,
    /// "Kết luận".
    pub(in crate::archive) kind: Option<&'static str>,
    pub(in crate::archive) owner: Option<PlaceKey>,
    pub(in crate::archive) edition: Edition,
    /// The id says which of several documents of that number it is.
    pub(in crate::archive) is_told_apart: bool,
    /// Documents that its address may have meant, where nothing cites it any more.
    pub(in crate::archive) like: Vec<DirectiveId>,
}

/// All stubs of the archive.
#[derive(Default)]
pub(in crate::archive) struct Stubs {
    /// By id. The id of the first, as a directive, is the number of records.
    pub(in crate::archive) stubs: Vec<Stub>,
    /// Ids that records have taken over.
    pub(in crate::archive) redirects: BTreeMap<Box<str>, DirectiveId>,
    meant: BTreeMap<Key, BTreeMap<Edition, DirectiveId>>,
    named: BTreeMap<(Owner, NamedDirective), DirectiveId>,
}

impl Stub {
    /// What it is called in short: its number, or its name.
    pub(in crate::archive) fn label(&self) -> String {
        match (&self.number, self.name) {
            (Some(number), _) => number.to_string(),
            (None, Some(NamedDirective::Plenum(plenum, term))) => {
                format!("Nghị quyết Trung ương {plenum} khóa {}", roman(term))
            }
            (None, Some(NamedDirective::Conclusion(plenum, term))) => {
                format!("Kết luận Trung ương {plenum} khóa {}", roman(term))
            }
            (None, Some(NamedDirective::Theme(year))) => format!("Chuyên đề năm {year}"),
            (None, None) => self.id.to_string(),
        }
    }
}

/// Owner and number without its year.
type Key = (Owner, Number);

/// A stub while others are still made.
struct Made {
    stub: Stub,
    /// What it is cited by; none if it only answers at its address.
    key: Option<Key>,
    /// What it is cited by, if that is a name.
    named: Option<(Owner, NamedDirective)>,
    like: Vec<Fit>,
}

/// A document that an address may have meant.
enum Fit {
    Record(DirectiveId),
    Stub(Box<str>),
}

/// What the citations of one document say.
struct Group {
    number: Number,
    kind: Option<&'static str>,
}

impl Stubs {
    /// Makes stubs of all `citations`, in any order, and of the ids of the ledger.
    /// `documents` are all files: their former addresses are not free.
    pub(in crate::archive) fn gather<'c>(
        names: &Names,
        citations: impl Iterator<Item = &'c Citation>,
        documents: impl Iterator<Item = &'c Document>,
        kept: &Kept,
    ) -> Stubs {
        let former: HashSet<String> = documents
            .flat_map(|document| &document.old_addresses)
            .filter_map(|old| {
                let id = old.text.trim_start_matches('/').strip_prefix("van-ban/")?;
                Some(id.strip_suffix(".html")?.to_lowercase())
            })
            .collect();
        let is_free = |id: &str| names.directive_by_id(id).is_none() && !former.contains(id);
        let mut stubs = Stubs::default();
        let mut made: BTreeMap<Box<str>, Made> = BTreeMap::new();
        let (numbered, named): (Vec<&Citation>, Vec<&Citation>) =
            citations.partition(|citation| matches!(citation.cited, Cited::Number(_)));
        for (key, editions) in grouped(numbered.into_iter()) {
            let Some(base) = base_id(key.0, &key.1) else { continue };
            let several = editions.len() > 1 || !records(names, &key.1, key.0).is_empty();
            for (edition, group) in editions {
                let told_apart = edition.suffix().map(|suffix| format!("{base}-{suffix}"));
                let ids = match told_apart {
                    Some(id) if several || matches!(edition, Edition::Year(_)) => [Some(id), None],
                    other => [Some(base.clone()), other],
                };
                let mut ids = ids.into_iter().flatten();
                let free = ids.find(|id| is_free(id) && !made.contains_key(&**id) && is_stub_id(id));
                let Some(id) = free else {
                    stubs.give_to_record(names, &base, &key, edition);
                    continue;
                };
                let stub = Stub {
                    is_told_apart: id != base,
                    id: id.clone().into(),
                    kind: kind_of(&group.number).or(group.kind),
                    number: Some(group.number),
                    name: None,
                    owner: owner_place(key.0),
                    edition,
                    like: Vec::new(),
                };
                made.insert(id.into(), Made { stub, key: Some(key.clone()), named: None, like: Vec::new() });
            }
        }
        for citation in named {
            let Cited::Name(name) = citation.cited else { continue };
            let Some(id) = named_id(citation.owner, name) else { continue };
            let key = (citation.owner, name);
            if let Some(record) = names.directive_by_id(&id) {
                // A record whose file is called so is the document.
                stubs.named.insert(key, record);
            } else if is_free(&id) {
                let stub = Stub::named(&id, citation.owner, name);
                made.entry(id.into()).or_insert(Made { stub, key: None, named: Some(key), like: Vec::new() });
            }
        }
        stubs.take_over(names, &made, &is_free);
        let led = stubs.keep(names, &mut made, &is_free, kept);
        let ids: BTreeMap<Box<str>, DirectiveId> = (names.directives.len() as u32..)
            .zip(made.keys())
            .map(|(index, id)| (id.clone(), DirectiveId(index)))
            .collect();
        let id_of = |fit: Fit| match fit {
            Fit::Record(id) => id,
            Fit::Stub(id) => ids[&id],
        };
        stubs.redirects.extend(led.into_iter().map(|(id, fit)| (id, id_of(fit))));
        for (id, Made { mut stub, key, named, like }) in made {
            if let Some(named) = named {
                stubs.named.insert(named, ids[&id]);
            }
            if let Some(key) = key {
                stubs.meant.entry(key).or_default().insert(stub.edition, ids[&id]);
            }
            stub.like = like.into_iter().map(id_of).collect();
            stubs.stubs.push(stub);
        }
        stubs
    }

    /// The directive that a citation means.
    pub(in crate::archive) fn of(&self, citation: &Citation) -> Option<DirectiveId> {
        let number = match &citation.cited {
            Cited::Number(number) => number.without_year(),
            Cited::Name(name) => return self.named.get(&(citation.owner, *name)).copied(),
        };
        let editions = self.meant.get(&(citation.owner, number))?;
        match (editions.get(&citation.edition), citation.edition) {
            (Some(id), _) => Some(*id),
            (None, Edition::Unknown) if editions.len() == 1 => editions.values().next().copied(),
            _ => None,
        }
    }

    /// A record whose file is called like the stub is the document, unless it says that it is
    /// another.
    fn give_to_record(&mut self, names: &Names, base: &str, key: &Key, edition: Edition) {
        let Some(id) = names.directive_by_id(base) else { return };
        let name = &names.directives[id.index()];
        let same = name.number.as_ref().is_none_or(|number| number.without_year() == key.1);
        if same && edition.allows(name) {
            self.meant.entry(key.clone()).or_default().insert(edition, id);
        }
    }

    /// The id that each record would have as a stub leads to it, where it is no other's.
    fn take_over(&mut self, names: &Names, made: &BTreeMap<Box<str>, Made>, is_free: &dyn Fn(&str) -> bool) {
        let mut claimed: BTreeMap<String, Vec<DirectiveId>> = BTreeMap::new();
        for (index, name) in names.directives.all().iter().enumerate() {
            let Some(number) = &name.number else { continue };
            let owner = match (name.owner, authority(number)) {
                (Some(place), _) => Owner::Place(place),
                (None, Authority::Centre) => Owner::Centre,
                (None, _) => continue,
            };
            let Some(mut id) = base_id(owner, number) else { continue };
            if let Some(year) = name.year.filter(|_| !number.is_party()) {
                id += &format!("-{year}");
            }
            claimed.entry(id).or_default().push(DirectiveId(index as u32));
        }
        for (name, records) in names.all_named_directives() {
            for id in records {
                let owner = names.directives[id.index()].owner.map_or(Owner::Centre, Owner::Place);
                if let Some(own) = named_id(owner, name) {
                    claimed.entry(own).or_default().push(id);
                }
            }
        }
        for (id, records) in claimed {
            if let [record] = records.as_slice()
                && is_free(&id)
                && is_stub_id(&id)
                && !made.contains_key(&*id)
            {
                self.redirects.insert(id.into(), *record);
            }
        }
    }

    /// Makes every id of the ledger answer: it leads to the one document that it may have
    /// meant, which is given back, else it becomes a stub that nothing cites.
    fn keep(
        &mut self,
        names: &Names,
        made: &mut BTreeMap<Box<str>, Made>,
        is_free: &dyn Fn(&str) -> bool,
        kept: &Kept,
    ) -> Vec<(Box<str>, Fit)> {
        if kept.stubs.is_empty() {
            return Vec::new();
        }
        let mut numbered: HashMap<String, (Vec<DirectiveId>, Vec<&Stub>)> = HashMap::new();
        for (index, name) in names.directives.all().iter().enumerate() {
            if let Some(number) = &name.number {
                numbered.entry(number_slug(number)).or_default().0.push(DirectiveId(index as u32));
            }
        }
        for other in made.values() {
            if let Some(number) = &other.stub.number {
                numbered.entry(number_slug(number)).or_default().1.push(&other.stub);
            }
        }
        let mut led = Vec::new();
        let mut empty = Vec::new();
        for id in &kept.stubs {
            if made.contains_key(id) || self.redirects.contains_key(id) || !is_free(id) {
                continue;
            }
            if let Some((owner, name)) = read_named(id) {
                let stub = Stub::named(id, owner, name);
                empty.push(Made { stub, key: None, named: None, like: Vec::new() });
                continue;
            }
            let Some(parsed) = Parsed::read(id) else { continue };
            let Some(number) = Number::parse(&parsed.label()) else { continue };
            let mut like = Vec::new();
            if let Some((records, stubs)) = numbered.get(parsed.number) {
                let fits = |id: &&DirectiveId| {
                    let name = &names.directives[id.index()];
                    is_of(name, &number, parsed.owner, &names.places) && parsed.edition.allows(name)
                };
                let same = |stub: &&&Stub| {
                    stub.owner == owner_place(parsed.owner)
                        && (parsed.edition == Edition::Unknown || parsed.edition == stub.edition)
                };
                like.extend(records.iter().filter(fits).map(|id| Fit::Record(*id)));
                like.extend(stubs.iter().filter(same).map(|stub| Fit::Stub(stub.id.clone())));
            }
            if let [_] = like.as_slice() {
                led.extend(like.into_iter().map(|fit| (id.clone(), fit)));
                continue;
            }
            let stub = Stub {
                id: id.clone(),
                kind: kind_of(&number),
                number: Some(number),
                name: None,
                owner: owner_place(parsed.owner),
                is_told_apart: parsed.edition != Edition::Unknown,
                edition: parsed.edition,
                like: Vec::new(),
            };
            empty.push(Made { stub, key: None, named: None, like });
        }
        made.extend(empty.into_iter().map(|empty| (empty.stub.id.clone(), empty)));
        led
    }
}

/// A number from 1 in Roman numerals.
pub(super) fn roman(number: u8) -> String {
    const SIGNS: [(u8, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut rest = number;
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            written.push_str(sign);
            rest -= value;
        }
    }
    written
}

/// Citations by owner and number, then by edition. One that tells no edition joins the only
/// one there is.
fn grouped<'c>(citations: impl Iterator<Item = &'c Citation>) -> BTreeMap<Key, BTreeMap<Edition, Group>> {
    let mut all: BTreeMap<Key, BTreeMap<Edition, Group>> = BTreeMap::new();
    for citation in citations {
        let Cited::Number(number) = &citation.cited else { continue };
        let editions = all.entry((citation.owner, number.without_year())).or_default();
        let group = editions
            .entry(citation.edition)
            .or_insert_with(|| Group { number: number.clone(), kind: citation.kind });
        // The least of what is written, so that the order of articles does not matter.
        let written = |number: &Number| (std::cmp::Reverse(number.year().is_some()), number.to_string());
        if written(number) < written(&group.number) {
            group.number = number.clone();
        }
        group.kind = match (group.kind, citation.kind) {
            (Some(own), Some(other)) => Some(own.min(other)),
            (own, other) => own.or(other),
        };
    }
    for editions in all.values_mut() {
        if editions.len() == 2 {
            editions.remove(&Edition::Unknown);
        }
    }
    all
}

/// Records of that owner and number, of any edition.
fn records(names: &Names, number: &Number, owner: Owner) -> Vec<DirectiveId> {
    let of = |id: &DirectiveId| is_of(&names.directives[id.index()], number, owner, &names.places);
    names.editions(number).iter().copied().filter(of).collect()
}

fn owner_place(owner: Owner) -> Option<PlaceKey> {
    match owner {
        Owner::Centre => None,
        Owner::Place(place) => Some(place),
    }
}

/// Owner and number, as an id has them. `None` for a place that is not of the gazetteer.
fn base_id(owner: Owner, number: &Number) -> Option<String> {
    let number = number_slug(number);
    let Owner::Place(place) = owner else { return Some(number) };
    let gazetteer = Gazetteer::get();
    let place = gazetteer.place(gazetteer.nth(place.0 as usize)?);
    Some(format!("{}-{number}", place.path.replace('/', "-")))
}

impl Stub {
    /// The stub of a document that has only a name.
    fn named(id: &str, owner: Owner, name: NamedDirective) -> Stub {
        let (kind, edition) = match name {
            NamedDirective::Plenum(_, term) => ("Nghị quyết", Edition::Term(term)),
            NamedDirective::Conclusion(_, term) => ("Kết luận", Edition::Term(term)),
            NamedDirective::Theme(year) => ("Chuyên đề", Edition::Year(year)),
        };
        Stub {
            id: id.into(),
            number: None,
            name: Some(name),
            kind: Some(kind),
            owner: owner_place(owner),
            edition,
            is_told_apart: false,
            like: Vec::new(),
        }
    }
}

/// How the ids of plenum resolutions and of yearly themes are made.
const PLENUMS: [&str; 2] = ["nghi-quyet-trung-uong-", "ket-luan-trung-uong-"];
const TERM: &str = "-khoa-";
const THEME: &str = "chuyen-de-";

/// The id of a document that has only a name: `nghi-quyet-trung-uong-4-khoa-12`,
/// `tinh-soc-trang-chuyen-de-2022`. `None` for a theme of the centre.
fn named_id(owner: Owner, name: NamedDirective) -> Option<String> {
    match (name, owner) {
        (NamedDirective::Plenum(plenum, term), Owner::Centre) => {
            Some(format!("{}{plenum}{TERM}{term}", PLENUMS[0]))
        }
        (NamedDirective::Conclusion(plenum, term), Owner::Centre) => {
            Some(format!("{}{plenum}{TERM}{term}", PLENUMS[1]))
        }
        (NamedDirective::Theme(year), Owner::Place(place)) => {
            let gazetteer = Gazetteer::get();
            let place = gazetteer.place(gazetteer.nth(place.0 as usize)?);
            Some(format!("{}-{THEME}{year}", place.path.replace('/', "-")))
        }
        _ => None,
    }
}

/// The reverse of `named_id`.
fn read_named(id: &str) -> Option<(Owner, NamedDirective)> {
    let named = if let Some((place, year)) = id.split_once(&format!("-{THEME}")) {
        // Themes are of provinces, whose paths have no slash.
        let place = Gazetteer::get().by_path(place)?;
        let year: u16 = year.parse().ok().filter(|year| (1900..2200).contains(year))?;
        (Owner::Place(PlaceKey(place.index() as u32)), NamedDirective::Theme(year))
    } else {
        let (at, rest) =
            PLENUMS.iter().enumerate().find_map(|(at, head)| Some((at, id.strip_prefix(head)?)))?;
        let (plenum, term) = rest.split_once(TERM)?;
        let (plenum, term) = (plenum.parse().ok()?, term.parse().ok()?);
        (Owner::Centre, [NamedDirective::Plenum, NamedDirective::Conclusion][at](plenum, term))
    };
    // One spelling of each: no leading zeros.
    (named_id(named.0, named.1).as_deref() == Some(id)).then_some(named)
}

/// `01-kl-tw`, without a year.
fn number_slug(number: &Number) -> String {
    format!("{}-{}", slug(&number.serial()), slug(number.symbol()))
}

/// Types of documents: as in symbols, in ids, and as a word.
const TYPES: [(&str, &str, &str); 30] = [
    ("KL", "kl", "Kết luận"),
    ("CT", "ct", "Chỉ thị"),
    ("NQ", "nq", "Nghị quyết"),
    ("QĐ", "qd", "Quyết định"),
    ("QĐI", "qdi", "Quy định"),
    ("QYĐ", "qyd", "Quy định"),
    ("QC", "qc", "Quy chế"),
    ("HD", "hd", "Hướng dẫn"),
    ("KH", "kh", "Kế hoạch"),
    ("TB", "tb", "Thông báo"),
    ("BC", "bc", "Báo cáo"),
    ("CTR", "ctr", "Chương trình"),
    ("CTHĐ", "cthd", "Chương trình hành động"),
    ("ĐA", "da", "Đề án"),
    ("TTR", "ttr", "Tờ trình"),
    ("CV", "cv", "Công văn"),
    ("CĐ", "cd", "Công điện"),
    ("TTRI", "ttri", "Thông tri"),
    ("NĐ", "nd", "Nghị định"),
    ("TT", "tt", "Thông tư"),
    ("TTLT", "ttlt", "Thông tư liên tịch"),
    ("NQLT", "nqlt", "Nghị quyết liên tịch"),
    ("L", "l", "Luật"),
    ("LCT", "lct", "Lệnh"),
    ("PL", "pl", "Pháp lệnh"),
    ("SL", "sl", "Sắc lệnh"),
    ("VBHN", "vbhn", "Văn bản hợp nhất"),
    ("QH", "qh", "Luật"),
    ("UBTVQH", "ubtvqh", "Pháp lệnh"),
    ("UBND", "ubnd", "Công văn"),
];

/// The type word that the symbol of a number stands for, where it stands for one only.
pub fn kind_of(number: &Number) -> Option<&'static str> {
    let symbol = number.symbol();
    let first = symbol.split(['-', '/']).next()?;
    // In the Party QĐ is Quyết định or Quy định; what the National Assembly and its
    // committee number are laws, resolutions and ordinances.
    if (first == "QĐ" && number.is_party()) || first.contains("QH") {
        return None;
    }
    TYPES.iter().find(|(own, ..)| *own == first).map(|(.., kind)| *kind)
}

/// Whether `id` is one that a stub may have: number, symbol and year or term, behind the
/// path of a place of the gazetteer.
pub fn is_stub_id(id: &str) -> bool {
    id.len() <= LONGEST_ID && is_slug(id) && (read_named(id).is_some() || Parsed::read(id).is_some())
}

/// An id of a stub taken apart.
struct Parsed<'i> {
    owner: Owner,
    /// `01-kl-tw`
    number: &'i str,
    edition: Edition,
}

impl<'i> Parsed<'i> {
    fn read(id: &'i str) -> Option<Parsed<'i>> {
        if id.starts_with(|c: char| c.is_ascii_digit()) {
            return Parsed::of(Owner::Centre, id);
        }
        let gazetteer = Gazetteer::get();
        let provinces = gazetteer.places().filter(|&id| gazetteer.place(id).level == Level::Province);
        let mut pending: Vec<PlaceId> = provinces.collect();
        while let Some(place) = pending.pop() {
            let path = gazetteer.place(place).path.replace('/', "-");
            let Some(rest) = id.strip_prefix(&path).and_then(|rest| rest.strip_prefix('-')) else { continue };
            if let Some(parsed) = Parsed::of(Owner::Place(PlaceKey(place.index() as u32)), rest) {
                return Some(parsed);
            }
            pending.extend(gazetteer.children(place));
        }
        None
    }

    fn of(owner: Owner, rest: &'i str) -> Option<Parsed<'i>> {
        let words: Vec<&str> = rest.split('-').collect();
        let (serial, symbol) = words.split_first()?;
        let (first, more) = symbol.split_first()?;
        let digits = serial.bytes().take_while(u8::is_ascii_digit).count();
        let is_serial = (2..=6).contains(&digits) && serial.len() <= digits + 2;
        let kind = first.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_type =
            TYPES.iter().any(|(_, own, _)| *own == kind) && (kind == *first || kind.ends_with("qh"));
        let is_number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
        let numbers = more.iter().rev().take_while(|word| is_number(word)).count();
        let (letters, numbers) = more.split_at(more.len() - numbers);
        if !is_serial
            || !is_type
            || letters.iter().any(|word| !word.starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            return None;
        }
        let year = |word: &str| word.parse().ok().filter(|year| (1900..2200).contains(year));
        let edition = match numbers {
            [] => Edition::Unknown,
            [term] if term.len() <= 2 => Edition::Term(term.parse().ok().filter(|term| *term > 0)?),
            [only] => Edition::Year(year(only)?),
            [from, to] if year(to)? == year(from)? + 5 => Edition::From(year(from)?),
            _ => return None,
        };
        let tail: usize = numbers.iter().map(|word| word.len() + 1).sum();
        Some(Parsed { owner, number: &rest[..rest.len() - tail], edition })
    }

    /// The number as it may have been printed: `01-KL/TW`, `749/QĐ-TTg`. Letters that an id
    /// does not tell apart are those of the usual symbols.
    fn label(&self) -> String {
        let words: Vec<&str> = self.number.split('-').collect();
        let written = |word: &&str| match *word {
            "ttg" => "TTg".to_owned(),
            "ctr" => "CTr".to_owned(),
            "qdi" => "QĐi".to_owned(),
            "ttr" => "TTr".to_owned(),
            "hdnd" => "HĐND".to_owned(),
            "du" => "ĐU".to_owned(),
            word => match TYPES.iter().find(|(_, own, _)| *own == word) {
                Some((symbol, ..)) => (*symbol).to_owned(),
                None => word.to_uppercase(),
            },
        };
        let serial = words[0].to_uppercase();
        let symbol: Vec<String> = words[1..].iter().map(written).collect();
        let party = words.last().is_some_and(|body| {
            body.ends_with("tw")
                || body.ends_with("tu")
                || matches!(*body, "hu" | "qu" | "txu" | "du" | "duk")
        });
        match party {
            true => format!("{serial}-{}", symbol.join("/")),
            false => format!("{serial}/{}", symbol.join("-")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Edition, Owner, Parsed, base_id, is_stub_id, number_slug};
    use crate::number::Number;

    #[test]
    fn an_id_is_known_again_and_gives_back_its_number() {
        for (id, number, edition, label) in [
            ("01-kl-tw", "01-kl-tw", Edition::Unknown, "01-KL/TW"),
            ("01-kl-tw-13", "01-kl-tw", Edition::Term(13), "01-KL/TW"),
            ("749-qd-ttg-2020", "749-qd-ttg", Edition::Year(2020), "749/QĐ-TTg"),
            ("tinh-soc-trang-10-nq-tu", "10-nq-tu", Edition::Unknown, "10-NQ/TU"),
            ("tinh-soc-trang-10-nq-tu-2015-2020", "10-nq-tu", Edition::From(2015), "10-NQ/TU"),
            ("tinh-soc-trang-huyen-my-xuyen-05-ct-hu", "05-ct-hu", Edition::Unknown, "05-CT/HU"),
            ("753a-qd-ubnd", "753a-qd-ubnd", Edition::Unknown, "753A/QĐ-UBND"),
            ("31-qh15-2024", "31-qh15", Edition::Year(2024), "31/QH15"),
        ] {
            let parsed = Parsed::read(id).unwrap_or_else(|| panic!("{id} is one"));
            assert_eq!((parsed.number, parsed.edition, &*parsed.label()), (number, edition, label), "{id}");
            assert_eq!(number_slug(&Number::parse(label).expect(label)), number);
        }
    }

    #[test]
    fn documents_that_have_only_a_name_have_ids_too() {
        for id in [
            "nghi-quyet-trung-uong-4-khoa-12",
            "ket-luan-trung-uong-4-khoa-13",
            "tinh-soc-trang-chuyen-de-2022",
        ] {
            assert!(is_stub_id(id), "{id}");
        }
    }

    #[test]
    fn ids_that_editors_choose_are_none_of_stubs() {
        for id in [
            "chuyen-de-2022-soc-trang",
            "kl",
            "10-nam-ct-05",
            "05",
            "tinh-soc-trang",
            "2022",
            "1-kl-tw",
            "01-kl-tw-0",
            "01-kl-tw/trang-1",
            "nghi-quyet-trung-uong-04-khoa-12",
            "nghi-quyet-trung-uong-4",
            "chuyen-de-2022",
        ] {
            assert!(!is_stub_id(id), "{id}");
        }
    }

    #[test]
    fn a_year_in_a_number_is_no_part_of_its_id() {
        let base = |text| base_id(Owner::Centre, &Number::parse(text).expect(text)).expect("an id");
        assert_eq!(base("100/2019/NĐ-CP"), "100-nd-cp");
        assert_eq!(base("1-KL/TW"), "01-kl-tw");
    }

    proptest::proptest! {
        /// Law: what a number makes is known again; no text makes the reader fail.
        #[test]
        fn reading_an_id_never_fails(id in "[a-z0-9-]{0,40}", number in "[0-9]{1,4}[A-Z]?-(KL|NQ|CT)/(TW|TU|HU)") {
            is_stub_id(&id);
            let id = base_id(Owner::Centre, &Number::parse(&number).expect("a number")).expect("an id");
            proptest::prop_assert!(is_stub_id(&id), "{}", id);
        }
    }
}
