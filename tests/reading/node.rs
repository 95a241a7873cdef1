//! The tools that come from npm: whether they are there, and what to install where they are not.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Where they are declared, and installed by `npm ci`.
pub(crate) const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reading");

/// What installs all that these tests use.
const INSTALL: &str = "apt-get install chromium nodejs npm, then npm ci --prefix tests/reading";

/// The folder of an installed package, or none with a word about it on standard error.
/// Fails where `CI` is `true`.
#[track_caller]
pub(crate) fn installed(package: &str) -> Option<PathBuf> {
    let folder = Path::new(FOLDER).join("node_modules").join(package);
    if !folder.is_dir() {
        return missing(&format!("the package {package}"));
    }
    Some(folder)
}

/// Node.js, ready to run a script of a package; the rest as `installed`.
#[track_caller]
pub(crate) fn node() -> Option<Command> {
    let version = Command::new("node").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !version.is_ok_and(|status| status.success()) {
        return missing("Node.js");
    }
    Some(Command::new("node"))
}

#[track_caller]
fn missing<T>(what: &str) -> Option<T> {
    assert!(env::var("CI").as_deref() != Ok("true"), "{what} is not installed: {INSTALL}");
    #[allow(clippy::print_stderr, reason = "a test that could not run says so")]
    {
        eprintln!("left out, since {what} is not installed: {INSTALL}");
    }
    None
}
