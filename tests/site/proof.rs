//! The reader's side of `check`: what the pages themselves have wrong, told where it stands.
//!
//! A theme of one template, or a body of a few lines, and all that is found in it. The rest of
//! the theme is the built-in one, so every test here also says that nothing else is wrong.

use std::path::Path;

use super::fixture::{Site, tree};

/// A site of two articles, one of them with an event.
fn site() -> Site {
    Site::new()
        .article("a", "date: 2024-05-18\nlocalities: [Cần Thơ]")
        .article("b", "date: 2024-05-19\nevent: {id: hop, date: 2024-05-19, host: Huyện ủy Hoài Ân}")
}

/// The site with one template of its own.
fn themed(template: &str, text: &str) -> Site {
    site().settings("theme: t").file(&format!("themes/t/templates/{template}"), text)
}

/// What is found, without remedies and without the theme's folder.
#[track_caller]
fn check(site: &Site, expect: &[&str]) {
    let found = site.proofread();
    let short = |line: &String| {
        let line = line.split(" = ").next().unwrap_or("");
        line.replacen("themes/t/templates/", "", 1).replacen("content/", "", 1)
    };
    assert_eq!(found.iter().map(short).collect::<Vec<_>>(), expect, "{found:#?}");
}

/// An article's template with something in its main part: line 3 of the file.
fn article(inside: &str) -> Site {
    let text = format!(
        "{{% extends \"base.html\" %}}\n{{% block main %}}<h1>{{{{ view.title }}}}</h1>\n{inside}\n{{{{ view.body | safe }}}}\n\
         {{% for event in view.events %}}<p id=\"{{{{ event.anchor }}}}\"></p>{{% endfor %}}{{% endblock %}}"
    );
    themed("article.html", &text)
}

/// The same with a body of article `a`, which begins in line 6 of its file.
fn body(text: &str) -> Site {
    site().article_with("a", "date: 2024-05-18\nlocalities: [Cần Thơ]", text)
}

// ---- Links ----

#[test]
fn a_link_to_nothing_is_told_once_at_its_place_in_the_template() {
    check(
        &article("<a href=\"{{ page.root }}van-ban/khong-co.html\">x</a>"),
        &["article.html:3:25: dead-link `../van-ban/khong-co.html` leads to no page or file of this site: \
           on `bai-viet/a.html`, … (+1)"],
    );
}

#[test]
fn a_link_of_every_page_is_one_message_whatever_template_it_is_in() {
    let base = include_str!("../../themes/default/templates/base.html");
    let line = base.lines().position(|line| line.contains("<main")).expect("a main part") + 1;
    // Both as a whole and in pieces that the template puts together.
    for link in [
        "<a href=\"{{ page.root }}van-bam.html\">x</a><main",
        "{% set stem = \"van-bam\" %}<a href=\"{{ page.root }}{{ stem }}.html\">x</a><main",
    ] {
        let found = themed("base.html", &base.replacen("<main", link, 1)).proofread();
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].starts_with(&format!("themes/t/templates/base.html:{line}:")), "{found:?}");
        assert!(found[0].contains("… (+"), "{found:?}");
    }
}

#[test]
fn an_address_that_differs_on_each_page_is_one_message_with_an_example() {
    check(
        &article("<a href=\"{{ page.root }}van-ban/{{ view.id }}.html\">x</a>").many("c", 20, ""),
        &["article.html:1:1: dead-link `../van-ban/a.html` leads to no page or file of this site: \
           on `bai-viet/a.html`, … (+21)"],
    );
}

#[test]
fn a_class_that_differs_on_each_page_makes_no_further_message() {
    let site = article("<a class=\"{{ view.id }}\" href=\"x/{{ view.id }}\">x</a>").many("c", 20, "");
    check(
        &site,
        &["article.html:1:1: dead-link `x/a` leads to no page or file of this site: \
           on `bai-viet/a.html`, … (+21)"],
    );
}

#[test]
fn what_every_page_has_is_told_of_the_template_that_the_others_extend() {
    let base = include_str!("../../themes/default/templates/base.html");
    let broken = base.replacen("<main", "<a href=\"x/{{ page.url }}\">x</a><main", 1);
    let found = themed("base.html", &broken).proofread();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("themes/t/templates/base.html:1:1: dead-link `x/bai-viet/a.html`"),
        "{found:?}"
    );
}

#[test]
fn two_mistakes_of_one_template_are_two_messages() {
    check(
        &article(
            "<a class=x href=\"{{ page.root }}x/{{ view.id }}\">x</a>\n<a href=\"{{ page.root }}y/{{ view.id }}\">x</a> <a href=\"z.html\">x</a>",
        ),
        &[
            "article.html:1:1: dead-link `../x/a` leads to no page or file of this site: on `bai-viet/a.html`, … (+1)",
            "article.html:1:1: dead-link `../y/a` leads to no page or file of this site: on `bai-viet/a.html`, … (+1)",
            "article.html:4:57: dead-link `z.html` leads to no page or file of this site: on `bai-viet/a.html`, … (+1)",
        ],
    );
}

/// What is said of one link in an article's template, by its code and variant.
#[track_caller]
fn link(href: &str, expect: &str) {
    let found = article(&format!("<a href=\"{href}\">x</a>")).proofread();
    let said = match found.as_slice() {
        [] => "",
        [line] => {
            let words = line.split_once(": ").map_or("", |(_, words)| words);
            let kinds = [
                ("begins with `/`", "root"),
                ("climbs above", "above"),
                ("leads to a folder", "folder"),
                ("has no scheme", "host"),
                ("did you mean", "dead, near"),
                ("leads to no page", "dead"),
                ("leads to a place", "anchor"),
            ];
            kinds.iter().find(|(sign, _)| words.contains(sign)).map_or(words, |(_, kind)| kind)
        }
        _ => panic!("{found:#?}"),
    };
    assert_eq!(said, expect, "{href}: {found:?}");
}

#[test]
fn a_link_leads_to_a_file_in_every_setting() {
    for href in
        ["../van-ban.html", "b.html", "./b.html", "../bai-viet/b.html#hop", "b.html?x=1#hop", "?x", "#"]
    {
        link(href, "");
    }
    for href in
        ["b.html#top", "b.html#%68op", "b.html#hop:~:text=x", " b.html ", "%62.html", "..\\van-ban.html"]
    {
        link(href, "");
    }
    for href in ["https://a.vn/x", "mailto:a@b.vn", "tel:113", "HTTP://a.vn"] {
        link(href, "");
    }
}

#[test]
fn a_link_that_works_in_one_setting_only_is_fragile() {
    link("/van-ban.html", "root");
    link("/", "root");
    link("../../van-ban.html", "above");
    link("../../../index.html", "above");
    link("..", "folder");
    link("../", "folder");
    link("./../", "folder");
    link("//a.vn/x.html", "host");
}

#[test]
fn a_link_that_works_nowhere_is_dead() {
    for href in
        ["/khong-co.html", "../../khong-co.html", "../bai-viet/", "../bai-viet", "b.html/", "b%2Ehtml%20"]
    {
        link(href, "dead");
    }
    for href in ["B.html", "../Van-Ban.html", "../van-ban", "../van-ban/", "b"] {
        link(href, "dead, near");
    }
    link("..%2Fvan-ban.html", "dead");
    link("b.html#khong-co", "anchor");
    link("#khong-co", "anchor");
}

#[test]
fn what_moved_is_found_where_it_was_but_has_no_places() {
    let site =
        article("<a href=\"../cu.html\">x</a><a href=\"../2024/\">x</a><a href=\"../cu.html#hop\">x</a>")
            .article("c", "old_addresses: [cu.html, 2024/]");
    check(
        &site,
        &[
            "article.html:3:36: fragile-link `../2024/` leads to a folder, which from a folder shows a list of files: \
             on `bai-viet/a.html`, … (+2)",
            "article.html:3:60: missing-anchor `../cu.html#hop` leads to a place that its page does not have: \
             on `bai-viet/a.html`, … (+2)",
        ],
    );
}

#[test]
fn absolute_addresses_of_the_site_itself_lead_to_pages_too() {
    let site = |href: &str| {
        article(&format!("<a href=\"https://a.vn/kho/{href}\">x</a>")).base_url("https://a.vn/kho/")
    };
    for href in ["", "index.html", "bai-viet/b.html#hop", "feed.xml", "sitemap.xml"] {
        check(&site(href), &[]);
    }
    check(
        &site("x.html"),
        &["article.html:3:10: dead-link `https://a.vn/kho/x.html` leads to no page or file of this site: \
           on `bai-viet/a.html`, … (+1)"],
    );
    check(&article("<a href=\"https://a.vn/x.html\">x</a>").base_url("https://a.vn/kho/"), &[]);
}

#[test]
fn feeds_sitemap_robots_and_redirects_lead_to_pages() {
    for (template, text, url) in [
        ("feed.xml", "<feed><link href=\"https://a.vn/x.html\"/></feed>", "https://a.vn/x.html"),
        (
            "sitemap.xml",
            "<urlset><url><loc> https://a.vn/x.html </loc></url></urlset>",
            "https://a.vn/x.html",
        ),
        ("robots.txt", "User-agent: *\nSitemap: https://a.vn/x.xml", "https://a.vn/x.xml"),
        ("redirect.html", "<meta http-equiv=\"refresh\" content=\"0; url=x.html\">", "x.html"),
    ] {
        let site = themed(template, text).base_url("https://a.vn/").article("c", "old_addresses: [cu.html]");
        let found = site.proofread();
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].starts_with(&format!("themes/t/templates/{template}:")), "{found:?}");
        assert!(found[0].contains(&format!("dead-link `{url}` leads")), "{found:?}");
    }
}

#[test]
fn a_page_that_is_shown_anywhere_links_from_the_root_of_the_host() {
    let site = |href: &str| themed("404.html", &format!("<h1>x</h1><a href=\"{href}\">x</a>"));
    check(&site("{{ view.root }}van-ban.html").base_url("https://a.vn/kho/"), &[]);
    check(&site("/van-ban.html"), &[]);
    check(
        &site("van-ban.html"),
        &["404.html:1:20: fragile-link `van-ban.html` does not begin with the path of the site: \
           on `404.html`, which is shown at any address"],
    );
    let found = site("/van-ban.html").base_url("https://a.vn/kho/").proofread();
    assert!(found[0].contains("does not begin with the path"), "{found:?}");
    assert!(site("/x.html").proofread()[0].contains("leads to no page"));
}

#[test]
fn a_menu_that_leads_to_no_place_of_its_page_is_told_in_the_settings() {
    let site = site()
        .record("pages/gioi-thieu", "title: x")
        .settings("menus: [{label: x, url: trang/gioi-thieu.html#y}]");
    let found = site.proofread();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("content/site.yaml:2:25: missing-anchor"), "{found:?}");
}

// ---- What is loaded ----

#[test]
fn nothing_is_loaded_from_another_host_and_everything_that_is_loaded_is_there() {
    let site = article(
        "<img alt=x src=\"https://b.vn/a.png\"><script src=\"//b.vn/a.js\"></script>\n\
         <link rel=stylesheet href=\"https://b.vn/a.css\"><iframe src=\"https://b.vn/\"></iframe>\n\
         <img alt=x srcset=\"../media/a.png 1x, ../media/b.png 2x\"><svg><image href=\"https://b.vn/b.png\"/></svg>\n\
         <p style=\"background:url(https://b.vn/c.png)\"></p><img alt=x src=\"data:image/gif;base64,R0\">",
    );
    let found = site.file("content/media/a.png", "x").proofread();
    let said: Vec<String> =
        found.iter().map(|line| line.split(' ').skip(1).take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        said,
        [
            "foreign-resource `https://b.vn/a.png`",
            "foreign-resource `//b.vn/a.js`",
            "foreign-resource `https://b.vn/a.css`",
            "foreign-resource `https://b.vn/`",
            "dead-link `../media/b.png`",
            "foreign-resource `https://b.vn/b.png`",
            "foreign-resource `https://b.vn/c.png`",
        ],
        "{found:#?}"
    );
}

#[test]
fn a_style_sheet_loads_nothing_from_another_host() {
    let css =
        "@import \"https://b.vn/font.css\";\na { background: url(x.png) url(data:image/gif;base64,R0) }";
    let site = site().settings("theme: t").file("themes/t/static/more.css", css);
    let found = site.proofread();
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].starts_with("themes/t/static/more.css:1:10: foreign-resource"), "{found:?}");
    assert!(found[1].starts_with("themes/t/static/more.css:2:21: dead-link `x.png`"), "{found:?}");
}

#[test]
fn a_file_of_the_site_is_loaded_by_a_relative_address() {
    let site = article("<img alt=x src=\"https://a.vn/media/a.png\">").base_url("https://a.vn/");
    check(
        &site.file("content/media/a.png", "x"),
        &[
            "article.html:3:17: fragile-link `https://a.vn/media/a.png` loads a file of this site by its absolute \
           address, which a copy has not: on `bai-viet/a.html`, … (+1)",
        ],
    );
}

// ---- Places ----

#[test]
fn a_body_that_leads_to_a_place_that_is_not_there_is_told_at_its_line() {
    let site = body(
        "[có](bai-viet/b.html#hop) [không](bai-viet/b.html#khong)\n\n[lại](../bai-viet/b.html#khong) [đây](#x)\n\n\
         - mục <a href=\"bai-viet/b.html#nữa\">x</a>",
    );
    check(
        &site,
        &[
            "articles/a.md:6:27: missing-anchor `bai-viet/b.html#khong` leads to a place that its page does not have",
            "articles/a.md:8:1: missing-anchor `bai-viet/b.html#khong` leads to a place that its page does not have",
            "articles/a.md:8:33: missing-anchor `#x` leads to a place that its page does not have",
            "articles/a.md:10:16: missing-anchor `bai-viet/b.html#nữa` leads to a place that its page does not have",
        ],
    );
}

#[test]
fn footnotes_paragraphs_with_mentions_and_ids_in_raw_html_are_places() {
    let site = body("Chú[^1]. [x](#muc) <span id=\"muc\">y</span> [z](#doan-1)\n\n[^1]: Thích.\n")
        .article_with("d", "localities: [Cần Thơ]", "Kết luận số 01-KL/TW của Bộ Chính trị. [z](#doan-1)");
    let found = site.proofread();
    // The first paragraph of `a` names nothing, so it has no id.
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("content/articles/a.md:6:44: missing-anchor `#doan-1`"), "{found:?}");
}

#[test]
fn an_id_that_stands_twice_is_told_where_it_can_be_changed() {
    check(
        &body("<span id=\"x\">a</span>\n\n<p id=\"x\">b</p>\n\n<p id=\"_main\">c</p>"),
        &[
            "articles/a.md:8:8: duplicate-id the page has the id `x` twice",
            "articles/a.md:10:8: duplicate-id the page has the id `_main` twice",
        ],
    );
    check(
        &article("<p id=\"ban-do\"></p>")
            .article("c", "event: {id: ban-do, date: 2024-05-19, host: Huyện ủy Hoài Ân}"),
        &["articles/c.md:3:13: duplicate-id the page has the id `ban-do` twice"],
    );
    check(
        &article("<p id=\"x\"></p><p id=\"x\"></p>"),
        &["article.html:3:8: duplicate-id the id `x` stands twice: on `bai-viet/a.html`, … (+1)"],
    );
}

// ---- Headings ----

#[test]
fn a_body_leaves_no_level_out() {
    let site = body("## Một\n\n#### Hai\n\n##### Ba\n\n## Bốn\n\n<h5>Năm</h5>\n");
    check(
        &site,
        &[
            "articles/a.md:8:1: heading-order the heading leaves a level out",
            "articles/a.md:14:1: heading-order the heading leaves a level out",
        ],
    );
    let remedy = |text: &str| {
        body(text).proofread().first().map(|line| line.split(" = ").nth(1).unwrap_or("").to_owned())
    };
    assert!(remedy("## Một\n\n#### Hai").is_some_and(|remedy| remedy.starts_with("write `###`:")));
    // The title of the page is above all of them.
    assert!(remedy("### Một").is_some_and(|remedy| remedy.starts_with("write `##`:")));
    assert!(remedy("# Một\n\n### Hai").is_some_and(|remedy| remedy.starts_with("write `##`:")));
    assert_eq!(remedy("# Một\n\n## Hai\n\n# Ba"), None);
}

#[test]
fn a_body_has_no_second_title() {
    check(
        &body("<h1>Một</h1>"),
        &["articles/a.md:6:1: heading-order the page has a heading of level 1 already: its title"],
    );
}

#[test]
fn a_page_of_the_theme_has_one_title_and_leaves_no_level_out() {
    check(
        &article("<h4>x</h4>"),
        &["article.html:3:1: heading-order `<h4>` stands under `<h1>`: on `bai-viet/a.html`, … (+1)"],
    );
    check(
        &themed("years.html", "<h2>x</h2>"),
        &["years.html:1:1: heading-order the page has no heading of level 1: `nam.html`"],
    );
    check(
        &themed("years.html", "<h3>x</h3><h1>x</h1><h1>x</h1>"),
        &[
            "years.html:1:1: heading-order the page has several headings of level 1: `nam.html`",
            "years.html:1:1: heading-order `<h3>` stands before the heading of level 1: on `nam.html`",
        ],
    );
}

// ---- Pictures ----

#[test]
fn a_picture_without_words_is_told_where_it_stands() {
    check(
        &body("![](media/a.png)\n\n<img src=\"media/a.png\" alt=\"\"> <img src=\"media/a.png\">")
            .file("content/media/a.png", "x"),
        // The first is told by `document`, the second is said to be an ornament.
        &["articles/a.md:8:32: missing-alt the image has no alternative text"],
    );
    check(
        &article("<img src=\"{{ page.root }}media/a.png\"><svg role=\"img\"></svg><img src=\"{{ page.root }}media/a.png\" alt=\"\">")
            .file("content/media/a.png", "x"),
        &[
            "article.html:3:26: missing-alt a picture has no alternative text: on `bai-viet/a.html`, … (+1)",
            "article.html:3:39: missing-alt a picture has no alternative text: on `bai-viet/a.html`, … (+1)",
        ],
    );
}

#[test]
fn a_photo_has_a_caption_or_an_alternative_text() {
    let photos =
        "photos: [{file: media/a 1.png}, {file: media/a 1.png, caption: x}, {file: media/a 1.png, alt: x}]";
    let site = |more: &str| {
        Site::new().article("a", &format!("{photos}\n{more}")).file("content/media/a 1.png", "x")
    };
    check(&site(""), &["articles/a.md:3:17: missing-alt the photo has neither caption nor alternative text"]);
    check(&site("accepted: {missing-alt: không rõ}"), &[]);
}

// ---- All of it ----

#[test]
fn everything_is_found_in_one_run_and_no_message_twice() {
    let site = article(
        "<a href=\"{{ page.root }}x.html\">x</a> <a href=\"/van-ban.html\">x</a> <a href=\"../../van-ban.html\">x</a>\n\
         <a href=\"#y\">x</a> <h4>x</h4> <img src=\"https://b.vn/a.png\">",
    );
    let site = site.article_with("c", "", "[x](bai-viet/b.html#y)\n\n#### Một\n");
    let codes: Vec<String> =
        site.proofread().iter().map(|line| line.split(' ').nth(1).unwrap_or("").to_owned()).collect();
    assert_eq!(
        codes,
        [
            "missing-anchor",
            "dead-link",
            "fragile-link",
            "fragile-link",
            "missing-anchor",
            "heading-order",
            "foreign-resource",
            "missing-alt",
        ]
    );
}

#[test]
fn every_template_that_cannot_be_rendered_is_told_and_the_rest_is_read() {
    let site = themed("article.html", "{{ view.khong_co }}")
        .file("themes/t/templates/years.html", "{{ view.khong_co }}")
        .file(
            "themes/t/templates/units.html",
            "<h1>x</h1><a href=\"bai-viet/a.html#x\">x</a><a href=\"x\">x</a>",
        );
    let found = site.proofread();
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found[0].contains("theme") && found[0].contains("article.html"), "{found:?}");
    assert!(found[1].contains("theme") && found[1].contains("years.html"), "{found:?}");
    // What ids an article has nobody can tell.
    assert!(found[2].contains("dead-link `x`"), "{found:?}");
}

#[test]
fn the_sample_and_the_archive_of_the_repository_have_nothing_wrong() {
    // The sample links to a place that its page has not, and begins below its title's level.
    let found = Site::sample().proofread();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("missing-anchor `trang/gioi-thieu.html#x`"), "{found:?}");
    let found = Site::sample().base_url("https://luu.example/kho/").proofread();
    assert_eq!(found.len(), 1, "{found:#?}");
    let mut site = Site::new();
    for (path, bytes) in tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")) {
        site = site.file(&format!("content/{path}"), bytes);
    }
    check(&site, &[]);
    check(&site.base_url("https://luu.example/kho/"), &[]);
}

#[test]
fn the_order_of_files_and_the_number_of_threads_change_nothing() {
    let site =
        article("<a href=\"{{ page.root }}x/{{ view.id }}\">x</a> <a href=\"#y\">x</a>").many("c", 40, "");
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let one = pool(1).install(|| site.proofread());
    assert_eq!(one.len(), 2);
    assert_eq!(pool(3).install(|| site.clone().reversed().proofread()), one);
}
