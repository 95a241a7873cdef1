//! The view of an article, and of an event wherever it is shown.

use std::borrow::Cow;

use super::related::Reason;
use super::view::{
    ArticleView, CommendationView, CorrectionView, DateView, EventView, InitiativeView, Link, OtherReport,
    PhotoView, RawView, RecipientView, RelatedView, ReprintView, TombstoneView,
};
use super::{Viewer, address, encode};
use crate::archive::{ArticleId, Event, EventId, UnitRef};
use crate::document::{Commendation, Dated};
use crate::vi::Date;

/// Related articles shown.
const RELATED: usize = 6;

/// The anchor of an event whose article has only that one.
const ONLY_EVENT: &str = "su-kien";

impl<'p> Viewer<'p> {
    pub(super) fn article_view(&self, id: ArticleId) -> ArticleView<'p> {
        let article = self.declared(id);
        let front = article.front;
        let publisher = article.publisher.map(|id| self.publisher(id).front());
        let summary_only = self.is_summary_only(id);
        let root = address::root_of(self.addresses().article(id));
        ArticleView {
            id: article.id,
            title: &front.title,
            section: front.section.as_deref(),
            date: front.date.as_ref().map(date_view),
            added: front.added.as_ref().map(Date::to_string),
            publisher: article.publisher.map(|id| self.publisher_link(id)),
            byline: front.byline.as_deref(),
            summary: front.summary.as_deref(),
            description: self.description(id),
            language: front.language.as_deref(),
            body: if summary_only { String::new() } else { self.article_body(id, &root) },
            summary_only,
            draft: front.draft,
            review: front.review.as_deref(),
            units: article.units.iter().map(|unit| self.unit_link(*unit)).collect(),
            directives: article.directives.iter().map(|id| self.directive_link(*id)).collect(),
            localities: self.place_links(article.localities),
            events: (0..front.events.len()).map(|at| self.account(id, at, article.events.get(at))).collect(),
            initiatives: (0..article.initiatives.len() as u32)
                .map(|at| self.initiative(id, at, false))
                .collect(),
            photos: front
                .photos
                .iter()
                .filter(|_| !summary_only)
                .map(|photo| PhotoView {
                    url: photo.file.as_ref().map(|file| encode(&file.text)),
                    size: photo.file.as_ref().and_then(|file| self.picture_size(&file.text)),
                    alt: photo.alt.as_deref().or(photo.caption.as_deref()).unwrap_or(""),
                    caption: photo.caption.as_deref(),
                    credit: photo.credit.as_deref(),
                })
                .collect(),
            corrections: front
                .corrections
                .iter()
                .map(|c| CorrectionView { date: c.date.as_ref().map(Date::to_string), note: &c.note })
                .collect(),
            notes: front.accepted.iter().map(|(_, note)| &**note).collect(),
            tags: front.tags.iter().map(|tag| &**tag).collect(),
            rights: front.rights.as_deref(),
            source_url: front.url.as_deref(),
            archived_url: front.archived_url.as_deref(),
            retrieved: front.retrieved.as_ref().map(Date::to_string),
            also_published_in: self.reprints(id),
            raw: front.raw.as_ref().map(|raw| RawView {
                file: &raw.file,
                sha256: raw.sha256.as_deref(),
                captured: raw.captured.as_ref().map(Date::to_string),
            }),
            citation: citation(
                front.byline.as_deref(),
                &front.title,
                publisher.map(|publisher| &*publisher.name.text),
                front.date.as_ref(),
            ),
            related: self.related_views(id),
        }
    }

    /// The summary, or the beginning of the text where that may be shown.
    pub(super) fn description(&self, id: ArticleId) -> &'p str {
        match &self.declared(id).front.summary {
            Some(summary) => summary,
            None if self.is_summary_only(id) => "",
            None => &self.text(id).body.excerpt,
        }
    }

    /// Whether its publisher allows the summary only.
    pub(super) fn is_summary_only(&self, id: ArticleId) -> bool {
        let publisher = self.declared(id).publisher;
        publisher.is_some_and(|id| self.publisher(id).front().summary_only)
    }

    pub(super) fn tombstone_view(&self, index: u32) -> TombstoneView<'p> {
        let withdrawn = self.tombstone(index).withdrawn();
        TombstoneView {
            date: withdrawn.and_then(|withdrawn| withdrawn.date.as_ref()).map(Date::to_string),
            reason: withdrawn.map_or("", |withdrawn| &withdrawn.reason),
        }
    }

    /// An event as the article that records it tells it.
    pub(super) fn event_view(&self, id: EventId) -> EventView<'p> {
        let event = self.event(id);
        self.event_as_told(event, event.reports[0])
    }

    /// An event as one article tells it.
    fn account(&self, article: ArticleId, at: usize, id: Option<&EventId>) -> EventView<'p> {
        // Two accounts of one event in one article share the event, so look the index up.
        let own = (article, at as u32);
        let event = id
            .map(|id| self.event(*id))
            .filter(|event| event.reports.contains(&own))
            .or_else(|| {
                let events = self.declared(article).events;
                events.iter().map(|id| self.event(*id)).find(|event| event.reports.contains(&own))
            })
            .expect("every account is one of an event");
        self.event_as_told(event, own)
    }

    fn event_as_told(&self, event: &'p Event, shown: (ArticleId, u32)) -> EventView<'p> {
        let account = self.report(shown);
        let recorded = self.report(event.reports[0]);
        // What this account leaves out, the record has.
        let source = if account.commended.is_empty() { recorded } else { account };
        let by_record = std::ptr::eq(source, recorded);
        EventView {
            anchor: account.id.as_ref().map_or(ONLY_EVENT, |id| &id.text),
            url: self.account_url(event.reports[0]),
            title: account.title.as_deref().or(recorded.title.as_deref()),
            article: &self.declared(event.reports[0].0).front.title,
            date: account.date.as_ref().or(event.date.as_ref()).map(date_view),
            hosts: event.hosts.iter().map(|unit| self.unit_link(*unit)).collect(),
            units: event.units.iter().map(|unit| self.unit_link(*unit)).collect(),
            places: self.place_links(&event.localities),
            directives: event.directives.iter().map(|id| self.directive_link(*id)).collect(),
            stage: account.stage.as_deref().or(recorded.stage.as_deref()),
            commended: source
                .commended
                .iter()
                .enumerate()
                .map(|(at, c)| self.commendation(c, event, at, by_record))
                .collect(),
            others: event
                .reports
                .iter()
                .filter(|report| **report != shown)
                .map(|&report| self.other_report(report, account))
                .collect(),
        }
    }

    fn other_report(&self, report: (ArticleId, u32), shown: &crate::document::Event) -> OtherReport<'p> {
        let other = self.report(report);
        let article = self.declared(report.0);
        let figures = |event: &crate::document::Event| -> Vec<_> {
            event
                .commended
                .iter()
                .map(|c| (c.collectives, c.individuals, c.prizes, c.total, c.over_period))
                .collect()
        };
        OtherReport {
            link: Link { url: self.account_url(report).into(), title: (&*article.front.title).into() },
            publisher: article.publisher.map(|id| &*self.publisher(id).front().name.text),
            date: other.date.as_ref().map(|dated| dated.date.to_string()),
            commended: other.commended.iter().map(|c| plain_commendation(c, None)).collect(),
            differs: !other.commended.is_empty()
                && !shown.commended.is_empty()
                && figures(other) != figures(shown),
        }
    }

    pub(super) fn account_url(&self, report: (ArticleId, u32)) -> String {
        let anchor = self.report(report).id.as_ref().map_or(ONLY_EVENT, |id| &id.text);
        format!("{}#{anchor}", self.addresses().article(report.0))
    }

    fn commendation(
        &self,
        commendation: &'p Commendation,
        event: &Event,
        at: usize,
        by_record: bool,
    ) -> CommendationView<'p> {
        let by_unit = event.commended_by.get(at).copied().flatten().filter(|_| by_record);
        let mut view = plain_commendation(commendation, by_unit.map(|unit| self.addresses().unit(unit.unit)));
        if by_record {
            for (index, recipient) in view.recipients.iter_mut().enumerate() {
                if let Some(unit) = event.recipients.get(&(at as u32, index as u32)) {
                    recipient.name = self.unit_link(*unit);
                }
            }
        }
        view
    }

    /// An initiative; with the article that tells of it, if it is shown elsewhere.
    pub(super) fn initiative(&self, article: ArticleId, at: u32, elsewhere: bool) -> InitiativeView<'p> {
        let initiative = &self.declared(article).initiatives[at as usize];
        InitiativeView {
            name: &initiative.name,
            unit: initiative.unit.map(|unit: UnitRef| self.unit_link(unit)),
            note: initiative.note.as_deref(),
            article: elsewhere.then(|| self.row(article)),
        }
    }

    fn reprints(&self, id: ArticleId) -> Vec<ReprintView<'p>> {
        let article = self.declared(id);
        article
            .front
            .also_published_in
            .iter()
            .zip(article.reprints)
            .map(|(reprint, publisher)| ReprintView {
                publisher: self.publisher_link(*publisher),
                url: reprint.url.as_deref(),
                date: reprint.date.as_ref().map(Date::to_string),
            })
            .collect()
    }

    fn related_views(&self, id: ArticleId) -> Vec<RelatedView<'p>> {
        let words = |reason: &Reason| -> Option<Cow<'_, str>> {
            Some(match reason {
                Reason::Event(_) | Reason::Month => return None,
                Reason::Directive(id) => (&*self.directive(*id).full).into(),
                Reason::Unit(id) => (&*self.unit(*id).name).into(),
                Reason::Locality(id) => (&*self.locality(*id).name).into(),
            })
        };
        self.related(id, RELATED)
            .into_iter()
            .map(|related| RelatedView {
                row: self.row(related.article),
                reasons: related.reasons.iter().filter_map(words).collect(),
                same_event: related.reasons.iter().any(|reason| matches!(reason, Reason::Event(_))),
                same_month: related.reasons.contains(&Reason::Month),
            })
            .collect()
    }

    /// Places with those above them, each once though it may be named for both eras.
    fn place_links(&self, places: &[crate::archive::PlaceRef]) -> Vec<Link<'p>> {
        let mut seen = Vec::new();
        for place in places {
            if !seen.contains(&place.locality) {
                seen.push(place.locality);
            }
        }
        seen.into_iter().map(|id| self.long_place_link(id)).collect()
    }

    /// A place with those above it: "Xã Gia Hòa 1, Huyện Mỹ Xuyên, Tỉnh Sóc Trăng".
    pub(super) fn long_place_link(&self, id: crate::archive::LocalityId) -> Link<'p> {
        let mut link = self.locality_link(id);
        let mut at = self.locality(id).parent;
        while let Some(parent) = at {
            let parent = self.locality(parent);
            let title = link.title.to_mut();
            title.push_str(", ");
            title.push_str(&parent.name);
            at = parent.parent;
        }
        link
    }
}

pub(super) fn date_view(dated: &Dated) -> DateView<'_> {
    let iso = match dated.date {
        Date::At(..) => Some(dated.date.iso()),
        Date::Range(..) | Date::Yearless(..) => None,
    };
    DateView {
        text: dated.date.to_string(),
        iso,
        inferred: dated.inferred.as_deref(),
        written: dated.written.as_deref(),
    }
}

/// A commendation with the names as they are written; `by_url` is the page of who commended.
fn plain_commendation<'s>(c: &'s Commendation, by_url: Option<&'s str>) -> CommendationView<'s> {
    let parts = [c.collectives, c.individuals, c.prizes];
    let sum: u32 = parts.iter().flatten().fold(0, |sum, part| sum.saturating_add(*part));
    let has_parts = parts.iter().any(Option::is_some);
    CommendationView {
        collectives: c.collectives,
        individuals: c.individuals,
        prizes: c.prizes,
        total: c.total,
        sum: c.total.filter(|total| has_parts && *total != sum).map(|_| sum),
        form: c.form.as_deref(),
        by: c.by.as_ref().map(|by| Link { url: by_url.unwrap_or("").into(), title: (&*by.text).into() }),
        over_period: c.over_period,
        period: c.period.as_deref(),
        approximate: c.approximate,
        recipients: c
            .recipients
            .iter()
            .map(|recipient| RecipientView {
                name: Link {
                    url: "".into(),
                    title: recipient
                        .name
                        .as_deref()
                        .or(recipient.unit.as_ref().map(|unit| &*unit.text))
                        .unwrap_or("")
                        .into(),
                },
                reason: recipient.reason.as_deref(),
            })
            .collect(),
        quote: c.quote.as_deref(),
    }
}

/// Author (date), “title”, publisher.
fn citation(byline: Option<&str>, title: &str, publisher: Option<&str>, date: Option<&Dated>) -> String {
    let mut text = String::new();
    if let Some(byline) = byline {
        text.push_str(byline);
        text.push(' ');
    }
    if let Some(dated) = date {
        text += &format!("({}) ", dated.date);
    }
    if !text.is_empty() {
        text = format!("{}, ", text.trim_end());
    }
    text += &format!("“{title}”");
    if let Some(publisher) = publisher {
        text += &format!(", {publisher}");
    }
    text.push('.');
    text
}
