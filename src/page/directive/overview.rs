//! The events about a directive at a glance: which places, when, and whom they commended.
//!
//! Both charts tell the same places apart (`Row`): provinces; or, where all events lie within
//! one place, the places just below the lowest such one, so that the archive of a province shows
//! its districts. Where most lie in the archive's own place, that one alone is opened so.
//!
//! Invariant: every event is in one row, and the rows are bounded however many places there are.
//! Not here: where a mark stands (`chart::timeline`).

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::archive::{Event, EventId, LocalityId};
use crate::document::Dated;
use crate::page::Viewer;
use crate::page::chart::heat;
use crate::page::chart::timeline::{Moment, Scale};
use crate::page::registers::at_event;
use crate::page::view::{
    Cell, Commended, Issued, Lane, Link, MarkView, Matrix, MatrixRow, Overview, Share, Timeline, YearTick,
};

/// Lanes of the timeline that are of one place each: more are no overview.
const LANES: usize = 12;

/// Rows of the matrix that are of one place each.
const ROWS: usize = 40;

/// Columns of the matrix that are of one year each.
const YEARS: usize = 20;

/// Characters of what a mark is called by.
const WORDS: usize = 80;

struct Entry<'p> {
    id: EventId,
    event: &'p Event,
    moment: Option<Moment>,
    commended: Commended,
}

/// Events of one place, of several places, or without a place.
#[derive(Default)]
struct Row {
    place: Option<LocalityId>,
    /// How many places, where they are several.
    others: usize,
    /// Indices of entries, ascending.
    entries: Vec<usize>,
}

impl<'p> Viewer<'p> {
    /// None for no events. `shown` are those in the list of the page, in its order.
    pub(super) fn overview(
        &self,
        events: &[EventId],
        shown: &[EventId],
        issued: Option<&Dated>,
    ) -> Option<Overview<'p>> {
        let entries: Vec<Entry> = events.iter().map(|&id| self.entry(id)).collect();
        let mut dated: Vec<&Entry> = entries.iter().filter(|entry| entry.moment.is_some()).collect();
        dated.sort_by_key(|entry| entry.moment);
        let day = |entry: Option<&&Entry>| entry.and_then(|entry| Some(day_of(entry.event.date.as_ref()?)));
        let first = day(dated.first());
        let rows = self.rows_of(&entries);
        Some(Overview {
            events: u32::try_from(entries.len()).ok().filter(|events| *events > 0)?,
            places: rows.iter().filter(|row| row.place.is_some()).count(),
            within: self.within(&rows).map(|place| self.long_place_link(place)),
            last: day(dated.last()).filter(|last| first.as_ref() != Some(last)),
            first,
            commended: entries.iter().map(|entry| entry.commended).sum(),
            timeline: self.timeline(&entries, &rows, shown, issued),
            matrix: self.matrix(&entries, &rows),
        })
    }

    fn entry(&self, id: EventId) -> Entry<'p> {
        let event = self.event(id);
        Entry {
            id,
            event,
            moment: event.date.as_ref().and_then(moment),
            commended: at_event(self.commended(event).iter()).sum(),
        }
    }

    /// The rows by name, that without a place behind all others.
    fn rows_of(&self, entries: &[Entry]) -> Vec<Row> {
        let place_of = |entry: &Entry| Some(entry.event.localities.first()?.locality);
        let mut counts: BTreeMap<LocalityId, usize> = BTreeMap::new();
        for place in entries.iter().filter_map(place_of) {
            *counts.entry(place).or_default() += 1;
        }
        let lines: BTreeMap<LocalityId, Vec<LocalityId>> =
            counts.keys().map(|&place| (place, self.line_of_places(place))).collect();
        let opened = common(lines.values()).or_else(|| {
            let own = self.own_place()?;
            let inside = counts.iter().filter(|(place, _)| lines[place].contains(&own));
            (inside.map(|(_, count)| count * 2).sum::<usize>() > counts.values().sum()).then_some(own)
        });
        let row_of = |place: LocalityId| {
            let line = &lines[&place];
            match line.iter().position(|above| Some(*above) == opened) {
                Some(at) => line[(at + 1).min(line.len() - 1)],
                None => line[0],
            }
        };
        let mut rows: BTreeMap<Option<LocalityId>, Row> = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            let place = place_of(entry).map(row_of);
            rows.entry(place).or_insert_with(|| Row { place, ..Row::default() }).entries.push(at);
        }
        let mut rows: Vec<Row> = rows.into_values().collect();
        rows.sort_by_key(|row| (row.place.is_none(), row.place.map(|place| self.locality(place).rank)));
        rows
    }

    /// Where the places of all rows lie: one may be that place itself.
    fn within(&self, rows: &[Row]) -> Option<LocalityId> {
        let lines: Vec<Vec<LocalityId>> =
            rows.iter().filter_map(|row| row.place).map(|place| self.line_of_places(place)).collect();
        let shared = common(lines.iter())?;
        if lines.len() > 1 { Some(shared) } else { self.locality(shared).parent }
    }

    /// Lanes by first event: who began, and who followed. By name is what the matrix is for.
    fn timeline(
        &self,
        entries: &[Entry<'p>],
        rows: &[Row],
        shown: &[EventId],
        issued: Option<&Dated>,
    ) -> Option<Timeline<'p>> {
        let issued = issued.and_then(|dated| Some((moment(dated)?, dated)));
        let moments = || entries.iter().filter_map(|entry| entry.moment);
        let scale = Scale::new(moments(), issued.map(|(moment, _)| moment))?;
        let listed: HashMap<EventId, usize> = shown.iter().copied().zip(1..).collect();
        let mut kept = capped(rows, LANES);
        let first = |row: &Row| row.entries.iter().filter_map(|at| entries[*at].moment).min();
        kept.sort_by_cached_key(|row| {
            let first = first(row);
            (row.place.is_none(), row.others == 0, first.is_none(), first)
        });
        let lanes: Vec<Lane> = kept.iter().map(|row| self.lane(&scale, entries, row, &listed)).collect();
        Some(Timeline {
            years: scale
                .ticks()
                .iter()
                .map(|tick| YearTick { x: Share(tick.x), label: tick.label })
                .collect(),
            quarters: scale.quarters().into_iter().map(Share).collect(),
            issued: issued.and_then(|(moment, dated)| {
                let x = scale.x(moment)?;
                Some(Issued { x: Share(x), date: day_of(dated), right: x > 500 })
            }),
            undated: entries.iter().filter(|entry| entry.moment.is_none()).count() as u32,
            uncertain: moments().any(|moment| !moment.certain),
            merged: lanes.iter().flat_map(|lane| &lane.marks).any(|mark| mark.count > 1),
            lanes,
        })
    }

    fn lane(
        &self,
        scale: &Scale,
        entries: &[Entry<'p>],
        row: &Row,
        listed: &HashMap<EventId, usize>,
    ) -> Lane<'p> {
        let mut dated: Vec<(Moment, &Entry)> =
            row.entries.iter().filter_map(|at| Some((entries[*at].moment?, &entries[*at]))).collect();
        dated.sort_by_key(|(moment, _)| *moment);
        let moments: Vec<Moment> = dated.iter().map(|(moment, _)| *moment).collect();
        let marks = scale.marks(&moments).into_iter().map(|mark| {
            let group = &dated[mark.moments.clone()];
            let day = |entry: &Entry| entry.event.date.as_ref().map(day_of).unwrap_or_default();
            let (first, last) = (group[0].1, group[group.len() - 1].1);
            let date = day(first);
            let in_list = match group {
                [_] => None,
                group => group.iter().find_map(|(_, entry)| listed.get(&entry.id)),
            };
            MarkView {
                x: Share(mark.x),
                from: Share(mark.extent.0),
                to: Share(mark.extent.1),
                count: group.len(),
                certain: mark.certain,
                url: match in_list {
                    Some(at) => format!("#su-kien-{at}"),
                    None => self.account_url(first.event.reports[0]),
                },
                until: Some(day(last)).filter(|last| *last != date),
                date,
                words: if group.len() == 1 { self.words_of(first.event) } else { Vec::new() },
            }
        });
        Lane {
            place: self.row_link(row),
            others: row.others,
            events: row.entries.len() as u32,
            commended: row.entries.iter().map(|at| entries[*at].commended).sum(),
            marks: marks.collect(),
        }
    }

    /// Where it was, what it was, who held it.
    fn words_of(&self, event: &'p Event) -> Vec<Cow<'p, str>> {
        let report = event.reports[0];
        let account = self.report(report);
        let title = &*self.declared(report.0).front.title;
        let what = account.title.as_deref().or(account.stage.as_deref()).unwrap_or(title);
        let place = event.localities.first().map(|place| self.locality_link(place.locality).title);
        let host = event.hosts.first().map(|host| self.unit_link(*host).title);
        place.into_iter().chain([what.into()]).chain(host).map(|words| cut(words, WORDS)).collect()
    }

    fn row_link(&self, row: &Row) -> Link<'p> {
        row.place.map_or_else(|| Link { url: "".into(), title: "".into() }, |place| self.locality_link(place))
    }

    /// Rows by name, to be looked up.
    fn matrix(&self, entries: &[Entry], rows: &[Row]) -> Matrix<'p> {
        let year_of = |at: &usize| entries[*at].event.date.as_ref().and_then(|dated| dated.date.year());
        let all: Vec<usize> = (0..entries.len()).collect();
        let mut years: Vec<Option<u16>> = all.iter().map(year_of).collect();
        // Years first, oldest first; undated events behind them.
        years.sort_by_key(|year| (year.is_none(), *year));
        years.dedup();
        let known = years.iter().flatten().count();
        // The newest years have columns, all before them share one.
        let before = known.saturating_sub(YEARS);
        years.drain(..before);
        let cells = |row: &[usize]| -> Vec<u32> {
            let mut cells = vec![0; years.len()];
            for year in row.iter().map(year_of) {
                let at = years.partition_point(|own| (own.is_none(), *own) < (year.is_none(), year));
                cells[at] += 1;
            }
            cells
        };
        let kept = capped(rows, ROWS);
        let counted: Vec<Vec<u32>> = kept.iter().map(|row| cells(&row.entries)).collect();
        let most = counted.iter().flatten().copied().max().unwrap_or(0);
        let scale = heat::Scale::to(most);
        let cell = |count: u32| Cell { count, step: scale.step(count) };
        let sums = cells(&all);
        Matrix {
            before: before > 0,
            rows: kept
                .iter()
                .zip(counted)
                .map(|(row, counted)| MatrixRow {
                    place: self.row_link(row),
                    others: row.others,
                    cells: counted.into_iter().map(cell).collect(),
                    total: row.entries.len() as u32,
                    commended: row.entries.iter().map(|at| entries[*at].commended).sum(),
                })
                .collect(),
            sums: if kept.len() > 1 { sums } else { Vec::new() },
            commended: entries.iter().map(|entry| entry.commended).sum(),
            total: entries.len() as u32,
            years,
        }
    }

    /// The place of an event in a list by place: its province, what lies below that, and its
    /// date.
    pub(super) fn place_order(&self, event: &Event) -> impl Ord + use<> {
        let line = event.localities.first().map(|place| self.line_of_places(place.locality));
        let rank = |at: usize| line.as_ref().and_then(|line| Some(self.locality(*line.get(at)?).rank));
        (line.is_none(), rank(0), rank(1), event.date.as_ref().map(|dated| dated.date.order()))
    }
}

/// The lowest place in which all lines of places, highest first, lie.
fn common<'l>(mut lines: impl Iterator<Item = &'l Vec<LocalityId>>) -> Option<LocalityId> {
    let mut shared = lines.next()?.clone();
    for line in lines {
        let same = shared.iter().zip(line).take_while(|(a, b)| a == b).count();
        shared.truncate(same);
    }
    shared.last().copied()
}

/// Rows by name, at most so many of one place each: those with the most events. The others
/// become one row, then comes that without a place. One row too many is none to be summed.
fn capped(rows: &[Row], most: usize) -> Vec<Row> {
    let mut of_places: Vec<usize> = (0..rows.len()).filter(|at| rows[*at].place.is_some()).collect();
    let mut rest = Row::default();
    if of_places.len() > most + 1 {
        of_places.sort_by_key(|at| (std::cmp::Reverse(rows[*at].entries.len()), *at));
        for at in of_places.drain(most..) {
            rest.others += 1;
            rest.entries.extend(&rows[at].entries);
        }
        of_places.sort_unstable();
        rest.entries.sort_unstable();
    }
    let unknown = rows.iter().filter(|row| row.place.is_none());
    let copy = |row: &Row| Row { place: row.place, others: 0, entries: row.entries.clone() };
    let kept = of_places.into_iter().map(|at| copy(&rows[at]));
    kept.chain((rest.others > 0).then_some(rest)).chain(unknown.map(copy)).collect()
}

/// The first day of a date; none without a year.
fn moment(dated: &Dated) -> Option<Moment> {
    let moment = Moment::of(dated.date.first()?);
    Some(Moment { certain: moment.certain && dated.inferred.is_none(), ..moment })
}

/// A date without its time of day; an inferred one in brackets.
fn day_of(dated: &Dated) -> String {
    let day = dated.date.day_text();
    if dated.inferred.is_some() { format!("[{day}]") } else { day }
}

/// At most so many characters, the last of which says that there are more.
fn cut(words: Cow<'_, str>, most: usize) -> Cow<'_, str> {
    match words.char_indices().nth(most) {
        Some(_) => {
            let kept: String = words.chars().take(most - 1).collect();
            format!("{}…", kept.trim_end()).into()
        }
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::{Dated, LocalityId, Row, capped, common, cut, moment};
    use crate::vi::Date;

    fn rows(counts: &[usize]) -> Vec<Row> {
        let row = |(at, count): (usize, &usize)| Row {
            place: Some(LocalityId(at as u32)),
            others: 0,
            entries: (0..*count).collect(),
        };
        counts.iter().enumerate().map(row).collect()
    }

    #[test]
    fn the_places_with_the_most_events_have_rows_and_the_others_share_one() {
        let seen = |counts: &[usize], most| -> Vec<(Option<u32>, usize, usize)> {
            let kept = capped(&rows(counts), most);
            kept.iter().map(|row| (row.place.map(|id| id.0), row.others, row.entries.len())).collect()
        };
        assert_eq!(seen(&[1, 5, 2, 5, 1], 2), [(Some(1), 0, 5), (Some(3), 0, 5), (None, 3, 4)]);
        // Another place would take as much room as its name.
        assert_eq!(seen(&[1, 5, 2], 2).len(), 3);
        let mut with_unknown = rows(&[1, 2]);
        with_unknown.push(Row { entries: vec![7], ..Row::default() });
        assert_eq!(capped(&with_unknown, 9).last().map(|row| row.place), Some(None));
    }

    #[test]
    fn the_lowest_place_that_has_all_of_them() {
        let line = |ids: &[u32]| ids.iter().map(|id| LocalityId(*id)).collect::<Vec<_>>();
        let check = |lines: &[Vec<LocalityId>]| common(lines.iter()).map(|id| id.0);
        assert_eq!(check(&[line(&[1, 2, 3]), line(&[1, 2]), line(&[1, 2, 4])]), Some(2));
        assert_eq!(check(&[line(&[1, 2]), line(&[5])]), None);
        assert_eq!(check(&[]), None);
    }

    #[test]
    fn what_was_inferred_is_not_certain_and_without_a_year_there_is_no_moment() {
        let dated = |date: &str, inferred: Option<&str>| Dated {
            date: Date::parse(date).expect("a date"),
            inferred: inferred.map(Into::into),
            written: None,
            span: Default::default(),
        };
        let certain = |dated: Dated| moment(&dated).map(|moment| moment.certain);
        assert_eq!(certain(dated("2024-05-17", None)), Some(true));
        assert_eq!(certain(dated("2024-05-17", Some("3 năm thực hiện"))), Some(false));
        assert_eq!(certain(dated("--05-17", None)), None);
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        assert_eq!(cut("Hội nghị sơ kết".into(), 9), "Hội nghị…");
        assert_eq!(cut("Hội nghị".into(), 8), "Hội nghị");
    }
}
