//! The archive in `content/`: it says what its sources say, and is no copy of them.

use std::{collections::BTreeMap, fs, path::Path, sync::OnceLock};

use super::fixture::{Site, hrefs, resolve, text_of, tree};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages of the archive by address, built once.
fn pages() -> &'static BTreeMap<String, String> {
    static PAGES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let mut site = Site::new();
        for (path, bytes) in tree(&root().join("content")) {
            site = site.file(&format!("content/{path}"), bytes);
        }
        let built = site.build().clean();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        tree(&built.out()).into_iter().map(|(path, bytes)| (path, text(bytes))).collect()
    })
}

#[test]
fn every_fact_of_the_seeds_is_on_its_page() {
    let table = fs::read_to_string(root().join("tests/fixtures/seed-facts.csv")).expect("the facts");
    let mut missing = Vec::new();
    let mut count = 0;
    for line in table.lines().skip(1) {
        let row = fields(line);
        let [seed, kind, text, page] = row.as_slice() else { panic!("four fields: {line}") };
        let shown = pages().get(page).map(|html| text_of(html)).unwrap_or_else(|| panic!("no page {page}"));
        count += 1;
        // The first letter of a sentence or heading may be a capital.
        if !shown.contains(text.as_str()) && !shown.to_lowercase().contains(&text.to_lowercase()) {
            missing.push(format!("{seed} {kind}: {text} ({page})"));
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    assert!(count > 150, "{count} facts");
}

#[test]
fn every_link_of_the_archive_leads_to_a_page_or_file() {
    let pages = pages();
    let mut dead = Vec::new();
    let mut count = 0;
    for (url, page) in pages.iter().filter(|(url, _)| url.ends_with(".html")) {
        for href in hrefs(page) {
            let Some(target) = resolve(url, &href) else { continue };
            count += 1;
            if !pages.contains_key(&target) || (href.starts_with('/') && url != "404.html") {
                dead.push(format!("{url}: {href}"));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
    assert!(count > 1000, "{count} links");
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that could not look must say so")]
fn no_long_sentence_of_the_seeds_was_copied() {
    let seeds = root().join("../shared/seeds");
    let Ok(entries) = fs::read_dir(seeds) else {
        eprintln!("skipped: ../shared is absent");
        return;
    };
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let content: Vec<(String, String)> = tree(&root().join("content"))
        .into_iter()
        .map(|(path, bytes)| (path, plain(&String::from_utf8_lossy(&bytes))))
        .collect();
    let mut copied = Vec::new();
    for entry in entries.flatten() {
        let text = plain(&fs::read_to_string(entry.path()).expect("a seed is text"));
        for sentence in text.split(['.', '!', '?', ';']).map(str::trim).filter(|s| s.chars().count() > 90) {
            let holders = content.iter().filter(|(_, text)| text.contains(sentence));
            copied.extend(holders.map(|(path, _)| format!("{path}: {sentence}")));
        }
    }
    assert_eq!(copied, Vec::<String>::new());
}

/// The fields of a line of CSV.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let field = fields.last_mut().expect("there is a first field");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => field.push(c),
        }
    }
    fields
}
