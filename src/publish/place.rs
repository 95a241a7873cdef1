//! The last moments of a build: staged files take their places.
//!
//! Everything that needs room on the disk is written before the first file moves;
//! from then on there are only renames, links and removals. Should one fail all the
//! same, those already done are taken back, in reverse order.
//!
//! A folder that is not in the output yet moves in with all that is in it, so a first
//! build is a handful of renames.

use std::{
    fs::{self, File},
    io::{self, BufWriter, ErrorKind::NotFound, Write},
    path::PathBuf,
};

use super::{
    Fault,
    claim::{Claim, create},
    manifest::{self, Line},
};

/// What is to be done to the output.
#[derive(Default)]
pub(super) struct Steps<'a> {
    /// Staged files and folders to move in, ascending.
    pub(super) moves: Vec<Move<'a>>,
    /// Files of an earlier plan, checked to be ours.
    pub(super) removals: Vec<&'a str>,
    /// Folders of an earlier plan, innermost first; those that are not empty stay.
    pub(super) folders: Vec<&'a str>,
}

/// One staged thing to move in.
pub(super) enum Move<'a> {
    /// A file or a whole folder where nothing stands.
    New(&'a str),
    /// A file in the place of another one of ours.
    Replace(&'a str),
}

impl Steps<'_> {
    /// Whether the output stays as it is.
    pub(super) fn is_empty(&self) -> bool {
        self.moves.is_empty() && self.removals.is_empty() && self.folders.is_empty()
    }
}

/// Takes the steps. `intent` lists all that is ours at any moment on the way,
/// `settled` what is ours at the end. On an error the output is as it was, unless the
/// error says otherwise.
pub(super) fn place(claim: &Claim, steps: &Steps, intent: &[Line], settled: &[Line]) -> Result<(), Fault> {
    if !steps.is_empty() {
        write_manifest(claim, "intent", intent)?;
    }
    write_manifest(claim, "settled", settled)?;
    let old = claim.staging("old");
    fs::create_dir_all(&old).map_err(|error| Fault::io("create", &old, error))?;

    let mut journal = Journal { claim, done: Vec::new() };
    let Err(fault) = journal.take(steps) else { return Ok(()) };
    match journal.undo() {
        Ok(()) => Err(fault),
        Err(_) => Err(Fault::Unfinished { dir: claim.out().to_owned(), because: Box::new(fault) }),
    }
}

struct Journal<'a> {
    claim: &'a Claim,
    done: Vec<Done>,
}

/// A step taken, and how to take it back.
enum Done {
    /// Something moved from the first path to the second, where nothing was.
    Moved(PathBuf, PathBuf),
    /// What was at the second path has another name, the first.
    Replaced(PathBuf, PathBuf),
    /// What was at this path is lost: its file system knows no second names.
    Overwritten,
    /// An empty folder was removed.
    Emptied(PathBuf),
}

impl Journal<'_> {
    fn take(&mut self, steps: &Steps) -> Result<(), Fault> {
        let (claim, out) = (self.claim, self.claim.out());
        if !steps.is_empty() {
            self.replace(claim.staging("intent"), claim.manifest())?;
        }
        for step in &steps.moves {
            match *step {
                Move::New(path) => self.rename(claim.staged(path), out.join(path))?,
                Move::Replace(path) => self.replace(claim.staged(path), out.join(path))?,
            }
        }
        for path in &steps.removals {
            let aside = self.aside();
            self.rename(out.join(path), aside)?;
        }
        for path in &steps.folders {
            let folder = out.join(path.trim_end_matches('/'));
            // Not empty, or not ours to remove: it stays, and is no longer listed.
            if fs::remove_dir(&folder).is_ok() {
                self.done.push(Done::Emptied(folder));
            }
        }
        self.replace(claim.staging("settled"), claim.manifest())
    }

    fn rename(&mut self, from: PathBuf, to: PathBuf) -> Result<(), Fault> {
        fs::rename(&from, &to).map_err(|error| Fault::io("move into place", &to, error))?;
        self.done.push(Done::Moved(from, to));
        Ok(())
    }

    /// Renames over what stands at `to`, which never is missing on the way.
    fn replace(&mut self, from: PathBuf, to: PathBuf) -> Result<(), Fault> {
        let aside = self.aside();
        let kept = match fs::hard_link(&to, &aside) {
            Ok(()) => Done::Replaced(aside, to.clone()),
            Err(error) if error.kind() == NotFound => return self.rename(from, to),
            Err(_) => Done::Overwritten,
        };
        fs::rename(&from, &to).map_err(|error| Fault::io("replace", &to, error))?;
        self.done.push(kept);
        Ok(())
    }

    fn aside(&self) -> PathBuf {
        let mut path = self.claim.staging("old");
        path.push(self.done.len().to_string());
        path
    }

    /// Takes back every step. Stops at the first that cannot be, so that the manifest,
    /// which changed first, still lists what is there.
    fn undo(self) -> io::Result<()> {
        for step in self.done.into_iter().rev() {
            match step {
                Done::Moved(from, to) => fs::rename(to, from)?,
                Done::Replaced(aside, at) => fs::rename(aside, at)?,
                Done::Overwritten => return Err(io::ErrorKind::Unsupported.into()),
                Done::Emptied(folder) => fs::create_dir(folder)?,
            }
        }
        Ok(())
    }
}

fn write_manifest(claim: &Claim, name: &str, lines: &[Line]) -> Result<(), Fault> {
    let path = claim.staging(name);
    let written = || -> io::Result<File> {
        let mut file = BufWriter::with_capacity(1 << 16, create(&path)?);
        manifest::write(lines, &mut file)?;
        file.flush()?;
        Ok(file.into_inner()?)
    };
    written().map(drop).map_err(|error| Fault::io("write", &claim.manifest(), error))
}
