//! Media: which files may be published, and their digests.
//!
//! Only kinds that a browser shows without running anything; a drawing that could run
//! something is refused rather than mended. Files are streamed, never held in memory.

use std::fs::File;
use std::path::Path;

use rayon::prelude::*;

use crate::diagnostic::{Checked, Code, Diagnostic, Span};
use crate::digest::Digest;
use crate::publish::Asset;
use crate::source::{LARGEST_TEXT, Media, locate, read_text};

/// Endings that are published, in lower case.
const KINDS: [&str; 27] = [
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
        match read_text(root, &file.path) {
            Err(diagnostic) => return refuse(*diagnostic),
            Ok(text) => {
                if let Some(what) = unsafe_part(&text) {
                    return refuse(
                        Diagnostic::new(Code::UnsafeSvg, &file.path, Span::default())
                            .with("what", what)
                            .help("unsafe-svg.help", &[]),
                    );
                }
            }
        }
    }
    let from = locate(root, &file.path);
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

/// The first thing in a drawing that could run or fetch something.
fn unsafe_part(svg: &str) -> Option<&'static str> {
    let lower: String = svg.to_ascii_lowercase();
    // Entities could spell any of the words below; a plain drawing declares none.
    let words = [
        "<script",
        "<foreignobject",
        "<iframe",
        "<embed",
        "<object",
        "<handler",
        "<!entity",
        "<?xml-stylesheet",
        "javascript:",
        "data:text/html",
        "@import",
        "<animate",
        "<set",
    ];
    if let Some(word) = words.into_iter().find(|word| lower.contains(word)) {
        return Some(word);
    }
    // In any tag, an attribute that begins with "on" is a handler.
    let handler = lower.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/')).any(|word| {
        word.split_once('=')
            .map_or(word, |(name, _)| name)
            .trim()
            .strip_prefix("on")
            .is_some_and(|rest| rest.len() > 2 && rest.bytes().all(|b| b.is_ascii_alphabetic()))
            && word.contains('=')
    });
    if handler {
        return Some("on…=");
    }
    for (at, _) in lower.match_indices("href") {
        let value =
            lower[at + 4..].trim_start().trim_start_matches('=').trim_start().trim_start_matches(['"', '\'']);
        if !value.starts_with('#') && !value.starts_with("data:image/") {
            return Some("href");
        }
    }
    for (at, _) in lower.match_indices("url(") {
        let value = lower[at + 4..].trim_start().trim_start_matches(['"', '\'']);
        if !value.starts_with('#') {
            return Some("url()");
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::unsafe_part;

    #[test]
    fn drawings_that_run_or_fetch_something_are_refused() {
        for svg in [
            "<svg><script>x</script></svg>",
            "<svg onload=\"x()\"/>",
            "<svg><a href='javascript:x'/></svg>",
            "<svg><image href=\"https://evil.example/x.png\"/></svg>",
            "<svg><rect style=\"fill:url(https://evil.example)\"/></svg>",
            "<!DOCTYPE svg [<!ENTITY x \"y\">]><svg>&x;</svg>",
            "<svg><foreignObject/></svg>",
        ] {
            assert!(unsafe_part(svg).is_some(), "{svg}");
        }
        assert_eq!(
            unsafe_part(
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><use href=\"#a\"/><path d=\"M1 1\"/></svg>"
            ),
            None
        );
    }
}
