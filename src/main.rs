//! The `luutru` command: see `cli`.

use std::process::ExitCode;

/// A build allocates millions of small texts on all cores: this takes about a tenth off
/// its time against the system's allocator (`docs/benchmarks.md`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    luutru::cli::run()
}
