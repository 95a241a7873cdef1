//! `content/site.yaml`: the few things that hold for the whole site.
//!
//! Owns their defaults and limits. Not here: what the place of the site is (`archive`
//! looks it up), or any strings of the interface (`theme`).

use crate::diagnostic::{Checked, Code, Diagnostic, Language, SourcePath};
use crate::yaml::{self, Fields, Written};

/// Path of the file within the site's folder.
pub const PATH: &str = "content/site.yaml";

/// Rows of a listing's page where the site does not say otherwise.
const PAGE_SIZE: u32 = 50;

/// The site's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its title.
    pub title: Box<str>,
    /// Where it is published, with a slash at the end. Without it there are no feeds, no
    /// sitemap and no canonical addresses.
    pub base_url: Option<Box<str>>,
    /// Of the interface and of messages.
    pub language: Language,
    /// The archive's own province: the second ring of every look-up.
    pub place: Option<Written>,
    /// Folder under `themes/` whose files go before the built-in ones.
    pub theme: Option<Box<str>>,
    /// Rows of a listing's page, 5 to 500.
    pub page_size: usize,
    /// Links at the top of every page, after the built-in ones.
    pub menus: Vec<Menu>,
    /// Whether there is a search page.
    pub search: bool,
    /// Whether there are data files.
    pub data: bool,
    /// Whether names in running text become links.
    pub mentions: bool,
}

/// A link in the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// Its words.
    pub label: Box<str>,
    /// An address on the web, or one of the site relative to its root.
    pub url: Written,
}

impl Site {
    /// The path of `base_url`, with a slash at either end: `/` for a root, or for no address.
    pub fn base_path(&self) -> &str {
        let base = self.base_url.as_deref().unwrap_or("");
        let host = base.split_once("://").map_or("", |(_, rest)| rest);
        host.find('/').map_or("/", |at| &host[at..])
    }
}

impl Default for Site {
    fn default() -> Site {
        Site {
            title: "Lưu trữ báo chí".into(),
            base_url: None,
            language: Language::Vi,
            place: None,
            theme: None,
            page_size: PAGE_SIZE as usize,
            menus: Vec::new(),
            search: true,
            data: true,
            mentions: true,
        }
    }
}

/// Reads the settings from the text of `site.yaml`; defaults for what is wrong.
pub fn parse(text: &str) -> Checked<Site> {
    let path: SourcePath = PATH.into();
    let (node, mut found) = match yaml::parse(&path, text, 0, text.len()) {
        Ok(parsed) => parsed,
        Err(diagnostic) => return Checked { value: Site::default(), diagnostics: vec![*diagnostic] },
    };
    let mut fields = Fields::new(&path, node);
    let defaults = Site::default();
    let site = Site {
        title: fields.required("title").map_or(defaults.title, |title| title.text),
        base_url: fields.text("base_url").and_then(|url| base_url(&mut fields, &url)),
        language: match fields.choice("language", &["vi", "en"]) {
            Some(1) => Language::En,
            _ => Language::Vi,
        },
        place: fields.text("place"),
        theme: fields.text("theme").and_then(|theme| theme_name(&mut fields, theme)),
        page_size: page_size(&mut fields),
        menus: menus(&mut fields),
        search: fields.boolean("search").unwrap_or(defaults.search),
        data: fields.boolean("data").unwrap_or(defaults.data),
        mentions: fields.boolean("mentions").unwrap_or(defaults.mentions),
    };
    found.extend(fields.finish());
    Checked { value: site, diagnostics: found }
}

/// `url` as a base: http or https, a host, a slash at the end. `None` if it is none.
pub fn normal_base_url(url: &str) -> Option<Box<str>> {
    let url = url.trim();
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let sound = !rest.is_empty()
        && !rest.starts_with('/')
        && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>?#\\".contains(c));
    sound.then(|| format!("{}/", url.trim_end_matches('/')).into())
}

fn base_url(fields: &mut Fields, url: &Written) -> Option<Box<str>> {
    let normal = normal_base_url(&url.text);
    if normal.is_none() {
        let found = Diagnostic::new(Code::BadUrl, fields.path(), url.span)
            .with("url", &url.text)
            .help("bad-url.help", &[]);
        fields.add([found]);
    }
    normal
}

fn theme_name(fields: &mut Fields, theme: Written) -> Option<Box<str>> {
    // A folder's name, never a way out of `themes/`.
    let sound = theme.text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    if !sound {
        let found = Diagnostic::new(Code::UnknownValue, fields.path(), theme.span)
            .with("key", "theme")
            .with("value", &theme.text)
            .help("unknown-value.theme", &[]);
        fields.add([found]);
    }
    sound.then_some(theme.text)
}

fn page_size(fields: &mut Fields) -> usize {
    let span = fields.span_of("page_size");
    let Some(size) = fields.count("page_size") else { return PAGE_SIZE as usize };
    if !(5..=500).contains(&size) {
        fields.add([Diagnostic::new(Code::UnknownValue, fields.path(), span)
            .with("key", "page_size")
            .with("value", size)
            .help("unknown-value.page-size", &[])]);
    }
    size.clamp(5, 500) as usize
}

fn menus(fields: &mut Fields) -> Vec<Menu> {
    let mut menus = Vec::new();
    for mut inner in fields.maps("menus") {
        let label = inner.required("label");
        let url = inner.required("url");
        fields.add(inner.finish());
        if let (Some(label), Some(url)) = (label, url) {
            let outside = ["https://", "http://", "mailto:"].iter().any(|start| url.text.starts_with(start));
            if outside || !url.text.contains([':', '\\']) && !url.text.starts_with("//") {
                menus.push(Menu { label: label.text, url });
            } else {
                let found = Diagnostic::new(Code::BadUrl, fields.path(), url.span)
                    .with("url", &url.text)
                    .help("bad-url.help", &[]);
                fields.add([found]);
            }
        }
    }
    menus
}

#[cfg(test)]
mod tests {
    use super::{Site, normal_base_url, parse};

    #[test]
    fn settings_are_read_and_mistakes_reported_together() {
        let checked = parse(
            "title: Lưu trữ\nbase_url: https://luu.example/a\nlanguage: en\npage_size: 20\nsearch: false\n",
        );
        assert_eq!(checked.diagnostics, []);
        assert_eq!(checked.value.base_url.as_deref(), Some("https://luu.example/a/"));
        assert!(!checked.value.search);
        let checked = parse(
            "base_url: ftp://x\ntheme: ../x\npage_size: 1\nmenu: []\nmenus: [{label: a, url: 'javascript:x'}]\n",
        );
        let codes: Vec<_> = checked.diagnostics.iter().map(|d| d.code.name()).collect();
        assert_eq!(
            codes,
            ["missing-key", "bad-url", "unknown-value", "unknown-value", "bad-url", "unknown-key"]
        );
        assert_eq!(checked.value.title, Site::default().title);
    }

    #[test]
    fn a_base_is_an_address_with_a_slash_at_the_end() {
        assert_eq!(normal_base_url("http://a.vn//").as_deref(), Some("http://a.vn/"));
        for url in ["a.vn", "https://", "https:///x", "https://a.vn/?q", "javascript:x"] {
            assert_eq!(normal_base_url(url), None, "{url}");
        }
    }
}
