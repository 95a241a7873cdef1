//! What a request says about what it has and what it wants: entity tags and ranges.
//!
//! Follows RFC 9110, sections 13 and 14, as far as a player of video and a browser's cache
//! go. Several ranges at once are answered with the whole, as the standard allows.
//!
//! Not here: which files have a tag (`files`, `page`).

/// What part of a file of known length is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it, also when the header is none that we read.
    Whole,
    /// `len` bytes from `start`; never empty, never beyond the end.
    Part {
        /// First byte.
        start: u64,
        /// How many.
        len: u64,
    },
    /// Bytes that the file does not have.
    Beyond,
}

/// Reads the value of a `Range` header for a file of `len` bytes.
pub(super) fn wanted(header: &str, len: u64) -> Wanted {
    let Some((first, last)) = single(header) else { return Wanted::Whole };
    let (start, end) = match (first, last) {
        (Some(first), last) => {
            if last.is_some_and(|last| last < first) {
                return Wanted::Whole;
            }
            (first, last.map_or(len, |last| last.saturating_add(1).min(len)))
        }
        (None, Some(suffix)) => (len.saturating_sub(suffix), len),
        (None, None) => return Wanted::Whole,
    };
    match start < end {
        true => Wanted::Part { start, len: end - start },
        false => Wanted::Beyond,
    }
}

/// The two numbers of `bytes=first-last`, each of which may be missing.
fn single(header: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (unit, range) = header.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let number = |digits: &str| match digits.trim() {
        "" => Some(None),
        // Digits that are too many for a number are beyond the end of any file.
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
            Some(Some(digits.parse().unwrap_or(u64::MAX)))
        }
        _ => None,
    };
    Some((number(first)?, number(last)?))
}

/// Whether one of the tags of an `If-None-Match` header is `tag`, given with its quotes.
pub(super) fn names(header: &str, tag: &str) -> bool {
    // None of our tags has a comma in it, so one that is cut in two equals none.
    header.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(header: &str, expect: Wanted) {
        assert_eq!(wanted(header, 1000), expect, "{header}");
    }

    #[test]
    fn one_range_is_a_part() {
        check("bytes=0-499", Wanted::Part { start: 0, len: 500 });
        check("bytes=999-999", Wanted::Part { start: 999, len: 1 });
        check("bytes=500-", Wanted::Part { start: 500, len: 500 });
        check("bytes=-1", Wanted::Part { start: 999, len: 1 });
        check("bytes=-5000", Wanted::Part { start: 0, len: 1000 });
        check("bytes=10-99999999999999999999999", Wanted::Part { start: 10, len: 990 });
        check("Bytes = 0-0", Wanted::Part { start: 0, len: 1 });
    }

    #[test]
    fn bytes_that_are_not_there_are_beyond() {
        for header in ["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999999999999999-"] {
            check(header, Wanted::Beyond);
        }
        assert_eq!(wanted("bytes=0-", 0), Wanted::Beyond);
    }

    #[test]
    fn what_is_not_one_range_asks_for_the_whole() {
        for header in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=9-1",
            "bytes=a-b",
            "bytes=+1-2",
            "lines=0-1",
            "bytes=0-1,5-6",
        ] {
            check(header, Wanted::Whole);
        }
    }

    #[test]
    fn a_tag_is_found_in_a_list() {
        for header in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(names(header, "\"a\""), "{header}");
        }
        for header in ["", "a", "\"b\"", "\"aa\""] {
            assert!(!names(header, "\"a\""), "{header}");
        }
    }

    proptest! {
        /// Law: a part lies in the file.
        #[test]
        fn no_part_reaches_beyond_the_end(header in "bytes=[0-9]{0,21}-[0-9]{0,21}", size in 0..2000u64) {
            if let Wanted::Part { start, len } = wanted(&header, size) {
                prop_assert!(len > 0 && start + len <= size);
            }
        }
    }
}
