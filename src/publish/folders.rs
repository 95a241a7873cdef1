//! What stands where the planned folders belong. Looks, and changes nothing.
//!
//! A symbolic link is never followed: a folder that is one is `Blocked`, so nothing
//! below it is read, written or removed by whoever heeds the state.

use std::{io, path::Path};

use super::Fault;

/// What stands at the path of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing, nor can anything stand below.
    Missing,
    /// A folder.
    Present,
    /// Something that is not a folder, or is below something that is not.
    Blocked,
}

/// A folder on the way to a path.
#[derive(Debug)]
pub(super) struct Folder<'a> {
    /// Ends in `/`; empty for the output folder.
    pub(super) path: &'a str,
    pub(super) state: State,
    /// The outermost folder of the same state on the way here: of `Missing` ones the
    /// one to be made first, of `Blocked` ones the thing in the way.
    pub(super) top: u32,
}

/// The folders on the way to some paths.
pub(super) struct Survey<'a> {
    /// Each once, ascending; the first is the output folder.
    pub(super) folders: Vec<Folder<'a>>,
    /// For each path, the index of the folder that it is in; of a path that ends in
    /// `/`, its own.
    pub(super) homes: Vec<u32>,
}

/// Surveys the way to `paths`, which ascend by their bytes. Asks the disk once for each
/// folder whose parent is present.
pub(super) fn survey<'a>(out: &Path, paths: impl Iterator<Item = &'a str>) -> Result<Survey<'a>, Fault> {
    let mut folders = vec![Folder { path: "", state: State::Present, top: 0 }];
    // The folders that the last path was in, outermost first. Since paths ascend,
    // those of one folder stand together, and a folder that was left is never met again.
    let mut around = vec![0];
    let homes = paths
        .map(|path| {
            while !path.starts_with(folders[around[around.len() - 1] as usize].path) {
                around.pop();
            }
            loop {
                let parent = around[around.len() - 1];
                let outer = &folders[parent as usize];
                let Some(len) = path[outer.path.len()..].find('/') else { return Ok(parent) };
                let inner = &path[..outer.path.len() + len + 1];
                let index = folders.len() as u32;
                let folder = match outer.state {
                    State::Present => {
                        let path = out.join(&inner[..inner.len() - 1]);
                        let state = look(&path).map_err(|error| Fault::io("read", &path, error))?;
                        Folder { path: inner, state, top: index }
                    }
                    state => Folder { path: inner, state, top: outer.top },
                };
                folders.push(folder);
                around.push(index);
            }
        })
        .collect::<Result<_, Fault>>()?;
    Ok(Survey { folders, homes })
}

fn look(path: &Path) -> io::Result<State> {
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => Ok(State::Present),
        Ok(_) => Ok(State::Blocked),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(State::Missing),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_folder_is_met_once_and_knows_what_stands_there() {
        let out = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(out.path().join("nam/2023")).unwrap();
        std::fs::File::create(out.path().join("tep")).unwrap();
        let paths = [
            "index.html",
            "nam-2",
            "nam/2023.html",
            "nam/2023/05.html",
            "nam/2024/a/b",
            "nam/2024/c",
            "tep/a/b",
            "trang/",
        ];
        let Survey { folders, homes } = survey(out.path(), paths.into_iter()).unwrap();
        let shown: Vec<_> = folders.iter().map(|f| (f.path, f.state, folders[f.top as usize].path)).collect();
        assert_eq!(
            shown,
            [
                ("", State::Present, ""),
                ("nam/", State::Present, "nam/"),
                ("nam/2023/", State::Present, "nam/2023/"),
                ("nam/2024/", State::Missing, "nam/2024/"),
                ("nam/2024/a/", State::Missing, "nam/2024/"),
                ("tep/", State::Blocked, "tep/"),
                ("tep/a/", State::Blocked, "tep/"),
                ("trang/", State::Missing, "trang/"),
            ]
        );
        assert_eq!(homes, [0, 0, 1, 2, 4, 3, 6, 7]);
    }
}
