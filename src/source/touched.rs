//! Where something may have changed: all that is ever taken from an event.
//!
//! Paths are relative to the site's folder. One stands for whatever is there and below, since
//! what an event names may be a folder by the time somebody looks, or nothing.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// More paths than this are not looked at one by one.
const FEW: usize = 64;

/// Paths at or below which something may have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched(BTreeSet<PathBuf>);

impl Touched {
    /// Everything: the folder itself.
    pub fn everything() -> Touched {
        Touched([PathBuf::new()].into())
    }

    /// Whether nothing was touched.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a path.
    pub fn add(&mut self, path: PathBuf) {
        self.0.insert(path);
    }

    /// Adds all of `other`.
    pub fn join(&mut self, other: Touched) {
        self.0.extend(other.0);
    }

    /// All paths, ascending.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().map(PathBuf::as_path)
    }

    /// The paths, none below another, if they are few enough to look at each.
    pub(super) fn few(&self) -> Option<Vec<&Path>> {
        let mut few: Vec<&Path> = Vec::new();
        for path in self.paths() {
            // They ascend, so what a path lies in stands before it.
            if !few.iter().any(|above| is_at_or_below(path, above)) {
                few.push(path);
            }
            if few.len() > FEW {
                return None;
            }
        }
        Some(few)
    }

    /// Whether something may have changed in one of the files that `file` gives for `all`. Calls
    /// `found` with each of those. Cost: some 10 ns each for few paths, 300 ns for many.
    pub fn mark<T>(&self, all: &mut [T], file: impl Fn(&T) -> &Path, found: impl Fn(&mut T)) {
        let is_hit: Box<dyn Fn(&Path) -> bool> = match self.few() {
            Some(few) => Box::new(move |file| few.iter().any(|path| is_at_or_below(file, path))),
            None => {
                let paths: HashSet<&Path> = self.paths().collect();
                Box::new(move |file| file.ancestors().any(|above| paths.contains(above)))
            }
        };
        for one in all {
            if is_hit(file(one)) {
                found(one);
            }
        }
    }

    /// Whether something may have changed at, below or above `path`.
    pub fn concerns(&self, path: &Path) -> bool {
        self.paths().any(|own| is_at_or_below(path, own) || is_at_or_below(own, path))
    }
}

/// Whether `file` is `path` or lies below it. By bytes: `Path::starts_with` takes both apart,
/// which for 100,000 files takes longer than anything else that is done for one save.
pub(super) fn is_at_or_below(file: &Path, path: &Path) -> bool {
    let (file, path) = (file.as_os_str().as_encoded_bytes(), path.as_os_str().as_encoded_bytes());
    let is_end = |byte: Option<&u8>| byte.is_none_or(|byte| std::path::is_separator(char::from(*byte)));
    path.is_empty() || file.strip_prefix(path).is_some_and(|rest| is_end(rest.first()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stands_for_itself_and_what_is_below() {
        let mut touched = Touched::default();
        touched.add("content/articles/2023".into());
        touched.add("content/articles/2023/05/a.md".into());
        touched.add("content/site.yaml".into());
        assert_eq!(
            touched.few(),
            Some(vec![Path::new("content/articles/2023"), Path::new("content/site.yaml")])
        );
        for (path, expect) in [
            ("content/articles/2023/05/b.md", true),
            ("content/articles/2023-2/b.md", false),
            ("content/articles", true),
            ("content/site.yaml", true),
            ("content/site.yaml.md", false),
            ("themes", false),
        ] {
            assert_eq!(touched.concerns(Path::new(path)), expect, "{path}");
        }
        assert!(Touched::everything().concerns(Path::new("themes/x/y")));
    }

    #[test]
    fn many_paths_mark_what_few_would() {
        let files: Vec<PathBuf> =
            (0..300).map(|n| format!("content/articles/{}/{n}.md", n % 7).into()).collect();
        let mut touched = Touched::default();
        (0..300).step_by(3).for_each(|n| touched.add(format!("content/articles/{}/{n}.md", n % 7).into()));
        touched.add("content/articles/4".into());
        assert_eq!(touched.few(), None);
        let mut marked: Vec<(PathBuf, bool)> = files.into_iter().map(|file| (file, false)).collect();
        touched.mark(&mut marked, |one| &one.0, |one| one.1 = true);
        for (n, (file, is_marked)) in marked.iter().enumerate() {
            assert_eq!(*is_marked, n % 3 == 0 || n % 7 == 4, "{}", file.display());
        }
    }
}
