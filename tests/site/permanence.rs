//! Addresses answer for ever: the ledger, redirects, tombstones, collisions.

use std::fs;

use super::fixture::{Built, Site, build_folder, tree};
use luutru::archive::Drafts;

/// Builds a site, records its addresses, and gives the folder back for the next edition.
#[track_caller]
fn recorded(site: &Site) -> Built {
    let built = site.build().clean();
    assert!(built.record() > 0);
    built
}

/// The next edition of a recorded site.
fn edition(before: &Built, site: Site) -> Built {
    site.file("content/addresses.txt", before.ledger()).build()
}

#[test]
fn recording_adds_every_page_and_media_file_once() {
    let built = Site::sample().base_url("https://luu.example/").build().clean();
    let count = built.record();
    let ledger = built.ledger();
    let lines: Vec<&str> = ledger.lines().collect();
    assert_eq!(lines.len(), count);
    assert!(lines.is_sorted());
    let recorded: Vec<String> = tree(&built.out())
        .into_keys()
        .filter(|path| (path.ends_with(".html") && path != "404.html") || path.starts_with("media/"))
        .collect();
    assert_eq!(lines, recorded);
    // The next run knows them.
    let built = build_folder(built.dir, Drafts::Skip, Some("https://luu.example/")).clean();
    assert_eq!(built.record(), 0);
}

#[test]
fn a_comment_an_empty_line_and_windows_line_ends_in_the_ledger_do_no_harm() {
    let ledger = "# giữ mãi\r\n\r\nindex.html\r\nbai-viet/a.html\r\n";
    Site::new().article("a", "").file("content/addresses.txt", ledger).build().clean();
}

#[test]
fn an_article_that_is_gone_is_an_error_at_its_line_of_the_ledger() {
    let site = Site::new().article("a", "").article("b", "");
    let before = recorded(&site);
    let line = before.ledger().lines().position(|line| line == "bai-viet/a.html").expect("recorded") + 1;
    let after = edition(&before, site.clone().without("content/articles/a.md"));
    assert_eq!(after.codes(), ["lost-address"]);
    assert!(after.found()[0].starts_with(&format!("content/addresses.txt:{line}:1 ")), "{:?}", after.found());
    assert!(after.report.is_none(), "nothing is written");
    // So is one that is made a draft again.
    let after = edition(&before, site.article("a", "draft: true"));
    assert_eq!(after.codes(), ["lost-address"]);
}

#[test]
fn a_withdrawn_article_answers() {
    let site = Site::new().article("a", "");
    let before = recorded(&site);
    let after = edition(&before, site.article("a", "withdrawn: {reason: trùng}")).clean();
    assert!(after.text("bai-viet/a.html").contains("Lý do trùng"));
}

#[test]
fn a_record_with_another_id_answers_at_its_old_address() {
    let site = Site::new().record("directives/cu", "number: 01-KL/TW").record("publishers/cu", "name: Báo");
    let before = recorded(&site);
    let moved = || site.clone().without("content/directives/cu.md").without("content/publishers/cu.md");
    let after = edition(
        &before,
        moved()
            .record("directives/moi", "number: 01-KL/TW\nold_addresses: [van-ban/cu.html]")
            .record("publishers/moi", "name: Báo\nold_addresses: [/bao/cu.html]"),
    )
    .clean();
    assert_eq!(after.link("van-ban/cu.html", "van-ban/moi.html"), "van-ban/moi.html");
    assert_eq!(after.link("bao/cu.html", "bao/moi.html"), "bao/moi.html");
    let after = edition(&before, moved().record("directives/moi", "number: 01-KL/TW"));
    assert_eq!(after.codes(), ["lost-address", "lost-address"]);
}

#[test]
fn an_old_address_may_be_a_folder_and_lies_at_any_depth() {
    let built =
        Site::new().article("a", "old_addresses: [/2023/05/, cu/cu/cu/a.html, x.htm]").build().clean();
    for (old, words) in [("2023/05/index.html", "../../"), ("cu/cu/cu/a.html", "../../../"), ("x.htm", "")] {
        let page = built.page(old);
        assert!(page.contains(&format!("content=\"0; url={words}bai-viet/a.html\"")), "{page}");
        assert_eq!(built.link(old, "bai-viet/a.html"), "bai-viet/a.html");
    }
}

#[test]
fn a_page_that_nothing_names_any_more_is_made_from_its_address_or_leads_to_the_page_above_it() {
    let front =
        "date: 2024-05-17\nlocalities: [\"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]\nunits: [Huyện ủy Mỹ Xuyên]\n";
    let site =
        Site::new().settings("page_size: 5").many("a", 12, front).record("directives/kl", "number: 01-KL/TW");
    let before = recorded(&site.clone().many("b", 12, "directives: [01-KL/TW]\n"));
    let mut after = site.file("content/addresses.txt", before.ledger());
    for number in 1..=12 {
        after = after.article(&format!("a-{number:02}"), "localities: [Bình Định]\n");
        after = after.article(&format!("b-{number:02}"), "");
    }
    let after = after.build().clean();
    for (kept, name) in [
        ("dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1.html", "Xã Gia Hòa 1"),
        ("dia-phuong/tinh-soc-trang.html", "Tỉnh Sóc Trăng"),
        ("don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html", "Huyện ủy Mỹ Xuyên"),
        ("don-vi/tinh-soc-trang/tinh-uy.html", "Tỉnh ủy Sóc Trăng"),
    ] {
        assert!(before.has(kept), "{kept}");
        assert!(after.page(kept).contains(&format!("<h1>{name}</h1>")), "{kept}");
        assert!(after.text(kept).contains("Chưa có bài viết nào."), "{kept}");
    }
    for (gone, now) in [
        ("nam/2024/05.html", "nam.html"),
        ("nam/2024.html", "nam.html"),
        ("nam/2024/05/trang-1.html", "nam.html"),
        ("van-ban/kl/trang-1.html", "van-ban/kl.html"),
        (
            "dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1/trang-1.html",
            "dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1.html",
        ),
    ] {
        assert!(before.has(gone), "{gone}");
        assert_eq!(after.link(gone, now), now, "{gone}");
    }
    // The next edition keeps them, too.
    let next = Site::new().record("directives/kl", "number: 01-KL/TW").many("a", 12, "").many("b", 12, "");
    let next = next.file("content/addresses.txt", before.ledger()).build().clean();
    assert!(next.has("don-vi/tinh-soc-trang/huyen-my-xuyen/huyen-uy.html"));
}

#[test]
fn a_media_file_that_is_gone_is_lost() {
    let site = Site::new().file("content/media/a.png", "x");
    let before = recorded(&site);
    let after = edition(&before, site.without("content/media/a.png"));
    assert_eq!(after.codes(), ["lost-address"]);
}

#[test]
fn a_line_of_the_ledger_that_is_no_address_is_an_error() {
    let ledger = "index.html\nhttps://luu.example/a.html\n../a.html\nfeed.xml\n";
    let built = Site::new().file("content/addresses.txt", ledger).build();
    assert_eq!(built.codes(), ["bad-address"; 3]);
    assert!(built.found()[1].starts_with("content/addresses.txt:3:1 "), "{:?}", built.found());
}

#[test]
fn two_records_at_one_address_are_an_error_that_names_both_files() {
    let built =
        Site::new().article("a", "old_addresses: [cu.html]").article("b", "old_addresses: [cu.html]").build();
    assert_eq!(built.codes(), ["address-collision"]);
    let found = &built.found()[0];
    assert!(
        found.starts_with("content/articles/b.md:") && found.contains("content/articles/a.md"),
        "{found}"
    );
    let built = Site::new().article("a", "").article("b", "old_addresses: [bai-viet/a.html]").build();
    assert_eq!(built.codes(), ["address-collision"]);
    assert!(built.found()[0].contains("content/articles/a.md"), "{:?}", built.found());
    let built = Site::new().article("a", "old_addresses: [index.html, nam.html]").build();
    assert_eq!(built.codes(), ["address-collision"; 2]);
}

#[test]
fn addresses_that_differ_by_case_only_collide() {
    let built = Site::new().article("a", "").article("b", "old_addresses: [Bai-Viet/A.html]").build();
    assert_eq!(built.codes(), ["address-collision"]);
    let built = Site::new().file("content/media/Anh.png", "x").file("content/media/anh.png", "y").build();
    assert_eq!(built.codes(), ["address-collision"], "{:#?}", built.found());
}

#[test]
fn ids_collide_across_folders_and_by_their_keys() {
    let built =
        Site::new().file("content/articles/2023/a.md", "---\ntitle: A\n---\n").article("a", "").build();
    assert_eq!(built.codes(), ["id-collision"]);
    assert!(built.found()[0].starts_with("content/articles/a.md:2:1 "), "{:?}", built.found());
    let built = Site::new().article("a", "id: c").article("b", "id: c").build();
    assert_eq!(built.codes(), ["id-collision"]);
}

#[test]
fn a_file_cannot_be_where_a_folder_must_be() {
    let built = Site::new().article("a", "old_addresses: [van-ban.html/]").build();
    assert_eq!(built.codes(), ["bad-address"], "{:#?}", built.found());
}

#[test]
fn an_address_does_not_change_with_a_title() {
    let urls = |title: &str| {
        let article = format!("---\ntitle: {title}\nlocalities: [Sóc Trăng]\n---\n");
        Site::new().file("content/articles/2023/Bài Một.md", article).build().clean().planned
    };
    assert_eq!(urls("Một"), urls("Hoàn toàn khác"));
    assert!(urls("Một").contains(&"bai-viet/bai-mot.html".to_owned()));
}

#[test]
fn what_the_output_holds_of_an_earlier_edition_is_taken_away() {
    let built = Site::new().article("a", "").article("b", "").build().clean();
    let after = Site::new().article("b", "").build_in(built.dir).clean();
    assert!(!after.has("bai-viet/a.html"));
    fs::metadata(after.out().join("bai-viet/b.html")).expect("the other stays");
}

#[test]
fn an_event_whose_record_was_withdrawn_is_still_one_event() {
    let followed = "date: 2024-05-02\nevent: {same_as: w#g, date: 2024-05-01, host: Tỉnh ủy Sóc Trăng, commended: [{collectives: 5}]}";
    let built = Site::new()
        .article("w", "withdrawn: {date: 2026-01-01, reason: r}\nevents: [{id: g, host: Tỉnh ủy Sóc Trăng}]")
        .article("a", followed)
        .article("b", followed)
        .build()
        .clean();
    assert_eq!(built.prepared.archive.events.len(), 1);
}
