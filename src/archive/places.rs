//! Looking up places: by name, in a chain, in rings, for a time.
//!
//! A name is written smallest first, "Gia Hòa 1, Mỹ Xuyên, Sóc Trăng", and read level by
//! level from the right; a level may be left out before a name with its type word. What
//! then fits is sought in rings: around the event, around the article, in the archive's
//! own province, in the whole country. Time prefers among several, it never excludes.

use std::collections::BTreeSet;

use super::reads::{Changed, Fact, Rows, Table};
use crate::gazetteer::{Era, Gazetteer, Kind, Level, PlaceId, Record};
use crate::vi::date::Day;
use crate::vi::{Date, fold};

/// A place of the gazetteer, or, from `Gazetteer::len` on, one of the site's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PlaceKey(pub(super) u32);

/// One record of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Candidate {
    pub(super) key: PlaceKey,
    /// Index of the record of a gazetteer's place; 0 for the site's own.
    pub(super) record: u8,
}

/// A place that was found, with the era it was meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Found {
    pub(super) key: PlaceKey,
    /// `None` if nothing tells and the place has records of both.
    pub(super) era: Option<Era>,
}

/// A place of the site's own, below a place of the gazetteer or of the site.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SitePlace {
    /// Index of its document.
    pub(super) document: usize,
    pub(super) parent: PlaceKey,
    /// "Ấp Trung Hòa".
    pub(super) name: Box<str>,
    pub(super) era: Option<Era>,
}

/// The outcome of a look-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lookup<T> {
    One(T),
    /// The names of those that fit.
    Several(Vec<String>),
    None,
}

impl<T> Lookup<T> {
    pub(super) fn one(self) -> Option<T> {
        match self {
            Lookup::One(value) => Some(value),
            _ => None,
        }
    }
}

/// The time that a name is read for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Time {
    /// Between two days, both included, as year, month and day.
    Between((u16, u8, u8), (u16, u8, u8)),
    /// The era of the article's other links.
    Of(Era),
    /// Nothing tells.
    #[default]
    Unknown,
}

impl Time {
    pub(super) fn of(date: &Date) -> Time {
        match (date.first(), date.last()) {
            (Some(first), Some(last)) => Time::Between(first.first_day(), last.last_day()),
            _ => Time::Unknown,
        }
    }

    pub(super) fn or(self, other: Time) -> Time {
        if self == Time::Unknown { other } else { self }
    }

    /// Whether something that was there from `from` to `to` was there at this time; `None`
    /// if the time is not known to the day.
    pub(super) fn meets(self, from: Option<Day>, to: Option<Day>) -> Option<bool> {
        match self {
            Time::Between(first, last) => Some(
                from.is_none_or(|day| day.first_day() <= last)
                    && to.is_none_or(|day| day.last_day() >= first),
            ),
            _ => None,
        }
    }

    pub(super) fn fits(self, record: &Record) -> bool {
        match self {
            Time::Between(..) => self.meets(record.from, record.to) == Some(true) && self.in_era(record.era),
            Time::Of(era) => record.era == era,
            Time::Unknown => true,
        }
    }

    /// Whether it lies so far before an era that nobody knew its names: the new units were
    /// debated from the spring of 2025.
    pub(super) fn is_before(self, era: Era) -> bool {
        matches!(self, Time::Between(_, last) if era == Era::New && last < (2025, 1, 1))
    }

    fn in_era(self, era: Era) -> bool {
        match (self, era) {
            (Time::Between(first, _), Era::Old) => first <= (2025, 6, 30),
            (Time::Between(_, last), Era::New) => last >= (2025, 7, 1),
            _ => true,
        }
    }
}

/// Around what a name is looked up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context<'a> {
    /// The places of the event.
    pub(super) event: &'a [PlaceKey],
    /// The places of the article.
    pub(super) article: &'a [PlaceKey],
    pub(super) time: Time,
}

/// All places that there are.
pub(super) struct Places {
    pub(super) gazetteer: &'static Gazetteer,
    pub(super) site: Rows<SitePlace>,
    /// Names of the site's own places, and aliases that the site gives to others.
    names: Table<String, Vec<Candidate>>,
    /// The archive's own province.
    pub(super) own: Fact<Vec<PlaceKey>>,
    /// Whether the settings name one that cannot be found: then what is ambiguous may be so
    /// for that reason alone.
    pub(super) own_is_unknown: Fact<bool>,
}

/// One part of a chain.
struct Segment {
    key: String,
    /// With its abbreviations written out, if it has any.
    expanded: Option<String>,
    typed: bool,
}

impl Places {
    pub(super) fn new() -> Places {
        Places {
            gazetteer: Gazetteer::get(),
            site: Rows::new("site places"),
            names: Table::new("site place names"),
            own: Fact::new("own place", Vec::new()),
            own_is_unknown: Fact::new("own place is unknown", false),
        }
    }

    /// Adds the keys to which these tables have another answer than `old`.
    pub(super) fn changes_since(&self, old: &Places, changed: &mut Changed) {
        // The gazetteer is part of the program.
        let Places { gazetteer: _, site, names, own, own_is_unknown } = self;
        site.changes_since(&old.site, changed);
        names.changes_since(&old.names, changed);
        own.changes_since(&old.own, changed);
        own_is_unknown.changes_since(&old.own_is_unknown, changed);
    }

    /// Adds a place of the site's own.
    pub(super) fn add(&mut self, place: SitePlace, names: impl IntoIterator<Item = String>) -> PlaceKey {
        let key = PlaceKey((self.gazetteer.len() + self.site.len()) as u32);
        self.site.push(place);
        for name in names {
            self.add_name(&name, Candidate { key, record: 0 });
        }
        key
    }

    /// Gives a place another name.
    pub(super) fn add_name(&mut self, name: &str, candidate: Candidate) {
        let candidates = self.names.entry(fold(name)).or_default();
        if !candidates.contains(&candidate) {
            candidates.push(candidate);
        }
    }

    /// How many there are: every key is below it.
    pub(super) fn len(&self) -> usize {
        self.gazetteer.len() + self.site.len()
    }

    /// The gazetteer's place behind a key.
    pub(super) fn place(&self, key: PlaceKey) -> Option<PlaceId> {
        self.gazetteer.nth(key.0 as usize)
    }

    /// The site's own place behind a key.
    pub(super) fn own_place(&self, key: PlaceKey) -> Option<&SitePlace> {
        self.site.get((key.0 as usize).checked_sub(self.gazetteer.len())?)
    }

    fn record(&self, candidate: Candidate) -> Option<&'static Record> {
        let place = self.place(candidate.key)?;
        self.gazetteer.place(place).records.get(usize::from(candidate.record))
    }

    /// Level and kind of a record of the gazetteer.
    pub(super) fn level_and_kind(&self, candidate: Candidate) -> Option<(Level, Kind)> {
        let place = self.place(candidate.key)?;
        Some((self.gazetteer.place(place).level, self.record(candidate)?.kind))
    }

    /// The place above, in the hierarchy of the record.
    fn parent(&self, candidate: Candidate) -> Option<PlaceKey> {
        match self.own_place(candidate.key) {
            Some(place) => Some(place.parent),
            None => self.record(candidate)?.parent.map(|place| PlaceKey(place.index() as u32)),
        }
    }

    /// Whether `key` is `ancestor` or lies in it, in the hierarchy of any time.
    pub(super) fn is_within(&self, mut key: PlaceKey, ancestor: PlaceKey) -> bool {
        while let Some(place) = self.own_place(key) {
            if key == ancestor {
                return true;
            }
            key = place.parent;
        }
        match (self.place(key), self.place(ancestor)) {
            (Some(place), Some(ancestor)) => place == ancestor || self.gazetteer.is_within(place, ancestor),
            _ => false,
        }
    }

    /// The place that `name` means.
    pub(super) fn find(&self, name: &str, context: Context) -> Lookup<Found> {
        self.choose(self.chain(name, None), context).0
    }

    /// The place of a unit whose organ takes only what `takes` allows; with its record.
    pub(super) fn find_for(
        &self,
        name: &str,
        takes: &dyn Fn(Level, Kind) -> bool,
        context: Context,
    ) -> (Lookup<Found>, Option<Candidate>) {
        self.choose(self.chain(name, Some(takes)), context)
    }

    /// Every record that the chain fits, across the country.
    fn chain(&self, name: &str, takes: Option<&dyn Fn(Level, Kind) -> bool>) -> Vec<Candidate> {
        let mut above: Option<Vec<Candidate>> = None;
        let parts: Vec<&str> = name.split(',').map(str::trim).collect();
        for (index, part) in parts.iter().enumerate().rev() {
            let segment = segment(part);
            let mut here = self.named(&segment);
            if index == 0
                && let Some(takes) = takes
            {
                here.retain(|&c| self.level_and_kind(c).is_some_and(|(level, kind)| takes(level, kind)));
            }
            match &above {
                Some(above) => here.retain(|&c| above.iter().any(|&a| self.is_below(c, a, segment.typed))),
                // A bare name that is a province's means the province.
                None if !segment.typed && (index > 0 || takes.is_none()) => {
                    let province =
                        |c: &Candidate| self.level_and_kind(*c).is_some_and(|(l, _)| l == Level::Province);
                    if here.iter().any(province) {
                        here.retain(province);
                    }
                }
                None => {}
            }
            if here.is_empty() {
                return here;
            }
            above = Some(here);
        }
        above.unwrap_or_default()
    }

    fn named(&self, segment: &Segment) -> Vec<Candidate> {
        let mut found = Vec::new();
        for key in [Some(&segment.key), segment.expanded.as_ref()].into_iter().flatten() {
            found.extend(
                self.gazetteer
                    .named(key)
                    .iter()
                    .map(|&(place, record)| Candidate { key: PlaceKey(place.index() as u32), record }),
            );
            found.extend(self.names.get(key).into_iter().flatten().copied());
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether `lower` lies in `upper` in the hierarchy of one time: directly, or, written
    /// with its type word, at any depth.
    fn is_below(&self, lower: Candidate, upper: Candidate, typed: bool) -> bool {
        let mut at = lower;
        let era = |c: Candidate| self.record(c).map(|record| record.era);
        loop {
            let Some(parent) = self.parent(at) else { return false };
            if parent == upper.key {
                return era(at).is_none() || era(upper).is_none() || era(at) == era(upper);
            }
            if !typed {
                return false;
            }
            // Upwards within the era of the record: a district of 2024 lies in the province of 2024.
            let record = self
                .place(parent)
                .and_then(|place| {
                    let records = &self.gazetteer.place(place).records;
                    records.iter().position(|record| Some(record.era) == era(at) || era(at).is_none())
                })
                .unwrap_or(0);
            at = Candidate { key: parent, record: record as u8 };
        }
    }

    fn choose(&self, all: Vec<Candidate>, context: Context) -> (Lookup<Found>, Option<Candidate>) {
        if all.is_empty() {
            return (Lookup::None, None);
        }
        let rings = [Some(context.event), Some(context.article), Some(&self.own.get()[..]), None];
        for ring in rings {
            let mut here: Vec<Candidate> = match ring {
                Some(ring) => all
                    .iter()
                    .copied()
                    .filter(|c| ring.iter().any(|&place| self.is_within(c.key, place)))
                    .collect(),
                None => all.clone(),
            };
            if here.is_empty() {
                continue;
            }
            let timely: Vec<Candidate> = here
                .iter()
                .copied()
                .filter(|&c| self.record(c).is_none_or(|r| context.time.fits(r)))
                .collect();
            if !timely.is_empty() {
                here = timely;
            }
            let keys: BTreeSet<PlaceKey> = here.iter().map(|c| c.key).collect();
            if keys.len() > 1 {
                return (Lookup::Several(keys.into_iter().map(|key| self.label(key)).collect()), None);
            }
            // The latest of several records of one place.
            let last = here[here.len() - 1];
            let eras: BTreeSet<Option<Era>> = here.iter().map(|&c| self.record(c).map(|r| r.era)).collect();
            let era = match eras.len() {
                1 => {
                    eras.into_iter().next().flatten().or_else(|| self.own_place(last.key).and_then(|p| p.era))
                }
                _ => None,
            };
            return (Lookup::One(Found { key: last.key, era }), Some(last));
        }
        (Lookup::None, None)
    }

    /// A name that tells the place from all others: "Xã Gia Hòa 1, Huyện Mỹ Xuyên, Tỉnh
    /// Sóc Trăng".
    pub(super) fn label(&self, key: PlaceKey) -> String {
        if let Some(place) = self.own_place(key) {
            return format!("{}, {}", place.name, self.label(place.parent));
        }
        let Some(place) = self.place(key) else { return String::new() };
        let Some(record) = self.gazetteer.place(place).records.last() else { return String::new() };
        let name = record.name.to_string();
        match record.parent {
            Some(parent) => format!("{name}, {}", self.label(PlaceKey(parent.index() as u32))),
            None => name,
        }
    }
}

/// Type words, folded once, longest first; with those that the gazetteer does not have.
fn type_words() -> &'static [String] {
    static WORDS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    WORDS.get_or_init(|| {
        let words = [
            "thành phố",
            "thị trấn",
            "đặc khu",
            "tổ dân phố",
            "khu phố",
            "phường",
            "huyện",
            "thị xã",
            "quận",
            "tỉnh",
            "xã",
            "thôn",
            "khóm",
            "buôn",
            "bản",
            "ấp",
            "làng",
            "xóm",
            "tiểu khu",
        ];
        words.iter().map(|word| fold(word) + " ").collect()
    })
}

/// Abbreviations of type words. A full stop or a digit tells "Q.11" from a word.
const SHORT: [(&str, &str); 8] = [
    ("tp", "thành phố"),
    ("tx", "thị xã"),
    ("tt", "thị trấn"),
    ("q", "quận"),
    ("p", "phường"),
    ("h", "huyện"),
    ("x", "xã"),
    ("đk", "đặc khu"),
];

fn segment(text: &str) -> Segment {
    let key = fold(text);
    let expanded = SHORT.iter().find_map(|(short, long)| {
        let rest = key.strip_prefix(short)?;
        let rest = match rest.strip_prefix('.') {
            Some(rest) => rest,
            None if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
            None if short.len() > 1 && rest.starts_with(' ') => rest,
            None => return None,
        };
        Some(format!("{} {}", fold(long), rest.trim_start()))
    });
    let typed = expanded.is_some() || type_words().iter().any(|word| key.starts_with(word.as_str()));
    Segment { key, expanded, typed }
}
