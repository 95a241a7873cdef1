//! The theme: templates, files and strings, the built-in ones overridable one by one.
//!
//! A site's file at `themes/<theme>/<path>` goes before the built-in file of that path.
//! With `render`, the only modules that know tera. Not here: what templates see (`page`).

mod embedded;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tera::{Kwargs, State, Tera, Value};

use crate::config::Site;
use crate::diagnostic::{Checked, Code, Diagnostic, Language, SourcePath, Span};
use crate::digest::{Digest, Hasher};
use crate::page::view::SiteView;
use crate::source::{self, Touched};
use crate::vi;
use crate::yaml;

pub use embedded::EMBEDDED;

/// Templates ready to render, with the files and strings they use.
#[derive(Clone, Default)]
pub struct Theme {
    pub(crate) tera: Tera,
    /// Files to publish, by address.
    pub files: Vec<ThemeFile>,
    addresses: BTreeMap<String, String>,
    /// Templates and style sheets as they were written, by path within the theme.
    written: Arc<BTreeMap<String, Written>>,
    /// Stands for all templates: any of them may include any other.
    pub templates: Option<Digest>,
    /// Stands for what every template sees beside its page: the strings and the files, and, once
    /// it is known, what holds for the whole site.
    pub surroundings: Option<Digest>,
}

/// The theme of the last build, to be loaded again only when it was touched.
#[derive(Default)]
pub struct Memo(Option<Known>);

struct Known {
    name: Option<Box<str>>,
    language: Language,
    theme: Arc<Theme>,
    diagnostics: Vec<Diagnostic>,
}

impl Memo {
    /// Has the theme read again when it is next asked for, if it may have changed.
    pub fn forget(&mut self, touched: &Touched) {
        self.0.take_if(|known| {
            known.name.as_ref().is_some_and(|name| touched.concerns(&Path::new(FOLDER).join(&**name)))
        });
    }

    /// As `load`.
    pub fn load(&mut self, root: &Path, site: &Site) -> Checked<Arc<Theme>> {
        self.0.take_if(|known| known.name != site.theme || known.language != site.language);
        let known = self.0.get_or_insert_with(|| {
            let Checked { value, diagnostics } = load(root, site);
            Known { name: site.theme.clone(), language: site.language, theme: Arc::new(value), diagnostics }
        });
        Checked { value: known.theme.clone(), diagnostics: known.diagnostics.clone() }
    }
}

/// Where a site's themes are.
pub const FOLDER: &str = "themes";

/// The built-in theme, within that folder.
const DEFAULT: &str = "/default/";

/// A file of the theme under the address that carries its digest.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    /// `giao-dien/<name>.<digest>.<ext>`
    pub url: String,
    /// Its bytes: style sheets and scripts, a few kilobytes.
    pub bytes: Vec<u8>,
}

/// A text of the theme as it was written.
#[derive(Debug)]
pub struct Written {
    /// Where: below the site's folder, or `themes/default/…` for what is built in.
    pub path: SourcePath,
    /// All of it.
    pub text: Box<str>,
}

/// The text of a file of the built-in theme, by a path such as `themes/default/strings/vi.yaml`.
pub fn built_in(path: &str) -> Option<&'static str> {
    let inside = path.strip_prefix(FOLDER)?.strip_prefix(DEFAULT)?;
    let (_, bytes) = EMBEDDED.iter().find(|(own, _)| *own == inside)?;
    std::str::from_utf8(bytes).ok()
}

/// Loads the theme of `site` from `root/themes/`, over the built-in one. Templates that do
/// not parse are diagnostics.
pub fn load(root: &Path, site: &Site) -> Checked<Theme> {
    let mut found = Vec::new();
    let mut files: BTreeMap<String, Vec<u8>> =
        EMBEDDED.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    let folder = site.theme.as_deref().map(|name| format!("{FOLDER}/{name}"));
    let mut own = BTreeSet::new();
    if let Some(folder) = &folder {
        own = override_files(root, folder, &mut files, &mut found);
    }
    let strings = strings(&files, site.language, folder.as_deref(), &mut found);
    let mut tera = engine(site.language);
    let templates: Vec<(String, String)> = files
        .iter()
        .filter_map(|(path, bytes)| {
            let name = path.strip_prefix("templates/")?;
            Some((name.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
        })
        .collect();
    if let Err(error) =
        tera.add_raw_templates(templates.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    {
        found.push(template_error(folder.as_deref(), &error));
    }
    let written = written(&files, |path| match (&folder, own.contains(path)) {
        (Some(folder), true) => format!("{folder}/{path}").into(),
        _ => format!("{FOLDER}{DEFAULT}{path}").into(),
    });
    let mut published = Vec::new();
    let mut addresses = BTreeMap::new();
    for (path, bytes) in files {
        let Some(name) = path.strip_prefix("static/") else { continue };
        let url = fingerprinted(name, &bytes);
        addresses.insert(name.to_owned(), url.clone());
        published.push(ThemeFile { url, bytes });
    }
    published.sort_by(|a, b| a.url.cmp(&b.url));
    let templates = Some(digest_of(&templates));
    let surroundings = Some(digest_of(&(&strings, &addresses)));
    tera.global_context().insert_value("t", Value::from_serializable(&strings));
    let written = Arc::new(written);
    let theme = Theme { tera, files: published, addresses, written, templates, surroundings };
    Checked { value: theme, diagnostics: found }
}

/// Tera with the filters of a theme: `{{ 1780 | grouped }}` is "1.780", in English "1,780".
/// Years are not to be grouped.
pub fn engine(language: Language) -> Tera {
    let separator = match language {
        Language::Vi => '.',
        Language::En => ',',
    };
    let mut tera = Tera::default();
    tera.register_filter("grouped", move |number: u64, _: Kwargs, _: &State| grouped(number, separator));
    tera
}

fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

fn digest_of(value: &impl serde::Serialize) -> Digest {
    let mut hasher = Hasher::default();
    // Neither texts nor writing to a hasher can fail.
    let _ = serde_json::to_writer(&mut hasher, value);
    hasher.digest()
}

/// What of the files is text in which a mistake of a page may be found again.
fn written(
    files: &BTreeMap<String, Vec<u8>>,
    place: impl Fn(&str) -> SourcePath,
) -> BTreeMap<String, Written> {
    let texts = files.iter().filter(|(path, _)| path.starts_with("templates/") || path.ends_with(".css"));
    texts
        .map(|(path, bytes)| {
            // As a report reads it, which shows places by line and column.
            let text = String::from_utf8_lossy(bytes);
            let text = vi::nfc(text.trim_start_matches('\u{FEFF}')).replace("\r\n", "\n");
            (path.clone(), Written { path: place(path), text: text.into() })
        })
        .collect()
}

impl Theme {
    /// A template as it was written.
    pub fn template(&self, name: &str) -> Option<&Written> {
        self.written.get(&format!("templates/{name}"))
    }

    /// All templates as they were written, by name.
    pub fn templates(&self) -> impl Iterator<Item = &Written> {
        self.written.iter().filter(|(path, _)| path.starts_with("templates/")).map(|(_, written)| written)
    }

    /// The style sheets, each with its address and as it was written.
    pub fn style_sheets(&self) -> impl Iterator<Item = (&str, &Written)> {
        let sheets = self.addresses.iter().filter(|(name, _)| name.ends_with(".css"));
        sheets.filter_map(|(name, url)| Some((&**url, self.written.get(&format!("static/{name}"))?)))
    }

    /// The theme with what holds for the whole site given to all templates.
    pub fn with_site(&self, site: &Site, menus: Vec<crate::page::view::Link<'_>>) -> Theme {
        let view = SiteView {
            title: &site.title,
            language: site.language.code(),
            base_url: site.base_url.as_deref(),
            menus,
            files: self.addresses.iter().map(|(name, url)| (name.as_str(), url.as_str())).collect(),
            generator: concat!("luutru ", env!("CARGO_PKG_VERSION")),
        };
        let mut theme = self.clone();
        theme.surroundings = Some(digest_of(&(self.surroundings.map(Digest::hex), &view)));
        theme.tera.global_context().insert_value("site", Value::from_serializable(&view));
        theme
    }
}

/// What is wrong with a template, in tera's words, which name file, line and column.
pub(crate) fn template_error(folder: Option<&str>, error: &tera::Error) -> Diagnostic {
    let mut reason = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        reason += &format!(": {inner}");
        source = inner.source();
    }
    let path: SourcePath = folder.unwrap_or("themes/default").into();
    Diagnostic::new(Code::Theme, &path, Span::default()).with("reason", reason.trim())
}

/// Puts the site's files before the built-in ones; gives which they are.
fn override_files(
    root: &Path,
    folder: &str,
    files: &mut BTreeMap<String, Vec<u8>>,
    found: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    let mut own = BTreeSet::new();
    let base: PathBuf = root.join(folder);
    let path: SourcePath = folder.into();
    if !base.is_dir() {
        let reason = format!("no folder `{folder}`");
        found.push(Diagnostic::new(Code::Theme, &path, Span::default()).with("reason", reason));
        return own;
    }
    // As in `content/`, a hidden folder is not the theme's: nobody is told of a change in it.
    let walk = walkdir::WalkDir::new(&base).sort_by_file_name().into_iter();
    let is_hidden = |entry: &walkdir::DirEntry| entry.file_name().as_encoded_bytes().starts_with(b".");
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
        let Ok(entry) = entry else { continue };
        let name = entry.file_name().to_string_lossy();
        if !entry.file_type().is_file() || source::is_temporary(&name) {
            continue;
        }
        let inside: Vec<String> = entry
            .path()
            .strip_prefix(&base)
            .map(|path| path.iter().map(|part| part.to_string_lossy().into_owned()).collect())
            .unwrap_or_default();
        match std::fs::read(entry.path()) {
            Ok(bytes) => {
                own.insert(inside.join("/"));
                files.insert(inside.join("/"), bytes);
            }
            Err(error) => {
                let file: SourcePath = format!("{folder}/{}", inside.join("/")).into();
                found.push(
                    Diagnostic::new(Code::UnreadableFile, &file, Span::default())
                        .with("reason", error.to_string()),
                );
            }
        }
    }
    own
}

/// The strings of a language; those that a site's own file leaves out are the built-in ones.
fn strings(
    files: &BTreeMap<String, Vec<u8>>,
    language: Language,
    folder: Option<&str>,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let name = format!("strings/{}.yaml", language.code());
    let built_in = EMBEDDED.iter().find(|(path, _)| *path == name).map(|(_, bytes)| bytes.to_vec());
    let mut strings = BTreeMap::new();
    for (bytes, folder) in [(built_in.as_ref(), "themes/default"), (files.get(&name), folder.unwrap_or(""))] {
        let Some(bytes) = bytes else { continue };
        let text = String::from_utf8_lossy(bytes);
        let path: SourcePath = format!("{folder}/{name}").into();
        match yaml::parse(&path, &text, 0, text.len()) {
            Ok((node, more)) => {
                found.extend(more);
                let mut fields = yaml::Fields::new(&path, node);
                for (key, node) in fields.rest() {
                    if let Some(words) = fields.as_text("", node) {
                        strings.insert(key.text.to_string(), words.text.to_string());
                    }
                }
                found.extend(fields.finish());
            }
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    strings
}

/// `giao-dien/style.0123456789ab.css`: a browser may keep it for ever.
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let digest = Digest::of(bytes).to_string();
    let short = &digest[..12];
    match name.rsplit_once('.') {
        Some((stem, ext)) => format!("giao-dien/{stem}.{short}.{ext}"),
        None => format!("giao-dien/{name}.{short}"),
    }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_grouped_from_the_right() {
        let all: Vec<String> = [0, 7, 999, 1000, 1780, 123_456, 1_234_567].map(|n| grouped(n, '.')).into();
        assert_eq!(all, ["0", "7", "999", "1.000", "1.780", "123.456", "1.234.567"]);
    }
}
