//! The archive: what all documents say together.
//!
//! `resolve` turns names into typed ids; from here on nothing is looked up by its words
//! again. Records lie in dense `Vec`s, every edge is stored in both directions, every
//! list leaves here sorted. It runs whole on every build: a dirty set would have to know
//! every page, comparing pages knows it for free.
//!
//! A record and the reverse edges to it lie apart (`Directive`, `DirectiveLists`, and who
//! mentions it): a page that shows a name has not read the list of all who cite it.
//!
//! Invariant: this module never guesses. Two candidates are a diagnostic, and so is none.
//! Not here: addresses of pages (`page`), finding names in prose (`mention`).
//!
//! Reading order: `resolve` and the types below, then `places` and `names` (look-up),
//! `tables` (filling it), `resolve` (one article), `mentions` (what its text names),
//! `records` (all files), `link` (ids and edges).

mod link;
mod memo;
mod mentions;
mod names;
mod places;
mod reads;
mod records;
mod resolve;
mod reverse;
mod tables;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Site;
use crate::diagnostic::{Checked, Code, Diagnostic, SourcePath, Span};
use crate::document::{self, Commendation, Correction, Dated, Document, Front, Relation, Withdrawn};
use crate::gazetteer::{Era, PlaceId};
use crate::number::Number;
use crate::organ::OrganId;
use crate::vi::Date;

pub use memo::Memo;
pub use mentions::{Look, Seen, is_stub_id, kind_of, look};

use link::{Alphabets, Builder};
use mentions::Stubs;
use names::Names;
use places::Places;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// Index in the archive's `Vec` of its kind.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        })*
    };
}

ids! {
    /// An article, drafts included if the build includes them; withdrawn ones are not here.
    ArticleId;
    /// A distinct event, whoever reports it.
    EventId;
    /// A directive.
    DirectiveId;
    /// A unit with a page.
    UnitId;
    /// A place with a page.
    LocalityId;
    /// A publisher.
    PublisherId;
    /// One of the site's own pages.
    PageId;
}

/// Whether drafts are part of the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// As published.
    Skip,
    /// As an editor sees it.
    Include,
}

/// What published addresses ask for, though nothing may name it any more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Places.
    pub places: Vec<PlaceId>,
    /// Derived units; each organ takes its place and has a page of its own.
    pub units: Vec<(OrganId, PlaceId)>,
    /// Ids of directives without a file: those that `is_stub_id` knows.
    pub stubs: Vec<Box<str>>,
}

/// The resolved graph.
#[derive(Debug, Default)]
pub struct Archive {
    /// By date, oldest first; undated ones before all others; ties by id.
    pub articles: Vec<Article>,
    /// In the order of the articles that record them.
    pub events: Vec<Event>,
    /// Records first, in the order of their files, then those without a file by id.
    pub directives: Vec<Directive>,
    /// Who names each directive: beside `directives`.
    pub directive_lists: Vec<DirectiveLists>,
    /// Who mentions each directive: beside `directives`.
    pub directive_mentions: Vec<Mentions>,
    /// Records first, in the order of their files, then derived units by address.
    pub units: Vec<Unit>,
    /// Who names each unit: beside `units`.
    pub unit_lists: Vec<UnitLists>,
    /// Who mentions each unit: beside `units`.
    pub unit_mentions: Vec<Mentions>,
    /// By address.
    pub localities: Vec<Locality>,
    /// Who names each place: beside `localities`.
    pub locality_lists: Vec<LocalityLists>,
    /// Who mentions each place: beside `localities`.
    pub locality_mentions: Vec<Mentions>,
    /// In the order of their files.
    pub publishers: Vec<Publisher>,
    /// Articles that each printed, oldest first: beside `publishers`.
    pub publisher_articles: Vec<Vec<ArticleId>>,
    /// In the order of their files.
    pub pages: Vec<OwnPage>,
    /// In the order of their files.
    pub tombstones: Vec<Tombstone>,
    /// Articles by the day they were added, newest first; those without one last.
    pub newest: Vec<ArticleId>,
    /// The archive's own province.
    pub place: Option<LocalityId>,
    /// Ids that directives had or would have without their files, with those that have them
    /// now. By id.
    pub former_stubs: Vec<(Box<str>, DirectiveId)>,
    /// Two archives that share this number (from one memo, and not 0) differ in the texts of
    /// articles alone.
    pub graph: u64,
}

/// Articles that mention a record and do not declare it, oldest first, each with the index
/// of its first mention.
pub type Mentions = Vec<(ArticleId, u32)>;

/// A press item.
#[derive(Debug)]
pub struct Article {
    /// The file, for its body and for whatever no other record needs.
    pub document: Arc<Document>,
    /// Where it was printed.
    pub publisher: Option<PublisherId>,
    /// Units it declares, those of its events and links included, each once, in the order
    /// they are named.
    pub units: Vec<UnitRef>,
    /// Directives it declares, likewise.
    pub directives: Vec<DirectiveId>,
    /// Places it is about: declared, of its events, of its units, linked; each once.
    pub localities: Vec<PlaceRef>,
    /// Events it reports, in its own order.
    pub events: Vec<EventId>,
    /// Initiatives, in its own order.
    pub initiatives: Vec<Initiative>,
    /// Where the refs of its body lead, in their order.
    pub links: Vec<Target>,
    /// What the mentions of its body mean, in their order; `None` where that is not certain.
    pub mentions: Vec<Option<Target>>,
    /// Publishers that printed it too; `None` for one without a record.
    pub reprints: Vec<PublisherId>,
}

impl Article {
    /// What its front matter says.
    pub fn front(&self) -> &crate::document::Article {
        match &self.document.front {
            crate::document::Front::Article(front) => front,
            // Only articles are made into `Article`s.
            _ => unreachable!("an article's document has an article's front matter"),
        }
    }

    /// The day it was printed; else the first day of its first dated event. For lists.
    pub fn order(&self) -> (u16, u8, u8, u16) {
        self.front().date.as_ref().map_or((0, 0, 0, 0), |dated| dated.date.order())
    }

    /// The day it was printed.
    pub fn date(&self) -> Option<&Dated> {
        self.front().date.as_ref()
    }

    /// Whether a warning was accepted, and the note on it.
    pub fn accepted(&self, code: Code) -> Option<&str> {
        self.front().accepted.iter().find(|(accepted, _)| *accepted == code).map(|(_, note)| &**note)
    }
}

/// A unit as an article names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitRef {
    /// The unit whose page it leads to.
    pub unit: UnitId,
    /// The organ named, where that has no page of its own: Ban Thường vụ.
    pub named: Option<OrganId>,
}

/// A place as an article names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceRef {
    /// The place.
    pub locality: LocalityId,
    /// The era it was named for; `None` if nothing tells and the place has both.
    pub era: Option<Era>,
}

/// Where a link of a body leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An article's page.
    Article(ArticleId),
    /// A withdrawn article's tombstone: index in `tombstones`.
    Tombstone(u32),
    /// A directive's page.
    Directive(DirectiveId),
    /// A unit's page.
    Unit(UnitRef),
    /// A place's page.
    Locality(PlaceRef),
    /// A publisher's page.
    Publisher(PublisherId),
    /// One of the site's own pages.
    Page(PageId),
    /// A media file or an address of the site: as written.
    Written,
    /// Reported already.
    Nothing,
}

/// A distinct event.
#[derive(Debug)]
pub struct Event {
    /// The articles that report it with the index of their own account of it: first the
    /// one that records it, then the others by date.
    pub reports: Vec<(ArticleId, u32)>,
    /// As recorded, or by the first report that says it.
    pub date: Option<Dated>,
    /// Units that held it.
    pub hosts: Vec<UnitRef>,
    /// Units that took part.
    pub units: Vec<UnitRef>,
    /// Where it was.
    pub localities: Vec<PlaceRef>,
    /// What it was about.
    pub directives: Vec<DirectiveId>,
    /// Units that commended, by index of the recorded commendations.
    pub commended_by: Vec<Option<UnitRef>>,
    /// Units commended: by index of commendation and of recipient.
    pub recipients: BTreeMap<(u32, u32), UnitRef>,
}

/// An initiative of an article.
#[derive(Debug)]
pub struct Initiative {
    /// Its name.
    pub name: Box<str>,
    /// The unit that runs it.
    pub unit: Option<UnitRef>,
    /// A few words.
    pub note: Option<Box<str>>,
}

/// A directive: described by a file, or cited by its number and no more.
#[derive(Debug)]
pub struct Directive {
    /// Its file.
    pub document: Option<Arc<Document>>,
    /// The last part of its address.
    pub id: Box<str>,
    /// Number as written, or its name.
    pub label: Box<str>,
    /// "Kết luận số 01-KL/TW".
    pub full: Box<str>,
    /// "Kết luận", as its file says; without a file, as its symbol or those who cite it do.
    pub kind: Option<Box<str>>,
    /// Its number.
    pub number: Option<Number>,
    /// Congress term, given or derived from its date.
    pub term: Option<u8>,
    /// The place whose document it is; none for the centre's.
    pub owner: Option<LocalityId>,
    /// Unit that issued it, where the issuer is one of a place.
    pub issuer: Option<UnitRef>,
    /// Relations as declared, in the order of the file.
    pub relations: Vec<(Relation, DirectiveId)>,
    /// Where the refs of its file's body lead.
    pub links: Vec<Target>,
    /// Directives that its address may have meant, where no file describes it and nothing
    /// cites it any more.
    pub like: Vec<DirectiveId>,
}

/// Who names a directive.
#[derive(Clone, Debug, Default)]
pub struct DirectiveLists {
    /// Relations that others declare to it, by the other's id.
    pub reverse: Vec<(Relation, DirectiveId)>,
    /// Articles that declare it, oldest first.
    pub articles: Vec<ArticleId>,
    /// Events about it, oldest first; undated ones first.
    pub events: Vec<EventId>,
}

impl Directive {
    /// What its file says.
    pub fn front(&self) -> Option<&crate::document::Directive> {
        match &self.document.as_ref()?.front {
            crate::document::Front::Directive(front) => Some(front),
            _ => None,
        }
    }
}

/// A unit with a page: described by a file, or derived from organ and place.
#[derive(Debug)]
pub struct Unit {
    /// Its file.
    pub document: Option<Arc<Document>>,
    /// Preferred name.
    pub name: Box<str>,
    /// What it is derived from.
    pub derived: Option<(OrganId, LocalityId)>,
    /// Where it is.
    pub place: Option<PlaceRef>,
    /// The unit above it.
    pub parent: Option<UnitId>,
    /// Units that took over.
    pub successors: Vec<UnitId>,
    /// Where the refs of its file's body lead.
    pub links: Vec<Target>,
}

/// Who names a unit.
#[derive(Clone, Debug, Default)]
pub struct UnitLists {
    /// Units below it, by name.
    pub children: Vec<UnitId>,
    /// Units it took over from.
    pub predecessors: Vec<UnitId>,
    /// Articles that declare it, oldest first.
    pub articles: Vec<ArticleId>,
    /// Events it held or took part in, oldest first.
    pub events: Vec<EventId>,
    /// Events with commendations that it held, or at which it is named as who commended;
    /// oldest first.
    pub commending: Vec<EventId>,
    /// Events at which it is named among those commended, oldest first.
    pub received: Vec<EventId>,
    /// Directives it issued.
    pub issued: Vec<DirectiveId>,
    /// Initiatives it runs: article and index.
    pub initiatives: Vec<(ArticleId, u32)>,
}

impl Unit {
    /// What its file says.
    pub fn front(&self) -> Option<&crate::document::Unit> {
        match &self.document.as_ref()?.front {
            crate::document::Front::Unit(front) => Some(front),
            _ => None,
        }
    }
}

/// A place with a page.
#[derive(Debug)]
pub struct Locality {
    /// Its place in the gazetteer; none for a hamlet or another place of the site's own.
    pub place: Option<PlaceId>,
    /// Its file.
    pub document: Option<Arc<Document>>,
    /// Name with type word, of its last record: "Huyện Mỹ Xuyên".
    pub name: Box<str>,
    /// The part of its address below `dia-phuong/`: "tinh-soc-trang/huyen-my-xuyen".
    pub path: Box<str>,
    /// Its place in the alphabet of all places, by name without type word.
    pub rank: Rank,
    /// The place above it.
    pub parent: Option<LocalityId>,
    /// Where the refs of its file's body lead.
    pub links: Vec<Target>,
}

/// Who names a place.
#[derive(Clone, Debug, Default)]
pub struct LocalityLists {
    /// Places below it that have pages, by name.
    pub children: Vec<LocalityId>,
    /// Units at it, by name.
    pub units: Vec<UnitId>,
    /// Articles about it itself, oldest first.
    pub articles: Vec<(ArticleId, Option<Era>)>,
    /// Events at it, oldest first.
    pub events: Vec<EventId>,
    /// Articles about it itself.
    pub direct: Tally,
    /// Articles about it or a place below it, each counted once.
    pub total: Tally,
    /// Directives that are its own.
    pub directives: Vec<DirectiveId>,
}

/// Where a place stands in the alphabet of all places. Two can be compared, and nothing else
/// can be done with them: which goes first depends on their names and paths alone, while the
/// number behind it shifts with every place that gets a page before them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(u32);

/// A count by era. The eras are never summed: a province of 2024 and one of 2026 that
/// share a name are not the same land.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Until 30 June 2025.
    pub old: u32,
    /// From 1 July 2025.
    pub new: u32,
    /// Of a time that nothing tells.
    pub unknown: u32,
}

impl Tally {
    /// Counts one more of that era.
    pub fn add(&mut self, era: Option<Era>) {
        match era {
            Some(Era::Old) => self.old += 1,
            Some(Era::New) => self.new += 1,
            None => self.unknown += 1,
        }
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        *self == Tally::default()
    }
}

/// A publisher.
#[derive(Debug)]
pub struct Publisher {
    /// Its file.
    pub document: Arc<Document>,
    /// Where it is.
    pub place: Option<PlaceRef>,
    /// Where the refs of its file's body lead.
    pub links: Vec<Target>,
}

impl Publisher {
    /// What its file says.
    pub fn front(&self) -> &crate::document::Publisher {
        match &self.document.front {
            crate::document::Front::Publisher(front) => front,
            _ => unreachable!("a publisher's document has a publisher's front matter"),
        }
    }
}

/// One of the site's own pages.
#[derive(Debug)]
pub struct OwnPage {
    /// Its file.
    pub document: Arc<Document>,
    /// Where the refs of its body lead.
    pub links: Vec<Target>,
}

impl OwnPage {
    /// Its title.
    pub fn title(&self) -> &str {
        match &self.document.front {
            crate::document::Front::Page(front) => &front.title,
            _ => "",
        }
    }
}

/// What stands in place of a withdrawn article.
#[derive(Debug)]
pub struct Tombstone {
    /// Its file.
    pub document: Arc<Document>,
}

impl Tombstone {
    /// When and why.
    pub fn withdrawn(&self) -> Option<&Withdrawn> {
        match &self.document.front {
            crate::document::Front::Article(front) => front.withdrawn.as_ref(),
            _ => None,
        }
    }
}

/// Resolves all documents. `documents` are in the order of their paths; what is `kept` has
/// a page whether anything names it or not. Memory: the documents, plus about 1 KB an
/// article.
pub fn resolve(
    documents: Vec<Arc<Document>>,
    site: &Site,
    drafts: Drafts,
    kept: &Kept,
    memo: &mut Memo,
) -> Checked<Arc<Archive>> {
    let mut found = Vec::new();
    let (ground, has_same_tables) = Ground::new(documents, site, drafts, kept, memo, &mut found);
    let archive = memo.archive(ground, has_same_tables, kept, &mut found);
    Checked { value: archive, diagnostics: found }
}

/// Reads the text of a file again, by its path: that which it was parsed from.
pub type TextOf<'a> = dyn Fn(&str) -> Option<String> + Sync + 'a;

/// The same, with suggestions: what the machine saw in the texts of articles and did not link,
/// or would have an editor look at. They are no mistakes, so they stand apart.
pub fn resolve_and_suggest(
    documents: Vec<Arc<Document>>,
    site: &Site,
    drafts: Drafts,
    kept: &Kept,
    text: &TextOf,
) -> (Checked<Arc<Archive>>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let (ground, _) = Ground::new(documents, site, drafts, kept, &Memo::default(), &mut found);
    let suggestions = if site.mentions { mentions::suggest(&ground, text) } else { Vec::new() };
    (
        Checked {
            value: Arc::new(ground.build(kept, &mut Alphabets::default(), &mut found)),
            diagnostics: found,
        },
        suggestions,
    )
}

/// Every name found, nothing yet joined to a graph.
struct Ground {
    names: Names,
    sorted: tables::Sorted,
    place_files: BTreeMap<places::PlaceKey, usize>,
    /// Beside `sorted.articles`.
    resolutions: Vec<Arc<records::Resolution>>,
    records: records::Records,
    stubs: Stubs,
}

impl Ground {
    /// Says, too, whether the tables are those of the last build, but for what articles say.
    fn new(
        documents: Vec<Arc<Document>>,
        site: &Site,
        drafts: Drafts,
        kept: &Kept,
        memo: &Memo,
        found: &mut Vec<Diagnostic>,
    ) -> (Ground, bool) {
        let (names, sorted, place_files) = tables_of(documents, site, drafts, memo.ground(), found);
        let known = memo.known(&names);
        let resolutions = records::articles(&names, &sorted.articles, known.as_ref(), memo.lasts(), found);
        let has_same_tables = known.is_some_and(|known| known.has_same_tables());
        let records = records::records(&names, &sorted, found);
        let citations = resolutions.iter().flat_map(|resolution| &resolution.resolved.mentions.citations);
        let stubs = Stubs::gather(&names, citations, sorted.documents(), kept);
        (Ground { names, sorted, place_files, resolutions, records, stubs }, has_same_tables)
    }

    fn build(&self, kept: &Kept, alphabets: &mut Alphabets, found: &mut Vec<Diagnostic>) -> Archive {
        Builder::new(self, kept, alphabets).build(found)
    }
}

/// The look-up tables, the documents by kind, and the file of each place that has one. `last`
/// are those of the last build.
fn tables_of(
    documents: Vec<Arc<Document>>,
    site: &Site,
    drafts: Drafts,
    last: Option<&Ground>,
    found: &mut Vec<Diagnostic>,
) -> (Names, tables::Sorted, BTreeMap<places::PlaceKey, usize>) {
    let sorted = tables::sort(documents, drafts, last.map(|last| &last.sorted), found);
    let mut names = Names::new(Places::new());
    for (kind, document) in &sorted.broken {
        names.add_broken(*kind, document);
    }
    if drafts == Drafts::Skip {
        *names.drafts.value_mut() = sorted.drafts.iter().cloned().collect();
    }
    tables::add_site_place(&mut names, site, found);
    let place_files = tables::add_places(&mut names, &sorted.localities, found);
    tables::add_units(&mut names, &sorted.units, found);
    tables::add_directives(&mut names, &sorted.directives, found);
    tables::add_publishers(&mut names, &sorted.publishers, found);
    tables::add_articles(&mut names, &sorted, last.map(|last| &last.names));
    (names, sorted, place_files)
}

impl Archive {
    /// The article.
    pub fn article(&self, id: ArticleId) -> &Article {
        &self.articles[id.index()]
    }

    /// The event.
    pub fn event(&self, id: EventId) -> &Event {
        &self.events[id.index()]
    }

    /// The directive.
    pub fn directive(&self, id: DirectiveId) -> &Directive {
        &self.directives[id.index()]
    }

    /// Who names the directive.
    pub fn directive_lists(&self, id: DirectiveId) -> &DirectiveLists {
        &self.directive_lists[id.index()]
    }

    /// Who mentions the directive.
    pub fn directive_mentions(&self, id: DirectiveId) -> &[(ArticleId, u32)] {
        &self.directive_mentions[id.index()]
    }

    /// How many directives have a file: they come before all others.
    pub fn recorded_directives(&self) -> usize {
        self.directives.partition_point(|directive| directive.document.is_some())
    }

    /// The unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.index()]
    }

    /// Who names the unit.
    pub fn unit_lists(&self, id: UnitId) -> &UnitLists {
        &self.unit_lists[id.index()]
    }

    /// Who mentions the unit.
    pub fn unit_mentions(&self, id: UnitId) -> &[(ArticleId, u32)] {
        &self.unit_mentions[id.index()]
    }

    /// The place.
    pub fn locality(&self, id: LocalityId) -> &Locality {
        &self.localities[id.index()]
    }

    /// Who names the place.
    pub fn locality_lists(&self, id: LocalityId) -> &LocalityLists {
        &self.locality_lists[id.index()]
    }

    /// Who mentions the place.
    pub fn locality_mentions(&self, id: LocalityId) -> &[(ArticleId, u32)] {
        &self.locality_mentions[id.index()]
    }

    /// The publisher.
    pub fn publisher(&self, id: PublisherId) -> &Publisher {
        &self.publishers[id.index()]
    }

    /// Articles that the publisher printed, oldest first.
    pub fn publisher_articles(&self, id: PublisherId) -> &[ArticleId] {
        &self.publisher_articles[id.index()]
    }

    /// The account of an event that one article gives.
    pub fn report(&self, (article, index): (ArticleId, u32)) -> &crate::document::Event {
        &self.article(article).front().events[index as usize]
    }

    /// The commendations of an event as recorded.
    pub fn commended(&self, event: &Event) -> &[Commendation] {
        event.reports.first().map_or(&[], |&report| &self.report(report).commended)
    }

    /// Corrections of all articles, newest first; undated ones last.
    pub fn corrections(&self) -> Vec<(ArticleId, &Correction)> {
        let mut corrections: Vec<_> = (0..self.articles.len() as u32)
            .map(ArticleId)
            .flat_map(|id| {
                self.article(id).front().corrections.iter().map(move |correction| (id, correction))
            })
            .collect();
        corrections.sort_by_key(|(_, correction)| {
            std::cmp::Reverse(correction.date.as_ref().map(Date::order).unwrap_or_default())
        });
        corrections
    }
}

fn article_front(document: &Document) -> Option<&document::Article> {
    match &document.front {
        Front::Article(front) => Some(front),
        _ => None,
    }
}

fn cycle(path: &SourcePath, span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::Cycle, path, span).with("name", name).help("cycle.help", &[])
}
