//! Addresses as they are asked for: from the path of a request to a file's name below
//! the root, and whether the request was meant for this machine at all.
//!
//! A path is split first and decoded second, once, so that nothing that was encoded can
//! become a separator or a step upwards. What is left is checked a second time where it
//! meets the disk: `files` follows links and looks where they end.

use std::path::{Component, Path};

use percent_encoding::percent_decode_str;

/// Names by which a browser on this machine may call the server.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The name of a file below the root, `/`-separated: `nam/2023.html`. No segment of it is
/// empty, hidden, or anything but a plain name on any system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address(String);

/// Why a path is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// No browser sends this: bad escapes, control characters, steps upwards.
    Malformed,
    /// It may name a file, but none that is published.
    Hidden,
}

impl Address {
    /// The file that the path of a request asks for; a path that ends in `/` asks for the
    /// `index.html` of that folder.
    pub(super) fn of(path: &str) -> Result<Address, Refused> {
        let path = path.strip_prefix('/').ok_or(Refused::Malformed)?;
        let mut address = String::with_capacity(path.len() + 10);
        let mut segments = path.split('/').peekable();
        while let Some(segment) = segments.next() {
            let is_last = segments.peek().is_none();
            let name = match segment {
                "" if is_last => "index.html".to_owned(),
                _ => decode(segment).ok_or(Refused::Malformed)?,
            };
            if name.is_empty() {
                return Err(Refused::Hidden);
            }
            if !is_plain(&name) {
                return Err(Refused::Malformed);
            }
            if name.starts_with('.') {
                return Err(Refused::Hidden);
            }
            address.push_str(&name);
            if !is_last {
                address.push('/');
            }
        }
        Ok(Address(address))
    }

    /// What `reference`, as an attribute of the page at this address has it, leads to; none
    /// if that is another server, another scheme or no address.
    pub(super) fn resolve(&self, reference: &str) -> Option<Address> {
        let path = reference.split(['?', '#']).next().unwrap_or("").trim();
        let first = path.split('/').next().unwrap_or("");
        if path.is_empty() || path.starts_with("//") || first.contains(':') {
            return None;
        }
        // Of this page's own segments all count but the last, its name. They are names
        // already, so an escape in them is one that is meant.
        let folder = self.0.rsplit_once('/').map_or("", |(folder, _)| folder).replace('%', "%25");
        let mut segments: Vec<&str> = match path.strip_prefix('/') {
            Some(_) => Vec::new(),
            None => folder.split('/').filter(|segment| !segment.is_empty()).collect(),
        };
        for segment in path.split('/') {
            match segment {
                "" | "." => {}
                ".." => drop(segments.pop()),
                name => segments.push(name),
            }
        }
        Address::of(&format!("/{}", segments.join("/"))).ok()
    }

    /// The name, `/`-separated.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The ending of the name in lower case, or nothing.
    pub(super) fn ending(&self) -> String {
        let name = self.0.rsplit('/').next().unwrap_or("");
        name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
    }
}

/// Whether a request for `host`, with or without a port, is one for this machine.
///
/// A page of any other name that leads here is somebody else's that had its name point to
/// us (DNS rebinding), and would read drafts as if they were its own.
pub(super) fn is_this_machine(host: &str) -> bool {
    NAMES.iter().any(|name| {
        let Some((start, port)) = host.split_at_checked(name.len()) else { return false };
        let has_port = port.strip_prefix(':').is_some_and(|port| port.bytes().all(|b| b.is_ascii_digit()));
        start.eq_ignore_ascii_case(name) && (port.is_empty() || has_port)
    })
}

/// The bytes that the escapes stand for, as text. Unlike the library's own decoding, an
/// escape that is none is a mistake and not a percent sign.
pub(super) fn decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_escape =
        |at: usize| bytes.get(at + 1..at + 3).is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit));
    if bytes.iter().enumerate().any(|(at, &b)| b == b'%' && !is_escape(at)) {
        return None;
    }
    Some(percent_decode_str(text).decode_utf8().ok()?.into_owned())
}

/// Whether a segment is one plain name, on the system that runs this and on Windows.
fn is_plain(name: &str) -> bool {
    let foreign = |c: char| c.is_control() || c == '/' || c == '\\' || (cfg!(windows) && c == ':');
    let mut components = Path::new(name).components();
    !name.contains(foreign)
        && matches!((components.next(), components.next()), (Some(Component::Normal(_)), None))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(path: &str, expect: Result<&str, Refused>) {
        assert_eq!(Address::of(path).as_ref().map(Address::as_str), expect.as_ref().copied());
    }

    #[test]
    fn a_path_names_a_file_and_a_folder_its_index() {
        check("/", Ok("index.html"));
        check("/nam/2023.html", Ok("nam/2023.html"));
        check("/nam/", Ok("nam/index.html"));
        check("/media/%E1%BA%A3nh%20b%C3%ACa.jpg", Ok("media/ảnh bìa.jpg"));
        check("/media/100%25.jpg", Ok("media/100%.jpg"));
    }

    #[test]
    fn what_no_browser_sends_is_malformed() {
        let hostile = [
            "",
            "*",
            "index.html",
            "/..",
            "/../etc/passwd",
            "/nam/../../etc/passwd",
            "/%2e%2e/etc/passwd",
            "/%2E%2e%2Fetc%2Fpasswd",
            "/nam/./2023.html",
            "/nam%2F2023.html",
            "/a\\b",
            "/..%5c..%5cetc",
            "/a%00.html",
            "/a%0d%0aSet-Cookie:x",
            "/a%",
            "/a%2",
            "/a%zz",
            "/%ff%fe",
            "/%c0%ae%c0%ae/etc/passwd",
        ];
        for path in hostile {
            assert_eq!(Address::of(path), Err(Refused::Malformed), "{path}");
        }
    }

    #[test]
    fn hidden_names_and_empty_ones_name_nothing() {
        for path in
            ["/.luutru/manifest", "/%2eluutru/manifest", "/.git/config", "/a/.b", "//etc/passwd", "/..."]
        {
            assert_eq!(Address::of(path), Err(Refused::Hidden), "{path}");
        }
    }

    #[test]
    fn what_was_encoded_twice_is_a_name_that_nothing_has() {
        check("/%252e%252e/etc", Ok("%2e%2e/etc"));
    }

    #[test]
    fn references_are_resolved_as_a_browser_does() {
        let page = Address::of("/bai-viet/a.html").expect("an address");
        let check = |reference: &str, expect: Option<&str>| {
            assert_eq!(page.resolve(reference).as_ref().map(Address::as_str), expect, "{reference}");
        };
        check("../media/a.jpg", Some("media/a.jpg"));
        check("b.jpg?v=1#x", Some("bai-viet/b.jpg"));
        check("/media/%C4%91.jpg", Some("media/đ.jpg"));
        check("../../../media/a.jpg", Some("media/a.jpg"));
        check("#dau", None);
        check("", None);
        check("//example.org/media/a.jpg", None);
        check("https://example.org/media/a.jpg", None);
        check("data:image/png;base64,AAAA", None);
    }

    #[test]
    fn only_names_of_the_loopback_are_this_machine() {
        for host in
            ["localhost", "LocalHost:4000", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:4000", "localhost:"]
        {
            assert!(is_this_machine(host), "{host}");
        }
        for host in [
            "",
            "example.org",
            "localhost.example.org",
            "localhost@example.org",
            "example.org:4000",
            "127.0.0.1.example.org",
            "127.0.0.2",
            "::1",
            "localhost:4000.example.org",
            "0.0.0.0",
        ] {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    proptest! {
        /// Law: whatever is asked for, each segment of an address is a plain, visible name.
        #[test]
        fn no_address_leads_upwards(path in "/([a./\\\\%:]|%2[eEfF]|%5[cC]|%00){0,12}") {
            if let Ok(Address(address)) = Address::of(&path) {
                for segment in address.split('/') {
                    prop_assert!(is_plain(segment) && !segment.starts_with('.'), "{address}");
                }
            }
        }
    }
}
