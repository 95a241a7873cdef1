//! Runs a command as a whole process and says what it took.
//!
//! The peak of memory is what the kernel kept for the children of a process
//! (`getrusage`), so each command runs under a process of its own: this program, called
//! as `measure`. Polling `/proc` was the alternative: it misses a peak at the very end.

use std::collections::BTreeMap;
use std::io::{self, stderr};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs};

/// What a run took.
#[derive(Clone, Debug)]
pub(crate) struct Cost {
    /// From before the process to after it.
    pub(crate) wall: Duration,
    /// Processor time of all its threads, user and system.
    pub(crate) cpu: Duration,
    /// Peak of resident memory in KiB; 0 where the system does not say.
    pub(crate) peak: u64,
    /// What it printed, both streams.
    pub(crate) printed: String,
}

/// Runs `command` with these arguments and waits for it. An exit code other than 0 is an
/// error with what it printed.
pub(crate) fn run(command: &Path, arguments: &[&str], folder: &Path) -> io::Result<Cost> {
    let output = Command::new(env::current_exe()?)
        .arg("measure")
        .arg(command)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()?;
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<u64> = line.split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
    match (output.status.success(), figures.as_slice()) {
        (true, &[wall, cpu, peak]) => {
            Ok(Cost { wall: Duration::from_micros(wall), cpu: Duration::from_micros(cpu), peak, printed })
        }
        _ => Err(io::Error::other(format!("{} {arguments:?} failed: {printed}", command.display()))),
    }
}

/// The other side of `run`: runs the command, prints wall and processor time in
/// microseconds and the peak in KiB on standard output. Both streams of the command go
/// to standard error.
#[expect(clippy::print_stdout, reason = "the figures go to the process that measures")]
pub(crate) fn serve(command: &[String]) -> io::Result<ExitCode> {
    let [program, arguments @ ..] = command else { return Ok(ExitCode::from(2)) };
    let start = Instant::now();
    let status = Command::new(program).args(arguments).stdout(stderr()).status()?;
    let wall = start.elapsed();
    let (cpu, peak) = children();
    println!("{} {} {peak}", wall.as_micros(), cpu.as_micros());
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(unix)]
fn children() -> (Duration, u64) {
    use nix::sys::resource::{UsageWho, getrusage};
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else { return (Duration::ZERO, 0) };
    let micros = |time: nix::sys::time::TimeVal| {
        Duration::new(time.tv_sec().unsigned_abs(), 0) + Duration::from_micros(time.tv_usec().unsigned_abs())
    };
    let peak = usage.max_rss().unsigned_abs();
    // Bytes on macOS, KiB elsewhere.
    let peak = if cfg!(target_vendor = "apple") { peak / 1024 } else { peak };
    (micros(usage.user_time()) + micros(usage.system_time()), peak)
}

#[cfg(not(unix))]
fn children() -> (Duration, u64) {
    (Duration::ZERO, 0)
}

/// Every file under a folder with its length and time of writing.
pub(crate) struct Tree(BTreeMap<PathBuf, (u64, SystemTime)>);

impl Tree {
    /// Reads the folder; nothing if there is none.
    pub(crate) fn read(folder: &Path) -> io::Result<Tree> {
        let mut files = BTreeMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            if !folder.exists() {
                continue;
            }
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                let about = entry.metadata()?;
                if about.is_dir() {
                    folders.push(entry.path());
                } else {
                    files.insert(entry.path(), (about.len(), about.modified()?));
                }
            }
        }
        Ok(Tree(files))
    }

    /// How many files.
    pub(crate) fn files(&self) -> usize {
        self.0.len()
    }

    /// Their bytes in all.
    pub(crate) fn bytes(&self) -> u64 {
        self.0.values().map(|(len, _)| len).sum()
    }

    /// Files of `self` that are not in `earlier` as they are, and files of `earlier` that
    /// are gone.
    pub(crate) fn changed_since<'a>(&'a self, earlier: &'a Tree) -> Vec<&'a Path> {
        let new = self.0.iter().filter(|(path, about)| earlier.0.get(*path) != Some(about));
        let gone = earlier.0.keys().filter(|path| !self.0.contains_key(*path));
        new.map(|(path, _)| path).chain(gone).map(PathBuf::as_path).collect()
    }
}
