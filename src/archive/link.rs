//! From keys to the graph: ids become dense, every edge is stored at both ends.
//!
//! The order of ids depends on the records alone, never on the order of work.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::mentions::{Meant, Mentions, Stub, Stubs};
use super::names::{FoundTarget, FoundUnit, Names, UnitKey};
use super::places::{Candidate, Found, PlaceKey};
use super::records::{Records, Resolution};
use super::resolve::{self, Link, Resolved};
use super::reverse;
use super::tables::Sorted;
use super::{
    Archive, Article, ArticleId, Directive, DirectiveId, DirectiveLists, Event, EventId, Ground, Initiative,
    Kept, Locality, LocalityId, LocalityLists, OwnPage, PlaceRef, Publisher, Rank, Target, Tombstone, Unit,
    UnitId, UnitLists, UnitRef, article_front, cycle,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{self, Front, Relation};
use crate::gazetteer::{Era, Level};
use crate::organ::{self, Form, OrganId};
use crate::vi::{Alphabet, slug};
use crate::yaml::Written;

/// Makes ids dense and stores every edge at both ends.
pub(super) struct Builder<'a> {
    names: &'a Names,
    sorted: &'a Sorted,
    kept: &'a Kept,
    stubs: &'a Stubs,
    /// Beside `sorted.articles`.
    resolutions: &'a [Arc<Resolution>],
    records: &'a Records,
    place_files: &'a BTreeMap<PlaceKey, usize>,
    units: FxHashMap<UnitKey, UnitId>,
    /// By `PlaceKey`; `NO_PAGE` for most.
    localities: Vec<LocalityId>,
    accounts: Accounts,
    alphabets: &'a mut Alphabets,
}

/// The alphabets of the last build.
#[derive(Default)]
pub(super) struct Alphabets {
    units: Alphabet,
    places: Alphabet,
}

/// A place that has no page.
const NO_PAGE: LocalityId = LocalityId(u32::MAX);

/// All accounts of events, article by article: the index of each in one list.
struct Accounts {
    /// For each article, that of its first account; then their number.
    starts: Vec<u32>,
}

/// An article's account of an event: by the article and the index among its events.
type Account = (ArticleId, u32);

impl Accounts {
    fn new(resolutions: &[Arc<Resolution>]) -> Accounts {
        let mut starts = Vec::with_capacity(resolutions.len() + 1);
        let mut at = 0;
        for resolution in resolutions {
            starts.push(at);
            at += resolution.resolved.events.len() as u32;
        }
        starts.push(at);
        Accounts { starts }
    }

    fn index(&self, (article, at): Account) -> usize {
        (self.starts[article.index()] + at) as usize
    }

    /// Every account, in order.
    fn all(&self) -> impl Iterator<Item = Account> {
        let articles = self.starts.windows(2).enumerate();
        articles
            .flat_map(|(article, ends)| (0..ends[1] - ends[0]).map(move |at| (ArticleId(article as u32), at)))
    }
}

impl<'a> Builder<'a> {
    pub(super) fn new(ground: &'a Ground, kept: &'a Kept, alphabets: &'a mut Alphabets) -> Builder<'a> {
        let Ground { names, sorted, place_files, resolutions, records, stubs } = ground;
        Builder {
            names,
            sorted,
            kept,
            stubs,
            resolutions,
            records,
            place_files,
            units: FxHashMap::default(),
            localities: Vec::new(),
            accounts: Accounts::new(resolutions),
            alphabets,
        }
    }

    pub(super) fn build(mut self, found: &mut Vec<Diagnostic>) -> Archive {
        let roots = self.event_roots(found);
        self.number_units_and_places();
        let alphabets = std::mem::take(self.alphabets);
        let (mut of_records, mut of_events) = (Vec::new(), Vec::new());
        let (records, (articles, newest, events)) = rayon::join(
            || {
                let mut alphabets = alphabets;
                let units = self.make_units(&mut alphabets.units, &mut of_records);
                let localities = self.make_localities(&mut alphabets.places);
                (units, localities, self.make_directives(&mut of_records), alphabets)
            },
            || {
                let (events, event_of) = self.make_events(&roots, &mut of_events);
                let (articles, newest) = self.make_articles(&events, &event_of);
                (articles, newest, events)
            },
        );
        found.extend(of_records.into_iter().chain(of_events));
        let (units, localities, (directives, directive_lists), alphabets) = records;
        let ((units, unit_lists, unit_ranks), (localities, locality_lists)) = (units, localities);
        *self.alphabets = alphabets;
        let publishers = self.make_publishers();
        let mut archive = Archive {
            articles,
            events,
            unit_mentions: vec![Vec::new(); units.len()],
            units,
            unit_lists,
            locality_mentions: vec![Vec::new(); localities.len()],
            localities,
            locality_lists,
            directive_mentions: vec![Vec::new(); directives.len()],
            directives,
            directive_lists,
            publisher_articles: vec![Vec::new(); publishers.len()],
            publishers,
            pages: self.make_pages(),
            tombstones: self.sorted.tombstones.iter().map(|d| Tombstone { document: d.clone() }).collect(),
            newest,
            place: self.names.places.own.get().first().and_then(|key| self.locality(*key)),
            former_stubs: self.stubs.redirects.iter().map(|(id, record)| (id.clone(), *record)).collect(),
            graph: 0,
        };
        reverse::fill(&mut archive, &unit_ranks);
        archive
    }

    fn resolved(&self, article: ArticleId) -> &'a Resolved {
        &self.resolutions[article.index()].resolved
    }

    fn locality(&self, key: PlaceKey) -> Option<LocalityId> {
        self.localities.get(key.0 as usize).copied().filter(|id| *id != NO_PAGE)
    }

    /// For each account of an event, the account that records it.
    fn event_roots(&self, found: &mut Vec<Diagnostic>) -> Vec<Account> {
        let mut roots: Vec<Account> =
            Vec::with_capacity(self.accounts.starts.last().map_or(0, |n| *n as usize));
        let same_as = |(article, at): Account| self.resolved(article).events[at as usize].same_as;
        for own in self.accounts.all() {
            let mut root = own;
            let mut seen = vec![];
            while let Some(next) = same_as(root) {
                seen.push(root);
                if seen.contains(&next) {
                    let document = &self.sorted.articles[own.0.index()];
                    let name = article_front(document)
                        .and_then(|front| front.events[own.1 as usize].same_as.as_ref());
                    // Once a circle: at the first of those in it.
                    if next == own
                        && seen.iter().min() == Some(&own)
                        && let Some(name) = name
                    {
                        found.push(cycle(&document.path, name.span, &name.text));
                    }
                    root = own;
                    break;
                }
                root = next;
            }
            roots.push(root);
        }
        self.join_orphans(&mut roots);
        roots
    }

    /// Accounts of one event whose record was withdrawn are still of one event: that of the
    /// first of them.
    fn join_orphans(&self, roots: &mut [Account]) {
        let mut first: BTreeMap<&str, Account> = BTreeMap::new();
        let mut joined: BTreeMap<Account, Account> = BTreeMap::new();
        for (own, _) in self.accounts.all().zip(&*roots).filter(|(own, root)| own == *root) {
            if !self.resolved(own.0).events[own.1 as usize].is_orphan {
                continue;
            }
            let Some(target) = &self.account(own).0.same_as else { continue };
            joined.insert(own, *first.entry(&*target.text).or_insert(own));
        }
        if joined.is_empty() {
            return;
        }
        for root in roots {
            if let Some(first) = joined.get(root) {
                *root = *first;
            }
        }
    }

    /// Gives an id to each unit and place that anything names, and to those above them.
    fn number_units_and_places(&mut self) {
        let count = self.names.places.len();
        let (mut units, mut places) = self
            .resolutions
            .par_chunks(1 << 12)
            .map(|resolutions| named(resolutions.iter().map(|resolution| &resolution.resolved), count))
            .reduce(
                || (FxHashSet::default(), PlaceSet::new(count)),
                |(mut units, mut places), (more_units, more_places)| {
                    units.extend(more_units);
                    places.join(&more_places);
                    (units, places)
                },
            );
        units.extend((0..self.names.units.len() as u32).map(UnitKey::Record));
        places.extend(self.place_files.keys().copied());
        places.extend(self.names.places.own.get().iter().copied());
        let mut named: Vec<FoundUnit> = Vec::new();
        places.extend(self.stubs.stubs.iter().filter_map(|stub| stub.owner));
        places.extend(self.kept.places.iter().map(|place| PlaceKey(place.index() as u32)));
        for &(organ, place) in &self.kept.units {
            let derived = (organ, PlaceKey(place.index() as u32));
            if !self.names.taken.has(&derived) {
                units.insert(UnitKey::Derived(derived.0, derived.1));
            }
        }
        named.extend(self.names.directives.all().iter().filter_map(|name| name.issuer));
        places.extend(self.names.directives.all().iter().filter_map(|name| name.owner));
        named.extend(self.records.unit_parents.iter().flatten());
        named.extend(self.records.unit_successors.iter().flatten());
        places.extend(self.records.publisher_places.iter().flatten().map(|place| place.key));
        for link in self.records.links.iter().flatten().flatten() {
            match link {
                Link::To(FoundTarget::Unit(unit)) => named.push(*unit),
                Link::To(FoundTarget::Locality(place)) => {
                    places.insert(place.key);
                }
                _ => {}
            }
        }
        // What an old place became leads back to it, so it has a page too.
        for key in places.keys() {
            if let Some(place) = self.names.places.place(key) {
                let successors =
                    self.names.places.gazetteer.place(place).records.iter().flat_map(|r| r.successors.iter());
                places.extend(successors.map(|successor| PlaceKey(successor.place.index() as u32)));
            }
        }
        units.extend(named.iter().map(|unit| unit.key));
        let mut pending: Vec<UnitKey> = units.iter().copied().collect();
        while let Some(key) = pending.pop() {
            places.extend(self.unit_place(key).map(|place| place.key));
            if let Some(parent) = self.unit_parent(key)
                && units.insert(parent)
            {
                pending.push(parent);
            }
        }
        let mut pending: Vec<PlaceKey> = places.keys();
        while let Some(key) = pending.pop() {
            if let Some(parent) = self.place_parent(key)
                && places.insert(parent)
            {
                pending.push(parent);
            }
        }
        let mut by_path: Vec<(String, PlaceKey)> =
            places.keys().into_iter().map(|key| (self.path(key), key)).collect();
        by_path.sort_unstable();
        self.localities = vec![NO_PAGE; count];
        for (index, (_, key)) in by_path.into_iter().enumerate() {
            self.localities[key.0 as usize] = LocalityId(index as u32);
        }
        let mut in_order: Vec<UnitKey> = units.into_iter().collect();
        in_order.sort_by_key(|key| match *key {
            UnitKey::Record(index) => (0, index, ""),
            UnitKey::Derived(organ, place) => (1, self.localities[place.0 as usize].0, organ::get(organ).id),
        });
        self.units =
            in_order.into_iter().enumerate().map(|(index, key)| (key, UnitId(index as u32))).collect();
    }

    fn path(&self, key: PlaceKey) -> String {
        if let Some(place) = self.names.places.own_place(key) {
            let document = &self.sorted.localities[place.document];
            let last = if document.id_is_set { document.id.to_string() } else { slug(&place.name) };
            return format!("{}/{last}", self.path(place.parent));
        }
        let place = self.names.places.place(key);
        place.map_or_else(String::new, |place| self.names.places.gazetteer.place(place).path.to_string())
    }

    fn place_parent(&self, key: PlaceKey) -> Option<PlaceKey> {
        if let Some(place) = self.names.places.own_place(key) {
            return Some(place.parent);
        }
        let place = self.names.places.place(key)?;
        let records = &self.names.places.gazetteer.place(place).records;
        records.iter().rev().find_map(|record| record.parent).map(|parent| PlaceKey(parent.index() as u32))
    }

    fn unit_place(&self, key: UnitKey) -> Option<Found> {
        match key {
            UnitKey::Record(index) => self.names.units[index as usize].place,
            UnitKey::Derived(_, place) => Some(Found { key: place, era: self.only_era(place) }),
        }
    }

    fn only_era(&self, key: PlaceKey) -> Option<Era> {
        let place = self.names.places.place(key)?;
        let mut eras = self.names.places.gazetteer.place(place).records.iter().map(|record| record.era);
        let first = eras.next()?;
        eras.all(|era| era == first).then_some(first)
    }

    /// The record of a place that an organ takes: the last one.
    fn record_for(&self, organ: OrganId, key: PlaceKey) -> Option<Candidate> {
        let place = self.names.places.gazetteer.place(self.names.places.place(key)?);
        let takes = &organ::get(organ).places;
        let record = place.records.iter().rposition(|record| takes.has(place.level, record.kind))?;
        Some(Candidate { key, record: record as u8 })
    }

    /// The unit above: by its file; else the organ above it at the same place; else the
    /// same organ, or for a committee the committee, at the place above.
    fn unit_parent(&self, key: UnitKey) -> Option<UnitKey> {
        let (organ, place) = match key {
            UnitKey::Record(index) => {
                if let Some(parent) = self.records.unit_parents[index as usize] {
                    return Some(parent.key);
                }
                self.names.units[index as usize].derived?
            }
            UnitKey::Derived(organ, place) => (organ, place),
        };
        let (_, kind) = self.names.places.level_and_kind(self.record_for(organ, place)?)?;
        let above = match organ::parent(organ, kind) {
            Some(parent) => Some((organ::page(parent, kind), place)),
            None => {
                let upper = self.place_parent(place)?;
                let (level, kind) = self.upper_kind(upper)?;
                let takes = |organ: OrganId| organ::get(organ).places.has(level, kind);
                let is_committee =
                    organ::get(organ).form == Form::Committee || organ::get(organ).id == "dang-uy";
                let same = Some(organ).filter(|&organ| takes(organ));
                let committee =
                    || organ::ids().find(|&other| organ::get(other).form == Form::Committee && takes(other));
                same.or_else(|| if is_committee { committee() } else { None }).map(|organ| (organ, upper))
            }
        }?;
        Some(match self.names.taken.get(&above) {
            Some(&index) => UnitKey::Record(index),
            None => UnitKey::Derived(above.0, above.1),
        })
        .filter(|parent| *parent != key)
    }

    fn upper_kind(&self, key: PlaceKey) -> Option<(Level, crate::gazetteer::Kind)> {
        let place = self.names.places.gazetteer.place(self.names.places.place(key)?);
        Some((place.level, place.records.last()?.kind))
    }

    fn unit_ref(&self, unit: &FoundUnit) -> UnitRef {
        UnitRef { unit: self.units[&unit.key], named: unit.named }
    }

    fn place_ref(&self, place: &Found) -> PlaceRef {
        PlaceRef { locality: self.localities[place.key.0 as usize], era: place.era }
    }

    fn target(&self, link: &Link) -> Target {
        match link {
            Link::Written => Target::Written,
            Link::Nothing => Target::Nothing,
            Link::To(target) => match target {
                FoundTarget::Article(id) => Target::Article(*id),
                FoundTarget::Tombstone(index) => Target::Tombstone(*index),
                FoundTarget::Directive(id) => Target::Directive(*id),
                FoundTarget::Unit(unit) => Target::Unit(self.unit_ref(unit)),
                FoundTarget::Locality(place) => Target::Locality(self.place_ref(place)),
                FoundTarget::Publisher(id) => Target::Publisher(*id),
                FoundTarget::Page(id) => Target::Page(*id),
            },
        }
    }

    /// What a mention of an article means.
    fn meant(&self, mentions: &Mentions, meant: &Meant) -> Option<Target> {
        Some(match meant {
            Meant::Directive(id) => Target::Directive(*id),
            Meant::Stub(index) => Target::Directive(self.stubs.of(&mentions.citations[*index as usize])?),
            Meant::Unit(key, named) => Target::Unit(UnitRef { unit: self.units[key], named: *named }),
            Meant::Locality(place) => Target::Locality(self.place_ref(place)),
        })
    }

    fn targets(&self, links: &[Link]) -> Vec<Target> {
        links.iter().map(|link| self.target(link)).collect()
    }

    /// All units with their lists, and the place of each in the alphabet of all.
    fn make_units(
        &self,
        alphabet: &mut Alphabet,
        found: &mut Vec<Diagnostic>,
    ) -> (Vec<Unit>, Vec<UnitLists>, Vec<u32>) {
        let mut keys: Vec<(UnitId, UnitKey)> = self.units.iter().map(|(key, id)| (*id, *key)).collect();
        keys.sort();
        let mut units: Vec<Unit> = keys.iter().map(|&(_, key)| self.make_unit(key)).collect();
        self.break_unit_cycles(&mut units, found);
        check_succession(&units, found);
        let mut lists = vec![UnitLists::default(); units.len()];
        for (index, unit) in units.iter().enumerate() {
            if let Some(parent) = unit.parent {
                lists[parent.index()].children.push(UnitId(index as u32));
            }
            for successor in &unit.successors {
                lists[successor.index()].predecessors.push(UnitId(index as u32));
            }
        }
        let ranks = alphabet.ranks(units.iter().map(|unit| (&*unit.name, "")));
        for list in &mut lists {
            list.children.sort_unstable_by_key(|unit| ranks[unit.index()]);
        }
        (units, lists, ranks)
    }

    fn make_unit(&self, key: UnitKey) -> Unit {
        let place = self.unit_place(key).map(|place| self.place_ref(&place));
        let parent = self.unit_parent(key).map(|parent| self.units[&parent]);
        let (document, name, derived, links, successors) = match key {
            UnitKey::Record(index) => {
                let document = &self.names.units[index as usize].document;
                let name = match &document.front {
                    Front::Unit(front) => front.name.text.clone(),
                    _ => Box::default(),
                };
                let derived = self.names.units[index as usize].derived;
                let derived = derived.and_then(|(organ, place)| Some((organ, self.locality(place)?)));
                let successors = &self.records.unit_successors[index as usize];
                let successors = successors.iter().map(|unit| self.units[&unit.key]).collect();
                (
                    Some(document.clone()),
                    name,
                    derived,
                    self.targets(&self.records.links[1][index as usize]),
                    successors,
                )
            }
            UnitKey::Derived(organ, place) => {
                let name = self.derived_name(organ, place);
                (None, name.into(), Some((organ, self.localities[place.0 as usize])), Vec::new(), Vec::new())
            }
        };
        Unit { document, name, derived, place, parent, successors, links }
    }

    fn derived_name(&self, organ: OrganId, key: PlaceKey) -> String {
        let record = self.record_for(organ, key).and_then(|candidate| {
            let place = self.names.places.place(key)?;
            self.names.places.gazetteer.place(place).records.get(usize::from(candidate.record))
        });
        match record {
            Some(record) => organ::display(organ, record.kind, record.short),
            None => format!("{} {}", organ::get(organ).name, self.names.places.label(key)),
        }
    }

    /// Parents in a circle are reported once, at the first file of the circle.
    fn break_unit_cycles(&self, units: &mut [Unit], found: &mut Vec<Diagnostic>) {
        for start in 0..units.len() {
            let mut at = units[start].parent;
            let mut steps = 0;
            while let Some(id) = at {
                if id.index() == start {
                    if let Some(document) = &units[start].document {
                        let name = units[start].front().and_then(|front| front.parent.as_ref());
                        let span = name.map_or(document.span, |name| name.span);
                        found.push(cycle(&document.path, span, &units[start].name));
                    }
                    units[start].parent = None;
                    break;
                }
                steps += 1;
                at = if steps > units.len() { None } else { units[id.index()].parent };
            }
        }
    }

    fn make_localities(&self, alphabet: &mut Alphabet) -> (Vec<Locality>, Vec<LocalityLists>) {
        let mut keys: Vec<(LocalityId, PlaceKey)> = (0..self.localities.len() as u32)
            .filter_map(|key| Some((self.locality(PlaceKey(key))?, PlaceKey(key))))
            .collect();
        keys.sort();
        let mut localities: Vec<Locality> = keys
            .iter()
            .map(|&(_, key)| {
                let file = self.place_files.get(&key).copied();
                let place = self.names.places.place(key);
                let name = match (self.names.places.own_place(key), place) {
                    (Some(own), _) => own.name.clone(),
                    (None, Some(place)) => {
                        let records = &self.names.places.gazetteer.place(place).records;
                        records.last().map_or_else(Box::default, |record| record.name.to_string().into())
                    }
                    (None, None) => Box::default(),
                };
                Locality {
                    place,
                    document: file.map(|file| self.sorted.localities[file].clone()),
                    name,
                    path: self.path(key).into(),
                    rank: Rank::default(),
                    parent: self.place_parent(key).and_then(|parent| self.locality(parent)),
                    links: file.map_or_else(Vec::new, |file| self.targets(&self.records.links[2][file])),
                }
            })
            .collect();
        self.rank(alphabet, &mut localities);
        let mut lists = vec![LocalityLists::default(); localities.len()];
        for (index, locality) in localities.iter().enumerate() {
            if let Some(parent) = locality.parent {
                lists[parent.index()].children.push(LocalityId(index as u32));
            }
        }
        for list in &mut lists {
            list.children.sort_by_key(|child| localities[child.index()].rank);
        }
        (localities, lists)
    }

    /// Sorts by the name without its type word, as an index of places does: Bình Định,
    /// Hồ Chí Minh, Sóc Trăng; 2, 10; then by the whole name.
    fn rank(&self, alphabet: &mut Alphabet, localities: &mut [Locality]) {
        let gazetteer = self.names.places.gazetteer;
        let names = localities.iter().map(|locality| {
            let place = locality.place.map(|place| gazetteer.place(place).last().short);
            (place.unwrap_or(&locality.name), &*locality.name)
        });
        let ranks = alphabet.ranks(names);
        for (locality, rank) in localities.iter_mut().zip(ranks) {
            locality.rank = Rank(rank);
        }
    }

    fn make_directives(&self, found: &mut Vec<Diagnostic>) -> (Vec<Directive>, Vec<DirectiveLists>) {
        let mut directives: Vec<Directive> = self
            .sorted
            .directives
            .iter()
            .zip(self.names.directives.all())
            .enumerate()
            .map(|(index, (document, name))| {
                let full = match (&name.number, &name.kind) {
                    (Some(number), Some(kind)) => format!("{kind} số {number}").into(),
                    _ => name.label.clone(),
                };
                Directive {
                    document: Some(document.clone()),
                    id: document.id.clone(),
                    label: name.label.clone(),
                    full,
                    kind: name.kind.clone(),
                    number: name.number.clone(),
                    term: name.term,
                    owner: name.owner.and_then(|key| self.locality(key)),
                    issuer: name.issuer.as_ref().map(|unit| self.unit_ref(unit)),
                    relations: self.records.relations[index].clone(),
                    links: self.targets(&self.records.links[0][index]),
                    like: Vec::new(),
                }
            })
            .collect();
        self.check_directive_cycles(&directives, found);
        directives.extend(self.stubs.stubs.iter().map(|stub| self.make_stub(stub)));
        let mut lists = vec![DirectiveLists::default(); directives.len()];
        for (index, directive) in directives.iter().enumerate() {
            for (relation, target) in &directive.relations {
                lists[target.index()].reverse.push((*relation, DirectiveId(index as u32)));
            }
        }
        (directives, lists)
    }

    fn make_stub(&self, stub: &Stub) -> Directive {
        let label: Box<str> = stub.label().into();
        let mut full = match (stub.kind, &stub.number) {
            (Some(kind), Some(_)) => format!("{kind} số {label}"),
            _ => label.to_string(),
        };
        if let (true, Some(number)) = (stub.is_told_apart, &stub.number) {
            full += &stub.edition.words(number);
        }
        Directive {
            document: None,
            id: stub.id.clone(),
            label,
            full: full.into(),
            kind: stub.kind.map(Into::into),
            number: stub.number.clone(),
            term: stub.edition.term(),
            owner: stub.owner.and_then(|key| self.locality(key)),
            issuer: None,
            relations: Vec::new(),
            links: Vec::new(),
            like: stub.like.clone(),
        }
    }

    /// No document continues, implements, amends or replaces itself, even by way of others.
    fn check_directive_cycles(&self, directives: &[Directive], found: &mut Vec<Diagnostic>) {
        for (relation, _) in Relation::ALL {
            let edges: Vec<Vec<usize>> =
                directives.iter().map(|directive| targets_of(directive, relation)).collect();
            for start in circles(&edges) {
                let directive = &directives[start];
                // Only a file names others.
                let (Some(document), Some(front)) = (&directive.document, directive.front()) else {
                    continue;
                };
                let name: Option<&Written> =
                    front.relations.iter().find(|(own, _)| *own == relation).map(|(_, target)| target);
                let span = name.map_or(document.span, |name| name.span);
                found.push(cycle(&document.path, span, &directive.label));
            }
        }
    }

    fn make_publishers(&self) -> Vec<Publisher> {
        let places = &self.records.publisher_places;
        self.sorted
            .publishers
            .iter()
            .enumerate()
            .map(|(index, document)| Publisher {
                document: document.clone(),
                place: places[index].as_ref().map(|place| self.place_ref(place)),
                links: self.targets(&self.records.links[3][index]),
            })
            .collect()
    }

    fn make_pages(&self) -> Vec<OwnPage> {
        self.sorted
            .pages
            .iter()
            .zip(&self.records.links[4])
            .map(|(document, links)| OwnPage { document: document.clone(), links: self.targets(links) })
            .collect()
    }

    /// All events, and for each account the one that it is of.
    fn make_events(&self, roots: &[Account], found: &mut Vec<Diagnostic>) -> (Vec<Event>, Vec<EventId>) {
        let accounts: Vec<Account> = self.accounts.all().collect();
        let mut event_of: Vec<EventId> = Vec::with_capacity(accounts.len());
        let mut recorded: Vec<Account> = Vec::with_capacity(accounts.len());
        for (own, root) in accounts.iter().zip(roots) {
            event_of.push(EventId(recorded.len() as u32));
            if own == root {
                recorded.push(*own);
            }
        }
        let mut events: Vec<Event> = recorded.par_iter().map(|&own| self.make_event(own)).collect();
        for (index, (&own, &root)) in accounts.iter().zip(roots).enumerate() {
            if own != root {
                let id = event_of[self.accounts.index(root)];
                event_of[index] = id;
                self.join_event(&mut events[id.index()], own, found);
            }
        }
        (events, event_of)
    }

    fn account(&self, (article, index): Account) -> (&document::Event, &resolve::ResolvedEvent) {
        let front = article_front(&self.sorted.articles[article.index()]);
        let event = front.map(|front| &front.events[index as usize]).expect("accounts are of articles");
        (event, &self.resolved(article).events[index as usize])
    }

    fn make_event(&self, own: Account) -> Event {
        let (event, resolved) = self.account(own);
        let recipients = resolved.recipients.iter().map(|(at, unit)| (*at, self.unit_ref(unit))).collect();
        Event {
            reports: vec![own],
            date: event.date.clone(),
            hosts: resolved.hosts.iter().map(|unit| self.unit_ref(unit)).collect(),
            units: resolved.units.iter().map(|unit| self.unit_ref(unit)).collect(),
            localities: resolved.localities.iter().map(|place| self.place_ref(place)).collect(),
            directives: resolved.directives.clone(),
            commended_by: resolved
                .commended_by
                .iter()
                .map(|by| by.as_ref().map(|unit| self.unit_ref(unit)))
                .collect(),
            recipients,
        }
    }

    /// Adds another article's account: what the record leaves open it may fill; what it
    /// contradicts is a warning.
    fn join_event(&self, event: &mut Event, own: Account, found: &mut Vec<Diagnostic>) {
        let (account, _) = self.account(own);
        let (recorded, _) = self.account(event.reports[0]);
        let document = &self.sorted.articles[own.0.index()];
        let recording = &self.sorted.articles[event.reports[0].0.index()];
        let accepted = |code: Code| {
            article_front(document).is_some_and(|front| front.accepted.iter().any(|(own, _)| *own == code))
        };
        let (theirs, ours) = (event_figures(recorded), event_figures(account));
        if let (Some(theirs), Some(ours)) = (theirs, ours)
            && theirs != ours
            && !accepted(Code::ConflictingFigures)
        {
            found.push(
                Diagnostic::new(Code::ConflictingFigures, &document.path, account.span)
                    .with("ours", show_figures(ours))
                    .with("theirs", show_figures(theirs))
                    .with("other", &recording.path)
                    .help("accept.help", &[("code", Code::ConflictingFigures.name())]),
            );
        }
        match (&event.date, &account.date) {
            (Some(theirs), Some(ours)) => {
                let agree = ours.date.first().is_none_or(|day| theirs.date.may_cover(day))
                    || theirs.date.first().is_none_or(|day| ours.date.may_cover(day));
                if !agree && !accepted(Code::ConflictingDates) {
                    found.push(
                        Diagnostic::new(Code::ConflictingDates, &document.path, ours.span)
                            .with("ours", ours.date)
                            .with("theirs", theirs.date)
                            .with("other", &recording.path)
                            .help("accept.help", &[("code", Code::ConflictingDates.name())]),
                    );
                }
            }
            (None, Some(_)) => event.date.clone_from(&account.date),
            _ => {}
        }
        let joined = self.make_event(own);
        extend(&mut event.hosts, joined.hosts);
        extend(&mut event.units, joined.units);
        extend(&mut event.localities, joined.localities);
        extend(&mut event.directives, joined.directives);
        event.reports.push(own);
    }

    /// All articles, and them by the day they were added.
    fn make_articles(&self, events: &[Event], event_of: &[EventId]) -> (Vec<Article>, Vec<ArticleId>) {
        let articles: Vec<Article> = (0..self.sorted.articles.len() as u32)
            .into_par_iter()
            .map(|index| self.make_article(ArticleId(index), events, event_of))
            .collect();
        let mut newest: Vec<((u16, u8, u8, u16), ArticleId)> = articles
            .iter()
            .zip(0..)
            .map(|(article, id)| {
                let added = article.front().added.as_ref();
                (added.map(|date| date.order()).unwrap_or_default(), ArticleId(id))
            })
            .collect();
        newest.par_sort_unstable_by(|a, b| b.cmp(a));
        (articles, newest.into_iter().map(|(_, id)| id).collect())
    }

    fn make_article(&self, id: ArticleId, events: &[Event], event_of: &[EventId]) -> Article {
        let resolved = self.resolved(id);
        let document = self.sorted.articles[id.index()].clone();
        let mentions = &resolved.mentions;
        let front = article_front(&document).expect("an article's front matter");
        let initiatives = front
            .initiatives
            .iter()
            .zip(&resolved.initiatives)
            .map(|(initiative, unit)| Initiative {
                name: initiative.name.text.clone(),
                unit: unit.as_ref().map(|unit| self.unit_ref(unit)),
                note: initiative.note.clone(),
            })
            .collect();
        let mut article = Article {
            publisher: resolved.publisher,
            units: resolved.units.iter().map(|unit| self.unit_ref(unit)).collect(),
            directives: resolved.directives.clone(),
            localities: resolved.localities.iter().map(|place| self.place_ref(place)).collect(),
            events: Vec::with_capacity(resolved.events.len()),
            initiatives,
            mentions: mentions.meant.iter().map(|meant| self.meant(mentions, meant.as_ref()?)).collect(),
            links: resolved.links.iter().map(|link| self.target(link)).collect(),
            reprints: resolved.reprints.clone(),
            document,
        };
        for at in 0..resolved.events.len() as u32 {
            let event_id = event_of[self.accounts.index((id, at))];
            let event = &events[event_id.index()];
            extend(&mut article.units, event.hosts.iter().chain(&event.units).copied());
            extend(&mut article.directives, event.directives.iter().copied());
            extend(&mut article.localities, event.localities.iter().copied());
            extend(&mut article.events, [event_id]);
        }
        article
    }
}

/// What some articles name: units, and places of which there are `count`.
fn named<'r>(resolved: impl Iterator<Item = &'r Resolved>, count: usize) -> (FxHashSet<UnitKey>, PlaceSet) {
    let (mut units, mut places) = (FxHashSet::default(), PlaceSet::new(count));
    for resolved in resolved {
        units.extend(resolved.units.iter().map(|unit| unit.key));
        places.extend(resolved.localities.iter().map(|place| place.key));
        for event in &resolved.events {
            units.extend(event.hosts.iter().chain(&event.units).map(|unit| unit.key));
            units.extend(event.commended_by.iter().flatten().map(|unit| unit.key));
            units.extend(event.recipients.iter().map(|(_, unit)| unit.key));
            places.extend(event.localities.iter().map(|place| place.key));
        }
        for meant in resolved.mentions.meant.iter().flatten() {
            match meant {
                Meant::Unit(key, _) => {
                    units.insert(*key);
                }
                Meant::Locality(place) => {
                    places.insert(place.key);
                }
                Meant::Directive(_) | Meant::Stub(_) => {}
            }
        }
    }
    (units, places)
}

/// A set of places, by their keys.
struct PlaceSet(Vec<bool>);

impl PlaceSet {
    /// None of `count` places.
    fn new(count: usize) -> PlaceSet {
        PlaceSet(vec![false; count])
    }

    /// Whether it was not there before.
    fn insert(&mut self, key: PlaceKey) -> bool {
        !std::mem::replace(&mut self.0[key.0 as usize], true)
    }

    fn extend(&mut self, keys: impl IntoIterator<Item = PlaceKey>) {
        for key in keys {
            self.insert(key);
        }
    }

    fn join(&mut self, other: &PlaceSet) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own |= other;
        }
    }

    /// All of them, ascending.
    fn keys(&self) -> Vec<PlaceKey> {
        let all = self.0.iter().enumerate().filter(|(_, has)| **has);
        all.map(|(key, _)| PlaceKey(key as u32)).collect()
    }
}

/// No unit is taken over by itself, even by way of others.
fn check_succession(units: &[Unit], found: &mut Vec<Diagnostic>) {
    let edges: Vec<Vec<usize>> =
        units.iter().map(|unit| unit.successors.iter().map(|id| id.index()).collect()).collect();
    for start in circles(&edges) {
        let unit = &units[start];
        // Only a file names who took over.
        let (Some(document), Some(front)) = (&unit.document, unit.front()) else { continue };
        let span = front.succeeded_by.first().map_or(document.span, |name| name.span);
        found.push(cycle(&document.path, span, &unit.name));
    }
}

/// The first node of each circle, in order; a node in several circles counts once.
fn circles(edges: &[Vec<usize>]) -> Vec<usize> {
    let reach = |start: usize| {
        let mut seen = BTreeSet::new();
        let mut pending = edges[start].clone();
        while let Some(at) = pending.pop() {
            if seen.insert(at) {
                pending.extend(&edges[at]);
            }
        }
        seen
    };
    let mut known: BTreeSet<usize> = BTreeSet::new();
    let mut first = Vec::new();
    for (start, targets) in edges.iter().enumerate() {
        if targets.is_empty() || known.contains(&start) {
            continue;
        }
        let ahead = reach(start);
        if ahead.contains(&start) {
            first.push(start);
            known.extend(ahead.into_iter().filter(|&other| reach(other).contains(&start)));
        }
    }
    first
}

fn targets_of(directive: &Directive, relation: Relation) -> Vec<usize> {
    directive.relations.iter().filter(|(own, _)| *own == relation).map(|(_, id)| id.index()).collect()
}

/// Collectives, individuals and prizes commended at the event, if any account of them.
fn event_figures(event: &document::Event) -> Option<[u32; 3]> {
    let at_event: Vec<_> = event.commended.iter().filter(|c| !c.over_period).collect();
    let sum =
        |part: fn(&document::Commendation) -> Option<u32>| at_event.iter().filter_map(|c| part(c)).sum();
    (!at_event.is_empty()).then(|| [sum(|c| c.collectives), sum(|c| c.individuals), sum(|c| c.prizes)])
}

fn show_figures([collectives, individuals, prizes]: [u32; 3]) -> String {
    match prizes {
        0 => format!("{collectives} + {individuals}"),
        _ => format!("{collectives} + {individuals} + {prizes}"),
    }
}

fn extend<T: PartialEq>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for item in more {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}
