//! What a build keeps of the archive for the next one.
//!
//! Two things, each with all that it hangs on. What an article was resolved to hangs on its
//! document and on what it asked the tables (`reads`). The graph hangs on the tables, on the
//! front matter of all files, on what articles were resolved to and on what is `kept`; never on
//! the text of an article beside that, which it only carries. So a save that changes words and
//! no name, which most saves are, leaves the graph as it is and puts the new document into it.

use std::sync::Arc;

use super::link::Alphabets;
use super::names::Names;
use super::records::{Known, Resolution};
use super::{Archive, Ground, Kept};
use crate::diagnostic::Diagnostic;

/// What is remembered between builds.
#[derive(Default)]
pub struct Memo {
    /// Whether it is to be asked again.
    lasts: bool,
    last: Option<Last>,
    /// What was last before, until there is time to give its memory back.
    outgoing: Option<Last>,
    pub(super) alphabets: Alphabets,
    /// How many graphs were built.
    graphs: u64,
}

struct Last {
    ground: Ground,
    archive: Arc<Archive>,
    kept: Kept,
    /// What was found wrong while the graph was built.
    found: Vec<Diagnostic>,
}

impl Memo {
    /// One that is to be asked again. It holds the archive, and some 300 bytes an article.
    pub fn lasting() -> Memo {
        Memo { lasts: true, ..Memo::default() }
    }

    /// Gives back the memory of what is not needed any more: at 100,000 articles that takes as
    /// long as publishing a page, so it is for when nobody waits.
    pub fn tidy(&mut self) {
        self.outgoing = None;
    }

    /// Whether what is resolved is to be remembered.
    pub(super) fn lasts(&self) -> bool {
        self.lasts
    }

    /// The tables and documents of the last build.
    pub(super) fn ground(&self) -> Option<&Ground> {
        self.last.as_ref().map(|last| &last.ground)
    }

    /// The articles of the last build, seen from the tables of this one.
    pub(super) fn known(&self, names: &Names) -> Option<Known<'_>> {
        let Last { ground, .. } = self.last.as_ref()?;
        Some(Known::new(names, &ground.names, &ground.resolutions))
    }

    /// The archive of `ground`: that of the last build with the documents of this one, if that
    /// is what it would be, else built from the ground up. Adds what is wrong with it.
    pub(super) fn archive(
        &mut self,
        ground: Ground,
        has_same_tables: bool,
        kept: &Kept,
        found: &mut Vec<Diagnostic>,
    ) -> Arc<Archive> {
        let same = self.last.take_if(|last| {
            has_same_tables
                && last.kept == *kept
                && ground.sorted.is_same_but_for_texts(&last.ground.sorted)
                && same_resolutions(&ground.resolutions, &last.ground.resolutions)
                // Whoever still looks at the last archive looks at the last texts.
                && Arc::get_mut(&mut last.archive).is_some()
        });
        let last = match same {
            Some(Last { mut archive, kept, found, .. }) => {
                if let Some(archive) = Arc::get_mut(&mut archive) {
                    for (article, document) in archive.articles.iter_mut().zip(&ground.sorted.articles) {
                        if !Arc::ptr_eq(&article.document, document) {
                            article.document = document.clone();
                        }
                    }
                }
                Last { ground, archive, kept, found }
            }
            None => {
                self.outgoing = self.last.take();
                let mut found = Vec::new();
                let mut archive = ground.build(kept, &mut self.alphabets, &mut found);
                self.graphs += 1;
                archive.graph = self.graphs;
                Last { ground, archive: Arc::new(archive), kept: kept.clone(), found }
            }
        };
        found.extend(last.found.iter().cloned());
        let archive = last.archive.clone();
        self.last = Some(last).filter(|_| self.lasts);
        archive
    }
}

fn same_resolutions(new: &[Arc<Resolution>], old: &[Arc<Resolution>]) -> bool {
    let same = |(a, b): (&Arc<Resolution>, &Arc<Resolution>)| Arc::ptr_eq(a, b) || a.resolved == b.resolved;
    new.len() == old.len() && new.iter().zip(old).all(same)
}
