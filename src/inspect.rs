//! What the linker sees in one text: the answer of `luutru mentions`.
//!
//! The text need not be of an archive; with the records of one it is resolved as a build
//! would. Offsets count characters (Unicode scalar values) of the file as it is.

use std::fmt::Write as _;
use std::sync::Arc;

use serde::Serialize;

use crate::archive::{Look, Seen as Meant, kind_of, look};
use crate::config::Site;
use crate::document::{self, Document, Found};
use crate::gazetteer::{Era, Gazetteer, Level, PlaceId, Record};
use crate::mention::directive::{Body, Directive, Reference};
use crate::mention::{OwnNames, UnitPlace, What};
use crate::organ;
use crate::page;

/// One mention, as `luutru mentions --json` prints it.
#[derive(Debug, Serialize)]
pub struct Seen {
    /// First character of the file, from 0.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// `directive`, `unit` or `locality`.
    pub kind: &'static str,
    /// Whether exactly one record fits, or a document without a record is certain.
    pub resolved: bool,
    /// The record as named: "Ban Thường vụ Tỉnh ủy Sóc Trăng".
    pub name: Option<String>,
    /// Where it leads: "don-vi/tinh-soc-trang/tinh-uy.html".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// A document's number, normalised: `54-NQ/TW`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// A document's date, as far as it is said: `2021-05-18`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Who issued a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// A place's official code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// `old` until 30 June 2025, else `new`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub era: Option<&'static str>,
    /// What it may mean, if that is several.
    pub candidates: Vec<String>,
    /// Within the words of another mention: the place of a unit.
    pub nested: bool,
}

/// The mentions of the file at `path` with this text, in its order; a place within a unit's
/// name stands behind it. `records` and `site` are those of the archive around it.
pub fn inspect(path: &str, text: &str, records: Vec<Arc<Document>>, site: &Site) -> Vec<Seen> {
    let own = OwnNames::new(records.iter().flat_map(|record| record.names()));
    let document = document::mentions_of(&path.into(), text, &own);
    let looks = look(&document, records, site);
    let mut characters = Characters { text, byte: 0, count: 0 };
    let mut seen: Vec<Seen> = Vec::new();
    for look in &looks {
        let found = &document.body.mentions[look.index];
        let (start, end) = (found.span.start as usize, found.span.end as usize);
        let mut one = mention(found, look, &text[start..end]);
        one.start = characters.at(start);
        // A place within the unit's words ends with them.
        let nested = nested(found, look, &text[start..end]).map(|(from, mut inner)| {
            inner.start = characters.at(start + from);
            inner
        });
        one.end = characters.at(end);
        let last = one.end;
        seen.push(one);
        seen.extend(nested.map(|inner| Seen { end: last, ..inner }));
    }
    let units: Vec<(usize, String)> = looks
        .iter()
        .filter_map(|look| {
            let found = &document.body.mentions[look.index];
            Some((look.index, unit_name(&look.seen).filter(|_| matches!(found.mention.what, What::Unit(_)))?))
        })
        .collect();
    let mut at = seen.iter_mut().filter(|one| !one.nested);
    for look in &looks {
        let Some(one) = at.next() else { break };
        let found = &document.body.mentions[look.index];
        if let What::Directive(directive) = &found.mention.what {
            one.issuer = issuer(&document, found, directive, &units);
        }
    }
    seen
}

/// The mentions as a table: where, kind, words, name, page.
pub fn table(seen: &[Seen]) -> String {
    let width = |column: &dyn Fn(&Seen) -> usize| seen.iter().map(column).max().unwrap_or(0);
    let place = |one: &Seen| format!("{}-{}", one.start, one.end);
    let words = |one: &Seen| one.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (places, texts) = (width(&|one| place(one).len()), width(&|one| words(one).chars().count().min(48)));
    let mut table = String::new();
    for one in seen.iter().filter(|one| !one.nested) {
        let name = match (&one.name, one.candidates.is_empty()) {
            (Some(name), _) => name.clone(),
            (None, true) => "?".to_owned(),
            (None, false) => format!("? {}", one.candidates.join(" | ")),
        };
        let page = one.page.as_deref().map_or(String::new(), |page| format!("  {page}"));
        let _ =
            writeln!(table, "{:>places$}  {:9}  {:texts$}  {name}{page}", place(one), one.kind, words(one));
    }
    table
}

/// The text with its mentions in colour: green where one leads to a page, yellow where not.
pub fn marked(text: &str, seen: &[Seen]) -> String {
    let mut marked = String::with_capacity(text.len() + seen.len() * 12);
    let mut mentions = seen.iter().filter(|one| !one.nested).peekable();
    let mut close = usize::MAX;
    for (index, c) in text.chars().enumerate() {
        if index == close {
            marked.push_str("\u{1b}[0m");
            close = usize::MAX;
        }
        if let Some(one) = mentions.next_if(|one| one.start == index) {
            marked.push_str(if one.resolved { "\u{1b}[4;32m" } else { "\u{1b}[4;33m" });
            close = one.end;
        }
        marked.push(c);
    }
    if close != usize::MAX {
        marked.push_str("\u{1b}[0m");
    }
    marked
}

/// Counts characters up to byte offsets that never go back.
struct Characters<'t> {
    text: &'t str,
    byte: usize,
    count: usize,
}

impl Characters<'_> {
    fn at(&mut self, byte: usize) -> usize {
        // A mention's place begins before its end, but a list may share one.
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        self.count += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.count
    }
}

fn mention(found: &Found, look: &Look, text: &str) -> Seen {
    let kind = match &found.mention.what {
        What::Directive(_) => "directive",
        What::Unit(_) => "unit",
        What::Place(_) => "locality",
        What::Own(_) => match &look.seen {
            Meant::Directive { .. } => "directive",
            Meant::Place(..) | Meant::OwnPlace(_) => "locality",
            _ => "unit",
        },
    };
    let mut seen = Seen {
        start: 0,
        end: 0,
        text: text.to_owned(),
        kind,
        resolved: false,
        name: None,
        page: None,
        number: None,
        date: None,
        issuer: None,
        code: None,
        era: None,
        candidates: look.candidates.clone(),
        nested: false,
    };
    match &look.seen {
        Meant::Directive { id, owner } => {
            seen.page = id.as_deref().map(page::directive_address);
            seen.resolved = id.is_some();
            match &found.mention.what {
                What::Directive(directive) => name_directive(&mut seen, directive, owner.as_deref()),
                _ => seen.name = Some(text.to_owned()),
            }
        }
        Meant::Unit(_, page, place, _) => {
            seen.page = Some(page::unit_address_of(*page, *place));
            seen.name = unit_name(&look.seen);
            seen.resolved = true;
        }
        Meant::UnitFile(name, id) => {
            seen.page = Some(page::unit_file_address(id));
            seen.name = Some(name.to_string());
            seen.resolved = true;
        }
        Meant::Place(place, record, era) => name_place(&mut seen, (*place, *record), *era),
        Meant::OwnPlace(name) => {
            seen.name = Some(name.clone());
            seen.resolved = true;
        }
        Meant::UnknownUnit | Meant::UnknownPlace => {}
    }
    seen
}

/// The place within the words of a unit, with the byte of the unit that it begins at.
fn nested(found: &Found, look: &Look, text: &str) -> Option<(usize, Seen)> {
    let What::Unit(unit) = &found.mention.what else { return None };
    let (Meant::Unit(_, _, place, record), UnitPlace::Named(_)) = (&look.seen, unit.place) else {
        return None;
    };
    let from = (unit.place_at - found.mention.start) as usize;
    // Markup between the words makes the source longer than the text.
    let whole = found.mention.end - found.mention.start == found.span.end - found.span.start;
    if from >= text.len() || !whole || !text.is_char_boundary(from) {
        return None;
    }
    let mut inner = mention(found, look, &text[from..]);
    inner.kind = "locality";
    inner.nested = true;
    (inner.name, inner.page) = (None, None);
    name_place(&mut inner, (*place, *record), Some(record_of(*place, *record).era));
    Some((from, inner))
}

fn name_directive(seen: &mut Seen, directive: &Directive, owner: Option<&str>) {
    let kind = directive.kind.map_or("Văn bản", |kind| kind.name());
    seen.date = directive.date.as_ref().map(ToString::to_string);
    let name = match &directive.reference {
        Reference::Number(number) => {
            seen.number = Some(number.to_string());
            // The symbol is right where it differs from the type word.
            format!("{} số {number}", kind_of(number).unwrap_or(kind))
        }
        Reference::Serial { serial, year: Some(year) } => format!("{kind} {serial}/{year}"),
        Reference::Serial { serial, year: None } => format!("{kind} {serial}"),
        Reference::Plenum { plenum, term: Some(term) } => format!("{kind} Trung ương {plenum} khóa {term}"),
        Reference::Plenum { plenum, term: None } => format!("{kind} Trung ương {plenum}"),
        Reference::Theme(year) => format!("{kind} năm {year}"),
        Reference::Year => return,
    };
    if seen.resolved {
        seen.name = Some(match owner {
            Some(owner) if seen.number.is_some() => format!("{name} ({owner})"),
            _ => name,
        });
    }
}

fn name_place(seen: &mut Seen, place: (PlaceId, u8), era: Option<Era>) {
    let record = record_of(place.0, place.1);
    seen.name = Some(label(place.0, record));
    seen.page = Some(page::place_address(place.0));
    seen.code = record.code;
    seen.era = era.map(|era| match era {
        Era::Old => "old",
        Era::New => "new",
    });
    seen.resolved = true;
}

/// "Huyện ủy Châu Thành (Hậu Giang)": the province where the country has several.
fn unit_name(seen: &Meant) -> Option<String> {
    let (organ, place, record) = match seen {
        Meant::Unit(organ, _, place, record) => (*organ, *place, record_of(*place, *record)),
        Meant::UnitFile(name, _) => return Some(name.to_string()),
        _ => return None,
    };
    let name = organ::display(organ, record.kind, record.short);
    let level = Gazetteer::get().place(place).level;
    let several = level != Level::Province
        && Gazetteer::get()
            .named(&crate::vi::fold(record.name))
            .iter()
            .any(|&(other, _)| other != place && Gazetteer::get().place(other).level == level);
    let Some(province) = province(record).filter(|_| several) else { return Some(name) };
    Some(format!("{name} ({province})"))
}

/// The short name of the province of a record, in the hierarchy of its time.
fn province(record: &Record) -> Option<&'static str> {
    let mut parent = record.parent?;
    loop {
        let records = Gazetteer::get().place(parent).records;
        let own = records.iter().rev().find(|own| own.era == record.era).or(records.last())?;
        match own.parent {
            Some(upper) => parent = upper,
            None => return Some(own.short),
        }
    }
}

fn record_of(place: PlaceId, record: u8) -> &'static Record {
    &Gazetteer::get().place(place).records[usize::from(record)]
}

/// "Xã Tam Hiệp, Huyện Châu Thành, Tỉnh Tiền Giang".
fn label(place: PlaceId, record: &Record) -> String {
    let mut label = record.name.to_owned();
    let mut at = record.parent.filter(|parent| *parent != place);
    while let Some(parent) = at {
        let records = Gazetteer::get().place(parent).records;
        let Some(own) = records.iter().rev().find(|own| own.era == record.era).or(records.last()) else {
            break;
        };
        label += ", ";
        label += own.name;
        at = own.parent;
    }
    label
}

/// Who issued a document: the unit named there, or a body of the centre.
fn issuer(
    document: &Document,
    found: &Found,
    directive: &Directive,
    units: &[(usize, String)],
) -> Option<String> {
    let issuer = directive.issuer?;
    let mentions = &document.body.mentions;
    let unit = units
        .iter()
        .find(|(index, _)| {
            mentions[*index].block == found.block && mentions[*index].mention.start == issuer.at
        })
        .map(|(_, name)| name.clone());
    unit.or_else(|| {
        let name = match issuer.body {
            Body::Politburo => "Bộ Chính trị, Ban Bí thư",
            Body::Committee => "Ban Chấp hành Trung ương",
            Body::PrimeMinister => "Thủ tướng Chính phủ",
            Body::Government => "Chính phủ",
            Body::Assembly => "Quốc hội",
            _ => return None,
        };
        Some(name.to_owned())
    })
}
