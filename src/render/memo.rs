//! Which pages have to be rendered, given what the last build rendered.
//!
//! | in the key of a page's bytes | because |
//! |---|---|
//! | templates | any template may include any other |
//! | strings, site context | titles, menus and names of theme files are visible everywhere |
//! | template's name | two templates may share a view |
//! | what the page shows: `page` and `view` | a template sees nothing else |
//!
//! The last of these is not made for a page that cannot have another one: while a view is made,
//! `page::Recorder` notes what it reads, and a page none of whose reads changed, and which is
//! the same promise, shows what it showed. At 10,000 articles making all 24,000 views takes
//! 0.3 s, asking for their reads a millisecond.
//!
//! Invariant: what is remembered is true of the files of the output. It is only taken over when
//! they are there (`keep`), and whoever cannot say so drops the memo.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::Shown;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::page::{Facets, Identities, Plan, Reads, Recorder, root_of};
use crate::theme::Theme;

/// What the last build rendered.
#[derive(Default)]
pub struct Memo {
    identities: Identities,
    last: Option<Last>,
}

struct Last {
    facets: Facets,
    templates: Option<Digest>,
    surroundings: Option<Digest>,
    /// Ascending by address.
    pages: Vec<Known>,
    /// Addresses of the theme's files, ascending.
    files: Vec<String>,
}

/// A page as it was rendered.
struct Known {
    url: Box<str>,
    promise: u64,
    reads: Reads,
    shown: Digest,
}

/// Why a page was rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// There was none at its address, or nothing is remembered of it.
    New,
    /// It shows something else.
    View,
    /// A template changed.
    Template,
    /// Strings, settings or files of the theme changed.
    Theme,
}

/// A page that was rendered, with the reason.
pub struct Rendered {
    /// Its address.
    pub url: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Why.
    pub why: Why,
}

/// A plan, compared with what was rendered last.
pub struct Fresh<'p> {
    plan: &'p Plan<'p>,
    theme: &'p Theme,
    facets: Facets,
    /// Beside the pages of the plan.
    pages: Vec<State>,
    /// Addresses that the last build had and this plan has not.
    pub gone: Vec<String>,
    /// Theme files that the last build had not: indices of the theme's.
    pub files: Vec<usize>,
}

/// What is known of a page.
struct State {
    /// Its index in the last build, if it was there.
    was: Option<u32>,
    /// Why it may have other bytes now; `None` if it cannot.
    doubt: Option<Why>,
    /// What it was found to be in this build.
    is: OnceLock<Known>,
}

impl Memo {
    /// Compares a plan with what was rendered last. Cost: the digests of the archive, and some
    /// 100 ns a page.
    pub fn compare<'p>(&mut self, plan: &'p Plan, theme: &'p Theme) -> Fresh<'p> {
        let facets = plan.facets(&mut self.identities);
        let state = |was, doubt| State { was, doubt, is: OnceLock::new() };
        let Some(last) = &self.last else {
            let pages = plan.pages.iter().map(|_| state(None, Some(Why::New))).collect();
            let files = (0..theme.files.len()).collect();
            return Fresh { plan, theme, facets, pages, gone: Vec::new(), files };
        };
        let whole = match () {
            () if theme.templates != last.templates => Some(Why::Template),
            () if theme.surroundings != last.surroundings => Some(Why::Theme),
            () => None,
        };
        let (was, mut gone) = last.align(plan);
        let changed = facets.changed_since(&last.facets);
        let pages = (&plan.pages, was)
            .into_par_iter()
            .map(|(page, was)| {
                let Some(was) = was else { return state(None, Some(Why::New)) };
                let known = &last.pages[was as usize];
                let is_same = known.promise == plan.promise(page, &facets) && !changed.touches(&known.reads);
                state(Some(was), whole.or((!is_same).then_some(Why::View)))
            })
            .collect();
        let has = |url: &String| theme.files.iter().any(|file| file.url == *url);
        gone.extend(last.files.iter().filter(|url| !has(url)).cloned());
        let is_new = |index: &usize| !last.files.contains(&theme.files[*index].url);
        let files = (0..theme.files.len()).filter(is_new).collect();
        Fresh { plan, theme, facets, pages, gone, files }
    }

    /// Renders the pages that may have other bytes; those that turn out to show what they showed
    /// are left out. The error is that of the first page by address.
    pub fn render(&self, fresh: &Fresh) -> Result<Vec<Rendered>, Box<Diagnostic>> {
        let doubtful: Vec<usize> = fresh.doubtful().collect();
        let rendered: Vec<Result<Option<Rendered>, Box<Diagnostic>>> = doubtful
            .into_par_iter()
            .with_max_len(8)
            .map(|index| self.render_if_other(fresh, index))
            .collect();
        rendered.into_iter().filter_map(Result::transpose).collect()
    }

    fn render_if_other(&self, fresh: &Fresh, index: usize) -> Result<Option<Rendered>, Box<Diagnostic>> {
        let page = &fresh.plan.pages[index];
        let state = &fresh.pages[index];
        let was = state.was.and_then(|was| Some(&self.last.as_ref()?.pages[was as usize]));
        let why = state.doubt.unwrap_or(Why::New);
        let bytes = fresh.make(index, |known, shown| match (was, why) {
            (Some(was), Why::View) if was.shown == known.shown => Ok(None),
            _ => shown.render(fresh.theme, page).map(Some),
        })?;
        Ok(bytes.map(|bytes| Rendered { url: page.url.clone(), bytes, why }))
    }

    /// Remembers what was compared, every page of which is in the output now.
    pub fn keep(&mut self, fresh: Fresh) {
        let mut was: Vec<Option<Known>> =
            self.last.take().map_or_else(Vec::new, |last| last.pages.into_iter().map(Some).collect());
        let pages = fresh.pages.into_iter().filter_map(|State { was: place, is, .. }| {
            is.into_inner().or_else(|| was.get_mut(place? as usize)?.take())
        });
        let mut files: Vec<String> = fresh.theme.files.iter().map(|file| file.url.clone()).collect();
        files.sort_unstable();
        self.last = Some(Last {
            pages: pages.collect(),
            facets: fresh.facets,
            templates: fresh.theme.templates,
            surroundings: fresh.theme.surroundings,
            files,
        });
    }

    /// Whether nothing is remembered, so that every page is to be rendered.
    pub fn is_empty(&self) -> bool {
        self.last.is_none()
    }
}

impl Last {
    /// For each page of the plan, its index here; and the addresses that the plan has not.
    fn align(&self, plan: &Plan) -> (Vec<Option<u32>>, Vec<String>) {
        let mut gone = Vec::new();
        let mut last = (0..).zip(&self.pages).peekable();
        let was = plan
            .pages
            .iter()
            .map(|page| {
                while let Some((_, lost)) = last.next_if(|(_, known)| *known.url < *page.url) {
                    gone.push(lost.url.to_string());
                }
                last.next_if(|(_, known)| *known.url == *page.url).map(|(index, _)| index)
            })
            .collect();
        gone.extend(last.map(|(_, lost)| lost.url.to_string()));
        (was, gone)
    }
}

impl Fresh<'_> {
    /// How many pages may have other bytes.
    pub fn count(&self) -> usize {
        self.doubtful().count()
    }

    /// How many pages may have other bytes, for each reason.
    pub fn reasons(&self) -> BTreeMap<Why, usize> {
        let mut reasons = BTreeMap::new();
        self.pages.iter().filter_map(|page| page.doubt).for_each(|why| *reasons.entry(why).or_default() += 1);
        reasons
    }

    /// The bytes of a page, in any case.
    pub fn page(&self, index: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let page = &self.plan.pages[index];
        self.make(index, |_, shown| shown.render(self.theme, page))
    }

    fn doubtful(&self) -> impl Iterator<Item = usize> {
        self.pages.iter().enumerate().filter(|(_, state)| state.doubt.is_some()).map(|(index, _)| index)
    }

    /// Makes what a page shows, notes what it read, and gives both to `then`; it is remembered
    /// if that succeeds.
    fn make<T, E>(&self, index: usize, then: impl FnOnce(&Known, &Shown) -> Result<T, E>) -> Result<T, E> {
        let page = &self.plan.pages[index];
        let root = root_of(&page.url);
        let recorder = Recorder::new(&self.facets);
        let viewer = self.plan.viewer().noting(&recorder);
        let shown = Shown { page: viewer.page_view(page, &root), view: viewer.view(page) };
        let known = Known {
            url: page.url.as_str().into(),
            promise: self.plan.promise(page, &self.facets),
            reads: recorder.take(),
            shown: shown.digest(page),
        };
        let made = then(&known, &shown)?;
        // A page is made once in a build.
        let _ = self.pages[index].is.set(known);
        Ok(made)
    }
}
