//! Pages: which exist, at which address, and what each shows.
//!
//! `plan` promises every page, file and redirect, and knows all errors of the content;
//! `Plan::view` then makes the view of one page at a time, while it is rendered, so that
//! 100,000 views never lie in memory together. Only this module makes an address.
//!
//! Reading order: `Plan`, `address`, `listing`, `view` (what templates see), then the
//! modules that fill the views: `article`, `mention`, `directive`, `unit`, `locality`,
//! `lists`, `feed`.

mod address;
mod article;
mod directive;
mod feed;
mod ledger;
mod listing;
mod lists;
mod locality;
mod mention;
mod unit;
pub mod view;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::archive::{
    Archive, ArticleId, DirectiveId, Event, EventId, LocalityId, PageId, PlaceRef, PublisherId, Tally,
    Target, UnitId, UnitRef,
};
use crate::config::Site;
use crate::diagnostic::{Checked, Code, Diagnostic, SourcePath, Span};
use crate::document::{Document, RefKind, Shown};
use crate::gazetteer::PlaceId;
use crate::organ;
use crate::source::Media;
use address::Addresses;
use listing::Chunk;
use view::{Link, PageView, Row, TallyView, View};

pub use address::{directive_address, encode, place_address, root_of, unit_address_of, unit_file_address};
pub use ledger::{LEDGER, is_recorded, kept};

/// A promise: this address, this template, and a view to be made by `Plan::view`.
#[derive(Debug)]
pub struct Page {
    /// Relative to the site's root.
    pub url: String,
    /// Name of the template.
    pub template: &'static str,
    subject: Subject,
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
}

/// What a feed follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Follows {
    Home,
    Directive(DirectiveId),
    Unit(UnitId),
    Locality(LocalityId),
}

/// Every page to exist, in the order of their addresses; all content errors are known.
pub struct Plan<'a> {
    /// The pages.
    pub pages: Vec<Page>,
    archive: &'a Archive,
    site: &'a Site,
    addresses: Addresses,
    /// Articles by year and month as ranges of ids; (0, 0) for undated ones, month 0 where
    /// only the year is known.
    months: BTreeMap<(u16, u8), std::ops::Range<u32>>,
    /// Articles with their initiatives, oldest first.
    initiatives: Vec<(ArticleId, u32)>,
    /// Events that commended, oldest first.
    commending: Vec<EventId>,
    /// Place among the newest, by article.
    newness: Vec<u32>,
    /// Places of the gazetteer that have pages.
    by_place: HashMap<PlaceId, LocalityId>,
}

/// Plans the site. `ledger` is the text of `content/addresses.txt`.
pub fn plan<'a>(archive: &'a Archive, site: &'a Site, media: &[Media], ledger: &str) -> Checked<Plan<'a>> {
    let mut plan = Plan {
        pages: Vec::new(),
        archive,
        site,
        addresses: Addresses::new(archive),
        months: months(archive),
        initiatives: initiatives(archive),
        commending: commending(archive),
        newness: newness(archive),
        by_place: archive
            .localities
            .iter()
            .enumerate()
            .filter_map(|(index, locality)| Some((locality.place?, LocalityId(index as u32))))
            .collect(),
    };
    let mut found = Vec::new();
    plan.add_pages();
    let redirects = plan.add_redirects(&mut found);
    plan.check_collisions(&redirects, &mut found);
    plan.check_folders(&redirects, media, &mut found);
    let media_names: HashMap<&str, &Media> =
        media.iter().map(|file| (file.path.strip_prefix("content/").unwrap_or(&file.path), file)).collect();
    plan.add_machine_files();
    let known: std::collections::HashSet<&str> = plan.pages.iter().map(|page| &*page.url).collect();
    plan.check_links(&known, &media_names, &mut found);
    let lost = ledger::missing(ledger, &known, &media_names, &mut found);
    for (url, to) in lost {
        plan.pages.push(Page { url, template: "redirect.html", subject: Subject::Redirect(to) });
    }
    plan.pages.sort_by(|a, b| a.url.cmp(&b.url));
    Checked { value: plan, diagnostics: found }
}

impl<'a> Plan<'a> {
    /// The view of a page. Cost: that of what the page shows.
    pub fn view<'s>(&'s self, page: &'s Page) -> View<'s> {
        match &page.subject {
            Subject::Home => View::Home(self.home()),
            Subject::Article(id) => View::Article(Box::new(self.article(*id))),
            Subject::Tombstone(index) => View::Tombstone(self.tombstone(*index)),
            Subject::Directives(chunk) => View::Directives(self.directives(*chunk)),
            Subject::Directive(id, chunk) => View::Directive(Box::new(self.directive(*id, *chunk))),
            Subject::Units => View::Units(self.units()),
            Subject::Unit(id, chunk) => View::Unit(Box::new(self.unit(*id, *chunk))),
            Subject::Localities => View::Localities(self.localities()),
            Subject::Locality(id, chunk) => View::Locality(Box::new(self.locality(*id, *chunk))),
            Subject::Years => View::Years(self.years()),
            Subject::Year(year) => View::Year(self.year(*year)),
            Subject::Month(year, month, chunk) => View::Month(self.month(*year, *month, *chunk)),
            Subject::Undated(chunk) => View::Month(self.undated(*chunk)),
            Subject::Publishers => View::Publishers(self.publishers()),
            Subject::Publisher(id, chunk) => View::Publisher(self.publisher(*id, *chunk)),
            Subject::Initiatives(chunk) => View::Initiatives(self.initiatives(*chunk)),
            Subject::Commendations(chunk) => View::Commendations(self.commendations(*chunk)),
            Subject::Own(id) => View::Own(self.own(*id)),
            Subject::Redirect(to) => View::Redirect(view::RedirectView { to: to.clone() }),
            Subject::NotFound => View::NotFound(view::NotFoundView { root: self.base_path() }),
            Subject::Feed(follows) => View::Feed(self.feed(*follows)),
            Subject::Changes => View::Feed(self.changes()),
            Subject::Sitemap(part) => View::Sitemap(self.sitemap(*part)),
            Subject::Robots => View::Robots(self.robots()),
        }
    }

    /// What every template knows of a page.
    pub fn page_view<'s>(&'s self, page: &'s Page, root: &'s str) -> PageView<'s> {
        let html =
            page.url.ends_with(".html") && !matches!(page.subject, Subject::Redirect(_) | Subject::NotFound);
        PageView { url: &page.url, root, canonical: self.absolute(&page.url).filter(|_| html) }
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
            for chunk in listing::chunks(
                listed(&archive.directive_lists(id).articles, archive.directive_mentions(id)),
                size,
            ) {
                let url = listing::address(self.addresses.directive(id), chunk);
                add(url, "directive.html", Subject::Directive(id, chunk));
            }
        }
        for id in ids(archive.units.len()).map(UnitId) {
            for chunk in
                listing::chunks(listed(&archive.unit_lists(id).articles, archive.unit_mentions(id)), size)
            {
                let url = listing::address(self.addresses.unit(id), chunk);
                add(url, "unit.html", Subject::Unit(id, chunk));
            }
        }
        for id in ids(archive.localities.len()).map(LocalityId) {
            for chunk in listing::chunks(
                listed(&archive.locality_lists(id).articles, archive.locality_mentions(id)),
                size,
            ) {
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
                    let url = listing::address("nam/khong-ro-ngay.html", chunk);
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
        self.pages = pages;
    }

    /// Feeds, sitemap and robots: what programs read. Not part of the ledger.
    fn add_machine_files(&mut self) {
        self.pages.push(Page { url: "robots.txt".into(), template: "robots.txt", subject: Subject::Robots });
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
        self.pages.extend(pages);
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
        for (index, article) in archive.articles.iter().enumerate() {
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
        self.pages.extend(pages);
        redirects
    }

    /// No two pages share an address, with and without regard to case.
    fn check_collisions(
        &mut self,
        redirects: &HashMap<String, (SourcePath, Span)>,
        found: &mut Vec<Diagnostic>,
    ) {
        let mut seen: HashMap<String, usize> = HashMap::with_capacity(self.pages.len());
        let mut twice = Vec::new();
        for (index, page) in self.pages.iter().enumerate() {
            if let Some(first) = seen.insert(page.url.to_lowercase(), index) {
                twice.push((first, index));
            }
        }
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
        for page in &self.pages {
            let Some(inside) = folders.get(&page.url.to_lowercase()) else { continue };
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

    fn file_of(&self, page: &Page) -> Option<&Document> {
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
        known: &std::collections::HashSet<&str>,
        media: &HashMap<&str, &Media>,
        found: &mut Vec<Diagnostic>,
    ) {
        let archive = self.archive;
        let config: SourcePath = crate::config::PATH.into();
        for menu in &self.site.menus {
            let url = &menu.url.text;
            let inside = !url.starts_with("http://") && !url.starts_with("https://");
            if inside && !known.contains(address::decode(url).trim_start_matches('/')) {
                found.push(dead_link(&config, menu.url.span, url));
            }
        }
        for document in self.documents() {
            for body_ref in &document.body.refs {
                let target = address::decode(&body_ref.target);
                match body_ref.kind {
                    RefKind::Media if !media.contains_key(&*target) => {
                        found.push(missing_media(&document.path, body_ref.span, &target));
                    }
                    RefKind::Address if !known.contains(&*target) => {
                        found.push(dead_link(&document.path, body_ref.span, &body_ref.target));
                    }
                    _ => {}
                }
            }
        }
        for article in &archive.articles {
            for photo in &article.front().photos {
                let Some(file) = &photo.file else { continue };
                if !media.contains_key(&*file.text) {
                    found.push(missing_media(&article.document.path, file.span, &file.text));
                }
            }
        }
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

    // Small parts of many views.

    fn row(&self, id: ArticleId) -> Row<'_> {
        let article = self.archive.article(id);
        let front = article.front();
        Row {
            url: self.addresses.article(id).to_owned(),
            title: &front.title,
            date: article.date().map(|dated| dated.date.to_string()),
            publisher: article.publisher.map(|id| &*self.archive.publisher(id).front().name.text),
            draft: front.draft,
        }
    }

    /// A page of a list of articles that is sorted oldest first. `longest` is the length of
    /// the longest list that shares its pages.
    fn listing(
        &self,
        url: &str,
        total: usize,
        longest: usize,
        chunk: Chunk,
        at: impl Fn(usize) -> ArticleId,
    ) -> view::Listing<'_> {
        let size = self.site.page_size;
        view::Listing {
            rows: listing::range(total, size, chunk).rev().map(|index| self.row(at(index))).collect(),
            total,
            pager: listing::pager(url, longest, size, chunk),
        }
    }

    fn unit_link(&self, unit: UnitRef) -> Link<'_> {
        let named = unit.named.and_then(|organ| {
            let locality = self.archive.unit(unit.unit).place?.locality;
            let place = self.archive.locality(locality).place?;
            let gazetteer = crate::gazetteer::Gazetteer::get();
            let level = gazetteer.place(place).level;
            let takes = &organ::get(organ).places;
            let record =
                gazetteer.place(place).records.iter().rfind(|record| takes.has(level, record.kind))?;
            Some(organ::display(organ, record.kind, record.short))
        });
        Link {
            url: self.addresses.unit(unit.unit).into(),
            title: named.map_or_else(|| Cow::from(&*self.archive.unit(unit.unit).name), Cow::from),
        }
    }

    fn unit_page_link(&self, unit: UnitId) -> Link<'_> {
        self.unit_link(UnitRef { unit, named: None })
    }

    fn directive_link(&self, id: DirectiveId) -> Link<'_> {
        Link { url: self.addresses.directive(id).into(), title: (&*self.archive.directive(id).full).into() }
    }

    fn place_link(&self, place: PlaceRef) -> Link<'_> {
        self.locality_link(place.locality)
    }

    fn locality_link(&self, id: LocalityId) -> Link<'_> {
        Link { url: self.addresses.locality(id).into(), title: (&*self.archive.locality(id).name).into() }
    }

    fn publisher_link(&self, id: PublisherId) -> Link<'_> {
        let name = &self.archive.publisher(id).front().name.text;
        Link { url: self.addresses.publisher(id).into(), title: (&**name).into() }
    }

    /// A body with its holes filled for a page that is `root` away from the root.
    fn body(&self, document: &Document, links: &[Target], root: &str) -> String {
        self.filled(document, links, root, |_| Shown::Words)
    }

    /// The same with its mentions as `show` says.
    fn filled(
        &self,
        document: &Document,
        links: &[Target],
        root: &str,
        show: impl FnMut(usize) -> Shown,
    ) -> String {
        let fill = |index: usize| -> Cow<'_, str> {
            let url = match links.get(index) {
                Some(Target::Article(id)) => self.addresses.article(*id),
                Some(Target::Tombstone(index)) => self.addresses.tombstone(*index),
                Some(Target::Directive(id)) => self.addresses.directive(*id),
                Some(Target::Unit(unit)) => self.addresses.unit(unit.unit),
                Some(Target::Locality(place)) => self.addresses.locality(place.locality),
                Some(Target::Publisher(id)) => self.addresses.publisher(*id),
                Some(Target::Page(id)) => self.addresses.page(*id),
                Some(Target::Written) => {
                    let target = &document.body.refs[index].target;
                    let path = address::decode(target);
                    let fragment = target.find('#').map_or("", |at| &target[at..]);
                    return format!("{root}{}{}", encode(&path), fragment.replace(['"', '<', '>', '&'], ""))
                        .into();
                }
                Some(Target::Nothing) | None => return "".into(),
            };
            format!("{root}{url}").into()
        };
        document.body.html(fill, show)
    }

    /// The absolute address of a page, if the site has a base.
    fn absolute(&self, url: &str) -> Option<String> {
        let base = self.site.base_url.as_deref()?;
        Some(match url {
            "index.html" => base.to_owned(),
            url => format!("{base}{}", encode(url)),
        })
    }

    /// The path of the base, for a page that is served at any depth.
    fn base_path(&self) -> String {
        let base = self.site.base_url.as_deref().unwrap_or("");
        let host = base.split_once("://").map_or("", |(_, rest)| rest);
        host.find('/').map_or("/", |at| &host[at..]).to_owned()
    }

    /// The province, or the highest place of the site's, that a place lies in.
    fn province_of(&self, mut id: LocalityId) -> LocalityId {
        while let Some(parent) = self.archive.locality(id).parent {
            id = parent;
        }
        id
    }

    /// Events of the articles of a chunk that `belongs` keeps, by place, then oldest first.
    /// An event stands where the article that records it stands.
    fn events_of<'s>(
        &'s self,
        articles: impl Iterator<Item = ArticleId>,
        belongs: impl Fn(&Event) -> bool,
    ) -> Vec<view::EventView<'s>> {
        let mut events: Vec<EventId> = Vec::new();
        for article in articles {
            for &id in &self.archive.article(article).events {
                let event = self.archive.event(id);
                if event.reports[0].0 == article && belongs(event) {
                    events.push(id);
                }
            }
        }
        events.sort_by_key(|&id| {
            let event = self.archive.event(id);
            let place = event.localities.first().map(|place| self.archive.locality(place.locality).rank);
            (place, event.date.as_ref().map(|dated| dated.date.order()), id)
        });
        events.into_iter().map(|id| self.event(id)).collect()
    }
}

fn ids(count: usize) -> impl Iterator<Item = u32> {
    0..count as u32
}

/// Entries of the longer of two lists, which share their pages.
fn listed<A, B>(articles: &[A], mentions: &[B]) -> usize {
    articles.len().max(mentions.len())
}

fn tally(tally: Tally) -> TallyView {
    TallyView { old: tally.old, new: tally.new, unknown: tally.unknown }
}

fn months(archive: &Archive) -> BTreeMap<(u16, u8), std::ops::Range<u32>> {
    let mut months: BTreeMap<(u16, u8), std::ops::Range<u32>> = BTreeMap::new();
    for (index, article) in archive.articles.iter().enumerate() {
        let (year, month, ..) = article.order();
        let month = if year == 0 { 0 } else { month };
        let index = index as u32;
        months.entry((year, month)).or_insert(index..index).end = index + 1;
    }
    months
}

fn initiatives(archive: &Archive) -> Vec<(ArticleId, u32)> {
    let of = |(index, article): (usize, &crate::archive::Article)| {
        ids(article.initiatives.len()).map(move |at| (ArticleId(index as u32), at)).collect::<Vec<_>>()
    };
    archive.articles.iter().enumerate().flat_map(of).collect()
}

fn commending(archive: &Archive) -> Vec<EventId> {
    let mut events: Vec<EventId> = ids(archive.events.len())
        .map(EventId)
        .filter(|&id| !archive.commended(archive.event(id)).is_empty())
        .collect();
    events.sort_by_key(|&id| (archive.event(id).date.as_ref().map(|dated| dated.date.order()), id));
    events
}

fn newness(archive: &Archive) -> Vec<u32> {
    let mut newness = vec![0; archive.articles.len()];
    for (place, id) in archive.newest.iter().enumerate() {
        newness[id.index()] = place as u32;
    }
    newness
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
