//! Which place or unit a mention means.
//!
//! The words say what it may be (`mention`); the article says which: chains first ("xã An
//! Ninh, huyện Châu Thành, tỉnh Sóc Trăng" from the right), then what the article has named
//! already, the places that it is about, the places it has just been at, the site's own
//! province, and the whole country, where only one fits. Time prefers, it never excludes.
//! A back-reference ("Tỉnh ủy", "UBND huyện") means the last unit of that level named in its
//! section, else the article's place of that level, else the only one that the article names.
//!
//! Invariant: two candidates are none. Linear in the mentions: what a look back would have to
//! find anew for each of them is kept as the text goes on, or it looks `NEAR` mentions far.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::archive::names::{FoundUnit, Names};
use crate::archive::places::{Candidate, Found, PlaceKey, Time};
use crate::gazetteer::{Era, Gazetteer, Kind, Level, PlaceId, Record};
use crate::mention::{NameId, Place, Typed, Unit, UnitPlace, What, place, places_named};
use crate::organ::{self, OrganId, Places};

/// A mention in the order of the text, as far as resolution cares.
#[derive(Clone, Copy)]
pub(super) struct Spot<'m> {
    /// What it names.
    pub(super) what: &'m What,
    /// Counts up at each section mark.
    pub(super) section: u32,
    /// Its block, and its first byte in the text of that.
    pub(super) block: u32,
    pub(super) start: u32,
}

/// How near, in bytes, a place stands to the back-reference that it is for.
const BREATH: u32 = 90;

/// What an article says around its mentions.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    /// The places that it is about.
    pub(super) places: &'a [PlaceKey],
    pub(super) time: Time,
    /// It reports sport, where bare names are those of teams.
    pub(super) sports: bool,
}

/// What a mention was found to mean.
#[derive(Clone, Debug)]
pub(super) enum Sense {
    /// A place, and the record of it.
    Place(Found, Candidate),
    /// A unit, and the record of its place.
    Unit(FoundUnit, Candidate),
    /// No mention after all: a bare name that is no place here, an organ that is of none.
    Dropped,
    /// Several places that it may be, or be at.
    Several(Vec<Candidate>),
    /// Nothing that is known; or no place or unit.
    Nothing,
}

/// Resolves the places and units among `spots`; the result runs beside it.
pub(super) fn resolve(names: &Names, spots: &[Spot], around: Around) -> Vec<Sense> {
    let mut resolver = Resolver::new(names, spots, around);
    let senses = resolver.run();
    if around.time != Time::Unknown {
        return senses;
    }
    // Undated: the era of its other links, if they agree.
    let eras = senses.iter().filter_map(|sense| match sense {
        Sense::Place(found, _) => found.era,
        Sense::Unit(unit, _) => unit.place.and_then(|place| place.era),
        _ => None,
    });
    match crate::archive::names::agreed_era(eras.map(Some)) {
        Some(era) => Resolver::new(names, spots, Around { time: Time::Of(era), ..around }).run(),
        None => senses,
    }
}

/// How many mentions far the places around one are looked for.
const NEAR: usize = 256;

/// How many places a mention is tried in that it may lie in, on either side.
const RINGS: usize = 64;

/// How many are named of those that a mention may mean.
const MOST: usize = 64;

/// Where a place was decided from, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// A name without type word.
    Bare,
    /// A name with it, or in a chain.
    Typed,
    /// The place of a unit.
    Unit,
}

struct Resolver<'a> {
    names: &'a Names,
    gazetteer: &'static Gazetteer,
    spots: &'a [Spot<'a>],
    around: Around<'a>,
    /// By spot: its place, once it is known.
    places: Vec<State>,
    /// Names that stand somewhere with a type word.
    typed: OnceCell<HashSet<NameId>>,
    called: HashMap<NameId, Called>,
    passed: HashMap<Places, Passed>,
    /// The block that is about a place, with that.
    topic: Option<(u32, Candidate)>,
}

/// The spots of one name whose place is known, with that, ascending.
#[derive(Default)]
struct Called {
    /// Clear by themselves.
    clear: Vec<(usize, Candidate)>,
    /// Settled by what is around them: all before the one that is being settled.
    settled: Vec<(usize, Candidate)>,
    /// All that it was found to mean, each once.
    all: Vec<Candidate>,
}

impl Called {
    fn add(&mut self, candidate: Candidate) {
        if !self.all.contains(&candidate) {
            self.all.push(candidate);
        }
    }

    /// Those before `at`, nearest first; then those behind it.
    fn around(&self, at: usize) -> impl Iterator<Item = Candidate> {
        let (clear, behind) = self.clear.split_at(self.clear.partition_point(|spot| spot.0 < at));
        let (mut clear, mut settled) = (clear.iter().rev().peekable(), self.settled.iter().rev().peekable());
        let before = std::iter::from_fn(move || {
            let last = clear.peek().map(|spot| spot.0) > settled.peek().map(|spot| spot.0);
            if last { clear.next() } else { settled.next() }
        });
        before.take(NEAR).chain(behind.iter().take(NEAR)).map(|spot| spot.1)
    }
}

/// What the spots passed so far say of the places that some unit may be at.
struct Passed {
    /// The first spot that is not passed.
    next: usize,
    section: u32,
    /// By weight: the last of that section.
    last: [Option<Candidate>; 3],
    /// All that the article names, before or behind.
    named: BTreeSet<Candidate>,
    /// How many mentions say so.
    count: u32,
    /// Whether one of them has its type word, or is a unit.
    strong: bool,
}

#[derive(Clone, Debug)]
enum State {
    Open,
    Known(Candidate),
    Several(Vec<Candidate>),
    Nothing,
}

impl<'a> Resolver<'a> {
    fn new(names: &'a Names, spots: &'a [Spot<'a>], around: Around<'a>) -> Resolver<'a> {
        let gazetteer = names.places.gazetteer;
        Resolver {
            names,
            gazetteer,
            spots,
            around,
            places: vec![State::Open; spots.len()],
            typed: OnceCell::new(),
            called: HashMap::new(),
            passed: HashMap::new(),
            topic: None,
        }
    }

    fn run(&mut self) -> Vec<Sense> {
        // What is clear by itself or by a chain, so that the rest can lean on it from either
        // side; then the rest, in order.
        for at in 0..self.spots.len() {
            self.settle_clear(at);
        }
        for at in 0..self.spots.len() {
            if let (State::Known(candidate), Some((place, _))) = (&self.places[at], self.named(at)) {
                let called = self.called.entry(place.name).or_default();
                called.clear.push((at, *candidate));
                called.add(*candidate);
            }
        }
        for at in 0..self.spots.len() {
            self.settle_by_context(at);
        }
        (0..self.spots.len()).map(|at| self.sense(at)).collect()
    }

    /// The place named at a spot, and what it may be.
    fn named(&self, at: usize) -> Option<(Place, Places)> {
        match self.spots[at].what {
            What::Place(place) => Some((*place, place.takes)),
            What::Unit(unit) => match unit.place {
                UnitPlace::Named(place) => Some((place, union(unit))),
                _ => None,
            },
            What::Directive(_) | What::Own(_) => None,
        }
    }

    fn record(&self, candidate: Candidate) -> &'static Record {
        &self.gazetteer.place(self.id(candidate)).records[usize::from(candidate.record)]
    }

    fn id(&self, candidate: Candidate) -> PlaceId {
        self.gazetteer.nth(candidate.key.0 as usize).expect("a mention's place is of the gazetteer")
    }

    fn level(&self, candidate: Candidate) -> Level {
        self.gazetteer.place(self.id(candidate)).level
    }

    /// Every record of the name that it may be.
    fn candidates(&self, place: &Place, takes: Places) -> Vec<Candidate> {
        places_named(place.name)
            .iter()
            .filter(|&&named| place::fits(named, takes))
            .map(|&(place, record)| Candidate { key: PlaceKey(place.index() as u32), record })
            .collect()
    }

    /// Those of the time of the article, if there are any. "cũ" wants a place that is no more.
    fn timely(&self, mut all: Vec<Candidate>, past: bool) -> Vec<Candidate> {
        let fits = |c: &Candidate| {
            let record = self.record(*c);
            if past { record.era == Era::Old } else { self.around.time.fits(record) }
        };
        if all.iter().any(fits) {
            all.retain(fits);
        } else {
            // What is no more may be named; what is not yet cannot.
            all.retain(|&c| !self.around.time.is_before(self.record(c).era));
        }
        all
    }

    /// One record of each place: the last.
    fn one_each(&self, mut all: Vec<Candidate>) -> Vec<Candidate> {
        let mut each = 0;
        for at in 0..all.len() {
            let candidate = all[at];
            match all[..each].iter_mut().find(|other| other.key == candidate.key) {
                Some(other) => *other = candidate.max(*other),
                None => {
                    all[each] = candidate;
                    each += 1;
                }
            }
        }
        all.truncate(each);
        all
    }

    /// The highest level that has any: a bare name that is a province's means the province.
    fn highest(&self, mut all: Vec<Candidate>) -> Vec<Candidate> {
        if let Some(top) = all.iter().map(|&c| self.level(c)).min() {
            all.retain(|&c| self.level(c) == top);
        }
        all
    }

    fn settle_clear(&mut self, at: usize) {
        if !matches!(self.places[at], State::Open) {
            return;
        }
        let Some((place, takes)) = self.named(at) else { return };
        let mut all = self.candidates(&place, takes);
        if place.inside > 0 {
            let parent = at + usize::from(place.inside);
            self.settle_clear(parent);
            let any_depth = place.typed != Typed::Bare || matches!(self.spots[at].what, What::Unit(_));
            let uppers: Vec<Candidate> = match &self.places[parent] {
                State::Known(upper) => {
                    // The same place by all of its records: a province of both eras.
                    let count = self.gazetteer.place(self.id(*upper)).records.len() as u8;
                    (0..count).map(|record| Candidate { key: upper.key, record }).collect()
                }
                _ => match self.named(parent) {
                    Some((upper, takes)) => self.candidates(&upper, takes),
                    None => Vec::new(),
                },
            };
            let pair = |c: Candidate| (self.id(c), c.record);
            all.retain(|&low| uppers.iter().any(|&up| place::lies_in(pair(low), pair(up), any_depth)));
            let timely = self.one_each(self.timely(self.highest(all), place.past));
            self.places[at] = match timely.as_slice() {
                [one] => {
                    let one = *one;
                    if !matches!(self.places[parent], State::Known(_)) {
                        self.settle_parent(parent, one);
                    }
                    State::Known(one)
                }
                _ => State::Open,
            };
            return;
        }
        if place.denied {
            return;
        }
        let bare = place.typed == Typed::Bare;
        if bare && self.around.sports && !place.preposed && !self.is_parent(at) && self.is_place(at) {
            self.places[at] = State::Nothing;
            return;
        }
        if bare {
            all = self.highest(all);
        }
        let timely = self.one_each(self.timely(all, place.past));
        if let [one] = timely.as_slice() {
            // A province that was no more on that day may have left its name to a ward.
            let province = self.level(*one) == Level::Province
                && (place.past || self.around.time.fits(self.record(*one)) || !self.is_typed_elsewhere(at));
            if !bare || province {
                self.places[at] = State::Known(*one);
            }
        }
    }

    /// Whether the article has the name of this spot with a type word, too.
    fn is_typed_elsewhere(&self, at: usize) -> bool {
        let Some((own, _)) = self.named(at) else { return false };
        let typed = self.typed.get_or_init(|| {
            let named = (0..self.spots.len()).filter_map(|other| self.named(other));
            named.filter(|(place, _)| place.typed != Typed::Bare).map(|(place, _)| place.name).collect()
        });
        typed.contains(&own.name)
    }

    /// A place whose lower neighbour in a chain left one candidate is above that one.
    fn settle_parent(&mut self, at: usize, lower: Candidate) {
        let Some((place, takes)) = self.named(at) else { return };
        let pair = |c: Candidate| (self.id(c), c.record);
        let mut all = self.candidates(&place, takes);
        all.retain(|&up| place::lies_in(pair(lower), pair(up), true));
        if let [one] = self.one_each(self.timely(all, place.past)).as_slice() {
            self.places[at] = State::Known(*one);
        }
    }

    fn is_place(&self, at: usize) -> bool {
        matches!(self.spots[at].what, What::Place(_))
    }

    /// Whether the spot is above another in a chain.
    fn is_parent(&self, at: usize) -> bool {
        (at.saturating_sub(12)..at).any(|lower| {
            self.named(lower)
                .is_some_and(|(place, _)| place.inside > 0 && lower + usize::from(place.inside) == at)
        })
    }

    fn settle_by_context(&mut self, at: usize) {
        match self.spots[at].what {
            What::Directive(_) | What::Own(_) => return,
            What::Unit(unit) if !matches!(unit.place, UnitPlace::Named(_)) => {
                let found = match self.is_weak(unit) {
                    true => self.named_in_full(at, unit),
                    false => self.antecedent(at, unit),
                };
                self.places[at] = found;
                return;
            }
            _ => {}
        }
        if !matches!(self.places[at], State::Open) {
            return;
        }
        let Some((place, takes)) = self.named(at) else { return };
        let mut all = self.candidates(&place, takes);
        if place.inside > 0
            && let State::Known(upper) = self.places[at + usize::from(place.inside)]
        {
            let (upper, pair) = ((self.id(upper), upper.record), |c: Candidate| (self.id(c), c.record));
            all.retain(|&low| place::lies_in(pair(low), upper, true));
        }
        let chosen = self.choose(at, &place, all);
        if let State::Known(candidate) = chosen {
            let called = self.called.entry(place.name).or_default();
            called.settled.push((at, candidate));
            called.add(candidate);
        }
        self.places[at] = chosen;
    }

    /// Chooses among places of one name by what is around it.
    fn choose(&self, at: usize, place: &Place, all: Vec<Candidate>) -> State {
        if all.is_empty() {
            return State::Nothing;
        }
        let bare = place.typed == Typed::Bare;
        // "xã Quỳnh Hưng (Quỳnh Lưu)": none of those known, wherever they lie.
        if place.denied {
            return State::Nothing;
        }
        // What the article has called by this name is still what it calls so.
        if let Some(same) = self.called_so(at, place, &all) {
            return State::Known(same);
        }
        let mut timely = self.timely(all.clone(), place.past);
        for ring in self.rings(at) {
            let is_here = |c: &&Candidate| self.names.places.is_within(c.key, ring);
            let here: Vec<Candidate> = timely.iter().filter(is_here).copied().collect();
            let here = self.one_each(if bare { self.highest(here) } else { here });
            match here.as_slice() {
                [] => {}
                [one] if bare && self.level(*one) == Level::Commune && !self.is_declared(one.key) => {
                    return State::Nothing;
                }
                [one] => return State::Known(*one),
                // A nearer ring may tell those apart that this one holds.
                _ => timely = here,
            }
        }
        let everywhere = self.one_each(if bare { self.highest(timely) } else { timely });
        match everywhere.as_slice() {
            [one] if bare && self.level(*one) == Level::Commune => State::Nothing,
            [one] => State::Known(*one),
            _ => State::Several(everywhere),
        }
    }

    fn is_declared(&self, key: PlaceKey) -> bool {
        self.around.places.iter().any(|&place| self.names.places.is_within(place, key))
    }

    /// The place that other mentions of the article of this name mean. With a type word, the
    /// nearest before, else the first behind; bare, the highest of those of its time.
    fn called_so(&self, at: usize, place: &Place, all: &[Candidate]) -> Option<Candidate> {
        let called = self.called.get(&place.name)?;
        if place.typed != Typed::Bare {
            return called.around(at).find(|candidate| all.contains(candidate));
        }
        let called = called.all.iter().filter(|candidate| all.contains(candidate)).copied().collect();
        match self.one_each(self.highest(self.timely(called, place.past))).as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The places around a spot, nearest first: the article's own, those it has just been at
    /// with what lies above them, the site's. One may come more than once.
    fn rings(&self, at: usize) -> impl Iterator<Item = PlaceKey> {
        let before = self.near((0..at).rev());
        let behind = self.near(at + 1..self.spots.len());
        let near = before.chain(behind).flat_map(|candidate| self.lineage(candidate)).map(|c| c.key);
        self.around.places.iter().copied().chain(near).chain(self.names.places.own.get().iter().copied())
    }

    /// What the first of `spots` are known to mean, each once.
    fn near(&self, spots: impl Iterator<Item = usize>) -> impl Iterator<Item = Candidate> {
        let mut seen = Vec::new();
        let fresh = move |other: usize| match self.places[other] {
            State::Known(candidate) if !seen.contains(&candidate) => {
                seen.push(candidate);
                Some(candidate)
            }
            _ => None,
        };
        spots.take(NEAR).filter_map(fresh).take(RINGS)
    }

    /// A place and those above it, in the hierarchy of the record.
    fn lineage(&self, candidate: Candidate) -> impl Iterator<Item = Candidate> {
        let era = self.record(candidate).era;
        std::iter::successors(Some(candidate), move |&at| {
            let parent = self.record(at).parent?;
            let records = &self.gazetteer.place(parent).records;
            // The record of that era that was there last, or at the time.
            let fits = |record: &Record| record.era == era && self.around.time.fits(record);
            let index = records
                .iter()
                .rposition(fits)
                .or_else(|| records.iter().rposition(|record| record.era == era))
                .unwrap_or(0);
            Some(Candidate { key: PlaceKey(parent.index() as u32), record: index as u8 })
        })
    }

    /// The place that a unit without one is at.
    fn antecedent(&mut self, at: usize, unit: &Unit) -> State {
        let takes = union(unit);
        if let Some(found) = self.topic(at, takes) {
            return State::Known(found);
        }
        let mut passed = self.passed.remove(&takes).unwrap_or_else(|| self.passed(takes));
        self.pass(&mut passed, at, takes);
        let found = self.among(&passed, at, takes);
        self.passed.insert(takes, passed);
        found
    }

    fn among(&self, passed: &Passed, at: usize, takes: Places) -> State {
        let [bare, typed, unit] = passed.last;
        if let Some(found) = unit.or_else(|| self.declared(takes)).or(typed) {
            return State::Known(found);
        }
        // One bare name in the article, of a photograph, say, does not make it that place's;
        // the one that it opens with does.
        let opens = || {
            let first = (0..at.min(NEAR)).find(|&other| self.weight(other).is_some())?;
            self.at_spot(first, takes).filter(|(weight, _)| *weight == Weight::Bare)
        };
        if passed.count < 2 && !passed.strong && opens().is_none() {
            return self.own(takes).map_or(State::Nothing, State::Known);
        }
        if let Some(found) = bare {
            return State::Known(found);
        }
        // The only one of that level that the article names, before this section or after.
        match (passed.named.first(), passed.named.last()) {
            (Some(first), Some(last)) if first.key == last.key => State::Known(*last),
            (Some(_), Some(_)) => State::Several(passed.named.iter().take(MOST).copied().collect()),
            _ => self.own(takes).map_or(State::Nothing, State::Known),
        }
    }

    /// What the sentence is about: "Về phía tỉnh Hà Giang có Bí thư Tỉnh ủy", "Hà Tĩnh: …".
    /// A place that was so taken stands for all that follow in its paragraph, until a unit is
    /// named in full.
    fn topic(&mut self, at: usize, takes: Places) -> Option<Candidate> {
        if let Some(place) = self.just_named(at) {
            self.topic = Some((self.spots[at].block, place));
        }
        if let Some((block, _)) = self.topic
            && (block != self.spots[at].block || at > 0 && self.weight(at - 1) == Some(Weight::Unit))
        {
            self.topic = None;
        }
        let (_, place) = self.topic?;
        self.lineage(place).find(|&c| self.fits(c, takes))
    }

    /// The place named right before, with its type word or at the head of a sentence, in the
    /// same breath. Not where somebody comes from or what lies in it.
    fn just_named(&self, at: usize) -> Option<Candidate> {
        let other = at.checked_sub(1)?;
        let What::Place(place) = self.spots[other].what else { return None };
        let near = self.spots[other].block == self.spots[at].block
            && self.spots[at].start.saturating_sub(self.spots[other].start) < BREATH;
        let said = place.opens || place.typed == Typed::Word && !place.preposed;
        match self.places[other] {
            State::Known(candidate) if near && said && !self.is_parent(other) => Some(candidate),
            _ => None,
        }
    }

    /// What is known already when none is passed.
    fn passed(&self, takes: Places) -> Passed {
        let mut passed =
            Passed { next: 0, section: 0, last: [None; 3], named: BTreeSet::new(), count: 0, strong: false };
        for (weight, found) in (0..self.spots.len()).filter_map(|other| self.at_spot(other, takes)) {
            passed.named.insert(found);
            passed.count += 1;
            passed.strong |= weight > Weight::Bare;
        }
        passed
    }

    /// Passes the spots before `at`.
    fn pass(&self, passed: &mut Passed, at: usize, takes: Places) {
        let section = self.spots[at].section;
        if passed.section != section {
            (passed.section, passed.last) = (section, [None; 3]);
        }
        for other in passed.next..at {
            let Some((weight, found)) = self.at_spot(other, takes) else { continue };
            // What was found on the way is evidence, too; of a name it is the second.
            if passed.named.insert(found) {
                passed.count += 1;
            }
            passed.strong |= weight > Weight::Bare;
            if self.spots[other].section == section {
                passed.last[weight as usize] = Some(found);
            }
        }
        passed.next = at;
    }

    /// The place at a spot, or above that, which is of a level in `takes`.
    fn at_spot(&self, other: usize, takes: Places) -> Option<(Weight, Candidate)> {
        let weight = self.weight(other)?;
        let State::Known(candidate) = self.places[other] else { return None };
        Some((weight, self.lineage(candidate).find(|&c| self.fits(c, takes))?))
    }

    fn weight(&self, at: usize) -> Option<Weight> {
        match self.spots[at].what {
            What::Place(place) if place.typed == Typed::Bare && place.inside == 0 => Some(Weight::Bare),
            What::Place(_) => Some(Weight::Typed),
            What::Unit(unit) => match unit.place {
                UnitPlace::Named(_) => Some(Weight::Unit),
                _ => None,
            },
            What::Directive(_) | What::Own(_) => None,
        }
    }

    fn fits(&self, candidate: Candidate, takes: Places) -> bool {
        takes.has(self.level(candidate), self.record(candidate).kind)
    }

    /// The one place of that level that the article is about, or that lies above those.
    fn declared(&self, takes: Places) -> Option<Candidate> {
        self.only_above(self.around.places, takes)
    }

    fn own(&self, takes: Places) -> Option<Candidate> {
        self.only_above(self.names.places.own.get(), takes)
    }

    fn only_above(&self, places: &[PlaceKey], takes: Places) -> Option<Candidate> {
        let mut found: BTreeSet<Candidate> = BTreeSet::new();
        for &key in places {
            let Some(id) = self.names.places.place(key) else { continue };
            let records = &self.gazetteer.place(id).records;
            let record =
                records.iter().rposition(|record| self.around.time.fits(record)).unwrap_or(records.len() - 1);
            let mut line = self.lineage(Candidate { key, record: record as u8 });
            found.extend(line.find(|&c| self.fits(c, takes)));
        }
        let mut found = found.into_iter();
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    fn sense(&self, at: usize) -> Sense {
        let candidate = match &self.places[at] {
            State::Known(candidate) => *candidate,
            State::Several(all) => return Sense::Several(all.clone()),
            _ => {
                return match self.spots[at].what {
                    What::Place(place) if place.typed == Typed::Bare => Sense::Dropped,
                    What::Unit(unit) if self.is_weak(unit) => Sense::Dropped,
                    _ => Sense::Nothing,
                };
            }
        };
        let found = Found { key: candidate.key, era: self.era(candidate) };
        match self.spots[at].what {
            What::Place(_) => Sense::Place(found, candidate),
            What::Unit(unit) => match self.organ(at, unit, candidate) {
                Some(organ) => Sense::Unit(self.names.derived(organ, found, candidate), candidate),
                None => Sense::Nothing,
            },
            What::Directive(_) | What::Own(_) => Sense::Nothing,
        }
    }

    /// The era that a record is meant for; `None` if the place has both and nothing tells.
    fn era(&self, candidate: Candidate) -> Option<Era> {
        let record = self.record(candidate);
        let both = self.gazetteer.place(self.id(candidate)).records.iter().any(|r| r.era != record.era);
        (!both || self.around.time != Time::Unknown).then_some(record.era)
    }

    fn organ(&self, at: usize, unit: &Unit, candidate: Candidate) -> Option<OrganId> {
        let (level, kind): (Level, Kind) = (self.level(candidate), self.record(candidate).kind);
        let fitting: Vec<OrganId> = unit
            .readings
            .iter()
            .filter(|(_, takes)| takes.has(level, kind))
            .map(|(organ, _)| *organ)
            .collect();
        let first = *fitting.first()?;
        // Two organs of one page are one: the Thường trực of a committee and of its council
        // are not.
        if fitting.iter().all(|&organ| organ::page(organ, kind) == organ::page(first, kind)) {
            return Some(first);
        }
        // "Đảng ủy Khối": the one that was named in full.
        (0..at).rev().take(NEAR).find_map(|other| match (self.spots[other].what, &self.places[other]) {
            (What::Unit(before), State::Known(place))
                if place.key == candidate.key
                    && matches!(before.place, UnitPlace::Named(_) | UnitPlace::Level(_)) =>
            {
                before.readings.iter().find_map(|(organ, _)| {
                    fitting
                        .iter()
                        .copied()
                        .find(|&own| own == *organ || organ::parent(own, kind) == Some(*organ))
                })
            }
            _ => None,
        })
    }

    /// Whether a name without place stands for much else, too: every agency has a "Đảng ủy".
    /// Such a one means only what was named in full before it.
    fn is_weak(&self, unit: &Unit) -> bool {
        matches!(unit.place, UnitPlace::Own)
            && unit.readings.iter().any(|(organ, _)| {
                let organ = organ::get(*organ);
                let weak = |id: &str| {
                    matches!(id, "dang-uy" | "dang-doan-hdnd" | "ban-can-su-dang-ubnd" | "doan-thanh-nien")
                };
                weak(organ.id)
                    || organ.parents.iter().all(|&parent| weak(organ::get(parent).id))
                        && !organ.parents.is_empty()
            })
    }

    fn named_in_full(&self, at: usize, unit: &Unit) -> State {
        let section = self.spots[at].section;
        let same = |other: &usize| match self.spots[*other].what {
            What::Unit(before) => {
                matches!(before.place, UnitPlace::Named(_))
                    && before.readings.iter().any(|(organ, _)| {
                        unit.readings.iter().any(|(own, _)| own == organ)
                            || organ::get(*organ)
                                .parents
                                .iter()
                                .any(|p| unit.readings.iter().any(|(own, _)| own == p))
                    })
            }
            _ => false,
        };
        let mut before = (0..at).rev().take(NEAR).filter(|&other| self.spots[other].section == section);
        match before.find(same).map(|other| &self.places[other]) {
            Some(State::Known(candidate)) => State::Known(*candidate),
            _ => State::Nothing,
        }
    }
}

fn union(unit: &Unit) -> Places {
    unit.readings.iter().fold(Places::NONE, |all, (_, takes)| all.or(*takes))
}
