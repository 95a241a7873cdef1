//! The manifest: what `luutru` has written into an output folder.
//!
//! A file is ours when the manifest lists its path and its bytes have a digest listed
//! there. A line has one digest when the build that wrote it ended, two while a build
//! was under way (the bytes before and after), none for a folder we made:
//!
//! ```text
//! luutru manifest 1
//! - bai-viet/
//! 5d39…0c bai-viet/a.html
//! 81fe…77+99aa…7f index.html
//! end 0b1c…e4
//! ```
//!
//! Lines ascend by the bytes of their path; the last digests all lines above it.
//! A manifest that does not read back exactly is refused: to guess at it would be to
//! guess what may be deleted.

use std::{
    io::{self, Read, Write},
    ops::Range,
    path::Path,
};

use super::path;
use crate::digest::{Digest, Hasher};

/// The first line; a later format has another number, and is refused by this version.
const HEADER: &str = "luutru manifest 1";

/// A manifest as read: one text, and where its lines are.
#[derive(Default)]
pub(super) struct Manifest {
    text: String,
    entries: Vec<Entry>,
    /// The digest in the last line; `None` when there was no manifest.
    seal: Option<Digest>,
}

/// The digests that the bytes at a path may have and still be ours.
pub(super) type Digests = [Option<Digest>; 2];

/// One line, to be written or as read. The path of a folder ends in `/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) path: &'a str,
    pub(super) digests: Digests,
}

impl Manifest {
    /// Reads the manifest at `path`; a missing one lists nothing. The inner error says
    /// why the text is not a manifest.
    pub(super) fn read(path: &Path) -> io::Result<Result<Manifest, String>> {
        match std::fs::File::open(path) {
            Ok(mut file) => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes)?;
                Ok(match String::from_utf8(bytes) {
                    Ok(text) => Manifest::parse(text),
                    Err(_) => Err("it is not UTF-8".to_owned()),
                })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Ok(Manifest::default())),
            Err(error) => Err(error),
        }
    }

    /// The manifest of `lines`, which ascend by path, as if it had never been written.
    pub(super) fn of<'a>(lines: impl Iterator<Item = Line<'a>>) -> Manifest {
        let (mut text, mut entries) = (String::new(), Vec::new());
        for line in lines {
            let start = text.len() as u32;
            text.push_str(line.path);
            entries.push(Entry { path: start..text.len() as u32, digests: line.digests });
        }
        Manifest { text, entries, seal: None }
    }

    /// The same lines, known to be those of the file whose last line has `seal`.
    pub(super) fn sealed(self, seal: Option<Digest>) -> Manifest {
        Manifest { seal, ..self }
    }

    /// The digest in the last line of the file; `None` when there is no file.
    pub(super) fn seal(&self) -> Option<Digest> {
        self.seal
    }

    /// Every line, ascending by path.
    pub(super) fn lines(&self) -> impl ExactSizeIterator<Item = Line<'_>> {
        (0..self.entries.len()).map(|index| self.line(index))
    }

    /// The line at `index`, as counted by `lines`.
    pub(super) fn line(&self, index: usize) -> Line<'_> {
        let entry = &self.entries[index];
        Line { path: &self.text[entry.path.start as usize..entry.path.end as usize], digests: entry.digests }
    }

    /// The line of `path`, if it is listed.
    pub(super) fn find(&self, path: &str) -> Option<Line<'_>> {
        let text = |entry: &Entry| &self.text[entry.path.start as usize..entry.path.end as usize];
        let index = self.entries.binary_search_by(|entry| text(entry).cmp(path)).ok()?;
        Some(self.line(index))
    }

    /// Whether writing `lines` would give this manifest again.
    pub(super) fn is(&self, lines: &[Line]) -> bool {
        self.seal == Some(seal(lines)) && self.entries.len() == lines.len()
    }

    fn parse(text: String) -> Result<Manifest, String> {
        let (body, seal) = unsealed(&text).ok_or("it is cut short or was changed")?;
        if body.len() > u32::MAX as usize {
            return Err("it is larger than 4 GiB".to_owned());
        }
        let mut entries: Vec<Entry> = Vec::new();
        let mut start = HEADER.len() + 1;
        let mut last = "";
        for (number, line) in body[start..].lines().enumerate() {
            let (digests, path) =
                fields(line).ok_or_else(|| format!("line {} is not `digest path`", number + 2))?;
            if path <= last {
                return Err(format!("line {} is out of order", number + 2));
            }
            last = path;
            let end = start + line.len();
            entries.push(Entry { path: (end - path.len()) as u32..end as u32, digests });
            start = end + 1;
        }
        Ok(Manifest { text, entries, seal: Some(seal) })
    }
}

/// What a journal names that continues the manifest of that seal. One that is not there
/// lists what an empty one does.
pub(super) fn base(of: Option<Digest>) -> Digest {
    of.unwrap_or_else(|| seal(&[]))
}

/// Writes the manifest that lists `lines`, which ascend by path.
pub(super) fn write(lines: &[Line], mut to: impl Write) -> io::Result<()> {
    let mut hasher = Hasher::default();
    write_body(lines, &mut Tee(&mut hasher, &mut to))?;
    writeln!(to, "end {}", hasher.digest())
}

/// Bytes 0..16 of a digest stay what they are, so an entry is 42 bytes, not 64.
struct Entry {
    path: Range<u32>,
    digests: Digests,
}

struct Tee<'a, W>(&'a mut Hasher, W);

impl<W: Write> Write for Tee<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.1.write_all(bytes)?;
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.1.flush()
    }
}

/// The digest in the last line of the manifest that lists `lines`.
pub(super) fn seal(lines: &[Line]) -> Digest {
    let mut hasher = Hasher::default();
    // A hasher takes every byte it is given.
    write_body(lines, &mut hasher).unwrap_or_default();
    hasher.digest()
}

fn write_body(lines: &[Line], to: &mut impl Write) -> io::Result<()> {
    let mut text = Vec::with_capacity(256);
    writeln!(to, "{HEADER}")?;
    for line in lines {
        text.clear();
        push_fields(&mut text, line.digests, line.path);
        to.write_all(&text)?;
    }
    Ok(())
}

/// Appends `digests path` and the end of the line; `fields` reads it.
pub(super) fn push_fields(text: &mut Vec<u8>, digests: Digests, path: &str) {
    let [first, second] = digests.map(|digest| digest.map(Digest::hex));
    text.extend_from_slice(first.as_ref().map_or(b"-", |hex| hex));
    if let Some(second) = &second {
        text.push(b'+');
        text.extend_from_slice(second);
    }
    text.push(b' ');
    text.extend_from_slice(path.as_bytes());
    text.push(b'\n');
}

/// The text above the last line, if that line seals it.
fn unsealed(text: &str) -> Option<(&str, Digest)> {
    let inner = text.strip_suffix('\n')?;
    let (body, last) = text.split_at(inner.rfind('\n')? + 1);
    let seal = last.strip_prefix("end ")?.strip_suffix('\n')?.parse().ok()?;
    let ours = body.strip_prefix(HEADER)?.starts_with('\n') && Digest::of(body.as_bytes()) == seal;
    ours.then_some((body, seal))
}

/// The digests and the path of a line, if it is one.
pub(super) fn fields(line: &str) -> Option<(Digests, &str)> {
    let (digests, name) = line.split_once(' ')?;
    // Paths are checked on the way in too: a manifest that came with somebody's
    // archive must not lead out of the folder either.
    let is_folder = name.ends_with('/');
    path::check(name.strip_suffix('/').unwrap_or(name)).ok()?;
    if digests == "-" {
        return is_folder.then_some(([None; 2], name));
    }
    let digests = match digests.split_once('+') {
        Some((before, after)) => [Some(before.parse().ok()?), Some(after.parse().ok()?)],
        None => [Some(digests.parse().ok()?), None],
    };
    (!is_folder).then_some((digests, name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(bytes: &[u8]) -> Result<Manifest, String> {
        Manifest::parse(String::from_utf8(bytes.to_vec()).map_err(|error| error.to_string())?)
    }

    fn written(lines: &[Line]) -> Vec<u8> {
        let mut text = Vec::new();
        write(lines, &mut text).unwrap();
        text
    }

    /// Any text under a right seal.
    fn sealed(body: &str) -> Vec<u8> {
        format!("{body}end {}\n", Digest::of(body.as_bytes())).into_bytes()
    }

    fn sample() -> Vec<(String, Digests)> {
        let [a, b] = [Digest::of(b"a"), Digest::of(b"b")];
        vec![
            ("bai-viet/".to_owned(), [None; 2]),
            ("bai-viet/a.html".to_owned(), [Some(a), None]),
            ("media/Ảnh hội nghị.jpg".to_owned(), [Some(a), Some(b)]),
        ]
    }

    fn lines(of: &[(String, Digests)]) -> Vec<Line<'_>> {
        of.iter().map(|(path, digests)| Line { path, digests: *digests }).collect()
    }

    #[test]
    fn what_is_written_reads_back() {
        for list in [vec![], sample()] {
            let manifest = parse(&written(&lines(&list))).unwrap();
            assert_eq!(manifest.lines().collect::<Vec<_>>(), lines(&list));
            assert!(manifest.is(&lines(&list)));
        }
    }

    #[test]
    fn an_absent_manifest_is_not_an_empty_one() {
        assert!(!Manifest::default().is(&[]));
    }

    #[test]
    fn a_cut_manifest_is_refused_wherever_it_was_cut() {
        let list = sample();
        let text = written(&lines(&list));
        for end in 0..text.len() {
            assert!(parse(&text[..end]).is_err(), "{end}");
        }
    }

    #[test]
    fn a_sealed_text_that_is_no_manifest_is_refused() {
        let digest = Digest::of(b"");
        for (body, reason) in [
            ("", "it is cut short or was changed"),
            ("luutru manifest 2\n", "it is cut short or was changed"),
            ("luutru manifest 1\nindex.html\n", "line 2 is not `digest path`"),
            ("luutru manifest 1\n- index.html\n", "line 2 is not `digest path`"),
            (&format!("luutru manifest 1\n{digest} a/\n"), "line 2 is not `digest path`"),
            (&format!("luutru manifest 1\n{digest} ../a\n"), "line 2 is not `digest path`"),
            (&format!("luutru manifest 1\n{digest} /etc/a\n"), "line 2 is not `digest path`"),
            (&format!("luutru manifest 1\n{digest} b\n{digest} a\n"), "line 3 is out of order"),
            (&format!("luutru manifest 1\n{digest} a\n{digest} a\n"), "line 3 is out of order"),
        ] {
            assert_eq!(parse(&sealed(body)).err().as_deref(), Some(reason), "{body}");
        }
    }

    proptest! {
        /// Law: no single changed byte goes unseen.
        #[test]
        fn a_changed_byte_is_refused(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let list = sample();
            let mut text = written(&lines(&list));
            let at = at.index(text.len());
            prop_assume!(text[at] != byte);
            text[at] = byte;
            prop_assert!(parse(&text).is_err());
        }

        /// Law: garbage is refused, never a panic.
        #[test]
        fn garbage_is_refused(text in any::<String>()) {
            prop_assert!(parse(text.as_bytes()).is_err());
            // Nor is garbage that somebody sealed.
            let body = format!("{HEADER}\n{text}");
            if let Ok(manifest) = parse(&sealed(&body)) {
                prop_assert_eq!(manifest.lines().len(), text.lines().count());
            }
        }
    }
}
