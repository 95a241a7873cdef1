//! The command line as a user sees it: transcripts in `tests/cli/*.md`.
//!
//! Each transcript runs in a copy of the folder `*.in` beside it; files of `*.out` are
//! held against what it leaves there. `TRYCMD=overwrite cargo test --test cli` writes the
//! transcripts anew. What a transcript cannot say, that something is *not* there, is below.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    process::{Command, Output},
};

#[test]
fn the_transcripts_are_what_the_program_prints() {
    trycmd::TestCases::new().case("tests/cli/*.md").env("NO_COLOR", "1");
}

/// A copy of the site of a transcript.
fn site(name: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli").join(format!("{name}.in"));
    copy(&from, dir.path());
    dir
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder");
    for entry in fs::read_dir(from).expect("the site of a transcript").flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).expect("a file of the site")),
        }
    }
}

fn luutru(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_luutru"))
        .args(arguments)
        .current_dir(dir)
        .output()
        .expect("the program runs")
}

#[track_caller]
fn exits(output: &Output, code: i32) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(code), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[test]
fn a_build_with_mistakes_makes_no_folder() {
    for (name, arguments) in [("mistakes", &["build"][..]), ("strict", &["build", "--strict"])] {
        let dir = site(name);
        exits(&luutru(dir.path(), arguments), 1);
        assert!(!dir.path().join("public").exists(), "{name}");
    }
}

#[test]
fn a_check_writes_nothing() {
    let dir = site("build");
    exits(&luutru(dir.path(), &["check"]), 0);
    let names: Vec<_> =
        fs::read_dir(dir.path()).expect("the site").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names, ["content"]);
}

#[test]
fn the_json_report_is_json_with_a_place_a_code_and_a_remedy_for_each_mistake() {
    let dir = site("mistakes");
    let text = exits(&luutru(dir.path(), &["check", "--format", "json"]), 1);
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON and nothing else");
    let rows = report.as_array().expect("a list");
    assert_eq!(rows.len(), 6);
    for row in rows {
        for key in ["file", "level", "code", "message", "help"] {
            assert!(row[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {row}");
        }
        assert!(row["line"].as_u64() > Some(0) && row["column"].as_u64() > Some(0), "{row}");
    }
    let text = exits(&luutru(site("build").path(), &["check", "--format", "json"]), 0);
    assert_eq!(text.trim(), "[]");
}

#[test]
fn suggestions_stand_behind_the_mistakes_and_change_neither_them_nor_the_exit_code() {
    let dir = site("mistakes");
    let article = dir.path().join("content/articles/0.md");
    let text = "---\ntitle: A\n---\nTheo 15-CT/TW đó";
    File::create(&article).and_then(|mut file| file.write_all(text.as_bytes())).expect("an article");
    let plain = exits(&luutru(dir.path(), &["check"]), 1);
    let more = exits(&luutru(dir.path(), &["check", "--suggest"]), 1);
    let (mistakes, _) = plain.trim_end().rsplit_once('\n').expect("a summary behind the mistakes");
    let behind = more.strip_prefix(mistakes).expect("the same mistakes first");
    assert!(
        behind.starts_with("\ncontent/articles/0.md:4:6: suggestion[directive-without-record]"),
        "{behind}"
    );
    let json = exits(&luutru(dir.path(), &["check", "--suggest", "--format", "json"]), 1);
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON and nothing else");
    let rows = report.as_array().expect("a list");
    assert_eq!((rows.len(), &rows[6]["level"]), (7, &serde_json::json!("suggestion")));
}

#[test]
fn a_page_edited_by_hand_is_a_warning_and_no_fault_of_the_content_even_if_strict() {
    let dir = site("build");
    exits(&luutru(dir.path(), &["build"]), 0);
    let page = dir.path().join("public/bai-viet/a.html");
    File::create(&page).and_then(|mut file| file.write_all(b"by hand")).expect("an edit");
    let text = exits(&luutru(dir.path(), &["build"]), 0);
    assert!(text.contains("public/bai-viet/a.html:1:1: warning[edited-by-hand]"), "{text}");
    exits(&luutru(dir.path(), &["build", "--strict"]), 0);
    assert_eq!(fs::read(&page).expect("the page"), b"by hand");
}

#[test]
fn there_is_help_for_every_command_and_a_version() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for arguments in [
        &["--help"][..],
        &["build", "--help"],
        &["watch", "--help"],
        &["check", "--help"],
        &["new", "--help"],
        &["init", "--help"],
    ] {
        let text = exits(&luutru(dir.path(), arguments), 0);
        assert!(text.contains("Usage: luutru"), "{text}");
    }
    let text = exits(&luutru(dir.path(), &["--version"]), 0);
    assert_eq!(text.trim(), concat!("luutru ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_language_of_messages_is_that_of_the_site_unless_it_is_asked_for() {
    let dir = site("drafts");
    assert!(exits(&luutru(dir.path(), &["check"]), 0).contains("no mistakes"));
    assert!(exits(&luutru(dir.path(), &["check", "--lang", "vi"]), 0).contains("không có lỗi"));
}
