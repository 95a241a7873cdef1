//! Every kind of page through axe-core: no violation of WCAG 2.2 at level AA, nor of what axe
//! calls best practice.
//!
//! All rules run where the page is narrow and where it is wide, in light; in the dark those
//! that look at colours, since nothing else hangs on the scheme.

use std::{fs, path::Path};

use serde_json::Value;

use super::{
    browser::{Tab, browser},
    modes::{Findings, HEIGHT, open, scheme},
    node::{self, FOLDER},
    stage::stage,
};

/// Which rules: by tag, `target-size` besides, which axe leaves out by itself.
const ALL: &str = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], \
                   rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }";

/// Rules that look at colours.
const COLOURS: &str = "{ runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, resultTypes: ['violations'] }";

#[test]
fn axe_finds_no_barrier_on_any_page() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    let stage = stage();
    let mut tab = browser.tab();
    let mut found = Findings::default();
    for kind in stage.kinds() {
        scheme(&mut tab, "light");
        tab.size(360, HEIGHT);
        open(&mut tab, &kind.address);
        tab.eval(&axe);
        for (width, colours, rules) in
            [(360, "light", ALL), (1440, "light", ALL), (1440, "dark", COLOURS), (360, "dark", COLOURS)]
        {
            scheme(&mut tab, colours);
            tab.size(width, HEIGHT);
            found.add(kind, &format!("{width} {colours}"), violations(&mut tab, rules));
        }
    }
    found.none();
}

/// The test above would pass as well if axe looked at nothing.
#[test]
fn axe_finds_barriers_where_there_are_some() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    let mut tab = browser.tab();
    tab.navigate(
        "data:text/html,<html><title>x</title><main><h1>x</h1><h3>y</h3><img src='data:,'><p style='color:%23aaa'>grey</p>\
         <a href='%23a' style='font-size:8px'>a</a><a href='%23b' style='font-size:8px'>b</a></main>",
    );
    tab.eval(&axe);
    let found = violations(&mut tab, ALL).join("\n");
    for rule in ["html-has-lang", "heading-order", "image-alt", "color-contrast", "target-size"] {
        assert!(found.contains(rule), "{rule} is not in {found}");
    }
    assert!(violations(&mut tab, COLOURS).join("\n").contains("color-contrast"));
}

/// The program, which pages are given to run.
fn axe() -> Option<String> {
    node::installed("axe-core")?;
    let path = Path::new(FOLDER).join("node_modules/axe-core/axe.min.js");
    Some(fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())) + "; true")
}

/// One line for each element that breaks a rule.
fn violations(tab: &mut Tab, rules: &str) -> Vec<String> {
    let found = tab.eval(&format!(
        "axe.run(document, {rules}).then(({{ violations }}) => violations.flatMap(({{ id, help, nodes }}) => \
         nodes.map(({{ html, any, all, none }}) => `${{id}} (${{help}}): ${{html.slice(0, 120)}} – ` + \
         [...any, ...all, ...none].map((check) => check.message).join('; ').slice(0, 160))))"
    ));
    let found = found.as_array().unwrap_or_else(|| panic!("no list but {found}"));
    found.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
