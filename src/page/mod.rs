//! Pages: which exist, at which address, and what each shows.
//!
//! `plan` promises every page, file and redirect, and knows all errors of the content;
//! a `Viewer` then makes the view of one page at a time, while it is rendered, so that
//! 100,000 views never lie in memory together. Only this module makes an address.
//!
//! Reading order: `Plan`, `address`, `listing`, `ledger`; `view` (what templates see), `viewer` (what
//! views may read); then the modules that fill the views: `parts`, `event`, `article` with `mention`,
//! `citation` and `related`, `directive`, `unit`, `locality` with `map`, `dates`, `registers`,
//! `publisher`, `home`, `feed`, and `chart`, which has the geometry of drawings; last `facet`,
//! `identity` and `ink` (what became of it all in the next build).

mod address;
mod article;
mod chart;
mod citation;
mod dates;
mod directive;
mod event;
mod facet;
mod feed;
mod home;
mod identity;
mod ink;
mod ledger;
mod listing;
mod locality;
mod map;
mod mention;
mod parts;
mod publisher;
mod registers;
mod related;
mod unit;
pub mod view;
mod viewer;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Deref;

use rayon::prelude::*;

use crate::archive::{Archive, ArticleId, DirectiveId, EventId, LocalityId, PageId, PublisherId, UnitId};
use crate::config::Site;
use crate::diagnostic::{Checked, Code, Diagnostic, SourcePath, Span};
use crate::document::{BodyRef, Document, RefKind};
use crate::gazetteer::{Gazetteer, Level, PlaceId};
use crate::source::Media;
use address::{Addresses, encode};
use listing::Chunk;
use view::Link;

pub use address::{directive_address, place_address, root_of, unit_address_of, unit_file_address};
pub use facet::{Changed, Facets, Reads, Recorder, Texts};
pub use identity::Identities;
pub use ledger::{LEDGER, is_recorded, kept};
pub use view::PictureSize;
pub use viewer::Viewer;

/// Addresses of a sitemap at most (sitemaps.org, protocol 0.9).
const SITEMAP: usize = 50_000;

/// A promise: this address, this template, and a view to be made by `Viewer::view`.
#[derive(Debug)]
pub struct Page {
    /// Relative to the site's root.
    pub url: String,
    /// Name of the template.
    pub template: &'static str,
    subject: Subject,
}

impl Page {
    /// Whether it only leads to another one.
    pub fn is_redirect(&self) -> bool {
        matches!(self.subject, Subject::Redirect(_))
    }

    /// Whether it is shown at any address that there is no page at.
    pub fn is_not_found(&self) -> bool {
        matches!(self.subject, Subject::NotFound)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Subject {
    Home,
    Article(ArticleId),
    Tombstone(u32),
    Directives(Chunk),
    Directive(DirectiveId, Chunk),
    Units,
    Unit(UnitId, Chunk),
    Localities,
    Locality(LocalityId, Chunk),
    Years,
    Year(u16),
    Month(u16, u8, Chunk),
    Undated(Chunk),
    Publishers,
    Publisher(PublisherId, Chunk),
    Initiatives(Chunk),
    Commendations(Chunk),
    Own(PageId),
    Redirect(String),
    NotFound,
    Feed(Follows),
    Changes,
    Sitemap(Option<u32>),
    Robots,
    Map(map::Ground),
}

/// Year, month, day and time, each 0 where it is not known.
type Printed = (u16, u8, u8, u16);

/// What a feed follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Follows {
    Home,
    Directive(DirectiveId),
    Unit(UnitId),
    Locality(LocalityId),
}

/// A picture among the media whose size can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its address: relative to the site's root, not encoded.
    pub url: String,
    /// As browsers show it.
    pub size: PictureSize,
}

/// Every page to exist, in the order of their addresses; all content errors are known.
pub struct Plan<'a> {
    shape: Shape,
    archive: &'a Archive,
    site: &'a Site,
}

/// What a plan has beside what it is of.
pub struct Shape {
    /// The pages.
    pub pages: Vec<Page>,
    addresses: Addresses,
    /// When each article was printed, as `Article::order`.
    printed: Vec<Printed>,
    /// Articles by year and month as ranges of ids; (0, 0) for undated ones, month 0 where
    /// only the year is known.
    months: BTreeMap<(u16, u8), std::ops::Range<u32>>,
    /// Articles with their initiatives, oldest first.
    initiatives: Vec<(ArticleId, u32)>,
    /// Events that commended, oldest first.
    commending: Vec<EventId>,
    /// Place among the newest, by article.
    newness: Vec<u32>,
    /// Pictures whose size is known, by address.
    pictures: Vec<Picture>,
    /// Places of the gazetteer that have pages.
    by_place: HashMap<PlaceId, LocalityId>,
    /// Addresses of the ledger that nothing but it asks for.
    lost: HashSet<String>,
    layout: u64,
}

impl Deref for Plan<'_> {
    type Target = Shape;

    fn deref(&self) -> &Shape {
        &self.shape
    }
}

/// A plan without its archive, for the next one.
///
/// | made again when                        | because                                   |
/// |----------------------------------------|-------------------------------------------|
/// | the graph is another                   | pages, addresses and lists come from it   |
/// | the settings are                       | sizes of pages, feeds, menus              |
/// | a media file came, went or changed     | links to it are checked, and its address  |
/// | a picture has another size             | pages give it room before it is there     |
/// | the ledger is                          | it asks for pages                         |
/// | it had mistakes                        | they are found by making it               |
///
/// Not when the text of an article is: what that links to is checked in any case.
pub struct Layout {
    shape: Shape,
    graph: u64,
    site: Site,
    media: Vec<Media>,
    ledger: String,
}

/// Plans the site, from the layout of the last plan where that is the same; another layout gets
/// the `number`, which no plan had before.
pub fn plan_again<'a>(
    archive: &'a Archive,
    site: &'a Site,
    media: &[Media],
    pictures: &[Picture],
    ledger: &str,
    last: Option<Layout>,
    number: u64,
) -> Checked<Plan<'a>> {
    let is_same = |last: &Layout| {
        let Layout { shape, graph, site: own_site, media: own_media, ledger: own_ledger } = last;
        *graph != 0
            && *graph == archive.graph
            && own_site == site
            && own_media == media
            && shape.pictures == pictures
            && own_ledger == ledger
    };
    let Some(last) = last.filter(is_same) else {
        let mut planned = plan(archive, site, media, pictures, ledger);
        planned.value.shape.layout = number;
        return planned;
    };
    let plan = Plan { shape: last.shape, archive, site };
    let mut found = Vec::new();
    let is_page = |url: &str| plan.has(url) && !plan.lost.contains(url);
    plan.check_links(&is_page, &names_of(media), &mut found);
    Checked { value: plan, diagnostics: found }
}

fn names_of(media: &[Media]) -> HashMap<&str, &Media> {
    media.iter().map(|file| (file.path.strip_prefix("content/").unwrap_or(&file.path), file)).collect()
}

/// Plans the site. `pictures` are those among the media whose size is known, in the order of their
/// addresses; `ledger` is the text of `content/addresses.txt`.
pub fn plan<'a>(
    archive: &'a Archive,
    site: &'a Site,
    media: &[Media],
    pictures: &[Picture],
    ledger: &str,
) -> Checked<Plan<'a>> {
    let printed: Vec<Printed> = archive.articles.iter().map(|article| article.order()).collect();
    let shape = Shape {
        pages: Vec::new(),
        addresses: Addresses::new(archive),
        months: months(&printed),
        printed,
        initiatives: initiatives(archive),
        commending: commending(archive),
        newness: newness(archive),
        pictures: pictures.to_vec(),
        by_place: archive
            .localities
            .iter()
            .enumerate()
            .filter_map(|(index, locality)| Some((locality.place?, LocalityId(index as u32))))
            .collect(),
        lost: HashSet::new(),
        layout: 0,
    };
    let mut plan = Plan { shape, archive, site };
    let mut found = Vec::new();
    plan.add_pages();
    let redirects = plan.add_redirects(&mut found);
    plan.add_machine_files();
    plan.sort();
    plan.check_collisions(&redirects, &mut found);
    plan.check_folders(&redirects, media, &mut found);
    let media_names = names_of(media);
    let is_page = |url: &str| plan.has(url);
    plan.check_links(&is_page, &media_names, &mut found);
    let lost = ledger::missing(ledger, &is_page, &media_names, &mut found);
    if !lost.is_empty() {
        plan.shape.lost = lost.iter().map(|(url, _)| url.clone()).collect();
        for (url, to) in lost {
            plan.shape.pages.push(Page { url, template: "redirect.html", subject: Subject::Redirect(to) });
        }
        plan.sort();
    }
    Checked { value: plan, diagnostics: found }
}

impl<'a> Plan<'a> {
    /// By address; those of one address, which is a mistake, as they came.
    fn sort(&mut self) {
        self.shape.pages.par_sort_by(|a, b| a.url.cmp(&b.url));
    }

    /// Whether there is a page at an address. The pages are sorted.
    fn has(&self, url: &str) -> bool {
        self.pages.binary_search_by(|page| (*page.url).cmp(url)).is_ok()
    }

    /// Which layout it has: plans of one memo with the same number, which is not 0, have the same
    /// pages.
    pub fn layout(&self) -> u64 {
        self.layout
    }

    /// What the next plan may begin with; `media` and `ledger` are what this one was made with.
    /// Only of a plan without mistakes.
    pub fn into_layout(self, media: Vec<Media>, ledger: String) -> Layout {
        Layout { shape: self.shape, graph: self.archive.graph, site: self.site.clone(), media, ledger }
    }

    /// Links of the site's own menu.
    pub fn menu(&self) -> Vec<Link<'a>> {
        self.site
            .menus
            .iter()
            .map(|menu| {
                let url = menu.url.text.trim_start_matches('/');
                Link { url: url.into(), title: (&*menu.label).into() }
            })
            .collect()
    }

    fn add_pages(&mut self) {
        let archive = self.archive;
        let size = self.site.page_size;
        // Articles that declare a record and those that mention it share the record's pages.
        let chunks_of = |articles: usize, mentions: usize| listing::chunks(articles.max(mentions), size);
        let mut pages: Vec<Page> = Vec::with_capacity(archive.articles.len() * 3);
        let mut add = |url: String, template, subject| pages.push(Page { url, template, subject });
        add("index.html".into(), "index.html", Subject::Home);
        add("404.html".into(), "404.html", Subject::NotFound);
        add("van-ban.html".into(), "directives.html", Subject::Directives(0));
        add("don-vi.html".into(), "units.html", Subject::Units);
        add("dia-phuong.html".into(), "localities.html", Subject::Localities);
        add("nam.html".into(), "years.html", Subject::Years);
        add("bao.html".into(), "publishers.html", Subject::Publishers);
        add("mo-hinh.html".into(), "initiatives.html", Subject::Initiatives(0));
        add("khen-thuong.html".into(), "commendations.html", Subject::Commendations(0));
        // The first page of a list stands already, or is added with the record itself.
        for chunk in listing::chunks(archive.recorded_directives(), size).skip(1) {
            add(listing::address("van-ban.html", chunk), "directives.html", Subject::Directives(chunk));
        }
        for chunk in listing::chunks(self.initiatives.len(), size).skip(1) {
            add(listing::address("mo-hinh.html", chunk), "initiatives.html", Subject::Initiatives(chunk));
        }
        for chunk in listing::chunks(self.commending.len(), size).skip(1) {
            add(
                listing::address("khen-thuong.html", chunk),
                "commendations.html",
                Subject::Commendations(chunk),
            );
        }
        for id in ids(archive.articles.len()).map(ArticleId) {
            add(self.addresses.article(id).to_owned(), "article.html", Subject::Article(id));
        }
        for index in ids(archive.tombstones.len()) {
            add(self.addresses.tombstone(index).to_owned(), "tombstone.html", Subject::Tombstone(index));
        }
        for id in ids(archive.directives.len()).map(DirectiveId) {
            for chunk in
                chunks_of(archive.directive_lists(id).articles.len(), archive.directive_mentions(id).len())
            {
                let url = listing::address(self.addresses.directive(id), chunk);
                add(url, "directive.html", Subject::Directive(id, chunk));
            }
        }
        for id in ids(archive.units.len()).map(UnitId) {
            for chunk in chunks_of(archive.unit_lists(id).articles.len(), archive.unit_mentions(id).len()) {
                let url = listing::address(self.addresses.unit(id), chunk);
                add(url, "unit.html", Subject::Unit(id, chunk));
            }
        }
        for id in ids(archive.localities.len()).map(LocalityId) {
            for chunk in
                chunks_of(archive.locality_lists(id).articles.len(), archive.locality_mentions(id).len())
            {
                let url = listing::address(self.addresses.locality(id), chunk);
                add(url, "locality.html", Subject::Locality(id, chunk));
            }
        }
        for id in ids(archive.publishers.len()).map(PublisherId) {
            for chunk in listing::chunks(archive.publisher_articles(id).len(), size) {
                let url = listing::address(self.addresses.publisher(id), chunk);
                add(url, "publisher.html", Subject::Publisher(id, chunk));
            }
        }
        for id in ids(archive.pages.len()).map(PageId) {
            add(self.addresses.page(id).to_owned(), "page.html", Subject::Own(id));
        }
        let mut last_year = 0;
        for (&(year, month), articles) in &self.months {
            if year == 0 {
                for chunk in listing::chunks(articles.len(), size) {
                    let url = listing::address(address::UNDATED, chunk);
                    add(url, "month.html", Subject::Undated(chunk));
                }
                continue;
            }
            if year != last_year {
                add(address::year(year), "year.html", Subject::Year(year));
                last_year = year;
            }
            if month > 0 {
                for chunk in listing::chunks(articles.len(), size) {
                    let url = listing::address(&address::month(year, month), chunk);
                    add(url, "month.html", Subject::Month(year, month, chunk));
                }
            }
        }
        self.shape.pages = pages;
    }

    /// Feeds, maps, sitemap and robots: what is no page to be read. Not part of the ledger.
    fn add_machine_files(&mut self) {
        self.shape.pages.push(Page {
            url: "robots.txt".into(),
            template: "robots.txt",
            subject: Subject::Robots,
        });
        self.add_maps();
        if self.site.base_url.is_none() {
            return;
        }
        let maps = self.sitemap_parts();
        let mut pages = Vec::new();
        let mut add = |url: String, template, subject| pages.push(Page { url, template, subject });
        if maps > 1 {
            for part in 0..maps as u32 {
                add(format!("sitemap-{}.xml", part + 1), "sitemap.xml", Subject::Sitemap(Some(part)));
            }
        }
        add("sitemap.xml".into(), "sitemap.xml", Subject::Sitemap(None));
        add("feed.xml".into(), "feed.xml", Subject::Feed(Follows::Home));
        add("thay-doi.xml".into(), "feed.xml", Subject::Changes);
        let archive = self.archive;
        for id in ids(archive.recorded_directives()).map(DirectiveId) {
            let url = address::feed(self.addresses.directive(id));
            add(url, "feed.xml", Subject::Feed(Follows::Directive(id)));
        }
        for id in ids(archive.units.len()).map(UnitId).filter(|&id| archive.unit(id).document.is_some()) {
            add(address::feed(self.addresses.unit(id)), "feed.xml", Subject::Feed(Follows::Unit(id)));
        }
        for id in ids(archive.localities.len()).map(LocalityId) {
            if self.has_feed(id) {
                add(
                    address::feed(self.addresses.locality(id)),
                    "feed.xml",
                    Subject::Feed(Follows::Locality(id)),
                );
            }
        }
        self.shape.pages.extend(pages);
    }

    /// The dots of the country, where any place has a page, and those of each province that has.
    fn add_maps(&mut self) {
        let archive = self.archive;
        let level = |id: &PlaceId| Gazetteer::get().place(*id).level;
        let places = archive.localities.iter().filter_map(|locality| locality.place);
        let provinces = places.filter(|id| level(id) == Level::Province).flat_map(map::grounds);
        let country = (!archive.localities.is_empty()).then_some(map::Ground::Country);
        let pages = country.into_iter().chain(provinces).map(|ground| Page {
            url: address::map(ground),
            template: "map.svg",
            subject: Subject::Map(ground),
        });
        self.shape.pages.extend(pages);
    }

    /// Directives without a file that something mentions, and how many articles do.
    fn mentioned_stubs(&self) -> impl Iterator<Item = (DirectiveId, usize)> {
        let archive = self.archive;
        let stubs = ids(archive.directives.len()).skip(archive.recorded_directives()).map(DirectiveId);
        let counted = stubs.map(|id| (id, archive.directive_mentions(id).len()));
        counted.filter(|(_, count)| *count > 0)
    }

    /// How many sitemaps hold all pages.
    fn sitemap_parts(&self) -> usize {
        self.mapped().count().div_ceil(SITEMAP).max(1)
    }

    /// Pages that a search engine should know.
    fn mapped(&self) -> impl Iterator<Item = &str> {
        let shown = |subject: &Subject| {
            !matches!(
                subject,
                Subject::Redirect(_)
                    | Subject::Tombstone(_)
                    | Subject::NotFound
                    | Subject::Feed(_)
                    | Subject::Changes
                    | Subject::Sitemap(_)
                    | Subject::Robots
                    | Subject::Map(_)
            )
        };
        self.pages.iter().filter(move |page| shown(&page.subject)).map(|page| &*page.url)
    }

    fn has_feed(&self, id: LocalityId) -> bool {
        self.archive.locality(id).parent.is_none()
    }

    /// Former addresses, and derived ones that a file has left: each with whom it belongs to.
    fn add_redirects(&mut self, found: &mut Vec<Diagnostic>) -> HashMap<String, (SourcePath, Span)> {
        let mut redirects: HashMap<String, (SourcePath, Span)> = HashMap::new();
        let mut pages = Vec::new();
        let mut add = |document: &Document, to: &str, found: &mut Vec<Diagnostic>| {
            for former in &document.old_addresses {
                let Some(url) = address::former(&former.text) else {
                    found.push(
                        Diagnostic::new(Code::BadAddress, &document.path, former.span)
                            .with("address", &former.text)
                            .help("bad-address.help", &[]),
                    );
                    continue;
                };
                if let Some((other, _)) = redirects.get(&url) {
                    found.push(collision(&document.path, former.span, &url, other));
                    continue;
                }
                redirects.insert(url.clone(), (document.path.clone(), former.span));
                let subject = Subject::Redirect(to.to_owned());
                pages.push(Page { url, template: "redirect.html", subject });
            }
        };
        let archive = self.archive;
        let addresses = &self.addresses;
        let moved = archive.articles.par_iter().enumerate();
        let moved: Vec<_> = moved.filter(|(_, article)| !article.document.old_addresses.is_empty()).collect();
        for (index, article) in moved {
            add(&article.document, addresses.article(ArticleId(index as u32)), found);
        }
        for (index, tombstone) in archive.tombstones.iter().enumerate() {
            add(&tombstone.document, addresses.tombstone(index as u32), found);
        }
        for (index, directive) in archive.directives.iter().enumerate() {
            if let Some(document) = &directive.document {
                add(document, addresses.directive(DirectiveId(index as u32)), found);
            }
        }
        for (index, publisher) in archive.publishers.iter().enumerate() {
            add(&publisher.document, addresses.publisher(PublisherId(index as u32)), found);
        }
        for (index, page) in archive.pages.iter().enumerate() {
            add(&page.document, addresses.page(PageId(index as u32)), found);
        }
        for (index, locality) in archive.localities.iter().enumerate() {
            if let Some(document) = &locality.document {
                add(document, addresses.locality(LocalityId(index as u32)), found);
            }
        }
        for (index, unit) in archive.units.iter().enumerate() {
            if let Some(document) = &unit.document {
                add(document, addresses.unit(UnitId(index as u32)), found);
            }
        }
        for (index, unit) in archive.units.iter().enumerate() {
            let own = addresses.unit(UnitId(index as u32));
            if let Some(derived) = address::derived_address(archive, unit)
                && derived != own
                && let Some(document) = &unit.document
                && !redirects.contains_key(&derived)
            {
                redirects.insert(derived.clone(), (document.path.clone(), document.span));
                let subject = Subject::Redirect(own.to_owned());
                pages.push(Page { url: derived, template: "redirect.html", subject });
            }
        }
        for (id, directive) in &archive.former_stubs {
            let url = address::directive(id);
            if !redirects.contains_key(&url) {
                let directive_url = addresses.directive(*directive).to_owned();
                if let Some(document) = &archive.directive(*directive).document {
                    redirects.insert(url.clone(), (document.path.clone(), document.span));
                }
                let subject = Subject::Redirect(directive_url);
                pages.push(Page { url, template: "redirect.html", subject });
            }
        }
        self.shape.pages.extend(pages);
        redirects
    }

    /// No two pages share an address, with and without regard to case.
    fn check_collisions(
        &mut self,
        redirects: &HashMap<String, (SourcePath, Span)>,
        found: &mut Vec<Diagnostic>,
    ) {
        // Sorted, equals stand together; but not where some are not in lower case.
        let mut urls: Vec<(Cow<'_, str>, usize)> =
            self.pages.iter().enumerate().map(|(index, page)| (lowercase(&page.url), index)).collect();
        if urls.iter().any(|(url, _)| matches!(url, Cow::Owned(_))) {
            urls.par_sort_unstable();
        }
        let same = urls.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        let twice: Vec<(usize, usize)> = same.map(|pair| (pair[0].1, pair[1].1)).collect();
        for (first, second) in twice {
            let owner = |page: &Page| match &page.subject {
                Subject::Redirect(_) => redirects.get(&page.url).cloned(),
                _ => self.file_of(page).map(|document| (document.path.clone(), document.span)),
            };
            let (first, second) = (&self.pages[first], &self.pages[second]);
            let (this, other) = match (owner(second), owner(first)) {
                (Some(this), other) => {
                    (this, other.map_or_else(|| first.url.as_str().into(), |(path, _)| path))
                }
                (None, Some(this)) => (this, second.url.as_str().into()),
                (None, None) => (("content".into(), Span::default()), first.url.as_str().into()),
            };
            found.push(collision(&this.0, this.1, &second.url, &other));
        }
    }

    /// No address is a file and a folder, and no two media files differ by case alone.
    /// Only media and former addresses can be named so.
    fn check_folders(
        &self,
        redirects: &HashMap<String, (SourcePath, Span)>,
        media: &[Media],
        found: &mut Vec<Diagnostic>,
    ) {
        let mut folders: HashMap<String, &str> = HashMap::new();
        let mut files: HashMap<String, &SourcePath> = HashMap::new();
        for file in media {
            let url = file.path.strip_prefix("content/").unwrap_or(&file.path);
            folders.extend(url.match_indices('/').map(|(at, _)| (url[..at].to_lowercase(), url)));
            if let Some(other) = files.insert(url.to_lowercase(), &file.path) {
                found.push(collision(&file.path, Span::default(), url, other));
            }
        }
        for page in self.pages.iter().filter(|page| matches!(page.subject, Subject::Redirect(_))) {
            folders.extend(
                page.url.match_indices('/').map(|(at, _)| (page.url[..at].to_lowercase(), &*page.url)),
            );
        }
        if folders.is_empty() {
            return;
        }
        for page in &self.pages {
            let Some(inside) = folders.get(&*lowercase(&page.url)) else { continue };
            // The one to blame is the former address: media lie in folders of their own.
            let (this, other) = match redirects.contains_key(*inside) {
                true => (*inside, &*page.url),
                false => (&*page.url, *inside),
            };
            if let Some((path, span)) = redirects.get(this) {
                found.push(collision(path, *span, this, other));
            }
        }
    }

    /// The file that a page is of, if it is of one: lists and derived pages are of none.
    pub fn file_of(&self, page: &Page) -> Option<&Document> {
        let archive = self.archive;
        match page.subject {
            Subject::Article(id) => Some(&archive.article(id).document),
            Subject::Tombstone(index) => Some(&archive.tombstones[index as usize].document),
            Subject::Directive(id, _) => archive.directive(id).document.as_deref(),
            Subject::Unit(id, _) => archive.unit(id).document.as_deref(),
            Subject::Locality(id, _) => archive.locality(id).document.as_deref(),
            Subject::Publisher(id, _) => Some(&archive.publisher(id).document),
            Subject::Own(id) => Some(&archive.pages[id.index()].document),
            _ => None,
        }
    }

    /// Links to media and to addresses of the site lead somewhere.
    fn check_links(
        &self,
        is_page: &(dyn Fn(&str) -> bool + Sync),
        media: &HashMap<&str, &Media>,
        found: &mut Vec<Diagnostic>,
    ) {
        let archive = self.archive;
        let config: SourcePath = crate::config::PATH.into();
        for menu in &self.site.menus {
            let url = &menu.url.text;
            // `config` lets no other scheme pass.
            let inside = !["http://", "https://", "mailto:"].iter().any(|start| url.starts_with(start));
            if inside && !is_page(address::decode(url).trim_start_matches('/')) {
                found.push(dead_link(&config, menu.url.span, url));
            }
        }
        let dead_ref = |document: &Document, body_ref: &BodyRef| {
            let target = || address::decode(&body_ref.target);
            match body_ref.kind {
                RefKind::Name => None,
                RefKind::Media | RefKind::Picture | RefKind::SizedPicture => {
                    let target = target();
                    let missing = || missing_media(&document.path, body_ref.span, &target);
                    (!media.contains_key(&*target)).then(missing)
                }
                RefKind::Address => {
                    let dead = || dead_link(&document.path, body_ref.span, &body_ref.target);
                    (!is_page(&target())).then(dead)
                }
            }
        };
        let documents: Vec<&Document> = self.documents().collect();
        let in_bodies = documents.into_par_iter().flat_map_iter(|document| {
            document.body.refs.iter().filter_map(|body_ref| dead_ref(document, body_ref))
        });
        let in_bodies: Vec<Diagnostic> = in_bodies.collect();
        found.extend(in_bodies);
        let of_photos = archive.articles.par_iter().flat_map_iter(|article| {
            let files = article.front().photos.iter().filter_map(|photo| photo.file.as_ref());
            let missing = files.filter(|file| !media.contains_key(&*file.text));
            missing.map(|file| missing_media(&article.document.path, file.span, &file.text))
        });
        let of_photos: Vec<Diagnostic> = of_photos.collect();
        found.extend(of_photos);
    }

    fn documents(&self) -> impl Iterator<Item = &Document> {
        let archive = self.archive;
        let articles = archive.articles.iter().map(|a| &*a.document);
        let directives = archive.directives.iter().filter_map(|d| d.document.as_deref());
        let units = archive.units.iter().filter_map(|u| u.document.as_deref());
        let localities = archive.localities.iter().filter_map(|l| l.document.as_deref());
        let publishers = archive.publishers.iter().map(|p| &*p.document);
        let pages = archive.pages.iter().map(|p| &*p.document);
        articles.chain(directives).chain(units).chain(localities).chain(publishers).chain(pages)
    }
}

fn ids(count: usize) -> impl Iterator<Item = u32> {
    0..count as u32
}

fn months(printed: &[Printed]) -> BTreeMap<(u16, u8), std::ops::Range<u32>> {
    let mut months: BTreeMap<(u16, u8), std::ops::Range<u32>> = BTreeMap::new();
    for (index, &(year, month, ..)) in printed.iter().enumerate() {
        let month = if year == 0 { 0 } else { month };
        let index = index as u32;
        months.entry((year, month)).or_insert(index..index).end = index + 1;
    }
    months
}

fn initiatives(archive: &Archive) -> Vec<(ArticleId, u32)> {
    let mut initiatives = Vec::new();
    for (index, article) in archive.articles.iter().enumerate() {
        let all = ids(article.initiatives.len());
        initiatives.extend(all.map(|at| (ArticleId(index as u32), at)));
    }
    initiatives
}

fn commending(archive: &Archive) -> Vec<EventId> {
    let mut events: Vec<_> = (0..archive.events.len() as u32)
        .into_par_iter()
        .map(EventId)
        .filter(|&id| !archive.commended(archive.event(id)).is_empty())
        .map(|id| (archive.event(id).date.as_ref().map(|dated| dated.date.order()), id))
        .collect();
    events.par_sort_unstable();
    events.into_iter().map(|(_, id)| id).collect()
}

fn newness(archive: &Archive) -> Vec<u32> {
    let mut newness = vec![0; archive.articles.len()];
    for (place, id) in archive.newest.iter().enumerate() {
        newness[id.index()] = place as u32;
    }
    newness
}

/// Most addresses are in lower case and need no copy.
fn lowercase(url: &str) -> Cow<'_, str> {
    match url.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        true => url.into(),
        false => url.to_lowercase().into(),
    }
}

fn collision(path: &SourcePath, span: Span, url: &str, other: &str) -> Diagnostic {
    Diagnostic::new(Code::AddressCollision, path, span)
        .with("address", url)
        .with("other", other)
        .help("address-collision.help", &[])
}

fn dead_link(path: &SourcePath, span: Span, url: &str) -> Diagnostic {
    Diagnostic::new(Code::DeadLink, path, span).with("url", url).help("dead-link.help", &[])
}

fn missing_media(path: &SourcePath, span: Span, file: &str) -> Diagnostic {
    Diagnostic::new(Code::MissingMedia, path, span).with("file", file).help("missing-media.help", &[])
}
