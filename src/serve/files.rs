//! Files below the root: which one an address names, what it is, and its tag.
//!
//! Every look goes to the disk anew, the root included: a build replaces files, and may
//! replace the folder. Links are followed as far as they stay below the root and end at
//! something that an address could name.
//!
//! Not here: what is done to a page (`page`).

use std::{
    fs::{File, Metadata},
    io,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use super::address::Address;

/// Content types by ending, sorted. Text is UTF-8, since `luutru` reads and writes no other.
const KINDS: [(&str, &str); 40] = [
    ("avif", "image/avif"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("epub", "application/epub+zip"),
    ("geojson", "application/geo+json; charset=utf-8"),
    ("gif", "image/gif"),
    ("htm", HTML),
    ("html", HTML),
    ("ico", "image/vnd.microsoft.icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("jsonl", "application/jsonl; charset=utf-8"),
    ("m4a", "audio/mp4"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml; charset=utf-8"),
];

/// The content type of pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// A file that is open, with what is known without reading it.
pub(super) struct Opened {
    pub(super) file: File,
    pub(super) len: u64,
    pub(super) stamp: String,
}

/// Opens the file at `address`; none if there is none that may be seen. Fails if there is
/// one that cannot be read.
pub(super) fn open(root: &Path, address: &Address) -> io::Result<Option<Opened>> {
    let Some(path) = locate(root, address) else { return Ok(None) };
    let file = match File::open(path) {
        // Gone since we looked: a build is replacing it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let metadata = file.metadata()?;
    Ok(Some(Opened { file, len: metadata.len(), stamp: stamp(&metadata) }))
}

/// The stamp of the file at `address`; none if there is none that may be seen.
pub(super) fn stamp_of(root: &Path, address: &Address) -> Option<String> {
    Some(stamp(&locate(root, address)?.metadata().ok()?))
}

/// The content type of the file at `address`, by its ending.
pub(super) fn kind(address: &Address) -> &'static str {
    match KINDS.binary_search_by(|(ending, _)| (*ending).cmp(address.ending().as_str())) {
        Ok(found) => KINDS[found].1,
        Err(_) => "application/octet-stream",
    }
}

/// Where the file at `address` really stands.
///
/// Only a regular file counts: a folder has no listing, and to open a named pipe is to
/// wait for its other end.
fn locate(root: &Path, address: &Address) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let mut path = root.clone();
    path.extend(address.as_str().split('/'));
    let path = path.canonicalize().ok()?;
    let inside = path.strip_prefix(&root).ok()?;
    let is_hidden = inside.components().any(|name| name.as_os_str().as_encoded_bytes().starts_with(b"."));
    (!is_hidden && path.is_file()).then_some(path)
}

/// What changes with the bytes of a file, as published: every new file there is renamed
/// into place, and so has an inode of its own. The bytes themselves would do better, at the
/// price of reading a whole video before its first second is shown.
fn stamp(metadata: &Metadata) -> String {
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let modified = modified.map_or(0, |since| since.as_nanos());
    format!("{:x}-{modified:x}-{:x}", metadata.len(), inode(metadata))
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset;

    fn kind_of(ending: &str) -> &'static str {
        kind(&Address::of(&format!("/a.{ending}")).expect("an address"))
    }

    #[test]
    fn kinds_are_sorted_by_their_endings() {
        assert!(KINDS.is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn all_media_that_may_be_published_have_a_kind() {
        for ending in asset::KINDS {
            assert_ne!(kind_of(ending), "application/octet-stream", "{ending}");
        }
    }

    #[test]
    fn text_says_how_it_is_encoded() {
        for ending in ["html", "xml", "css", "js", "json", "txt", "csv", "svg", "HTML"] {
            assert!(kind_of(ending).ends_with("; charset=utf-8"), "{ending}");
        }
    }

    #[test]
    fn what_has_no_known_ending_is_bytes() {
        for name in ["/a", "/a.", "/a.exe", "/html", "/a.html/b"] {
            let address = Address::of(name).expect("an address");
            assert_eq!(kind(&address), "application/octet-stream", "{name}");
        }
    }
}
