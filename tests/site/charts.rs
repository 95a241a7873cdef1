//! What the page of a directive shows at a glance: which places carried it out, when, and whom
//! they commended; what it came of and what came of it.
//!
//! Pages are read as text and as tags. Where marks and arcs stand is tested beside the code
//! that places them (`page::chart`).

use super::fixture::{Built, Site, attribute, hrefs, tags};

const PAGE: &str = "van-ban/kl.html";

/// A site with one directive and an article for each event about it.
fn site(events: &[&str]) -> Site {
    let site = Site::new().record("directives/kl", "number: 01-KL/TW\ndate: 2021-05-18");
    events.iter().zip(1..).fold(site, |site, (event, number)| {
        let front = format!("date: 2026-01-01\nevent: {{{event}, directives: [01-KL/TW]}}");
        site.article(&format!("a-{number:02}"), &front)
    })
}

/// The names of the lanes of the timeline, from above.
#[track_caller]
fn lanes(built: &Built) -> Vec<String> {
    let page = built.page(PAGE);
    let svgs = tags(&page).filter(|tag| tag.starts_with("svg class=\"lane\""));
    svgs.map(|tag| attribute(tag, "aria-label").expect("a lane has a name")).collect()
}

/// What each mark is called, and where it leads.
#[track_caller]
fn marks(built: &Built) -> Vec<(String, String)> {
    let page = built.page(PAGE);
    let links = page.split("<a href=\"").skip(1).filter_map(|link| {
        let (href, rest) = link.split_once('"')?;
        let title = rest.split_once('>')?.1.strip_prefix("<title>")?;
        Some((title.split("</title>").next()?.to_owned(), href.to_owned()))
    });
    links.collect()
}

#[test]
fn places_are_provinces_by_their_first_event_where_events_lie_in_several() {
    let built = site(&[
        "date: 2024-05-17, host: Huyện ủy Mỹ Xuyên, stage: sơ kết 3 năm",
        "date: 2023-05-16, host: Tỉnh ủy Bình Định, commended: [{collectives: 2, individuals: 5}, {collectives: 60, scope: period}]",
        "date: 2023-06-01, host: Huyện ủy Kế Sách",
        "date: 2022-01-01, host: Quận ủy Quận 11",
    ])
    .build()
    .clean();
    assert_eq!(lanes(&built), ["Thành phố Hồ Chí Minh", "Tỉnh Bình Định", "Tỉnh Sóc Trăng"]);
    let events = built.section(PAGE, "Sự kiện");
    let glance = "4 sự kiện · 3 nơi · 01/01/2022 – 17/05/2024 · khen 2 tập thể, 5 cá nhân";
    assert!(events.starts_with(glance), "{events}");
    assert!(events.contains("Tỉnh Bình Định 1 sự kiện khen 2 tập thể, 5 cá nhân"), "{events}");
    assert!(events.contains("ban hành 18/05/2021"), "{events}");
    let mark =
        ("17/05/2024: Huyện Mỹ Xuyên; sơ kết 3 năm; Huyện ủy Mỹ Xuyên", "../bai-viet/a-01.html#su-kien");
    assert!(marks(&built).contains(&(mark.0.to_owned(), mark.1.to_owned())), "{:?}", marks(&built));
    let matrix = "Địa điểm 2022 2023 2024 Cộng Tập thể Cá nhân Tỉnh Bình Định 1 1 2 5 Thành phố Hồ Chí Minh 1 1 \
                  Tỉnh Sóc Trăng 1 1 2 Cộng 1 2 1 4 2 5";
    assert!(events.contains(matrix), "{events}");
}

#[test]
fn in_the_archive_of_a_province_places_are_its_districts() {
    let own = [
        "date: 2023-05-16, host: Huyện ủy Mỹ Xuyên",
        "date: 2023-05-17, host: Huyện ủy Kế Sách",
        "date: 2024-05-17, host: Tỉnh ủy Sóc Trăng",
    ];
    let districts = ["Huyện Mỹ Xuyên", "Huyện Kế Sách", "Tỉnh Sóc Trăng"];
    let built = site(&own).build().clean();
    assert_eq!(lanes(&built), districts);
    assert!(built.section(PAGE, "Sự kiện").starts_with("3 sự kiện · 3 nơi ở Tỉnh Sóc Trăng"));
    // An event elsewhere: the province is one of several, unless the archive is its own.
    let with_other = [&own[..], &["date: 2025-01-02, host: Tỉnh ủy Bình Định"]].concat();
    assert_eq!(lanes(&site(&with_other).build().clean()), ["Tỉnh Sóc Trăng", "Tỉnh Bình Định"]);
    let built = site(&with_other).settings("place: Sóc Trăng").build().clean();
    assert_eq!(lanes(&built), [&districts[..], &["Tỉnh Bình Định"]].concat());
    // One place has nothing to be told apart, and says where it is.
    let built = site(&own[..1]).build().clean();
    assert_eq!(lanes(&built), ["Huyện Mỹ Xuyên"]);
    assert!(built.section(PAGE, "Sự kiện").starts_with("1 sự kiện · 1 nơi ở Tỉnh Sóc Trăng · 16/05/2023"));
}

#[test]
fn events_that_are_near_are_one_mark_that_leads_into_the_list() {
    let built = site(&[
        "date: 2023-05-18, host: Huyện ủy Mỹ Xuyên",
        "date: 2023-05-16, host: Huyện ủy Mỹ Xuyên",
        "date: 2025-05-16, host: Huyện ủy Mỹ Xuyên",
    ])
    .build()
    .clean();
    let marks = marks(&built);
    assert_eq!(marks[0], ("16/05/2023 – 18/05/2023: 2 sự kiện".to_owned(), "#su-kien-1".to_owned()));
    assert!(marks[1].1.ends_with("a-03.html#su-kien"), "{marks:?}");
    let page = built.page(PAGE);
    let first = page.split("id=\"su-kien-1\"").nth(1).expect("the first event of the list");
    assert!(first.split("</h3>").next().is_some_and(|head| head.contains("16/05/2023")), "{first}");
}

#[test]
fn days_that_were_not_printed_are_hollow_and_undated_events_are_counted() {
    let built = site(&[
        "date: 2021-05-16, host: Huyện ủy Mỹ Xuyên",
        "date: {value: 2022-05-17, inferred: vì thế}, host: Huyện ủy Mỹ Xuyên",
        "date: 2023, host: Huyện ủy Mỹ Xuyên",
        "date: --05-17, host: Huyện ủy Mỹ Xuyên",
        "host: Huyện ủy Kế Sách",
    ])
    .build();
    let page = built.page(PAGE);
    assert_eq!(page.matches("class=\"guess\"><title>").count(), 2);
    let titles: Vec<String> = marks(&built).into_iter().map(|(title, _)| title).collect();
    assert!(titles[1].starts_with("[17/05/2022]: ") && titles[2].starts_with("2023: "), "{titles:?}");
    let events = built.section(PAGE, "Sự kiện");
    assert!(events.contains("không rõ ngày: 2 sự kiện"), "{events}");
    assert!(events.contains("Huyện Kế Sách 1 sự kiện không rõ ngày"), "{events}");
}

#[test]
fn a_site_without_dates_or_places_has_no_timeline_and_a_table() {
    let built = site(&["stage: sơ kết"]).build().clean();
    assert!(!built.page(PAGE).contains("class=\"timeline\""));
    assert!(built.section(PAGE, "Sự kiện").starts_with("1 sự kiện Sự kiện theo địa phương và năm"));
    assert!(built.section(PAGE, "Sự kiện").contains("Không rõ nơi 1 1"));
    let built = site(&[]).build().clean();
    assert_eq!(built.try_section(PAGE, "Sự kiện"), None);
}

#[test]
fn many_events_at_many_places_make_no_large_page() {
    let provinces = [
        "An Giang",
        "Bắc Giang",
        "Bắc Kạn",
        "Bắc Ninh",
        "Bến Tre",
        "Bình Định",
        "Bình Phước",
        "Cà Mau",
        "Cao Bằng",
        "Đắk Lắk",
        "Điện Biên",
        "Đồng Nai",
        "Gia Lai",
        "Hà Giang",
        "Hà Nam",
        "Kon Tum",
    ];
    let events: Vec<String> = (0..480)
        .map(|n| {
            let (year, month, day) = (2016 + n % 9, 1 + n % 12, 1 + n % 28);
            format!("date: {year}-{month:02}-{day:02}, host: Tỉnh ủy {}", provinces[n % 16])
        })
        .collect();
    let events: Vec<&str> = events.iter().map(|event| &**event).collect();
    let built = site(&events).settings("page_size: 5").build().clean();
    let names = lanes(&built);
    assert_eq!((names.len(), names.last().map(String::as_str)), (13, Some("4 nơi khác")));
    assert!(marks(&built).len() <= 13 * 13, "{}", marks(&built).len());
    assert!(built.section(PAGE, "Sự kiện").contains("4 nơi khác 120 sự kiện"));
    assert!(built.page(PAGE).len() < 60_000, "{}", built.page(PAGE).len());
    // Further pages have the events of their own articles, and no overview.
    assert!(!built.page("van-ban/kl/trang-1.html").contains("<svg"));
}

#[test]
fn old_years_share_a_column() {
    let events: Vec<String> =
        (1990..2024).map(|year| format!("date: {year}-05-16, host: Huyện ủy Mỹ Xuyên")).collect();
    let events: Vec<&str> = events.iter().map(|event| &**event).collect();
    let built = site(&events).build();
    let text = built.section(PAGE, "Sự kiện");
    assert!(text.contains("Địa điểm đến 2004 2005 2006"), "{text}");
    assert!(text.contains("Huyện Mỹ Xuyên 15 1 1"), "{text}");
}

#[test]
fn counts_are_shaded_and_written() {
    let event = |year, place| format!("date: {year}-05-16, host: Huyện ủy {place}");
    let mut events = vec![event(2023, "Kế Sách")];
    events.extend((0..8).map(|_| event(2024, "Mỹ Xuyên")));
    let events: Vec<&str> = events.iter().map(|event| &**event).collect();
    let page = site(&events).build().page(PAGE);
    assert!(page.contains("<td class=\"h1\">1</td><td></td>"), "{page}");
    assert!(page.contains("<td></td><td class=\"h4\">8</td>"), "{page}");
}

// ---- Relations ----

fn family() -> Site {
    Site::new()
        .record("directives/06", "number: 06-CT/TW\nkind: Chỉ thị\ndate: 2006-11-07")
        .record("directives/03", "number: 03-CT/TW\nkind: Chỉ thị\ndate: 2011-05-14\ncontinues: 06-CT/TW")
        .record("directives/05", "number: 05-CT/TW\nkind: Chỉ thị\ndate: 2016-05-15\ncontinues: 03-CT/TW")
        .record("directives/kl", "number: 01-KL/TW\nkind: Kết luận\ndate: 2021-05-18\ncontinues: 05-CT/TW")
        .record("directives/cd", "name: Chuyên đề chung\nimplements: [05-CT/TW, 01-KL/TW]")
        .record("directives/kh1", "number: 10-KH/TU\nissuer: Tỉnh ủy Sóc Trăng\ndate: 2021-09-01\nimplements: 01-KL/TW")
        .record(
            "directives/kh2",
            "number: 20-KH/TU\nissuer: Tỉnh ủy Sóc Trăng\ndate: 2023-09-01\nreplaces: 10-KH/TU\nimplements: 01-KL/TW",
        )
        .record("directives/bac", "number: 11-KH/TU\nissuer: Tỉnh ủy Bình Định\ndate: 2017-01-01\nimplements: 05-CT/TW")
}

#[test]
fn a_genealogy_goes_from_the_oldest_to_the_youngest() {
    let built = family().build().clean();
    let relations = built.section(PAGE, "Quan hệ với văn bản khác");
    let rows = "Chỉ thị số 06-CT/TW (2006) Chỉ thị số 03-CT/TW (2011) tiếp tục thực hiện 06-CT/TW \
                Chỉ thị số 05-CT/TW (2016) tiếp tục thực hiện 03-CT/TW \
                Kết luận số 01-KL/TW (2021) tiếp tục thực hiện 05-CT/TW \
                Chuyên đề chung triển khai 05-CT/TW, 01-KL/TW \
                10-KH/TU (2021) triển khai 01-KL/TW; đã được thay thế \
                20-KH/TU (2023) triển khai 01-KL/TW; thay thế 10-KH/TU \
                tiếp tục thực hiện triển khai thay thế";
    assert!(relations.starts_with(rows), "{relations}");
    // It leads to all but itself, and what else came of its forebears is theirs to show.
    let page = built.page(PAGE);
    let picture = page.split("class=\"genealogy\"").nth(1).and_then(|rest| rest.split("</ol>").next());
    let picture = picture.expect("a genealogy");
    assert_eq!(
        hrefs(picture),
        ["06", "03", "05", "cd", "kh1", "kh2"].map(|id| format!("../van-ban/{id}.html"))
    );
    assert_eq!(picture.matches("<path").count(), 8);
    assert!(!relations.contains("11-KH/TU"), "{relations}");
    assert!(built.section("van-ban/05.html", "Quan hệ với văn bản khác").contains("11-KH/TU"));
    assert_eq!(built.fact(PAGE, "được triển khai bởi").matches("KH/TU").count(), 2);
}

#[test]
fn of_many_relatives_the_nearest_are_shown_and_the_others_counted() {
    let children = (1..=20).fold(family(), |site, n| {
        site.record(
            &format!("directives/con-{n:02}"),
            &format!("name: Kế hoạch con {n:02}\ndate: 2022-01-{n:02}\nimplements: 10-KH/TU"),
        )
    });
    let built = children.build().clean();
    let page = built.page(PAGE);
    assert_eq!(page.matches("<circle").count(), 15);
    // Eight are nearer than the twenty grandchildren.
    let relations = built.section(PAGE, "Quan hệ với văn bản khác");
    assert!(relations.contains("và 12 văn bản khác"), "{relations}");
}

#[test]
fn what_was_replaced_names_its_successor_at_the_top_of_its_page() {
    let built = family().build().clean();
    let text = built.text("van-ban/kh1.html");
    assert!(text.contains("Văn bản này đã được thay thế bởi 20-KH/TU."), "{text}");
    assert!(!built.text("van-ban/kh2.html").contains("Văn bản này đã được thay thế"));
    let list = built.text("van-ban.html");
    assert_eq!(list.matches("đã được thay thế").count(), 1, "{list}");
}

#[test]
fn a_directive_without_relations_has_no_genealogy() {
    let built = site(&[]).build().clean();
    assert_eq!(built.try_section(PAGE, "Quan hệ với văn bản khác"), None);
}

#[test]
fn a_page_shows_two_hundred_events_and_says_how_many_more_there_are() {
    let host = "don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html";
    let mut site = Site::new().record("directives/01-kl-tw", "number: 01-KL/TW");
    for article in 0..3 {
        let events: String = (0..70)
            .map(|at| {
                let (month, day) = (1 + at / 28, 1 + at % 28);
                format!(
                    "  - {{id: s{at}, date: 202{article}-{month:02}-{day:02}, host: \"Huyện ủy Mỹ Xuyên\", directives: [01-KL/TW]}}\n"
                )
            })
            .collect();
        site = site.article(&format!("a{article}"), &format!("events:\n{events}"));
    }
    let built = site.build().clean();
    for url in ["van-ban/01-kl-tw.html", host, "dia-phuong/tinh-soc-trang/huyen-my-xuyen.html"] {
        let page = built.page(url);
        assert_eq!(page.matches("<li class=\"event\"").count(), 200, "{url}");
        assert!(built.text(url).contains("và 10 sự kiện khác, kể ở các bài dưới đây."), "{url}");
    }
    // All of them are counted, and no mark of the timeline leads to one that is not shown.
    let page = built.page("van-ban/01-kl-tw.html");
    assert!(built.text("van-ban/01-kl-tw.html").contains("210 sự kiện"));
    let anchors = page.split("href=\"#su-kien-").skip(1);
    for anchor in anchors.filter_map(|rest| rest.split('"').next()) {
        assert!(page.contains(&format!("id=\"su-kien-{anchor}\"")), "{anchor}");
    }
}
