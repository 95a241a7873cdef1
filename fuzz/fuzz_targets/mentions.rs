//! Any text, as Markdown and line by line: nothing panics, mentions lie in the text in order,
//! and every one is on character boundaries.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run mentions -s none -- -max_total_time=300 -dict=fuzz/words.dict`

#![no_main]

use libfuzzer_sys::fuzz_target;
use luutru::config::Site;
use luutru::inspect::inspect;
use luutru::mention::Finder;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut found = Vec::new();
    Finder::default().find(text, &mut found);
    let mut end = 0;
    for mention in &found {
        assert!(end <= mention.start && mention.start < mention.end);
        assert!(text.get(mention.start as usize..mention.end as usize).is_some());
        end = mention.end;
    }
    let characters = text.chars().count();
    for path in ["a.md", "a.txt"] {
        for seen in inspect(path, text, Vec::new(), &Site::default()) {
            assert!(seen.start < seen.end && seen.end <= characters);
        }
    }
});
