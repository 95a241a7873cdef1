//! Lists over several pages, numbered from the oldest, so that a new entry changes the
//! first page and the last and no other.
//!
//! The first page has no number and shows the newest entries: at least a full page of
//! them, where there are so many, and fewer than two. Full pages before it are 1, 2, 3 …

use std::ops::Range;

use super::address::further;
use super::view::Pager;

/// Which page of a list: 0 for the first, newest one; else its number.
pub(super) type Chunk = u32;

/// How many numbered pages a list of `total` entries has.
pub(super) fn numbered(total: usize, size: usize) -> usize {
    (total / size).saturating_sub(1)
}

/// The pages of a list: the first, then the numbered ones.
pub(super) fn chunks(total: usize, size: usize) -> impl Iterator<Item = Chunk> {
    0..=numbered(total, size) as Chunk
}

/// The entries of a page, as indices of a list sorted oldest first. None where the list has
/// no such page: of two lists that share their pages, one may be shorter.
pub(super) fn range(total: usize, size: usize, chunk: Chunk) -> Range<usize> {
    match chunk as usize {
        0 => numbered(total, size) * size..total,
        number if number > numbered(total, size) => total..total,
        number => (number - 1) * size..number * size,
    }
}

/// The address of a page of the list at `listing`.
pub(super) fn address(listing: &str, chunk: Chunk) -> String {
    if chunk == 0 { listing.to_owned() } else { further(listing, chunk as usize) }
}

pub(super) fn pager(listing: &str, total: usize, size: usize, chunk: Chunk) -> Pager {
    let last = numbered(total, size) as Chunk;
    match chunk {
        0 => Pager { number: None, newer: None, older: (last > 0).then(|| address(listing, last)) },
        number => numbered_pager(listing, number, number == last),
    }
}

/// The same of a numbered page, which need not know how long the list is.
pub(super) fn numbered_pager(listing: &str, number: Chunk, is_last: bool) -> Pager {
    Pager {
        number: Some(number as usize),
        newer: Some(address(listing, if is_last { 0 } else { number + 1 })),
        older: (number > 1).then(|| address(listing, number - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::{chunks, range};

    proptest::proptest! {
        /// Law: the pages of a list have each entry exactly once.
        #[test]
        fn every_entry_is_on_one_page(total in 0usize..400, size in 5usize..60) {
            let mut all: Vec<usize> = chunks(total, size).flat_map(|chunk| range(total, size, chunk)).collect();
            all.sort();
            proptest::prop_assert_eq!(all, (0..total).collect::<Vec<_>>());
        }

        /// Law: a list that shares the pages of a longer one has each entry once all the same.
        #[test]
        fn a_shorter_list_ends_earlier(total in 0usize..400, more in 0usize..400, size in 5usize..60) {
            let mut all: Vec<usize> = chunks(total + more, size).flat_map(|chunk| range(total, size, chunk)).collect();
            all.sort();
            proptest::prop_assert_eq!(all, (0..total).collect::<Vec<_>>());
        }

        /// Law: a new entry changes the first page and adds at most one; no other changes.
        #[test]
        fn a_new_entry_leaves_the_numbered_pages_alone(total in 0usize..400, size in 5usize..60) {
            for chunk in chunks(total, size).filter(|chunk| *chunk > 0) {
                proptest::prop_assert_eq!(range(total, size, chunk), range(total + 1, size, chunk));
            }
        }
    }
}
