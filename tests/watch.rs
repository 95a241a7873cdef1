//! `luutru watch` as editors see it: the program on real files, saved as their programs save
//! them, and its pages in a browser.
//!
//! What is awaited is looked for again and again up to `PATIENCE`; nothing else depends on
//! time. That something does not happen is shown by what happens next.

#[path = "browser/mod.rs"]
mod browser;
#[path = "site/fixture.rs"]
#[allow(dead_code, reason = "the tests of whole sites use the rest")]
mod fixture;

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use browser::{Tab, browser};
use fixture::{Files, Site, cold, differences, tree, write};
use luutru::watch::PREVIEW;

/// How long something is awaited before it counts as not coming, on a machine that does much
/// else.
const PATIENCE: Duration = Duration::from_secs(40);

/// Between two looks at what is awaited.
const PAUSE: Duration = Duration::from_millis(20);

// ---- A site that is watched ----

/// A running `luutru watch`, with the folder that it watches. It is killed when this is dropped.
struct Watch {
    child: Child,
    /// All that it said so far, on either output.
    said: Arc<Mutex<String>>,
    dir: tempfile::TempDir,
}

impl Watch {
    /// Writes a site and watches it, from within its folder.
    fn new(site: &Site, arguments: &[&str]) -> Watch {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for (path, bytes) in site.files() {
            write(&dir.path().join(path), bytes);
        }
        Watch::again(dir, arguments)
    }

    /// Watches a folder.
    fn again(dir: tempfile::TempDir, arguments: &[&str]) -> Watch {
        let mut child = luutru(dir.path(), "watch", arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let said = Arc::default();
        collect(child.stdout.take().expect("its output"), &said);
        collect(child.stderr.take().expect("its errors"), &said);
        Watch { child, said, dir }
    }

    fn root(&self) -> &Path {
        self.dir.path()
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Saves a file.
    fn save(&self, path: &str, text: &str) {
        write(&self.path(path), text.as_bytes());
    }

    fn said(&self) -> String {
        self.said.lock().expect("nobody panics with it").clone()
    }

    /// Waits until it has said something, `times` times in all.
    #[track_caller]
    fn says_times(&self, words: &str, times: usize) {
        if !comes(|| self.said().matches(words).count() >= times) {
            panic!("`{words}` was not said {times} times, but:\n{}", self.said());
        }
    }

    #[track_caller]
    fn says(&self, words: &str) {
        self.says_times(words, 1);
    }

    /// Waits until the preview is what a build of the content with drafts makes in an empty
    /// folder.
    #[track_caller]
    fn settles(&self) {
        let cold = cold(self.root());
        let Some(expected) = cold.out else { panic!("the content has mistakes: {:#?}", cold.found) };
        let mut other = Vec::new();
        let is_there = comes(|| {
            other = differences(&self.preview(), &expected);
            other.is_empty()
        });
        assert!(is_there, "not as it should be: {other:#?}\n{}", self.said());
        assert!(!self.path("public").exists());
    }

    fn preview(&self) -> Files {
        tree(&self.path(PREVIEW))
    }

    /// Where the preview is served, as it says.
    #[track_caller]
    fn url(&self) -> String {
        self.says("http://");
        let said = self.said();
        let (_, rest) = said.split_once("http://").expect("an address");
        format!("http://{}", rest.split_whitespace().next().unwrap_or_default())
    }

    /// Status and text of the answer to a request.
    fn get(&self, path: &str) -> (u16, String) {
        let url = self.url();
        let port = url.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
        let mut stream = TcpStream::connect(("127.0.0.1", port.expect("a port"))).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let answer = String::from_utf8_lossy(&bytes).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.expect("a status"), answer)
    }

    /// Ends it as Ctrl-C does; gives back the folder.
    #[cfg(unix)]
    fn interrupt(mut self) -> (ExitStatus, tempfile::TempDir) {
        use nix::{
            sys::signal::{Signal, kill},
            unistd::Pid,
        };
        let id = i32::try_from(self.child.id()).expect("the number of a process");
        kill(Pid::from_raw(id), Signal::SIGINT).expect("a process that runs");
        let mut status = None;
        let is_over = comes(|| {
            status = self.child.try_wait().expect("a process of ours");
            status.is_some()
        });
        assert!(is_over, "it does not end:\n{}", self.said());
        let empty = tempfile::tempdir().expect("a temporary folder");
        (status.expect("a status"), std::mem::replace(&mut self.dir, empty))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program in a folder.
fn luutru(dir: &Path, command: &str, arguments: &[&str]) -> Command {
    let mut luutru = Command::new(env!("CARGO_BIN_EXE_luutru"));
    luutru.arg(command).args(["--lang", "en"]).args(arguments).current_dir(dir).stdin(Stdio::null());
    luutru
}

/// Reads what a process says, line by line, until it ends.
fn collect(from: impl Read + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = said.clone();
    thread::spawn(move || {
        let mut lines = BufReader::new(from);
        let mut line = String::new();
        while lines.read_line(&mut line).is_ok_and(|len| len > 0) {
            said.lock().expect("nobody panics with it").push_str(&line);
            line.clear();
        }
    });
}

/// Whether something comes true while there is patience.
fn comes(mut is_true: impl FnMut() -> bool) -> bool {
    let begin = Instant::now();
    while !is_true() {
        if begin.elapsed() > PATIENCE {
            return false;
        }
        thread::sleep(PAUSE);
    }
    true
}

/// An article that says something.
fn article(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2024-05-18\ndirectives: [01-KL/TW]\n---\n{text}\n")
}

/// A dozen articles in folders, records and a theme.
fn site() -> Site {
    let mut site = Site::new()
        .settings("theme: mot\nplace: Sóc Trăng\npage_size: 5")
        .record("directives/01-kl-tw", "number: 01-KL/TW\nkind: Kết luận")
        .record("units/clb", "name: Câu lạc bộ Sử học")
        .file("themes/mot/static/style.css", "p { color: rgb(1, 2, 3) }")
        .file("content/media/anh.png", "một");
    for number in 0..12 {
        let folder = ["", "2023/", "2024/05/"][number % 3];
        let text = format!("Bài {number} của Câu lạc bộ Sử học.\n\n![Ảnh](media/anh.png)");
        let path = format!("content/articles/{folder}bai-{number:02}.md");
        site = site.file(&path, article(&format!("Bài {number}"), &text));
    }
    site
}

// ---- Editors ----

/// What editors do to a site, one after the other.
struct Desk {
    watch: Watch,
    /// For choices; the same each time.
    seed: u64,
    saves: usize,
}

/// Something that is done, with its name.
type Deed = (&'static str, fn(&mut Desk));

const DEEDS: [Deed; 19] = [
    ("vim saves a file", Desk::vim),
    ("vim saves all files", Desk::vim_all),
    ("emacs saves a file", Desk::emacs),
    ("a file is replaced by another", Desk::replaced),
    ("sed changes files", Desk::sed),
    ("a file is written in pieces", Desk::pieces),
    ("a media file is copied in pieces", Desk::media),
    ("an office program edits a table", Desk::office),
    ("a folder is renamed", Desk::renamed_folder),
    ("a folder is removed", Desk::removed_folder),
    ("folders in folders come with their files", Desk::nested),
    ("a file moves to another folder", Desk::moved),
    ("content goes and comes again", Desk::content),
    ("the theme is edited", Desk::theme),
    ("records are edited", Desk::records),
    ("a file is broken and mended", Desk::broken),
    ("a file comes and goes", Desk::brief),
    ("settings are edited", Desk::settings),
    ("the preview is removed", Desk::lost),
];

impl Desk {
    /// A number below `most`.
    fn below(&mut self, most: usize) -> usize {
        // Knuth's generator; its high bits are the better ones.
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.seed >> 33).expect("31 bits") % most
    }

    fn articles(&self) -> Vec<PathBuf> {
        let folder = self.watch.path("content/articles");
        let mut articles: Vec<PathBuf> = tree(&folder)
            .into_keys()
            .filter(|name| name.ends_with(".md"))
            .map(|name| folder.join(name))
            .collect();
        articles.sort();
        articles
    }

    fn any(&mut self) -> PathBuf {
        let mut articles = self.articles();
        articles.swap_remove(self.below(articles.len()))
    }

    /// Words that were never saved before.
    fn words(&mut self) -> String {
        self.saves += 1;
        let saves = self.saves;
        let names = ["749/QĐ-TTg", "Câu lạc bộ Sử học", "01-KL/TW", "Tổ Văn nghệ", "tỉnh Bình Định"];
        let name = names[self.below(names.len())];
        let title = self.below(3);
        article(&format!("Tên {title}"), &format!("Lần {saves}: {name}.\n\n![Ảnh](media/anh.png)"))
    }

    fn new_article(&mut self) -> String {
        self.saves += 1;
        format!("moi-{:03}.md", self.saves)
    }

    fn vim(&mut self) {
        let (file, words) = (self.any(), self.words());
        let (probe, backup) = (file.with_file_name("4913"), beside(&file, "", "~"));
        write(&file.with_file_name(".a.md.swp"), b"swap");
        write(&probe, b"");
        remove(&probe);
        rename(&file, &backup);
        write(&file, words.as_bytes());
        remove(&backup);
        remove(&file.with_file_name(".a.md.swp"));
    }

    fn vim_all(&mut self) {
        for _ in 0..4 {
            self.vim();
        }
    }

    #[cfg(unix)]
    fn emacs(&mut self) {
        let (file, words) = (self.any(), self.words());
        let (lock, saved) = (beside(&file, ".#", ""), beside(&file, "#", "#"));
        std::os::unix::fs::symlink("an@may.1234:5678", &lock).expect("a lock");
        write(&saved, words.as_bytes());
        let backup = beside(&file, "", "~");
        fs::copy(&file, &backup).expect("a backup");
        write(&file, words.as_bytes());
        remove(&lock);
        remove(&saved);
    }

    #[cfg(not(unix))]
    fn emacs(&mut self) {}

    fn replaced(&mut self) {
        let (file, words) = (self.any(), self.words());
        // The second name is one that nobody knows for a temporary one.
        let end = [".tmp", ".sb-3f2a-XyZ"][self.below(2)];
        let other = beside(&file, "", end);
        write(&other, words.as_bytes());
        rename(&other, &file);
    }

    fn sed(&mut self) {
        for file in self.articles().into_iter().step_by(3) {
            let text = fs::read_to_string(&file).expect("an article");
            let other = file.with_file_name("sedK3xW9q");
            write(&other, format!("{text}\nThêm.").as_bytes());
            rename(&other, &file);
        }
    }

    fn pieces(&mut self) {
        let (path, words) = (self.any(), self.words());
        let mut file = File::create(&path).expect("a file");
        for piece in words.as_bytes().chunks(40) {
            file.write_all(piece).expect("a piece");
            thread::sleep(PAUSE);
        }
    }

    fn media(&mut self) {
        let (path, saves) = (self.watch.path("content/media/anh.png"), self.saves);
        let mut file = File::create(path).expect("a file");
        for piece in 0..12 {
            file.write_all(format!("{saves} {piece} ").repeat(1000).as_bytes()).expect("a piece");
            thread::sleep(PAUSE);
        }
    }

    fn office(&mut self) {
        let folder = self.watch.path("content/media/bang");
        let (lock, table) = (folder.join(".~lock.bang.ods#"), folder.join("bang.ods"));
        write(&lock, b",an,may,;");
        write(&folder.join("lu12345.tmp"), b"half");
        write(&folder.join("lu12345.tmp"), format!("bảng {}", self.saves).as_bytes());
        rename(&folder.join("lu12345.tmp"), &table);
        remove(&lock);
        self.saves += 1;
    }

    fn renamed_folder(&mut self) {
        let (a, b) = (self.watch.path("content/articles/2023"), self.watch.path("content/articles/Năm 2023"));
        let (from, to) = if a.is_dir() { (a, b) } else { (b, a) };
        if from.is_dir() {
            rename(&from, &to);
            // What is saved in it from now on is seen, too.
            self.watch.settles();
            let (name, words) = (self.new_article(), self.words());
            write(&to.join(name), words.as_bytes());
        }
    }

    fn removed_folder(&mut self) {
        self.nested();
        self.watch.settles();
        remove_all(&self.watch.path("content/articles/sau"));
    }

    fn nested(&mut self) {
        for folder in ["a", "a/b", "a/b/c", "d/e/f"] {
            let (name, words) = (self.new_article(), self.words());
            write(&self.watch.path(&format!("content/articles/sau/{folder}/{name}")), words.as_bytes());
        }
    }

    fn moved(&mut self) {
        let file = self.any();
        let folder = ["content/articles", "content/articles/2025/01"][self.below(2)];
        let folder = self.watch.path(folder);
        fs::create_dir_all(&folder).expect("a folder");
        rename(&file, &folder.join(file.file_name().expect("a file")));
    }

    fn content(&mut self) {
        let (content, other) = (self.watch.path("content"), self.watch.path("khac"));
        let before = self.watch.preview();
        let times = self.watch.said().matches("has no folder `content`").count();
        if self.below(2) == 0 {
            rename(&content, &other);
        } else {
            copy_all(&content, &other);
            remove_all(&content);
        }
        self.watch.says_times("has no folder `content`", times + 1);
        assert_eq!(differences(&before, &self.watch.preview()), Vec::<String>::new());
        if self.below(2) == 0 {
            rename(&other, &content);
        } else {
            copy_all(&other, &content);
            remove_all(&other);
        }
        self.vim();
        self.watch.settles();
        self.vim();
    }

    fn theme(&mut self) {
        let saves = self.saves;
        self.saves += 1;
        let files = [
            ("static/style.css", format!("p {{ z-index: {saves} }}")),
            ("static/them.css", format!("a {{ z-index: {saves} }}")),
            ("templates/page.html", format!("{saves} {{{{ view.title }}}}")),
            (
                "templates/article.html",
                format!("<p>{saves} {{{{ view.title }}}}</p>{{{{ view.body | safe }}}}"),
            ),
            ("strings/vi.yaml", format!("home: Cửa {saves}\n")),
        ];
        let (path, text) = &files[self.below(files.len())];
        self.watch.save(&format!("themes/mot/{path}"), text);
        if self.below(4) == 0 {
            self.watch.settles();
            remove_all(&self.watch.path("themes"));
            self.watch.says("no folder `themes/mot`");
            self.watch.save("themes/mot/static/style.css", "p { color: rgb(1, 2, 3) }");
        }
    }

    fn records(&mut self) {
        let fronts = [
            "name: Câu lạc bộ Sử học",
            "name: Câu lạc bộ Sử học\naliases: [Tổ Văn nghệ]",
            "name: Câu lạc bộ Sử học\nkind: nhóm",
        ];
        let front = fronts[self.below(fronts.len())];
        self.watch.save("content/units/clb.md", &format!("---\n{front}\n---\n"));
    }

    fn broken(&mut self) {
        let (file, mended) = (self.any(), self.words());
        let before = self.watch.preview();
        let (text, place) = [
            ("---\ntitle: A\ndirectives: [99-CT/TU]\n---\n", ":3:14: error[unknown-directive]"),
            ("---\ntitle: A\nkhong_co: 1\n---\n", ":3:1: error[unknown-key]"),
            ("khong co", ":1:1: error[missing-front-matter]"),
        ][self.below(3)];
        let inside = file.strip_prefix(self.watch.root()).expect("below the folder").display().to_string();
        let line = format!("{inside}{place}");
        let times = self.watch.said().matches(&line).count();
        write(&file, text.as_bytes());
        self.watch.says_times(&line, times + 1);
        assert_eq!(differences(&before, &self.watch.preview()), Vec::<String>::new());
        write(&file, mended.as_bytes());
    }

    fn brief(&mut self) {
        let words = self.words();
        let file = self.watch.path("content/articles/thoang-qua.md");
        write(&file, words.as_bytes());
        remove(&file);
        self.vim();
    }

    fn settings(&mut self) {
        let more = ["language: en", "mentions: false", "page_size: 6", "base_url: https://luu.example/", ""];
        let more = more[self.below(more.len())];
        self.watch.save("content/site.yaml", &format!("title: Kho\ntheme: mot\n{more}\n"));
    }

    fn lost(&mut self) {
        remove_all(&self.watch.path(".luutru"));
        // Nobody looks for it until there is something to write.
        self.watch.save("content/articles/bai-lac.md", &article("Lạc", &format!("Lần {}.", self.saves)));
        self.vim();
    }

    /// As `git checkout` does: many files at once, each removed and made anew.
    fn checkout(&mut self) {
        let folder = self.watch.path("content/articles/nhieu");
        for edition in 0..2 {
            for number in 0..300 {
                let path = folder.join(format!("{}/n-{number:03}.md", number % 7));
                if path.exists() {
                    remove(&path);
                }
                if (number + edition) % 10 > 0 {
                    write(&path, article(&format!("Lần {edition}"), &format!("Số {number}.")).as_bytes());
                }
            }
            self.watch.settles();
        }
        remove_all(&folder);
    }
}

/// The path of a file with something before and behind its name.
fn beside(file: &Path, before: &str, behind: &str) -> PathBuf {
    let name = file.file_name().expect("a file").to_string_lossy().into_owned();
    file.with_file_name(format!("{before}{name}{behind}"))
}

#[track_caller]
fn remove(path: &Path) {
    fs::remove_file(path).expect("a file to remove");
}

#[track_caller]
fn remove_all(path: &Path) {
    fs::remove_dir_all(path).expect("a folder to remove");
}

#[track_caller]
fn rename(from: &Path, to: &Path) {
    fs::rename(from, to).expect("a file to rename");
}

fn copy_all(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        write(&to.join(path), &bytes);
    }
}

/// Law: whatever editors do, the preview becomes what a build of the content makes.
#[test]
fn the_preview_follows_whatever_editors_do() {
    let watch = Watch::new(&site(), &["--port", "0"]);
    watch.settles();
    let seed = std::env::var("LUUTRU_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(4);
    let mut desk = Desk { watch, seed, saves: 0 };
    let mut left: Vec<usize> = (0..DEEDS.len()).collect();
    for _ in 0..DEEDS.len() + 13 {
        // Each once, and some twice.
        let deed = match left.len() {
            0 => desk.below(DEEDS.len()),
            many => left.swap_remove(desk.below(many)),
        };
        let (name, deed) = DEEDS[deed];
        // Among what the program says, to be read when something fails.
        desk.watch.said.lock().expect("nobody panics with it").push_str(&format!("-- {name}\n"));
        deed(&mut desk);
        desk.watch.settles();
    }
    desk.checkout();
    desk.watch.settles();
    let said = desk.watch.said();
    assert!(!said.contains("a look found"), "some of it was not heard:\n{said}");
}

#[cfg(unix)]
#[test]
fn a_site_may_be_named_by_a_link_to_its_folder() {
    let link = tempfile::tempdir().expect("a temporary folder");
    let name = link.path().join("kho").to_string_lossy().into_owned();
    let dir = tempfile::tempdir().expect("a temporary folder");
    site().files().for_each(|(path, bytes)| write(&dir.path().join(path), bytes));
    std::os::unix::fs::symlink(dir.path(), &name).expect("a link");
    let watch = Watch::again(dir, &["--no-serve", &name]);
    watch.settles();
    watch.save("content/articles/bai-00.md", &article("Bài 0", "Chữ khác."));
    watch.settles();
    watch.save("content/media/moi/anh.png", "ba");
    watch.save("content/articles/moi/moi.md", &article("Mới", "![Ảnh](media/moi/anh.png)"));
    watch.settles();
    assert!(!watch.said().contains("a look found"), "some of it was not heard:\n{}", watch.said());
}

#[cfg(unix)]
#[test]
fn a_named_pipe_holds_nobody_up() {
    let watch = Watch::new(&site(), &["--no-serve"]);
    watch.settles();
    for pipe in ["content/articles/ong.md", "content/addresses.txt", "content/media/ong.svg"] {
        let made = Command::new("mkfifo").arg(watch.path(pipe)).status().expect("the program runs");
        assert!(made.success());
        watch.says(&format!("{pipe}:1:1: error[unexpected-file]"));
        remove(&watch.path(pipe));
        watch.save("content/articles/bai-00.md", &article("Bài 0", pipe));
        watch.settles();
    }
}

#[test]
fn a_hidden_folder_is_not_the_themes() {
    let site = site().file("themes/mot/static/.an/a.css", "a {}");
    let watch = Watch::new(&site, &["--no-serve"]);
    watch.settles();
    watch.save("themes/mot/static/.an/a.css", "b {}");
    watch.save("content/articles/bai-00.md", &article("Bài 0", "Chữ khác."));
    watch.settles();
}

#[cfg(unix)]
#[test]
fn another_folder_in_the_place_of_the_sites_is_watched() {
    let watch = Watch::new(&site(), &["--no-serve"]);
    watch.settles();
    let (here, away) = (watch.root().to_owned(), tempfile::tempdir().expect("a temporary folder"));
    rename(&here, &away.path().join("cu"));
    watch.says("has no folder `content`");
    site().files().for_each(|(path, bytes)| write(&here.join(path), bytes));
    watch.settles();
    watch.save("content/articles/bai-00.md", &article("Bài 0", "Chữ khác."));
    watch.settles();
}

// ---- What the terminal shows ----

#[test]
fn mistakes_are_told_with_their_place_and_the_last_good_page_stays() {
    let watch = Watch::new(&site(), &["--port", "0"]);
    watch.settles();
    let page = "/bai-viet/bai-00.html";
    // Files are in their places a moment before they are served.
    assert!(comes(|| watch.get(page).0 == 200));
    watch.save("content/articles/bai-00.md", "---\ntitle: Đổi\ndirectives: [99-CT/TU]\n---\nĐổi.\n");
    watch.says("content/articles/bai-00.md:3:14: error[unknown-directive] no directive is `99-CT/TU`");
    watch.says("1 error(s); the pages shown are those of the last good build");
    let (status, html) = watch.get(page);
    assert!(status == 200 && html.contains("Bài 0 của") && !html.contains("Đổi"), "{status} {html}");
    watch.save("content/articles/bai-00.md", &article("Đổi", "Đổi."));
    watch.settles();
    assert!(comes(|| watch.get(page).1.contains("Đổi.")));
}

#[test]
fn a_site_that_is_broken_at_the_start_is_there_when_it_is_mended() {
    let broken = site().article("sai", "directives: [99-CT/TU]");
    let watch = Watch::new(&broken, &["--port", "0"]);
    watch.says("content/articles/sai.md:3:14: error[unknown-directive]");
    for path in ["/", "/bai-viet/bai-00.html", "/khong-co.html"] {
        assert_eq!(watch.get(path).0, 503, "{path}");
    }
    assert_eq!(watch.preview(), Files::new());
    watch.save("content/articles/sai.md", &article("Đúng", "Đúng."));
    watch.settles();
    for (path, status) in [("/", 200), ("/bai-viet/sai.html", 200), ("/khong-co.html", 404)] {
        assert!(comes(|| watch.get(path).0 == status), "{path}");
    }
}

#[test]
fn reasons_are_told_to_whoever_asks() {
    let watch = Watch::new(&site(), &["--no-serve", "-v"]);
    watch.settles();
    assert!(!watch.said().contains("http://"), "{}", watch.said());
    watch.says("stage: parse");
    watch.says("\nindex.html: new\n");
    watch.save("content/articles/bai-00.md", &article("Bài 0", "Chữ khác."));
    watch.says("\nbai-viet/bai-00.html: what it shows changed\n");
    assert!(!watch.said().contains("bai-viet/bai-01.html: what it shows changed"), "{}", watch.said());
    watch.save("content/articles/moi.md", "---\ntitle: Mới\n---\n");
    watch.says("\nbai-viet/moi.html: new\n");
    watch.save("themes/mot/templates/article.html", "<p>{{ view.title }}");
    watch.says("\nbai-viet/bai-00.html: a template changed\n");
    watch.settles();
    watch.save("themes/mot/strings/vi.yaml", "home: Cửa vào\n");
    watch.says("\nindex.html: the theme or the settings changed\n");
    watch.settles();
}

#[test]
fn a_folder_that_tells_nothing_is_looked_at() {
    let watch = Watch::new(&site(), &["--no-serve", "--poll"]);
    watch.says("looking for changes every second");
    watch.settles();
    watch.save("content/articles/2023/bai-01.md", &article("Bài 1", "Chữ khác."));
    watch.settles();
    rename(&watch.path("content/articles/2023"), &watch.path("content/articles/2022"));
    watch.save("content/media/anh.png", "hai");
    watch.save("themes/mot/static/style.css", "p {}");
    watch.settles();
    remove(&watch.path("content/articles/2022/bai-01.md"));
    watch.settles();
    watch.save("content/articles/bai-00.md", "khong co");
    watch.says("content/articles/bai-00.md:1:1: error[missing-front-matter]");
    watch.save("content/articles/bai-00.md", &article("Bài 0", ""));
    watch.settles();
    assert!(!watch.said().contains("a look found"), "{}", watch.said());
}

#[cfg(unix)]
#[test]
fn a_folder_that_could_not_be_read_is_read_when_it_can_be() {
    use std::os::unix::fs::PermissionsExt;
    for arguments in [&["--no-serve"][..], &["--no-serve", "--poll"]] {
        let watch = Watch::new(&site(), arguments);
        watch.settles();
        let folder = watch.path("content/articles/2023");
        let allow =
            |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).expect("permissions");
        allow(0o000);
        if fs::read_dir(&folder).is_ok() {
            // Nothing is forbidden to root.
            return;
        }
        watch.says("content/articles/2023:1:1: error[unreadable-file]");
        allow(0o755);
        watch.settles();
        watch.save("content/articles/2023/bai-01.md", &article("Bài 1", "Chữ khác."));
        watch.settles();
        assert!(!watch.said().contains("a look found"), "{}", watch.said());
    }
}

#[test]
fn a_content_that_is_missing_is_told_of_once() {
    let watch = Watch::new(&site(), &["--no-serve"]);
    watch.settles();
    rename(&watch.path("content"), &watch.path("khac"));
    watch.says("has no folder `content`");
    for number in 0..3 {
        watch.save("themes/mot/static/style.css", &format!("p {{ z-index: {number} }}"));
        // Time to say it again; that nothing is said can only be seen by waiting.
        thread::sleep(PAUSE * 10);
    }
    rename(&watch.path("khac"), &watch.path("content"));
    watch.settles();
    assert_eq!(watch.said().matches("has no folder `content`").count(), 1, "{}", watch.said());
}

#[test]
fn a_fault_that_comes_again_after_mistakes_is_told_again() {
    let watch = Watch::new(&site(), &["--no-serve"]);
    watch.settles();
    let stranger = watch.path(PREVIEW).join("bai-viet/moi.html");
    write(&stranger, b"la");
    for times in 1..3 {
        watch.save("content/articles/moi.md", &article("Mới", "Mới."));
        watch.says_times("bai-viet/moi.html", times);
        watch.save("content/articles/moi.md", "sai");
        watch.says_times("error[missing-front-matter]", times);
    }
    remove(&stranger);
    watch.save("content/articles/moi.md", &article("Mới", "Mới."));
    watch.settles();
}

// ---- Beginning and ending ----

#[cfg(unix)]
#[test]
fn interrupted_it_ends_well_and_others_can_go_on() {
    let watch = Watch::new(&site(), &["--port", "0"]);
    watch.settles();
    let (status, dir) = watch.interrupt();
    assert_eq!(status.code(), Some(0));
    let watch = Watch::again(dir, &["--no-serve"]);
    watch.says(" 0 written, 0 removed");
    watch.save("content/articles/bai-00.md", &article("Bài 0", "Chữ khác."));
    watch.settles();
    let (status, dir) = watch.interrupt();
    assert_eq!(status.code(), Some(0));
    let built = luutru(dir.path(), "build", &[]).output().expect("the program runs");
    assert_eq!(built.status.code(), Some(0));
    assert!(dir.path().join("public/bai-viet/bai-00.html").is_file());
    // In the midst of a build, too.
    let watch = Watch::again(dir, &["--port", "0"]);
    watch.says("preview at http://");
    assert_eq!(watch.interrupt().0.code(), Some(0));
}

#[test]
fn a_folder_is_watched_once() {
    let watch = Watch::new(&site(), &["--port", "0"]);
    watch.settles();
    let second = luutru(watch.root(), "watch", &["--port", "0"]).output().expect("the program runs");
    let errors = String::from_utf8_lossy(&second.stderr);
    assert_eq!(second.status.code(), Some(2), "{errors}");
    assert!(errors.contains("another process is writing into"), "{errors}");
    watch.save("content/articles/bai-00.md", &article("Bài 0", "Chữ khác."));
    watch.settles();
}

#[test]
fn a_preview_that_others_made_is_left_alone() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let site = site().file(".luutru/preview/index.html", "của tôi");
    site.files().for_each(|(path, bytes)| write(&dir.path().join(path), bytes));
    let refused = luutru(dir.path(), "watch", &["--no-serve"]).output().expect("the program runs");
    let errors = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{errors}");
    assert!(errors.contains(".luutru/preview/index.html"), "{errors}");
    assert_eq!(tree(&dir.path().join(PREVIEW)), Files::from([("index.html".into(), "của tôi".into())]));
}

// ---- In a browser ----

/// The text of the mistakes that lie over a page, or nothing.
const TROUBLE: &str =
    "(document.querySelector('luutru-trouble')?.shadowRoot.querySelector('dialog[open]')?.textContent ?? '')";

/// Breaks an article, so that something happens that every page notices, and mends it.
fn break_and_mend(watch: &Watch, tab: &mut Tab) {
    watch.save("content/articles/2023/bai-01.md", "---\ntitle: A\nkhong_co: 1\n---\n");
    tab.wait(&format!("{TROUBLE}.includes('content/articles/2023/bai-01.md:3:1: error[unknown-key]')"));
    watch.save("content/articles/2023/bai-01.md", &article("Bài 1", "Lành."));
    tab.wait("!document.querySelector('luutru-trouble')");
}

#[test]
fn an_open_page_changes_when_it_is_saved_and_only_then() {
    let Some(browser) = browser() else { return };
    let watch = Watch::new(&site(), &["--port", "0"]);
    watch.settles();
    let long = |words: &str| article("Bài 0", &format!("{words}\n\n{}", "Đoạn.\n\n".repeat(200)));
    watch.save("content/articles/bai-00.md", &long("Một."));
    watch.settles();
    let mut tab = browser.window();
    tab.navigate(&format!("{}bai-viet/bai-00.html", watch.url()));
    tab.wait("document.body.textContent.includes('Một.')");

    // The page that is looked at.
    tab.eval("history.scrollRestoration = 'manual'; scrollTo(0, 1234)");
    watch.save("content/articles/bai-00.md", &long("Hai."));
    tab.wait("document.body.textContent.includes('Hai.') && scrollY === 1234");

    // Another one.
    tab.eval("window.kept = true");
    watch.save("content/articles/2024/05/bai-02.md", &article("Bài 2", "Chữ khác."));
    watch.settles();
    // Mistakes lie over it while they are there.
    break_and_mend(&watch, &mut tab);
    assert_eq!(tab.eval("window.kept"), true);

    // The style.
    watch.save("themes/mot/static/style.css", "p { color: rgb(4, 5, 6) }");
    tab.wait("getComputedStyle(document.querySelector('main p')).color === 'rgb(4, 5, 6)'");
    assert_eq!(tab.eval("[window.kept, scrollY]"), serde_json::json!([true, 1234]));
    assert_eq!(tab.errors(), Vec::<String>::new());
}

#[test]
fn without_a_good_build_a_page_shows_the_mistakes_and_then_itself() {
    let Some(browser) = browser() else { return };
    let broken = site().article("sai", "directives: [99-CT/TU]");
    let watch = Watch::new(&broken, &["--port", "0"]);
    let mut tab = browser.window();
    tab.navigate(&format!("{}bai-viet/sai.html", watch.url()));
    tab.wait(&format!("{TROUBLE}.includes('content/articles/sai.md:3:14: error[unknown-directive]')"));
    watch.save("content/articles/sai.md", &article("Đúng rồi", "Đúng."));
    tab.wait(&format!("document.querySelector('h1')?.textContent.includes('Đúng rồi') && !{TROUBLE}"));
}
