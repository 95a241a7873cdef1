//! The right to write into an output folder, and the folder's own corner `.luutru/`.
//!
//! ```text
//! <out>/.luutru/lock               held while a build runs or a session is open; empty
//! <out>/.luutru/manifest           what we wrote: see `manifest`
//! <out>/.luutru/journal            what a session did since: see `journal`
//! <out>/.luutru/staging/new/<path> files on their way in, in the shape of the output
//! <out>/.luutru/staging/old/…      what goes, until the build has ended
//! <out>/.luutru/staging/{intent,settled}  the next manifests
//! ```
//!
//! Dropping a claim removes the staging; unless a build `settled`, it also removes
//! every folder that the claim had to make, so a failed first build leaves no trace.
//! The lock is the operating system's: it ends with the process, however that ends.
//! A claim whose lock is no more at its place (somebody removed the folder, and another
//! process may have made it anew) has nothing to say there, and touches nothing.

use std::{
    fs::{self, File, TryLockError},
    io::{self, BufWriter, ErrorKind::NotFound, Write},
    path::{Component, Path, PathBuf},
};

use rayon::prelude::*;

use super::{
    Fault, Moment, journal,
    listed::Listed,
    manifest::{self, Line, Manifest},
    place,
};
use crate::digest::Digest;

/// How often the lock is asked for again when a failed build cleared it away meanwhile.
const ATTEMPTS: usize = 8;

/// An output folder that no other process writes into for as long as this lives.
pub(super) struct Claim {
    out: PathBuf,
    home: PathBuf,
    /// Folders that were not there before, innermost first.
    made: Vec<PathBuf>,
    settled: bool,
    lock: File,
}

impl Claim {
    /// Claims `out`, making it if need be, and removes what a killed build left staged.
    pub(super) fn take(out: &Path) -> Result<Claim, Fault> {
        let home = out.join(".luutru");
        let mut made = Vec::new();
        for _ in 0..ATTEMPTS {
            if !make_folders(&home, &mut made)? {
                continue;
            }
            refuse_strangers(out, &home)?;
            let path = home.join("lock");
            let lock = match File::options().write(true).create(true).truncate(false).open(&path) {
                Ok(lock) => lock,
                Err(error) if error.kind() == NotFound => continue,
                Err(error) => return Err(undone(&made, Fault::io("create", &path, error))),
            };
            match lock.try_lock() {
                // Its holder may have been a failed first build that removed the file
                // between our opening and our locking it: then we hold nothing.
                Ok(()) if !is_at(&lock, &path) => continue,
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Fault::Busy { dir: out.to_owned() }),
                Err(TryLockError::Error(error)) => {
                    return Err(undone(&made, Fault::io("lock", &path, error)));
                }
            }
            let claim = Claim { out: out.to_owned(), home, made, settled: false, lock };
            claim.sweep()?;
            return Ok(claim);
        }
        Err(Fault::Busy { dir: out.to_owned() })
    }

    /// Whether the claimed folder is still where it was claimed.
    pub(super) fn is_there(&self) -> bool {
        is_at(&self.lock, &self.home.join("lock"))
    }

    /// Removes what is staged: no build may move in what another one left.
    pub(super) fn sweep(&self) -> Result<(), Fault> {
        let staging = self.home.join("staging");
        sweep(&staging).map_err(|error| Fault::io("remove", &staging, error))
    }

    /// The same when a build is over, unless the staging is somebody else's by now.
    pub(super) fn sweep_at_end(&self) {
        if self.is_there() {
            // Failing here loses nothing: the next build sweeps before it begins.
            let _ = self.sweep();
        }
    }

    /// The output folder, as the caller wrote it.
    pub(super) fn out(&self) -> &Path {
        &self.out
    }

    /// Where the manifest stands when a build is over.
    pub(super) fn manifest(&self) -> PathBuf {
        self.home.join("manifest")
    }

    /// Where a session writes down what it does.
    pub(super) fn journal(&self) -> PathBuf {
        self.home.join("journal")
    }

    /// A place in the staging, which `create` makes on first use.
    pub(super) fn staging(&self, name: &str) -> PathBuf {
        let mut path = self.home.join("staging");
        path.push(name);
        path
    }

    /// Where the file at `path` is staged.
    pub(super) fn staged(&self, path: &str) -> PathBuf {
        let mut staged = self.staging("new");
        staged.push(path);
        staged
    }

    /// The second name of what the move of this index replaces.
    pub(super) fn replaced(&self, index: usize) -> PathBuf {
        self.staging(&format!("old/replaced-{index}"))
    }

    /// Where the removed file of this index waits for the end of the build.
    pub(super) fn removed(&self, index: usize) -> PathBuf {
        self.staging(&format!("old/removed-{index}"))
    }

    /// What earlier builds wrote here. The journal of a session that was killed is folded
    /// into the manifest first, so after this there is none.
    pub(super) fn read_manifest(&self) -> Result<Manifest, Fault> {
        let path = self.manifest();
        let manifest = match Manifest::read(&path) {
            Ok(Ok(manifest)) => manifest,
            Ok(Err(reason)) => return Err(Fault::Manifest { path, reason }),
            Err(error) => return Err(Fault::io("read", &path, error)),
        };
        let path = self.journal();
        let Some(text) = journal::read(&path).map_err(|error| Fault::io("read", &path, error))? else {
            return Ok(manifest);
        };
        let record = match journal::Record::parse(&text) {
            Ok(record) => record,
            Err(reason) => return Err(Fault::Manifest { path, reason }),
        };
        // One of another manifest was folded by a session killed before it removed it.
        let manifest = if record.base == Some(manifest::base(manifest.seal())) {
            let mut listed: Listed = manifest.lines().collect();
            record.replay(&mut listed);
            let seal = self.write_manifest(&listed.lines().collect::<Vec<_>>())?;
            Manifest::of(listed.lines()).sealed(Some(seal))
        } else {
            manifest
        };
        journal::remove(&path)?;
        Ok(manifest)
    }

    /// Makes the manifest list `lines`, which ascend by path, in one step; gives its seal.
    pub(super) fn write_manifest(&self, lines: &[Line]) -> Result<Digest, Fault> {
        self.stage_manifest(Moment::After, lines)?;
        place::rename(&self.staged_manifest(Moment::After), &self.manifest())?;
        Ok(manifest::seal(lines))
    }

    /// Stages what the manifest is to list at `moment`; `lines` ascend by path.
    pub(super) fn stage_manifest(&self, moment: Moment, lines: &[Line]) -> Result<(), Fault> {
        let write = || -> io::Result<()> {
            let mut file = BufWriter::with_capacity(1 << 16, create(&self.staged_manifest(moment))?);
            manifest::write(lines, &mut file)?;
            file.flush()
        };
        write().map_err(|error| Fault::io("write", &self.manifest(), error))
    }

    /// Where the manifest of `moment` is staged.
    pub(super) fn staged_manifest(&self, moment: Moment) -> PathBuf {
        self.staging(match moment {
            Moment::During => "intent",
            Moment::After => "settled",
        })
    }

    /// A build is over and the output stands.
    pub(super) fn settle(&mut self) {
        self.settled = true;
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.sweep_at_end();
        if !self.settled && !self.made.is_empty() && self.is_there() {
            let _ = fs::remove_file(self.home.join("lock"));
            remove_folders(&self.made);
        }
        // Closing would do, were it not for a process that is being started just now
        // and still shares our open files.
        let _ = self.lock.unlock();
    }
}

/// Creates the file at `path`, and the folders it needs.
pub(super) fn create(path: &Path) -> io::Result<File> {
    match File::create(path) {
        Err(error) if error.kind() == NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            File::create(path)
        }
        done => done,
    }
}

/// Refuses an `out` that is, holds or lies in `content`, by whatever names and links.
/// Neither has to exist.
pub(super) fn refuse_overlap(out: &Path, content: &Path) -> Result<(), Fault> {
    let [real_out, real_content] =
        [out, content].map(|path| resolve(path).map_err(|e| Fault::io("read", path, e)));
    let (real_out, real_content) = (real_out?, real_content?);
    if real_out.starts_with(&real_content) || real_content.starts_with(&real_out) {
        return Err(Fault::HoldsContent { out: out.to_owned(), content: content.to_owned() });
    }
    Ok(())
}

/// `path` without links and dots; what does not exist yet is taken as it is written.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut real = PathBuf::new();
    for component in std::path::absolute(path)?.components() {
        if component == Component::ParentDir {
            real.pop();
            continue;
        }
        real.push(component);
        match real.canonicalize() {
            Ok(path) => real = path,
            Err(error) if error.kind() == NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(real)
}

/// Makes `folder` and all that it lies in; puts what was made in front of `made`. False
/// when somebody removed one of them meanwhile.
fn make_folders(folder: &Path, made: &mut Vec<PathBuf>) -> Result<bool, Fault> {
    let missing: Vec<_> = folder
        .ancestors()
        .take_while(|path| {
            !path.as_os_str().is_empty()
                && fs::symlink_metadata(path).is_err_and(|error| error.kind() == NotFound)
        })
        .collect();
    for path in missing.into_iter().rev() {
        match fs::create_dir(path) {
            Ok(()) => made.insert(0, path.to_owned()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            // A dangling link is never there, however often one looks.
            Err(error) if error.kind() == NotFound && !path.parent().is_some_and(Path::is_symlink) => {
                return Ok(false);
            }
            Err(error) => return Err(undone(made, Fault::io("create", path, error))),
        }
    }
    Ok(true)
}

/// Removes the staging. Giving back the room of many replaced pages takes longer than
/// replacing them, so that is done on all threads.
fn sweep(staging: &Path) -> io::Result<()> {
    if let Ok(old) = fs::read_dir(staging.join("old")) {
        let old: Vec<PathBuf> = old.filter_map(|entry| Some(entry.ok()?.path())).collect();
        // What cannot be removed here is told of below.
        old.par_iter().for_each(|path| fs::remove_file(path).unwrap_or_default());
    }
    match fs::remove_dir_all(staging) {
        Err(error) if error.kind() != NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Our corner must be what we make of it: through a link in its place we would write
/// and delete elsewhere.
fn refuse_strangers(out: &Path, home: &Path) -> Result<(), Fault> {
    let own = [("", true), ("lock", false), ("manifest", false), ("journal", false), ("staging", true)];
    for (name, is_folder) in own {
        let path = if name.is_empty() { home.to_owned() } else { home.join(name) };
        match fs::symlink_metadata(&path) {
            Ok(found) if if is_folder { found.is_dir() } else { found.is_file() } => {}
            Ok(_) => {
                let path = if name.is_empty() { ".luutru".to_owned() } else { format!(".luutru/{name}") };
                return Err(Fault::Foreign { out: out.to_owned(), paths: vec![path] });
            }
            Err(error) if error.kind() == NotFound => {}
            Err(error) => return Err(Fault::io("read", &path, error)),
        }
    }
    Ok(())
}

fn undone(made: &[PathBuf], fault: Fault) -> Fault {
    remove_folders(made);
    fault
}

/// Only empty folders go, so one that somebody has begun to use stays.
fn remove_folders(folders: &[PathBuf]) {
    for folder in folders {
        let _ = fs::remove_dir(folder);
    }
}

/// Whether an open file is the one at `path`.
#[cfg(unix)]
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(found)) => (held.dev(), held.ino()) == (found.dev(), found.ino()),
        _ => false,
    }
}

/// Elsewhere a file that is open cannot be removed.
#[cfg(not(unix))]
pub(super) fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_that_overlaps_the_content_is_refused() {
        let site = tempfile::tempdir().unwrap();
        let dir = site.path();
        fs::create_dir_all(dir.join("content/media")).unwrap();
        fs::create_dir(dir.join("public")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(dir.join("content"), dir.join("lien-ket")).unwrap();
        for out in
            ["content", "content/media", "content/moi", ".", "", "moi/../content", "public/../content/x"]
        {
            let refused = refuse_overlap(&dir.join(out), &dir.join("content"));
            assert!(matches!(refused, Err(Fault::HoldsContent { .. })), "{out}");
        }
        #[cfg(unix)]
        for out in ["lien-ket", "lien-ket/moi", "lien-ket/../content"] {
            assert!(refuse_overlap(&dir.join(out), &dir.join("content")).is_err(), "{out}");
        }
        for out in ["public", "moi/public", "content-2", "content.html", "public/content"] {
            assert!(refuse_overlap(&dir.join(out), &dir.join("content")).is_ok(), "{out}");
        }
    }

    #[test]
    fn a_claim_that_did_not_settle_leaves_no_folder() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("a/b/public");
        drop(Claim::take(&out).unwrap());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        let mut settled = Claim::take(&out).unwrap();
        settled.settle();
        drop(settled);
        assert!(out.join(".luutru/lock").exists());
        drop(Claim::take(&out).unwrap());
        assert!(out.join(".luutru/lock").exists(), "an unsettled claim removes only what it made");
    }

    #[test]
    fn a_claimed_folder_is_busy() {
        let dir = tempfile::tempdir().unwrap();
        let held = Claim::take(dir.path()).unwrap();
        assert!(matches!(Claim::take(dir.path()), Err(Fault::Busy { .. })));
        drop(held);
        assert!(Claim::take(dir.path()).is_ok());
    }
}
