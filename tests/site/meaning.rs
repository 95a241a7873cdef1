//! Which record the words of a text mean: chains, back-references, lists, eras.

use luutru::config::Site;
use luutru::inspect::inspect;

/// The mentions of `text` in an article with that front matter, each as "words -> name".
fn show(front: &str, text: &str) -> Vec<String> {
    let source = format!("---\ntitle: Bài thử\n{front}\n---\n{text}\n");
    inspect("a.md", &source, Vec::new(), &Site::default())
        .iter()
        .filter(|seen| !seen.nested)
        .map(|seen| {
            let era = seen.era.map_or(String::new(), |era| format!(" [{era}]"));
            match &seen.name {
                Some(name) if seen.resolved => format!("{} -> {name}{era}", seen.text),
                _ => format!("{} -> ?", seen.text),
            }
        })
        .collect()
}

#[track_caller]
fn check(front: &str, text: &str, expect: &[&str]) {
    assert_eq!(show(front, text), expect, "{text}");
}

const IN_2019: &str = "date: 2019-05-20";

#[test]
fn a_chain_is_read_from_the_right() {
    check(
        IN_2019,
        "tại xã Tam Hiệp, huyện Châu Thành, tỉnh Tiền Giang",
        &[
            "xã Tam Hiệp -> Xã Tam Hiệp, Huyện Châu Thành, Tỉnh Tiền Giang [old]",
            "huyện Châu Thành -> Huyện Châu Thành, Tỉnh Tiền Giang [old]",
            "tỉnh Tiền Giang -> Tỉnh Tiền Giang [old]",
        ],
    );
    check(
        IN_2019,
        "Công an quận Đống Đa (Hà Nội)",
        &["Công an quận Đống Đa -> Công an quận Đống Đa", "Hà Nội -> Thành phố Hà Nội [old]"],
    );
    check(IN_2019, "ở huyện Châu Thành hôm qua", &["huyện Châu Thành -> ?"]);
}

#[test]
fn what_was_named_in_full_is_still_what_its_name_says() {
    check(
        IN_2019,
        "Huyện ủy Châu Thành (Hậu Giang) họp. Sau đó huyện Châu Thành tổng kết.",
        &[
            "Huyện ủy Châu Thành -> Huyện ủy Châu Thành (Hậu Giang)",
            "Hậu Giang -> Tỉnh Hậu Giang [old]",
            "huyện Châu Thành -> Huyện Châu Thành, Tỉnh Hậu Giang [old]",
        ],
    );
}

#[test]
fn the_committee_of_the_city_is_not_that_of_the_province() {
    check(
        IN_2019,
        "Thành ủy Sóc Trăng và Tỉnh ủy Sóc Trăng; về Sóc Trăng",
        &[
            "Thành ủy Sóc Trăng -> Thành ủy Sóc Trăng",
            "Tỉnh ủy Sóc Trăng -> Tỉnh ủy Sóc Trăng",
            "Sóc Trăng -> Tỉnh Sóc Trăng [old]",
        ],
    );
}

#[test]
fn a_back_reference_means_the_last_of_its_level() {
    check(
        IN_2019,
        "Huyện ủy Mỹ Xuyên họp. UBND huyện báo cáo, Tỉnh ủy dự. Ban Thường vụ Tỉnh ủy kết luận.",
        &[
            "Huyện ủy Mỹ Xuyên -> Huyện ủy Mỹ Xuyên",
            "UBND huyện -> UBND huyện Mỹ Xuyên",
            "Tỉnh ủy -> Tỉnh ủy Sóc Trăng",
            "Ban Thường vụ Tỉnh ủy -> Ban Thường vụ Tỉnh ủy Sóc Trăng",
        ],
    );
    check(
        IN_2019,
        "Huyện ủy Kế Sách họp sáng nay.\n\nHuyện ủy Long Phú họp chiều nay, Đảng bộ huyện dự.",
        &[
            "Huyện ủy Kế Sách -> Huyện ủy Kế Sách",
            "Huyện ủy Long Phú -> Huyện ủy Long Phú",
            "Đảng bộ huyện -> Đảng bộ huyện Long Phú",
        ],
    );
}

#[test]
fn a_section_mark_forgets_what_was_named_before_it() {
    let text = "## Kế Sách\n\nHuyện ủy Kế Sách họp.\n\n## Chiều nay\n\nHuyện ủy cho biết.";
    check(
        "date: 2019-05-20\nlocalities: [\"Mỹ Xuyên, Sóc Trăng\"]",
        text,
        &[
            "Kế Sách -> Huyện Kế Sách, Tỉnh Sóc Trăng [old]",
            "Huyện ủy Kế Sách -> Huyện ủy Kế Sách",
            "Huyện ủy -> Huyện ủy Mỹ Xuyên",
        ],
    );
    check(
        "date: 2019-05-20\nlocalities: [\"Kế Sách, Sóc Trăng\", \"Mỹ Xuyên, Sóc Trăng\"]",
        "## Một\n\nHuyện ủy Long Phú họp, Huyện ủy Kế Sách dự.\n\n***\n\nHuyện ủy cho biết.",
        &["Huyện ủy Long Phú -> Huyện ủy Long Phú", "Huyện ủy Kế Sách -> Huyện ủy Kế Sách", "Huyện ủy -> ?"],
    );
}

#[test]
fn a_back_reference_without_anything_to_point_to_stays_words() {
    check(IN_2019, "Tỉnh ủy chỉ đạo, UBND huyện làm", &["Tỉnh ủy -> ?", "UBND huyện -> ?"]);
    check(IN_2019, "Đảng ủy cơ quan và Đảng đoàn họp", &[]);
}

#[test]
fn the_articles_place_stands_in_for_a_missing_name() {
    check(
        "date: 2019-05-20\nlocalities: [\"Mỹ Xuyên, Sóc Trăng\"]",
        "Tỉnh ủy, UBND tỉnh và Huyện ủy dự; xã Hòa Tú 1 cũng vậy",
        &[
            "Tỉnh ủy -> Tỉnh ủy Sóc Trăng",
            "UBND tỉnh -> UBND tỉnh Sóc Trăng",
            "Huyện ủy -> Huyện ủy Mỹ Xuyên",
            "xã Hòa Tú 1 -> Xã Hòa Tú 1, Huyện Mỹ Xuyên, Tỉnh Sóc Trăng [old]",
        ],
    );
}

#[test]
fn the_day_chooses_between_the_eras() {
    check("date: 2026-02-01", "về tỉnh Vĩnh Long", &["tỉnh Vĩnh Long -> Tỉnh Vĩnh Long [new]"]);
    check("date: 2024-02-01", "về tỉnh Vĩnh Long", &["tỉnh Vĩnh Long -> Tỉnh Vĩnh Long [old]"]);
    // What was no more on that day is linked as what it was.
    check(
        "date: 2026-02-01",
        "huyện Mỹ Xuyên, tỉnh Sóc Trăng cũ",
        &["huyện Mỹ Xuyên -> Huyện Mỹ Xuyên, Tỉnh Sóc Trăng [old]", "tỉnh Sóc Trăng -> Tỉnh Sóc Trăng [old]"],
    );
    // A ward may have taken over the name of a province.
    check(
        "date: 2025-09-01\nlocalities: [\"Thành phố Hồ Chí Minh\"]",
        "phường Bình Dương họp. Bình Dương có nhiều nhà máy.",
        &[
            "phường Bình Dương -> Phường Bình Dương, Thành phố Hồ Chí Minh [new]",
            "Bình Dương -> Phường Bình Dương, Thành phố Hồ Chí Minh [new]",
        ],
    );
}

#[test]
fn what_was_not_yet_is_not_meant() {
    // Xã Mường Nhà lay in huyện Điện Biên, which the bare name behind it means.
    check(
        "date: 2016-04-02",
        "ở xã Mường Nhà, Điện Biên",
        &[
            "xã Mường Nhà -> Xã Mường Nhà, Huyện Điện Biên, Tỉnh Điện Biên [old]",
            "Điện Biên -> Tỉnh Điện Biên [old]",
        ],
    );
    check("date: 2016-04-02", "ở phường Sài Gòn", &["phường Sài Gòn -> ?"]);
}

#[test]
fn what_its_bracket_denies_is_not_the_only_one_known() {
    check(
        IN_2019,
        "xã Hòa Tú 1 (Kế Sách) đón khách",
        &["xã Hòa Tú 1 -> ?", "Kế Sách -> Huyện Kế Sách, Tỉnh Sóc Trăng [old]"],
    );
}

#[test]
fn a_place_named_right_before_goes_before_an_earlier_unit() {
    check(
        IN_2019,
        "Tỉnh ủy Phú Thọ tiếp đoàn. Về phía tỉnh Hà Giang có Bí thư Tỉnh ủy.",
        &[
            "Tỉnh ủy Phú Thọ -> Tỉnh ủy Phú Thọ",
            "tỉnh Hà Giang -> Tỉnh Hà Giang [old]",
            "Tỉnh ủy -> Tỉnh ủy Hà Giang",
        ],
    );
    // What has so become the subject stays it, for other organs too.
    check(
        IN_2019,
        "Tỉnh ủy Lai Châu họp.\n\nHà Tĩnh: Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh dự.",
        &[
            "Tỉnh ủy Lai Châu -> Tỉnh ủy Lai Châu",
            "Hà Tĩnh -> Tỉnh Hà Tĩnh [old]",
            "Tỉnh ủy -> Tỉnh ủy Hà Tĩnh",
            "UBND tỉnh -> UBND tỉnh Hà Tĩnh",
        ],
    );
    check(
        IN_2019,
        "Tỉnh ủy Lai Châu họp; các tân Chủ tịch UBND tỉnh dự",
        &["Tỉnh ủy Lai Châu -> Tỉnh ủy Lai Châu"],
    );
}

#[test]
fn one_bare_name_does_not_make_the_article_that_places() {
    check(
        IN_2019,
        "UBND tỉnh ban hành, HĐND tỉnh quyết định.\n\nẢnh chụp tại Phú Thọ.",
        &["UBND tỉnh -> ?", "HĐND tỉnh -> ?", "Phú Thọ -> Tỉnh Phú Thọ [old]"],
    );
    check(IN_2019, "Phú Thọ: Tỉnh ủy họp", &["Phú Thọ -> Tỉnh Phú Thọ [old]", "Tỉnh ủy -> Tỉnh ủy Phú Thọ"]);
}

#[test]
fn bare_names_in_a_report_of_sport_are_teams() {
    check(
        IN_2019,
        "CLB Nam Định thua ở vòng đấu này. HLV nói sẽ gặp Quảng Nam; cổ động viên quê ở Thái Bình.",
        &["Thái Bình -> Tỉnh Thái Bình [old]"],
    );
}

#[test]
fn documents_of_a_place_carry_their_owner() {
    check(
        IN_2019,
        "Nghị quyết số 05-NQ/TU ngày 3/4/2017 của Tỉnh ủy Quảng Nam; Nghị quyết 05 đã rõ",
        &[
            "Nghị quyết số 05-NQ/TU -> Nghị quyết số 05-NQ/TU (Tỉnh Quảng Nam)",
            "Tỉnh ủy Quảng Nam -> Tỉnh ủy Quảng Nam",
            "Nghị quyết 05 -> Nghị quyết số 05-NQ/TU (Tỉnh Quảng Nam)",
        ],
    );
    check(IN_2019, "theo Nghị quyết số 05-NQ/TU", &["Nghị quyết số 05-NQ/TU -> ?"]);
    check(
        "date: 2023-01-05\nlocalities: [\"Sóc Trăng\"]",
        "theo Chuyên đề năm 2022 và Nghị quyết Trung ương 4 khóa XII",
        &[
            "Chuyên đề năm 2022 -> Chuyên đề năm 2022",
            "Nghị quyết Trung ương 4 khóa XII -> Nghị quyết Trung ương 4 khóa 12",
        ],
    );
}

#[test]
fn offsets_count_characters_of_the_file_as_it_is() {
    // Decomposed letters, a soft hyphen and a zero-width space are characters of their own.
    let text = "Huyê\u{323}n u\u{309}y Mỹ\u{ad} Xuyên\u{200b} họp, **Kết luận** 01-KL/TW &amp; nữa";
    let seen = inspect("a.md", text, Vec::new(), &Site::default());
    let chars: Vec<char> = text.chars().collect();
    let words: Vec<String> = seen.iter().map(|s| chars[s.start..s.end].iter().collect()).collect();
    assert_eq!(words[0], "Huyê\u{323}n u\u{309}y Mỹ\u{ad} Xuyên");
    assert_eq!(words[1], "Mỹ\u{ad} Xuyên");
    assert!(seen[1].nested && seen[1].kind == "locality");
    assert_eq!(seen[2].number.as_deref(), Some("01-KL/TW"));
}
