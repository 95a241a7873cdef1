//! Pictures of every kind of page, for those who judge how it looks.
//!
//! `LUUTRU_SCREENSHOTS=<folder> cargo test --test reading screenshots` writes
//! `<kind>-<width>-<scheme>.png` and `<kind>-print.png`; without the variable nothing is done.
//! `LUUTRU_SCREENSHOTS_OF=article,unit` takes only kinds whose names begin so. Nothing is
//! compared: faces and their rendering are those of the machine.

use std::{env, fs, path::PathBuf};

use super::{
    browser::{Tab, browser},
    modes::{self, HEIGHT, SCHEMES, WIDTHS, settle},
    stage::stage,
};

/// The height of a picture at most, in CSS pixels.
const LONGEST: u64 = 4000;

#[test]
fn screenshots_are_taken_where_they_are_asked_for() {
    let Some(folder) = env::var_os("LUUTRU_SCREENSHOTS").map(PathBuf::from) else { return };
    let Some(browser) = browser() else { return };
    fs::create_dir_all(&folder).expect("the folder of the pictures");
    let only = env::var("LUUTRU_SCREENSHOTS_OF").unwrap_or_default();
    let stage = stage();
    let mut tab = browser.tab();
    for kind in stage.kinds().filter(|kind| only.split(',').any(|start| kind.name.starts_with(start))) {
        tab.navigate(&kind.address);
        for (width, scheme) in WIDTHS.iter().flat_map(|width| SCHEMES.map(|scheme| (*width, scheme))) {
            modes::scheme(&mut tab, scheme);
            tab.size(width, HEIGHT);
            settle(&mut tab);
            let height = height(&mut tab);
            tab.picture(&folder.join(format!("{}-{width}-{scheme}.png", kind.name)), width, height);
        }
        // As on paper of A4: 210 mm less margins of 15 mm.
        tab.medium("print", &[("prefers-color-scheme", "light")]);
        tab.size(680, HEIGHT);
        let height = height(&mut tab);
        tab.picture(&folder.join(format!("{}-print.png", kind.name)), 680, height);
    }
}

fn height(tab: &mut Tab) -> u32 {
    let height = tab.eval("document.documentElement.scrollHeight").as_u64().unwrap_or(0);
    height.clamp(200, LONGEST) as u32
}
