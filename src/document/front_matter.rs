//! Front matter: which keys each kind of record has, and what their values must be.

use super::{
    Article, Commendation, Correction, Dated, Directive, Event, Front, Initiative, Locality, Page, Photo,
    Publisher, Raw, Recipient, Relation, Reprint, Unit, Withdrawn,
};
use crate::diagnostic::{Code, Diagnostic, Level, Span};
use crate::number::Number;
use crate::source::Kind;
use crate::vi::fold;
use crate::yaml::{Fields, Node, Value, Written};

/// Decodes the front matter of a kind; `id` and `old_addresses` are taken already.
pub(super) fn decode(kind: Kind, fields: &mut Fields) -> Front {
    match kind {
        Kind::Article => Front::Article(Box::new(article(fields))),
        Kind::Directive => Front::Directive(Box::new(directive(fields))),
        Kind::Unit => Front::Unit(Box::new(unit(fields))),
        Kind::Locality => Front::Locality(Box::new(locality(fields))),
        Kind::Publisher => Front::Publisher(Box::new(publisher(fields))),
        Kind::Page => {
            Front::Page(Box::new(Page { title: words(fields.required("title")).unwrap_or_default() }))
        }
    }
}

/// What a file with unreadable front matter seems to call itself: the values of its naming
/// keys, taken line by line, in brackets or as items below the key.
pub fn title_of_broken(text: &str) -> Vec<Box<str>> {
    let mut names = Vec::new();
    let mut in_aliases = false;
    let clean = |value: &str| -> Box<str> { value.trim().trim_matches(['"', '\'']).into() };
    for line in text.lines().take(200) {
        match line.split_once(':') {
            Some((key, value)) if !line.starts_with([' ', '-']) => {
                in_aliases = matches!(key.trim(), "aliases" | "marks");
                match key.trim() {
                    "name" | "number" | "title" => names.push(clean(value)),
                    "aliases" | "marks" => {
                        names.extend(value.trim().trim_matches(['[', ']']).split(',').map(clean))
                    }
                    _ => {}
                }
            }
            _ if in_aliases => names.extend(line.trim().strip_prefix("- ").map(clean)),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn article(fields: &mut Fields) -> Article {
    let title = words(fields.required("title")).unwrap_or_default();
    let draft = fields.boolean("draft").unwrap_or(false);
    let review = fields.text("review");
    if let Some(review) = &review
        && !draft
    {
        fields.wrong(Code::UnknownKey, review.span, "unknown-key.review");
    }
    Article {
        title,
        added: fields.date("added"),
        date: dated(fields, "date"),
        publisher: fields.text("publisher"),
        url: url(fields, "url"),
        archived_url: url(fields, "archived_url"),
        retrieved: fields.date("retrieved"),
        byline: words(fields.text("byline")),
        summary: words(fields.text("summary")),
        section: words(fields.text("section")),
        tags: fields.texts("tags").into_iter().map(|tag| tag.text).collect(),
        rights: words(fields.text("rights")),
        language: language(fields),
        draft,
        review: words(review),
        units: fields.texts("units"),
        directives: fields.texts("directives"),
        localities: fields.texts("localities"),
        initiatives: initiatives(fields),
        events: events(fields),
        photos: fields.maps("photos").into_iter().map(|inner| nested(fields, inner, photo)).collect(),
        corrections: corrections(fields),
        withdrawn: withdrawn(fields),
        also_published_in: reprints(fields),
        accepted: accepted(fields),
        raw: raw(fields),
        without_mentions: fields.boolean("mentions") == Some(false),
    }
}

fn events(fields: &mut Fields) -> Vec<Event> {
    let mut inner = fields.maps("events");
    inner.extend(fields.maps("event"));
    inner.into_iter().map(|inner| nested(fields, inner, event)).collect()
}

fn event(fields: &mut Fields) -> Event {
    let commended = fields.maps("commended");
    Event {
        span: fields.span(),
        id: fields.text("id"),
        same_as: fields.text("same_as"),
        date: dated(fields, "date"),
        title: words(fields.text("title")),
        hosts: fields.texts("host"),
        units: fields.texts("units"),
        localities: fields.texts("localities"),
        directives: fields.texts("directives"),
        stage: words(fields.text("stage")),
        commended: commended.into_iter().map(|inner| nested(fields, inner, commendation)).collect(),
    }
}

fn commendation(fields: &mut Fields) -> Commendation {
    let recipients = fields.items("recipients");
    let commendation = Commendation {
        span: fields.span(),
        collectives: fields.count("collectives"),
        individuals: fields.count("individuals"),
        prizes: fields.count("prizes"),
        total: fields.count("total"),
        form: words(fields.text("form")),
        by: fields.text("by"),
        over_period: fields.choice("scope", &["event", "period"]) == Some(1),
        period: words(fields.text("period")),
        approximate: fields.boolean("approximate").unwrap_or(false),
        recipients: recipients.into_iter().filter_map(|node| recipient(fields, node)).collect(),
        quote: words(fields.text("quote")),
    };
    let parts = [commendation.collectives, commendation.individuals, commendation.prizes];
    let said_nothing = parts.iter().chain([&commendation.total]).all(Option::is_none);
    if said_nothing && commendation.recipients.is_empty() && !fields.is_spoilt() {
        fields.wrong(Code::MissingKey, commendation.span, "missing-key.commended");
    }
    commendation
}

fn recipient(fields: &mut Fields, node: Node) -> Option<Recipient> {
    if let Value::Text(name) = node.value {
        return Some(Recipient { name: Some(name), unit: None, reason: None });
    }
    let mut inner = fields.nested("recipients", node);
    let recipient = Recipient {
        name: words(inner.text("name")),
        unit: inner.text("unit"),
        reason: words(inner.text("for")),
    };
    let span = inner.span();
    fields.add(inner.finish());
    if recipient.name.is_none() && recipient.unit.is_none() {
        fields.wrong(Code::MissingKey, span, "missing-key.recipient");
        return None;
    }
    Some(recipient)
}

fn initiatives(fields: &mut Fields) -> Vec<Initiative> {
    let items = fields.items("initiatives");
    items
        .into_iter()
        .filter_map(|node| {
            if let Value::Text(text) = node.value {
                let name = Written { text, span: node.span };
                return Some(Initiative { name, unit: None, note: None });
            }
            let inner = fields.nested("initiatives", node);
            nested(fields, inner, |inner| {
                let (name, unit, note) =
                    (inner.required("name"), inner.text("unit"), words(inner.text("note")));
                Some(Initiative { name: name?, unit, note })
            })
        })
        .collect()
}

fn photo(fields: &mut Fields) -> Photo {
    Photo {
        caption: words(fields.text("caption")),
        credit: words(fields.text("credit")),
        file: fields.text("file"),
        alt: words(fields.text("alt")),
    }
}

fn corrections(fields: &mut Fields) -> Vec<Correction> {
    fields
        .maps("corrections")
        .into_iter()
        .map(|inner| {
            nested(fields, inner, |inner| Correction {
                date: inner.date("date"),
                note: words(inner.required("note")).unwrap_or_default(),
            })
        })
        .collect()
}

fn withdrawn(fields: &mut Fields) -> Option<Withdrawn> {
    let node = fields.node("withdrawn")?;
    let inner = fields.nested("withdrawn", node);
    Some(nested(fields, inner, |inner| Withdrawn {
        date: inner.date("date"),
        reason: words(inner.required("reason")).unwrap_or_default(),
    }))
}

fn reprints(fields: &mut Fields) -> Vec<Reprint> {
    let items = fields.items("also_published_in");
    items
        .into_iter()
        .filter_map(|node| {
            if let Value::Text(text) = node.value {
                let publisher = Written { text, span: node.span };
                return Some(Reprint { publisher, url: None, date: None });
            }
            let inner = fields.nested("also_published_in", node);
            nested(fields, inner, |inner| {
                let (publisher, url, date) =
                    (inner.required("publisher"), url(inner, "url"), inner.date("date"));
                Some(Reprint { publisher: publisher?, url, date })
            })
        })
        .collect()
}

/// Warnings about an article: what is wrong with the published pages and files is none of them.
fn acceptable() -> impl Iterator<Item = Code> {
    let of_pages =
        [Code::EditedByHand, Code::FragileLink, Code::MissingAnchor, Code::DuplicateId, Code::HeadingOrder];
    Code::ALL.iter().copied().filter(move |code| code.level() == Level::Warning && !of_pages.contains(code))
}

fn accepted(fields: &mut Fields) -> Vec<(Code, Box<str>)> {
    let Some(node) = fields.node("accepted") else { return Vec::new() };
    let mut inner = fields.nested("accepted", node);
    let mut accepted = Vec::new();
    for (key, node) in inner.rest() {
        let code = acceptable().find(|code| code.name() == &*key.text);
        match code {
            Some(code) => {
                let note = inner.as_text("accepted", node);
                accepted.extend(note.map(|note| (code, note.text)));
            }
            None => {
                let warnings: Vec<&str> = acceptable().map(Code::name).collect();
                inner.add([Diagnostic::new(Code::UnknownValue, inner.path(), key.span)
                    .with("key", "accepted")
                    .with("value", &key.text)
                    .help("unknown-value.help", &[("values", &warnings.join(", "))])]);
            }
        }
    }
    fields.add(inner.finish());
    accepted
}

fn raw(fields: &mut Fields) -> Option<Raw> {
    let node = fields.node("raw")?;
    let inner = fields.nested("raw", node);
    Some(nested(fields, inner, |inner| Raw {
        file: words(inner.required("file")).unwrap_or_default(),
        sha256: words(inner.text("sha256")),
        captured: inner.date("captured"),
    }))
}

fn directive(fields: &mut Fields) -> Directive {
    let number = fields.text("number");
    let name = fields.text("name");
    let span = number.as_ref().or(name.as_ref()).map_or(fields.span(), |written| written.span);
    if number.is_none() && name.is_none() {
        fields.wrong(Code::MissingKey, span, "missing-key.directive");
    }
    let parsed = number.as_ref().and_then(|written| Number::parse(&written.text));
    if let (Some(written), None) = (&number, &parsed) {
        let found = Diagnostic::new(Code::UnknownValue, fields.path(), written.span)
            .with("key", "number")
            .with("value", &written.text)
            .help("unknown-value.number", &[]);
        fields.add([found]);
    }
    let term = fields.text("term");
    let parsed_term = term.as_ref().and_then(|written| read_term(&written.text));
    if let (Some(written), None) = (&term, parsed_term) {
        let found = Diagnostic::new(Code::UnknownValue, fields.path(), written.span)
            .with("key", "term")
            .with("value", &written.text)
            .help("unknown-value.term", &[]);
        fields.add([found]);
    }
    let mut relations = Vec::new();
    for (relation, key) in Relation::ALL {
        relations.extend(fields.texts(key).into_iter().map(|target| (relation, target)));
    }
    Directive {
        span,
        number: parsed,
        name,
        kind: words(fields.text("kind")),
        issuer: fields.text("issuer"),
        date: dated(fields, "date"),
        term: parsed_term,
        title: words(fields.text("title")),
        status: words(fields.text("status")),
        aliases: fields.texts("aliases"),
        relations,
    }
}

/// `XIII`, `13` or `khóa XIII`.
fn read_term(text: &str) -> Option<u8> {
    let last = text.split_whitespace().last()?;
    // `fold` reads Roman numerals behind another word.
    let folded = fold(&format!("x {last}"));
    folded.strip_prefix("x ")?.parse().ok().filter(|term| (1..=99).contains(term))
}

fn unit(fields: &mut Fields) -> Unit {
    Unit {
        name: fields.required("name").unwrap_or_default(),
        aliases: fields.texts("aliases"),
        kind: words(fields.text("kind")),
        place: fields.text("place"),
        parent: fields.text("parent"),
        from: fields.date("from"),
        to: fields.date("to"),
        succeeded_by: fields.texts("succeeded_by"),
    }
}

fn locality(fields: &mut Fields) -> Locality {
    Locality {
        name: fields.required("name").unwrap_or_default(),
        aliases: fields.texts("aliases"),
        kind: words(fields.text("kind")),
        parent: fields.text("parent"),
        from: fields.date("from"),
        to: fields.date("to"),
    }
}

fn publisher(fields: &mut Fields) -> Publisher {
    Publisher {
        name: fields.required("name").unwrap_or_default(),
        aliases: fields.texts("aliases"),
        marks: fields.texts("marks").into_iter().map(|mark| mark.text).collect(),
        place: fields.text("place"),
        url: url(fields, "url"),
        summary_only: fields.choice("rights", &["full", "summary"]) == Some(1),
    }
}

/// A language tag such as `vi`, `en` or `km-KH` (BCP 47).
fn language(fields: &mut Fields) -> Option<Box<str>> {
    let written = fields.text("language")?;
    let mut parts = written.text.split('-');
    let sound = parts.next().is_some_and(|first| {
        (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic())
    }) && parts
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !sound {
        let found = Diagnostic::new(Code::UnknownValue, fields.path(), written.span)
            .with("key", "language")
            .with("value", &written.text)
            .help("unknown-value.help", &[("values", "vi, en, fr, km, zh")]);
        fields.add([found]);
        return None;
    }
    Some(written.text)
}

fn words(written: Option<Written>) -> Option<Box<str>> {
    written.map(|written| written.text)
}

/// Decodes a mapping within another; what is wrong with it goes to the outer one.
fn nested<'a, T>(
    outer: &mut Fields<'a>,
    mut inner: Fields<'a>,
    decode: impl FnOnce(&mut Fields<'a>) -> T,
) -> T {
    let value = decode(&mut inner);
    outer.add(inner.finish());
    value
}

/// A date, or `{value, inferred, written}`.
fn dated(fields: &mut Fields, key: &'static str) -> Option<Dated> {
    let node = fields.node(key)?;
    let span = node.span;
    if !matches!(node.value, Value::Map(_)) {
        let date = fields.as_date(key, node)?;
        return Some(Dated { date, inferred: None, written: None, span });
    }
    let inner = fields.nested(key, node);
    nested(fields, inner, |inner| {
        let span = inner.span();
        if !inner.has("value") {
            inner.wrong(Code::MissingKey, span, "missing-key.value");
        }
        let date = inner.date("value");
        let inferred = words(inner.text("inferred"));
        let written = words(inner.text("written"));
        Some(Dated { date: date?, inferred, written, span })
    })
}

/// An address on the web; schemes other than http and https are refused.
fn url(fields: &mut Fields, key: &'static str) -> Option<Box<str>> {
    let written = fields.text(key)?;
    let lower = written.text.to_ascii_lowercase();
    let sound = (lower.starts_with("http://") || lower.starts_with("https://"))
        && written.text.len() > "https://".len()
        && !written
            .text
            .contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>'));
    if !sound {
        bad_url(fields, written.span, &written.text);
        return None;
    }
    Some(written.text)
}

fn bad_url(fields: &mut Fields, span: Span, url: &str) {
    let found =
        Diagnostic::new(Code::BadUrl, fields.path(), span).with("url", url).help("bad-url.help-web", &[]);
    fields.add([found]);
}
