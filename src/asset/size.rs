//! How large a picture is, read off its first bytes.
//!
//! The only place that knows `imagesize`, which skips from mark to mark; that a photo is to be
//! turned by a quarter, as telephones write it, stands in its Exif part and is read here. Whatever
//! is damaged, cut off or of another kind has no size.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};

use crate::page::PictureSize;

/// Endings of pictures that are read here; drawings are read by `svg`.
pub(super) const KINDS: [&str; 6] = ["jpg", "jpeg", "png", "gif", "webp", "avif"];

/// Where the direction of a photo stands, if it says: cameras write it first.
const HEAD: usize = 4 << 10;

/// No side of a picture is longer; a larger number is a damaged file.
pub(super) const LONGEST: u32 = 100_000;

/// The size of the picture in a file, which stands at its beginning afterwards. An error is one
/// of reading; cost: a few reads of 8 KiB.
pub(super) fn of(file: &mut File) -> io::Result<Option<PictureSize>> {
    let mut reader = BufReader::new(&mut *file);
    let size = imagesize::reader_size(&mut reader).ok();
    reader.rewind()?;
    let mut head = Vec::with_capacity(HEAD);
    if size.is_some() {
        reader.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        reader.rewind()?;
    }
    Ok(size.and_then(|size| {
        let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
        let (width, height) = if is_turned(&head) { (height, width) } else { (width, height) };
        let sound = |side: u32| (1..=LONGEST).contains(&side);
        (sound(width) && sound(height)).then_some(PictureSize { width, height })
    }))
}

/// Whether a JPEG is shown lying on its side: orientations 5 to 8 of its Exif part.
fn is_turned(head: &[u8]) -> bool {
    orientation(head).is_some_and(|orientation| (5..=8).contains(&orientation))
}

fn orientation(head: &[u8]) -> Option<u16> {
    let mut rest = head.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let &[0xFF, mark, high, low] = rest.first_chunk()? else { return None };
        let len = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..)?;
        if mark == 0xE1
            && let Some(exif) = segment.strip_prefix(b"Exif\0\0")
        {
            return orientation_of_exif(exif);
        }
        // Only what an application adds may stand before it.
        if !(0xE0..=0xEF).contains(&mark) {
            return None;
        }
        rest = rest.get(2 + len..)?;
    }
}

/// Of a TIFF header and its first directory (Exif 2.3, section 4.5).
fn orientation_of_exif(exif: &[u8]) -> Option<u16> {
    let little = match exif.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let bytes = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| -> Option<u32> {
        let bytes = exif.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let directory = long(4)? as usize;
    let entries = usize::from(short(directory)?);
    (0..entries).map(|entry| directory + 2 + entry * 12).find_map(|at| match short(at)? {
        0x0112 => short(at + 8),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek, SeekFrom, Write};

    use super::{PictureSize, of, orientation};

    /// A GIF without a picture in it, 320 wide and 200 high.
    const GIF: [u8; 14] = [b'G', b'I', b'F', b'8', b'9', b'a', 64, 1, 200, 0, 0, 0, 0, 59];

    fn exif(order: [u8; 2], orientation: u8) -> Vec<u8> {
        let is_little = order == *b"II";
        let short = |n: u8| if is_little { [n, 0] } else { [0, n] };
        let long = |n: u8| if is_little { [n, 0, 0, 0] } else { [0, 0, 0, n] };
        let mut tiff = [&order[..], &short(42), &long(8), &short(1)].concat();
        tiff.extend(if is_little { [0x12, 0x01] } else { [0x01, 0x12] });
        tiff.extend([&short(3)[..], &long(1), &short(orientation), &[0, 0], &long(0)].concat());
        let mut segment = b"Exif\0\0".to_vec();
        segment.extend(tiff);
        let len = (segment.len() as u16 + 2).to_be_bytes();
        [&[0xFF, 0xE1][..], &len, &segment].concat()
    }

    /// A JPEG without a picture in it: marks and the frame header, 400 wide and 300 high.
    fn jpeg(before: &[u8]) -> Vec<u8> {
        let jfif = [0xFF, 0xE0, 0, 7, b'J', b'F', b'I', b'F', 0];
        let frame = [0xFF, 0xC0, 0, 11, 8, 1, 44, 1, 144, 1, 1, 0x11, 0];
        [&[0xFF, 0xD8][..], &jfif, before, &frame].concat()
    }

    #[track_caller]
    fn check(bytes: &[u8], size: Option<(u32, u32)>) {
        let mut file = tempfile::tempfile().expect("a temporary file");
        file.write_all(bytes).and_then(|()| file.seek(SeekFrom::Start(0)).map(|_| ())).expect("a file");
        let expect = size.map(|(width, height)| PictureSize { width, height });
        assert_eq!(of(&mut file).expect("a file to read"), expect);
        let mut again = Vec::new();
        file.read_to_end(&mut again).expect("a file to read");
        assert_eq!(again, bytes, "it stands at its beginning");
    }

    #[test]
    fn pictures_are_as_large_as_they_are_shown() {
        check(&GIF, Some((320, 200)));
        check(&jpeg(&[]), Some((400, 300)));
        for order in [*b"II", *b"MM"] {
            check(&jpeg(&exif(order, 1)), Some((400, 300)));
            check(&jpeg(&exif(order, 6)), Some((300, 400)));
        }
    }

    #[test]
    fn what_is_no_picture_or_cut_off_has_no_size() {
        for bytes in [&b""[..], b"not a picture", &GIF[..8], &jpeg(&[])[..14], &[0xFF; 40], &[0; 40]] {
            check(bytes, None);
        }
    }

    proptest::proptest! {
        /// Law: no bytes make the reader panic.
        #[test]
        fn any_bytes_have_a_size_or_none(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..60), kind in 0..5usize) {
            let begin: [&[u8]; 5] =
                [b"\xFF\xD8\xFF\xE1\0\x22Exif\0\0", b"\x89PNG\r\n\x1a\n", b"RIFF0000WEBPVP8X", b"\0\0\0\x20ftypavif", b""];
            let bytes = [begin[kind], &bytes].concat();
            orientation(&bytes);
            let mut file = tempfile::tempfile().expect("a temporary file");
            file.write_all(&bytes).and_then(|()| file.rewind()).expect("a file");
            of(&mut file).expect("a file to read");
        }
    }
}
