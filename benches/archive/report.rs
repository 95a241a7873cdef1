//! The comparison: generates archives, builds them with both programs, prints tables.
//!
//! Whole processes, output folder removed before each run, runs of the two programs by
//! turns so that a slow minute of the machine meets both; medians. The tables are
//! Markdown, ready for `docs/benchmarks.md`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;
use std::time::Duration;

use super::article::World;
use super::measure::{Cost, Tree, run};
use super::{hugo, site};

/// What to run.
pub(crate) struct Plan {
    /// Numbers of articles.
    pub(crate) sizes: Vec<usize>,
    /// Runs of `luutru` per size.
    pub(crate) runs: usize,
    /// Runs of Hugo per size, at most.
    pub(crate) hugo_runs: usize,
    /// Hugo's binary, if it is to be compared with.
    pub(crate) hugo: Option<PathBuf>,
    /// The folder to work in; `bench-archive` in it is made and removed.
    pub(crate) folder: PathBuf,
    /// With search and data.
    pub(crate) full: bool,
    /// Leave the sites and outputs of the last size for inspection.
    pub(crate) keep: bool,
}

/// The median of the runs of one program on one archive.
struct Outcome {
    cost: Cost,
    files: usize,
    bytes: u64,
}

/// What was measured on one archive.
struct Row {
    count: usize,
    source: u64,
    ours: Outcome,
    again: Cost,
    written_again: usize,
    hugo: Option<Outcome>,
}

/// Limits from the issue, for two cores and the output on tmpfs: articles, seconds, MB,
/// times faster than Hugo.
const LIMITS: [(usize, f64, f64, f64); 3] =
    [(1_000, 0.4, 80.0, 3.5), (10_000, 2.8, 300.0, 5.0), (100_000, 30.0, 1_200.0, 8.0)];

/// Runs the plan and prints as it goes.
#[expect(clippy::print_stdout, reason = "the tables are what this program is for")]
pub(crate) fn compare(plan: &Plan) -> io::Result<()> {
    let folder = plan.folder.join("bench-archive");
    println!("{}\n", machine(&plan.folder));
    match &plan.hugo {
        Some(hugo) => {
            println!("Hugo: {}\n", run(hugo, &["version"], &plan.folder)?.printed.trim());
        }
        None => println!("Hugo is left out: no binary was given (`--hugo PATH`) and none is on the path.\n"),
    }
    let world = World::new();
    let mut rows = Vec::new();
    for &count in &plan.sizes {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let row = measure(&world, count, plan, &folder)?;
        println!("{}", stages(&row));
        rows.push(row);
    }
    if !plan.keep {
        fs::remove_dir_all(&folder)?;
    }
    println!("{}\n\n{}", table(&rows), limits(&rows));
    Ok(())
}

fn measure(world: &World, count: usize, plan: &Plan, folder: &Path) -> io::Result<Row> {
    let (ours_in, ours_out) = (folder.join("luutru"), folder.join("luutru-public"));
    let (hugo_in, hugo_out) = (folder.join("hugo"), folder.join("hugo-public"));
    site::write(world, count, &ours_in, plan.full)?;
    if plan.hugo.is_some() {
        hugo::write(world, count, &hugo_in)?;
    }
    let (mut ours, mut theirs, mut again) = (Vec::new(), Vec::new(), Vec::new());
    let mut written_again = 0;
    let (mut ours_tree, mut hugo_tree) = (Tree::read(&ours_out)?, Tree::read(&hugo_out)?);
    for turn in 0..plan.runs.max(plan.hugo_runs) {
        if turn < plan.runs {
            clear(&ours_out)?;
            let build = || {
                let out = ours_out.to_string_lossy();
                run(Path::new(env!("CARGO_BIN_EXE_luutru")), &["build", ".", "--out", &out, "-v"], &ours_in)
            };
            ours.push(clean(build()?)?);
            ours_tree = Tree::read(&ours_out)?;
            again.push(build()?);
            written_again = written_again.max(Tree::read(&ours_out)?.changed_since(&ours_tree).len());
        }
        if let (Some(hugo), true) = (&plan.hugo, turn < plan.hugo_runs) {
            clear(&hugo_out)?;
            let out = hugo_out.to_string_lossy();
            theirs.push(run(
                hugo,
                &["build", "--noBuildLock", "--logLevel", "warn", "--destination", &out],
                &hugo_in,
            )?);
            hugo_tree = Tree::read(&hugo_out)?;
            // Memory is where it lies: not needed any more once counted.
            if !plan.keep {
                clear(&hugo_out)?;
            }
        }
    }
    let outcome = |costs: Vec<Cost>, tree: &Tree| {
        median(costs).map(|cost| Outcome { cost, files: tree.files(), bytes: tree.bytes() })
    };
    let none = || io::Error::other("`--runs` must be at least 1");
    Ok(Row {
        count,
        source: Tree::read(&ours_in)?.bytes(),
        ours: outcome(ours, &ours_tree).ok_or_else(none)?,
        again: median(again).ok_or_else(none)?,
        written_again,
        hugo: outcome(theirs, &hugo_tree),
    })
}

/// Removes a folder, if it is there.
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}

/// The cost of a build that had nothing to say but its stages. What the generator writes
/// must build without a diagnostic, or the figures are of something else.
fn clean(cost: Cost) -> io::Result<Cost> {
    let found = cost.printed.lines().find(|line| line.contains("error[") || line.contains("warning["));
    match found {
        Some(line) => Err(io::Error::other(format!("the generated archive has a diagnostic: {line}"))),
        None => Ok(cost),
    }
}

/// The run whose wall time is in the middle; the lower one of two.
fn median(mut costs: Vec<Cost>) -> Option<Cost> {
    costs.sort_by_key(|cost| cost.wall);
    let middle = costs.len().checked_sub(1)? / 2;
    Some(costs.swap_remove(middle))
}

fn stages(row: &Row) -> String {
    let mut out = format!("Stages at {} articles, median run:\n\n| stage | ms |\n|---|---:|\n", row.count);
    for line in row.ours.cost.printed.lines() {
        if let Some((stage, time)) = line.trim().strip_prefix("stage: ").and_then(|rest| rest.split_once(' '))
        {
            out.push_str(&format!("| {stage} | {} |\n", time.trim().trim_end_matches(" ms")));
        }
    }
    out
}

fn table(rows: &[Row]) -> String {
    let mut out = String::from(
        "| articles | source | | wall | CPU | peak memory | files | output | wall, luutru = 1 |\n\
         |---:|---:|---|---:|---:|---:|---:|---:|---:|\n",
    );
    for row in rows {
        let base = row.ours.cost.wall;
        let line = |name: &str, cost: &Cost, files: usize, bytes: u64| {
            format!(
                "| {} | {} MB | {name} | {} | {} | {:.0} MB | {files} | {} MB | {:.1} |\n",
                row.count,
                megabytes(row.source),
                seconds(cost.wall),
                seconds(cost.cpu),
                peak(cost),
                megabytes(bytes),
                cost.wall.as_secs_f64() / base.as_secs_f64(),
            )
        };
        out.push_str(&line("luutru", &row.ours.cost, row.ours.files, row.ours.bytes));
        let again = format!("luutru, nothing changed ({} files written)", row.written_again);
        out.push_str(&line(&again, &row.again, row.ours.files, row.ours.bytes));
        if let Some(hugo) = &row.hugo {
            out.push_str(&line("Hugo", &hugo.cost, hugo.files, hugo.bytes));
        }
    }
    out
}

fn limits(rows: &[Row]) -> String {
    let mut out = String::from("| articles | limit | measured | |\n|---:|---|---:|---|\n");
    for row in rows {
        let Some((_, wall, memory, times)) = LIMITS.iter().find(|limit| limit.0 == row.count) else {
            continue;
        };
        let mut line = |limit: String, measured: String, met: bool| {
            let met = if met { "met" } else { "**missed**" };
            out.push_str(&format!("| {} | {limit} | {measured} | {met} |\n", row.count));
        };
        let cost = &row.ours.cost;
        line(format!("wall ≤ {wall} s"), seconds(cost.wall), cost.wall.as_secs_f64() <= *wall);
        line(format!("peak ≤ {memory} MB"), format!("{:.0} MB", peak(cost)), peak(cost) <= *memory);
        if let Some(hugo) = &row.hugo {
            let ratio = hugo.cost.wall.as_secs_f64() / cost.wall.as_secs_f64();
            line(format!("≥ {times} × faster than Hugo"), format!("{ratio:.1} ×"), ratio >= *times);
        }
        let again = row.again.wall;
        line(
            "a second build writes no file".to_owned(),
            row.written_again.to_string(),
            row.written_again == 0,
        );
        // Two medians of the same work differ by chance.
        line("and takes no longer, within 5 %".to_owned(), seconds(again), again <= cost.wall.mul_f64(1.05));
    }
    out
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1e6)
}

/// In MB of 10⁶ bytes.
fn peak(cost: &Cost) -> f64 {
    cost.peak as f64 * 1024.0 / 1e6
}

/// What the figures were measured on, as far as the system says it.
pub(super) fn machine(folder: &Path) -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let value = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key));
        line.and_then(|line| line.split_once(':'))
            .map_or("?".to_owned(), |(_, value)| value.trim().to_owned())
    };
    let cores = available_parallelism().map_or(0, usize::from);
    let memory = value(&read("/proc/meminfo"), "MemTotal").trim_end_matches(" kB").parse().unwrap_or(0_u64);
    let mounts = read("/proc/mounts");
    let below = mounts.lines().filter_map(|line| {
        let mut cells = line.split(' ').skip(1);
        let (at, kind) = (cells.next()?, cells.next()?);
        folder.starts_with(at).then_some((at.len(), kind))
    });
    format!(
        "luutru {} · {} · {cores} cores · {:.0} GB memory · Linux {} · sites and output on {}",
        env!("CARGO_PKG_VERSION"),
        value(&read("/proc/cpuinfo"), "model name"),
        memory as f64 * 1024.0 / 1e9,
        read("/proc/sys/kernel/osrelease").trim(),
        below.max().map_or("?", |(_, kind)| kind),
    )
}
