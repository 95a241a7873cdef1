//! The last moments of a build: staged files take their places.
//!
//! Everything that needs room on the disk is made before the first file moves: the
//! manifests, and a second name (a hard link) for each file that is to be replaced.
//! From then on there are only renames. Should one fail all the same, those already
//! done are taken back, the last first. Copies instead of second names would take back
//! as well, at the price of writing every page twice.
//!
//! A folder that is not in the output yet moves in with all that is in it, so a first
//! build is a handful of renames.

use std::{
    fs,
    io::ErrorKind::{CrossesDevices, NotFound, PermissionDenied, TooManyLinks, Unsupported},
    path::Path,
};

use rayon::prelude::*;

use super::{Fault, Moment, claim::Claim};

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

/// Takes the steps, between the two staged manifests. On an error the output is as it
/// was, unless the error says otherwise.
pub(super) fn place(claim: &Claim, steps: &Steps) -> Result<(), Fault> {
    let aside = claim.staging("old");
    fs::create_dir_all(&aside).map_err(|error| Fault::io("create", &aside, error))?;
    let before = Before {
        manifest: second_name(&claim.manifest(), &aside.join("manifest"))?,
        moves: steps
            .moves
            .par_iter()
            .enumerate()
            .map(|(n, step)| step.second_name(claim, n))
            .collect::<Result<_, _>>()?,
    };

    let mut journal = Journal { claim, done: Vec::new() };
    let Err(fault) = journal.take(steps) else { return Ok(()) };
    match journal.undo(steps, &before) {
        Ok(()) => Err(fault),
        Err(_) => Err(Fault::Unfinished { dir: claim.out().to_owned(), because: Box::new(fault) }),
    }
}

/// What stood at the places that the steps change.
struct Before {
    manifest: Stood,
    /// For each move.
    moves: Vec<Stood>,
}

/// What stood at one place.
#[derive(Clone, Copy)]
enum Stood {
    Nothing,
    /// A file that has a second name in the staging.
    Named,
    /// A file on a file system that knows no second names.
    Unnamed,
}

/// The steps taken so far, by their index.
struct Journal<'a> {
    claim: &'a Claim,
    done: Vec<Done>,
}

enum Done {
    Intent,
    Move(usize),
    Removal(usize),
    Folder(usize),
}

impl Move<'_> {
    fn path(&self) -> &str {
        match self {
            Move::New(path) | Move::Replace(path) => path,
        }
    }

    fn second_name(&self, claim: &Claim, index: usize) -> Result<Stood, Fault> {
        match self {
            Move::New(_) => Ok(Stood::Nothing),
            Move::Replace(path) => second_name(&claim.out().join(path), &claim.replaced(index)),
        }
    }
}

impl Journal<'_> {
    fn take(&mut self, steps: &Steps) -> Result<(), Fault> {
        let (claim, out) = (self.claim, self.claim.out());
        rename(&claim.staged_manifest(Moment::During), &claim.manifest())?;
        self.done.push(Done::Intent);
        for (index, step) in steps.moves.iter().enumerate() {
            rename(&claim.staged(step.path()), &out.join(step.path()))?;
            self.done.push(Done::Move(index));
        }
        for (index, path) in steps.removals.iter().enumerate() {
            rename(&out.join(path), &claim.removed(index))?;
            self.done.push(Done::Removal(index));
        }
        for (index, path) in steps.folders.iter().enumerate() {
            // If it is not empty, or not ours to remove, it stays, and is listed no more.
            if fs::remove_dir(out.join(path)).is_ok() {
                self.done.push(Done::Folder(index));
            }
        }
        rename(&claim.staged_manifest(Moment::After), &claim.manifest())
    }

    /// Takes back every step, the last first. Stops at one that cannot be, and so
    /// before the manifest, which keeps listing all that is there.
    fn undo(self, steps: &Steps, before: &Before) -> Result<(), Fault> {
        let (claim, out) = (self.claim, self.claim.out());
        for step in self.done.iter().rev() {
            match *step {
                Done::Intent => match before.manifest {
                    Stood::Nothing => rename(&claim.manifest(), &claim.staged_manifest(Moment::During))?,
                    stood => restore(stood, &claim.staging("old").join("manifest"), &claim.manifest())?,
                },
                Done::Move(index) => {
                    let path = steps.moves[index].path();
                    match before.moves[index] {
                        Stood::Nothing => rename(&out.join(path), &claim.staged(path))?,
                        stood => restore(stood, &claim.replaced(index), &out.join(path))?,
                    }
                }
                Done::Removal(index) => rename(&claim.removed(index), &out.join(steps.removals[index]))?,
                Done::Folder(index) => {
                    let folder = out.join(steps.folders[index]);
                    fs::create_dir(&folder).map_err(|error| Fault::io("create", &folder, error))?;
                }
            }
        }
        Ok(())
    }
}

/// Gives the file at `path` a second name, under which it outlives being replaced.
fn second_name(path: &Path, aside: &Path) -> Result<Stood, Fault> {
    match fs::hard_link(path, aside) {
        Ok(()) => Ok(Stood::Named),
        Err(error) => match error.kind() {
            NotFound => Ok(Stood::Nothing),
            // What file systems answer that have no such thing.
            PermissionDenied | Unsupported | TooManyLinks | CrossesDevices => Ok(Stood::Unnamed),
            _ => Err(Fault::io("replace", path, error)),
        },
    }
}

fn restore(stood: Stood, aside: &Path, path: &Path) -> Result<(), Fault> {
    match stood {
        Stood::Named => rename(aside, path),
        Stood::Nothing | Stood::Unnamed => Err(Fault::io("replace", path, Unsupported.into())),
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), Fault> {
    fs::rename(from, to).map_err(|error| Fault::io("move into place", to, error))
}
