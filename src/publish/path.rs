//! Paths inside the output folder: plain text, `/` between the parts.
//!
//! What passes `check` can be joined to the output folder without leaving it, is one
//! line of the manifest, and means the same on every file system that takes it.

use std::fmt;

/// Why a text is not a path inside the output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPath {
    /// It is empty, begins or ends with `/`, or has `//` in it.
    EmptyPart,
    /// A part is `.` or `..`.
    Dots,
    /// It has a backslash, which is a separator elsewhere, or a control character.
    Character,
    /// A part is `.luutru`, in capitals or not: that folder is the builder's own.
    Reserved,
    /// It is planned twice.
    Twice,
    /// It is planned as a file, and another path as a file inside it.
    FileAndFolder,
}

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadPath::EmptyPart => "it is absolute, or a part of it is empty",
            BadPath::Dots => "it has `.` or `..` as a part",
            BadPath::Character => "it has a backslash or a control character",
            BadPath::Reserved => "`.luutru` is reserved",
            BadPath::Twice => "it is planned twice",
            BadPath::FileAndFolder => "it is planned as a file and as a folder",
        })
    }
}

/// Whether `path` stays inside the folder that it is joined to. Needs no disk.
pub(super) fn check(path: &str) -> Result<(), BadPath> {
    if path.bytes().any(|byte| byte == b'\\' || byte.is_ascii_control()) {
        return Err(BadPath::Character);
    }
    for part in path.split('/') {
        match part {
            "" => return Err(BadPath::EmptyPart),
            "." | ".." => return Err(BadPath::Dots),
            _ if part.eq_ignore_ascii_case(".luutru") => return Err(BadPath::Reserved),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_inside_its_folder() {
        for path in ["index.html", "nam/2023/05.html", "media/Ảnh (1).jpg", ".well-known/x", "a..b", "..."]
        {
            assert_eq!(check(path), Ok(()), "{path}");
        }
        for (path, reason) in [
            ("", BadPath::EmptyPart),
            ("/etc/passwd", BadPath::EmptyPart),
            ("a//b", BadPath::EmptyPart),
            ("a/", BadPath::EmptyPart),
            ("../a", BadPath::Dots),
            ("a/../../b", BadPath::Dots),
            ("./a", BadPath::Dots),
            ("a\\..\\b", BadPath::Character),
            ("a\nb", BadPath::Character),
            ("a\0b", BadPath::Character),
            (".luutru/manifest", BadPath::Reserved),
            ("a/.Luutru", BadPath::Reserved),
        ] {
            assert_eq!(check(path), Err(reason), "{path}");
        }
    }
}
