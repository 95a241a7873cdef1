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

use std::sync::OnceLock;

use rayon::prelude::*;

use super::Shown;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::page::{Facets, Identities, Plan, Reads, Recorder, Texts, root_of};
use crate::theme::Theme;

/// What the last build rendered.
#[derive(Default)]
pub struct Memo {
    identities: Identities,
    last: Option<Last>,
}

struct Last {
    /// Of the plan's pages.
    layout: u64,
    facets: Facets,
    templates: Option<Digest>,
    surroundings: Option<Digest>,
    /// Ascending by address.
    pages: Vec<Known>,
    /// Addresses of the theme's files, ascending.
    files: Vec<String>,
    /// Files that somebody else wrote over, and that were kept, ascending: what is remembered is
    /// not true of them, so they are tried again each time.
    edited: Vec<String>,
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
    facets: Now,
    /// Which page of the last build each page is.
    was: Was,
    /// Pages that may have other bytes now, ascending, with the reason.
    doubtful: Vec<(u32, Why)>,
    learned: Learned,
    /// Addresses that the last build had and this plan has not.
    pub gone: Vec<String>,
    /// Theme files that the last build had not: indices of the theme's.
    pub files: Vec<usize>,
}

/// The facets of this build.
enum Now {
    /// They are its own.
    Own(Box<Facets>),
    /// Those of the last build, but for some texts.
    Last(Texts),
}

/// What pages were found to be in this build.
enum Learned {
    /// Each of the doubtful ones.
    Doubtful(Vec<OnceLock<Known>>),
    /// Each page.
    All(Vec<OnceLock<Known>>),
}

/// Which page of the last build a page is.
enum Was {
    /// That of the same index.
    Same,
    /// By index; none that was there.
    Each(Vec<Option<u32>>),
}

impl Was {
    fn at(&self, index: usize) -> Option<usize> {
        match self {
            Was::Same => Some(index),
            Was::Each(was) => was[index].map(|was| was as usize),
        }
    }
}

impl Memo {
    /// Compares a plan with what was rendered last. Cost: where the layout is the same, 100 ns a
    /// page; else the digests of the archive, and some more.
    pub fn compare<'p>(&mut self, plan: &'p Plan, theme: &'p Theme) -> Fresh<'p> {
        let Some(last) = &self.last else {
            let doubtful: Vec<(u32, Why)> =
                (0..plan.pages.len() as u32).map(|page| (page, Why::New)).collect();
            return Fresh {
                facets: Now::Own(Box::new(plan.facets(&mut self.identities))),
                was: Was::Each(vec![None; plan.pages.len()]),
                learned: Learned::Doubtful(Vec::new()),
                gone: Vec::new(),
                files: (0..theme.files.len()).collect(),
                doubtful,
                plan,
                theme,
            };
        };
        let mut gone = Vec::new();
        let (facets, changed, was) = if last.layout != 0 && last.layout == plan.layout() {
            let texts = plan.changed_texts(&last.facets);
            let changed = last.facets.changed_by(&texts);
            (Now::Last(texts), changed, Was::Same)
        } else {
            let facets = plan.facets(&mut self.identities);
            let changed = facets.changed_since(&last.facets);
            let was = last.align(plan, &facets, &mut gone);
            (Now::Own(Box::new(facets)), changed, Was::Each(was))
        };
        let whole = match () {
            () if theme.templates != last.templates => Some(Why::Template),
            () if theme.surroundings != last.surroundings => Some(Why::Theme),
            () => None,
        };
        let is_edited = |url: &str| last.edited.binary_search_by(|edited| (**edited).cmp(url)).is_ok();
        let doubt = |index: usize| match was.at(index) {
            None => Some(Why::New),
            Some(_) if is_edited(&plan.pages[index].url) => Some(Why::New),
            Some(was) => whole.or(changed.touches(&last.pages[was].reads).then_some(Why::View)),
        };
        let doubtful = (0..plan.pages.len())
            .into_par_iter()
            .with_min_len(1024)
            .filter_map(|index| Some((index as u32, doubt(index)?)))
            .collect();
        let has = |url: &String| theme.files.iter().any(|file| file.url == *url);
        gone.extend(last.files.iter().filter(|url| !has(url)).cloned());
        let is_new = |index: &usize| {
            let url = &theme.files[*index].url;
            !last.files.contains(url) || is_edited(url)
        };
        let files = (0..theme.files.len()).filter(is_new).collect();
        Fresh { plan, theme, facets, was, doubtful, learned: Learned::Doubtful(Vec::new()), gone, files }
    }

    /// Renders the pages that may have other bytes; those that turn out to show what they showed
    /// are left out. The error is that of the first page by address.
    pub fn render(&self, fresh: &mut Fresh) -> Result<Vec<Rendered>, Box<Diagnostic>> {
        let learned: Vec<OnceLock<Known>> = fresh.doubtful.iter().map(|_| OnceLock::new()).collect();
        let rendered: Vec<Result<Option<Rendered>, Box<Diagnostic>>> = (&fresh.doubtful, &learned)
            .into_par_iter()
            .with_max_len(8)
            .map(|((page, why), learned)| self.render_if_other(fresh, *page as usize, *why, learned))
            .collect();
        fresh.learned = Learned::Doubtful(learned);
        rendered.into_iter().filter_map(Result::transpose).collect()
    }

    fn render_if_other(
        &self,
        fresh: &Fresh,
        index: usize,
        why: Why,
        learned: &OnceLock<Known>,
    ) -> Result<Option<Rendered>, Box<Diagnostic>> {
        let page = &fresh.plan.pages[index];
        let was = fresh.was.at(index).and_then(|was| Some(&self.last.as_ref()?.pages[was]));
        let bytes = self.make(fresh, index, learned, |known, shown| match (was, why) {
            (Some(was), Why::View) if was.shown == known.shown => Ok(None),
            _ => shown.render(fresh.theme, page).map(Some),
        })?;
        Ok(bytes.map(|bytes| Rendered { url: page.url.clone(), bytes, why }))
    }

    /// Prepares for every page to be made by `page`.
    pub fn make_all(&self, fresh: &mut Fresh) {
        fresh.learned = Learned::All(fresh.plan.pages.iter().map(|_| OnceLock::new()).collect());
    }

    /// The bytes of a page, after `make_all`.
    pub fn page(&self, fresh: &Fresh, index: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Learned::All(learned) = &fresh.learned else { unreachable!("`make_all` comes first") };
        let page = &fresh.plan.pages[index];
        self.make(fresh, index, &learned[index], |_, shown| shown.render(fresh.theme, page))
    }

    /// Makes what a page shows, notes what it read, and gives both to `then`; it is learned if
    /// that succeeds.
    fn make<T, E>(
        &self,
        fresh: &Fresh,
        index: usize,
        learned: &OnceLock<Known>,
        then: impl FnOnce(&Known, &Shown) -> Result<T, E>,
    ) -> Result<T, E> {
        let page = &fresh.plan.pages[index];
        let facets = match (&fresh.facets, &self.last) {
            (Now::Own(facets), _) => facets,
            (Now::Last(_), Some(last)) => &last.facets,
            (Now::Last(_), None) => unreachable!("facets are only taken over from a last build"),
        };
        let root = root_of(&page.url);
        let recorder = Recorder::new(facets);
        let viewer = fresh.plan.viewer().noting(&recorder);
        let shown = Shown { page: viewer.page_view(page, &root), view: viewer.view(page) };
        let known = Known {
            url: page.url.as_str().into(),
            promise: fresh.plan.promise(page, facets),
            reads: recorder.take(),
            shown: shown.digest(page),
        };
        let made = then(&known, &shown)?;
        // A page is made once in a build.
        let _ = learned.set(known);
        Ok(made)
    }

    /// Remembers what was compared, all of which is in the output now but for the files that were
    /// kept because somebody edited them: `edited`, ascending.
    pub fn keep(&mut self, fresh: Fresh, edited: &[String]) {
        let Fresh { plan, theme, facets, was, doubtful, learned, .. } = fresh;
        let last = self.last.take();
        let (last_facets, last_pages) =
            last.map_or((None, Vec::new()), |last| (Some(last.facets), last.pages));
        let pages = match learned {
            Learned::All(learned) => learned.into_iter().filter_map(OnceLock::into_inner).collect(),
            Learned::Doubtful(learned) => {
                let mut pages: Vec<Option<Known>> = last_pages.into_iter().map(Some).collect();
                if let Was::Each(was) = was {
                    pages = was.into_iter().map(|was| pages[was? as usize].take()).collect();
                }
                for ((page, _), known) in doubtful.into_iter().zip(learned) {
                    pages[page as usize] = known.into_inner();
                }
                pages.into_iter().flatten().collect()
            }
        };
        let facets = match (facets, last_facets) {
            (Now::Own(facets), _) => *facets,
            (Now::Last(texts), Some(mut facets)) => {
                facets.take_over(texts);
                facets
            }
            (Now::Last(_), None) => unreachable!("facets are only taken over from a last build"),
        };
        let mut files: Vec<String> = theme.files.iter().map(|file| file.url.clone()).collect();
        files.sort_unstable();
        self.last = Some(Last {
            layout: plan.layout(),
            facets,
            templates: theme.templates,
            surroundings: theme.surroundings,
            pages,
            files,
            edited: edited.to_vec(),
        });
    }

    /// Whether nothing is remembered, so that every page is to be rendered.
    pub fn is_empty(&self) -> bool {
        self.last.is_none()
    }
}

impl Last {
    /// For each page of the plan, its index here, if it is the same promise; adds to `gone` the
    /// addresses that the plan has not.
    fn align(&self, plan: &Plan, facets: &Facets, gone: &mut Vec<String>) -> Vec<Option<u32>> {
        let promises: Vec<u64> =
            plan.pages.par_iter().with_min_len(1024).map(|page| plan.promise(page, facets)).collect();
        let mut last = (0..).zip(&self.pages).peekable();
        let was = plan.pages.iter().zip(promises).map(|(page, promise)| {
            // A promise is all but the address, and mostly tells that, too: no need to fetch both.
            if let Some((index, _)) =
                last.next_if(|(_, known)| known.promise == promise && !page.is_redirect())
            {
                return Some(index);
            }
            while let Some((_, lost)) = last.next_if(|(_, known)| *known.url < *page.url) {
                gone.push(lost.url.to_string());
            }
            let (index, known) = last.next_if(|(_, known)| *known.url == *page.url)?;
            (known.promise == promise).then_some(index)
        });
        let was = was.collect();
        gone.extend(last.map(|(_, lost)| lost.url.to_string()));
        was
    }
}

impl Fresh<'_> {
    /// How many pages may have other bytes.
    pub fn count(&self) -> usize {
        self.doubtful.len()
    }

    /// Their addresses, ascending, each with the reason.
    pub fn reasons(&self) -> impl Iterator<Item = (String, Why)> {
        self.doubtful.iter().map(|(page, why)| (self.plan.pages[*page as usize].url.clone(), *why))
    }
}
