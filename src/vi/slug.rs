//! Slugs: the ASCII form of a name in an address.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `text` in lower-case ASCII letters and digits, words joined by single hyphens.
///
/// Marks are struck, đ is d; anything else separates words. Idempotent. Empty if
/// `text` has no letter or digit that ASCII can carry.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfd() {
        let c = match c {
            'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
            c if is_combining_mark(c) => continue,
            c => c.to_ascii_lowercase(),
        };
        if c.is_ascii_alphanumeric() {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(c);
        } else {
            gap = true;
        }
    }
    slug
}

/// Whether `text` has the shape `[a-z0-9]+(-[a-z0-9]+)*`.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::{is_slug, slug};

    #[test]
    fn marks_are_struck_and_words_joined() {
        assert_eq!(slug("Huyện Mỹ Xuyên"), "huyen-my-xuyen");
        assert_eq!(slug("Bà Rịa – Vũng Tàu"), "ba-ria-vung-tau");
        assert_eq!(slug("Đắk Lắk"), "dak-lak");
        assert_eq!(slug("Xã M'Đrắk"), "xa-m-drak");
        assert_eq!(slug("  01-KL/TW  "), "01-kl-tw");
        assert_eq!(slug("…"), "");
    }

    proptest::proptest! {
        /// Law: a slug is a slug, and slugging is idempotent.
        #[test]
        fn slugging_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = slug(&text);
            proptest::prop_assert!(once.is_empty() || is_slug(&once));
            proptest::prop_assert_eq!(slug(&once), once);
        }
    }
}
