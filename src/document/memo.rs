//! All files parsed: each once, and again only when it changed.
//!
//! | a file is parsed again when      | because                                          |
//! |----------------------------------|--------------------------------------------------|
//! | its text has another digest      | all that a document says is in its text          |
//! | mentions were switched on or off | its body holds them                              |
//! | a name came or went that it may  | the recognisers look for the names of the site's |
//! | say (`OwnNames::changes_since`)  | own records, too                                 |
//!
//! Whether a file is read again is told by `forget`; what it holds then is told by digest.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Document, Keep, Mentions, parse, unread};
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::mention::{self, Changes, OwnNames};
use crate::source::{Entry, Kind, Touched};

/// What was parsed of each file.
#[derive(Default)]
pub struct Memo {
    /// In the order of the entries that they were parsed from.
    files: Vec<Parsed>,
    own: OwnNames,
    /// Whether mentions were looked for.
    finds: bool,
    keep: Keep,
    version: u64,
}

/// One file, parsed.
#[derive(Clone)]
pub struct Parsed {
    /// What it says.
    pub document: Arc<Document>,
    /// What is wrong with it.
    pub diagnostics: Arc<[Diagnostic]>,
    entry: Entry,
    /// That of its text; none if it could not be read.
    text: Option<Digest>,
    /// It may hold something else now.
    is_stale: bool,
    /// It was not so in the build before.
    is_new: bool,
}

impl Memo {
    /// One that is to be asked again: it keeps what tells which texts a new name concerns.
    pub fn lasting() -> Memo {
        Memo { keep: Keep::Words, ..Memo::default() }
    }

    /// Has what was touched read again when it is next asked for.
    pub fn forget(&mut self, touched: &Touched) {
        touched.mark(&mut self.files, |parsed| &parsed.entry.file, |parsed| parsed.is_stale = true);
    }

    /// Grows whenever what is parsed is not what was parsed before.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Parses `entries`, in parallel; the outcome is in their order. A document that is what it
    /// was is the one that was given before. Cost of one that did not change: 50 ns.
    pub fn parse_all(&mut self, root: &Path, entries: &[Entry], finds: bool) -> &[Parsed] {
        if finds {
            // Meanwhile, records are read.
            rayon::spawn(mention::warm_up);
        }
        let before = self.files.len();
        let mut known = self.align(entries);
        let is_list_same = known.iter().flatten().count() == before && entries.len() == before;
        let is_record = |entry: &Entry| entry.kind != Kind::Article;
        let records: Vec<Option<Parsed>> = (entries, &mut known)
            .into_par_iter()
            .map(|(entry, known)| {
                let parse = || parse_one(root, entry, known.take(), Mentions::Skip, Reading::Alike);
                is_record(entry).then(parse)
            })
            .collect();
        // Records come first: their names are looked for in the articles.
        let own = OwnNames::new(records.iter().flatten().flat_map(|record| record.document.names()));
        let changes = own.changes_since(&self.own);
        let mentions = if finds { Mentions::Find(&own, self.keep) } else { Mentions::Skip };
        let switched = finds != self.finds;
        self.files = (entries, records, known)
            .into_par_iter()
            .map(|(entry, record, known)| {
                record.unwrap_or_else(|| {
                    let is_other = switched || known.as_ref().is_some_and(|known| known.may_say(&changes));
                    let reading = if is_other { Reading::Otherwise } else { Reading::Alike };
                    parse_one(root, entry, known, mentions, reading)
                })
            })
            .collect();
        (self.own, self.finds) = (own, finds);
        if !is_list_same || self.files.iter().any(|parsed| parsed.is_new) {
            self.version += 1;
        }
        &self.files
    }

    /// What is known of each of `entries`; both are sorted.
    fn align(&mut self, entries: &[Entry]) -> Vec<Option<Parsed>> {
        let mut files = std::mem::take(&mut self.files).into_iter().peekable();
        let is_before = |a: &Entry, b: &Entry| (&a.path, &a.file) < (&b.path, &b.file);
        entries
            .iter()
            .map(|entry| {
                while files.next_if(|parsed| is_before(&parsed.entry, entry)).is_some() {}
                files.next_if(|parsed| parsed.entry == *entry)
            })
            .collect()
    }
}

impl Parsed {
    /// Whether its text may say one of the names that came or went.
    fn may_say(&self, changes: &Changes) -> bool {
        !changes.is_empty() && self.document.body.words.as_ref().is_some_and(|words| changes.may_be_in(words))
    }
}

/// Whether the same text would be parsed to the same document as when it was parsed last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Alike,
    Otherwise,
}

fn parse_one(
    root: &Path,
    entry: &Entry,
    known: Option<Parsed>,
    mentions: Mentions,
    reading: Reading,
) -> Parsed {
    let known = match known {
        Some(known) if !known.is_stale && reading == Reading::Alike => {
            return Parsed { is_new: false, ..known };
        }
        known => known,
    };
    let source = match entry.read(root) {
        Ok(source) => source,
        Err(diagnostic) => {
            if let Some(known) =
                known.filter(|known| known.text.is_none() && *known.diagnostics == [*diagnostic.clone()])
            {
                return Parsed { is_new: false, ..known };
            }
            let document = Arc::new(unread(&entry.path, entry.kind));
            let diagnostics = Arc::new([*diagnostic]);
            // It may be readable by the next build, of which nobody tells.
            return Parsed {
                document,
                diagnostics,
                entry: entry.clone(),
                text: None,
                is_stale: true,
                is_new: true,
            };
        }
    };
    let text = Some(Digest::of(source.text.as_bytes()));
    let known = match known {
        Some(known) if known.text == text && reading == Reading::Alike => {
            return Parsed { is_stale: false, is_new: false, ..known };
        }
        known => known,
    };
    let parsed = parse(&source, mentions);
    let is_known = |known: &Parsed| {
        let digests = |document: &Document| (document.front_digest, document.body_digest);
        known.text.is_some() && digests(&known.document) == digests(&parsed.value)
    };
    match known.filter(is_known) {
        // Read otherwise, and yet the same: all who remember it by its place stay right.
        Some(known) => Parsed { text, is_stale: false, is_new: known.text != text, ..known },
        None => Parsed {
            document: Arc::new(parsed.value),
            diagnostics: parsed.diagnostics.into(),
            entry: entry.clone(),
            text,
            is_stale: false,
            is_new: true,
        },
    }
}
