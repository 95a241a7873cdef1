//! The repository keeps its own rules: layers, one seam a library, a header in every file,
//! words in both languages, lists that are complete.
//!
//! Each test reads the sources as text and names what breaks the rule, so that the
//! failure is the instruction: `document uses archive`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use luutru::{
    diagnostic::{Code, Language, Level, message_keys},
    theme::EMBEDDED,
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with that ending, by its path below the repository; what npm
/// installed is not the repository's.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the repository").flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("node_modules") {
                    folders.push(path);
                }
            } else if path.to_string_lossy().ends_with(ending) {
                let inside = path.strip_prefix(root()).expect("below the repository");
                let name = inside.to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).expect("text")));
            }
        }
    }
    found.sort();
    found
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The lines of a source that are no comments.
fn code(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// The module that a file of `src/` belongs to: `archive` for `src/archive/link.rs`.
fn module(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.split(['/', '.']).next().unwrap_or(inside)
}

// ---- Layers ----

/// The modules in layer order, as `lib.rs` lists them.
fn layers() -> Vec<String> {
    let lib = text("src/lib.rs");
    lib.lines()
        .filter_map(|line| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned()))
        .collect()
}

/// The modules of this crate that a source names.
fn used(source: &str) -> BTreeSet<String> {
    let code: Vec<&str> = code(source).collect();
    let code = code.join(" ");
    let mut used = BTreeSet::new();
    for piece in code.split("crate::").skip(1) {
        let names: Vec<&str> = match piece.strip_prefix('{') {
            // `use crate::{a::b, c::{d, e}}`: the names at the first level.
            Some(group) => {
                let mut depth = 0;
                let mut names = vec![""];
                let mut start = 0;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => {
                            names.push(&group[start..at]);
                            break;
                        }
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            names.push(&group[start..at]);
                            start = at + 1;
                        }
                        _ => {}
                    }
                }
                names
            }
            None => vec![piece],
        };
        for name in names {
            let name = name.trim();
            let end = name.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(name.len());
            used.insert(name[..end].to_owned());
        }
    }
    used.remove("");
    used
}

#[test]
fn no_module_uses_one_that_stands_below_it() {
    let layers = layers();
    let rank = |module: &str| layers.iter().position(|layer| layer == module);
    let mut upward = BTreeSet::new();
    for (path, source) in files("src", ".rs") {
        let own = module(&path);
        let Some(own_rank) = rank(own) else { continue };
        for other in used(&source) {
            match rank(&other) {
                Some(other_rank) if other_rank > own_rank => {
                    upward.insert(format!("{own} uses {other}"));
                }
                Some(_) => {}
                None => {
                    upward.insert(format!("{path} uses {other}, which `lib.rs` does not list"));
                }
            }
        }
    }
    assert_eq!(upward, BTreeSet::new());
}

#[test]
fn the_reader_of_imports_sees_groups_and_paths() {
    let source = "use crate::{archive::{self, Id}, vi::fold};\nuse crate::page;\nlet x = crate::organ::get(1);\n// crate::no";
    let names: Vec<String> = used(source).into_iter().collect();
    assert_eq!(names, ["archive", "organ", "page", "vi"]);
}

#[test]
fn every_module_is_listed_once_in_layer_order() {
    let layers = layers();
    let listed: BTreeSet<&str> = layers.iter().map(String::as_str).collect();
    assert_eq!(listed.len(), layers.len());
    let files = files("src", ".rs");
    let there: BTreeSet<&str> = files
        .iter()
        .map(|(path, _)| module(path))
        .filter(|module| !["lib", "main"].contains(module))
        .collect();
    assert_eq!(listed, there);
}

#[test]
fn each_library_has_one_seam() {
    let seams: [(&str, &[&str]); 13] = [
        ("tera", &["src/theme/", "src/render/"]),
        ("comrak", &["src/document/markdown"]),
        ("ammonia", &["src/document/markdown"]),
        ("html5ever", &["src/proof/html.rs"]),
        ("serde_yaml", &["src/yaml.rs"]),
        ("imagesize", &["src/asset/size.rs"]),
        ("clap", &["src/cli/"]),
        ("icu_collator", &["src/vi/"]),
        ("hyper", &["src/serve/"]),
        ("hyper_util", &["src/serve/"]),
        ("tokio", &["src/serve/"]),
        ("notify", &["src/watch/events.rs"]),
        ("ctrlc", &["src/cli/"]),
    ];
    let mut wrong = Vec::new();
    for (path, source) in files("src", ".rs") {
        for (library, homes) in seams {
            let named = code(&source).any(|line| {
                line.match_indices(library).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    let after = &line[at + library.len()..];
                    !before
                        .is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.' || c == '"' || c == '/')
                        && (after.starts_with("::") || after.starts_with(';') || after.starts_with(" as "))
                })
            });
            if named && !homes.iter().any(|home| path.starts_with(home)) {
                wrong.push(format!("{path} uses {library}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

// ---- Form ----

#[test]
fn every_file_begins_with_a_header_that_says_what_it_is() {
    let mut bare = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for (path, source) in files(folder, ".rs") {
            // Tests beside a module may rely on its header.
            if !source.starts_with("//! ") && !path.ends_with("/tests.rs") {
                bare.push(path);
            }
        }
    }
    assert_eq!(bare, Vec::<String>::new());
}

#[test]
fn no_test_is_passed_over_and_nothing_is_left_to_do() {
    // In two pieces, so that this file does not find itself.
    let words = [
        "#[ign|ore",
        "should_|panic",
        "dbg|!(",
        "todo|!(",
        "unimplemen|ted!(",
        "TO|DO",
        "FIX|ME",
        "unsa|fe {",
    ];
    let mut found = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for (path, source) in files(folder, ".rs") {
            for word in words {
                let word = word.replace('|', "");
                if source.contains(&word) {
                    found.push(format!("{path} has {word}"));
                }
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_changelog_knows_the_version() {
    let version = env!("CARGO_PKG_VERSION");
    let changelog = text("CHANGELOG.md");
    let first = changelog.lines().find(|line| line.starts_with("## ")).expect("a version");
    assert!(first.contains(version) || first.contains("Unreleased"), "{first}");
    assert!(changelog.contains(&format!("## {version}")), "CHANGELOG.md has no {version}");
}

/// Behind another mirror the address of a package is another one.
#[test]
fn packages_from_npm_are_exact_and_name_no_host() {
    let mut wrong = Vec::new();
    for (path, source) in files("tests", "package-lock.json") {
        if source.contains("\"resolved\"") {
            wrong.push(format!("{path} says where packages lie"));
        }
    }
    for (path, source) in files("tests", "package.json") {
        if source.contains(['^', '~', '*']) {
            wrong.push(format!("{path} leaves a version open"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_architecture_lists_every_code_under_its_level() {
    let architecture = text("ARCHITECTURE.md");
    let listed = |word: &str| -> BTreeSet<String> {
        let start = architecture.find(word).unwrap_or_else(|| panic!("ARCHITECTURE.md has no `{word}`"));
        let paragraph = architecture[start..].split("\n\n").next().unwrap_or("");
        paragraph.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let levels = [
        ("\nErrors: ", Level::Error),
        ("\nWarnings: ", Level::Warning),
        ("\nSuggestions: ", Level::Suggestion),
    ];
    for (word, level) in levels {
        let codes: BTreeSet<String> = Code::ALL
            .iter()
            .filter(|code| code.level() == level)
            .map(|code| code.name().to_owned())
            .collect();
        assert_eq!(listed(word), codes);
    }
}

#[test]
fn every_module_stands_in_the_map_of_the_code() {
    let architecture = text("ARCHITECTURE.md");
    let missing: Vec<String> =
        layers().into_iter().filter(|module| !architecture.contains(&format!("`{module}`"))).collect();
    assert_eq!(missing, Vec::<String>::new());
}

// ---- Words ----

#[test]
fn every_message_is_used_and_every_message_that_is_used_exists() {
    let keys: BTreeSet<&str> = message_keys(Language::Vi).map(|(key, _)| key).collect();
    let sources: String = files("src", ".rs").into_iter().map(|(_, source)| source).collect();
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let named = |key: &str| codes.contains(key) || sources.contains(&format!("\"{key}\""));
    // A report asks for `<message>.help` by itself.
    let unused: Vec<&&str> =
        keys.iter().filter(|key| !named(key) && !key.strip_suffix(".help").is_some_and(named)).collect();
    assert_eq!(unused, Vec::<&&str>::new());
    let asked: BTreeSet<&str> = sources
        .split("\"")
        .filter(|word| {
            let (code, rest) = word.split_once('.').unwrap_or((word, ""));
            codes.contains(code)
                && !rest.is_empty()
                && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        })
        .collect();
    assert_eq!(asked.difference(&keys).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn no_message_ends_in_a_full_stop_or_begins_with_a_capital() {
    let mut wrong = Vec::new();
    for (key, text) in message_keys(Language::En).chain(message_keys(Language::Vi)) {
        let first = text.chars().next().unwrap_or('.');
        let name = ["HTML", "YAML", "URL"].iter().any(|name| text.starts_with(name));
        if text.ends_with('.') || text.ends_with('!') || (first.is_uppercase() && !name) {
            wrong.push(format!("{key} = {text}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

// ---- The theme ----

#[test]
fn the_embedded_theme_is_the_folder() {
    let folder = root().join("themes/default");
    let mut there = BTreeSet::new();
    let mut folders = vec![folder.clone()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).expect("the theme").flatten() {
            let path = entry.path();
            let inside = path.strip_prefix(&folder).expect("below the theme").to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if inside != "README.md" {
                there.insert(inside);
            }
        }
    }
    let embedded: BTreeSet<String> = EMBEDDED.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(embedded, there);
    assert!(EMBEDDED.is_sorted_by_key(|(path, _)| *path));
}

/// The keys of the interface's words in a language.
fn words(language: &str) -> BTreeMap<String, String> {
    text(&format!("themes/default/strings/{language}.yaml"))
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .map(|(key, words)| (key.to_owned(), words.to_owned()))
        .collect()
}

#[test]
fn the_theme_has_the_same_words_in_both_languages() {
    let (vi, en) = (words("vi"), words("en"));
    assert_eq!(vi.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    assert!(vi.len() > 100);
}

/// A merge that loses a brace puts half of the sheet into a media query, and nothing else fails.
#[test]
fn the_sheet_closes_each_block_where_it_was_opened() {
    let sheet = text("themes/default/static/style.css");
    let mut depth = 0;
    for (number, line) in (1..).zip(sheet.lines()) {
        let is_nested = line.starts_with(' ') || line.starts_with('}') || line.is_empty();
        assert!(depth == 0 || is_nested, "line {number} stands in a block and does not look so: {line}");
        depth += line.matches('{').count() as i32 - line.matches('}').count() as i32;
        assert!(depth >= 0, "line {number} closes what is not open");
    }
    assert_eq!(depth, 0, "a block is not closed");
}

#[test]
fn every_word_that_a_template_asks_for_exists_and_every_word_is_asked_for() {
    let keys: BTreeSet<String> = words("vi").into_keys().collect();
    let mut templates = String::new();
    for ending in [".html", ".xml", ".txt"] {
        for (_, source) in files("themes/default/templates", ending) {
            templates += &source;
        }
    }
    let mut asked = BTreeSet::new();
    for (at, _) in templates.match_indices("t.") {
        let before = templates[..at].chars().next_back().unwrap_or(' ');
        let name: String = templates[at + 2..]
            .chars()
            .take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_')
            .collect();
        if !before.is_alphanumeric() && before != '_' && before != '.' && !name.is_empty() {
            asked.insert(name);
        }
    }
    let unknown: Vec<&String> = asked.difference(&keys).collect();
    assert_eq!(unknown, Vec::<&String>::new());
    // Those that a template puts together: `t["month_" ~ month]`, `t[relation.verb]`.
    let verbs = ["continue", "implement", "amend", "replace"];
    let composed = |key: &str| {
        key.starts_with("month_")
            || key.starts_with("weekday_")
            || key.starts_with("change_")
            || verbs.iter().any(|verb| key.starts_with(verb))
    };
    let unused: Vec<&String> = keys.difference(&asked).filter(|key| !composed(key)).collect();
    assert_eq!(unused, Vec::<&String>::new());
}

#[test]
fn templates_see_page_view_site_and_t_and_nothing_else() {
    let mut tera = luutru::theme::engine(Language::Vi);
    let templates: Vec<(&str, &str)> = EMBEDDED
        .iter()
        .filter_map(|(path, bytes)| {
            Some((path.strip_prefix("templates/")?, std::str::from_utf8(bytes).ok()?))
        })
        .collect();
    tera.add_raw_templates(templates.clone()).expect("the templates parse");
    let allowed: BTreeSet<&str> = ["page", "view", "site", "t"].into();
    for (name, _) in templates {
        let used: BTreeSet<&str> =
            tera.get_template_variables(name).expect("a template of the theme").into_iter().collect();
        assert!(used.is_subset(&allowed), "{name} uses {:?}", used.difference(&allowed).collect::<Vec<_>>());
    }
}

#[test]
fn only_bodies_are_written_without_escaping() {
    let mut wrong = Vec::new();
    for (path, source) in files("themes/default/templates", ".html") {
        for line in source.lines().filter(|line| line.contains("safe")) {
            let unsafe_parts = line.matches("| safe").count() + line.matches("|safe").count();
            if unsafe_parts > 0 && !line.contains("{{ view.body | safe }}") {
                wrong.push(format!("{path}: {line}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

// ---- The views in the theme's README ----

/// A struct of `page::view`: its name, what it is, its fields as name, type and meaning.
struct ViewDoc {
    name: String,
    about: String,
    fields: Vec<(String, String, String)>,
}

/// The structs that templates see: what several kinds of pages share, then kind by kind.
fn view_docs() -> Vec<ViewDoc> {
    let mut modules = files("src/page/view", ".rs");
    modules.sort_by_key(|(path, _)| !path.ends_with("/mod.rs"));
    let source: String = modules.into_iter().map(|(_, source)| source).collect();
    let (mut docs, mut about) = (Vec::<ViewDoc>::new(), String::new());
    let mut inside = false;
    for line in source.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            about.push_str(words);
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.split(['<', ' ', '{']).next().unwrap_or("").to_owned();
            docs.push(ViewDoc { name, about: about.trim().to_owned(), fields: Vec::new() });
            (inside, about) = (true, String::new());
        } else if line == "}" {
            inside = false;
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(": "))
            && inside
        {
            let kind = in_words(kind.trim_end_matches(','));
            docs.last_mut().expect("a struct").fields.push((name.to_owned(), kind, about.trim().to_owned()));
            about.clear();
        } else if !line.starts_with("#[") {
            about.clear();
        }
    }
    docs
}

/// A type of a view as a theme author reads it.
fn in_words(kind: &str) -> String {
    let inner = |outer: &str| kind.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(of) = inner("Option<") {
        return format!("{} or none", in_words(of));
    }
    if let Some(of) = inner("Vec<") {
        return format!("list of {}", in_words(of));
    }
    if let Some(of) = inner("Box<") {
        return in_words(of);
    }
    match kind {
        "&'a str" | "&'static str" | "String" | "Cow<'a, str>" => "text".to_owned(),
        "bool" => "yes or no".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "i64" | "f32" => "number".to_owned(),
        "Share" => "text such as \"37.5%\"".to_owned(),
        kind if kind.contains("BTreeMap") => "texts by name".to_owned(),
        kind => format!("`{}`", kind.split('<').next().unwrap_or(kind)),
    }
}

/// The reference of all views as it has to stand in the theme's README.
fn view_reference() -> String {
    let mut reference = String::new();
    for ViewDoc { name, about, fields } in view_docs() {
        reference += &format!("### {name}\n\n{about}\n\n| field | is | |\n|---|---|---|\n");
        for (field, kind, about) in fields {
            reference += &format!("| `{field}` | {kind} | {about} |\n");
        }
        reference.push('\n');
    }
    reference
}

#[test]
fn the_readme_of_the_theme_has_every_field_of_every_view() {
    let path = "themes/default/README.md";
    let readme = text(path);
    let (before, rest) = readme.split_once("<!-- views -->\n").expect("the mark where the views begin");
    let (written, after) = rest.split_once("<!-- end of views -->").expect("the mark where they end");
    let reference = view_reference();
    assert!(reference.contains("### ArticleView\n") && reference.contains("| `title` | text |"));
    if std::env::var_os("UPDATE_THEME_README").is_some() {
        let updated = format!("{before}<!-- views -->\n{reference}<!-- end of views -->{after}");
        let mut file = fs::File::create(root().join(path)).expect("the README of the theme");
        file.write_all(updated.as_bytes()).expect("the README of the theme");
    } else if written != reference {
        panic!(
            "{path} is not what src/page/view/ says; `UPDATE_THEME_README=1 cargo test --test tidy` writes it"
        );
    }
}
