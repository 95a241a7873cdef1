//! A session: an output folder that stays claimed over many builds, for `watch`.
//!
//! Keeps what we wrote in memory (`listed`), so an update looks at the places that it
//! concerns and at no other: its cost is that of what changed, on an output of any
//! size. What it promises and how is in the header of `publish`; of its own it adds
//! the journal, which is folded into the manifest when it has grown, when all is
//! published, and when the session ends.
//!
//! Invariant: what is on the disk, manifest and journal together, lists what `listed`
//! lists. Where that cannot be said any more (a step could not be taken back, rendering
//! panicked), the list is dropped and read again from the disk, as when a session opens.

use std::{collections::BTreeMap, convert::Infallible, path::Path};

use super::{
    Asset, Build, Error, Fate, Fault, Made, Moment, Outcome, Report,
    claim::{Claim, refuse_overlap},
    journal::{Batch, Journal},
    listed::{Change, Listed},
    manifest::{self, Digests, Line, Manifest},
    place, planned,
};
use crate::digest::Digest;

/// Size in bytes beyond which the journal is folded into the manifest: a few thousand
/// pages. Less would write megabytes for every few edits, more would be read by whoever
/// comes after a kill.
const JOURNAL_LIMIT: u64 = 1 << 20;

/// An output folder that this process has claimed. Dropping it gives the folder back.
///
/// An error leaves the output as it was and the session fit for use, but for
/// `Fault::Gone`.
pub struct Session {
    claim: Claim,
    /// `None` when it has to be read from the disk.
    books: Option<Books>,
}

/// What was published as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// What `publish` reports.
    pub report: Report,
    /// Pages and assets that are new or have new bytes, ascending.
    pub written: Vec<String>,
    /// Files of an earlier plan that are gone now, ascending.
    pub removed: Vec<String>,
    /// For each page, in the order they were given, the digest and size of its bytes;
    /// `None` where a file edited by hand was kept.
    pub pages: Vec<Option<(Digest, u64)>>,
}

/// What an update did to each path that it was given; each list ascends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// Files that are new or have new bytes.
    pub written: Vec<String>,
    /// Files that had the right bytes already.
    pub unchanged: Vec<String>,
    /// Files that are gone.
    pub removed: Vec<String>,
    /// Files that we wrote and somebody edited since: they stand as edited.
    pub kept: Vec<String>,
}

/// What we wrote, and where that is written down.
struct Books {
    listed: Listed,
    /// The seal of the manifest on the disk; `None` when there is none.
    seal: Option<Digest>,
    /// What was done since that manifest was written.
    journal: Journal,
    /// Whether the disk may say something else.
    are_doubtful: bool,
}

impl Session {
    /// Claims `out` as `publish` does, with the same refusals, until the session is
    /// dropped. Takes time with the size of the manifest.
    pub fn open(out: &Path, content: &Path) -> Result<Session, Fault> {
        refuse_overlap(out, content)?;
        let claim = Claim::take(out)?;
        let books = Some(Books::read(&claim)?);
        Ok(Session { claim, books })
    }

    /// Makes the output hold exactly `paths` and `assets`: as `publish`, at its cost.
    pub fn publish_all<R: Send>(
        &mut self,
        paths: &[String],
        assets: &[Asset],
        render: impl Fn(usize) -> Result<Vec<u8>, R> + Sync,
    ) -> Result<Published, Error<R>> {
        let items = planned(paths, assets)?;
        self.run(|claim, books| {
            // The manifest is about to be another one, and no journal may be taken for its.
            books.fold(claim)?;
            let manifest = Manifest::of(books.listed.lines()).sealed(books.seal);
            let build = Build::stage(claim, &manifest, &items, assets, render)?;
            books.note(build.place(claim))?;
            let lines = build.lines(Moment::After);
            books.seal = Some(manifest::seal(&lines));
            books.listed = lines.into_iter().collect();
            Ok(build.published(paths.len()))
        })
    }

    /// Makes the output hold what it held after the last run, but for these: `writes`,
    /// pages of the plan that are new or may have new bytes; `copies`, such assets; and
    /// `removals`, paths that are planned no more. Each list is in any order; a path
    /// that is in `removals` and elsewhere is written.
    ///
    /// Refuses what `publish` refuses. A path below a file that stays, or in the place
    /// of a folder in which something stays, is `Fault::Foreign`.
    pub fn update(
        &mut self,
        writes: &[(String, Vec<u8>)],
        copies: &[Asset],
        removals: &[String],
    ) -> Result<Update, Fault> {
        let items = planned(writes.iter().map(|(path, _)| path), copies)?;
        // A folder is not planned, and so cannot be planned no more.
        let mut removals: Vec<&str> =
            removals.iter().map(String::as_str).filter(|path| !path.ends_with('/')).collect();
        removals.sort_unstable();

        self.run(|claim, books| {
            let excerpt = books.listed.excerpt(&items, &removals);
            let ready = |index: usize| Ok::<_, Infallible>(&writes[index].1);
            let build =
                Build::stage(claim, &excerpt, &items, copies, ready).map_err(|error| match error {
                    Error::Render(never) => match never {},
                    Error::Fault(fault) => fault,
                })?;
            let (steps, changes) = (build.steps(), build.changes());
            if !steps.is_empty() || !changes.is_empty() {
                let base = manifest::base(books.seal);
                let mut batch = Batch::new(&mut books.journal, base, &changes);
                let placed = place::place(claim, &steps, &mut batch);
                books.note(placed)?;
                changes.iter().for_each(|change| books.listed.apply(*change, Moment::After));
            }
            Ok(build.update())
        })
    }

    /// Gives the folder back, and says why if the journal could not be folded: whoever
    /// opens the folder next does it then. Dropping does the same in silence.
    pub fn close(mut self) -> Result<(), Fault> {
        self.fold()
    }

    /// Does `work`, if the folder is still there, and what every run begins and ends with.
    fn run<T, E: From<Fault>>(
        &mut self,
        work: impl FnOnce(&Claim, &mut Books) -> Result<T, E>,
    ) -> Result<T, E> {
        self.refuse_gone()?;
        self.claim.sweep()?;
        let mut books = match self.books.take() {
            Some(books) => books,
            None => Books::read(&self.claim)?,
        };
        let result = work(&self.claim, &mut books);
        if result.is_ok() {
            self.claim.settle();
            if books.journal.len() > JOURNAL_LIMIT {
                // A journal that cannot be folded now is as good as before.
                let _ = books.fold(&self.claim);
            }
        }
        if !books.are_doubtful {
            self.books = Some(books);
        }
        self.claim.sweep_at_end();
        result
    }

    fn fold(&mut self) -> Result<(), Fault> {
        self.refuse_gone()?;
        match &mut self.books {
            Some(books) => books.fold(&self.claim),
            None => Ok(()),
        }
    }

    fn refuse_gone(&self) -> Result<(), Fault> {
        if self.claim.is_there() && self.books.as_ref().is_none_or(|books| books.journal.is_there()) {
            return Ok(());
        }
        Err(Fault::Gone { dir: self.claim.out().to_owned() })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // What cannot be folded now is folded by whoever opens the folder next.
        let _ = self.fold();
    }
}

impl Books {
    fn read(claim: &Claim) -> Result<Books, Fault> {
        let manifest = claim.read_manifest()?;
        let (listed, seal) = (manifest.lines().collect(), manifest.seal());
        Ok(Books { listed, seal, journal: Journal::new(claim.journal()), are_doubtful: false })
    }

    /// Notes how the last moments of a run went.
    fn note(&mut self, placed: Result<(), Fault>) -> Result<(), Fault> {
        self.are_doubtful = matches!(placed, Err(Fault::Unfinished { .. }));
        placed
    }

    /// Makes the manifest say what it says together with the journal, and removes that.
    fn fold(&mut self, claim: &Claim) -> Result<(), Fault> {
        if self.journal.len() > 0 {
            self.seal = Some(claim.write_manifest(&self.listed.lines().collect::<Vec<_>>())?);
        }
        self.journal.clear()
    }
}

impl<'a> Build<'a> {
    /// What an update does to the lines of its excerpt, ascending by path.
    fn changes(&self) -> Vec<Change<'a>> {
        let after: BTreeMap<&str, Digests> = by_path(self.lines(Moment::After));
        // Lines that are forgotten are in the excerpt alone.
        let mut during = by_path(self.manifest.lines());
        during.extend(by_path(self.lines(Moment::During)));
        let changed = during.into_iter().filter(|(path, _)| {
            self.manifest.find(path).map(|line| line.digests) != after.get(path).copied()
        });
        changed.map(|(path, digests)| Change { path, digests, stays: after.contains_key(path) }).collect()
    }

    fn published(&self, pages: usize) -> Published {
        let mut published =
            Published { report: self.report(), pages: vec![None; pages], ..Published::default() };
        for (item, outcome) in self.items.iter().zip(&self.outcomes) {
            if let Outcome::Written { .. } = outcome {
                published.written.push(item.path.to_owned());
            }
            if let Made::Rendering(page) = item.made {
                published.pages[page as usize] = outcome.bytes();
            }
        }
        published.removed = self.left(Fate::Remove).map(str::to_owned).collect();
        published
    }

    fn update(&self) -> Update {
        let mut update = Update::default();
        for (item, outcome) in self.items.iter().zip(&self.outcomes) {
            let list = match outcome {
                Outcome::Written { .. } => &mut update.written,
                Outcome::Unchanged { .. } => &mut update.unchanged,
                Outcome::Kept { .. } => &mut update.kept,
            };
            list.push(item.path.to_owned());
        }
        update.removed = self.left(Fate::Remove).map(str::to_owned).collect();
        update.kept.extend(self.left(Fate::Keep).map(str::to_owned));
        update.kept.sort_unstable();
        update
    }
}

fn by_path<'a>(lines: impl IntoIterator<Item = Line<'a>>) -> BTreeMap<&'a str, Digests> {
    lines.into_iter().map(|line| (line.path, line.digests)).collect()
}
