//! What the system tells of a site's folder, made into places to look at again.
//!
//! Of an event only the path is taken, never its kind: editors rename, truncate, write in
//! pieces and leave files of their own, systems merge and lose events, and what is there is
//! seen by looking. Folders are watched, not files, so that a file that is replaced by a rename
//! stays watched. The first event of a save is acted on at once; what follows within a few
//! milliseconds is taken with it.
//!
//! Where the system cannot watch (`--poll`, network drives, an exhausted limit) `source::Census`
//! is taken at intervals instead, and it is taken once when all is quiet, which must find nothing.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{ErrorKind, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::source::{Census, Touched, is_temporary};
use crate::theme;

/// Quiet time after the last event of a save. Editors that write twice do so within one.
const SETTLED: Duration = Duration::from_millis(2);

/// The longest time that events are gathered: `git checkout` may send them for seconds.
const GATHERED: Duration = Duration::from_millis(100);

/// How long a file that is missing or empty right after an event is waited for: an editor is
/// between taking the old one away and writing the new one.
const UNFINISHED: Duration = Duration::from_millis(60);

/// Quiet time after which a media file that was being copied is taken to be complete.
const COPIED: Duration = Duration::from_millis(250);

/// Quiet time after which everything is looked at once, to be sure.
const IDLE: Duration = Duration::from_secs(2);

/// Between two looks where the system cannot watch; at least this many times what a look takes.
const POLL: Duration = Duration::from_secs(1);
const POLL_SHARE: u32 = 10;

/// The folders of a site that a build reads.
const FOLDERS: [&str; 2] = ["content", theme::FOLDER];

/// Why changes are looked for at intervals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polling {
    /// It was asked for.
    Asked,
    /// The system's limit of watched folders is exhausted.
    Limit,
    /// The system cannot watch this folder.
    Unsupported,
}

/// What was heard.
#[derive(Debug)]
pub(super) enum Heard {
    /// Something may have changed here.
    Touched(Touched),
    /// Nothing for as long as was waited.
    Quiet,
    /// Nobody told, but a look found that something may have changed here.
    Found(Touched),
}

/// Listens to a site's folder.
pub(super) struct Events {
    root: PathBuf,
    sender: Sender<Signal>,
    receiver: Receiver<Signal>,
    /// None where it is looked at intervals.
    watcher: Option<RecommendedWatcher>,
    /// Why, if that was not told yet.
    polling: Option<Polling>,
    census: Census,
    /// What the last look took.
    look: Duration,
    /// Whether something happened since the last look.
    is_stirred: bool,
    /// Whether the site's folder is not there: it is looked for at intervals, and watched again
    /// when it comes.
    is_gone: bool,
    /// Media files that are being copied, each with the time of its last event.
    growing: HashMap<PathBuf, Instant>,
}

enum Signal {
    /// An event at a path.
    Path(PathBuf),
    /// Events were lost.
    Lost,
    /// The site's folder itself was moved, removed or given other rights.
    Root,
    /// The system watches no more of the folder than it does.
    Limit,
}

impl Events {
    /// Begins to listen, so that nothing is missed that happens from now on.
    pub(super) fn listen(root: &Path, asked: bool) -> Events {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let (sender, receiver) = channel();
        let mut events = Events {
            census: Census::take(&root, &FOLDERS),
            root,
            sender,
            receiver,
            watcher: None,
            polling: asked.then_some(Polling::Asked),
            look: Duration::ZERO,
            is_stirred: false,
            is_gone: false,
            growing: HashMap::new(),
        };
        if !asked {
            events.watch();
        }
        events
    }

    /// Why changes are looked for at intervals, the first time it is asked.
    pub(super) fn take_polling(&mut self) -> Option<Polling> {
        self.polling.take()
    }

    /// Whether changes are looked for at intervals.
    pub(super) fn is_polling(&self) -> bool {
        self.watcher.is_none()
    }

    /// Whether a media file is being copied, so that an article may miss it for now.
    pub(super) fn is_growing(&self) -> bool {
        !self.growing.is_empty()
    }

    /// A media file, or a folder of them, by its path below the site's folder, is being copied: it
    /// is complete when it and what is in it have been quiet.
    pub(super) fn wait_for(&mut self, path: &Path) {
        let now = Instant::now();
        // A folder that is being copied is complete when the last file in it is.
        self.growing
            .iter_mut()
            .filter(|(above, _)| path.starts_with(above))
            .for_each(|(_, last)| *last = now);
        self.growing.insert(path.to_owned(), now);
    }

    /// Waits for something to happen, at most as long as `patience`; for ever if there is none.
    pub(super) fn next(&mut self, patience: Option<Duration>) -> Heard {
        let end = patience.map(|patience| Instant::now() + patience);
        loop {
            let now = Instant::now();
            if let Some(touched) = self.copied(now) {
                return Heard::Touched(touched);
            }
            let until = [end, self.next_look(now), self.next_copied()].into_iter().flatten().min();
            let signal = match until {
                Some(until) => self.receiver.recv_timeout(until.saturating_duration_since(now)),
                None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match signal {
                Ok(signal) => {
                    if let Some(touched) = self.gather(signal) {
                        return Heard::Touched(touched);
                    }
                }
                Err(_) if end.is_some_and(|end| Instant::now() >= end) => return Heard::Quiet,
                Err(_) => {
                    if self.next_look(now).is_some_and(|look| Instant::now() >= look)
                        && let Some(mut found) = self.look()
                    {
                        // What was saved while everything was looked at is told just now.
                        let Ok(signal) = self.receiver.recv_timeout(SETTLED) else {
                            return Heard::Found(found);
                        };
                        found.join(self.gather(signal).unwrap_or_default());
                        return Heard::Touched(found);
                    }
                }
            }
        }
    }

    /// When everything is to be looked at.
    fn next_look(&self, now: Instant) -> Option<Instant> {
        match &self.watcher {
            None => Some(now + POLL.max(self.look * POLL_SHARE)),
            Some(_) => self.is_stirred.then(|| now + IDLE.max(self.look * POLL_SHARE)),
        }
    }

    fn next_copied(&self) -> Option<Instant> {
        self.growing.values().min().map(|last| *last + COPIED)
    }

    /// Media files whose copying has come to an end.
    fn copied(&mut self, now: Instant) -> Option<Touched> {
        let mut touched = Touched::default();
        self.growing.retain(|path, last| {
            let is_copied = *last + COPIED <= now;
            if is_copied {
                touched.add(path.clone());
            }
            !is_copied
        });
        (!touched.is_empty()).then_some(touched)
    }

    /// What `first` and the signals close behind it touch; `None` if that is to be waited for.
    fn gather(&mut self, first: Signal) -> Option<Touched> {
        self.is_stirred = true;
        let start = Instant::now();
        let mut touched = Touched::default();
        let mut folders = false;
        let mut lost = false;
        let mut signal = Some(first);
        loop {
            match signal {
                Some(Signal::Path(path)) => {
                    let is_folder = self.root.join(&path).is_dir();
                    folders |= is_folder;
                    if self.is_media(&path) {
                        self.wait_for(&path);
                    } else {
                        touched.add(path);
                    }
                }
                Some(Signal::Lost) => lost = true,
                Some(Signal::Root) => {
                    // What is watched is that folder, wherever it is now; another may have come to
                    // its place.
                    self.watcher = None;
                    self.watch();
                    lost = true;
                }
                Some(Signal::Limit) => {
                    (self.watcher, self.polling) = (None, Some(Polling::Limit));
                    lost = true;
                }
                None if start.elapsed() >= UNFINISHED || !self.is_unfinished(&touched) => break,
                None => {}
            }
            if start.elapsed() >= GATHERED {
                break;
            }
            signal = self.receiver.recv_timeout(SETTLED).ok();
        }
        if folders && self.watcher.is_some() {
            // Whatever was moved or made there is watched from now on, too.
            self.watch();
        }
        if folders || lost {
            for path in self.suspects().paths() {
                match self.is_media(path) {
                    true => self.wait_for(path),
                    false => touched.add(path.to_owned()),
                }
            }
        }
        (!touched.is_empty()).then_some(touched)
    }

    /// A file or folder of media that is there: what is gone needs no waiting for.
    fn is_media(&self, path: &Path) -> bool {
        path.starts_with("content/media") && self.root.join(path).exists()
    }

    /// Whether an editor seems to be in the middle of replacing one of the files.
    fn is_unfinished(&self, touched: &Touched) -> bool {
        touched.paths().any(|path| {
            let found = std::fs::metadata(self.root.join(path));
            found.map_or(true, |found| found.is_file() && found.len() == 0)
        })
    }

    /// Looks at everything; gives what nobody told.
    fn look(&mut self) -> Option<Touched> {
        self.is_stirred = false;
        if self.is_gone {
            self.watch();
        }
        Some(self.suspects()).filter(|suspects| !suspects.is_empty())
    }

    /// What may have changed since the last look, told or not.
    fn suspects(&mut self) -> Touched {
        let start = Instant::now();
        let census = Census::take(&self.root, &FOLDERS).after(&self.census);
        let suspects = census.suspects(&self.census);
        self.census = census;
        self.look = start.elapsed();
        suspects
    }

    /// Has the system watch the folders that are there. If it cannot, they are polled.
    fn watch(&mut self) {
        let watched = match self.watcher.take() {
            Some(watcher) => Ok(watcher),
            None => {
                let (root, sender) = (self.root.clone(), self.sender.clone());
                notify::recommended_watcher(move |event| signals(&root, event, &sender))
            }
        };
        let watched = watched.and_then(|mut watcher| {
            // The folder itself tells when `content` goes and comes again.
            watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
            for folder in FOLDERS {
                let folder = self.root.join(folder);
                match watcher.watch(&folder, RecursiveMode::Recursive) {
                    // It may come later, of which the folder itself tells.
                    Err(error) if !folder.is_dir() => drop(error),
                    watched => watched?,
                }
            }
            Ok(watcher)
        });
        self.is_gone = watched.is_err() && !self.root.is_dir();
        match watched {
            Err(_) if self.is_gone => {}
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => self.polling = Some(reason(&error)),
        }
    }
}

fn reason(error: &notify::Error) -> Polling {
    match error.kind {
        ErrorKind::MaxFilesWatch => Polling::Limit,
        _ => Polling::Unsupported,
    }
}

fn signals(root: &Path, event: notify::Result<notify::Event>, sender: &Sender<Signal>) {
    // Whoever listened has gone, and so will the watcher.
    let send = |signal| drop(sender.send(signal));
    let at =
        |path: &Path| if path == root { Some(Signal::Root) } else { concern(root, path).map(Signal::Path) };
    match event {
        Err(error) if reason(&error) == Polling::Limit => send(Signal::Limit),
        Err(_) => send(Signal::Lost),
        Ok(event) => {
            if event.need_rescan() {
                send(Signal::Lost);
            }
            // Builds open every file: that somebody reads is no event.
            let is_read = matches!(event.kind, EventKind::Access(access)
                if access != AccessKind::Close(AccessMode::Write));
            if !is_read {
                event.paths.iter().filter_map(|path| at(path)).for_each(send);
            }
        }
    }
}

/// The path below `root`, if a build reads what is there.
fn concern(root: &Path, path: &Path) -> Option<PathBuf> {
    let inside = path.strip_prefix(root).ok()?;
    let mut parts = inside.iter().map(|part| part.to_string_lossy());
    let is_read = FOLDERS.contains(&&*parts.next()?) && !parts.any(|part| part.starts_with('.'));
    let name = inside.file_name()?.to_string_lossy();
    // A folder may be called like a temporary file.
    (is_read && (!is_temporary(&name) || path.is_dir())).then(|| inside.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_make_for_themselves_is_no_concern() {
        let root = Path::new("/kho");
        for path in [
            "content/articles/.a.md.swp",
            "content/articles/4913",
            "content/articles/a.md~",
            "content/articles/.#a.md",
            "content/articles/#a.md#",
            "content/articles/.~lock.a.md#",
            "content/.git/index",
            "content/media/anh.jpg.part",
            "public/index.html",
            ".luutru/preview/index.html",
            "README.md",
        ] {
            assert_eq!(concern(root, &root.join(path)), None, "{path}");
        }
        for path in ["content", "content/site.yaml", "content/articles/a.md", "themes/x/templates/base.html"]
        {
            assert_eq!(concern(root, &root.join(path)), Some(path.into()));
        }
        assert_eq!(concern(root, Path::new("/khac/content/site.yaml")), None);
    }
}
