//! What the mentions of one text mean, for someone who looks at that text alone.
//!
//! The same resolution as in a build, with the records of an archive or with none. What it
//! gives out is for showing: names and labels, not ids.

use std::sync::Arc;

use super::super::names::{Names, UnitKey};
use super::super::places::{Candidate, PlaceKey, Time};
use super::super::resolve;
use super::super::{Drafts, tables_of};
use super::place::Sense;
use super::stub::Owner;
use super::{Around, Meant};
use crate::archive::places::Context;
use crate::config::Site;
use crate::document::{Document, Front};
use crate::gazetteer::{Era, PlaceId};
use crate::mention::What;
use crate::organ::OrganId;

/// A mention, looked at.
#[derive(Debug)]
pub struct Look {
    /// Index among the mentions of the body.
    pub index: usize,
    /// What it means.
    pub seen: Seen,
    /// What it may mean, or be at, if that is several.
    pub candidates: Vec<String>,
}

/// What a mention means.
#[derive(Debug)]
pub enum Seen {
    /// A document.
    Directive {
        /// The id of its page; none if it is not certain which document it is.
        id: Option<Box<str>>,
        /// The place whose document it is: "Tỉnh Sóc Trăng". None for the centre's.
        owner: Option<String>,
    },
    /// A unit of organ and place: the organ as named, that of the page, the place and its
    /// record.
    Unit(OrganId, OrganId, PlaceId, u8),
    /// A unit with a file: its name and id.
    UnitFile(Box<str>, Box<str>),
    /// A place, its record, and the era it is meant for.
    Place(PlaceId, u8, Option<Era>),
    /// A place of the site's own.
    OwnPlace(String),
    /// A unit that is not certain.
    UnknownUnit,
    /// A place that is not certain.
    UnknownPlace,
}

/// Looks at the mentions of `document`, which need not be one of an archive. `records` are
/// the authority records around it, `site` its settings. What is no mention after all is left
/// out.
pub fn look(document: &Document, records: Vec<Arc<Document>>, site: &Site) -> Vec<Look> {
    let Front::Article(front) = &document.front else { return Vec::new() };
    let mut found = Vec::new();
    let (names, ..) = tables_of(records, site, Drafts::Include, None, &mut found);
    let (resolved, _) = resolve::article(&names, document, front);
    let time = front.date.as_ref().map_or(Time::Unknown, |dated| Time::of(&dated.date));
    let places: Vec<PlaceKey> = resolved.localities.iter().map(|place| place.key).collect();
    let context = Context { event: &[], article: &places, time };
    let senses = super::senses(&names, &document.body, Around { context, directives: &resolved.directives });
    let looker = Looker { names: &names, resolved: &resolved };
    let mut looks = Vec::new();
    for (index, (found, sense)) in document.body.mentions.iter().zip(&senses).enumerate() {
        let candidates = match sense {
            Sense::Several(all) => all.iter().map(|c| names.places.label(c.key)).collect(),
            Sense::Dropped => continue,
            _ => Vec::new(),
        };
        let meant = resolved.mentions.meant.get(index).copied().flatten();
        if let Some(seen) = looker.seen(&found.mention.what, meant, sense) {
            looks.push(Look { index, seen, candidates });
        }
    }
    looks
}

struct Looker<'a> {
    names: &'a Names,
    resolved: &'a resolve::Resolved,
}

impl Looker<'_> {
    fn seen(&self, what: &What, meant: Option<Meant>, sense: &Sense) -> Option<Seen> {
        let record = |sense: &Sense| match sense {
            Sense::Place(_, c) | Sense::Unit(_, c) => Some(*c),
            _ => None,
        };
        Some(match (what, meant) {
            (_, Some(Meant::Directive(id))) => {
                let name = &self.names.directives[id.index()];
                let owner = name.owner.map(|key| self.names.places.label(key));
                Seen::Directive { id: Some(self.names.directive_id(id).into()), owner }
            }
            (_, Some(Meant::Stub(index))) => {
                let citation = &self.resolved.mentions.citations[index as usize];
                let owner = match citation.owner {
                    Owner::Centre => None,
                    Owner::Place(key) => Some(self.names.places.label(key)),
                };
                Seen::Directive { id: citation.id().map(Into::into), owner }
            }
            (_, Some(Meant::Unit(key, named))) => match (key, record(sense)) {
                (UnitKey::Record(index), _) => {
                    let document = &self.names.units[index as usize].document;
                    let name = match &document.front {
                        Front::Unit(front) => front.name.text.clone(),
                        _ => document.id.clone(),
                    };
                    Seen::UnitFile(name, document.id.clone())
                }
                (UnitKey::Derived(page, _), Some(c)) => {
                    Seen::Unit(named.unwrap_or(page), page, self.place(c)?, c.record)
                }
                (UnitKey::Derived(page, key), None) => {
                    Seen::Unit(page, page, self.names.places.place(key)?, 0)
                }
            },
            (_, Some(Meant::Locality(found))) => match (self.names.places.place(found.key), record(sense)) {
                (Some(place), Some(c)) => Seen::Place(place, c.record, found.era),
                (Some(place), None) => Seen::Place(place, 0, found.era),
                (None, _) => Seen::OwnPlace(self.names.places.label(found.key)),
            },
            (What::Directive(_), None) => Seen::Directive { id: None, owner: None },
            (What::Unit(_), None) => Seen::UnknownUnit,
            (What::Place(_), None) => Seen::UnknownPlace,
            (What::Own(_), None) => return None,
        })
    }

    fn place(&self, candidate: Candidate) -> Option<PlaceId> {
        self.names.places.place(candidate.key)
    }
}
