//! Where a mistake of a page stands, and what is said of it.
//!
//! What an editor wrote is looked up in the file that the page is of, which is read once more
//! for it. What the theme shows is looked up in the templates: where the very words stand in
//! one, that is the place; else the template is named, and mistakes of one kind in like elements
//! are one. `Found` counts their pages; it is as small as the theme is.
//!
//! Invariant: what is found does not depend on the order in which pages were read.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::html::{self, Element, Grammar, Hand};
use super::{Finding, Problem, Proof, leads};
use crate::config;
use crate::diagnostic::{Code, Diagnostic, SourcePath, Span};
use crate::document::{self, Document, Front, Landmark, Sign};
use crate::page::{Page, root_of};
use crate::theme::Written;

/// Classes by which elements of one template are told apart: more of them are not the theme's but
/// the records'.
const CLASSES: usize = 8;

/// What was found wrong.
#[derive(Default)]
pub(super) struct Found {
    /// Templates that could not be rendered, each mistake once.
    broken: Vec<Diagnostic>,
    /// In the content.
    content: Vec<Diagnostic>,
    /// In the theme.
    theme: BTreeMap<Cause, Example>,
}

/// A mistake of the theme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cause {
    path: SourcePath,
    span: Span,
    problem: Problem,
    /// Where its own place is not known: what tells it from others of its kind.
    like: (Element, u8),
}

/// Where a mistake of the theme is seen.
#[derive(Debug)]
struct Example {
    /// How many pages.
    pages: usize,
    /// The first of them, and what it has.
    first: u32,
    what: String,
    near: Option<String>,
    levels: (u8, u8),
}

impl Found {
    /// A template reached for what its view has not.
    pub(super) fn broken(&mut self, diagnostic: Diagnostic) {
        if !self.broken.contains(&diagnostic) {
            self.broken.push(diagnostic);
        }
    }

    /// Something is wrong in a style sheet.
    pub(super) fn in_sheet(&mut self, path: &SourcePath, at: usize, url: &str, finding: &Finding) {
        let (code, key) = of_theme(finding.problem, finding.levels);
        let near = finding.near.as_deref();
        let diagnostic = Diagnostic::new(code, path, Span::new(at, at + finding.what.len()));
        self.content.push(told(diagnostic.text(key).with("pages", format!("`{url}`")), &finding.what, near));
    }

    /// Both.
    pub(super) fn and(mut self, more: Found) -> Found {
        more.broken.into_iter().for_each(|diagnostic| self.broken(diagnostic));
        self.content.extend(more.content);
        for (cause, example) in more.theme {
            self.see(cause, example);
        }
        self
    }

    fn see(&mut self, cause: Cause, example: Example) {
        match self.theme.get_mut(&cause) {
            None => drop(self.theme.insert(cause, example)),
            Some(known) => {
                let pages = known.pages + example.pages;
                if example.first < known.first {
                    *known = example;
                }
                known.pages = pages;
            }
        }
    }

    /// All of it, put into words.
    pub(super) fn told(self, proof: &Proof) -> Vec<Diagnostic> {
        let this = self.without_likeness().of_parents(proof);
        let pages = &proof.plan.pages;
        let of_theme = this.theme.into_iter().map(|(cause, example)| {
            let (code, key) = of_theme(cause.problem, example.levels);
            let url = &pages[example.first as usize].url;
            let shown = match example.pages {
                1 => format!("`{url}`"),
                all => format!("`{url}`, … (+{})", all - 1),
            };
            let diagnostic = Diagnostic::new(code, &cause.path, cause.span).text(key);
            let (above, level) = example.levels;
            let diagnostic = diagnostic.with("pages", shown).with("above", above).with("level", level);
            told(diagnostic, &example.what, example.near.as_deref())
        });
        this.broken.into_iter().chain(this.content).chain(of_theme).collect()
    }

    /// Elements whose class differs from page to page are alike after all.
    fn without_likeness(mut self) -> Found {
        let general = |cause: &Cause| {
            let mut general = cause.clone();
            general.like.0.class = "".into();
            general
        };
        let mut kinds: BTreeMap<Cause, usize> = BTreeMap::new();
        for cause in self.theme.keys() {
            *kinds.entry(general(cause)).or_default() += 1;
        }
        for (cause, example) in std::mem::take(&mut self.theme) {
            let general = general(&cause);
            let is_many = kinds[&general] > CLASSES;
            self.see(if is_many { general } else { cause }, example);
        }
        self
    }

    /// What every page has whose template extends another is that one's mistake.
    fn of_parents(mut self, proof: &Proof) -> Found {
        let parents: BTreeMap<&SourcePath, &SourcePath> =
            proof.theme.templates().filter_map(|own| Some((&own.path, &parent(proof, own)?.path))).collect();
        let mut heirs: BTreeMap<&SourcePath, usize> = BTreeMap::new();
        for page in &proof.plan.pages {
            let own = proof.theme.template(page.template);
            if let Some(parent) = own.and_then(|own| parents.get(&own.path)) {
                *heirs.entry(parent).or_default() += 1;
            }
        }
        let general = |cause: &Cause| {
            let parent = parents.get(&cause.path).filter(|_| cause.span == Span::default())?;
            Some(Cause { path: SourcePath::clone(parent), ..cause.clone() })
        };
        // How many pages have it, and by how many templates.
        let mut seen: BTreeMap<Cause, (usize, usize)> = BTreeMap::new();
        for (cause, example) in &self.theme {
            if let Some(general) = general(cause) {
                let (pages, templates) = seen.entry(general).or_default();
                (*pages, *templates) = (*pages + example.pages, *templates + 1);
            }
        }
        let is_of_parent = |general: &Cause| {
            let (pages, templates) = seen[general];
            templates > 1 && heirs[&general.path] == pages
        };
        for (cause, example) in std::mem::take(&mut self.theme) {
            let general = general(&cause).filter(is_of_parent);
            self.see(general.unwrap_or(cause), example);
        }
        self
    }
}

/// The template that another one extends.
fn parent<'a>(proof: &Proof<'a>, own: &Written) -> Option<&'a Written> {
    let (_, behind) = own.text.split_once("{% extends")?;
    let name = behind.trim_start().strip_prefix('"')?.split('"').next()?;
    proof.theme.template(name)
}

/// Finds places.
pub(super) struct Placer<'a> {
    proof: &'a Proof<'a>,
}

impl<'a> Placer<'a> {
    pub(super) fn new(proof: &'a Proof<'a>) -> Placer<'a> {
        Placer { proof }
    }

    /// Places what was found on a page.
    pub(super) fn place(&self, index: u32, findings: &[Finding], found: &mut Found) {
        if findings.is_empty() {
            return;
        }
        let page = &self.proof.plan.pages[index as usize];
        let document = self.proof.plan.file_of(page);
        let manuscript = OnceCell::new();
        let manuscript =
            |document: &'a Document| manuscript.get_or_init(|| Manuscript::new(self.proof, document));
        let mut of_file: Vec<Diagnostic> = Vec::new();
        let mut of_theme: BTreeMap<Cause, Example> = BTreeMap::new();
        for (at, finding) in findings.iter().enumerate() {
            match (finding.hand, document) {
                (Hand::Editor, Some(_)) if findings[..at].iter().any(|other| other.tells(finding)) => {}
                (Hand::Editor, Some(document)) => {
                    of_file.extend(manuscript(document).tell(finding, document));
                }
                _ => match document.and_then(|document| in_front_matter(document, finding, page)) {
                    Some(diagnostic) => of_file.push(diagnostic),
                    None if finding.problem == Problem::Photo => {}
                    None => {
                        let Finding { what, near, levels, .. } = finding;
                        let (what, near) = (what.clone(), near.clone());
                        let example = Example { pages: 1, first: index, what, near, levels: *levels };
                        of_theme.entry(self.in_theme(page, finding)).or_insert(example);
                    }
                },
            }
        }
        let is_accepted = |diagnostic: &Diagnostic| document.is_some_and(|own| accepts(own, diagnostic.code));
        found.content.extend(of_file.into_iter().filter(|diagnostic| !is_accepted(diagnostic)));
        of_theme.into_iter().for_each(|(cause, example)| found.see(cause, example));
    }

    /// Where the theme, or the menu in the settings, has it.
    fn in_theme(&self, page: &Page, finding: &Finding) -> Cause {
        let own = self.proof.theme.template(page.template);
        let problem = finding.problem;
        match self.by_words(own, page, finding).or_else(|| self.by_tag(own, finding)) {
            Some((path, span)) => Cause { path, span, problem, like: (Element::default(), 0) },
            None => {
                let path = own.map_or_else(|| crate::theme::FOLDER.into(), |written| written.path.clone());
                Cause {
                    path,
                    span: Span::default(),
                    problem,
                    like: (finding.element.clone(), finding.levels.1),
                }
            }
        }
    }

    /// The template that has the address or the id, as a whole or in the pieces that it puts
    /// together; the page's own before others.
    fn by_words(&self, own: Option<&Written>, page: &Page, finding: &Finding) -> Option<(SourcePath, Span)> {
        let what = &*finding.what;
        let tail = what.strip_prefix(&*root_of(&page.url)).unwrap_or(what);
        let find = |needle: &str| {
            let hit = |written: &Written| {
                let at = literal(&written.text, needle)?;
                Some((written.path.clone(), Span::new(at, at + needle.len())))
            };
            own.and_then(hit).or_else(|| self.proof.theme.templates().find_map(hit))
        };
        let in_menu = || {
            let mut menus = self.proof.site.menus.iter();
            let menu = menus.find(|menu| menu.url.text.trim_start_matches('/') == tail)?;
            Some((config::PATH.into(), menu.url.span))
        };
        let piece = match tail.find('#') {
            Some(at) => &tail[at..],
            None => tail.strip_suffix(".html").unwrap_or(""),
        };
        find(what).or_else(|| find(tail)).or_else(in_menu).or_else(|| find(piece))
    }

    /// The template that has the tag, where that says which it is: there is only one.
    fn by_tag(&self, own: Option<&Written>, finding: &Finding) -> Option<(SourcePath, Span)> {
        let tag = match finding.problem {
            Problem::Level | Problem::SecondTitle => format!("<h{}", finding.levels.1),
            Problem::Picture => format!("<{}", finding.element.name),
            _ => return None,
        };
        let hits = |written: &Written| -> Vec<(SourcePath, Span)> {
            let ends =
                |at: usize| !written.text[at + tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
            let hits = written.text.match_indices(&*tag).filter(|(at, _)| ends(*at));
            hits.map(|(at, _)| (written.path.clone(), Span::new(at, at + tag.len()))).collect()
        };
        let mut all = own.map(hits).unwrap_or_default();
        if all.is_empty() {
            all = self.proof.theme.templates().flat_map(hits).collect();
        }
        all.pop().filter(|_| all.is_empty())
    }
}

/// The file of a page, read again.
struct Manuscript {
    body: usize,
    landmarks: Vec<Landmark>,
    text: String,
}

impl Manuscript {
    fn new(proof: &Proof, document: &Document) -> Manuscript {
        let text = (proof.text)(&document.path).unwrap_or_default();
        let landmarks = document::landmarks(&document.path, &text);
        Manuscript { body: document::body_start(&text), landmarks, text }
    }

    /// What is said of a mistake in the body, at each of its places.
    fn tell(&self, finding: &Finding, document: &Document) -> Vec<Diagnostic> {
        let at = |at: usize| Span::new(at, at);
        let (code, key) = of_content(finding.problem);
        let new = |span| Diagnostic::new(code, &document.path, span).text(key);
        let diagnostics: Vec<Diagnostic> = match finding.problem {
            Problem::Level | Problem::SecondTitle => {
                let heading = self.headings().nth(finding.nth);
                let (place, written) = heading.unwrap_or((self.body, None));
                let skipped = finding.levels.1.saturating_sub(finding.levels.0 + 1);
                let marks = written.map(|level| "#".repeat(level.saturating_sub(skipped).max(1).into()));
                let diagnostic = new(at(place));
                return vec![match marks.filter(|_| finding.problem == Problem::Level) {
                    Some(marks) => diagnostic.help("heading-order.help-marks", &[("marks", &marks)]),
                    None => diagnostic,
                }];
            }
            Problem::Picture => {
                let pictures = self.in_html(|sheet| {
                    let unnamed = sheet.pictures.iter().filter(|picture| !picture.is_ornament);
                    unnamed.map(|_| "<img".to_owned()).collect()
                });
                let place = pictures.into_iter().nth(finding.nth);
                return vec![new(at(place.unwrap_or(self.body)))];
            }
            Problem::Id => {
                let ids = self.in_html(|sheet| {
                    let ids = sheet.ids.iter().filter(|id| id.text == finding.what);
                    ids.map(|id| id.text.clone()).collect()
                });
                ids.last().map(|place| new(at(*place))).into_iter().collect()
            }
            _ => self.links(&finding.what).into_iter().map(|place| new(at(place))).collect(),
        };
        let nowhere = diagnostics.is_empty().then(|| new(at(self.body)));
        let all = diagnostics.into_iter().chain(nowhere);
        all.map(|diagnostic| told(diagnostic, &written(&finding.what), finding.near.as_deref())).collect()
    }

    /// Where each heading stands, with its level where Markdown makes it.
    fn headings(&self) -> impl Iterator<Item = (usize, Option<u8>)> {
        self.landmarks.iter().flat_map(|landmark| match &landmark.sign {
            Sign::Heading(level) => vec![(landmark.at, Some(*level))],
            Sign::Html(html) => {
                let sheet = html::read(html, 0..html.len(), Grammar::Html);
                sheet.headings.iter().map(|_| (landmark.at, None)).collect()
            }
            Sign::Link(_) => Vec::new(),
        })
    }

    /// Where each link to that address stands.
    fn links(&self, url: &str) -> Vec<usize> {
        let wanted = written(url);
        let mut places: Vec<usize> = Vec::new();
        for landmark in &self.landmarks {
            match &landmark.sign {
                Sign::Link(own) if written(own) == wanted => places.push(landmark.at),
                Sign::Html(html) => {
                    let sheet = html::read(html, 0..html.len(), Grammar::Html);
                    let links = sheet.links.iter().filter(|link| written(&link.url) == wanted);
                    places.extend(links.map(|link| self.within(landmark, html, &link.url)));
                }
                _ => {}
            }
        }
        places
    }

    /// Where raw HTML has something; `find` gives words to find each by.
    fn in_html(&self, find: impl Fn(&html::Sheet) -> Vec<String>) -> Vec<usize> {
        let mut places = Vec::new();
        for landmark in &self.landmarks {
            let Sign::Html(html) = &landmark.sign else { continue };
            let sheet = html::read(html, 0..html.len(), Grammar::Html);
            places.extend(find(&sheet).into_iter().map(|words| self.within(landmark, html, &words)));
        }
        places
    }

    /// Where words stand within raw HTML, or where that begins: in a list, its lines are not
    /// those of the file.
    fn within(&self, landmark: &Landmark, html: &str, words: &str) -> usize {
        let at = html.find(words).map_or(landmark.at, |at| landmark.at + at);
        let is_there = self.text.get(at..).is_some_and(|rest| rest.starts_with(words));
        if is_there { at } else { landmark.at }
    }
}

/// An address without what depends on the page that it stands on: as an editor would write it.
fn written(url: &str) -> String {
    let mut rest = url.trim().trim_start_matches('/');
    while let Some(inner) = rest.strip_prefix("../").or_else(|| rest.strip_prefix("./")) {
        rest = inner;
    }
    let (address, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let address = address.split('?').next().unwrap_or("");
    let address = percent_encoding::percent_decode_str(address).decode_utf8_lossy();
    // As `page` writes it into an attribute.
    let fragment = fragment.replace(['"', '<', '>', '&'], "");
    match leads::place(&fragment) {
        Some(place) => format!("{address}#{place}"),
        None => address.into_owned(),
    }
}

/// Where `needle` stands in a template as the whole end of a value.
fn literal(text: &str, needle: &str) -> Option<usize> {
    if needle.is_empty() {
        return None;
    }
    let before = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '}' | '=' | '(' | '/');
    let behind = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '>' | ')' | ',');
    let stands = |at: &usize| text[..*at].ends_with(before) && text[at + needle.len()..].starts_with(behind);
    text.match_indices(needle).map(|(at, _)| at).find(stands)
}

/// What the front matter of a page's file has to do with what its page shows.
fn in_front_matter(document: &Document, finding: &Finding, page: &Page) -> Option<Diagnostic> {
    let Front::Article(article) = &document.front else { return None };
    let what = &*finding.what;
    match finding.problem {
        Problem::Id => {
            let ids = article.events.iter().filter_map(|event| event.id.as_ref());
            let id = ids.rev().find(|id| *id.text == *what)?;
            Some(told(Diagnostic::new(Code::DuplicateId, &document.path, id.span), what, None))
        }
        Problem::Photo => {
            let shown = written(what.strip_prefix(&*root_of(&page.url)).unwrap_or(what));
            let says = |text: &Option<Box<str>>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
            let bare = article.photos.iter().filter(|photo| !says(&photo.alt) && !says(&photo.caption));
            let file = bare.filter_map(|photo| photo.file.as_ref()).find(|file| *file.text == *shown)?;
            Some(Diagnostic::new(Code::MissingAlt, &document.path, file.span).text("missing-alt.photo"))
        }
        _ => None,
    }
}

/// Whether an article's editor has looked at warnings of that kind and lets them be.
fn accepts(document: &Document, code: Code) -> bool {
    match &document.front {
        Front::Article(article) => article.accepted.iter().any(|(accepted, _)| *accepted == code),
        _ => false,
    }
}

/// The message about a mistake in a text of the content.
fn of_content(problem: Problem) -> (Code, &'static str) {
    match problem {
        Problem::Anchor => (Code::MissingAnchor, "missing-anchor"),
        Problem::Id => (Code::DuplicateId, "duplicate-id"),
        Problem::Level => (Code::HeadingOrder, "heading-order"),
        Problem::SecondTitle => (Code::HeadingOrder, "heading-order.second"),
        Problem::Picture | Problem::Photo => (Code::MissingAlt, "missing-alt.html"),
        _ => (Code::DeadLink, "dead-link"),
    }
}

/// The message about a mistake of the theme.
fn of_theme(problem: Problem, (above, _): (u8, u8)) -> (Code, &'static str) {
    match problem {
        Problem::Dead => (Code::DeadLink, "dead-link.page"),
        Problem::Root => (Code::FragileLink, "fragile-link"),
        Problem::Above => (Code::FragileLink, "fragile-link.above"),
        Problem::Folder => (Code::FragileLink, "fragile-link.folder"),
        Problem::Host => (Code::FragileLink, "fragile-link.host"),
        Problem::Anywhere => (Code::FragileLink, "fragile-link.anywhere"),
        Problem::Absolute => (Code::FragileLink, "fragile-link.absolute"),
        Problem::Foreign => (Code::ForeignResource, "foreign-resource"),
        Problem::Anchor => (Code::MissingAnchor, "missing-anchor.page"),
        Problem::Id => (Code::DuplicateId, "duplicate-id.page"),
        Problem::NoTitle => (Code::HeadingOrder, "heading-order.none"),
        Problem::SecondTitle => (Code::HeadingOrder, "heading-order.several"),
        Problem::Level if above == 0 => (Code::HeadingOrder, "heading-order.first"),
        Problem::Level => (Code::HeadingOrder, "heading-order.page"),
        Problem::Picture | Problem::Photo => (Code::MissingAlt, "missing-alt.page"),
    }
}

/// With what it is about, and the remedy if one is known.
fn told(diagnostic: Diagnostic, what: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = diagnostic.with("url", what);
    match near {
        Some(near) => diagnostic.help("did-you-mean", &[("name", near)]),
        None => diagnostic,
    }
}
