//! By date: the grid of years, a year's days, a month's calendar, the ways between them.

use super::fixture::{Built, Site, attribute, hrefs, resolve, tags, text_of};

/// The rows of the body of a page's first table, each as its cells: `2024 3|1||2`.
#[track_caller]
fn table(built: &Built, url: &str) -> Vec<String> {
    let page = built.page(url);
    let body = page.split("<tbody>").nth(1).unwrap_or_else(|| panic!("{url} has no table"));
    let body = body.split("</tbody>").next().unwrap_or("");
    let cell = |cell: &str| {
        let words = cell.split_once('>').map_or("", |(_, rest)| rest);
        text_of(words)
    };
    let row = |row: &str| {
        let cells = row.replace("<th", "<td");
        cells.split("<td").skip(1).map(cell).collect::<Vec<_>>().join("|")
    };
    body.split("<tr").skip(1).map(row).collect()
}

#[test]
fn the_grid_of_years_counts_each_month_and_shows_what_is_empty() {
    let built = Site::new()
        .article("a", "date: 2022-03-01")
        .article("b", "date: 2022-03-31")
        .article("c", "date: 2022-12")
        .article("d", "date: 2021")
        .build()
        .clean();
    assert_eq!(table(&built, "nam.html"), ["2022 3|||2|||||||||1", "2021 1||||||||||||"]);
    assert_eq!(built.link("nam.html", "2022"), "nam/2022.html");
    assert_eq!(built.link("nam.html", "2"), "nam/2022/03.html");
    let text = built.text("nam.html");
    assert!(text.contains("gồm cả những bài chỉ rõ năm, tất cả là: 1"), "{text}");
}

#[test]
fn years_without_articles_stand_between_those_with_some() {
    let built = Site::new()
        .article("a", "date: 2012-01-01")
        .article("b", "date: 2014-01-01")
        .article("c", "date: 2020-01-01")
        .article("d", "date: 2021-01-01")
        .build()
        .clean();
    let rows = table(&built, "nam.html");
    let years: Vec<&str> = rows.iter().filter_map(|row| row.split('|').next()).collect();
    assert_eq!(years, ["2021 1", "2020 1", "2015–2019", "2014 1", "2013", "2012 1"]);
    assert_eq!(rows[2], "2015–2019|không có bài nào");
    assert!(!built.has("nam/2013.html"));
}

#[test]
fn every_shade_is_in_the_legend() {
    let built = Site::new().many("a", 9, "date: 2022-03-01").article("b", "date: 2022-04-01").build().clean();
    for url in ["nam.html", "nam/2022.html"] {
        let page = built.page(url);
        let used: Vec<String> = tags(&page)
            .filter(|tag| tag.starts_with("td ") || tag.starts_with("rect "))
            .filter_map(|tag| attribute(tag, "class"))
            .filter(|class| class != "h0" && class.starts_with('h'))
            .collect();
        assert_eq!(used.len(), 2, "{url}: {used:?}");
        for class in used {
            assert!(page.contains(&format!("<i class=\"{class}\"></i>")), "{url}: {class}");
        }
        assert!(built.text(url).contains("Bài viết: 1 2 3–5 6–9"), "{url}: {}", built.text(url));
    }
}

#[test]
fn a_year_shows_the_days_of_its_months() {
    let built = Site::new()
        .many("a", 2, "date: 2024-02-29")
        .article("b", "date: 2024-02-03")
        .article("c", "date: 2024-02")
        .article("d", "date: 2024")
        .build()
        .clean();
    let url = "nam/2024.html";
    let rows = table(&built, url);
    assert_eq!(rows.len(), 12);
    assert!(rows[1].starts_with("Tháng 2|") && rows[1].ends_with("|4"), "{}", rows[1]);
    assert!(rows[2].starts_with("Tháng 3|") && rows[2].ends_with("|0"), "{}", rows[2]);
    assert!(built.page(url).contains("aria-label=\"Ngày có bài (số bài): 3 (1), 29 (2)\""));
    assert!(built.text(url).contains("Năm 2024 Tổng cộng: 5 bài viết"));
    assert!(built.section(url, "Bài chỉ rõ năm").contains("Bài d"));
    assert_eq!(built.link(url, "Tháng 2"), "nam/2024/02.html");
    assert_eq!(built.link(url, "Tháng 3"), "");
}

#[test]
fn a_month_is_a_calendar_whose_weeks_begin_on_monday() {
    let built = Site::new().many("a", 2, "date: 2024-02-29").article("b", "date: 2024-02").build().clean();
    let url = "nam/2024/02.html";
    let weeks = table(&built, url);
    assert_eq!(weeks[0], "|||1|2|3|4");
    assert_eq!(weeks[4], "26|27|28|29 2|||");
    assert!(built.text(url).contains("T2 T3 T4 T5 T6 T7 CN"));
    let built = Site::new().article("b", "date: 2024-02").build().clean();
    assert!(!built.page(url).contains("<table"), "no day is known");
}

#[test]
fn a_month_leads_to_the_months_before_and_after_it_that_have_articles() {
    let built = Site::new()
        .article("a", "date: 2021-12-30")
        .article("b", "date: 2023")
        .article("c", "date: 2023-02-01")
        .article("d", "date: 2023-05-01")
        .article("e", "")
        .build()
        .clean();
    assert_eq!(built.link("nam/2023/02.html", "← Tháng 12 năm 2021"), "nam/2021/12.html");
    assert_eq!(built.link("nam/2023/02.html", "Tháng 5 năm 2023 →"), "nam/2023/05.html");
    let ways = |url: &str| {
        let links = hrefs(&built.page(url)).into_iter().filter_map(|href| resolve(url, &href));
        let months = links.filter(|to| to.starts_with("nam/20") && to.matches('/').count() == 2);
        months.filter(|to| to != url).collect::<Vec<_>>()
    };
    assert_eq!(ways("nam/2021/12.html"), ["nam/2023/02.html"]);
    assert_eq!(ways("nam/2023/05.html"), ["nam/2023/02.html"]);
    assert_eq!(ways("nam/khong-ro-ngay.html"), Vec::<String>::new());
    assert_eq!(built.link("nam/2023.html", "← Năm 2021"), "nam/2021.html");
}

#[test]
fn an_archive_without_dates_has_no_grid() {
    let built = Site::new().article("a", "").build().clean();
    assert!(!built.page("nam.html").contains("<table"));
    assert_eq!(built.link("nam.html", "Bài không rõ ngày đăng"), "nam/khong-ro-ngay.html");
    assert!(Site::new().build().clean().text("nam.html").contains("Chưa có bài viết nào."));
}
