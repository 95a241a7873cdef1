//! The view of an article, and of one that was withdrawn.
//!
//! Not here: the events it reports (`event`), how to cite it (`citation`), which others are related
//! to it (`related`), its text (`mention`).

use std::borrow::Cow;

use super::citation::Work;
use super::parts::date_view;
use super::related::{Beside, Reason};
use super::view::{
    ArticleView, CitationView, CorrectionView, EventDay, EventView, InitiativeView, Link, NearbyView,
    PhotoView, RawView, RelatedView, ReprintView, TombstoneView,
};
use super::{Viewer, address, encode};
use crate::archive::ArticleId;
use crate::vi::Date;

/// Related articles shown.
const RELATED: usize = 6;

/// Names of what a related article shares, beside event and month.
const REASONS: usize = 2;

/// Days of events below the title.
const DAYS: usize = 4;

/// Lines of articles before and after, and lists that are asked for them.
const NEARBY: usize = 2;
const NEARBY_LISTS: usize = 8;

/// Names of the lists of a line.
const LISTS: usize = 2;

impl<'p> Viewer<'p> {
    pub(super) fn article_view(&self, id: ArticleId) -> ArticleView<'p> {
        let article = self.declared(id);
        let front = article.front;
        let summary_only = self.is_summary_only(id);
        let root = address::root_of(self.addresses().article(id));
        let (body, recognised, more_recognised) = match summary_only {
            true => (String::new(), Vec::new(), 0),
            false => self.article_body(id, &root),
        };
        let events: Vec<EventView> =
            (0..front.events.len()).map(|at| self.account(id, at, article.events.get(at))).collect();
        let (event_days, more_days) = event_days(&events);
        let localities = self.place_links(article.localities, None);
        let units = article.units.iter().map(|unit| self.unit_link(*unit)).collect();
        let directives = article.directives.iter().map(|id| self.directive_link(*id)).collect();
        let kicker = match &front.section {
            Some(section) => Some(Link { url: "".into(), title: (&**section).into() }),
            None => events.iter().find_map(|event| event.places.first()).or(localities.first()).cloned(),
        };
        ArticleView {
            id: article.id,
            title: &front.title,
            section: front.section.as_deref(),
            kicker,
            date: front.date.as_ref().map(date_view),
            event_days,
            more_days,
            added: front.added.as_ref().map(Date::to_string),
            publisher: article.publisher.map(|id| self.publisher_link(id)),
            byline: front.byline.as_deref(),
            summary: front.summary.as_deref(),
            description: self.description(id),
            language: front.language.as_deref(),
            body,
            recognised,
            more_recognised,
            summary_only,
            draft: front.draft,
            review: front.review.as_deref(),
            units: beyond(units, &events, |event| [&event.hosts, &event.units]),
            directives: beyond(directives, &events, |event| [&event.directives, &[]]),
            localities: beyond(localities, &events, |event| [&event.places, &[]]),
            events,
            initiatives: (0..article.initiatives.len() as u32).map(|at| self.initiative(id, at)).collect(),
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
            citation: self.citation(id),
            nearby: self.nearby(id),
            related: self.related_views(id),
        }
    }

    fn citation(&self, id: ArticleId) -> CitationView<'p> {
        let article = self.declared(id);
        let (front, site) = (article.front, self.site());
        let url = self.addresses().article(id);
        let address = self.absolute(url).map_or(Cow::from(url), Cow::from);
        Work {
            id: article.id,
            title: &front.title,
            byline: front.byline.as_deref(),
            publisher: article.publisher.map(|id| &*self.publisher(id).front().name.text),
            date: front.date.as_ref(),
            url: front.url.as_deref(),
            archived_url: front.archived_url.as_deref(),
            retrieved: front.retrieved.as_ref(),
            language: front.language.as_deref().unwrap_or(site.language.code()),
            archive: &site.title,
        }
        .cited(&address)
    }

    /// Which articles stand before and after it in the lists of its directives and units, by turns;
    /// lists that lead to the same two share a line. None of an article without a year, which stands
    /// nowhere in time.
    fn nearby(&self, id: ArticleId) -> Vec<NearbyView<'p>> {
        let article = self.declared(id);
        if !self.neighbour(id).is_dated() {
            return Vec::new();
        }
        let mut lines: Vec<(Beside, NearbyView)> = Vec::with_capacity(NEARBY);
        let mut add = |beside: Beside, list: Link<'p>| {
            if let Some((_, line)) = lines.iter_mut().find(|(known, _)| *known == beside) {
                match line.lists.len() {
                    LISTS => line.more_lists += 1,
                    _ => line.lists.push(list),
                }
            } else if lines.len() < NEARBY && beside != (None, None) {
                let [earlier, later] = [beside.0, beside.1].map(|id| id.map(|id| self.row(id)));
                lines.push((beside, NearbyView { lists: vec![list], more_lists: 0, earlier, later }));
            }
        };
        for at in 0..article.directives.len().max(article.units.len()).min(NEARBY_LISTS) {
            if let Some(&directive) = article.directives.get(at) {
                add(self.beside(id, self.around_in_directive(id, directive)), self.directive_link(directive));
            }
            if let Some(&unit) = article.units.get(at) {
                add(self.beside(id, self.around_in_unit(id, unit.unit)), self.unit_page_link(unit.unit));
            }
        }
        lines.into_iter().map(|(_, line)| line).collect()
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

    /// An initiative as it is shown on its article's page.
    pub(super) fn initiative(&self, article: ArticleId, at: u32) -> InitiativeView<'p> {
        let initiative = &self.declared(article).initiatives[at as usize];
        InitiativeView {
            name: &initiative.name,
            unit: initiative.unit.map(|unit| self.unit_link(unit)),
            note: initiative.note.as_deref(),
            article: None,
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
                reasons: related.reasons.iter().filter_map(words).take(REASONS).collect(),
                more_reasons: related.reasons.iter().filter_map(words).count().saturating_sub(REASONS),
                same_event: related.reasons.iter().any(|reason| matches!(reason, Reason::Event(_))),
                same_month: related.reasons.contains(&Reason::Month),
            })
            .collect()
    }
}

/// Links that no event shows: nothing is told twice.
fn beyond<'p>(
    links: Vec<Link<'p>>,
    events: &[EventView<'p>],
    shown: for<'e> fn(&'e EventView<'p>) -> [&'e [Link<'p>]; 2],
) -> Vec<Link<'p>> {
    let is_shown = |link: &Link<'p>| events.iter().flat_map(shown).any(|links| links.contains(link));
    links.into_iter().filter(|link| !is_shown(link)).collect()
}

/// Each day of the events once, and how many days are left out.
fn event_days<'p>(events: &[EventView<'p>]) -> (Vec<EventDay<'p>>, usize) {
    let mut days: Vec<EventDay> = Vec::new();
    for event in events {
        if let Some(date) = &event.date
            && !days.iter().any(|day| day.text == date.text && day.inferred == date.inferred.is_some())
        {
            days.push(EventDay {
                anchor: event.anchor,
                text: date.text.clone(),
                iso: date.iso.clone(),
                inferred: date.inferred.is_some(),
            });
        }
    }
    let more = days.len().saturating_sub(DAYS);
    days.truncate(DAYS);
    (days, more)
}
