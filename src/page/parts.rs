//! Small parts of many views: rows, links, places and those above them, bodies, events of a list,
//! dates.

use std::borrow::Cow;
use std::fmt::Write;

use super::listing::{self, Chunk};
use super::view::{self, DateView, EventView, Link, PictureSize, Row, TallyView};
use super::{Viewer, address, encode};
use crate::archive::{
    ArticleId, DirectiveId, Event, EventId, LocalityId, PlaceRef, PublisherId, Tally, Target, UnitId, UnitRef,
};
use crate::document::{Body, BodyRef, Dated, RefKind, Shown};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::organ;
use crate::vi::Date;
use crate::vi::date::Day;

/// Events shown on a page of a list. Its articles may report any number: thirty of a hundred
/// events each made a page of a megabyte.
const EVENTS: usize = 200;

/// Leaves as many events as a page shows; says how many were cut off.
pub(super) fn cut(events: &mut Vec<EventId>) -> usize {
    let more = events.len().saturating_sub(EVENTS);
    events.truncate(EVENTS);
    more
}

impl<'p> Viewer<'p> {
    pub(super) fn row(&self, id: ArticleId) -> Row<'p> {
        let article = self.declared(id);
        let front = article.front;
        Row {
            url: self.addresses().article(id).to_owned(),
            title: &front.title,
            date: front.date.as_ref().map(|dated| dated.date.day_text()),
            publisher: article.publisher.map(|id| &*self.publisher(id).front().name.text),
            draft: front.draft,
        }
    }

    /// A page of a list of articles that is sorted oldest first. `longest` is the length of
    /// the longest list that shares its pages.
    pub(super) fn listing(
        &self,
        url: &str,
        total: usize,
        longest: usize,
        chunk: Chunk,
        at: impl Fn(usize) -> ArticleId,
    ) -> view::Listing<'p> {
        let size = self.site().page_size;
        view::Listing {
            rows: listing::range(total, size, chunk).rev().map(|index| self.row(at(index))).collect(),
            total,
            pager: listing::pager(url, longest, size, chunk),
        }
    }

    pub(super) fn unit_link(&self, unit: UnitRef) -> Link<'p> {
        let named = unit.named.and_then(|organ| {
            let locality = self.unit(unit.unit).place?.locality;
            let place = self.locality(locality).place?;
            let gazetteer = Gazetteer::get();
            let level = gazetteer.place(place).level;
            let takes = &organ::get(organ).places;
            let record =
                gazetteer.place(place).records.iter().rfind(|record| takes.has(level, record.kind))?;
            Some(organ::display(organ, record.kind, record.short))
        });
        Link {
            url: self.addresses().unit(unit.unit).into(),
            title: named.map_or_else(|| Cow::from(&*self.unit(unit.unit).name), Cow::from),
        }
    }

    pub(super) fn unit_page_link(&self, unit: UnitId) -> Link<'p> {
        self.unit_link(UnitRef { unit, named: None })
    }

    pub(super) fn directive_link(&self, id: DirectiveId) -> Link<'p> {
        Link { url: self.addresses().directive(id).into(), title: (&*self.directive(id).full).into() }
    }

    pub(super) fn place_link(&self, place: PlaceRef) -> Link<'p> {
        self.locality_link(place.locality)
    }

    pub(super) fn locality_link(&self, id: LocalityId) -> Link<'p> {
        Link { url: self.addresses().locality(id).into(), title: (&*self.locality(id).name).into() }
    }

    /// Places with those above them, each once though it may be named for both eras; by their
    /// names on a day, where that is known.
    pub(super) fn place_links(&self, places: &[PlaceRef], day: Option<Day>) -> Vec<Link<'p>> {
        let mut seen = Vec::new();
        for place in places {
            if !seen.contains(&place.locality) {
                seen.push(place.locality);
            }
        }
        seen.into_iter().map(|id| self.long_place_link_on(id, day)).collect()
    }

    /// A place with those above it, by the names of its time: "Xã Gia Hòa 1, Huyện Mỹ Xuyên,
    /// Tỉnh Sóc Trăng".
    pub(super) fn long_place_link(&self, id: LocalityId) -> Link<'p> {
        self.long_place_link_on(id, None)
    }

    /// The same by the names on a day: what was a commune then and is a ward now is a commune.
    pub(super) fn long_place_link_on(&self, id: LocalityId, day: Option<Day>) -> Link<'p> {
        let mut link = self.locality_link(id);
        if let (Some(place), Some(_)) = (self.locality(id).place, day) {
            link.title = name_on(place, day).into();
        }
        for above in self.lineage(id, day).iter().rev() {
            let title = link.title.to_mut();
            title.push_str(", ");
            title.push_str(&above.title);
        }
        link
    }

    /// The places above one, highest first, each as it was called on a day, or else when the
    /// place was last there: a ward of 2019 is of a thị xã, though that has become a city since.
    pub(super) fn lineage(&self, id: LocalityId, day: Option<Day>) -> Vec<Link<'p>> {
        let mut at = self.locality(id);
        let mut end = day;
        let mut lineage = Vec::new();
        loop {
            let last = at.place.and_then(|place| Gazetteer::get().place(place).last().to);
            // A day after the place was gone has no names for it.
            end = end.filter(|end| last.is_none_or(|last| end.first_day() <= last.last_day())).or(last);
            let Some(parent) = at.parent else { break };
            at = self.locality(parent);
            let then = at.place.map_or(&*at.name, |place| name_on(place, end));
            lineage.push(Link { title: then.into(), ..self.locality_link(parent) });
        }
        lineage.reverse();
        lineage
    }

    pub(super) fn publisher_link(&self, id: PublisherId) -> Link<'p> {
        let name = &self.publisher(id).front().name.text;
        Link { url: self.addresses().publisher(id).into(), title: (&**name).into() }
    }

    /// A body with its holes filled for a page that is `root` away from the root.
    pub(super) fn body(&self, body: &Body, links: &[Target], root: &str) -> String {
        self.filled(body, links, root, |_| Shown::Words)
    }

    /// The same with its mentions as `show` says.
    pub(super) fn filled(
        &self,
        body: &Body,
        links: &[Target],
        root: &str,
        show: impl FnMut(usize) -> Shown,
    ) -> String {
        let fill = |index: usize| -> Cow<'_, str> {
            let url = match links.get(index) {
                Some(Target::Article(id)) => self.addresses().article(*id),
                Some(Target::Tombstone(index)) => self.addresses().tombstone(*index),
                Some(Target::Directive(id)) => self.addresses().directive(*id),
                Some(Target::Unit(unit)) => self.addresses().unit(unit.unit),
                Some(Target::Locality(place)) => self.addresses().locality(place.locality),
                Some(Target::Publisher(id)) => self.addresses().publisher(*id),
                Some(Target::Page(id)) => self.addresses().page(*id),
                Some(Target::Written) => {
                    let BodyRef { target, kind, .. } = &body.refs[index];
                    let path = address::decode(target);
                    let fragment = target.find('#').map_or("", |at| &target[at..]);
                    let mut written =
                        format!("{root}{}{}", encode(&path), fragment.replace(['"', '<', '>', '&'], ""));
                    // Behind the address, and open as the attribute of the address was.
                    if *kind == RefKind::Picture
                        && let Some(PictureSize { width, height }) = self.picture_size(&path)
                    {
                        // Writing to a `String` does not fail.
                        let _ = write!(written, "\" width=\"{width}\" height=\"{height}");
                    }
                    if matches!(kind, RefKind::Picture | RefKind::SizedPicture) {
                        written.push_str("\" loading=\"lazy\" decoding=\"async");
                    }
                    return written.into();
                }
                Some(Target::Nothing) | None => return "".into(),
            };
            format!("{root}{url}").into()
        };
        body.html(fill, show)
    }

    /// The absolute address of a page, if the site has a base.
    pub(super) fn absolute(&self, url: &str) -> Option<String> {
        let base = self.site().base_url.as_deref()?;
        Some(match url {
            "index.html" => base.to_owned(),
            url => format!("{base}{}", encode(url)),
        })
    }

    /// A place and those it lies in, upward.
    pub(super) fn upward(&self, place: LocalityId) -> impl Iterator<Item = LocalityId> + use<'p> {
        let viewer = *self;
        std::iter::successors(Some(place), move |id| viewer.locality(*id).parent)
    }

    /// The same, highest first.
    pub(super) fn line_of_places(&self, place: LocalityId) -> Vec<LocalityId> {
        let mut line: Vec<LocalityId> = self.upward(place).collect();
        line.reverse();
        line
    }

    /// The province, or the highest place of the site's, that a place lies in.
    pub(super) fn province_of(&self, place: LocalityId) -> LocalityId {
        self.upward(place).last().unwrap_or(place)
    }

    /// Events of the articles of a chunk that `belongs` keeps, by place, then oldest first: at
    /// most `EVENTS`, and how many more there are. An event stands where the article that
    /// records it stands.
    pub(super) fn events_of(
        &self,
        articles: impl Iterator<Item = ArticleId>,
        belongs: impl Fn(&Event) -> bool,
    ) -> (Vec<EventView<'p>>, usize) {
        let mut events = self.recorded_in(articles, belongs);
        events.sort_by_key(|&id| {
            let event = self.event(id);
            let place = event.localities.first().map(|place| self.locality(place.locality).rank);
            (place, event.date.as_ref().map(|dated| dated.date.order()), id)
        });
        let more = cut(&mut events);
        (events.into_iter().map(|id| self.event_view(id)).collect(), more)
    }

    /// The same events as the articles have them.
    pub(super) fn recorded_in(
        &self,
        articles: impl Iterator<Item = ArticleId>,
        belongs: impl Fn(&Event) -> bool,
    ) -> Vec<EventId> {
        let mut events: Vec<EventId> = Vec::new();
        for article in articles {
            for &id in self.declared(article).events {
                let event = self.event(id);
                if event.reports[0].0 == article && belongs(event) {
                    events.push(id);
                }
            }
        }
        events
    }
}

/// What a place was called on a day; what it was called last, if it was not yet or no longer one.
pub(super) fn name_on(place: PlaceId, day: Option<Day>) -> &'static str {
    let place = Gazetteer::get().place(place);
    day.and_then(|day| place.on(day)).unwrap_or(place.last()).name
}

pub(super) fn tally(tally: Tally) -> TallyView {
    TallyView { old: tally.old, new: tally.new, unknown: tally.unknown }
}

/// A date with all that is known of it.
pub(super) fn date_view(dated: &Dated) -> DateView<'_> {
    let iso = match dated.date {
        Date::At(..) => Some(dated.date.iso()),
        Date::Range(..) | Date::Yearless(..) => None,
    };
    DateView {
        text: dated.date.to_string(),
        iso,
        inferred: dated.inferred.as_deref(),
        written: dated.written.as_deref(),
    }
}

/// A date as readers see it.
pub(super) fn shown(date: &Option<Date>) -> Option<String> {
    date.as_ref().map(Date::to_string)
}
