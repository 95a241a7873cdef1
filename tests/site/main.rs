//! The archive as its readers and editors see it: whole sites are built in a temporary
//! folder, by the library, and their pages are read.
//!
//! One binary, because linking costs more than the tests. Reading order: `fixture`, then
//! `links` (what leads where), `mentions` (what the machine recognised), `meaning` (which
//! record words mean), `gold` (how well they are found), `pages` (what they say), `article` (its
//! page), `maps` (where places are), `charts` (what a directive's page shows at a glance), `dates`
//! and `registers` (years and months; commendations, initiatives and units), `permanence`
//! (addresses), `laws` (same input, same bytes), `warm` (what an edit leaves alone), `preview`
//! (what `watch` makes of edits), `diagnostics` (mistakes), `suggestions` (`check --suggest`),
//! `proof` (what readers would stumble over) and `seeds` (the archive shipped in `content/`).

mod article;
mod charts;
mod dates;
mod diagnostics;
mod fixture;
mod gold;
mod laws;
mod links;
mod maps;
mod meaning;
mod mentions;
mod pages;
mod permanence;
mod preview;
mod proof;
mod registers;
mod seeds;
mod suggestions;
mod warm;
