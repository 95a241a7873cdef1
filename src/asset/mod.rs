//! Media: which files may be published, and their digests.
//!
//! Only kinds that a browser shows without running anything; a drawing that could run
//! something is refused rather than mended. Files are streamed, never held in memory.

mod svg;

use std::fs::File;
use std::path::Path;

use rayon::prelude::*;

use crate::diagnostic::{Checked, Code, Diagnostic, Span};
use crate::digest::Digest;
use crate::publish::Asset;
use crate::source::{LARGEST_TEXT, Media, read_text};

/// Endings of files that are published, in lower case.
pub const KINDS: [&str; 27] = [
    "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx",
    "odt", "ods", "odp", "txt", "csv", "mp3", "m4a", "ogg", "opus", "wav", "mp4", "webm", "epub",
];

/// The media files as they will be published, in the order of `media`.
pub fn check(root: &Path, media: &[Media]) -> Checked<Vec<Asset>> {
    let checked: Vec<Checked<Option<Asset>>> = media.par_iter().map(|file| check_one(root, file)).collect();
    let mut all = Checked { value: Vec::with_capacity(media.len()), diagnostics: Vec::new() };
    for one in checked {
        all.value.extend(one.value);
        all.diagnostics.extend(one.diagnostics);
    }
    all
}

fn check_one(root: &Path, file: &Media) -> Checked<Option<Asset>> {
    let refuse = |diagnostic| Checked { value: None, diagnostics: vec![diagnostic] };
    if file.path.contains(|c: char| c.is_control() || c == '\\') {
        let address = file.path.escape_debug().to_string();
        return refuse(
            Diagnostic::new(Code::BadAddress, &file.path, Span::default())
                .text("bad-address.media")
                .with("address", address)
                .help("bad-address.help-media", &[]),
        );
    }
    let ending = file.path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if !KINDS.contains(&&*ending) {
        return refuse(
            Diagnostic::new(Code::ForbiddenMedia, &file.path, Span::default())
                .help("forbidden-media.help", &[("kinds", &KINDS.join(", "))]),
        );
    }
    if ending == "svg" {
        if file.len > LARGEST_TEXT {
            return refuse(
                Diagnostic::new(Code::FileTooLarge, &file.path, Span::default())
                    .with("size", file.len >> 20)
                    .with("limit", LARGEST_TEXT >> 20),
            );
        }
        match read_text(root, &file.path, &file.file) {
            Err(diagnostic) => return refuse(*diagnostic),
            Ok(text) => {
                if let Some((what, span)) = svg::unsafe_part(&text) {
                    return refuse(
                        Diagnostic::new(Code::UnsafeSvg, &file.path, span)
                            .with("what", what)
                            .help("unsafe-svg.help", &[]),
                    );
                }
            }
        }
    }
    let from = root.join(&file.file);
    match File::open(&from).and_then(Digest::of_reader) {
        Ok((digest, len)) => {
            let to = file.path.strip_prefix("content/").unwrap_or(&file.path).to_owned();
            Checked::clean(Some(Asset { from, to, len, digest }))
        }
        Err(error) => refuse(
            Diagnostic::new(Code::UnreadableFile, &file.path, Span::default())
                .with("reason", error.to_string()),
        ),
    }
}
