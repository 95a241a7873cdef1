//! What is digested of a record, written down byte by byte.
//!
//! A digest covers every field of its record, by patterns without `..`, so that a new field
//! does not compile until somebody has thought of it. Other records are numbers here
//! (`identity`): what a neighbour is called is in no digest but the neighbour's own. Lists
//! lie in their order. What a file says is its two digests.

use super::identity::{Numbers, place_number};
use super::{Picture, PictureSize, Printed};
use crate::archive::{
    Article, ArticleId, Directive, DirectiveId, DirectiveLists, Event, EventId, Initiative, Locality,
    LocalityId, LocalityLists, OwnPage, PlaceRef, Publisher, PublisherId, Tally, Target, Tombstone, Unit,
    UnitId, UnitLists, UnitRef,
};
use crate::digest::Digest;
use crate::document::{Dated, Document, Relation};
use crate::gazetteer::Era;
use crate::organ::{self, OrganId};
use crate::vi::Date;
use crate::vi::date::Day;

/// Writes down what a digest is of. Everything of varying length has its length before it.
pub(super) struct Ink<'n> {
    numbers: &'n Numbers,
    bytes: Vec<u8>,
}

impl<'n> Ink<'n> {
    pub(super) fn new(numbers: &'n Numbers) -> Ink<'n> {
        Ink { numbers, bytes: Vec::new() }
    }

    /// The digest of what `write` writes.
    pub(super) fn sum(&mut self, write: impl FnOnce(&mut Self)) -> u64 {
        write(self);
        self.take()
    }

    /// The digest of what was written; never 0, which stands for nothing.
    pub(super) fn take(&mut self) -> u64 {
        let digest = Digest::of(&self.bytes).short();
        self.bytes.clear();
        digest.max(1)
    }

    // Records.

    /// What it declares, and its text.
    pub(super) fn article(&mut self, article: &Article) -> [u64; 2] {
        let Article {
            document,
            publisher,
            units,
            directives,
            localities,
            events,
            initiatives,
            links,
            mentions,
            reprints,
        } = article;
        let declared = self.sum(|ink| {
            ink.front(document);
            ink.option(publisher, Ink::publisher_id);
            ink.list(units, Ink::unit_ref);
            ink.list(directives, Ink::directive_id);
            ink.list(localities, Ink::place_ref);
            ink.list(events, Ink::event_id);
            ink.list(initiatives, Ink::initiative);
            ink.list(reprints, Ink::publisher_id);
        });
        let text = self.sum(|ink| {
            ink.body(document);
            ink.list(links, Ink::target);
            ink.list(mentions, |ink, target| ink.option(target, Ink::target));
        });
        [declared, text]
    }

    pub(super) fn initiative(&mut self, initiative: &Initiative) {
        let Initiative { name, unit, note } = initiative;
        self.text(name);
        self.option(unit, Ink::unit_ref);
        self.option(note, |ink, note| ink.text(note));
    }

    pub(super) fn event(&mut self, event: &Event) -> u64 {
        let Event { reports, date, hosts, units, localities, directives, commended_by, recipients } = event;
        self.sum(|ink| {
            ink.list(reports, |ink, (article, index)| {
                ink.article_id(article);
                ink.number(*index);
            });
            ink.option(date, Ink::dated);
            ink.list(hosts, Ink::unit_ref);
            ink.list(units, Ink::unit_ref);
            ink.list(localities, Ink::place_ref);
            ink.list(directives, Ink::directive_id);
            ink.list(commended_by, |ink, by| ink.option(by, Ink::unit_ref));
            ink.number(recipients.len() as u32);
            for ((commendation, recipient), unit) in recipients {
                ink.numbers(&[*commendation, *recipient]);
                ink.unit_ref(unit);
            }
        })
    }

    pub(super) fn directive(&mut self, directive: &Directive) -> u64 {
        let Directive {
            document,
            id,
            label,
            full,
            kind,
            number,
            term,
            owner,
            issuer,
            relations,
            links,
            like,
        } = directive;
        self.sum(|ink| {
            ink.option(document, |ink, document| ink.document(document));
            ink.text(id);
            ink.text(label);
            ink.text(full);
            ink.option(kind, |ink, kind| ink.text(kind));
            ink.option(number, |ink, number| ink.text(&number.to_string()));
            ink.option(term, |ink, term| ink.number(u32::from(*term)));
            ink.option(owner, Ink::locality_id);
            ink.option(issuer, Ink::unit_ref);
            ink.relations(relations);
            ink.list(links, Ink::target);
            ink.list(like, Ink::directive_id);
        })
    }

    pub(super) fn directive_lists(&mut self, lists: &DirectiveLists) -> u64 {
        let DirectiveLists { reverse, articles, events } = lists;
        self.sum(|ink| {
            ink.relations(reverse);
            ink.list(articles, Ink::article_id);
            ink.list(events, Ink::event_id);
        })
    }

    pub(super) fn relations(&mut self, relations: &[(Relation, DirectiveId)]) {
        self.list(relations, |ink, (relation, id)| {
            ink.number(*relation as u32);
            ink.directive_id(id);
        });
    }

    pub(super) fn unit(&mut self, unit: &Unit) -> u64 {
        let Unit { document, name, derived, place, parent, successors, links } = unit;
        self.sum(|ink| {
            ink.option(document, |ink, document| ink.document(document));
            ink.text(name);
            ink.option(derived, |ink, (organ, place)| {
                ink.organ(organ);
                ink.locality_id(place);
            });
            ink.option(place, Ink::place_ref);
            ink.option(parent, Ink::unit_id);
            ink.list(successors, Ink::unit_id);
            ink.list(links, Ink::target);
        })
    }

    pub(super) fn unit_lists(&mut self, lists: &UnitLists) -> u64 {
        let UnitLists { children, predecessors, articles, events, commending, received, issued, initiatives } =
            lists;
        self.sum(|ink| {
            ink.list(children, Ink::unit_id);
            ink.list(predecessors, Ink::unit_id);
            ink.list(articles, Ink::article_id);
            ink.list(events, Ink::event_id);
            ink.list(commending, Ink::event_id);
            ink.list(received, Ink::event_id);
            ink.list(issued, Ink::directive_id);
            ink.list(initiatives, |ink, (article, at)| {
                ink.article_id(article);
                ink.number(*at);
            });
        })
    }

    pub(super) fn locality(&mut self, locality: &Locality) -> u64 {
        // Ranks compare as names and paths do, which are here; the number behind one is
        // another's business.
        let Locality { place, document, name, path, rank: _, parent, links } = locality;
        self.sum(|ink| {
            ink.option(place, |ink, place| ink.number(place_number(*place)));
            ink.option(document, |ink, document| ink.document(document));
            ink.text(name);
            ink.text(path);
            ink.option(parent, Ink::locality_id);
            ink.list(links, Ink::target);
        })
    }

    pub(super) fn locality_lists(&mut self, lists: &LocalityLists) -> u64 {
        let LocalityLists { children, units, articles, events, direct, total, directives } = lists;
        self.sum(|ink| {
            ink.list(children, Ink::locality_id);
            ink.list(units, Ink::unit_id);
            ink.list(articles, |ink, (article, era)| {
                ink.article_id(article);
                ink.era(*era);
            });
            ink.list(events, Ink::event_id);
            for Tally { old, new, unknown } in [direct, total] {
                ink.numbers(&[*old, *new, *unknown]);
            }
            ink.list(directives, Ink::directive_id);
        })
    }

    /// Which articles they are. Where each names the record is part of its text.
    pub(super) fn mentions(&mut self, mentions: &[(ArticleId, u32)]) -> u64 {
        self.sum(|ink| ink.list(mentions, |ink, (article, _)| ink.article_id(article)))
    }

    pub(super) fn publisher(&mut self, publisher: &Publisher) -> u64 {
        let Publisher { document, place, links } = publisher;
        self.sum(|ink| {
            ink.document(document);
            ink.option(place, Ink::place_ref);
            ink.list(links, Ink::target);
        })
    }

    pub(super) fn own_page(&mut self, page: &OwnPage) -> u64 {
        let OwnPage { document, links } = page;
        self.sum(|ink| {
            ink.document(document);
            ink.list(links, Ink::target);
        })
    }

    pub(super) fn tombstone(&mut self, tombstone: &Tombstone) -> u64 {
        let Tombstone { document } = tombstone;
        self.sum(|ink| ink.document(document))
    }

    /// Its address is who it is.
    pub(super) fn picture(&mut self, picture: &Picture) -> u64 {
        let Picture { url: _, size: PictureSize { width, height } } = picture;
        self.sum(|ink| ink.numbers(&[*width, *height]))
    }

    // Parts of records.

    pub(super) fn document(&mut self, document: &Document) {
        self.front(document);
        self.body(document);
    }

    pub(super) fn front(&mut self, document: &Document) {
        self.digest(document.front_digest.short());
    }

    pub(super) fn body(&mut self, document: &Document) {
        self.digest(document.body_digest.short());
    }

    pub(super) fn article_id(&mut self, id: &ArticleId) {
        self.number(self.numbers.article(*id));
    }

    pub(super) fn event_id(&mut self, id: &EventId) {
        self.number(self.numbers.event(*id));
    }

    pub(super) fn directive_id(&mut self, id: &DirectiveId) {
        self.number(self.numbers.directive(*id));
    }

    pub(super) fn unit_id(&mut self, id: &UnitId) {
        self.number(self.numbers.unit(*id));
    }

    pub(super) fn locality_id(&mut self, id: &LocalityId) {
        self.number(self.numbers.locality(*id));
    }

    pub(super) fn publisher_id(&mut self, id: &PublisherId) {
        self.number(self.numbers.publisher(*id));
    }

    pub(super) fn unit_ref(&mut self, unit: &UnitRef) {
        let UnitRef { unit, named } = unit;
        self.unit_id(unit);
        self.option(named, Ink::organ);
    }

    pub(super) fn place_ref(&mut self, place: &PlaceRef) {
        let PlaceRef { locality, era } = place;
        self.locality_id(locality);
        self.era(*era);
    }

    pub(super) fn target(&mut self, target: &Target) {
        match target {
            Target::Article(id) => {
                self.number(0);
                self.article_id(id);
            }
            Target::Tombstone(index) => {
                self.number(1);
                self.number(self.numbers.tombstone(*index));
            }
            Target::Directive(id) => {
                self.number(2);
                self.directive_id(id);
            }
            Target::Unit(unit) => {
                self.number(3);
                self.unit_ref(unit);
            }
            Target::Locality(place) => {
                self.number(4);
                self.place_ref(place);
            }
            Target::Publisher(id) => {
                self.number(5);
                self.publisher_id(id);
            }
            Target::Page(id) => {
                self.number(6);
                self.number(self.numbers.page(*id));
            }
            Target::Written => self.number(7),
            Target::Nothing => self.number(8),
        }
    }

    pub(super) fn organ(&mut self, organ: &OrganId) {
        self.text(organ::get(*organ).id);
    }

    pub(super) fn era(&mut self, era: Option<Era>) {
        self.number(match era {
            None => 0,
            Some(Era::Old) => 1,
            Some(Era::New) => 2,
        });
    }

    pub(super) fn dated(&mut self, dated: &Dated) {
        // No page shows where it stands.
        let Dated { date, inferred, written, span: _ } = dated;
        match date {
            Date::At(day, time) => {
                self.number(0);
                self.day(day);
                self.option(time, |ink, time| ink.number(u32::from(*time)));
            }
            Date::Range(first, last) => {
                self.number(1);
                self.day(first);
                self.day(last);
            }
            Date::Yearless(month, day) => self.numbers(&[2, u32::from(*month), u32::from(*day)]),
        }
        self.option(inferred, |ink, reason| ink.text(reason));
        self.option(written, |ink, words| ink.text(words));
    }

    pub(super) fn day(&mut self, day: &Day) {
        let Day { year, month, day } = day;
        self.number(u32::from(*year));
        self.option(month, |ink, month| ink.number(u32::from(*month)));
        self.option(day, |ink, day| ink.number(u32::from(*day)));
    }

    pub(super) fn printed(&mut self, (year, month, day, time): Printed) {
        self.number(u32::from(year) << 16 | u32::from(month) << 8 | u32::from(day));
        self.number(u32::from(time));
    }

    // Bytes.

    pub(super) fn number(&mut self, number: u32) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    pub(super) fn numbers(&mut self, numbers: &[u32]) {
        numbers.iter().for_each(|number| self.number(*number));
    }

    pub(super) fn digest(&mut self, digest: u64) {
        self.bytes.extend_from_slice(&digest.to_le_bytes());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(items.len() as u32);
        items.iter().for_each(|item| write(self, item));
    }

    pub(super) fn option<T>(&mut self, value: &Option<T>, write: impl FnOnce(&mut Self, &T)) {
        self.number(u32::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }
}
