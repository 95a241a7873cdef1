//! Every kind of page where something is missing or unwanted: without scripts, without
//! motion, on paper.

use luutru::build;

use super::{
    browser::browser,
    modes::{Findings, HEIGHT, ask, open, open_plain},
    stage::stage,
};

#[test]
fn without_scripts_a_page_says_the_same_and_leads_to_the_same() {
    let Some(browser) = browser() else { return };
    let stage = stage();
    let (mut with, mut without) = (browser.window(), browser.window());
    without.scripts(false);
    for tab in [&mut with, &mut without] {
        tab.size(1440, HEIGHT);
    }
    let mut found = Findings::default();
    for kind in stage.main_kinds() {
        open(&mut with, &kind.address);
        open_plain(&mut without, &kind.address);
        let [full, plain] = [&mut with, &mut without].map(|tab| tab.eval("reading.content()"));
        if full["text"] != plain["text"] {
            found.add(kind, "", [format!("{}\n  without scripts {}", full["text"], plain["text"])]);
        }
        if full["links"] != plain["links"] {
            found.add(kind, "", [format!("{}\n  without scripts {}", full["links"], plain["links"])]);
        }
    }
    found.none();
}

#[test]
fn nothing_moves_where_motion_is_unwanted() {
    let Some(browser) = browser() else { return };
    let stage = stage();
    let mut tab = browser.tab();
    tab.medium("screen", &[("prefers-reduced-motion", "reduce")]);
    let mut found = Findings::default();
    for kind in stage.main_kinds() {
        open(&mut tab, &kind.address);
        found.add(kind, "", ask(&mut tab, "motion"));
    }
    found.none();
}

/// Also for a reader who prefers dark pages: paper is white.
#[test]
fn on_paper_there_is_no_menu_and_all_text_is_dark() {
    let Some(browser) = browser() else { return };
    let stage = stage();
    let mut tab = browser.tab();
    tab.medium("print", &[("prefers-color-scheme", "dark")]);
    // A4, less margins of 15 mm.
    tab.size(680, HEIGHT);
    let mut found = Findings::default();
    for kind in stage.made_kinds() {
        open(&mut tab, &kind.address);
        found.add(kind, "", ask(&mut tab, "paper"));
    }
    found.none();
}

#[test]
fn a_printed_article_says_where_it_comes_from() {
    let Some(browser) = browser() else { return };
    let stage = stage();
    let mut tab = browser.tab();
    tab.medium("print", &[]);
    let plan = build::plan(&stage.made.prepared).value;
    let mut found = Findings::default();
    for kind in stage.made_kinds().filter(|kind| kind.template == "article.html") {
        let page = plan.pages.iter().find(|page| page.url == kind.url).expect("a page of the plan");
        let view = serde_json::to_value(plan.viewer().view(page)).expect("a view");
        open(&mut tab, &kind.address);
        let content = tab.eval("reading.content()");
        let printed = content["text"].as_str().unwrap_or_default();
        let said = [
            ("its newspaper", view["publisher"]["title"].as_str()),
            ("the address of the original", view["source_url"].as_str()),
            ("its own address", plan.viewer().page_view(page, "").canonical.as_deref()),
        ]
        .map(|(what, words)| (what, words.map(str::to_owned)));
        let missing = said
            .into_iter()
            .filter(|(_, words)| words.as_ref().is_some_and(|words| !printed.contains(words)));
        found.add(kind, "", missing.map(|(what, words)| format!("does not say {what}: {words:?}")));
    }
    found.none();
}
