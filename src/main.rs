//! The `luutru` command: see `cli`.

fn main() {}
