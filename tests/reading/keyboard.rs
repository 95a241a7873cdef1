//! Every kind of page without a mouse: what can be used is reached in the order of the page,
//! shows that it has the focus, and lies in sight.

use super::{
    browser::{Tab, browser},
    modes::{Findings, HEIGHT, ask, open, scheme},
    stage::stage,
};

/// Presses beyond what a page should need.
const SPARE: u64 = 2;

#[test]
fn the_tab_key_reaches_everything_in_order_and_shows_where_it_is() {
    let Some(browser) = browser() else { return };
    let stage = stage();
    let mut tab = browser.tab();
    // A tab in the background has no focus.
    tab.call("Emulation.setFocusEmulationEnabled", serde_json::json!({ "enabled": true }));
    let mut found = Findings::default();
    for (kind, (width, colours)) in stage
        .made_kinds()
        .zip([(360, "light"), (1440, "dark"), (360, "dark"), (1440, "light")].into_iter().cycle())
    {
        scheme(&mut tab, colours);
        tab.size(width, HEIGHT);
        open(&mut tab, &kind.address);
        let way = format!("{width} {colours}");
        found.add(kind, &way, ask(&mut tab, "regions"));
        let presses = tab.eval("reading.follow()").as_u64().unwrap_or(0) + SPARE;
        for _ in 0..presses {
            tab.press("Tab");
        }
        found.add(kind, &way, ask(&mut tab, "followed"));
    }
    found.none();
}

#[test]
fn the_first_link_leads_past_the_menu_to_what_the_page_is_about() {
    let Some(browser) = browser() else { return };
    let stage = stage();
    let mut tab = browser.tab();
    tab.call("Emulation.setFocusEmulationEnabled", serde_json::json!({ "enabled": true }));
    let mut found = Findings::default();
    // These two are all that they are about.
    let short = ["redirect.html", "404.html"];
    for kind in stage.main_kinds().filter(|kind| !short.contains(&kind.template)) {
        tab.size(360, HEIGHT);
        open(&mut tab, &kind.address);
        found.add(kind, "", skip(&mut tab).map(str::to_owned));
    }
    found.none();
}

/// What is wrong with the link past the menu.
fn skip(tab: &mut Tab) -> Option<&'static str> {
    tab.press("Tab");
    if tab.eval("document.activeElement.matches('a[href^=\"#\"]')") != true {
        return Some("the first link does not lead within the page");
    }
    if tab.eval("(() => { const box = document.activeElement.getBoundingClientRect(); return box.left >= 0 && box.top >= 0 && box.height > 10; })()") != true {
        return Some("the first link is not seen when it has the focus");
    }
    tab.press("Enter");
    tab.wait("location.hash.length > 1");
    tab.press("Tab");
    let inside = "(() => {
        const main = document.querySelector('main');
        const at = document.activeElement;
        // A page whose main part has nothing to use goes on behind it.
        return main.contains(at) || (main.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING) > 0 || at === document.body;
    })()";
    (tab.eval(inside) != true).then_some("the first link does not lead into the main part")
}
