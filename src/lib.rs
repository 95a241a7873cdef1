//! `luutru`: a static site generator for press archives in Vietnamese.
//!
//! Articles with YAML front matter are parsed, cross-linked by unit and by
//! directive, and rendered into a static archive with a page for every locality.
//! Modules stand in layer order: each imports only from those above it, and
//! `tests/tidy.rs` holds them to it. `ARCHITECTURE.md` is the map.

pub mod diagnostic;

pub mod vi;

pub mod digest;

pub mod number;

pub mod source;

pub mod yaml;

pub mod config;

pub mod gazetteer;

pub mod organ;

pub mod mention;

pub mod document;

pub mod archive;

pub mod page;

pub mod theme;

pub mod render;

pub mod proof;

pub mod publish;

pub mod asset;

pub mod serve;

pub mod build;

pub mod inspect;

pub mod watch;

pub mod cli;
