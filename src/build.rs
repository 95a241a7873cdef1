//! The driver: from a folder to a plan, and from a plan to a published site.
//!
//! A table of contents of the stages; whatever decides anything is in the stage itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::archive::{self, Archive, Drafts, Kept};
use crate::asset;
use crate::config::{self, Site};
use crate::diagnostic::{Checked, Code, Diagnostic, Level, SourcePath, Span};
use crate::digest::{Digest, Hasher};
use crate::document::{self, Document};
use crate::gazetteer::Gazetteer;
use crate::page::{self, LEDGER, Layout, Picture, Plan};
use crate::proof::{self, Proof};
use crate::publish::{self, Asset, Report};
use crate::render;
use crate::source::{self, Sources, Touched};
use crate::theme::{self, Theme};

/// What a build is to do.
#[derive(Clone, Debug)]
pub struct Input {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// Goes before the site's own.
    pub base_url: Option<Box<str>>,
    /// Whether drafts are in it.
    pub drafts: Drafts,
}

/// How long each stage took, in order.
pub type Stages = Vec<(&'static str, Duration)>;

/// Everything that was made of `content/` before a page is written.
pub struct Prepared {
    /// Settings.
    pub site: Site,
    /// The resolved archive.
    pub archive: Arc<Archive>,
    /// The media files listed.
    pub sources: Arc<Sources>,
    /// The media files to publish.
    pub assets: Vec<Asset>,
    /// The pictures among them whose size is known, by address.
    pub pictures: Vec<Picture>,
    /// The theme, which does not know the site yet.
    pub theme: Arc<Theme>,
    /// The ledger.
    pub ledger: Arc<Ledger>,
    /// How long it took.
    pub stages: Stages,
}

/// Reads and resolves a site. All mistakes of the content but those of `plan` are in the
/// diagnostics.
pub fn prepare(input: &Input) -> Result<Checked<Prepared>, source::Error> {
    first(input, None)
}

/// The same, with what `check --suggest` tells beside the mistakes; the texts of articles are
/// read a second time for it.
pub fn prepare_and_suggest(input: &Input) -> Result<(Checked<Prepared>, Vec<Diagnostic>), source::Error> {
    let mut suggestions = Vec::new();
    let prepared = first(input, Some(&mut suggestions))?;
    Ok((prepared, suggestions))
}

/// A build that remembers nothing is never the same as the last one.
fn first(
    input: &Input,
    suggestions: Option<&mut Vec<Diagnostic>>,
) -> Result<Checked<Prepared>, source::Error> {
    let prepared = prepare_with(input, &mut Memo::default(), IfSame::GoOn, suggestions)?;
    Ok(prepared.expect("only who wants to stop is stopped"))
}

/// What a build remembers for the next one of the same folder. Nothing in it changes what is
/// built, only how long that takes.
#[derive(Default)]
pub struct Memo {
    /// Whether it is for more than one build.
    lasts: bool,
    sources: Option<Arc<Sources>>,
    documents: document::Memo,
    archive: archive::Memo,
    assets: asset::Memo,
    theme: theme::Memo,
    ledger: Option<Arc<Ledger>>,
    layout: Option<Layout>,
    /// How many plans were made.
    plans: u64,
    /// Stands for all that the last build began with.
    input: Option<Digest>,
}

/// Whether a build goes on where everything is what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfSame {
    /// It stops: the outcome of the last one stands.
    Stop,
    /// It goes on: the last one came to no end.
    GoOn,
}

/// `content/addresses.txt`, and what it asks for.
#[derive(Default)]
pub struct Ledger {
    /// As it stands in the file.
    pub text: String,
    kept: Kept,
    diagnostics: Vec<Diagnostic>,
}

impl Memo {
    /// One for more than one build.
    pub fn lasting() -> Memo {
        let (documents, archive) = (document::Memo::lasting(), archive::Memo::lasting());
        Memo { lasts: true, documents, archive, ..Memo::default() }
    }

    /// Has what was touched read again by the next build. The rest is taken to be what it was,
    /// but for the settings, which every build reads.
    pub fn forget(&mut self, root: &Path, touched: &Touched) {
        let look_again = |sources: &mut Arc<Sources>| Arc::make_mut(sources).look_again(root, touched);
        if self.sources.as_mut().is_some_and(|sources| look_again(sources).is_err()) {
            self.sources = None;
        }
        self.documents.forget(touched);
        self.assets.forget(touched);
        self.theme.forget(touched);
        self.ledger.take_if(|_| touched.concerns(Path::new(LEDGER)));
    }

    /// Remembers the layout of a plan without mistakes, which was made of `prepared`.
    pub fn keep(&mut self, plan: Plan, prepared: &Prepared) {
        self.layout = Some(plan.into_layout(prepared.sources.media.clone(), prepared.ledger.text.clone()));
    }

    /// Gives back what is not needed any more. For when nobody waits.
    pub fn tidy(&mut self) {
        self.archive.tidy();
    }

    /// Whether all that a build begins with is what it was the last time. What is found by then
    /// is wrong with the listing, the settings, the documents or the ledger.
    fn is_same(
        &mut self,
        site: &Site,
        ledger: &Ledger,
        media: &Checked<asset::Found>,
        theme: &Checked<Arc<Theme>>,
        found: &[Diagnostic],
    ) -> bool {
        let mut hasher = Hasher::default();
        hasher.update(&self.documents.version().to_le_bytes());
        hasher.update(ledger.text.as_bytes());
        let theme = (theme.value.templates, theme.value.surroundings, &theme.diagnostics);
        // A digest stands for the size of a picture, too.
        let media = (&media.value.assets, &media.diagnostics);
        hasher.update(format!("{site:?}{media:?}{theme:?}{found:?}").as_bytes());
        let input = Some(hasher.digest());
        std::mem::replace(&mut self.input, input) == input
    }
}

/// The same as `prepare`, from what `memo` remembers of the last time. `None` if everything is
/// what it was and that is a reason to stop.
pub fn prepare_again(
    input: &Input,
    memo: &mut Memo,
    if_same: IfSame,
) -> Result<Option<Checked<Prepared>>, source::Error> {
    prepare_with(input, memo, if_same, None)
}

fn prepare_with(
    input: &Input,
    memo: &mut Memo,
    if_same: IfSame,
    suggestions: Option<&mut Vec<Diagnostic>>,
) -> Result<Option<Checked<Prepared>>, source::Error> {
    let mut found = Vec::new();
    let mut clock = Clock::start();
    // The gazetteer takes 20 ms to unfold; nothing waits for it until names are resolved.
    rayon::spawn(|| {
        Gazetteer::get();
    });
    let sources = match &memo.sources {
        Some(sources) => sources.clone(),
        None => memo.sources.insert(Arc::new(source::scan(&input.root)?)).clone(),
    };
    found.extend(sources.found.iter().map(|(_, diagnostic)| diagnostic.clone()));
    clock.stage("scan");
    let site = load_site(input, &mut found);
    let documents = parse_all(input, &sources, &site, &mut memo.documents).drain_into(&mut found);
    clock.stage("parse");
    if !memo.lasts {
        // Nobody will ask for them: 12 MB at 100,000 articles.
        memo.documents = document::Memo::default();
    }
    let ledger = memo.ledger.get_or_insert_with(|| Arc::new(load_ledger(&input.root))).clone();
    found.extend(ledger.diagnostics.iter().cloned());
    let media = memo.assets.check(&input.root, &sources.media);
    let theme = memo.theme.load(&input.root, &site);
    clock.stage("media, theme");
    if memo.lasts && memo.is_same(&site, &ledger, &media, &theme, &found) && if_same == IfSame::Stop {
        return Ok(None);
    }
    let kept = &ledger.kept;
    let archive = match suggestions {
        None => archive::resolve(documents, &site, input.drafts, kept, &mut memo.archive),
        Some(all) => {
            let text = |path: &str| sources.text_to_show(&input.root, path);
            let (archive, more) = archive::resolve_and_suggest(documents, &site, input.drafts, kept, &text);
            all.extend(more);
            archive
        }
    }
    .drain_into(&mut found);
    clock.stage("resolve");
    let (media, theme) = (media.drain_into(&mut found), theme.drain_into(&mut found));
    let asset::Found { assets, pictures } = media;
    let stages = clock.stages;
    let prepared = Prepared { site, archive, sources, assets, pictures, theme, ledger, stages };
    Ok(Some(Checked { value: prepared, diagnostics: found }))
}

/// Plans all pages of a prepared site.
pub fn plan(prepared: &Prepared) -> Checked<Plan<'_>> {
    let Prepared { archive, site, sources, pictures, ledger, .. } = prepared;
    page::plan(archive, site, &sources.media, pictures, &ledger.text)
}

/// The same, from the layout that `memo` remembers.
pub fn plan_again<'p>(prepared: &'p Prepared, memo: &mut Memo) -> Checked<Plan<'p>> {
    let Prepared { archive, site, sources, pictures, ledger, .. } = prepared;
    memo.plans += 1;
    let last = memo.layout.take();
    page::plan_again(archive, site, &sources.media, pictures, &ledger.text, last, memo.plans)
}

/// Renders and publishes a plan without errors. `progress` is told of pages done and of all.
pub fn publish(
    input: &Input,
    out: &Path,
    plan: &Plan,
    theme: &Theme,
    assets: &[Asset],
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Report, publish::Error<Box<Diagnostic>>> {
    let pages = &plan.pages;
    let paths: Vec<String> = pages
        .iter()
        .map(|page| page.url.clone())
        .chain(theme.files.iter().map(|file| file.url.clone()))
        .collect();
    let done = AtomicUsize::new(0);
    publish::publish(out, &input.root.join("content"), &paths, assets, |index| {
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, paths.len());
        match pages.get(index) {
            Some(page) => render::page(theme, &plan.viewer(), page),
            None => Ok(theme.files[index - pages.len()].bytes.clone()),
        }
    })
}

/// What readers would stumble over on the pages of a plan without errors, which are rendered in
/// memory for it. `progress` is told of pages read and of all.
pub fn proofread(
    input: &Input,
    prepared: &Prepared,
    plan: &Plan,
    theme: &Theme,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Diagnostic> {
    let media: Vec<&str> = prepared.assets.iter().map(|asset| &*asset.to).collect();
    let text = |path: &str| text_to_show(input, &prepared.sources, path);
    proof::read(&Proof { plan, theme, site: &prepared.site, media: &media, text: &text, progress })
}

/// The text of a file that a diagnostic names, built-in ones of the theme included; `None` if
/// there is none to show a place in.
pub fn text_to_show(input: &Input, sources: &Sources, path: &str) -> Option<String> {
    sources.text_to_show(&input.root, path).or_else(|| theme::built_in(path).map(str::to_owned))
}

/// Adds every address of the plan to the ledger; gives how many are new. Comments move to
/// the top.
pub fn record(input: &Input, ledger: &str, plan: &Plan, assets: &[Asset]) -> std::io::Result<usize> {
    let old: std::collections::BTreeSet<&str> =
        ledger.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let urls = plan.pages.iter().map(|page| &*page.url).chain(assets.iter().map(|asset| &*asset.to));
    let mut all = old.clone();
    all.extend(urls.filter(|url| page::is_recorded(url)));
    if all.len() == old.len() {
        return Ok(0);
    }
    let comments = ledger.lines().filter(|line| line.starts_with('#'));
    let text: String = comments.chain(all.iter().copied()).flat_map(|line| [line, "\n"]).collect();
    let path = input.root.join(LEDGER);
    let draft = path.with_extension("txt.tmp");
    std::fs::File::create(&draft)
        .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))?;
    std::fs::rename(&draft, &path)?;
    Ok(all.len() - old.len())
}

/// The warning about a file of the output that somebody edited, and that was kept.
pub fn edited_by_hand(out: &Path, file: &str) -> Diagnostic {
    let path: SourcePath = out.join(file).to_string_lossy().into_owned().into();
    Diagnostic::new(Code::EditedByHand, &path, Span::default()).help("edited-by-hand.help", &[])
}

/// Whether any of the diagnostics keeps the site from being published.
pub fn stops(found: &[Diagnostic], strict: bool) -> bool {
    found.iter().any(|diagnostic| match diagnostic.level() {
        Level::Error => true,
        Level::Warning => strict,
        Level::Suggestion => false,
    })
}

fn load_site(input: &Input, found: &mut Vec<Diagnostic>) -> Site {
    let path: SourcePath = config::PATH.into();
    let mut site = if !input.root.join(config::PATH).is_file() {
        found.push(
            Diagnostic::new(Code::MissingConfig, &path, Span::default()).help("missing-config.help", &[]),
        );
        Site::default()
    } else {
        match source::read_text(&input.root, &path, Path::new(config::PATH)) {
            Ok(text) => config::parse(&text).drain_into(found),
            Err(diagnostic) => {
                found.push(*diagnostic);
                Site::default()
            }
        }
    };
    if let Some(base_url) = &input.base_url {
        site.base_url = Some(base_url.clone());
    }
    site
}

/// Parses each file that is not remembered. What is wrong with a draft does not keep the rest
/// from being published.
fn parse_all(
    input: &Input,
    sources: &Sources,
    site: &Site,
    memo: &mut document::Memo,
) -> Checked<Vec<Arc<Document>>> {
    let mut all = Checked { value: Vec::with_capacity(sources.entries.len()), diagnostics: Vec::new() };
    for parsed in memo.parse_all(&input.root, &sources.entries, site.mentions) {
        if input.drafts == Drafts::Include || !parsed.document.is_draft() {
            all.diagnostics.extend(parsed.diagnostics.iter().cloned());
        }
        all.value.push(parsed.document.clone());
    }
    all
}

/// The records of a site without its articles, and its settings, with nothing said of what is
/// wrong with them: for one who looks at a single text.
pub fn records(root: &Path) -> (Vec<Arc<Document>>, Site) {
    let input = Input { root: root.to_owned(), base_url: None, drafts: Drafts::Include };
    let mut unsaid = Vec::new();
    let site = load_site(&input, &mut unsaid);
    let Ok(mut sources) = source::scan(root) else { return (Vec::new(), site) };
    sources.entries.retain(|entry| entry.kind != source::Kind::Article);
    (parse_all(&input, &sources, &site, &mut document::Memo::default()).value, site)
}

fn load_ledger(root: &Path) -> Ledger {
    let path: SourcePath = LEDGER.into();
    // A named pipe or a device is never opened; that it has no place here is said of the listing.
    if !std::fs::metadata(root.join(LEDGER)).is_ok_and(|found| found.is_file() || found.is_dir()) {
        return Ledger::default();
    }
    let broken = |diagnostic| Ledger { diagnostics: vec![diagnostic], ..Ledger::default() };
    // The ledger of a large archive is larger than any article.
    match std::fs::read(root.join(LEDGER)) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
                Ledger { kept: page::kept(&text), text, diagnostics: Vec::new() }
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let diagnostic = Diagnostic::new(Code::InvalidUtf8, &path, Span::new(at, at));
                broken(diagnostic.help("invalid-utf8.help", &[]))
            }
        },
        Err(error) => broken(
            Diagnostic::new(Code::UnreadableFile, &path, Span::default()).with("reason", error.to_string()),
        ),
    }
}

/// Times the stages of a build; nothing that is built depends on it.
pub struct Clock {
    last: Instant,
    /// What was timed so far.
    pub stages: Stages,
}

impl Clock {
    /// Starts now.
    pub fn start() -> Clock {
        Clock { last: Instant::now(), stages: Vec::new() }
    }

    /// Ends a stage and begins the next.
    pub fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }
}
