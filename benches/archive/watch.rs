//! How long it takes from a save to the new bytes being served, and what memory that takes.
//!
//! An archive is generated and `luutru watch` started on it as a user does. For each kind of edit
//! it comes to rest first, then files are saved one by one with a pause between: from just before
//! the file is opened for writing to the first answer with the new bytes. Pages are asked for as
//! fast as they are answered, which takes a part of the machine away from the build; that is in
//! the figures. Tables are Markdown, ready for `docs/benchmarks.md`.
//!
//! Reading order: `measure`, `preview` (the program), `edits` (what is saved).
//! No time is asserted: a machine that others use is slow when it likes.

use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::article::World;
use super::edits::{ALIASES, Desk, Edit, Kind};
use super::preview::{Memory, Pages, Preview, Stages};
use super::report::{clear, machine};
use super::site;

/// What to measure.
pub(crate) struct Plan {
    /// Numbers of articles.
    pub(crate) sizes: Vec<usize>,
    /// Saves of each kind.
    pub(crate) saves: usize,
    /// Saves of a long day at the first size, if it is to be lived through.
    pub(crate) long: Option<usize>,
    /// The folder to work in; `bench-watch` in it is made and removed.
    pub(crate) folder: PathBuf,
    /// With search and data.
    pub(crate) full: bool,
    /// Leave the last site for inspection.
    pub(crate) keep: bool,
}

/// What was measured on one archive.
struct Row {
    count: usize,
    first: Stages,
    kinds: Vec<Measured>,
    memory_first: Memory,
    memory_last: Memory,
    end: Duration,
}

/// All saves of one kind.
struct Measured {
    kind: Kind,
    /// Milliseconds.
    times: Vec<f64>,
    /// Of the last build of each save; none where nothing was built.
    stages: Vec<Stages>,
}

/// A tenth of a long day.
struct Tenth {
    saves: usize,
    /// Milliseconds.
    times: Vec<f64>,
    memory: Memory,
}

/// Before the first save of a kind: longer than the program waits to look at everything once.
const REST: Duration = Duration::from_secs(4);

/// Between two saves.
const PAUSE: Duration = Duration::from_millis(500);

/// Saves of a template, at most: each is a build of the whole archive.
const TEMPLATES: usize = 5;

/// How many articles are edited through a long day, by turns.
const OPEN: usize = 200;

/// Limits from the issue, for two cores: articles, kind, milliseconds.
const LIMITS: [(usize, Kind, f64); 6] = [
    (10_000, Kind::Body, 60.0),
    (10_000, Kind::Mention, 60.0),
    (10_000, Kind::Title, 150.0),
    (10_000, Kind::Alias, 150.0),
    (100_000, Kind::Body, 600.0),
    (100_000, Kind::Mention, 600.0),
];

/// Resident memory in MB, from the issue: articles, limit.
const MEMORY_LIMITS: [(usize, f64); 1] = [(10_000, 300.0)];

/// Runs the plan and prints as it goes.
#[expect(clippy::print_stdout, reason = "the tables are what this program is for")]
pub(crate) fn measure(plan: &Plan) -> io::Result<()> {
    if plan.saves == 0 || plan.saves > ALIASES {
        return Err(io::Error::other(format!("`--saves` must be from 1 to {ALIASES}")));
    }
    let folder = plan.folder.join("bench-watch");
    println!("{}\n", machine(&plan.folder));
    let world = World::new();
    let mut rows = Vec::new();
    let outcome = plan.sizes.iter().enumerate().try_for_each(|(position, &count)| {
        clear(&folder)?;
        let long = plan.long.filter(|_| position == 0);
        let (row, tenths) = measure_one(&world, count, plan, long, &folder)?;
        println!("{}", stages(&row));
        if !tenths.is_empty() {
            println!("{}", long_day(count, &tenths));
        }
        rows.push(row);
        Ok(())
    });
    // What was measured before something failed took its time, too.
    if !rows.is_empty() {
        println!("{}\n{}", times(&rows), memory(&rows));
    }
    if !plan.keep {
        clear(&folder)?;
    }
    outcome
}

fn measure_one(
    world: &World,
    count: usize,
    plan: &Plan,
    long: Option<usize>,
    folder: &Path,
) -> io::Result<(Row, Vec<Tenth>)> {
    site::write(world, count, folder, plan.full)?;
    let mut desk = Desk::prepare(world, count, plan.saves, folder)?;
    let (mut preview, first) = Preview::start(folder)?;
    let memory_first = preview.memory();
    let kinds = edit(&mut desk, plan.saves, &mut preview)?;
    let memory_last = preview.memory();
    let tenths = long.map_or(Ok(Vec::new()), |saves| live(&mut desk, saves, &mut preview))?;
    let end = preview.end()?;
    Ok((Row { count, first, kinds, memory_first, memory_last, end }, tenths))
}

fn edit(desk: &mut Desk, saves: usize, preview: &mut Preview) -> io::Result<Vec<Measured>> {
    let mut all = Vec::new();
    for kinds in Kind::ROUNDS {
        thread::sleep(REST);
        let mut round: Vec<Measured> =
            kinds.iter().map(|&kind| Measured { kind, times: Vec::new(), stages: Vec::new() }).collect();
        let saves = if kinds.contains(&Kind::Template) { saves.min(TEMPLATES) } else { saves };
        for save in 0..saves {
            for measured in &mut round {
                thread::sleep(PAUSE);
                let kind = measured.kind;
                let edit = desk.edit(kind, save, preview)?;
                edit.is_to_come(preview)?;
                preview.expect(if kind == Kind::Template { Pages::All } else { Pages::Few });
                measured.times.push(save_and_see(&edit, preview)?);
                if kind != Kind::Broken {
                    measured.stages.push(preview.stages()?);
                }
            }
        }
        all.append(&mut round);
    }
    Ok(all)
}

/// Saves and waits until it is seen; gives how long that took, in milliseconds.
fn save_and_see(edit: &Edit, preview: &mut Preview) -> io::Result<f64> {
    preview.forget();
    let start = Instant::now();
    edit.save()?;
    let seen = edit.is_seen(preview)?;
    Ok(milliseconds(seen - start))
}

/// Saves without a pause, article after article, in ten parts.
fn live(desk: &mut Desk, saves: usize, preview: &mut Preview) -> io::Result<Vec<Tenth>> {
    let open = desk.open(OPEN)?;
    preview.expect(Pages::Few);
    thread::sleep(REST);
    let mut tenths: Vec<Tenth> = Vec::new();
    let mut times = Vec::new();
    for (save, open) in (1..=saves).zip(open.iter().cycle()) {
        let edit = desk.edit_open(open);
        times.push(save_and_see(&edit, preview)?);
        if save * 10 / saves > tenths.len() {
            tenths.push(Tenth { saves: save, times: std::mem::take(&mut times), memory: preview.memory() });
        }
    }
    Ok(tenths)
}

/// One column for each size: the median of the saves, the least and the most, and the limit.
fn times(rows: &[Row]) -> String {
    let mut out =
        "From the save to the new bytes being served, ms: median (least–most).\n\n| edit |".to_owned();
    let mut rule = "\n|---|".to_owned();
    for row in rows {
        out.push_str(&format!(" {} articles | limit |", grouped(row.count)));
        rule.push_str("---:|---:|");
    }
    out.push_str(&rule);
    for kind in Kind::ROUNDS.into_iter().flatten() {
        out.push_str(&format!("\n| {} |", kind.name()));
        for row in rows {
            let times = row.kinds.iter().find(|measured| measured.kind == *kind);
            let times = times.map_or(&[][..], |measured| &measured.times);
            let limit = LIMITS.iter().find(|limit| (limit.0, limit.1) == (row.count, *kind));
            let (median, least, most) = spread(times);
            out.push_str(&format!(" {median:.1} ({least:.1}–{most:.1}) |"));
            out.push_str(&limit.map_or(" |".to_owned(), |limit| format!(" {} |", met(median, limit.2))));
        }
    }
    out.push('\n');
    out
}

/// What `-v` says of the build of each save: medians.
fn stages(row: &Row) -> String {
    let saved = row.kinds.iter().map(|measured| (measured.kind.name(), measured.stages.as_slice()));
    let first = [("first build", std::slice::from_ref(&row.first))];
    let kinds: Vec<(&str, &[Stages])> =
        first.into_iter().chain(saved).filter(|(_, stages)| !stages.is_empty()).collect();
    let mut out = format!("Stages at {} articles, ms, medians.\n\n| build |", grouped(row.count));
    for (name, _) in &row.first {
        out.push_str(&format!(" {name} |"));
    }
    out.push_str("\n|---|");
    out.push_str(&"---:|".repeat(row.first.len()));
    for (kind, builds) in kinds {
        out.push_str(&format!("\n| {kind} |"));
        for (name, _) in &row.first {
            let times: Vec<f64> =
                builds.iter().flatten().filter(|stage| stage.0 == *name).map(|stage| stage.1).collect();
            out.push_str(&format!(" {:.1} |", spread(&times).0));
        }
    }
    out.push('\n');
    out
}

fn memory(rows: &[Row]) -> String {
    let mut out = "Resident memory, MB (its peak), and how long Ctrl-C took.\n\n\
                   | articles | after the first build | after all edits | limit | Ctrl-C |\n\
                   |---:|---:|---:|---:|---:|\n"
        .to_owned();
    for row in rows {
        let limit = MEMORY_LIMITS.iter().find(|limit| limit.0 == row.count);
        out.push_str(&format!(
            "| {} | {} | {} |{} | {:.1} ms |\n",
            grouped(row.count),
            held(row.memory_first),
            held(row.memory_last),
            limit.map_or(String::new(), |limit| format!(
                " {}",
                met(megabytes(row.memory_first.resident.max(row.memory_last.resident)), limit.1)
            )),
            milliseconds(row.end),
        ));
    }
    out
}

fn long_day(count: usize, tenths: &[Tenth]) -> String {
    let mut out = format!(
        "A long day at {} articles: saves without a pause, the text of {OPEN} articles by turns.\n\n\
         | saves | resident memory, MB (its peak) | ms, median (least–most) |\n|---:|---:|---:|\n",
        grouped(count)
    );
    for tenth in tenths {
        let (median, least, most) = spread(&tenth.times);
        out.push_str(&format!(
            "| {} | {} | {median:.1} ({least:.1}–{most:.1}) |\n",
            grouped(tenth.saves),
            held(tenth.memory),
        ));
    }
    out
}

/// The limit, with whether it is met.
fn met(measured: f64, limit: f64) -> String {
    let met = if measured <= limit { "met" } else { "**missed**" };
    format!("≤ {limit}, {met}")
}

/// "104 (131)".
fn held(memory: Memory) -> String {
    format!("{:.0} ({:.0})", megabytes(memory.resident), megabytes(memory.peak))
}

/// In MB of 10⁶ bytes, of KiB.
fn megabytes(kibibytes: u64) -> f64 {
    kibibytes as f64 * 1024.0 / 1e6
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The median, the lower one of two; the least and the most. Zeros of nothing.
fn spread(times: &[f64]) -> (f64, f64, f64) {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    match (times.first(), times.last()) {
        (Some(&least), Some(&most)) => (times[(times.len() - 1) / 2], least, most),
        _ => (0.0, 0.0, 0.0),
    }
}

/// "10,000".
fn grouped(number: usize) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1000), number % 1000),
    }
}
