//! The journal: what a session did to the output since the manifest was written.
//!
//! A manifest of a large archive is megabytes, an update one page. So an update appends
//! one *batch* here before it moves anything: for each path whose line changes, the
//! digests that are ours meanwhile, and whether it is listed afterwards.
//!
//! ```text
//! luutru journal 1 0b1c…e4
//! + 5d39…0c+81fe…77 bai-viet/a.html
//! + - moi/
//! + 99aa…7f moi/b.html
//! - 7be2…10 cu.html
//! end c03f…9d
//! ```
//!
//! The first line names the seal of the manifest that the batches continue: beside any
//! other, a journal is one that was folded already. The last line of a batch digests
//! all that is above it. A batch begun is a batch that every earlier one came to its
//! end before; so of the last one alone, old and new are both ours.
//!
//! A batch cut by a kill is no batch: nothing moved before it was whole. A journal that
//! differs from what was written in any other way is refused, as a manifest is.

use std::{
    fs::{self, File},
    io::{self, ErrorKind::NotFound, Read, Seek, SeekFrom, Write},
    mem,
    path::{Path, PathBuf},
};

use super::{
    Fault, Moment,
    claim::is_at,
    listed::{Change, Listed},
    manifest,
    place::Intent,
};
use crate::digest::{Digest, Hasher};

/// The first line but for the seal; a later format has another number.
const HEADER: &str = "luutru journal 1 ";

/// A journal that batches are appended to. The file is made by the first one.
pub(super) struct Journal {
    path: PathBuf,
    file: Option<File>,
    end: End,
}

/// Up to where a journal is written, and the digest of all that.
#[derive(Clone, Default)]
struct End {
    len: u64,
    hasher: Hasher,
}

impl Journal {
    /// An empty journal, of which nothing is on the disk.
    pub(super) fn new(path: PathBuf) -> Journal {
        Journal { path, file: None, end: End::default() }
    }

    /// Size in bytes of all batches.
    pub(super) fn len(&self) -> u64 {
        self.end.len
    }

    /// Whether the file, if it was made, is still where it was made.
    pub(super) fn is_there(&self) -> bool {
        self.file.as_ref().is_none_or(|file| is_at(file, &self.path))
    }

    /// Forgets all batches, since the manifest says what they said, and removes the file.
    pub(super) fn clear(&mut self) -> Result<(), Fault> {
        (self.file, self.end) = (None, End::default());
        remove(&self.path)
    }

    /// Appends the batch of `changes`; a failure leaves none. `base` is the seal of the
    /// manifest that the first batch continues.
    fn append(&mut self, base: Digest, changes: &[Change]) -> io::Result<()> {
        let mut text = Vec::new();
        if self.end.len == 0 {
            writeln!(text, "{HEADER}{base}")?;
        }
        for change in changes {
            text.extend_from_slice(if change.stays { b"+ " } else { b"- " });
            manifest::push_fields(&mut text, change.digests, change.path);
        }
        let mut end = self.end.clone();
        end.hasher.update(&text);
        let last = format!("end {}\n", end.hasher.digest());
        end.hasher.update(last.as_bytes());
        text.extend_from_slice(last.as_bytes());
        end.len += text.len() as u64;

        let file = match &mut self.file {
            Some(file) => file,
            none => {
                // Only ever a file of our own making: no link is followed.
                remove_if_there(&self.path)?;
                none.insert(File::options().write(true).create_new(true).open(&self.path)?)
            }
        };
        // What a failed batch left is no part of the journal.
        file.set_len(self.end.len)?;
        file.seek(SeekFrom::Start(self.end.len))?;
        if let Err(error) = file.write_all(&text) {
            // Failing here too is made good before the next batch; until then it is cut.
            let _ = file.set_len(self.end.len);
            return Err(error);
        }
        self.end = end;
        Ok(())
    }
}

/// The intent of one update: a batch.
pub(super) struct Batch<'a> {
    journal: &'a mut Journal,
    base: Digest,
    changes: &'a [Change<'a>],
    /// Where the journal ended before.
    before: End,
}

impl<'a> Batch<'a> {
    /// `base` is the seal of the manifest that the journal continues.
    pub(super) fn new(journal: &'a mut Journal, base: Digest, changes: &'a [Change<'a>]) -> Batch<'a> {
        Batch { journal, base, changes, before: End::default() }
    }
}

impl Intent for Batch<'_> {
    fn declare(&mut self) -> Result<(), Fault> {
        self.before = self.journal.end.clone();
        // A page that is written as the list has it already needs no word.
        if self.changes.is_empty() {
            return Ok(());
        }
        let appended = self.journal.append(self.base, self.changes);
        appended.map_err(|error| Fault::io("write", &self.journal.path, error))
    }

    fn settle(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn retract(&mut self) -> Result<(), Fault> {
        let journal = &mut *self.journal;
        journal.end = mem::take(&mut self.before);
        if let Some(file) = &journal.file {
            file.set_len(journal.end.len).map_err(|error| Fault::io("write", &journal.path, error))?;
        }
        Ok(())
    }
}

/// A journal as read.
#[derive(Debug)]
pub(super) struct Record<'a> {
    /// The seal of the manifest that is continued; `None` if the first batch was cut.
    pub(super) base: Option<Digest>,
    batches: Vec<Vec<Change<'a>>>,
}

impl<'a> Record<'a> {
    /// Reads the text of a journal, or says why it is none.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Record<'a>, String> {
        let mut record = Record { base: None, batches: Vec::new() };
        let mut hasher = Hasher::default();
        let mut base = None;
        let mut batch = Vec::new();
        for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let bad = |what: &str| Err(format!("line {} {what}", index + 1));
            let whole = line.strip_suffix(b"\n");
            let end = (index > 0).then(|| format!("end {}", hasher.digest()));
            let Some(whole) = whole else {
                // Only the last line has no end: the beginning of one that was cut?
                let of_header =
                    index == 0 && HEADER.as_bytes().starts_with(&line[..line.len().min(HEADER.len())]);
                let of_change = index > 0 && matches!(line[0], b'+' | b'-');
                let of_end = end.is_some_and(|end| end.as_bytes().starts_with(line));
                return if of_header || of_change || of_end {
                    Ok(record)
                } else {
                    bad("is no line of a journal")
                };
            };
            let Ok(text) = str::from_utf8(whole) else { return bad("is not UTF-8") };
            match end {
                None => match text.strip_prefix(HEADER).and_then(|seal| seal.parse().ok()) {
                    Some(seal) => base = Some(seal),
                    None => return bad("is not the first of a journal"),
                },
                Some(end) if text == end => {
                    record.base = base;
                    record.batches.push(mem::take(&mut batch));
                }
                Some(_) if text.starts_with("end ") => return bad("does not digest what is above it"),
                Some(_) => match change(text) {
                    Some(change) => batch.push(change),
                    None => return bad("is no line of a journal"),
                },
            }
            hasher.update(line);
        }
        // What is left of `batch` was cut between two lines.
        Ok(record)
    }

    /// Lists what is ours by all batches. What the last one was to move may have moved.
    pub(super) fn replay(self, listed: &mut Listed) {
        let last = self.batches.len().saturating_sub(1);
        for (index, batch) in self.batches.into_iter().enumerate() {
            let moment = if index == last { Moment::During } else { Moment::After };
            batch.into_iter().for_each(|change| listed.apply(change, moment));
        }
    }
}

/// The bytes of the journal at `path`; `None` when there is none.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match File::open(path) {
        Ok(mut file) => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok(Some(bytes))
        }
        Err(error) if error.kind() == NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Removes the journal at `path`, if there is one.
pub(super) fn remove(path: &Path) -> Result<(), Fault> {
    remove_if_there(path).map_err(|error| Fault::io("remove", path, error))
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != NotFound => Err(error),
        _ => Ok(()),
    }
}

fn change(line: &str) -> Option<Change<'_>> {
    let (stays, rest) = match line.split_at_checked(2)? {
        ("+ ", rest) => (true, rest),
        ("- ", rest) => (false, rest),
        _ => return None,
    };
    let (digests, path) = manifest::fields(rest)?;
    Some(Change { path, digests, stays })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn batches() -> Vec<Vec<Change<'static>>> {
        let [a, b] = [Digest::of(b"a"), Digest::of(b"b")];
        vec![
            vec![
                Change { path: "bai-viet/a.html", digests: [Some(a), Some(b)], stays: true },
                Change { path: "media/", digests: [None; 2], stays: true },
                Change { path: "media/Ảnh (1).jpg", digests: [Some(a), None], stays: true },
            ],
            vec![
                Change { path: "media/", digests: [None; 2], stays: false },
                Change { path: "media/Ảnh (1).jpg", digests: [Some(a), None], stays: false },
            ],
        ]
    }

    /// The text of a journal of these batches, and where each ends.
    fn written(batches: &[Vec<Change>]) -> (Vec<u8>, Vec<usize>) {
        let dir = tempfile::tempdir().unwrap();
        let mut journal = Journal::new(dir.path().join("journal"));
        let mut ends = Vec::new();
        for batch in batches {
            Batch::new(&mut journal, Digest::of(b"manifest"), batch).declare().unwrap();
            ends.push(journal.len() as usize);
        }
        (read(&journal.path).unwrap().unwrap(), ends)
    }

    #[test]
    fn what_is_written_reads_back() {
        let (text, _) = written(&batches());
        let record = Record::parse(&text).unwrap();
        assert_eq!((record.base, record.batches), (Some(Digest::of(b"manifest")), batches()));
    }

    #[test]
    fn a_batch_that_was_taken_back_is_not_in_it() {
        let dir = tempfile::tempdir().unwrap();
        let mut journal = Journal::new(dir.path().join("journal"));
        let all = batches();
        for (index, taken_back) in [(1, true), (0, false), (0, true), (1, false)] {
            let mut batch = Batch::new(&mut journal, Digest::of(b"manifest"), &all[index]);
            batch.declare().unwrap();
            if taken_back {
                batch.retract().unwrap();
            }
        }
        assert_eq!(read(&journal.path).unwrap().unwrap(), written(&all).0);
    }

    #[test]
    fn a_cut_batch_is_none_wherever_it_was_cut() {
        let (text, ends) = written(&batches());
        for cut in 0..=text.len() {
            let record = Record::parse(&text[..cut]).unwrap();
            let whole = ends.iter().filter(|end| **end <= cut).count();
            assert_eq!(record.batches, batches()[..whole], "{cut}");
            assert_eq!(record.base.is_some(), whole > 0, "{cut}");
        }
    }

    #[test]
    fn a_text_that_is_no_journal_is_refused() {
        let (text, ends) = written(&batches());
        let text = str::from_utf8(&text).unwrap();
        let second = &text[ends[0]..];
        for (text, reason) in [
            ("x", "line 1 is no line of a journal"),
            ("luutru journal 2 ", "line 1 is no line of a journal"),
            ("luutru manifest 1\n", "line 1 is not the first of a journal"),
            (second, "line 1 is not the first of a journal"),
            (&format!("{text}x"), "line 9 is no line of a journal"),
            (&format!("{text}\n"), "line 9 is no line of a journal"),
            (&format!("{text}- - ../a/\n"), "line 9 is no line of a journal"),
            (&format!("{text}{second}"), "line 11 does not digest what is above it"),
        ] {
            assert_eq!(Record::parse(text.as_bytes()).err().as_deref(), Some(reason), "{text}");
        }
    }

    proptest! {
        /// Law: no single changed byte goes unseen, but for the end of the line before the
        /// last seal: without it the two are one long path, and the batch looks cut.
        #[test]
        fn a_changed_byte_is_refused(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let (mut text, _) = written(&batches());
            let at = at.index(text.len());
            prop_assume!(text[at] != byte && !(text[at] == b'\n' && text[at + 1..].starts_with(b"end ")));
            text[at] = byte;
            prop_assert!(Record::parse(&text).is_err());
        }

        /// Law: garbage is refused or a cut batch, never a panic.
        #[test]
        fn garbage_is_no_batch(text in any::<Vec<u8>>()) {
            let after = [&written(&batches()).0[..], &text].concat();
            for (text, batches) in [(text, 0), (after, 2)] {
                if let Ok(record) = Record::parse(&text) {
                    prop_assert_eq!(record.batches.len(), batches);
                }
            }
        }
    }
}
