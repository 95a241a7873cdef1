//! Addresses: the only place that makes one.
//!
//! All are relative to the site's root, lower-case ASCII but for media, and end in
//! `.html` where they are pages. What an address is made of never changes with a title.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use rayon::prelude::*;

use super::map::Ground;
use crate::archive::{Archive, ArticleId, DirectiveId, LocalityId, PageId, PublisherId, Unit, UnitId};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::organ::{self, OrganId};

/// The addresses of all records, by their ids.
pub(super) struct Addresses {
    articles: Vec<String>,
    directives: Vec<String>,
    units: Vec<String>,
    localities: Vec<String>,
    publishers: Vec<String>,
    pages: Vec<String>,
    tombstones: Vec<String>,
}

impl Addresses {
    pub(super) fn new(archive: &Archive) -> Addresses {
        let article = |id: &str| format!("bai-viet/{id}.html");
        Addresses {
            articles: archive.articles.par_iter().map(|a| article(&a.document.id)).collect(),
            tombstones: archive.tombstones.iter().map(|t| article(&t.document.id)).collect(),
            directives: archive.directives.iter().map(|d| directive(&d.id)).collect(),
            units: archive.units.par_iter().map(|unit| unit_address(archive, unit)).collect(),
            localities: archive
                .localities
                .iter()
                .map(|place| format!("dia-phuong/{}.html", place.path))
                .collect(),
            publishers: archive.publishers.iter().map(|p| format!("bao/{}.html", p.document.id)).collect(),
            pages: archive.pages.iter().map(|page| format!("trang/{}.html", page.document.id)).collect(),
        }
    }

    pub(super) fn article(&self, id: ArticleId) -> &str {
        &self.articles[id.index()]
    }

    pub(super) fn tombstone(&self, index: u32) -> &str {
        &self.tombstones[index as usize]
    }

    pub(super) fn directive(&self, id: DirectiveId) -> &str {
        &self.directives[id.index()]
    }

    pub(super) fn unit(&self, id: UnitId) -> &str {
        &self.units[id.index()]
    }

    pub(super) fn locality(&self, id: LocalityId) -> &str {
        &self.localities[id.index()]
    }

    pub(super) fn publisher(&self, id: PublisherId) -> &str {
        &self.publishers[id.index()]
    }

    pub(super) fn page(&self, id: PageId) -> &str {
        &self.pages[id.index()]
    }
}

/// The address of a directive, with a file or without.
pub(super) fn directive(id: &str) -> String {
    format!("van-ban/{id}.html")
}

/// The address of a directive's page, by its id.
pub fn directive_address(id: &str) -> String {
    format!("van-ban/{id}.html")
}

/// The address of a unit of organ and place, if no file with an id of its own describes it.
pub fn unit_address_of(organ: OrganId, place: PlaceId) -> String {
    format!("don-vi/{}/{}.html", Gazetteer::get().place(place).path, organ::get(organ).id)
}

/// The address of a unit's file with an id of its own.
pub fn unit_file_address(id: &str) -> String {
    format!("don-vi/{id}.html")
}

/// The address of a place of the gazetteer.
pub fn place_address(place: PlaceId) -> String {
    format!("dia-phuong/{}.html", Gazetteer::get().place(place).path)
}

/// A file's own address if it sets its id or is of no known organ; else organ and place.
fn unit_address(archive: &Archive, unit: &Unit) -> String {
    match &unit.document {
        Some(document) if document.id_is_set => format!("don-vi/{}.html", document.id),
        document => derived_address(archive, unit).unwrap_or_else(|| {
            let id = document.as_ref().map_or("", |document| &document.id);
            format!("don-vi/{id}.html")
        }),
    }
}

/// The address that a unit of organ and place has without a file.
pub(super) fn derived_address(archive: &Archive, unit: &Unit) -> Option<String> {
    let (organ, place) = unit.derived?;
    Some(format!("don-vi/{}/{}.html", archive.locality(place).path, organ::get(organ).id))
}

/// Page `number` of the list at `listing`, counted from the oldest.
pub(super) fn further(listing: &str, number: usize) -> String {
    format!("{}/trang-{number}.html", stem(listing))
}

/// The feed of a page.
pub(super) fn feed(page: &str) -> String {
    match page {
        "index.html" => "feed.xml".to_owned(),
        page => format!("{}.xml", stem(page)),
    }
}

/// The file with the dots of a map.
pub(super) fn map(ground: Ground) -> String {
    let path = |id: PlaceId| Gazetteer::get().place(id).path;
    match ground {
        Ground::Country => "giao-dien/ban-do/viet-nam.svg".to_owned(),
        Ground::Province(id) => format!("giao-dien/ban-do/{}.svg", path(id)),
        Ground::Former(id) => format!("giao-dien/ban-do/den-2025/{}.svg", path(id)),
    }
}

/// The list of articles without a date.
pub(super) const UNDATED: &str = "nam/khong-ro-ngay.html";

pub(super) fn year(year: u16) -> String {
    format!("nam/{year:04}.html")
}

pub(super) fn month(year: u16, month: u8) -> String {
    format!("nam/{year:04}/{month:02}.html")
}

fn stem(address: &str) -> &str {
    address.strip_suffix(".html").unwrap_or(address)
}

/// What leads from a page to the root.
pub fn root_of(url: &str) -> Cow<'static, str> {
    match url.matches('/').count() {
        0 => "".into(),
        1 => "../".into(),
        2 => "../../".into(),
        3 => "../../../".into(),
        deeper => "../".repeat(deeper).into(),
    }
}

/// What a path may keep in an address: the rest is percent-encoded.
const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'#')
    .add(b'?')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b':')
    .add(b'&')
    .add(b'\'');

/// A file's path as an address.
pub(super) fn encode(path: &str) -> String {
    utf8_percent_encode(path, IN_PATH).to_string()
}

/// A path as an editor wrote it in a link, without fragment and query, decoded.
pub(super) fn decode(link: &str) -> String {
    let path = link.split(['#', '?']).next().unwrap_or("");
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// A former address as a file of the output: a folder's is its `index.html`. `None` if no
/// file could answer there, or if it leaves the site.
pub(super) fn former(written: &str) -> Option<String> {
    let address = written.trim().trim_start_matches('/');
    let address = match address.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None => address.to_owned(),
    };
    let parts: Vec<&str> = address.split('/').collect();
    let is_page = |part: &str| part.ends_with(".html") || part.ends_with(".htm");
    let (last, folders) = parts.split_last()?;
    let sound = is_page(last)
        && !folders.iter().any(|part| is_page(part))
        && parts.iter().all(|part| is_portable(part));
    sound.then_some(address)
}

/// Whether a file or folder of that name can be stored anywhere: not too long, no sign that
/// has a meaning to a system, no Windows device, no full stop or space at its end.
fn is_portable(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or("").to_ascii_lowercase();
    !part.is_empty()
        && part.len() <= 200
        && !part.starts_with('.')
        && !part.ends_with(['.', ' '])
        && !part.starts_with(' ')
        && !part.contains([':', '\\', '?', '#', '%', '"', '<', '>', '|', '*'])
        && !part.contains(char::is_control)
        && !crate::document::is_device(&stem)
}

#[cfg(test)]
mod tests {
    use super::{encode, former, root_of};

    #[test]
    fn a_former_address_is_a_page_within_the_site() {
        assert_eq!(former("/cu/bai.html").as_deref(), Some("cu/bai.html"));
        assert_eq!(former("2023/05/").as_deref(), Some("2023/05/index.html"));
        for address in [
            "https://a.vn/x.html",
            "../x.html",
            "a//b.html",
            "x.php",
            "a/./b.html",
            "",
            "/",
            ".luutru/x.html",
        ] {
            assert_eq!(former(address), None, "{address}");
        }
    }

    #[test]
    fn the_way_to_the_root_is_as_long_as_the_address_is_deep() {
        assert_eq!(root_of("index.html"), "");
        assert_eq!(root_of("a/b/c/d/e.html"), "../../../../");
    }

    #[test]
    fn paths_are_safe_in_attributes() {
        assert_eq!(encode("media/Ảnh 1\".jpg"), "media/%E1%BA%A2nh%201%22.jpg");
    }
}
