//! Same input, same bytes: whatever the order of files, the number of threads, the folder
//! and what was built before. And a build that reports an error leaves everything as it was.

use std::{collections::BTreeMap, fs, path::PathBuf, time::SystemTime};

use super::fixture::{Built, Site, differences, tree};

/// Identity, size and time of every file of the output, `.luutru` included.
fn traces(out: PathBuf) -> BTreeMap<String, (u64, SystemTime)> {
    let mut traces = BTreeMap::new();
    let mut folders = vec![out];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let metadata = entry.metadata().expect("a file's metadata");
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                let modified = metadata.modified().expect("a time of change");
                traces.insert(entry.path().to_string_lossy().into_owned(), (metadata.len(), modified));
            }
        }
    }
    traces
}

#[track_caller]
fn same(a: &Built, b: &Built) {
    assert_eq!(differences(&tree(&a.out()), &tree(&b.out())), Vec::<String>::new());
}

fn full() -> Site {
    let text =
        "Theo 01-KL/TW và 749/QĐ-TTg cùng 12-NQ/TU ở tỉnh\n\n**Theo 100/2019/NĐ-CP** và 749/2020/QĐ-TTg";
    Site::sample()
        .drafts()
        .base_url("https://luu.example/")
        .article_with("nhac-a", "date: 2024-06-01\nlocalities: [Sóc Trăng]", text)
        .article_with("nhac-b", "localities: [Bình Định]", text)
}

/// Law: two builds of one input are equal, wherever the folder is.
#[test]
fn two_builds_are_equal() {
    same(&full().build().clean(), &full().build().clean());
}

/// Law: the order in which files were created changes no byte.
#[test]
fn the_order_of_files_changes_nothing() {
    same(&full().build().clean(), &full().reversed().build().clean());
}

/// Law: the number of threads changes no byte.
#[test]
fn the_number_of_threads_changes_nothing() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| full().build().clean())
    };
    same(&with(1), &with(4));
}

/// Law: diagnostics, too, are the same in any order of files and with any number of threads.
#[test]
fn mistakes_are_reported_in_the_same_order() {
    let site = Site::new()
        .many("a", 20, "directives: [99-CT/TU]\nunits: [Huyện ủy Xứ Mơ]\n")
        .record("directives/x", "number: 1")
        .record("directives/y", "continues: z");
    let found = |site: &Site, threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let built = pool.install(|| site.build());
        built
            .diagnostics
            .iter()
            .map(|d| format!("{} {:?} {}", d.path, d.span, d.code.name()))
            .collect::<Vec<_>>()
    };
    let first = found(&site, 1);
    assert!(first.len() > 40);
    assert_eq!(first, found(&site, 4));
    assert_eq!(first, found(&site.clone().reversed(), 4));
}

/// Law: a build that changes nothing writes nothing.
#[test]
fn a_second_build_writes_nothing() {
    let first = full().build().clean();
    let before = traces(first.out());
    let second = full().build_in(first.dir).clean();
    let report = second.report.as_ref().expect("it was published");
    assert_eq!((report.written, report.removed), (0, 0));
    assert_eq!(before, traces(second.out()));
}

/// Law: a build over an earlier one is equal to a fresh one, after any of these edits.
#[test]
fn a_build_over_an_earlier_one_is_equal_to_a_fresh_one() {
    let editions = [
        full(),
        full().article("moi", "date: 2024-05-20\ndirectives: [01-KL/TW]\nlocalities: [Bình Định]"),
        full().without("content/articles/khong-ngay.md"),
        full().without("content/media/anh 1.png").article("my-xuyen", "event: {host: Huyện ủy Mỹ Xuyên}"),
        full().settings("page_size: 6\nplace: Sóc Trăng\nlanguage: en"),
        Site::sample(),
    ];
    let mut warm = Site::new().build().clean();
    for site in editions {
        warm = site.build_in(warm.dir).clean();
        same(&warm, &site.build().clean());
    }
}

/// Law: a build with an error leaves the output as it was.
#[test]
fn a_build_with_an_error_leaves_the_output_untouched() {
    for broken in [
        full().article("sai", "directives: [99-CT/TU]"),
        full().file("content/articles/sai.md", "không có phần đầu"),
        full().settings("theme: khong-co"),
        full().article("sai", "old_addresses: [index.html]"),
        full().file("content/media/x.html", "x"),
    ] {
        let first = full().build().clean();
        let before = traces(first.out());
        let second = broken.build_in(first.dir);
        assert!(second.report.is_none() && !second.diagnostics.is_empty());
        assert_eq!(before, traces(second.out()));
    }
}

/// Law: a template that fails on some page leaves the output as it was.
#[test]
fn a_template_that_fails_leaves_the_output_untouched() {
    let first = full().build().clean();
    let before = traces(first.out());
    let site = full()
        .settings("theme: hong\nplace: Sóc Trăng")
        .file("themes/hong/templates/article.html", "{{ view.title }} {{ view.khong_co }}");
    let root = first.dir;
    for (path, bytes) in site.files() {
        super::fixture::write(&root.path().join(path), bytes);
    }
    let input = luutru::build::Input {
        root: root.path().to_owned(),
        base_url: None,
        drafts: luutru::archive::Drafts::Skip,
    };
    let prepared = luutru::build::prepare(&input).expect("a folder content").value;
    let plan = luutru::build::plan(&prepared).value;
    let theme = prepared.theme.with_site(&prepared.site, plan.menu());
    let out = root.path().join("public");
    let published = luutru::build::publish(&input, &out, &plan, &theme, &prepared.assets, &|_, _| {});
    let Err(luutru::publish::Error::Render(diagnostic)) = published else {
        panic!("a template of a missing field: {published:?}");
    };
    assert_eq!(diagnostic.code.name(), "theme");
    let words = luutru::diagnostic::Language::En.say(&diagnostic.message);
    assert!(words.contains("article.html:1:") && words.contains("khong_co"), "{words}");
    drop(plan);
    assert_eq!(before, traces(out));
}
