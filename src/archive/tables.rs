//! The look-up tables, filled from the files of records.
//!
//! Order matters: places before units (a unit is at a place), units before directives (an
//! issuer is a unit), all of them before articles. Two files that claim one id or one name
//! are reported here. Not here: resolving the names that records and articles use.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::names::{DirectiveName, Names, Parsed, central_term};
use super::places::{Candidate, Context, Lookup, PlaceKey, SitePlace};
use super::resolve::Resolver;
use super::{ArticleId, Drafts, PageId, PublisherId, cycle};
use crate::config::{self, Site};
use crate::diagnostic::{Code, Diagnostic, SourcePath, Span};
use crate::document::{self, Document, Front};
use crate::source::Kind;
use crate::vi::{fold, slug};

/// Documents by kind, in the order of their paths; articles by date.
#[derive(Clone, Default)]
pub(super) struct Sorted {
    /// All of them, as they came.
    all: Vec<Arc<Document>>,
    /// Whether two of them claim one id, which is reported.
    collide: bool,
    pub(super) articles: Vec<Arc<Document>>,
    pub(super) tombstones: Vec<Arc<Document>>,
    pub(super) directives: Vec<Arc<Document>>,
    pub(super) units: Vec<Arc<Document>>,
    pub(super) localities: Vec<Arc<Document>>,
    pub(super) publishers: Vec<Arc<Document>>,
    pub(super) pages: Vec<Arc<Document>>,
    /// Files with mistakes that keep them out: those who cite them are not blamed.
    pub(super) broken: Vec<(Kind, Arc<Document>)>,
    /// Ids of drafts.
    pub(super) drafts: Vec<Box<str>>,
}

impl Sorted {
    /// Whether all files say what they said in `old`, but for the texts of articles.
    pub(super) fn is_same_but_for_texts(&self, old: &Sorted) -> bool {
        // Named one by one, so that a new list does not compile until it is compared.
        let Sorted {
            all: _,
            collide: _,
            articles,
            tombstones,
            directives,
            units,
            localities,
            publishers,
            pages,
            broken,
            drafts,
        } = self;
        let same = |a: &[Arc<Document>], b: &[Arc<Document>]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        let same_front =
            |(a, b): (&Arc<Document>, &Arc<Document>)| Arc::ptr_eq(a, b) || a.front_digest == b.front_digest;
        same(tombstones, &old.tombstones)
            && same(directives, &old.directives)
            && same(units, &old.units)
            && same(localities, &old.localities)
            && same(publishers, &old.publishers)
            && same(pages, &old.pages)
            && *drafts == old.drafts
            && broken.len() == old.broken.len()
            && broken.iter().zip(&old.broken).all(|(a, b)| a.0 == b.0 && Arc::ptr_eq(&a.1, &b.1))
            && articles.len() == old.articles.len()
            && articles.iter().zip(&old.articles).all(same_front)
    }

    /// The same lists with `documents` in them, where each of these stands where the one before it
    /// stood: of the same kind, id and date. `None` if one does not, or many are others: then they
    /// have to be sorted. At 100,000 articles that takes 100 ms, most of it for fetching from memory
    /// what few of them have changed.
    fn with(&self, documents: &[Arc<Document>]) -> Option<Sorted> {
        if self.collide || self.all.len() != documents.len() {
            return None;
        }
        let others = self.all.iter().zip(documents).filter(|(old, new)| !Arc::ptr_eq(old, new));
        let others: Vec<_> = others.take(FEW + 1).collect();
        if others.len() > FEW || others.iter().any(|(old, new)| standing(old) != standing(new)) {
            return None;
        }
        let mut sorted = self.clone();
        for (old, new) in others {
            let replace = |list: &mut Vec<Arc<Document>>| {
                let at = list.iter().position(|document| Arc::ptr_eq(document, old))?;
                list[at] = new.clone();
                Some(())
            };
            match standing(new).0 {
                Place::Article { withdrawn: true, .. } => replace(&mut sorted.tombstones)?,
                Place::Article { .. } => replace(&mut sorted.articles)?,
                Place::Broken => {
                    let at = sorted.broken.iter().position(|(_, document)| Arc::ptr_eq(document, old))?;
                    sorted.broken[at].1 = new.clone();
                }
                Place::Of(Kind::Directive) => replace(&mut sorted.directives)?,
                Place::Of(Kind::Unit) => replace(&mut sorted.units)?,
                Place::Of(Kind::Locality) => replace(&mut sorted.localities)?,
                Place::Of(Kind::Publisher) => replace(&mut sorted.publishers)?,
                Place::Of(Kind::Page | Kind::Article) => replace(&mut sorted.pages)?,
            }
        }
        sorted.all = documents.to_vec();
        Some(sorted)
    }

    /// Every file that has a page, in any order.
    pub(super) fn documents(&self) -> impl Iterator<Item = &Document> {
        let lists = [
            &self.articles,
            &self.tombstones,
            &self.directives,
            &self.units,
            &self.localities,
            &self.publishers,
            &self.pages,
        ];
        lists.into_iter().flatten().map(|document| &**document)
    }
}

/// More documents than this are not put into their places one by one.
const FEW: usize = 64;

/// Where a document stands among the others, with its kind and id.
fn standing(document: &Document) -> (Place, Kind, &str) {
    let place = match &document.front {
        Front::Article(front) => Place::Article {
            withdrawn: front.withdrawn.is_some(),
            draft: front.draft,
            order: front.date.as_ref().map(|dated| dated.date.order()).unwrap_or_default(),
        },
        Front::Broken(..) => Place::Broken,
        _ => Place::Of(kind_of(document)),
    };
    (place, kind_of(document), &document.id)
}

/// In which list, and where in it.
#[derive(PartialEq)]
enum Place {
    Article { withdrawn: bool, draft: bool, order: (u16, u8, u8, u16) },
    Broken,
    Of(Kind),
}

/// Sorts the documents; `last` are those of the last build.
pub(super) fn sort(
    documents: Vec<Arc<Document>>,
    drafts: Drafts,
    last: Option<&Sorted>,
    found: &mut Vec<Diagnostic>,
) -> Sorted {
    if let Some(sorted) = last.and_then(|last| last.with(&documents)) {
        return sorted;
    }
    let mut sorted = Sorted::default();
    let firsts = firsts(&documents);
    let mut articles = Vec::with_capacity(documents.len());
    for (document, first) in documents.iter().zip(firsts) {
        let document = document.clone();
        if document.is_draft() {
            sorted.drafts.push(document.id.clone());
        }
        if let Some(first) = first {
            sorted.collide = true;
            found.push(
                Diagnostic::new(Code::IdCollision, &document.path, document.span)
                    .with("id", &document.id)
                    .with("other", &documents[first].path)
                    .help("id-collision.help", &[]),
            );
            sorted.broken.push((kind_of(&document), document));
            continue;
        }
        match &document.front {
            Front::Article(front) if front.draft && drafts == Drafts::Skip => {}
            Front::Article(front) if front.withdrawn.is_some() => sorted.tombstones.push(document),
            Front::Article(front) => {
                let order = front.date.as_ref().map(|dated| dated.date.order());
                articles.push((order.unwrap_or_default(), document));
            }
            Front::Directive(_) => sorted.directives.push(document),
            Front::Unit(_) => sorted.units.push(document),
            Front::Locality(_) => sorted.localities.push(document),
            Front::Publisher(_) => sorted.publishers.push(document),
            Front::Page(_) => sorted.pages.push(document),
            Front::Broken(kind, _) => sorted.broken.push((*kind, document)),
        }
    }
    articles.par_sort_by(|(a_order, a), (b_order, b)| (a_order, &a.id).cmp(&(b_order, &b.id)));
    sorted.articles = articles.into_iter().map(|(_, document)| document).collect();
    sorted.all = documents;
    sorted
}

fn kind_of(document: &Document) -> Kind {
    match &document.front {
        Front::Article(_) => Kind::Article,
        Front::Directive(_) => Kind::Directive,
        Front::Unit(_) => Kind::Unit,
        Front::Locality(_) => Kind::Locality,
        Front::Publisher(_) => Kind::Publisher,
        Front::Page(_) => Kind::Page,
        Front::Broken(kind, _) => *kind,
    }
}

/// For each document, the first one of its kind and id, if that is another.
fn firsts(documents: &[Arc<Document>]) -> Vec<Option<usize>> {
    let mut first_with: FxHashMap<(Kind, &str), usize> = FxHashMap::default();
    first_with.reserve(documents.len());
    let documents = documents.iter().enumerate();
    documents
        .map(|(index, document)| {
            let first = *first_with.entry((kind_of(document), &document.id)).or_insert(index);
            (first != index && !document.id.is_empty()).then_some(first)
        })
        .collect()
}

pub(super) fn add_site_place(names: &mut Names, site: &Site, found: &mut Vec<Diagnostic>) {
    let path: SourcePath = config::PATH.into();
    let mut resolver = Resolver::new(names, &path);
    let own = site.place.as_ref().and_then(|place| resolver.locality(place, Context::default()));
    found.append(&mut resolver.found);
    *names.places.own_is_unknown.value_mut() = site.place.is_some() && own.is_none();
    names.places.own.value_mut().extend(own.map(|place| place.key));
}

/// Adds the places of `content/localities/`; gives the file of each place that has one.
pub(super) fn add_places(
    names: &mut Names,
    files: &[Arc<Document>],
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<PlaceKey, usize> {
    let mut place_files = BTreeMap::new();
    let mut waiting: Vec<usize> = (0..files.len()).collect();
    // A hamlet may lie in another place of the site's own, so go on while any is found.
    loop {
        let mut later = Vec::new();
        let before = waiting.len();
        for index in waiting {
            match add_place(names, files, index) {
                Some(key) => {
                    found.extend(check_place_address(names, &files[index], key));
                    if let Some(&first) = place_files.get(&key) {
                        let first: &usize = &first;
                        let label = names.places.label(key);
                        found.push(name_collision(
                            &files[index],
                            &files[*first].path,
                            &label,
                            files[index].span,
                        ));
                    } else {
                        place_files.insert(key, index);
                    }
                }
                None => later.push(index),
            }
        }
        waiting = later;
        if waiting.is_empty() || waiting.len() == before {
            break;
        }
    }
    let lost: Vec<&document::Locality> =
        waiting.iter().filter_map(|&index| locality_front(&files[index])).collect();
    let mut cycle_is_reported = false;
    for &index in &waiting {
        let document = &files[index];
        let Front::Locality(front) = &document.front else { continue };
        names.add_broken(Kind::Locality, document);
        // Its parent waits, too: a circle, or below a place that is reported itself.
        let above = front.parent.as_ref().map(|parent| fold(parent.text.split(',').next().unwrap_or("")));
        if let (Some(above), Some(parent)) = (above, &front.parent)
            && lost.iter().any(|other| fold(&other.name.text) == above)
        {
            if !cycle_is_reported && leads_to_itself(&lost, front) {
                cycle_is_reported = true;
                found.push(cycle(&document.path, parent.span, &front.name.text));
            }
            continue;
        }
        let mut resolver = Resolver::new(names, &document.path);
        let name = front.parent.as_ref().unwrap_or(&front.name);
        let lookup = resolver.names.places.find(&name.text, Context::default());
        resolver.report_locality(name, lookup);
        found.append(&mut resolver.found);
        names.add_broken(Kind::Locality, document);
    }
    place_files
}

/// The last part of a hamlet's address is made of its name, and must be sound like an id.
fn check_place_address(names: &Names, document: &Document, key: PlaceKey) -> Option<Diagnostic> {
    let name = &names.places.own_place(key)?.name;
    let front = locality_front(document)?;
    let last = slug(name);
    (!document.id_is_set && !document::is_sound_id(&last)).then(|| {
        Diagnostic::new(Code::BadId, &document.path, front.name.span)
            .with("id", name)
            .help("bad-id.help", &[("id", &document::propose_id("noi", name))])
    })
}

fn locality_front(document: &Document) -> Option<&document::Locality> {
    match &document.front {
        Front::Locality(front) => Some(front),
        _ => None,
    }
}

/// Whether the parents of a place, among places that were not found, come back to it.
fn leads_to_itself(lost: &[&document::Locality], start: &document::Locality) -> bool {
    let parent_of = |place: &document::Locality| {
        let above = fold(place.parent.as_ref()?.text.split(',').next()?);
        lost.iter().find(|other| fold(&other.name.text) == above).copied()
    };
    let mut at = Some(start);
    for _ in 0..=lost.len() {
        at = at.and_then(parent_of);
        if at.is_some_and(|place| std::ptr::eq(place, start)) {
            return true;
        }
    }
    false
}

fn add_place(names: &mut Names, files: &[Arc<Document>], index: usize) -> Option<PlaceKey> {
    let Front::Locality(front) = &files[index].front else { return None };
    let aliases = front.aliases.iter().map(|alias| alias.text.to_string());
    let Some(parent) = &front.parent else {
        let key = names.places.find(&front.name.text, Context::default()).one()?.key;
        let place = names.places.place(key)?;
        let last = names.places.gazetteer.place(place).records.len() - 1;
        let aliases: Vec<String> = aliases.collect();
        for alias in aliases {
            names.places.add_name(&alias, Candidate { key, record: last as u8 });
        }
        return Some(key);
    };
    let parent = names.places.find(&parent.text, Context::default()).one()?;
    let name = &front.name.text;
    let kind = front.kind.as_deref().unwrap_or("");
    let bare = strip_kind(name, kind);
    let typed = if kind.is_empty() { bare.to_owned() } else { format!("{kind} {bare}") };
    let shown = capitalise(&typed);
    let spellings: Vec<String> = [typed, bare.to_owned()].into_iter().chain(aliases).collect();
    let place = SitePlace { document: index, parent: parent.key, name: shown.into(), era: parent.era };
    Some(names.places.add(place, spellings))
}

/// `name` without the type word that it may begin with.
fn strip_kind<'n>(name: &'n str, kind: &str) -> &'n str {
    let words = kind.split_whitespace().count();
    let mut rest = name;
    for _ in 0..words {
        rest = rest.split_once(char::is_whitespace).map_or("", |(_, rest)| rest).trim_start();
    }
    let head = name[..name.len() - rest.len()].trim();
    if words > 0 && !rest.is_empty() && fold(head) == fold(kind) { rest } else { name }
}

fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

pub(super) fn add_units(names: &mut Names, files: &[Arc<Document>], found: &mut Vec<Diagnostic>) {
    let mut first_with: HashMap<(String, Option<PlaceKey>), SourcePath> = HashMap::new();
    for document in files {
        let Front::Unit(front) = &document.front else { continue };
        let mut resolver = Resolver::new(names, &document.path);
        let declared = front.place.as_ref().and_then(|place| resolver.locality(place, Context::default()));
        found.append(&mut resolver.found);
        let around: Vec<PlaceKey> = declared.iter().map(|place| place.key).collect();
        let context = Context { article: &around, ..Context::default() };
        // What it would be without its file: organ + place.
        let derived =
            names.unit(&front.name.text, context).one().and_then(|unit| Some((unit.read?.0, unit.place?)));
        let place = declared.or(derived.map(|(_, place)| place));
        let key = (fold(&front.name.text), place.map(|place| place.key));
        if let Some(first) = first_with.get(&key) {
            found.push(name_collision(document, first, &front.name.text, front.name.span));
            names.add_broken(Kind::Unit, document);
            continue;
        }
        first_with.insert(key, document.path.clone());
        names.add_unit(document.clone(), place, derived.map(|(organ, place)| (organ, place.key)));
    }
}

pub(super) fn add_directives(names: &mut Names, files: &[Arc<Document>], found: &mut Vec<Diagnostic>) {
    // Owner + symbol + serial + term, or year: what makes two files one document.
    type Identity = (Option<PlaceKey>, String, Option<u8>, Option<u16>);
    let mut first_with: HashMap<Identity, SourcePath> = HashMap::new();
    for document in files {
        let Front::Directive(front) = &document.front else { continue };
        // The centre is no unit of a place, so what no organ fits stays words; but a name
        // that fits several units must not pass for the centre.
        let mut resolver = Resolver::new(names, &document.path);
        let issuer =
            front.issuer.as_ref().and_then(|issuer| match names.unit(&issuer.text, Context::default()) {
                Lookup::Several(_) => resolver.unit(issuer, Context::default()),
                lookup => lookup.one(),
            });
        found.append(&mut resolver.found);
        let owner = issuer.and_then(|issuer| issuer.place).map(|place| place.key);
        let day = front.date.as_ref().and_then(|dated| dated.date.first());
        let party = front.number.as_ref().is_some_and(|number| number.is_party());
        let term = front.term.or_else(|| day.filter(|_| owner.is_none() && party).and_then(central_term));
        let year = front
            .number
            .as_ref()
            .and_then(|number| number.year())
            .or_else(|| day.map(|day| day.year))
            .filter(|_| !party);
        let label: Box<str> = match (&front.number, &front.name) {
            (Some(number), _) => number.to_string().into(),
            (None, Some(name)) => name.text.clone(),
            (None, None) => document.id.clone(),
        };
        let key = match &front.number {
            Some(number) => (owner, folded_number(number), term, year),
            None => (owner, fold(&label), term, year),
        };
        let first = first_with.get(&key).cloned();
        if let Some(first) = &first {
            found.push(name_collision(document, first, &label, front.span));
        }
        let (number, kind) = (front.number.clone(), front.kind.clone());
        let name = DirectiveName { number, label, kind, term, year, day, owner, issuer };
        match first {
            Some(_) => {
                names.add_second_directive(name);
                names.add_broken(Kind::Directive, document);
            }
            None => {
                first_with.insert(key, document.path.clone());
                names.add_directive(document, front, name);
            }
        }
    }
}

fn folded_number(number: &crate::number::Number) -> String {
    let text = fold(&number.to_string());
    text.trim_start_matches('0').to_owned()
}

pub(super) fn add_publishers(names: &mut Names, files: &[Arc<Document>], found: &mut Vec<Diagnostic>) {
    let mut first_with: HashMap<String, SourcePath> = HashMap::new();
    for (index, document) in files.iter().enumerate() {
        let Front::Publisher(front) = &document.front else { continue };
        let id = PublisherId(index as u32);
        names.publisher_labels.push(front.name.text.clone());
        if let Some(first) = first_with.insert(fold(&front.name.text), document.path.clone()) {
            found.push(name_collision(document, &first, &front.name.text, front.name.span));
            names.add_broken(Kind::Publisher, document);
            continue;
        }
        let marks = front.marks.iter().map(|mark| &**mark);
        let aliases = front.aliases.iter().map(|alias| &*alias.text);
        for name in std::iter::once(&*front.name.text).chain(aliases).chain(marks) {
            let ids = names.publisher_names.entry(fold(name)).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    // A preferred name goes before aliases that others may have.
    for (index, document) in files.iter().enumerate() {
        if let Front::Publisher(front) = &document.front
            && first_with.get(&fold(&front.name.text)) == Some(&document.path)
        {
            names.publisher_names.insert(fold(&front.name.text), vec![PublisherId(index as u32)]);
        }
    }
}

/// `last` are the tables of the last build, if there was one.
pub(super) fn add_articles(names: &mut Names, sorted: &Sorted, last: Option<&Names>) {
    for document in &sorted.articles {
        names.articles.push(Parsed(document.clone()));
    }
    let same_ids = |last: &&Names| {
        let (ours, theirs) = (names.articles.all(), last.articles.all());
        let same = |(a, b): (&Parsed, &Parsed)| a == b || a.0.id == b.0.id;
        ours.len() == theirs.len() && ours.iter().zip(theirs).all(same)
    };
    match last.filter(same_ids) {
        Some(last) => names.article_ids = last.article_ids.share(),
        None => {
            for (index, document) in sorted.articles.iter().enumerate() {
                names.article_ids.insert(document.id.clone(), ArticleId(index as u32));
            }
        }
    }
    for (index, document) in sorted.tombstones.iter().enumerate() {
        names.tombstone_ids.insert(document.id.clone(), index as u32);
    }
    for (index, document) in sorted.pages.iter().enumerate() {
        names.page_ids.insert(document.id.clone(), PageId(index as u32));
    }
}

fn name_collision(document: &Document, other: &str, name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::NameCollision, &document.path, span)
        .with("name", name)
        .with("other", other)
        .help("name-collision.help", &[])
}
