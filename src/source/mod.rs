//! Source files: what is in `content/`, and the text of each.
//!
//! `scan` lists the folder once, in the order of paths, so that nothing downstream
//! depends on the order of a directory. Texts are read one at a time, checked to be
//! UTF-8, put into NFC and handed on; a build never holds them all.
//!
//! `Sources::look_again` brings a listing up to date where something may have changed, and
//! `Census` tells where that is when nobody else does. Not here: what a text means. No stage
//! but this one reads `content/`.

mod census;
mod touched;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic, SourcePath, Span};
use crate::vi;

pub use census::Census;
pub use touched::Touched;

use touched::is_at_or_below;

/// Largest text file that is read. The longest press feature is a hundredth of it.
pub const LARGEST_TEXT: u64 = 8 << 20;

/// What a text file describes, by the folder it lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `articles/**`.
    Article,
    /// `directives/`.
    Directive,
    /// `units/`.
    Unit,
    /// `localities/`.
    Locality,
    /// `publishers/`.
    Publisher,
    /// `pages/`.
    Page,
}

impl Kind {
    /// All kinds, in the order of this enum.
    pub const ALL: [Kind; 6] =
        [Kind::Article, Kind::Directive, Kind::Unit, Kind::Locality, Kind::Publisher, Kind::Page];

    /// Its folder below `content/`.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Article => "articles",
            Kind::Directive => "directives",
            Kind::Unit => "units",
            Kind::Locality => "localities",
            Kind::Publisher => "publishers",
            Kind::Page => "pages",
        }
    }
}

/// A text file that exists; not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the site's folder, in NFC: for addresses and messages.
    pub path: SourcePath,
    /// Relative to the site's folder, as the file system spells it.
    pub file: PathBuf,
    /// By its folder.
    pub kind: Kind,
}

/// A file under `content/media/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// Relative to the site's folder, in NFC, e.g. `content/media/2023/a.jpg`.
    pub path: SourcePath,
    /// Relative to the site's folder, as the file system spells it.
    pub file: PathBuf,
    /// Bytes.
    pub len: u64,
}

/// Everything in `content/`, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Text files of the six kinds.
    pub entries: Vec<Entry>,
    /// Media files.
    pub media: Vec<Media>,
    /// What is wrong with the listing, each with the path that it is about.
    pub found: Vec<(PathBuf, Diagnostic)>,
}

/// One text file.
#[derive(Debug)]
pub struct Source {
    /// Relative to the site's folder.
    pub path: SourcePath,
    /// By its folder.
    pub kind: Kind,
    /// The text in NFC, without a byte order mark. Spans are bytes of this text.
    pub text: String,
}

/// A failing machine.
#[derive(Debug)]
pub enum Error {
    /// The site's folder has no `content/`.
    NoContent(PathBuf),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::NoContent(dir) => write!(f, "`{}` has no folder `content`", dir.display()),
        }
    }
}

/// Lists `root/content/`. Hidden files, editors' backups and temporary files are passed
/// over; symbolic links are reported and not followed; so is what has no place.
pub fn scan(root: &Path) -> Result<Sources, Error> {
    let content = root.join(CONTENT);
    if !content.is_dir() {
        return Err(Error::NoContent(root.to_owned()));
    }
    let mut sources = Sources::default();
    sources.list(root, &content);
    sources.sort();
    Ok(sources)
}

/// The folder of what is published, within a site's.
const CONTENT: &str = "content";

impl Sources {
    /// Lists again what was touched; the rest is taken to stand as it was listed. The outcome is
    /// that of `scan`. Cost: 3 ns an entry for each path, and what lies there; of many paths, a
    /// whole listing.
    pub fn look_again(&mut self, root: &Path, touched: &Touched) -> Result<(), Error> {
        let Some(paths) = touched.few().filter(|_| root.join(CONTENT).is_dir()) else {
            *self = scan(root)?;
            return Ok(());
        };
        let inside = paths.iter().filter(|path| path.starts_with(CONTENT));
        if paths.iter().any(|path| is_at_or_below(Path::new(CONTENT), path)) {
            *self = scan(root)?;
            return Ok(());
        }
        for path in inside {
            let stays = |file: &Path| !is_at_or_below(file, path);
            self.entries.retain(|entry| stays(&entry.file));
            self.media.retain(|media| stays(&media.file));
            self.found.retain(|(file, _)| stays(file));
            let full = root.join(path);
            if is_reached(root, path) && fs::symlink_metadata(&full).is_ok() {
                self.list(root, &full);
            }
        }
        self.sort();
        Ok(())
    }

    fn list(&mut self, root: &Path, start: &Path) {
        let is_content = start == root.join(CONTENT);
        let walk = WalkDir::new(start)
            .follow_root_links(is_content)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| (is_content && entry.depth() == 0) || !is_passed_over(entry));
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let at = error.path().unwrap_or(start);
                    let reason = error.io_error().map_or_else(|| error.to_string(), io_reason);
                    self.report(root, at, unreadable(&relative(root, at), &reason));
                    continue;
                }
            };
            let path = relative(root, entry.path());
            if entry.file_type().is_symlink() {
                let link = Diagnostic::new(Code::Symlink, &path, Span::default()).help("symlink.help", &[]);
                self.report(root, entry.path(), link);
            } else if entry.file_type().is_file() && entry.file_name().to_str().is_some() {
                self.place(root, &path, &entry);
            } else if !entry.file_type().is_dir() {
                self.report(root, entry.path(), unexpected(&path));
            }
        }
    }

    fn report(&mut self, root: &Path, at: &Path, diagnostic: Diagnostic) {
        self.found.push((at.strip_prefix(root).unwrap_or(at).to_owned(), diagnostic));
    }

    /// By bytes of the whole path: `walkdir` sorts within each folder.
    fn sort(&mut self) {
        self.entries.sort_by(|a, b| (&a.path, &a.file).cmp(&(&b.path, &b.file)));
        self.media.sort_by(|a, b| (&a.path, &a.file).cmp(&(&b.path, &b.file)));
        self.found.sort_by(|a, b| a.0.cmp(&b.0));
    }

    fn place(&mut self, root: &Path, path: &SourcePath, entry: &walkdir::DirEntry) {
        let inside = path.strip_prefix("content/").unwrap_or(path);
        if inside == "site.yaml" || inside == "addresses.txt" {
            return;
        }
        let file = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_owned();
        let (folder, rest) = inside.split_once('/').unwrap_or(("", inside));
        if folder == "media" {
            match entry.metadata() {
                Ok(metadata) => self.media.push(Media { path: path.clone(), file, len: metadata.len() }),
                Err(error) => self.report(root, entry.path(), unreadable(path, &error.to_string())),
            }
            return;
        }
        let kind = Kind::ALL.into_iter().find(|kind| kind.folder() == folder);
        match kind {
            Some(kind) if rest.ends_with(".md") && (kind == Kind::Article || !rest.contains('/')) => {
                self.entries.push(Entry { path: path.clone(), file, kind });
            }
            _ => self.report(root, entry.path(), unexpected(path)),
        }
    }
}

/// Whether a walk from `content/` comes to a path: no folder on the way is hidden or a link.
fn is_reached(root: &Path, path: &Path) -> bool {
    let above = path
        .ancestors()
        .skip(1)
        .filter(|folder| folder.starts_with(CONTENT) && *folder != Path::new(CONTENT));
    for folder in above {
        let is_hidden = folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_hidden || !fs::symlink_metadata(root.join(folder)).is_ok_and(|found| found.is_dir()) {
            return false;
        }
    }
    true
}

impl Entry {
    /// Reads the file below `root`. `None` and a diagnostic if it cannot be read as text.
    pub fn read(&self, root: &Path) -> Result<Source, Box<Diagnostic>> {
        let text = read_text(root, &self.path, &self.file)?;
        if text.trim().is_empty() {
            return Err(Box::new(
                Diagnostic::new(Code::EmptyFile, &self.path, Span::default()).help("empty-file.help", &[]),
            ));
        }
        Ok(Source { path: self.path.clone(), kind: self.kind, text })
    }
}

/// The text of `root/file` in NFC without a byte order mark, or what is wrong with it;
/// `path` is the file's name in messages.
pub fn read_text(root: &Path, path: &SourcePath, file: &Path) -> Result<String, Box<Diagnostic>> {
    let mut bytes = Vec::new();
    let full = root.join(file);
    let read = open(&full).and_then(|file| {
        // Room for all and for the byte that would be one too many.
        let len = file.metadata().map_or(0, |metadata| metadata.len());
        bytes.reserve_exact(len.min(LARGEST_TEXT) as usize + 1);
        file.take(LARGEST_TEXT + 1).read_to_end(&mut bytes)
    });
    if let Err(error) = read {
        return Err(Box::new(unreadable(path, &io_reason(&error))));
    }
    if bytes.len() as u64 > LARGEST_TEXT {
        let mega = fs::metadata(&full).map_or(0, |metadata| metadata.len().div_ceil(1 << 20));
        return Err(Box::new(
            Diagnostic::new(Code::FileTooLarge, path, Span::default())
                .with("size", mega)
                .with("limit", LARGEST_TEXT >> 20),
        ));
    }
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            // The text before the bad byte is sound, so its place can be shown.
            let valid = error.utf8_error().valid_up_to();
            return Err(Box::new(
                Diagnostic::new(Code::InvalidUtf8, path, Span::new(valid, valid))
                    .help("invalid-utf8.help", &[]),
            ));
        }
    };
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    if vi::is_plain(&text) {
        return Ok(text);
    }
    if let std::borrow::Cow::Owned(normal) = vi::nfc(&text) {
        text = normal;
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    if let Some((at, c)) = text.char_indices().find(|(_, c)| vi::is_forbidden(*c)) {
        return Err(Box::new(
            Diagnostic::new(Code::ControlCharacter, path, Span::new(at, at + c.len_utf8()))
                .with("character", format!("U+{:04X}", c as u32)),
        ));
    }
    Ok(text)
}

/// Opens a file of a site. What is neither file nor folder is refused: to open a named pipe is to
/// wait for its other end, and a device may have none.
fn open(path: &Path) -> io::Result<File> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_file() || kind.is_dir() {
        return File::open(path);
    }
    Err(io::ErrorKind::InvalidInput.into())
}

impl Sources {
    /// The text of a file to show a place in: what is no UTF-8 is replaced behind that
    /// place. `None` if there is nothing to show.
    pub fn text_to_show(&self, root: &Path, path: &str) -> Option<String> {
        let entry = self.entries.binary_search_by(|entry| (*entry.path).cmp(path)).ok();
        let file = entry.map_or(Path::new(path), |index| &self.entries[index].file);
        read_text(root, &path.into(), file).ok().or_else(|| {
            let mut bytes = Vec::new();
            open(&root.join(file)).ok()?.take(LARGEST_TEXT).read_to_end(&mut bytes).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        })
    }
}

/// Whether editors, systems and copy programs make files of that name for themselves.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.starts_with("~$")
        || matches!(name, "Thumbs.db" | "desktop.ini" | "4913")
        || [".swp", ".swx", ".tmp", ".bak", ".orig", ".part", ".crdownload"]
            .iter()
            .any(|end| name.to_ascii_lowercase().ends_with(end))
}

/// Hidden files and folders, and files that others make for themselves.
fn is_passed_over(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    if entry.file_type().is_dir() { name.starts_with('.') } else { is_temporary(&name) }
}

fn unexpected(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(Code::UnexpectedFile, path, Span::default()).help("unexpected-file.help", &[])
}

fn unreadable(path: &SourcePath, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, path, Span::default()).with("reason", reason)
}

fn io_reason(error: &io::Error) -> String {
    error.to_string()
}

fn relative(root: &Path, path: &Path) -> SourcePath {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().nfc().collect()).collect();
    parts.join("/").into()
}
