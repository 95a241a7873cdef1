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
use crate::source::{LARGEST_TEXT, Media, Touched, read_text};

/// Endings of files that are published, in lower case.
pub const KINDS: [&str; 27] = [
    "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx",
    "odt", "ods", "odp", "txt", "csv", "mp3", "m4a", "ogg", "opus", "wav", "mp4", "webm", "epub",
];

/// The media files that were checked, each to be read again only when it was touched.
#[derive(Default)]
pub struct Memo(Vec<Known>);

struct Known {
    media: Media,
    checked: Checked<Option<Asset>>,
    is_stale: bool,
}

impl Memo {
    /// Has what was touched read again when it is next asked for.
    pub fn forget(&mut self, touched: &Touched) {
        touched.mark(&mut self.0, |known| &known.media.file, |known| known.is_stale = true);
    }

    /// The media files as they will be published, in the order of `media`.
    pub fn check(&mut self, root: &Path, media: &[Media]) -> Checked<Vec<Asset>> {
        let mut known = std::mem::take(&mut self.0).into_iter().peekable();
        let is_before = |a: &Media, b: &Media| (&a.path, &a.file) < (&b.path, &b.file);
        let known: Vec<Option<Known>> = media
            .iter()
            .map(|file| {
                while known.next_if(|known| is_before(&known.media, file)).is_some() {}
                known.next_if(|known| known.media == *file).filter(|known| !known.is_stale)
            })
            .collect();
        let check = |(file, known): (&Media, Option<Known>)| {
            let fresh = || {
                let checked = check_one(root, file);
                // It may be readable by the next build, of which nobody tells.
                let is_stale = checked.diagnostics.iter().any(|found| found.code == Code::UnreadableFile);
                Known { media: file.clone(), checked, is_stale }
            };
            known.unwrap_or_else(fresh)
        };
        self.0 = (media, known).into_par_iter().map(check).collect();
        let mut all = Checked { value: Vec::with_capacity(media.len()), diagnostics: Vec::new() };
        for Known { checked, .. } in &self.0 {
            all.value.extend(checked.value.clone());
            all.diagnostics.extend(checked.diagnostics.iter().cloned());
        }
        all
    }
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
                    .with("size", file.len.div_ceil(1 << 20))
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
