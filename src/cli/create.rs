//! `new` and `init`: files to begin with.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{NewKind, fail, no_content, say};
use crate::archive::Drafts;
use crate::build::{self, Input};
use crate::config;
use crate::diagnostic::{Code, Language, SourcePath};
use crate::document::propose_id;
use crate::number::Number;
use crate::source;
use crate::vi::slug;
use crate::yaml::quote;

/// Creates the file of one record; an existing file is left as it is.
pub(super) fn record(dir: &Path, kind: NewKind, title: &str, language: Option<Language>) -> u8 {
    let language = language.unwrap_or_else(|| site_language(dir));
    if !dir.join("content").is_dir() {
        return no_content(language, dir);
    }
    match write_record(dir, kind, title) {
        Ok(Written::Created(path)) => {
            say(language, "cli.created", &[("path", &path)]);
            0
        }
        Ok(Written::Exists(path)) => fail(language, "cli.exists", &[("path", &path)]),
        Ok(Written::NoName) => fail(language, "cli.no-name", &[("title", title)]),
        Err(error) => fail(language, "cli.failed", &[("reason", &error.to_string())]),
    }
}

/// Creates a file for every directive, unit and publisher that is named and unknown.
pub(super) fn missing(dir: &Path, language: Option<Language>) -> u8 {
    let input = Input { root: dir.to_owned(), base_url: None, drafts: Drafts::Include };
    let prepared = match build::prepare(&input) {
        Ok(prepared) => prepared,
        Err(source::Error::NoContent(dir)) => return no_content(language.unwrap_or_default(), &dir),
    };
    let language = language.unwrap_or(prepared.value.site.language);
    let wanted: BTreeSet<(NewKind, &str)> = prepared
        .diagnostics
        .iter()
        .filter_map(|diagnostic| {
            let kind = match diagnostic.code {
                Code::UnknownDirective => NewKind::Directive,
                Code::UnknownUnit => NewKind::Unit,
                Code::UnknownPublisher => NewKind::Publisher,
                _ => return None,
            };
            let (_, name) = diagnostic.message.args.iter().find(|(key, _)| *key == "name")?;
            Some((kind, name.as_str()))
        })
        .collect();
    if wanted.is_empty() {
        say(language, "cli.nothing-missing", &[]);
    }
    let mut code = 0;
    for (kind, name) in wanted {
        match write_record(dir, kind, name) {
            Ok(Written::Created(path)) => say(language, "cli.created", &[("path", &path)]),
            Ok(Written::Exists(path)) => code = fail(language, "cli.exists", &[("path", &path)]),
            Ok(Written::NoName) => code = fail(language, "cli.no-name", &[("title", name)]),
            Err(error) => code = fail(language, "cli.failed", &[("reason", &error.to_string())]),
        }
    }
    code
}

/// Begins a site: settings, a first article with its records, a page about the site.
pub(super) fn site(dir: &Path, language: Option<Language>) -> u8 {
    let language = language.unwrap_or_default();
    let occupied = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        return fail(language, "cli.not-empty", &[("dir", &dir.display().to_string())]);
    }
    let today = today();
    let files = [
        (config::PATH, "title: Lưu trữ báo chí\nlanguage: vi\nmenus:\n  - {label: Giới thiệu, url: trang/gioi-thieu.html}\n".to_owned()),
        (
            "content/articles/bai-dau-tien.md",
            format!(
                "---\ntitle: Bài đầu tiên của kho lưu trữ\nadded: {today}\npublisher: Báo mẫu\nlocalities: [\"Mỹ Xuyên, \
                 Sóc Trăng\"]\nevent:\n  date: 2024-05-17\n  host: Huyện ủy Mỹ Xuyên\n  directives: [01-KL/TW]\n  stage: sơ \
                 kết 3 năm\n  commended:\n    - {{collectives: 2, individuals: 5, total: 7, form: giấy khen, scope: event}}\n---\n\
                 Đây là bài mẫu: hãy sửa hoặc xóa tệp này. [[Huyện ủy Mỹ Xuyên]] sơ kết ba năm thực hiện [[01-KL/TW|Kết luận \
                 số 01-KL/TW]].\n"
            ),
        ),
        (
            "content/directives/01-kl-tw.md",
            "---\nnumber: 01-KL/TW\nkind: Kết luận\nissuer: Bộ Chính trị\ndate: 2021-05-18\nterm: XIII\ntitle: về tiếp tục thực \
             hiện Chỉ thị số 05-CT/TW\n---\n"
                .to_owned(),
        ),
        ("content/publishers/bao-mau.md", "---\nname: Báo mẫu\n---\n".to_owned()),
        (
            "content/pages/gioi-thieu.md",
            "---\ntitle: Giới thiệu\n---\nTrang này nói kho lưu trữ có gì và do ai làm.\n".to_owned(),
        ),
        (".gitignore", "/public\n/raw\n.luutru/\n".to_owned()),
    ];
    for (path, text) in files {
        if let Err(error) = create(&dir.join(path), &text) {
            return fail(language, "cli.failed", &[("reason", &format!("{path}: {error}"))]);
        }
        say(language, "cli.created", &[("path", &dir.join(path).display().to_string())]);
    }
    if let Err(error) = fs::create_dir_all(dir.join("content/media")) {
        return fail(language, "cli.failed", &[("reason", &error.to_string())]);
    }
    0
}

enum Written {
    Created(String),
    Exists(String),
    NoName,
}

fn write_record(dir: &Path, kind: NewKind, title: &str) -> std::io::Result<Written> {
    let title = title.trim();
    let prefix = match kind {
        NewKind::Article => "bai",
        NewKind::Directive => "van-ban",
        NewKind::Unit => "don-vi",
        NewKind::Publisher => "bao",
    };
    let id = propose_id(prefix, title);
    if slug(title).is_empty() {
        return Ok(Written::NoName);
    }
    let (folder, text) = match kind {
        NewKind::Article => (
            "articles",
            format!(
                "---\ntitle: {}\nadded: {}\ndate:\npublisher:\nurl:\nbyline:\nsummary:\nlocalities: []\nunits: []\ndirectives: \
                 []\ndraft: true\n---\n\n",
                quote(title),
                today()
            ),
        ),
        NewKind::Directive => {
            let key = if Number::parse(title).is_some() { "number" } else { "name" };
            let text = format!("---\n{key}: {}\nkind:\nissuer:\ndate:\nterm:\ntitle:\n---\n\n", quote(title));
            ("directives", text)
        }
        NewKind::Unit => {
            ("units", format!("---\nname: {}\naliases: []\nkind:\nplace:\nparent:\n---\n\n", quote(title)))
        }
        NewKind::Publisher => {
            ("publishers", format!("---\nname: {}\naliases: []\nmarks: []\nurl:\n---\n\n", quote(title)))
        }
    };
    let path = format!("content/{folder}/{id}.md");
    match create(&dir.join(&path), &text) {
        Ok(()) => Ok(Written::Created(path)),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(Written::Exists(path)),
        Err(error) => Err(error),
    }
}

/// Writes a new file; fails if there is one.
fn create(path: &PathBuf, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

fn site_language(dir: &Path) -> Language {
    let path: SourcePath = config::PATH.into();
    source::read_text(dir, &path, Path::new(config::PATH))
        .map_or(Language::Vi, |text| config::parse(&text).value.language)
}

fn today() -> String {
    jiff::Zoned::now().date().to_string()
}
