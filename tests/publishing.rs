//! Publishing under everything that can go wrong: kills, full and read-only disks,
//! strangers in the way, hands in the output, two builds at once.
//!
//! Each test drives the library. Those that need a mount of their own say so and pass
//! where mounting is not permitted. The kill test starts this very binary again.

#[path = "publishing/session.rs"]
mod session;

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::{MetadataExt, symlink},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use luutru::{
    digest::Digest,
    publish::{Asset, BadPath, Error, Fault, Report, publish},
};

// ---- What stands in an output folder, and what was planned for it ----

/// A site to publish: pages, and assets that lie beside the output.
#[derive(Clone, Default)]
struct Site {
    pages: BTreeMap<String, Vec<u8>>,
    assets: Vec<Asset>,
}

/// A folder that holds `content/` and `public/`.
struct Room {
    dir: tempfile::TempDir,
}

/// Everything at and below a folder, `.luutru` left out. Folders are `None`.
type Tree = BTreeMap<String, Option<Vec<u8>>>;

/// As `Tree`, for what must not even be touched: identity and time of every entry.
type Traces = BTreeMap<String, (u64, i64, i64, u64)>;

impl Site {
    fn of(pages: &[(&str, &str)]) -> Site {
        let pages = pages.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        Site { pages, assets: Vec::new() }
    }

    fn with(mut self, path: &str, text: &str) -> Site {
        self.pages.insert(path.to_owned(), text.as_bytes().to_vec());
        self
    }

    fn without(mut self, path: &str) -> Site {
        self.pages.remove(path).expect("the page is in the site");
        self
    }

    fn publish(&self, out: &Path, content: &Path) -> Result<Report, Error<Infallible>> {
        // Handed over in another order than that of the paths: none is asked for.
        let (paths, texts): (Vec<_>, Vec<_>) = self.pages.clone().into_iter().rev().unzip();
        publish(out, content, &paths, &self.assets, |index| Ok(texts[index].clone()))
    }
}

impl Room {
    fn new() -> Room {
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(dir.path().join("content")).expect("the content folder");
        Room { dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn out(&self) -> PathBuf {
        self.path("public")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.out().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        write(&self.file(name), text.as_bytes());
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).expect("a readable file")
    }

    fn asset(&self, to: &str, bytes: &[u8]) -> Asset {
        let from = self.path("content/media").join(to);
        write(&from, bytes);
        Asset { from, to: to.to_owned(), len: bytes.len() as u64, digest: Digest::of(bytes) }
    }

    fn publish(&self, site: &Site) -> Result<Report, Error<Infallible>> {
        site.publish(&self.out(), &self.path("content"))
    }

    /// Publishes what must be publishable.
    #[track_caller]
    fn build(&self, site: &Site) -> Report {
        self.publish(site).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Publishes what must be refused, touching nothing.
    #[track_caller]
    fn refused(&self, site: &Site) -> Fault {
        let before = traces(&self.out());
        let fault = fault(self.publish(site));
        assert_eq!(traces(&self.out()), before, "a refused build leaves the output as it was");
        fault
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder of a file");
    fs::File::create(path).and_then(|mut file| file.write_all(bytes)).expect("a written file");
}

#[track_caller]
fn fault<R: std::fmt::Debug>(result: Result<Report, Error<R>>) -> Fault {
    match result {
        Err(Error::Fault(fault)) => fault,
        other => panic!("expected a fault, got {other:?}"),
    }
}

#[track_caller]
fn foreign(fault: Fault) -> Vec<String> {
    match fault {
        Fault::Foreign { paths, .. } => paths,
        other => panic!("expected strangers, got {other}"),
    }
}

fn walk(root: &Path, mut see: impl FnMut(String, &Path, &fs::Metadata)) {
    for entry in walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok) {
        let name = entry.path().strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
        let metadata = entry.path().symlink_metadata().expect("what stands there");
        see(name, entry.path(), &metadata);
    }
}

fn tree(root: &Path) -> Tree {
    let mut tree = Tree::new();
    walk(root, |name, path, metadata| {
        if !name.is_empty() && !name.starts_with(".luutru") {
            tree.insert(name, metadata.is_file().then(|| fs::read(path).expect("a readable file")));
        }
    });
    tree
}

/// Our own corner is in it too, but for the times of the folders in which the corner
/// and the staging may come and go.
fn traces(root: &Path) -> Traces {
    let mut traces = Traces::new();
    walk(root, |name, _, metadata| {
        let time = if name.is_empty() || name == ".luutru" {
            (0, 0)
        } else {
            (metadata.mtime(), metadata.mtime_nsec())
        };
        traces.insert(name, (metadata.ino(), time.0, time.1, metadata.len()));
    });
    traces
}

/// The tree of a build of `site` into a folder of its own.
fn clean(site: &Site) -> Tree {
    let room = Room::new();
    room.build(site);
    tree(&room.out())
}

fn sample() -> Site {
    Site::of(&[
        ("index.html", "trang đầu"),
        ("bai-viet/a.html", "bài a"),
        ("bai-viet/b.html", "bài b"),
        ("nam/2023/05.html", "tháng 5"),
        ("nam/2023.html", "năm 2023"),
    ])
}

// ---- The ordinary course ----

#[test]
fn a_first_build_writes_every_page_and_nothing_else() {
    let room = Room::new();
    let report = room.build(&sample());
    assert_eq!(report, Report { written: 5, bytes: 41, ..Report::default() });
    let tree = tree(&room.out());
    let names: Vec<_> = tree.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "bai-viet",
            "bai-viet/a.html",
            "bai-viet/b.html",
            "index.html",
            "nam",
            "nam/2023",
            "nam/2023.html",
            "nam/2023/05.html"
        ]
    );
    assert_eq!(room.text("bai-viet/a.html"), "bài a");
    let own: BTreeSet<_> =
        fs::read_dir(room.file(".luutru")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(own, BTreeSet::from(["lock".into(), "manifest".into()]));
}

#[test]
fn a_second_build_of_the_same_touches_no_file() {
    let room = Room::new();
    let mut site = sample();
    site.assets.push(room.asset("media/anh.jpg", b"jpg"));
    let first = room.build(&site);
    let before = traces(&room.out());
    let corner = room.file(".luutru").metadata().unwrap();
    let second = room.build(&site);
    assert_eq!(second, Report { unchanged: 6, written: 0, ..first });
    assert_eq!(traces(&room.out()), before);
    let corner_after = room.file(".luutru").metadata().unwrap();
    assert_eq!((corner.mtime(), corner.mtime_nsec()), (corner_after.mtime(), corner_after.mtime_nsec()));
}

#[test]
fn only_the_page_that_changed_is_rewritten() {
    let room = Room::new();
    room.build(&sample());
    let before = traces(&room.out());
    let report = room.build(&sample().with("bai-viet/a.html", "bài a, đã sửa"));
    assert_eq!((report.written, report.unchanged), (1, 4));
    let after = traces(&room.out());
    let changed: Vec<_> =
        after.iter().filter(|(name, trace)| before[*name] != **trace).map(|(n, _)| n).collect();
    assert_eq!(changed, [".luutru/manifest", "bai-viet", "bai-viet/a.html"]);
}

#[test]
fn a_page_that_is_no_longer_planned_goes_and_so_does_its_empty_folder() {
    let room = Room::new();
    room.build(&sample());
    let site = sample().without("nam/2023/05.html").without("nam/2023.html");
    let report = room.build(&site);
    assert_eq!((report.removed, report.unchanged), (2, 3));
    assert_eq!(tree(&room.out()), clean(&site));
}

#[test]
fn a_folder_that_was_there_before_us_outlives_its_pages() {
    let room = Room::new();
    fs::create_dir_all(room.file("nam")).unwrap();
    room.build(&sample());
    room.build(&sample().without("nam/2023/05.html").without("nam/2023.html"));
    assert!(room.file("nam").is_dir());
    assert!(!room.file("nam/2023").exists());
}

#[test]
fn a_page_deleted_by_hand_comes_back() {
    let room = Room::new();
    room.build(&sample());
    fs::remove_dir_all(room.file("nam")).unwrap();
    fs::remove_file(room.file("index.html")).unwrap();
    let report = room.build(&sample());
    assert_eq!((report.written, report.unchanged), (3, 2));
    assert_eq!(tree(&room.out()), clean(&sample()));
}

#[test]
fn an_empty_plan_leaves_an_empty_output() {
    let room = Room::new();
    room.build(&sample());
    assert_eq!(room.build(&Site::default()).removed, 5);
    assert_eq!(tree(&room.out()), Tree::new());
}

#[test]
fn bytes_and_manifest_do_not_depend_on_the_number_of_threads() {
    let built = |threads| {
        let room = Room::new();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| room.build(&sample()));
        (tree(&room.out()), room.text(".luutru/manifest"))
    };
    assert_eq!(built(1), built(7));
}

#[test]
fn a_page_may_turn_into_a_folder_and_back() {
    let room = Room::new();
    let file = sample().with("trang", "một trang");
    let folder = sample().with("trang/a.html", "a").with("trang/x/y/b.html", "b");
    for site in [&file, &folder, &file] {
        room.build(site);
        assert_eq!(tree(&room.out()), clean(site));
        assert_eq!(room.build(site).written, 0);
    }
}

// ---- Assets ----

#[test]
fn assets_are_copied_compared_and_removed_as_pages_are() {
    let room = Room::new();
    let large: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    let mut site = sample();
    site.assets = vec![room.asset("media/b.jpg", b"b"), room.asset("media/phim.mp4", &large)];
    assert_eq!(room.build(&site).written, 7);
    assert_eq!(fs::read(room.file("media/phim.mp4")).unwrap(), large);
    site.assets[0] = room.asset("media/b.jpg", b"moi");
    assert_eq!(room.build(&site).written, 1);
    assert_eq!(room.text("media/b.jpg"), "moi");
    site.assets.clear();
    assert_eq!(room.build(&site).removed, 2);
    assert!(!room.file("media").exists());
}

#[test]
fn an_asset_that_changed_since_it_was_digested_stops_the_build() {
    let room = Room::new();
    room.build(&sample());
    let mut site = sample().with("index.html", "mới");
    site.assets.push(room.asset("media/anh.jpg", b"jpg"));
    for other in ["png", "jpeg"] {
        write(&site.assets[0].from, other.as_bytes());
        assert!(matches!(room.refused(&site), Fault::AssetChanged { .. }), "{other}");
    }
    fs::remove_file(&site.assets[0].from).unwrap();
    assert!(matches!(room.refused(&site), Fault::Io { doing: "read", .. }));
}

// ---- Files that are not ours ----

#[test]
fn strangers_in_the_output_are_left_alone() {
    let room = Room::new();
    room.put(".gitkeep", "");
    room.put("CNAME", "luutru.example");
    room.put(".git/HEAD", "ref");
    room.put("bai-viet/ghi-chu.txt", "riêng");
    room.build(&sample());
    room.build(&Site::default());
    let kept = tree(&room.out()).into_keys().collect::<Vec<_>>();
    assert_eq!(kept, [".git", ".git/HEAD", ".gitkeep", "CNAME", "bai-viet", "bai-viet/ghi-chu.txt"]);
}

#[test]
fn every_stranger_in_the_way_is_named_and_nothing_is_written() {
    let room = Room::new();
    room.put("index.html", "của người khác");
    room.put("bai-viet/b.html", "của người khác");
    room.put("nam", "một tệp");
    assert_eq!(foreign(room.refused(&sample())), ["bai-viet/b.html", "index.html", "nam"]);
    assert!(!room.file(".luutru").exists());
}

#[test]
fn a_stranger_with_the_right_bytes_is_a_stranger_still() {
    let room = Room::new();
    room.put("index.html", "trang đầu");
    assert_eq!(foreign(room.refused(&sample())), ["index.html"]);
}

#[test]
fn a_folder_where_a_page_belongs_is_a_stranger() {
    let room = Room::new();
    room.build(&sample());
    fs::remove_file(room.file("index.html")).unwrap();
    fs::create_dir(room.file("index.html")).unwrap();
    assert_eq!(foreign(room.refused(&sample())), ["index.html"]);
}

#[test]
fn what_is_not_ours_keeps_a_page_from_turning_into_a_folder_or_back() {
    let file = sample().with("trang", "một trang");
    let folder = sample().with("trang/a.html", "a").with("trang/x/b.html", "b");
    let from_file: [fn(&Room); 2] = [
        |room| room.put("trang", "sửa tay"),
        |room| {
            fs::rename(room.file("trang"), room.file("kia")).unwrap();
            symlink("kia", room.file("trang")).unwrap();
        },
    ];
    for change in from_file {
        let room = Room::new();
        room.build(&file);
        change(&room);
        assert_eq!(foreign(room.refused(&folder)), ["trang"]);
    }
    let from_folder: [fn(&Room); 4] = [
        |room| room.put("trang/x/b.html", "sửa tay"),
        |room| room.put("trang/x/ghi-chu.txt", "riêng"),
        |room| fs::create_dir(room.file("trang/cua-ai")).unwrap(),
        |room| symlink("../index.html", room.file("trang/lien-ket")).unwrap(),
    ];
    for change in from_folder {
        let room = Room::new();
        room.build(&folder);
        change(&room);
        assert_eq!(foreign(room.refused(&file)), ["trang"]);
    }
    // A folder that stood before us is not ours to replace, though all in it is.
    let room = Room::new();
    fs::create_dir_all(room.file("trang")).unwrap();
    room.build(&folder);
    assert_eq!(foreign(room.refused(&file)), ["trang"]);
}

#[test]
fn no_link_in_the_output_is_followed() {
    let room = Room::new();
    let outside = room.path("ngoai");
    write(&outside.join("a.html"), "bài a".as_bytes());
    fs::create_dir_all(room.out()).unwrap();
    symlink(&outside, room.file("bai-viet")).unwrap();
    symlink(outside.join("moi.html"), room.file("index.html")).unwrap();
    let before = traces(&outside);
    assert_eq!(foreign(room.refused(&sample())), ["bai-viet", "index.html"]);
    assert_eq!(traces(&outside), before);
}

#[test]
fn nothing_is_removed_through_a_link() {
    let room = Room::new();
    room.build(&sample());
    let outside = room.path("ngoai");
    // What we wrote, moved out of the output, with links left in its place.
    fs::rename(room.file("nam"), &outside).unwrap();
    symlink(&outside, room.file("nam")).unwrap();
    fs::rename(room.file("index.html"), outside.join("index.html")).unwrap();
    symlink(outside.join("index.html"), room.file("index.html")).unwrap();
    let before = traces(&outside);
    let report = room.build(&Site::of(&[("bai-viet/a.html", "bài a"), ("bai-viet/b.html", "bài b")]));
    assert_eq!((report.removed, report.kept.len()), (0, 0));
    assert_eq!(traces(&outside), before);
    assert!(room.file("nam").is_symlink() && room.file("index.html").is_symlink());
}

#[test]
fn a_link_in_the_place_of_our_own_corner_is_refused() {
    for name in [".luutru", ".luutru/lock", ".luutru/manifest", ".luutru/staging"] {
        let room = Room::new();
        let outside = room.path("ngoai");
        fs::create_dir_all(&outside).unwrap();
        fs::create_dir_all(room.file(name).parent().unwrap()).unwrap();
        symlink(outside.join(if name == ".luutru" { "" } else { "x" }), room.file(name)).unwrap();
        assert_eq!(foreign(room.refused(&sample())), [name]);
        assert_eq!(fs::read_dir(&outside).unwrap().count(), 0, "{name}");
    }
}

#[test]
fn a_page_edited_by_hand_is_kept_and_said() {
    let room = Room::new();
    room.build(&sample());
    room.put("bai-viet/a.html", "sửa tay");
    for _ in 0..2 {
        let report = room.build(&sample().with("bai-viet/b.html", "mới"));
        assert_eq!(report.kept, ["bai-viet/a.html"]);
        assert_eq!(room.text("bai-viet/a.html"), "sửa tay");
        assert_eq!(room.text("bai-viet/b.html"), "mới");
    }
    // Taken back by hand, it is ours again.
    room.put("bai-viet/a.html", "bài a");
    let report = room.build(&sample().with("bai-viet/a.html", "bài a, bản hai"));
    assert_eq!(report.kept, [""; 0]);
    assert_eq!(room.text("bai-viet/a.html"), "bài a, bản hai");
}

#[test]
fn a_hand_that_wrote_what_the_build_would_have_is_no_edit() {
    let room = Room::new();
    room.build(&sample());
    room.put("index.html", "bản hai");
    let report = room.build(&sample().with("index.html", "bản hai"));
    assert_eq!((report.unchanged, report.kept.len()), (5, 0));
    assert_eq!(room.build(&sample()).written, 1, "from then on it is ours");
}

#[test]
fn a_page_edited_by_hand_is_kept_even_when_no_longer_planned() {
    let room = Room::new();
    room.build(&sample());
    room.put("nam/2023/05.html", "sửa tay");
    let site = sample().without("nam/2023/05.html");
    for _ in 0..2 {
        let report = room.build(&site);
        assert_eq!((report.kept, report.removed), (vec!["nam/2023/05.html".to_owned()], 0));
    }
    // Removed by hand, it takes its folder along.
    fs::remove_file(room.file("nam/2023/05.html")).unwrap();
    room.build(&site);
    assert_eq!(tree(&room.out()), clean(&site));
}

#[test]
fn an_emptied_page_holds_nobodys_work_and_is_written_anew() {
    let room = Room::new();
    room.build(&sample());
    room.put("index.html", "");
    room.put("bai-viet/a.html", "");
    let site = sample().without("bai-viet/a.html");
    let report = room.build(&site);
    assert_eq!((report.written, report.removed, report.kept.len()), (1, 1, 0));
    assert_eq!(tree(&room.out()), clean(&site));
}

#[test]
fn a_damaged_manifest_stops_the_build_and_says_what_to_do() {
    let room = Room::new();
    room.build(&sample());
    let good = fs::read(room.file(".luutru/manifest")).unwrap();
    for damaged in
        [&b""[..], b"\xff\xfe", b"rubbish\n", &good[..good.len() - 40], &[&good[..], b"x"].concat()]
    {
        write(&room.file(".luutru/manifest"), damaged);
        let fault = room.refused(&sample());
        assert!(matches!(fault, Fault::Manifest { .. }), "{fault}");
        assert!(fault.to_string().ends_with("remove the output folder, and build again"), "{fault}");
    }
    // Without any manifest nothing is known to be ours.
    fs::remove_file(room.file(".luutru/manifest")).unwrap();
    assert_eq!(foreign(room.refused(&sample())).len(), 5);
}

// ---- Plans that are refused ----

#[test]
fn an_output_that_overlaps_the_content_is_refused() {
    let room = Room::new();
    write(&room.path("content/articles/a.md"), b"a");
    symlink(room.path("content"), room.path("lien-ket")).unwrap();
    let before = traces(room.dir.path());
    for out in ["content", "content/public", "", "lien-ket/public", "moi/../content"] {
        let fault = fault(sample().publish(&room.path(out), &room.path("content")));
        assert!(matches!(fault, Fault::HoldsContent { .. }), "{out}: {fault}");
    }
    assert_eq!(traces(room.dir.path()), before);
}

#[test]
fn a_path_that_leaves_the_output_is_refused() {
    let room = Room::new();
    for (path, expected) in [
        ("../a.html", BadPath::Dots),
        ("/tmp/a.html", BadPath::EmptyPart),
        (".luutru/manifest", BadPath::Reserved),
        ("bai-viet", BadPath::FileAndFolder),
        ("nam/2023", BadPath::FileAndFolder),
    ] {
        let Fault::Path { reason, .. } = fault(room.publish(&sample().with(path, "x"))) else {
            panic!("{path}")
        };
        assert_eq!(reason, expected, "{path}");
    }
    let mut twice = sample();
    twice.assets.push(room.asset("index.html", b"x"));
    assert!(matches!(fault(room.publish(&twice)), Fault::Path { reason: BadPath::Twice, .. }));
    assert!(!room.out().exists());
}

// ---- Builds that fail on the way ----

#[test]
fn a_page_that_cannot_be_rendered_leaves_the_output_as_it_was() {
    let failing = |room: &Room| {
        let site = sample().with("bai-viet/a.html", "mới").with("nam/2024/01.html", "mới");
        let (paths, texts): (Vec<_>, Vec<_>) = site.pages.into_iter().unzip();
        let render = |index: usize| match paths[index].as_str() {
            "index.html" | "nam/2023.html" => Err(paths[index].clone()),
            _ => Ok(texts[index].clone()),
        };
        publish(&room.out(), &room.path("content"), &paths, &[], render)
    };
    let room = Room::new();
    for _ in 0..20 {
        // Of several failures, always the same one is told.
        assert!(matches!(failing(&room), Err(Error::Render(path)) if path == "index.html"));
    }
    assert!(!room.out().exists(), "a first build that fails leaves no folder");
    room.build(&sample());
    let before = traces(&room.out());
    assert!(failing(&room).is_err());
    assert_eq!(traces(&room.out()), before);
}

#[test]
fn a_panic_while_rendering_leaves_the_output_as_it_was() {
    let room = Room::new();
    room.build(&sample());
    let before = traces(&room.out());
    let paths = vec!["a.html".to_owned(), "b.html".to_owned()];
    let (out, content) = (room.out(), room.path("content"));
    let run = || {
        publish::<Infallible>(&out, &content, &paths, &[], |index| {
            assert!(index == 0, "the second page panics");
            Ok(Vec::new())
        })
    };
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    assert_eq!(traces(&room.out()), before);
}

#[test]
fn a_folder_that_another_build_holds_is_busy() {
    let room = Room::new();
    room.build(&sample());
    let paths = vec!["index.html".to_owned()];
    let (out, content) = (room.out(), room.path("content"));
    let outer = publish::<Infallible>(&out, &content, &paths, &[], |_| {
        let before = traces(&out);
        let inner = fault(sample().publish(&out, &content));
        assert!(matches!(inner, Fault::Busy { .. }), "{inner}");
        assert_eq!(traces(&out), before);
        Ok(b"ngo\xc3\xa0i".to_vec())
    });
    assert_eq!(outer.unwrap().removed, 4);
    assert_eq!(tree(&out), clean(&Site::of(&[("index.html", "ngoài")])));
}

#[test]
fn of_many_builds_at_once_each_is_whole_or_busy() {
    let room = Room::new();
    let sites: Vec<Site> = (0..6).map(|i| sample().with("index.html", &format!("bản {i}"))).collect();
    std::thread::scope(|scope| {
        for site in &sites {
            let room = &room;
            scope.spawn(move || {
                for _ in 0..10 {
                    match room.publish(site) {
                        Ok(_) | Err(Error::Fault(Fault::Busy { .. })) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            });
        }
    });
    let end = tree(&room.out());
    assert!(sites.iter().any(|site| clean(site) == end), "the output is that of one build");
}

#[test]
fn of_many_failing_first_builds_at_once_none_breaks_another() {
    let room = Room::new();
    let (out, content) = (room.out(), room.path("content"));
    let paths = vec!["index.html".to_owned()];
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    match publish(&out, &content, &paths, &[], |_| Err("hỏng")) {
                        Err(Error::Render("hỏng") | Error::Fault(Fault::Busy { .. })) => {}
                        other => panic!("{other:?}"),
                    }
                }
            });
        }
    });
    room.build(&sample());
}

// ---- Disks that refuse ----

/// A mount that ends with the test. `None`, with a word, where mounting is not permitted.
struct Mount(PathBuf);

impl Mount {
    fn new(at: &Path, arguments: &[&str]) -> Option<Mount> {
        fs::create_dir_all(at).expect("a mount point");
        let done = Command::new("mount").args(arguments).arg(at).output();
        if done.is_ok_and(|done| done.status.success()) {
            return Some(Mount(at.to_owned()));
        }
        #[allow(clippy::print_stderr, reason = "a test that could not run says so")]
        {
            eprintln!("not tested: mounting is not permitted here");
        }
        None
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_the_output_as_it_was() {
    let room = Room::new();
    let Some(mount) = Mount::new(&room.path("dia"), &["-t", "tmpfs", "-o", "size=512k", "luutru-test"])
    else {
        return;
    };
    let (out, content) = (room.path("dia/public"), room.path("content"));
    let page = |letter: &str| letter.repeat(60_000);
    let large: Vec<(String, String)> = (0..20).map(|i| (format!("p/{i}.html"), page("x"))).collect();
    let large =
        Site::of(&large.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());

    let full = fault(large.publish(&out, &content));
    assert!(matches!(full, Fault::Io { doing: "write", .. }), "{full}");
    assert!(!out.exists(), "a first build that finds no room leaves no folder");

    // The old site fits; the new one beside it does not, though it would alone.
    let small = |letter| {
        Site::of(&[
            ("a.html", &page(letter)),
            ("b/c.html", &page(letter)),
            ("b/d.html", &page(letter)),
            ("e.html", &page(letter)),
            ("f.html", &page(letter)),
        ])
    };
    small("a").publish(&out, &content).unwrap();
    let before = traces(&out);
    assert!(matches!(fault(small("b").publish(&out, &content)), Fault::Io { .. }));
    assert_eq!(traces(&out), before);
    assert!(matches!(fault(large.publish(&out, &content)), Fault::Io { .. }));
    assert_eq!(traces(&out), before);
    assert_eq!(tree(&out), clean(&small("a")));
    drop(mount);
}

/// Leaves less and less room, so that the disk is full at every stage of a build, the
/// manifests among them.
#[test]
fn wherever_the_disk_is_full_the_output_is_old_or_new() {
    let room = Room::new();
    let Some(mount) =
        Mount::new(&room.path("dia"), &["-t", "tmpfs", "-o", "size=256k,nr_inodes=60", "luutru-test"])
    else {
        return;
    };
    let (out, content) = (room.path("dia/public"), room.path("content"));
    let site = |word: &str, pages: usize| {
        let pages: Vec<_> = (0..pages).map(|i| (format!("{}/{i}.html", i % 3), word.repeat(500))).collect();
        Site::of(&pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
    };
    let (old, new) = (site("cũ", 8), site("mới", 12));
    let (mut failed, mut done) = (0, 0);
    for room_left in 0..40 {
        old.publish(&out, &content).unwrap();
        let before = traces(&out);
        let ballast = room.path("dia/ballast");
        fs::create_dir_all(&ballast).unwrap();
        // First pages run out, then inodes: what the build asks for, one by one.
        let mut files = Vec::new();
        while let Ok(mut file) = fs::File::create(ballast.join(files.len().to_string())) {
            let _ = file.write_all(&[0; 4096]);
            files.push(file);
        }
        let kept = files.len().saturating_sub(room_left);
        for index in kept..files.len() {
            fs::remove_file(ballast.join(index.to_string())).unwrap();
        }
        drop(files);
        match new.publish(&out, &content) {
            Ok(_) => {
                done += 1;
                assert_eq!(tree(&out), clean(&new));
            }
            Err(error) => {
                failed += 1;
                assert!(matches!(error, Error::Fault(Fault::Io { .. })), "{error}");
                assert_eq!(traces(&out), before, "{room_left}");
            }
        }
        fs::remove_dir_all(&ballast).unwrap();
        new.publish(&out, &content).unwrap();
        assert_eq!(tree(&out), clean(&new));
    }
    assert!(failed > 5 && done > 5, "{failed} failed, {done} done");
    drop(mount);
}

#[test]
fn a_read_only_output_is_said_and_left() {
    let room = Room::new();
    let site = sample().with("index.html", "mới");
    room.build(&sample());
    let before = traces(&room.out());
    let out = room.out();
    let out = out.to_str().expect("a plain path");
    let Some(mount) = Mount::new(&room.out(), &["--bind", out]) else { return };
    assert!(Command::new("mount").args(["-o", "remount,ro,bind", out]).status().unwrap().success());
    let fault = fault(room.publish(&site));
    assert!(matches!(fault, Fault::Io { .. }), "{fault}");
    drop(mount);
    assert_eq!(traces(&room.out()), before);
    assert_eq!(room.build(&site).written, 1);
}

/// A folder of the output on another file system: it can be staged for, not moved into.
#[test]
fn a_step_that_fails_takes_back_those_before_it() {
    let room = Room::new();
    room.build(&sample());
    let site =
        sample().with("bai-viet/a.html", "mới").with("bai-viet/c.html", "mới").with("trang/x.html", "mới");
    let site = site.without("bai-viet/b.html");
    let Some(mount) = Mount::new(&room.file("trang"), &["-t", "tmpfs", "luutru-test"]) else { return };
    let before = traces(&room.out());
    let fault = fault(room.publish(&site));
    assert!(
        matches!(&fault, Fault::Io { doing: "move into place", path, .. } if path.ends_with("trang/x.html")),
        "{fault}"
    );
    let mut after = traces(&room.out());
    // A folder that was renamed into and out of has another time, and that is all.
    after.insert("bai-viet".to_owned(), before["bai-viet"]);
    assert_eq!(after, before);
    drop(mount);
    room.build(&site);
    assert_eq!(tree(&room.out()), clean(&site));
}

// ---- Builds that are killed ----

/// Pages of several sizes in several folders; `version` decides their bytes, and which
/// of them there are.
fn versioned(version: u64) -> Site {
    let mut random = Random(version + 1);
    let mut site = Site::default();
    for page in 0..300_u64 {
        if random.below(5) > 0 {
            // Some pages are the same in every version, so that some are not rewritten.
            let text = if page % 3 == 0 {
                format!("trang {page} ")
            } else {
                format!("trang {page} bản {version} ")
            };
            let path =
                format!("{}/{}/{page}.html", ["bai-viet", "nam", "van-ban"][page as usize % 3], page % 17);
            site.pages.insert(path, text.repeat(1 + (page % 40) as usize * 10).into_bytes());
        }
    }
    site
}

/// SplitMix64: the same kills in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

const CHILD: &str = "LUUTRU_TEST_PUBLISH";

/// Not a test of its own: what the kill test starts, with `<version>:<folder>`.
#[test]
fn child_that_publishes_and_may_be_killed() {
    let Ok(order) = std::env::var(CHILD) else { return };
    let (version, dir) = order.split_once(':').expect("<version>:<folder>");
    let site = versioned(version.parse().expect("a version"));
    let dir = Path::new(dir);
    #[allow(clippy::print_stdout, reason = "this is how the parent learns that the work begins")]
    {
        println!("\nbegin");
    }
    site.publish(&dir.join("public"), &dir.join("content")).expect("a build that nothing but a kill stops");
}

/// When to kill a build.
#[derive(Clone, Copy)]
enum Kill {
    Never,
    /// So long after it began: while it renders, most often.
    Begun(Duration),
    /// So long after its intent was in place: while it moves files.
    Placing(Duration),
}

/// How long a build took, from beginning to intent and from intent to end.
struct Lasted {
    before: Duration,
    placing: Duration,
}

/// Starts a build of `version` in a process of its own, and kills it unless it ends before.
fn build_and_kill(room: &Room, version: u64, kill: Kill) -> Lasted {
    let manifest = || room.file(".luutru/manifest").metadata().map(|found| found.ino()).ok();
    let old = manifest();
    let mut child = Command::new(std::env::current_exe().expect("this binary"))
        .args(["child_that_publishes_and_may_be_killed", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, format!("{version}:{}", room.dir.path().display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let begun = lines.map_while(Result::ok).any(|line| line == "begin");
    assert!(begun, "the child never began");
    let start = Instant::now();
    if let Kill::Begun(patience) = kill {
        std::thread::sleep(patience);
    } else {
        while manifest() == old && child.try_wait().expect("the state of the child").is_none() {
            std::thread::sleep(Duration::from_micros(50));
        }
    }
    let before = start.elapsed();
    if let Kill::Placing(patience) = kill {
        std::thread::sleep(patience);
    }
    if !matches!(kill, Kill::Never) {
        child.kill().expect("a child that can be killed");
    }
    child.wait().expect("the end of the child");
    Lasted { before, placing: start.elapsed() - before }
}

/// Half of the kills while pages are rendered, half while they are moved.
fn next_kill(random: &mut Random, usual: &Lasted) -> Kill {
    let part = random.below(1000) as f64 / 1000.0;
    match random.below(2) {
        0 => Kill::Begun(usual.before.mul_f64(part * 1.2)),
        // Moving is over well before the process is: early moments are worth more.
        _ => Kill::Placing(usual.placing.mul_f64(part * part)),
    }
}

#[test]
fn a_build_killed_at_any_moment_leaves_whole_pages_and_the_next_completes_it() {
    const KILLS: u64 = 30;
    let room = Room::new();
    let mut random = Random(2025);
    room.build(&versioned(100));
    let usual = build_and_kill(&room, 0, Kill::Never);
    assert_eq!(tree(&room.out()), clean(&versioned(0)));
    // A page may be of any build since the last that ended.
    let mut since = vec![versioned(0)];
    for version in 1..=KILLS {
        build_and_kill(&room, version, next_kill(&mut random, &usual));
        since.push(versioned(version));
        for (path, bytes) in tree(&room.out()) {
            let Some(bytes) = bytes else { continue };
            let whole = since.iter().any(|site| site.pages.get(&path) == Some(&bytes));
            assert!(whole, "after kill {version}, {path} is no page of any build");
        }
        // Now and then the next one is killed too.
        if random.below(3) > 0 {
            let next = versioned(version + 1000);
            let report = room.build(&next);
            assert_eq!(report.kept, [""; 0], "after kill {version}");
            assert_eq!(tree(&room.out()), clean(&next), "after kill {version}");
            assert!(!room.file(".luutru/staging").exists());
            since = vec![next];
        }
    }
}

#[test]
fn a_killed_first_build_is_completed_by_the_next() {
    let mut random = Random(1975);
    let usual = build_and_kill(&Room::new(), 0, Kill::Never);
    for kill in 0..10 {
        let room = Room::new();
        build_and_kill(&room, 0, next_kill(&mut random, &usual));
        let report = room.build(&versioned(1));
        assert_eq!(report.kept, [""; 0], "after kill {kill}");
        assert_eq!(tree(&room.out()), clean(&versioned(1)), "after kill {kill}");
    }
}
