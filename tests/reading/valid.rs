//! Every page of both archives through html-validate, with the rules of `htmlvalidate.mjs`.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use serde_json::Value;

use super::{
    fixture::tree,
    node::{self, FOLDER},
    stage::stage,
};

#[test]
fn every_page_is_valid_html() {
    let (Some(package), Some(mut node)) = (node::installed("html-validate"), node::node()) else { return };
    let stage = stage();
    let sites = stage.sites();
    let config = Path::new(FOLDER).join("htmlvalidate.mjs");
    node.arg(package.join("bin/html-validate.mjs")).arg("--config").arg(config);
    // What it writes to a pipe is cut off when it ends.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("report.json");
    node.arg("--formatter").arg(format!("json={}", file.display()));
    node.args(["--ext", "html"]).args(sites.map(|(_, built)| built.out()));
    let output = node.output().expect("Node.js runs");
    let report = fs::read_to_string(&file).unwrap_or_default();
    let report: Value = serde_json::from_str(&report)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let looked_at = report.as_array().map_or(0, Vec::len);
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in report.as_array().into_iter().flatten() {
        let path = file["filePath"].as_str().unwrap_or_default();
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
    let there: usize = sites.iter().map(|(_, built)| pages(&built.out())).sum();
    assert!(looked_at == there || looked_at == 0, "{looked_at} of {there} pages were looked at");
}

fn pages(out: &Path) -> usize {
    tree(out).keys().filter(|name| name.ends_with(".html")).count()
}
