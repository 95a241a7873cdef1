//! Resolving what files name: all articles in parallel, then the authority records.

use std::sync::Arc;

use rayon::prelude::*;

use super::names::{FoundUnit, Names, UnitKey};
use super::places::{Context, Found, PlaceKey};
use super::resolve::{self, Link, Resolved, Resolver};
use super::tables::Sorted;
use super::{ArticleId, DirectiveId, article_front, cycle};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Front, Relation};

pub(super) fn articles(
    names: &Names,
    articles: &[Arc<Document>],
    found: &mut Vec<Diagnostic>,
) -> Vec<Resolved> {
    let events_of =
        |id: ArticleId| article_front(&articles[id.index()]).map_or(&[][..], |front| &front.events);
    let resolved: Vec<(Resolved, Vec<Diagnostic>)> = articles
        .par_iter()
        .map(|document| match article_front(document) {
            Some(front) => resolve::article(names, document, front, &events_of),
            None => Default::default(),
        })
        .collect();
    resolved
        .into_iter()
        .map(|(resolved, diagnostics)| {
            found.extend(diagnostics);
            resolved
        })
        .collect()
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
    for (index, (document, place)) in names.units.iter().enumerate() {
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
