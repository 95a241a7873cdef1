//! Every kind of page at every width and in both schemes, over HTTP below a path and from
//! disk: it fits, it loads what it names and nothing else, and it complains of nothing.

use std::fs;

use super::{
    browser::browser,
    modes::{Findings, HEIGHT, SCHEMES, WIDTHS, ask, open, scheme},
    stage::stage,
};

#[test]
fn every_page_fits_its_window_and_loads_only_what_is_its_own() {
    let Some(browser) = browser() else { return };
    let stage = stage();
    let mut tab = browser.tab();
    let mut found = Findings::default();
    for kind in stage.kinds() {
        scheme(&mut tab, SCHEMES[0]);
        tab.size(WIDTHS[0], HEIGHT);
        open(&mut tab, &kind.address);
        for colours in SCHEMES {
            scheme(&mut tab, colours);
            for width in WIDTHS {
                tab.size(width, HEIGHT);
                found.add(kind, &format!("{width}"), ask(&mut tab, "layout"));
            }
            found.add(kind, colours, ask(&mut tab, "scheme"));
        }
        let foreign = |url: &String| !url.starts_with(&stage.origin()) && !url.starts_with("data:");
        found.add(kind, "", tab.requests().into_iter().filter(foreign).map(|url| format!("asks for {url}")));
        found.add(kind, "", tab.errors().into_iter().map(|error| format!("complains: {error}")));
    }
    found.none();
}

#[test]
fn every_page_opens_from_disk() {
    let Some(browser) = browser() else { return };
    let stage = stage();
    let out = fs::canonicalize(stage.made.out()).expect("the output");
    let root = format!("file://{}/", out.display());
    let mut tab = browser.tab();
    let mut found = Findings::default();
    for kind in stage.main_kinds().filter(|kind| kind.template != "redirect.html") {
        open(&mut tab, &format!("{root}{}", kind.url));
        found.add(kind, "", ask(&mut tab, "layout"));
        // Where the sheet does not come the page is as browsers make it.
        if tab.eval("getComputedStyle(document.body).fontFamily.includes('sans-serif')") != true {
            found.add(kind, "", ["has no style".to_owned()]);
        }
        let foreign = |url: &String| !url.starts_with(&root) && !url.starts_with("data:");
        found.add(kind, "", tab.requests().into_iter().filter(foreign).map(|url| format!("asks for {url}")));
        found.add(kind, "", tab.errors().into_iter().map(|error| format!("complains: {error}")));
    }
    found.none();
}

#[test]
fn a_former_address_leads_on_below_a_path_and_from_disk() {
    let Some(browser) = browser() else { return };
    let stage = stage();
    let out = fs::canonicalize(stage.made.out()).expect("the output");
    let mut tab = browser.tab();
    for (from, to) in
        [("2023/05/day-du.html", "bai-viet/day-du.html"), ("ket-luan-01.html", "van-ban/01-kl-tw.html")]
    {
        let kho = format!("{}{}", stage.origin(), super::archive::PATH);
        for root in [kho, format!("file://{}/", out.display())] {
            tab.navigate(&format!("{root}{from}"));
            tab.wait(&format!("location.href === '{root}{to}' && document.readyState === 'complete'"));
        }
    }
}

#[test]
fn an_unknown_address_is_answered_with_a_page_that_leads_back() {
    let Some(browser) = browser() else { return };
    let stage = stage();
    let home = format!("{}{}index.html", stage.origin(), super::archive::PATH);
    let mut tab = browser.tab();
    tab.navigate(&format!("{}{}khong/co/trang-nay.html", stage.origin(), super::archive::PATH));
    assert!(
        tab.eval("[...document.links].map((link) => link.href)")
            .as_array()
            .is_some_and(|links| { links.iter().any(|link| *link == *home) })
    );
}
