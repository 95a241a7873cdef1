//! A site that is written, built and read in one chain.
//!
//! `Site` collects files; `build` writes them into a temporary folder, runs the stages of
//! `luutru::build` and, if no error stops it, publishes. `Built` answers what a reader
//! (`page`, `text`, `fact`) or an editor (`codes`, `found`) would see. Positions are lines
//! and columns, texts have their tags stripped and their entities decoded.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use luutru::{
    archive::Drafts,
    build::{self, Input, Prepared},
    diagnostic::{Diagnostic, Format, Language, Report, line_col},
    publish,
};

/// Settings where a test does not care.
const SETTINGS: &str = "title: Kho thử\n";

/// A site to be built.
#[derive(Clone)]
pub(crate) struct Site {
    files: Vec<(String, Vec<u8>)>,
    drafts: Drafts,
    base_url: Option<String>,
}

/// A site that was built, with its folder.
pub(crate) struct Built {
    /// The site's folder; gone when this is dropped.
    pub(crate) dir: tempfile::TempDir,
    /// All that was found wrong.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The archive behind the pages.
    pub(crate) prepared: Prepared,
    /// What publishing did; none if errors stopped it.
    pub(crate) report: Option<publish::Report>,
    /// Addresses of the plan, sorted.
    pub(crate) planned: Vec<String>,
    input: Input,
}

impl Site {
    /// A site with a title and nothing else.
    pub(crate) fn new() -> Site {
        let site = Site { files: Vec::new(), drafts: Drafts::Skip, base_url: None };
        site.file("content/site.yaml", SETTINGS)
    }

    /// A site without even its settings.
    pub(crate) fn bare() -> Site {
        Site { files: Vec::new(), drafts: Drafts::Skip, base_url: None }.file("content/.keep", "")
    }

    /// An archive with every kind of record and of page, two on most lists: for what must
    /// hold on all pages.
    pub(crate) fn sample() -> Site {
        Site::new()
            .settings("place: Sóc Trăng\npage_size: 5\nmenus: [{label: Giới thiệu, url: trang/gioi-thieu.html}]")
            .record("pages/gioi-thieu", "title: Giới thiệu")
            .record("publishers/bao-a", "name: Báo A\nmarks: [\"(A)\"]\nplace: Bình Định\nurl: https://a.example/")
            .record("publishers/bao-b", "name: Báo B\nrights: summary")
            .record("directives/05-ct-tw", "number: 05-CT/TW\nkind: Chỉ thị\ndate: 2016-05-15")
            .record(
                "directives/01-kl-tw",
                "number: 01-KL/TW\nkind: Kết luận\nissuer: Bộ Chính trị\ndate: 2021-05-18\ncontinues: 05-CT/TW\n\
                 title: về tiếp tục thực hiện Chỉ thị số 05\nold_addresses: [ket-luan-01.html]",
            )
            .record("directives/10-nq-tu", "number: 10-NQ/TU\nissuer: Tỉnh ủy Sóc Trăng\nstatus: còn hiệu lực")
            .record(
                "units/huyen-uy",
                "id: huyen-uy-my-xuyen\nname: Huyện ủy Mỹ Xuyên\nplace: \"Mỹ Xuyên, Sóc Trăng\"\nto: 2025-06-30",
            )
            .record("units/clb", "name: Câu lạc bộ Sử học\nkind: câu lạc bộ")
            .record(
                "localities/ap-trung-hoa",
                "name: ấp Trung Hòa\nkind: ấp\nparent: \"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"",
            )
            .file("content/media/anh 1.png", "not a real picture")
            .file("content/media/2024/so-do.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>")
            .article_with(
                "my-xuyen",
                "date: 2024-05-18\nadded: 2026-11-20\npublisher: Báo A\nbyline: PV\nsection: Chính trị\n\
                 url: https://a.example/1\narchived_url: https://web.example/1\nretrieved: 2026-11-01\n\
                 tags: [thi đua]\nrights: Báo A\nsummary: Tóm tắt.\nunits: [Câu lạc bộ Sử học]\n\
                 localities: [\"ấp Trung Hòa, Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]\n\
                 initiatives: [{name: Mẹ đỡ đầu, unit: Hội Liên hiệp Phụ nữ huyện Mỹ Xuyên}]\n\
                 photos: [{caption: Toàn cảnh, credit: PV, file: media/anh 1.png, alt: Hội trường}]\n\
                 corrections: [{date: 2026-11-22, note: sửa con số}]\n\
                 also_published_in: [{publisher: Báo B, url: https://b.example/1, date: 2024-05-19}]\n\
                 raw: {file: raw/1.txt, sha256: abc, captured: 2026-11-01}\n\
                 old_addresses: [2024/my-xuyen.html, 2024/05/]\n\
                 event: {title: Sơ kết, date: 2024-05-17, host: Ban Thường vụ Huyện ủy Mỹ Xuyên, \
                 units: [UBND huyện Mỹ Xuyên], directives: [01-KL/TW, 10-NQ/TU], stage: sơ kết 3 năm, \
                 commended: [{collectives: 2, individuals: 5, total: 7, form: giấy khen, \
                 by: UBND huyện Mỹ Xuyên, recipients: [{name: Bà B, for: x}, {unit: Câu lạc bộ Sử học}]}, \
                 {collectives: 60, scope: period, period: 3 năm}]}",
                "Xem [[01-KL/TW|Kết luận]] và [ảnh](media/anh%201.png).\n\n![Sơ đồ](media/2024/so-do.svg)\n\n\
                 # Mục\n\n[trang](trang/gioi-thieu.html#x) <span title=\"x\">html</span>",
            )
            .article_with(
                "binh-dinh",
                "date: 2023-03\nadded: 2026-11-21\npublisher: Báo B\nlocalities: [Bình Định]\n\
                 events: [{id: mot, same_as: my-xuyen}, {id: hai, date: --05-17, host: Tỉnh ủy Bình Định}]",
                "[[my-xuyen]]",
            )
            .article("nam", "date: 2020\nadded: 2026-11-19\nlocalities: [Cần Thơ]")
            .article("can-tho-cu", "date: 2025-06-30\nlocalities: [Cần Thơ]")
            .article("can-tho-moi", "date: 2025-07-01\nlocalities: [Cần Thơ]\ndirectives: [01-KL/TW]")
            .article("khong-ngay", "directives: [01-KL/TW]\nlocalities: [\"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]")
            .article("nhap", "draft: true\nreview: kiểm tra tên")
            .article("rut", "withdrawn: {date: 2026-11-22, reason: trùng bài}\nold_addresses: [cu/rut.html]")
            .many("them", 12, "date: 2019-01-01\ndirectives: [01-KL/TW]\nunits: [Huyện ủy Mỹ Xuyên]\n")
    }

    /// Adds `count` articles `<id>-01` … with the same front matter.
    pub(crate) fn many(mut self, id: &str, count: usize, front: &str) -> Site {
        for number in 1..=count {
            self = self.article(&format!("{id}-{number:02}"), front);
        }
        self
    }

    /// Adds or replaces a file.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Site {
        let mut site = self.without(path);
        site.files.push((path.to_owned(), text.as_ref().to_vec()));
        site
    }

    /// Takes a file away.
    pub(crate) fn without(mut self, path: &str) -> Site {
        self.files.retain(|(own, _)| own != path);
        self
    }

    /// Adds `content/articles/<id>.md`: front matter without its title, which is the id.
    pub(crate) fn article(self, id: &str, front: &str) -> Site {
        self.article_with(id, front, "Nội dung.")
    }

    /// The same with a body.
    pub(crate) fn article_with(self, id: &str, front: &str, body: &str) -> Site {
        let text = format!("---\ntitle: Bài {id}\n{}---\n{body}\n", lines(front));
        self.file(&format!("content/articles/{id}.md"), text)
    }

    /// Adds a record: `directives/01-kl-tw` and its front matter.
    pub(crate) fn record(self, path: &str, front: &str) -> Site {
        self.file(&format!("content/{path}.md"), format!("---\n{}---\n", lines(front)))
    }

    /// Adds lines to the settings.
    pub(crate) fn settings(self, more: &str) -> Site {
        self.file("content/site.yaml", format!("{SETTINGS}{}", lines(more)))
    }

    /// Builds with drafts.
    pub(crate) fn drafts(mut self) -> Site {
        self.drafts = Drafts::Include;
        self
    }

    /// Builds for that address.
    pub(crate) fn base_url(mut self, url: &str) -> Site {
        self.base_url = Some(url.to_owned());
        self
    }

    /// Its files, in the order of creation.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The files in the opposite order of creation.
    pub(crate) fn reversed(mut self) -> Site {
        self.files.reverse();
        self
    }

    /// What `check --suggest` tells beside mistakes, as `file:line:column code the words =
    /// the remedy`, in English.
    pub(crate) fn suggestions(&self) -> Vec<String> {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for (path, bytes) in &self.files {
            write(&dir.path().join(path), bytes);
        }
        let input = Input { root: dir.path().to_owned(), base_url: None, drafts: Drafts::Include };
        let (prepared, suggestions) = build::prepare_and_suggest(&input).expect("a folder content");
        let sources = prepared.value.sources;
        let report =
            Report::new(&suggestions, Language::En, false, |path| sources.text_to_show(dir.path(), path));
        lines_of(&report)
    }

    /// What `check` tells of the pages of a site whose content has no errors, in the order and the
    /// form of `suggestions`.
    #[track_caller]
    pub(crate) fn proofread(&self) -> Vec<String> {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for (path, bytes) in &self.files {
            write(&dir.path().join(path), bytes);
        }
        let base_url = self.base_url.as_deref().map(Into::into);
        let input = Input { root: dir.path().to_owned(), base_url, drafts: Drafts::Include };
        let mut found = Vec::new();
        let prepared = build::prepare(&input).expect("a folder content").drain_into(&mut found);
        let plan = build::plan(&prepared).drain_into(&mut found);
        assert!(!build::stops(&found, false), "{:?}", shown(&found));
        let theme = prepared.theme.with_site(&prepared.site, plan.menu());
        let found = build::proofread(&input, &prepared, &plan, &theme, &|_, _| {});
        let text = |path: &str| build::text_to_show(&input, &prepared.sources, path);
        lines_of(&Report::new(&found, Language::En, false, text))
    }

    /// Writes, builds and publishes it, if no error stops it.
    pub(crate) fn build(&self) -> Built {
        let dir = tempfile::tempdir().expect("a temporary folder");
        self.build_in(dir)
    }

    /// The same in a folder that may hold an earlier build.
    pub(crate) fn build_in(&self, dir: tempfile::TempDir) -> Built {
        let content = dir.path().join("content");
        if content.exists() {
            fs::remove_dir_all(&content).expect("the earlier content");
        }
        for (path, bytes) in &self.files {
            write(&dir.path().join(path), bytes);
        }
        build_folder(dir, self.drafts, self.base_url.as_deref())
    }
}

/// A line for each row of a report, without its level.
fn lines_of(report: &Report) -> Vec<String> {
    let text = report.print(Format::Text).replace("\n  = ", " = ");
    let line = |line: &str| {
        let (place, rest) = line.split_once(": ").expect("a place");
        let (_, rest) = rest.split_once('[').expect("a level");
        format!("{place}: {}", rest.replacen(']', "", 1))
    };
    text.lines().map(line).collect()
}

/// Builds what stands in a folder already.
pub(crate) fn build_folder(dir: tempfile::TempDir, drafts: Drafts, base_url: Option<&str>) -> Built {
    let input = Input { root: dir.path().to_owned(), base_url: base_url.map(Into::into), drafts };
    let out = dir.path().join("public");
    let mut diagnostics = Vec::new();
    let prepared = build::prepare(&input).expect("a folder content").drain_into(&mut diagnostics);
    let plan = build::plan(&prepared).drain_into(&mut diagnostics);
    let theme = prepared.theme.with_site(&prepared.site, plan.menu());
    let planned = plan.pages.iter().map(|page| page.url.clone()).collect();
    let report = (!build::stops(&diagnostics, false)).then(|| {
        let published = build::publish(&input, &out, &plan, &theme, &prepared.assets, &|_, _| {});
        published.unwrap_or_else(|error| panic!("publishing failed: {error:?}"))
    });
    drop(plan);
    Built { dir, diagnostics, prepared, report, planned, input }
}

impl Built {
    /// The output folder.
    pub(crate) fn out(&self) -> PathBuf {
        self.dir.path().join("public")
    }

    /// The bytes of a page or file, as text.
    #[track_caller]
    pub(crate) fn page(&self, url: &str) -> String {
        let path = self.out().join(url);
        match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => panic!(
                "no page {url} ({error}); found {:#?}; there are {:#?}",
                self.found(),
                tree(&self.out()).keys().collect::<Vec<_>>()
            ),
        }
    }

    /// What a page shows below its head, in one line.
    #[track_caller]
    pub(crate) fn text(&self, url: &str) -> String {
        text_of(&self.page(url))
    }

    /// Whether there is such a page or file.
    pub(crate) fn has(&self, url: &str) -> bool {
        self.out().join(url).is_file()
    }

    /// The values behind a term of a page's definition lists, in the order of the page.
    #[track_caller]
    pub(crate) fn facts(&self, url: &str, term: &str) -> Vec<String> {
        let page = self.page(url);
        let wanted = format!("<dt>{term}</dt><dd>");
        page.match_indices(&wanted)
            .map(|(at, _)| {
                let rest = &page[at + wanted.len()..];
                text_of(&rest[..closing(rest, "dd")])
            })
            .collect()
    }

    /// The first of them.
    #[track_caller]
    pub(crate) fn fact(&self, url: &str, term: &str) -> String {
        let facts = self.facts(url, term);
        assert!(!facts.is_empty(), "{url} does not say `{term}`: {}", self.text(url));
        facts[0].clone()
    }

    /// The section under a heading of level 2, up to the next one.
    #[track_caller]
    pub(crate) fn section(&self, url: &str, heading: &str) -> String {
        self.try_section(url, heading)
            .unwrap_or_else(|| panic!("{url} has no section `{heading}`: {}", self.text(url)))
    }

    /// The same, if there is one.
    #[track_caller]
    pub(crate) fn try_section(&self, url: &str, heading: &str) -> Option<String> {
        let page = self.page(url);
        let main = &page[page.find("<main").unwrap_or(0)..page.find("</main>").unwrap_or(page.len())];
        // What only paper shows stands behind all sections.
        let main = main.split("<div class=\"printed\"").next().unwrap_or(main);
        main.split("<h2").skip(1).find_map(|section| {
            let (title, rest) = section.split_once('>')?.1.split_once("</h2>")?;
            let title = text_of(title);
            let title = title.split(" (").next().unwrap_or(&title);
            (title == heading).then(|| text_of(rest))
        })
    }

    /// Where the link with those words leads, as an address below the root; empty if there
    /// is none.
    #[track_caller]
    pub(crate) fn link(&self, url: &str, words: &str) -> String {
        let page = self.page(url);
        let main = &page[page.find("<main").unwrap_or(0)..];
        for piece in main.split("<a ").skip(1) {
            let Some((tag, rest)) = piece.split_once('>') else { continue };
            let inside = rest.split("</a>").next().unwrap_or("");
            if text_of(inside) == words {
                let href = attribute(tag, "href").unwrap_or_default();
                return resolve(url, &href).unwrap_or(href);
            }
        }
        String::new()
    }

    /// The codes found, sorted by file and place.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.sorted().into_iter().map(|diagnostic| diagnostic.code.name()).collect()
    }

    /// Everything found as `file:line:column code the words`, in English.
    pub(crate) fn found(&self) -> Vec<String> {
        self.sorted()
            .into_iter()
            .map(|diagnostic| {
                let text =
                    self.prepared.sources.text_to_show(self.dir.path(), &diagnostic.path).unwrap_or_default();
                let (line, column) = line_col(&text, diagnostic.span.start as usize);
                let words = Language::En.say(&diagnostic.message);
                format!("{}:{line}:{column} {} {words}", diagnostic.path, diagnostic.code.name())
            })
            .collect()
    }

    /// Stops the test if anything at all was found.
    #[track_caller]
    pub(crate) fn clean(self) -> Built {
        assert_eq!(self.found(), Vec::<String>::new());
        self
    }

    /// The planned addresses that begin so.
    pub(crate) fn addresses(&self, start: &str) -> Vec<&str> {
        self.planned.iter().map(String::as_str).filter(|url| url.starts_with(start)).collect()
    }

    /// Adds the addresses to the ledger, as `build --record` does.
    pub(crate) fn record(&self) -> usize {
        let plan = build::plan(&self.prepared).value;
        build::record(&self.input, &self.prepared.ledger.text, &plan, &self.prepared.assets)
            .expect("the ledger is written")
    }

    /// The ledger as it stands.
    pub(crate) fn ledger(&self) -> String {
        fs::read_to_string(self.dir.path().join("content/addresses.txt")).unwrap_or_default()
    }

    fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.diagnostics.iter().collect();
        sorted.sort_by_key(|diagnostic| (diagnostic.path.clone(), diagnostic.span, diagnostic.code));
        sorted
    }
}

/// Files with their bytes, by path below a folder.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What a build with drafts came to that remembers nothing and begins with an empty folder:
/// what it reported, and the output, if it was good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cold {
    pub(crate) found: Vec<String>,
    pub(crate) out: Option<Files>,
}

/// Builds so what stands in a folder. Nothing is found where there is no content.
pub(crate) fn cold(root: &Path) -> Cold {
    let input = Input { root: root.to_owned(), base_url: None, drafts: Drafts::Include };
    let mut found = Vec::new();
    let Ok(prepared) = build::prepare(&input) else { return Cold::default() };
    let prepared = prepared.drain_into(&mut found);
    let plan = build::plan(&prepared).drain_into(&mut found);
    let theme = prepared.theme.with_site(&prepared.site, plan.menu());
    let mut out = None;
    if !build::stops(&found, false) {
        let dir = tempfile::tempdir().expect("a temporary folder");
        match build::publish(&input, dir.path(), &plan, &theme, &prepared.assets, &|_, _| {}) {
            Ok(_) => out = Some(tree(dir.path())),
            Err(publish::Error::Render(diagnostic)) => found.push(*diagnostic),
            Err(error) => panic!("publishing failed: {error:?}"),
        }
    }
    Cold { found: shown(&found), out }
}

/// Diagnostics with all that they say, sorted.
pub(crate) fn shown(found: &[Diagnostic]) -> Vec<String> {
    let mut shown: Vec<String> = found.iter().map(|diagnostic| format!("{diagnostic:?}")).collect();
    shown.sort();
    shown
}

/// Every file below a folder with its bytes, `.luutru` left out.
pub(crate) fn tree(dir: &Path) -> Files {
    let mut files = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if entry.file_name() == ".luutru" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside = path.strip_prefix(dir).expect("below the folder").to_string_lossy().into_owned();
                files.insert(inside, fs::read(&path).unwrap_or_default());
            }
        }
    }
    files
}

/// Which files two trees do not share, or have with other bytes.
pub(crate) fn differences(a: &Files, b: &Files) -> Vec<String> {
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    names.into_iter().filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}

/// Creates a file and the folders above it.
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder");
    File::create(path).and_then(|mut file| file.write_all(bytes)).expect("the file");
}

/// Every link of a page: its `href`s and `src`s, decoded.
pub(crate) fn hrefs(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(page) {
        for name in ["href", "src"] {
            found.extend(attribute(tag, name));
        }
    }
    found
}

/// The tags of a page without their angle brackets.
pub(crate) fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<').skip(1).filter_map(|piece| piece.split_once('>').map(|(tag, _)| tag))
}

/// The value of an attribute, entities decoded.
pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\"")).or_else(|| {
        // `link` hands over a tag without its name.
        tag.starts_with(&format!("{name}=\"")).then_some(0)
    })?;
    let rest = &tag[start..];
    let value = rest.split_once('"')?.1;
    Some(decode(value.split('"').next()?))
}

/// Where a link on the page `from` leads: an address below the root without fragment, or
/// none for a link to elsewhere. A link out of the site is left with its dots.
pub(crate) fn resolve(from: &str, href: &str) -> Option<String> {
    let lower = href.to_ascii_lowercase();
    if ["http:", "https:", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) {
        return None;
    }
    let path = href.split(['#', '?']).next().unwrap_or("");
    if path.is_empty() {
        return Some(from.to_owned());
    }
    if let Some(absolute) = path.strip_prefix('/') {
        return Some(percent_decoded(absolute));
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(percent_decoded(&parts.join("/")))
}

/// The words of a page below its head: tags stripped, entities decoded, space collapsed.
pub(crate) fn text_of(html: &str) -> String {
    let body = html.find("<body").map_or(html, |at| &html[at..]);
    let mut pieces = body.split('<');
    let mut text = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        let (tag, words) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or("");
        // Other tags stand within a word as often as between two.
        if !INLINE.contains(&name) {
            text.push(' ');
        }
        text.push_str(words);
    }
    decode(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Elements that part no words.
const INLINE: [&str; 15] = [
    "a", "b", "i", "em", "strong", "small", "span", "time", "code", "q", "cite", "sup", "sub", "del", "mark",
];

fn closing(html: &str, element: &str) -> usize {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let (mut at, mut depth) = (0, 0);
    loop {
        let next_close = html[at..].find(&close).map_or(html.len(), |found| at + found);
        match html[at..].find(&open).map(|found| at + found).filter(|open| *open < next_close) {
            Some(inner) => {
                depth += 1;
                at = inner + open.len();
            }
            None if depth == 0 || next_close == html.len() => return next_close,
            None => {
                depth -= 1;
                at = next_close + close.len();
            }
        }
    }
}

pub(crate) fn decode(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn lines(text: &str) -> String {
    match text.is_empty() || text.ends_with('\n') {
        true => text.to_owned(),
        false => format!("{text}\n"),
    }
}
