//! The last moments of a build: staged files take their places.
//!
//! Everything that needs room on the disk is made before the first file moves: the
//! intent, and a second name (a hard link) for each file that is to be replaced.
//! From then on there are only renames. Should one fail all the same, those already
//! done are taken back, the last first. Copies instead of second names would take back
//! as well, at the price of writing every page twice.
//!
//! What goes makes room before anything comes: a file may be followed by a folder of
//! its name, and a folder by a file. A folder that is not in the output yet moves in
//! with all that is in it, so a first build is a handful of renames.

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
    /// Files of an earlier plan, checked to be ours.
    pub(super) removals: Vec<&'a str>,
    /// Folders of an earlier plan, innermost first; those that are not empty stay.
    pub(super) folders: Vec<&'a str>,
    /// Staged files and folders to move in, ascending.
    pub(super) moves: Vec<Move<'a>>,
}

/// One staged thing to move in.
pub(super) enum Move<'a> {
    /// A file or a whole folder where nothing stands.
    New(&'a str),
    /// A file in the place of another one of ours.
    Replace(&'a str),
}

/// The record by which a later run knows what is ours, should this one be killed.
pub(super) trait Intent {
    /// Before the first step: lists what is ours now and what will be. Changes nothing
    /// if it fails.
    fn declare(&mut self) -> Result<(), Fault>;
    /// After the last step: lists what is ours from then on.
    fn settle(&mut self) -> Result<(), Fault>;
    /// When every step was taken back: lists what `declare` found listed.
    fn retract(&mut self) -> Result<(), Fault>;
}

/// The intent of a whole build: the two staged manifests, one after the other.
pub(super) struct Manifests<'a> {
    claim: &'a Claim,
    before: Stood,
}

impl Steps<'_> {
    /// Whether the output stays as it is.
    pub(super) fn is_empty(&self) -> bool {
        self.moves.is_empty() && self.removals.is_empty() && self.folders.is_empty()
    }
}

/// Takes the steps. On an error the output is as it was, unless the error says otherwise.
pub(super) fn place(claim: &Claim, steps: &Steps, intent: &mut impl Intent) -> Result<(), Fault> {
    make_aside(claim)?;
    let before = steps
        .moves
        .par_iter()
        .enumerate()
        .map(|(n, step)| step.second_name(claim, n))
        .collect::<Result<Vec<_>, _>>()?;

    intent.declare()?;
    let mut taken = Taken { claim, done: Vec::new() };
    let Err(fault) = taken.take(steps).and_then(|()| intent.settle()) else { return Ok(()) };
    // Stops at a step that cannot be taken back, and so before the intent, which keeps
    // listing all that is there.
    match taken.undo(steps, &before).and_then(|()| intent.retract()) {
        Ok(()) => Err(fault),
        Err(_) => Err(Fault::Unfinished { dir: claim.out().to_owned(), because: Box::new(fault) }),
    }
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
struct Taken<'a> {
    claim: &'a Claim,
    done: Vec<Done>,
}

enum Done {
    Removal(usize),
    Folder(usize),
    Move(usize),
}

impl<'a> Manifests<'a> {
    /// Both manifests are staged already.
    pub(super) fn new(claim: &'a Claim) -> Result<Manifests<'a>, Fault> {
        make_aside(claim)?;
        let before = second_name(&claim.manifest(), &claim.staging("old/manifest"))?;
        Ok(Manifests { claim, before })
    }
}

impl Intent for Manifests<'_> {
    fn declare(&mut self) -> Result<(), Fault> {
        rename(&self.claim.staged_manifest(Moment::During), &self.claim.manifest())
    }

    fn settle(&mut self) -> Result<(), Fault> {
        rename(&self.claim.staged_manifest(Moment::After), &self.claim.manifest())
    }

    fn retract(&mut self) -> Result<(), Fault> {
        let manifest = self.claim.manifest();
        match self.before {
            Stood::Nothing => rename(&manifest, &self.claim.staged_manifest(Moment::During)),
            stood => restore(stood, &self.claim.staging("old/manifest"), &manifest),
        }
    }
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

impl Taken<'_> {
    fn take(&mut self, steps: &Steps) -> Result<(), Fault> {
        let (claim, out) = (self.claim, self.claim.out());
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
        for (index, step) in steps.moves.iter().enumerate() {
            rename(&claim.staged(step.path()), &out.join(step.path()))?;
            self.done.push(Done::Move(index));
        }
        Ok(())
    }

    /// Takes back every step, the last first.
    fn undo(&self, steps: &Steps, before: &[Stood]) -> Result<(), Fault> {
        let (claim, out) = (self.claim, self.claim.out());
        for step in self.done.iter().rev() {
            match *step {
                Done::Move(index) => {
                    let path = steps.moves[index].path();
                    match before[index] {
                        Stood::Nothing => rename(&out.join(path), &claim.staged(path))?,
                        stood => restore(stood, &claim.replaced(index), &out.join(path))?,
                    }
                }
                Done::Folder(index) => {
                    let folder = out.join(steps.folders[index]);
                    fs::create_dir(&folder).map_err(|error| Fault::io("create", &folder, error))?;
                }
                Done::Removal(index) => rename(&claim.removed(index), &out.join(steps.removals[index]))?,
            }
        }
        Ok(())
    }
}

/// The folder of second names and of what goes.
fn make_aside(claim: &Claim) -> Result<(), Fault> {
    let aside = claim.staging("old");
    fs::create_dir_all(&aside).map_err(|error| Fault::io("create", &aside, error))
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

pub(super) fn rename(from: &Path, to: &Path) -> Result<(), Fault> {
    fs::rename(from, to).map_err(|error| Fault::io("move into place", to, error))
}
