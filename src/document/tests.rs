//! Tests of parsing one file.

use super::{Body, Checked, Document, Front, RefKind, parse};
use crate::source::{Kind, Source};

fn source(kind: Kind, path: &str, text: &str) -> Source {
    Source { path: path.into(), kind, text: text.to_owned() }
}

fn article(text: &str) -> Checked<Document> {
    parse(&source(Kind::Article, "content/articles/a.md", text))
}

fn filled(body: &Body) -> String {
    body.html(|index| format!("<{}>", body.refs[index].target).into())
}

#[track_caller]
fn html(body: &str, expect: &str) {
    let checked = article(&format!("---\ntitle: T\n---\n{body}"));
    let codes: Vec<_> = checked.diagnostics.iter().map(|d| d.code.name()).collect();
    assert_eq!(codes, Vec::<&str>::new());
    assert_eq!(filled(&checked.value.body).trim_end(), expect);
}

#[track_caller]
fn codes(text: &str) -> Vec<(&'static str, String)> {
    article(text)
        .diagnostics
        .iter()
        .map(|d| (d.code.name(), text[d.span.start as usize..d.span.end as usize].to_owned()))
        .collect()
}

#[test]
fn links_into_the_archive_are_holes() {
    html(
        "Theo [[01-KL/TW]] và [[Quận ủy Quận 11|đây]].",
        "<p>Theo <a href=\"<01-KL/TW>\">01-KL/TW</a> và <a href=\"<Quận ủy Quận 11>\">đây</a>.</p>",
    );
    html("![ảnh](/media/a.jpg)", "<p><img src=\"<media/a.jpg>\" alt=\"ảnh\" /></p>");
    html("[x](../trang/y.html)", "<p><a href=\"<trang/y.html>\">x</a></p>");
    html("[x](https://a.vn) `[[mã]]`", "<p><a href=\"https://a.vn\">x</a> <code>[[mã]]</code></p>");
    html("chữ =\"luutru:0\" trơn", "<p>chữ =&quot;luutru:0&quot; trơn</p>");
}

#[test]
fn a_link_is_reported_where_it_stands() {
    let text = "---\ntitle: T\n---\n\nĐề đạt\ntheo [[99-CT/TU|x]].\n";
    let body = article(text).value.body;
    let span = body.refs[0].span;
    assert_eq!(&text[span.start as usize..span.end as usize], "99-CT/TU");
    assert_eq!(body.refs[0].kind, RefKind::Name);
}

#[test]
fn the_title_of_the_page_stays_its_only_first_heading() {
    html("# Một\n\n## Hai", "<h2>Một</h2>\n<h3>Hai</h3>");
    html("## Hai", "<h2>Hai</h2>");
}

#[test]
fn scripts_never_pass_and_their_removal_is_said() {
    let checked = article("---\ntitle: T\n---\nA <b onclick=\"x()\">b</b> <script>alert(1)</script>\n");
    let html = filled(&checked.value.body);
    assert!(!html.contains("script") && !html.contains("onclick") && html.contains("<b>b</b>"), "{html}");
    let codes: Vec<_> = checked.diagnostics.iter().map(|d| d.code.name()).collect();
    assert_eq!(codes, ["removed-html", "removed-html"]);
}

#[test]
fn raw_html_keeps_its_links_within_the_archive() {
    let checked = article("---\ntitle: T\n---\n<img src=\"media/a.jpg\" alt=\"x\"> [[A]]\n");
    let html = filled(&checked.value.body);
    assert!(html.contains("src=\"<media/a.jpg>\"") && html.contains("href=\"<A>\""), "{html}");
    assert_eq!(checked.diagnostics, []);
}

#[test]
fn a_placeholder_is_never_an_authors() {
    let checked = article("---\ntitle: T\n---\n[[A]] <a href=\"luutru:0\">y</a>\n");
    assert!(filled(&checked.value.body).contains("<a>y</a>"), "{}", filled(&checked.value.body));
    assert_eq!(checked.diagnostics.iter().map(|d| d.code.name()).collect::<Vec<_>>(), ["removed-html"]);
}

#[test]
fn links_without_an_end_or_words_are_reported() {
    for body in [
        "theo [[01-KL/TW].",
        "theo [[01-KL/TW",
        "[[A|]]",
        "| [[A|b]] | c |\n|---|---|---|\n",
        "<div>[[A]]</div>",
    ] {
        let text = format!("---\ntitle: T\n---\n{body}\n");
        assert_eq!(codes(&text).first().map(|c| c.0), Some("broken-link"), "{body}");
    }
    html("`[[A`", "<p><code>[[A</code></p>");
}

#[test]
fn only_web_and_mail_links_lead_outside() {
    for url in [
        "javascript:alert(1)",
        "data:text/html,x",
        "JAVASCRIPT:x",
        "//evil.example/x",
        "luutru:0",
        "vbscript:x",
    ] {
        let text = format!("---\ntitle: T\n---\n[x]({url})\n");
        assert_eq!(codes(&text).first().map(|c| c.0), Some("bad-url"), "{url}");
    }
    assert_eq!(codes("---\ntitle: T\nurl: javascript:x\n---\n"), [("bad-url", "javascript:x".to_owned())]);
}

#[test]
fn nothing_is_loaded_from_another_host() {
    assert_eq!(codes("---\ntitle: T\n---\n![x](https://a.vn/b.png)\n"), [("bad-url", String::new())]);
    let checked = article("---\ntitle: T\n---\n<img src=\"https://a.vn/b.png\" alt=\"x\">\n");
    assert!(!filled(&checked.value.body).contains("a.vn"));
    assert_eq!(checked.diagnostics.iter().map(|d| d.code.name()).collect::<Vec<_>>(), ["removed-html"]);
}

#[test]
fn every_mistake_of_a_front_matter_is_reported_where_it_stands() {
    let text = "---\ntitel: x\ndate: 30/2/2022\nevents:\n  - {id: a, dat: 2022}\ncommended: 3\n---\n";
    assert_eq!(
        codes(text),
        [
            ("impossible-date", "30/2/2022".to_owned()),
            ("unknown-key", "dat".to_owned()),
            ("unknown-key", "titel".to_owned()),
            ("unknown-key", "commended".to_owned()),
        ]
    );
}

#[test]
fn a_file_without_sound_front_matter_is_broken_once() {
    assert_eq!(codes("Chào\n"), [("missing-front-matter", String::new())]);
    assert_eq!(codes("---\ntitle: x\n"), [("unclosed-front-matter", String::new())]);
    let text = "---\nname: A: B\n---\n";
    let checked = parse(&source(Kind::Unit, "content/units/a.md", text));
    assert_eq!(checked.diagnostics.len(), 1);
    let Front::Broken(Kind::Unit, names) = checked.value.front else { panic!("broken") };
    assert_eq!(names, ["A: B".into()]);
}

#[test]
fn ids_come_from_the_file_and_reserved_ones_are_refused() {
    let id = |path: &str, text: &str| {
        let checked = parse(&source(Kind::Article, path, text));
        (checked.value.id.to_string(), checked.diagnostics.iter().map(|d| d.code.name()).collect::<Vec<_>>())
    };
    let sound = "---\ntitle: T\n---\n";
    assert_eq!(id("content/articles/2023/Đại hội.md", sound), ("dai-hoi".to_owned(), vec![]));
    assert_eq!(id("content/articles/trang-2.md", sound), ("trang-2".to_owned(), vec!["bad-id"]));
    assert_eq!(id("content/articles/CON.md", sound), ("con".to_owned(), vec!["bad-id"]));
    assert_eq!(id("content/articles/….md", sound), (String::new(), vec!["bad-id"]));
    assert_eq!(id("content/articles/a.md", "---\ntitle: T\nid: A B\n---\n").1, ["bad-id"]);
}

#[test]
fn commendations_and_dates_are_read_in_every_form() {
    let text = "---\ntitle: T\nevent:\n  date: {value: 2024-05-17, inferred: ba năm, written: Ngày 17/5}\n  \
                host: A\n  commended:\n    - {collectives: 691, individuals: 1.780, scope: period, approximate: true}\n    \
                - {prizes: 16, recipients: [Bà B, {unit: C, for: x}]}\n---\n";
    let checked = article(text);
    assert_eq!(checked.diagnostics, []);
    let Front::Article(article) = checked.value.front else { panic!("an article") };
    let event = &article.events[0];
    assert_eq!(event.date.as_ref().unwrap().written.as_deref(), Some("Ngày 17/5"));
    assert_eq!((event.commended[0].individuals, event.commended[0].over_period), (Some(1780), true));
    assert_eq!((event.commended[1].prizes, event.commended[1].recipients.len()), (Some(16), 2));
}
