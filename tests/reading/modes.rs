//! The ways in which a page is read, and what is asked of a page that is open.

use serde_json::Value;

use super::{browser::Tab, stage::Kind};

/// Widths of windows: a phone, a tablet, a desk.
pub(crate) const WIDTHS: [u32; 3] = [360, 768, 1440];

/// Values of `prefers-color-scheme`.
pub(crate) const SCHEMES: [&str; 2] = ["light", "dark"];

/// The height of windows.
pub(crate) const HEIGHT: u32 = 900;

/// The functions that `ask` calls.
const PAGE: &str = include_str!("page.js");

/// Opens a page, waits until it has come to rest and makes it ready for `ask`.
#[track_caller]
pub(crate) fn open(tab: &mut Tab, address: &str) {
    tab.navigate(address);
    settle(tab);
    tab.eval(PAGE);
}

/// The same where scripts of pages do not run: there nothing can be awaited within a page.
#[track_caller]
pub(crate) fn open_plain(tab: &mut Tab, address: &str) {
    tab.navigate(address);
    tab.eval(PAGE);
}

/// Shows pages on a screen in that scheme.
pub(crate) fn scheme(tab: &mut Tab, scheme: &str) {
    tab.medium("screen", &[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]);
}

/// What a function of `page.js` finds wrong.
#[track_caller]
pub(crate) fn ask(tab: &mut Tab, what: &str) -> Vec<String> {
    let found = tab.eval(&format!("reading.{what}()"));
    let found = found.as_array().unwrap_or_else(|| panic!("{what}: no list but {found}"));
    found.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Waits for every picture, those further down included.
pub(crate) fn settle(tab: &mut Tab) {
    tab.eval(
        "(async () => {
            for (const image of document.images) image.loading = 'eager';
            const failed = () => {};
            await Promise.all([...document.images].map((image) => image.decode().catch(failed)));
            await document.fonts.ready;
        })()",
    );
}

/// What is wrong, by what it is: on which pages, and how often.
#[derive(Default)]
pub(crate) struct Findings(Vec<(String, Vec<String>)>);

impl Findings {
    /// Adds what was found on a page that was looked at in some way.
    pub(crate) fn add(&mut self, kind: &Kind, way: &str, found: impl IntoIterator<Item = String>) {
        let place = if way.is_empty() { kind.name.clone() } else { format!("{} {way}", kind.name) };
        for what in found {
            match self.0.iter_mut().find(|(known, _)| *known == what) {
                Some((_, places)) => places.push(place.clone()),
                None => self.0.push((what, vec![place.clone()])),
            }
        }
    }

    /// Stops the test if anything was found, and tells all of it.
    #[track_caller]
    pub(crate) fn none(self) {
        let told = self.0.iter().map(|(what, places)| {
            let (shown, more) = (places[..places.len().min(4)].join(", "), places.len().saturating_sub(4));
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{what}\n    on {shown}{more}")
        });
        let told: Vec<String> = told.collect();
        assert!(told.is_empty(), "{} findings:\n{}", told.len(), told.join("\n"));
    }
}
