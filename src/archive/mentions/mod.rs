//! What the mentions of an article mean: from words to records.
//!
//! A link declared by the editor is his word; a mention is the machine's. It is resolved
//! only where exactly one record fits, and what fits none or several stays words: nothing
//! here is ever a diagnostic. A document that nobody has described, but whose number and
//! owner are certain, becomes a *stub* (`stub`).
//!
//! Reading order: `resolve`, then `directive`, which chooses among documents, and `stub`.
//! Units and places come first, because a document of a place is known by its owner.

mod directive;
mod stub;

use super::DirectiveId;
use super::names::{FoundUnit, Names};
use super::places::{Context, Found};
use crate::document::{Article, Document};

pub use stub::is_stub_id;
pub(super) use stub::{Stub, Stubs};

/// What a mention means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// A document with a file.
    Directive(DirectiveId),
    /// A document without one: index in `Mentions::citations`.
    Stub(u32),
    /// A unit.
    #[expect(dead_code, reason = "units are resolved by the next change")]
    Unit(FoundUnit),
    /// A place.
    #[expect(dead_code, reason = "places are resolved by the next change")]
    Locality(Found),
}

/// The mentions of one article, resolved.
#[derive(Default)]
pub(super) struct Mentions {
    /// Beside those of the body.
    pub(super) meant: Vec<Option<Meant>>,
    /// Documents that no file describes.
    pub(super) citations: Vec<stub::Citation>,
}

/// What is known of an article before its mentions are read.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    /// The places it is about: declared, of its events and of its units; its time.
    pub(super) context: Context<'a>,
    /// The directives that it declares.
    pub(super) directives: &'a [DirectiveId],
}

/// Resolves the mentions of an article. Depends on the article and the tables alone.
pub(super) fn resolve(names: &Names, document: &Document, front: &Article, around: Around) -> Mentions {
    let body = &document.body;
    if body.mentions.is_empty() {
        return Mentions::default();
    }
    let meant = places_and_units(names, document, front, around);
    let mut mentions = Mentions { meant, citations: Vec::new() };
    directive::resolve(names, body, around, &mut mentions);
    mentions
}

/// What mentions of units and places mean; `None` for all others.
fn places_and_units(_: &Names, document: &Document, _: &Article, _: Around) -> Vec<Option<Meant>> {
    vec![None; document.body.mentions.len()]
}
