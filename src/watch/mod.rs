//! Watch: an editor saves, and the page that she looks at shows it.
//!
//! The same build as ever, with drafts, into `.luutru/preview/`; what it remembers from the last
//! time makes it fast and nothing else (promise 4). The loop knows no kinds of events and no
//! lists of what depends on what: it waits, builds, and says what came of it.
//!
//! Reading order: `run`, `preview` (one build), `events` (what the system tells).
//! Not here: words and printing (`cli`), what a browser is told (`serve`).

mod events;
mod preview;

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::build::Input;
use crate::diagnostic::{Counts, Format, Language, Report};
use crate::publish::Fault;
use crate::serve::{Server, Trouble};
use crate::source::Touched;
use events::{Events, Heard};

pub use events::Polling;
pub use preview::{Built, Mistakes, Outcome, Preview};

/// Where the preview is, within the site's folder.
pub const PREVIEW: &str = ".luutru/preview";

/// How long mistakes are held back: an editor that writes a file in pieces, or a rename and
/// what it belongs to, mends them before anybody sees.
const HELD_BACK: Duration = Duration::from_millis(60);

/// How long mistakes are held back while a media file is being copied.
const HELD_BACK_FOR_MEDIA: Duration = Duration::from_secs(2);

/// After what the machine failed in is tried again: a disk that was full, say.
const TRY_AGAIN: Duration = Duration::from_secs(3);

/// What to watch, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site; drafts as wanted.
    pub input: Input,
    /// The port to serve the preview at, or the next free one; none to rebuild only.
    pub port: Option<u16>,
    /// Look for changes at intervals instead of having the system tell.
    pub poll: bool,
    /// The language of all that is said, before the site's own.
    pub language: Option<Language>,
}

/// What happens, for whoever tells the user.
pub enum News<'n> {
    /// The preview is to be seen at this address.
    Serving(&'n str),
    /// The output is new. With it, the warnings as text, if they are others than before.
    Built(&'n Built, Duration, Option<&'n str>),
    /// Mistakes in the content: the report as text, with how many there are of each.
    Mistakes(&'n str, Counts),
    /// The machine failed in something.
    Failed(&'n Fault),
    /// The site's folder has no `content`.
    NoContent,
    /// Changes are looked for at intervals.
    Polling(Polling),
    /// Nobody told, but a look found that something had changed here; it is built.
    Found(&'n Touched),
}

/// Why nothing can be watched.
#[derive(Debug)]
pub enum Error {
    /// The preview's folder cannot be written.
    Fault(Fault),
    /// The preview cannot be served.
    Serve(io::Error),
}

/// Watches a site for ever; returns only if it cannot begin. `tell` hears what happens, with the
/// language to say it in.
pub fn run(options: &Options, mut tell: impl FnMut(Language, News)) -> Result<(), Error> {
    // By its place: `.` goes along when the folder is moved, and events and pages do not.
    let root = &std::path::absolute(&options.input.root).unwrap_or_else(|_| options.input.root.clone());
    let input = Input { root: root.clone(), ..options.input.clone() };
    let out = root.join(PREVIEW);
    let mut language = options.language.unwrap_or_default();
    let mut events = Events::listen(root, options.poll);
    let server = match options.port {
        Some(port) => Some(Server::start(&out, port, language).map_err(Error::Serve)?),
        None => None,
    };
    if let Some(server) = &server {
        tell(language, News::Serving(&server.url()));
    }
    let mut preview = Preview::new(input, out);
    let mut waiting: Option<Waiting> = None;
    let mut found: Option<Touched> = None;
    let mut said = Said::default();
    let mut is_first = true;
    loop {
        if let Some(polling) = events.take_polling() {
            tell(language, News::Polling(polling));
        }
        let start = Instant::now();
        let published = || {
            if let Some(server) = &server {
                server.built();
            }
        };
        match preview.build(published) {
            Outcome::Same => {}
            Outcome::Built(built) => {
                waiting = None;
                language = options.language.unwrap_or(built.found.language);
                if let Some(found) = found.take().filter(|_| !events.is_polling()) {
                    tell(language, News::Found(&found));
                }
                let warnings = report(root, language, &built.found).0;
                let is_news = !warnings.is_empty() && warnings != said.warnings;
                tell(language, News::Built(&built, start.elapsed(), is_news.then_some(&*warnings)));
                said = Said { warnings, fault: String::new() };
            }
            Outcome::Mistakes(mistakes) => {
                language = options.language.unwrap_or(mistakes.language);
                waiting = Some(Waiting::until(HELD_BACK, What::Mistakes(mistakes)));
            }
            // For as long as it is missing that is said once, whatever else is looked at.
            Outcome::NoContent if matches!(&waiting, Some(Waiting { what: What::NoContent, .. })) => {}
            Outcome::NoContent => waiting = Some(Waiting::until(HELD_BACK, What::NoContent)),
            // Named as the site's folder was, which need not be how events name it.
            Outcome::Growing(path) => events.wait_for(path.strip_prefix(root).unwrap_or(&path)),
            Outcome::Failed(fault) if is_first => return Err(Error::Fault(fault)),
            // Somebody removed the preview: it is made again.
            Outcome::Failed(Fault::Gone { .. }) => continue,
            Outcome::Failed(fault) => waiting = Some(Waiting::until(HELD_BACK, What::Fault(fault))),
        }
        is_first = false;
        found = None;
        let touched = loop {
            let patience = waiting.as_ref().and_then(|waiting| waiting.patience(events.is_growing()));
            match events.next(patience) {
                Heard::Touched(touched) => break touched,
                Heard::Found(touched) => {
                    found = Some(touched.clone());
                    break touched;
                }
                Heard::Quiet => match &mut waiting {
                    Some(waiting) if !waiting.is_told => {
                        waiting.is_told = true;
                        waiting.tell(root, language, server.as_ref(), &mut said, &mut tell);
                    }
                    // What failed is tried again.
                    _ => break Touched::default(),
                },
            }
        };
        preview.forget(&touched);
    }
}

/// What was said last and need not be said again.
#[derive(Default)]
struct Said {
    warnings: String,
    fault: String,
}

/// What is to be told if nothing happens for a while.
struct Waiting {
    since: Instant,
    delay: Duration,
    what: What,
    is_told: bool,
}

enum What {
    Mistakes(Mistakes),
    NoContent,
    Fault(Fault),
}

impl Waiting {
    fn until(delay: Duration, what: What) -> Waiting {
        Waiting { since: Instant::now(), delay, what, is_told: false }
    }

    /// How long to wait for something else to happen; for ever if there is nothing to do then.
    fn patience(&self, growing: bool) -> Option<Duration> {
        match (self.is_told, &self.what) {
            (true, What::Fault(_)) => Some(TRY_AGAIN),
            (true, _) => None,
            (false, What::Mistakes(_)) if growing => Some(HELD_BACK_FOR_MEDIA),
            (false, _) => Some(self.delay.saturating_sub(self.since.elapsed())),
        }
    }

    fn tell(
        &self,
        root: &Path,
        language: Language,
        server: Option<&Server>,
        said: &mut Said,
        tell: &mut impl FnMut(Language, News),
    ) {
        if !matches!(self.what, What::Fault(_)) {
            // A fault that comes again is news: the page shows something else by then.
            said.fault.clear();
        }
        let (title, text) = match &self.what {
            What::Mistakes(mistakes) => {
                let (text, counts) = report(root, language, mistakes);
                tell(language, News::Mistakes(&text, counts));
                let count = counts.errors.to_string();
                (language.words("watch.mistakes", &[("errors", &count)]), text)
            }
            What::NoContent => {
                tell(language, News::NoContent);
                (language.words::<&str>("watch.no-content", &[]), String::new())
            }
            What::Fault(fault) => {
                let words = fault.words(language);
                if said.fault == words {
                    return;
                }
                tell(language, News::Failed(fault));
                said.fault.clone_from(&words);
                (language.words::<&str>("watch.failed", &[]), words)
            }
        };
        if let Some(server) = server {
            server.trouble(&Trouble { language, title, text });
        }
    }
}

/// What is wrong, as the terminal shows it.
fn report(root: &Path, language: Language, mistakes: &Mistakes) -> (String, Counts) {
    let Mistakes { found, sources, .. } = mistakes;
    let report = Report::new(found, language, false, |path| sources.text_to_show(root, path));
    (report.print(Format::Text), report.counts())
}
