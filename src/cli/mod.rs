//! The command line: arguments in, exit code out. The only place that prints, and that
//! may ask what day it is.
//!
//! Exit codes: 0 clean; 1 the content has errors; 2 it could not run.

mod create;
mod mentions;
mod watch;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::{Parser, Subcommand, ValueEnum};

use crate::archive::Drafts;
use crate::build::{self, Clock, Input, Stages};
use crate::config;
use crate::diagnostic::{Counts, Diagnostic, Format, Language, Report};
use crate::page::LEDGER;
use crate::publish;
use crate::source::{self, Sources};

/// How often progress is shown, and how long nothing is shown at first.
const PROGRESS: Duration = Duration::from_millis(250);

/// Where `watch` serves the preview, if nobody says.
const PORT: u16 = 4000;

/// Công cụ làm kho lưu trữ báo chí tiếng Việt thành trang tĩnh.
#[derive(Parser)]
#[command(name = "luutru", version, about = "Static site generator for press archives in Vietnamese", long_about = None)]
struct Arguments {
    /// Language of messages (default: the site's)
    #[arg(long, global = true, value_name = "vi|en")]
    lang: Option<Lang>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
enum Lang {
    Vi,
    En,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatArgument {
    Text,
    Json,
    Github,
}

#[derive(Subcommand)]
enum Command {
    /// Publish the archive in DIR/content to a folder
    Build {
        /// The folder that holds content/
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Where to publish (default: DIR/public)
        #[arg(long)]
        out: Option<PathBuf>,
        /// Absolute address of the site: for feeds, sitemap and canonical links
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// Publish drafts too
        #[arg(long)]
        drafts: bool,
        /// Warnings are errors
        #[arg(long)]
        strict: bool,
        /// Add every address to content/addresses.txt, to be kept for ever
        #[arg(long, conflicts_with = "drafts")]
        record: bool,
        /// Show how long each stage takes
        #[arg(short, long)]
        verbose: bool,
    },
    /// Show the archive as it will be while you edit it, drafts included
    Watch {
        /// The folder that holds content/
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Where to serve the preview, or at the next free port
        #[arg(long, value_name = "PORT", default_value_t = PORT)]
        port: u16,
        /// Show the preview in the browser
        #[arg(long, conflicts_with = "no_serve")]
        open: bool,
        /// Rebuild without serving
        #[arg(long)]
        no_serve: bool,
        /// Look for changes at intervals, where the system does not tell of them: network drives
        #[arg(long)]
        poll: bool,
        /// Show why each page was rendered, and how long each stage took
        #[arg(short, long)]
        verbose: bool,
    },
    /// Report every mistake without publishing
    Check {
        /// The folder that holds content/
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Form of the report
        #[arg(long, value_enum, default_value = "text")]
        format: FormatArgument,
        /// Warnings are errors
        #[arg(long)]
        strict: bool,
        /// Tell also what may be made of the texts: no mistakes, and never an exit code
        #[arg(long)]
        suggest: bool,
    },
    /// Create the file of a record
    New {
        /// What to create
        #[arg(value_enum, required_unless_present = "missing")]
        kind: Option<NewKind>,
        /// Its title, name or number
        #[arg(required_unless_present = "missing")]
        title: Option<String>,
        /// The folder that holds content/
        #[arg(long, default_value = ".")]
        dir: PathBuf,
        /// Create every directive, unit and publisher that is named and has no record
        #[arg(long, conflicts_with_all = ["kind", "title"])]
        missing: bool,
    },
    /// Show what the linker sees in a text
    Mentions {
        /// Markdown or plain text
        file: PathBuf,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Begin a site in an empty folder
    Init {
        /// The folder; it is created if need be
        dir: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum NewKind {
    Article,
    Directive,
    Unit,
    Publisher,
}

/// Runs the command of this process.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let language = arguments.lang.map(|lang| match lang {
        Lang::Vi => Language::Vi,
        Lang::En => Language::En,
    });
    let code = match arguments.command {
        Command::Build { dir, out, base_url, drafts, strict, record, verbose } => {
            let out = out.unwrap_or_else(|| dir.join("public"));
            let drafts = if drafts { Drafts::Include } else { Drafts::Skip };
            run_build(BuildCommand { dir, out, base_url, drafts, strict, record, verbose, language })
        }
        Command::Watch { dir, port, open, no_serve, poll, verbose } => {
            let input = Input { root: dir, base_url: None, drafts: Drafts::Include };
            let port = (!no_serve).then_some(port);
            let telling = watch::Telling { language: language.unwrap_or_default(), verbose, open };
            watch::run(&crate::watch::Options { input, port, poll, language }, &telling)
        }
        Command::Check { dir, format, strict, suggest } => {
            let format = match format {
                FormatArgument::Text => Format::Text,
                FormatArgument::Json => Format::Json,
                FormatArgument::Github => Format::Github,
            };
            run_check(CheckCommand { dir, format, strict, suggest, language })
        }
        Command::New { missing: true, dir, .. } => create::missing(&dir, language),
        Command::New { kind: Some(kind), title: Some(title), dir, .. } => {
            create::record(&dir, kind, &title, language)
        }
        Command::New { .. } => 2,
        Command::Mentions { file, json } => mentions::run(&file, json, language),
        Command::Init { dir } => create::site(&dir, language),
    };
    ExitCode::from(code)
}

struct BuildCommand {
    dir: PathBuf,
    out: PathBuf,
    base_url: Option<String>,
    drafts: Drafts,
    strict: bool,
    record: bool,
    verbose: bool,
    language: Option<Language>,
}

fn run_build(command: BuildCommand) -> u8 {
    let language = command.language.unwrap_or_default();
    let base_url = match &command.base_url {
        None => None,
        Some(url) => match config::normal_base_url(url) {
            Some(url) => Some(url),
            None => return fail(language, "cli.bad-base-url", &[("url", url)]),
        },
    };
    let input = Input { root: command.dir, base_url, drafts: command.drafts };
    let mut found = Vec::new();
    let mut prepared = match build::prepare(&input) {
        Ok(prepared) => prepared.drain_into(&mut found),
        Err(source::Error::NoContent(dir)) => return no_content(language, &dir),
    };
    let language = command.language.unwrap_or(prepared.site.language);
    let mut clock = Clock::start();
    let stages = std::mem::take(&mut prepared.stages);
    let plan = build::plan(&prepared).drain_into(&mut found);
    let theme = prepared.theme.with_site(&prepared.site, plan.menu());
    clock.stage("plan");
    if build::stops(&found, command.strict) {
        report(&input, &prepared.sources, &found, language, command.strict, Format::Text);
        say(language, "cli.nothing-written", &[]);
        return 1;
    }
    let progress = Progress::new();
    let published = build::publish(&input, &command.out, &plan, &theme, &prepared.assets, &|done, all| {
        progress.show(done, all);
    });
    progress.clear();
    clock.stage("render+publish");
    let published = match published {
        Ok(published) => published,
        Err(publish::Error::Render(diagnostic)) => {
            found.push(*diagnostic);
            report(&input, &prepared.sources, &found, language, command.strict, Format::Text);
            say(language, "cli.nothing-written", &[]);
            return 1;
        }
        Err(publish::Error::Fault(fault)) => {
            return fail(language, "cli.failed", &[("reason", &fault.words(language))]);
        }
    };
    // Nothing is wrong with the content, so `--strict` has no say in it.
    found.extend(published.kept.iter().map(|kept| build::edited_by_hand(&command.out, kept)));
    if !found.is_empty() {
        report(&input, &prepared.sources, &found, language, false, Format::Text);
    }
    let pages = (plan.pages.len()).to_string();
    say(
        language,
        "cli.built",
        &[
            ("pages", &pages),
            ("written", &published.written.to_string()),
            ("unchanged", &published.unchanged.to_string()),
            ("removed", &published.removed.to_string()),
            ("out", &command.out.display().to_string()),
        ],
    );
    if command.record {
        match build::record(&input, &prepared.ledger.text, &plan, &prepared.assets) {
            Ok(count) => say(language, "cli.recorded", &[("count", &count.to_string()), ("file", LEDGER)]),
            Err(error) => return fail(language, "cli.failed", &[("reason", &format!("{LEDGER}: {error}"))]),
        }
    }
    if command.verbose {
        show_stages(&stages);
        show_stages(&clock.stages);
    }
    std::mem::forget(plan);
    leave(0, (prepared, theme))
}

/// Ends without giving memory back piece by piece: at 100,000 articles that takes longer
/// than writing the manifest.
fn leave<T>(code: u8, rest: T) -> u8 {
    std::mem::forget(rest);
    code
}

struct CheckCommand {
    dir: PathBuf,
    format: Format,
    strict: bool,
    suggest: bool,
    language: Option<Language>,
}

fn run_check(command: CheckCommand) -> u8 {
    let CheckCommand { dir, format, strict, suggest, language } = command;
    let input = Input { root: dir, base_url: None, drafts: Drafts::Include };
    let mut found = Vec::new();
    let prepared = match suggest {
        true => build::prepare_and_suggest(&input),
        false => build::prepare(&input).map(|prepared| (prepared, Vec::new())),
    };
    let (prepared, suggestions) = match prepared {
        Ok((prepared, suggestions)) => (prepared.drain_into(&mut found), suggestions),
        Err(source::Error::NoContent(dir)) => return no_content(language.unwrap_or_default(), &dir),
    };
    let language = language.unwrap_or(prepared.site.language);
    // What is published may not lead to a draft: seen only where drafts are left out.
    let published = Input { drafts: Drafts::Skip, ..input.clone() };
    if let Ok(published) = build::prepare(&published) {
        found.extend(build::plan(&published.value).diagnostics);
        found.extend(published.diagnostics);
    }
    let plan = build::plan(&prepared).drain_into(&mut found);
    let theme = prepared.theme.with_site(&prepared.site, plan.menu());
    if !build::stops(&found, false) {
        let progress = Progress::new();
        let read = build::proofread(&input, &prepared, &plan, &theme, &|done, all| progress.show(done, all));
        progress.clear();
        found.extend(read);
    }
    let files = prepared.sources.entries.len();
    found.extend(suggestions);
    let failed = build::stops(&found, strict);
    if found.is_empty() && format == Format::Text {
        let key = if suggest { "cli.clean-suggest" } else { "cli.clean" };
        say(language, key, &[("files", &files.to_string())]);
    } else {
        report(&input, &prepared.sources, &found, language, strict, format);
    }
    std::mem::forget(plan);
    leave(failed.into(), prepared)
}

/// Prints diagnostics: to standard output, as they are what was asked for.
fn report(
    input: &Input,
    sources: &Sources,
    found: &[Diagnostic],
    language: Language,
    strict: bool,
    format: Format,
) {
    let report = Report::new(found, language, strict, |path| build::text_to_show(input, sources, path));
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(report.print(format).as_bytes());
    if format == Format::Text {
        let Counts { errors, warnings, suggestions } = report.counts();
        let values = [errors, warnings, sources.entries.len(), suggestions].map(|count| count.to_string());
        let [errors, warnings, files, suggested] = &values;
        let args = [("errors", errors), ("warnings", warnings), ("files", files), ("suggestions", suggested)];
        let key = if suggestions > 0 { "cli.summary-suggest" } else { "cli.summary" };
        let _ = writeln!(out, "{}", language.words(key, &args));
    }
}

fn say(language: Language, key: &str, args: &[(&'static str, &str)]) {
    let _ = writeln!(std::io::stdout(), "{}", language.words(key, args));
}

fn fail(language: Language, key: &str, args: &[(&'static str, &str)]) -> u8 {
    let _ = writeln!(std::io::stderr(), "luutru: {}", language.words(key, args));
    2
}

fn no_content(language: Language, dir: &std::path::Path) -> u8 {
    let dir = dir.display().to_string();
    let code = fail(language, "cli.no-content", &[("dir", &dir)]);
    let _ = writeln!(std::io::stderr(), "  = {}", language.words("cli.no-content.help", &[("dir", &dir)]));
    code
}

fn show_stages(stages: &Stages) {
    for (name, time) in stages {
        let _ = writeln!(std::io::stderr(), "stage: {name} {:.1} ms", time.as_secs_f64() * 1000.0);
    }
}

/// A line on a terminal that counts pages; nothing anywhere else.
struct Progress {
    shown: Option<Mutex<Instant>>,
}

impl Progress {
    fn new() -> Progress {
        Progress { shown: std::io::stderr().is_terminal().then(|| Mutex::new(Instant::now())) }
    }

    fn show(&self, done: usize, all: usize) {
        let Some(shown) = &self.shown else { return };
        // A thread that finds another one printing goes on with its page.
        let Ok(mut last) = shown.try_lock() else { return };
        if last.elapsed() >= PROGRESS {
            *last = Instant::now();
            let _ = write!(std::io::stderr(), "\r{done}/{all}");
        }
    }

    fn clear(&self) {
        if self.shown.is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
