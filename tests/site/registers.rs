//! The registers of commendations and initiatives, and what a unit gave and received.

use super::fixture::{Built, Site, attribute, differences, tags, text_of, tree};

const HUYEN_UY: &str = "don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html";
const UBND: &str = "don-vi/tinh-soc-trang/huyen-my-xuyen/ubnd.html";

/// A page's table of sums by year, a row each.
#[track_caller]
fn sums(built: &Built, url: &str) -> Vec<String> {
    let page = built.page(url);
    let body = page.split("<tbody>").nth(1).and_then(|rest| rest.split("</tbody>").next()).unwrap_or("");
    body.split("<tr>").skip(1).map(text_of).collect()
}

#[test]
fn a_unit_tells_what_it_gave_apart_from_what_it_received() {
    let built = Site::new()
        .record("units/clb", "name: Câu lạc bộ Sử học")
        .article(
            "a",
            "event: {title: Hội nghị, date: 2024-05-17, host: Huyện ủy Mỹ Xuyên, units: [Công an huyện Mỹ Xuyên], \
             commended: [{collectives: 2, individuals: 5, form: giấy khen, by: UBND huyện Mỹ Xuyên, \
             recipients: [{unit: Câu lạc bộ Sử học, for: đi đầu}]}, \
             {collectives: 9, form: bằng khen, recipients: [{unit: Công an huyện Mỹ Xuyên}]}, \
             {collectives: 60, scope: period, period: 3 năm, recipients: [{unit: Câu lạc bộ Sử học}]}]}",
        )
        .build()
        .clean();
    // At its own event all of them, at another's those that it gave.
    assert_eq!(sums(&built, HUYEN_UY), ["2024 1 11 5"]);
    assert_eq!(sums(&built, UBND), ["2024 1 2 5"]);
    assert_eq!(
        built.section("don-vi/clb.html", "Được khen thưởng"),
        "Hội nghị đi đầu 17/05/2024 · giấy khen của UBND huyện Mỹ Xuyên \
         Hội nghị 17/05/2024 · cấp khen: Huyện ủy Mỹ Xuyên (thời kỳ: 3 năm; số liệu của cả thời kỳ, không cộng vào tổng)"
    );
    assert_eq!(built.link("don-vi/clb.html", "Hội nghị"), "bai-viet/a.html");
    assert_eq!(built.try_section("don-vi/clb.html", "Khen thưởng"), None);
    // It took part and was commended: nothing of what was given is its own.
    let cong_an = "don-vi/tinh-soc-trang/huyen-my-xuyen/cong-an.html";
    assert_eq!(built.try_section(cong_an, "Khen thưởng"), None);
    assert!(built.section(cong_an, "Được khen thưởng").contains("bằng khen của Huyện ủy Mỹ Xuyên"));
    assert_eq!(built.try_section(HUYEN_UY, "Được khen thưởng"), None);
}

#[test]
fn of_many_commendations_a_unit_shows_the_newest() {
    let front = |at: usize| {
        format!(
            "event: {{title: Lần {at}, date: 20{at:02}-01-01, host: Câu lạc bộ Văn học, \
             commended: [{{collectives: 1, recipients: [{{unit: Câu lạc bộ Sử học}}]}}]}}"
        )
    };
    let site = Site::new()
        .record("units/clb", "name: Câu lạc bộ Sử học")
        .record("units/van", "name: Câu lạc bộ Văn học");
    let site = (10..70).fold(site, |site, at| site.article(&format!("a-{at}"), &front(at)));
    let received = site.build().clean().section("don-vi/clb.html", "Được khen thưởng");
    assert!(received.starts_with("Lần 69 ") && received.contains("Lần 20 "), "{received}");
    assert!(
        !received.contains("Lần 19 ") && received.ends_with("Chỉ kể những lần mới nhất: 50"),
        "{received}"
    );
}

#[test]
fn the_bars_of_years_say_their_values() {
    let front = |year: u16, collectives: u16, individuals: u16| {
        format!(
            "event: {{date: {year}-01-01, host: Huyện ủy Mỹ Xuyên, \
             commended: [{{collectives: {collectives}, individuals: {individuals}}}]}}"
        )
    };
    let built =
        Site::new().article("a", &front(2020, 3, 40)).article("b", &front(2022, 5, 0)).build().clean();
    for url in [HUYEN_UY, "khen-thuong.html"] {
        let text = built.text(url);
        assert!(text.contains("Tập thể Cá nhân 2020 3 40 2021 2022 5 Khen thưởng theo năm"), "{url}: {text}");
        assert_eq!(sums(&built, url), ["2020 1 3 40", "2022 1 5 0"]);
        let page = built.page(url);
        let bars: Vec<(String, String)> = tags(&page)
            .filter(|tag| tag.starts_with("rect ") && tag.contains("height=\"14\""))
            .map(|tag| {
                (attribute(tag, "class").unwrap_or_default(), attribute(tag, "width").unwrap_or_default())
            })
            .collect();
        let widths: Vec<&str> = bars.iter().map(|(_, width)| &**width).collect();
        assert_eq!(widths, ["15", "204", "26"], "{url}");
    }
}

#[test]
fn each_commendation_is_a_row_with_all_that_is_known_of_it() {
    let site = Site::new()
        .record("directives/kl", "number: 01-KL/TW\nkind: Kết luận")
        .article(
            "a",
            "event: {title: Hội nghị, date: {value: 2024-05-17, inferred: tính ra}, host: Huyện ủy Mỹ Xuyên, \
             directives: [01-KL/TW], commended: [{collectives: 2, individuals: 5, total: 8, form: giấy khen, \
             by: UBND huyện Mỹ Xuyên}, {prizes: 3, approximate: true}]}\naccepted: {sum-mismatch: x, conflicting-figures: x}",
        )
        .article(
            "b",
            "event: {same_as: a, commended: [{collectives: 4}]}\naccepted: {conflicting-figures: x}",
        );
    let built = site.build().clean();
    let rows = built.section("khen-thuong.html", "Sự kiện có khen thưởng");
    let row = "Hội nghị (số liệu khác) [17/05/2024] Huyện ủy Mỹ Xuyên Huyện Mỹ Xuyên, Tỉnh Sóc Trăng";
    assert!(
        rows.contains(&format!(
            "{row} 2 5 8 (cộng lại 7) giấy khen của UBND huyện Mỹ Xuyên Kết luận số 01-KL/TW"
        )),
        "{rows}"
    );
    assert!(rows.contains(&format!("{row} 3 (số liệu ước chừng) Kết luận số 01-KL/TW")), "{rows}");
    assert_eq!(built.link("khen-thuong.html", "Hội nghị"), "bai-viet/a.html");
}

#[test]
fn an_event_with_very_many_commendations_does_not_fill_the_page() {
    let commended: Vec<String> = (1..=30).map(|at| format!("{{collectives: {at}}}")).collect();
    let front =
        format!("event: {{title: Hội nghị, host: Huyện ủy Mỹ Xuyên, commended: [{}]}}", commended.join(", "));
    let built = Site::new().article("a", &front).build().clean();
    let text = built.text("khen-thuong.html");
    assert!(text.contains("còn các khoản khác ở bài: 10"), "{text}");
    assert_eq!(built.page("khen-thuong.html").matches("<th scope=\"row\"><a").count(), 20);
    assert_eq!(sums(&built, "khen-thuong.html"), ["Không rõ năm 1 465 0"]);
}

#[test]
fn an_initiative_stands_with_its_unit_its_place_and_its_article() {
    let built = Site::new()
        .article(
            "a",
            "date: 2024-05-18\nlocalities: [\"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\", \"Mỹ Xuyên, Sóc Trăng\"]\n\
             initiatives: [{name: Mẹ đỡ đầu, unit: Công an tỉnh Sóc Trăng, note: từ 2021}, {name: Bếp ăn}]",
        )
        .article("b", "localities: [Bình Định, Cần Thơ]\ninitiatives: [{name: Kết nối}]")
        .build();
    let text = built.text("mo-hinh.html");
    for row in [
        "Mẹ đỡ đầu Công an tỉnh Sóc Trăng Tỉnh Sóc Trăng từ 2021 18/05/2024 Bài a",
        // That in which all places of the article lie.
        "Bếp ăn Huyện Mỹ Xuyên, Tỉnh Sóc Trăng 18/05/2024 Bài a",
        // There is none.
        "Kết nối không rõ ngày Bài b",
    ] {
        assert!(text.contains(row), "{row}\n{text}");
    }
    assert!(text.contains("Mô hình (3)"), "{text}");
}

/// Headings are sorted by a script from a file: none is written in a page.
#[test]
fn only_the_registers_load_a_script_and_it_is_small() {
    let front = "event: {host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 1}]}\n\
                 initiatives: [{name: Mẹ đỡ đầu}, {name: Bếp ăn}]";
    let built = Site::new().settings("page_size: 5").many("a", 12, front).build().clean();
    let mut with = Vec::new();
    for (url, bytes) in tree(&built.out()) {
        let page = String::from_utf8_lossy(&bytes);
        if url.ends_with(".html") && page.contains("<script") {
            assert_eq!(
                page.matches("<script").count(),
                page.matches("<script defer src=\"").count(),
                "{url}"
            );
            with.push(url);
        } else if url.ends_with(".js") {
            assert!(bytes.len() <= 2048, "{url}: {}", bytes.len());
        }
    }
    let listed = ["khen-thuong", "khen-thuong/trang-1", "mo-hinh", "mo-hinh/trang-1", "mo-hinh/trang-2"];
    let mut expected: Vec<String> = listed.iter().map(|page| format!("{page}.html")).collect();
    expected.extend((3..=3).map(|at| format!("mo-hinh/trang-{at}.html")));
    assert_eq!(with, expected);
    let page = built.page("khen-thuong/trang-1.html");
    assert!(page.contains("data-only=\"Chỉ các dòng của trang này được xếp.\""), "{page}");
    let alone = Site::new().many("a", 2, front).build().clean();
    assert!(!alone.page("khen-thuong.html").contains("data-only"));
}

#[test]
fn a_new_event_leaves_the_numbered_pages_of_the_registers_as_they_are() {
    let front = "date: 2020-01-01\nevent: {date: 2020-01-01, host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 1}]}\n\
                 initiatives: [{name: Mẹ đỡ đầu}]";
    let site = Site::new().settings("page_size: 5").many("a", 17, front);
    let before = site.build().clean();
    let after = site.article("b", &front.replace("2020", "2021")).build().clean();
    let changed = differences(&tree(&before.out()), &tree(&after.out()));
    let registers: Vec<&String> =
        changed.iter().filter(|url| url.starts_with("khen-thuong") || url.starts_with("mo-hinh")).collect();
    assert_eq!(registers, ["khen-thuong.html", "mo-hinh.html"]);
}

#[test]
fn units_are_found_by_province_and_by_the_places_in_it() {
    let built = Site::new()
        .record("units/clb", "name: Câu lạc bộ Sử học\nkind: câu lạc bộ")
        .article("a", "units: [Huyện ủy Mỹ Xuyên, Tỉnh ủy Sóc Trăng, Câu lạc bộ Sử học]")
        .build()
        .clean();
    let units = built.section("don-vi.html", "Đơn vị theo tỉnh, thành phố");
    assert_eq!(
        units,
        "Tỉnh Sóc Trăng (2) Tỉnh ủy Sóc Trăng (1) Đơn vị ở các địa phương cấp dưới: Huyện Mỹ Xuyên (1)"
    );
    assert_eq!(built.section("don-vi.html", "Đơn vị có trang riêng"), "Câu lạc bộ Sử học (1) câu lạc bộ");
    assert_eq!(built.link("don-vi.html", "Huyện Mỹ Xuyên"), "dia-phuong/tinh-soc-trang/huyen-my-xuyen.html");
}
