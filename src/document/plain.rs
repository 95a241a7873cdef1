//! A text that is no Markdown: each line a block.
//!
//! Only for those who ask what the recogniser sees in a file; nothing of it is published, so
//! there is no HTML, and a block keeps its own text.

use super::body::{Block, Body, Found, Mark};
use crate::diagnostic::Span;
use crate::mention::directive::settle;
use crate::mention::{Finder, OwnNames};

/// Reads `text` line by line; spans count from its start.
pub(super) fn parse(text: &str, own: &OwnNames) -> Body {
    let mut finder = Finder::with(own);
    let mut seen = Vec::new();
    let (mut mentions, mut blocks) = (Vec::new(), Vec::new());
    let (mut number, mut section, mut broken) = (0, 0, false);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let visible = line.trim();
        if visible.is_empty() {
            continue;
        }
        if visible.len() >= 3 && visible.chars().all(|c| matches!(c, '*' | '-' | '_' | ' ')) {
            broken = true;
            continue;
        }
        number += 1;
        let mark = match (std::mem::take(&mut broken), visible.starts_with('*')) {
            (true, _) => Mark::Break,
            (_, true) => Mark::Star,
            _ => Mark::None,
        };
        section += u32::from(mark != Mark::None);
        finder.find(line, &mut seen);
        if seen.is_empty() {
            continue;
        }
        let block = blocks.len() as u32;
        mentions.extend(seen.drain(..).map(|mention| {
            let span = Span::new(start + mention.start as usize, start + mention.end as usize);
            Found { mention, span, block, at: None }
        }));
        blocks.push(Block { number, section, mark, html: None, element: None, text: Some(line.into()) });
    }
    settle(&mut mentions, |found| &mut found.mention);
    let sports = finder.is_sport();
    Body { sports, mentions: mentions.into(), blocks: blocks.into(), ..Body::default() }
}
