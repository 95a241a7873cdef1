//! What the tests look at: two archives, built and served once for all of them, and one page
//! of each kind.
//!
//! Which kinds there are is asked of the plan and of the theme: a template of the theme
//! without a page here stops every test, so that none is forgotten.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use luutru::{build, theme::EMBEDDED};

use super::{
    archive::{PATH, archive},
    fixture::{Built, Site, tree},
    server::Server,
};

/// Two archives, built, and a server that shows them.
pub(crate) struct Stage {
    /// The made one, below `/kho/`.
    pub(crate) made: Built,
    /// The one of this repository, at the root.
    pub(crate) own: Built,
    server: Server,
    kinds: Vec<Kind>,
}

/// A page that stands for others.
pub(crate) struct Kind {
    /// The template, or what is special about the page: `article`, `article-least`.
    pub(crate) name: String,
    /// Its template: `article.html`.
    pub(crate) template: &'static str,
    /// Its address below the root of its archive.
    pub(crate) url: String,
    /// Where it is shown.
    pub(crate) address: String,
    /// Whether it is of the made archive.
    pub(crate) is_made: bool,
}

/// Pages that are special, and neither the largest nor the smallest of their template.
const SPECIAL: [(&str, &str); 12] = [
    ("article-undated", "bai-viet/khong-ngay.html"),
    ("article-summary", "bai-viet/ke-lai.html"),
    ("article-english", "bai-viet/tieng-anh.html"),
    ("article-one-word", "bai-viet/mot-chu.html"),
    ("directive-stub", "van-ban/tinh-soc-trang-15-ct-tu.html"),
    ("unit-between", "don-vi/hoi-khuyen-hoc.html"),
    ("unit-deep", "don-vi/mot-chu.html"),
    ("publisher-one-word", "bao/mot-chu.html"),
    ("locality-former", "dia-phuong/tinh-soc-trang/huyen-my-xuyen.html"),
    ("locality-new", "dia-phuong/thanh-pho-can-tho/phuong-my-xuyen.html"),
    ("locality-hamlet", "dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1/ap-trung-hoa.html"),
    ("month-undated", "nam/khong-ro-ngay.html"),
];

/// What is built and served, by whichever test asks first; gone with the last that holds it.
pub(crate) fn stage() -> Arc<Stage> {
    static SHARED: Mutex<Weak<Stage>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(stage) = shared.upgrade() {
        return stage;
    }
    let stage = Arc::new(Stage::set());
    *shared = Arc::downgrade(&stage);
    stage
}

impl Stage {
    fn set() -> Stage {
        let made = archive().build();
        assert!(made.report.is_some(), "{:#?}", made.found());
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let files = tree(&content).into_iter();
        let own =
            files.fold(Site::bare(), |site, (path, bytes)| site.file(&format!("content/{path}"), bytes));
        let own = own.build();
        assert!(own.report.is_some(), "{:#?}", own.found());
        let server = Server::start(vec![(PATH, made.out()), ("/", own.out())]);
        let kinds = kinds(&made, &own, &server);
        Stage { made, own, server, kinds }
    }

    /// Every kind of page: of each template the largest page and the smallest, and what is
    /// special beside them; of this repository's archive the largest of each template.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter()
    }

    /// Those of the made archive.
    pub(crate) fn made_kinds(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter().filter(|kind| kind.is_made)
    }

    /// Of those the largest page of each template: for what does not hang on how much it shows.
    pub(crate) fn main_kinds(&self) -> impl Iterator<Item = &Kind> {
        self.made_kinds().filter(|kind| kind.name == kind.template.trim_end_matches(".html"))
    }

    /// Where all is shown: no page may ask elsewhere.
    pub(crate) fn origin(&self) -> String {
        self.server.origin()
    }

    /// Both archives with their names.
    pub(crate) fn sites(&self) -> [(&'static str, &Built); 2] {
        [("made", &self.made), ("own", &self.own)]
    }
}

fn kinds(made: &Built, own: &Built, server: &Server) -> Vec<Kind> {
    let mut kinds = Vec::new();
    let mut add = |name: String, template, url: &str, is_made: bool| {
        let root = if is_made { PATH } else { "/" };
        let still = if template == "redirect.html" { "?still" } else { "" };
        let address = format!("{}{root}{url}{still}", server.origin());
        kinds.push(Kind { name, template, url: url.to_owned(), address, is_made });
    };
    let by_template = sized(made);
    let templates: BTreeSet<&str> = by_template.keys().copied().collect();
    assert_eq!(templates, of_theme(), "templates of pages in the archive of the tests, and in the theme");
    for (template, pages) in &by_template {
        let stem = template.trim_end_matches(".html");
        let (first, last) = (&pages[pages.len() - 1], &pages[0]);
        add(stem.to_owned(), template, &first.1, true);
        if first.1 != last.1 {
            add(format!("{stem}-least"), template, &last.1, true);
        }
    }
    for (name, url) in SPECIAL {
        let found = by_template.iter().find(|(_, pages)| pages.iter().any(|page| page.1 == url));
        let Some((template, _)) = found else { panic!("{name}: there is no {url} in {:#?}", made.planned) };
        add(name.to_owned(), template, url, true);
    }
    for (template, pages) in sized(own) {
        let stem = template.trim_end_matches(".html");
        add(format!("{stem}-own"), template, &pages[pages.len() - 1].1, false);
    }
    kinds
}

/// The pages by template, smallest first; of two of one size, by address.
fn sized(built: &Built) -> BTreeMap<&'static str, Vec<(u64, String)>> {
    let plan = build::plan(&built.prepared).value;
    let mut sized: BTreeMap<&str, Vec<(u64, String)>> = BTreeMap::new();
    for page in plan.pages.iter().filter(|page| page.url.ends_with(".html")) {
        let size = fs::metadata(built.out().join(&page.url)).map_or(0, |file| file.len());
        sized.entry(page.template).or_default().push((size, page.url.clone()));
    }
    for pages in sized.values_mut() {
        pages.sort();
    }
    sized
}

/// The templates of the theme that are pages by themselves.
fn of_theme() -> BTreeSet<&'static str> {
    let names = EMBEDDED.iter().filter_map(|(path, _)| path.strip_prefix("templates/"));
    names.filter(|name| name.ends_with(".html") && !name.contains('/') && *name != "base.html").collect()
}
