//! Where links lead, as they are followed at a root, under a sub-path and from `file://`.
//!
//! The three are one rule: a link is relative, stays below the root and ends at a file that
//! exists, by the very letters of its name. What breaks the rule and still leads somewhere in
//! one of the settings is told apart from what leads nowhere.
//!
//! | a link that                  | at a root | under a sub-path | from `file://` |
//! |------------------------------|-----------|------------------|----------------|
//! | begins with `/`              | leads     | elsewhere        | elsewhere      |
//! | climbs above the root        | is cut    | elsewhere        | elsewhere      |
//! | ends in a folder             | leads     | leads            | shows files    |
//! | begins with `//host`         | leads     | leads            | elsewhere      |
//!
//! Queries are left out: no file has one. A page that is shown at any address (`404.html`) is
//! the exception; its links begin with the path of the base.
//! Not here: whether the page has the place that a fragment names (`mod.rs`).

use std::borrow::Cow;
use std::sync::OnceLock;

use percent_encoding::percent_decode_str;
use rustc_hash::FxHashMap;

use super::Problem;
use super::html::Way;
use crate::config::Site;
use crate::page::{Page, Plan};

/// Everything that a link of the site may lead to.
pub(super) struct Leads<'p> {
    /// Each address with the index of its page; `FILE` for what is no HTML.
    all: FxHashMap<&'p str, u32>,
    /// Addresses by what one may have meant: in lower case.
    folded: OnceLock<FxHashMap<String, &'p str>>,
    base_url: Option<&'p str>,
    /// The path of the base, with a slash at either end.
    base_path: &'p str,
}

/// What is no page.
const FILE: u32 = u32::MAX;

/// A place on the way: the page that a link stands on, or the style sheet.
#[derive(Clone, Copy)]
pub(super) struct From<'p> {
    /// Its address; what is relative is relative to it.
    pub(super) url: &'p str,
    /// Whether it is shown at any address.
    pub(super) anywhere: bool,
    /// The index of the page.
    pub(super) page: Option<u32>,
}

/// Where a link leads.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Led<'u> {
    /// To this page.
    pub(super) page: Option<u32>,
    /// To this place on it; `None` for its top.
    pub(super) fragment: Option<Cow<'u, str>>,
    /// What is wrong with it.
    pub(super) problem: Option<Problem>,
    /// Of one that leads nowhere: what may have been meant.
    pub(super) near: Option<String>,
}

impl<'p> Leads<'p> {
    /// All pages of a plan and all files beside them.
    pub(super) fn new(plan: &'p Plan, files: impl Iterator<Item = &'p str>, site: &'p Site) -> Leads<'p> {
        let number = |(index, page): (usize, &'p Page)| match page.url.ends_with(".html") {
            true => (&*page.url, index as u32),
            false => (&*page.url, FILE),
        };
        Leads {
            all: plan.pages.iter().enumerate().map(number).chain(files.map(|file| (file, FILE))).collect(),
            folded: OnceLock::new(),
            base_url: site.base_url.as_deref(),
            base_path: site.base_path(),
        }
    }

    /// Follows a link. `base` is what a page says that its links are relative to.
    pub(super) fn follow<'u>(&self, from: From, base: Option<&str>, way: Way, url: &'u str) -> Led<'u> {
        let url = url.trim_matches(|c: char| c <= ' ');
        let (address, fragment) = url.split_once('#').map_or((url, ""), |(address, rest)| (address, rest));
        let path = address.split('?').next().unwrap_or("");
        let wrong = |problem| Led { problem: Some(problem), ..Led::default() };
        if has_scheme(address) {
            let is_web = ["http:", "https:"].iter().any(|scheme| {
                address.get(..scheme.len()).is_some_and(|own| own.eq_ignore_ascii_case(scheme))
            });
            let own = self.base_url.and_then(|base| match address.strip_prefix(base) {
                None => (address == base.trim_end_matches('/')).then_some(""),
                rest => rest,
            });
            return match own {
                Some(_) if way == Way::Loaded => wrong(Problem::Absolute),
                Some(path) => {
                    let mut led = self.led(path.split('?').next().unwrap_or(""), fragment, None);
                    // A web server is there if the address is one on the web.
                    led.problem.take_if(|problem| *problem == Problem::Folder);
                    led
                }
                None if is_web && way == Way::Loaded => wrong(Problem::Foreign),
                None => Led::default(),
            };
        }
        if way == Way::Told {
            return Led::default();
        }
        if path.starts_with("//") || path.starts_with("\\\\") {
            return wrong(if way == Way::Loaded { Problem::Foreign } else { Problem::Host });
        }
        if path.is_empty() && base.is_none() {
            let nothing = way == Way::Loaded && url.is_empty();
            return match from.page {
                _ if nothing => wrong(Problem::Dead),
                page => Led { page, fragment: place(fragment), ..Led::default() },
            };
        }
        if from.anywhere {
            return match path.strip_prefix(self.base_path) {
                Some(path) => self.led(path, fragment, None),
                None => wrong(Problem::Anywhere),
            };
        }
        if path.starts_with(['/', '\\']) {
            let path = path.strip_prefix(self.base_path).unwrap_or(&path[1..]);
            return self.led(path, fragment, Some(Problem::Root));
        }
        let folder = from.url.rfind('/').map_or("", |at| &from.url[..=at]);
        let whole = match base {
            Some(base) => format!("{folder}{}{path}", base.rfind('/').map_or("", |at| &base[..=at])),
            None => format!("{folder}{path}"),
        };
        self.led(&whole, fragment, None)
    }

    /// Where a path below the root leads. `problem` is what is known to be wrong with it already.
    fn led<'u>(&self, path: &str, fragment: &'u str, mut problem: Option<Problem>) -> Led<'u> {
        let mut parts: Vec<&str> = Vec::new();
        let mut is_folder = path.is_empty();
        for part in path.split(['/', '\\']) {
            is_folder = matches!(part, "" | "." | "..");
            match part {
                "." => {}
                ".." if parts.pop().is_none() => problem = problem.or(Some(Problem::Above)),
                ".." => {}
                part => parts.push(part),
            }
        }
        if parts.last() == Some(&"") {
            parts.pop();
        }
        if is_folder {
            parts.push("index.html");
            problem = problem.or(Some(Problem::Folder));
        }
        let path = parts.join("/");
        let file = decoded(&path);
        match self.all.get(&*file) {
            Some(&FILE) => Led { problem, ..Led::default() },
            Some(&page) => Led { page: Some(page), fragment: place(fragment), problem, near: None },
            None => Led { problem: Some(Problem::Dead), near: self.near(&file), ..Led::default() },
        }
    }

    /// The address that one like it may have been meant for.
    fn near(&self, file: &str) -> Option<String> {
        let folded = self.folded.get_or_init(|| {
            let mut all: Vec<&str> = self.all.keys().copied().collect();
            all.sort_unstable();
            all.into_iter().map(|url| (url.to_lowercase(), url)).collect()
        });
        let stem = file.strip_suffix("/index.html").unwrap_or(file);
        let meant = [file.to_lowercase(), format!("{}.html", stem.to_lowercase())];
        meant.iter().find_map(|meant| folded.get(meant)).map(|url| (*url).to_owned())
    }
}

/// Letters, digits and a few signs before the first colon that comes before any slash,
/// question mark or number sign (RFC 3986, section 3.1).
fn has_scheme(url: &str) -> bool {
    let head = url.split(['/', '?', '#']).next().unwrap_or("");
    head.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// The name of a file, as a file system has it. What is no UTF-8, or hides a slash in a name, is
/// left as it is: no file has such a name.
fn decoded(path: &str) -> Cow<'_, str> {
    let hides_slash = path.contains("%2f") || path.contains("%2F");
    match percent_decode_str(path).decode_utf8() {
        Ok(decoded) if !hides_slash => decoded,
        _ => path.into(),
    }
}

/// The id that a fragment names; `None` for the top. What stands behind `:~:` is for browsers.
pub(super) fn place(fragment: &str) -> Option<Cow<'_, str>> {
    let id = fragment.split(":~:").next().unwrap_or("");
    if id.is_empty() || id.eq_ignore_ascii_case("top") {
        return None;
    }
    Some(percent_decode_str(id).decode_utf8().unwrap_or_else(|_| id.into()))
}
