//! What the machine recognises in the text: links that are marked, lists of their own, pages
//! for documents that nobody has described; and what it leaves alone.

use super::fixture::{Built, Site};

/// The opening tags of the links that the machine made on a page.
fn marked(built: &Built, url: &str) -> Vec<String> {
    let page = built.page(url);
    page.match_indices("<a ")
        .filter_map(|(at, _)| page[at..].split('>').next())
        .filter(|tag| tag.contains(" data-mention"))
        .map(str::to_owned)
        .collect()
}

/// The addresses they lead to, as written.
fn marked_urls(built: &Built, url: &str) -> Vec<String> {
    let href = |tag: String| tag.split('"').nth(1).unwrap_or("").to_owned();
    marked(built, url).into_iter().map(href).collect()
}

fn site() -> Site {
    Site::new().record(
        "directives/01-kl-tw",
        "number: 01-KL/TW\nkind: Kết luận\nissuer: Bộ Chính trị\ndate: 2021-05-18\ntitle: về \"học\" & <làm>",
    )
}

/// One article with that text about those places.
fn about(places: &str, text: &str) -> Site {
    Site::new().article_with("a", &format!("localities: [{places}]"), text)
}

// ---- Links and lists ----

#[test]
fn a_mention_is_a_marked_link_with_the_full_name() {
    let built = site().article_with("a", "", "Đề đạt\n\nThực hiện 01-KL/TW ở cơ sở").build().clean();
    let page = built.page("bai-viet/a.html");
    let link = "<p id=\"doan-2\">Thực hiện <a href=\"../van-ban/01-kl-tw.html\" data-mention \
                title=\"Kết luận số 01-KL/TW về &quot;học&quot; &amp; &lt;làm&gt;\">01-KL/TW</a> ở cơ sở</p>";
    assert!(page.contains(link), "{page}");
    assert!(page.contains("<p>Đề đạt</p>"), "only blocks that are led to have an anchor");
    assert!(built.text("bai-viet/a.html").contains("Liên kết gạch chấm do máy nhận ra"));
}

#[test]
fn mentions_stand_apart_from_what_the_editor_declared() {
    let built = site()
        .article_with("a", "date: 2024-05-18", "Mở đầu.\n\nMột. Hội nghị thực hiện 01-KL/TW ở cơ sở. Ba.")
        .article("b", "directives: [01-KL/TW]")
        .build()
        .clean();
    let url = "van-ban/01-kl-tw.html";
    assert_eq!(built.section(url, "Bài viết"), "Bài b không rõ ngày");
    let mentioned = built.section(url, "Nhắc đến");
    assert!(mentioned.contains("Bài a 18/05/2024 Hội nghị thực hiện 01-KL/TW ở cơ sở."), "{mentioned}");
    assert!(!mentioned.contains("Một") && !mentioned.contains("Bài b"), "{mentioned}");
    assert!(built.page(url).contains("href=\"../bai-viet/a.html#doan-2\""), "{}", built.page(url));
    // On the article it is none of its subjects, and it makes no article related.
    assert!(!built.text("bai-viet/a.html").contains("Bài viết nói về"));
    assert!(!built.text("bai-viet/a.html").contains("Bài liên quan"));
    assert_eq!(built.prepared.archive.directive_lists[0].articles.len(), 1);
}

#[test]
fn an_article_that_declares_a_record_is_not_listed_twice() {
    let text = "Theo 01-KL/TW này, [[01-KL/TW]]";
    for (front, text) in [("directives: [01-KL/TW]", "Theo 01-KL/TW này"), ("", text)] {
        let built = site().article_with("a", front, text).build().clean();
        assert_eq!(built.try_section("van-ban/01-kl-tw.html", "Nhắc đến"), None);
        assert_eq!(marked_urls(&built, "bai-viet/a.html"), ["../van-ban/01-kl-tw.html"]);
    }
}

#[test]
fn of_each_record_the_first_mention_in_a_paragraph_is_a_link() {
    let text = "01-KL/TW và 1-KL/TW rồi 05-CT/TW\n\n01-KL/TW nữa";
    let built = site().article_with("a", "", text).build().clean();
    let urls = marked_urls(&built, "bai-viet/a.html");
    assert_eq!(urls, ["../van-ban/01-kl-tw.html", "../van-ban/05-ct-tw.html", "../van-ban/01-kl-tw.html"]);
    assert_eq!(built.prepared.archive.directive_mentions[0].len(), 1);
    // One that is in code or in a link is none, but the next one is.
    let built = site().article_with("a", "", "`01-KL/TW` và 01-KL/TW nữa").build().clean();
    assert!(built.page("bai-viet/a.html").contains("<code>01-KL/TW</code> và <a "));
}

#[test]
fn mentions_can_be_switched_off_for_an_article_and_for_the_site() {
    let text = "Theo 01-KL/TW và 05-CT/TW đó";
    let off = site().article_with("a", "mentions: false", text).article_with("b", "", text).build().clean();
    assert_eq!(marked(&off, "bai-viet/a.html"), Vec::<String>::new());
    assert_eq!(marked(&off, "bai-viet/b.html").len(), 2);
    assert_eq!(off.prepared.archive.directive_mentions[0].len(), 1);
    let off = site().settings("mentions: false").article_with("a", "mentions: true", text).build().clean();
    assert_eq!(marked(&off, "bai-viet/a.html"), Vec::<String>::new());
    assert!(!off.has("van-ban/05-ct-tw.html"));
    assert!(!off.page("bai-viet/a.html").contains("doan-"));
}

#[test]
fn of_an_article_whose_text_may_not_be_shown_only_the_title_is() {
    let built = site()
        .record("publishers/bao-a", "name: Báo A\nrights: summary")
        .article_with("a", "publisher: Báo A", "Câu kín thực hiện 01-KL/TW ở cơ sở.")
        .build()
        .clean();
    let page = built.page("van-ban/01-kl-tw.html");
    assert!(!page.contains("Câu kín") && page.contains("href=\"../bai-viet/a.html\""), "{page}");
}

#[test]
fn long_lists_share_the_pages_of_the_articles_that_declare() {
    let mut site =
        site().settings("page_size: 5").many("k", 11, "date: 2022-01-01\ndirectives: [01-KL/TW]\n");
    for number in 10..32 {
        site = site.article_with(&format!("m-{number}"), "date: 2023-01-01", "Theo 01-KL/TW đó");
    }
    let built = site.build().clean();
    assert_eq!(
        built.addresses("van-ban/01"),
        [
            "van-ban/01-kl-tw.html",
            "van-ban/01-kl-tw/trang-1.html",
            "van-ban/01-kl-tw/trang-2.html",
            "van-ban/01-kl-tw/trang-3.html"
        ]
    );
    let first = built.text("van-ban/01-kl-tw.html");
    assert!(first.contains("Bài viết (11)") && first.contains("Nhắc đến (22)"), "{first}");
    assert!(first.contains("Bài m-31") && !first.contains("Bài m-24"), "{first}");
    assert_eq!(built.link("van-ban/01-kl-tw.html", "Cũ hơn →"), "van-ban/01-kl-tw/trang-3.html");
    // The third page has mentions only.
    assert_eq!(built.try_section("van-ban/01-kl-tw/trang-3.html", "Bài viết"), None);
    assert!(built.text("van-ban/01-kl-tw/trang-1.html").contains("Bài m-10"));
    assert!(built.text("van-ban/01-kl-tw/trang-1.html").contains("Bài k-01"));
}

#[test]
fn a_draft_mentions_nothing_until_it_is_asked_for() {
    let site = site().article_with("a", "draft: true", "Theo 05-CT/TW đó");
    assert!(!site.build().clean().has("van-ban/05-ct-tw.html"));
    assert!(site.drafts().build().clean().has("van-ban/05-ct-tw.html"));
}

#[test]
fn an_event_cannot_take_the_anchor_of_a_paragraph() {
    let built = Site::new().article("a", "event: {id: doan-12, host: Tỉnh ủy Bình Định}").build();
    assert_eq!(built.codes(), ["bad-id"]);
    Site::new().article("a", "event: {id: doan-vien, host: Tỉnh ủy Bình Định}").build().clean();
}

// ---- Documents without a file ----

#[test]
fn a_document_that_nobody_described_has_a_page_that_says_so() {
    let built = site().article_with("a", "", "Thực hiện 05-CT/TW ở cơ sở").build().clean();
    let url = "van-ban/05-ct-tw.html";
    let text = built.text(url);
    assert!(text.contains("Chỉ thị số 05-CT/TW Chưa có hồ sơ."), "{text}");
    assert_eq!(built.fact(url, "Loại"), "Chỉ thị");
    assert!(built.section(url, "Nhắc đến").contains("Thực hiện 05-CT/TW ở cơ sở"));
    assert_eq!(built.try_section(url, "Bài viết"), None);
    // It is listed apart, and is none of the archive's directives.
    assert!(built.text("van-ban.html").contains("Văn bản (1) Kết luận số 01-KL/TW"));
    assert_eq!(built.link("van-ban.html", "Chỉ thị số 05-CT/TW"), url);
    assert_eq!(built.fact("index.html", "Văn bản"), "1");
}

#[test]
fn a_stub_is_called_by_owner_number_and_year() {
    let text = "Theo 01-KL/TW và 749/2020/QĐ-TTg cùng 31/2024/QH15 với 1-NQ/TU của ta";
    let built = about("Sóc Trăng", text).build().clean();
    assert_eq!(
        built.addresses("van-ban/"),
        [
            "van-ban/01-kl-tw.html",
            "van-ban/31-qh15-2024.html",
            "van-ban/749-qd-ttg-2020.html",
            "van-ban/tinh-soc-trang-01-nq-tu.html"
        ]
    );
    assert_eq!(
        built.link("van-ban/tinh-soc-trang-01-nq-tu.html", "Tỉnh Sóc Trăng"),
        "dia-phuong/tinh-soc-trang.html"
    );
    // Its owner's page does not list it: nobody says more of it than its number.
    assert!(!built.text("dia-phuong/tinh-soc-trang.html").contains("1-NQ/TU"));
}

#[test]
fn a_citation_without_a_year_joins_the_only_document_there_is() {
    let cite = |texts: &[&str]| {
        let mut site = Site::new();
        for (index, text) in texts.iter().enumerate() {
            site = site.article_with(&format!("a-{index}"), "", text);
        }
        let built = site.build().clean();
        let urls = built.addresses("van-ban/").iter().map(|url| url.to_string()).collect::<Vec<_>>();
        (urls, marked_urls(&built, "bai-viet/a-0.html"))
    };
    let (urls, first) = cite(&["Theo 749/QĐ-TTg đó", "Theo 749/2020/QĐ-TTg đó"]);
    assert_eq!(urls, ["van-ban/749-qd-ttg-2020.html"]);
    assert_eq!(first, ["../van-ban/749-qd-ttg-2020.html"]);
    let (urls, first) = cite(&["Theo 749/QĐ-TTg đó", "Theo 749/2020/QĐ-TTg đó", "Theo 749/2021/QĐ-TTg đó"]);
    assert_eq!(
        urls,
        ["van-ban/749-qd-ttg-2020.html", "van-ban/749-qd-ttg-2021.html", "van-ban/749-qd-ttg.html"]
    );
    assert_eq!(first, ["../van-ban/749-qd-ttg.html"]);
}

#[test]
fn a_number_without_a_certain_owner_stays_words() {
    let urls = |site: Site| marked_urls(&site.build().clean(), "bai-viet/a.html");
    let none: [&str; 0] = [];
    // No place, two provinces, a city whose committee signs like the province's.
    assert_eq!(urls(about("", "Theo 10-NQ/TU đó")), none);
    assert_eq!(urls(about("Sóc Trăng, Bình Định", "Theo 10-NQ/TU đó")), none);
    assert_eq!(urls(about("\"thành phố Sóc Trăng, Sóc Trăng\"", "Theo 10-NQ/TU đó")), none);
    // A committee of a level that the article has no place of, and of none that is known.
    assert_eq!(urls(about("Sóc Trăng", "Theo 10-NQ/HU và 10-NQ/ĐU với 15/KH-SGDĐT đó")), none);
    // The district's or the province's?
    assert_eq!(urls(about("\"Mỹ Xuyên, Sóc Trăng\"", "Theo 10/QĐ-UBND đó")), none);
    // Of one place, it has one.
    assert_eq!(
        urls(about("\"Mỹ Xuyên, Sóc Trăng\"", "Theo 10-NQ/TU và 10-NQ/HU đó")),
        ["../van-ban/tinh-soc-trang-10-nq-tu.html", "../van-ban/tinh-soc-trang-huyen-my-xuyen-10-nq-hu.html"]
    );
    assert_eq!(urls(about("Sóc Trăng", "Theo 10/QĐ-UBND đó")), ["../van-ban/tinh-soc-trang-10-qd-ubnd.html"]);
    // An article that names no place is of the archive's own province.
    assert_eq!(
        urls(about("", "Theo 10-NQ/TU đó").settings("place: Sóc Trăng")),
        ["../van-ban/tinh-soc-trang-10-nq-tu.html"]
    );
}

// ---- Documents with a file ----

#[test]
fn a_mention_that_fits_several_records_stays_words() {
    let site = Site::new()
        .record("directives/xi", "number: 12-NQ/TW\nterm: XI")
        .record("directives/xii", "number: 12-NQ/TW\nterm: XII")
        .article_with("a", "", "Theo 12-NQ/TW đó")
        .article_with("b", "directives: [12-NQ/TW khóa XI]", "Theo 12-NQ/TW đó");
    let built = site.build().clean();
    assert_eq!(marked(&built, "bai-viet/a.html"), Vec::<String>::new());
    // What the editor declares, the text means.
    assert_eq!(marked_urls(&built, "bai-viet/b.html"), ["../van-ban/xi.html"]);
}

#[test]
fn a_record_of_another_place_is_not_the_one_that_is_cited() {
    let site = about("Bình Định", "Theo 10-NQ/TU đó")
        .record("directives/st", "number: 10-NQ/TU\nissuer: Tỉnh ủy Sóc Trăng");
    let built = site.clone().build().clean();
    assert_eq!(marked_urls(&built, "bai-viet/a.html"), ["../van-ban/tinh-binh-dinh-10-nq-tu.html"]);
    let built = site.article_with("a", "localities: [Sóc Trăng]", "Theo 10-NQ/TU đó").build().clean();
    assert_eq!(marked_urls(&built, "bai-viet/a.html"), ["../van-ban/st.html"]);
}

#[test]
fn a_record_takes_over_the_address_of_its_stub() {
    let cited = Site::new().article_with("a", "", "Theo 05-CT/TW và 749/2020/QĐ-TTg đó");
    // Under the same name it is the page itself.
    let built =
        cited.clone().record("directives/05-ct-tw", "number: 05-CT/TW\ntitle: về học tập").build().clean();
    assert!(built.text("van-ban/05-ct-tw.html").contains("về học tập"));
    // Under another, the address leads to it.
    let built = cited
        .record("directives/hoc", "number: 05-CT/TW\nid: hoc-bac")
        .record("directives/qd", "number: 749/QĐ-TTg\ndate: 2020-06-03")
        .build()
        .clean();
    assert_eq!(built.link("van-ban/05-ct-tw.html", "van-ban/hoc-bac.html"), "van-ban/hoc-bac.html");
    assert_eq!(built.link("van-ban/749-qd-ttg-2020.html", "van-ban/qd.html"), "van-ban/qd.html");
    assert_eq!(marked_urls(&built, "bai-viet/a.html"), ["../van-ban/hoc-bac.html", "../van-ban/qd.html"]);
}

#[test]
fn a_stub_takes_no_address_that_is_anothers() {
    let cited = Site::new().article_with("a", "", "Theo 05-CT/TW đó");
    // A file that is called like it and has no number is the document.
    let built = cited.clone().record("directives/05-ct-tw", "name: Chỉ thị về học tập").build().clean();
    assert_eq!(marked_urls(&built, "bai-viet/a.html"), ["../van-ban/05-ct-tw.html"]);
    // A former address of another stays that; no diagnostic, no link.
    let built = cited
        .record("directives/khac", "name: Văn bản khác\nold_addresses: [van-ban/05-ct-tw.html]")
        .build()
        .clean();
    assert_eq!(built.link("van-ban/05-ct-tw.html", "van-ban/khac.html"), "van-ban/khac.html");
    assert_eq!(marked(&built, "bai-viet/a.html"), Vec::<String>::new());
}

// ---- For ever ----

#[test]
fn an_address_that_was_recognised_once_answers_for_ever() {
    let text = "Theo 05-CT/TW và 749/2020/QĐ-TTg với 10-NQ/TU đó";
    let before = about("Sóc Trăng", text).build().clean();
    assert!(before.record() > 0);
    let next = |site: Site| site.file("content/addresses.txt", before.ledger()).build().clean();
    let gone = next(Site::new().article("a", ""));
    for (url, number) in [
        ("van-ban/05-ct-tw.html", "Chỉ thị số 05-CT/TW"),
        ("van-ban/749-qd-ttg-2020.html", "Quyết định số 749/QĐ-TTg năm 2020"),
        ("van-ban/tinh-soc-trang-10-nq-tu.html", "Nghị quyết số 10-NQ/TU"),
    ] {
        let text = gone.text(url);
        assert!(text.contains(number) && text.contains("nay không bài nào nhắc đến"), "{text}");
        assert!(!gone.text("van-ban.html").contains(number), "{url}");
    }
    assert_eq!(
        gone.link("van-ban/tinh-soc-trang-10-nq-tu.html", "Tỉnh Sóc Trăng"),
        "dia-phuong/tinh-soc-trang.html"
    );
    // The switch changes nothing about that.
    next(Site::new().article("a", "").settings("mentions: false"));
    // Neither does a record that is put there, of any name.
    let described = next(Site::new().article("a", "").record("directives/hoc", "number: 05-CT/TW"));
    assert_eq!(described.link("van-ban/05-ct-tw.html", "van-ban/hoc.html"), "van-ban/hoc.html");
}

#[test]
fn an_address_of_several_documents_leads_to_them() {
    let before = Site::new().article_with("a", "", "Theo 12-NQ/TW và 749/QĐ-TTg đó").build().clean();
    assert!(before.record() > 0);
    let after = Site::new()
        .file("content/addresses.txt", before.ledger())
        .article_with("a", "", "Theo 749/2020/QĐ-TTg và 749/2021/QĐ-TTg đó")
        .record("directives/xi", "number: 12-NQ/TW\nkind: Nghị quyết\nterm: XI")
        .record("directives/xii", "number: 12-NQ/TW\nterm: XII")
        .build()
        .clean();
    assert_eq!(after.fact("van-ban/12-nq-tw.html", "Cùng số hiệu"), "Nghị quyết số 12-NQ/TW, 12-NQ/TW");
    assert_eq!(
        after.fact("van-ban/749-qd-ttg.html", "Cùng số hiệu"),
        "Quyết định số 749/2020/QĐ-TTg, Quyết định số 749/2021/QĐ-TTg"
    );
}

#[test]
fn a_record_whose_file_is_gone_is_lost_all_the_same() {
    let site = Site::new().article("a", "").record("directives/cu", "number: 01-KL/TW");
    let before = site.build().clean();
    assert!(before.record() > 0);
    let after = Site::new().article("a", "").file("content/addresses.txt", before.ledger()).build();
    assert_eq!(after.codes(), ["lost-address"]);
}

// ---- Units and places ----

#[test]
fn units_and_places_of_the_text_have_pages_that_say_where_they_are_mentioned() {
    let built = Site::new()
        .article_with(
            "a",
            "date: 2024-05-18\nlocalities: [Sóc Trăng]",
            "Mở đầu.\n\nHôm qua Huyện ủy Mỹ Xuyên làm việc ở xã Hòa Tú 1. Tỉnh ủy cũng dự.",
        )
        .build()
        .clean();
    assert_eq!(
        marked_urls(&built, "bai-viet/a.html"),
        [
            "../don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html",
            "../dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-hoa-tu-1.html",
            "../don-vi/tinh-soc-trang/tinh-uy.html",
        ]
    );
    let unit = "don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html";
    let mentioned = built.section(unit, "Nhắc đến");
    assert!(mentioned.contains("Hôm qua Huyện ủy Mỹ Xuyên làm việc ở xã Hòa Tú 1."), "{mentioned}");
    assert!(built.page(unit).contains("bai-viet/a.html#doan-2"), "{}", built.page(unit));
    let place = "dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-hoa-tu-1.html";
    assert!(built.section(place, "Nhắc đến").contains("xã Hòa Tú 1"));
    // What the machine found counts in no sum.
    let archive = &built.prepared.archive;
    let commune = archive.localities.iter().position(|l| l.path.ends_with("xa-hoa-tu-1")).expect("a page");
    let commune = &archive.locality_lists[commune];
    assert!(commune.direct.is_empty() && commune.total.is_empty());
}

#[test]
fn a_body_is_named_as_it_is_and_leads_to_the_page_of_its_committee() {
    let built = about("Sóc Trăng", "Ban Thường vụ Tỉnh ủy kết luận.").build().clean();
    let tags = marked(&built, "bai-viet/a.html");
    assert_eq!(marked_urls(&built, "bai-viet/a.html"), ["../don-vi/tinh-soc-trang/tinh-uy.html"]);
    assert!(tags[0].contains("title=\"Ban Thường vụ Tỉnh ủy Sóc Trăng"), "{tags:?}");
}

#[test]
fn names_of_the_sites_own_records_are_found_and_the_longest_wins() {
    let built = Site::new()
        .record("units/chi-doan", "name: Chi đoàn Trung tâm Y tế huyện Mỹ Xuyên\nplace: Mỹ Xuyên, Sóc Trăng")
        .record("directives/toan-khoa", "name: Chuyên đề toàn khóa\nkind: Chuyên đề\ntitle: về học Bác")
        .article_with(
            "a",
            "localities: [\"Mỹ Xuyên, Sóc Trăng\"]",
            "Chi đoàn Trung tâm Y tế huyện Mỹ Xuyên học Chuyên đề toàn khóa.\n\nTrung tâm Y tế huyện Mỹ Xuyên dự.",
        )
        .build()
        .clean();
    assert_eq!(
        marked_urls(&built, "bai-viet/a.html"),
        [
            "../don-vi/chi-doan.html",
            "../van-ban/toan-khoa.html",
            "../don-vi/tinh-soc-trang/huyen-my-xuyen/trung-tam-y-te.html",
        ]
    );
}

#[test]
fn plenum_resolutions_and_yearly_themes_without_a_record_have_pages() {
    let text = "Theo Nghị quyết Trung ương 4 khóa XII và Chuyên đề năm 2022.";
    let built = about("Sóc Trăng", text).build().clean();
    let pages = ["nghi-quyet-trung-uong-4-khoa-12", "tinh-soc-trang-chuyen-de-2022"];
    for page in pages {
        assert!(built.text(&format!("van-ban/{page}.html")).contains("Chưa có hồ sơ"), "{page}");
    }
    // A record that is one of them is led to, and its stub's address with it.
    let record = "name: Chuyên đề năm 2022\nkind: Chuyên đề\nissuer: Tỉnh ủy Sóc Trăng\ntitle: về nêu gương";
    let built = about("Sóc Trăng", text).record("directives/chuyen-de-2022", record).build().clean();
    let urls = marked_urls(&built, "bai-viet/a.html");
    assert!(urls.contains(&"../van-ban/chuyen-de-2022.html".to_owned()), "{urls:?}");
    assert!(built.page("van-ban/tinh-soc-trang-chuyen-de-2022.html").contains("chuyen-de-2022.html"));
}

#[test]
fn a_document_of_a_later_day_is_not_meant() {
    let built = site().article_with("a", "date: 2012-03-04", "Theo 01-KL/TW ở đây").build().clean();
    assert_eq!(marked_urls(&built, "bai-viet/a.html"), [] as [&str; 0]);
    let built = site().article_with("a", "date: 2022-03-04", "Theo 01-KL/TW ở đây").build().clean();
    assert_eq!(marked_urls(&built, "bai-viet/a.html"), ["../van-ban/01-kl-tw.html"]);
}

#[test]
fn the_document_that_an_article_declares_is_what_its_text_means() {
    let record =
        "number: 10-NQ/TU\nkind: Nghị quyết\nissuer: Tỉnh ủy Sóc Trăng\ndate: 2021-05-18\ntitle: về học";
    let declared = |text: &str| {
        Site::new()
            .record("directives/10-nq-tu", record)
            .article_with("a", "localities: [Cà Mau]\ndirectives: [10-NQ/TU]", text)
            .build()
            .clean()
    };
    let built = declared("Thực hiện 10-NQ/TU ở đây");
    assert_eq!(marked_urls(&built, "bai-viet/a.html"), ["../van-ban/10-nq-tu.html"]);
    // Unless the text says whose else it is.
    let built = declared("Thực hiện Nghị quyết 10-NQ/TU của Tỉnh ủy Cà Mau");
    assert_eq!(marked_urls(&built, "bai-viet/a.html")[0], "../van-ban/tinh-ca-mau-10-nq-tu.html");
}
