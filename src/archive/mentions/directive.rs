//! Which document a mention means: by owner, number, and term or year.
//!
//! A number of the centre (`/TW`, `-TTg`, `/QH15` …) has its owner in itself. One of a place
//! (`/TU`, `-UBND` …) is that of the unit named beside it, else of the article's place of
//! the right level, if there is only one; without an owner it stays words, unless the
//! article itself declares the one document of that number.
//! A date in prose tells documents of one number apart; it never makes another document of
//! the only one there is, unless it falls into another term or year.

use std::cell::OnceCell;

use super::stub::{Citation, Cited, Edition, Owner};
use super::{Around, Meant, Mentions};
use crate::archive::DirectiveId;
use crate::archive::names::{DirectiveName, NamedDirective, Names, central_term};
use crate::archive::places::{PlaceKey, Places, Time};
use crate::document::{Body, Found};
use crate::gazetteer::{Kind as PlaceKind, Level};
use crate::mention::What;
use crate::mention::directive::{Directive, Kind, Reference};
use crate::number::Number;
use crate::source;
use crate::vi::fold;

/// Whose documents bear such a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Authority {
    /// The Party's or the State's centre.
    Centre,
    /// A Tỉnh ủy or Thành ủy.
    Province,
    /// A committee of a district of that kind.
    District(PlaceKind),
    /// A People's Committee or Council of any level.
    State,
    /// Nothing tells.
    Unknown,
}

/// Resolves the documents among the mentions of `body`; units and places are there already.
pub(super) fn resolve(names: &Names, body: &Body, around: Around, mentions: &mut Mentions) {
    let chooser = Chooser { names, body, around, meant: &mentions.meant, province: OnceCell::new() };
    let mut chosen = Vec::new();
    for (index, found) in body.mentions.iter().enumerate() {
        let What::Directive(directive) = &found.mention.what else { continue };
        match chooser.choose(found, directive) {
            Choice::Record(id) => chosen.push((index, Meant::Directive(id))),
            Choice::Stub(citation) => {
                chosen.push((index, Meant::Stub(mentions.citations.len() as u32)));
                mentions.citations.push(citation);
            }
            Choice::None => {}
        }
    }
    for (index, meant) in chosen {
        mentions.meant[index] = Some(meant);
    }
}

enum Choice {
    Record(DirectiveId),
    Stub(Citation),
    None,
}

struct Chooser<'a> {
    names: &'a Names,
    body: &'a Body,
    around: Around<'a>,
    meant: &'a [Option<Meant>],
    /// The one province that the article is about, once it is asked for.
    province: OnceCell<Option<PlaceKey>>,
}

impl Chooser<'_> {
    fn choose(&self, found: &Found, directive: &Directive) -> Choice {
        let only = |ids: Vec<DirectiveId>| match ids.as_slice() {
            [id] => Choice::Record(*id),
            _ => Choice::None,
        };
        match &directive.reference {
            Reference::Number(number) => self.numbered(found, directive, number),
            Reference::Serial { serial, year } => only(self.declared(|name| {
                has_serial(name, directive.kind.map(Kind::name), serial)
                    && year.is_none_or(|year| name.year == Some(year))
            })),
            Reference::Plenum { .. } | Reference::Theme(_) => match NamedDirective::of(directive) {
                Some(name @ NamedDirective::Theme(_)) => self.theme(found, directive, name),
                Some(name) => self.plenum(directive, name),
                None => Choice::None,
            },
            Reference::Year => Choice::None,
        }
    }

    fn numbered(&self, found: &Found, directive: &Directive, number: &Number) -> Choice {
        // What an earlier mention says of the document, it need not say again.
        let fuller = directive.antecedent.and_then(|at| self.body.mentions.get(at as usize));
        let told = match fuller.map(|fuller| (fuller, &fuller.mention.what)) {
            Some((fuller, What::Directive(earlier))) if directive.issuer.is_none() => (fuller, &**earlier),
            _ => (found, directive),
        };
        let owner = self.owner(told.0, told.1, number);
        let dated = if directive.date.is_none() && directive.term.is_none() { told.1 } else { directive };
        let edition = edition(dated, number, owner);
        let fits = |id: &DirectiveId| {
            let name = &self.names.directives[id.index()];
            owner.is_none_or(|owner| is_of(name, number, owner, &self.names.places)) && edition.allows(name)
        };
        // What the editor declares, the text means, unless it says whose else it is.
        let own = |id: &DirectiveId| {
            self.around.directives.contains(id) && edition.allows(&self.names.directives[id.index()])
        };
        let declared: Vec<DirectiveId> = self.names.editions(number).iter().copied().filter(own).collect();
        if let [id] = declared.as_slice()
            && (told.1.issuer.is_none() || fits(id))
        {
            return Choice::Record(*id);
        }
        let mut all: Vec<DirectiveId> = self.names.editions(number).iter().copied().filter(fits).collect();
        let known = all.len();
        all.retain(|id| !self.is_later(&self.names.directives[id.index()]));
        if all.is_empty() && known > 0 {
            // Another document of that number, of an earlier term or year that nothing tells.
            return Choice::None;
        }
        let Some(owner) = owner else { return Choice::None };
        match all.as_slice() {
            [id] => Choice::Record(*id),
            [] if !self.names.is_broken(source::Kind::Directive, &number.to_string()) => {
                let kind = directive.kind.map(Kind::name);
                Choice::Stub(Citation { owner, cited: Cited::Number(number.clone()), edition, kind })
            }
            _ => Choice::None,
        }
    }

    /// Whether a document is of a day after the article's, so that it cannot be meant.
    fn is_later(&self, name: &DirectiveName) -> bool {
        match (name.day, self.around.context.time) {
            (Some(day), Time::Between(_, last)) => day.first_day() > last,
            _ => false,
        }
    }

    /// A resolution or conclusion of a plenum of the Central Committee.
    fn plenum(&self, directive: &Directive, name: NamedDirective) -> Choice {
        match self.names.named_directives(name) {
            [id] => Choice::Record(*id),
            [] => Choice::Stub(Citation {
                owner: Owner::Centre,
                cited: Cited::Name(name),
                edition: Edition::Unknown,
                kind: directive.kind.map(Kind::name),
            }),
            _ => Choice::None,
        }
    }

    /// The yearly theme of the province in context.
    fn theme(&self, found: &Found, directive: &Directive, name: NamedDirective) -> Choice {
        let all = self.names.named_directives(name);
        let declared: Vec<&DirectiveId> =
            all.iter().filter(|id| self.around.directives.contains(id)).collect();
        if let [id] = declared.as_slice() {
            return Choice::Record(**id);
        }
        let Some(owner) = self.issuer(found, directive).or_else(|| self.province()) else {
            return Choice::None;
        };
        let own: Vec<&DirectiveId> =
            all.iter().filter(|id| self.names.directives[id.index()].owner == Some(owner)).collect();
        match own.as_slice() {
            [id] => Choice::Record(**id),
            [] => Choice::Stub(Citation {
                owner: Owner::Place(owner),
                cited: Cited::Name(name),
                edition: Edition::Unknown,
                kind: directive.kind.map(Kind::name),
            }),
            _ => Choice::None,
        }
    }

    /// Directives that the article declares and that fit.
    fn declared(&self, fits: impl Fn(&DirectiveName) -> bool) -> Vec<DirectiveId> {
        let of = |id: &DirectiveId| fits(&self.names.directives[id.index()]);
        self.around.directives.iter().copied().filter(of).collect()
    }

    /// Whose document it is, if that is certain.
    fn owner(&self, found: &Found, directive: &Directive, number: &Number) -> Option<Owner> {
        let authority = authority(number);
        if authority == Authority::Centre {
            return Some(Owner::Centre);
        }
        if directive.issuer.is_some_and(|issuer| issuer.body.is_central()) {
            // A local number of the centre is a misprint of one or the other.
            return (authority == Authority::Unknown).then_some(Owner::Centre);
        }
        if directive.issuer.is_some() {
            let place = self.issuer(found, directive)?;
            return self.may_issue(place, authority).then_some(Owner::Place(place));
        }
        let place = match authority {
            Authority::Province if self.around.context.article.iter().any(|&key| self.is_city(key)) => None,
            Authority::Province => self.province(),
            Authority::District(kind) => self
                .one_above(self.around.context.article, |level, own| level == Level::District && own == kind),
            Authority::State => {
                // Of an article about a district, a number may be the district's or the
                // province's.
                let places = self.around.context.article;
                let provincial =
                    places.iter().all(|&key| self.levels(key).any(|(level, _)| level == Level::Province));
                if provincial { self.province() } else { None }
            }
            Authority::Centre | Authority::Unknown => None,
        };
        place.map(Owner::Place)
    }

    /// The place of the unit, or the place itself, that is named as the issuer.
    fn issuer(&self, found: &Found, directive: &Directive) -> Option<PlaceKey> {
        let at = directive.issuer?.at;
        let place = |found: &Found| (found.block, found.mention.start);
        let index = self.body.mentions.binary_search_by_key(&(found.block, at), place).ok()?;
        match self.meant[index]? {
            Meant::Unit(key, _) => self.names.place_of(key),
            Meant::Locality(place) => Some(place.key),
            _ => None,
        }
    }

    fn may_issue(&self, place: PlaceKey, authority: Authority) -> bool {
        self.levels(place).any(|(level, kind)| match authority {
            Authority::Province => {
                level == Level::Province || (level, kind) == (Level::District, PlaceKind::ThanhPho)
            }
            Authority::District(own) => level == Level::District && kind == own,
            Authority::State | Authority::Unknown => true,
            Authority::Centre => false,
        })
    }

    /// The one province that the article is about: of the places it declares, else the only
    /// one in which all that its text names lies, the archive's own included.
    fn province(&self) -> Option<PlaceKey> {
        *self.province.get_or_init(|| self.find_province())
    }

    fn find_province(&self) -> Option<PlaceKey> {
        let is_province = |level, _| level == Level::Province;
        if !self.around.context.article.is_empty() {
            return self.one_above(self.around.context.article, is_province);
        }
        let named = self.meant.iter().flatten().filter_map(|meant| match meant {
            Meant::Unit(key, _) => self.names.place_of(*key),
            Meant::Locality(place) => Some(place.key),
            _ => None,
        });
        let places: Vec<PlaceKey> = named.chain(self.names.places.own.get().iter().copied()).collect();
        self.one_above(&places, is_province)
    }

    /// The one place that fits among `places` and those above them.
    fn one_above(&self, places: &[PlaceKey], fits: impl Fn(Level, PlaceKind) -> bool) -> Option<PlaceKey> {
        let mut pending: Vec<PlaceKey> = places.to_vec();
        let mut one = None;
        while let Some(key) = pending.pop() {
            if self.levels(key).any(|(level, kind)| fits(level, kind)) {
                if one.is_some_and(|one| one != key) {
                    return None;
                }
                one = Some(key);
            } else if let Some(place) = self.names.places.own_place(key) {
                pending.push(place.parent);
            } else if let Some(place) = self.names.places.place(key) {
                let records = self.names.places.gazetteer.place(place).records;
                let parents = records.iter().filter_map(|record| record.parent);
                pending.extend(parents.map(|parent| PlaceKey(parent.index() as u32)));
            }
        }
        one
    }

    fn is_city(&self, key: PlaceKey) -> bool {
        self.levels(key).any(|pair| pair == (Level::District, PlaceKind::ThanhPho))
    }

    /// Level and kind of each record of a place of the gazetteer.
    fn levels(&self, key: PlaceKey) -> impl Iterator<Item = (Level, PlaceKind)> {
        let place = self.names.places.place(key).map(|place| self.names.places.gazetteer.place(place));
        place.into_iter().flat_map(|place| place.records.iter().map(|record| (place.level, record.kind)))
    }
}

/// Whether a record with that number is the owner's. A local record that names no issuer is
/// the archive's own province's.
pub(super) fn is_of(name: &DirectiveName, number: &Number, owner: Owner, places: &Places) -> bool {
    match (owner, name.owner) {
        (Owner::Centre, owner) => owner.is_none(),
        (Owner::Place(place), Some(owner)) => place == owner,
        (Owner::Place(place), None) => {
            authority(number) != Authority::Centre && places.own.get().contains(&place)
        }
    }
}

/// Which of the documents of one number is meant, as far as the words tell.
fn edition(directive: &Directive, number: &Number, owner: Option<Owner>) -> Edition {
    let day = directive.date.as_ref().and_then(|date| date.first());
    if !number.is_party() {
        return number.year().or_else(|| day.map(|day| day.year)).map_or(Edition::Unknown, Edition::Year);
    }
    if let Some(term) = directive.term {
        return Edition::Term(term);
    }
    match (owner, day) {
        (Some(Owner::Centre), Some(day)) => central_term(day).map_or(Edition::Unknown, Edition::Term),
        (_, Some(day)) => local_term(day.year).map_or(Edition::Unknown, Edition::From),
        _ => Edition::Unknown,
    }
}

/// The year in which the term of a local committee began. Their congresses are held in the
/// year before a national one, 2010, 2015, 2020, 2025, not on one day; so those years tell
/// nothing.
pub(super) fn local_term(year: u16) -> Option<u16> {
    (year > 2006 && !year.is_multiple_of(5)).then(|| year - year % 5)
}

/// Whether a record is of that type and serial: "Kết luận 01" of 01-KL/TW.
pub(super) fn has_serial(name: &DirectiveName, kind: Option<&str>, serial: &str) -> bool {
    let Some(number) = &name.number else { return false };
    let bare = |serial: &str| serial.trim_start_matches('0').to_uppercase();
    let own = name.kind.as_deref().or_else(|| super::stub::kind_of(number));
    bare(&number.serial()) == bare(serial)
        && kind.is_none_or(|kind| own.is_some_and(|own| fold(own) == fold(kind)))
}

/// Parts of symbols that only bodies of the centre use, in upper case.
const CENTRAL: [&str; 36] = [
    "TTG", "CP", "CTN", "VPCP", "TTCP", "KTNN", "NHNN", "TANDTC", "VKSNDTC", "BCSĐCP", "BCA", "BQP", "BNV",
    "BNG", "BTP", "BTC", "BKHĐT", "BKHCN", "BXD", "BGTVT", "BCT", "BNN", "BNNPTNT", "BNNMT", "BTNMT",
    "BLĐTBXH", "BGDĐT", "BYT", "BTTTT", "BVHTT", "BVHTTDL", "BDTTG", "UBDT", "BNNVMT", "TLĐ", "HĐTP",
];

/// Whose documents bear the symbol of `number`. Guideline 36-HD/VPTW for the Party, decree
/// 30/2020/NĐ-CP for the State.
pub(super) fn authority(number: &Number) -> Authority {
    let symbol = number.symbol();
    let assembly = |part: &str| {
        let digits = part.strip_prefix("UBTVQH").or_else(|| part.strip_prefix("QH"));
        digits.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
    };
    if let Some((_, body)) = symbol.rsplit_once('/') {
        // Party: a body of a committee stands before its sign, BTGTU, VPTW.
        return match body {
            "HU" => Authority::District(PlaceKind::Huyen),
            "QU" => Authority::District(PlaceKind::Quan),
            "TXU" => Authority::District(PlaceKind::ThiXa),
            "TU" | "BTGTU" | "BTCTU" | "BDVTU" | "BNCTU" | "VPTU" | "UBKTTU" => Authority::Province,
            body if body.ends_with("TW") => Authority::Centre,
            body if assembly(body) => Authority::Centre,
            _ => Authority::Unknown,
        };
    }
    let mut parts = symbol.split('-');
    if parts.clone().any(|part| matches!(part, "UBND" | "HĐND")) {
        return Authority::State;
    }
    match parts.any(|part| CENTRAL.contains(&part) || assembly(part)) {
        true => Authority::Centre,
        false => Authority::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::{Authority, authority, local_term};
    use crate::gazetteer::Kind as PlaceKind;
    use crate::number::Number;

    #[test]
    fn a_symbol_tells_whose_a_document_is() {
        use Authority::*;
        for (text, expect) in [
            ("01-KL/TW", Centre),
            ("54-NQ/TƯ", Centre),
            ("03-HD/BTGTW", Centre),
            ("749/QĐ-TTg", Centre),
            ("128/NQ-CP", Centre),
            ("100/2019/NĐ-CP", Centre),
            ("31/2024/QH15", Centre),
            ("1004/2020/UBTVQH14", Centre),
            ("12/2020/TT-BGDĐT", Centre),
            ("01/2007/TTLT-BCA-BQP", Centre),
            ("10-NQ/TU", Province),
            ("12-KH/BTGTU", Province),
            ("05-CT/HU", District(PlaceKind::Huyen)),
            ("05-CT/QU", District(PlaceKind::Quan)),
            ("19/NQ-HĐND", State),
            ("1234/UBND-VX", State),
            ("12-NQ/ĐU", Unknown),
            ("15/KH-SGDĐT", Unknown),
        ] {
            assert_eq!(authority(&Number::parse(text).expect(text)), expect, "{text}");
        }
    }

    #[test]
    fn a_year_of_congresses_tells_no_term() {
        assert_eq!(local_term(2017), Some(2015));
        assert_eq!(local_term(2021), Some(2020));
        assert_eq!(local_term(2020), None);
        assert_eq!(local_term(2006), None);
    }
}
