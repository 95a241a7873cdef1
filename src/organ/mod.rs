//! The organs of localities: the first half of a unit's name.
//!
//! A unit is an organ and a place ("Huyện ủy" + "Mỹ Xuyên"). This module owns the
//! list of organs (`organs.csv`, embedded), reads the organ off the front of a
//! name, and writes a unit's official name. Names compare word by word under
//! `vi::fold`; punctuation between words and the word "và" do not count, so
//! "Sở TN&MT", "Sở TN-MT" and "Sở TN và MT" are one.
//!
//! Not here: whether the place exists, and which one is meant (`gazetteer`,
//! `archive`); posts ("Bí thư Tỉnh ủy", "Tỉnh ủy viên"), plurals ("các tỉnh ủy") and
//! bodies of the centre are no units and read as nothing, or with a place that no
//! gazetteer has. Courts and procuracies of a *khu vực* (from 1 July 2025) have no
//! administrative place and need a file of their own.
//!
//! Columns of `organs.csv`; lists are separated by `|`:
//!
//! | column | holds |
//! |---|---|
//! | id | the slug in addresses |
//! | name | as printed in the official name of a unit |
//! | aliases | other names; `[x]` may be left out, `!x` counts only before a type word ("Đoàn xã", never "Đoàn Văn") |
//! | form | how the name is joined to the place: see [`Form`] |
//! | levels, kinds | the places it takes: levels tỉnh, huyện, xã; all their kinds if kinds is empty |
//! | parents | the organs it may belong to, told apart by the kind of place |
//! | page | own, or parent: named as it is, but leads to the parent's page |
//! | from, to | first and last year, month or day, as precise as it holds for the whole country; `huyện:` before a day ends that level only |
//! | successor | the organ that took over |
//! | source | the document that says so; never empty where there is a date or successor |

mod name;

use std::{collections::HashMap, sync::LazyLock};

pub use name::{Reading, display, read};

use crate::{
    gazetteer::{Era, Kind, Level},
    vi::date::{Date, Day},
};

/// One row of `organs.csv`, valid for the life of the process. Order is that of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganId(u16);

/// Whether a unit of this organ has a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageOf {
    /// Its own.
    Own,
    /// That of its parent: Ban Thường vụ Huyện ủy X leads to Huyện ủy X.
    Parent,
}

/// How the organ's name is joined to the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The name says the kind of place: "Huyện ủy Mỹ Xuyên", "Quận ủy Quận 11".
    Committee,
    /// The place keeps its type word: "UBND huyện Mỹ Xuyên".
    Typed,
    /// The parent's name follows: "Ban Tuyên giáo Huyện ủy Mỹ Xuyên".
    Body,
}

/// A kind of organ, e.g. Huyện ủy, UBND, Sở Y tế.
#[derive(Debug)]
pub struct Organ {
    /// The last part of the address of its units, `don-vi/<place>/<id>.html`: a slug, unique.
    pub id: &'static str,
    /// As in the official name of a unit: "UBND", "Ban Tuyên giáo", "Ủy ban MTTQ Việt Nam".
    pub name: &'static str,
    /// Other names, short and long, in the order of the file; optional words spelled out.
    pub aliases: Vec<Alias>,
    /// How the name is joined to the place.
    pub form: Form,
    /// The places it takes.
    pub places: Places,
    /// The organs it may belong to, in the order of the file: [`parent`] chooses.
    pub parents: Vec<OrganId>,
    /// Whose page its units lead to.
    pub page: PageOf,
    /// The first day, month or year of its existence, if it was made within memory.
    pub from: Option<Day>,
    /// The last day, month or year of its existence, if it has ended at every level.
    pub to: Option<Day>,
    /// The last day of its existence at the level of districts, where that came earlier.
    pub district_to: Option<Day>,
    /// The organ that took over its work.
    pub successor: Option<OrganId>,
    /// The document that founded, renamed or ended it; may be empty.
    pub source: &'static str,
}

/// Another name of an organ, e.g. "Ủy ban nhân dân" or "LĐLĐ".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// It is a name only where a type word follows: "Đoàn xã Gia Hòa 1", never "Đoàn Văn".
    pub before_type_word: bool,
}

/// A set of pairs of level and kind, such as "the cities, centrally run or of a province".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Places(u16);

/// The last day of all districts, and of every organ of a district (Nghị quyết 203/2025/QH15).
const LAST_DAY_OF_DISTRICTS: Day = Day { year: 2025, month: Some(6), day: Some(30) };

/// Every pair that there is, in the order of the bits of [`Places`].
const PAIRS: [(Level, Kind); 10] = [
    (Level::Province, Kind::Tinh),
    (Level::Province, Kind::ThanhPho),
    (Level::District, Kind::ThanhPho),
    (Level::District, Kind::Quan),
    (Level::District, Kind::Huyen),
    (Level::District, Kind::ThiXa),
    (Level::Commune, Kind::Xa),
    (Level::Commune, Kind::Phuong),
    (Level::Commune, Kind::ThiTran),
    (Level::Commune, Kind::DacKhu),
];

/// All organs, in the order of their ids.
pub fn all() -> &'static [Organ] {
    &TABLE.organs
}

/// The ids of [`all`], in the same order.
pub fn ids() -> impl ExactSizeIterator<Item = OrganId> {
    (0..TABLE.organs.len() as u16).map(OrganId)
}

/// The organ behind an id: an index, no search.
pub fn get(organ: OrganId) -> &'static Organ {
    &TABLE.organs[usize::from(organ.0)]
}

/// The organ whose address ends in `id`, e.g. `by_id("huyen-uy")`.
pub fn by_id(id: &str) -> Option<OrganId> {
    TABLE.by_id.get(id).copied()
}

/// The organ above it at a place of that kind: Ban Tuyên giáo of a huyện → Huyện ủy,
/// Sở → UBND, Đảng bộ → its committee. `None` for what heads its own line at a place:
/// committees, UBND, HĐND, the Front and the mass organisations, the police, courts.
/// (That Tỉnh ủy stands above Huyện ủy is a relation of places, not of organs.)
pub fn parent(organ: OrganId, kind: Kind) -> Option<OrganId> {
    get(organ).parents.iter().copied().find(|&parent| get(parent).places.has_kind(kind))
}

/// The organ whose page stands for it at a place of that kind: itself, or the first
/// above it that has a page. Ban Chấp hành Đảng bộ huyện → Đảng bộ → Huyện ủy.
pub fn page(organ: OrganId, kind: Kind) -> OrganId {
    match (get(organ).page, parent(organ, kind)) {
        (PageOf::Parent, Some(parent)) => page(parent, kind),
        _ => organ,
    }
}

/// First and last time of the organ at a level, each as precise as it is known; `None`
/// is open. Districts end with 30 June 2025 at the latest, and their organs with them.
/// An article dated outside names an organ of another time, which is worth a warning.
pub fn period(organ: OrganId, level: Level) -> (Option<Day>, Option<Day>) {
    let organ = get(organ);
    let district_to = organ.district_to.unwrap_or(LAST_DAY_OF_DISTRICTS);
    let to = match (level, organ.to) {
        (Level::District, Some(to)) if to.last_day() < district_to.last_day() => Some(to),
        (Level::District, _) => Some(district_to),
        (_, to) => to,
    };
    (organ.from, to)
}

impl Places {
    /// No place at all.
    pub const NONE: Places = Places(0);

    /// Every place.
    pub const ALL: Places = Places((1 << PAIRS.len()) - 1);

    /// Whether a place of that level and kind is among them.
    pub fn has(self, level: Level, kind: Kind) -> bool {
        self.pairs().any(|pair| pair == (level, kind))
    }

    /// Whether a place of that kind is among them, of any level.
    pub fn has_kind(self, kind: Kind) -> bool {
        self.pairs().any(|(_, own)| own == kind)
    }

    /// What is in both.
    pub fn and(self, other: Places) -> Places {
        Places(self.0 & other.0)
    }

    /// What is in either.
    pub fn or(self, other: Places) -> Places {
        Places(self.0 | other.0)
    }

    /// The kind of all of them, if they are of one: a city's, whatever it belongs to.
    pub fn kind(self) -> Option<Kind> {
        let mut kinds = self.pairs().map(|(_, kind)| kind);
        let first = kinds.next()?;
        kinds.all(|kind| kind == first).then_some(first)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The pairs in it: highest level first.
    pub fn pairs(self) -> impl Iterator<Item = (Level, Kind)> {
        (0..PAIRS.len()).filter(move |bit| self.0 & (1 << bit) != 0).map(|bit| PAIRS[bit])
    }

    /// The levels in it, highest first, each once.
    pub fn levels(self) -> impl Iterator<Item = Level> {
        [Level::Province, Level::District, Level::Commune]
            .into_iter()
            .filter(move |&level| self.pairs().any(|(own, _)| own == level))
    }

    /// The one era in which all of them exist: districts and thị trấn until 30 June 2025,
    /// đặc khu from the day after. `None` if both have some, or if it is empty.
    pub fn era(self) -> Option<Era> {
        let mut eras = self.pairs().map(|pair| match pair {
            (Level::District, _) | (_, Kind::ThiTran) => Some(Era::Old),
            (_, Kind::DacKhu) => Some(Era::New),
            _ => None,
        });
        let first = eras.next()??;
        eras.all(|era| era == Some(first)).then_some(first)
    }

    /// The places of every level, of that kind.
    pub fn of_kind(kind: Kind) -> Places {
        Places::of(|(_, own)| own == kind)
    }

    fn of(fits: impl Fn((Level, Kind)) -> bool) -> Places {
        Places((0..PAIRS.len()).filter(|&bit| fits(PAIRS[bit])).map(|bit| 1 << bit).sum())
    }
}

/// The parsed file. Built once, in about a millisecond, on first use.
struct Table {
    organs: Vec<Organ>,
    by_id: HashMap<&'static str, OrganId>,
    names: name::Names,
}

// The file is part of the program, so a slip in it is a slip in the code: reading it
// panics with the line, and the tests below read it.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let rows: Vec<Vec<&'static str>> = include_str!("organs.csv").lines().skip(1).map(fields).collect();
    let by_id: HashMap<_, _> = (0..).map(OrganId).zip(&rows).map(|(id, row)| (row[0], id)).collect();
    let id = |text: &str| *by_id.get(text).unwrap_or_else(|| panic!("organs.csv: no organ `{text}`"));
    let organs: Vec<Organ> = rows.iter().map(|row| organ(row, &id)).collect();
    let names = name::Names::new(&organs);
    Table { organs, by_id, names }
});

fn organ(row: &[&'static str], id: &dyn Fn(&str) -> OrganId) -> Organ {
    let [own_id, name, aliases, form, levels, kinds, parents, page, from, to, successor, source] = *row
    else {
        panic!("organs.csv: {} columns in {row:?}", row.len())
    };
    let wrong = |what: &str| -> ! { panic!("organs.csv: {own_id}: {what}") };
    let levels: Vec<Level> = list(levels)
        .map(|word| match word {
            "tỉnh" => Level::Province,
            "huyện" => Level::District,
            "xã" => Level::Commune,
            _ => wrong("level"),
        })
        .collect();
    let kinds: Vec<Kind> = list(kinds)
        .map(|word| match PAIRS.iter().find(|(_, kind)| kind.word() == word) {
            Some(&(_, kind)) => kind,
            None => wrong("kind"),
        })
        .collect();
    let day = |text: &str| match Date::parse(text) {
        Ok(Date::At(day, None)) => day,
        _ => wrong("date"),
    };
    let (to, district_to) = match to.strip_prefix("huyện:") {
        Some(to) => ("", Some(day(to))),
        None => (to, None),
    };
    Organ {
        id: own_id,
        name,
        aliases: list(aliases).flat_map(name::spellings).collect(),
        form: match form {
            "committee" => Form::Committee,
            "typed" => Form::Typed,
            "body" => Form::Body,
            _ => wrong("form"),
        },
        places: Places::of(|(level, kind)| {
            levels.contains(&level) && (kinds.is_empty() || kinds.contains(&kind))
        }),
        parents: list(parents).map(id).collect(),
        page: match page {
            "own" => PageOf::Own,
            "parent" => PageOf::Parent,
            _ => wrong("page"),
        },
        from: Some(from).filter(|text| !text.is_empty()).map(day),
        to: Some(to).filter(|text| !text.is_empty()).map(day),
        district_to,
        successor: Some(successor).filter(|text| !text.is_empty()).map(id),
        source,
    }
}

fn list(field: &'static str) -> impl Iterator<Item = &'static str> {
    field.split('|').filter(|item| !item.is_empty())
}

/// The fields of one line. A quoted field may hold commas, but no quotation mark: so
/// each field is a slice of the file, and a CSV library would only add copies.
fn fields(line: &'static str) -> Vec<&'static str> {
    let mut fields = Vec::with_capacity(12);
    let mut rest = line;
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').expect("a quotation mark in organs.csv is closed"),
            None => rest.split_at(rest.find(',').unwrap_or(rest.len())),
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return fields,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::vi::is_slug;

    #[track_caller]
    fn id(text: &str) -> OrganId {
        by_id(text).unwrap_or_else(|| panic!("no organ {text}"))
    }

    #[test]
    fn every_row_is_an_organ_with_a_slug_of_its_own() {
        assert_eq!(all().len(), include_str!("organs.csv").lines().count() - 1);
        let mut seen = HashSet::new();
        for organ in all() {
            assert!(is_slug(organ.id) && organ.id.len() <= 100, "{}", organ.id);
            assert!(seen.insert(organ.id), "{} twice", organ.id);
            assert!(!organ.places.is_empty(), "{} takes no place", organ.id);
            let mut names = HashSet::from([organ.name]);
            for alias in &organ.aliases {
                assert!(names.insert(&alias.name), "{}: {} twice", organ.id, alias.name);
            }
            assert!(!organ.name.contains(['[', '!', '|']), "{}", organ.name);
        }
    }

    #[test]
    fn parents_take_the_same_places_and_end_in_an_organ_with_a_page() {
        for organ in ids() {
            let row = get(organ);
            for kind in row.places.pairs().map(|(_, kind)| kind) {
                if row.form == Form::Body || row.page == PageOf::Parent {
                    assert!(parent(organ, kind).is_some(), "{} of a {}", row.id, kind.word());
                }
                assert_eq!(get(page(organ, kind)).page, PageOf::Own, "{}", row.id);
            }
            if row.form == Form::Committee {
                let kinds: HashSet<Kind> = row.places.pairs().map(|(_, kind)| kind).collect();
                assert_eq!(kinds.len(), 1, "{} names its kind of place", row.id);
            }
        }
    }

    #[test]
    fn what_has_a_date_or_a_successor_has_a_source() {
        for organ in all() {
            let dated = organ.from.or(organ.to).or(organ.district_to).is_some();
            assert!(!(dated || organ.successor.is_some()) || !organ.source.is_empty(), "{}", organ.id);
            if let (Some(from), Some(to)) = (organ.from, organ.to) {
                assert!(from.first_day() <= to.last_day(), "{}", organ.id);
            }
        }
    }

    #[test]
    fn a_body_belongs_to_the_committee_of_its_kind_of_place() {
        let parent_of = |organ, kind| parent(id(organ), kind).map(|parent| get(parent).id);
        assert_eq!(parent_of("ban-tuyen-giao", Kind::Huyen), Some("huyen-uy"));
        assert_eq!(parent_of("ban-tuyen-giao", Kind::Xa), Some("dang-uy"));
        assert_eq!(parent_of("ban-thuong-vu", Kind::ThanhPho), Some("thanh-uy"));
        assert_eq!(parent_of("dang-uy-khoi-cac-co-quan", Kind::Tinh), Some("tinh-uy"));
        assert_eq!(parent_of("so-y-te", Kind::Tinh), Some("ubnd"));
        assert_eq!(parent_of("ubnd", Kind::Tinh), None);
    }

    #[test]
    fn ban_thuong_vu_thuong_truc_and_dang_bo_lead_to_the_committee() {
        let page_of = |organ, kind| get(page(id(organ), kind)).id;
        assert_eq!(page_of("ban-thuong-vu", Kind::Tinh), "tinh-uy");
        assert_eq!(page_of("thuong-truc", Kind::Quan), "quan-uy");
        assert_eq!(page_of("ban-chap-hanh", Kind::Huyen), "huyen-uy");
        assert_eq!(page_of("dang-bo", Kind::Phuong), "dang-uy");
        assert_eq!(page_of("ban-tuyen-giao", Kind::Huyen), "ban-tuyen-giao");
        assert_eq!(page_of("ban-thuong-vu-doan", Kind::Huyen), "huyen-doan");
    }

    #[test]
    fn district_organs_end_with_the_districts_and_their_police_four_months_before() {
        let to = |organ, level| period(id(organ), level).1.map(|day| day.iso());
        assert_eq!(to("cong-an", Level::District).as_deref(), Some("2025-02-28"));
        assert_eq!(to("cong-an", Level::Province), None);
        assert_eq!(to("ubnd", Level::District).as_deref(), Some("2025-06-30"));
        assert_eq!(to("ubnd", Level::Commune), None);
        assert_eq!(to("phong-tai-nguyen-va-moi-truong", Level::District).as_deref(), Some("2025-02"));
        assert_eq!(to("so-giao-thong-van-tai", Level::Province).as_deref(), Some("2025-02"));
        // The month differed from province to province, so the year is all that is said.
        assert_eq!(to("ban-tuyen-giao", Level::Province).as_deref(), Some("2025"));
        assert_eq!(to("ban-tuyen-giao", Level::District).as_deref(), Some("2025-06-30"));
    }

    #[test]
    fn an_era_is_said_only_where_every_place_is_of_it() {
        assert_eq!(get(id("huyen-uy")).places.era(), Some(Era::Old));
        assert_eq!(get(id("phong-y-te")).places.era(), Some(Era::Old));
        assert_eq!(get(id("thanh-uy")).places.era(), None);
        assert_eq!(Places::of_kind(Kind::DacKhu).era(), Some(Era::New));
        assert_eq!(Places::of_kind(Kind::ThiTran).era(), Some(Era::Old));
        assert_eq!(Places::NONE.era(), None);
    }
}
