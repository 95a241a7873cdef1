//! The views of the home page, of years and months, publishers, initiatives,
//! commendations and of the site's own pages.

use std::borrow::Cow;

use super::listing::{self, Chunk};
use super::view::{
    CommendationsView, Counted, HomeView, InitiativesView, MonthView, Newest, Numbers, OwnPageView, Period,
    PublisherView, PublishersView, YearView, YearsView,
};
use super::{Viewer, address, ids};
use crate::archive::{ArticleId, DirectiveId, PageId, PublisherId, UnitId};
use crate::vi::SortKey;

/// Newest articles on the home page.
const NEWEST: usize = 20;
/// Directives on the home page.
const TOP_DIRECTIVES: usize = 12;
/// Units on the home page.
const TOP_UNITS: usize = 12;

impl<'p> Viewer<'p> {
    pub(super) fn home_view(&self) -> HomeView<'p> {
        let (directives, directive_lists) = self.all_directives();
        let (_, unit_lists) = self.all_units();
        let (_, locality_lists) = self.all_localities();
        let (articles, events) = self.counts();
        let declared = |id: DirectiveId| directive_lists[id.index()].articles.len();
        let mut top: Vec<DirectiveId> = ids(directives.len()).map(DirectiveId).collect();
        top.sort_by_key(|&id| (std::cmp::Reverse(declared(id)), id));
        HomeView {
            newest: self.newest().iter().take(NEWEST).map(|id| self.newest_row(*id)).collect(),
            directives: top
                .into_iter()
                .take(TOP_DIRECTIVES)
                .filter(|&id| declared(id) > 0)
                .map(|id| {
                    let directive = &directives[id.index()];
                    Counted {
                        url: self.addresses().directive(id).to_owned(),
                        title: (&*directive.full).into(),
                        note: directive.front().and_then(|front| front.title.as_deref()).map(Cow::from),
                        count: declared(id),
                    }
                })
                .collect(),
            units: self.top_units(),
            provinces: self
                .provinces()
                .into_iter()
                .filter(|row| row.total.old + row.total.new + row.total.unknown > 0)
                .collect(),
            map: self.country_map(),
            years: self
                .year_counts()
                .into_iter()
                .rev()
                .map(|(year, count)| Counted {
                    url: address::year(year),
                    title: year.to_string().into(),
                    note: None,
                    count,
                })
                .collect(),
            numbers: Numbers {
                articles,
                events,
                directives: directives.iter().filter(|d| d.document.is_some()).count(),
                units: unit_lists.iter().filter(|unit| !unit.articles.is_empty()).count(),
                localities: locality_lists.iter().filter(|place| !place.articles.is_empty()).count(),
                publishers: self.all_publishers().len(),
            },
        }
    }

    fn newest_row(&self, id: ArticleId) -> Newest<'p> {
        Newest { row: self.row(id), summary: self.declared(id).front.summary.as_deref() }
    }

    /// Units that most articles name, the most named first.
    fn top_units(&self) -> Vec<Counted<'p>> {
        let (_, lists) = self.all_units();
        let named = |id: UnitId| lists[id.index()].articles.len();
        let mut units: Vec<UnitId> = ids(lists.len()).map(UnitId).filter(|&id| named(id) > 0).collect();
        units.sort_by_key(|&id| (std::cmp::Reverse(named(id)), id));
        units.into_iter().take(TOP_UNITS).map(|id| self.counted_unit(id)).collect()
    }

    /// Years with articles, oldest first.
    fn year_counts(&self) -> Vec<(u16, usize)> {
        let mut years: Vec<(u16, usize)> = Vec::new();
        for ((year, _), articles) in self.months().filter(|((year, _), _)| *year > 0) {
            match years.last_mut() {
                Some((last, count)) if *last == year => *count += articles,
                _ => years.push((year, articles)),
            }
        }
        years
    }

    pub(super) fn years_view(&self) -> YearsView {
        let counts = self.year_counts();
        let period = |year: u16, count: usize| Period {
            url: if count > 0 { address::year(year) } else { String::new() },
            title: year.to_string(),
            count,
        };
        let mut years = Vec::new();
        for &(year, count) in &counts {
            let next = years.last().map_or(year, |(last, _): &(u16, usize)| last + 1);
            // Gaps are shown; but a typing error of a century is not a gap of a century.
            if year - next < 200 {
                years.extend((next..year).map(|gap| (gap, 0)));
            }
            years.push((year, count));
        }
        let undated = self.months().find(|(month, _)| *month == (0, 0)).map(|(_, count)| Period {
            url: "nam/khong-ro-ngay.html".to_owned(),
            title: String::new(),
            count,
        });
        YearsView { years: years.into_iter().map(|(year, count)| period(year, count)).collect(), undated }
    }

    pub(super) fn year_view(&self, year: u16) -> YearView<'p> {
        let counts = self.year_counts();
        let at = counts.partition_point(|(other, _)| *other < year);
        let neighbour = |index: Option<usize>| {
            let (year, count) = *counts.get(index?)?;
            Some(Period { url: address::year(year), title: year.to_string(), count })
        };
        let mut counted = [0; 13];
        for ((_, month), articles) in self.months().filter(|((other, _), _)| *other == year) {
            counted[usize::from(month)] = articles;
        }
        let months = (1..=12)
            .map(|month| {
                let count = counted[usize::from(month)];
                let url = if count > 0 { address::month(year, month) } else { String::new() };
                Period { url, title: month.to_string(), count }
            })
            .collect();
        YearView {
            year,
            months,
            total: counts.get(at).map_or(0, |(_, count)| *count),
            rows: self.month(year, 0).rev().map(|id| self.row(ArticleId(id))).collect(),
            earlier: neighbour(at.checked_sub(1)),
            later: neighbour(at.checked_add(1)),
        }
    }

    pub(super) fn month_view(&self, year: u16, month: u8, chunk: Chunk) -> MonthView<'p> {
        let articles = self.month(year, month);
        let last = (28..=31).rev().find(|&day| crate::vi::date::Day::new(year, month, day).is_some());
        MonthView {
            year: Some(year),
            month: Some(month),
            year_url: Some(address::year(year)),
            articles: self.listing(
                &address::month(year, month),
                articles.len(),
                articles.len(),
                chunk,
                |at| ArticleId(articles.start + at as u32),
            ),
            days: self.days(year, month)[..usize::from(last.unwrap_or(31))].to_vec(),
        }
    }

    pub(super) fn undated_view(&self, chunk: Chunk) -> MonthView<'p> {
        let articles = self.month(0, 0);
        MonthView {
            year: None,
            month: None,
            year_url: None,
            articles: self.listing("nam/khong-ro-ngay.html", articles.len(), articles.len(), chunk, |at| {
                ArticleId(articles.start + at as u32)
            }),
            days: Vec::new(),
        }
    }

    pub(super) fn publishers_view(&self) -> PublishersView<'p> {
        let mut order: Vec<PublisherId> = ids(self.all_publishers().len()).map(PublisherId).collect();
        order.sort_by_cached_key(|&id| (SortKey::new(&self.publisher(id).front().name.text), id));
        let row = |id: PublisherId| {
            let publisher = self.publisher(id);
            Counted {
                url: self.addresses().publisher(id).to_owned(),
                title: (&*publisher.front().name.text).into(),
                note: None,
                count: self.publisher_articles(id).len(),
            }
        };
        PublishersView { publishers: order.into_iter().map(row).collect() }
    }

    pub(super) fn publisher_view(&self, id: PublisherId, chunk: Chunk) -> PublisherView<'p> {
        let publisher = self.publisher(id);
        let front = publisher.front();
        let url = self.addresses().publisher(id);
        let root = address::root_of(&listing::address(url, chunk)).into_owned();
        PublisherView {
            name: &front.name.text,
            aliases: front.aliases.iter().map(|alias| &*alias.text).collect(),
            marks: front.marks.iter().map(|mark| &**mark).collect(),
            place: publisher.place.map(|place| self.place_link(place)),
            url: front.url.as_deref(),
            summary_only: front.summary_only,
            body: self.body(&publisher.document.body, &publisher.links, &root),
            articles: {
                let articles = self.publisher_articles(id);
                let total = articles.len();
                self.listing(url, total, total, chunk, |at| articles[at])
            },
        }
    }

    pub(super) fn initiatives_view(&self, chunk: Chunk) -> InitiativesView<'p> {
        let (total, size) = (self.initiatives().len(), self.site().page_size);
        let row = |index: usize| {
            let (article, at) = self.initiatives()[index];
            self.initiative(article, at, true)
        };
        InitiativesView {
            rows: listing::range(total, size, chunk).rev().map(row).collect(),
            total,
            pager: listing::pager("mo-hinh.html", total, size, chunk),
        }
    }

    pub(super) fn commendations_view(&self, chunk: Chunk) -> CommendationsView<'p> {
        let (total, size) = (self.commending().len(), self.site().page_size);
        CommendationsView {
            events: listing::range(total, size, chunk)
                .rev()
                .map(|at| self.event_view(self.commending()[at]))
                .collect(),
            total,
            years: if chunk == 0 { self.commended_years(self.commending()) } else { Vec::new() },
            pager: listing::pager("khen-thuong.html", total, size, chunk),
        }
    }

    pub(super) fn own_view(&self, id: PageId) -> OwnPageView<'p> {
        let page = self.own_page(id);
        OwnPageView { title: page.title(), body: self.body(&page.document.body, &page.links, "../") }
    }
}
