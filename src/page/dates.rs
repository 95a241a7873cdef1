//! The views by date: all years, a year, a month.
//!
//! Each reads as little as it shows, so that a new article changes few of them: `years_view`
//! how many articles each month has, a year the days of its own months, a month its own, and
//! both of these which other months there are, but not how full they are.

use super::chart::gaps;
use super::chart::heat::{Scale, percent_of};
use super::listing::Chunk;
use super::view::{
    DayView, Link, MonthCell, MonthLink, MonthStrip, MonthView, Undated, YearRow, YearView, YearsView,
};
use super::{Viewer, address};
use crate::archive::ArticleId;
use crate::vi::date::{Day, days_in_month};

impl<'p> Viewer<'p> {
    /// Years with articles, oldest first.
    pub(super) fn year_counts(&self) -> Vec<(u16, usize)> {
        let mut years: Vec<(u16, usize)> = Vec::new();
        for ((year, _), articles) in self.months().filter(|((year, _), _)| *year > 0) {
            match years.last_mut() {
                Some((last, count)) if *last == year => *count += articles,
                _ => years.push((year, articles)),
            }
        }
        years
    }

    pub(super) fn years_view(&self) -> YearsView {
        let most = self.months().filter(|((_, month), _)| *month > 0).map(|(_, count)| count).max();
        let scale = Scale::to(most.unwrap_or(0) as u32);
        let mut counts = [0; 13];
        let mut years: Vec<YearRow> = Vec::new();
        let mut months = self.months().filter(|((year, _), _)| *year > 0).peekable();
        while let Some(((year, month), count)) = months.next() {
            counts[usize::from(month)] = count;
            if months.peek().is_some_and(|((next, _), _)| *next == year) {
                continue;
            }
            if let Some(last) = years.last().map(|row| row.year) {
                let row =
                    |(year, until)| YearRow { year, until, url: String::new(), total: 0, months: Vec::new() };
                years.extend(gaps(last + 1, year).into_iter().map(row));
            }
            let cell = |(month, &count): (u8, &usize)| MonthCell {
                url: if count > 0 { address::month(year, month) } else { String::new() },
                count,
                step: scale.step(count as u32),
            };
            years.push(YearRow {
                year,
                until: None,
                url: address::year(year),
                total: counts.iter().sum(),
                months: (1..).zip(&counts[1..]).map(cell).collect(),
            });
            counts = [0; 13];
        }
        drop(months);
        years.reverse();
        YearsView {
            years,
            shades: scale.legend(),
            only_year: self.months().filter(|((year, month), _)| *year > 0 && *month == 0).map(|m| m.1).sum(),
            undated: self
                .months()
                .find(|(month, _)| *month == (0, 0))
                .map(|(_, count)| Undated { url: address::UNDATED.to_owned(), count }),
        }
    }

    pub(super) fn year_view(&self, year: u16) -> YearView<'p> {
        let days: Vec<[u32; 31]> = (1..=12).map(|month| self.days(year, month)).collect();
        let scale = Scale::to(days.iter().flatten().copied().max().unwrap_or(0));
        let strip = |(month, days): (u8, &[u32; 31])| {
            let count = self.month(year, month).len();
            let length = days_in_month(year, month);
            let all = scale.days(&days[..usize::from(length)]);
            let first = weekday(year, month);
            let is_off = |day: &&DayView| (first + usize::from(day.day) - 1) % 7 > 4;
            MonthStrip {
                url: if count > 0 { address::month(year, month) } else { String::new() },
                count,
                width: percent_of(length),
                weekends: all.iter().filter(is_off).map(|day| day.x.clone()).collect(),
                days: all.into_iter().filter(|day| day.count > 0).collect(),
            }
        };
        let months: Vec<MonthStrip> = (1..).zip(&days).map(strip).collect();
        let only_year = self.month(year, 0);
        let link = |year: u16| Link { url: address::year(year).into(), title: year.to_string().into() };
        YearView {
            year,
            total: months.iter().map(|month| month.count).sum::<usize>() + only_year.len(),
            months,
            shades: scale.legend(),
            rows: only_year.rev().map(|id| self.row(ArticleId(id))).collect(),
            earlier: self.calendar().rev().map(|(other, _)| other).find(|&o| o > 0 && o < year).map(link),
            later: self.calendar().map(|(other, _)| other).find(|&other| other > year).map(link),
        }
    }

    pub(super) fn month_view(&self, year: u16, month: u8, chunk: Chunk) -> MonthView<'p> {
        let own = (year, month);
        let link = |(year, month)| MonthLink { url: address::month(year, month), year, month };
        let earlier = self.calendar().rev().find(|&other| other.1 > 0 && other < own);
        let later = self.calendar().find(|&other| other.1 > 0 && other > own);
        let counts = if chunk == 0 { self.days(year, month) } else { [0; 31] };
        let scale = Scale::to(counts.iter().copied().max().unwrap_or(0));
        let shades = scale.legend();
        let mut days: Vec<Option<DayView>> = Vec::new();
        if !shades.is_empty() {
            days.resize(weekday(year, month), None);
            days.extend(scale.days(&counts[..usize::from(days_in_month(year, month))]).into_iter().map(Some));
            days.resize(days.len().next_multiple_of(7), None);
        }
        MonthView {
            year: Some(year),
            month: Some(month),
            year_url: Some(address::year(year)),
            weeks: days.chunks(7).map(<[_]>::to_vec).collect(),
            shades,
            earlier: earlier.map(link),
            later: later.map(link),
            ..self.month_list(&address::month(year, month), own, chunk)
        }
    }

    pub(super) fn undated_view(&self, chunk: Chunk) -> MonthView<'p> {
        self.month_list(address::UNDATED, (0, 0), chunk)
    }

    /// The articles of a month, and nothing else.
    fn month_list(&self, url: &str, (year, month): (u16, u8), chunk: Chunk) -> MonthView<'p> {
        let articles = self.month(year, month);
        let total = articles.len();
        MonthView {
            year: None,
            month: None,
            year_url: None,
            articles: self.listing(url, total, total, chunk, |at| ArticleId(articles.start + at as u32)),
            weeks: Vec::new(),
            shades: Vec::new(),
            earlier: None,
            later: None,
        }
    }
}

/// The day of the week that a month begins with: 0 for Monday.
fn weekday(year: u16, month: u8) -> usize {
    Day::new(year, month, 1).and_then(|day| day.weekday()).unwrap_or(0).into()
}
