//! The `luutru` command: see `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    luutru::cli::run()
}
