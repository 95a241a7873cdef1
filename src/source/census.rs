//! A census: what every file of a site looks like from outside, to find out what changed when
//! nobody told, because events were lost, the system cannot watch, or just to be sure.
//!
//! Nothing is read. A file whose length, times and number on the disk are the same is taken to
//! be the same, unless it was among the last to be written: a clock ticks coarsely, and what is
//! written twice in one tick looks the same. What a path that is named here really holds is for
//! the stages to find out, by digest.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{Touched, is_passed_over};

/// Files written within this time of the last one may have been written again unseen: the
/// coarsest clock of a file system in use ticks every two seconds (FAT).
const TICK: Duration = Duration::from_secs(2);

/// After this many censuses in which nothing was written later, the files that were written last
/// are certain: they lie a tick and more behind. Censuses are taken a second apart at least.
const CERTAIN: u32 = 3;

/// Every file at the time it was taken, by its path below the site's folder.
#[derive(Debug, Default)]
pub struct Census {
    files: BTreeMap<PathBuf, Stamp>,
    /// When the last of them was written.
    last: Option<SystemTime>,
    /// How many censuses before it say the same.
    since: u32,
}

/// What a file looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
    /// Where the system has them: its number on the disk, and when that was last changed, in
    /// seconds and nanoseconds. No program can set the latter.
    identity: (u64, i64, i64),
}

impl Census {
    /// Looks at everything below `folders` of `root` that is not passed over. A folder that is
    /// missing has nothing. Cost: 2–4 µs a file.
    pub fn take(root: &Path, folders: &[&str]) -> Census {
        let files: Vec<PathBuf> = folders
            .iter()
            .flat_map(|folder| {
                WalkDir::new(root.join(folder))
                    .into_iter()
                    .filter_entry(|entry| entry.depth() == 0 || !is_passed_over(entry))
                    .filter_map(|entry| match entry {
                        Ok(entry) if entry.file_type().is_dir() => None,
                        Ok(entry) => Some(entry.into_path()),
                        // A folder that cannot be read is all that is seen of what is in it.
                        Err(error) => error.path().map(Path::to_owned),
                    })
            })
            .collect();
        let stamped: Vec<(PathBuf, Stamp)> = files
            .into_par_iter()
            .filter_map(|file| {
                let stamp = Stamp::of(&std::fs::symlink_metadata(&file).ok()?);
                Some((file.strip_prefix(root).unwrap_or(&file).to_owned(), stamp))
            })
            .collect();
        let files: BTreeMap<PathBuf, Stamp> = stamped.into_iter().collect();
        let last = files.values().filter_map(|stamp| stamp.modified).max();
        Census { files, last, since: 0 }
    }

    /// This census as one that follows `old`.
    pub fn after(self, old: &Census) -> Census {
        let since = if self.last == old.last { old.since + 1 } else { 0 };
        Census { since, ..self }
    }

    /// Paths that may hold something else than at the time of `old`: those that came or went,
    /// those that look different, and those that were written last.
    pub fn suspects(&self, old: &Census) -> Touched {
        let is_fresh = |stamp: &Stamp| match (stamp.modified, self.last) {
            _ if self.since > CERTAIN => false,
            (Some(modified), Some(last)) => modified + TICK >= last,
            _ => true,
        };
        let new =
            self.files.iter().filter(|(path, stamp)| old.files.get(*path) != Some(stamp) || is_fresh(stamp));
        let gone = old.files.keys().filter(|path| !self.files.contains_key(*path));
        let mut suspects = Touched::default();
        new.map(|(path, _)| path).chain(gone).for_each(|path| suspects.add(path.clone()));
        suspects
    }
}

impl Stamp {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Stamp {
        use std::os::unix::fs::MetadataExt;
        let identity = (metadata.ino(), metadata.ctime(), metadata.ctime_nsec());
        Stamp { len: metadata.len(), modified: metadata.modified().ok(), identity }
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Stamp {
        Stamp { len: metadata.len(), modified: metadata.modified().ok(), identity: (0, 0, 0) }
    }
}
