//! The places that generated articles are about: districts and communes until 30 June 2025.
//!
//! From the crate's own list. Names are written so that each means one place: siblings
//! that share a short name, and numbered places, keep their type word.

use luutru::gazetteer::{Era, Gazetteer, Kind, PlaceId, Record};
use luutru::vi::fold;

use super::random::{HeavyTail, Random};

/// A province with its districts, heaviest first.
pub(crate) struct Province {
    /// "Sóc Trăng".
    pub(crate) short: String,
    /// Tỉnh or thành phố.
    pub(crate) kind: Kind,
    districts: Vec<District>,
    tail: HeavyTail,
}

/// A district with its communes.
pub(crate) struct District {
    /// "Mỹ Xuyên", "11".
    pub(crate) short: String,
    /// Quận, huyện, thị xã or thành phố.
    pub(crate) kind: Kind,
    /// As in front matter: "Mỹ Xuyên, Sóc Trăng", "Quận 11, Hồ Chí Minh".
    pub(crate) chain: String,
    /// At least one.
    pub(crate) communes: Vec<Commune>,
}

/// A commune.
pub(crate) struct Commune {
    /// "xã Gia Hòa 1".
    pub(crate) typed: String,
    /// "Gia Hòa 1, Mỹ Xuyên, Sóc Trăng".
    pub(crate) chain: String,
}

/// All places, provinces and districts each in an order of chance that is their weight.
pub(crate) struct Places {
    provinces: Vec<Province>,
    tail: HeavyTail,
}

impl Places {
    /// Reads the list of the crate.
    pub(crate) fn load() -> Places {
        let gazetteer = Gazetteer::get();
        let provinces: Vec<Province> = gazetteer
            .provinces()
            .iter()
            .enumerate()
            .filter_map(|(index, &id)| province(gazetteer, index, id))
            .collect();
        let order = Random::new(1, 0).shuffled(provinces.len());
        Places { tail: HeavyTail::new(provinces.len(), 2), provinces: ordered(provinces, &order) }
    }

    /// Every province.
    pub(crate) fn provinces(&self) -> &[Province] {
        &self.provinces
    }

    /// A district by weight, with its province.
    pub(crate) fn draw(&self, random: &mut Random) -> (&Province, &District) {
        let province = &self.provinces[self.tail.draw(random)];
        (province, &province.districts[province.tail.draw(random)])
    }
}

impl Province {
    /// "tỉnh Sóc Trăng".
    pub(crate) fn typed(&self) -> String {
        typed(self.kind, &self.short)
    }
}

impl District {
    /// "huyện Mỹ Xuyên".
    pub(crate) fn typed(&self) -> String {
        typed(self.kind, &self.short)
    }
}

/// `None` if none of its districts is steady, or it is not itself: Huế became a city, and
/// got its name, within the years of the articles.
fn province(gazetteer: &Gazetteer, index: usize, id: PlaceId) -> Option<Province> {
    let own = steady(gazetteer, id)?;
    let siblings = old_children(gazetteer, id);
    let districts: Vec<District> =
        siblings.iter().filter_map(|&district| self::district(gazetteer, district, &siblings, own)).collect();
    if districts.is_empty() {
        return None;
    }
    let order = Random::new(2, index as u64).shuffled(districts.len());
    Some(Province {
        short: own.short.to_owned(),
        kind: own.kind,
        tail: HeavyTail::new(districts.len(), 1),
        districts: ordered(districts, &order),
    })
}

fn district(gazetteer: &Gazetteer, id: PlaceId, siblings: &[PlaceId], province: &Record) -> Option<District> {
    let own = steady(gazetteer, id)?;
    let chain = format!("{}, {}", name(gazetteer, own, siblings, province), province.short);
    let below = old_children(gazetteer, id);
    let communes: Vec<Commune> = below
        .iter()
        .filter_map(|&commune| steady(gazetteer, commune))
        .map(|commune| Commune {
            typed: typed(commune.kind, commune.short),
            chain: format!("{}, {chain}", name(gazetteer, commune, &below, own)),
        })
        .collect();
    let district = District { short: own.short.to_owned(), kind: own.kind, chain, communes };
    (!district.communes.is_empty()).then_some(district)
}

/// The record of a place of the list of 30 June 2025, if it had that name and type all
/// through the years of the articles.
fn steady(gazetteer: &Gazetteer, id: PlaceId) -> Option<&Record> {
    let mut old = gazetteer.place(id).records.iter().filter(|record| record.era == Era::Old);
    let record = old.next()?;
    (old.next().is_none() && record.code.is_some() && record.from.is_none()).then_some(record)
}

/// Also those that the list no longer has: they share names with others.
fn old_children(gazetteer: &Gazetteer, id: PlaceId) -> Vec<PlaceId> {
    let is_old = |id: &PlaceId| gazetteer.place(*id).records[0].era == Era::Old;
    gazetteer.children(id).iter().copied().filter(is_old).collect()
}

/// The name in a chain: the short one where it says enough.
fn name(gazetteer: &Gazetteer, own: &Record, siblings: &[PlaceId], parent: &Record) -> String {
    let key = fold(own.short);
    let records = siblings.iter().flat_map(|&sibling| gazetteer.place(sibling).records);
    let shared = records.filter(|record| fold(record.short) == key).count() > 1;
    if shared || key == fold(parent.short) || own.short.starts_with(|c: char| c.is_ascii_digit()) {
        typed(own.kind, own.short)
    } else {
        own.short.to_owned()
    }
}

fn typed(kind: Kind, short: &str) -> String {
    let word = kind.word();
    if !short.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("{word} {short}");
    }
    let mut letters = word.chars();
    let first = letters.next().map_or(String::new(), |c| c.to_uppercase().collect());
    format!("{first}{} {short}", letters.as_str())
}

fn ordered<T>(items: Vec<T>, order: &[usize]) -> Vec<T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.iter().filter_map(|&index| items[index].take()).collect()
}
