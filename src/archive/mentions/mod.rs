//! What the mentions of an article mean: from words to records.
//!
//! A link declared by the editor is his word; a mention is the machine's. It is resolved
//! only where exactly one record fits, and what fits none or several stays words: nothing
//! here is ever a diagnostic. A document that nobody has described, but whose number and
//! owner are certain, becomes a *stub* (`stub`).
//!
//! Reading order: `resolve`, then `directive`, which chooses among documents, and `stub`.
//! Units and places come first, because a document of a place is known by its owner.
//! `look` and `suggest` tell an editor what the machine made of a text, and what it did not.

mod directive;
mod look;
mod place;
mod relation;
mod stub;
mod suggest;

use super::DirectiveId;
use super::names::{FoundTarget, Names, UnitKey};
use super::places::{Context, Found};
use crate::document::{Body, Document};
use crate::mention::What;
use crate::organ::OrganId;
use place::{Sense, Spot};

pub use look::{Look, Seen, look};
pub(super) use stub::{Stub, Stubs};
pub use stub::{is_stub_id, kind_of};
pub(super) use suggest::suggest;

/// What a mention means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// A document with a file.
    Directive(DirectiveId),
    /// A document without one: index in `Mentions::citations`.
    Stub(u32),
    /// A unit: its key, and the organ named where its page is another's. No more of it is
    /// kept: there are dozens in an article.
    Unit(UnitKey, Option<OrganId>),
    /// A place.
    Locality(Found),
}

/// The mentions of one article, resolved.
#[derive(Default, PartialEq)]
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
pub(super) fn resolve(names: &Names, document: &Document, around: Around) -> Mentions {
    let body = &document.body;
    if body.mentions.is_empty() {
        return Mentions::default();
    }
    let senses = senses(names, body, around);
    let meant = body.mentions.iter().zip(&senses).map(|(found, sense)| match (&found.mention.what, sense) {
        (What::Own(name), _) => own(names, name, around.context),
        (_, Sense::Place(found, _)) => Some(Meant::Locality(*found)),
        (_, Sense::Unit(unit, _)) => Some(Meant::Unit(unit.key, unit.named)),
        _ => None,
    });
    let mut mentions = Mentions { meant: meant.collect(), citations: Vec::new() };
    directive::resolve(names, body, around, &mut mentions);
    mentions
}

/// What the places and units of a body mean.
fn senses(names: &Names, body: &Body, around: Around) -> Vec<Sense> {
    let spots: Vec<Spot> = body
        .mentions
        .iter()
        .map(|found| Spot {
            what: &found.mention.what,
            section: body.blocks[found.block as usize].section,
            block: found.block,
            start: found.mention.start,
        })
        .collect();
    let around =
        place::Around { places: around.context.article, time: around.context.time, sports: body.sports };
    place::resolve(names, &spots, around)
}

/// The one record of the site's own that bears a name.
fn own(names: &Names, name: &str, context: Context) -> Option<Meant> {
    match names.any(name, context).ok()?? {
        FoundTarget::Directive(id) => Some(Meant::Directive(id)),
        FoundTarget::Unit(unit) => Some(Meant::Unit(unit.key, unit.named)),
        FoundTarget::Locality(place) => Some(Meant::Locality(place)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::look;
    use crate::config::Site;
    use crate::document;
    use crate::mention::OwnNames;

    /// How many mentions are looked at; quadratic, these would be minutes.
    fn looked_at(text: &str) -> usize {
        let document = document::mentions_of(&"a.txt".into(), text, &OwnNames::default());
        look(&document, Vec::new(), &Site::default()).len()
    }

    #[test]
    fn twenty_thousand_mentions_are_as_many_steps() {
        // Names of many places, each with nothing around that tells which.
        assert_eq!(looked_at(&"phường 1 họp; xã Tân Lập họp. ".repeat(3_500)), 7_000);
        // Units that point back to what is never named.
        assert_eq!(looked_at(&"UBND tỉnh họp, Huyện ủy bàn. ".repeat(3_500)), 7_000);
        // Places that are clear, and names that lean on them.
        assert_eq!(looked_at(&"ở Hà Nội thì xã Tân Lập và UBND xã họp. ".repeat(2_000)), 6_000);
    }
}
