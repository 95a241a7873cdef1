//! Mentions on the pages: links in the text, and who mentions a record ("nhắc đến").
//!
//! What an editor declares and what the machine recognised are never mixed: a mention's
//! link is marked, and articles that only mention a record stand in a list of their own.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::listing;
use super::view::{MentionRow, Mentioned};
use super::viewer::{MentionList, Viewer};
use crate::archive::{ArticleId, Target};
use crate::document::{Body, Shown};

/// Names of recognised records that are told below a text.
const RECOGNISED: usize = 24;

impl<'p> Viewer<'p> {
    /// The text of an article with its links, for its page `root` away from the root. Of
    /// each record, the first mention of a block that may be a link is one. Then the names of
    /// the records that are linked so, each once, and how many are left out.
    pub(super) fn article_body(&self, id: ArticleId, root: &str) -> (String, Vec<Cow<'p, str>>, usize) {
        let text = self.text(id);
        let body = text.body;
        let mut block = None;
        let mut linked: BTreeSet<(u8, u32)> = BTreeSet::new();
        let mut all: BTreeSet<(u8, u32)> = BTreeSet::new();
        let mut names = Vec::new();
        let show = |index: usize| {
            let Some(target) = text.mentions.get(index).copied().flatten() else { return Shown::Words };
            let found = &body.mentions[index];
            if block != Some(found.block) {
                block = Some(found.block);
                linked.clear();
            }
            let Some(record) = record(target) else { return Shown::Words };
            if !found.may_link() || !linked.insert(record) {
                return Shown::Anchor;
            }
            let Some((url, title)) = self.mentioned_record(target) else { return Shown::Words };
            if all.insert(record) && names.len() < RECOGNISED {
                names.extend(self.short_name(target));
            }
            let mut tag = String::with_capacity(root.len() + url.len() + title.len() + 48);
            tag.extend(["<a href=\"", root, url, "\" data-mention title=\""]);
            escape(&title, &mut tag);
            tag.push_str("\">");
            Shown::Link(tag)
        };
        let html = self.filled(body, text.links, root, show);
        let more = all.len() - names.len();
        (html, names, more)
    }

    /// What the record of a mention is called, without what a document is about.
    fn short_name(&self, target: Target) -> Option<Cow<'p, str>> {
        Some(match target {
            Target::Directive(id) => (&*self.directive(id).full).into(),
            Target::Unit(unit) => self.unit_link(unit).title,
            Target::Locality(place) => (&*self.locality(place.locality).name).into(),
            _ => return None,
        })
    }

    /// The address and the full name of the record that a mention means.
    fn mentioned_record(&self, target: Target) -> Option<(&'p str, Cow<'p, str>)> {
        Some(match target {
            Target::Directive(id) => {
                let directive = self.directive(id);
                let name = match directive.front().and_then(|front| front.title.as_deref()) {
                    Some(title) => format!("{} {title}", directive.full).into(),
                    None => (&*directive.full).into(),
                };
                (self.addresses().directive(id), name)
            }
            Target::Unit(unit) => (self.addresses().unit(unit.unit), self.unit_link(unit).title),
            Target::Locality(place) => {
                let id = place.locality;
                (self.addresses().locality(id), self.long_place_link(id).title)
            }
            _ => return None,
        })
    }

    /// A page of the list of those that mention a record, newest first.
    pub(super) fn mentioned(&self, mentioned: MentionList<'p>, chunk: listing::Chunk) -> Mentioned<'p> {
        let range = listing::range(mentioned.len(), self.site().page_size, chunk);
        Mentioned {
            rows: mentioned
                .entries(range)
                .rev()
                .map(|(id, text, at)| self.mention_row(id, text.body, at))
                .collect(),
            total: mentioned.len(),
        }
    }

    fn mention_row(&self, id: ArticleId, body: &Body, at: usize) -> MentionRow<'p> {
        let row = self.row(id);
        if self.is_summary_only(id) {
            // The text is not on the page.
            return MentionRow { url: row.url.clone(), row, sentence: None };
        }
        let block = &body.blocks[body.mentions[at].block as usize];
        let url = match block.anchor() {
            Some(anchor) => format!("{}#{anchor}", row.url),
            None => row.url.clone(),
        };
        let sentence = Some(body.sentence(at)).filter(|sentence| !sentence.is_empty());
        MentionRow { url, row, sentence }
    }
}

/// Which record a mention means, of those that mentions can mean.
fn record(target: Target) -> Option<(u8, u32)> {
    match target {
        Target::Directive(id) => Some((0, id.0)),
        Target::Unit(unit) => Some((1, unit.unit.0)),
        Target::Locality(place) => Some((2, place.locality.0)),
        _ => None,
    }
}

/// Adds a text as the value of an attribute.
fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| matches!(b, b'&' | b'"' | b'<' | b'>')) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'"' => "&quot;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
