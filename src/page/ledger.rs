//! The ledger: every address ever published answers for ever.
//!
//! `content/addresses.txt` has an address a line. Pages of the editor's own records must
//! be there, be withdrawn, or be an old address of another; losing one is an error. Pages
//! that are made from what articles name may come and go with the text. Those of places,
//! derived units and directives without a file are made again from their addresses alone
//! (`kept`); years and further pages of a list lead on to the nearest page above them.

use std::collections::HashMap;

use super::address::former;
use crate::archive::{Kept, is_stub_id};
use crate::diagnostic::{Code, Diagnostic, SourcePath, Span};
use crate::gazetteer::{Gazetteer, Kind, Place};
use crate::organ;
use crate::source::Media;

/// Path of the ledger within the site's folder.
pub const LEDGER: &str = "content/addresses.txt";

/// Whether an address belongs in the ledger: pages and media, not what programs read nor
/// theme files, whose names change with their bytes.
pub fn is_recorded(url: &str) -> bool {
    (url.ends_with(".html") && url != "404.html") || url.starts_with("media/")
}

/// What the addresses of the ledger ask for, though nothing may name it any more. The place
/// where an address is read back.
pub fn kept(ledger: &str) -> Kept {
    let gazetteer = Gazetteer::get();
    let mut kept = Kept::default();
    for line in ledger.lines() {
        let Some(address) = line.trim().strip_suffix(".html") else { continue };
        if let Some(id) = address.strip_prefix("van-ban/") {
            if is_stub_id(id) {
                kept.stubs.push(id.into());
            }
        } else if let Some(path) = address.strip_prefix("dia-phuong/") {
            kept.places.extend(gazetteer.by_path(path));
        } else if let Some((path, organ)) =
            address.strip_prefix("don-vi/").and_then(|unit| unit.rsplit_once('/'))
            && let (Some(place), Some(organ)) = (gazetteer.by_path(path), organ::by_id(organ))
        {
            let Place { level, records, .. } = gazetteer.place(place);
            let is_unit =
                |kind: Kind| organ::get(organ).places.has(*level, kind) && organ::page(organ, kind) == organ;
            if records.iter().any(|record| is_unit(record.kind)) {
                kept.units.push((organ, place));
            }
        }
    }
    kept
}

/// Addresses of the ledger that no page has, each with where it leads now; those that lead
/// nowhere are reported.
pub(super) fn missing(
    ledger: &str,
    is_page: &dyn Fn(&str) -> bool,
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
        if is_page(address) || media.contains_key(address) {
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
        match above(address).filter(|_| is_derived(address)).and_then(|above| nearest(above, is_page)) {
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
/// further pages of any list. Of those that `kept` makes again, what a later gazetteer does
/// not have any more.
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
fn nearest(mut folder: &str, is_page: &dyn Fn(&str) -> bool) -> Option<String> {
    loop {
        let page = format!("{folder}.html");
        if is_page(&page) {
            return Some(page);
        }
        folder = above(folder)?;
    }
}
