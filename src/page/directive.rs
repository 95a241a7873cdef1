//! The views of the list of directives and of a directive.
//!
//! Reading order: this file, then `overview` (its events at a glance) and `kin` (the genealogy).

mod kin;
mod overview;

use super::listing::{self, Chunk};
use super::parts::{cut, date_view};
use super::view::{Counted, DirectiveRow, DirectiveView, DirectivesView, Link, RelationView};
use super::{Viewer, address, ids};
use crate::archive::{Directive, DirectiveId, DirectiveLists};
use crate::document::Relation;
use crate::vi::SortKey;

/// Directives without a file that the list of directives shows.
const STUBS: usize = 100;

/// Each relation with the keys of its verbs in `t`: what one does to others, and what others
/// do to it.
const VERBS: [(Relation, &str, &str); 4] = [
    (Relation::Continues, "continues", "continued_by"),
    (Relation::Implements, "implements", "implemented_by"),
    (Relation::Amends, "amends", "amended_by"),
    (Relation::Replaces, "replaces", "replaced_by"),
];

impl<'p> Viewer<'p> {
    pub(super) fn directives_view(&self, chunk: Chunk) -> DirectivesView<'p> {
        let (directives, _) = self.all_directives();
        let total = directives.partition_point(|directive| directive.document.is_some());
        let mut order: Vec<DirectiveId> = ids(total).map(DirectiveId).collect();
        order.sort_by_cached_key(|&id| {
            let directive = &directives[id.index()];
            let date =
                directive.front().and_then(|front| front.date.as_ref()).map(|dated| dated.date.order());
            (date, SortKey::new(&directive.label), id)
        });
        let size = self.site().page_size;
        DirectivesView {
            rows: listing::range(total, size, chunk).rev().map(|at| self.directive_row(order[at])).collect(),
            total,
            pager: listing::pager("van-ban.html", total, size, chunk),
            stubs: if chunk == 0 { self.stubs() } else { Vec::new() },
            stubs_total: self.mentioned_stubs().count(),
        }
    }

    /// Directives without a file, the most cited first.
    fn stubs(&self) -> Vec<Counted<'p>> {
        let (directives, _) = self.all_directives();
        let mut stubs: Vec<(DirectiveId, usize)> = self.mentioned_stubs().collect();
        stubs.sort_by_cached_key(|&(id, count)| {
            (std::cmp::Reverse(count), SortKey::new(&directives[id.index()].label), id)
        });
        stubs
            .into_iter()
            .take(STUBS)
            .map(|(id, count)| {
                let directive = self.directive(id);
                Counted {
                    url: self.addresses().directive(id).to_owned(),
                    title: (&*directive.full).into(),
                    note: directive.owner.map(|place| self.locality_link(place).title),
                    count,
                }
            })
            .collect()
    }

    fn directive_row(&self, id: DirectiveId) -> DirectiveRow<'p> {
        let directive = self.directive(id);
        let lists = self.directive_lists(id);
        let front = directive.front();
        DirectiveRow {
            url: self.addresses().directive(id).to_owned(),
            full: &directive.full,
            title: front.and_then(|front| front.title.as_deref()),
            issuer: front.and_then(|front| front.issuer.as_ref()).map(|issuer| &*issuer.text),
            date: front.and_then(|front| front.date.as_ref()).map(|dated| dated.date.to_string()),
            status: front.and_then(|front| front.status.as_deref()),
            replaced: self.is_replaced(id),
            articles: lists.articles.len(),
            events: lists.events.len(),
        }
    }

    pub(super) fn directive_view(&self, id: DirectiveId, chunk: Chunk) -> DirectiveView<'p> {
        let directive = self.directive(id);
        let lists = self.directive_lists(id);
        let mentions = self.directive_mentions(id);
        let front = directive.front();
        let url = self.addresses().directive(id);
        let (total, longest) = (lists.articles.len(), lists.articles.len().max(mentions.len()));
        let range = listing::range(total, self.site().page_size, chunk);
        let root = address::root_of(&listing::address(url, chunk)).into_owned();
        let names = front.map(|front| front.name.iter().chain(&front.aliases));
        // One without a number is called by its name.
        let others = names.into_iter().flatten().filter(|name| *name.text != *directive.label);
        let issued = front.and_then(|front| front.date.as_ref());
        let articles = lists.articles[range].iter().copied();
        let mut events = self.recorded_in(articles, |event| event.directives.contains(&id));
        events.sort_by_cached_key(|&id| (self.place_order(self.event(id)), id));
        let more_events = cut(&mut events);
        DirectiveView {
            label: &directive.label,
            full: &directive.full,
            described: directive.document.is_some(),
            kind: directive.kind.as_deref(),
            title: front.and_then(|front| front.title.as_deref()),
            issuer: front.and_then(|front| front.issuer.as_ref()).map(|issuer| Link {
                url: directive.issuer.map_or("", |unit| self.addresses().unit(unit.unit)).into(),
                title: (&*issuer.text).into(),
            }),
            owner: directive.owner.map(|place| self.locality_link(place)),
            date: issued.map(date_view),
            term: directive.term,
            status: front.and_then(|front| front.status.as_deref()),
            replaced_by: self.successors_of(lists),
            aliases: others.map(|alias| &*alias.text).collect(),
            relations: if chunk == 0 { self.relations(directive, lists) } else { Vec::new() },
            genealogy: if chunk == 0 { self.genealogy(id) } else { None },
            body: directive
                .document
                .as_ref()
                .map_or_else(String::new, |document| self.body(&document.body, &directive.links, &root)),
            overview: (chunk == 0).then(|| self.overview(&lists.events, &events, issued)).flatten(),
            events: events.iter().map(|id| self.event_view(*id)).collect(),
            more_events,
            articles: self.listing(url, total, longest, chunk, |at| lists.articles[at]),
            mentioned: self.mentioned(mentions, chunk),
            like: directive.like.iter().map(|id| self.directive_link(*id)).collect(),
            feed: (directive.document.is_some() && self.site().base_url.is_some())
                .then(|| address::feed(url)),
        }
    }

    fn successors_of(&self, lists: &DirectiveLists) -> Vec<Link<'p>> {
        let replacing = lists.reverse.iter().filter(|(relation, _)| *relation == Relation::Replaces);
        replacing.map(|(_, other)| self.directive_link(*other)).collect()
    }

    /// Both ways: what it does to others, then what others do to it.
    fn relations(&self, directive: &Directive, lists: &DirectiveLists) -> Vec<RelationView<'p>> {
        let mut views = Vec::new();
        for (relation, verb, reverse) in VERBS {
            for (edges, verb) in [(&directive.relations, verb), (&lists.reverse, reverse)] {
                let directives: Vec<_> = edges
                    .iter()
                    .filter(|(own, _)| *own == relation)
                    .map(|(_, other)| self.directive_link(*other))
                    .collect();
                if !directives.is_empty() {
                    views.push(RelationView { verb, directives });
                }
            }
        }
        views
    }
}

/// Key of what one directive does to another.
fn verb(relation: Relation) -> &'static str {
    VERBS.iter().find(|(own, ..)| *own == relation).map_or("", |(_, verb, _)| verb)
}
