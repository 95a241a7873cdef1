//! Digests: 128 bits that stand for a sequence of bytes.
//!
//! Owns the choice of hash (xxh3, which runs at the speed of memory) and its one
//! written form, 32 lower-case hexadecimal digits. Equal bytes have equal digests on
//! any machine, in any version that reads the same manifest.
//!
//! Not for security: whoever chooses the bytes can make two texts collide.

use std::{
    fmt,
    io::{self, Read, Write},
    str::FromStr,
};

use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

/// The digest of a sequence of bytes. Ordered as its written form is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 16]);

/// A digest in the making, for bytes that arrive in pieces. Writing to it never fails.
#[derive(Clone, Default)]
pub struct Hasher(Xxh3Default);

/// The text is not 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADigest;

impl Digest {
    /// The digest of `bytes`; about 0.1 ns a byte.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(xxh3_128(bytes).to_be_bytes())
    }

    /// The digest of everything left in `reader`, and how many bytes that was.
    /// Holds 64 KiB at a time. Fails as reading fails.
    pub fn of_reader(reader: impl Read) -> io::Result<(Digest, u64)> {
        Digest::of_reader_through(reader, &mut vec![0; 64 * 1024])
    }

    /// As `of_reader`, through a buffer of the caller's, which must not be empty. Worth
    /// it for many small files, where a fresh buffer costs more than the reading.
    pub fn of_reader_through(mut reader: impl Read, buffer: &mut [u8]) -> io::Result<(Digest, u64)> {
        debug_assert!(!buffer.is_empty(), "an empty buffer would read as an empty file");
        let mut hasher = Hasher::default();
        let mut len = 0;
        loop {
            match reader.read(buffer) {
                Ok(0) => return Ok((hasher.digest(), len)),
                Ok(n) => {
                    hasher.update(&buffer[..n]);
                    len += n as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The first half of its bits, where a comparison with one other digest is all it is for.
    pub fn short(self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    /// The 32 digits, for writers that cannot afford a formatter.
    pub fn hex(self) -> [u8; 32] {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = [0; 32];
        for (i, byte) in self.0.into_iter().enumerate() {
            hex[2 * i] = DIGITS[usize::from(byte >> 4)];
            hex[2 * i + 1] = DIGITS[usize::from(byte & 15)];
        }
        hex
    }
}

impl Hasher {
    /// Appends `bytes` to what is digested.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of what was appended so far: that of the pieces joined.
    pub fn digest(&self) -> Digest {
        Digest(self.0.digest128().to_be_bytes())
    }
}

impl Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hex().into_iter().try_for_each(|digit| fmt::Write::write_char(f, char::from(digit)))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Digest, NotADigest> {
        let digits: &[u8; 32] = text.as_bytes().try_into().map_err(|_| NotADigest)?;
        let value = |digit: u8| match digit {
            b'0'..=b'9' => Ok(digit - b'0'),
            b'a'..=b'f' => Ok(digit - b'a' + 10),
            _ => Err(NotADigest),
        };
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.as_chunks::<2>().0) {
            *byte = value(pair[0])? << 4 | value(pair[1])?;
        }
        Ok(Digest(bytes))
    }
}

impl fmt::Display for NotADigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a digest is 32 digits from 0-9 and a-f")
    }
}

impl std::error::Error for NotADigest {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_written_form_is_that_of_every_other_xxh3() {
        // The value that the reference implementation gives for no bytes at all.
        assert_eq!(Digest::of(b"").to_string(), "99aa06d3014798d86001c324468d497f");
    }

    #[test]
    fn only_the_one_written_form_is_read() {
        let written = Digest::of("Sóc Trăng".as_bytes()).to_string();
        for wrong in ["", &written[1..], &format!("{written}0"), &written.to_uppercase(), &"g".repeat(32)] {
            assert_eq!(wrong.parse::<Digest>(), Err(NotADigest), "{wrong}");
        }
    }

    proptest! {
        /// Law: parse after print is the identity.
        #[test]
        fn printing_loses_nothing(bytes in any::<Vec<u8>>()) {
            let digest = Digest::of(&bytes);
            prop_assert_eq!(digest.to_string().parse(), Ok(digest));
        }

        /// Law: the digest of the pieces is that of the whole, however it was cut.
        #[test]
        fn pieces_digest_as_the_whole(bytes in prop::collection::vec(any::<u8>(), 0..2000), size in 1..700usize) {
            let whole = Digest::of(&bytes);
            let through = Digest::of_reader_through(bytes.as_slice(), &mut vec![0; size]);
            prop_assert_eq!(through.ok(), Some((whole, bytes.len() as u64)));
        }

        /// Law: digests are ordered as their written forms are.
        #[test]
        fn order_is_that_of_the_written_form(a in any::<[u8; 4]>(), b in any::<[u8; 4]>()) {
            let (a, b) = (Digest::of(&a), Digest::of(&b));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }
    }
}
