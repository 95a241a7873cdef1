//! Documents: all that one file says by itself.
//!
//! `parse` takes one text and knows of no other: names are kept as written, links are
//! holes in the HTML. That is what lets files parse in parallel and an edit cost one
//! parse. Reading order: `Document`, `front_matter`, `body`, `markdown`, `memo`.
//!
//! Invariant: nothing here depends on another file, on `site.yaml` or on an address; whether
//! mentions are wanted is told by the caller.

mod body;
mod front_matter;
mod markdown;
mod memo;
mod plain;

use crate::diagnostic::{Checked, Code, Diagnostic, SourcePath, Span};
use crate::digest::{Digest, Hasher};
use crate::mention::{OwnNames, What};
use crate::number::Number;
use crate::source::{Kind, Source};
use crate::vi::{self, Date};
use crate::yaml::{self, Fields, Written};

pub use body::{Block, Body, BodyRef, Found, Mark, RefKind, Shown, is_anchor};
pub use front_matter::title_of_broken;
pub use memo::{Memo, Parsed};

/// Longest id, in bytes: what every file system and archive format can carry.
pub const LONGEST_ID: usize = 100;

impl Document {
    /// The names that a text may call this record by: of units, documents and places of the
    /// site's own. A document's number is found by its grammar, so it is none of them.
    pub fn names(&self) -> Vec<&str> {
        let (name, aliases) = match &self.front {
            Front::Directive(front) => (front.name.as_ref(), &front.aliases),
            Front::Unit(front) => (Some(&front.name), &front.aliases),
            Front::Locality(front) => (Some(&front.name), &front.aliases),
            _ => return Vec::new(),
        };
        name.into_iter()
            .chain(aliases)
            .map(|name| &*name.text)
            .filter(|text| Number::parse(text).is_none())
            .collect()
    }
}

/// Whether to look for mentions in the text of articles.
#[derive(Clone, Copy)]
pub enum Mentions<'n> {
    /// In every article that does not say otherwise; with the names of the site's own records.
    Find(&'n OwnNames, Keep),
    /// In none.
    Skip,
}

/// What is kept of a text that was read for mentions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// What was found.
    #[default]
    Mentions,
    /// Its words, too, so that a name that a record gets later calls for another look at those
    /// texts alone that may say it: `Body::words`. 256 bytes an article.
    Words,
}

/// One parsed file.
#[derive(Debug)]
pub struct Document {
    /// Relative to the site's folder.
    pub path: SourcePath,
    /// The id, by key or from the file's name.
    pub id: Box<str>,
    /// Whether the id was set by the key `id`.
    pub id_is_set: bool,
    /// Where the front matter begins, for messages about the file as a whole.
    pub span: Span,
    /// Former addresses, relative to the site's root.
    pub old_addresses: Vec<Written>,
    /// What the file describes. `Broken` if its front matter cannot be read.
    pub front: Front,
    /// The text after the front matter.
    pub body: Body,
    /// Stands for everything but the body: two documents that share it differ in `body` alone.
    pub front_digest: Digest,
    /// Stands for the body: its bytes, and the names of the site's own that were found in it.
    pub body_digest: Digest,
}

impl Document {
    /// Whether it is an article that is not to be published yet.
    pub fn is_draft(&self) -> bool {
        matches!(&self.front, Front::Article(article) if article.draft)
    }
}

/// Front matter by kind.
#[derive(Debug)]
pub enum Front {
    /// A press item.
    Article(Box<Article>),
    /// A document that units carry out.
    Directive(Box<Directive>),
    /// An organisation.
    Unit(Box<Unit>),
    /// A place, or more about one.
    Locality(Box<Locality>),
    /// A newspaper or agency.
    Publisher(Box<Publisher>),
    /// One of the site's own pages.
    Page(Box<Page>),
    /// A file of that kind with an error that was reported; what it calls itself, as far
    /// as it can be made out, so that those who cite it are not told that it is unknown.
    Broken(Kind, Vec<Box<str>>),
}

/// A date with what the editor says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The date.
    pub date: Date,
    /// Why it is thought to be so, if it was not printed.
    pub inferred: Option<Box<str>>,
    /// The words that were printed.
    pub written: Option<Box<str>>,
    /// Where it stands.
    pub span: Span,
}

/// `content/articles/**/*.md`
#[derive(Debug, Default)]
pub struct Article {
    /// Title as the archive gives it.
    pub title: Box<str>,
    /// Day it entered the archive.
    pub added: Option<Date>,
    /// Day printed.
    pub date: Option<Dated>,
    /// Name of the publisher.
    pub publisher: Option<Written>,
    /// Address where it was published.
    pub url: Option<Box<str>>,
    /// Address of a saved copy.
    pub archived_url: Option<Box<str>>,
    /// Day the copy was taken.
    pub retrieved: Option<Date>,
    /// Author as printed.
    pub byline: Option<Box<str>>,
    /// A few sentences.
    pub summary: Option<Box<str>>,
    /// Section of the newspaper.
    pub section: Option<Box<str>>,
    /// Free words.
    pub tags: Vec<Box<str>>,
    /// Who holds the rights, and what they allow.
    pub rights: Option<Box<str>>,
    /// BCP 47 tag, if not the site's language.
    pub language: Option<Box<str>>,
    /// Built only with `--drafts`.
    pub draft: bool,
    /// What is still to be checked; only in drafts.
    pub review: Option<Box<str>>,
    /// Units it is about, beyond its events.
    pub units: Vec<Written>,
    /// Directives it is about, beyond its events.
    pub directives: Vec<Written>,
    /// Places it is about.
    pub localities: Vec<Written>,
    /// Named local programmes.
    pub initiatives: Vec<Initiative>,
    /// Events it reports, in the order of the article.
    pub events: Vec<Event>,
    /// Photos with their captions.
    pub photos: Vec<Photo>,
    /// What was corrected, and when.
    pub corrections: Vec<Correction>,
    /// Withdrawn: a tombstone stands in its place.
    pub withdrawn: Option<Withdrawn>,
    /// Other publishers that printed it.
    pub also_published_in: Vec<Reprint>,
    /// Warnings that were looked at and accepted, with a note for readers.
    pub accepted: Vec<(Code, Box<str>)>,
    /// The capture it was made from.
    pub raw: Option<Raw>,
    /// Names in its text stay words.
    pub without_mentions: bool,
}

/// An event as one article reports it.
#[derive(Debug, Default)]
pub struct Event {
    /// Where it stands.
    pub span: Span,
    /// Id within the article; also the anchor on its page.
    pub id: Option<Written>,
    /// The event that another article records: `article#event`, or `article`.
    pub same_as: Option<Written>,
    /// Day it took place.
    pub date: Option<Dated>,
    /// What it is called.
    pub title: Option<Box<str>>,
    /// Units that held it.
    pub hosts: Vec<Written>,
    /// Units that took part.
    pub units: Vec<Written>,
    /// Where; that of its host if empty.
    pub localities: Vec<Written>,
    /// What it was about.
    pub directives: Vec<Written>,
    /// "sơ kết 2 năm".
    pub stage: Option<Box<str>>,
    /// Whom it commended.
    pub commended: Vec<Commendation>,
}

/// A commendation. At least one figure or recipient.
#[derive(Clone, Debug, Default)]
pub struct Commendation {
    /// Where it stands.
    pub span: Span,
    /// Tập thể.
    pub collectives: Option<u32>,
    /// Cá nhân.
    pub individuals: Option<u32>,
    /// Giải thưởng.
    pub prizes: Option<u32>,
    /// As printed.
    pub total: Option<u32>,
    /// "giấy khen".
    pub form: Option<Box<str>>,
    /// By whom: a unit, a post or a person.
    pub by: Option<Written>,
    /// Over a period of time instead of at the event.
    pub over_period: bool,
    /// Which period.
    pub period: Option<Box<str>>,
    /// "hơn", "gần": the figures are not exact.
    pub approximate: bool,
    /// Who, as far as named.
    pub recipients: Vec<Recipient>,
    /// A few words as printed.
    pub quote: Option<Box<str>>,
}

/// One who was commended.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// A person's or collective's name.
    pub name: Option<Box<str>>,
    /// A unit.
    pub unit: Option<Written>,
    /// What for.
    pub reason: Option<Box<str>>,
}

/// A named local programme.
#[derive(Debug)]
pub struct Initiative {
    /// Its name without quotation marks.
    pub name: Written,
    /// The unit that runs it.
    pub unit: Option<Written>,
    /// A few words about it.
    pub note: Option<Box<str>>,
}

/// A photo of the article.
#[derive(Debug)]
pub struct Photo {
    /// Its caption.
    pub caption: Option<Box<str>>,
    /// Who took it.
    pub credit: Option<Box<str>>,
    /// A file below `content/`, e.g. `media/a.jpg`; absent if only the caption is archived.
    pub file: Option<Written>,
    /// Alternative text.
    pub alt: Option<Box<str>>,
}

/// A correction to the archived text.
#[derive(Debug)]
pub struct Correction {
    /// When.
    pub date: Option<Date>,
    /// What.
    pub note: Box<str>,
}

/// Why an article was withdrawn.
#[derive(Debug)]
pub struct Withdrawn {
    /// When.
    pub date: Option<Date>,
    /// Why.
    pub reason: Box<str>,
}

/// Another place where the article was printed.
#[derive(Debug)]
pub struct Reprint {
    /// Name of the publisher.
    pub publisher: Written,
    /// Its address there.
    pub url: Option<Box<str>>,
    /// Day printed there.
    pub date: Option<Date>,
}

/// The capture that the article was made from. `raw/` is never read by a build.
#[derive(Debug)]
pub struct Raw {
    /// Path beside `content/`.
    pub file: Box<str>,
    /// Its digest, in hexadecimal.
    pub sha256: Option<Box<str>>,
    /// When it was taken.
    pub captured: Option<Date>,
}

/// `content/directives/*.md`
#[derive(Debug, Default)]
pub struct Directive {
    /// Where the number or name stands.
    pub span: Span,
    /// Its number, if it has one.
    pub number: Option<Number>,
    /// Its name, if it is known by one.
    pub name: Option<Written>,
    /// "Kết luận".
    pub kind: Option<Box<str>>,
    /// Who issued it.
    pub issuer: Option<Written>,
    /// When.
    pub date: Option<Dated>,
    /// Congress term of its owner, e.g. 13.
    pub term: Option<u8>,
    /// What it is about.
    pub title: Option<Box<str>>,
    /// "còn hiệu lực".
    pub status: Option<Box<str>>,
    /// Other names.
    pub aliases: Vec<Written>,
    /// By relation.
    pub relations: Vec<(Relation, Written)>,
}

/// How one directive stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Tiếp tục thực hiện.
    Continues,
    /// Triển khai, cụ thể hóa.
    Implements,
    /// Sửa đổi, bổ sung.
    Amends,
    /// Thay thế.
    Replaces,
}

impl Relation {
    /// All relations with the key of each.
    pub const ALL: [(Relation, &'static str); 4] = [
        (Relation::Continues, "continues"),
        (Relation::Implements, "implements"),
        (Relation::Amends, "amends"),
        (Relation::Replaces, "replaces"),
    ];
}

/// `content/units/*.md`
#[derive(Debug, Default)]
pub struct Unit {
    /// Preferred name.
    pub name: Written,
    /// Other names.
    pub aliases: Vec<Written>,
    /// Kind of organisation.
    pub kind: Option<Box<str>>,
    /// Where it is.
    pub place: Option<Written>,
    /// The unit above it.
    pub parent: Option<Written>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Units that took over.
    pub succeeded_by: Vec<Written>,
}

/// `content/localities/*.md`
#[derive(Debug, Default)]
pub struct Locality {
    /// Name: of a place of the gazetteer, smallest first, or of a new one.
    pub name: Written,
    /// Other names.
    pub aliases: Vec<Written>,
    /// Type word of a place that the gazetteer does not have: "ấp".
    pub kind: Option<Box<str>>,
    /// The place it lies in.
    pub parent: Option<Written>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// `content/publishers/*.md`
#[derive(Debug, Default)]
pub struct Publisher {
    /// Preferred name.
    pub name: Written,
    /// Other names.
    pub aliases: Vec<Written>,
    /// How its items begin: "(BĐ)".
    pub marks: Vec<Box<str>>,
    /// Where it is.
    pub place: Option<Written>,
    /// Its address.
    pub url: Option<Box<str>>,
    /// Only title, summary, data and link may be shown.
    pub summary_only: bool,
}

/// `content/pages/*.md`
#[derive(Debug, Default)]
pub struct Page {
    /// Title.
    pub title: Box<str>,
}

/// Parses one file. Never fails: what cannot be read becomes `Front::Broken` with a
/// diagnostic. About 60 µs for an article of 5 KB.
pub fn parse(source: &Source, mentions: Mentions) -> Checked<Document> {
    let mut found = Vec::new();
    let text = &source.text;
    let (yaml_range, body_start) = match split(text) {
        Split::Whole { yaml, body } => (yaml, body),
        Split::Missing => {
            found.push(
                Diagnostic::new(Code::MissingFrontMatter, &source.path, Span::default())
                    .help("missing-front-matter.help", &[]),
            );
            return Checked { value: broken(source, Span::default()), diagnostics: found };
        }
        Split::Unclosed => {
            found.push(
                Diagnostic::new(Code::UnclosedFrontMatter, &source.path, Span::default())
                    .help("unclosed-front-matter.help", &[]),
            );
            return Checked { value: broken(source, Span::default()), diagnostics: found };
        }
    };
    let span = Span::new(yaml_range.0, yaml_range.0);
    let node = match yaml::parse(&source.path, text, yaml_range.0, yaml_range.1) {
        Ok((node, more)) => {
            found.extend(more);
            node
        }
        Err(diagnostic) => {
            found.push(*diagnostic);
            return Checked { value: broken(source, span), diagnostics: found };
        }
    };
    let mut fields = Fields::new(&source.path, node);
    let set_id = fields.text("id");
    let id_is_set = set_id.is_some();
    let (id, id_span) = match &set_id {
        Some(written) => (written.text.clone(), written.span),
        None => (default_id(&source.path), span),
    };
    found.extend(check_id(&source.path, &id, id_span, source.kind, id_is_set));
    let old_addresses = fields.texts("old_addresses");
    let front = front_matter::decode(source.kind, &mut fields);
    found.extend(fields.finish());
    // A record whose name is lost cannot be cited rightly: those who try are not blamed.
    let fatal = found.iter().any(|d| {
        matches!(d.code, Code::MissingKey | Code::BadId | Code::YamlHash)
            || d.message.key == "wrong-type.whole"
            // What tells a document from others of its number.
            || (source.kind == Kind::Directive
                && matches!(d.code, Code::UnknownValue | Code::BadDate | Code::ImpossibleDate))
    });
    let front = match fatal && source.kind != Kind::Article {
        true => Front::Broken(source.kind, title_of_broken(text)),
        false => front,
    };
    let mentions = match &front {
        Front::Article(article) if !article.without_mentions => mentions,
        _ => Mentions::Skip,
    };
    let body = markdown::parse(&source.path, text, body_start, mentions).drain_into(&mut found);
    if let Front::Article(article) = &front {
        found.retain(|diagnostic| !article.accepted.iter().any(|(code, _)| *code == diagnostic.code));
    }
    let front_digest = front_digest(source, body_start);
    let body_digest = body_digest(&text[body_start..], mentions, &body);
    let document = Document {
        path: source.path.clone(),
        id,
        id_is_set,
        span,
        old_addresses,
        front,
        body,
        front_digest,
        body_digest,
    };
    Checked { value: document, diagnostics: found }
}

fn front_digest(source: &Source, body_start: usize) -> Digest {
    let mut hasher = Hasher::default();
    // The id may come from the path.
    for part in [&*source.path, "\n", &source.text[..body_start]] {
        hasher.update(part.as_bytes());
    }
    hasher.digest()
}

/// What a body is depends on its bytes, on whether mentions were looked for, and on which of
/// the site's own names were taken for one: given those, the recognisers see the rest alike.
fn body_digest(text: &str, mentions: Mentions, body: &Body) -> Digest {
    let mut hasher = Hasher::default();
    hasher.update(text.as_bytes());
    if matches!(mentions, Mentions::Find(..)) {
        hasher.update(b"\n+");
        for found in &body.mentions {
            if let What::Own(name) = &found.mention.what {
                hasher.update(&found.block.to_le_bytes());
                hasher.update(&found.mention.start.to_le_bytes());
                hasher.update(name.as_bytes());
            }
        }
    }
    hasher.digest()
}

/// What the recogniser sees in a text as it is, for those who ask of one file. Nothing is put
/// into NFC, so spans count in the bytes given. A file that ends in `.txt` is no Markdown:
/// each of its lines is a block. Front matter is that of an article; what is wrong with it
/// is passed over.
pub fn mentions_of(path: &SourcePath, text: &str, own: &OwnNames) -> Document {
    let front = || Front::Article(Box::default());
    if path.ends_with(".txt") {
        let mut document = unread(path, Kind::Article);
        (document.front, document.body) = (front(), plain::parse(text, own));
        return document;
    }
    if matches!(split(text), Split::Whole { .. }) {
        let source = Source { path: path.clone(), kind: Kind::Article, text: text.to_owned() };
        return parse(&source, Mentions::Find(own, Keep::Mentions)).value;
    }
    let mut document = unread(path, Kind::Article);
    (document.front, document.body) =
        (front(), markdown::parse(path, text, 0, Mentions::Find(own, Keep::Mentions)).value);
    document
}

/// A document for a file that could not be read, so that those who cite it are not blamed.
pub fn unread(path: &SourcePath, kind: Kind) -> Document {
    Document {
        path: path.clone(),
        id: default_id(path),
        id_is_set: false,
        span: Span::default(),
        old_addresses: Vec::new(),
        front: Front::Broken(kind, Vec::new()),
        body: Body::default(),
        front_digest: Digest::of(path.as_bytes()),
        body_digest: Digest::of(b""),
    }
}

fn broken(source: &Source, span: Span) -> Document {
    let mut document = unread(&source.path, source.kind);
    document.span = span;
    document.front = Front::Broken(source.kind, title_of_broken(&source.text));
    document.front_digest = front_digest(source, source.text.len());
    document
}

/// Whether `id` may be an address: its shape, length, and no reserved name.
pub fn is_sound_id(id: &str) -> bool {
    vi_sound(id) && !is_reserved(id)
}

fn vi_sound(id: &str) -> bool {
    id.len() <= LONGEST_ID && vi::is_slug(id)
}

/// Names that listings use, and those that Windows cannot store.
fn is_reserved(id: &str) -> bool {
    id.starts_with("trang-") || id == "khong-ro-ngay" || is_device(id)
}

/// Whether Windows keeps the name, in lower case, for a device.
pub fn is_device(name: &str) -> bool {
    matches!(name, "con" | "prn" | "aux" | "nul")
        || (name.len() == 4
            && (name.starts_with("com") || name.starts_with("lpt"))
            && name.as_bytes()[3].is_ascii_digit())
}

fn check_id(path: &SourcePath, id: &str, span: Span, kind: Kind, set: bool) -> Option<Diagnostic> {
    if is_sound_id(id) {
        return None;
    }
    // A name without letters leaves no id: show the file's.
    let shown = if id.is_empty() { path.rsplit('/').next().unwrap_or(path) } else { id };
    let key = if is_reserved(id) { "bad-id.reserved" } else { "bad-id" };
    let help = if set { "bad-id.help" } else { "bad-id.help-file" };
    let found = Diagnostic::new(Code::BadId, path, span).text(key).with("id", shown);
    Some(found.help(help, &[("id", &propose_id(kind.folder(), id))]))
}

/// A sound id made of `text`; with `prefix` before it where it would be reserved or empty.
pub fn propose_id(prefix: &str, text: &str) -> String {
    let mut id = vi::slug(text);
    id.truncate(LONGEST_ID - prefix.len() - 1);
    let id = id.trim_end_matches('-');
    if is_sound_id(id) { id.to_owned() } else { format!("{prefix}-{id}").trim_end_matches('-').to_owned() }
}

fn default_id(path: &str) -> Box<str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.strip_suffix(".md").unwrap_or(name);
    vi::slug(stem).into()
}

/// Something of a body that shows on its page.
#[derive(Debug, PartialEq, Eq)]
pub struct Landmark {
    /// What.
    pub sign: Sign,
    /// Where it begins, in bytes of the text.
    pub at: usize,
}

/// What a `Landmark` is.
#[derive(Debug, PartialEq, Eq)]
pub enum Sign {
    /// A heading, with its level as written.
    Heading(u8),
    /// A link, with its address as written.
    Link(Box<str>),
    /// Raw HTML, as written.
    Html(Box<str>),
}

/// The landmarks of a file's body, in the order of its page. Cost: that of parsing it.
pub fn landmarks(path: &SourcePath, text: &str) -> Vec<Landmark> {
    markdown::landmarks(path, text, body_start(text))
}

/// Where the text after the front matter begins, in bytes; 0 if there is none.
pub fn body_start(text: &str) -> usize {
    match split(text) {
        Split::Whole { body, .. } => body,
        Split::Missing | Split::Unclosed => 0,
    }
}

enum Split {
    Whole { yaml: (usize, usize), body: usize },
    Missing,
    Unclosed,
}

/// Where the front matter and the body are, in bytes.
fn split(text: &str) -> Split {
    let first = text.split_inclusive('\n').next().unwrap_or("");
    if first.trim_end() != "---" {
        return Split::Missing;
    }
    let mut at = first.len();
    for line in text[at..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Split::Whole { yaml: (first.len(), at), body: at + line.len() };
        }
        at += line.len();
    }
    Split::Unclosed
}

#[cfg(test)]
mod tests;
