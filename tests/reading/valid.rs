//! Every page of both archives through html-validate, with the rules of `htmlvalidate.mjs`.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, File},
    io::Write as _,
    path::Path,
};

use serde_json::Value;

use super::{
    node::{self, FOLDER},
    stage::stage,
};

#[test]
fn every_page_is_valid_html() {
    let (Some(package), Some(mut node)) = (node::installed("html-validate"), node::node()) else { return };
    let stage = stage();
    let sites = stage.sites();
    let config = Path::new(FOLDER).join("htmlvalidate.mjs");
    // Nothing is told of a page without mistakes: one that has some shows that pages are read.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let wrong = folder.path().join("pages/below/wrong.html");
    fs::create_dir_all(folder.path().join("pages/below")).expect("a folder");
    File::create(&wrong).and_then(|mut file| file.write_all(b"<p><p></b>")).expect("a page");
    node.arg(package.join("bin/html-validate.mjs")).arg("--config").arg(config);
    // What it writes to a pipe is cut off when it ends.
    let file = folder.path().join("report.json");
    node.arg("--formatter").arg(format!("json={}", file.display()));
    node.args(["--ext", "html"]).args(sites.map(|(_, built)| built.out())).arg(folder.path().join("pages"));
    let output = node.output().expect("Node.js runs");
    let report = fs::read_to_string(&file).unwrap_or_default();
    let report: Value = serde_json::from_str(&report)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let mut is_wrong_seen = false;
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in report.as_array().into_iter().flatten() {
        let path = file["filePath"].as_str().unwrap_or_default();
        if Path::new(path) == wrong {
            is_wrong_seen = true;
            continue;
        }
        let outs = sites.map(|(name, built)| (name, built.out()));
        let place = outs.iter().find_map(|(name, out)| Some((name, path.strip_prefix(out.to_str()?)?)));
        let place = place.map_or(path.to_owned(), |(name, inside)| format!("{name}{inside}"));
        for message in file["messages"].as_array().into_iter().flatten() {
            let what = format!("{} ({})", message["message"].as_str().unwrap_or(""), message["ruleId"]);
            found.entry(what).or_default().push(format!("{place}:{}:{}", message["line"], message["column"]));
        }
    }
    let mut told = String::new();
    for (what, places) in &found {
        let _ = writeln!(
            told,
            "{what}\n    {} times, first at {}",
            places.len(),
            places[..places.len().min(3)].join(", ")
        );
    }
    assert!(found.is_empty(), "{} findings:\n{told}", found.len());
    assert!(is_wrong_seen, "html-validate finds nothing wrong with a page that is");
}
