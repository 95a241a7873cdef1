//! The page of an article: what tells it apart, how it is cited, who stands beside it, how large
//! its pictures are, and how many bytes it takes.

use std::fmt::Write;

use super::fixture::{Built, Site, attribute, tags};

const A: &str = "bai-viet/a.html";

/// A GIF without a picture in it; sides up to 127.
fn gif(width: u8, height: u8) -> Vec<u8> {
    [b"GIF89a".as_slice(), &[width, 0, height, 0, 0, 0, 0, b';']].concat()
}

/// The pictures of a page as `file width×height`, lazy ones with `lazy` behind.
fn pictures(built: &Built, url: &str) -> Vec<String> {
    let page = built.page(url);
    let of = |tag: &str| {
        let value = |name| attribute(tag, name);
        let mut shown = value("src").unwrap_or_default().replace("../", "");
        if let (Some(width), Some(height)) = (value("width"), value("height")) {
            let _ = write!(shown, " {width}×{height}");
        }
        let names = ["src", "alt", "width", "height", "loading", "decoding"];
        let twice = names.iter().any(|name| tag.matches(&format!(" {name}=\"")).count() > 1);
        assert!(!twice, "{tag}");
        if value("loading").as_deref() == Some("lazy") && value("decoding").as_deref() == Some("async") {
            shown += " lazy";
        }
        shown
    };
    tags(&page).filter(|tag| tag.starts_with("img ")).map(of).collect()
}

// ---- What it is and when ----

#[test]
fn what_stands_before_the_title_is_the_section_or_a_place() {
    let event = "localities: [Cần Thơ]\nevent: {host: Huyện ủy Mỹ Xuyên}";
    for (front, kicker) in [
        (format!("section: Chính trị\n{event}"), "Chính trị Bài a"),
        (event.to_owned(), "Huyện Mỹ Xuyên, Tỉnh Sóc Trăng Bài a"),
        ("localities: [Cần Thơ]".to_owned(), "Trang chủ Thành phố Cần Thơ Bài a"),
        (String::new(), "Trang chủ Bài a"),
    ] {
        let text = Site::new().article("a", &front).build().clean().text(A);
        assert!(text.contains(kicker), "{kicker}: {text}");
    }
}

#[test]
fn days_of_events_stand_below_the_title_each_once_and_lead_to_why_they_are_thought_so() {
    let front = "date: 2024-05-20\nevents:\n\
                 \x20 - {id: mot, date: {value: 2024-05-15, inferred: \"ba năm\"}, host: Huyện ủy Mỹ Xuyên}\n\
                 \x20 - {id: hai, date: 2024-05-16, host: Huyện ủy Kế Sách}\n\
                 \x20 - {id: ba, date: 2024-05-16, host: Huyện ủy Trần Đề}\n\
                 \x20 - {id: bon, host: Huyện ủy Trần Đề}";
    let built = Site::new().settings("place: Sóc Trăng").article("a", front).build().clean();
    let text = built.text(A);
    assert!(text.contains("20/05/2024 Sự kiện: [15/05/2024] (suy ra), 16/05/2024 Nội dung."), "{text}");
    assert_eq!(built.facts(A, "Thời gian")[0], "[15/05/2024] (suy ra từ: ba năm)");
    assert!(
        built
            .page(A)
            .contains("<a href=\"#mot\"><time datetime=\"2024-05-15\">[15/05/2024]</time> (suy ra)</a>")
    );
}

#[test]
fn an_article_of_many_events_tells_four_of_their_days() {
    let events: String = (1..=7)
        .map(|day| format!("\n  - {{id: e{day}, date: 2024-05-0{day}, host: Tỉnh ủy Sóc Trăng}}"))
        .collect();
    let text = Site::new().article("a", &format!("events:{events}")).build().clean().text(A);
    assert!(text.contains("03/05/2024, 04/05/2024 và 3 ngày khác"), "{text}");
}

// ---- Events ----

#[test]
fn another_account_of_an_event_says_in_words_what_it_tells_otherwise() {
    let site = |theirs: &str| {
        let event = "date: 2024-05-15, host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 12, individuals: 30, \
                     total: 42}, {collectives: 160, scope: period}]";
        Site::new()
            .article("a", &format!("event: {{{event}}}"))
            .article("b", &format!("event: {{same_as: a, {theirs}}}"))
            .build()
            .fact(A, "Các bài khác về cùng sự kiện")
    };
    let told = site(
        "date: 2024-05-14, commended: [{collectives: 11, total: 41}, {collectives: 160, scope: period}]",
    );
    assert!(
        told.starts_with(
            "Bài b 14/05/2024 · ngày khác · số liệu khác: 11 tập thể (ở trên 12); không nêu cá nhân (ở trên 30); tổng số 41 (ở trên 42)"
        ),
        "{told}"
    );
    let told =
        site("commended: [{collectives: 12, individuals: 30, total: 42}, {collectives: 160, scope: period}]");
    assert_eq!(told, "Bài b Không rõ ngày · cùng số liệu");
    // Of other commendations there is nothing to compare figure by figure.
    let told = site("commended: [{collectives: 12}]");
    assert!(told.contains("· số liệu khác 12 tập thể"), "{told}");
}

#[test]
fn a_commendation_says_whether_it_is_of_the_event_or_of_a_period() {
    let front = "event: {host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 2, total: 3}, \
                 {collectives: 5, scope: period, period: 3 năm}]}\naccepted: {sum-mismatch: báo in 3}";
    let built = Site::new().article("a", front).build().clean();
    assert_eq!(
        built.fact(A, "Được khen"),
        "2 tập thể (báo in 3; cộng lại 2) (tại sự kiện) \
         5 tập thể (thời kỳ: 3 năm; số liệu của cả thời kỳ, không cộng vào tổng)"
    );
}

#[test]
fn what_an_event_shows_is_not_told_again() {
    let front = "units: [Huyện ủy Mỹ Xuyên, Huyện ủy Kế Sách]\ndirectives: [01-KL/TW, 21-NQ/TW]\n\
                 event: {host: Huyện ủy Mỹ Xuyên, directives: [01-KL/TW]}";
    let site = Site::new()
        .settings("place: Sóc Trăng")
        .record("directives/kl", "number: 01-KL/TW")
        .record("directives/nq", "number: 21-NQ/TW")
        .article("a", front);
    let more = site.build().clean().section(A, "Bài còn nói về");
    assert!(more.starts_with("Đơn vị Huyện ủy Kế Sách Văn bản 21-NQ/TW Địa phương Huyện Kế Sách"), "{more}");
    let alone = Site::new().article("a", "units: [Tỉnh ủy Sóc Trăng]").build().clean();
    assert!(alone.section(A, "Bài viết nói về").starts_with("Đơn vị Tỉnh ủy Sóc Trăng"));
}

// ---- Links ----

#[test]
fn what_the_machine_recognised_is_told_in_words_too() {
    let body = "Theo [[01-KL/TW]], 01-KL/TW và 749/QĐ-TTg ngày 03/6/2020.\n\nNhư 749/QĐ-TTg ngày 03/6/2020 ở tỉnh Sóc Trăng.";
    let site = Site::new().record("directives/kl", "number: 01-KL/TW\nkind: Kết luận");
    let text = site.article_with("a", "date: 2024", body).build().clean().text(A);
    let told = "Máy nhận ra: Kết luận số 01-KL/TW; Quyết định số 749/QĐ-TTg năm 2020; Tỉnh Sóc Trăng.";
    assert!(text.contains(told), "{text}");
    let none = Site::new().article_with("a", "mentions: false", body.replace("[[01-KL/TW]], ", "").as_str());
    assert!(!none.build().clean().text(A).contains("Máy nhận ra"));
}

// ---- Beside it ----

#[test]
fn the_articles_before_and_after_stand_in_the_lists_they_share() {
    let front = |day: &str, more: &str| format!("date: 2024-05-{day}\ndirectives: [01-KL/TW]\n{more}");
    let site = Site::new()
        .record("directives/kl", "number: 01-KL/TW")
        .record("directives/ct", "number: 05-CT/TW")
        .article("a", &front("10", "units: [Tỉnh ủy Sóc Trăng]\nevent: {host: Tỉnh ủy Bình Định}"))
        .article("dau", &front("09", ""))
        .article("truoc", &front("09", ""))
        .article("don-vi", "date: 2024-05-11\nunits: [Tỉnh ủy Sóc Trăng]")
        .article("sau", &front("12", "event: {host: Tỉnh ủy Bình Định}"))
        .article("khong-ngay", "directives: [01-KL/TW]");
    let built = site.build().clean();
    let nearby = |url: &str| {
        let page = built.page(url);
        let nav = page.split("<nav class=\"nearby\"").nth(1)?.split("</nav>").next()?.to_owned();
        Some(super::fixture::text_of(&nav[nav.find('>')? + 1..]))
    };
    assert_eq!(
        nearby(A).as_deref(),
        Some(
            "Trong 01-KL/TW ← Bài truoc 09/05/2024 Bài sau → 12/05/2024 \
             Trong Tỉnh ủy Bình Định Bài sau → 12/05/2024"
        )
    );
    // The oldest that is dated follows no undated one, and that one stands nowhere in time.
    assert_eq!(nearby("bai-viet/dau.html").as_deref(), Some("Trong 01-KL/TW Bài truoc → 09/05/2024"));
    assert_eq!(nearby("bai-viet/khong-ngay.html"), None);
    assert_eq!(
        nearby("bai-viet/sau.html").as_deref(),
        Some("Trong 01-KL/TW, Tỉnh ủy Bình Định ← Bài a 10/05/2024")
    );
}

#[test]
fn reasons_are_said_in_words_the_weightiest_first_and_not_more_than_two_names() {
    let front =
        "date: 2024-05-10\ndirectives: [01-KL/TW, 05-CT/TW]\nunits: [Tỉnh ủy Sóc Trăng, Tỉnh ủy Bình Định]";
    let site = Site::new()
        .record("directives/kl", "number: 01-KL/TW\nkind: Kết luận")
        .record("directives/ct", "number: 05-CT/TW")
        .article("a", front)
        .article("b", front);
    let related = site.build().clean().section(A, "Bài liên quan");
    assert!(
        related.starts_with(
            "Bài b 10/05/2024 · cùng Tỉnh ủy Sóc Trăng, cùng Tỉnh ủy Bình Định, cùng tháng và 4 điểm khác"
        ),
        "{related}"
    );
}

// ---- How to cite it ----

#[test]
fn an_article_is_cited_in_three_forms_and_tells_citation_managers() {
    let front = "date: 2024-05-15/2024-05-17\npublisher: Báo A & B\nbyline: \"Nguyễn Thị <H>\"\n\
                 url: https://a.example/x_1\nretrieved: 2026-11-01";
    let site = Site::new().record("publishers/a", "name: Báo A & B").article("a", front);
    let built = site.clone().base_url("https://luu.example/kho/").build().clean();
    let cited = built.section(A, "Cách trích dẫn");
    assert!(
        cited.starts_with(
            "Nguyễn Thị <H> (2024), “Bài a”, Báo A & B, ngày 15–17/05/2024, https://a.example/x_1. \
             Bản lưu: Kho thử, https://luu.example/kho/bai-viet/a.html."
        ),
        "{cited}"
    );
    let page = built.page(A);
    let blocks: Vec<String> = page
        .split("<pre>")
        .skip(1)
        .map(|block| block.split("</pre>").next().unwrap_or(""))
        .map(|block| block.replace("<code>", "").replace("</code>", ""))
        .map(|block| super::fixture::decode(&block))
        .collect();
    let [bibtex, csl] = blocks.as_slice() else { panic!("{blocks:?}") };
    assert!(bibtex.starts_with("@article{a,\n  author = {{Nguyễn Thị <H>}},"), "{bibtex}");
    assert!(bibtex.contains("journal = {Báo A \\& B}"), "{bibtex}");
    assert!(bibtex.contains("note = {Kho thử, https://luu.example/kho/bai-viet/a.html}"), "{bibtex}");
    let item: serde_json::Value = serde_json::from_str(csl).expect("CSL-JSON");
    assert_eq!(item[0]["issued"]["date-parts"], serde_json::json!([[2024, 5, 15], [2024, 5, 17]]));
    assert_eq!((&item[0]["language"], &item[0]["archive"]), (&"vi".into(), &"Kho thử".into()));
    let meta = |name: &str| {
        let mut tags = tags(&page).filter(|tag| attribute(tag, "name").as_deref() == Some(name));
        tags.next().and_then(|tag| attribute(tag, "content"))
    };
    for (name, content) in [
        ("citation_title", "Bài a"),
        ("citation_author", "Nguyễn Thị <H>"),
        ("citation_journal_title", "Báo A & B"),
        ("citation_publication_date", "2024/05/15"),
        ("description", "Nội dung."),
    ] {
        assert_eq!(meta(name).as_deref(), Some(content), "{name}");
    }
    let bare = Site::new().article("a", "").build().clean();
    let cited = bare.section(A, "Cách trích dẫn");
    assert!(cited.starts_with("“Bài a” (không rõ năm). Bản lưu: Kho thử, bai-viet/a.html."), "{cited}");
}

// ---- Pictures ----

#[test]
fn pictures_have_room_before_they_are_there() {
    let body =
        "![Một](media/mot.gif) [tệp](media/mot.gif)\n\n![Hỏng](media/hong.png)\n\n![Vẽ](../media/ve.svg)";
    let built = Site::new()
        .file("content/media/mot.gif", gif(40, 30))
        .file("content/media/2024/hai ảnh.gif", gif(60, 20))
        .file("content/media/hong.png", "no picture")
        .file("content/media/ve.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 7\"/>")
        .article_with(
            "a",
            "photos: [{file: media/2024/hai ảnh.gif, alt: Hai}, {file: media/hong.png, alt: Hỏng}, {caption: Ba}]",
            body,
        )
        .file("content/pages/trang.md", "---\ntitle: Trang\n---\n![Một](media/mot.gif)\n")
        .build()
        .clean();
    assert_eq!(
        pictures(&built, A),
        [
            "media/mot.gif 40×30 lazy",
            "media/hong.png lazy",
            "media/ve.svg 9×7 lazy",
            "media/2024/hai%20%E1%BA%A3nh.gif 60×20 lazy",
            "media/hong.png lazy",
        ]
    );
    assert!(built.page(A).contains("<a href=\"../media/mot.gif\">tệp</a>"));
    assert_eq!(pictures(&built, "trang/trang.html"), ["media/mot.gif 40×30 lazy"]);
}

#[test]
fn a_picture_in_raw_html_keeps_the_size_it_says() {
    let body = "<figure title=\"a > b\"><img width=\"8\" src=\"media/a.gif\" alt=\"Một\"></figure>\n\n\
                <img alt=\"x width=&quot;1&quot; > y\" src=\"media/a.gif\"> và <a href=\"media/a.gif\">tệp</a>\n\n![Hai](media/a.gif)";
    let built =
        Site::new().file("content/media/a.gif", gif(40, 30)).article_with("a", "", body).build().clean();
    let page = built.page(A);
    assert!(page.contains("<img width=\"8\" src=\"../media/a.gif\" loading=\"lazy\""), "{page}");
    let sized = page.matches("src=\"../media/a.gif\" width=\"40\" height=\"30\" loading=\"lazy\"").count();
    assert_eq!(sized, 2, "{page}");
    assert!(page.contains("<a href=\"../media/a.gif\">tệp</a>"), "{page}");
}

// ---- Bytes ----

/// What an article page may have beyond its text.
const MOST: usize = 16 << 10;

#[test]
fn a_rich_article_takes_no_more_than_16_kib_beyond_its_text() {
    let title = "Mỹ Xuyên và hai huyện bạn sơ kết ba năm thực hiện Kết luận 01, khen 42 gương";
    let numbers: Vec<String> = (1..=10).map(|number| format!("{number:02}-NQ/TW")).collect();
    let mut site = Site::new()
        .settings("place: Sóc Trăng")
        .record("publishers/bao", "name: Báo điện tử Sóc Trăng\nurl: https://baosoctrang.example/");
    for number in &numbers {
        let id = number.to_lowercase().replace('/', "-");
        site = site.record(
            &format!("directives/{id}"),
            &format!("number: {number}\nkind: Nghị quyết\ntitle: về {title}"),
        );
    }
    let directives = numbers.join(", ");
    let mut events = String::new();
    for (at, place) in ["Mỹ Xuyên", "Kế Sách", "Trần Đề"].iter().enumerate() {
        let (date, more) = match at {
            0 => (
                "{value: 2024-05-10, inferred: \"hội nghị sơ kết ba năm thực hiện Kết luận\", written: Ngày 10-5}",
                ", recipients: [{name: Bà Nguyễn Thị A, for: tiết kiệm}, {unit: Công an huyện Mỹ Xuyên}]}, \
                 {collectives: 160, individuals: 500, scope: period, period: 3 năm}",
            ),
            _ => ("2024-05-11", "}"),
        };
        let _ = write!(
            events,
            "\n  - {{id: su-kien-{at}, title: Sơ kết ba năm Kết luận số 01 ở {place}, date: {date}, host: Ban Thường vụ Huyện ủy \
             {place}, units: [UBND huyện {place}, Công an huyện {place}], directives: [01-NQ/TW, 02-NQ/TW], stage: sơ kết 3 năm, \
             commended: [{{collectives: 12, individuals: 30, total: 42, form: giấy khen, by: UBND huyện {place}{more}]}}"
        );
    }
    let front = format!(
        "date: 2024-05-18\nadded: 2026-11-20\npublisher: Báo điện tử Sóc Trăng\nbyline: Ngọc Hân, Trung Hiếu\nsection: Xây dựng Đảng\n\
         summary: {title}. {title}.\nurl: https://baosoctrang.example/chinh-tri/2024/05/my-xuyen-so-ket-ba-nam-12345.html\n\
         archived_url: https://web.archive.example/2026/https://baosoctrang.example/chinh-tri/2024/05/my-xuyen.html\n\
         retrieved: 2026-11-01\nunits: [Tỉnh ủy Sóc Trăng, Ban Tuyên giáo Tỉnh ủy Sóc Trăng]\ndirectives: [{directives}]\n\
         localities: [Sóc Trăng, \"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]\ntags: [thi đua, học Bác]\nrights: Báo Sóc Trăng\n\
         initiatives: [{{name: Mẹ đỡ đầu, unit: Hội Liên hiệp Phụ nữ huyện Mỹ Xuyên}}, {{name: Tủ quần áo 0 đồng}}]\n\
         photos: [{{caption: Toàn cảnh hội nghị, credit: Ngọc Hân}}, {{caption: Trao giấy khen, credit: Trung Hiếu}}]\n\
         corrections: [{{date: 2026-11-22, note: sửa con số}}]\n\
         raw: {{file: raw/001_d8495c836c9ab291.txt, sha256: {}}}\nevents:{events}",
        "d6a8a408".repeat(8)
    );
    let text = format!("title: {title}\n{front}");
    let body = "Theo các nghị quyết, huyện Mỹ Xuyên đã làm nhiều việc. ".repeat(40);
    site = site.file("content/articles/a.md", format!("---\n{text}\n---\n{body}\n"));
    for number in 1..=8 {
        let event = match number {
            1 => "event: {same_as: a#su-kien-1, commended: [{collectives: 11, individuals: 30}]}".to_owned(),
            _ => "localities: [\"Mỹ Xuyên, Sóc Trăng\"]".to_owned(),
        };
        let front = format!(
            "title: {title} ({number})\ndate: 2024-05-{:02}\npublisher: Báo điện tử Sóc Trăng\ndirectives: [{directives}]\n\
             units: [UBND huyện Mỹ Xuyên, Huyện ủy Mỹ Xuyên]\n{event}",
            14 + number
        );
        site =
            site.file(&format!("content/articles/b-{number}.md"), format!("---\n{front}\n---\nNội dung.\n"));
    }
    let built = site.base_url("https://luutru.soctrang.example/").build();
    assert!(built.report.is_some(), "{:#?}", built.found());
    let page = built.page(A);
    assert_eq!(built.section(A, "Bài liên quan").matches("cùng tháng").count(), 6);
    let body = page
        .split("<div class=\"text\">")
        .nth(1)
        .and_then(|rest| rest.split("</div>").next())
        .expect("a text");
    let beyond = page.len() - body.len();
    assert!(beyond <= MOST, "{beyond} bytes beyond the text");
    assert!(beyond > MOST / 2, "{beyond} bytes: the article is not rich");
}

#[test]
fn differing_figures_are_written_as_all_others() {
    let built = Site::new()
        .article(
            "a",
            "event: {id: s, date: 2024-05-16, host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 1.780}]}",
        )
        .article("b", "event: {id: s, same_as: a#s, commended: [{collectives: 2.015}]}")
        .build();
    let text = built.text("bai-viet/a.html");
    assert!(text.contains("2.015 tập thể (ở trên 1.780)"), "{text}");
}
