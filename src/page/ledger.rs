//! The ledger: every address ever published answers for ever.
//!
//! `content/addresses.txt` has an address a line. Pages of the editor's own records must
//! be there, be withdrawn, or be an old address of another; losing one is an error. Pages
//! that are made from what articles name (places, derived units, years, further pages of a
//! list) may come and go with the text: they lead on to the nearest page above them.

use std::collections::{HashMap, HashSet};

use super::address::former;
use crate::diagnostic::{Code, Diagnostic, SourcePath, Span};
use crate::source::Media;

/// Path of the ledger within the site's folder.
pub const LEDGER: &str = "content/addresses.txt";

/// Whether an address belongs in the ledger: pages and media, not what programs read nor
/// theme files, whose names change with their bytes.
pub fn is_recorded(url: &str) -> bool {
    (url.ends_with(".html") && url != "404.html") || url.starts_with("media/")
}

/// Addresses of the ledger that no page has, each with where it leads now; those that lead
/// nowhere are reported.
pub(super) fn missing(
    ledger: &str,
    known: &HashSet<&str>,
    media: &HashMap<&str, &Media>,
    found: &mut Vec<Diagnostic>,
) -> Vec<(String, String)> {
    let path: SourcePath = LEDGER.into();
    let mut lost = Vec::new();
    let mut at = 0;
    for line in ledger.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let address = line.trim();
        if address.is_empty() || address.starts_with('#') {
            continue;
        }
        let span = Span::new(start, start + address.len());
        if known.contains(address) || media.contains_key(address) {
            continue;
        }
        if former(address).as_deref() != Some(address) && !address.starts_with("media/") {
            found.push(
                Diagnostic::new(Code::BadAddress, &path, span)
                    .with("address", address)
                    .help("bad-address.help", &[]),
            );
            continue;
        }
        match above(address).filter(|_| is_derived(address)).and_then(|above| nearest(above, known)) {
            Some(to) => lost.push((address.to_owned(), to)),
            None => {
                found.push(Diagnostic::new(Code::LostAddress, &path, span).with("address", address).help(
                    if address.starts_with("media/") {
                        "lost-address.help-media"
                    } else {
                        "lost-address.help"
                    },
                    &[("address", address)],
                ))
            }
        }
    }
    lost.sort();
    lost.dedup();
    lost
}

/// Made from what articles name, not from a file: places, units below a place, dates, and
/// further pages of any list.
fn is_derived(address: &str) -> bool {
    let last = address.rsplit('/').next().unwrap_or("");
    let depth = address.matches('/').count();
    last.starts_with("trang-")
        || address.starts_with("dia-phuong/")
        || address.starts_with("nam/")
        || (address.starts_with("don-vi/") && depth > 1)
}

fn above(address: &str) -> Option<&str> {
    address.rsplit_once('/').map(|(folder, _)| folder)
}

/// The nearest page at or above a folder.
fn nearest(mut folder: &str, known: &HashSet<&str>) -> Option<String> {
    loop {
        let page = format!("{folder}.html");
        if known.contains(&*page) {
            return Some(page);
        }
        folder = above(folder)?;
    }
}
