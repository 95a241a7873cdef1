//! The view of an event, wherever it is shown: as one article tells it, beside what others print.
//!
//! An event has one account for each article that reports it; the first is the record. What an
//! account leaves out, the record has. Figures that differ are told, never mended.
//! Not here: which events a page shows (`parts`), sums of commendations (`registers`).

use super::Viewer;
use super::parts::date_view;
use super::view::{CommendationView, Difference, EventView, Link, OtherReport, RecipientView};
use crate::archive::{ArticleId, Event, EventId};
use crate::document::{self, Commendation, Dated};

/// Other accounts of an event that are shown, and that are looked at.
const OTHERS: usize = 4;
const COMPARED: usize = 24;

/// The anchor of an event whose article has only that one.
const ONLY_EVENT: &str = "su-kien";

impl<'p> Viewer<'p> {
    /// An event as the article that records it tells it.
    pub(super) fn event_view(&self, id: EventId) -> EventView<'p> {
        let event = self.event(id);
        self.event_as_told(event, event.reports[0])
    }

    /// An event as one article tells it.
    pub(super) fn account(&self, article: ArticleId, at: usize, id: Option<&EventId>) -> EventView<'p> {
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
        let day = account.date.as_ref().or(event.date.as_ref());
        let reports = event.reports.iter().filter(|report| **report != shown).take(COMPARED);
        let mut others: Vec<OtherReport> =
            reports.map(|&report| self.other_report(report, source, day)).collect();
        others.sort_by_key(|other| !(other.differs || other.other_day));
        others.truncate(OTHERS);
        let more_others = event.reports.len() - 1 - others.len();
        EventView {
            anchor: account.id.as_ref().map_or(ONLY_EVENT, |id| &id.text),
            url: self.account_url(event.reports[0]),
            title: account.title.as_deref().or(recorded.title.as_deref()),
            article: &self.declared(event.reports[0].0).front.title,
            date: day.map(date_view),
            hosts: event.hosts.iter().map(|unit| self.unit_link(*unit)).collect(),
            units: event.units.iter().map(|unit| self.unit_link(*unit)).collect(),
            places: self.place_links(&event.localities, day.and_then(|dated| dated.date.first())),
            directives: event.directives.iter().map(|id| self.directive_link(*id)).collect(),
            stage: account.stage.as_deref().or(recorded.stage.as_deref()),
            commended: source
                .commended
                .iter()
                .enumerate()
                .map(|(at, c)| self.commendation(c, event, at, by_record))
                .collect(),
            others,
            more_others,
        }
    }

    /// Another account of an event; `shown` is the one whose figures are shown, with the day.
    fn other_report(
        &self,
        report: (ArticleId, u32),
        shown: &document::Event,
        day: Option<&Dated>,
    ) -> OtherReport<'p> {
        let other = self.report(report);
        let article = self.declared(report.0);
        let (ours, theirs) = (&shown.commended, &other.commended);
        let both = !ours.is_empty() && !theirs.is_empty();
        let comparable = are_comparable(ours, theirs);
        let differences = if comparable { differences(ours, theirs) } else { Vec::new() };
        let differs = both && (!comparable || !differences.is_empty());
        OtherReport {
            link: Link { url: self.account_url(report).into(), title: (&*article.front.title).into() },
            publisher: article.publisher.map(|id| &*self.publisher(id).front().name.text),
            date: other.date.as_ref().map(|dated| dated.date.to_string()),
            commended: theirs.iter().map(|c| plain_commendation(c, None)).collect(),
            alike: both && !differs,
            differs,
            differences: if differs { differences } else { Vec::new() },
            other_day: other.date.as_ref().zip(day).is_some_and(|(theirs, ours)| theirs.date != ours.date),
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

/// The figures of a commendation with the keys of their words.
fn figures(c: &Commendation) -> [(&'static str, Option<u32>); 4] {
    [
        ("collectives", c.collectives),
        ("individuals", c.individuals),
        ("prizes", c.prizes),
        ("in_total", c.total),
    ]
}

/// Whether the two tell of the same commendations, one by one.
fn are_comparable(ours: &[Commendation], theirs: &[Commendation]) -> bool {
    ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| a.over_period == b.over_period)
}

/// Figures that differ. Who prints no total leaves it to the reader.
fn differences(ours: &[Commendation], theirs: &[Commendation]) -> Vec<Difference> {
    let pairs = ours.iter().zip(theirs).flat_map(|(a, b)| figures(a).into_iter().zip(figures(b)));
    pairs
        .map(|((figure, here), (_, there))| Difference { figure, here, there })
        .filter(|d| d.here != d.there && (d.figure != "in_total" || (d.here.is_some() && d.there.is_some())))
        .collect()
}
