//! Resolving one article: every name in it to one record, or a diagnostic.
//!
//! Depends on the article and the tables alone, so articles resolve in parallel. Keys of
//! units and places become dense ids later (`link`).

use super::mentions::{self, Around, Mentions};
use super::names::{FoundTarget, FoundUnit, Names, agreed_era};
use super::places::{Context, Found, Lookup, PlaceKey, Time};
use super::{ArticleId, DirectiveId, PublisherId, article_front};
use crate::diagnostic::{Code, Diagnostic, SourcePath, Span};
use crate::document::{Article, BodyRef, Document, Event, RefKind};
use crate::organ;
use crate::source::Kind;
use crate::vi::Date;
use crate::yaml::Written;

/// An article with its names found.
#[derive(Default, PartialEq)]
pub(super) struct Resolved {
    pub(super) publisher: Option<PublisherId>,
    pub(super) units: Vec<FoundUnit>,
    pub(super) directives: Vec<DirectiveId>,
    pub(super) localities: Vec<Found>,
    pub(super) events: Vec<ResolvedEvent>,
    pub(super) initiatives: Vec<Option<FoundUnit>>,
    pub(super) links: Vec<Link>,
    pub(super) reprints: Vec<PublisherId>,
    pub(super) mentions: Mentions,
    /// The time that its names were read for.
    pub(super) time: Time,
}

/// An account of an event with its names found.
#[derive(Default, PartialEq)]
pub(super) struct ResolvedEvent {
    pub(super) same_as: Option<(ArticleId, u32)>,
    /// The article that records it was withdrawn.
    pub(super) is_orphan: bool,
    pub(super) hosts: Vec<FoundUnit>,
    pub(super) units: Vec<FoundUnit>,
    pub(super) localities: Vec<Found>,
    pub(super) directives: Vec<DirectiveId>,
    pub(super) commended_by: Vec<Option<FoundUnit>>,
    pub(super) recipients: Vec<((u32, u32), FoundUnit)>,
}

/// A ref of a body.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Link {
    To(FoundTarget),
    Written,
    Nothing,
}

/// Looks names up and reports those that fit nothing or too much.
pub(super) struct Resolver<'a> {
    pub(super) names: &'a Names,
    pub(super) path: &'a SourcePath,
    /// Times at which a unit may have existed besides that of its context: an article of
    /// March may name a unit of the event it reports, which ended in February.
    pub(super) times: Vec<Time>,
    /// Whether what names others is a draft itself.
    pub(super) draft: bool,
    pub(super) found: Vec<Diagnostic>,
    /// A place is unknown, so that a name at several places may be so for that reason alone.
    pub(super) blind: bool,
}

/// Resolves an article.
pub(super) fn article(names: &Names, document: &Document, front: &Article) -> (Resolved, Vec<Diagnostic>) {
    let mut time = front.date.as_ref().map_or(Time::Unknown, |dated| Time::of(&dated.date));
    let (mut resolved, mut found) = attempt(names, document, front, time);
    if time == Time::Unknown {
        // Undated: the era of its other links, if they agree.
        let places = resolved.localities.iter().map(|place| place.era);
        let units = resolved.units.iter().map(|unit| unit.place.and_then(|place| place.era));
        if let Some(era) = agreed_era(places.chain(units)) {
            time = Time::Of(era);
            (resolved, found) = attempt(names, document, front, time);
        }
    }
    let places: Vec<PlaceKey> = resolved.localities.iter().map(|place| place.key).collect();
    let context = Context { event: &[], article: &places, time };
    let around = Around { context, directives: &resolved.directives };
    resolved.mentions = mentions::resolve(names, document, around);
    resolved.time = time;
    (resolved, found)
}

fn attempt(names: &Names, document: &Document, front: &Article, time: Time) -> (Resolved, Vec<Diagnostic>) {
    let times = front
        .events
        .iter()
        .filter_map(|event| event.date.as_ref())
        .map(|dated| Time::of(&dated.date))
        .collect();
    let mut resolver = Resolver { times, draft: front.draft, ..Resolver::new(names, &document.path) };
    let mut resolved = Resolved::default();
    let declared = resolver.localities_among_themselves(&front.localities, time);
    let mut around: Vec<PlaceKey> = declared.iter().map(|place| place.key).collect();
    resolved.publisher = front.publisher.as_ref().and_then(|name| resolver.publisher(name));
    resolved.reprints =
        front.also_published_in.iter().filter_map(|reprint| resolver.publisher(&reprint.publisher)).collect();
    push_all(&mut resolved.localities, declared);
    resolver.check_event_ids(&front.events);
    for event in &front.events {
        let event_resolved = resolver.event(event, &around, time);
        let commended = event_resolved.recipients.iter().map(|(_, unit)| unit);
        let all_units = event_resolved.hosts.iter().chain(&event_resolved.units).chain(commended);
        for unit in all_units {
            push_unit(&mut resolved.units, *unit);
        }
        push_all(&mut resolved.directives, event_resolved.directives.iter().copied());
        push_all(&mut resolved.localities, event_resolved.localities.iter().copied());
        check_dates(&mut resolver, front, event);
        resolved.events.push(event_resolved);
    }
    if around.is_empty() {
        // An article that names no place of its own is about those of its events.
        around = resolved.localities.iter().map(|place| place.key).collect();
    }
    let context = Context { event: &[], article: &around, time };
    for name in &front.units {
        if let Some(unit) = resolver.unit(name, context) {
            push_unit(&mut resolved.units, unit);
            push_all(&mut resolved.localities, unit.place);
        }
    }
    for name in &front.directives {
        push_all(&mut resolved.directives, resolver.directive(name, context));
    }
    for initiative in &front.initiatives {
        let unit = initiative.unit.as_ref().and_then(|name| resolver.unit(name, context));
        if let Some(unit) = unit {
            push_unit(&mut resolved.units, unit);
        }
        resolved.initiatives.push(unit);
    }
    resolved.links = resolver.links(&document.body.refs, context);
    for link in &resolved.links {
        match link {
            Link::To(FoundTarget::Unit(unit)) => push_unit(&mut resolved.units, *unit),
            Link::To(FoundTarget::Directive(id)) => push_all(&mut resolved.directives, [*id]),
            Link::To(FoundTarget::Locality(place)) => push_all(&mut resolved.localities, [*place]),
            _ => {}
        }
    }
    let mut found = resolver.found;
    found.retain(|diagnostic| !front.accepted.iter().any(|(code, _)| *code == diagnostic.code));
    (resolved, found)
}

fn push_all<T: PartialEq>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for item in more {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}

fn push_unit(list: &mut Vec<FoundUnit>, unit: FoundUnit) {
    if !list.iter().any(|own| (own.key, own.named) == (unit.key, unit.named)) {
        list.push(unit);
    }
}

impl<'a> Resolver<'a> {
    /// Looks up names of a published record that knows no time of its own.
    pub(super) fn new(names: &'a Names, path: &'a SourcePath) -> Resolver<'a> {
        let blind = *names.places.own_is_unknown.get();
        Resolver { names, path, times: Vec::new(), draft: false, found: Vec::new(), blind }
    }
}

impl Resolver<'_> {
    fn event(&mut self, event: &Event, around: &[PlaceKey], article_time: Time) -> ResolvedEvent {
        let time = event.date.as_ref().map_or(Time::Unknown, |dated| Time::of(&dated.date)).or(article_time);
        let mut localities = Vec::new();
        for name in &event.localities {
            push_all(&mut localities, self.locality(name, Context { event: &[], article: around, time }));
        }
        let keys: Vec<PlaceKey> = localities.iter().map(|place: &Found| place.key).collect();
        let context = Context { event: &keys, article: around, time };
        let hosts: Vec<FoundUnit> = event.hosts.iter().filter_map(|name| self.unit(name, context)).collect();
        if event.localities.is_empty() {
            for host in &hosts {
                push_all(&mut localities, host.place);
            }
        }
        let keys: Vec<PlaceKey> = localities.iter().map(|place| place.key).collect();
        let context = Context { event: &keys, article: around, time };
        let mut recipients = Vec::new();
        let mut commended_by = Vec::new();
        for (index, commendation) in event.commended.iter().enumerate() {
            let by = commendation
                .by
                .as_ref()
                .and_then(|by| self.names.unit(without_post(&by.text), context).one());
            commended_by.push(by);
            for (at, recipient) in commendation.recipients.iter().enumerate() {
                let unit = recipient.unit.as_ref().and_then(|name| self.unit(name, context));
                recipients.extend(unit.map(|unit| ((index as u32, at as u32), unit)));
            }
            self.check_sum(commendation);
        }
        let article_of = |target: &Written| target.text.split('#').next().unwrap_or("").to_owned();
        let recorder = event.same_as.as_ref().map(article_of);
        ResolvedEvent {
            is_orphan: recorder.is_some_and(|article| self.names.tombstone_ids.has(&*article)),
            same_as: event.same_as.as_ref().and_then(|target| self.same_event(target)),
            units: event.units.iter().filter_map(|name| self.unit(name, context)).collect(),
            directives: event.directives.iter().filter_map(|name| self.directive(name, context)).collect(),
            hosts,
            localities,
            commended_by,
            recipients,
        }
    }

    fn check_sum(&mut self, commendation: &crate::document::Commendation) {
        let parts = [commendation.collectives, commendation.individuals, commendation.prizes];
        let (Some(total), true) = (commendation.total, parts.iter().any(Option::is_some)) else { return };
        let sum: u64 = parts.iter().flatten().map(|&part| u64::from(part)).sum();
        if sum != u64::from(total) {
            let terms: Vec<String> = parts.iter().flatten().map(u32::to_string).collect();
            self.found.push(
                Diagnostic::new(Code::SumMismatch, self.path, commendation.span)
                    .with("terms", terms.join(" + "))
                    .with("sum", sum)
                    .with("total", total)
                    .help("accept.help", &[("code", Code::SumMismatch.name())]),
            );
        }
    }

    fn same_event(&mut self, target: &Written) -> Option<(ArticleId, u32)> {
        let (article, event) = match target.text.split_once('#') {
            Some((article, event)) => (article, Some(event)),
            None => (&*target.text, None),
        };
        if self.names.tombstone_ids.has(article) || self.names.is_broken(Kind::Article, article) {
            return None;
        }
        if self.is_unpublished(article, target.span) {
            return None;
        }
        let found = self.names.article_ids.get(article).and_then(|&id| {
            let events = &article_front(&self.names.articles.get(id.index())?.0)?.events;
            let index = match event {
                Some(name) => events.iter().position(|e| e.id.as_ref().is_some_and(|id| &*id.text == name)),
                None => (events.len() == 1).then_some(0),
            };
            Some((id, index? as u32))
        });
        if found.is_none() {
            self.found.push(
                Diagnostic::new(Code::UnknownEvent, self.path, target.span)
                    .with("name", &target.text)
                    .help("unknown-event.help", &[]),
            );
        }
        found
    }

    /// Whether a published record names a draft, which is reported: readers could not follow.
    fn is_unpublished(&mut self, article: &str, span: Span) -> bool {
        let unpublished = !self.draft && self.names.drafts.get().contains(article);
        if unpublished {
            self.found.push(
                Diagnostic::new(Code::DeadLink, self.path, span)
                    .text("dead-link.draft")
                    .with("name", article),
            );
        }
        unpublished
    }

    fn check_event_ids(&mut self, events: &[Event]) {
        let mut seen: Vec<&str> = Vec::new();
        for event in events {
            match &event.id {
                None if events.len() > 1 => {
                    self.found.push(
                        Diagnostic::new(Code::EventId, self.path, event.span)
                            .text("event-id.missing")
                            .help("event-id.help", &[]),
                    );
                }
                Some(id) if !crate::document::is_sound_id(&id.text) => {
                    self.found.push(
                        Diagnostic::new(Code::BadId, self.path, id.span).with("id", &id.text).help(
                            "bad-id.help",
                            &[("id", &crate::document::propose_id("su-kien", &id.text))],
                        ),
                    );
                }
                // What a page calls its paragraphs.
                Some(id) if crate::document::is_anchor(&id.text) => {
                    self.found.push(
                        Diagnostic::new(Code::BadId, self.path, id.span)
                            .text("bad-id.reserved")
                            .with("id", &id.text)
                            .help(
                                "bad-id.help",
                                &[(
                                    "id",
                                    &crate::document::propose_id("su-kien", &format!("su-kien-{}", id.text)),
                                )],
                            ),
                    );
                }
                Some(id) if seen.contains(&&*id.text) => {
                    self.found.push(
                        Diagnostic::new(Code::EventId, self.path, id.span)
                            .with("id", &id.text)
                            .help("event-id.help", &[]),
                    );
                }
                Some(id) => seen.push(&id.text),
                None => {}
            }
        }
    }

    /// Places of an article: those that need no help first, the others around them.
    fn localities_among_themselves(&mut self, names: &[Written], time: Time) -> Vec<Found> {
        let alone = Context { time, ..Context::default() };
        let sure: Vec<Option<Found>> =
            names.iter().map(|name| self.names.places.find(&name.text, alone).one()).collect();
        let keys: Vec<PlaceKey> = sure.iter().flatten().map(|place| place.key).collect();
        let around = Context { article: &keys, time, ..Context::default() };
        let mut places = Vec::new();
        for (name, sure) in names.iter().zip(sure) {
            match sure {
                Some(place) => push_all(&mut places, [place]),
                None => push_all(&mut places, self.locality(name, around)),
            }
        }
        places
    }

    pub(super) fn locality(&mut self, name: &Written, context: Context) -> Option<Found> {
        let lookup = self.names.places.find(&name.text, context);
        let (unknown, several) = (Code::UnknownLocality, Code::AmbiguousLocality);
        self.settle(Kind::Locality, name, lookup, unknown, several, "unknown-locality.help")
    }

    /// Reports a place that its own file does not lead to.
    pub(super) fn report_locality(&mut self, name: &Written, lookup: Lookup<Found>) {
        if let Lookup::Several(_) = &lookup {
            self.settle(Kind::Locality, name, lookup, Code::UnknownLocality, Code::AmbiguousLocality, "");
            return;
        }
        self.found
            .push(Diagnostic::new(Code::UnknownLocality, self.path, name.span).with("name", &name.text));
    }

    pub(super) fn unit(&mut self, name: &Written, context: Context) -> Option<FoundUnit> {
        let lookup = self.names.unit(&name.text, context);
        let (unknown, several) = (Code::UnknownUnit, Code::AmbiguousUnit);
        let unit = self.settle(Kind::Unit, name, lookup, unknown, several, "unknown-unit.help")?;
        self.check_time(name, &unit, context.time);
        Some(unit)
    }

    pub(super) fn directive(&mut self, name: &Written, context: Context) -> Option<DirectiveId> {
        let lookup = self.names.directive(&name.text, context);
        let (unknown, several) = (Code::UnknownDirective, Code::AmbiguousDirective);
        self.settle(Kind::Directive, name, lookup, unknown, several, "unknown-directive.help")
    }

    pub(super) fn publisher(&mut self, name: &Written) -> Option<PublisherId> {
        let lookup = self.names.publisher(&name.text);
        let (unknown, several) = (Code::UnknownPublisher, Code::AmbiguousPublisher);
        self.settle(Kind::Publisher, name, lookup, unknown, several, "unknown-publisher.help")
    }

    fn settle<T>(
        &mut self,
        kind: Kind,
        name: &Written,
        lookup: Lookup<T>,
        unknown: Code,
        ambiguous: Code,
        help: &'static str,
    ) -> Option<T> {
        match lookup {
            Lookup::One(value) => return Some(value),
            Lookup::Several(_) if self.blind && matches!(kind, Kind::Locality | Kind::Unit) => {}
            Lookup::Several(names) => self.found.push(
                Diagnostic::new(ambiguous, self.path, name.span)
                    .with("name", &name.text)
                    .with("candidates", few(&names))
                    .help(ambiguous_help(kind, &names), &[]),
            ),
            Lookup::None if self.names.is_broken(kind, &name.text) => {}
            Lookup::None => {
                let diagnostic = Diagnostic::new(unknown, self.path, name.span).with("name", &name.text);
                let nearest = match kind {
                    Kind::Directive => self.names.nearest_directive(&name.text),
                    _ => None,
                };
                self.blind |= kind == Kind::Locality;
                let quoted = shell_quote(&name.text);
                self.found.push(match nearest {
                    Some(nearest) => diagnostic
                        .help("unknown-directive.help-near", &[("name", nearest), ("quoted", &quoted)]),
                    None => diagnostic.help(help, &[("quoted", &quoted)]),
                });
            }
        }
        None
    }

    /// Warns of a unit that did not exist at the time it is named for.
    fn check_time(&mut self, name: &Written, unit: &FoundUnit, time: Time) {
        let (from, to) = match (unit.read, unit.key) {
            (Some((organ, record)), _) => {
                let level = self.names.places.level_and_kind(record).map(|(level, _)| level);
                level.map_or((None, None), |level| organ::period(organ, level))
            }
            (None, super::names::UnitKey::Record(index)) => {
                match &self.names.units[index as usize].document.front {
                    crate::document::Front::Unit(front) => {
                        (front.from.and_then(|date| date.first()), front.to.and_then(|date| date.last()))
                    }
                    _ => (None, None),
                }
            }
            _ => (None, None),
        };
        if time.meets(from, to) == Some(false)
            && !self.times.iter().any(|time| time.meets(from, to) == Some(true))
        {
            let shown =
                |day: Option<crate::vi::date::Day>| day.map_or("…".to_owned(), |day| day.to_string());
            self.found.push(
                Diagnostic::new(Code::OrganOfAnotherTime, self.path, name.span)
                    .with("name", &name.text)
                    .with("from", shown(from))
                    .with("to", shown(to))
                    .help("accept.help", &[("code", Code::OrganOfAnotherTime.name())]),
            );
        }
    }

    /// Where the refs of a body lead.
    pub(super) fn links(&mut self, refs: &[BodyRef], context: Context) -> Vec<Link> {
        refs.iter()
            .map(|body_ref| match body_ref.kind {
                RefKind::Media | RefKind::Picture | RefKind::SizedPicture | RefKind::Address => Link::Written,
                RefKind::Name => self.link(body_ref, context),
            })
            .collect()
    }

    fn link(&mut self, body_ref: &BodyRef, context: Context) -> Link {
        let (name, span) = (&body_ref.target, body_ref.span);
        if name.is_empty() {
            return Link::Nothing;
        }
        match self.names.any(name, context) {
            Ok(Some(target)) => {
                if let FoundTarget::Unit(unit) = &target {
                    let written = Written { text: name.clone(), span };
                    self.check_time(&written, unit, context.time);
                }
                return Link::To(target);
            }
            Ok(None) if self.is_unpublished(name.trim_start_matches("articles/"), span) => {}
            Ok(None) if Kind::ALL.iter().any(|&kind| self.names.is_broken(kind, name)) => {}
            Ok(None) => self.unknown_name(name, span),
            Err((of_kinds, candidates)) => self.found.push(
                Diagnostic::new(Code::AmbiguousName, self.path, span)
                    .with("name", name)
                    .with("candidates", few(&candidates))
                    .help(if of_kinds { "ambiguous.help-kind" } else { "ambiguous.help" }, &[]),
            ),
        }
        Link::Nothing
    }

    fn unknown_name(&mut self, name: &str, span: Span) {
        // What looks like a number or an organ is reported as what it looks like.
        let (code, help) = if crate::number::Number::parse(name).is_some() {
            (Code::UnknownDirective, "unknown-directive.help")
        } else if !organ::read(name).is_empty() {
            (Code::UnknownUnit, "unknown-unit.help")
        } else {
            (Code::UnknownName, "unknown-name.help")
        };
        let diagnostic = Diagnostic::new(code, self.path, span).with("name", name);
        let nearest = self.names.nearest_directive(name).filter(|_| code == Code::UnknownDirective);
        let quoted = shell_quote(name);
        self.found.push(match nearest {
            Some(nearest) => {
                diagnostic.help("unknown-directive.help-near", &[("name", nearest), ("quoted", &quoted)])
            }
            None => diagnostic.help(help, &[("quoted", &quoted)]),
        });
    }
}

fn check_dates(resolver: &mut Resolver, front: &Article, event: &Event) {
    let (Some(printed), Some(held)) = (&front.date, &event.date) else { return };
    if later(&held.date, &printed.date) {
        resolver.found.push(
            Diagnostic::new(Code::ConflictingDates, resolver.path, held.span)
                .text("conflicting-dates.later")
                .with("event", held.date)
                .with("article", printed.date)
                .help("accept.help", &[("code", Code::ConflictingDates.name())]),
        );
    }
}

/// Whether `event` began after `article` was printed, as far as both are known.
fn later(event: &Date, article: &Date) -> bool {
    match (event.first(), article.last()) {
        (Some(event), Some(article)) => event.first_day() > article.last_day(),
        _ => false,
    }
}

/// "UBND tỉnh X" of "Chủ tịch UBND tỉnh X": posts are struck before a unit is read.
fn without_post(text: &str) -> &str {
    const POSTS: [&str; 12] = [
        "Phó Chủ tịch ",
        "Chủ tịch ",
        "Phó Bí thư Thường trực ",
        "Phó Bí thư ",
        "Bí thư ",
        "Phó Trưởng ",
        "Trưởng ",
        "Phó Giám đốc ",
        "Giám đốc ",
        "Chủ nhiệm ",
        "Phó Chủ nhiệm ",
        "lãnh đạo ",
    ];
    let lower = text.to_lowercase();
    POSTS
        .iter()
        .find(|post| lower.starts_with(&post.to_lowercase()))
        .and_then(|post| text.get(post.len()..))
        .unwrap_or(text)
}

/// The remedy for a name of that kind that several records have.
fn ambiguous_help(kind: Kind, candidates: &[String]) -> &'static str {
    match kind {
        // Units with files are listed by their files: places do not tell them apart.
        Kind::Unit if candidates.iter().any(|name| name.contains(".md")) => "ambiguous.help-name",
        Kind::Locality | Kind::Unit => "ambiguous.help-place",
        Kind::Directive => "ambiguous.help-directive",
        _ => "ambiguous.help-name",
    }
}

/// Most candidates that are listed.
pub(super) const SHOWN: usize = 6;

/// The first candidates, and how many more there are.
pub(super) fn few(candidates: &[String]) -> String {
    let mut text = candidates[..candidates.len().min(SHOWN)].join("; ");
    if candidates.len() > SHOWN {
        text += &format!("; … (+{})", candidates.len() - SHOWN);
    }
    text
}

/// A text as one argument of a shell's command.
pub(super) fn shell_quote(text: &str) -> String {
    if text.contains(['"', '$', '`', '\\', '!']) {
        return format!("'{}'", text.replace('\'', "'\\''"));
    }
    format!("\"{text}\"")
}
