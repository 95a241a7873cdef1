//! Commendations by year as bars: a row a year, a bar for each figure it has.
//!
//! Rows go down and bars go right, so that any number of years fits the narrowest screen
//! and the value of each bar stands behind it. A year without anything between two that have
//! something is a row without bars, several of them share one.
//!
//! Invariant: nothing is wider than `WIDTH`, which a screen of 320 px has beside its margins.

use super::gaps;
use crate::page::view::{Bar, BarRow, BarsView, CommendedYear};

/// Width of the drawing.
const WIDTH: u32 = 288;
/// For "2024", for "2011–2019", and for what stands for no year, before the bars.
const LABELS: [u32; 3] = [42, 74, 96];
/// For the longest value behind a bar: before it, for figures of up to five digits, and for each
/// character more of one that has more.
const VALUE: (u32, u32) = (42, 8);
/// Height of a bar, and from one to the next of the same year.
const BAR: u32 = 14;
const PITCH: u32 = 18;
/// Between two years.
const SPACE: u32 = 10;
/// Height of a year without bars.
const GAP: u32 = 18;
/// Years shown, the newest; the table has all.
const YEARS: usize = 20;
/// The foot of a letter above the lower edge of a line as high as a bar.
const FOOT: u32 = 3;

/// The drawing of years as `Viewer::commended_years` gives them: oldest first, the one
/// without a year last. None where no figure is known.
pub(in crate::page) fn bars(years: &[CommendedYear]) -> Option<BarsView> {
    let series = [
        ("collectives", CommendedYear::collectives as fn(&CommendedYear) -> u32),
        ("individuals", CommendedYear::individuals),
        ("prizes", CommendedYear::prizes),
    ];
    let dated = years.iter().filter(|year| year.year.is_some()).count();
    let shown = &years[dated.saturating_sub(YEARS)..];
    let most = shown.iter().flat_map(|year| series.iter().map(|(_, of)| of(year))).max()?;
    if most == 0 {
        return None;
    }
    let (mut rows, mut y, mut last) = (Vec::new(), 0, None);
    for year in shown {
        let empty = last.zip(year.year).map_or_else(Vec::new, |(last, year)| gaps(last + 1, year));
        for (first, last) in empty {
            rows.push(BarRow { year: Some(first), until: last, y: y + GAP - FOOT, bars: Vec::new() });
            y += GAP + SPACE;
        }
        last = year.year;
        let top = y;
        let mut bars = Vec::new();
        for (series, of) in series {
            let value = of(year);
            if value > 0 {
                bars.push(Bar { series, value, x: 0, y, width: value, text_x: 0, text_y: y + BAR - FOOT });
                y += PITCH;
            }
        }
        // Nothing but periods, or nothing counted.
        y = y.max(top + GAP);
        rows.push(BarRow { year: year.year, until: None, y: top + BAR - FOOT, bars });
        y += SPACE;
    }
    let label = match &rows {
        rows if rows.iter().any(|row| row.year.is_none()) => LABELS[2],
        rows if rows.iter().any(|row| row.until.is_some()) => LABELS[1],
        _ => LABELS[0],
    };
    let digits = most.ilog10() + 1;
    // A sign stands before every third digit but the first.
    let more = (digits + (digits - 1) / 3).saturating_sub(6);
    let behind = VALUE.0 + more * VALUE.1;
    for bar in rows.iter_mut().flat_map(|row| &mut row.bars) {
        let room = u64::from(WIDTH - label - behind);
        // Rounded, and never nothing: it stands for something.
        let width = (u64::from(bar.value) * room * 2 + u64::from(most)) / (u64::from(most) * 2);
        bar.x = label;
        bar.width = (width as u32).max(1);
        bar.text_x = label + bar.width + 5;
    }
    let has = |of: fn(&CommendedYear) -> u32| shown.iter().any(|year| of(year) > 0);
    Some(BarsView {
        width: WIDTH,
        height: y - SPACE,
        axis: label,
        series: series.into_iter().filter(|(_, of)| has(*of)).map(|(name, _)| name).collect(),
        rows,
    })
}

impl CommendedYear {
    fn collectives(&self) -> u32 {
        self.collectives
    }

    fn individuals(&self) -> u32 {
        self.individuals
    }

    fn prizes(&self) -> u32 {
        self.prizes
    }
}

#[cfg(test)]
mod tests {
    use super::{BarsView, CommendedYear, WIDTH, bars};

    fn year(year: Option<u16>, collectives: u32, individuals: u32, prizes: u32) -> CommendedYear {
        CommendedYear { year, events: 1, collectives, individuals, prizes }
    }

    /// Each row as `year: widths`.
    fn rows(drawn: &BarsView) -> Vec<String> {
        let row = |row: &super::BarRow| {
            let year = row.year.map_or("none".to_owned(), |year| year.to_string());
            let until = row.until.map_or(String::new(), |until| format!("–{until}"));
            let widths: Vec<String> =
                row.bars.iter().map(|bar| format!("{} {}", bar.series, bar.width)).collect();
            format!("{year}{until}: {}", widths.join(", "))
        };
        drawn.rows.iter().map(row).collect()
    }

    #[track_caller]
    fn check(years: &[CommendedYear], expect: &[&str]) {
        assert_eq!(rows(&bars(years).expect("a drawing")), expect);
    }

    #[test]
    fn a_year_alone_has_the_longest_bar() {
        check(&[year(Some(2024), 16, 32, 0)], &["2024: collectives 102, individuals 204"]);
    }

    #[test]
    fn years_without_anything_are_rows_without_bars() {
        check(
            &[year(Some(2018), 1, 0, 0), year(Some(2020), 2, 0, 0), year(Some(2024), 0, 0, 2)],
            &["2018: collectives 86", "2019: ", "2020: collectives 172", "2021–2023: ", "2024: prizes 172"],
        );
    }

    #[test]
    fn a_figure_of_many_digits_has_room_behind_its_bar() {
        for (figure, room) in [(99_999, 42), (123_456, 50), (1_234_567, 66), (4_000_000_000, 98)] {
            let drawn = bars(&[year(Some(2024), figure, 0, 0)]).expect("a drawing");
            let bar = &drawn.rows[0].bars[0];
            assert_eq!(WIDTH - bar.x - bar.width, room, "{figure}");
        }
    }

    #[test]
    fn what_has_no_year_stands_last() {
        check(
            &[year(Some(2024), 4, 0, 0), year(None, 1, 0, 0)],
            &["2024: collectives 150", "none: collectives 38"],
        );
    }

    #[test]
    fn where_no_figure_is_known_nothing_is_drawn() {
        assert!(bars(&[]).is_none());
        assert!(bars(&[year(Some(2024), 0, 0, 0)]).is_none());
    }

    #[test]
    fn the_newest_years_are_shown_where_there_are_too_many() {
        let years: Vec<CommendedYear> = (1900..2024).map(|at| year(Some(at), 1, 1, 1)).collect();
        let drawn = bars(&years).expect("a drawing");
        assert_eq!((drawn.rows.len(), drawn.rows[0].year), (20, Some(2004)));
    }

    proptest::proptest! {
        /// Law: whatever the figures, bars and values stay inside, in order and apart.
        #[test]
        fn everything_stays_inside(figures in proptest::collection::vec((1990u16..2030, 0u32..100_000, 0u32..50_000, 0u32..9), 1..40)) {
            let mut years: Vec<CommendedYear> =
                figures.into_iter().map(|(at, c, i, p)| year(Some(at), c, i, p)).collect();
            years.sort_by_key(|year| year.year);
            years.dedup_by_key(|year| year.year);
            let Some(drawn) = bars(&years) else { return Ok(()) };
            let all: Vec<_> = drawn.rows.iter().flat_map(|row| &row.bars).collect();
            for bar in &all {
                proptest::prop_assert!(bar.width >= 1 && bar.x + bar.width + 42 <= WIDTH);
                proptest::prop_assert!(bar.y + 14 <= drawn.height && bar.text_y < bar.y + 14);
            }
            proptest::prop_assert!(all.windows(2).all(|pair| pair[0].y + 18 <= pair[1].y));
        }
    }
}
