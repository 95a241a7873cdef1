//! Dates as the press prints them: whole, partial, ranged, or without a year.
//!
//! Written in front matter as `2022-12-28`, `28/12/2022`, `28-12-2022`, `28.12.2022`,
//! `2022-12`, `12/2022`, `2022`, with a time (`2023-05-19T21:53`), as a range
//! (`2024-05-15/2024-05-17`), or as `--05-17` (day and month printed, year not).
//! Nothing is guessed: what is not printed is not in the value.

use std::fmt;

/// A date as precise as it was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Four-digit year.
    pub year: u16,
    /// 1–12, if printed.
    pub month: Option<u8>,
    /// 1–31, valid for the month, if printed.
    pub day: Option<u8>,
}

/// A date in front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Date {
    /// A day, month or year, with the time of day in minutes after midnight if given.
    At(Day, Option<u16>),
    /// From the first to the last day, both included; the first is the earlier one.
    Range(Day, Day),
    /// Month and day without a year: printed, sorted nowhere.
    Yearless(u8, u8),
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// None of the forms above.
    Form,
    /// The form is right but there is no such day, month or time.
    Impossible,
}

impl Date {
    /// Reads any of the forms above; spaces around it do not matter.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let text = text.trim();
        if let Some(rest) = text.strip_prefix("--") {
            let (month, day) = rest.split_once('-').ok_or(DateError::Form)?;
            let (month, day) = (digits(month, 2)?, digits(day, 2)?);
            // 29 February exists in some year.
            check_day(2024, month, day)?;
            return Ok(Date::Yearless(month as u8, day as u8));
        }
        if let Some((first, last)) = split_range(text) {
            let (first, last) = (Day::parse(first)?, Day::parse(last)?);
            return match first.first_day() <= last.first_day() {
                true => Ok(Date::Range(first, last)),
                false => Err(DateError::Impossible),
            };
        }
        let (day, time) = match text.split_once(['T', ' ']) {
            Some((day, time)) => (day, Some(parse_time(time.trim())?)),
            None => (text, None),
        };
        let day = Day::parse(day)?;
        if time.is_some() && day.day.is_none() {
            return Err(DateError::Form);
        }
        Ok(Date::At(day, time))
    }

    /// The first day it covers, as far as it is known; `None` without a year.
    pub fn first(&self) -> Option<Day> {
        match *self {
            Date::At(day, _) | Date::Range(day, _) => Some(day),
            Date::Yearless(..) => None,
        }
    }

    /// The last day it covers, as far as it is known; `None` without a year.
    pub fn last(&self) -> Option<Day> {
        match *self {
            Date::At(day, _) | Date::Range(_, day) => Some(day),
            Date::Yearless(..) => None,
        }
    }

    /// The year of the first day.
    pub fn year(&self) -> Option<u16> {
        self.first().map(|day| day.year)
    }

    /// The month of the first day, where year and month are known.
    pub fn month(&self) -> Option<u8> {
        self.first().and_then(|day| day.month)
    }

    /// A total order for lists: by year, month, day and time; the less precise date
    /// first; dates without a year before all others.
    pub fn order(&self) -> (u16, u8, u8, u16) {
        match *self {
            Date::At(day, time) => {
                (day.year, day.month.unwrap_or(0), day.day.unwrap_or(0), time.map_or(0, |t| t + 1))
            }
            Date::Range(day, _) => (day.year, day.month.unwrap_or(0), day.day.unwrap_or(0), 0),
            Date::Yearless(month, day) => (0, month, day, 0),
        }
    }

    /// The machine-readable form: ISO 8601, `--05-17` without a year.
    pub fn iso(&self) -> String {
        match self {
            Date::At(day, None) => day.iso(),
            Date::At(day, Some(time)) => format!("{}T{:02}:{:02}", day.iso(), time / 60, time % 60),
            Date::Range(first, last) => format!("{}/{}", first.iso(), last.iso()),
            Date::Yearless(month, day) => format!("--{month:02}-{day:02}"),
        }
    }

    /// Whether `day` may lie within what is known of this date.
    pub fn may_cover(&self, day: Day) -> bool {
        match *self {
            Date::At(own, _) => own.agrees(day),
            Date::Range(first, last) => {
                first.agrees(day) || last.agrees(day) || (first <= day && day <= last)
            }
            Date::Yearless(month, date) => {
                day.month.is_none_or(|m| m == month) && day.day.is_none_or(|d| d == date)
            }
        }
    }
}

/// As readers see it: 28/12/2022, 12/2022, 2022, 17/5, 21:53 19/5/2023, 15–17/5/2024.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Date::At(day, None) => day.fmt(f),
            Date::At(day, Some(time)) => write!(f, "{:02}:{:02}, {day}", time / 60, time % 60),
            Date::Range(first, last) => match (first.day, last.day) {
                (Some(from), Some(_)) if (first.year, first.month) == (last.year, last.month) => {
                    write!(f, "{from:02}–{last}")
                }
                _ => write!(f, "{first} – {last}"),
            },
            Date::Yearless(month, day) => write!(f, "{day:02}/{month:02}"),
        }
    }
}

impl Date {
    /// As `to_string`, without the time: for lists, where the day is enough.
    pub fn day_text(&self) -> String {
        match self {
            Date::At(day, _) => day.to_string(),
            Date::Range(..) | Date::Yearless(..) => self.to_string(),
        }
    }
}

impl Day {
    /// A whole day; `None` if there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Day> {
        check_day(year.into(), month.into(), day.into()).ok()?;
        Some(Day { year, month: Some(month), day: Some(day) })
    }

    fn parse(text: &str) -> Result<Day, DateError> {
        let text = text.trim();
        let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
        // One separator throughout: `28-12/2022` is a slip, not a date.
        let separators: Vec<char> = text.chars().filter(|c| "-/.".contains(*c)).collect();
        if separators.windows(2).any(|pair| pair[0] != pair[1]) {
            return Err(DateError::Form);
        }
        let year_first = parts[0].len() == 4;
        if year_first && separators.first().is_some_and(|&c| c != '-') {
            return Err(DateError::Form);
        }
        let (year, month, day) = match (parts.as_slice(), year_first) {
            ([year], true) => (digits(year, 4)?, None, None),
            ([year, month], true) => (digits(year, 4)?, Some(digits(month, 2)?), None),
            ([year, month, day], true) => (digits(year, 4)?, Some(digits(month, 2)?), Some(digits(day, 2)?)),
            ([month, year], false) if year.len() == 4 => (digits(year, 4)?, Some(digits(month, 2)?), None),
            ([day, month, year], false) if year.len() == 4 => {
                (digits(year, 4)?, Some(digits(month, 2)?), Some(digits(day, 2)?))
            }
            _ => return Err(DateError::Form),
        };
        check_day(year, month.unwrap_or(1), day.unwrap_or(1))?;
        Ok(Day { year: year as u16, month: month.map(|m| m as u8), day: day.map(|d| d as u8) })
    }

    /// Year, month and day with what is unknown set to its first value.
    pub fn first_day(&self) -> (u16, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// Year, month and day with what is unknown set to its last value (31 for any month).
    pub fn last_day(&self) -> (u16, u8, u8) {
        (self.year, self.month.unwrap_or(12), self.day.unwrap_or(31))
    }

    /// Whether the two may be the same day: equal as far as both are known.
    pub fn agrees(&self, other: Day) -> bool {
        self.year == other.year
            && (self.month.is_none() || other.month.is_none() || self.month == other.month)
            && (self.day.is_none() || other.day.is_none() || self.day == other.day)
    }

    /// The day of the week of a whole day: 0 for Monday to 6 for Sunday.
    pub fn weekday(&self) -> Option<u8> {
        // 1 January 1970 was a Thursday.
        Some((day_number(self.year, self.month?, self.day?) + 3).rem_euclid(7) as u8)
    }

    /// `2022-12-28`, `2022-12` or `2022`.
    pub fn iso(&self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }
}

/// 28/12/2022, 12/2022 or 2022.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.month, self.day) {
            (Some(month), Some(day)) => write!(f, "{day:02}/{month:02}/{:04}", self.year),
            (Some(month), None) => write!(f, "{month:02}/{:04}", self.year),
            _ => write!(f, "{:04}", self.year),
        }
    }
}

/// Days since 1 January 1970 in the Gregorian calendar.
pub fn day_number(year: u16, month: u8, day: u8) -> i64 {
    // Years begin in March, so that the leap day is the last of one.
    let (year, month) = match month {
        1 | 2 => (i64::from(year) - 1, i64::from(month) + 9),
        _ => (i64::from(year), i64::from(month) - 3),
    };
    let of_years = year * 365 + year / 4 - year / 100 + year / 400;
    of_years + (153 * month + 2) / 5 + i64::from(day) - 1 - 719_468
}

/// How many days a month has; 0 if there is no such month.
pub fn days_in_month(year: u16, month: u8) -> u8 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// Splits `a/b` where both sides begin with a four-digit year.
fn split_range(text: &str) -> Option<(&str, &str)> {
    let (first, last) = text.split_once('/')?;
    let starts_with_year = |s: &str| s.len() >= 4 && s.bytes().take(4).all(|b| b.is_ascii_digit());
    (starts_with_year(first) && starts_with_year(last.trim_start())).then_some((first, last))
}

fn digits(text: &str, most: usize) -> Result<u32, DateError> {
    if text.is_empty() || text.len() > most || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DateError::Form);
    }
    text.parse().map_err(|_| DateError::Form)
}

fn parse_time(text: &str) -> Result<u16, DateError> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hour, minute) = match parts.as_slice() {
        [hour, minute] | [hour, minute, _] => (digits(hour, 2)?, digits(minute, 2)?),
        _ => return Err(DateError::Form),
    };
    match hour < 24 && minute < 60 {
        true => Ok((hour * 60 + minute) as u16),
        false => Err(DateError::Impossible),
    }
}

fn check_day(year: u32, month: u32, day: u32) -> Result<(), DateError> {
    // Neither has more than four digits: see `digits`.
    let days = u32::from(days_in_month(year as u16, month as u8));
    // The press archived here begins with printed Vietnamese newspapers (1865).
    match (1800..=2999).contains(&year) && (1..=days).contains(&day) {
        true => Ok(()),
        false => Err(DateError::Impossible),
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, DateError, Day, day_number};

    #[track_caller]
    fn check(text: &str, shown: &str, iso: &str) {
        let date = Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!((date.to_string().as_str(), date.iso().as_str()), (shown, iso));
        assert_eq!(Date::parse(&date.iso()), Ok(date), "iso reads back");
    }

    #[test]
    fn a_week_begins_on_monday() {
        for (day, weekday) in
            [("2024-05-17", 4), ("2024-02-29", 3), ("2023-01-01", 6), ("1945-09-02", 6), ("2000-03-01", 2)]
        {
            let Ok(Date::At(day, _)) = Date::parse(day) else { panic!("{day} is a day") };
            assert_eq!(day.weekday(), Some(weekday), "{day}");
        }
        assert_eq!(Day { year: 2024, month: Some(5), day: None }.weekday(), None);
    }

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        assert_eq!(day_number(1970, 1, 1), 0);
        assert_eq!(day_number(2000, 3, 1) - day_number(2000, 2, 28), 2);
        assert_eq!(day_number(1900, 3, 1) - day_number(1900, 2, 28), 1);
        assert_eq!(day_number(2024, 12, 31) - day_number(2024, 1, 1), 365);
    }

    #[test]
    fn every_printed_form_is_read_and_shown_as_day_month_year() {
        check("2022-12-28", "28/12/2022", "2022-12-28");
        check("28/12/2022", "28/12/2022", "2022-12-28");
        check("28-12-2022", "28/12/2022", "2022-12-28");
        check("1.5.2022", "01/05/2022", "2022-05-01");
        check("2022-12", "12/2022", "2022-12");
        check("12/2022", "12/2022", "2022-12");
        check("2022", "2022", "2022");
        check("2023-05-19T21:53", "21:53, 19/05/2023", "2023-05-19T21:53");
        check("2024-05-15/2024-05-17", "15–17/05/2024", "2024-05-15/2024-05-17");
        check("2024-05-30/2024-06-02", "30/05/2024 – 02/06/2024", "2024-05-30/2024-06-02");
        check("--05-17", "17/05", "--05-17");
    }

    #[test]
    fn days_that_never_were_are_impossible_and_other_texts_no_dates() {
        for text in [
            "30/2/2022",
            "2022-13-01",
            "2021-02-29",
            "2024-05-17/2024-05-15",
            "2022-12-28T25:00",
            "0022-01-01",
        ] {
            assert_eq!(Date::parse(text), Err(DateError::Impossible), "{text}");
        }
        for text in ["", "hôm qua", "28-12/2022", "28/12", "2022/12/28", "22-12-28", "--5", "2022T10:00"] {
            assert_eq!(Date::parse(text), Err(DateError::Form), "{text}");
        }
    }

    proptest::proptest! {
        /// Law: the day after has the next number, and there is no day twice.
        #[test]
        fn day_numbers_ascend(year in 1800u16..2999, month in 1u8..=12, day in 1u8..=27) {
            proptest::prop_assert_eq!(day_number(year, month, day + 1), day_number(year, month, day) + 1);
        }

        /// Law: no text makes the parser panic.
        #[test]
        fn any_text_is_a_date_or_an_error(text in "\\PC{0,30}") {
            let _ = Date::parse(&text);
        }
    }
}
