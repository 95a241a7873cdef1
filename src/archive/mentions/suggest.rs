//! What an editor may make of the texts: the answer of `check --suggest`.
//!
//! A mention that is no link is passed over in silence by a build, since a text is not wrong
//! because a machine cannot read it. Here it is told, with what the editor may write; and so
//! is what the texts say and no record does. Nothing is assumed: every suggestion is one that
//! a person accepts or leaves.
//!
//! Owns the order and the number of suggestions: the same words once in an article, the same
//! document or relation once in the archive, where it stands first by the path of the file.
//! Promises that a link it proposes is one that resolves: it is looked up before it is shown.
//! A build never comes here.
//!
//! Reading order: `suggest`, `Article`, then one method for each kind of suggestion.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use rayon::prelude::*;

use super::directive::{Authority, authority, has_serial};
use super::place::Sense;
use super::stub::roman;
use super::{Around, Meant, relation};
use crate::archive::names::{FoundTarget, NamedDirective, Names};
use crate::archive::places::{Candidate, Context, PlaceKey};
use crate::archive::resolve::{Resolved, SHOWN, few, shell_quote};
use crate::archive::{DirectiveId, Ground, TextOf, article_front};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::document::{Document, Found, Relation, body_start};
use crate::gazetteer::{Gazetteer, Level, PlaceId};
use crate::mention::directive::{Directive, Kind, Reference};
use crate::mention::{Typed, Unit, What, near, place};
use crate::organ;
use crate::source;
use crate::vi::fold;

/// The suggestions for all articles, in no order. Reads each of their texts once.
pub(in crate::archive) fn suggest(ground: &Ground, text: &TextOf) -> Vec<Diagnostic> {
    let near = LazyLock::new(near::Names::new);
    let mut said: Vec<(&Document, Said)> = (ground.sorted.articles.par_iter())
        .zip(&ground.resolutions)
        .map(|(document, resolution)| {
            let article = Article::new(ground, document, &resolution.resolved);
            (&**document, article.suggest(text, &near))
        })
        .collect();
    said.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    let mut suggestions = without_record(ground, &said);
    suggestions.extend(relations(ground, &said));
    suggestions.extend(said.into_iter().flat_map(|(_, said)| said.suggestions));
    suggestions
}

/// How far back the beginning of a link is looked for, in bytes.
const LONGEST_LINK: usize = 300;

/// What one article gives.
#[derive(Default)]
struct Said {
    suggestions: Vec<Diagnostic>,
    /// Documents without a record that it cites, each with its first mention.
    cites: BTreeMap<DirectiveId, Span>,
    /// How documents stand to each other by its sentences.
    relations: Vec<(Stands, Span)>,
}

/// One document, how it stands to another, and that one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stands(DirectiveId, Relation, DirectiveId);

/// Documents that articles cite and no file describes, each at the first mention of all.
fn without_record(ground: &Ground, said: &[(&Document, Said)]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<DirectiveId, (usize, &Document, Span)> = BTreeMap::new();
    for (document, said) in said {
        for (id, span) in &said.cites {
            first.entry(*id).or_insert((0, document, *span)).0 += 1;
        }
    }
    let tell = |(id, (count, document, span)): (DirectiveId, (usize, &Document, Span))| {
        let stub = &ground.stubs.stubs[id.index() - ground.names.directives.len()];
        let label = stub.label();
        let edition = stub.number.as_ref().filter(|_| stub.is_told_apart);
        let mut name = label.clone() + &edition.map_or(String::new(), |number| stub.edition.words(number));
        if let Some(owner) = stub.owner {
            name += &format!(" ({})", ground.names.places.label(owner));
        }
        // The archive's own province is that of a record without an issuer.
        let own = |owner| ground.names.places.own.get().contains(&owner);
        let help = match stub.owner.is_none_or(own) {
            true => "directive-without-record.help-new",
            false => "directive-without-record.help-issuer",
        };
        Diagnostic::new(Code::DirectiveWithoutRecord, &document.path, span)
            .with("name", name)
            .with("count", count)
            .help(help, &[("quoted", &shell_quote(&label))])
    };
    first.into_iter().map(tell).collect()
}

/// Relations that texts state and no record has, each where it is first stated.
fn relations(ground: &Ground, said: &[(&Document, Said)]) -> Vec<Diagnostic> {
    let records = ground.names.directives.len();
    let declared = |from: DirectiveId, to: DirectiveId| {
        let relations = ground.records.relations.get(from.index());
        relations.is_some_and(|all| all.iter().any(|(_, other)| *other == to))
    };
    let mut told = BTreeSet::new();
    let mut suggestions = Vec::new();
    for (document, said) in said {
        for &(stands, span) in &said.relations {
            let Stands(from, relation, to) = stands;
            // What the editor has said of the two, in either direction, stands.
            if declared(from, to) || declared(to, from) || !told.insert(stands) {
                continue;
            }
            let key = Relation::ALL.iter().find(|(own, _)| *own == relation).map_or("", |(_, key)| key);
            let (name, other) = (directive_name(ground, from), directive_name(ground, to));
            let new = |id: DirectiveId, name: &str| {
                (id.index() >= records).then(|| format!("luutru new directive {}", shell_quote(name)))
            };
            let new: Vec<String> = [new(from, &name), new(to, &other)].into_iter().flatten().collect();
            let line = format!("{key}: {other}");
            let suggestion = Diagnostic::new(Code::Relation, &document.path, span)
                .with("name", &name)
                .with("other", &other)
                .with("key", key);
            suggestions.push(match new.is_empty() {
                true => {
                    let file = &ground.sorted.directives[from.index()].path;
                    suggestion.help("relation.help-file", &[("line", &line), ("file", file)])
                }
                false => {
                    let commands = new.join("; ");
                    suggestion
                        .help("relation.help-new", &[("line", &line), ("name", &name), ("new", &commands)])
                }
            });
        }
    }
    suggestions
}

/// What an editor may write for a document, so that no other is meant.
fn directive_name(ground: &Ground, id: DirectiveId) -> String {
    match ground.stubs.stubs.get(id.index().wrapping_sub(ground.names.directives.len())) {
        Some(stub) => stub.label(),
        None => directive_text(&ground.names, id, Context::default())
            .unwrap_or_else(|| ground.names.directives[id.index()].label.to_string()),
    }
}

/// The shortest text that means this record and no other.
fn directive_text(names: &Names, id: DirectiveId, context: Context) -> Option<String> {
    let name = &names.directives[id.index()];
    let label = name.label.to_string();
    let term = name.term.map(|term| format!("{label} khóa {}", roman(term)));
    let year = name.year.map(|year| format!("{label} năm {year}"));
    let file = Some(names.directive_id(id).to_owned());
    let means = |text: &String| matches!(names.any(text, context), Ok(Some(FoundTarget::Directive(own))) if own == id);
    [Some(label), term, year, file].into_iter().flatten().find(means)
}

struct Article<'a> {
    ground: &'a Ground,
    names: &'a Names,
    document: &'a Document,
    resolved: &'a Resolved,
    /// The places it is about.
    places: Vec<PlaceKey>,
    said: Said,
    /// Words that were told of, folded; and documents whose date was.
    told: HashSet<String>,
    /// The text of the last block asked for: a block may hold a million mentions.
    block: Option<(u32, Cow<'a, str>)>,
}

impl<'a> Article<'a> {
    fn new(ground: &'a Ground, document: &'a Document, resolved: &'a Resolved) -> Article<'a> {
        let places = resolved.localities.iter().map(|place| place.key).collect();
        let (said, told) = (Said::default(), HashSet::new());
        Article { ground, names: &ground.names, document, resolved, places, said, told, block: None }
    }

    fn suggest(mut self, text: &TextOf, near: &near::Names) -> Said {
        if article_front(self.document).is_none_or(|front| front.without_mentions) {
            return self.said;
        }
        self.mentions();
        self.relations();
        if let Some(text) = text(&self.document.path) {
            self.near_names(&text, near);
        }
        self.said
    }

    fn context(&self) -> Context<'_> {
        Context { event: &[], article: &self.places, time: self.resolved.time }
    }

    fn push(&mut self, suggestion: Diagnostic) {
        self.said.suggestions.push(suggestion);
    }

    /// The text of a block between two bytes.
    fn text(&mut self, block: u32, start: u32, end: u32) -> &str {
        if self.block.as_ref().is_none_or(|(own, _)| *own != block) {
            self.block = Some((block, self.document.body.text(block)));
        }
        let text = self.block.as_ref().and_then(|(_, text)| text.get(start as usize..end as usize));
        text.unwrap_or("")
    }

    /// The words of a mention, on one line.
    fn words(&mut self, found: &Found) -> String {
        one_line(self.text(found.block, found.mention.start, found.mention.end))
    }

    /// Whether these words were not told of yet.
    fn is_new(&mut self, words: &str) -> bool {
        !words.is_empty() && self.told.insert(fold(words))
    }

    fn mentions(&mut self) {
        let body = &self.document.body;
        if body.mentions.is_empty() {
            return;
        }
        let around = Around { context: self.context(), directives: &self.resolved.directives };
        let senses = super::senses(self.names, body, around);
        for (index, (found, sense)) in body.mentions.iter().zip(&senses).enumerate() {
            let meant = self.resolved.mentions.meant.get(index).copied().flatten();
            match (&found.mention.what, meant) {
                (What::Directive(directive), Some(Meant::Directive(id))) => self.date(found, directive, id),
                (What::Directive(_), Some(Meant::Stub(_))) => self.cite(index, found),
                // Within a link the editor has spoken, and in code there is nothing to link.
                (_, None) if !found.may_link() => {}
                (What::Directive(directive), None) => self.directive(found, directive),
                (What::Own(name), None) => self.own(found, name),
                (what, None) => self.place(found, what, sense),
                _ => {}
            }
        }
    }

    /// The document that a mention means, with a record or without.
    fn directive_at(&self, index: usize) -> Option<DirectiveId> {
        match self.resolved.mentions.meant.get(index).copied().flatten()? {
            Meant::Directive(id) => Some(id),
            Meant::Stub(at) => self.ground.stubs.of(&self.resolved.mentions.citations[at as usize]),
            _ => None,
        }
    }

    fn cite(&mut self, index: usize, found: &Found) {
        let Some(id) = self.directive_at(index) else { return };
        // A record may have taken the address of a stub.
        if id.index() >= self.names.directives.len() {
            self.said.cites.entry(id).or_insert(found.span);
        }
    }

    /// `date-contradicts`
    fn date(&mut self, found: &Found, directive: &Directive, id: DirectiveId) {
        let name = &self.names.directives[id.index()];
        let (Some(printed), Some(recorded)) = (directive.date, name.day) else { return };
        if printed.may_cover(recorded) || !self.told.insert(format!("{} {printed}", id.0)) {
            return;
        }
        let Some(record) = self.ground.sorted.directives.get(id.index()) else { return };
        self.push(
            Diagnostic::new(Code::DateContradicts, &self.document.path, found.span)
                .with("name", &name.label)
                .with("printed", printed)
                .with("recorded", recorded)
                .with("file", &record.path),
        );
    }

    /// A document that is not certain.
    fn directive(&mut self, found: &Found, directive: &Directive) {
        let words = self.words(found);
        if !self.is_new(&words) {
            return;
        }
        let candidates = self.directives_like(directive);
        match candidates.as_slice() {
            [] => {
                let help = match &directive.reference {
                    Reference::Number(number)
                        if self.names.is_broken(source::Kind::Directive, &number.to_string()) =>
                    {
                        return;
                    }
                    Reference::Number(number)
                        if !self.places.is_empty() || authority(number) == Authority::Unknown =>
                    {
                        let command = shell_quote(&number.to_string());
                        let unlinked = self.unlinked_directive(found, &words);
                        self.push(unlinked.help("unlinked-mention.help-new", &[("quoted", &command)]));
                        return;
                    }
                    Reference::Number(_) | Reference::Theme(_) => "unlinked-mention.help-owner",
                    Reference::Plenum { .. } => "unlinked-mention.help-term",
                    Reference::Serial { .. } | Reference::Year => "unlinked-mention.help-number",
                };
                self.push(self.unlinked_directive(found, &words).help(help, &[]));
            }
            &[id] => {
                let (name, text) =
                    (self.names.directive_label(id), directive_text(self.names, id, self.context()));
                let unlinked = self.unlinked_directive(found, &words);
                self.push(match text.map(|text| link(&text, &words)) {
                    Some(link) => {
                        unlinked.help("unlinked-mention.help-record", &[("name", &name), ("link", &link)])
                    }
                    None => unlinked.help("unlinked-mention.help-number", &[]),
                });
            }
            several => {
                let labels = several.iter().map(|&id| self.names.directive_label(id)).collect();
                let text = several.iter().find_map(|&id| directive_text(self.names, id, self.context()));
                let help = "ambiguous-mention.help-directive";
                self.ambiguous(found, &words, labels, text.map(|text| (help, text)));
            }
        }
    }

    /// Records that a mention may mean, whoever issued them.
    fn directives_like(&self, directive: &Directive) -> Vec<DirectiveId> {
        match &directive.reference {
            Reference::Number(number) => self.names.editions(number).to_vec(),
            Reference::Serial { serial, year } => {
                let kind = directive.kind.map(Kind::name);
                let fits = |id: &DirectiveId| {
                    let name = &self.names.directives[id.index()];
                    has_serial(name, kind, serial) && year.is_none_or(|year| name.year == Some(year))
                };
                (0..self.names.directives.len() as u32).map(DirectiveId).filter(fits).collect()
            }
            Reference::Plenum { plenum, .. } => self.names.plenum_directives(*plenum),
            Reference::Theme(year) => self.names.named_directives(NamedDirective::Theme(*year)).to_vec(),
            Reference::Year => Vec::new(),
        }
    }

    fn unlinked_directive(&self, found: &Found, words: &str) -> Diagnostic {
        Diagnostic::new(Code::UnlinkedMention, &self.document.path, found.span)
            .text("unlinked-mention.directive")
            .with("words", words)
    }

    /// `ambiguous-mention`: `text` is what may be written for one of the candidates, with the
    /// help that says so.
    fn ambiguous(
        &mut self,
        found: &Found,
        words: &str,
        candidates: Vec<String>,
        text: Option<(&'static str, String)>,
    ) {
        let suggestion = Diagnostic::new(Code::AmbiguousMention, &self.document.path, found.span)
            .with("words", words)
            .with("candidates", few(&candidates));
        self.push(match text {
            Some((help, text)) => suggestion.help(help, &[("link", &link(&text, words))]),
            None => suggestion.help("ambiguous.help", &[]),
        });
    }

    /// A name of the site's own records.
    fn own(&mut self, found: &Found, name: &str) {
        let Err((_, candidates)) = self.names.any(name, self.context()) else { return };
        let words = self.words(found);
        if self.is_new(&words) {
            let means = |text: &&String| matches!(self.names.any(text, self.context()), Ok(Some(_)));
            let text = candidates.iter().find(means).cloned();
            let help = "ambiguous-mention.help-name";
            self.ambiguous(found, &words, candidates, text.map(|text| (help, text)));
        }
    }

    /// A unit or place that is not certain.
    fn place(&mut self, found: &Found, what: &What, sense: &Sense) {
        match sense {
            // The settings name a place that is unknown, which was reported: with it, this may
            // be clear.
            Sense::Several(_) if *self.names.places.own_is_unknown.get() => {}
            Sense::Several(candidates) => {
                let words = self.words(found);
                if !self.is_new(&words) {
                    return;
                }
                let unit = match what {
                    What::Unit(unit) => Some(&**unit),
                    _ => None,
                };
                // What is listed is what may be written, so one look-up serves both.
                let shown = &candidates[..candidates.len().min(SHOWN)];
                let texts: Vec<Option<String>> = shown.iter().map(|&c| self.text_of(unit, c)).collect();
                let text = texts.iter().flatten().next().cloned();
                let labels = candidates.iter().enumerate().map(|(at, c)| match texts.get(at) {
                    Some(Some(text)) => text.clone(),
                    _ => self.names.places.label(c.key),
                });
                let labels = labels.collect();
                let help = "ambiguous-mention.help-place";
                self.ambiguous(found, &words, labels, text.map(|text| (help, text)));
            }
            Sense::Nothing if matches!(what, What::Place(place) if place.typed == Typed::Bare) => {}
            Sense::Nothing => {
                let words = self.words(found);
                if self.is_new(&words) {
                    let link = format!("[[…|{words}]]");
                    self.push(
                        Diagnostic::new(Code::UnlinkedMention, &self.document.path, found.span)
                            .with("words", &words)
                            .help("unlinked-mention.help-place", &[("link", &link)]),
                    );
                }
            }
            _ => {}
        }
    }

    /// "Huyện ủy Châu Thành".
    fn unit_name(&self, unit: &Unit, candidate: Candidate) -> Option<String> {
        let (level, kind) = self.names.places.level_and_kind(candidate)?;
        let (organ, _) = unit.readings.iter().find(|(_, takes)| takes.has(level, kind))?;
        let place = self.names.places.gazetteer.place(self.names.places.place(candidate.key)?);
        Some(organ::display(*organ, kind, place.records[usize::from(candidate.record)].short))
    }

    /// The chain that means this candidate and no other.
    fn text_of(&self, unit: Option<&Unit>, candidate: Candidate) -> Option<String> {
        let gazetteer = Gazetteer::get();
        let place = gazetteer.place(self.names.places.place(candidate.key)?);
        let record = &place.records[usize::from(candidate.record)];
        let name = match unit {
            Some(unit) => self.unit_name(unit, candidate)?,
            None => format!("{} {}", record.kind.word(), record.short),
        };
        let mut short = name.clone();
        let mut typed = name;
        let mut parent = record.parent;
        while let Some(upper) = parent {
            let records = gazetteer.place(upper).records;
            let upper = records.iter().rfind(|own| own.era == record.era).or(records.last())?;
            short += &format!(", {}", upper.short);
            typed += &format!(", {} {}", upper.kind.word(), upper.short);
            parent = upper.parent;
        }
        let means = |text: &String| match self.names.any(text, self.context()) {
            Ok(Some(FoundTarget::Locality(found))) => unit.is_none() && found.key == candidate.key,
            Ok(Some(FoundTarget::Unit(found))) => {
                unit.is_some() && found.place.is_some_and(|place| place.key == candidate.key)
            }
            _ => false,
        };
        [short, typed].into_iter().find(means)
    }

    /// How documents of one sentence stand to each other.
    fn relations(&mut self) {
        let body = &self.document.body;
        let documents: Vec<usize> = (0..body.mentions.len())
            .filter(|&index| matches!(body.mentions[index].mention.what, What::Directive(_) | What::Own(_)))
            .collect();
        for pair in documents.windows(2) {
            let (a, b) = (&body.mentions[pair[0]], &body.mentions[pair[1]]);
            if a.block != b.block {
                continue;
            }
            let (Some(first), Some(second)) = (self.directive_at(pair[0]), self.directive_at(pair[1])) else {
                continue;
            };
            let between = self.text(a.block, a.mention.end, b.mention.start);
            let Some(said) = relation::said(between).filter(|_| first != second) else { continue };
            let (from, to) = if said.turned { (second, first) } else { (first, second) };
            let span = Span { start: a.span.start, end: b.span.end };
            self.said.relations.push((Stands(from, said.relation, to), span));
        }
    }

    /// `near-name`: names of places that there are none of, in the text of the file.
    fn near_names(&mut self, text: &str, near: &near::Names) {
        let start = body_start(text);
        let mut taken: Vec<Span> = self.document.body.mentions.iter().map(|found| found.span).collect();
        taken.sort_unstable();
        let is_taken = |start: u32, end: u32| {
            // Mentions do not overlap, so the last one that begins before the end is the one.
            let before = taken.partition_point(|span| span.start < end);
            before > 0 && taken[before - 1].end > start
        };
        let mut provinces = None;
        let mut seen = HashSet::new();
        for (offset, paragraph) in paragraphs(&text[start..]) {
            for unknown in near::unknown(paragraph) {
                let words = one_line(&paragraph[unknown.start as usize..unknown.end as usize]);
                let from = start + offset;
                let name = (from + unknown.name as usize) as u32..(from + unknown.end as usize) as u32;
                if is_taken(name.start, name.end)
                    || is_set_apart(&paragraph[..unknown.start as usize])
                    || !seen.insert(fold(&words))
                {
                    continue;
                }
                let records = near.near(&paragraph[unknown.name as usize..unknown.end as usize]);
                let fitting: Vec<(PlaceId, u8)> =
                    records.into_iter().filter(|&record| place::fits(record, unknown.takes)).collect();
                if fitting.is_empty() {
                    continue;
                }
                let provinces = provinces.get_or_insert_with(|| self.provinces());
                let Some(short) = only_name(&fitting, provinces) else { continue };
                let before = one_line(&paragraph[unknown.start as usize..unknown.name as usize]);
                let glue = if before.ends_with('.') { "" } else { " " };
                let span = Span { start: (from + unknown.start as usize) as u32, end: name.end };
                self.push(
                    Diagnostic::new(Code::NearName, &self.document.path, span)
                        .with("words", &words)
                        .help("near-name.help-place", &[("name", &format!("{before}{glue}{short}"))]),
                );
            }
        }
    }

    /// The provinces that the article is about; else those that it names; else the site's.
    fn provinces(&self) -> BTreeSet<PlaceId> {
        let named = self.resolved.mentions.meant.iter().flatten().filter_map(|meant| match meant {
            Meant::Unit(key, _) => self.names.place_of(*key),
            Meant::Locality(place) => Some(place.key),
            _ => None,
        });
        let rings: [Vec<PlaceKey>; 3] =
            [self.places.clone(), named.collect(), self.names.places.own.get().clone()];
        let mut rings = rings.iter().map(|ring| self.above(ring));
        rings.find(|provinces| !provinces.is_empty()).unwrap_or_default()
    }

    fn above(&self, places: &[PlaceKey]) -> BTreeSet<PlaceId> {
        let gazetteer = Gazetteer::get();
        let mut provinces = BTreeSet::new();
        let mut pending: Vec<PlaceKey> = places.to_vec();
        while let Some(key) = pending.pop() {
            if let Some(own) = self.names.places.own_place(key) {
                pending.push(own.parent);
            } else if let Some(place) = self.names.places.place(key) {
                if gazetteer.place(place).level == Level::Province {
                    provinces.insert(place);
                }
                let parents = gazetteer.place(place).records.iter().filter_map(|record| record.parent);
                pending.extend(parents.map(|parent| PlaceKey(parent.index() as u32)));
            }
        }
        provinces
    }
}

/// The one name that `records` have within `provinces`; if they have none there, the one that
/// provinces and districts of the whole country have. Communes are so many that somewhere one
/// is near to almost any name.
fn only_name(records: &[(PlaceId, u8)], provinces: &BTreeSet<PlaceId>) -> Option<&'static str> {
    let gazetteer = Gazetteer::get();
    let within = |place: PlaceId| provinces.iter().any(|&province| gazetteer.is_within(place, province));
    let name = |&(place, record): &(PlaceId, u8)| gazetteer.place(place).records[usize::from(record)].short;
    let mut names: BTreeSet<&'static str> =
        records.iter().filter(|(place, _)| within(*place)).map(name).collect();
    if names.is_empty() {
        let large = |(place, _): &&(PlaceId, u8)| gazetteer.place(*place).level != Level::Commune;
        names = records.iter().filter(large).map(name).collect();
    }
    match names.len() {
        1 => names.pop_first(),
        _ => None,
    }
}

/// A link to `text`, shown as `words`.
fn link(text: &str, words: &str) -> String {
    match words.contains(['|', '[', ']']) || words == text {
        true => format!("[[{text}]]"),
        false => format!("[[{text}|{words}]]"),
    }
}

/// Whether what follows `before` stands between `[[` and `]]`, or in a line's code.
fn is_set_apart(before: &str) -> bool {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(LONGEST_LINK))..];
    let open = near.rfind("[[");
    let line = near.rsplit('\n').next().unwrap_or("");
    open.is_some_and(|open| !near[open..].contains("]]")) || line.matches('`').count() % 2 == 1
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The paragraphs of a Markdown text with their offsets; blocks of code are none.
fn paragraphs(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let (mut start, mut at, mut code) = (0, 0, false);
    for line in text.split_inclusive('\n') {
        let words = line.trim_start();
        let fence = words.starts_with("```") || words.starts_with("~~~");
        if fence || words.is_empty() {
            if !code && start < at {
                found.push((start, &text[start..at]));
            }
            code ^= fence;
            start = at + line.len();
        }
        at += line.len();
    }
    if !code && start < text.len() {
        found.push((start, &text[start..]));
    }
    found
}
