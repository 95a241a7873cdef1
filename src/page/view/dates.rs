//! What the pages by date show: all years, a year, a month.

use serde::Serialize;

use super::{Link, Listing, Row};

/// `years.html`
#[derive(Serialize)]
pub struct YearsView {
    /// From the newest year to the first; years without articles stand between them, three or
    /// more in one row.
    pub years: Vec<YearRow>,
    /// What the shades of the months stand for, the lightest first.
    pub shades: Vec<ShadeView>,
    /// Articles of which only the year is known, in all: they are in the sum of their year and
    /// in none of its months.
    pub only_year: usize,
    /// Articles without a date; none where all have one.
    pub undated: Option<Undated>,
}

/// A year with its months, or years without articles.
#[derive(Serialize)]
pub struct YearRow {
    /// The year; of several without articles the first.
    pub year: u16,
    /// The last of several years without articles.
    pub until: Option<u16>,
    /// Address; empty where there are no articles.
    pub url: String,
    /// Articles of the year.
    pub total: usize,
    /// All twelve months, gaps with a count of 0; none where there are no articles.
    pub months: Vec<MonthCell>,
}

/// A month of a year.
#[derive(Serialize)]
pub struct MonthCell {
    /// Address; empty without articles.
    pub url: String,
    /// Articles.
    pub count: usize,
    /// Its shade: 0 for nothing, to 4 for the most.
    pub step: u8,
}

/// What a shade stands for.
#[derive(Serialize)]
pub struct ShadeView {
    /// 1 to 4, the darkest.
    pub step: u8,
    /// The least count.
    pub from: u32,
    /// The largest.
    pub to: u32,
}

/// `year.html`
#[derive(Serialize)]
pub struct YearView<'a> {
    /// The year.
    pub year: u16,
    /// All twelve months.
    pub months: Vec<MonthStrip>,
    /// What the shades of the days stand for, the lightest first.
    pub shades: Vec<ShadeView>,
    /// How many articles.
    pub total: usize,
    /// Articles of which only the year is known.
    pub rows: Vec<Row<'a>>,
    /// The year before with articles.
    pub earlier: Option<Link<'a>>,
    /// The year after with articles.
    pub later: Option<Link<'a>>,
}

/// A month of a year with its days.
#[derive(Serialize)]
pub struct MonthStrip {
    /// Address; empty without articles.
    pub url: String,
    /// Articles, those included of which the day is not known.
    pub count: usize,
    /// How long it is, in percent of the width of 31 days.
    pub width: String,
    /// Its days with articles.
    pub days: Vec<DayView>,
    /// Where its Saturdays and Sundays are, in percent of the width of 31 days.
    pub weekends: Vec<String>,
}

/// A day of a month.
#[derive(Clone, Serialize)]
pub struct DayView {
    /// 1 to 31.
    pub day: u8,
    /// Articles.
    pub count: u32,
    /// Its shade: 0 for nothing, to 4 for the most.
    pub step: u8,
    /// Where it is, in percent of the width of 31 days.
    pub x: String,
}

/// `month.html`, also for articles without a date.
#[derive(Serialize)]
pub struct MonthView<'a> {
    /// The year; none for articles without a date.
    pub year: Option<u16>,
    /// The month.
    pub month: Option<u8>,
    /// Address of the year.
    pub year_url: Option<String>,
    /// Its articles.
    pub articles: Listing<'a>,
    /// Its days by week, seven each from Monday, none before its first day and after its last
    /// one. On the first page only, and only if the day of an article is known.
    pub weeks: Vec<Vec<Option<DayView>>>,
    /// What the shades of the days stand for, the lightest first.
    pub shades: Vec<ShadeView>,
    /// The month before with articles.
    pub earlier: Option<MonthLink>,
    /// The month after with articles.
    pub later: Option<MonthLink>,
}

/// The way to another month.
#[derive(Serialize)]
pub struct MonthLink {
    /// Address.
    pub url: String,
    /// Its year.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
}

/// The articles without a date.
#[derive(Serialize)]
pub struct Undated {
    /// Address of their list.
    pub url: String,
    /// How many they are.
    pub count: usize,
}
