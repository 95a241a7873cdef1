//! `luutru mentions`: what the linker sees in a text.
//!
//! The archive around the file, if there is one, gives its records; none is needed.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::fail;
use crate::build;
use crate::config::Site;
use crate::diagnostic::Language;
use crate::inspect::{inspect, marked, table};

pub(super) fn run(file: &Path, json: bool, language: Option<Language>) -> u8 {
    let language = language.unwrap_or_default();
    let shown = file.display().to_string();
    let text = match std::fs::read(file).map(String::from_utf8) {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => {
            return fail(language, "cli.failed", &[("reason", &format!("{shown}: {}", error.utf8_error()))]);
        }
        Err(error) => return fail(language, "cli.failed", &[("reason", &format!("{shown}: {error}"))]),
    };
    let (records, site) = match archive_around(file) {
        Some(root) => build::records(&root),
        None => (Vec::new(), Site::default()),
    };
    let seen = inspect(&shown, &text, records, &site);
    let mut stdout = std::io::stdout().lock();
    let written = if json {
        writeln!(stdout, "{}", serde_json::json!({ "file": shown, "mentions": seen }))
    } else if stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) {
        write!(stdout, "{}\n{}", marked(&text, &seen).trim_end(), table(&seen))
    } else {
        write!(stdout, "{}", table(&seen))
    };
    // A reader that has seen enough closes the pipe.
    u8::from(written.is_err_and(|error| error.kind() != std::io::ErrorKind::BrokenPipe)) * 2
}

/// The nearest folder above the file that holds a `content/` with settings.
fn archive_around(file: &Path) -> Option<PathBuf> {
    let file = std::path::absolute(file).ok()?;
    file.ancestors().skip(1).find(|folder| folder.join("content/site.yaml").is_file()).map(Path::to_owned)
}
