//! What a name leads to: rings, chains, eras, organs, records that take an address over.
//!
//! Each test writes the smallest site in which the question arises and follows the link
//! on the article's page.

use luutru::archive::Tally;

use super::fixture::{Built, Site, attribute, hrefs, resolve};

/// The page of an article.
fn article(id: &str) -> String {
    format!("bai-viet/{id}.html")
}

/// Where the only article of a site says that something is: its list of places.
#[track_caller]
fn place_of(localities: &str, more: &str) -> String {
    let built = Site::new().article("a", &format!("localities: [{localities}]\n{more}")).build();
    match built.codes().first() {
        Some(code) => (*code).to_owned(),
        None => first_link(&built, "Địa phương"),
    }
}

/// Where the first link of a fact on the page of article `a` leads.
#[track_caller]
fn first_link(built: &Built, term: &str) -> String {
    let words = built.fact("bai-viet/a.html", term);
    let page = built.page("bai-viet/a.html");
    let start = page.find(&format!("<dt>{term}</dt>")).expect("the fact was read already");
    let tag = page[start..].split("<a ").nth(1).and_then(|piece| piece.split_once('>')).map(|(tag, _)| tag);
    let href = tag.and_then(|tag| attribute(tag, "href"));
    href.and_then(|href| resolve("bai-viet/a.html", &href)).unwrap_or(words)
}

/// The articles counted at the place of that path itself.
fn direct(built: &Built, path: &str) -> Option<Tally> {
    let archive = &built.prepared.archive;
    let place = archive.localities.iter().position(|locality| &*locality.path == path)?;
    Some(archive.locality_lists[place].direct)
}

/// Where the host of the only event leads, or the code of what is wrong.
#[track_caller]
fn host_of(site: Site, host: &str, front: &str, event: &str) -> String {
    let built = site.article("a", &format!("{front}event: {{host: {host}{event}}}\n")).build();
    match built.codes().first() {
        Some(code) => (*code).to_owned(),
        None => first_link(&built, "Đơn vị tổ chức"),
    }
}

// ---- Rings ----

#[test]
fn a_name_that_many_places_have_is_an_error_that_lists_them() {
    let built = Site::new().article("a", "event: {host: Huyện ủy Châu Thành}").build();
    assert_eq!(built.codes(), ["ambiguous-unit"]);
    let found = &built.found()[0];
    for candidate in ["Huyện ủy (Huyện Châu Thành, Tỉnh Tây Ninh)", "Tỉnh Bến Tre", "… (+4)"]
    {
        assert!(found.contains(candidate), "{found}");
    }
    // The remedy that the message offers.
    assert_eq!(
        host_of(Site::new(), "\"Huyện ủy Châu Thành, Sóc Trăng\"", "", ""),
        "don-vi/tinh-soc-trang/huyen-chau-thanh/huyen-uy.html"
    );
}

#[test]
fn a_candidate_copied_from_the_message_is_found() {
    let built = Site::new().article("a", "localities: [huyện Châu Thành]").build();
    let found = &built.found()[0];
    let (_, candidates) = found.split_once("several places: ").expect("a list of candidates");
    let places: Vec<&str> = candidates.split("; ").filter(|candidate| !candidate.starts_with('…')).collect();
    assert!(places.len() > 2, "{found}");
    for candidate in places {
        let place = place_of(&format!("\"{candidate}\""), "");
        assert!(place.ends_with("/huyen-chau-thanh.html"), "{candidate}: {place}");
    }
}

#[test]
fn the_rings_are_event_article_site_country() {
    let host = "Huyện ủy Châu Thành";
    let in_soc_trang = || Site::new().settings("place: Sóc Trăng");
    let unit = |province: &str| format!("don-vi/tinh-{province}/huyen-chau-thanh/huyen-uy.html");
    assert_eq!(host_of(in_soc_trang(), host, "", ""), unit("soc-trang"));
    assert_eq!(host_of(in_soc_trang(), host, "localities: [Hậu Giang]\n", ""), unit("hau-giang"));
    assert_eq!(
        host_of(in_soc_trang(), host, "localities: [Hậu Giang]\n", ", localities: [Kiên Giang]"),
        unit("kien-giang")
    );
    // What is nowhere near is found across the country.
    assert_eq!(
        host_of(in_soc_trang(), "Huyện ủy Hoài Ân", "", ""),
        "don-vi/tinh-binh-dinh/huyen-hoai-an/huyen-uy.html"
    );
}

#[test]
fn a_ring_with_two_candidates_is_ambiguous_and_no_wider_ring_is_asked() {
    let site = Site::new().settings("place: Sóc Trăng");
    let front = "localities: [Hậu Giang, Kiên Giang]\n";
    assert_eq!(host_of(site, "Huyện ủy Châu Thành", front, ""), "ambiguous-unit");
}

#[test]
fn places_of_an_article_help_each_other() {
    assert_eq!(
        place_of("Hậu Giang, huyện Châu Thành", ""),
        "dia-phuong/tinh-hau-giang.html",
        "the first is listed first"
    );
    let built = Site::new().article("a", "localities: [huyện Châu Thành, Hậu Giang]").build().clean();
    assert!(built.has("dia-phuong/tinh-hau-giang/huyen-chau-thanh.html"));
    assert_eq!(place_of("huyện Châu Thành", ""), "ambiguous-locality");
}

// ---- Chains ----

#[test]
fn a_chain_is_read_level_by_level_from_the_right() {
    let gia_hoa = "dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1.html";
    for name in [
        "\"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"",
        "\"xã Gia Hòa 1, huyện Mỹ Xuyên, tỉnh Sóc Trăng\"",
        "\"Xã Gia Hòa 1, Sóc Trăng\"",
        "\"gia hoà 1, MỸ XUYÊN, sóc trăng\"",
        "\"Gia Hòa I, Mỹ Xuyên, Sóc Trăng\"",
    ] {
        assert_eq!(place_of(name, ""), gia_hoa, "{name}");
    }
}

#[test]
fn a_level_may_be_left_out_only_before_a_type_word() {
    assert_eq!(place_of("\"Gia Hòa 1, Sóc Trăng\"", ""), "unknown-locality");
    assert_eq!(place_of("\"Gia Hòa 1, Kế Sách, Sóc Trăng\"", ""), "unknown-locality");
    assert_eq!(place_of("\"Gia Hòa 3, Mỹ Xuyên, Sóc Trăng\"", ""), "unknown-locality");
}

#[test]
fn names_are_equal_in_nfd_with_the_icelandic_d_and_in_any_tone_placement() {
    // Decomposed: y + tilde below the wrong normal form, and Ð (U+00D0) for Đ.
    let decomposed = "\"My\u{303} Xuye\u{302}n, So\u{301}c Tra\u{306}ng\"";
    assert_eq!(place_of(decomposed, ""), "dia-phuong/tinh-soc-trang/huyen-my-xuyen.html");
    assert_eq!(place_of("\u{d0}ồng Nai", "date: 2024"), "dia-phuong/tinh-dong-nai.html");
    assert_eq!(place_of("Khánh Hoà", "date: 2024"), "dia-phuong/tinh-khanh-hoa.html");
}

#[test]
fn a_bare_name_that_is_a_provinces_means_the_province() {
    assert_eq!(place_of("Sóc Trăng", ""), "dia-phuong/tinh-soc-trang.html");
    for city in ["thành phố Sóc Trăng", "TP Sóc Trăng", "TP. Sóc Trăng", "\"Sóc Trăng, Sóc Trăng\""]
    {
        assert_eq!(place_of(city, ""), "dia-phuong/tinh-soc-trang/thanh-pho-soc-trang.html", "{city}");
    }
    assert_eq!(
        host_of(Site::new(), "Thành ủy Sóc Trăng", "", ""),
        "don-vi/tinh-soc-trang/thanh-pho-soc-trang/thanh-uy.html"
    );
    assert_eq!(host_of(Site::new(), "Tỉnh ủy Sóc Trăng", "", ""), "don-vi/tinh-soc-trang/tinh-uy.html");
}

#[test]
fn siblings_whose_slugs_are_equal_end_in_their_official_code() {
    let built = Site::new()
        .article(
            "a",
            "localities: [\"Hoằng Thành, Hoằng Hóa, Thanh Hóa\", \"Hoằng Thanh, Hoằng Hóa, Thanh Hóa\"]",
        )
        .build()
        .clean();
    let twins = built.addresses("dia-phuong/tinh-thanh-hoa/huyen-hoang-hoa/xa-hoang-thanh-");
    assert_eq!(twins.len(), 2, "{twins:?}");
    assert!(!built.has("dia-phuong/tinh-thanh-hoa/huyen-hoang-hoa/xa-hoang-thanh.html"));
}

#[test]
fn a_hamlet_of_the_sites_own_is_a_place_below_its_commune() {
    let built = Site::new()
        .record(
            "localities/ap-trung-hoa",
            "name: ấp Trung Hòa\nkind: ấp\nparent: \"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"",
        )
        .article("a", "localities: [\"ấp Trung Hòa, Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]")
        .build()
        .clean();
    let hamlet = "dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1/ap-trung-hoa.html";
    assert_eq!(first_link(&built, "Địa phương"), hamlet);
    assert_eq!(
        built.link(hamlet, "Xã Gia Hòa 1"),
        "dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1.html"
    );
    assert_eq!(built.fact("dia-phuong/tinh-soc-trang.html", "Kể cả cấp dưới"), "1");
}

// ---- Eras ----

#[test]
fn the_day_prefers_among_places_of_two_eras() {
    // Mỹ Xuyên is a district until 30 June 2025 and a ward of Cần Thơ from the next day.
    let old = "dia-phuong/tinh-soc-trang/huyen-my-xuyen.html";
    let new = place_of("\"Mỹ Xuyên, Cần Thơ\"", "date: 2025-07-01");
    assert!(new.starts_with("dia-phuong/thanh-pho-can-tho/") && new.ends_with("my-xuyen.html"), "{new}");
    assert_eq!(place_of("huyện Mỹ Xuyên", "date: 2025-06-30"), old);
    // A name that the day does not have falls back to the era that has it.
    assert_eq!(place_of("\"Mỹ Xuyên, Sóc Trăng\"", "date: 2026-03-01"), old);
}

#[test]
fn the_events_day_goes_before_the_articles() {
    let built = Site::new()
        .article("a", "date: 2025-07-02\nevent: {date: 2025-06-29, host: Thành ủy Cần Thơ}")
        .build()
        .clean();
    let text = built.text("dia-phuong/thanh-pho-can-tho.html");
    assert_eq!(built.fact("dia-phuong/thanh-pho-can-tho.html", "Về chính nơi này"), "1", "{text}");
    let tally = direct(&built, "thanh-pho-can-tho").expect("Cần Thơ has a page");
    assert_eq!((tally.old, tally.new, tally.unknown), (1, 0, 0));
}

#[test]
fn an_undated_article_takes_the_era_its_other_links_agree_on() {
    let tally = |front: &str| {
        let built = Site::new().article("a", front).build().clean();
        direct(&built, "thanh-pho-can-tho").map(|tally| (tally.old, tally.new, tally.unknown))
    };
    assert_eq!(tally("localities: [Cần Thơ]"), Some((0, 0, 1)));
    assert_eq!(tally("localities: [Cần Thơ, huyện Mỹ Xuyên]"), Some((1, 0, 0)));
    assert_eq!(tally("localities: [Cần Thơ, đặc khu Phú Quốc]"), Some((0, 1, 0)));
    assert_eq!(tally("localities: [Cần Thơ, huyện Mỹ Xuyên, đặc khu Phú Quốc]"), Some((0, 0, 1)));
}

#[test]
fn an_organ_of_an_era_tells_the_era_of_its_place() {
    let built = Site::new().article("a", "units: [Huyện ủy Mỹ Xuyên]\nlocalities: [Cần Thơ]").build().clean();
    assert_eq!(direct(&built, "thanh-pho-can-tho").map(|tally| tally.old), Some(1));
}

#[test]
fn thua_thien_hue_before_2025_is_an_earlier_record_of_hue() {
    let hue = "dia-phuong/thanh-pho-hue.html";
    for name in ["Thừa Thiên Huế", "tỉnh Thừa Thiên Huế", "Thừa Thiên - Huế"] {
        assert_eq!(place_of(name, "date: 2020-05-01"), hue, "{name}");
    }
    let built =
        Site::new().article("a", "date: 2020-05-01\nevent: {host: Tỉnh ủy Thừa Thiên Huế}").build().clean();
    assert_eq!(first_link(&built, "Đơn vị tổ chức"), "don-vi/thanh-pho-hue/tinh-uy.html");
    assert!(built.text(hue).contains("Tỉnh Thừa Thiên Huế đến 30/6/2025"), "{}", built.text(hue));
}

#[test]
fn a_place_that_was_retyped_or_renamed_keeps_one_address() {
    let ben_cat = "dia-phuong/tinh-binh-duong/thanh-pho-ben-cat.html";
    assert_eq!(place_of("\"thị xã Bến Cát, Bình Dương\"", "date: 2020-01-01"), ben_cat);
    assert_eq!(place_of("\"thành phố Bến Cát, Bình Dương\"", "date: 2024-06-01"), ben_cat);
    assert_eq!(
        place_of("\"huyện Tân Thành, Bà Rịa - Vũng Tàu\"", "date: 2010-01-01"),
        "dia-phuong/tinh-ba-ria-vung-tau/thanh-pho-phu-my.html"
    );
    assert_eq!(
        place_of("\"Quận 2, Hồ Chí Minh\"", "date: 2015-01-01"),
        "dia-phuong/thanh-pho-ho-chi-minh/quan-2.html"
    );
    let built = Site::new().article("a", "date: 2020-01-01\nevent: {host: Thị ủy Bến Cát}").build().clean();
    assert_eq!(first_link(&built, "Đơn vị tổ chức"), "don-vi/tinh-binh-duong/thanh-pho-ben-cat/thi-uy.html");
}

#[test]
fn an_old_place_says_what_it_is_now_and_both_lead_to_each_other() {
    let built = Site::new().article("a", "localities: [\"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]").build().clean();
    let old = "dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1.html";
    let text = built.text(old);
    let now =
        text.split("Nay thuộc ").nth(1).and_then(|rest| rest.split('.').next()).expect("what it is now");
    let new = built.link(old, now.split(" (").next().expect("a name"));
    assert!(new.starts_with("dia-phuong/thanh-pho-can-tho/"), "{text}: {new}");
    assert_eq!(built.link(&new, "Xã Gia Hòa 1"), old);
}

#[test]
fn an_organ_named_for_a_day_it_did_not_exist_is_a_warning() {
    let built = Site::new().article("a", "date: 2026-03-01\nunits: [Huyện ủy Mỹ Xuyên]").build();
    assert_eq!(built.codes(), ["organ-of-another-time"]);
    assert!(built.report.is_some(), "a warning stops nothing");
    Site::new().article("a", "date: 2025-06-30\nunits: [Huyện ủy Mỹ Xuyên]").build().clean();
}

// ---- Units ----

#[test]
fn a_standing_committee_is_named_as_it_is_and_leads_to_the_committees_page() {
    let committee = "don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html";
    for (name, shown) in [
        ("Ban Thường vụ Huyện ủy Mỹ Xuyên", "Ban Thường vụ Huyện ủy Mỹ Xuyên"),
        ("BTV Huyện ủy Mỹ Xuyên", "Ban Thường vụ Huyện ủy Mỹ Xuyên"),
        ("Thường trực Huyện uỷ Mỹ Xuyên", "Thường trực Huyện ủy Mỹ Xuyên"),
        ("Huyện ủy Mỹ Xuyên", "Huyện ủy Mỹ Xuyên"),
    ] {
        let built = Site::new().article("a", &format!("event: {{host: {name}}}")).build().clean();
        assert_eq!(built.fact("bai-viet/a.html", "Đơn vị tổ chức"), shown);
        assert_eq!(first_link(&built, "Đơn vị tổ chức"), committee);
        assert_eq!(built.addresses("don-vi/tinh-soc-trang/huyen-my-xuyen/"), [committee]);
    }
}

#[test]
fn a_derived_unit_stands_below_those_above_it() {
    let built = Site::new().article("a", "units: [Ban Tuyên giáo Huyện ủy Mỹ Xuyên]").build().clean();
    let page = "don-vi/tinh-soc-trang/huyen-my-xuyen/ban-tuyen-giao.html";
    assert_eq!(
        built.section(page, "Trong hệ thống tổ chức"),
        "Tỉnh ủy Sóc Trăng Huyện ủy Mỹ Xuyên Ban Tuyên giáo Huyện ủy Mỹ Xuyên"
    );
    assert_eq!(built.fact(page, "Địa bàn"), "Huyện Mỹ Xuyên");
    let above = "don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html";
    assert_eq!(built.link(above, "Ban Tuyên giáo Huyện ủy Mỹ Xuyên"), page);
}

#[test]
fn a_bloc_committee_is_organ_and_province_under_the_provincial_committee() {
    let built = Site::new().article("a", "units: [Đảng ủy Khối các cơ quan tỉnh Bình Định]").build().clean();
    let page = "don-vi/tinh-binh-dinh/dang-uy-khoi-cac-co-quan.html";
    assert_eq!(built.link(page, "Tỉnh ủy Bình Định"), "don-vi/tinh-binh-dinh/tinh-uy.html");
}

#[test]
fn a_units_file_takes_over_the_derived_address() {
    let site = Site::new().article("a", "units: [Huyện ủy Mỹ Xuyên]");
    let derived = "don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html";
    let record = "name: Huyện ủy Mỹ Xuyên\naliases: [Đảng bộ Mỹ Xuyên]\nplace: \"Mỹ Xuyên, Sóc Trăng\"\n";
    let built = site.clone().record("units/huyen-uy", record).build().clean();
    assert_eq!(built.fact(derived, "Tên gọi khác"), "Đảng bộ Mỹ Xuyên");
    assert_eq!(built.addresses("don-vi/huyen-uy"), [""; 0]);
    // With an id of its own, the derived address leads there.
    let built = site.record("units/huyen-uy", &format!("id: huyen-uy-my-xuyen\n{record}")).build().clean();
    assert_eq!(first_link(&built, "Đơn vị"), "don-vi/huyen-uy-my-xuyen.html");
    assert_eq!(built.link(derived, "don-vi/huyen-uy-my-xuyen.html"), "don-vi/huyen-uy-my-xuyen.html");
    assert!(built.page(derived).contains("http-equiv=\"refresh\""));
}

#[test]
fn two_units_of_one_name_are_told_apart_by_their_places() {
    let built = Site::new()
        .record("units/x", "name: Trung tâm Văn hóa\nplace: \"Mỹ Xuyên, Sóc Trăng\"")
        .record("units/y", "name: Trung tâm Văn hóa\nplace: \"Hoài Ân, Bình Định\"")
        .article("a", "localities: [Bình Định]\nunits: [trung tâm văn hoá]")
        .article("b", "units: [Trung tâm Văn hóa]")
        .build();
    assert_eq!(built.codes(), ["ambiguous-unit"]);
    assert!(built.found()[0].starts_with("content/articles/b.md:3:9 "), "{:?}", built.found());
}

#[test]
fn a_post_before_the_unit_that_commended_is_struck() {
    let built = Site::new()
        .article("a", "event: {host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 1, form: giấy khen, by: Chủ tịch UBND huyện Mỹ Xuyên}]}")
        .build()
        .clean();
    let page = article("a");
    assert_eq!(
        built.link(&page, "Chủ tịch UBND huyện Mỹ Xuyên"),
        "don-vi/tinh-soc-trang/huyen-my-xuyen/ubnd.html"
    );
}

// ---- Directives ----

#[test]
fn a_directive_is_found_by_number_name_alias_and_term() {
    let site = Site::new()
        .record("directives/nq4-xi", "number: 12-NQ/TW\nterm: XI\naliases: [Nghị quyết Trung ương 4 khóa XI]")
        .record("directives/nq12-xii", "number: 12-NQ/TW\nterm: XII\nname: Nghị quyết Trung ương 5")
        .record("directives/qd", "number: 749/QĐ-TTg\ndate: 2020-06-03")
        .record("directives/kl", "number: 01-KL/TW\nkind: Kết luận\ndate: 2021-05-18");
    let leads = |name: &str| {
        let built = site.clone().article("a", &format!("directives: [\"{name}\"]")).build();
        match built.codes().first() {
            Some(code) => (*code).to_owned(),
            None => first_link(&built, "Văn bản"),
        }
    };
    for name in ["01-KL/TW", "1-kl/tw", "01 - KL/TW", "01-KL/TƯ", "Kết luận số 01-KL/TW", "kl"] {
        assert_eq!(leads(name), "van-ban/kl.html", "{name}");
    }
    assert_eq!(leads("12-NQ/TW"), "ambiguous-directive");
    assert_eq!(leads("12-NQ/TW khóa XI"), "van-ban/nq4-xi.html");
    assert_eq!(leads("12-NQ/TW khoá 12"), "van-ban/nq12-xii.html");
    assert_eq!(leads("nghị quyết trung ương 4 khóa 11"), "van-ban/nq4-xi.html");
    assert_eq!(leads("Quyết định 749/QĐ-TTg năm 2020"), "van-ban/qd.html");
    assert_eq!(leads("749/QĐ-TTg năm 2021"), "unknown-directive");
    assert_eq!(leads("02-KL/TW"), "unknown-directive");
}

#[test]
fn of_two_owners_the_one_the_article_is_about_is_meant() {
    let site = Site::new()
        .record("directives/st", "number: 10-NQ/TU\nissuer: Tỉnh ủy Sóc Trăng")
        .record("directives/bd", "number: 10-NQ/TU\nissuer: Tỉnh ủy Bình Định");
    let built = site.clone().article("a", "localities: [Bình Định]\ndirectives: [10-NQ/TU]").build().clean();
    assert_eq!(first_link(&built, "Văn bản"), "van-ban/bd.html");
    let built = site.clone().article("a", "directives: [10-NQ/TU]").build();
    assert_eq!(built.codes(), ["ambiguous-directive"]);
    let built = site.settings("place: Sóc Trăng").article("a", "directives: [10-NQ/TU]").build().clean();
    assert_eq!(first_link(&built, "Văn bản"), "van-ban/st.html");
}

#[test]
fn relations_are_shown_from_both_ends_with_the_reverse_verb() {
    let built = Site::new()
        .record("directives/a", "number: 05-CT/TW")
        .record("directives/b", "number: 01-KL/TW\ncontinues: 05-CT/TW")
        .record(
            "directives/c",
            "number: 02-KL/TW\nimplements: 01-KL/TW\namends: [05-CT/TW]\nreplaces: 01-KL/TW",
        )
        .build()
        .clean();
    assert_eq!(built.fact("van-ban/b.html", "tiếp tục thực hiện"), "05-CT/TW");
    assert_eq!(built.fact("van-ban/a.html", "được tiếp tục bởi"), "01-KL/TW");
    assert_eq!(built.fact("van-ban/c.html", "triển khai"), "01-KL/TW");
    assert_eq!(built.fact("van-ban/b.html", "được triển khai bởi"), "02-KL/TW");
    assert_eq!(built.fact("van-ban/a.html", "được sửa đổi, bổ sung bởi"), "02-KL/TW");
    assert_eq!(built.fact("van-ban/b.html", "được thay thế bởi"), "02-KL/TW");
}

#[test]
fn an_article_that_cites_a_replaced_document_keeps_its_link() {
    let built = Site::new()
        .record("directives/cu", "number: 05-CT/TW")
        .record("directives/moi", "number: 06-CT/TW\nreplaces: 05-CT/TW")
        .article("a", "directives: [05-CT/TW]")
        .build()
        .clean();
    assert_eq!(first_link(&built, "Văn bản"), "van-ban/cu.html");
    assert_eq!(built.link("van-ban/cu.html", "06-CT/TW"), "van-ban/moi.html");
}

// ---- Links in the body ----

#[test]
fn a_link_in_the_body_may_name_a_record_of_any_kind() {
    let built = Site::new()
        .record("directives/kl", "number: 01-KL/TW")
        .record("publishers/bd", "name: Báo Bình Định\nmarks: [\"(BĐ)\"]")
        .record("pages/gioi-thieu", "title: Giới thiệu")
        .article("b", "")
        .article_with(
            "a",
            "",
            "[[01-KL/TW]] [[Huyện ủy Mỹ Xuyên|huyện ủy]] [[Gia Hòa 1, Mỹ Xuyên, Sóc Trăng|xã]] [[(BĐ)]] [[b|bài kia]] [[gioi-thieu]]",
        )
        .build()
        .clean();
    let page = article("a");
    for (words, url) in [
        ("01-KL/TW", "van-ban/kl.html"),
        ("huyện ủy", "don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html"),
        ("xã", "dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1.html"),
        ("(BĐ)", "bao/bd.html"),
        ("bài kia", "bai-viet/b.html"),
        ("gioi-thieu", "trang/gioi-thieu.html"),
    ] {
        assert_eq!(built.link(&page, words), url, "{words}");
    }
    // They are the editor's word, so they count as declared.
    assert_eq!(built.fact(&page, "Văn bản"), "01-KL/TW");
    assert!(built.section("van-ban/kl.html", "Bài viết").contains("Bài a"));
}

#[test]
fn an_unknown_name_in_the_body_is_reported_as_what_it_looks_like() {
    let built = Site::new().article_with("a", "", "[[99-CT/TU]] [[Huyện ủy Xứ Mơ]] [[Chuyện lạ]]").build();
    assert_eq!(built.codes(), ["unknown-directive", "unknown-unit", "unknown-name"]);
}

// ---- Events told twice ----

#[test]
fn the_same_event_in_two_articles_is_one_event() {
    let built = Site::new()
        .record("directives/kl", "number: 01-KL/TW")
        .article("a", "date: 2024-05-18\nevent: {date: 2024-05-17, host: Huyện ủy Mỹ Xuyên, directives: [01-KL/TW], commended: [{collectives: 2, individuals: 3}]}")
        .article("b", "date: 2024-05-19\nevents: [{id: mot, same_as: a, commended: [{collectives: 2, individuals: 3}]}, {id: hai, host: Huyện ủy Kế Sách, directives: [01-KL/TW]}]")
        .article("c", "date: 2024-05-20\nevent: {same_as: b#mot}")
        .build()
        .clean();
    let archive = &built.prepared.archive;
    assert_eq!(archive.events.len(), 2);
    assert_eq!(archive.events[0].reports.len(), 3);
    let unit = "don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html";
    assert!(built.section(unit, "Bài viết").contains("Bài c"), "who tells of its event is listed");
    assert!(built.section(unit, "Khen thưởng").contains("2024 1 2 3"), "{}", built.text(unit));
    let events = built.section("van-ban/kl.html", "Sự kiện");
    assert!(events.contains("2 sự kiện · 2 nơi ở Tỉnh Sóc Trăng"), "{events}");
    assert!(events.contains("Huyện Mỹ Xuyên 1 1 2 3 Cộng 1 1 2 2 3"), "by place and year: {events}");
    assert!(built.fact(&article("a"), "Các bài khác về cùng sự kiện").contains("Bài b"));
    assert!(hrefs(&built.page(&article("c"))).contains(&"../bai-viet/a.html#su-kien".to_owned()));
}

#[test]
fn other_figures_for_the_same_event_are_a_warning_and_stand_side_by_side() {
    let built = Site::new()
        .article("a", "event: {id: x, host: Huyện ủy Mỹ Xuyên, commended: [{collectives: 2}]}")
        .article("b", "event: {same_as: a#x, commended: [{collectives: 5}]}")
        .build();
    assert_eq!(built.codes(), ["conflicting-figures"]);
    for (own, other) in [("a", "5 tập thể"), ("b", "2 tập thể")] {
        let others = built.fact(&article(own), "Các bài khác về cùng sự kiện");
        assert!(others.contains(other) && others.contains("số liệu khác"), "{others}");
    }
    let unit = "don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html";
    assert!(built.section(unit, "Khen thưởng").contains("Không rõ năm 1 2"), "{}", built.text(unit));
}

#[test]
fn an_article_of_both_eras_of_a_place_is_listed_once_there() {
    let built = Site::new()
        .article(
            "a",
            "date: 2025-07-05\nlocalities: [Hà Nội]\nevent: {date: 2025-06-28, host: Thành ủy Hà Nội}",
        )
        .build()
        .clean();
    let page = built.page("dia-phuong/thanh-pho-ha-noi.html");
    assert_eq!(page.matches("bai-viet/a.html\"").count(), 1, "{page}");
}

#[test]
fn an_issuer_that_fits_several_units_does_not_pass_for_the_centre() {
    let built = Site::new()
        .record("directives/a", "number: 10-NQ/HU\nissuer: Huyện ủy Châu Thành\ndate: 2022-01-01")
        .build();
    assert_eq!(built.codes(), ["ambiguous-unit"]);
}
