//! Tests of parsing one file.

use super::{Body, Checked, Document, Front, Mentions, RefKind, Shown, mentions_of, parse};
use crate::mention::OwnNames;
use crate::source::{Kind, Source};

fn source(kind: Kind, path: &str, text: &str) -> Source {
    Source { path: path.into(), kind, text: text.to_owned() }
}

fn article(text: &str) -> Checked<Document> {
    parse(&source(Kind::Article, "content/articles/a.md", text), find())
}

fn filled(body: &Body) -> String {
    body.html(|index| format!("<{}>", body.refs[index].target).into(), |_| Shown::Words)
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
    let checked = parse(&source(Kind::Unit, "content/units/a.md", text), find());
    assert_eq!(checked.diagnostics.len(), 1);
    let Front::Broken(Kind::Unit, names) = checked.value.front else { panic!("broken") };
    assert_eq!(names, ["A: B".into()]);
}

#[test]
fn ids_come_from_the_file_and_reserved_ones_are_refused() {
    let id = |path: &str, text: &str| {
        let checked = parse(&source(Kind::Article, path, text), find());
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

// ---- Mentions ----

/// The body with every mention that may be linked in brackets, the anchors as they are.
fn shown(body: &Body) -> String {
    let show = |index: usize| match body.mentions[index].may_link() {
        true => Shown::Link("<a>".to_owned()),
        false => Shown::Anchor,
    };
    body.html(|index| format!("<{}>", body.refs[index].target).into(), show).trim_end().to_owned()
}

/// Checks the HTML, and that each mention's span in the source and its words in the text of
/// its block are numbers.
#[track_caller]
fn linked(body: &str, expect: &str) {
    let text = format!("---\ntitle: T\n---\n{body}");
    let parsed = article(&text).value.body;
    assert_eq!(shown(&parsed), expect);
    for (index, found) in parsed.mentions.iter().enumerate() {
        let words = &parsed.text(found.block)[found.mention.start as usize..found.mention.end as usize];
        let source = &text[found.span.start as usize..found.span.end as usize];
        assert!(words.starts_with("0"), "{words}");
        assert!(source.starts_with('0') && source.ends_with(['W', 'U', ';']), "{source}");
        assert!(parsed.sentence(index).contains(words), "{}", parsed.sentence(index));
    }
}

#[test]
fn mentions_are_linked_and_their_blocks_have_anchors() {
    linked("Theo 01-KL/TW đó", "<p id=\"doan-1\">Theo <a>01-KL/TW</a> đó</p>");
    linked(
        "Một\n\n# Theo 01-KL/TW\n\nBa",
        "<p>Một</p>\n<h2 id=\"doan-2\">Theo <a>01-KL/TW</a></h2>\n<p>Ba</p>",
    );
    linked(
        "> Đề\n> đạt 01-KL/TW và\n> 05-CT/TW",
        "<blockquote>\n<p id=\"doan-1\">Đề\nđạt <a>01-KL/TW</a> và\n<a>05-CT/TW</a></p>\n</blockquote>",
    );
    linked(
        "| a | b |\n|---|:-:|\n| x | 01-KL/TW |",
        "<div class=\"wide\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<th>a</th>\n<th class=\"center\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>x</td>\n\
         <td class=\"center\" id=\"doan-4\"><a>01-KL/TW</a></td>\n</tr>\n</tbody>\n</table>\n</div>",
    );
}

#[test]
fn a_cell_of_raw_html_has_one_class_attribute() {
    let raw = "<table><tr><td align=\"left\" class=\"x\">a</td></tr></table>\n\n| a |\n|--:|\n| x |\n";
    let html = article(&format!("---\ntitle: T\n---\n{raw}")).value.body.html;
    assert!(html.contains("<td class=\"left x\">a</td>"), "{html}");
}

#[test]
fn a_table_scrolls_by_keyboard_beside_raw_html_too() {
    let table = "| a |\n|--:|\n| x |\n";
    for raw in ["", "<span>b</span>\n"] {
        let html = article(&format!("---\ntitle: T\n---\n{raw}\n{table}")).value.body.html;
        let framed =
            "<div class=\"wide\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<th class=\"right\">a</th>";
        assert!(html.contains(framed) && html.contains("</table>\n</div>"), "{html}");
    }
}

#[test]
fn a_block_without_an_element_of_its_own_has_an_anchor_all_the_same() {
    linked(
        "- 01-KL/TW\n  - 05-CT/TW",
        "<ul>\n<li id=\"doan-1\"><a>01-KL/TW</a>\n<ul>\n<li id=\"doan-2\"><a>05-CT/TW</a></li>\n</ul>\n</li>\n</ul>",
    );
    linked(
        "- > a\n\n  01-KL/TW\n- b",
        "<ul>\n<li>\n<blockquote>\n<p>a</p>\n</blockquote>\n<p id=\"doan-2\"><a>01-KL/TW</a></p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>",
    );
}

#[test]
fn a_mention_across_markup_is_linked_only_if_it_wraps_whole_nodes() {
    linked("**01-KL/TW**", "<p id=\"doan-1\"><strong><a>01-KL/TW</a></strong></p>");
    linked("*01*-KL/TW", "<p id=\"doan-1\"><a><em>01</em>-KL/TW</a></p>");
    linked("01-**KL/TW** x", "<p id=\"doan-1\"><a>01-<strong>KL/TW</strong></a> x</p>");
    linked("x **01-*KL*/TW**", "<p id=\"doan-1\">x <strong><a>01-<em>KL</em>/TW</a></strong></p>");
    linked("**x 01-KL**/TW", "<p id=\"doan-1\"><strong>x 01-KL</strong>/TW</p>");
    linked("01-~~KL/TW x~~", "<p id=\"doan-1\">01-<del>KL/TW x</del></p>");
}

#[test]
fn a_mention_in_a_link_or_in_code_is_no_link() {
    linked("[01-KL/TW](https://a.vn)", "<p id=\"doan-1\"><a href=\"https://a.vn\">01-KL/TW</a></p>");
    linked(
        "[[A|01-KL/TW]] và 05-CT/TW",
        "<p id=\"doan-1\"><a href=\"<A>\">01-KL/TW</a> và <a>05-CT/TW</a></p>",
    );
    linked("`01-KL/TW`", "<p id=\"doan-1\"><code>01-KL/TW</code></p>");
    linked("01-[KL/TW](https://a.vn)", "<p id=\"doan-1\">01-<a href=\"https://a.vn\">KL/TW</a></p>");
    linked("```\n01-KL/TW\n```", "<pre><code>01-KL/TW\n</code></pre>");
}

#[test]
fn escapes_and_entities_are_seen_through() {
    linked("01\\-KL/TW &amp; 05&#45;CT/TW ;", "<p id=\"doan-1\"><a>01-KL/TW</a> &amp; <a>05-CT/TW</a> ;</p>");
    linked(
        "\\* &lt;b&gt; \\\\ &nbsp;01-KL/T&#87;",
        "<p id=\"doan-1\">* &lt;b&gt; \\ \u{a0}<a>01-KL/TW</a></p>",
    );
    linked(
        "&amp;amp; &copy; &khong; 01-KL/TW",
        "<p id=\"doan-1\">&amp;amp; © &amp;khong; <a>01-KL/TW</a></p>",
    );
}

#[test]
fn mentions_and_footnotes_go_together() {
    let text = "---\ntitle: T\n---\nTheo 01-KL/TW[^1] x.\n\n[^1]: Xem 05-CT/TW\n";
    let body = article(text).value.body;
    let html = shown(&body);
    assert!(html.contains("Theo <a>01-KL/TW</a><sup"), "{html}");
    assert!(html.contains("<p id=\"doan-2\">Xem <a>05-CT/TW</a> <a href"), "{html}");
    assert_eq!(body.sentence(0), "Theo 01-KL/TW x.");
    assert_eq!(body.sentence(1), "Xem 05-CT/TW");
}

#[test]
fn raw_html_keeps_mentions_apart_from_what_passes_ammonia() {
    // In a block without raw HTML of its own, links stand as ever.
    linked(
        "<div>x</div>\n\nTheo 01-KL/TW & [[A]]",
        "<div>x</div>\n<p id=\"doan-1\">Theo <a>01-KL/TW</a> &amp; <a href=\"<A>\">A</a></p>",
    );
    linked("Theo<br>01-KL/TW <b>x</b>", "<p id=\"doan-1\">Theo<br>01-KL/TW <b>x</b></p>");
    // What raw HTML opens and a block stands in would hold a link in a link.
    for open in ["<a href=\"https://a.vn\">", "<table><tr>", "<A\nHREF='https://a.vn'>"] {
        let text = format!("---\ntitle: T\n---\n{open}\n\nTheo 01-KL/TW\n\n</a>\n");
        let html = shown(&article(&text).value.body);
        assert_eq!(html.contains("<a>"), open == "<table><tr>", "{html}");
        assert!(!html.contains(['\u{fdd0}', '\u{fdd1}', '\u{fdd2}', '\u{fdd3}']), "{html}");
    }
}

#[test]
fn raw_html_cannot_take_the_anchor_of_a_block() {
    let checked = article("---\ntitle: T\n---\n<p id=\"doan-1\">x</p>\n\n<p id=\"doan-x\">y</p>\n");
    assert!(filled(&checked.value.body).starts_with("<p>x</p>\n<p id=\"doan-x\">y</p>"));
    assert_eq!(checked.diagnostics.iter().map(|d| d.code.name()).collect::<Vec<_>>(), ["removed-html"]);
}

#[test]
fn a_body_with_the_characters_used_inside_has_no_mentions() {
    for taken in ["\u{fdd0}", "&#xFDD1;", "&#x00fdd2;", "&#64979;", "[x](https://a.vn \"&#xfdd0;\")"] {
        let text = format!("---\ntitle: T\n---\n{taken} 01-KL/TW\n");
        assert_eq!(article(&text).value.body.mentions.len(), 0, "{taken}");
    }
    assert_eq!(article("---\ntitle: T\n---\n\u{fdd4} &#38; 01-KL/TW\n").value.body.mentions.len(), 1);
}

#[test]
fn sections_begin_at_headings_breaks_and_asterisks() {
    let body = "01-KL/TW\n\n## 01-KL/TW\n\n01-KL/TW\n\n***\n\n01-KL/TW\n\n* 01-KL/TW\n\n\\* 01-KL/TW\n\n# x\n\n01-KL/TW\n\n- 01-KL/TW\n";
    let parsed = article(&format!("---\ntitle: T\n---\n{body}")).value.body;
    let marks: Vec<_> = parsed
        .blocks
        .iter()
        .map(|block| (block.number, block.section, format!("{:?}", block.mark)))
        .collect();
    let expect = [
        (1, 0, "None"),
        (2, 1, "Heading"),
        (3, 1, "None"),
        (4, 2, "Break"),
        (5, 3, "Star"),
        (6, 4, "Star"),
        (8, 5, "None"),
        (9, 5, "None"),
    ];
    assert_eq!(marks, expect.map(|(number, section, mark)| (number, section, mark.to_owned())));
}

#[test]
fn mentions_are_looked_for_where_they_are_wanted() {
    let count = |front: &str, mentions| {
        let text = format!("---\n{front}\n---\n01-KL/TW\n");
        parse(&source(Kind::Article, "content/articles/a.md", &text), mentions).value.body.mentions.len()
    };
    assert_eq!(count("title: T", find()), 1);
    assert_eq!(count("title: T\nmentions: true", find()), 1);
    assert_eq!(count("title: T\nmentions: false", find()), 0);
    assert_eq!(count("title: T", Mentions::Skip), 0);
    assert_eq!(codes("---\ntitle: T\nmentions: 3\n---\n")[0].0, "wrong-type");
}

#[test]
fn a_file_is_read_as_it_is() {
    let spans = |path: &str, text: &str| -> Vec<String> {
        let document = mentions_of(&path.into(), text, &OwnNames::default());
        let spans = document.body.mentions.iter().map(|found| found.span);
        spans.map(|span| text[span.start as usize..span.end as usize].to_owned()).collect()
    };
    let decomposed = "Thu\u{309} 01-KL/TW Đa\u{309}ng 05-CT/TW";
    assert_eq!(spans("a.md", decomposed), ["01-KL/TW", "05-CT/TW"]);
    assert_eq!(
        spans("a.txt", &format!("* 1\n---\n{decomposed}\r\n> 02-KL/TW")),
        ["01-KL/TW", "05-CT/TW", "02-KL/TW"]
    );
    assert_eq!(spans("a.md", &format!("---\ntitle: T\u{309}\n---\n{decomposed}")), ["01-KL/TW", "05-CT/TW"]);
    assert_eq!(spans("a.md", "---\ntitle: x: y\nkhông đóng 01-KL/TW"), ["01-KL/TW"]);
}

proptest::proptest! {
    /// Law: whatever links stand in a text, taking the links out gives the HTML without them.
    #[test]
    fn links_change_nothing_but_themselves(pieces in proptest::collection::vec(0usize..PIECES.len(), 0..24)) {
        let body: String = pieces.iter().map(|&piece| PIECES[piece]).collect();
        let text = format!("---\ntitle: T\n---\n{body}");
        let parsed = article(&text).value.body;
        let without = filled(&parsed);
        let skipped = parse(&source(Kind::Article, "content/articles/a.md", &text), Mentions::Skip).value.body;
        proptest::prop_assert_eq!(&without, &filled(&skipped));
        let mut stripped = shown(&parsed).replace("<a>", "").replace("<span id=\"doan-", "<!");
        for number in (1..40).rev() {
            stripped = stripped.replace(&format!(" id=\"doan-{number}\""), "").replace(&format!("<!{number}\"></span>"), "");
        }
        // An empty raw link is the only other `<a>`.
        proptest::prop_assert_eq!(stripped.replace("</a>", ""), without.trim_end().replace("<a>", "").replace("</a>", ""));
        for found in &parsed.mentions {
            let (block, mention) = (parsed.text(found.block), &found.mention);
            proptest::prop_assert!(block.get(mention.start as usize..mention.end as usize).is_some_and(|words| words.contains("KL")));
            // Behind a link name with a line break in it, comrak counts lines wrongly.
            let counts = !body.contains("[[");
            proptest::prop_assert!(!counts || text[found.span.start as usize..found.span.end as usize].contains("KL"));
        }
    }
}

/// What comrak has to cut a mention by.
const PIECES: [&str; 24] = [
    "01-KL/TW",
    " 01-KL/TW ",
    "01-",
    "KL/TW",
    "**",
    "*",
    "~~",
    "`",
    " ",
    "\n",
    "\n\n",
    "- ",
    "> ",
    "# ",
    "[",
    "](u)",
    "[[",
    "]]",
    "&amp;",
    "\\",
    "<b>",
    "</b>",
    "| ",
    "|-|\n",
];

#[test]
fn a_line_may_end_in_a_carriage_return() {
    for text in ["Một\rhai\r\rHuyện ủy Mỹ Xuyên", "Một\r\nhai\r\n\r\nHuyện ủy Mỹ Xuyên"] {
        let document = mentions_of(&"a.md".into(), text, &OwnNames::default());
        let span = document.body.mentions[0].span;
        assert_eq!(&text[span.start as usize..span.end as usize], "Huyện ủy Mỹ Xuyên", "{text:?}");
    }
}

/// To find mentions, of no record of the site's own.
fn find() -> Mentions<'static> {
    static NONE: std::sync::LazyLock<OwnNames> = std::sync::LazyLock::new(OwnNames::default);
    Mentions::Find(&NONE, super::Keep::Mentions)
}
