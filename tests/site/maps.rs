//! Where places are: the maps on their pages, and the files behind them.

use super::fixture::{Built, Site, attribute, resolve, tags, text_of, tree};

const SOC_TRANG: &str = "dia-phuong/tinh-soc-trang.html";
const MY_XUYEN: &str = "dia-phuong/tinh-soc-trang/huyen-my-xuyen.html";

/// The drawing of a page's map; empty where it has none.
fn map(built: &Built, url: &str) -> String {
    let page = built.page(url);
    let drawing = page.split_once("<figure class=\"map\">").and_then(|(_, rest)| rest.split_once("</svg>"));
    drawing.map_or(String::new(), |(drawing, _)| drawing.to_owned())
}

/// The file that it shows, as an address below the root.
fn ground(built: &Built, url: &str) -> String {
    let map = map(built, url);
    let image = tags(&map).find(|tag| tag.starts_with("image ")).unwrap_or_default();
    attribute(image, "href").and_then(|href| resolve(url, &href)).unwrap_or_default()
}

/// Where each link of a map leads, with its words.
fn links(built: &Built, url: &str) -> Vec<(String, String)> {
    let map = map(built, url);
    let links = map.split("<a ").skip(1).map(|link| {
        let (tag, inside) = link.split_once('>').expect("a tag ends");
        let href = attribute(&format!("a {tag}"), "href").expect("a link leads somewhere");
        (resolve(url, &href).expect("within the site"), text_of(inside.split("</a>").next().unwrap_or("")))
    });
    links.collect()
}

fn link(url: &str, words: &str) -> (String, String) {
    (url.to_owned(), words.to_owned())
}

#[test]
fn a_province_shows_the_places_below_it_that_have_articles() {
    let built = Site::new()
        .article("a", "localities: [\"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]")
        .article("b", "localities: [\"Mỹ Xuyên, Sóc Trăng\"]")
        .article("c", "localities: [\"Vĩnh Châu, Sóc Trăng\"]")
        .build()
        .clean();
    assert_eq!(
        links(&built, SOC_TRANG),
        [
            link(MY_XUYEN, "Huyện Mỹ Xuyên – bài viết: 2"),
            link("dia-phuong/tinh-soc-trang/thi-xa-vinh-chau.html", "Thị xã Vĩnh Châu – bài viết: 1"),
        ]
    );
    assert!(!map(&built, SOC_TRANG).contains("class=\"own\""));
    assert_eq!(links(&built, "dia-phuong.html"), [link(SOC_TRANG, "Tỉnh Sóc Trăng – bài viết: 3")]);
}

#[test]
fn a_place_stands_out_on_the_map_of_its_province_and_so_does_what_is_below_it() {
    let commune = "dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1.html";
    let built = Site::new().article("a", "localities: [\"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]").build().clean();
    for (url, name, below) in [(MY_XUYEN, "Huyện Mỹ Xuyên", vec![commune]), (commune, "Xã Gia Hòa 1", vec![])]
    {
        assert_eq!(ground(&built, url), "giao-dien/ban-do/tinh-soc-trang.svg", "{url}");
        let map = map(&built, url);
        assert_eq!(map.matches("class=\"ring\"").count(), 1, "{map}");
        assert!(map.contains(&format!("aria-label=\"Bản đồ chấm: Tỉnh Sóc Trăng – {name}\"")), "{map}");
        let leads: Vec<String> = links(&built, url).into_iter().map(|(url, _)| url).collect();
        assert_eq!(leads, below, "{url}");
    }
    // Where nothing leads anywhere, it is a picture.
    assert!(
        map(&built, commune).contains("role=\"img\"") && map(&built, MY_XUYEN).contains("role=\"group\"")
    );
}

#[test]
fn a_place_of_the_sites_own_is_where_the_one_above_it_is() {
    let built = Site::sample().build().clean();
    let commune = "dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1.html";
    let hamlet = "dia-phuong/tinh-soc-trang/huyen-my-xuyen/xa-gia-hoa-1/ap-trung-hoa.html";
    let ring = |url: &str| {
        let map = map(&built, url);
        tags(&map).find(|tag| tag.contains("class=\"ring\"")).map(str::to_owned)
    };
    assert!(ring(commune).is_some());
    assert_eq!(ring(hamlet), ring(commune));
    assert_eq!(ground(&built, hamlet), "giao-dien/ban-do/tinh-soc-trang.svg");
}

#[test]
fn the_files_behind_the_maps_are_there_well_formed_and_as_large_as_the_maps() {
    let built = Site::sample().build().clean();
    let mut shown = 0;
    for url in tree(&built.out()).into_keys().filter(|url| url.ends_with(".html")) {
        let file = ground(&built, &url);
        if file.is_empty() {
            continue;
        }
        shown += 1;
        assert!(built.has(&file), "{url} shows {file}");
        let text = built.page(&file);
        let image = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let drawing = map(&built, &url);
        let tag = tags(&drawing).next().expect("a drawing");
        for side in ["width", "height"] {
            assert_eq!(image.root_element().attribute(side), attribute(tag, side).as_deref(), "{url}");
        }
        assert!(
            attribute(tag, "width").is_some_and(|width| width.parse::<u32>().is_ok_and(|width| width <= 320))
        );
    }
    assert!(shown > 5, "{shown}");
    // What a browser loads once for all of them.
    let country = built.page("giao-dien/ban-do/viet-nam.svg");
    assert!(country.len() < 30_000, "{}", country.len());
}

#[test]
fn what_is_at_sea_is_named_though_nothing_tells_of_it() {
    let built = Site::new()
        .article("a", "localities: [Khánh Hòa]")
        .article("b", "localities: [Sóc Trăng]")
        .build()
        .clean();
    let named = |url: &str| {
        let map = map(&built, url);
        ["Hoàng Sa", "Trường Sa"].map(|name| map.contains(&format!("class=\"sea\">{name}</text>")))
    };
    assert_eq!(named("dia-phuong.html"), [true, true]);
    assert_eq!(named("dia-phuong/tinh-khanh-hoa.html"), [false, true]);
    assert_eq!(named(SOC_TRANG), [false, false]);
}

#[test]
fn a_place_of_a_former_time_is_shown_on_the_land_of_that_time() {
    let built = Site::new()
        .article("a", "date: 2023-05-16\nlocalities: [Quận 11]")
        .article("b", "date: 2026-05-16\nlocalities: [\"phường Bến Thành, Thành phố Hồ Chí Minh\"]")
        .build()
        .clean();
    let city = "dia-phuong/thanh-pho-ho-chi-minh";
    let (then, now) =
        ("giao-dien/ban-do/den-2025/thanh-pho-ho-chi-minh.svg", "giao-dien/ban-do/thanh-pho-ho-chi-minh.svg");
    assert_eq!(ground(&built, &format!("{city}/quan-11.html")), then);
    assert_eq!(ground(&built, &format!("{city}/phuong-ben-thanh.html")), now);
    assert_eq!(ground(&built, &format!("{city}.html")), now);
    assert!(
        built.text(&format!("{city}/quan-11.html")).contains("Thành phố Hồ Chí Minh đến 30/6/2025. Mỗi chấm")
    );
    let joined = "Chấm nhỏ là phần nhập vào từ 1/7/2025.";
    assert!(built.text(&format!("{city}.html")).contains(joined));
    // A number alone names nothing.
    assert!(map(&built, &format!("{city}/quan-11.html")).contains("class=\"own\">Quận 11</text>"));
}

#[test]
fn a_further_page_of_a_place_has_no_map() {
    let built = Site::new()
        .settings("page_size: 5")
        .many("a", 12, "localities: [\"Mỹ Xuyên, Sóc Trăng\"]")
        .build()
        .clean();
    assert!(!map(&built, MY_XUYEN).is_empty());
    let further = "dia-phuong/tinh-soc-trang/huyen-my-xuyen/trang-1.html";
    assert!(built.has(further) && map(&built, further).is_empty());
}

#[test]
fn a_site_without_places_has_no_map() {
    let built = Site::new().article("a", "date: 2020-01-01").build().clean();
    assert_eq!(built.addresses("giao-dien/ban-do/"), Vec::<&str>::new());
    assert!(map(&built, "dia-phuong.html").is_empty());
    assert!(built.text("dia-phuong.html").contains("Chưa có gì ở đây."));
}

#[test]
fn maps_are_no_pages_neither_for_search_engines_nor_for_the_ledger() {
    let built = Site::sample().base_url("https://luu.example/").build().clean();
    assert!(built.addresses("giao-dien/ban-do/").len() > 2);
    assert!(!built.page("sitemap.xml").contains("ban-do"));
    built.record();
    assert!(!built.ledger().contains("ban-do"));
}

#[test]
fn the_front_page_of_a_provinces_archive_shows_that_province() {
    let site = Site::new()
        .settings("place: Sóc Trăng")
        .article("a", "date: 2024-05-16\nlocalities: [\"Mỹ Xuyên, Sóc Trăng\"]")
        .article("b", "date: 2024-05-17\nlocalities: [\"Kế Sách, Sóc Trăng\"]");
    let built = site.clone().article("c", "date: 2024-05-18\nlocalities: [Bình Định]").build().clean();
    let page = built.page("index.html");
    assert!(page.contains("giao-dien/ban-do/tinh-soc-trang.svg"), "{page}");
    let ways = built.section("index.html", "Theo địa phương");
    assert!(ways.contains("Huyện Kế Sách (1)") && ways.contains("Huyện Mỹ Xuyên (1)"), "{ways}");
    assert!(ways.contains("Tỉnh Bình Định (1)"), "{ways}");
    // Nothing below it to show: the country.
    let of_itself =
        Site::new().settings("place: Sóc Trăng").article("a", "localities: [Sóc Trăng]").build().clean();
    assert!(of_itself.page("index.html").contains("giao-dien/ban-do/viet-nam.svg"));
    // An archive that is of other places for the most part shows the country.
    let mostly_elsewhere = site.many("d", 3, "date: 2024-05-18\nlocalities: [Bình Định]").build().clean();
    assert!(mostly_elsewhere.page("index.html").contains("giao-dien/ban-do/viet-nam.svg"));
}
