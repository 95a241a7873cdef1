//! What the pages say: every kind of page, its counts, its dates, its links.

use std::collections::BTreeSet;

use super::fixture::{Built, Site, attribute, differences, hrefs, resolve, tags, text_of, tree};

const MY_XUYEN: &str = "dia-phuong/tinh-soc-trang/huyen-my-xuyen.html";
/// The path of the base address, where a test gives one with a path.
const BASE_PATH: &str = "kho/";
const HUYEN_UY: &str = "don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html";

/// Everything that is a page.
fn pages(built: &Built) -> Vec<String> {
    tree(&built.out()).into_keys().filter(|path| path.ends_with(".html")).collect()
}

// ---- What holds on every page ----

/// Every link of every page leads to a page or file that exists; none but those of
/// `404.html`, which answers at any depth, begins at the host's root.
#[track_caller]
fn no_link_is_dead(built: &Built) {
    let mut dead = Vec::new();
    for url in pages(built) {
        for href in hrefs(&built.page(&url)) {
            let Some(target) = resolve(&url, &href) else { continue };
            let target = target.strip_prefix(BASE_PATH).unwrap_or(&target);
            if !built.has(target) || (href.starts_with('/') && url != "404.html") {
                dead.push(format!("{url}: {href}"));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}

/// Every fragment leads to an element of that id.
#[track_caller]
fn no_fragment_is_dead(built: &Built) {
    let mut dead = Vec::new();
    for url in pages(built) {
        for href in hrefs(&built.page(&url)) {
            let (Some(target), Some((_, fragment))) = (resolve(&url, &href), href.split_once('#')) else {
                continue;
            };
            let page = built.page(&target);
            if !tags(&page).any(|tag| attribute(tag, "id").as_deref() == Some(fragment)) {
                dead.push(format!("{url}: {href}"));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}

#[test]
fn every_link_of_a_sample_archive_leads_somewhere() {
    no_link_is_dead(&Site::sample().build().clean());
    no_link_is_dead(&Site::sample().drafts().base_url("https://luu.example/kho/").build().clean());
}

#[test]
fn every_fragment_leads_to_an_element() {
    let site =
        Site::sample().without("content/articles/my-xuyen.md").without("content/articles/binh-dinh.md");
    let site = site
        .article("my-xuyen", "event: {date: 2024-05-17, host: Huyện ủy Mỹ Xuyên, directives: [01-KL/TW]}")
        .article("binh-dinh", "events: [{id: mot, same_as: my-xuyen}, {id: hai, host: Tỉnh ủy Bình Định}]");
    no_fragment_is_dead(&site.build().clean());
}

#[test]
fn every_page_has_its_language_title_one_heading_and_one_main_part() {
    let built = Site::sample().build().clean();
    for url in pages(&built) {
        let page = built.page(&url);
        assert!(page.starts_with("<!doctype html>\n<html lang=\"vi\">"), "{url}");
        // A drawing in the body may have titles of its own.
        let head = page.split("</head>").next().unwrap_or("");
        assert_eq!(head.matches("<title>").count(), 1, "{url}");
        if page.contains("http-equiv=\"refresh\"") {
            continue;
        }
        assert_eq!((page.matches("<h1").count(), page.matches("<main").count()), (1, 1), "{url}");
    }
}

#[test]
fn elements_nest_and_close_on_every_page() {
    const VOID: [&str; 6] = ["meta", "link", "img", "br", "hr", "input"];
    let built = Site::sample().drafts().base_url("https://luu.example/").build().clean();
    for url in pages(&built) {
        let page = built.page(&url);
        let mut open: Vec<&str> = Vec::new();
        for tag in tags(&page) {
            let name = tag.split([' ', '\n', '/']).next().unwrap_or("");
            if let Some(closed) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed), "{url}: </{closed}>");
            } else if !VOID.contains(&name) && !tag.starts_with('!') && !tag.ends_with('/') {
                open.push(name);
            }
        }
        assert_eq!(open, Vec::<&str>::new(), "{url}");
    }
}

#[test]
fn nothing_is_loaded_from_another_host_and_no_page_needs_a_script() {
    let built = Site::sample().build().clean();
    for url in pages(&built) {
        let page = built.page(&url);
        let loads = tags(&page).filter(|tag| {
            let loaded = attribute(tag, "src").or_else(|| {
                tag.starts_with("link rel=\"stylesheet").then(|| attribute(tag, "href")).flatten()
            });
            loaded.is_some_and(|url| url.contains("//"))
        });
        assert_eq!(loads.collect::<Vec<_>>(), Vec::<&str>::new(), "{url}");
        assert!(!page.contains(" onclick=") && !page.contains("javascript:"), "{url}");
    }
}

#[test]
fn no_page_shows_a_word_of_the_programs_own() {
    let built = Site::sample().drafts().base_url("https://luu.example/").build().clean();
    for url in pages(&built) {
        // BibTeX has braces of its own.
        let text: String =
            built.page(&url).split("<pre>").filter_map(|piece| piece.split("</pre>").last()).collect();
        let text = text_of(&text);
        for word in ["None", "null", "undefined", "{{", "}}", "Some(", "[object", "luutru luutru"] {
            assert!(!text.contains(word), "{url} shows `{word}`: {text}");
        }
    }
}

// ---- Every kind of page ----

#[test]
fn every_address_of_the_contract_is_there() {
    let built = Site::sample().base_url("https://luu.example/").build().clean();
    for url in [
        "index.html",
        "404.html",
        "bai-viet/my-xuyen.html",
        "van-ban.html",
        "van-ban/01-kl-tw.html",
        "van-ban/01-kl-tw/trang-1.html",
        "don-vi.html",
        "don-vi/clb.html",
        "don-vi/huyen-uy-my-xuyen.html",
        HUYEN_UY,
        "don-vi/tinh-soc-trang/huyen-my-xuyen/ubnd.html",
        "dia-phuong.html",
        "dia-phuong/tinh-soc-trang.html",
        MY_XUYEN,
        "nam.html",
        "nam/2024.html",
        "nam/2024/05.html",
        "nam/2019/01/trang-1.html",
        "nam/khong-ro-ngay.html",
        "bao.html",
        "bao/bao-a.html",
        "mo-hinh.html",
        "khen-thuong.html",
        "trang/gioi-thieu.html",
        "media/anh 1.png",
        "media/2024/so-do.svg",
        "feed.xml",
        "van-ban/01-kl-tw.xml",
        "dia-phuong/tinh-soc-trang.xml",
        "don-vi/clb.xml",
        "thay-doi.xml",
        "sitemap.xml",
        "robots.txt",
        "ket-luan-01.html",
        "2024/my-xuyen.html",
        "2024/05/index.html",
        "cu/rut.html",
    ] {
        assert!(built.has(url), "{url}");
    }
    let style: Vec<String> =
        tree(&built.out()).into_keys().filter(|path| path.starts_with("giao-dien/style.")).collect();
    assert_eq!(style.len(), 1);
    assert!(built.page("index.html").contains(&style[0]));
}

#[test]
fn an_article_shows_all_that_its_front_matter_says() {
    let built = Site::sample().build().clean();
    let text = built.text("bai-viet/my-xuyen.html");
    for words in [
        "Chính trị Bài my-xuyen Báo A · 18/05/2024 · PV Sự kiện: 17/05/2024 Tóm tắt. Bài đã được đính chính",
        "Toàn cảnh Ảnh: PV",
        "Sơ kết Thời gian 17/05/2024 Đơn vị tổ chức Ban Thường vụ Huyện ủy Mỹ Xuyên Tham gia UBND huyện Mỹ Xuyên",
        "Văn bản thực hiện Kết luận số 01-KL/TW, 10-NQ/TU Nội dung sơ kết 3 năm",
        "2 tập thể, 5 cá nhân (tổng số 7) – giấy khen của UBND huyện Mỹ Xuyên",
        "Bà B: x Câu lạc bộ Sử học",
        "60 tập thể (thời kỳ: 3 năm; số liệu của cả thời kỳ, không cộng vào tổng)",
        "“Mẹ đỡ đầu” – Hội Liên hiệp Phụ nữ huyện Mỹ Xuyên",
        "Từ khóa thi đua",
        "Đính chính 22/11/2026: sửa con số",
        "Bản gốc https://a.example/1",
        "Bản lưu trên mạng https://web.example/1 (truy cập ngày 01/11/2026)",
        "Cũng đăng trên Báo B, 19/05/2024: https://b.example/1",
        "raw/1.txt (lưu ngày 01/11/2026) sha256:abc",
        "Vào kho ngày 20/11/2026 Quyền Báo A Mã bài my-xuyen",
        "PV (2024), “Bài my-xuyen”, Báo A, ngày 18/05/2024, https://a.example/1. Bản lưu: Kho thử, bai-viet/my-xuyen.html.",
        "Nguồn: Báo A, 18/05/2024. https://a.example/1 Kho thử: bai-viet/my-xuyen.html Truy cập ngày: ……",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let page = built.page("bai-viet/my-xuyen.html");
    assert!(page.contains("<img src=\"../media/anh%201.png\" alt=\"Hội trường\""), "{page}");
    assert!(page.contains("<h2>Mục</h2>"), "the page's title is its only h1");
}

#[test]
fn the_home_page_counts_the_archive_and_lists_the_newest_by_the_day_they_were_added() {
    let built = Site::sample().build().clean();
    let newest = built.section("index.html", "Mới đưa vào kho");
    let at = |title: &str| newest.find(title).unwrap_or_else(|| panic!("{title} in {newest}"));
    assert!(at("Bài binh-dinh") < at("Bài my-xuyen") && at("Bài my-xuyen") < at("Bài nam"));
    assert!(at("Bài nam") < at("Bài can-tho"), "those without a day come last");
    for (name, count) in [("Bài viết", "18"), ("Sự kiện", "2"), ("Văn bản", "3"), ("Báo", "2")] {
        assert_eq!(built.fact("index.html", name), count, "{name}");
    }
    assert!(built.section("index.html", "Theo năm").contains("2019 (12)"));
}

#[test]
fn a_directive_shows_its_timeline_by_place_and_year() {
    let built = Site::sample().build().clean();
    let page = "van-ban/01-kl-tw.html";
    assert_eq!(built.fact(page, "Nơi ban hành"), "Bộ Chính trị");
    assert_eq!(built.fact(page, "Ngày ban hành"), "18/05/2021");
    assert_eq!(built.fact(page, "Khóa"), "XIII");
    let events = built.section(page, "Sự kiện");
    assert!(events.contains("2024 Cộng Tập thể Cá nhân Huyện Mỹ Xuyên 1 1 2 5"), "{events}");
    assert!(events.contains("Huyện Mỹ Xuyên, Tỉnh Sóc Trăng 17/05/2024 · sơ kết 3 năm"), "{events}");
    // A document of a place leads to the place and to who issued it.
    assert_eq!(built.fact("van-ban/10-nq-tu.html", "Văn bản của"), "Tỉnh Sóc Trăng");
    assert_eq!(built.fact("don-vi/tinh-soc-trang/tinh-uy.html", "Văn bản đã ban hành"), "10-NQ/TU");
    assert!(built.section("dia-phuong/tinh-soc-trang.html", "Văn bản của địa phương").contains("10-NQ/TU"));
}

#[test]
fn units_are_listed_by_province_and_show_their_initiatives() {
    let built = Site::sample().build().clean();
    assert!(
        built.section("don-vi.html", "Đơn vị có trang riêng").starts_with("Câu lạc bộ Sử học (1) câu lạc bộ")
    );
    let unit = "don-vi/tinh-soc-trang/huyen-my-xuyen/hoi-lien-hiep-phu-nu.html";
    assert!(
        built.section(unit, "Mô hình").contains("“Mẹ đỡ đầu” Bài my-xuyen · 18/05/2024"),
        "{}",
        built.text(unit)
    );
    assert!(built.text("mo-hinh.html").contains("Mô hình (1)"));
    assert_eq!(built.fact("don-vi/huyen-uy-my-xuyen.html", "Thời gian hoạt động"), "… – 30/06/2025");
}

// ---- Counts ----

#[test]
fn figures_of_a_period_stand_apart_and_are_never_summed() {
    let built = Site::new()
        .article("a", "event: {date: 2024-05-17, host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 2, individuals: 5}, {collectives: 600, individuals: 1.780, scope: period, period: 3 năm}]}")
        .article("b", "event: {date: 2024-11-01, host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 10, prizes: 4}]}")
        .article("c", "event: {date: 2023-01-01, host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 900, scope: period}]}")
        .build()
        .clean();
    let years = built.section(HUYEN_UY, "Khen thưởng");
    assert!(years.contains("2024 2 12 5 4"), "{years}");
    assert!(!years.contains("2023") && !years.contains("600"), "{years}");
    let register = built.section("khen-thuong.html", "Sự kiện có khen thưởng");
    assert!(
        register.contains("600 1.780 (thời kỳ: 3 năm; số liệu của cả thời kỳ, không cộng vào tổng)"),
        "{register}"
    );
}

#[test]
fn a_province_counts_what_is_below_it_once_an_article() {
    let built = Site::new()
        .article("a", "localities: [\"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\", \"Gia Hòa 2, Mỹ Xuyên, Sóc Trăng\"]")
        .article("b", "localities: [Sóc Trăng]")
        .article("c", "localities: [Sóc Trăng, \"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]")
        .build()
        .clean();
    let counts = |url: &str| (built.fact(url, "Về chính nơi này"), built.fact(url, "Kể cả cấp dưới"));
    let numbers = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(counts("dia-phuong/tinh-soc-trang.html"), numbers("2", "3"));
    assert_eq!(counts(MY_XUYEN), numbers("0", "2"));
    assert_eq!(counts("dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1.html"), numbers("2", "2"));
    assert!(
        built
            .section("dia-phuong/tinh-soc-trang.html", "Địa phương cấp dưới")
            .contains("Huyện Mỹ Xuyên (địa danh cũ) 0 2")
    );
}

#[test]
fn a_province_that_keeps_its_name_counts_its_eras_apart() {
    let built = Site::sample().build().clean();
    let can_tho = "dia-phuong/thanh-pho-can-tho.html";
    assert_eq!(built.fact(can_tho, "Về chính nơi này"), "đến 30/6/2025: 2 · từ 1/7/2025: 1");
    let rows = built.text("dia-phuong.html");
    assert!(rows.contains("Thành phố Cần Thơ đến 30/6/2025: 2 · từ 1/7/2025: 1"), "{rows}");
    let text = built.text(can_tho);
    assert!(text.contains("Thành phố Cần Thơ đến 30/6/2025 92"), "{text}");
    assert!(text.contains("Thành phố Cần Thơ từ 1/7/2025 92"), "{text}");
}

#[test]
fn a_unit_named_twice_in_an_article_counts_it_once() {
    let built = Site::new()
        .article("a", "units: [Huyện ủy Mỹ Xuyên]\nevent: {host: Ban Thường vụ Huyện ủy Mỹ Xuyên}")
        .build()
        .clean();
    assert!(built.text(HUYEN_UY).contains("Bài viết (1)"));
}

#[test]
fn the_whole_name_of_a_place_is_that_of_its_time() {
    let event = |date: &str, host: &str| {
        format!("event: {{date: {date}, host: {host}, commended: [{{collectives: 1}}]}}")
    };
    let built = Site::new()
        .article("a", &event("2023-03-08", "Thành ủy Huế"))
        .article("b", &event("2025-03-08", "Quận ủy Phú Xuân"))
        .article("c", &event("2020-03-08", "Tỉnh ủy Thừa Thiên Huế"))
        .article("d", &event("2026-03-08", "Thành ủy thành phố Huế"))
        .build()
        .clean();
    // Thừa Thiên Huế was a province until the end of 2024, and the city of Huế a part of it.
    let of = |article: &str| built.fact(&format!("bai-viet/{article}.html"), "Địa điểm");
    assert_eq!(of("a"), "Thành phố Huế, Tỉnh Thừa Thiên Huế");
    assert_eq!(of("b"), "Quận Phú Xuân, Thành phố Huế");
    // Both are one page, but not one name.
    assert_eq!(of("c"), "Tỉnh Thừa Thiên Huế");
    assert_eq!(of("d"), "Thành phố Huế");
}

#[test]
fn a_place_is_not_said_to_be_part_of_another_that_is_no_more() {
    let built = Site::new()
        .article("a", "localities: [\"Quận 2, Hồ Chí Minh\"]\ndate: 2015-01-01")
        .article("b", "localities: [\"Bình Trị Thiên\"]\ndate: 1980-01-01")
        .article("c", "localities: [\"thành phố Thủ Đức, Hồ Chí Minh\"]\ndate: 2022-01-01")
        .build()
        .clean();
    let said = |url: &str, words: &str| built.text(&format!("dia-phuong/{url}.html")).contains(words);
    assert!(said("thanh-pho-ho-chi-minh/quan-2", "Sau đó thuộc Thành phố Thủ Đức."));
    assert!(said("tinh-binh-tri-thien", "Sau đó thuộc Tỉnh Quảng Bình, Tỉnh Quảng Trị, "));
    assert!(said("thanh-pho-ho-chi-minh/thanh-pho-thu-duc", "Nay thuộc Phường Linh Xuân, "));
}

#[test]
fn a_directive_called_by_its_name_has_no_other_name() {
    let built = Site::new()
        .record("directives/a", "name: Chuyên đề năm 2022\naliases: [Chuyên đề Hai hai]")
        .record("directives/b", "name: Chuyên đề năm 2023")
        .record("directives/c", "number: 01-KL/TW\nname: Kết luận mùng một")
        .build()
        .clean();
    let others = |id: &str| built.facts(&format!("van-ban/{id}.html"), "Tên gọi khác");
    assert_eq!(others("a"), ["Chuyên đề Hai hai"]);
    assert_eq!(others("b"), [""; 0]);
    assert_eq!(others("c"), ["Kết luận mùng một"]);
}

#[test]
fn the_way_down_to_a_place_is_that_of_its_time() {
    let built = Site::new()
        .article("a", "date: 2022-05-16\nlocalities: [\"Nam Đông, Thừa Thiên Huế\"]")
        .article("b", "date: 2026-05-16\nlocalities: [\"phường Thuận Hóa, Thành phố Huế\"]")
        .article("c", "date: 2023-05-16\nlocalities: [\"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]")
        .build()
        .clean();
    let way = |url: &str| {
        let page = built.page(url);
        let crumbs = page.split("<nav class=\"crumbs\"").nth(1).and_then(|rest| rest.split_once("</nav>"));
        text_of(crumbs.map_or("", |(crumbs, _)| crumbs.split_once('>').map_or("", |(_, words)| words)))
    };
    // The province became a city in 2025, when the district was no more.
    assert_eq!(
        way("dia-phuong/thanh-pho-hue/huyen-nam-dong.html"),
        "Trang chủ › Địa phương › Tỉnh Thừa Thiên Huế"
    );
    assert!(
        built.text("dia-phuong/thanh-pho-hue/huyen-nam-dong.html").contains("31/12/2024 Tỉnh Thừa Thiên Huế")
    );
    assert_eq!(
        way("dia-phuong/thanh-pho-hue/phuong-thuan-hoa.html"),
        "Trang chủ › Địa phương › Thành phố Huế"
    );
    assert_eq!(
        way("dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1.html"),
        "Trang chủ › Địa phương › Tỉnh Sóc Trăng › Huyện Mỹ Xuyên"
    );
}

#[test]
fn of_a_place_that_was_divided_only_a_part_is_in_each_that_came_of_it() {
    let built = Site::new().article("a", "localities: [Khánh Hòa]").build().clean();
    let text = built.text("dia-phuong/tinh-khanh-hoa.html");
    assert!(text.contains("Gồm cả Tỉnh Phú Khánh (một phần), Tỉnh Ninh Thuận trước đây."), "{text}");
}

// ---- Lists over several pages ----

#[test]
fn a_new_article_changes_only_the_first_page_of_a_list_and_the_last() {
    let front = "date: 2020-01-01\npublisher: Báo\ndirectives: [01-KL/TW]\nlocalities: [\"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]\n\
                 initiatives: [{name: Mẹ đỡ đầu, unit: Huyện ủy Mỹ Xuyên}]\n\
                 event: {date: 2020-01-01, host: Huyện ủy Mỹ Xuyên, localities: [huyện Mỹ Xuyên], directives: [01-KL/TW], \
                 commended: [{collectives: 1}]}\n";
    let site = |count| {
        Site::new()
            .settings("page_size: 5\nplace: Sóc Trăng")
            .record("directives/kl", "number: 01-KL/TW\ntitle: về tiếp tục")
            .record("publishers/bao", "name: Báo\nmarks: [\"(B)\"]")
            .many("a", count, front)
            .build()
            .clean()
    };
    let built: Vec<Built> = (14..=17).map(site).collect();
    for pair in built.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        let changed = differences(&tree(&before.out()), &tree(&after.out()));
        let numbered = changed.iter().filter(|path| path.contains("/trang-") && before.has(path));
        // A list that grows by a page is linked to from the page that was its last.
        let wrong: Vec<&String> = numbered
            .filter(|path| {
                let list = path.rsplit_once("/trang-").expect("a numbered page").0;
                before.addresses(&format!("{list}/trang-")).last() != Some(&path.as_str())
            })
            .collect();
        assert_eq!(wrong, Vec::<&String>::new());
        for first in [
            "van-ban/kl.html",
            "bao/bao.html",
            HUYEN_UY,
            MY_XUYEN,
            "nam/2020/01.html",
            "mo-hinh.html",
            "khen-thuong.html",
        ] {
            assert!(changed.contains(&first.to_owned()), "{first}");
            assert_eq!(
                after.addresses(&first.replace(".html", "/trang-")).len(),
                (after.prepared.archive.articles.len() / 5) - 1,
                "{first}"
            );
        }
    }
    let built = &built[1];
    let oldest = built.section("van-ban/kl/trang-1.html", "Bài viết");
    assert!(oldest.starts_with("Bài a-05") && oldest.contains("Bài a-01"), "{oldest}");
    assert_eq!(built.link("van-ban/kl.html", "Cũ hơn →"), "van-ban/kl/trang-2.html");
    assert_eq!(built.link("van-ban/kl/trang-2.html", "← Mới hơn"), "van-ban/kl.html");
    assert_eq!(built.link("van-ban/kl/trang-2.html", "Cũ hơn →"), "van-ban/kl/trang-1.html");
}

#[test]
fn every_list_of_articles_has_each_article_once() {
    let built = Site::sample().build().clean();
    for list in ["van-ban/01-kl-tw", "nam/2019/01"] {
        let mut seen = Vec::new();
        for url in pages(&built)
            .iter()
            .filter(|url| *url == &format!("{list}.html") || url.starts_with(&format!("{list}/trang-")))
        {
            seen.extend(rows(&built, url));
        }
        let distinct: BTreeSet<&String> = seen.iter().collect();
        assert_eq!(seen.len(), distinct.len(), "{list}: {seen:?}");
        assert!(built.text(&format!("{list}.html")).contains(&format!("Bài viết ({})", seen.len())));
    }
}

/// The addresses in the list of articles of a page.
fn rows(built: &Built, url: &str) -> Vec<String> {
    let page = built.page(url);
    let listing =
        page.split("<section class=\"listing\">").nth(1).and_then(|rest| rest.split("</section>").next());
    let links = hrefs(listing.unwrap_or(""));
    links.iter().filter_map(|href| resolve(url, href)).filter(|to| to.starts_with("bai-viet/")).collect()
}

// ---- Dates ----

#[test]
fn dates_are_shown_as_precisely_as_they_were_printed() {
    for (date, shown) in [
        ("28/12/2022", "28/12/2022"),
        ("28.12.2022", "28/12/2022"),
        ("2022-12", "12/2022"),
        ("\"2022\"", "2022"),
        ("2022", "2022"),
        ("2023-05-19T21:53", "21:53, 19/05/2023"),
        ("2024-05-15/2024-05-17", "15–17/05/2024"),
        ("--05-17", "17/05"),
    ] {
        let built = Site::new().article("a", &format!("date: {date}")).build().clean();
        let text = built.text("bai-viet/a.html");
        assert!(text.contains(&format!("Bài a {shown} Nội dung.")), "{date}: {text}");
    }
}

#[test]
fn a_date_without_a_year_stands_among_the_undated_and_says_its_day() {
    let built = Site::new().article("a", "date: --05-17").article("b", "").build().clean();
    let text = built.text("nam/khong-ro-ngay.html");
    assert!(text.contains("Bài a 17/05") && text.contains("Bài b không rõ ngày"), "{text}");
}

#[test]
fn an_inferred_date_stands_in_brackets_with_its_reason_and_the_printed_words() {
    let built = Site::new()
        .article(
            "a",
            "date: {value: 2024-05-17, inferred: \"3 năm thực hiện KL 01\", written: \"Ngày 17/5\"}",
        )
        .build()
        .clean();
    let text = built.text("bai-viet/a.html");
    assert!(
        text.contains("[17/05/2024] (suy ra từ: 3 năm thực hiện KL 01) “Ngày 17/5” (in theo báo)"),
        "{text}"
    );
    assert!(built.has("nam/2024/05.html"));
}

#[test]
fn a_missing_date_is_said() {
    let built = Site::new().article("a", "event: {host: Huyện ủy Mỹ Xuyên}").build().clean();
    let text = built.text("bai-viet/a.html");
    assert!(text.contains("Không rõ ngày đăng"), "{text}");
    assert_eq!(built.fact("bai-viet/a.html", "Thời gian"), "Không rõ ngày");
    assert!(rows(&built, "nam/khong-ro-ngay.html").contains(&"bai-viet/a.html".to_owned()));
}

#[test]
fn an_events_date_is_never_taken_from_the_article() {
    let built =
        Site::new().article("a", "date: 2024-05-18\nevent: {host: Huyện ủy Mỹ Xuyên}").build().clean();
    assert_eq!(built.fact("bai-viet/a.html", "Thời gian"), "Không rõ ngày");
}

// ---- What an editor decides ----

#[test]
fn a_withdrawn_article_leaves_a_tombstone_and_nothing_else() {
    let built = Site::sample().base_url("https://luu.example/").build().clean();
    let text = built.text("bai-viet/rut.html");
    assert!(text.contains("Bài viết đã được rút khỏi kho Ngày rút 22/11/2026 Lý do trùng bài"), "{text}");
    assert!(built.page("bai-viet/rut.html").contains("noindex"));
    assert!(built.page("thay-doi.xml").contains("bai-viet/rut.html"));
    for (path, bytes) in tree(&built.out()) {
        let named = String::from_utf8_lossy(&bytes).contains("bai-viet/rut.html");
        let may = ["bai-viet/rut.html", "cu/rut.html", "thay-doi.xml"].contains(&&*path);
        assert!(!named || may, "{path} leads to a withdrawn article");
    }
    assert!(!built.page("bai-viet/rut.html").contains("Nội dung."), "its text is gone");
}

#[test]
fn drafts_are_left_out_unless_they_are_asked_for() {
    let built = Site::sample().build().clean();
    assert!(!built.has("bai-viet/nhap.html"));
    assert!(tree(&built.out()).values().all(|bytes| !String::from_utf8_lossy(bytes).contains("Bài nhap")));
    let built = Site::sample().drafts().build().clean();
    assert!(built.text("bai-viet/nhap.html").contains("Bản nháp – Còn phải kiểm tra: kiểm tra tên"));
    assert!(built.section("index.html", "Mới đưa vào kho").contains("Bài nhap không rõ ngày · Bản nháp"));
}

#[test]
fn of_a_publisher_that_allows_the_summary_only_no_word_of_the_text_is_published() {
    let site =
        Site::new().record("publishers/b", "name: Báo B\nrights: summary").base_url("https://luu.example/");
    let secret = "Toàn văn phải giữ kín.\n\nĐoạn hai.";
    for summary in ["summary: Tóm tắt được phép.\n", ""] {
        let front = format!("added: 2026-11-21\npublisher: Báo B\nurl: https://b.example/1\n{summary}");
        let built = site.clone().article_with("a", &front, secret).build().clean();
        let text = built.text("bai-viet/a.html");
        assert!(text.contains("Cơ quan báo chí chỉ cho phép đăng tóm tắt."), "{text}");
        assert_eq!(built.link("bai-viet/a.html", "Bản gốc"), "https://b.example/1");
        let leaks: Vec<String> = tree(&built.out())
            .into_iter()
            .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("giữ kín"))
            .map(|(path, _)| path)
            .collect();
        assert_eq!(leaks, Vec::<String>::new(), "{summary:?}");
    }
}

#[test]
fn an_accepted_warning_is_silent_and_prints_its_note() {
    for (code, front, body) in [
        (
            "sum-mismatch",
            "event: {host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 1, individuals: 2, total: 4}]}",
            "",
        ),
        ("conflicting-dates", "date: 2024-05-16\nevent: {host: Huyện ủy Mỹ Xuyên, date: 2024-05-17}", ""),
        ("conflicting-figures", "event: {same_as: goc, commended: [{collectives: 9}]}", ""),
        ("organ-of-another-time", "date: 2026-01-01\nunits: [Huyện ủy Mỹ Xuyên]", ""),
        ("missing-alt", "", "![](media/a.png)"),
        ("removed-html", "", "<script>x</script>"),
    ] {
        let site = Site::new()
            .file("content/media/a.png", "x")
            .article("goc", "event: {host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 1}]}");
        let built = site.clone().article_with("a", front, body).build();
        assert_eq!(built.codes(), [code]);
        let front = format!("{front}\naccepted: {{{code}: báo in như vậy}}");
        let built = site.article_with("a", &front, body).build().clean();
        assert_eq!(
            built.section("bai-viet/a.html", "Ghi chú của người biên tập"),
            "báo in như vậy",
            "{code}"
        );
    }
}

#[test]
fn a_total_that_does_not_add_up_is_shown_with_its_sum() {
    let built = Site::new()
        .article(
            "a",
            "event: {host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 32, individuals: 49, total: 82}]}",
        )
        .build();
    assert_eq!(built.codes(), ["sum-mismatch"]);
    assert!(built.text("bai-viet/a.html").contains("32 tập thể, 49 cá nhân (báo in 82; cộng lại 81)"));
}

#[test]
fn the_nearest_in_days_is_related_first_whatever_lies_between() {
    let site = Site::new()
        .record("directives/kl", "number: 01-KL/TW")
        .article("truoc", "date: 2024-05-08\ndirectives: [01-KL/TW]")
        .article("nay", "date: 2024-05-10\ndirectives: [01-KL/TW]")
        .article("sau", "date: 2024-05-13\ndirectives: [01-KL/TW]");
    for site in [site.clone(), site.many("khac", 3, "date: 2024-05-09\n")] {
        let related = site.build().clean().section("bai-viet/nay.html", "Bài liên quan");
        let at = |id: &str| related.find(id).unwrap_or_else(|| panic!("{id} is not in {related}"));
        assert!(at("Bài truoc") < at("Bài sau"), "{related}");
    }
}

#[test]
fn related_articles_come_with_their_reasons() {
    let built = Site::sample().build().clean();
    let related = built.section("bai-viet/my-xuyen.html", "Bài liên quan");
    assert!(related.contains("Bài binh-dinh 03/2023 · Báo B · cùng sự kiện"), "{related}");
    let related = built.section("bai-viet/khong-ngay.html", "Bài liên quan");
    assert!(related.contains("cùng Kết luận số 01-KL/TW"), "{related}");
    assert!(!related.contains("Bài khong-ngay"), "an article is not related to itself");
    let alone = Site::new().article("a", "date: 2024-05-01").article("b", "date: 2024-05-02").build().clean();
    assert_eq!(alone.try_section("bai-viet/a.html", "Bài liên quan"), None, "a month alone is no reason");
}

// ---- What programs read ----

#[test]
fn feeds_and_sitemap_are_there_only_with_a_base_address() {
    let without = Site::sample().build().clean();
    let xml: Vec<String> = tree(&without.out()).into_keys().filter(|path| path.ends_with(".xml")).collect();
    assert_eq!(xml, Vec::<String>::new());
    for url in pages(&without) {
        let page = without.page(&url);
        assert!(
            !page.contains(".xml") && (!page.contains("rel=\"canonical\"") || page.contains("refresh")),
            "{url}"
        );
    }
    assert!(!without.page("robots.txt").contains("Sitemap"));
}

#[test]
fn feeds_and_sitemap_are_well_formed_and_absolute() {
    let base = "https://luu.example/kho/";
    let site = Site::sample().article("hostile", "added: 2026-11-22\nsummary: \"a < b && c > d \\\" '\"");
    let built = site.base_url(base).build().clean();
    let mut feeds = 0;
    for (path, bytes) in tree(&built.out()).into_iter().filter(|(path, _)| path.ends_with(".xml")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let xml = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        let values = |name: &'static str| {
            xml.descendants().filter(move |node| node.has_tag_name(name) || node.tag_name().name() == name)
        };
        for node in values("link").chain(values("loc")) {
            let url = node.attribute("href").or(node.text()).unwrap_or("");
            let inside = url.strip_prefix(base).unwrap_or_else(|| panic!("{path}: {url}"));
            let file = if inside.is_empty() { "index.html" } else { inside };
            assert!(built.has(file), "{path}: {url}");
        }
        if path == "sitemap.xml" {
            continue;
        }
        feeds += 1;
        let root = xml.root_element();
        assert_eq!(
            (root.tag_name().name(), root.tag_name().namespace()),
            ("feed", Some("http://www.w3.org/2005/Atom"))
        );
        for name in ["id", "title", "updated"] {
            for parent in values("entry").chain([root]) {
                let count = parent.children().filter(|node| node.tag_name().name() == name).count();
                assert_eq!(count, 1, "{path}: {name}");
            }
        }
        let ids: Vec<&str> = values("entry")
            .filter_map(|e| e.children().find(|n| n.tag_name().name() == "id")?.text())
            .collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}: {ids:?}");
        let times: Vec<&str> = values("entry")
            .filter_map(|e| e.children().find(|n| n.tag_name().name() == "updated")?.text())
            .collect();
        assert!(times.is_sorted_by(|a, b| a >= b), "{path}: newest first: {times:?}");
    }
    assert!(feeds > 5, "{feeds} feeds");
}

#[test]
fn the_sitemap_lists_every_page_but_redirects_and_tombstones() {
    let built = Site::sample().base_url("https://luu.example/").build().clean();
    let text = built.page("sitemap.xml");
    let listed: BTreeSet<String> = text
        .split("<loc>https://luu.example/")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
        .map(|url| if url.is_empty() { "index.html".to_owned() } else { url.to_owned() })
        .collect();
    let shown: BTreeSet<String> = pages(&built)
        .into_iter()
        .filter(|url| {
            url != "404.html" && !built.page(url).contains("noindex") && !built.page(url).contains("refresh")
        })
        .collect();
    assert_eq!(listed, shown);
    assert_eq!(built.page("robots.txt").lines().last(), Some("Sitemap: https://luu.example/sitemap.xml"));
}

#[test]
fn a_provinces_feed_has_what_happens_below_it() {
    let built = Site::sample().base_url("https://luu.example/").build().clean();
    assert!(built.page("dia-phuong/tinh-soc-trang.xml").contains("<title>Bài my-xuyen</title>"));
    assert!(!built.page("dia-phuong/tinh-binh-dinh.xml").contains("<title>Bài nam</title>"));
}

#[test]
fn canonical_addresses_are_those_of_the_base() {
    let settings = "title: Kho\nbase_url: https://luu.example/kho\nplace: Sóc Trăng\n";
    let built = Site::sample().file("content/site.yaml", settings).build().clean();
    assert!(built.page("index.html").contains("<link rel=\"canonical\" href=\"https://luu.example/kho/\">"));
    let page = built.page("bai-viet/my-xuyen.html");
    assert!(
        page.contains("<link rel=\"canonical\" href=\"https://luu.example/kho/bai-viet/my-xuyen.html\">")
    );
    assert!(built.page("404.html").contains("href=\"/kho/index.html\""));
}

// ---- Hostile words ----

/// A text that would run something wherever it is not escaped.
const HOSTILE: &str = "<script>alert(1)</script>\\\" onmouseover=\\\"x' onfocus='y&amp;lt;";

#[test]
fn a_hostile_text_is_escaped_in_every_field() {
    let h = |field: &str| format!("{field} {HOSTILE}");
    let article = format!(
        "---\ntitle: \"{t}\"\nadded: 2026-11-21\ndate: {{value: 2024-05-17, inferred: \"{i}\", written: \"{w}\"}}\n\
         publisher: bao\nbyline: \"{b}\"\nsummary: \"{s}\"\nsection: \"{c}\"\ntags: [\"{g}\"]\nrights: \"{r}\"\n\
         draft: true\nreview: \"{v}\"\ninitiatives: [{{name: \"{n}\", note: \"{o}\"}}]\n\
         photos: [{{caption: \"{p}\", credit: \"{p}\", alt: \"{p}\"}}]\ncorrections: [{{date: 2026-01-01, note: \"{k}\"}}]\n\
         raw: {{file: \"{f}\", sha256: \"{f}\"}}\naccepted: {{sum-mismatch: \"{a}\"}}\n\
         event: {{title: \"{e}\", host: Huyện ủy Mỹ Xuyên, stage: \"{e}\", commended: [{{collectives: 1, form: \"{m}\", \
         by: \"{m}\", period: \"{m}\", quote: \"{m}\", recipients: [{{name: \"{m}\", for: \"{m}\"}}]}}]}}\n---\n\
         {body}\n\n![{body}](media/a.png)\n\n[{body}](https://a.example/ \"{q}\")\n\n`{body}`\n",
        t = h("title"),
        i = h("inferred"),
        w = h("written"),
        b = h("byline"),
        s = h("summary"),
        c = h("section"),
        g = h("tag"),
        r = h("rights"),
        v = h("review"),
        n = h("initiative"),
        o = h("note"),
        p = h("photo"),
        k = h("correction"),
        f = h("raw"),
        a = h("accepted"),
        e = h("event"),
        m = h("commended"),
        body = "body &lt;script>alert(1)&lt;/script>",
        q = h("titleattr"),
    );
    let built = Site::new()
        .settings(&format!("menus: [{{label: \"{}\", url: index.html}}]", h("menu")))
        .file("content/media/a.png", "x")
        .record("publishers/bao", &format!("name: bao\naliases: [\"{0}\"]\nmarks: [\"{0}\"]", h("mark")))
        .record(
            "directives/vb",
            &format!("name: \"{0}\"\nkind: \"{0}\"\nissuer: \"{0}\"\ntitle: \"{0}\"\nstatus: \"{0}\"\naliases: [\"{0}\"]", h("directive")),
        )
        .record("units/dv", &format!("name: \"{0}\"\nkind: \"{0}\"\naliases: [\"{0} x\"]", h("unit")))
        .record("localities/ap", &format!("name: \"{0}\"\nkind: ấp\nparent: \"Mỹ Xuyên, Sóc Trăng\"\nid: ap", h("place")))
        .record("pages/trang", &format!("title: \"{}\"", h("page")))
        .file("content/articles/a.md", article)
        .article("rut", &format!("withdrawn: {{date: 2026-01-01, reason: \"{}\"}}", h("reason")))
        .drafts()
        .base_url("https://luu.example/")
        .build();
    assert_eq!(built.codes(), Vec::<&str>::new(), "{:#?}", built.found());
    let mut shown = BTreeSet::new();
    for (path, bytes) in tree(&built.out()) {
        let text = String::from_utf8_lossy(&bytes);
        if path.ends_with(".xml") {
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
        if !path.ends_with(".html") {
            continue;
        }
        assert!(!text.contains("<script>"), "{path}: {text}");
        for tag in tags(&text) {
            let names = attribute_names(tag);
            assert!(names.iter().all(|name| !name.starts_with("on")), "{path}: <{tag}>");
        }
        let words = text_of(&text);
        for field in [
            "title",
            "inferred",
            "written",
            "byline",
            "summary",
            "section",
            "tag",
            "rights",
            "review",
            "initiative",
            "note",
            "photo",
            "correction",
            "raw",
            "accepted",
            "event",
            "commended",
            "directive",
            "unit",
            "place",
            "page",
            "mark",
            "menu",
            "reason",
        ] {
            if words
                .contains(&format!("{field} <script>alert(1)</script>\" onmouseover=\"x' onfocus='y&amp;lt;"))
            {
                shown.insert(field);
            }
        }
    }
    assert_eq!(shown.len(), 24, "every field is shown somewhere, as it was written: {shown:?}");
}

/// The names of a tag's attributes, quoted values passed over.
fn attribute_names(tag: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut name = String::new();
    let mut quote = None;
    for c in tag.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, c) if c.is_whitespace() || c == '=' => {
                names.push(std::mem::take(&mut name).to_lowercase())
            }
            (None, c) => name.push(c),
        }
    }
    names.push(name.to_lowercase());
    names.into_iter().skip(1).filter(|name| !name.is_empty()).collect()
}

#[test]
fn raw_html_keeps_what_is_harmless() {
    let built = Site::new()
        .article_with("a", "", "<p class=\"x\">một <b>hai</b></p>\n\n<a href=\"javascript:x\">ba</a> <a href=\"JaVaScRiPt:x\">bốn</a>")
        .build();
    let page = built.page("bai-viet/a.html");
    assert!(page.contains("<p class=\"x\">một <b>hai</b></p>"), "{page}");
    assert!(!page.to_lowercase().contains("javascript:"), "{page}");
    assert!(built.codes().iter().all(|code| *code == "removed-html"), "{:?}", built.found());
}

#[test]
fn one_file_of_the_theme_is_replaced_and_the_others_stay() {
    let built = Site::new()
        .settings("theme: hong")
        .file("themes/hong/templates/page.html", "<p>của tôi: {{ view.title }}</p>")
        .file("themes/hong/strings/vi.yaml", "home: Cửa vào\n")
        .file("content/pages/p.md", "---\ntitle: Trang\n---\nLời.\n")
        .build()
        .clean();
    assert_eq!(built.page("trang/p.html"), "<p>của tôi: Trang</p>");
    assert!(built.page("van-ban.html").contains("Cửa vào"));
}

/// The files of the worked example in the theme's README, by path.
fn worked_example() -> Vec<(String, String)> {
    let readme = include_str!("../../themes/default/README.md");
    let (_, example) = readme.split_once("## A worked example\n").expect("the example");
    let (example, _) = example.split_once("\n## ").expect("its end");
    let mut files = Vec::new();
    let mut path = String::new();
    for (index, piece) in example.split("```").enumerate() {
        if index % 2 == 0 {
            let named = piece.rsplit_once("\n`").and_then(|(_, rest)| rest.split_once('`'));
            path = named.map_or(String::new(), |(path, _)| path.to_owned());
        } else {
            let (_, text) = piece.split_once('\n').expect("a block of code");
            files.push((path.clone(), text.to_owned()));
        }
    }
    files
}

#[test]
fn the_worked_example_of_the_themes_readme_works() {
    let files = worked_example();
    assert_eq!(files.len(), 3);
    let mut site = Site::new()
        .settings("theme: my-theme")
        .record("publishers/bao-a", "name: Báo A\nurl: https://a.example/\nmarks: [\"(A)\"]");
    for (path, text) in &files {
        site = site.file(path, text);
    }
    let built = site.article("a", "publisher: Báo A").build().clean();
    let page = built.page("bao/bao-a.html");
    assert!(
        page.contains("Số hiệu</a>") && page.contains("<a href=\"https://a.example/\">Trang mạng</a>"),
        "{page}"
    );
    assert!(!page.contains("(A)"), "the short page has no marks: {page}");
    assert!(page.contains("../giao-dien/site.") && page.contains("../giao-dien/style."), "{page}");
    // What has no file of its own is the built-in theme's.
    assert!(built.page("bai-viet/a.html").contains("Số hiệu</a>"));
}
