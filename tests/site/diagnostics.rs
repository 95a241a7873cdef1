//! Mistakes: which code, at which place, and one message for each.
//!
//! `tests/diagnostics/*.md` are whole sites with what is expected written into them: a
//! marker line names columns (characters, from 1), level and code for the line above it
//! and is taken out before the site is built. In Markdown it is
//! `<!-- ^ 13-20 error unknown-directive -->`, in YAML `# ^ 13-20 error unknown-directive`;
//! one column stands for a place without extent. A fixture is an article unless a line
//! `<!-- file: content/units/a.md -->` begins another file. With `BLESS=1` in the
//! environment, the fixtures are written anew from what is found: read the difference.
//!
//! What a text cannot cause (links, sizes, encodings) is below as code.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    path::{Path, PathBuf},
};

use luutru::diagnostic::{Code, Diagnostic, Language, Level, line_col, message_keys};

use super::fixture::{Built, Site, write};

const ARTICLE: &str = "content/articles/a.md";

fn fixtures() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("the fixtures").map(|entry| entry.expect("a fixture").path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).expect("a fixture is text")))
        .collect()
}

/// The files of a fixture, markers taken out, in their order.
fn files(fixture: &str) -> Vec<(String, String)> {
    let mut files = vec![(ARTICLE.to_owned(), String::new())];
    for line in fixture.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("<!-- file: ").and_then(|rest| rest.strip_suffix(" -->\n")) {
            files.push((path.to_owned(), String::new()));
        } else if !line.starts_with("# ^ ") && !line.starts_with("<!-- ^ ") {
            files.last_mut().expect("there is a first file").1.push_str(line);
        }
    }
    files.retain(|(path, text)| path != ARTICLE || !text.is_empty());
    files
}

fn site(files: &[(String, String)]) -> Site {
    files.iter().fold(Site::new(), |site, (path, text)| site.file(path, text))
}

/// The fixture as it would be if what was found were expected.
fn annotated(files: &[(String, String)], built: &Built) -> String {
    let mut rest: Vec<&Diagnostic> = built.diagnostics.iter().collect();
    rest.sort_by_key(|diagnostic| (diagnostic.path.clone(), diagnostic.span, diagnostic.code));
    let mut text = String::new();
    for (path, source) in files {
        if path != ARTICLE {
            text += &format!("<!-- file: {path} -->\n");
        }
        let mut own: Vec<(usize, String)> = Vec::new();
        rest.retain(|diagnostic| {
            if *diagnostic.path != **path {
                return true;
            }
            own.push(marker(source, diagnostic));
            false
        });
        let mut fences = 0;
        for (number, line) in (1..).zip(source.split_inclusive('\n')) {
            text += line;
            fences += usize::from(line.trim_end() == "---");
            let yaml = !path.ends_with(".md") && !path.ends_with(".svg") || fences == 1;
            for (_, what) in own.iter().filter(|(at, _)| *at == number) {
                text += &if yaml { format!("# ^ {what}\n") } else { format!("<!-- ^ {what} -->\n") };
            }
        }
    }
    for diagnostic in rest {
        text += &format!("<!-- elsewhere: {} {} -->\n", diagnostic.path, diagnostic.code.name());
    }
    text
}

/// The line of a diagnostic, and what its marker says.
fn marker(source: &str, diagnostic: &Diagnostic) -> (usize, String) {
    let (start, end) = (diagnostic.span.start as usize, diagnostic.span.end as usize);
    let (line, first) = line_col(source, start);
    let columns = match line_col(source, end) {
        (last_line, last) if last_line == line && last > first => format!("{first}-{}", last - 1),
        _ => first.to_string(),
    };
    let level = match diagnostic.level() {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Suggestion => "suggestion",
    };
    (line, format!("{columns} {level} {}", diagnostic.code.name()))
}

#[test]
fn every_fixture_has_the_mistakes_that_are_written_into_it() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for (path, fixture) in fixtures() {
        let files = files(&fixture);
        let built = site(&files).build();
        let found = annotated(&files, &built);
        if found == fixture {
            continue;
        }
        match bless {
            true => write(&path, found.as_bytes()),
            false => wrong.push(format!("{}:\n{found}\n{:#?}", path.display(), built.found())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_message_has_all_its_values_in_both_languages() {
    let places = |key: &str| -> BTreeSet<String> {
        let text = message_keys(Language::En).find(|(own, _)| *own == key).map(|(_, text)| text);
        let text = text.unwrap_or_else(|| panic!("no message `{key}`"));
        text.split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| name.to_owned())
            .collect()
    };
    let mut wrong = BTreeSet::new();
    for (path, fixture) in fixtures() {
        for diagnostic in site(&files(&fixture)).build().diagnostics {
            for message in std::iter::once(&diagnostic.message).chain(&diagnostic.help) {
                for place in places(message.key) {
                    let value = message.args.iter().find(|(name, _)| *name == place).map(|(_, value)| value);
                    if value.is_none_or(|value| value.trim().is_empty()) {
                        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                        wrong.insert(format!("{name}: {} has no {place}", message.key));
                    }
                }
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new());
}

#[test]
fn every_code_has_a_fixture_or_a_test() {
    let mut named: String = fixtures().into_iter().map(|(_, text)| text).collect();
    // Of this file only the code, not the words above.
    named += include_str!("diagnostics.rs").split_once("\nuse ").expect("a header and code").1;
    named += include_str!("suggestions.rs");
    named += include_str!("proof.rs");
    let untested: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.name())
        .filter(|name| {
            !named.contains(&format!("error {name} ")) && !named.contains(&format!("error {name}\n"))
        })
        .filter(|name| {
            !named.contains(&format!("warning {name} ")) && !named.contains(&format!("warning {name}\n"))
        })
        .filter(|name| !named.contains(&format!("\"{name}\"")) && !named.contains(&format!(" {name} ")))
        .collect();
    assert_eq!(untested, Vec::<&str>::new());
}

// ---- What no text can cause ----

#[test]
fn a_site_without_settings_says_so_and_goes_on() {
    let built = Site::bare().article("a", "directives: [99-CT/TU]").build();
    assert_eq!(built.codes(), ["unknown-directive", "missing-config"]);
}

#[test]
fn a_folder_without_content_is_no_site() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let input = luutru::build::Input {
        root: dir.path().to_owned(),
        base_url: None,
        drafts: luutru::archive::Drafts::Skip,
    };
    let error = luutru::build::prepare(&input).map(|_| ()).expect_err("there is no content");
    assert!(error.to_string().contains("has no folder `content`"), "{error}");
}

/// Builds after something was done to the folder that no file can say.
fn after(site: Site, change: impl FnOnce(&Path)) -> Built {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (path, bytes) in site.files() {
        write(&dir.path().join(path), bytes);
    }
    change(&dir.path().join("content"));
    super::fixture::build_folder(dir, luutru::archive::Drafts::Skip, None)
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_reported_and_not_followed_not_even_in_circles() {
    use std::os::unix::fs::symlink;
    let built = after(Site::new().article("a", ""), |content| {
        symlink("a.md", content.join("articles/b.md")).expect("a link to a file");
        symlink(".", content.join("articles/vong")).expect("a link to its own folder");
        symlink("/etc/hostname", content.join("media.png")).expect("a link out of the site");
        symlink("khong-co", content.join("articles/gay.md")).expect("a link to nothing");
    });
    assert_eq!(built.codes(), ["symlink"; 4]);
}

#[test]
fn a_text_is_read_up_to_its_limit_and_a_sparse_giant_costs_nothing() {
    let built = after(Site::new(), |content| {
        for (name, bytes) in [("chin", (8 << 20) + 1), ("tram", 100 << 20)] {
            fs::create_dir_all(content.join("articles")).expect("the folder");
            let file = File::create(content.join(format!("articles/{name}.md"))).expect("a file");
            file.set_len(bytes).expect("a sparse file");
        }
    });
    assert_eq!(built.codes(), ["file-too-large"; 2]);
    // Not "8 MB, and only 8 MB are read".
    assert!(built.found()[0].contains("9 MB"), "{:?}", built.found());
    assert!(built.found()[1].contains("100 MB"), "{:?}", built.found());
    let text = format!("---\ntitle: A\n---\n{}", "lời ".repeat(1_000_000));
    Site::new().file(ARTICLE, text).build().clean();
}

#[test]
fn what_is_no_utf8_names_the_place_of_the_first_bad_byte() {
    let text = b"---\ntitle: A\n---\nD\xc3\xb2ng \xff x\n";
    let built = Site::new().file(ARTICLE, text).build();
    assert_eq!(built.codes(), ["invalid-utf8"]);
    assert!(built.found()[0].starts_with("content/articles/a.md:4:6 "), "{:?}", built.found());
}

#[test]
fn an_empty_file_is_an_error() {
    for text in ["", " \n\n\t", "\u{feff}"] {
        assert_eq!(Site::new().file(ARTICLE, text).build().codes(), ["empty-file"], "{text:?}");
    }
}

#[test]
fn a_folder_named_like_an_article_is_a_folder() {
    Site::new().file("content/articles/a.md/b.md", "---\ntitle: B\n---\n").build().clean();
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let built = after(Site::new().article("a", "").article("b", ""), |content| {
        let path = content.join("articles/a.md");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions are set");
    });
    let root = File::open(built.dir.path().join(ARTICLE)).is_ok();
    // The super-user reads everything; for others this is the outcome.
    let expected: &[&str] = if root { &[] } else { &["unreadable-file"] };
    assert_eq!(built.codes(), expected);
}

#[test]
fn a_byte_order_mark_windows_line_ends_and_decomposed_letters_change_nothing() {
    let text = "---\ntitle: Đường đến Huế\nlocalities: [Huế]\ndirectives: [99-CT/TU]\n---\nXem [[Xứ Mơ]].\n";
    let decomposed: String = text.replace('ế', "e\u{302}\u{301}").replace("ườ", "u\u{31b}o\u{31b}\u{300}");
    let plain = Site::new().file(ARTICLE, text).build().found();
    assert_eq!(plain.len(), 2);
    for other in [format!("\u{feff}{text}"), text.replace('\n', "\r\n"), decomposed] {
        assert_eq!(Site::new().file(ARTICLE, other).build().found(), plain);
    }
}

#[test]
fn a_file_whose_name_is_decomposed_is_read_and_published() {
    let built = Site::new()
        .file(
            "content/articles/Hue\u{302}\u{301}.md",
            "---\ntitle: Huế\nphotos: [{file: media/Huế.png}]\n---\n",
        )
        .file("content/media/Hue\u{302}\u{301}.png", "x")
        .build()
        .clean();
    assert!(built.has("bai-viet/hue.html") && built.has("media/Huế.png"));
}

#[test]
fn a_yaml_bomb_and_endless_brackets_are_refused() {
    let mut bomb = String::from("title: T\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 10].join(", "));
    }
    for yaml in [bomb, format!("title: {}{}\n", "[".repeat(5000), "]".repeat(5000))] {
        let built = Site::new().file(ARTICLE, format!("---\n{yaml}---\n")).build();
        assert_eq!(built.codes(), ["yaml-limit"]);
    }
}

#[test]
fn files_that_programs_leave_behind_are_passed_over() {
    let mut site = Site::new();
    for name in [".a.md.swp", "a.md~", "#a.md#", "~$a.docx", "Thumbs.db", ".DS_Store", "4913", "a.md.tmp"] {
        site = site.file(&format!("content/articles/{name}"), "x");
    }
    site.build().clean();
}

#[test]
fn a_theme_that_is_missing_or_does_not_parse_is_an_error() {
    let built = Site::new().settings("theme: khong-co").build();
    assert_eq!(built.codes(), ["theme"]);
    let built = Site::new().settings("theme: x").file("themes/x/templates/article.html", "{% if %}").build();
    assert_eq!(built.codes(), ["theme"]);
    assert!(built.found()[0].contains("article.html"), "{:?}", built.found());
    let built = Site::new().settings("theme: x").file("themes/x/strings/vi.yaml", "home: [x]\n").build();
    assert_eq!(built.found(), ["themes/x/strings/vi.yaml:1:8 wrong-type the value has the wrong type"]);
}

#[test]
fn a_page_that_was_edited_by_hand_is_kept_and_named() {
    let built = Site::new().article("a", "").build().clean();
    write(&built.out().join("bai-viet/a.html"), b"by hand");
    let built = Site::new().article("a", "date: 2024-01-01").build_in(built.dir).clean();
    // The command line reports it as "edited-by-hand".
    assert_eq!(
        built.report.as_ref().map(|report| report.kept.clone()),
        Some(vec!["bai-viet/a.html".to_owned()])
    );
    assert_eq!(built.page("bai-viet/a.html"), "by hand");
}

// ---- One mistake, one message ----

/// Codes of a site in which a record is broken and others cite it.
#[track_caller]
fn blamed(record: (&str, &str), citing: &str) -> Vec<&'static str> {
    Site::new().file(record.0, record.1).article("a", citing).build().codes()
}

#[test]
fn those_who_cite_a_broken_record_are_not_blamed() {
    let path = "content/directives/01-kl-tw.md";
    for (record, code) in [
        ("---\nnumber: 01-KL/TW\ntitle: a: b\n---\n", "yaml-colon"),
        ("number: 01-KL/TW\n", "missing-front-matter"),
        ("---\nnumber: 01-KL/TW\n", "unclosed-front-matter"),
        ("---\nnumber: 01-KL/TW\nid: A B\n---\n", "bad-id"),
        ("---\nkind: Kết luận\n---\n", "missing-key"),
        ("", "empty-file"),
    ] {
        for citing in
            ["directives: [01-KL/TW]", "event: {host: Huyện ủy Mỹ Xuyên, directives: [Kết luận số 01-KL/TW]}"]
        {
            assert_eq!(blamed((path, record), citing), [code], "{record:?} {citing}");
        }
        let built = Site::new().file(path, record).article_with("a", "", "[[01-KL/TW]]").build();
        assert_eq!(built.codes(), [code], "{record:?} in a body");
    }
}

#[test]
fn those_who_cite_a_broken_unit_publisher_or_article_are_not_blamed() {
    let yaml = "alias: [\n---\n";
    let unit = format!("---\nname: Câu lạc bộ Sử học\n{yaml}");
    assert_eq!(blamed(("content/units/clb.md", &unit), "units: [câu lạc bộ sử học]"), ["yaml-syntax"]);
    let publisher = format!("---\nname: Báo A\n{yaml}");
    assert_eq!(blamed(("content/publishers/x.md", &publisher), "publisher: Báo A"), ["yaml-syntax"]);
    let article = format!("---\ntitle: B\n{yaml}");
    assert_eq!(blamed(("content/articles/b.md", &article), "event: {same_as: b#x}"), ["yaml-syntax"]);
    let built = Site::new().file("content/articles/b.md", &article).article_with("a", "", "[[b]]").build();
    assert_eq!(built.codes(), ["yaml-syntax"]);
}

#[test]
fn those_who_cite_a_broken_record_by_another_of_its_names_are_not_blamed() {
    let record = "---\nnumber: 12-NQ/TW\naliases:\n  - Nghị quyết Trung ương 4\ntitle: a: b\n---\n";
    assert_eq!(
        blamed(("content/directives/x.md", record), "directives: [Nghị quyết Trung ương 4]"),
        ["yaml-colon"]
    );
    let record = "---\nname: Thông tấn xã\nmarks: [TTX]\naliases: [TTXVN, VNA]\nurl: a: b\n---\n";
    for name in ["TTXVN", "VNA", "TTX"] {
        let citing = format!("publisher: {name}");
        assert_eq!(blamed(("content/publishers/x.md", record), &citing), ["yaml-colon"], "{name}");
    }
}

#[test]
fn those_who_name_a_place_whose_file_is_broken_are_not_blamed() {
    let record =
        "---\nname: ấp Trung Hòa\nkind: ấp\nparent: \"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"\nid: A B\n---\n";
    let citing = "localities: [\"ấp Trung Hòa, Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]";
    assert_eq!(blamed(("content/localities/x.md", record), citing), ["bad-id"]);
    let record = "---\nname: ấp Trung Hòa\nkind: ấp\nparent: Xứ Mơ\n---\n";
    assert_eq!(
        blamed(("content/localities/x.md", record), "localities: [ấp Trung Hòa]"),
        ["unknown-locality"]
    );
}

#[test]
fn a_number_that_is_mistyped_in_its_record_is_one_mistake() {
    let record = "---\nnumber: 01KLTW\n---\n";
    assert_eq!(
        blamed(("content/directives/01-kl-tw.md", record), "directives: [01-KL/TW]"),
        ["unknown-value"]
    );
}

#[test]
fn two_records_that_collide_are_one_mistake() {
    let built = Site::new()
        .record("directives/a", "number: 01-KL/TW\nid: x")
        .record("directives/b", "number: 02-KL/TW\nid: x")
        .article("a", "directives: [01-KL/TW, 02-KL/TW]")
        .build();
    assert_eq!(built.codes(), ["id-collision"]);
    let built = Site::new()
        .record("units/a", "name: Câu lạc bộ Sử học")
        .record("units/b", "name: Câu lạc bộ Sử học\naliases: [CLB Sử học]")
        .article("a", "units: [Câu lạc bộ Sử học, CLB Sử học]")
        .build();
    assert_eq!(built.codes(), ["name-collision"]);
    let built = Site::new()
        .record("publishers/a", "name: Báo A")
        .record("publishers/b", "name: Báo A\nmarks: [\"(B)\"]")
        .article("a", "publisher: (B)")
        .build();
    assert_eq!(built.codes(), ["name-collision"]);
    let built = Site::new()
        .record("directives/a", "number: 01-KL/TW")
        .record("directives/b", "number: 1-KL/TW\naliases: [Kết luận Một]")
        .article("a", "directives: [Kết luận Một, 01-KL/TW]")
        .build();
    assert_eq!(built.codes(), ["name-collision"]);
}

#[test]
fn a_place_that_is_unknown_is_not_also_missed_by_the_units_at_it() {
    let built = Site::new().article("a", "event: {localities: [Xứ Mơ], host: Huyện ủy Châu Thành}").build();
    assert_eq!(built.codes(), ["unknown-locality"]);
    let built = Site::new().settings("place: Xứ Mơ").article("a", "units: [Huyện ủy Châu Thành]").build();
    assert_eq!(built.codes(), ["unknown-locality"]);
}

#[test]
fn a_date_that_is_wrong_is_not_also_a_place_of_an_unknown_time() {
    // On a day of 2024 it is the old ward, of 2026 the new one; without a day it is both.
    let front = "localities: [\"phường Bến Nghé, Hồ Chí Minh\"]\nunits: [Phường ủy X]\n";
    let with = |date: &str| Site::new().article("a", &format!("date: {date}\n{front}")).build().codes();
    assert_eq!(with("2024-05-01").iter().filter(|code| code.starts_with("ambiguous")).count(), 0);
    assert!(!with("30/2/2024").iter().any(|code| code.starts_with("ambiguous")));
}

#[test]
fn a_circle_is_reported_once() {
    let built = Site::new()
        .record("directives/a", "number: 01-KL/TW\ncontinues: 02-KL/TW")
        .record("directives/b", "number: 02-KL/TW\ncontinues: 03-KL/TW")
        .record("directives/c", "number: 03-KL/TW\ncontinues: 01-KL/TW")
        .build();
    assert_eq!(built.codes(), ["cycle"]);
    let built = Site::new()
        .article("a", "event: {host: Huyện ủy Mỹ Xuyên, same_as: b}")
        .article("b", "event: {host: Huyện ủy Mỹ Xuyên, same_as: a}")
        .build();
    assert_eq!(built.codes(), ["cycle"]);
}

#[test]
fn a_circle_is_found_beside_a_relation_to_an_earlier_file() {
    let built = Site::new()
        .record("directives/a", "number: 01-KL/TW")
        .record("directives/b", "number: 02-KL/TW\ncontinues: 03-KL/TW")
        .record("directives/c", "number: 03-KL/TW\ncontinues: [02-KL/TW, 01-KL/TW]")
        .build();
    assert_eq!(built.codes(), ["cycle"]);
}

#[test]
fn units_that_contain_each_other_are_a_circle() {
    let built = Site::new()
        .record("units/a", "name: Hội A\nparent: Hội B")
        .record("units/b", "name: Hội B\nparent: Hội A")
        .record("units/c", "name: Hội C\nparent: Hội A")
        .build();
    assert_eq!(built.codes(), ["cycle"]);
    let built = Site::new()
        .record("units/a", "name: Hội A\nsucceeded_by: Hội B")
        .record("units/b", "name: Hội B\nsucceeded_by: Hội A")
        .build();
    assert_eq!(built.codes(), ["cycle"]);
}

#[test]
fn what_a_draft_says_wrong_is_not_reported_where_it_is_left_out() {
    let site = Site::new().article("a", "draft: true\ndirectives: [99-CT/TU]");
    site.clone().build().clean();
    assert_eq!(site.drafts().build().codes(), ["unknown-directive"]);
}

#[test]
fn a_link_to_a_draft_is_an_error_of_the_published_article() {
    let site = Site::new().article("b", "draft: true").article_with("a", "", "[[b]]");
    assert_eq!(site.clone().build().codes(), ["dead-link"]);
    site.drafts().build().clean();
}

#[test]
fn the_menu_may_lead_to_a_mailbox() {
    let built = Site::new()
        .settings("menus: [{label: Thư, url: 'mailto:a@b.vn'}, {label: Báo, url: 'https://a.vn/'}]")
        .build()
        .clean();
    assert!(built.page("nam.html").contains("<a href=\"mailto:a@b.vn\">Thư</a>"));
}

#[test]
fn every_mistake_of_a_site_is_reported_in_one_run() {
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    let built = Site::new()
        .settings("page_size: 1\nmenus: [{label: x, url: khong-co.html}]")
        .article("a", "date: 30/2/2024\ntitel: x\nunits: [Huyện ủy Xứ Mơ]\ndirectives: [99-CT/TU]")
        .article_with("b", "publisher: Báo Mơ", "[x](media/khong-co.png) [y](javascript:x) [[Xứ Mơ]]")
        .record("directives/c", "number: x")
        .file("content/la.txt", "x")
        .file("content/media/x.exe", "x")
        .build();
    for code in [
        "unknown-value",
        "dead-link",
        "impossible-date",
        "unknown-key",
        "unknown-unit",
        "unknown-directive",
        "unknown-publisher",
        "missing-media",
        "bad-url",
        "unknown-name",
        "unknown-value",
        "unexpected-file",
        "forbidden-media",
    ] {
        *expected.entry(code).or_default() += 1;
    }
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for code in built.codes() {
        *found.entry(code).or_default() += 1;
    }
    assert_eq!(found, expected, "{:#?}", built.found());
}
