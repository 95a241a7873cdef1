//! Identities: the numbers that records keep from build to build.
//!
//! Ids of the archive are dense, so they shift when a record is added. What is remembered
//! between builds names a record by a number that stands for what its address is made of:
//! an address therefore needs no facet, the number is the address. A place of the gazetteer
//! has a number whether it has a page or not, so that its absence can be read.
//!
//! Numbers are given out and never taken back: a record that comes again has its old one.
//! Not here: what a record says (`facet`).

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::Plan;
use super::facet::Register;
use super::listing::{self, Chunk};
use crate::archive::{ArticleId, DirectiveId, EventId, LocalityId, PageId, PublisherId, UnitId};
use crate::digest::Digest;
use crate::gazetteer::{Gazetteer, PlaceId};

/// The numbers of all records that any build has had. One for the life of a memo.
#[derive(Debug)]
pub struct Identities {
    numbers: HashMap<Digest, u32>,
    next: u32,
}

impl Default for Identities {
    fn default() -> Identities {
        // Places come first, each by its index.
        Identities { numbers: HashMap::new(), next: Gazetteer::get().len() as u32 }
    }
}

impl Identities {
    /// One more than the largest number.
    pub(super) fn end(&self) -> u32 {
        self.next
    }

    /// The number of each key, in their order.
    fn number_all(&mut self, keys: &[Digest]) -> Vec<u32> {
        // Most are known; the map is larger than any cache, so threads look up side by side.
        let mut numbers: Vec<Option<u32>> =
            keys.par_iter().with_min_len(1024).map(|key| self.numbers.get(key).copied()).collect();
        for (number, key) in numbers.iter_mut().zip(keys) {
            if number.is_none() {
                *number = Some(*self.numbers.entry(*key).or_insert(self.next));
                self.next = self.next.max(number.map_or(0, |number| number + 1));
            }
        }
        numbers.into_iter().flatten().collect()
    }
}

/// The numbers of the records of one plan, by their dense ids.
#[derive(Debug)]
pub(super) struct Numbers {
    articles: Vec<u32>,
    tombstones: Vec<u32>,
    events: Vec<u32>,
    directives: Vec<u32>,
    units: Vec<u32>,
    localities: Vec<u32>,
    publishers: Vec<u32>,
    pages: Vec<u32>,
    pictures: Vec<u32>,
    months: BTreeMap<(u16, u8), u32>,
    /// Of the numbered pages of each register, from the first.
    initiatives: Vec<u32>,
    commending: Vec<u32>,
}

impl Numbers {
    pub(super) fn of(plan: &Plan, identities: &mut Identities) -> Numbers {
        let (archive, addresses) = (plan.archive, &plan.addresses);
        let mut by_address = |count: usize, address: &(dyn Fn(u32) -> Digest + Sync)| {
            let keys: Vec<Digest> =
                (0..count as u32).into_par_iter().with_min_len(1024).map(address).collect();
            identities.number_all(&keys)
        };
        let key = |address: &str| Digest::of(address.as_bytes());
        let articles = by_address(archive.articles.len(), &|id| key(addresses.article(ArticleId(id))));
        let events = by_address(archive.events.len(), &|id| {
            let (article, index) = archive.event(EventId(id)).reports[0];
            Digest::of(&[b"event".as_slice(), &bytes_of([articles[article.index()], index])].concat())
        });
        let tombstones = by_address(archive.tombstones.len(), &|index| key(addresses.tombstone(index)));
        let directives =
            by_address(archive.directives.len(), &|id| key(addresses.directive(DirectiveId(id))));
        let units = by_address(archive.units.len(), &|id| key(addresses.unit(UnitId(id))));
        let publishers =
            by_address(archive.publishers.len(), &|id| key(addresses.publisher(PublisherId(id))));
        let pages = by_address(archive.pages.len(), &|id| key(addresses.page(PageId(id))));
        let pictures = by_address(plan.pictures.len(), &|index| key(&plan.pictures[index as usize].url));
        let months: Vec<(u16, u8)> = plan.months.keys().copied().collect();
        let month_numbers = by_address(months.len(), &|at| {
            let (year, month) = months[at as usize];
            Digest::of(&[b"month".as_slice(), &bytes_of([u32::from(year), u32::from(month)])].concat())
        });
        let size = plan.site.page_size;
        let mut pages_of = |name: &[u8], total: usize| {
            by_address(listing::numbered(total, size), &|at| Digest::of(&[name, &bytes_of([at, 0])].concat()))
        };
        let initiatives = pages_of(b"initiatives", plan.initiatives.len());
        let commending = pages_of(b"commending", plan.commending.len());
        let mut localities =
            by_address(archive.localities.len(), &|id| key(addresses.locality(LocalityId(id))));
        for (number, locality) in localities.iter_mut().zip(&archive.localities) {
            *number = locality.place.map_or(*number, place_number);
        }
        Numbers {
            localities,
            articles,
            tombstones,
            events,
            directives,
            units,
            publishers,
            pages,
            pictures,
            months: months.into_iter().zip(month_numbers).collect(),
            initiatives,
            commending,
        }
    }

    pub(super) fn article(&self, id: ArticleId) -> u32 {
        self.articles[id.index()]
    }

    pub(super) fn tombstone(&self, index: u32) -> u32 {
        self.tombstones[index as usize]
    }

    pub(super) fn event(&self, id: EventId) -> u32 {
        self.events[id.index()]
    }

    pub(super) fn directive(&self, id: DirectiveId) -> u32 {
        self.directives[id.index()]
    }

    pub(super) fn unit(&self, id: UnitId) -> u32 {
        self.units[id.index()]
    }

    pub(super) fn locality(&self, id: LocalityId) -> u32 {
        self.localities[id.index()]
    }

    pub(super) fn publisher(&self, id: PublisherId) -> u32 {
        self.publishers[id.index()]
    }

    pub(super) fn page(&self, id: PageId) -> u32 {
        self.pages[id.index()]
    }

    pub(super) fn picture(&self, index: u32) -> u32 {
        self.pictures[index as usize]
    }

    /// `None` for a month without articles.
    pub(super) fn month(&self, year: u16, month: u8) -> Option<u32> {
        self.months.get(&(year, month)).copied()
    }

    /// `None` for the first page, which is not numbered, and for one that is not there.
    pub(super) fn register(&self, register: Register, chunk: Chunk) -> Option<u32> {
        let pages = match register {
            Register::Initiatives => &self.initiatives,
            Register::Commending => &self.commending,
        };
        pages.get((chunk as usize).checked_sub(1)?).copied()
    }
}

/// The number of a place of the gazetteer, with a page or without.
pub(super) fn place_number(place: PlaceId) -> u32 {
    place.index() as u32
}

fn bytes_of(numbers: [u32; 2]) -> [u8; 8] {
    let [a, b] = numbers.map(u32::to_le_bytes);
    [a[0], a[1], a[2], a[3], b[0], b[1], b[2], b[3]]
}
