//! The preview that `watch` keeps: after any edits it is what a build of the same content with
//! drafts makes in an empty folder, and mistakes are reported as that build reports them.
//!
//! A site is a function of choices: those of `warm` for what articles and records say, and
//! `Switches` around them for all else that an editor may do to a folder. An edit makes some of
//! the choices anew, the difference is done to the folder, and the preview is told of the paths
//! that an event would name, and of nothing more.
//!
//! `PROPTEST_CASES` asks for another number of cases.

use std::{collections::BTreeSet, env, fs, path::Path};

use luutru::{
    archive::Drafts,
    build::Input,
    source::Touched,
    watch::{Built, Outcome, PREVIEW, Preview},
};
use proptest::prelude::*;

use super::{
    fixture::{Cold, Files, Site, cold, differences, shown, tree, write},
    warm::{self, Choices},
};

/// Articles a site may have.
const ARTICLES: usize = 14;

/// Cases where nobody asks for another number.
const CASES: u32 = 12;

// ---- A folder that is watched ----

/// A site's folder with its preview.
struct Desk {
    dir: tempfile::TempDir,
    files: Files,
    preview: Preview,
    /// What the last build came to.
    last: Cold,
}

/// How much of what changed an event names.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// Each file.
    Files,
    /// The folders that the files lie in, as when folders are moved.
    Folders,
    /// The site's folder: events were lost.
    Everything,
}

impl Desk {
    /// A folder with these files; nothing is built.
    fn new(files: Files) -> Desk {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for (path, bytes) in &files {
            write(&dir.path().join(path), bytes);
        }
        let preview = preview(dir.path());
        Desk { dir, files, preview, last: Cold::default() }
    }

    fn root(&self) -> &Path {
        self.dir.path()
    }

    /// Makes the folder hold these files and no others.
    fn edit(&mut self, files: Files, event: Event) {
        let mut touched = Touched::default();
        let is_kept = |path: &String| files.get(path) == self.files.get(path);
        let changed: BTreeSet<&String> =
            self.files.keys().chain(files.keys()).filter(|path| !is_kept(path)).collect();
        for path in &changed {
            match event {
                Event::Files => touched.add(path.into()),
                Event::Folders => touched.add(Path::new(path).parent().expect("a folder").into()),
                Event::Everything => touched = Touched::everything(),
            }
        }
        for path in changed.iter().filter(|path| self.files.contains_key(**path)) {
            fs::remove_file(self.root().join(path)).expect("a file to remove");
            // A folder that is empty goes, too; `content` with the last of its files.
            let above = Path::new(path).ancestors().skip(1).filter(|folder| *folder != Path::new(""));
            for folder in above {
                if fs::remove_dir(self.root().join(folder)).is_err() {
                    break;
                }
                touched.add(folder.into());
            }
        }
        for path in changed.iter().filter(|path| files.contains_key(**path)) {
            write(&self.root().join(path), &files[*path]);
        }
        drop(changed);
        self.files = files;
        self.preview.forget(&touched);
    }

    /// Ends the watch and begins another one.
    fn begin_again(&mut self) {
        // The folder is claimed by the old one until it is gone.
        let other = tempfile::tempdir().expect("a temporary folder");
        self.preview = preview(other.path());
        self.preview = preview(self.dir.path());
    }

    /// Builds, and holds what came of it against a build of nothing but the content.
    fn check(&mut self) -> Result<(), TestCaseError> {
        let out = self.root().join(PREVIEW);
        let before = tree(&out);
        let mut is_published = false;
        let outcome = self.preview.build(|| is_published = true);
        let after = tree(&out);
        let cold = cold(self.root());
        let is_good = matches!(outcome, Outcome::Built(_));
        prop_assert_eq!(is_published, is_good);
        match outcome {
            Outcome::Same => prop_assert_eq!(&cold.found, &self.last.found, "taken to be the same"),
            Outcome::Built(Built { written, removed, found, .. }) => {
                prop_assert_eq!(shown(&found.found), cold.found.clone());
                let gone = before.keys().filter(|path| !after.contains_key(*path)).count();
                prop_assert_eq!(removed, gone);
                prop_assert_eq!(written, differences(&before, &after).len() - gone);
            }
            Outcome::Mistakes(mistakes) => {
                prop_assert_eq!(shown(&mistakes.found), cold.found.clone());
                prop_assert!(cold.out.is_none(), "the content has mistakes");
            }
            Outcome::NoContent => {
                prop_assert!(!self.root().join("content").exists());
            }
            Outcome::Failed(fault) => prop_assert!(false, "failed: {fault:?}"),
            Outcome::Growing(path) => prop_assert!(false, "nobody writes to {}", path.display()),
        }
        let expected = cold.out.as_ref().unwrap_or(&before);
        prop_assert_eq!(differences(&after, expected), Vec::<String>::new());
        self.last = cold;
        Ok(())
    }
}

fn preview(root: &Path) -> Preview {
    let input = Input { root: root.to_owned(), base_url: None, drafts: Drafts::Include };
    Preview::new(input, root.join(PREVIEW))
}

// ---- What editors do ----

/// Everything about a site but what its articles say. Each is taken modulo what there is to
/// choose from, and 0 is what a site has that nobody touched.
type Switches = [u8; SWITCHES];

const SWITCHES: usize = 28;

/// Those that break a site; they are mended more often than broken.
const BREAKING: [usize; 11] = [5, 6, 8, 10, 11, 12, 15, 16, 20, 21, 25];

#[derive(Clone, Debug)]
enum Edit {
    Content(warm::Edit),
    Switch(usize, u8),
    /// Sets back what breaks a site.
    Mend,
}

/// Some edits, and what is told of them.
#[derive(Clone, Debug)]
enum Step {
    Edits(Vec<Edit>, Event),
    /// The watch ends and begins again.
    Again,
}

#[derive(Clone, Debug)]
struct World {
    choices: Choices,
    switches: Switches,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => warm::edit(ARTICLES).prop_map(Edit::Content),
        4 => (0..SWITCHES, any::<u8>()).prop_map(|(of, to)| Edit::Switch(of, to)),
        1 => (0..BREAKING.len(), any::<u8>()).prop_map(|(of, to)| Edit::Switch(BREAKING[of], to)),
        2 => Just(Edit::Mend),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let event = prop_oneof![
        8 => Just(Event::Files),
        3 => Just(Event::Folders),
        1 => Just(Event::Everything),
    ];
    prop_oneof![
        20 => (prop::collection::vec(edit(), 1..4), event).prop_map(|(edits, event)| Step::Edits(edits, event)),
        1 => Just(Step::Again),
    ]
}

fn world() -> impl Strategy<Value = World> {
    (warm::choices(ARTICLES), any::<Switches>(), any::<bool>()).prop_map(|(choices, switches, is_plain)| {
        let mut world = World { choices, switches: if is_plain { [0; SWITCHES] } else { switches } };
        world.edit(&Edit::Mend);
        world
    })
}

impl World {
    fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::Content(edit) => self.choices = self.choices.edited(edit),
            Edit::Switch(of, to) => self.switches[*of] = *to,
            Edit::Mend => BREAKING.iter().for_each(|of| self.switches[*of] = 0),
        }
    }

    /// One of the choices of a switch.
    fn pick<T: Copy>(&self, switch: usize, from: &[T]) -> T {
        from[usize::from(self.switches[switch]) % from.len()]
    }

    /// The files of the site.
    fn files(&self) -> Files {
        if self.pick(20, &[false, false, false, false, true]) {
            return Files::from([("themes/mot/static/style.css".to_owned(), b"p {}".to_vec())]);
        }
        let site = self.choices.site();
        let mut files: Files = site.files().map(|(path, bytes)| (self.place(path), bytes.to_vec())).collect();
        self.settings(&mut files);
        self.theme(&mut files);
        self.media(&mut files);
        self.texts(&mut files);
        self.accidents(&mut files);
        files
    }

    /// Where a file of the choices lies: articles in folders that are moved, a record in a file
    /// that is renamed.
    fn place(&self, path: &str) -> String {
        let Some(name) = path.strip_prefix("content/articles/") else {
            let other = self.pick(18, &["content/units/clb.md", "content/units/câu lạc bộ.md"]);
            return path.replace("content/units/clb.md", other);
        };
        let number: usize =
            name.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0);
        let folder = match number % 3 {
            0 => self.pick(13, &["", "2023/", "2024/05/", "Năm 2023/"]),
            1 => self.pick(14, &["", "2023/", "2024/", "2024/05/06/"]),
            _ => "",
        };
        format!("content/articles/{folder}{name}")
    }

    fn settings(&self, files: &mut Files) {
        let settings = files.get_mut("content/site.yaml").expect("the settings");
        let more = [
            self.pick(0, &["", "mentions: false\n", "mentions: true\n"]),
            self.pick(1, &["", "language: en\n"]),
            self.pick(2, &["", "base_url: https://luu.example/\n", "base_url: https://b.example/kho/\n"]),
            self.pick(3, &["theme: mot\n", "", "theme: hai\n"]),
            self.pick(
                7,
                &[
                    "",
                    "menus: [{label: Giới thiệu, url: trang/gioi-thieu.html}]\n",
                    "menus: [{label: A, url: index.html}]\n",
                ],
            ),
            self.pick(8, &["", "", "", "", "khong_co: 1\n", "page_size: [\n", "language: xx\n"]),
        ];
        settings.extend(more.concat().into_bytes());
        if self.switches[8] > 240 {
            files.remove("content/site.yaml");
        }
        if let Some(line) =
            self.pick(21, &[None, Some("# ghi chú\n"), Some("nam/2019.html\n"), Some("khong/co.html\n")])
        {
            files.entry("content/addresses.txt".to_owned()).or_default().extend(line.bytes());
        }
        if self.switches[21] > 245 {
            files.insert("content/addresses.txt".to_owned(), b"dia-phuong/\xff".to_vec());
        }
    }

    fn theme(&self, files: &mut Files) {
        let mut put = |path: &str, text: Option<&str>| {
            if let Some(text) = text {
                files.insert(format!("themes/{path}"), text.as_bytes().to_vec());
            }
        };
        put("hai/static/style.css", Some("p { color: red }"));
        put("mot/ghi-chu.txt", Some("một"));
        put(
            "mot/static/style.css",
            self.pick(4, &[None, Some("p { color: red }"), Some("p { color: blue }")]),
        );
        put("mot/static/them.js", self.pick(23, &[None, Some("1"), Some("2")]));
        let article = [
            None,
            Some("<p>{{ view.title }}{{ site.files | length }}"),
            Some("<p>{{ view.title }}</p>{{ t.home }}"),
            Some("{% if %}"),
            // Of some articles only, which have no publisher.
            Some("{{ view.publisher.title }}"),
        ];
        put("mot/templates/article.html", self.pick(5, &article));
        let strings = [None, Some("home: Cửa vào\n"), Some("home: Cửa\n"), Some("home: [\n")];
        put("mot/strings/vi.yaml", self.pick(6, &strings));
    }

    fn media(&self, files: &mut Files) {
        let drawing = |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>");
        let mut put = |path: &str, text: &str| {
            files.insert(format!("content/media/{path}"), text.as_bytes().to_vec());
        };
        // Two pictures of one length and another size, what is none, and nothing.
        let (wide, high) = ("GIF89a\x04\0\x03\0\0\0\0;", "GIF89a\x03\0\x04\0\0\0\0;");
        if let Some(text) =
            self.pick(9, &[Some(wide), Some(high), None, Some("một ảnh dài hơn"), Some("hai")])
        {
            put("anh.png", text);
        }
        match self.switches[10] % 4 {
            0 => {}
            1 => put("x.txt", "1"),
            2 => put("x.txt/y.txt", "2"),
            _ => put("x.txt/z/y.txt", "3"),
        }
        match self.switches[11] % 5 {
            0 => {}
            1 => put("a.svg", &drawing("<path d=\"M0 0\"/>").replace("<svg", "<svg viewBox=\"0 0 8 6\"")),
            2 => put("a.svg", &drawing("<script/>")),
            3 => put("a.exe", "1"),
            _ => put("A.svg", &drawing("")),
        }
        let shown = self.pick(
            12,
            &[
                "",
                "![Ảnh](media/anh.png)",
                "![](media/anh.png)",
                "![Ảnh](media/a.svg)",
                "<img src=\"media/anh.png\">",
                "[tệp](media/x.txt/y.txt)",
                "![Ảnh](media/anh.png?x)",
            ],
        );
        files.insert(
            "content/articles/anh.md".to_owned(),
            format!("---\ntitle: Ảnh\n---\n{shown}\n").into_bytes(),
        );
        if self.switches[12] > 200 {
            let photo = "---\ntitle: Chụp\nphotos: [{file: media/anh.png, alt: Ảnh}]\n---\n";
            files.insert("content/articles/chup.md".to_owned(), photo.as_bytes().to_vec());
        }
    }

    /// Texts that say names which records may get, and drafts.
    fn texts(&self, files: &mut Files) {
        let mut put = |path: &str, text: String| {
            files.insert(format!("content/{path}.md"), text.into_bytes());
        };
        put(
            "articles/ten",
            "---\ntitle: Tên\n---\nTổ Văn nghệ và Đội Văn nghệ ở Xóm Chài, theo Quyết định 12-QĐ/XC và Nghị quyết 33.\n\n\
             Báo A và Báo C đưa tin về Tổ Văn nghệ Xóm Chài."
                .to_owned(),
        );
        let unit = [
            None,
            Some("name: Tổ Văn nghệ"),
            Some("name: Tổ Văn nghệ\naliases: [Đội Văn nghệ]"),
            Some("name: Tổ Văn nghệ Xóm Chài\naliases: [Tổ Văn nghệ]"),
            Some("name: Ban Văn nghệ\nplace: Xóm Chài"),
        ];
        if let Some(front) = self.pick(19, &unit) {
            put("units/van-nghe", format!("---\n{front}\n---\n"));
        }
        if let Some(front) = self.pick(
            22,
            &[
                None,
                Some("name: Xóm Chài\nkind: ấp\nparent: \"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\""),
                Some("name: Xóm Chài\nkind: ấp\nparent: \"Kế Sách, Sóc Trăng\""),
            ],
        ) {
            put("localities/xom-chai", format!("---\n{front}\n---\n"));
        }
        if let Some(front) = self.pick(
            24,
            &[
                None,
                Some("number: 12-QĐ/XC"),
                Some("name: Nghị quyết 33"),
                Some("number: 12-QĐ/XC\naliases: [Nghị quyết 33]"),
            ],
        ) {
            put("directives/xc", format!("---\n{front}\n---\nVăn bản của Tổ Văn nghệ.\n"));
        }
        match self.switches[17] % 5 {
            0 => {}
            1 => put(
                "articles/nhap-mot",
                "---\ntitle: Nháp\ndraft: true\ndirectives: [01-KL/TW]\n---\nTheo 749/QĐ-TTg.\n".to_owned(),
            ),
            2 => put(
                "articles/nhap-hai",
                "---\ntitle: Nháp\ndraft: true\nreview: xem lại\ndirectives: [01-KL/TW]\n---\n".to_owned(),
            ),
            3 => put(
                "articles/sub/nhap-mot",
                "---\ntitle: Nháp\nold_addresses: [cu/nhap.html]\n---\n".to_owned(),
            ),
            // Neither comments nor line ends nor the form of letters is seen.
            _ => put(
                "articles/nhap-mot",
                "\u{FEFF}---\r\n# ghi chú\r\ntitle: Nha\u{301}p\r\ndraft: true\r\n---\r\n[[01-KL/TW]]\r\n"
                    .to_owned(),
            ),
        }
    }

    /// What is broken, and what is in the way.
    fn accidents(&self, files: &mut Files) {
        let broken: [&[u8]; 6] = [
            b"---\ntitle: [\n---\n",
            b"khong co phan dau",
            b"---\ntitle: A\n",
            b"---\ntitle: \xff\n---\n",
            b"",
            "---\ntitle: A\ndirectives: [99-CT/TU]\n# \n---\n[[khong-co]]".as_bytes(),
        ];
        for (switch, kind) in [(15, "content/articles/"), (16, "content/directives/")] {
            if let Some(way) = usize::from(self.switches[switch]).checked_sub(1) {
                let path = files.keys().filter(|path| path.starts_with(kind)).nth(way % 7);
                if let Some(path) = path.cloned() {
                    files.insert(path, broken[way / 7 % broken.len()].to_vec());
                }
            }
        }
        for (path, at) in [
            ("content/articles/.a-00.md.swp", 1),
            ("content/articles/a-00.md~", 2),
            ("content/.git/HEAD", 3),
            ("content/articles/.an/a-00.md", 4),
            ("content/ghi-chu.txt", 5),
            ("content/units/2023/x.md", 6),
        ] {
            if self.switches[25] % 8 == at {
                files.insert(path.to_owned(), b"x".to_vec());
            }
        }
    }
}

/// Edits of a site one after the other, each told file by file.
#[track_caller]
fn check(editions: &[Site]) {
    let files = |site: &Site| site.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
    let mut desk = Desk::new(files(&editions[0]));
    for site in editions {
        desk.edit(files(site), Event::Files);
        desk.check().unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn a_file_of_the_theme_is_an_edit() {
    let site = Site::sample().settings("theme: mot\nplace: Sóc Trăng");
    let with = |name: &str, text: &str| site.clone().file(&format!("themes/mot/static/{name}"), text);
    check(&[
        with("style.css", "p {}"),
        with("style.css", "p { color: red }"),
        with("them.js", "1"),
        with("style.css", "p {}"),
    ]);
}

#[test]
fn media_are_known_by_their_bytes_and_not_by_their_length() {
    let with = |bytes: &str| Site::sample().file("content/media/anh 1.png", bytes);
    check(&[with("hai"), with("mai"), with("mai"), with("hai")]);
}

#[test]
fn a_picture_of_another_size_is_an_edit_of_what_shows_it() {
    let gif = |width: u8, height: u8| [b"GIF89a".as_slice(), &[width, 0, height, 0, 0, 0, 0, b';']].concat();
    let with = |bytes: &[u8]| {
        Site::sample()
            .file("content/media/a.gif", bytes)
            .article("chup", "photos: [{file: media/a.gif, alt: Ảnh}]")
            .article_with("anh", "", "![Ảnh](media/a.gif)")
    };
    check(&[with(&gif(4, 3)), with(&gif(3, 4)), with(b"GIF"), with(&gif(3, 4))]);
}

#[test]
fn a_page_that_was_edited_by_hand_and_removed_is_written_again() {
    let with = |words: &str| {
        let text = format!("---\ntitle: Một\ndate: 2024-05-18\n---\n{words}\n");
        let site = Site::sample().file("content/articles/mot.md", text);
        site.file("content/media/a.txt", words).files().map(|(p, b)| (p.to_owned(), b.to_vec())).collect()
    };
    let mut desk = Desk::new(with("một"));
    desk.check().unwrap_or_else(|error| panic!("{error}"));
    let edited = ["bai-viet/mot.html", "media/a.txt"].map(|file| desk.root().join(PREVIEW).join(file));
    edited.iter().for_each(|file| write(file, b"tay"));
    desk.edit(with("hai"), Event::Files);
    let Outcome::Built(built) = desk.preview.build(|| ()) else { panic!("it is sound") };
    assert_eq!(built.found.found.len(), 2, "both are kept: {:?}", built.found.found);
    edited.iter().for_each(|file| fs::remove_file(file).expect("a file"));
    // Nothing about these two.
    let mut files: Files = with("hai");
    files.insert(
        "content/articles/ba.md".to_owned(),
        b"---\ntitle: Ba\ndate: 2024-05-19\n---\nBa.\n".to_vec(),
    );
    desk.edit(files, Event::Files);
    desk.check().unwrap_or_else(|error| panic!("{error}"));
}

fn cases() -> u32 {
    env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 400, ..ProptestConfig::default() })]

    /// Law: a warm build equals a cold build, after any edits.
    #[test]
    fn warm_equals_cold(start in world(), steps in prop::collection::vec(step(), 1..9)) {
        let mut world = start;
        let mut desk = Desk::new(world.files());
        desk.check()?;
        for step in steps {
            match step {
                Step::Edits(edits, event) => {
                    edits.iter().for_each(|edit| world.edit(edit));
                    desk.edit(world.files(), event);
                }
                Step::Again => desk.begin_again(),
            }
            desk.check()?;
        }
    }
}
