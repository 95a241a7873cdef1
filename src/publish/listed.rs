//! What we wrote, as a map: the form of the manifest that one update can change.
//!
//! A build reads the manifest and writes another; a session keeps this one, and an
//! update looks at the few lines that it concerns, an `excerpt`, as a build looks at
//! all. What an update did to the list is a `Change` a path, which the journal keeps.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound::{Included, Unbounded},
};

use super::{
    Item, Moment,
    manifest::{Digests, Line, Manifest},
};

/// Every line of a manifest by its path: about 100 bytes a line.
#[derive(Default)]
pub(super) struct Listed(BTreeMap<Box<str>, Digests>);

/// What an update does to the line of one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change<'a> {
    /// Ends in `/` for a folder.
    pub(super) path: &'a str,
    /// What may stand there while files move; the last is what stands there after.
    pub(super) digests: Digests,
    /// Whether the path is listed when all has moved.
    pub(super) stays: bool,
}

impl<'a> FromIterator<Line<'a>> for Listed {
    fn from_iter<I: IntoIterator<Item = Line<'a>>>(lines: I) -> Listed {
        Listed(lines.into_iter().map(|line| (line.path.into(), line.digests)).collect())
    }
}

impl Listed {
    /// Every line, ascending by path.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.0.iter().map(|(path, digests)| Line { path, digests: *digests })
    }

    /// The lines that a build of `items` instead of `removals` has to know: those of all
    /// these paths, of the folders on the way to items, and of the folders that nothing
    /// is listed in beside the removals. `removals` ascend.
    pub(super) fn excerpt(&self, items: &[Item], removals: &[&str]) -> Manifest {
        let mut paths: BTreeSet<&str> = removals.iter().copied().collect();
        for item in items {
            paths.insert(item.path);
            paths.extend(folders_of(item.path));
        }
        for folder in removals.iter().flat_map(|path| folders_of(path)) {
            // A folder says nothing by itself: it is listed for the sake of its files.
            let files = self.0.range::<str, _>((Included(folder), Unbounded)).map(|(path, _)| &**path);
            let mut files = files.take_while(|path| path.starts_with(folder)).filter(|p| !p.ends_with('/'));
            if !paths.contains(folder) && files.all(|path| removals.binary_search(&path).is_ok()) {
                paths.insert(folder);
            }
        }
        let lines = paths.into_iter().filter_map(|path| {
            let (path, digests) = self.0.get_key_value(path)?;
            Some(Line { path, digests: *digests })
        });
        Manifest::of(lines)
    }

    /// Lists what is ours while a change is under way, or when it is over.
    pub(super) fn apply(&mut self, change: Change, moment: Moment) {
        let [first, second] = change.digests;
        match moment {
            Moment::During => self.0.insert(change.path.into(), change.digests),
            Moment::After if change.stays => self.0.insert(change.path.into(), [second.or(first), None]),
            Moment::After => self.0.remove(change.path),
        };
    }
}

/// The folders on the way to `path`, the outermost first; each ends in `/`.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..=end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{digest::Digest, publish::Made};

    #[track_caller]
    fn check(listed: &[&str], items: &[&str], removals: &[&str], expect: &[&str]) {
        let digests = |path: &str| [(!path.ends_with('/')).then(|| Digest::of(b"")), None];
        let listed: Listed = listed.iter().map(|path| Line { path, digests: digests(path) }).collect();
        let items: Vec<Item> = items.iter().map(|path| Item { path, made: Made::Rendering(0) }).collect();
        let excerpt = listed.excerpt(&items, removals);
        assert_eq!(excerpt.lines().map(|line| line.path).collect::<Vec<_>>(), expect);
    }

    const LISTED: &[&str] = &["a/", "a/b/", "a/b/1", "a/b/2", "a/c/", "a/c/3", "d"];

    #[test]
    fn an_excerpt_has_the_folders_on_the_way() {
        check(LISTED, &["a/b/1", "x/y"], &[], &["a/", "a/b/", "a/b/1"]);
    }

    #[test]
    fn a_folder_goes_with_its_last_file() {
        check(LISTED, &[], &["a/b/1"], &["a/b/1"]);
        check(LISTED, &[], &["a/b/1", "a/b/2", "x"], &["a/b/", "a/b/1", "a/b/2"]);
        check(LISTED, &[], &["a/b/1", "a/b/2", "a/c/3"], &LISTED[..6]);
        check(LISTED, &["a/x"], &["a/c/3"], &["a/", "a/c/", "a/c/3"]);
    }
}
