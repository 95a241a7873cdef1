//! `luutru watch`: what happens in words, until somebody ends it.

use std::io::Write;
use std::path::Path;
use std::process;
use std::time::Duration;

use super::{fail, no_content, say, show_stages};
use crate::diagnostic::{Counts, Language};
use crate::render::Why;
use crate::watch::{self, Built, Error, News, Options, Polling};

/// Paths shown of those that nobody told had changed.
const SHOWN: usize = 5;

/// Most pages that are listed one by one.
const LISTED: usize = 100;

/// How `watch` tells of itself.
pub(super) struct Telling {
    /// The language of what is said before the site's own is known.
    pub(super) language: Language,
    /// Say how long each stage took, and why each page was rendered.
    pub(super) verbose: bool,
    /// Show the preview in a browser.
    pub(super) open: bool,
}

/// Watches until it is ended, which is no error: whatever was being written is completed by the
/// next run.
pub(super) fn run(options: &Options, telling: &Telling) -> u8 {
    // Nothing is worth waiting for: each page is old or new, and the journal tells which.
    if let Err(error) = ctrlc::set_handler(|| process::exit(0)) {
        return fail(telling.language, "cli.failed", &[("reason", &error.to_string())]);
    }
    let root = options.input.root.as_path();
    // `content` may go and come, but nobody waits for a site that is not there at all.
    if !root.is_dir() {
        return no_content(telling.language, root);
    }
    match watch::run(options, |language, news| tell(root, telling, language, news)) {
        Ok(()) => 0,
        Err(Error::Fault(fault)) => {
            fail(telling.language, "cli.failed", &[("reason", &fault.words(telling.language))])
        }
        Err(Error::Serve(error)) => {
            fail(telling.language, "watch.no-server", &[("reason", &error.to_string())])
        }
    }
}

fn tell(root: &Path, telling: &Telling, language: Language, news: News) {
    match news {
        News::Serving(url) => {
            say(language, "watch.serving", &[("url", url)]);
            if telling.open
                && let Err(error) = open::that_detached(url)
            {
                say(language, "watch.not-opened", &[("reason", &error.to_string())]);
            }
        }
        News::Built(built, took, warnings) => {
            if let Some(warnings) = warnings {
                print(warnings);
            }
            built_line(language, built, took);
            if telling.verbose {
                reasons(language, built);
                show_stages(&built.stages);
            }
        }
        News::Mistakes(report, Counts { errors, .. }) => {
            print(report);
            say(language, "watch.mistakes", &[("errors", &errors.to_string())]);
        }
        News::Failed(fault) => {
            fail(language, "cli.failed", &[("reason", &fault.words(language))]);
        }
        News::NoContent => {
            no_content(language, root);
        }
        News::Polling(polling) => {
            let key = match polling {
                Polling::Asked => "watch.poll",
                Polling::Limit => "watch.poll-limit",
                Polling::Unsupported => "watch.poll-unsupported",
            };
            say(language, key, &[]);
        }
        News::Found(touched) => {
            let all: Vec<String> = touched.paths().map(|path| path.display().to_string()).collect();
            let mut paths = all[..all.len().min(SHOWN)].join(", ");
            if all.len() > SHOWN {
                paths += &format!(", … (+{})", all.len() - SHOWN);
            }
            say(language, "watch.found", &[("paths", &paths)]);
        }
    }
}

fn built_line(language: Language, built: &Built, took: Duration) {
    let values = [built.pages, built.written, built.removed].map(|count| count.to_string());
    let [pages, written, removed] = &values;
    let took = format!("{:.0}", took.as_secs_f64() * 1000.0);
    let args: [(&'static str, &str); 4] =
        [("pages", pages), ("written", written), ("removed", removed), ("took", &took)];
    say(language, "watch.built", &args);
}

/// Why each page was rendered; of many, how many for each reason.
fn reasons(language: Language, built: &Built) {
    let words = |why: Why| {
        let key = match why {
            Why::New => "watch.new",
            Why::View => "watch.view",
            Why::Template => "watch.template",
            Why::Theme => "watch.theme",
        };
        language.words::<&str>(key, &[])
    };
    if built.rendered.len() <= LISTED {
        for (url, why) in &built.rendered {
            say(language, "watch.rendered", &[("url", url), ("why", &words(*why))]);
        }
        return;
    }
    for why in [Why::New, Why::View, Why::Template, Why::Theme] {
        let count = built.rendered.iter().filter(|(_, own)| *own == why).count();
        if count > 0 {
            say(language, "watch.rendered-many", &[("count", &count.to_string()), ("why", &words(why))]);
        }
    }
}

/// Printing fails where nobody reads; the preview is none the worse for it.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
