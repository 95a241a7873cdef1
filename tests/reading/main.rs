//! The default theme as its readers have it: every kind of page in a browser, and every page
//! through the tools that judge accessibility and HTML.
//!
//! Reading order: `archive` (what is published), `stage` (the pages that stand for all),
//! then what they are held to. Where no browser or no Node.js is installed a test says
//! what to install and passes; it fails where `CI` is `true`.

mod access;
mod archive;
#[path = "../browser/mod.rs"]
mod browser;
mod budget;
mod conditions;
#[allow(dead_code, reason = "each crate of tests uses a part of its own")]
#[path = "../site/fixture.rs"]
mod fixture;
mod keyboard;
mod layout;
mod modes;
mod node;
mod png;
mod screenshots;
mod server;
mod sorting;
mod stage;
mod valid;
