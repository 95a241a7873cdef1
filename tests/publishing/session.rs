//! An output that stays claimed over many builds: updates do what builds do.

use proptest::prelude::*;

use luutru::publish::{Published, Session, Update};

use super::*;

impl Site {
    fn with_asset(mut self, asset: Asset) -> Site {
        self.assets.retain(|other| other.to != asset.to);
        self.assets.push(asset);
        self
    }

    fn without_asset(mut self, to: &str) -> Site {
        self.assets.retain(|asset| asset.to != to);
        self
    }
}

impl Room {
    #[track_caller]
    fn open(&self) -> Session {
        Session::open(&self.out(), &self.path("content")).unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// A session that has published `site`.
    #[track_caller]
    fn session(&self, site: &Site) -> Session {
        let mut session = self.open();
        publish_all(&mut session, site).unwrap_or_else(|error| panic!("{error}"));
        session
    }

    fn manifest(&self) -> String {
        self.text(".luutru/manifest")
    }
}

fn publish_all(session: &mut Session, site: &Site) -> Result<Published, Error<Infallible>> {
    let (paths, texts): (Vec<_>, Vec<_>) = site.pages.clone().into_iter().rev().unzip();
    session.publish_all(&paths, &site.assets, |index| Ok(texts[index].clone()))
}

/// Brings the output from one site to another by what differs.
fn step(session: &mut Session, from: &Site, to: &Site) -> Result<Update, Fault> {
    let differs = |(path, bytes): &(&String, &Vec<u8>)| from.pages.get(*path) != Some(*bytes);
    let writes: Vec<_> =
        to.pages.iter().filter(differs).map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
    let copies: Vec<_> = to.assets.iter().filter(|asset| !from.assets.contains(asset)).cloned().collect();
    let planned = paths(to);
    let removals: Vec<_> = paths(from).into_iter().filter(|path| !planned.contains(path)).collect();
    session.update(&writes, &copies, &removals)
}

fn paths(site: &Site) -> BTreeSet<String> {
    site.pages.keys().cloned().chain(site.assets.iter().map(|asset| asset.to.clone())).collect()
}

fn page(path: &str, text: &str) -> (String, Vec<u8>) {
    (path.to_owned(), text.as_bytes().to_vec())
}

fn own(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

/// The manifest of a build of `site` into a folder of its own.
fn cold_manifest(site: &Site) -> String {
    let room = Room::new();
    room.build(site);
    room.manifest()
}

/// As `traces`, without our own corner.
fn traces_of_pages(root: &Path) -> Traces {
    let mut traces = traces(root);
    traces.retain(|name, _| !name.starts_with(".luutru"));
    traces
}

fn copy_tree(from: &Path, to: &Path) {
    walk(from, |name, path, metadata| {
        let to = to.join(name);
        if metadata.is_dir() {
            fs::create_dir_all(to).expect("a folder");
        } else {
            fs::copy(path, to).expect("a copied file");
        }
    });
}

// ---- The ordinary course ----

#[test]
fn an_update_leaves_what_a_build_of_the_same_leaves() {
    let room = Room::new();
    let old =
        sample().with_asset(room.asset("media/a.jpg", b"a")).with_asset(room.asset("media/b.jpg", b"b"));
    let mut session = room.session(&old);
    let new = old
        .clone()
        .with("bai-viet/a.html", "bài a, đã sửa")
        .with("van-ban/moi/x.html", "mới")
        .without("nam/2023/05.html")
        .without_asset("media/a.jpg")
        .with_asset(room.asset("media/b.jpg", b"b2"))
        .with_asset(room.asset("media/c/d.jpg", b"d"));
    let update = step(&mut session, &old, &new).unwrap();
    let written = own(&["bai-viet/a.html", "media/b.jpg", "media/c/d.jpg", "van-ban/moi/x.html"]);
    let removed = own(&["media/a.jpg", "nam/2023/05.html"]);
    assert_eq!(update, Update { written, removed, ..Update::default() });
    assert_eq!(tree(&room.out()), clean(&new));
    session.close().unwrap();
    assert_eq!(room.manifest(), cold_manifest(&new));
    let report = room.build(&new);
    assert_eq!((report.written, report.removed, report.unchanged), (0, 0, 7));
}

#[test]
fn an_update_touches_the_page_that_changed_and_nothing_else() {
    let room = Room::new();
    let mut session = room.session(&sample());
    let before = traces_of_pages(&room.out());
    let writes = [page("bai-viet/a.html", "bài a, đã sửa"), page("bai-viet/b.html", "bài b")];
    let update = session.update(&writes, &[], &[]).unwrap();
    assert_eq!((update.written, update.unchanged), (own(&["bai-viet/a.html"]), own(&["bai-viet/b.html"])));
    let after = traces_of_pages(&room.out());
    let changed: Vec<_> =
        after.iter().filter(|(name, trace)| before.get(*name) != Some(trace)).map(|(n, _)| n).collect();
    assert_eq!(changed, ["bai-viet", "bai-viet/a.html"]);
}

#[test]
fn an_update_that_changes_nothing_writes_nothing() {
    let room = Room::new();
    let mut session = room.session(&sample());
    let before = traces(&room.out());
    session.update(&[page("index.html", "trang đầu")], &[], &own(&["chưa/từng.html"])).unwrap();
    session.update(&[], &[], &[]).unwrap();
    assert_eq!(traces(&room.out()), before);
}

#[test]
fn what_is_published_at_once_is_told_page_by_page() {
    let room = Room::new();
    room.build(&sample());
    room.put("bai-viet/a.html", "sửa tay");
    let asset = room.asset("media/a.jpg", b"jpg");
    let paths = own(&["nam/2023.html", "bai-viet/a.html", "moi.html"]);
    let published = room.open().publish_all::<Infallible>(&paths, &[asset], |_| Ok(b"m".to_vec())).unwrap();
    let bytes = Some((Digest::of(b"m"), 1));
    assert_eq!(published.pages, [bytes, None, bytes]);
    assert_eq!(published.written, ["media/a.jpg", "moi.html", "nam/2023.html"]);
    assert_eq!(published.removed, ["bai-viet/b.html", "index.html", "nam/2023/05.html"]);
    assert_eq!((published.report.written, published.report.removed), (3, 3));
    assert_eq!(published.report.kept, ["bai-viet/a.html"]);
}

#[test]
fn a_session_that_published_nothing_leaves_no_folder() {
    let room = Room::new();
    let mut session = room.open();
    assert!(session.publish_all(&own(&["a.html"]), &[], |_| Err("hỏng")).is_err());
    assert!(session.update(&[page("../a", "")], &[], &[]).is_err());
    drop(session);
    assert!(!room.out().exists());
}

#[test]
fn a_session_may_begin_with_an_update() {
    let room = Room::new();
    let mut session = room.open();
    session.update(&[page("a/b.html", "b")], &[], &[]).unwrap();
    let site = Site::of(&[("a/b.html", "b")]);
    // A build that comes after a kill finds a journal and no manifest.
    let copy = Room::new();
    copy_tree(&room.out(), &copy.out());
    assert_eq!(copy.build(&site).unchanged, 1);
    drop(session);
    assert_eq!((tree(&room.out()), room.manifest()), (clean(&site), cold_manifest(&site)));
}

#[test]
fn an_open_session_keeps_builds_out() {
    let room = Room::new();
    let session = room.session(&sample());
    assert!(matches!(room.refused(&sample()), Fault::Busy { .. }));
    assert!(matches!(Session::open(&room.out(), &room.path("content")), Err(Fault::Busy { .. })));
    drop(session);
    room.build(&sample());
}

#[test]
fn a_page_may_turn_into_a_folder_and_back_in_one_update() {
    let room = Room::new();
    let file = sample().with("trang", "một trang");
    let folder = sample().with("trang/a.html", "a").with("trang/x/y/b.html", "b");
    let mut session = room.session(&file);
    for (from, to) in [(&file, &folder), (&folder, &file), (&file, &folder)] {
        step(&mut session, from, to).unwrap();
        assert_eq!(tree(&room.out()), clean(to));
    }
    // What stays planned is in the way, as a stranger is.
    let before = traces(&room.out());
    let below = session.update(&[page("index.html/x", "")], &[], &[]).unwrap_err();
    assert_eq!(foreign(below), ["index.html"]);
    let above = session.update(&[page("trang", "")], &[], &own(&["trang/a.html"])).unwrap_err();
    assert_eq!(foreign(above), ["trang"]);
    assert_eq!(traces(&room.out()), before);
    drop(session);
    assert_eq!(room.manifest(), cold_manifest(&folder));
}

#[test]
fn a_journal_that_has_grown_is_folded() {
    let room = Room::new();
    let long = vec!["dài-".repeat(40); 4].join("/");
    let version = |version: u32| {
        let pages = (0..300).map(|page| (format!("{long}/{page}.html"), version.to_le_bytes().to_vec()));
        Site { pages: pages.collect(), assets: Vec::new() }
    };
    let mut session = room.session(&version(0));
    let mut lens = Vec::new();
    for update in 1..6 {
        step(&mut session, &version(update - 1), &version(update)).unwrap();
        lens.push(room.file(".luutru/journal").metadata().map_or(0, |found| found.len()));
    }
    assert!(lens.contains(&0), "{lens:?}");
    drop(session);
    assert!(!room.file(".luutru/journal").exists());
    assert_eq!((tree(&room.out()), room.manifest()), (clean(&version(5)), cold_manifest(&version(5))));
}

// ---- Hands in the output ----

#[test]
fn a_page_edited_by_hand_is_kept_by_an_update_and_said() {
    let room = Room::new();
    let mut session = room.session(&sample());
    room.put("bai-viet/a.html", "sửa tay");
    room.put("nam/2023/05.html", "sửa tay");
    for _ in 0..2 {
        let writes = [page("bai-viet/a.html", "mới"), page("bai-viet/b.html", "mới")];
        let update = session.update(&writes, &[], &own(&["nam/2023/05.html"])).unwrap();
        assert_eq!(update.kept, ["bai-viet/a.html", "nam/2023/05.html"]);
        assert_eq!(update.removed, [""; 0]);
        assert_eq!(room.text("bai-viet/a.html"), "sửa tay");
        assert_eq!(room.text("bai-viet/b.html"), "mới");
        assert_eq!(room.text("nam/2023/05.html"), "sửa tay");
    }
    // Taken back by hand, it is ours again.
    room.put("bai-viet/a.html", "bài a");
    let update = session.update(&[page("bai-viet/a.html", "mới")], &[], &[]).unwrap();
    assert_eq!(update.written, ["bai-viet/a.html"]);
}

#[test]
fn a_page_deleted_by_hand_is_written_again_when_it_is_asked_for() {
    let room = Room::new();
    let mut session = room.session(&sample());
    fs::remove_dir_all(room.file("nam")).unwrap();
    fs::remove_file(room.file("index.html")).unwrap();
    let writes = [
        page("index.html", "trang đầu"),
        page("nam/2023.html", "năm 2023"),
        page("nam/2023/05.html", "tháng 5"),
    ];
    assert_eq!(session.update(&writes, &[], &[]).unwrap().written.len(), 3);
    drop(session);
    assert_eq!((tree(&room.out()), room.manifest()), (clean(&sample()), cold_manifest(&sample())));
}

#[test]
fn every_stranger_in_the_way_of_an_update_is_named_and_nothing_is_written() {
    let room = Room::new();
    let mut session = room.session(&sample());
    let outside = room.path("ngoai");
    write(&outside.join("a.html"), b"a");
    room.put("moi.html", "của người khác");
    room.put("tep", "của người khác");
    symlink(&outside, room.file("lien-ket")).unwrap();
    fs::create_dir(room.file("thu-muc.html")).unwrap();
    let before = (traces(&room.out()), traces(&outside));
    let writes = [
        page("index.html", "mới"),
        page("lien-ket/a.html", "x"),
        page("moi.html", "x"),
        page("tep/a.html", "x"),
        page("thu-muc.html", "x"),
    ];
    let refused = session.update(&writes, &[], &own(&["nam/2023.html"])).unwrap_err();
    assert_eq!(foreign(refused), ["lien-ket", "moi.html", "tep", "thu-muc.html"]);
    assert_eq!((traces(&room.out()), traces(&outside)), before);
    assert_eq!(session.update(&writes[..1], &[], &[]).unwrap().written, ["index.html"]);
}

#[test]
fn nothing_that_an_update_removes_is_removed_through_a_link() {
    let room = Room::new();
    let mut session = room.session(&sample());
    let outside = room.path("ngoai");
    fs::rename(room.file("nam"), &outside).unwrap();
    symlink(&outside, room.file("nam")).unwrap();
    let before = traces(&outside);
    let update = session.update(&[], &[], &own(&["nam/2023.html", "nam/2023/05.html"])).unwrap();
    assert_eq!(update, Update::default());
    assert_eq!(traces(&outside), before);
    assert!(room.file("nam").is_symlink());
}

#[test]
fn a_folder_removed_under_a_session_is_said_and_another_session_opens() {
    for gone in ["public/.luutru", "public", "public/.luutru/journal"] {
        let room = Room::new();
        let mut session = room.session(&sample());
        session.update(&[page("index.html", "hai")], &[], &[]).unwrap();
        match room.path(gone) {
            path if path.is_dir() => fs::remove_dir_all(path).unwrap(),
            path => fs::remove_file(path).unwrap(),
        }
        for _ in 0..2 {
            let fault = session.update(&[page("index.html", "ba")], &[], &[]).unwrap_err();
            assert!(matches!(fault, Fault::Gone { .. }), "{gone}: {fault}");
            assert!(matches!(publish_all(&mut session, &sample()), Err(Error::Fault(Fault::Gone { .. }))));
        }
        if gone == "public" {
            // The old session has nothing to say in what the new one makes.
            let mut next = room.session(&sample());
            next.update(&[page("index.html", "bốn")], &[], &[]).unwrap();
            room.put(".luutru/staging/new/index.html", "đang ghi");
            let before = traces(&room.out());
            assert!(session.update(&[], &[], &[]).is_err());
            drop(session);
            assert_eq!(traces(&room.out()), before);
            next.update(&[page("index.html", "năm")], &[], &[]).unwrap();
            drop(next);
            let site = sample().with("index.html", "năm");
            assert_eq!((tree(&room.out()), room.manifest()), (clean(&site), cold_manifest(&site)));
        }
    }
}

// ---- Updates that fail on the way ----

#[test]
fn an_asset_that_changed_stops_the_update_and_not_the_session() {
    let room = Room::new();
    let mut session = room.session(&sample());
    let before = traces(&room.out());
    let asset = room.asset("media/anh.jpg", b"jpg");
    write(&asset.from, b"png");
    let fault = session.update(&[page("index.html", "mới")], &[asset], &own(&["nam/2023.html"])).unwrap_err();
    assert!(matches!(fault, Fault::AssetChanged { .. }), "{fault}");
    assert_eq!(traces(&room.out()), before);
    let asset = room.asset("media/anh.jpg", b"png");
    session.update(&[], &[asset], &[]).unwrap();
    assert_eq!(room.text("media/anh.jpg"), "png");
}

#[test]
fn a_panic_while_rendering_leaves_the_session_fit_for_use() {
    let room = Room::new();
    let mut session = room.session(&sample());
    let site = sample().with("index.html", "hai").without("nam/2023.html");
    step(&mut session, &sample(), &site).unwrap();
    let before = traces_of_pages(&room.out());
    let run = || session.publish_all::<Infallible>(&own(&["a.html"]), &[], |_| panic!("a page panics"));
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    assert_eq!(traces_of_pages(&room.out()), before);
    let next = site.clone().with("index.html", "ba");
    step(&mut session, &site, &next).unwrap();
    publish_all(&mut session, &next).unwrap();
    drop(session);
    assert_eq!((tree(&room.out()), room.manifest()), (clean(&next), cold_manifest(&next)));
}

/// A folder of the output on another file system: it can be staged for, not moved into.
#[test]
fn an_update_that_fails_halfway_is_taken_back_and_the_next_one_works() {
    let room = Room::new();
    let mut session = room.session(&sample());
    let first = sample().with("index.html", "một");
    step(&mut session, &sample(), &first).unwrap();
    let Some(mount) = Mount::new(&room.file("trang"), &["-t", "tmpfs", "luutru-test"]) else { return };
    let (before, journal) = (tree(&room.out()), fs::read(room.file(".luutru/journal")).unwrap());
    let site =
        first.clone().with("bai-viet/a.html", "mới").with("moi/x.html", "mới").without("nam/2023/05.html");
    let beyond = site.clone().with("trang/x.html", "mới");
    for _ in 0..2 {
        let fault = step(&mut session, &first, &beyond).unwrap_err();
        assert!(matches!(&fault, Fault::Io { doing: "move into place", .. }), "{fault}");
        assert_eq!(tree(&room.out()), before);
        assert_eq!(fs::read(room.file(".luutru/journal")).unwrap(), journal);
    }
    step(&mut session, &first, &site).unwrap();
    drop(mount);
    fs::remove_dir(room.file("trang")).unwrap();
    step(&mut session, &site, &beyond).unwrap();
    drop(session);
    assert_eq!((tree(&room.out()), room.manifest()), (clean(&beyond), cold_manifest(&beyond)));
}

/// Leaves less and less room, so that the disk is full at every stage of an update, the
/// journal among them.
#[test]
fn wherever_the_disk_is_full_an_update_is_whole_or_nothing() {
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
    let mut session = Session::open(&out, &content).unwrap();
    publish_all(&mut session, &old).unwrap();
    let (mut failed, mut done) = (0, 0);
    for room_left in 0..40 {
        let before = traces_of_pages(&out);
        let ballast = room.path("dia/ballast");
        fs::create_dir_all(&ballast).unwrap();
        let mut files = Vec::new();
        while let Ok(mut file) = fs::File::create(ballast.join(files.len().to_string())) {
            let _ = file.write_all(&[0; 4096]);
            files.push(file);
        }
        for index in files.len().saturating_sub(room_left)..files.len() {
            fs::remove_file(ballast.join(index.to_string())).unwrap();
        }
        drop(files);
        match step(&mut session, &old, &new) {
            Ok(_) => {
                done += 1;
                assert_eq!(tree(&out), clean(&new));
            }
            Err(fault) => {
                failed += 1;
                assert!(matches!(fault, Fault::Io { .. }), "{fault}");
                assert_eq!(traces_of_pages(&out), before, "{room_left}");
            }
        }
        fs::remove_dir_all(&ballast).unwrap();
        step(&mut session, &old, &new).unwrap();
        assert_eq!(tree(&out), clean(&new));
        // Now and then another manifest, and so a journal that begins anew.
        match room_left % 3 {
            0 => drop(publish_all(&mut session, &old).unwrap()),
            _ => drop(step(&mut session, &new, &old).unwrap()),
        }
        assert_eq!(tree(&out), clean(&old));
    }
    assert!(failed > 5 && done > 5, "{failed} failed, {done} done");
    session.close().unwrap();
    assert_eq!(fs::read_to_string(out.join(".luutru/manifest")).unwrap(), cold_manifest(&old));
    drop(mount);
}

#[test]
fn a_read_only_output_is_said_and_the_session_goes_on() {
    let room = Room::new();
    let mut session = room.session(&sample());
    let before = traces(&room.out());
    let out = room.out();
    let out = out.to_str().expect("a plain path");
    let Some(mount) = Mount::new(&room.out(), &["--bind", out]) else { return };
    assert!(Command::new("mount").args(["-o", "remount,ro,bind", out]).status().unwrap().success());
    let fault = session.update(&[page("index.html", "mới")], &[], &[]).unwrap_err();
    assert!(matches!(fault, Fault::Io { .. }), "{fault}");
    drop(mount);
    assert_eq!(traces(&room.out()), before);
    assert_eq!(session.update(&[page("index.html", "mới")], &[], &[]).unwrap().written, ["index.html"]);
}

// ---- Sessions that are killed ----

#[test]
fn a_damaged_journal_stops_the_build_and_says_what_to_do() {
    let room = Room::new();
    let mut session = room.session(&sample());
    session.update(&[page("index.html", "hai")], &[], &[]).unwrap();
    session.update(&[page("index.html", "ba")], &[], &[]).unwrap();
    let killed = Room::new();
    copy_tree(&room.out(), &killed.out());
    let good = fs::read(killed.file(".luutru/journal")).unwrap();
    let mut turned = good.clone();
    turned[60] ^= 1;
    for damaged in [&b"\xff\xfe"[..], b"rubbish\n", &turned, &[&good[..], b"x"].concat()] {
        write(&killed.file(".luutru/journal"), damaged);
        let fault = killed.refused(&sample());
        assert!(matches!(fault, Fault::Manifest { .. }), "{fault}");
        assert!(fault.to_string().ends_with("remove the output folder, and build again"), "{fault}");
    }
    write(&killed.file(".luutru/journal"), &good);
    assert_eq!(killed.build(&sample()).written, 1);
    assert!(!killed.file(".luutru/journal").exists());
}

/// Every state that a kill can leave: the journal cut anywhere and nothing moved, or the
/// journal whole and the first of the files moved.
#[test]
fn an_update_killed_at_any_moment_is_completed_by_whoever_comes_next() {
    let old = sample().with("trang", "một trang");
    let first = old.clone().with("index.html", "hai").with("van-ban/a.html", "a").without("nam/2023.html");
    let last = first
        .clone()
        .with("index.html", "ba")
        .with("trang/a/b.html", "b")
        .with("bai-viet/c.html", "c")
        .with("nam/2023.html", "lại có")
        .without("trang")
        .without("van-ban/a.html")
        .without("bai-viet/a.html");
    let third = sample().with("van-ban/a.html", "khác").with("trang/a", "khác").with("index.html", "hai");

    let room = Room::new();
    let mut session = room.session(&old);
    step(&mut session, &old, &first).unwrap();
    let before = Room::new();
    copy_tree(&room.out(), &before.out());
    step(&mut session, &first, &last).unwrap();
    let journal = fs::read(room.file(".luutru/journal")).unwrap();
    let earlier = fs::read(before.file(".luutru/journal")).unwrap().len();

    // The steps, in the order they are taken.
    type Step = Box<dyn Fn(&Room)>;
    let mut steps: Vec<Step> = Vec::new();
    for path in ["van-ban/a.html", "trang", "bai-viet/a.html"] {
        steps.push(Box::new(move |room| fs::remove_file(room.file(path)).unwrap()));
    }
    steps.push(Box::new(|room| fs::remove_dir(room.file("van-ban")).unwrap()));
    for path in ["bai-viet/c.html", "index.html", "nam/2023.html", "trang/a/b.html"] {
        let bytes = last.pages[path].clone();
        steps.push(Box::new(move |room| write(&room.file(path), &bytes)));
    }
    let plans = [&first, &last, &third, &old].map(|site| (site, clean(site), cold_manifest(site)));
    // Beginning or not, no file is moved before the batch is whole.
    let cuts = (earlier..journal.len()).step_by(61).map(|cut| (cut, 0));
    for (cut, done) in cuts.chain((0..=steps.len()).map(|done| (journal.len(), done))) {
        for (next, clean, manifest) in &plans {
            let killed = Room::new();
            copy_tree(&before.out(), &killed.out());
            write(&killed.file(".luutru/journal"), &journal[..cut]);
            steps[..done].iter().for_each(|step| step(&killed));
            if done == steps.len() {
                assert_eq!(tree(&killed.out()), tree(&room.out()), "these are all steps");
            }
            let report = killed.build(next);
            assert_eq!(report.kept, [""; 0], "cut at {cut}, {done} steps");
            assert_eq!(tree(&killed.out()), *clean, "cut at {cut}, {done} steps");
            assert_eq!(killed.manifest(), *manifest, "cut at {cut}, {done} steps");
            assert!(!killed.file(".luutru/journal").exists());
        }
    }
}

#[test]
fn a_session_killed_between_manifest_and_journal_is_completed_too() {
    let room = Room::new();
    let mut session = room.session(&sample());
    // There and back, so that the folded manifest is the one that the journal began with.
    for text in ["hai", "trang đầu"] {
        let writes = [page("index.html", text), page("moi.html", "mới")];
        session.update(&writes, &[], &[]).unwrap();
        session.update(&[], &[], &own(&["moi.html"])).unwrap();
        let killed = Room::new();
        copy_tree(&room.out(), &killed.out());
        let journal = fs::read(killed.file(".luutru/journal")).unwrap();
        let site = sample().with("index.html", text);
        killed.build(&site);
        write(&killed.file(".luutru/journal"), &journal);
        assert_eq!(killed.build(&site).kept, [""; 0]);
        assert_eq!((tree(&killed.out()), killed.manifest()), (clean(&site), cold_manifest(&site)));
    }
}

#[test]
fn what_an_earlier_update_removed_is_ours_no_more_after_a_kill() {
    let room = Room::new();
    let mut session = room.session(&sample());
    session.update(&[], &[], &own(&["nam/2023.html"])).unwrap();
    session.update(&[page("index.html", "hai")], &[], &[]).unwrap();
    room.put("nam/2023.html", "của người khác");
    let killed = Room::new();
    copy_tree(&room.out(), &killed.out());
    let site = sample().without("nam/2023.html");
    assert_eq!(killed.build(&site).kept, [""; 0]);
    assert_eq!(killed.text("nam/2023.html"), "của người khác");
    assert_eq!(foreign(killed.refused(&sample())), ["nam/2023.html"]);
}

#[test]
fn an_update_after_all_was_published_again_outlives_a_kill() {
    let room = Room::new();
    let mut session = room.session(&sample());
    let site = sample().with("index.html", "hai");
    step(&mut session, &sample(), &site).unwrap();
    let all = site.clone().with("bai-viet/c.html", "c");
    publish_all(&mut session, &all).unwrap();
    let last = all.clone().with("bai-viet/a.html", "ba").with("moi.html", "mới");
    step(&mut session, &all, &last).unwrap();
    let killed = Room::new();
    copy_tree(&room.out(), &killed.out());
    let report = killed.build(&last);
    assert_eq!((report.unchanged, report.kept.len()), (7, 0));
}

#[test]
fn a_journal_beside_another_manifest_says_nothing() {
    let room = Room::new();
    let mut session = room.session(&sample());
    session.update(&[page("moi.html", "mới")], &[], &[]).unwrap();
    let journal = fs::read(room.file(".luutru/journal")).unwrap();
    let other = Room::new();
    other.build(&sample().without("index.html"));
    other.put("moi.html", "của người khác");
    write(&other.file(".luutru/journal"), &journal);
    let refused = other.publish(&sample().with("moi.html", "mới"));
    assert_eq!(foreign(fault(refused)), ["moi.html"]);
    assert!(!other.file(".luutru/journal").exists());
}

const CHILD: &str = "LUUTRU_TEST_SESSION";

/// Not a test of its own: what the kill test starts, with `<version>:<folder>`.
#[test]
fn child_that_updates_until_it_is_killed() {
    let Ok(order) = std::env::var(CHILD) else { return };
    let (version, dir) = order.split_once(':').expect("<version>:<folder>");
    let version: u64 = version.parse().expect("a version");
    let dir = Path::new(dir);
    let mut session = Session::open(&dir.join("public"), &dir.join("content")).expect("an open session");
    let mut sites: Vec<Site> = (version..version + 10).map(versioned).collect();
    publish_all(&mut session, &sites[0]).expect("a build");
    #[allow(clippy::print_stdout, reason = "this is how the parent learns that the work begins")]
    {
        println!("\nbegin");
    }
    loop {
        for index in 1..sites.len() {
            step(&mut session, &sites[index - 1], &sites[index]).expect("an update");
        }
        sites.reverse();
    }
}

#[test]
fn a_session_killed_at_any_moment_leaves_whole_pages_and_the_next_build_completes_it() {
    let room = Room::new();
    let mut random = Random(1945);
    for kill in 0..12_u64 {
        let version = kill * 100;
        let mut child = Command::new(std::env::current_exe().expect("this binary"))
            .args(["session::child_that_updates_until_it_is_killed", "--exact", "--nocapture"])
            .env(CHILD, format!("{version}:{}", room.dir.path().display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        assert!(lines.map_while(Result::ok).any(|line| line == "begin"), "the child never began");
        std::thread::sleep(Duration::from_micros(random.below(60_000)));
        child.kill().expect("a child that can be killed");
        child.wait().expect("the end of the child");
        let sites: Vec<Site> = (version..version + 10).map(versioned).collect();
        for (path, bytes) in tree(&room.out()) {
            let Some(bytes) = bytes else { continue };
            let whole = sites.iter().any(|site| site.pages.get(&path) == Some(&bytes));
            assert!(whole, "after kill {kill}, {path} is no page of any update");
        }
        let next = versioned(version + 50);
        // By a build, or by another session.
        if kill % 2 == 0 {
            assert_eq!(room.build(&next).kept, [""; 0], "after kill {kill}");
        } else {
            let mut session = room.open();
            let published = publish_all(&mut session, &next).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(published.report.kept, [""; 0], "after kill {kill}");
        }
        assert_eq!((tree(&room.out()), room.manifest()), (clean(&next), cold_manifest(&next)));
        assert!(!room.file(".luutru/staging").exists());
    }
}

// ---- Laws ----

/// Files and folders of the same name are among them.
const PLACES: &[&str] =
    &["a", "a/b", "a/b/c", "a/d", "index.html", "nam/1.html", "nam/2/3.html", "nam/2/4.html", "x/y/z/t.html"];

/// What happens to an output between two looks at it.
#[derive(Clone, Debug)]
enum Event {
    /// Pages (or assets) written with one of a few texts, or not planned any more.
    Update(Vec<(usize, Option<(u8, Made)>)>),
    /// Somebody writes a file, or deletes one.
    Hand(usize, Option<u8>),
    Publish,
    Reopen,
    Kill,
}

#[derive(Clone, Copy, Debug)]
enum Made {
    Page,
    Asset,
}

fn event() -> impl Strategy<Value = Event> {
    let place = 0..PLACES.len();
    let made = prop_oneof![3 => Just(Made::Page), 1 => Just(Made::Asset)];
    let change = (place.clone(), prop::option::weighted(0.6, (0..3_u8, made)));
    prop_oneof![
        6 => prop::collection::vec(change, 1..5).prop_map(Event::Update),
        2 => (place, prop::option::of(0..5_u8)).prop_map(|(place, text)| Event::Hand(place, text)),
        1 => Just(Event::Publish),
        1 => Just(Event::Reopen),
        1 => Just(Event::Kill),
    ]
}

/// Does to the output what a hand can do there; says whether it could.
fn hand(room: &Room, path: &str, text: Option<u8>) -> bool {
    let path = room.file(path);
    if path.is_dir() || path.ancestors().skip(1).any(Path::is_file) {
        return false;
    }
    match text {
        Some(text) => write(&path, &[b'0' + text]),
        None if path.exists() => fs::remove_file(path).expect("a removed file"),
        None => return false,
    }
    true
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Law: a session that is told of what changed does what builds do that are told of
    /// everything, to the byte of the manifest, after any edits and in spite of all hands.
    #[test]
    fn updates_equal_builds(events in prop::collection::vec(event(), 1..16)) {
        let (mut updated, built) = (Room::new(), Room::new());
        let mut site = Site::default();
        let mut session = updated.session(&site);
        built.build(&site);
        // A build looks everywhere; an update has to be told where a hand was.
        let mut touched = BTreeSet::new();
        let mut hands_off = true;
        for event in events {
            match event {
                Event::Update(changes) => {
                    let (mut next, mut concerned) = (site.clone(), touched.clone());
                    for (place, change) in changes {
                        let path = PLACES[place].to_owned();
                        next.pages.remove(&path);
                        next = next.without_asset(&path);
                        match change {
                            Some((text, Made::Page)) => { next.pages.insert(path.clone(), vec![b'0' + text]); }
                            Some((text, Made::Asset)) => {
                                let bytes = [b'0' + text];
                                let from = updated.path(&format!("content/media/{text}"));
                                write(&from, &bytes);
                                next.assets.push(Asset { from, to: path.clone(), len: 1, digest: Digest::of(&bytes) });
                            }
                            None => {}
                        }
                        concerned.insert(path);
                    }
                    let writes: Vec<_> = next.pages.clone().into_iter().filter(|(path, _)| concerned.contains(path)).collect();
                    let copies: Vec<_> = next.assets.iter().filter(|asset| concerned.contains(&asset.to)).cloned().collect();
                    let planned = paths(&next);
                    let removals: Vec<_> = concerned.into_iter().filter(|path| !planned.contains(path)).collect();
                    let before = (traces_of_pages(&updated.out()), tree(&updated.out()));
                    let (update, report) = (session.update(&writes, &copies, &removals), built.publish(&next));
                    match (update, report) {
                        (Ok(update), Ok(report)) => {
                            prop_assert_eq!(update.written.len(), report.written);
                            prop_assert_eq!(update.removed.len(), report.removed);
                            prop_assert!(update.kept.iter().all(|path| report.kept.contains(path)));
                            site = next;
                            touched.clear();
                        }
                        (Err(_), Err(_)) => prop_assert_eq!((traces_of_pages(&updated.out()), tree(&updated.out())), before),
                        (update, report) => prop_assert!(false, "{update:?}, but {report:?}"),
                    }
                }
                Event::Hand(place, text) => {
                    if hand(&updated, PLACES[place], text) {
                        hand(&built, PLACES[place], text);
                        touched.insert(PLACES[place].to_owned());
                        hands_off = false;
                    }
                }
                Event::Reopen => {
                    session.close().expect("a folded journal");
                    prop_assert_eq!(updated.manifest(), built.manifest());
                    session = updated.open();
                }
                // After a kill everything is published, which looks everywhere.
                Event::Kill if touched.is_empty() => {
                    let next = Room::new();
                    copy_tree(&updated.out(), &next.out());
                    copy_tree(&updated.path("content"), &next.path("content"));
                    for asset in &mut site.assets {
                        asset.from = next.path("content").join(asset.from.strip_prefix(updated.path("content")).expect("a source"));
                    }
                    drop(session);
                    updated = next;
                    session = updated.open();
                    let published = publish_all(&mut session, &site).unwrap();
                    prop_assert_eq!((published.written, published.removed), (vec![], vec![]));
                }
                Event::Publish if touched.is_empty() => {
                    let published = publish_all(&mut session, &site).unwrap();
                    prop_assert_eq!((published.written, published.removed), (vec![], vec![]));
                }
                Event::Publish | Event::Kill => {}
            }
            prop_assert_eq!(tree(&updated.out()), tree(&built.out()));
        }
        if touched.is_empty() {
            let published = publish_all(&mut session, &site).unwrap();
            prop_assert_eq!((published.written, published.removed), (vec![], vec![]));
        }
        session.close().expect("a folded journal");
        prop_assert_eq!(updated.manifest(), built.manifest());
        if hands_off {
            prop_assert_eq!((tree(&updated.out()), updated.manifest()), (clean(&site), cold_manifest(&site)));
        }
    }
}
