//! A timeline: marks on lanes that share one scale of whole years.
//!
//! Positions are shares of a lane's width, in thousandths, and not pixels: a lane is as wide
//! as the page lets it be, from a phone to a screen, and neither scrolls nor has its letters
//! scaled down. Only what must not come too near to something else is reckoned in pixels, for
//! the narrowest lane there is (`NARROWEST`); any wider one has more room.
//!
//! Invariant: the marks of a lane ascend, have every moment once, and are as far apart as
//! fingers ask for (`APART`). So a lane has at most 13 of them, however many moments it has.

use std::ops::{Range, RangeInclusive};

use crate::vi::date::{Day, day_number};

/// The whole width of a lane.
const WIDTH: i64 = 1000;

/// CSS pixels of the narrowest lane that marks are set for: that of a phone of 360 pixels,
/// less the margins of its page. The style sheet makes none narrower on a wider screen.
const NARROWEST: i64 = 320;

/// Left free at both ends: half a merged mark.
const MARGIN: i64 = thousandths(12);

/// Between the middles of two marks: 24 pixels (WCAG 2.2, target size).
const APART: i64 = thousandths(24);

/// What the label of a year takes, with some air.
const LABEL: i64 = thousandths(40);

/// What it takes without the air.
const DIGITS: i64 = thousandths(32);

/// A year narrower than this has no line of its own, only the labelled ones have.
const LINE: i64 = thousandths(5);

/// A year as wide as this has its quarters marked.
const QUARTERS: i64 = thousandths(48);

/// Pixels of the narrowest lane as a share of its width, rounded up.
const fn thousandths(pixels: i64) -> i64 {
    (pixels * WIDTH + NARROWEST - 1) / NARROWEST
}

/// A day to be marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::page) struct Moment {
    /// Days since 1 January 1970.
    pub(in crate::page) day: i64,
    /// Printed to the day. Else it was inferred, or is the middle of a month or year.
    pub(in crate::page) certain: bool,
}

impl Moment {
    /// Of a day that may be known to the month or the year only.
    pub(in crate::page) fn of(day: Day) -> Moment {
        let (month, date) = match (day.month, day.day) {
            (Some(month), Some(date)) => (month, date),
            (Some(month), None) => (month, 16),
            (None, _) => (7, 2),
        };
        Moment { day: day_number(day.year, month, date), certain: day.day.is_some() }
    }

    /// The year it lies in.
    fn year(self) -> u16 {
        // An average year is never off by more than one.
        let guess = (1970 + self.day * 400 / 146_097) as u16;
        let starts = |year: u16| day_number(year, 1, 1) <= self.day;
        (guess - 1..=guess + 1).rfind(|year| starts(*year)).unwrap_or(guess)
    }
}

/// Whole years on a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::page) struct Scale {
    years: RangeInclusive<u16>,
}

/// The line at which a year begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::page) struct Tick {
    /// Thousandths of the width.
    pub(in crate::page) x: u16,
    /// The year, where there is room to write it.
    pub(in crate::page) label: Option<u16>,
}

/// One or several moments of a lane, drawn as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::page) struct Mark {
    /// Thousandths of the width: the mean of its moments.
    pub(in crate::page) x: u16,
    /// Of its first and its last moment.
    pub(in crate::page) extent: (u16, u16),
    /// Which moments of the lane.
    pub(in crate::page) moments: Range<usize>,
    /// Whether any of them is.
    pub(in crate::page) certain: bool,
}

impl Scale {
    /// The years of all moments. They begin with that of `issued`, if that leaves the moments
    /// at least half of the width; what is none of their years is not on the scale. None for
    /// no moments.
    pub(in crate::page) fn new(
        moments: impl Iterator<Item = Moment>,
        issued: Option<Moment>,
    ) -> Option<Scale> {
        let (mut first, mut last) = (u16::MAX, 0);
        for year in moments.map(Moment::year) {
            (first, last) = (first.min(year), last.max(year));
        }
        if first > last {
            return None;
        }
        let issued = issued.map(Moment::year).filter(|year| first.saturating_sub(*year) <= last - first + 1);
        Some(Scale { years: issued.map_or(first, |year| first.min(year))..=last })
    }

    /// Where a day stands; none outside of its years.
    pub(in crate::page) fn x(&self, moment: Moment) -> Option<u16> {
        self.years.contains(&moment.year()).then(|| self.at(moment.day))
    }

    fn at(&self, day: i64) -> u16 {
        let (start, end) = (day_number(*self.years.start(), 1, 1), day_number(*self.years.end() + 1, 1, 1));
        (MARGIN + (day - start) * (WIDTH - 2 * MARGIN) / (end - start)) as u16
    }

    fn year_width(&self) -> i64 {
        (WIDTH - 2 * MARGIN) / self.years.len() as i64
    }

    /// The beginnings of its years, ascending.
    pub(in crate::page) fn ticks(&self) -> Vec<Tick> {
        let width = self.year_width();
        let room = |step: &u16| (WIDTH - 2 * MARGIN) * i64::from(*step) >= LABEL * self.years.len() as i64;
        let step = [1, 2, 5, 10, 20, 50, 100, 200].into_iter().find(room).unwrap_or(500);
        let tick = |year: u16| {
            let x = self.at(day_number(year, 1, 1));
            // That of a year at the very end would stand out of the lane.
            let is_labelled = year.is_multiple_of(step) && i64::from(x) + DIGITS <= WIDTH;
            let label = is_labelled.then_some(year);
            (label.is_some() || width >= LINE).then_some(Tick { x, label })
        };
        self.years.clone().filter_map(tick).collect()
    }

    /// The beginnings of the second, third and fourth quarters, ascending, where years are wide
    /// enough.
    pub(in crate::page) fn quarters(&self) -> Vec<u16> {
        let years = self.years.clone().filter(|_| self.year_width() >= QUARTERS);
        years.flat_map(|year| [4, 7, 10].map(|month| self.at(day_number(year, month, 1)))).collect()
    }

    /// The marks of a lane whose moments ascend and lie on the scale. Two that are too near
    /// are merged, the nearest first. Cost: quadratic in the number of distinct positions,
    /// which is less than a thousand.
    pub(in crate::page) fn marks(&self, moments: &[Moment]) -> Vec<Mark> {
        struct Group {
            sum: u64,
            mark: Mark,
        }
        let mut groups: Vec<Group> = Vec::new();
        for (at, moment) in moments.iter().enumerate() {
            let x = self.at(moment.day);
            match groups.last_mut().filter(|group| group.mark.x == x) {
                Some(group) => {
                    group.sum += u64::from(x);
                    group.mark.moments.end = at + 1;
                    group.mark.certain |= moment.certain;
                }
                None => groups.push(Group {
                    sum: x.into(),
                    mark: Mark { x, extent: (x, x), moments: at..at + 1, certain: moment.certain },
                }),
            }
        }
        let gap = |groups: &[Group], at: usize| i64::from(groups[at + 1].mark.x - groups[at].mark.x);
        while let Some(at) = (0..groups.len().saturating_sub(1))
            .min_by_key(|&at| gap(&groups, at))
            .filter(|&at| gap(&groups, at) < APART)
        {
            let next = groups.remove(at + 1);
            let group = &mut groups[at];
            group.sum += next.sum;
            group.mark.moments.end = next.mark.moments.end;
            group.mark.extent.1 = next.mark.extent.1;
            group.mark.certain |= next.mark.certain;
            group.mark.x = (group.sum / group.mark.moments.len() as u64) as u16;
        }
        groups.into_iter().map(|group| group.mark).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{APART, MARGIN, Moment, Scale, WIDTH, day_number};
    use crate::vi::Date;

    /// The first day of a date; one with a question mark is not certain.
    fn moment(text: &str) -> Moment {
        let date = Date::parse(text.trim_end_matches('?')).expect("a date");
        let moment = Moment::of(date.first().expect("a year"));
        Moment { certain: moment.certain && !text.ends_with('?'), ..moment }
    }

    fn scale(dates: &[&str], issued: Option<&str>) -> Scale {
        Scale::new(dates.iter().map(|date| moment(date)), issued.map(moment)).expect("dates")
    }

    #[test]
    fn what_is_not_printed_to_the_day_stands_in_the_middle_and_is_uncertain() {
        let at = |text: &str| (moment(text).day, moment(text).certain);
        assert_eq!(at("2024-05-17"), (day_number(2024, 5, 17), true));
        assert_eq!(at("2024-05"), (day_number(2024, 5, 16), false));
        assert_eq!(at("2024"), (day_number(2024, 7, 2), false));
        assert_eq!(at("2024-05-15/2024-05-17"), (day_number(2024, 5, 15), true));
    }

    #[test]
    fn the_day_of_issue_is_shown_unless_it_would_take_most_of_the_width() {
        let events = ["2023-05-16", "2024-05-17"];
        assert_eq!(scale(&events, Some("2021-05-18")).years, 2021..=2024);
        assert_eq!(scale(&events, Some("2016-05-15")).years, 2023..=2024);
        assert_eq!(scale(&events, Some("2016-05-15")).x(moment("2016-05-15")), None);
        // It may also be in between, by an event that came before it.
        assert_eq!(scale(&events, Some("2024-01-01")).years, 2023..=2024);
        assert_eq!(Scale::new([].into_iter(), Some(moment("2024"))), None);
    }

    #[test]
    fn years_are_labelled_as_far_as_there_is_room() {
        let labels = |dates: &[&str]| -> Vec<u16> {
            scale(dates, None).ticks().iter().filter_map(|tick| tick.label).collect()
        };
        assert_eq!(labels(&["2024"]), [2024]);
        assert_eq!(labels(&["2021", "2024"]), [2021, 2022, 2023, 2024]);
        assert_eq!(labels(&["2015", "2025"]), [2016, 2018, 2020, 2022, 2024]);
        assert_eq!(labels(&["1931", "2026"]), [1940, 1960, 1980, 2000, 2020]);
        assert_eq!(scale(&["2015", "2025"], None).ticks().len(), 11);
        assert!(scale(&["1800", "2026"], None).quarters().is_empty());
        assert_eq!(scale(&["2024"], None).quarters().len(), 3);
    }

    #[test]
    fn days_that_are_near_become_one_mark_in_their_middle() {
        let dates = ["2023-05-16", "2023-05-16", "2023-06-02", "2024-05-15?", "2024-12-31"].map(moment);
        let scale = scale(&["2023", "2024"], None);
        let marks = scale.marks(&dates);
        let seen: Vec<_> = marks.iter().map(|mark| (mark.moments.clone(), mark.certain)).collect();
        assert_eq!(seen, [(0..3, true), (3..4, false), (4..5, true)]);
        assert!(marks[0].extent.0 < marks[0].x && marks[0].x < marks[0].extent.1, "{:?}", marks[0]);
    }

    fn lane() -> impl Strategy<Value = Vec<Moment>> {
        let day = (day_number(1990, 1, 1)..day_number(2030, 1, 1), any::<bool>());
        prop::collection::vec(day.prop_map(|(day, certain)| Moment { day, certain }), 1..300).prop_map(
            |mut lane| {
                lane.sort();
                lane
            },
        )
    }

    proptest! {
        /// Law: marks are links that a finger can tell apart, inside the lane, and none of the
        /// moments is lost.
        #[test]
        fn marks_are_apart_and_have_every_moment_once(lane in lane(), issued in day_number(1960, 1, 1)..day_number(2040, 1, 1)) {
            let issued = Some(Moment { day: issued, certain: true });
            let scale = Scale::new(lane.iter().copied(), issued).expect("moments");
            let marks = scale.marks(&lane);
            let mut next = 0;
            for mark in &marks {
                prop_assert_eq!(mark.moments.start, next);
                next = mark.moments.end;
                prop_assert!(mark.extent.0 <= mark.x && mark.x <= mark.extent.1);
                prop_assert!(i64::from(mark.extent.0) >= MARGIN && i64::from(mark.extent.1) <= WIDTH - MARGIN);
            }
            prop_assert_eq!(next, lane.len());
            for pair in marks.windows(2) {
                prop_assert!(i64::from(pair[1].x - pair[0].x) >= APART);
                prop_assert!(pair[0].extent.1 < pair[1].extent.0);
            }
        }

        /// Law: ticks ascend within the lane, and labels do not touch.
        #[test]
        fn labels_do_not_touch(first in 1800u16..2999, more in 0u16..1200) {
            let last = (first + more).min(2999);
            let day = |year| Moment { day: day_number(year, 7, 2), certain: false };
            let scale = Scale::new([day(first), day(last)].into_iter(), None).expect("moments");
            let ticks = scale.ticks();
            prop_assert!(ticks.windows(2).all(|pair| pair[0].x < pair[1].x));
            let labels: Vec<u16> = ticks.iter().filter(|tick| tick.label.is_some()).map(|tick| tick.x).collect();
            prop_assert!(labels.windows(2).all(|pair| i64::from(pair[1] - pair[0]) >= super::LABEL - 1));
            prop_assert!(scale.quarters().windows(2).all(|pair| pair[0] < pair[1]));
        }

        /// Law: a day knows its year.
        #[test]
        fn a_day_lies_in_its_year(year in 1800u16..2999, month in 1u8..=12, day in 1u8..=28) {
            let moment = Moment { day: day_number(year, month, day), certain: true };
            prop_assert_eq!(moment.year(), year);
        }
    }
}
