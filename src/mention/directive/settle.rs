//! What the mentions of one article say about each other.
//!
//! "Kết luận 01" means the conclusion with that serial that the article has named in full:
//! before it, else after it. Where two different numbers fit, and neither year nor issuer
//! tells them apart, it stays short. Then issuers are asked (`infer`), and what they say
//! counts for other short forms of the same type and serial. What stays weak is dropped.

use std::collections::{HashMap, HashSet};

use super::{Body, Directive, Kind, Origin, Reference, infer, kind};
use crate::mention::text::Word;
use crate::mention::{Mention, What};
use crate::number::Number;

/// Settles the documents among `found`, the mentions of one article in its order, and drops
/// those that are none; other mentions stay as they are. `mention` leads to the mention in
/// what is listed. Linear in `found`.
pub fn settle<T>(found: &mut Vec<T>, mention: impl Fn(&mut T) -> &mut Mention) {
    let mut places = Vec::new();
    let mut directives = Vec::new();
    for (place, item) in found.iter_mut().enumerate() {
        if let What::Directive(directive) = &mut mention(item).what {
            places.push(place);
            directives.push(std::mem::take(&mut **directive));
        }
    }
    if directives.is_empty() {
        return;
    }
    let kept = settle_all(&mut directives);
    let mut dropped = vec![false; found.len()];
    for (&place, kept) in places.iter().zip(&kept) {
        dropped[place] = !kept;
    }
    let mut index = 0;
    let shifted: Vec<u32> = dropped
        .iter()
        .map(|&dropped| {
            let own = index;
            index += u32::from(!dropped);
            own
        })
        .collect();
    for (&place, mut directive) in places.iter().zip(directives) {
        directive.antecedent = directive.antecedent.map(|at| shifted[places[at as usize]]);
        if let What::Directive(slot) = &mut mention(&mut found[place]).what {
            **slot = directive;
        }
    }
    let mut flags = dropped.into_iter();
    found.retain(|_| !flags.next().unwrap_or(false));
}

/// Digits by value, and the letter behind them.
type Serial = (u32, Box<str>);

/// A number that the article names, and where.
struct Known {
    number: Number,
    kinds: Vec<Kind>,
    /// The year of its number or of the date beside it.
    year: Option<u16>,
    /// Who issued it, as the first that says so has it.
    body: Option<Body>,
    /// Directives with it, ascending.
    at: Vec<usize>,
}

/// The numbers of an article with one serial. Past some it is full, and nothing is told by it.
#[derive(Default)]
struct Group {
    known: Vec<Known>,
    full: bool,
}

/// More numbers with one serial than an article has; keeps the search linear.
const MOST: usize = 12;

fn settle_all(directives: &mut [Directive]) -> Vec<bool> {
    let mut groups: HashMap<Serial, Group> = HashMap::new();
    let mut yearly: HashMap<(Kind, u16), Group> = HashMap::new();
    for (at, directive) in directives.iter().enumerate() {
        let Reference::Number(number) = &directive.reference else { continue };
        let Some(serial) = serial_of(number) else { continue };
        groups.entry(serial).or_default().add(directive, number, at);
        if let Some(year) = year_of(directive) {
            for kind in kinds_of(directive, number) {
                yearly.entry((kind, year)).or_default().add(directive, number, at);
            }
        }
    }
    for at in 0..directives.len() {
        let settled = match &directives[at].reference {
            Reference::Serial { serial, .. } => key(serial)
                .and_then(|key| groups.get(&key))
                .and_then(|group| group.means(&directives[at], at)),
            Reference::Year => {
                let kind = directives[at].kind.zip(year_of(&directives[at]));
                let group = kind.and_then(|kind| yearly.get(&kind));
                group
                    .and_then(|group| group.means(&directives[at], at))
                    .filter(|(_, earlier)| earlier.is_none_or(|earlier| earlier < at))
            }
            _ => None,
        };
        if let Some((number, earlier)) = settled {
            point_back(directives, at, number, earlier);
        }
    }
    let mut inferred: HashMap<Serial, Group> = HashMap::new();
    for (at, directive) in directives.iter_mut().enumerate() {
        let (Reference::Serial { serial, year }, Some(kind)) = (&directive.reference, directive.kind) else {
            continue;
        };
        let year = year.or_else(|| directive.date.and_then(|date| date.year()));
        let body = directive.issuer.map(|issuer| issuer.body);
        let Some(number) = infer::infer(kind, serial, year, body) else { continue };
        if let Some(key) = key(serial) {
            inferred.entry(key).or_default().add(directive, &number, at);
        }
        directive.reference = Reference::Number(number);
        directive.origin = Origin::Inferred;
    }
    for at in 0..directives.len() {
        let Reference::Serial { serial, .. } = &directives[at].reference else { continue };
        let Some(key) = key(serial) else { continue };
        // What an issuer says must not decide between numbers that are printed.
        if groups.get(&key).is_some_and(|group| group.fitting(&directives[at]).next().is_some()) {
            continue;
        }
        if let Some((number, earlier)) = inferred.get(&key).and_then(|group| group.means(&directives[at], at))
        {
            point_back(directives, at, number, earlier);
        }
    }
    settle_plenums(directives);
    find_fuller(directives);
    kept(directives)
}

impl Group {
    fn add(&mut self, directive: &Directive, number: &Number, at: usize) {
        let year = year_of(directive);
        let body = directive.issuer.map(|issuer| issuer.body);
        let most = self.known.len() == MOST;
        let same = self.known.iter_mut().find(|known| known.year == year && known.number == *number);
        match same {
            Some(known) => {
                known.at.push(at);
                known.body = known.body.or(body);
                if let Some(kind) = directive.kind.filter(|kind| !known.kinds.contains(kind)) {
                    known.kinds.push(kind);
                }
            }
            None if most => self.full = true,
            None => {
                let kinds = kinds_of(directive, number);
                self.known.push(Known { number: number.clone(), kinds, year, body, at: vec![at] });
            }
        }
    }

    /// Those that the short form may mean by its type, year and issuer.
    fn fitting<'a>(&'a self, short: &Directive) -> impl Iterator<Item = &'a Known> {
        let year = year_of(short);
        let (kind, issuer) = (short.kind, short.issuer);
        self.known.iter().filter(move |known| {
            kind.is_some_and(|kind| known.kinds.contains(&kind))
                && (year.is_none() || known.year.is_none() || known.year == year)
                && issuer.is_none_or(|issuer| {
                    infer::may_issue(issuer.body, &known.number)
                        && known.body.is_none_or(|body| body.may_be(issuer.body))
                })
        })
    }

    /// The number that the short form at `at` means, with the directive that it points to;
    /// without that if the article has the number of two years.
    fn means(&self, short: &Directive, at: usize) -> Option<(Number, Option<usize>)> {
        if self.full {
            return None;
        }
        let before: Vec<&Known> = self.fitting(short).filter(|known| known.at[0] < at).collect();
        let known = if before.is_empty() { self.fitting(short).collect() } else { before };
        let first = known.first()?;
        if known.iter().any(|other| other.number != first.number) {
            return None;
        }
        let mut years = known.iter().filter_map(|known| known.year);
        let year = years.next();
        if years.any(|other| Some(other) != year) {
            return Some((first.number.clone(), None));
        }
        let last_before = known.iter().filter_map(|known| {
            let past = known.at.partition_point(|&place| place < at);
            past.checked_sub(1).map(|index| known.at[index])
        });
        let earlier = last_before.max().or_else(|| known.iter().map(|known| known.at[0]).min());
        Some((first.number.clone(), earlier))
    }
}

fn point_back(directives: &mut [Directive], at: usize, number: Number, earlier: Option<usize>) {
    let (date, term) =
        earlier.map_or((None, None), |earlier| (directives[earlier].date, directives[earlier].term));
    let own = &mut directives[at];
    // "nghị quyết năm 2011": the whole date of that one is better than its year.
    own.date = if matches!(own.reference, Reference::Year) { date.or(own.date) } else { own.date.or(date) };
    own.term = own.term.or(term);
    own.reference = Reference::Number(number);
    own.origin = Origin::Earlier;
    own.antecedent = earlier.map(|earlier| earlier as u32);
}

/// "Nghị quyết Trung ương 4" takes the term that the article has said with that plenum.
fn settle_plenums(directives: &mut [Directive]) {
    // By type and plenum: each term with the first directive that says it.
    type Terms = Vec<(u8, usize)>;
    let mut terms: HashMap<(Option<Kind>, u8), Terms> = HashMap::new();
    for (at, directive) in directives.iter().enumerate() {
        if let Reference::Plenum { plenum, term: Some(term) } = directive.reference {
            let terms = terms.entry((directive.kind, plenum)).or_default();
            if terms.iter().all(|(other, _)| *other != term) {
                terms.push((term, at));
            }
        }
    }
    for (at, directive) in directives.iter_mut().enumerate() {
        let Reference::Plenum { plenum, term: slot @ None } = &mut directive.reference else { continue };
        let Some(terms) = terms.get(&(directive.kind, *plenum)) else { continue };
        let before: Vec<&(u8, usize)> = terms.iter().filter(|(_, first)| *first < at).collect();
        let one = match (before.as_slice(), terms.as_slice()) {
            ([one], _) => Some(**one),
            ([], [one]) => Some(*one),
            _ => None,
        };
        if let Some((term, earlier)) = one {
            *slot = Some(term);
            directive.term = Some(term);
            directive.origin = Origin::Earlier;
            directive.antecedent = Some(earlier as u32);
        }
    }
}

/// A number without an issuer points to the nearest mention of it before, else after it, that
/// has one; a short form that points to such a number points on to that.
fn find_fuller(directives: &mut [Directive]) {
    let mut issued: HashMap<Number, (Option<u16>, usize)> = HashMap::new();
    let mut found = vec![None; directives.len()];
    let places = (0..directives.len()).chain((0..directives.len()).rev());
    for (step, at) in places.enumerate() {
        let own = &directives[at];
        let Reference::Number(number) = &own.reference else { continue };
        // The way back meets what stands behind.
        if step == directives.len() {
            issued.clear();
        }
        if own.issuer.is_some() {
            issued.insert(number.clone(), (year_of(own), at));
        } else if found[at].is_none()
            && let Some((year, fuller)) = issued.get(number)
            && (year.is_none() || year_of(own).is_none_or(|own| *year == Some(own)))
        {
            found[at] = Some(*fuller as u32);
        }
    }
    for (at, fuller) in found.iter().enumerate() {
        if directives[at].origin == Origin::Written {
            directives[at].antecedent = *fuller;
        }
    }
    for at in 0..directives.len() {
        let Some(earlier) = directives[at].antecedent.filter(|_| directives[at].origin == Origin::Earlier)
        else {
            continue;
        };
        let fuller = found[earlier as usize].unwrap_or(earlier);
        let (date, term) = (directives[fuller as usize].date, directives[fuller as usize].term);
        let own = &mut directives[at];
        own.antecedent = Some(fuller);
        own.date = own.date.or(date);
        own.term = own.term.or(term);
    }
}

fn kept(directives: &[Directive]) -> Vec<bool> {
    let sure: HashSet<(Kind, Serial)> = directives
        .iter()
        .filter(|directive| !directive.weak)
        .filter_map(|directive| match &directive.reference {
            Reference::Serial { serial, .. } => Some((directive.kind?, key(serial)?)),
            _ => None,
        })
        .collect();
    directives
        .iter()
        .map(|directive| match &directive.reference {
            Reference::Year => false,
            Reference::Serial { serial, .. } if directive.weak => {
                directive.kind.zip(key(serial)).is_some_and(|serial| sure.contains(&serial))
            }
            _ => true,
        })
        .collect()
}

fn year_of(directive: &Directive) -> Option<u16> {
    let own = match &directive.reference {
        Reference::Number(number) => number.year(),
        Reference::Serial { year, .. } => *year,
        _ => None,
    };
    own.or_else(|| directive.date.and_then(|date| date.year()))
}

/// The type printed before a number, and those of its symbol.
fn kinds_of(directive: &Directive, number: &Number) -> Vec<Kind> {
    let first = number.symbol().split(['-', '/']).next().unwrap_or_default();
    let signed = kind::sign(Word::of(first)).map_or(&[] as &[Kind], |(_, kinds)| kinds);
    let mut kinds = signed.to_vec();
    kinds.extend(directive.kind.filter(|kind| !kinds.contains(kind)));
    kinds
}

fn serial_of(number: &Number) -> Option<Serial> {
    let written = number.to_string();
    key(written.split(['-', '/']).next()?)
}

fn key(serial: &str) -> Option<Serial> {
    let digits = serial.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, letters) = serial.split_at(digits);
    Some((digits.parse().ok()?, letters.to_uppercase().into()))
}
