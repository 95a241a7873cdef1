//! Pages: what an address shows, in which version, and how two versions differ.
//!
//! A page in a browser carries the version that it was made from and tells it when it
//! connects. So one comparison serves all cases, be it a build, a restart of the server or
//! a laptop that slept: what would this address show now, and is that what is shown? The
//! server keeps nothing about pages, and no list of changed files has to be trusted.
//!
//! Files are never changed: the script is added to what is sent.

use std::{
    fmt,
    io::{self, Read},
    ops::Range,
    path::Path,
    str::FromStr,
};

use super::{
    address::Address,
    files::{self, HTML, Opened},
};
use crate::digest::{Digest, Hasher};

/// The page for addresses that nothing has.
const NOT_FOUND: &str = "/404.html";

/// Where pages' pictures, sounds and documents are.
const MEDIA: &str = "media/";

/// Where the theme's files are; behind the name of each stands a fingerprint of its bytes.
const THEME: &str = "giao-dien/";

/// Length of a fingerprint, in hexadecimal digits.
const FINGERPRINT: usize = 12;

/// What stands at an address.
pub(super) enum Found {
    /// HTML, in memory.
    Page(Page),
    /// Anything else, open.
    File { kind: &'static str, opened: Opened },
    /// The page that says that there is nothing.
    Missing(Page),
    /// Nothing, and no page to say so.
    Nothing,
}

/// A page as it stands in its file.
pub(super) struct Page {
    html: Vec<u8>,
    version: Version,
}

/// What a page in a browser was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Version {
    /// The bytes of the file.
    bytes: Digest,
    /// The same without the fingerprints of style sheets.
    frame: Digest,
    /// The stamps of the media that it names.
    media: Digest,
}

/// How what is shown differs from what is there.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Not at all.
    None,
    /// In style sheets only: those that are to be shown, as `giao-dien/…`.
    Styles(Vec<String>),
    /// In anything else.
    Page,
}

/// What stands at `address`, or at one that no file can have. Reads pages whole, and of
/// other files nothing.
pub(super) fn look(root: &Path, address: Option<&Address>) -> io::Result<Found> {
    let page = |address: &Address, opened: Opened| Page::read(root, address, opened);
    if let Some(address) = address
        && let Some(opened) = files::open(root, address)?
    {
        return Ok(match files::kind(address) {
            HTML => Found::Page(page(address, opened)?),
            kind => Found::File { kind, opened },
        });
    }
    let Ok(not_found) = Address::of(NOT_FOUND) else { return Ok(Found::Nothing) };
    Ok(match files::open(root, &not_found)? {
        Some(opened) => Found::Missing(page(address.unwrap_or(&not_found), opened)?),
        None => Found::Nothing,
    })
}

impl Found {
    /// How the page that was made from `shown` differs from this. None of our versions, as
    /// of a page that was shown before the first build, differs from everything.
    pub(super) fn change_from(&self, shown: Option<Version>) -> Change {
        let (Found::Page(page) | Found::Missing(page)) = self else { return Change::Page };
        match shown {
            Some(shown) if shown == page.version => Change::None,
            Some(shown) if shown.frame == page.version.frame && shown.media == page.version.media => {
                Change::Styles(page.sheets())
            }
            _ => Change::Page,
        }
    }

    /// The version of the page, if there is one.
    pub(super) fn version(&self) -> Option<Version> {
        match self {
            Found::Page(page) | Found::Missing(page) => Some(page.version),
            Found::File { .. } | Found::Nothing => None,
        }
    }
}

impl Page {
    fn read(root: &Path, address: &Address, mut opened: Opened) -> io::Result<Page> {
        let mut html = Vec::with_capacity(usize::try_from(opened.len).unwrap_or(0));
        opened.file.read_to_end(&mut html)?;
        let text = String::from_utf8_lossy(&html);
        let version =
            Version { bytes: Digest::of(&html), frame: frame(&text), media: media(root, address, &text) };
        Ok(Page { html, version })
    }

    /// The bytes to send: the file's, with the script that keeps the page up to date.
    pub(super) fn with_script(&self) -> Vec<u8> {
        with_script(&self.html, &self.version.to_string())
    }

    fn sheets(&self) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.html);
        let mut sheets: Vec<String> =
            sheets(&text).into_iter().map(|sheet| text[sheet.name.start..sheet.end].to_owned()).collect();
        sheets.sort();
        sheets.dedup();
        sheets
    }
}

/// `html` with the script before the end of the body, or at the end if that is not written.
/// `version` goes into an attribute as it is.
pub(super) fn with_script(html: &[u8], version: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let at = html.windows(END.len()).rposition(|tag| tag.eq_ignore_ascii_case(END)).unwrap_or(html.len());
    let script = format!("<script src=\"{}\" data-version=\"{version}\"></script>\n", super::SCRIPT);
    [&html[..at], script.as_bytes(), &html[at..]].concat()
}

/// A style sheet of the theme, as a page names it: `giao-dien/style.0123456789ab.css`.
struct Sheet {
    /// Up to the dot before the fingerprint.
    name: Range<usize>,
    fingerprint: Range<usize>,
    end: usize,
}

/// The style sheets that the `<link>` elements of a page name, in order.
fn sheets(html: &str) -> Vec<Sheet> {
    let mut found = Vec::new();
    for (start, _) in html.match_indices("<link") {
        let end = html[start..].find('>').map_or(html.len(), |end| start + end);
        for (at, _) in html[start..end].match_indices(THEME) {
            found.extend(sheet(html, start + at));
        }
    }
    found
}

/// The style sheet whose name starts at `start`, if it is one.
fn sheet(html: &str, start: usize) -> Option<Sheet> {
    let len = html[start..].find(['"', '\'', '<', '>', '?', '#', '&', ' ', '\t', '\n', '\r'])?;
    let path = html[start..start + len].strip_suffix(".css")?;
    let (name, fingerprint) = path.rsplit_once('.')?;
    let is_digit = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
    (fingerprint.len() == FINGERPRINT && fingerprint.bytes().all(is_digit)).then(|| {
        let dot = start + name.len();
        Sheet { name: start..dot, fingerprint: dot + 1..dot + 1 + FINGERPRINT, end: start + len }
    })
}

/// The digest of a page without the fingerprints of its style sheets.
fn frame(html: &str) -> Digest {
    let mut hasher = Hasher::default();
    let mut from = 0;
    for sheet in sheets(html) {
        hasher.update(&html.as_bytes()[from..sheet.fingerprint.start]);
        from = sheet.fingerprint.end;
    }
    hasher.update(&html.as_bytes()[from..]);
    hasher.digest()
}

/// The digest of the media that a page names, by their stamps. Links to other pages are not
/// media, nor are feeds and data, which change with every article.
fn media(root: &Path, page: &Address, html: &str) -> Digest {
    let mut hasher = Hasher::default();
    for reference in references(html) {
        let Some(address) = page.resolve(&unescaped(reference)) else { continue };
        let name = address.as_str();
        if name.starts_with(MEDIA) {
            let stamp = files::stamp_of(root, &address);
            hasher.update(format!("{name} {}\n", stamp.as_deref().unwrap_or("gone")).as_bytes());
        } else if name.starts_with(THEME) && files::stamp_of(root, &address).is_none() {
            // A fingerprint stands for the bytes, but the file may be one that a build is
            // still to move in when the page has been moved in already.
            hasher.update(b"gone\n");
        }
    }
    hasher.digest()
}

/// The values of all `src`, `href` and `poster` attributes, as they are written.
///
/// No HTML is parsed. What looks like an attribute and is text costs a look at a file that
/// is not there; an attribute that is missed would cost a picture that stays old.
fn references(html: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (equals, _) in html.match_indices('=') {
        let before = html[..equals].trim_ascii_end();
        let start = before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '-').map_or(0, |at| at + 1);
        // What stands before the name may be a character of several bytes: then it is text.
        let Some(name) = before.get(start..) else { continue };
        if !["src", "href", "poster"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
            continue;
        }
        let value = html[equals + 1..].trim_ascii_start();
        found.extend(match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
            _ => value.split(|c: char| c.is_ascii_whitespace() || c == '>').next(),
        });
    }
    found
}

/// The value of an attribute, its character references resolved as far as addresses have any.
fn unescaped(value: &str) -> String {
    let mut text = value.to_owned();
    for (entity, character) in
        [("&#x2F;", "/"), ("&#47;", "/"), ("&#x27;", "'"), ("&#39;", "'"), ("&quot;", "\""), ("&amp;", "&")]
    {
        if text.contains(entity) {
            text = text.replace(entity, character);
        }
    }
    text
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}-{}-{}", self.bytes, self.frame, self.media)
    }
}

impl FromStr for Version {
    type Err = ();

    fn from_str(text: &str) -> Result<Version, ()> {
        let mut digests = text.split('-').map(|digest| digest.parse::<Digest>().map_err(drop));
        let mut next = || digests.next().ok_or(())?;
        let version = Version { bytes: next()?, frame: next()?, media: next()? };
        digests.next().is_none().then_some(version).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> Page {
        let root = Path::new("there is no such folder");
        let address = Address::of("/bai-viet/a.html").expect("an address");
        let version = Version {
            bytes: Digest::of(html.as_bytes()),
            frame: frame(html),
            media: media(root, &address, html),
        };
        Page { html: html.as_bytes().to_vec(), version }
    }

    #[track_caller]
    fn check(shown: &str, there: &str, expect: Change) {
        assert_eq!(Found::Page(page(there)).change_from(Some(page(shown).version)), expect);
    }

    const A: &str = r#"<link rel="stylesheet" href="../giao-dien/style.0123456789ab.css"><p>Một</p>"#;

    #[test]
    fn equal_bytes_are_no_change() {
        check(A, A, Change::None);
    }

    #[test]
    fn another_fingerprint_of_a_style_sheet_is_a_change_of_styles() {
        let there = A.replace("0123456789ab", "ba9876543210");
        check(A, &there, Change::Styles(vec!["giao-dien/style.ba9876543210.css".to_owned()]));
    }

    #[test]
    fn any_other_difference_is_a_change_of_the_page() {
        let styles = A.replace("0123456789ab", "ba9876543210");
        for there in [
            A.replace("Một", "Hai"),
            styles.replace("Một", "Hai"),
            A.replace("style.", "in."),
            A.replace("0123456789ab", "0123456789abc"),
            A.replace("0123456789ab.css", "ba9876543210.js"),
            A.replace("<link", "<a"),
            format!("{A} "),
        ] {
            check(A, &there, Change::Page);
        }
    }

    #[test]
    fn a_fingerprint_in_the_text_is_text() {
        let shown = format!("{A}<code>giao-dien/style.0123456789ab.css</code>");
        let there = format!("{A}<code>giao-dien/style.ba9876543210.css</code>");
        check(&shown, &there, Change::Page);
    }

    #[test]
    fn several_style_sheets_are_told_each_once() {
        let html = "<link href=giao-dien/b.0123456789ab.css><LINK><link href='giao-dien/a.0123456789ab.css'>\
                    <link href=\"giao-dien/b.0123456789ab.css\">";
        assert_eq!(page(html).sheets(), ["giao-dien/a.0123456789ab.css", "giao-dien/b.0123456789ab.css"]);
    }

    #[test]
    fn a_page_that_went_or_came_changed() {
        assert_eq!(Found::Nothing.change_from(Some(page(A).version)), Change::Page);
        assert_eq!(Found::Page(page(A)).change_from(None), Change::Page);
    }

    #[test]
    fn the_script_stands_before_the_end_of_the_body() {
        let sent = |html: &str| String::from_utf8(with_script(html.as_bytes(), "v")).expect("text");
        let script = "<script src=\"/.luutru/reload.js\" data-version=\"v\"></script>\n";
        assert_eq!(sent("<body>a</body></html>"), format!("<body>a{script}</body></html>"));
        assert_eq!(sent("<!-- </body> --><BODY></BODY>"), format!("<!-- </body> --><BODY>{script}</BODY>"));
        assert_eq!(sent("<p>Một"), format!("<p>Một{script}"));
        assert_eq!(sent(""), script);
    }

    #[test]
    fn references_are_found_however_they_are_quoted() {
        let html = "<img src=\"a\"><img SRC = 'b c'><a href=d>e</a><video poster=\"\"><a data-href=\"f\">đsrc=g ệ='h'";
        assert_eq!(references(html), ["a", "b c", "d", ""]);
        assert_eq!(references("src="), [""]);
        assert_eq!(references("href=\"chưa đóng"), ["chưa đóng"]);
    }

    #[test]
    fn escapes_of_an_attribute_are_resolved_once() {
        assert_eq!(unescaped("..&#x2F;media/a&amp;b&amp;amp;.jpg"), "../media/a&b&amp;.jpg");
    }

    #[test]
    fn a_version_is_read_as_it_is_written() {
        let version = page(A).version;
        assert_eq!(version.to_string().parse(), Ok(version));
        for wrong in ["", "waiting", "a-b-c", &format!("{version}-"), &version.to_string()[1..]] {
            assert_eq!(wrong.parse::<Version>(), Err(()), "{wrong}");
        }
    }
}
