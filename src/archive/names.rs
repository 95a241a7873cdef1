//! Look-up tables for everything but places: directives, units, publishers, articles and
//! own pages, and what broken files call themselves.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::places::{Candidate, Context, Found, Lookup, PlaceKey, Places};
use super::reads::{Changed, Fact, Rows, Table};
use super::{ArticleId, DirectiveId, PageId, PublisherId};
use crate::document::{self, Document, Front};
use crate::gazetteer::{Era, Level};
use crate::mention::directive::{self, Reference};
use crate::mention::{Finder, What};
use crate::number::Number;
use crate::organ::{self, OrganId};
use crate::source::Kind;
use crate::vi::date::Day;
use crate::vi::{fold, slug};
use crate::yaml::Written;

/// A unit before the archive has given it a dense id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum UnitKey {
    /// Index among the units' files.
    Record(u32),
    Derived(OrganId, PlaceKey),
}

/// A unit that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FoundUnit {
    pub(super) key: UnitKey,
    /// The organ named, where its page is another's.
    pub(super) named: Option<OrganId>,
    pub(super) place: Option<Found>,
    /// What was read, for the warning about organs of another time.
    pub(super) read: Option<(OrganId, Candidate)>,
}

/// Where a `[[name]]` leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoundTarget {
    Article(ArticleId),
    Tombstone(u32),
    Directive(DirectiveId),
    Unit(FoundUnit),
    Locality(Found),
    Publisher(PublisherId),
    Page(PageId),
}

/// What a name without a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum NamedDirective {
    /// "Nghị quyết Trung ương 4 khóa XI": plenum and term.
    Plenum(u8, u8),
    /// "Kết luận Trung ương 4 khóa XIII": likewise.
    Conclusion(u8, u8),
    /// "Chuyên đề năm 2022".
    Theme(u16),
}

impl NamedDirective {
    /// What a mention names without a number, if it says enough.
    pub(super) fn of(directive: &crate::mention::directive::Directive) -> Option<NamedDirective> {
        match directive.reference {
            Reference::Plenum { plenum, term: Some(term) } => Some(match directive.kind {
                Some(directive::Kind::KetLuan) => NamedDirective::Conclusion(plenum, term),
                _ => NamedDirective::Plenum(plenum, term),
            }),
            Reference::Theme(year) => Some(NamedDirective::Theme(year)),
            _ => None,
        }
    }
}

/// What is known of a directive before its edges are.
#[derive(PartialEq)]
pub(super) struct DirectiveName {
    pub(super) number: Option<Number>,
    pub(super) label: Box<str>,
    /// "Kết luận".
    pub(super) kind: Option<Box<str>>,
    pub(super) term: Option<u8>,
    pub(super) year: Option<u16>,
    pub(super) day: Option<Day>,
    pub(super) owner: Option<PlaceKey>,
    pub(super) issuer: Option<FoundUnit>,
}

/// A unit's file, and where the unit is.
pub(super) struct UnitFile {
    pub(super) document: Arc<Document>,
    pub(super) place: Option<Found>,
    /// What it would be without its file, if that is no other file's.
    pub(super) derived: Option<(OrganId, PlaceKey)>,
}

/// A file as it was parsed: another parse is another file.
pub(super) struct Parsed(pub(super) Arc<Document>);

impl PartialEq for Parsed {
    fn eq(&self, other: &Parsed) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl PartialEq for UnitFile {
    fn eq(&self, other: &UnitFile) -> bool {
        let UnitFile { document, place, derived } = self;
        Arc::ptr_eq(document, &other.document) && (place, derived) == (&other.place, &other.derived)
    }
}

/// The tables. Built once a build, then shared by all threads.
pub(super) struct Names {
    pub(super) places: Places,
    pub(super) directives: Rows<DirectiveName>,
    directive_ids: Table<Box<str>, DirectiveId>,
    directive_numbers: Table<Number, Vec<DirectiveId>>,
    /// By number without its year.
    directive_editions: Table<Number, Vec<DirectiveId>>,
    /// By what the grammar of documents reads in their names.
    directive_events: Table<NamedDirective, Vec<DirectiveId>>,
    directive_names: Table<String, Vec<DirectiveId>>,
    /// Unit files.
    pub(super) units: Rows<UnitFile>,
    unit_names: Table<String, Vec<u32>>,
    /// Derived units that a file describes.
    pub(super) taken: Table<(OrganId, PlaceKey), u32>,
    pub(super) publisher_names: Table<String, Vec<PublisherId>>,
    pub(super) publisher_labels: Rows<Box<str>>,
    /// Beside `Sorted::articles`, for those that record events of others.
    pub(super) articles: Rows<Parsed>,
    pub(super) article_ids: Table<Box<str>, ArticleId>,
    pub(super) tombstone_ids: Table<Box<str>, u32>,
    pub(super) page_ids: Table<Box<str>, PageId>,
    /// Ids of drafts that are left out of the archive.
    pub(super) drafts: Fact<HashSet<Box<str>>>,
    broken: Table<Kind, Broken>,
}

#[derive(Clone, Default, PartialEq)]
struct Broken {
    ids: HashSet<Box<str>>,
    names: HashSet<String>,
    numbers: HashSet<Number>,
}

impl Names {
    pub(super) fn new(places: Places) -> Names {
        Names {
            places,
            directives: Rows::new("directives"),
            directive_ids: Table::new("directive ids"),
            directive_numbers: Table::new("directive numbers"),
            directive_editions: Table::new("directive editions"),
            directive_events: Table::new("directive events"),
            directive_names: Table::new("directive names"),
            units: Rows::new("units"),
            unit_names: Table::new("unit names"),
            taken: Table::new("taken"),
            publisher_names: Table::new("publisher names"),
            publisher_labels: Rows::new("publisher labels"),
            articles: Rows::new("articles"),
            article_ids: Table::new("article ids"),
            tombstone_ids: Table::new("tombstone ids"),
            page_ids: Table::new("page ids"),
            drafts: Fact::new("drafts", HashSet::new()),
            broken: Table::new("broken"),
        }
    }

    /// The keys to which these tables have another answer than `old`: of all but the articles
    /// themselves, then of those.
    pub(super) fn changes_since(&self, old: &Names) -> (Changed, Changed) {
        // Named one by one, so that a new table does not compile until it is compared.
        let Names {
            places,
            directives,
            directive_ids,
            directive_numbers,
            directive_editions,
            directive_events,
            directive_names,
            units,
            unit_names,
            taken,
            publisher_names,
            publisher_labels,
            articles,
            article_ids,
            tombstone_ids,
            page_ids,
            drafts,
            broken,
        } = self;
        let mut changed = Changed::default();
        places.changes_since(&old.places, &mut changed);
        directives.changes_since(&old.directives, &mut changed);
        directive_ids.changes_since(&old.directive_ids, &mut changed);
        directive_numbers.changes_since(&old.directive_numbers, &mut changed);
        directive_editions.changes_since(&old.directive_editions, &mut changed);
        directive_events.changes_since(&old.directive_events, &mut changed);
        directive_names.changes_since(&old.directive_names, &mut changed);
        units.changes_since(&old.units, &mut changed);
        unit_names.changes_since(&old.unit_names, &mut changed);
        taken.changes_since(&old.taken, &mut changed);
        publisher_names.changes_since(&old.publisher_names, &mut changed);
        publisher_labels.changes_since(&old.publisher_labels, &mut changed);
        article_ids.changes_since(&old.article_ids, &mut changed);
        tombstone_ids.changes_since(&old.tombstone_ids, &mut changed);
        page_ids.changes_since(&old.page_ids, &mut changed);
        drafts.changes_since(&old.drafts, &mut changed);
        broken.changes_since(&old.broken, &mut changed);
        let mut changed_articles = Changed::default();
        articles.changes_since(&old.articles, &mut changed_articles);
        changed.settle();
        changed_articles.settle();
        (changed, changed_articles)
    }

    /// Remembers a file with an error of its own, so that those who cite it are not blamed.
    pub(super) fn add_broken(&mut self, kind: Kind, document: &Document) {
        let names: Vec<&str> = match &document.front {
            Front::Broken(_, names) => names.iter().map(|name| &**name).collect(),
            Front::Directive(front) => texts(&front.name, &front.aliases).collect(),
            Front::Unit(front) => texts([&front.name], &front.aliases).collect(),
            Front::Locality(front) => texts([&front.name], &front.aliases).collect(),
            Front::Publisher(front) => {
                texts([&front.name], &front.aliases).chain(front.marks.iter().map(|mark| &**mark)).collect()
            }
            Front::Article(_) | Front::Page(_) => Vec::new(),
        };
        let broken = self.broken.entry(kind).or_default();
        broken.ids.insert(document.id.clone());
        if let Front::Directive(front) = &document.front {
            broken.numbers.extend(front.number.clone());
        }
        for name in names {
            broken.names.insert(fold(name));
            broken.numbers.extend(Number::parse(name));
        }
    }

    /// Whether a file of that kind that is broken may be the one that is named.
    pub(super) fn is_broken(&self, kind: Kind, name: &str) -> bool {
        self.broken.get(&kind).is_some_and(|broken| {
            // A place is cited with those above it.
            let first = name.split(',').next().unwrap_or(name);
            broken.ids.contains(&*slug(name))
                || broken.names.contains(&fold(name))
                || (kind == Kind::Locality && broken.names.contains(&fold(first)))
                || reference(name).number.is_some_and(|number| {
                    broken.numbers.contains(&number) || broken.ids.contains(&*slug(&number.to_string()))
                })
        })
    }

    /// Registers a unit's file under its names.
    pub(super) fn add_unit(
        &mut self,
        document: Arc<Document>,
        place: Option<Found>,
        derived: Option<(OrganId, PlaceKey)>,
    ) -> u32 {
        let index = self.units.len() as u32;
        if let Front::Unit(front) = &document.front {
            for name in std::iter::once(&front.name).chain(&front.aliases) {
                let units = self.unit_names.entry(fold(&name.text)).or_default();
                if !units.contains(&index) {
                    units.push(index);
                }
            }
        }
        let derived = derived.filter(|unit| !self.taken.has(unit));
        if let Some(unit) = derived {
            self.taken.insert(unit, index);
        }
        self.units.push(UnitFile { document, place, derived });
        index
    }

    /// Registers a directive under its id, number and names.
    pub(super) fn add_directive(
        &mut self,
        document: &Document,
        front: &document::Directive,
        name: DirectiveName,
    ) {
        let id = DirectiveId(self.directives.len() as u32);
        self.directive_ids.insert(document.id.clone(), id);
        if let Some(number) = &name.number {
            self.directive_numbers.entry(number.clone()).or_default().push(id);
            self.directive_editions.entry(number.without_year()).or_default().push(id);
        }
        for alias in front.name.iter().chain(&front.aliases) {
            if let Some(named) = named_directive(&alias.text) {
                let ids = self.directive_events.entry(named).or_default();
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            let ids = self.directive_names.entry(fold(&alias.text)).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        self.directives.push(name);
    }

    /// Keeps the id of a second file on one document, which was reported, free of names.
    pub(super) fn add_second_directive(&mut self, name: DirectiveName) {
        self.directives.push(name);
    }

    /// Where a unit is.
    pub(super) fn place_of(&self, unit: UnitKey) -> Option<PlaceKey> {
        match unit {
            UnitKey::Record(index) => self.units[index as usize].place.map(|place| place.key),
            UnitKey::Derived(_, place) => Some(place),
        }
    }

    /// The id of a directive's file.
    pub(super) fn directive_id(&self, id: DirectiveId) -> &str {
        self.directive_ids.iter().find(|(_, own)| **own == id).map_or("", |(text, _)| text)
    }

    /// The directive that `text` names: by id, name or number, the number with or without
    /// its type word, a term ("khóa XIII") or year ("năm 2020") behind it.
    pub(super) fn directive(&self, text: &str, context: Context) -> Lookup<DirectiveId> {
        if let Some(&id) = self.directive_ids.get(text) {
            return Lookup::One(id);
        }
        if let Some(ids) = self.directive_names.get(&fold(text)) {
            return self.choose_directive(ids.clone(), context);
        }
        let reference = reference(text);
        let Some(ids) = reference.number.and_then(|number| self.directive_numbers.get(&number)) else {
            return Lookup::None;
        };
        let fits = |id: &DirectiveId| {
            let name = &self.directives[id.index()];
            reference.term.is_none_or(|term| name.term == Some(term))
                && reference.year.is_none_or(|year| name.year == Some(year))
        };
        self.choose_directive(ids.iter().copied().filter(fits).collect(), context)
    }

    /// Every directive of that number, of any year.
    pub(super) fn editions(&self, number: &Number) -> &[DirectiveId] {
        self.directive_editions.get(&number.without_year()).map_or(&[], Vec::as_slice)
    }

    /// Every directive that is named so.
    pub(super) fn named_directives(&self, name: NamedDirective) -> &[DirectiveId] {
        self.directive_events.get(&name).map_or(&[], Vec::as_slice)
    }

    /// Every record of a resolution or conclusion of that plenum, of any term.
    pub(super) fn plenum_directives(&self, plenum: u8) -> Vec<DirectiveId> {
        let of = |name: NamedDirective| matches!(name, NamedDirective::Plenum(own, _) | NamedDirective::Conclusion(own, _) if own == plenum);
        let named = self.all_named_directives().into_iter().filter(|(name, _)| of(*name));
        named.flat_map(|(_, ids)| ids).collect()
    }

    /// Every record that is named so, by name.
    pub(super) fn all_named_directives(&self) -> BTreeMap<NamedDirective, Vec<DirectiveId>> {
        self.directive_events.iter().map(|(name, ids)| (*name, ids.clone())).collect()
    }

    /// The directive with that id.
    pub(super) fn directive_by_id(&self, id: &str) -> Option<DirectiveId> {
        self.directive_ids.get(id).copied()
    }

    fn choose_directive(&self, mut ids: Vec<DirectiveId>, context: Context) -> Lookup<DirectiveId> {
        if ids.len() > 1 {
            // Of several owners, the one that the article is about.
            let near = |id: &DirectiveId| match self.directives[id.index()].owner {
                None => true,
                Some(owner) => context
                    .event
                    .iter()
                    .chain(context.article)
                    .chain(self.places.own.get())
                    .any(|&place| self.places.is_within(place, owner)),
            };
            let nearer: Vec<_> = ids.iter().copied().filter(near).collect();
            if !nearer.is_empty() {
                ids = nearer;
            }
        }
        match ids.as_slice() {
            [] => Lookup::None,
            [id] => Lookup::One(*id),
            ids => Lookup::Several(ids.iter().map(|id| self.directive_label(*id)).collect()),
        }
    }

    /// A directive as candidates are listed: what tells it from others of its number is in it.
    pub(super) fn directive_label(&self, id: DirectiveId) -> String {
        let name = &self.directives[id.index()];
        let mut label = name.label.to_string();
        if let Some(owner) = name.owner {
            label += &format!(" ({})", self.places.label(owner));
        }
        match (name.term, name.year) {
            (Some(term), _) => label + &format!(" khóa {term}"),
            (None, Some(year)) => label + &format!(" năm {year}"),
            _ => label,
        }
    }

    /// The directive's number nearest to `text`, if it is near.
    pub(super) fn nearest_directive(&self, text: &str) -> Option<&str> {
        // One well-formed number is no slip of another: 02-KL/TW exists beside 01-KL/TW.
        if Number::parse(text).is_some() {
            return None;
        }
        let text = text.to_lowercase();
        self.directives
            .all()
            .iter()
            .map(|name| (strsim::damerau_levenshtein(&name.label.to_lowercase(), &text), &*name.label))
            .min()
            .filter(|(distance, _)| *distance <= 2)
            .map(|(_, label)| label)
    }

    /// The unit that `name` means: one with a file, or organ and place.
    pub(super) fn unit(&self, name: &str, context: Context) -> Lookup<FoundUnit> {
        if let Some(units) = self.unit_names.get(&fold(name)) {
            return self.choose_unit(units, context);
        }
        for reading in organ::read(name) {
            let place = &name[reading.place.clone()];
            if place.is_empty() {
                continue;
            }
            let takes = |level: Level, kind| reading.places.has(level, kind);
            match self.places.find_for(place, &takes, context) {
                (Lookup::One(found), Some(record)) => {
                    return Lookup::One(self.derived(reading.organ, found, record));
                }
                (Lookup::Several(places), _) => {
                    let organ = organ::get(reading.organ).name;
                    return Lookup::Several(
                        places.iter().map(|place| format!("{organ} ({place})")).collect(),
                    );
                }
                _ => {}
            }
        }
        Lookup::None
    }

    pub(super) fn derived(&self, organ: OrganId, place: Found, record: Candidate) -> FoundUnit {
        let kind = self.places.level_and_kind(record).map(|(_, kind)| kind);
        let page = kind.map_or(organ, |kind| organ::page(organ, kind));
        let key = match self.taken.get(&(organ, place.key)).or_else(|| self.taken.get(&(page, place.key))) {
            Some(&index) => UnitKey::Record(index),
            None => UnitKey::Derived(page, place.key),
        };
        let own_file = self.taken.has(&(organ, place.key));
        let named = (page != organ && !own_file).then_some(organ);
        FoundUnit { key, named, place: Some(place), read: Some((organ, record)) }
    }

    fn choose_unit(&self, units: &[u32], context: Context) -> Lookup<FoundUnit> {
        let rings = [Some(context.event), Some(context.article), Some(&self.places.own.get()[..]), None];
        for ring in rings {
            let here: Vec<u32> = units
                .iter()
                .copied()
                .filter(|&index| match (ring, self.units[index as usize].place) {
                    (None, _) => true,
                    (Some(ring), Some(place)) => ring.iter().any(|&r| self.places.is_within(place.key, r)),
                    (Some(_), None) => false,
                })
                .collect();
            match here.as_slice() {
                [] => continue,
                [index] => {
                    let place = self.units[*index as usize].place;
                    return Lookup::One(FoundUnit {
                        key: UnitKey::Record(*index),
                        named: None,
                        place,
                        read: None,
                    });
                }
                several => {
                    let label = |&index: &u32| {
                        let UnitFile { document, place, .. } = &self.units[index as usize];
                        match place {
                            Some(place) => format!("{} ({})", document.path, self.places.label(place.key)),
                            None => document.path.to_string(),
                        }
                    };
                    return Lookup::Several(several.iter().map(label).collect());
                }
            }
        }
        Lookup::None
    }

    /// The publisher with that name, alias or mark.
    pub(super) fn publisher(&self, name: &str) -> Lookup<PublisherId> {
        match self.publisher_names.get(&fold(name)).map(Vec::as_slice) {
            None | Some([]) => Lookup::None,
            Some([id]) => Lookup::One(*id),
            Some(ids) => {
                Lookup::Several(ids.iter().map(|id| self.publisher_labels[id.index()].to_string()).collect())
            }
        }
    }

    /// The one record of any kind that `[[name]]` means. `Err` holds, for each kind that has
    /// several, its candidates; or, if the name fits several kinds, one of each.
    ///
    /// A kind before the name, as its folder is called, leaves no other: `[[articles/a]]`.
    pub(super) fn any(
        &self,
        name: &str,
        context: Context,
    ) -> Result<Option<FoundTarget>, (bool, Vec<String>)> {
        let prefixed = name.split_once('/').and_then(|(folder, rest)| {
            Some((Kind::ALL.into_iter().find(|kind| kind.folder() == folder)?, rest))
        });
        let (only, name) = prefixed.map_or((None, name), |(kind, rest)| (Some(kind), rest));
        let mut fits = Vec::new();
        let mut several = Vec::new();
        let mut add = |kind: Kind, lookup: Lookup<FoundTarget>| match lookup {
            _ if only.is_some_and(|only| only != kind) => {}
            Lookup::One(target) => fits.push((format!("{}/{name}", kind.folder()), target)),
            Lookup::Several(names) => several.extend(names),
            Lookup::None => {}
        };
        add(Kind::Directive, map(self.directive(name, context), FoundTarget::Directive));
        add(Kind::Unit, map(self.unit(name, context), FoundTarget::Unit));
        add(Kind::Locality, map(self.places.find(name, context), FoundTarget::Locality));
        add(Kind::Publisher, map(self.publisher(name), FoundTarget::Publisher));
        let article = self.article_ids.get(name).map(|&id| FoundTarget::Article(id));
        let tombstone = self.tombstone_ids.get(name).map(|&index| FoundTarget::Tombstone(index));
        let page = self.page_ids.get(name).map(|&id| FoundTarget::Page(id));
        add(Kind::Article, article.or(tombstone).map_or(Lookup::None, Lookup::One));
        add(Kind::Page, page.map_or(Lookup::None, Lookup::One));
        match (fits.as_slice(), several.is_empty()) {
            ([], true) => Ok(None),
            ([], false) => Err((false, several)),
            ([(_, target)], _) => Ok(Some(*target)),
            _ => Err((true, fits.into_iter().map(|(label, _)| label).collect())),
        }
    }
}

/// What the grammar of documents reads in a name, so that a text may name it in another
/// way of the grammar.
fn named_directive(name: &str) -> Option<NamedDirective> {
    let mut found = Vec::new();
    Finder::default().find(name, &mut found);
    let What::Directive(directive) = &found.first()?.what else { return None };
    NamedDirective::of(directive)
}

/// Names and then aliases.
fn texts<'a>(
    names: impl IntoIterator<Item = &'a Written>,
    aliases: &'a [Written],
) -> impl Iterator<Item = &'a str> {
    names.into_iter().chain(aliases).map(|name| &*name.text)
}

fn map<T, U>(lookup: Lookup<T>, wrap: impl FnOnce(T) -> U) -> Lookup<U> {
    match lookup {
        Lookup::One(value) => Lookup::One(wrap(value)),
        Lookup::Several(names) => Lookup::Several(names),
        Lookup::None => Lookup::None,
    }
}

/// A number with what an editor wrote around it.
struct Cited {
    number: Option<Number>,
    term: Option<u8>,
    year: Option<u16>,
}

/// Reads "Kết luận số 01-KL/TW", "12-NQ/TW khóa XI", "749/QĐ-TTg năm 2020".
fn reference(text: &str) -> Cited {
    let mut rest = text.trim().trim_end_matches(')');
    let (mut term, mut year) = (None, None);
    let folded_term = fold("khóa");
    let folded_year = fold("năm");
    let words: Vec<&str> = rest.split_whitespace().collect();
    if words.len() >= 3 {
        let word = fold(words[words.len() - 2].trim_start_matches('('));
        let value = words[words.len() - 1];
        if word == folded_term {
            term = fold(&format!("x {value}")).strip_prefix("x ").and_then(|number| number.parse().ok());
        } else if word == folded_year {
            year = value.parse().ok();
        }
        if (term.is_some() || year.is_some())
            && let Some(cut) = rest.rfind(words[words.len() - 2])
        {
            rest = rest[..cut].trim_end();
        }
    }
    let starts = std::iter::once(0).chain(rest.match_indices(' ').map(|(at, _)| at + 1));
    let number = starts.filter_map(|start| Number::parse(&rest[start..])).next();
    Cited { number, term, year }
}

/// Terms of the Party Congress, by the day each Congress closed: XI 19/1/2011, XII
/// 28/1/2016, XIII 1/2/2021, XIV 23/1/2026 (communiqués of the Congresses).
pub(super) fn central_term(day: Day) -> Option<u8> {
    let terms = [
        (6, (1986, 12, 18)),
        (7, (1991, 6, 27)),
        (8, (1996, 7, 1)),
        (9, (2001, 4, 22)),
        (10, (2006, 4, 25)),
        (11, (2011, 1, 19)),
        (12, (2016, 1, 28)),
        (13, (2021, 2, 1)),
        (14, (2026, 1, 23)),
    ];
    let started = |day| terms.iter().rev().find(|(_, start)| *start <= day).map(|(term, _)| *term);
    let (first, last) = (started(day.first_day()), started(day.last_day()));
    // "2016" may lie in two terms.
    if first == last { first } else { None }
}

/// The era that all of `places` agree on.
pub(super) fn agreed_era(places: impl Iterator<Item = Option<Era>>) -> Option<Era> {
    let mut eras = places.flatten();
    let first = eras.next()?;
    eras.all(|era| era == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::{central_term, reference};
    use crate::vi::date::Day;

    #[test]
    fn a_reference_is_a_number_with_words_around_it() {
        let read = |text| {
            let reference = reference(text);
            (reference.number.map(|n| n.to_string()), reference.term, reference.year)
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(read("Kết luận số 01-KL/TW"), (some("01-KL/TW"), None, None));
        assert_eq!(read("01- KL/TW"), (some("01-KL/TW"), None, None));
        assert_eq!(read("12-NQ/TW khóa XI"), (some("12-NQ/TW"), Some(11), None));
        assert_eq!(read("12-NQ/TW (khoá 12)"), (some("12-NQ/TW"), Some(12), None));
        assert_eq!(read("Quyết định 749/QĐ-TTg năm 2020"), (some("749/QĐ-TTg"), None, Some(2020)));
        assert_eq!(read("Chuyên đề năm 2022").0, None);
    }

    #[test]
    fn a_year_that_two_congresses_share_has_no_term() {
        assert_eq!(central_term(Day::new(2021, 5, 18).unwrap()), Some(13));
        assert_eq!(central_term(Day { year: 2016, month: None, day: None }), None);
    }
}
