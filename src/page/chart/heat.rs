//! Shades for counts: four steps, from an eighth, a third and two thirds of the largest.
//!
//! Steps of equal width would leave nearly all days in the lowest, where one has many articles;
//! steps that double would leave half of all months in the highest. Thresholds are whole numbers
//! that a legend can print.
//!
//! Not here: which colours the steps have (the style sheet).

use crate::page::view::{DayView, ShadeView};

/// Which step a count has.
pub(in crate::page) struct Scale {
    /// The least count of each step; ascending.
    from: [u32; 4],
    most: u32,
}

impl Scale {
    /// For counts up to `most`.
    pub(in crate::page) fn to(most: u32) -> Scale {
        let from = [1, most.div_ceil(8).max(2), most.div_ceil(3).max(3), (most * 2).div_ceil(3).max(4)];
        Scale { from, most }
    }

    /// 0 for nothing, else 1 to 4.
    pub(in crate::page) fn step(&self, count: u32) -> u8 {
        self.from.iter().filter(|from| count >= **from).count() as u8
    }

    /// What each step stands for; none above the largest count.
    pub(in crate::page) fn legend(&self) -> Vec<ShadeView> {
        let ends = self.from[1..].iter().map(|from| from - 1).chain([self.most]);
        let steps = self.from.iter().zip(ends).zip(1..);
        let shades = steps.map(|((&from, to), step)| ShadeView { step, from, to: to.min(self.most) });
        shades.filter(|shade| shade.from <= self.most).collect()
    }

    /// The days of a month, as a strip on which each has a 31st of the width.
    pub(in crate::page) fn days(&self, counts: &[u32]) -> Vec<DayView> {
        let day = |(at, &count): (usize, &u32)| DayView {
            day: at as u8 + 1,
            count,
            step: self.step(count),
            x: percent_of(at as u8),
        };
        counts.iter().enumerate().map(day).collect()
    }
}

/// The width of that many days, in percent of 31, rounded down: "3.22".
pub(in crate::page) fn percent_of(days: u8) -> String {
    let hundredths = u32::from(days) * 10_000 / 31;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::Scale;

    /// The legend as it is printed.
    #[track_caller]
    fn check(most: u32, expect: &str) {
        let legend = Scale::to(most).legend();
        let words: Vec<String> =
            legend.iter().map(|shade| format!("{}: {}–{}", shade.step, shade.from, shade.to)).collect();
        assert_eq!(words.join(", "), expect);
    }

    #[test]
    fn few_articles_have_a_step_each() {
        check(0, "");
        check(1, "1: 1–1");
        check(3, "1: 1–1, 2: 2–2, 3: 3–3");
        check(6, "1: 1–1, 2: 2–2, 3: 3–3, 4: 4–6");
    }

    #[test]
    fn each_step_is_wider_than_the_one_below() {
        check(20, "1: 1–2, 2: 3–6, 3: 7–13, 4: 14–20");
        check(1500, "1: 1–187, 2: 188–499, 3: 500–999, 4: 1000–1500");
    }

    proptest::proptest! {
        /// Law: every count has the step whose range in the legend holds it, and zero has none.
        #[test]
        fn the_legend_tells_the_step_of_each_count(most in 1u32..100_000, count in 0u32..100_000) {
            let scale = Scale::to(most);
            let count = count.min(most);
            let told = scale.legend().into_iter().find(|shade| (shade.from..=shade.to).contains(&count));
            proptest::prop_assert_eq!(told.map_or(0, |shade| shade.step), scale.step(count));
        }
    }

    #[test]
    fn days_stand_side_by_side_from_the_left_edge() {
        let days = Scale::to(2).days(&[0, 2, 1]);
        let shown: Vec<_> = days.iter().map(|day| (day.day, &*day.x, day.step)).collect();
        assert_eq!(shown, [(1, "0.00", 0), (2, "3.22", 2), (3, "6.45", 1)]);
    }
}
