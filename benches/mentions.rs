//! How fast mentions are found: megabytes of text a second on one core.
//!
//! `cargo bench --bench mentions [-- FILE…]`: the text is that of the files, by default of the
//! articles in `content/`, again and again up to some 20 MB, a paragraph at a time.

use std::time::Instant;

use luutru::mention::Finder;
use luutru::mention::text::tokenise;

#[expect(clippy::print_stdout, reason = "this is a program to be read by a person")]
fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let text: String = match files.is_empty() {
        true => articles("content/articles"),
        false => files.iter().map(|file| std::fs::read_to_string(file).unwrap_or_default()).collect(),
    };
    let started = Instant::now();
    let mut finder = Finder::default();
    let mut found = Vec::new();
    finder.find("Huyện ủy Mỹ Xuyên", &mut found);
    println!("built in {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    let rounds = 20_000_000 / text.len().max(1) + 1;
    let mut tokens = Vec::new();
    let started = Instant::now();
    for _ in 0..rounds {
        for paragraph in text.split('\n').filter(|line| !line.is_empty()) {
            tokenise(paragraph, &mut tokens);
        }
    }
    println!("tokens alone {:.1} MB/s", (rounds * text.len()) as f64 / 1e6 / started.elapsed().as_secs_f64());
    for _ in 0..5 {
        let started = Instant::now();
        let mut count = 0;
        for _ in 0..rounds {
            for paragraph in text.split('\n').filter(|line| !line.is_empty()) {
                found.clear();
                finder.find(paragraph, &mut found);
                count += found.len();
            }
        }
        let seconds = started.elapsed().as_secs_f64();
        let bytes = rounds * text.len();
        println!(
            "{:.1} MB/s, {} mentions in {:.1} KB",
            bytes as f64 / 1e6 / seconds,
            count / rounds,
            text.len() as f64 / 1e3
        );
    }
}

fn articles(folder: &str) -> String {
    let mut text = String::new();
    let mut files: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    for file in files {
        let file = std::fs::read_to_string(file).unwrap_or_default();
        text.push_str(file.splitn(3, "---\n").nth(2).unwrap_or(""));
    }
    text
}
