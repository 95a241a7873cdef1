//! What the mentions of one text mean, for someone who looks at that text alone.
//!
//! The same resolution as in a build, with the records of an archive or with none.

use super::super::Context;
use super::super::names::Names;
use super::super::places::{Candidate, PlaceKey, Places, Time};
use super::place::{Around, Sense, Spot, resolve};
use crate::document::Article;
use crate::gazetteer::{Era, PlaceId};
use crate::mention::directive::Directive;
use crate::mention::{Mention, What};
use crate::organ::{self, OrganId};

/// A text to look at: its mentions in order, each with its section.
pub struct Reading<'a> {
    /// Mentions with the section mark that they stand behind.
    pub mentions: &'a [(Mention, u32)],
    /// Its front matter, which is its context.
    pub front: Option<&'a Article>,
    /// Whether it reports sport.
    pub sports: bool,
}

/// What a mention means.
#[derive(Debug)]
pub struct Look {
    /// Which of the three.
    pub kind: Kind,
    /// Places that it may be or be at, if there are several.
    pub candidates: Vec<(PlaceId, u8)>,
}

impl Look {
    /// No mention after all.
    pub fn is_nothing(&self) -> bool {
        matches!(self.kind, Kind::Dropped)
    }
}

/// What a mention is.
#[derive(Debug)]
pub enum Kind {
    /// A document, with the place whose document it is.
    Directive(Box<Directive>, Option<PlaceId>),
    /// A unit: organ as named, organ of the page, place.
    Unit(Option<(OrganId, OrganId, PlaceId, u8)>),
    /// A place, with the era it is meant for.
    Place(Option<(PlaceId, u8, Option<Era>)>),
    /// No mention after all.
    Dropped,
}

/// Looks at a text without an archive around it.
pub fn look(reading: &Reading) -> Vec<Look> {
    let names = Names::new(Places::new());
    let time =
        reading.front.and_then(|front| front.date.as_ref()).map_or(Time::Unknown, |d| Time::of(&d.date));
    let mut around: Vec<PlaceKey> = Vec::new();
    for name in reading.front.iter().flat_map(|front| &front.localities) {
        let context = Context { time, ..Context::default() };
        around.extend(names.places.find(&name.text, context).one().map(|found| found.key));
    }
    let spots: Vec<Spot> =
        reading.mentions.iter().map(|(m, section)| Spot { what: &m.what, section: *section }).collect();
    let senses = resolve(&names, &spots, Around { places: &around, time, sports: reading.sports });
    let id = |c: Candidate| names.places.place(c.key);
    reading
        .mentions
        .iter()
        .zip(senses)
        .map(|((mention, _), sense)| {
            let candidates = match &sense {
                Sense::Several(all) => all.iter().filter_map(|&c| Some((id(c)?, c.record))).collect(),
                _ => Vec::new(),
            };
            let kind = match (&mention.what, sense) {
                (What::Directive(directive), _) => Kind::Directive(directive.clone(), None),
                (What::Unit(_), Sense::Unit(unit, c)) => Kind::Unit(unit.read.and_then(|(organ, _)| {
                    let (_, kind) = names.places.level_and_kind(c)?;
                    Some((organ, organ::page(organ, kind), id(c)?, c.record))
                })),
                (What::Own(_), _) | (_, Sense::Dropped) => Kind::Dropped,
                (What::Unit(_), _) => Kind::Unit(None),
                (What::Place(_), Sense::Place(found, c)) => {
                    Kind::Place(id(c).map(|place| (place, c.record, found.era)))
                }
                (What::Place(_), _) => Kind::Place(None),
            };
            Look { kind, candidates }
        })
        .collect()
}
