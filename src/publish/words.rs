//! A fault in the words of an editor. Reasons of the operating system stay in its own.

use std::path::Path;

use super::Fault;
use crate::diagnostic::Language;

impl Fault {
    /// What happened and what to do about it, in one line.
    pub fn words(&self, language: Language) -> String {
        let words = |key: &str, args: &[(&'static str, String)]| language.words(key, args);
        let shown = |path: &Path| path.display().to_string();
        match self {
            Fault::Busy { dir } => words("fault.busy", &[("dir", shown(dir))]),
            Fault::Foreign { out, paths } => {
                let paths: Vec<String> = paths.iter().map(|path| shown(&out.join(path))).collect();
                words("fault.foreign", &[("paths", paths.join(", "))])
            }
            Fault::HoldsContent { out, content } => {
                words("fault.holds-content", &[("out", shown(out)), ("content", shown(content))])
            }
            Fault::Path { path, reason } => {
                words("fault.path", &[("path", path.clone()), ("reason", reason.to_string())])
            }
            Fault::Manifest { path, reason } => {
                words("fault.manifest", &[("path", shown(path)), ("reason", reason.clone())])
            }
            Fault::AssetChanged { from } => words("fault.asset-changed", &[("path", shown(from))]),
            Fault::Gone { dir } => words("fault.gone", &[("dir", shown(dir))]),
            Fault::Io { path, source, .. } => {
                words("fault.io", &[("path", shown(path)), ("reason", source.to_string())])
            }
            Fault::Unfinished { dir, because } => {
                words("fault.unfinished", &[("dir", shown(dir)), ("reason", because.words(language))])
            }
        }
    }
}
