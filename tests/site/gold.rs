//! Labelled texts of our own (`tests/gold/own`): what is found in them, and what it means.
//!
//! The measure is that of `tests/gold/README.md`, read from the marked texts without the
//! gazetteer's codes: a mention is right if its words and its record are. The targets are
//! those that the recogniser is held to on texts never seen.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use luutru::config::Site;
use luutru::inspect::{Seen, inspect};
use luutru::number::Number;
use luutru::vi::fold;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

struct Label {
    start: usize,
    end: usize,
    kind: &'static str,
    id: String,
    optional: bool,
    /// The official code and list of a place, where they are given.
    code: Option<(String, String)>,
}

#[derive(Default)]
struct Marked {
    head: HashMap<String, String>,
    text: Vec<char>,
    labels: Vec<Label>,
    traps: Vec<(usize, usize)>,
}

#[derive(Default, Debug)]
struct Tally {
    wanted: usize,
    linked: usize,
    right: usize,
}

impl Tally {
    fn precision(&self) -> f64 {
        self.right as f64 / self.linked.max(1) as f64
    }

    fn f1(&self) -> f64 {
        let recall = self.right as f64 / self.wanted.max(1) as f64;
        2.0 * self.precision() * recall / (self.precision() + recall).max(f64::MIN_POSITIVE)
    }
}

#[test]
fn mentions_in_labelled_texts_are_found_and_lead_to_the_right_record() {
    let mut texts = Vec::new();
    for path in files(&repository().join("tests/gold/own"), "marked") {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        texts.push((name, read(&std::fs::read_to_string(&path).expect("a marked text"))));
    }
    assert!(texts.len() >= 24, "{} texts", texts.len());
    reaches_the_targets(&texts);
}

/// The press texts that lie beside the repository where it is developed, and nowhere else: they
/// are not ours to publish. Their labels of the five seeds are in `tests/gold/seeds`.
#[test]
fn so_are_those_in_texts_that_lie_beside_the_repository() {
    let shared = repository().join("../shared");
    for (labels, texts) in [
        (shared.join("gold"), shared.join("gold")),
        (repository().join("tests/gold/seeds"), shared.join("seeds")),
    ] {
        let labelled: Vec<(String, Marked)> = files(&labels, "json")
            .iter()
            .filter_map(|path| {
                let gold: Value = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
                let name = gold["doc"].as_str()?.to_owned();
                let text = std::fs::read_to_string(texts.join(format!("{name}.txt"))).ok()?;
                Some((name, labelled(&gold, &text)))
            })
            .collect();
        if !labelled.is_empty() {
            reaches_the_targets(&labelled);
        }
    }
}

#[track_caller]
fn reaches_the_targets(texts: &[(String, Marked)]) {
    let mut tallies: HashMap<&str, Tally> = HashMap::new();
    let mut wrong = Vec::new();
    for (name, marked) in texts {
        score(name, marked, &mut tallies, &mut wrong);
    }
    for (kind, f1) in [("directive", 0.95), ("unit", 0.85), ("locality", 0.90)] {
        let tally = &tallies[kind];
        assert!(tally.f1() >= f1, "{kind}: {tally:?}\n{}", wrong.join("\n"));
        assert!(tally.precision() >= 0.98, "{kind}: {tally:?}\n{}", wrong.join("\n"));
    }
    let traps: Vec<&String> = wrong.iter().filter(|line| line.contains("trap")).collect();
    assert!(traps.is_empty(), "{traps:#?}");
}

/// A text with its labels apart.
fn labelled(gold: &Value, text: &str) -> Marked {
    let number = |value: &Value| value.as_u64().expect("an offset") as usize;
    let words = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let mut marked = Marked { text: text.chars().collect(), ..Marked::default() };
    marked.head.extend(gold["date"].as_str().map(|date| ("date".to_owned(), date.to_owned())));
    let context: Vec<String> = gold["context"].as_array().into_iter().flatten().map(words).collect();
    if !context.is_empty() {
        marked.head.insert("context".to_owned(), context.join("; "));
    }
    for mention in gold["mentions"].as_array().into_iter().flatten() {
        let kind = match mention["kind"].as_str() {
            Some("directive") => "directive",
            Some("unit") => "unit",
            _ if mention["nested_in_unit"] == true => continue,
            _ => "locality",
        };
        let id = words(&mention["id"]);
        marked.labels.push(Label {
            start: number(&mention["start"]),
            end: number(&mention["end"]),
            kind,
            // "unit:Huyện ủy X", but "directive:CT:11-CT/TU".
            id: id.split_once(':').map_or(id.clone(), |(_, id)| id.to_owned()),
            optional: mention["optional"] == true,
            code: mention["code"].as_str().map(|code| (code.to_owned(), words(&mention["gazetteer"]))),
        });
    }
    for trap in gold["negatives"].as_array().into_iter().flatten() {
        marked.traps.push((number(&trap["start"]), number(&trap["end"])));
    }
    marked
}

fn score(name: &str, marked: &Marked, tallies: &mut HashMap<&'static str, Tally>, wrong: &mut Vec<String>) {
    let mut head = "---\ntitle: Bài thử\n".to_owned();
    if let Some(date) = marked.head.get("date") {
        head += &format!("date: {date}\n");
    }
    if let Some(context) = marked.head.get("context") {
        let places: Vec<String> = context.split("; ").map(|place| format!("{place:?}")).collect();
        head += &format!("localities: [{}]\n", places.join(", "));
    }
    head += "---\n";
    let text: String = head.chars().chain(marked.text.iter().copied()).collect();
    let shift = head.chars().count();
    let seen: Vec<Seen> = inspect("a.md", &text, Vec::new(), &Site::default())
        .into_iter()
        .filter(|seen| !seen.nested && seen.start >= shift)
        .map(|seen| Seen { start: seen.start - shift, end: seen.end - shift, ..seen })
        .collect();
    let mut met = vec![false; seen.len()];
    for label in &marked.labels {
        let at = seen.iter().position(|seen| (seen.start, seen.end) == (label.start, label.end));
        if let Some(at) = at {
            met[at] = true;
        }
        if label.optional {
            continue;
        }
        let tally = tallies.entry(label.kind).or_default();
        tally.wanted += 1;
        let words: String = marked.text[label.start..label.end].iter().collect();
        let Some(at) = at.filter(|&at| seen[at].kind == label.kind) else {
            wrong.push(format!("{name}: missed {}: {words}", label.kind));
            continue;
        };
        if !seen[at].resolved && seen[at].number.is_none() {
            wrong.push(format!("{name}: not linked: {words}"));
            continue;
        }
        tally.linked += 1;
        match is_right(label, &seen[at]) {
            true => tally.right += 1,
            false => wrong.push(format!("{name}: {words} -> {:?}, not {}", seen[at].name, label.id)),
        }
    }
    for (seen, met) in seen.iter().zip(met) {
        let overlaps = |start: usize, end: usize| start < seen.end && seen.start < end;
        if met || marked.labels.iter().any(|label| label.optional && overlaps(label.start, label.end)) {
            continue;
        }
        let trap = marked.traps.iter().any(|&(start, end)| {
            2 * seen.end.min(end).saturating_sub(seen.start.max(start)) >= seen.end - seen.start
        });
        wrong.push(format!("{name}: {} {:?}", if trap { "trap" } else { "extra" }, seen.text));
        if seen.resolved {
            tallies.entry(seen.kind).or_default().linked += 1;
        }
    }
}

/// Whether a mention leads to the record of its label. A unit is compared by the place that
/// its official name ends in: organs have several official forms.
fn is_right(label: &Label, seen: &Seen) -> bool {
    let name = seen.name.as_deref().unwrap_or("");
    let short = |text: &str| {
        let text = fold(text.split(" (").next().unwrap_or(text));
        text.split(' ').rev().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    match label.kind {
        "directive" => {
            let (kind, id) = label.id.split_once(':').unwrap_or(("", &label.id));
            let id = id.split(['(', '@']).next().unwrap_or(id);
            if let (true, Some((plenum, term))) = (kind == "NQTW", id.split_once('/')) {
                return fold(name).ends_with(&fold(&format!("{plenum} khóa {term}")));
            }
            match (Number::parse(id), seen.number.as_deref().and_then(Number::parse)) {
                (Some(wanted), Some(number)) => wanted == number,
                (None, None) => true,
                _ => false,
            }
        }
        "locality" if label.code.is_some() => {
            let code = label.code.as_ref().map(|(code, list)| (&**code, &**list));
            code == Some((seen.code.unwrap_or(""), seen.era.unwrap_or("")))
        }
        "locality" => {
            let spec = label.id.trim_start_matches('!');
            let first = |text: &str| short(text.split(',').next().unwrap_or(text));
            first(spec.split(" [").next().unwrap_or(spec)) == first(name)
        }
        _ => short(&label.id) == short(name),
    }
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder with that extension, by name; none if there is no such folder.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|own| own == extension))
        .collect();
    paths.sort();
    paths
}

/// Reads a marked text; the marks are described in `tests/gold/own/make.py`.
fn read(source: &str) -> Marked {
    let (head, body) = source.split_once("\n\n").expect("a head");
    let mut marked = Marked::default();
    for line in head.lines() {
        let (key, value) = line.split_once(": ").expect("key: value");
        marked.head.insert(key.to_owned(), value.to_owned());
    }
    let body = unescaped(body);
    let mut at = 0;
    run(&mut marked, &body, &mut at, false);
    marked
}

fn run(marked: &mut Marked, body: &[char], at: &mut usize, inside: bool) {
    while *at < body.len() {
        match body[*at] {
            '{' => mark(marked, body, at, inside),
            '|' | '}' if inside => return,
            c => {
                marked.text.push(c);
                *at += 1;
            }
        }
    }
}

fn mark(marked: &mut Marked, body: &[char], at: &mut usize, inside: bool) {
    *at += 1;
    let optional = body[*at] == 'o';
    *at += usize::from(optional);
    let letter = body[*at];
    *at += 2;
    let start = marked.text.len();
    run(marked, body, at, true);
    let mut id: String = marked.text[start..].iter().collect();
    if body[*at] == '|' {
        let close = (*at..body.len()).find(|&i| body[i] == '}').expect("a mark is closed");
        id = body[*at + 1..close].iter().collect();
        *at = close;
    }
    *at += 1;
    let end = marked.text.len();
    let kind = match letter {
        'n' => return marked.traps.push((start, end)),
        'd' => "directive",
        'u' | 'a' => "unit",
        _ if inside => return,
        _ => "locality",
    };
    let key = id.trim_start_matches('!').split(" [").next().unwrap_or("").to_owned();
    if let Some(spec) = marked.head.get(&format!("place.{key}")) {
        id = spec.clone();
    }
    marked.labels.push(Label { start, end, kind, id, optional, code: None });
}

/// `\u00a0` and `\D[…]` written out.
fn unescaped(body: &str) -> Vec<char> {
    let mut text = String::new();
    let mut rest = body;
    while let Some(at) = rest.find('\\') {
        text += &rest[..at];
        let escape = &rest[at + 1..];
        if let Some(inner) = escape.strip_prefix("D[") {
            let (inner, after) = inner.split_once(']').expect("a closed escape");
            text.extend(inner.nfd());
            rest = after;
        } else {
            let code = u32::from_str_radix(&escape[1..5], 16).expect("four digits");
            text.push(char::from_u32(code).expect("a character"));
            rest = &escape[5..];
        }
    }
    text += rest;
    text.chars().collect()
}
