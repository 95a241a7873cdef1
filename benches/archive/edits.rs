//! What an editor saves: nine kinds of edits of a generated archive, each to be seen somewhere.
//!
//! Each save is of another article, so that the lists it touches are those of many, and has a
//! serial number in its words, so that what is served can be told from what was. An alias must
//! be said by some texts already: `prepare` adds a sentence with a name that nothing else has to
//! forty articles for each alias, whatever the size of the archive.
//!
//! Not here: measuring (`watch`).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use luutru::theme::EMBEDDED;

use super::article::{Article, Directive, World};
use super::preview::{Page, Preview};
use super::site;

/// What is edited.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A sentence more in the text of an article.
    Body,
    /// A sentence more that names a document and a unit.
    Mention,
    /// Another title.
    Title,
    /// Another alias of a unit.
    Alias,
    /// Another article.
    New,
    /// An article less: one of those that `New` made.
    Deleted,
    /// Another frame of all pages. The page that is waited for is in its place before the last.
    Template,
    /// A title without its closing quotation mark.
    Broken,
    /// The same article, mended and with a sentence more.
    Mended,
}

impl Kind {
    /// All, in the order in which they are done; those of one row by turns.
    pub(crate) const ROUNDS: [&[Kind]; 8] = [
        &[Kind::Body],
        &[Kind::Mention],
        &[Kind::Title],
        &[Kind::Alias],
        &[Kind::New],
        &[Kind::Deleted],
        &[Kind::Template],
        &[Kind::Broken, Kind::Mended],
    ];

    /// What a table calls it, and what was waited for.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Body => "body",
            Kind::Mention => "body, with a mention",
            Kind::Title => "title: its page and its month",
            Kind::Alias => "alias that 40 texts say",
            Kind::New => "new article",
            Kind::Deleted => "deleted article",
            Kind::Template => "template of all pages",
            Kind::Broken => "broken: the diagnostic",
            Kind::Mended => "mended",
        }
    }
}

/// One save.
pub(crate) struct Edit {
    path: PathBuf,
    /// None: the file is deleted.
    text: Option<String>,
    seen: Vec<Seen>,
}

/// Where an edit is to be seen.
enum Seen {
    /// A page shows these words.
    Shows(String, String),
    /// There is no page.
    Gone(String),
    /// The program says these words.
    Said(&'static str),
}

/// How many aliases there are names for.
pub(crate) const ALIASES: usize = FLOWERS.len() * COLOURS.len();

/// How many texts say an alias.
const SAYING: usize = 40;

/// The name of the theme, and the template in it.
const THEME: &str = "khung";
const TEMPLATE: &str = "templates/base.html";

/// The record that gets the aliases.
const RECORD: &str = "content/units/trung-tam-cong-tac-xa-hoi-tinh.md";

/// How a title without its closing quotation mark is reported.
const DIAGNOSTIC: &str = "error[yaml-syntax]";

/// An archive with somebody who edits it.
pub(crate) struct Desk<'w> {
    world: &'w World,
    count: usize,
    saves: usize,
    dir: &'w Path,
    serial: usize,
}

impl<'w> Desk<'w> {
    /// Makes the site of `count` articles in `dir` ready for `saves` edits of each kind.
    pub(crate) fn prepare(
        world: &'w World,
        count: usize,
        saves: usize,
        dir: &'w Path,
    ) -> io::Result<Desk<'w>> {
        let desk = Desk { world, count, saves, dir, serial: 0 };
        for save in 0..saves {
            for saying in 0..SAYING.min(count) {
                let sentence = format!("Cùng dự có {} với nhiều việc làm thiết thực.", alias(save));
                let article = desk.saying(save, saying);
                let text = desk.read(&site::path(&article))?;
                desk.put(&site::path(&article), &format!("{text}\n{sentence}\n"))?;
            }
        }
        desk.put(RECORD, &record(0))?;
        desk.put(&format!("themes/{THEME}/{TEMPLATE}"), embedded(TEMPLATE)?)?;
        let settings = desk.read("content/site.yaml")?;
        desk.put("content/site.yaml", &format!("{settings}theme: {THEME}\n"))?;
        Ok(desk)
    }

    /// The next edit of that kind. Asks the preview where a title is shown.
    pub(crate) fn edit(&mut self, kind: Kind, save: usize, preview: &mut Preview) -> io::Result<Edit> {
        self.serial += 1;
        let serial = self.serial;
        // The article that was broken is the one that is mended.
        let round = Kind::ROUNDS.iter().position(|kinds| kinds.contains(&kind)).unwrap_or(0);
        let slot = (round * self.saves + save) % self.count;
        let article = self.world.article(slot);
        let path = site::path(&article);
        let page = page_of(&article);
        let words = added_words(serial);
        let (path, text, seen) = match kind {
            Kind::Body => {
                let text = with_sentence(&self.read(&path)?, serial);
                (path, Some(text), vec![Seen::Shows(page, words)])
            }
            Kind::Mention => {
                let (article, said) = self.naming(slot, save)?;
                let (path, page) = (site::path(&article), page_of(&article));
                let unit = &self.world.article((save * 7 + 1) % self.count).units[0];
                let sentence = format!("Việc này cũng được nêu trong {said}, theo báo cáo của {unit}.");
                let text = format!("{}\n{sentence}\n", self.read(&path)?);
                (path, Some(text), vec![Seen::Shows(page, format!(">{said}</a>"))])
            }
            Kind::Title => {
                let words = format!("sửa tên lần {serial}");
                let title = format!("{}, {words}", article.title);
                let text = self.read(&path)?.replacen(&article.title, &title, 1);
                let list = list_of(&article, preview)?;
                (path, Some(text), vec![Seen::Shows(list, words.clone()), Seen::Shows(page, words)])
            }
            Kind::Alias => {
                let page = page_of(&self.saying(save, SAYING / 2));
                let words = format!(">{}</a>", alias(save));
                (RECORD.to_owned(), Some(record(save + 1)), vec![Seen::Shows(page, words)])
            }
            Kind::New | Kind::Deleted => {
                let article = self.world.article(self.count + save);
                let (path, page) = (site::path(&article), page_of(&article));
                match kind {
                    Kind::New => {
                        let words = format!("({})", self.count + save);
                        (path, Some(site::text(&article)), vec![Seen::Shows(page, words)])
                    }
                    _ => (path, None, vec![Seen::Gone(page)]),
                }
            }
            Kind::Template => {
                let mark = format!("<!-- lần {serial} -->");
                let text = embedded(TEMPLATE)?.replacen("</body>", &format!("{mark}</body>"), 1);
                (format!("themes/{THEME}/{TEMPLATE}"), Some(text), vec![Seen::Shows(page, mark)])
            }
            Kind::Broken => {
                let text = self.read(&path)?.replacen("\"\ndate:", "\ndate:", 1);
                (path, Some(text), vec![Seen::Said(DIAGNOSTIC)])
            }
            Kind::Mended => {
                let text = self.read(&path)?.replacen("\ndate:", "\"\ndate:", 1);
                (path, Some(with_sentence(&text, serial)), vec![Seen::Shows(page, words)])
            }
        };
        Ok(Edit { path: self.dir.join(path), text, seen })
    }

    /// The texts of the first `count` articles, each with its place.
    pub(crate) fn open(&self, count: usize) -> io::Result<Vec<Open>> {
        let open = |index| {
            let article = self.world.article(index);
            let path = site::path(&article);
            Ok(Open { text: self.read(&path)?, path: self.dir.join(path), page: page_of(&article) })
        };
        (0..count.min(self.count)).map(open).collect()
    }

    /// An edit of an open text: as it was opened, with a sentence that it never had.
    pub(crate) fn edit_open(&mut self, open: &Open) -> Edit {
        self.serial += 1;
        Edit {
            path: open.path.clone(),
            text: Some(with_sentence(&open.text, self.serial)),
            seen: vec![Seen::Shows(open.page.clone(), added_words(self.serial))],
        }
    }

    /// One of the articles that say the alias of that save.
    fn saying(&self, save: usize, which: usize) -> Article {
        self.world.article((save * SAYING + which) % self.count)
    }

    /// An article, and "Kết luận số 18-KL/TW", another one for each save, which it may name but
    /// does not. Of this kind one number of a term means one document, and that of a later term
    /// than the article's day would mean another.
    fn naming(&self, slot: usize, save: usize) -> io::Result<(Article, String)> {
        let conclusions: Vec<&Directive> =
            self.world.directives.iter().filter(|directive| directive.kind == "Kết luận").collect();
        let slots = (slot..slot + self.count).step_by(Kind::ROUNDS.len() * self.saves);
        for article in slots.map(|slot| self.world.article(slot % self.count)) {
            let directives =
                conclusions.iter().cycle().skip(save % conclusions.len()).take(conclusions.len());
            let mut unnamed = directives.filter(|directive| {
                directive.date < article.date && !article.directives.contains(&directive.number)
            });
            if let Some(directive) = unnamed.next() {
                return Ok((article, directive.said()));
            }
        }
        Err(io::Error::other("no article may name another document"))
    }

    fn read(&self, path: &str) -> io::Result<String> {
        fs::read_to_string(self.dir.join(path))
    }

    fn put(&self, path: &str, text: &str) -> io::Result<()> {
        site::put(&self.dir.join(path), text)
    }
}

/// An article that is edited again and again.
pub(crate) struct Open {
    path: PathBuf,
    text: String,
    page: String,
}

impl Edit {
    /// Saves.
    pub(crate) fn save(&self) -> io::Result<()> {
        match &self.text {
            Some(text) => site::put(&self.path, text),
            None => fs::remove_file(&self.path),
        }
    }

    /// Fails if what is to be seen was seen before: then nothing would be measured.
    pub(crate) fn is_to_come(&self, preview: &mut Preview) -> io::Result<()> {
        for seen in &self.seen {
            let is_there = match seen {
                Seen::Shows(page, words) => preview.get(page)?.shows(words),
                Seen::Gone(page) => preview.get(page)?.status == 404,
                Seen::Said(_) => false,
            };
            if is_there {
                return Err(io::Error::other(format!(
                    "what {} is to show is shown before",
                    self.path.display()
                )));
            }
        }
        Ok(())
    }

    /// Waits until all that is to be seen is seen; gives the time.
    pub(crate) fn is_seen(&self, preview: &mut Preview) -> io::Result<Instant> {
        let mut last = Instant::now();
        for seen in &self.seen {
            last = match seen {
                Seen::Shows(page, words) => preview.wait_for_page(page, |page| page.shows(words))?,
                Seen::Gone(page) => preview.wait_for_page(page, |page| page.status == 404)?,
                Seen::Said(words) => preview.wait_for_words(words)?,
            };
        }
        Ok(last)
    }
}

impl Page {
    fn shows(&self, words: &str) -> bool {
        self.status == 200 && self.text.contains(words)
    }
}

fn with_sentence(text: &str, serial: usize) -> String {
    format!("{text}\nBài được {} của tòa soạn.\n", added_words(serial))
}

fn added_words(serial: usize) -> String {
    format!("bổ sung lần {serial} theo sổ ghi chép")
}

fn page_of(article: &Article) -> String {
    format!("bai-viet/{}.html", article.stem)
}

/// The page of its month's list that shows an article.
fn list_of(article: &Article, preview: &mut Preview) -> io::Result<String> {
    let (year, month, _) = article.date.parts();
    let further = (1..).map(|number| format!("nam/{year}/{month:02}/trang-{number}.html"));
    for page in [format!("nam/{year}/{month:02}.html")].into_iter().chain(further) {
        let found = preview.get(&page)?;
        if found.status != 200 {
            break;
        }
        if found.text.contains(&page_of(article)) {
            return Ok(page);
        }
    }
    Err(io::Error::other(format!("no list of {year}-{month:02} has `{}`", article.stem)))
}

/// A unit with so many aliases.
fn record(aliases: usize) -> String {
    let aliases: Vec<String> = (0..aliases).map(alias).collect();
    format!(
        "---\nname: Trung tâm Công tác xã hội tỉnh\nkind: đơn vị sự nghiệp\naliases: [{}]\n---\n",
        aliases.join(", ")
    )
}

/// "Nhóm Tình nguyện Sen Hồng": no two aliases share their last two words, nor does a text have
/// them otherwise.
fn alias(index: usize) -> String {
    let (flower, colour) = (FLOWERS[index % FLOWERS.len()], COLOURS[index / FLOWERS.len() % COLOURS.len()]);
    format!("Nhóm Tình nguyện {flower} {colour}")
}

const FLOWERS: [&str; 16] = [
    "Sen",
    "Ban",
    "Cúc",
    "Mận",
    "Đào",
    "Quỳ",
    "Súng",
    "Lài",
    "Nhài",
    "Bưởi",
    "Ngâu",
    "Mẫu Đơn",
    "Cau",
    "Gạo",
    "Sim",
    "Mua",
];

const COLOURS: [&str; 8] = ["Hồng", "Tím", "Trắng", "Vàng", "Đỏ", "Xanh", "Cam", "Nâu"];

fn embedded(path: &str) -> io::Result<&'static str> {
    let found = EMBEDDED.iter().find(|(name, _)| *name == path);
    let text = found.and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
    text.ok_or_else(|| io::Error::other(format!("the built-in theme has no `{path}`")))
}
