//! Media: which files may be published, their digests, and how large pictures are.
//!
//! Only kinds that a browser shows without running anything; a drawing that could run
//! something is refused rather than mended. Files are streamed, never held in memory. A picture
//! whose size cannot be told has none: that is no mistake.

mod size;
mod svg;

use std::fs::File;
use std::path::Path;

use rayon::prelude::*;

use crate::diagnostic::{Checked, Code, Diagnostic, Span};
use crate::digest::Digest;
use crate::page::{Picture, PictureSize};
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
    size: Option<PictureSize>,
    is_stale: bool,
}

/// The media of a site.
#[derive(Debug, Default)]
pub struct Found {
    /// Files as they will be published, in the order of the listing.
    pub assets: Vec<Asset>,
    /// Pictures among them whose size can be told, by address.
    pub pictures: Vec<Picture>,
}

impl Memo {
    /// Has what was touched read again when it is next asked for.
    pub fn forget(&mut self, touched: &Touched) {
        touched.mark(&mut self.0, |known| &known.media.file, |known| known.is_stale = true);
    }

    /// What will be published of the media files listed.
    pub fn check(&mut self, root: &Path, media: &[Media]) -> Checked<Found> {
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
                let (checked, size) = check_one(root, file);
                // It may be readable by the next build, of which nobody tells.
                let is_stale = checked.diagnostics.iter().any(|found| found.code == Code::UnreadableFile);
                Known { media: file.clone(), checked, size, is_stale }
            };
            known.unwrap_or_else(fresh)
        };
        self.0 = (media, known).into_par_iter().map(check).collect();
        let mut all = Checked::clean(Found::default());
        for Known { checked, size, .. } in &self.0 {
            if let Some(asset) = &checked.value {
                all.value.pictures.extend(size.map(|size| Picture { url: asset.to.clone(), size }));
                all.value.assets.push(asset.clone());
            }
            all.diagnostics.extend(checked.diagnostics.iter().cloned());
        }
        all.value.pictures.sort_by(|a, b| a.url.cmp(&b.url));
        all
    }
}

fn check_one(root: &Path, file: &Media) -> (Checked<Option<Asset>>, Option<PictureSize>) {
    let refuse = |diagnostic| (Checked { value: None, diagnostics: vec![diagnostic] }, None);
    let mut size = None;
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
            Ok(text) => match svg::read(&text) {
                Ok(drawn) => size = drawn,
                Err((what, span)) => {
                    return refuse(
                        Diagnostic::new(Code::UnsafeSvg, &file.path, span)
                            .with("what", what)
                            .help("unsafe-svg.help", &[]),
                    );
                }
            },
        }
    }
    let from = root.join(&file.file);
    let read = File::open(&from).and_then(|mut opened| {
        if size::KINDS.contains(&&*ending) {
            size = size::of(&mut opened)?;
        }
        Digest::of_reader(opened)
    });
    match read {
        Ok((digest, len)) => {
            let to = file.path.strip_prefix("content/").unwrap_or(&file.path).to_owned();
            (Checked::clean(Some(Asset { from, to, len, digest })), size)
        }
        Err(error) => refuse(
            Diagnostic::new(Code::UnreadableFile, &file.path, Span::default())
                .with("reason", error.to_string()),
        ),
    }
}
