//! Facets: the parts of a plan that a view can read, a digest of each, and what changed.
//!
//! A view is a pure function of what it reads ("verifying traces"): while one is made, a
//! `Recorder` notes the facet behind every read of the `Viewer`; a page whose facets are in
//! the next build what they were has the same view, and need not be made again. Nobody says
//! what an edit makes stale: it follows from what was read.
//!
//! | a facet of | is |
//! |---|---|
//! | an article | what it declares; its text; its neighbours in the lists it stands in |
//! | a directive, unit or place | its record; the lists of those that name it; who mentions it; of a directive also, which others relate to it |
//! | a publisher | its record; its articles |
//! | an event, tombstone, page, month | all of it |
//! | a numbered page of a register | which entries it shows, and whether it is the last |
//! | a picture | its size |
//! | the whole plan | `Whole` |
//!
//! Two ids that a view compares have each been read with what orders them.
//!
//! Invariant: a facet that is not there has the digest 0, and no other has.
//! Not here: which facet a read is of (`viewer`), what a digest covers (`ink`).

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::identity::{Identities, Numbers, place_number};
use super::ink::Ink;
use super::listing::{self, Chunk};
use super::map::Ground;
use super::viewer::around;
use super::{Follows, Page, Plan, Subject, ids};
use crate::archive::{Article, ArticleId, DirectiveId, EventId, LocalityId, PageId, PublisherId, UnitId};
use crate::gazetteer::PlaceId;

/// A part of a plan that a view can read.
#[derive(Clone, Copy)]
pub(super) enum Facet {
    Whole(Whole),
    /// What an article's front matter says, and where its names lead.
    Declared(ArticleId),
    /// An article's text, and where its links and mentions lead.
    Text(ArticleId),
    /// Who stands near an article in the lists it stands in, and when each was printed.
    Around(ArticleId),
    Tombstone(u32),
    Event(EventId),
    Directive(DirectiveId),
    DirectiveLists(DirectiveId),
    DirectiveMentions(DirectiveId),
    /// Relations that others declare to it, without all else that names it.
    DirectiveReverse(DirectiveId),
    Unit(UnitId),
    UnitLists(UnitId),
    UnitMentions(UnitId),
    Locality(LocalityId),
    LocalityLists(LocalityId),
    LocalityMentions(LocalityId),
    /// Whether a place of the gazetteer has a page: that of its locality.
    Place(PlaceId),
    Publisher(PublisherId),
    PublisherArticles(PublisherId),
    Own(PageId),
    /// The articles of a month, and when each was printed.
    Month(u16, u8),
    /// What a page of a register shows; of the first page, which is not numbered, all entries.
    Register(Register, Chunk),
    /// The size of a picture that has one; that another has none is `Whole::Pictures`.
    Picture(u32),
}

/// A list of the whole archive that is numbered from the oldest. A view reads a page of it and
/// not the whole: with 10,000 events the numbered pages are 200, and a new one is on none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Register {
    /// Articles with their initiatives.
    Initiatives,
    /// Events that commended.
    Commending,
}

impl Facet {
    /// Its place among the digests.
    fn index(self, numbers: &Numbers) -> u32 {
        let of = |number: u32, slot: u32| WHOLE + number * SLOTS + slot;
        match self {
            Facet::Whole(whole) => whole as u32,
            Facet::Declared(id) => of(numbers.article(id), 0),
            Facet::Text(id) => of(numbers.article(id), 1),
            Facet::Around(id) => of(numbers.article(id), 2),
            Facet::Tombstone(index) => of(numbers.tombstone(index), 0),
            Facet::Event(id) => of(numbers.event(id), 0),
            Facet::Directive(id) => of(numbers.directive(id), 0),
            Facet::DirectiveLists(id) => of(numbers.directive(id), 1),
            Facet::DirectiveMentions(id) => of(numbers.directive(id), 2),
            Facet::DirectiveReverse(id) => of(numbers.directive(id), 3),
            Facet::Unit(id) => of(numbers.unit(id), 0),
            Facet::UnitLists(id) => of(numbers.unit(id), 1),
            Facet::UnitMentions(id) => of(numbers.unit(id), 2),
            Facet::Locality(id) => of(numbers.locality(id), 0),
            Facet::LocalityLists(id) => of(numbers.locality(id), 1),
            Facet::LocalityMentions(id) => of(numbers.locality(id), 2),
            Facet::Place(place) => of(place_number(place), 0),
            Facet::Publisher(id) => of(numbers.publisher(id), 0),
            Facet::PublisherArticles(id) => of(numbers.publisher(id), 1),
            Facet::Own(id) => of(numbers.page(id), 0),
            Facet::Picture(index) => of(numbers.picture(index), 0),
            // That a month has no articles is what the list of months says.
            Facet::Month(year, month) => {
                numbers.month(year, month).map_or(Whole::Calendar as u32, |number| of(number, 0))
            }
            Facet::Register(register, chunk) => numbers.register(register, chunk).map_or(
                match register {
                    Register::Initiatives => Whole::Initiatives as u32,
                    Register::Commending => Whole::Commending as u32,
                },
                |number| of(number, 0),
            ),
        }
    }
}

/// What is of no single record.
#[derive(Clone, Copy)]
pub(super) enum Whole {
    /// The settings.
    Site,
    /// Articles by the day they were added.
    Newest,
    /// How many articles and events there are.
    Counts,
    /// Which months have articles.
    Calendar,
    /// How many articles each month has.
    Months,
    /// Which articles tell of initiatives.
    Initiatives,
    /// Which events commended.
    Commending,
    /// All directives and their lists.
    Directives,
    /// Directives without a file that are mentioned, and how often.
    Stubs,
    /// All units and their lists.
    Units,
    /// All places and their lists.
    Localities,
    /// All publishers.
    Publishers,
    /// All tombstones.
    Tombstones,
    /// Corrections of all articles.
    Corrections,
    /// Addresses for search engines.
    Addresses,
    /// Which pictures have a known size.
    Pictures,
}

impl Whole {
    const ALL: [Whole; WHOLE as usize] = [
        Whole::Site,
        Whole::Newest,
        Whole::Counts,
        Whole::Calendar,
        Whole::Months,
        Whole::Initiatives,
        Whole::Commending,
        Whole::Directives,
        Whole::Stubs,
        Whole::Units,
        Whole::Localities,
        Whole::Publishers,
        Whole::Tombstones,
        Whole::Corrections,
        Whole::Addresses,
        Whole::Pictures,
    ];
}

/// Facets of the whole plan stand before those of records.
const WHOLE: u32 = 16;

/// Facets of a record; some kinds have fewer.
const SLOTS: u32 = 4;

/// The digest of every facet of one plan.
#[derive(Debug)]
pub struct Facets {
    digests: Vec<u64>,
    numbers: Numbers,
    /// What stands for the text of each article as it was written, by id.
    bodies: Vec<u64>,
}

/// The texts of articles that differ between two plans of one layout: the facet of each, its
/// digest, and the article with what stands for its text.
#[derive(Debug, Default)]
pub struct Texts(Vec<(u32, u64, ArticleId, u64)>);

/// What a view read: facets in ascending order, each once. 4 bytes a facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads(Box<[u32]>);

/// Notes what a view reads. One serves many views, one after the other.
pub struct Recorder<'f> {
    facets: &'f Facets,
    reads: RefCell<Vec<u32>>,
}

/// The facets that differ between two plans.
#[derive(Debug)]
pub struct Changed {
    /// A bit a facet.
    bits: Vec<u64>,
}

impl Reads {
    /// How many facets were read.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'f> Recorder<'f> {
    /// One for views of the plan that `facets` are of.
    pub fn new(facets: &'f Facets) -> Recorder<'f> {
        Recorder { facets, reads: RefCell::default() }
    }

    pub(super) fn note(&self, facet: Facet) {
        self.reads.borrow_mut().push(facet.index(&self.facets.numbers));
    }

    /// What was read since the last time.
    pub fn take(&self) -> Reads {
        let mut reads = self.reads.borrow_mut();
        reads.sort_unstable();
        reads.dedup();
        let taken = Reads(reads.as_slice().into());
        reads.clear();
        taken
    }
}

impl Changed {
    /// Whether any of these reads would read something else now.
    pub fn touches(&self, reads: &Reads) -> bool {
        let is_set = |facet: u32| self.bits[facet as usize / 64] >> (facet % 64) & 1 == 1;
        reads.0.iter().any(|&facet| is_set(facet))
    }

    /// Whether nothing changed at all.
    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|bits| *bits == 0)
    }
}

impl Facets {
    /// The facets that are not what they were in `old`, which has the same identities. Reads
    /// recorded with either can be asked about.
    pub fn changed_since(&self, old: &Facets) -> Changed {
        let (a, b) = (&self.digests, &old.digests);
        let longest = a.len().max(b.len());
        let at = |digests: &[u64], facet: usize| digests.get(facet).copied().unwrap_or(0);
        let bits = (0..longest.div_ceil(64)).into_par_iter().with_min_len(256).map(|word| {
            let differs = |bit: &usize| at(a, word * 64 + bit) != at(b, word * 64 + bit);
            (0..64).filter(differs).fold(0, |bits, bit| bits | 1 << bit)
        });
        Changed { bits: bits.collect() }
    }

    /// The facets that are not what they are here, where only texts differ.
    pub fn changed_by(&self, texts: &Texts) -> Changed {
        let mut bits = vec![0; self.digests.len().div_ceil(64)];
        for &(facet, digest, ..) in &texts.0 {
            let is_other = self.digests[facet as usize] != digest;
            bits[facet as usize / 64] |= u64::from(is_other) << (facet % 64);
        }
        Changed { bits }
    }

    /// Makes these the facets of the plan that the texts are of.
    pub fn take_over(&mut self, texts: Texts) {
        for (facet, digest, id, body) in texts.0 {
            self.digests[facet as usize] = digest;
            self.bodies[id.index()] = body;
        }
    }

    fn get(&self, facet: Facet) -> u64 {
        self.digests[facet.index(&self.numbers) as usize]
    }
}

/// Stands for the text of an article as it was written.
fn body(article: &Article) -> u64 {
    article.document.body_digest.short()
}

impl Plan<'_> {
    /// The digests of all that views of this plan can read. Runs in parallel.
    pub fn facets(&self, identities: &mut Identities) -> Facets {
        let numbers = Numbers::of(self, identities);
        let end = WHOLE + identities.end() * SLOTS;
        let mut digests = vec![0; end as usize];
        for (facet, digest) in self.record_digests(&numbers).into_iter().flatten() {
            digests[facet.index(&numbers) as usize] = digest;
        }
        let bodies = self.archive.articles.par_iter().with_min_len(1024).map(body).collect();
        let mut facets = Facets { digests, numbers, bodies };
        for (whole, digest) in self.whole_digests(&facets) {
            facets.digests[whole as usize] = digest;
        }
        facets
    }

    /// What differs from a plan of the same layout, whose facets are `last`: the texts of some
    /// articles, and nothing else.
    pub fn changed_texts(&self, last: &Facets) -> Texts {
        let articles = (&self.archive.articles, &last.bodies).into_par_iter().enumerate().with_min_len(1024);
        let changed =
            articles.filter(|(_, (article, last))| body(article) != **last).map(|(index, (article, _))| {
                let id = ArticleId(index as u32);
                let [_, text] = Ink::new(&last.numbers).article(article);
                (Facet::Text(id).index(&last.numbers), text, id, body(article))
            });
        Texts(changed.collect())
    }

    fn record_digests(&self, numbers: &Numbers) -> [Vec<(Facet, u64)>; 13] {
        let archive = self.archive;
        let months: Vec<_> = self.months.iter().map(|(&month, articles)| (month, articles.clone())).collect();
        [
            self.digests_around(numbers),
            digests(numbers, &archive.articles, |ink, id, article| {
                let (id, [declared, text]) = (ArticleId(id), ink.article(article));
                [(Facet::Declared(id), declared), (Facet::Text(id), text)]
            }),
            digests(numbers, &archive.tombstones, |ink, index, tombstone| {
                [(Facet::Tombstone(index), ink.tombstone(tombstone))]
            }),
            digests(numbers, &archive.events, |ink, id, event| {
                [(Facet::Event(EventId(id)), ink.event(event))]
            }),
            digests(numbers, &archive.directives, |ink, id, directive| {
                let id = DirectiveId(id);
                let lists = archive.directive_lists(id);
                [
                    (Facet::Directive(id), ink.directive(directive)),
                    (Facet::DirectiveLists(id), ink.directive_lists(lists)),
                    (Facet::DirectiveReverse(id), ink.sum(|ink| ink.relations(&lists.reverse))),
                    (Facet::DirectiveMentions(id), ink.mentions(archive.directive_mentions(id))),
                ]
            }),
            digests(numbers, &archive.units, |ink, id, unit| {
                let id = UnitId(id);
                [
                    (Facet::Unit(id), ink.unit(unit)),
                    (Facet::UnitLists(id), ink.unit_lists(archive.unit_lists(id))),
                    (Facet::UnitMentions(id), ink.mentions(archive.unit_mentions(id))),
                ]
            }),
            digests(numbers, &archive.localities, |ink, id, locality| {
                let id = LocalityId(id);
                [
                    (Facet::Locality(id), ink.locality(locality)),
                    (Facet::LocalityLists(id), ink.locality_lists(archive.locality_lists(id))),
                    (Facet::LocalityMentions(id), ink.mentions(archive.locality_mentions(id))),
                ]
            }),
            digests(numbers, &archive.publishers, |ink, id, publisher| {
                let id = PublisherId(id);
                let articles = archive.publisher_articles(id);
                [
                    (Facet::Publisher(id), ink.publisher(publisher)),
                    (Facet::PublisherArticles(id), ink.sum(|ink| ink.list(articles, Ink::article_id))),
                ]
            }),
            digests(numbers, &archive.pages, |ink, id, page| [(Facet::Own(PageId(id)), ink.own_page(page))]),
            digests(numbers, &self.pictures, |ink, index, picture| {
                [(Facet::Picture(index), ink.picture(picture))]
            }),
            digests(numbers, &months, |ink, _, ((year, month), articles)| {
                let digest = ink.sum(|ink| {
                    for id in articles.clone().map(ArticleId) {
                        ink.article_id(&id);
                        ink.printed(self.printed[id.index()]);
                    }
                });
                [(Facet::Month(*year, *month), digest)]
            }),
            self.page_digests(numbers, Register::Initiatives, &self.initiatives, |ink, (article, at)| {
                ink.article_id(article);
                ink.number(*at);
            }),
            self.page_digests(numbers, Register::Commending, &self.commending, Ink::event_id),
        ]
    }

    /// What each numbered page of a register shows.
    fn page_digests<'n, T>(
        &self,
        numbers: &'n Numbers,
        register: Register,
        entries: &[T],
        write: impl Fn(&mut Ink<'n>, &T),
    ) -> Vec<(Facet, u64)> {
        let (total, size) = (entries.len(), self.site.page_size);
        let ink = &mut Ink::new(numbers);
        let chunks = listing::chunks(total, size).filter(|chunk| *chunk > 0);
        let digest = |chunk| {
            let digest = ink.sum(|ink| {
                ink.number(u32::from(chunk as usize == listing::numbered(total, size)));
                ink.list(&entries[listing::range(total, size, chunk)], &write);
            });
            (Facet::Register(register, chunk), digest)
        };
        chunks.map(digest).collect()
    }

    /// Made of the digests of records, where those are there. In parallel: some go over all
    /// addresses or all places.
    fn whole_digests(&self, facets: &Facets) -> Vec<(Whole, u64)> {
        let digest = |whole: &Whole| (*whole, self.whole_digest(*whole, facets));
        Whole::ALL.par_iter().with_max_len(1).map(digest).collect()
    }

    fn whole_digest(&self, whole: Whole, facets: &Facets) -> u64 {
        let archive = self.archive;
        let mut ink = Ink::new(&facets.numbers);
        let all = |ink: &mut Ink, of: &[Facet]| {
            for &facet in of {
                ink.number(facet.index(&facets.numbers));
                ink.digest(facets.get(facet));
            }
        };
        match whole {
            Whole::Site => ink.sum(|ink| {
                ink.text(&format!("{:?}", self.site));
                // Which record the place of the settings means is not in the settings.
                ink.option(&archive.place, Ink::locality_id);
            }),
            Whole::Newest => ink.sum(|ink| ink.list(&archive.newest, Ink::article_id)),
            Whole::Counts => {
                ink.sum(|ink| ink.numbers(&[archive.articles.len() as u32, archive.events.len() as u32]))
            }
            Whole::Calendar => ink.sum(|ink| {
                for &(year, month) in self.months.keys() {
                    ink.numbers(&[u32::from(year), u32::from(month)]);
                }
            }),
            Whole::Months => ink.sum(|ink| {
                for (&(year, month), articles) in &self.months {
                    ink.numbers(&[u32::from(year), u32::from(month), articles.len() as u32]);
                }
            }),
            Whole::Initiatives => ink.sum(|ink| {
                ink.list(&self.initiatives, |ink, (article, at)| {
                    ink.article_id(article);
                    ink.number(*at);
                });
            }),
            Whole::Commending => ink.sum(|ink| ink.list(&self.commending, Ink::event_id)),
            Whole::Directives => ink.sum(|ink| {
                for id in ids(archive.directives.len()).map(DirectiveId) {
                    all(ink, &[Facet::Directive(id), Facet::DirectiveLists(id)]);
                }
            }),
            Whole::Stubs => ink.sum(|ink| {
                for (id, count) in self.mentioned_stubs() {
                    ink.directive_id(&id);
                    ink.number(count as u32);
                }
            }),
            Whole::Units => ink.sum(|ink| {
                for id in ids(archive.units.len()).map(UnitId) {
                    all(ink, &[Facet::Unit(id), Facet::UnitLists(id)]);
                }
            }),
            Whole::Localities => ink.sum(|ink| {
                for id in ids(archive.localities.len()).map(LocalityId) {
                    all(ink, &[Facet::Locality(id), Facet::LocalityLists(id)]);
                }
            }),
            Whole::Publishers => ink.sum(|ink| {
                for id in ids(archive.publishers.len()).map(PublisherId) {
                    all(ink, &[Facet::Publisher(id)]);
                }
            }),
            Whole::Tombstones => ink.sum(|ink| {
                for index in ids(archive.tombstones.len()) {
                    all(ink, &[Facet::Tombstone(index)]);
                }
            }),
            Whole::Corrections => ink.sum(|ink| {
                for (id, article) in archive.articles.iter().enumerate() {
                    if !article.front().corrections.is_empty() {
                        all(ink, &[Facet::Declared(ArticleId(id as u32))]);
                    }
                }
            }),
            Whole::Addresses => ink.sum(|ink| self.mapped().for_each(|url| ink.text(url))),
            Whole::Pictures => ink.sum(|ink| self.pictures.iter().for_each(|picture| ink.text(&picture.url))),
        }
    }

    /// The neighbours of each article in all lists it stands in. Goes through the lists, not
    /// through the articles, which would look for themselves in each; sums do not ask in
    /// which order they are added up.
    fn digests_around(&self, numbers: &Numbers) -> Vec<(Facet, u64)> {
        let archive = self.archive;
        let sums: Vec<AtomicU64> = archive.articles.iter().map(|_| AtomicU64::new(0)).collect();
        let add = |ink: &mut Ink, of: u32, articles: &mut dyn Iterator<Item = ArticleId>| {
            let articles: Vec<ArticleId> = articles.collect();
            let entries: Vec<u64> = articles
                .iter()
                .map(|id| {
                    ink.sum(|ink| {
                        ink.article_id(id);
                        ink.printed(self.printed[id.index()]);
                    })
                })
                .collect();
            for (at, id) in articles.iter().enumerate() {
                let digest = ink.sum(|ink| {
                    ink.number(of);
                    entries[around(at, articles.len())].iter().for_each(|entry| ink.digest(*entry));
                });
                sums[id.index()].fetch_add(digest, Ordering::Relaxed);
            }
        };
        let ink = || Ink::new(numbers);
        archive.directive_lists.par_iter().enumerate().for_each_init(ink, |ink, (id, lists)| {
            let of = numbers.directive(DirectiveId(id as u32));
            add(ink, of, &mut lists.articles.iter().copied());
        });
        archive.unit_lists.par_iter().enumerate().for_each_init(ink, |ink, (id, lists)| {
            add(ink, numbers.unit(UnitId(id as u32)), &mut lists.articles.iter().copied());
        });
        archive.locality_lists.par_iter().enumerate().for_each_init(ink, |ink, (id, lists)| {
            let of = numbers.locality(LocalityId(id as u32));
            add(ink, of, &mut lists.articles.iter().map(|(article, _)| *article));
        });
        let sums = sums.into_iter().map(|sum| sum.into_inner().max(1));
        ids(archive.articles.len()).map(|id| Facet::Around(ArticleId(id))).zip(sums).collect()
    }

    /// What a page is besides what it reads: its template and its subject. Two pages of one
    /// address, of two builds, with the same promise and nothing changed of what either read
    /// have the same view.
    pub fn promise(&self, page: &Page, facets: &Facets) -> u64 {
        let numbers = &facets.numbers;
        let mut ink = Ink::new(numbers);
        ink.text(page.template);
        let (kind, parts): (u32, [u32; 3]) = match &page.subject {
            Subject::Home => (0, [0; 3]),
            Subject::Article(id) => (1, [numbers.article(*id), 0, 0]),
            Subject::Tombstone(index) => (2, [numbers.tombstone(*index), 0, 0]),
            Subject::Directives(chunk) => (3, [*chunk, 0, 0]),
            Subject::Directive(id, chunk) => (4, [numbers.directive(*id), *chunk, 0]),
            Subject::Units => (5, [0; 3]),
            Subject::Unit(id, chunk) => (6, [numbers.unit(*id), *chunk, 0]),
            Subject::Localities => (7, [0; 3]),
            Subject::Locality(id, chunk) => (8, [numbers.locality(*id), *chunk, 0]),
            Subject::Years => (9, [0; 3]),
            Subject::Year(year) => (10, [u32::from(*year), 0, 0]),
            Subject::Month(year, month, chunk) => (11, [u32::from(*year), u32::from(*month), *chunk]),
            Subject::Undated(chunk) => (12, [*chunk, 0, 0]),
            Subject::Publishers => (13, [0; 3]),
            Subject::Publisher(id, chunk) => (14, [numbers.publisher(*id), *chunk, 0]),
            Subject::Initiatives(chunk) => (15, [*chunk, 0, 0]),
            Subject::Commendations(chunk) => (16, [*chunk, 0, 0]),
            Subject::Own(id) => (17, [numbers.page(*id), 0, 0]),
            Subject::Redirect(to) => {
                ink.text(to);
                (18, [0; 3])
            }
            Subject::NotFound => (19, [0; 3]),
            Subject::Feed(Follows::Home) => (20, [0; 3]),
            Subject::Feed(Follows::Directive(id)) => (21, [numbers.directive(*id), 0, 0]),
            Subject::Feed(Follows::Unit(id)) => (22, [numbers.unit(*id), 0, 0]),
            Subject::Feed(Follows::Locality(id)) => (23, [numbers.locality(*id), 0, 0]),
            Subject::Changes => (24, [0; 3]),
            Subject::Sitemap(None) => (25, [0; 3]),
            Subject::Sitemap(Some(part)) => (26, [*part, 0, 0]),
            Subject::Robots => (27, [0; 3]),
            Subject::Map(Ground::Country) => (28, [0; 3]),
            Subject::Map(Ground::Province(place)) => (29, [place_number(*place), 0, 0]),
            Subject::Map(Ground::Former(place)) => (30, [place_number(*place), 0, 0]),
        };
        ink.number(kind);
        ink.numbers(&parts);
        ink.take()
    }
}

/// What `digest` makes of each record, in parallel.
fn digests<T: Sync, const N: usize>(
    numbers: &Numbers,
    records: &[T],
    digest: impl Fn(&mut Ink, u32, &T) -> [(Facet, u64); N] + Sync,
) -> Vec<(Facet, u64)> {
    let records = records.par_iter().enumerate().with_min_len(64);
    let of_each = records.map_init(|| Ink::new(numbers), |ink, (id, record)| digest(ink, id as u32, record));
    of_each.flatten_iter().collect()
}
