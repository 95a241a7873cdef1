//! The page of an article: how large its pictures are.

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
