//! Publishing: the only place that writes into the output folder.
//!
//! Promises, whatever stops it (an error, a kill, a full disk, a second build):
//!
//! * A file that it did not write is never overwritten, moved or deleted. Ours is a
//!   file that the manifest lists *and* whose bytes have a listed digest; a listed
//!   file with other bytes was edited by hand, and is kept and reported. An empty one
//!   holds nobody's work (it is what a power cut leaves) and is written anew.
//! * Every page is the old one or the new one, never half; the next run completes it.
//! * A run that returns an error leaves the output as it was.
//! * A run that changes nothing writes nothing.
//! * Nothing outside the output folder is touched: no link in it is followed.
//!
//! How: claim the folder (`claim`) → read the manifest → look at every place that is
//! not known to be ours, and refuse all strangers at once → render, compare, and stage
//! what differs → write the *intent*, a manifest that lists both the old and the new
//! digest of each path → rename (`place`) → write the settled manifest. Killed before
//! the intent, only staging is left, which the next run sweeps. Killed after it, old
//! and new files are both listed, so the next run knows either as ours.
//!
//! A `session` keeps the claim and the list over many runs. An update of it is the same
//! on the few lines that it concerns, with a batch of the `journal` for an intent.
//!
//! Not here: what is published, and under which address (`page`); retries; the clock.
//! Not promised: order on disk after a power cut (nothing is synced: it would cost
//! more than the build), and edits made by hand *while* a build runs.

mod claim;
mod folders;
mod journal;
mod listed;
mod manifest;
mod path;
mod place;
mod session;
mod words;

use std::{
    fmt,
    fs::{self, File},
    io::{self, ErrorKind::NotFound, Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use rayon::prelude::*;

pub use path::BadPath;
pub use session::{Published, Session, Update};

use crate::digest::{Digest, Hasher};
use claim::Claim;
use folders::{Folder, State, Survey, survey};
use manifest::{Digests, Line, Manifest};
use place::{Manifests, Move, Steps};

/// A media or theme file to copy. It is never held in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The file to copy, outside the output folder.
    pub from: PathBuf,
    /// Its address: relative to the output folder, `/` between the parts.
    pub to: String,
    /// Its size in bytes when it was digested.
    pub len: u64,
    /// The digest of its bytes; another one on copying is an error.
    pub digest: Digest,
}

/// What a run did. `written + unchanged` and the planned ones among `kept` are all
/// planned pages and assets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that had the right bytes already.
    pub unchanged: usize,
    /// Files of an earlier plan that are gone now.
    pub removed: usize,
    /// Files that we wrote and somebody edited since, ascending. They stand as edited,
    /// planned or not, until they are removed by hand.
    pub kept: Vec<String>,
    /// Size in bytes of all planned files as they stand.
    pub bytes: u64,
}

/// Why nothing was published: `R` is what rendering may fail with.
#[derive(Debug)]
pub enum Error<R> {
    /// A page could not be rendered. Of several, the first by path is reported.
    Render(R),
    /// The plan or the machine is to blame, not a page.
    Fault(Fault),
}

/// What stopped a run that no template is to blame for.
#[derive(Debug)]
pub enum Fault {
    /// Another process writes into `dir`.
    Busy {
        /// The output folder.
        dir: PathBuf,
    },
    /// Files, folders or links that we did not write stand where we would.
    Foreign {
        /// The output folder.
        out: PathBuf,
        /// All of them, ascending, relative to `out`.
        paths: Vec<String>,
    },
    /// The output folder is, holds or lies in the content folder.
    HoldsContent {
        /// The output folder.
        out: PathBuf,
        /// The content folder.
        content: PathBuf,
    },
    /// A planned path that must not or cannot be a file of the output folder.
    Path {
        /// As planned.
        path: String,
        /// What is wrong with it.
        reason: BadPath,
    },
    /// The list of what we wrote cannot be trusted, so nothing is known to be ours.
    Manifest {
        /// The list.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The source of an asset is not what it was when the build read it.
    AssetChanged {
        /// The source.
        from: PathBuf,
    },
    /// Somebody removed or moved the output folder, or our corner of it, while a session
    /// was open. Another session can be opened; this one is of no more use.
    Gone {
        /// The output folder.
        dir: PathBuf,
    },
    /// The file system refused.
    Io {
        /// What was tried, as "cannot …" continues.
        doing: &'static str,
        /// What it was tried on; for a staged file, the place it was meant for.
        path: PathBuf,
        /// Why it was refused.
        source: io::Error,
    },
    /// Moving files into place failed, and so did taking it back. Every page is old or
    /// new, and the next run completes the rest.
    Unfinished {
        /// The output folder.
        dir: PathBuf,
        /// What failed first.
        because: Box<Fault>,
    },
}

/// Makes `out` hold exactly `paths` and `assets`, besides files that are not ours.
///
/// `paths` are all pages, in any order; `render(i)` gives the bytes of `paths[i]`, is
/// called at most once for each, from several threads, and only after every check that
/// needs no bytes. At most one page a thread is in memory. `content` is where the
/// articles are: `out` must not overlap it. Paths differing by case alone are the
/// caller's to refuse.
///
/// A path may turn from a file into a folder, or back, from one plan to the next. Where
/// what has to go is not all ours, or was edited by hand, it is `Fault::Foreign`.
///
/// Cost beside rendering: one write for a file that changed, one read for one that did
/// not, about 350 bytes of memory a file.
pub fn publish<R: Send>(
    out: &Path,
    content: &Path,
    paths: &[String],
    assets: &[Asset],
    render: impl Fn(usize) -> Result<Vec<u8>, R> + Sync,
) -> Result<Report, Error<R>> {
    let items = planned(paths, assets)?;
    claim::refuse_overlap(out, content)?;
    let mut claim = Claim::take(out)?;
    let manifest = claim.read_manifest()?;

    let build = Build::stage(&claim, &manifest, &items, assets, render)?;
    build.place(&claim)?;
    let report = build.report();
    claim.settle();
    Ok(report)
}

/// A planned file.
struct Item<'a> {
    path: &'a str,
    made: Made,
}

/// By what a planned file is made: an index into the caller's list.
#[derive(Clone, Copy)]
enum Made {
    Rendering(u32),
    Copying(u32),
}

/// Where the bytes of one planned file are.
enum Bytes<'a, B> {
    Rendered(B),
    Copied(&'a Asset),
}

/// What stands at the planned places before anything is written.
struct Ground<'a> {
    folders: Vec<Folder<'a>>,
    /// For each folder, whether the manifest lists it.
    folder_is_listed: Vec<bool>,
    /// For each item, the folder that it is in.
    homes: Vec<u32>,
    /// For each item, the line of the file of ours that stands there.
    held: Vec<Option<u32>>,
    /// Lines of the manifest that nothing is planned for, ascending.
    unplanned: Vec<u32>,
}

/// What became of a planned file.
enum Outcome {
    /// Staged. `old`: the digest of what it replaces.
    Written { new: Digest, old: Option<Digest>, len: u64 },
    /// The bytes were there.
    Unchanged { digest: Digest, len: u64 },
    /// Edited by hand.
    Kept { len: u64 },
}

impl Outcome {
    /// Digest and size of the planned bytes, if they are there when the build is over.
    fn bytes(&self) -> Option<(Digest, u64)> {
        match *self {
            Outcome::Written { new: digest, len, .. } | Outcome::Unchanged { digest, len } => {
                Some((digest, len))
            }
            Outcome::Kept { .. } => None,
        }
    }
}

/// What is to become of a line that nothing is planned for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is not there any more, or something else is.
    Forget,
    /// It is there, and ours.
    Remove,
    /// It was edited by hand.
    Keep,
}

/// All that is known when the last page is staged.
struct Build<'a> {
    items: &'a [Item<'a>],
    ground: Ground<'a>,
    manifest: &'a Manifest,
    leftovers: Vec<(Line<'a>, Fate)>,
    outcomes: Vec<Outcome>,
}

/// Which manifest: the one while files move, or the one that stays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Moment {
    During,
    After,
}

/// All planned files, ascending by path; refuses what cannot be a file of ours.
fn planned<'a>(
    paths: impl IntoIterator<Item = &'a String>,
    assets: &'a [Asset],
) -> Result<Vec<Item<'a>>, Fault> {
    let pages = (0..).zip(paths).map(|(i, path)| Item { path, made: Made::Rendering(i) });
    let copies = (0..).zip(assets).map(|(i, asset)| Item { path: &asset.to, made: Made::Copying(i) });
    let mut items: Vec<Item> = pages.chain(copies).collect();
    items.par_sort_unstable_by_key(|item| item.path);

    let refuse = |path: &str, reason| Err(Fault::Path { path: path.to_owned(), reason });
    for item in &items {
        if let Err(reason) = path::check(item.path) {
            return refuse(item.path, reason);
        }
    }
    for pair in items.windows(2) {
        if pair[0].path == pair[1].path {
            return refuse(pair[0].path, BadPath::Twice);
        }
        // `a-b` stands between `a` and `a/b`: look for the file among the folders of
        // the second, wherever it is.
        let shared = pair[0].path.bytes().zip(pair[1].path.bytes()).take_while(|(a, b)| a == b).count();
        let fresh = pair[1].path.bytes().enumerate().skip(shared).filter(|(_, byte)| *byte == b'/');
        for folder in fresh.map(|(end, _)| &pair[1].path[..end]) {
            if items.binary_search_by_key(&folder, |item| item.path).is_ok() {
                return refuse(folder, BadPath::FileAndFolder);
            }
        }
    }
    Ok(items)
}

impl<'a> Ground<'a> {
    /// Looks at every planned place. All strangers in the way are one error.
    fn survey(claim: &Claim, manifest: &Manifest, items: &[Item<'a>]) -> Result<Ground<'a>, Fault> {
        let out = claim.out();
        let Survey { mut folders, homes } = survey(out, items.iter().map(|item| item.path))?;
        make_room_for_folders(out, manifest, &mut folders)?;
        let file_lines = lines_of(manifest, items.iter().map(|item| item.path));
        let folder_lines = lines_of(manifest, folders.iter().map(|folder| folder.path));

        // Only where a folder stands can a file stand: a first build asks for nothing.
        let found = items
            .par_iter()
            .zip(&homes)
            .map(|(item, home)| match folders[*home as usize].state {
                State::Present => {
                    stands(out, manifest, item.path).map_err(|e| Fault::io("read", &out.join(item.path), e))
                }
                State::Missing | State::Blocked => Ok(Stands::Nothing),
            })
            .collect::<Result<Vec<_>, _>>()?;

        let blocked = (0..).zip(&folders).filter(|(i, f)| f.state == State::Blocked && f.top == *i);
        let mut foreign: Vec<String> =
            blocked.map(|(_, f)| f.path.trim_end_matches('/').to_owned()).collect();
        for ((item, found), line) in items.iter().zip(&found).zip(&file_lines) {
            if *found == Stands::Other || (*found == Stands::File && line.is_none()) {
                foreign.push(item.path.to_owned());
            }
        }
        if !foreign.is_empty() {
            foreign.sort_unstable();
            return Err(Fault::Foreign { out: out.to_owned(), paths: foreign });
        }

        let mut is_planned = vec![false; manifest.lines().len()];
        for line in file_lines.iter().chain(&folder_lines).flatten() {
            is_planned[*line as usize] = true;
        }
        let unplanned = (0..).zip(is_planned).filter(|(_, planned)| !planned).map(|(line, _)| line).collect();
        let held =
            found.into_iter().zip(file_lines).map(|(found, line)| line.filter(|_| found == Stands::File));
        let held = held.collect();
        let folder_is_listed = folder_lines.iter().map(Option::is_some).collect();
        Ok(Ground { folders, folder_is_listed, homes, held, unplanned })
    }
}

/// What stands at the place of a planned file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// Nothing, or a folder of ours whose time is over.
    Nothing,
    File,
    /// A folder, a link or worse.
    Other,
}

fn stands(out: &Path, manifest: &Manifest, path: &str) -> io::Result<Stands> {
    match fs::symlink_metadata(out.join(path)) {
        Ok(found) if found.is_file() => Ok(Stands::File),
        Ok(found) if found.is_dir() && goes_whole(out, manifest, path)? => Ok(Stands::Nothing),
        Ok(_) => Ok(Stands::Other),
        Err(error) if error.kind() == NotFound => Ok(Stands::Nothing),
        Err(error) => Err(error),
    }
}

/// Whether a folder in the place of a planned file is ours with all that is in it. None
/// of that is planned any more then: no plan has a path as a file and as a folder.
fn goes_whole(out: &Path, manifest: &Manifest, folder: &str) -> io::Result<bool> {
    if manifest.find(&format!("{folder}/")).is_none() {
        return Ok(false);
    }
    for entry in fs::read_dir(out.join(folder))? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { return Ok(false) };
        let path = format!("{folder}/{name}");
        let goes = match entry.file_type()?.is_dir() {
            true => goes_whole(out, manifest, &path)?,
            false => file_goes(out, manifest, &path)?,
        };
        if !goes {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A file of ours that stands where a folder is planned goes before the folder comes.
fn make_room_for_folders(out: &Path, manifest: &Manifest, folders: &mut [Folder]) -> Result<(), Fault> {
    for top in 0..folders.len() {
        let Folder { path, state: State::Blocked, top: outermost } = folders[top] else { continue };
        if outermost as usize != top {
            continue;
        }
        let file = path.trim_end_matches('/');
        if file_goes(out, manifest, file).map_err(|error| Fault::io("read", &out.join(file), error))? {
            // All below it follow it, and say so.
            for folder in folders[top..].iter_mut().take_while(|folder| folder.path.starts_with(path)) {
                folder.state = State::Missing;
            }
        }
    }
    Ok(())
}

/// Whether the file at a path that nothing is planned for is ours to remove.
fn file_goes(out: &Path, manifest: &Manifest, path: &str) -> io::Result<bool> {
    match manifest.find(path) {
        Some(line) => Ok(fate_of_file(&out.join(path), line.digests, &mut buffer())? == Fate::Remove),
        None => Ok(false),
    }
}

/// For each of `paths`, which ascend, the line that lists it.
fn lines_of<'a>(manifest: &Manifest, paths: impl Iterator<Item = &'a str>) -> Vec<Option<u32>> {
    let mut lines = (0..).zip(manifest.lines()).peekable();
    paths
        .map(|path| {
            while lines.next_if(|(_, line)| line.path < path).is_some() {}
            lines.peek().filter(|(_, line)| line.path == path).map(|(index, _)| *index)
        })
        .collect()
}

/// What to do with each line that nothing is planned for any more.
fn leftovers<'a>(
    claim: &Claim,
    manifest: &'a Manifest,
    ground: &Ground,
) -> Result<Vec<(Line<'a>, Fate)>, Fault> {
    let lines: Vec<_> = ground.unplanned.iter().map(|index| manifest.line(*index as usize)).collect();
    let Survey { folders, homes } = survey(claim.out(), lines.iter().map(|line| line.path))?;
    let mut fates = lines
        .into_par_iter()
        .zip(homes)
        .map_init(buffer, |buffer, (line, home)| {
            let fate = match (folders[home as usize].state, line.path.ends_with('/')) {
                (State::Missing | State::Blocked, _) => Fate::Forget,
                (State::Present, true) => Fate::Remove,
                (State::Present, false) => {
                    let path = claim.out().join(line.path);
                    fate_of_file(&path, line.digests, buffer)
                        .map_err(|error| Fault::io("read", &path, error))?
                }
            };
            Ok((line, fate))
        })
        .collect::<Result<Vec<_>, Fault>>()?;

    // A folder stays listed for the sake of what is kept in it, so that it goes with it.
    let kept: Vec<&str> =
        fates.iter().filter(|(_, fate)| *fate == Fate::Keep).map(|(line, _)| line.path).collect();
    for (line, fate) in &mut fates {
        if line.path.ends_with('/') && kept.iter().any(|path| path.starts_with(line.path)) {
            *fate = Fate::Keep;
        }
    }
    Ok(fates)
}

/// What to do with the file of an earlier plan that was written to `path`. A link or
/// a folder that stands there now is somebody else's.
fn fate_of_file(path: &Path, listed: Digests, buffer: &mut [u8]) -> io::Result<Fate> {
    let mut look = || -> io::Result<Fate> {
        if !fs::symlink_metadata(path)?.is_file() {
            return Ok(Fate::Forget);
        }
        let (digest, len) = Digest::of_reader_through(File::open(path)?, buffer)?;
        Ok(if is_ours(listed, digest, len) { Fate::Remove } else { Fate::Keep })
    };
    match look() {
        Err(error) if error.kind() == NotFound => Ok(Fate::Forget),
        done => done,
    }
}

/// Renders every page and reads every asset; stages those that the output lacks.
fn stage<B: AsRef<[u8]>, R: Send>(
    claim: &Claim,
    manifest: &Manifest,
    ground: &Ground,
    items: &[Item],
    assets: &[Asset],
    render: impl Fn(usize) -> Result<B, R> + Sync,
) -> Result<Vec<Outcome>, Error<R>> {
    let stage_one = |index: usize, buffer: &mut [u8]| -> Result<Outcome, Error<R>> {
        let (item, held) = (&items[index], ground.held[index]);
        let (source, new, len) = match item.made {
            Made::Rendering(page) => {
                let bytes = render(page as usize).map_err(Error::Render)?;
                let (digest, len) = (Digest::of(bytes.as_ref()), bytes.as_ref().len() as u64);
                (Bytes::Rendered(bytes), digest, len)
            }
            Made::Copying(asset) => {
                let asset = &assets[asset as usize];
                (Bytes::Copied(asset), asset.digest, asset.len)
            }
        };
        let mut old = None;
        if let Some(line) = held {
            let path = claim.out().join(item.path);
            match digest_of_file(&path, buffer).map_err(|error| Fault::io("read", &path, error))? {
                Some((digest, len)) if digest == new => return Ok(Outcome::Unchanged { digest, len }),
                Some((digest, len)) if !is_ours(manifest.line(line as usize).digests, digest, len) => {
                    return Ok(Outcome::Kept { len });
                }
                found => old = found.map(|(digest, _)| digest),
            }
        }
        let to = claim.staged(item.path);
        let write_fault = |error| Fault::io("write", &claim.out().join(item.path), error);
        let mut file = claim::create(&to).map_err(write_fault)?;
        match source {
            Bytes::Rendered(bytes) => file.write_all(bytes.as_ref()).map_err(write_fault)?,
            Bytes::Copied(asset) => copy(asset, &mut file, buffer, write_fault)?,
        }
        Ok(Outcome::Written { new, old, len })
    };

    // After a failure, only items before it are worth doing: the first of them that
    // fails is the one to report, on any number of threads. `Err(None)`: not done.
    let failed = AtomicUsize::new(usize::MAX);
    let mut results: Vec<Result<Outcome, Option<Box<Error<R>>>>> = (0..items.len())
        .into_par_iter()
        .map_init(buffer, |buffer, index| {
            if index > failed.load(Relaxed) {
                return Err(None);
            }
            stage_one(index, buffer).map_err(|error| {
                failed.fetch_min(index, Relaxed);
                Some(Box::new(error))
            })
        })
        .collect();
    match results.iter_mut().find_map(|result| result.as_mut().err()?.take()) {
        Some(error) => Err(*error),
        None => Ok(results.into_iter().filter_map(Result::ok).collect()),
    }
}

/// Copies `asset` into `to`, digesting on the way.
fn copy(
    asset: &Asset,
    to: &mut File,
    buffer: &mut [u8],
    write_fault: impl FnOnce(io::Error) -> Fault,
) -> Result<(), Fault> {
    let read_fault = |error| Fault::io("read", &asset.from, error);
    let mut from = File::open(&asset.from).map_err(read_fault)?;
    let (mut hasher, mut len) = (Hasher::default(), 0);
    loop {
        let n = match from.read(buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(read_fault(error)),
        };
        hasher.update(&buffer[..n]);
        len += n as u64;
        if let Err(error) = to.write_all(&buffer[..n]) {
            return Err(write_fault(error));
        }
    }
    if (hasher.digest(), len) != (asset.digest, asset.len) {
        return Err(Fault::AssetChanged { from: asset.from.clone() });
    }
    Ok(())
}

impl<'a> Build<'a> {
    /// All of a build but the last moments: looks, renders, and stages what differs.
    fn stage<B: AsRef<[u8]>, R: Send>(
        claim: &Claim,
        manifest: &'a Manifest,
        items: &'a [Item<'a>],
        assets: &[Asset],
        render: impl Fn(usize) -> Result<B, R> + Sync,
    ) -> Result<Build<'a>, Error<R>> {
        let ground = Ground::survey(claim, manifest, items)?;
        let leftovers = leftovers(claim, manifest, &ground)?;
        let outcomes = stage(claim, manifest, &ground, items, assets, render)?;
        Ok(Build { items, ground, manifest, leftovers, outcomes })
    }

    /// Takes the steps between two whole manifests, unless there is nothing to do.
    fn place(&self, claim: &Claim) -> Result<(), Fault> {
        let (steps, settled) = (self.steps(), self.lines(Moment::After));
        if steps.is_empty() && self.manifest.is(&settled) {
            return Ok(());
        }
        claim.stage_manifest(Moment::After, &settled)?;
        drop(settled);
        claim.stage_manifest(Moment::During, &self.lines(Moment::During))?;
        place::place(claim, &steps, &mut Manifests::new(claim)?)
    }

    /// What is to be done to the output.
    fn steps(&self) -> Steps<'a> {
        let mut steps = Steps::default();
        let mut moved_whole = None;
        for (index, outcome) in self.outcomes.iter().enumerate() {
            let Outcome::Written { old, .. } = outcome else { continue };
            let (path, home) =
                (self.items[index].path, &self.ground.folders[self.ground.homes[index] as usize]);
            if home.state == State::Missing {
                // Items ascend, so those of one new folder stand together.
                if moved_whole.replace(home.top) != Some(home.top) {
                    let whole = self.ground.folders[home.top as usize].path;
                    steps.moves.push(Move::New(whole.trim_end_matches('/')));
                }
            } else if old.is_some() {
                steps.moves.push(Move::Replace(path));
            } else {
                steps.moves.push(Move::New(path));
            }
        }
        for (line, _) in self.leftovers.iter().rev().filter(|(_, fate)| *fate == Fate::Remove) {
            if line.path.ends_with('/') { &mut steps.folders } else { &mut steps.removals }.push(line.path);
        }
        steps
    }

    /// The manifest, ascending by path.
    fn lines(&self, moment: Moment) -> Vec<Line<'a>> {
        let files =
            self.items.iter().zip(&self.outcomes).zip(&self.ground.held).map(|((item, outcome), held)| {
                let digests: Digests = match *outcome {
                    Outcome::Written { new, old: Some(old), .. } if moment == Moment::During => {
                        [Some(old), Some(new)]
                    }
                    Outcome::Written { new: digest, .. } | Outcome::Unchanged { digest, .. } => {
                        [Some(digest), None]
                    }
                    Outcome::Kept { .. } => {
                        held.map_or([None; 2], |line| self.manifest.line(line as usize).digests)
                    }
                };
                Line { path: item.path, digests }
            });
        // A folder that stood before us, unlisted, is not ours to remove one day.
        let folders = self.ground.folders.iter().zip(&self.ground.folder_is_listed).skip(1);
        let folders = folders
            .filter(|(folder, is_listed)| folder.state == State::Missing || **is_listed)
            .map(|(folder, _)| Line { path: folder.path, digests: [None; 2] });
        let leftovers = self.leftovers.iter().filter(|(_, fate)| match fate {
            Fate::Keep => true,
            Fate::Remove => moment == Moment::During,
            Fate::Forget => false,
        });
        let mut lines: Vec<Line> = files.chain(folders).chain(leftovers.map(|(line, _)| *line)).collect();
        lines.sort_by_key(|line| line.path);
        lines
    }

    fn report(&self) -> Report {
        let mut report = Report::default();
        for (item, outcome) in self.items.iter().zip(&self.outcomes) {
            report.bytes += match *outcome {
                Outcome::Written { len, .. } => {
                    report.written += 1;
                    len
                }
                Outcome::Unchanged { len, .. } => {
                    report.unchanged += 1;
                    len
                }
                Outcome::Kept { len } => {
                    report.kept.push(item.path.to_owned());
                    len
                }
            };
        }
        report.removed = self.left(Fate::Remove).count();
        report.kept.extend(self.left(Fate::Keep).map(str::to_owned));
        report.kept.sort_unstable();
        report
    }

    /// Files that nothing is planned for and that have this fate, ascending.
    fn left(&self, fate: Fate) -> impl Iterator<Item = &'a str> {
        let left = self.leftovers.iter().filter(move |(_, of_line)| *of_line == fate);
        left.map(|(line, _)| line.path).filter(|path| !path.ends_with('/'))
    }
}

/// For reading: as large as most pages, several times over.
fn buffer() -> Vec<u8> {
    vec![0; 1 << 16]
}

/// Digest and size of the file at `path`; `None` when no file stands there.
fn digest_of_file(path: &Path, buffer: &mut [u8]) -> io::Result<Option<(Digest, u64)>> {
    match File::open(path) {
        Ok(file) => Digest::of_reader_through(file, buffer).map(Some),
        Err(error) if error.kind() == NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the bytes at a listed path, of this digest and size, may be replaced.
fn is_ours(listed: Digests, digest: Digest, len: u64) -> bool {
    len == 0 || listed.contains(&Some(digest))
}

impl Fault {
    pub(self) fn io(doing: &'static str, path: &Path, source: io::Error) -> Fault {
        Fault::Io { doing, path: path.to_owned(), source }
    }
}

impl<R> From<Fault> for Error<R> {
    fn from(fault: Fault) -> Error<R> {
        Error::Fault(fault)
    }
}

impl<R: fmt::Display> fmt::Display for Error<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Render(error) => error.fmt(f),
            Error::Fault(fault) => fault.fmt(f),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Busy { dir } => write!(f, "cannot write into `{}`: another build does", dir.display()),
            Fault::Foreign { out, paths } => write_foreign(f, out, paths),
            Fault::HoldsContent { out, content } => {
                let (out, content) = (out.display(), content.display());
                write!(f, "cannot write into `{out}`: it overlaps the content in `{content}`")
            }
            Fault::Path { path, reason } => write!(f, "cannot write `{path}`: {reason}"),
            Fault::Manifest { path, reason } => {
                write!(
                    f,
                    "cannot tell what an earlier build wrote: `{}` is damaged: {reason}; ",
                    path.display()
                )?;
                f.write_str("remove the output folder, and build again")
            }
            Fault::AssetChanged { from } => {
                write!(f, "cannot copy `{}`: it changed during the build", from.display())
            }
            Fault::Gone { dir } => {
                write!(f, "cannot write into `{}`: it was removed or moved meanwhile", dir.display())
            }
            Fault::Io { doing, path, source } => write!(f, "cannot {doing} `{}`: {source}", path.display()),
            Fault::Unfinished { dir, because } => {
                write!(f, "{because}; `{}` is partly new, and the next build completes it", dir.display())
            }
        }
    }
}

/// Names the first few: a lost manifest makes strangers of a whole site.
fn write_foreign(f: &mut fmt::Formatter<'_>, out: &Path, paths: &[String]) -> fmt::Result {
    const SHOWN: usize = 20;
    write!(f, "cannot write into `{}`: luutru did not make", out.display())?;
    for (index, path) in paths.iter().take(SHOWN).enumerate() {
        write!(f, "{} `{path}`", if index > 0 { "," } else { "" })?;
    }
    if paths.len() > SHOWN {
        write!(f, " and {} more", paths.len() - SHOWN)?;
    }
    f.write_str("; move them away, or choose another folder")
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Fault::Io { source, .. } => Some(source),
            Fault::Unfinished { because, .. } => Some(because),
            _ => None,
        }
    }
}

impl<R: std::error::Error + 'static> std::error::Error for Error<R> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Render(error) => Some(error),
            Error::Fault(fault) => Some(fault),
        }
    }
}
