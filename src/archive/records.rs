//! Resolving what files name: all articles in parallel, then the authority records.
//!
//! An article whose document is the one of the last build, and none of whose questions to the
//! tables has another answer now (`reads`), means what it meant. A document in the memo is
//! alive there, so that its address in memory cannot be another's.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::names::{FoundUnit, Names, Parsed, UnitFile, UnitKey};
use super::places::{Context, Found, PlaceKey};
use super::reads::{self, Changed, Reads};
use super::resolve::{self, Link, Resolved, Resolver};
use super::tables::Sorted;
use super::{DirectiveId, article_front, cycle};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Front, Relation};

/// An article with its names found, and what that hung on.
#[derive(Default)]
pub(super) struct Resolution {
    pub(super) resolved: Resolved,
    found: Vec<Diagnostic>,
    reads: Reads,
}

/// Resolves all articles, in parallel; the outcome is beside `articles`. One that is in the memo
/// and asked for nothing that has another answer now is taken from there.
pub(super) fn articles(
    names: &Names,
    articles: &[Arc<Document>],
    known: Option<&Known>,
    remembered: bool,
    found: &mut Vec<Diagnostic>,
) -> Vec<Arc<Resolution>> {
    let resolutions: Vec<Arc<Resolution>> = articles
        .par_iter()
        .enumerate()
        .map(|(index, document)| match known.and_then(|known| known.of(index, document)) {
            Some(resolution) => resolution.clone(),
            None => Arc::new(resolve_one(names, document, remembered)),
        })
        .collect();
    for resolution in &resolutions {
        found.extend(resolution.found.iter().cloned());
    }
    resolutions
}

fn resolve_one(names: &Names, document: &Document, remembered: bool) -> Resolution {
    let Some(front) = article_front(document) else { return Resolution::default() };
    let resolve = || resolve::article(names, document, front);
    let ((resolved, found), reads) = match remembered {
        true => reads::record(resolve),
        false => (resolve(), Reads::default()),
    };
    Resolution { resolved, found, reads }
}

/// The articles of the last build, seen from the tables of this one.
pub(super) struct Known<'m> {
    last: &'m Names,
    /// Beside the articles of `last`.
    resolutions: &'m [Arc<Resolution>],
    /// In tables other than that of the articles, and in that.
    changed: (Changed, Changed),
    /// Where each document stood, by its address in memory, once one does not stand where it did.
    places: OnceLock<HashMap<usize, usize>>,
}

impl<'m> Known<'m> {
    pub(super) fn new(names: &Names, last: &'m Names, resolutions: &'m [Arc<Resolution>]) -> Known<'m> {
        Known { last, resolutions, changed: names.changes_since(last), places: OnceLock::new() }
    }

    /// Whether the tables answer everything as they did, but for what articles say.
    pub(super) fn has_same_tables(&self) -> bool {
        self.changed.0.is_empty()
    }

    fn of(&self, index: usize, document: &Arc<Document>) -> Option<&'m Arc<Resolution>> {
        let articles = self.last.articles.all();
        let stood = |index: usize| articles.get(index).is_some_and(|known| Arc::ptr_eq(&known.0, document));
        let index = match stood(index) {
            true => index,
            false => *self.places.get_or_init(|| places_of(articles)).get(&address(document))?,
        };
        let resolution = &self.resolutions[index];
        let is_other = self.changed.0.touches(&resolution.reads) || self.changed.1.touches(&resolution.reads);
        (!is_other).then_some(resolution)
    }
}

fn places_of(articles: &[Parsed]) -> HashMap<usize, usize> {
    articles.iter().enumerate().map(|(index, parsed)| (address(&parsed.0), index)).collect()
}

fn address(document: &Arc<Document>) -> usize {
    Arc::as_ptr(document).addr()
}

/// Names in authority records, found.
#[derive(Default)]
pub(super) struct Records {
    pub(super) relations: Vec<Vec<(Relation, DirectiveId)>>,
    pub(super) unit_parents: Vec<Option<FoundUnit>>,
    pub(super) unit_successors: Vec<Vec<FoundUnit>>,
    pub(super) publisher_places: Vec<Option<Found>>,
    /// Of the bodies of directives, units, localities, publishers and pages.
    pub(super) links: [Vec<Vec<Link>>; 5],
}

pub(super) fn records(names: &Names, sorted: &Sorted, found: &mut Vec<Diagnostic>) -> Records {
    let mut records = Records::default();
    let mut with = |document: &Document, resolve: &mut dyn FnMut(&mut Resolver)| {
        let mut resolver = Resolver::new(names, &document.path);
        resolve(&mut resolver);
        found.append(&mut resolver.found);
    };
    for (index, document) in sorted.directives.iter().enumerate() {
        let Front::Directive(front) = &document.front else { continue };
        let around: Vec<PlaceKey> = names.directives[index].owner.into_iter().collect();
        let context = Context { article: &around, ..Context::default() };
        let mut relations = Vec::new();
        with(document, &mut |resolver| {
            for (relation, target) in &front.relations {
                if let Some(id) = resolver.directive(target, context) {
                    relations.push((*relation, id));
                }
            }
            records.links[0].push(resolver.links(&document.body.refs, context));
        });
        records.relations.push(relations);
    }
    for (index, UnitFile { document, place, .. }) in names.units.all().iter().enumerate() {
        let Front::Unit(front) = &document.front else { continue };
        let around: Vec<PlaceKey> = place.iter().map(|place| place.key).collect();
        // A unit's neighbours are of its own time: no warning about them.
        let context = Context { article: &around, ..Context::default() };
        with(document, &mut |resolver| {
            let parent = front.parent.as_ref().and_then(|name| resolver.unit(name, context));
            if let Some(parent) = &parent
                && parent.key == UnitKey::Record(index as u32)
            {
                let name = front.parent.as_ref().unwrap_or(&front.name);
                resolver.found.push(cycle(&document.path, name.span, &name.text));
            }
            records.unit_parents.push(parent.filter(|parent| parent.key != UnitKey::Record(index as u32)));
            let successors =
                front.succeeded_by.iter().filter_map(|name| resolver.unit(name, context)).collect();
            records.unit_successors.push(successors);
            records.links[1].push(resolver.links(&document.body.refs, context));
        });
    }
    for document in &sorted.localities {
        with(document, &mut |resolver| {
            records.links[2].push(resolver.links(&document.body.refs, Context::default()));
        });
    }
    for document in &sorted.publishers {
        let Front::Publisher(front) = &document.front else { continue };
        with(document, &mut |resolver| {
            let place = front.place.as_ref().and_then(|place| resolver.locality(place, Context::default()));
            records.publisher_places.push(place);
            records.links[3].push(resolver.links(&document.body.refs, Context::default()));
        });
    }
    for document in &sorted.pages {
        with(document, &mut |resolver| {
            records.links[4].push(resolver.links(&document.body.refs, Context::default()));
        });
    }
    records
}
