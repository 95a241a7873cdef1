//! What the linker sees in a text: `luutru mentions`.

use serde::Serialize;

use crate::archive::{LookKind, Reading, look};
use crate::document::{self, Front};
use crate::gazetteer::{Era, Gazetteer, PlaceId};
use crate::mention::directive::{Reference, settle};
use crate::mention::{Finder, Mention};
use crate::organ;
use crate::source::{Kind, Source};

/// One mention, as `luutru mentions --json` prints it.
#[derive(Serialize)]
pub struct Seen {
    /// First character of the file, from 0.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// directive, unit, locality.
    pub kind: &'static str,
    /// Whether exactly one record fits.
    pub resolved: bool,
    /// The record as named.
    pub name: Option<String>,
    /// Where it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Number of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Official code of a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// old or new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub era: Option<&'static str>,
    /// What it may be, if several.
    pub candidates: Vec<String>,
    /// Within the words of another.
    pub nested: bool,
}

/// All mentions of a file.
pub fn inspect(text: &str) -> Vec<Seen> {
    let source = Source { path: "a.md".into(), kind: Kind::Article, text: text.to_owned() };
    let document = document::parse(&source).value;
    let front = match &document.front {
        Front::Article(front) => Some(front),
        _ => None,
    };
    let body = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n").map(|at| at + 9)).unwrap_or(0);
    let mut finder = Finder::default();
    let mut mentions: Vec<(Mention, u32)> = Vec::new();
    let mut at = body;
    for block in text[body..].split_inclusive("\n\n") {
        let mut found = Vec::new();
        finder.find(block, &mut found);
        for mut mention in found {
            mention.start += at as u32;
            mention.end += at as u32;
            mentions.push((mention, 0));
        }
        at += block.len();
    }
    settle(&mut mentions, |(mention, _)| mention);
    let looks = look(&Reading {
        mentions: &mentions,
        front: front.map(|front| &**front),
        sports: finder.sports() >= 2,
    });
    let chars = |byte: u32| text[..byte as usize].chars().count();
    mentions
        .iter()
        .zip(looks)
        .filter(|(_, look)| !look.is_nothing())
        .map(|((mention, _), look)| {
            let words = text[mention.start as usize..mention.end as usize].to_owned();
            let mut seen = Seen {
                start: chars(mention.start),
                end: chars(mention.end),
                text: words,
                kind: "",
                resolved: false,
                name: None,
                page: None,
                number: None,
                code: None,
                era: None,
                candidates: look.candidates.iter().map(|&(place, record)| label(place, record)).collect(),
                nested: false,
            };
            match look.kind {
                LookKind::Directive(directive, _) => {
                    seen.kind = "directive";
                    let kind = directive.kind.map_or("", |kind| kind.name());
                    match &directive.reference {
                        Reference::Number(number) => {
                            seen.number = Some(number.to_string());
                            seen.resolved = true;
                            seen.name = Some(format!("{kind} số {number}"));
                        }
                        Reference::Plenum { plenum, term: Some(term) } => {
                            seen.resolved = true;
                            seen.name = Some(format!("{kind} Trung ương {plenum} khóa {term}"));
                        }
                        Reference::Theme(year) => {
                            seen.resolved = true;
                            seen.name = Some(format!("{kind} năm {year}"));
                        }
                        _ => {}
                    }
                }
                LookKind::Unit(unit) => {
                    seen.kind = "unit";
                    if let Some((organ, page, place, record)) = unit {
                        let record = &Gazetteer::get().place(place).records[usize::from(record)];
                        seen.resolved = true;
                        seen.name = Some(with_province(
                            organ::display(organ, record.kind, record.short),
                            place,
                            record,
                        ));
                        seen.page = Some(format!(
                            "don-vi/{}/{}.html",
                            Gazetteer::get().place(place).path,
                            organ::get(page).id
                        ));
                    }
                }
                LookKind::Dropped => {}
                LookKind::Place(place) => {
                    seen.kind = "locality";
                    if let Some((place, record, era)) = place {
                        seen.resolved = true;
                        seen.name = Some(label(place, record));
                        seen.page = Some(format!("dia-phuong/{}.html", Gazetteer::get().place(place).path));
                        seen.code = Gazetteer::get().place(place).records[usize::from(record)].code;
                        seen.era = era.map(|era| if era == Era::Old { "old" } else { "new" });
                    }
                }
            }
            seen
        })
        .collect()
}

fn with_province(name: String, _place: PlaceId, record: &crate::gazetteer::Record) -> String {
    match record.parent {
        Some(mut parent) => {
            while let Some(upper) = Gazetteer::get().place(parent).records.iter().find_map(|r| r.parent) {
                parent = upper;
            }
            format!("{name} ({})", Gazetteer::get().place(parent).last().short)
        }
        None => name,
    }
}

fn label(place: PlaceId, record: u8) -> String {
    let record = &Gazetteer::get().place(place).records[usize::from(record)];
    match record.parent {
        Some(parent) => format!(
            "{}, {}",
            record.name,
            label(
                parent,
                (Gazetteer::get().place(parent).records.iter().position(|r| r.era == record.era).unwrap_or(0))
                    as u8
            )
        ),
        None => record.name.to_owned(),
    }
}
