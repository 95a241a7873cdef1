//! Proofreading: what readers would stumble over, on the pages as they would be published.
//!
//! Every page is rendered in memory, read and let go; only its ids and the places that its
//! links name are kept, until all pages are known. Checked are links, as they are followed at a
//! root, under a sub-path and from `file://`; what is loaded from other hosts; ids; headings;
//! words for pictures.
//!
//! Reading order: `read`, `html` (what a page has), `css`, `leads` (where a link leads), `place`
//! (where a mistake stands, and what is said of it).
//!
//! Invariant: a mistake that the content has is told at its line, once; one that the theme has is
//! told once, with one page as an example, however many pages show it. What `document` and
//! `page` report is not told again.
//! Not here: whether a page may be published. `build` does not come here.

mod css;
mod html;
mod leads;
mod place;

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::config::Site;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::page::{Page, Plan};
use crate::render;
use crate::theme::Theme;
use html::{Element, Grammar, Hand, Sheet, Way};
use leads::{From, Leads};
use place::{Found, Placer};

/// What is proofread: a plan without mistakes, and what its pages are made of.
pub struct Proof<'a> {
    /// The pages.
    pub plan: &'a Plan<'a>,
    /// The theme, which knows the site.
    pub theme: &'a Theme,
    /// The settings.
    pub site: &'a Site,
    /// Addresses of the media files.
    pub media: &'a [&'a str],
    /// The text of a file of the content, as places in it are counted.
    pub text: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// Is told of pages done and of all.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// Reads all pages. Cost: rendering them, and as much again; a few hundred bytes a page are
/// kept. What is found is in no order.
pub fn read(proof: &Proof) -> Vec<Diagnostic> {
    let files = proof.theme.files.iter().map(|file| &*file.url).chain(proof.media.iter().copied());
    let leads = Leads::new(proof.plan, files, proof.site);
    let reader = Reader { proof, leads, placer: Placer::new(proof) };
    let pages = &proof.plan.pages;
    let done = AtomicUsize::new(0);
    let all = (0..pages.len())
        .into_par_iter()
        .fold(Gathered::default, |mut all, index| {
            (proof.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, pages.len());
            let facts = reader.first_reading(index as u32, &mut all.found);
            all.facts.push(facts);
            all
        })
        .reduce(Gathered::default, Gathered::and);
    // Which pages name a place that is not there is known only now; few do.
    let astray: Vec<(u32, HashSet<(u32, u64)>)> = (all.facts.par_iter().enumerate())
        .filter_map(|(index, facts)| {
            let missing = |&&(page, id): &&(u32, u64)| !all.facts[page as usize].has(id);
            let missing: HashSet<(u32, u64)> = facts.anchors.iter().filter(missing).copied().collect();
            (!missing.is_empty()).then_some((index as u32, missing))
        })
        .collect();
    let again = astray
        .into_par_iter()
        .fold(Found::default, |mut found, (index, missing)| {
            reader.second_reading(index, &missing, &mut found);
            found
        })
        .reduce(Found::default, Found::and);
    let mut found = all.found.and(again);
    reader.read_style_sheets(&mut found);
    found.told(proof)
}

/// Something wrong on a page.
#[derive(Debug)]
struct Finding {
    problem: Problem,
    hand: Hand,
    element: Element,
    /// The address or the id.
    what: String,
    /// What may have been meant.
    near: Option<String>,
    /// Levels of headings: of the one above, and its own.
    levels: (u8, u8),
    /// Its place among the headings, or the pictures without words, of the body.
    nth: usize,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Problem {
    /// A link to nothing.
    Dead,
    /// A link that begins with `/`.
    Root,
    /// A link that climbs above the root.
    Above,
    /// A link that ends in a folder with an `index.html`.
    Folder,
    /// A link that begins with `//`.
    Host,
    /// A link that does not begin with the base's path, on a page that is shown anywhere.
    Anywhere,
    /// A file of the site loaded by its absolute address, which no copy of the site has.
    Absolute,
    /// A file of another host.
    Foreign,
    /// A link to a place that its page has not.
    Anchor,
    /// An id that stands twice.
    Id,
    /// No heading of level 1.
    NoTitle,
    /// Another heading of level 1.
    SecondTitle,
    /// A heading that leaves a level out.
    Level,
    /// A picture without words.
    Picture,
    /// A photo of the front matter that has neither caption nor alternative text.
    Photo,
}

/// What is kept of a page.
#[derive(Default)]
struct Facts {
    /// Its ids, ascending, each by its digest; none if it could not be rendered.
    ids: Option<Box<[u64]>>,
    /// Places on other pages that it links to.
    anchors: Box<[(u32, u64)]>,
}

impl Facts {
    /// Whether the page has that id, or may have it.
    fn has(&self, id: u64) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.binary_search(&id).is_ok())
    }
}

/// What was gathered from some pages, in their order.
#[derive(Default)]
struct Gathered {
    facts: Vec<Facts>,
    found: Found,
}

impl Gathered {
    fn and(mut self, more: Gathered) -> Gathered {
        self.facts.extend(more.facts);
        Gathered { facts: self.facts, found: self.found.and(more.found) }
    }
}

struct Reader<'a> {
    proof: &'a Proof<'a>,
    leads: Leads<'a>,
    placer: Placer<'a>,
}

impl Reader<'_> {
    /// Reads a page for all but the places that it names on other pages.
    fn first_reading(&self, index: u32, found: &mut Found) -> Facts {
        let page = &self.proof.plan.pages[index as usize];
        let sheet = match self.sheet(page) {
            Ok(sheet) => sheet,
            Err(broken) => {
                found.broken(*broken);
                return Facts::default();
            }
        };
        let mut findings = Vec::new();
        let ids = ids(&sheet, &mut findings);
        let mut anchors = Vec::new();
        for link in &sheet.links {
            let led = self.leads.follow(self.from(index), sheet.base.as_deref(), link.way, &link.url);
            if let Some(problem) = led.problem {
                let finding = Finding::new(problem, link.hand, &link.element, &link.url);
                findings.push(Finding { near: led.near, ..finding });
            }
            let (Some(page), Some(id)) = (led.page, led.fragment) else { continue };
            if page != index {
                anchors.push((page, number(&id)));
            } else if !ids.contains_key(&*id) {
                findings.push(Finding::new(Problem::Anchor, link.hand, &link.element, &link.url));
            }
        }
        if page.url.ends_with(".html") && !page.is_redirect() {
            headings(&sheet, &mut findings);
        }
        pictures(&sheet, &mut findings);
        self.placer.place(index, &findings, found);
        anchors.sort_unstable();
        anchors.dedup();
        let mut ids: Vec<u64> = ids.into_keys().map(number).collect();
        ids.sort_unstable();
        Facts { ids: Some(ids.into()), anchors: anchors.into() }
    }

    /// Reads a page for the places that are missing on other pages.
    fn second_reading(&self, index: u32, missing: &HashSet<(u32, u64)>, found: &mut Found) {
        let Ok(sheet) = self.sheet(&self.proof.plan.pages[index as usize]) else { return };
        let mut findings = Vec::new();
        for link in &sheet.links {
            let led = self.leads.follow(self.from(index), sheet.base.as_deref(), link.way, &link.url);
            let (Some(page), Some(id)) = (led.page, led.fragment) else { continue };
            if missing.contains(&(page, number(&id))) {
                findings.push(Finding::new(Problem::Anchor, link.hand, &link.element, &link.url));
            }
        }
        self.placer.place(index, &findings, found);
    }

    /// Style sheets of the theme are loaded like pictures.
    fn read_style_sheets(&self, found: &mut Found) {
        for (url, written) in self.proof.theme.style_sheets() {
            let from = From { url, anywhere: false, page: None };
            for (at, address) in css::addresses(&written.text) {
                let led = self.leads.follow(from, None, Way::Loaded, address);
                if let Some(problem) = led.problem {
                    let finding = Finding::new(problem, Hand::Theme, &Element::default(), address);
                    found.in_sheet(&written.path, at, url, &Finding { near: led.near, ..finding });
                }
            }
        }
    }

    fn from(&self, index: u32) -> From<'_> {
        let page = &self.proof.plan.pages[index as usize];
        From { url: &page.url, anywhere: page.is_not_found(), page: Some(index) }
    }

    fn sheet(&self, page: &Page) -> Result<Sheet, Box<Diagnostic>> {
        let (bytes, body) = render::page_and_body(self.proof.theme, &self.proof.plan.viewer(), page)?;
        // Templates and views are text, and so is what is made of them.
        let text = String::from_utf8(bytes).unwrap_or_default();
        Ok(match page.url.rsplit('.').next() {
            Some("html") => html::read(&text, body, Grammar::Html),
            Some("xml") => html::read(&text, body, Grammar::Xml),
            // `robots.txt`.
            _ => {
                let lines = text.lines().filter_map(|line| line.split_once(':'));
                let maps = lines.filter(|(key, _)| key.trim().eq_ignore_ascii_case("sitemap"));
                Sheet {
                    links: maps.map(|(_, url)| html::Link::told(url.trim())).collect(),
                    ..Sheet::default()
                }
            }
        })
    }
}

impl Finding {
    fn new(problem: Problem, hand: Hand, element: &Element, what: &str) -> Finding {
        let (element, what) = (element.clone(), what.to_owned());
        Finding { problem, hand, element, what, near: None, levels: (0, 0), nth: 0 }
    }

    /// Whether telling this one tells the other, too: all places with the same words are found
    /// at once. Headings and pictures have no words, and go by their order.
    fn tells(&self, other: &Finding) -> bool {
        let by_order = [Problem::Level, Problem::SecondTitle, Problem::Picture];
        let is_like = (self.problem, self.hand) == (other.problem, other.hand) && self.what == other.what;
        is_like && !by_order.contains(&self.problem)
    }
}

/// Stands for an id. Two that share it would hide a mistake, once in 10^19.
fn number(id: &str) -> u64 {
    Digest::of(id.as_bytes()).short()
}

/// The ids of a page, each with whether it was told to stand twice. An editor who has one of the
/// two can change it.
fn ids<'s>(sheet: &'s Sheet, findings: &mut Vec<Finding>) -> FxHashMap<&'s str, Hand> {
    let mut ids: FxHashMap<&str, Hand> = FxHashMap::default();
    let mut twice: Vec<(&str, Hand)> = Vec::new();
    for id in &sheet.ids {
        let Some(first) = ids.insert(&id.text, id.hand) else { continue };
        let hand = if first == Hand::Editor { first } else { id.hand };
        if !twice.iter().any(|(own, _)| *own == id.text) {
            twice.push((&id.text, hand));
        }
    }
    findings
        .extend(twice.into_iter().map(|(id, hand)| Finding::new(Problem::Id, hand, &Element::default(), id)));
    ids
}

/// One heading of level 1, which is the first, and no level left out on the way down.
fn headings(sheet: &Sheet, findings: &mut Vec<Finding>) {
    let has_title = sheet.headings.iter().any(|heading| heading.level == 1);
    if !has_title {
        findings.push(Finding::new(Problem::NoTitle, Hand::Theme, &Element::default(), ""));
    }
    let (mut above, mut titles, mut of_body) = (u8::from(!has_title), 0, 0);
    for heading in &sheet.headings {
        let nth = of_body;
        of_body += usize::from(heading.hand == Hand::Editor);
        titles += u8::from(heading.level == 1);
        let problem = match heading.level {
            1 if titles > 1 => Some(Problem::SecondTitle),
            level if level > above + 1 => Some(Problem::Level),
            _ => None,
        };
        let levels = (above, heading.level);
        findings.extend(problem.map(|problem| Finding {
            levels,
            nth,
            ..Finding::new(problem, heading.hand, &Element::default(), "")
        }));
        above = heading.level;
    }
}

/// Pictures without words. That a photo of the front matter needs none is nobody's word: the
/// theme has none to show.
fn pictures(sheet: &Sheet, findings: &mut Vec<Finding>) {
    let mut of_body = 0;
    for picture in &sheet.pictures {
        let problem = match (picture.hand, picture.is_ornament) {
            (_, false) => Problem::Picture,
            (Hand::Theme, true) => Problem::Photo,
            (Hand::Editor, true) => continue,
        };
        let nth = of_body;
        of_body += usize::from(picture.hand == Hand::Editor);
        findings.push(Finding { nth, ..Finding::new(problem, picture.hand, &picture.element, &picture.url) });
    }
}
