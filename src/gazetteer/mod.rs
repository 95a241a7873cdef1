//! The administrative places of Vietnam, as versions through time.
//!
//! Owns the list of 30 June 2025, the list of 1 July 2025 with old to new, and what both
//! miss: `data/` holds them, `convert.py` made the two lists, `changes.csv` and
//! `variants.csv` are kept by hand. Promises that a place has one path, that no two paths
//! are equal, and that a path depends on this data alone, never on a site's content.
//! Refuses to choose: `named` gives every candidate, and which one an article means is
//! decided in `archive`. Hamlets are not here; a site may add them.
//!
//! A *place* is one page at one path, a *record* one version of it. Three rules say what
//! is a place of its own:
//! - A province that keeps its name through the reform is one place with two records
//!   (their codes differ: Lào Cai is 10, then 15). Every other unit of the new list is a
//!   new place, though an old one bore its name and code.
//! - A change of type, name or parent alone is an earlier record of the same place, whose
//!   path stays that of the list of 30 June 2025 (thị xã Bến Cát is at `thanh-pho-ben-cat`).
//! - A unit abolished before that list (Quận 2) is a place with one record. It never
//!   changes a listed address: where its path is taken, the year it ended is added
//!   (`phuong-10-2020`), or `-cu` if that is unknown, then `-2`, `-3` ….
//!
//! Siblings of one list whose typed slugs are equal (Hoằng Thành, Hoằng Thanh: 30 pairs)
//! all end in their official code.
//!
//! Read `Gazetteer` first, then `load`.

mod load;

use std::sync::OnceLock;

use crate::vi::date::Day;

/// The level of a place in the hierarchy of its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Quận, huyện, thị xã, thành phố thuộc tỉnh: until 30 June 2025.
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
}

/// Before or after the reform of 1 July 2025. Official codes are unique within an era only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// Until 30 June 2025.
    Old,
    /// From 1 July 2025.
    New,
}

/// The type word of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Tỉnh.
    Tinh,
    /// Thành phố: of the centre, of a province or of another city.
    ThanhPho,
    /// Quận.
    Quan,
    /// Huyện.
    Huyen,
    /// Thị xã.
    ThiXa,
    /// Xã.
    Xa,
    /// Phường.
    Phuong,
    /// Thị trấn.
    ThiTran,
    /// Đặc khu: from 1 July 2025.
    DacKhu,
}

impl Kind {
    /// Every kind, in the order of declaration.
    pub const ALL: [Kind; 9] = [
        Kind::Tinh,
        Kind::ThanhPho,
        Kind::Quan,
        Kind::Huyen,
        Kind::ThiXa,
        Kind::Xa,
        Kind::Phuong,
        Kind::ThiTran,
        Kind::DacKhu,
    ];

    /// The type word in lower case, e.g. "thị xã".
    pub fn word(self) -> &'static str {
        match self {
            Kind::Tinh => "tỉnh",
            Kind::ThanhPho => "thành phố",
            Kind::Quan => "quận",
            Kind::Huyen => "huyện",
            Kind::ThiXa => "thị xã",
            Kind::Xa => "xã",
            Kind::Phuong => "phường",
            Kind::ThiTran => "thị trấn",
            Kind::DacKhu => "đặc khu",
        }
    }
}

/// One place, for as long as the process lives. Dense: `index()` is a position in a list
/// of `Gazetteer::len()`. Ordered as the lists are: old list by level and code, new list
/// by code, abolished units as in `changes.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(u32);

impl PlaceId {
    /// Its position among all places, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A place: one page, one path, one or more versions.
#[derive(Debug)]
pub struct Place {
    /// The same for all of its records.
    pub level: Level,
    /// Typed slugs joined by `/`, largest first: `tinh-soc-trang/huyen-my-xuyen`. ASCII,
    /// lower case, no extension, never changed by a later record.
    pub path: &'static str,
    /// Oldest first; at least one. A record is continued by the next one.
    pub records: &'static [Record],
}

/// One version of a place: what it was called, and what it belonged to, for a time.
#[derive(Debug)]
pub struct Record {
    /// Which of the two systems it is of.
    pub era: Era,
    /// The type word of `name`.
    pub kind: Kind,
    /// The official code, unique within an era among listed units; two digits for a
    /// province, three for a district, five for a commune. `None` for an abolished unit:
    /// its code may since have been given to another.
    pub code: Option<&'static str>,
    /// The full name, NFC: "Huyện Mỹ Xuyên", "Quận 11".
    pub name: &'static str,
    /// The name without the type word: "Mỹ Xuyên", "11". A slice of `name`.
    pub short: &'static str,
    /// The province of a district or of a commune from 1 July 2025; the district of an
    /// older commune.
    pub parent: Option<PlaceId>,
    /// First day, if known to have begun within the time of this data.
    pub from: Option<Day>,
    /// Last day. `None` if it still is, or (`Era::Old`, not listed) if the day is unknown.
    pub to: Option<Day>,
    /// Which places took over its territory, in the order of ids; the next record of the
    /// same place is not among them. Those of a district are those of its communes.
    pub successors: &'static [Successor],
    /// Which places were merged or divided into it, in the order of ids; the reverse of
    /// `successors`, without districts whose communes are here.
    pub predecessors: &'static [Predecessor],
}

/// A place that took over territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Successor {
    /// Which place.
    pub place: PlaceId,
    /// Only a part of the former unit went there. Never set for the successors of a
    /// district, of which several are the rule.
    pub part: bool,
}

/// A place whose territory was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Predecessor {
    /// Which place.
    pub place: PlaceId,
    /// Only a part of it came.
    pub part: bool,
}

impl Place {
    /// The newest record.
    pub fn last(&self) -> &Record {
        &self.records[self.records.len() - 1]
    }

    /// Whether the place still is one: its newest record is of the new list.
    pub fn is_current(&self) -> bool {
        self.last().era == Era::New
    }

    /// The record valid on `day`: the last one that had begun, unless it had ended. A day
    /// of which only month or year is known counts as its first.
    pub fn on(&self, day: Day) -> Option<&Record> {
        let day = day.first_day();
        self.records
            .iter()
            .rfind(|record| record.from.is_none_or(|from| from.first_day() <= day))
            .filter(|record| record.to.is_none_or(|to| day <= to.last_day()))
    }
}

/// All places, built on first use from text inside the binary; under 5 MB. The strings it
/// hands out live as long as the process.
pub struct Gazetteer {
    places: Box<[Place]>,
    /// Every province: first those of the old list, then the abolished ones.
    roots: Box<[PlaceId]>,
    /// The new list by level and code.
    new_codes: Box<[(&'static str, PlaceId)]>,
    /// Length of the old list, whose places come first, by level and code.
    old: usize,
    /// `children_of[i]..children_of[i + 1]` are the positions in `children` of place `i`.
    children_of: Box<[u32]>,
    children: Box<[PlaceId]>,
    /// Folded short names and variants with their kind, sorted; `named` runs beside it.
    names: Box<[(&'static str, Kind)]>,
    named: Box<[(PlaceId, u8)]>,
    centres: Box<[Option<(f32, f32)>]>,
}

impl Gazetteer {
    /// The gazetteer; the first call builds it in about 20 ms, later ones are free.
    pub fn get() -> &'static Gazetteer {
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        // The data is part of the binary, and the tests build it: it cannot be wrong here.
        GAZETTEER.get_or_init(|| load::load().expect("the built-in gazetteer is well formed"))
    }

    /// How many places there are; every `PlaceId` is below it.
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The place at `index`, which is `PlaceId::index` of its id.
    pub fn nth(&self, index: usize) -> Option<PlaceId> {
        (index < self.places.len()).then_some(PlaceId(index as u32))
    }

    /// The place. O(1).
    pub fn place(&self, id: PlaceId) -> &Place {
        &self.places[id.index()]
    }

    /// Every place, in the order of ids.
    pub fn places(&self) -> impl Iterator<Item = PlaceId> + use<> {
        (0..self.places.len() as u32).map(PlaceId)
    }

    /// The 63 provinces of the old list, by code; 34 of them have a record of each era.
    pub fn provinces(&self) -> &[PlaceId] {
        &self.roots[..self.roots.partition_point(|id| id.index() < self.old)]
    }

    /// The places that have `id` as the parent of any of their records, of both eras, in
    /// the order of ids: by official code, old list first, abolished units last. Not sorted
    /// by name.
    pub fn children(&self, id: PlaceId) -> &[PlaceId] {
        let range = &self.children_of[id.index()..id.index() + 2];
        &self.children[range[0] as usize..range[1] as usize]
    }

    /// The listed unit with this official code; codes are reused across the reform.
    pub fn by_code(&self, era: Era, code: &str) -> Option<PlaceId> {
        let key = (code.len(), code);
        match era {
            Era::Old => self.places[..self.old]
                .binary_search_by_key(&key, |place| by_level(listed_code(place)))
                .ok()
                .map(|index| PlaceId(index as u32)),
            Era::New => self
                .new_codes
                .binary_search_by_key(&key, |&(code, _)| by_level(code))
                .ok()
                .map(|index| self.new_codes[index].1),
        }
    }

    /// The place at this path, without slash or extension at the end. A walk from the
    /// province down: about 1 µs.
    pub fn by_path(&self, path: &str) -> Option<PlaceId> {
        let mut ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        let first = &path[..ends.next()?];
        let mut found = self.find(&self.roots, first)?;
        for end in ends {
            found = self.find(self.children(found), &path[..end])?;
        }
        Some(found)
    }

    fn find(&self, among: &[PlaceId], path: &str) -> Option<PlaceId> {
        among.iter().copied().find(|&id| self.place(id).path == path)
    }

    /// Every record (place, index in `Place::records`) of which `key` is the short name,
    /// the full name or a variant of either, in the order of kind, then of ids. `key` must
    /// be folded (`vi::fold`). Leading zeros of a numbered unit do not matter ("quận 05").
    /// Two binary searches, under 1 µs; no allocation.
    pub fn named(&self, key: &str) -> &[(PlaceId, u8)] {
        for (kind, word) in load::folded_words() {
            if let Some(short) = key.strip_prefix(word.as_str()).and_then(|rest| rest.strip_prefix(' ')) {
                let found = (without_zeros(short), *kind);
                let start = self.names.partition_point(|name| *name < found);
                let end = self.names.partition_point(|name| *name <= found);
                if start < end {
                    return &self.named[start..end];
                }
            }
        }
        // Also for what only looks like a full name: the ward Phường Phường Đúc.
        let key = without_zeros(key);
        let start = self.names.partition_point(|&(name, _)| name < key);
        let end = self.names.partition_point(|&(name, _)| name <= key);
        &self.named[start..end]
    }

    /// Every folded short name and variant once, in byte order, with what `named` would
    /// give for it: for an automaton over the names. A full name is a type word
    /// (`Kind::word`, folded), a space and a key of which a record has that kind.
    pub fn names(&self) -> impl Iterator<Item = (&'static str, &[(PlaceId, u8)])> {
        self.names.chunk_by(|a, b| a.0 == b.0).scan(0, |start, chunk| {
            let range = *start..*start + chunk.len();
            *start = range.end;
            Some((chunk[0].0, &self.named[range]))
        })
    }

    /// Whether `place` is `ancestor` or lies within it by any of its records: a unit of
    /// 2025 is within its new province only, Thảo Điền within Quận 2 and Thủ Đức.
    pub fn is_within(&self, place: PlaceId, ancestor: PlaceId) -> bool {
        place == ancestor
            || self
                .place(place)
                .records
                .iter()
                .any(|record| record.parent.is_some_and(|parent| self.is_within(parent, ancestor)))
    }

    /// Latitude and longitude in degrees. A unit of 2025 stands at its centre point; an
    /// older one at the mean of the communes that took over its territory.
    pub fn centre(&self, id: PlaceId) -> Option<(f32, f32)> {
        self.centres[id.index()]
    }
}

fn by_level(code: &str) -> (usize, &str) {
    (code.len(), code)
}

/// The code in the old list of a place of that list: its last record of that era has it.
fn listed_code(place: &Place) -> &'static str {
    place.records.iter().rfind(|record| record.era == Era::Old).and_then(|record| record.code).unwrap_or("")
}

fn without_zeros(short: &str) -> &str {
    match short.bytes().all(|byte| byte.is_ascii_digit()) {
        true => short.trim_start_matches('0'),
        false => short,
    }
}

#[cfg(test)]
mod tests;
