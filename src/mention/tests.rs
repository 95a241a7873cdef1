//! What is found in a text. Which record it means is tested in `archive`.

use super::{Finder, What};

/// The mentions of `text`, as "kind words".
fn show(text: &str) -> String {
    let mut found = Vec::new();
    Finder::default().find(text, &mut found);
    let shown: Vec<String> = found
        .iter()
        .map(|mention| {
            let kind = match &mention.what {
                What::Directive(_) => "d",
                What::Unit(_) => "u",
                What::Place(_) => "p",
                What::Own(_) => "o",
            };
            format!("{kind} {}", &text[mention.start as usize..mention.end as usize])
        })
        .collect();
    shown.join(" | ")
}

#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(show(text), expect, "{text}");
}

#[test]
fn a_unit_is_organ_and_place_in_full() {
    check("Sáng nay Huyện ủy Mỹ Xuyên họp", "u Huyện ủy Mỹ Xuyên");
    check("dự có Ban Thường vụ Tỉnh uỷ Sóc Trăng.", "u Ban Thường vụ Tỉnh uỷ Sóc Trăng");
    check(
        "UBND thị xã Ngã Năm và Sở Y tế tỉnh Sóc Trăng",
        "u UBND thị xã Ngã Năm | u Sở Y tế tỉnh Sóc Trăng",
    );
    check("cơ quan CSĐT Công an TP. Hà Nội", "u cơ quan CSĐT Công an TP. Hà Nội");
    check("Trung tâm Y tế (TTYT) huyện Kế Sách", "u Trung tâm Y tế (TTYT) huyện Kế Sách");
    check("UBND huyện đảo Phú Quý", "u UBND huyện đảo Phú Quý");
}

#[test]
fn quan_uy_11_is_one_unit_however_it_is_written() {
    for name in ["Quận ủy 11", "Quận ủy Quận 11", "Quận ủy Q.11", "QUẬN ỦY QUẬN 11"] {
        check(&format!("Theo {name} thì"), &format!("u {name}"));
    }
    check("Quận ủy 11 khen thưởng 5 tập thể", "u Quận ủy 11");
    check("Quận ủy 3 đồng chí", "u Quận ủy");
}

#[test]
fn posts_are_struck_and_ranks_are_nothing() {
    check("Bí thư Tỉnh ủy, Phó Bí thư Thường trực Huyện ủy", "u Tỉnh ủy | u Huyện ủy");
    check("Ủy viên Ban Thường vụ Thành ủy", "u Ban Thường vụ Thành ủy");
    check("ông là Tỉnh ủy viên, nguyên Huyện uỷ viên", "");
    check("Chủ tịch UBND tỉnh Lê Văn Hẳn", "u UBND tỉnh");
    check("Bí thư Quận ủy Lê Hoàng Hà nói", "u Quận ủy");
    check("Bí thư Huyện ủy Giáp Văn Tư nói", "u Huyện ủy");
    check("Chánh Văn phòng Tỉnh ủy Kon Tum A Pớt", "u Văn phòng Tỉnh ủy Kon Tum");
}

#[test]
fn plurals_and_bodies_of_the_centre_are_nothing() {
    check("các tỉnh ủy, thành ủy trực thuộc", "");
    check("mỗi đảng ủy xã, các sở, ngành của tỉnh", "");
    check("Ban Tổ chức Trung ương và Bộ Công an", "");
    check("Hội Nông dân Việt Nam, Tổng Liên đoàn Lao động", "");
    check("Ủy ban MTTQ Việt Nam tỉnh Sóc Trăng", "u Ủy ban MTTQ Việt Nam tỉnh Sóc Trăng");
}

#[test]
fn organs_of_one_place_are_one_mention_each() {
    check(
        "Thành ủy, HĐND, UBND, MTTQ thành phố Sóc Trăng",
        "u Thành ủy | u HĐND | u UBND | u MTTQ thành phố Sóc Trăng",
    );
    check("Bí thư Đảng ủy, Chủ tịch HĐND xã An Ninh", "u Đảng ủy | u HĐND xã An Ninh");
    check("HĐND và UBND bàn việc", "");
}

#[test]
fn one_organ_of_several_places_is_one_mention_per_place() {
    check("Quận ủy 1, 3, 5, Tân Bình", "u Quận ủy 1 | u 3 | u 5 | u Tân Bình");
    check("Huyện ủy Mỹ Xuyên và Kế Sách", "u Huyện ủy Mỹ Xuyên | u Kế Sách");
    check("Huyện ủy Mỹ Xuyên, Sóc Trăng", "u Huyện ủy Mỹ Xuyên | p Sóc Trăng");
    check("UBND các quận 4, 8", "p 4 | p 8");
}

#[test]
fn the_name_of_something_unknown_is_no_back_reference() {
    check("UBND xã Abo Xyz họp", "");
    check("Đảng ủy xã Lý Abo họp", "");
    check("Bộ Tư lệnh Quân khu 9", "");
}

#[test]
fn places_stand_with_type_words_in_chains_and_in_lists() {
    check("ngụ P.3, TP Vĩnh Long, tỉnh Vĩnh Long", "p P.3 | p TP Vĩnh Long | p tỉnh Vĩnh Long");
    check("các quận 7, 12, Bình Tân", "p 7 | p 12 | p Bình Tân");
    check("hai huyện Trần Đề và Long Phú", "p Trần Đề | p Long Phú");
    check("3 xã An Ninh và Phú Tâm", "p An Ninh | p Phú Tâm");
    check("huyện M'Đrắk, huyện Đăk Tô, TP Qui Nhơn", "p huyện M'Đrắk | p huyện Đăk Tô | p TP Qui Nhơn");
    check("tỉnh Bà Rịa – Vũng Tàu, Bà Rịa-Vũng Tàu", "p tỉnh Bà Rịa – Vũng Tàu | p Bà Rịa-Vũng Tàu");
    check("Phường IV", "p Phường IV");
}

#[test]
fn the_city_is_one_in_its_six_spellings() {
    for name in ["TPHCM", "TP.HCM", "TP. HCM", "Tp Hồ Chí Minh", "TP. Hồ Chí Minh", "thành phố Hồ Chí Minh"]
    {
        check(&format!("dân {name} nói"), &format!("p {name}"));
    }
}

#[test]
fn what_bears_the_name_of_a_place_is_none() {
    for text in [
        "Chủ tịch Hồ Chí Minh",
        "ông Trần Bình Định, chị Thanh Hà",
        "đường Hà Nội, cầu Sóc Trăng, chợ Bến Tre",
        "Trường THPT Mỹ Xuyên, Đại học Cần Thơ",
        "Bệnh viện Đa khoa tỉnh Sóc Trăng",
        "Bệnh viện Đa khoa Đồng Nai",
        "báo Bình Định, CLB Nam Định, HLV Hà Tĩnh",
        "cao tốc TP.HCM - Trung Lương",
        "tuyến Hà Nội – Hải Phòng",
        "khu công nghiệp An Nghiệp, sân bay Cần Thơ",
        "ấp Hòa Bình, thôn Vĩnh Thạnh",
        "hòa bình và thanh bình",
    ] {
        check(text, "");
    }
    for text in ["yêu cầu Hà Nội báo cáo", "gia đình Hà Nội", "hoạt động Hà Nội", "miền núi Hà Nội"]
    {
        check(text, "p Hà Nội");
    }
    check("bão vào Quảng Ninh - Hải Phòng", "p Quảng Ninh | p Hải Phòng");
    check("về Trà Vinh, Cam Lâm và Bến Tre", "p Trà Vinh | p Cam Lâm | p Bến Tre");
    check("dự án UBND tỉnh Bến Tre trình", "u UBND tỉnh Bến Tre");
    check("theo báo Công an TP.HCM", "");
    check(
        "đã báo cáo Huyện ủy Kế Sách, gọi điện báo Công an xã An Ninh",
        "u Huyện ủy Kế Sách | u Công an xã An Ninh",
    );
}

#[test]
fn what_only_looks_like_a_bearer_is_none() {
    check("quê quán tỉnh Lào Cai, trú quán huyện Hải Hậu", "p tỉnh Lào Cai | p huyện Hải Hậu");
    check("tại điểm cầu Công an tỉnh Nam Định", "u Công an tỉnh Nam Định");
    check("Viện trưởng VKSND tỉnh Phú Thọ", "u VKSND tỉnh Phú Thọ");
    check("Phạm Trường Thọ làm Chủ tịch UBND huyện Kế Sách", "u UBND huyện Kế Sách");
    check("làng Vạc xã An Ninh, Khu dân cư số 1 thị trấn Mỹ Xuyên", "p xã An Ninh | p thị trấn Mỹ Xuyên");
}

#[test]
fn all_of_a_list_are_called_what_its_first_is() {
    check("các KCN Lễ Môn, Lam Sơn, Bỉm Sơn và huyện Kế Sách", "p huyện Kế Sách");
    check("các tuyến đường Lê Lợi, Hoàn Kiếm", "");
    check("Trường Đại học Văn hóa Thể thao và Du lịch Thanh Hóa", "");
    check("số 231 Quan Hoa; năm 2018 Hà Nội", "p Hà Nội");
}

#[test]
fn a_number_belongs_to_the_group_before_it() {
    check("tổ 5 phường Ngọc Trạo, ấp 2 xã Hòa Tú 1", "p phường Ngọc Trạo | p xã Hòa Tú 1");
    check("có 38 đảng bộ xã và 2 huyện ủy", "");
    check("Đoàn công tác số 3 Thường trực Tỉnh ủy", "u Thường trực Tỉnh ủy");
}

#[test]
fn what_is_written_great_behind_a_name_need_not_go_on_with_it() {
    check(
        "HĐND tỉnh Lào Cai Khóa XV, Đảng bộ huyện Bát Xát Lần thứ 3",
        "u HĐND tỉnh Lào Cai | u Đảng bộ huyện Bát Xát",
    );
    check("Công an TP. Ông nói", "u Công an TP");
}

#[test]
fn bodies_of_the_centre_and_of_agencies_are_none_of_the_place() {
    check("Ủy ban Dân tộc và Phòng CSGT - Cục CSGT", "");
    check("Đảng ủy cơ quan UBND xã An Ninh; Đảng bộ VKSND tỉnh", "");
    check("Ban Pháp chế của HĐND tỉnh Sóc Trăng", "u Ban Pháp chế của HĐND tỉnh Sóc Trăng");
    check("trung tâm y tế các huyện, đảng ủy các cấp", "");
}

#[test]
fn a_name_that_goes_on_is_not_cut_off() {
    check("Đảng ủy xã Thanh Chi họp; xã Gia Hòa 9 có mô hình; Huyện ủy Mỹ Xuyên 2", "");
    check("huyện Mỹ Xuyên 3 năm qua", "p huyện Mỹ Xuyên");
    check("Ảnh: Hà Giang. Bác sĩ Hà Giang nói", "");
    check("theo 01-KL/TW Huyện ủy Mỹ Xuyên họp", "d 01-KL/TW | u Huyện ủy Mỹ Xuyên");
    check("Trung tâm Y tế dự phòng huyện Kế Sách", "u Trung tâm Y tế dự phòng huyện Kế Sách");
    check("Phòng Giáo dục Trung học dự", "");
    check(
        "Công an xã An Ninh, Trung tâm y tế huyện Kế Sách",
        "u Công an xã An Ninh | u Trung tâm y tế huyện Kế Sách",
    );
    check("gió Tây Nam; Bệnh viện (BV) đa khoa Thủ Đức", "");
}

#[test]
fn numbers_of_places_are_not_counts_or_dates() {
    check("quận 4.500 người, phường 10%, xã 30/4", "");
    check("quận 11", "p quận 11");
}

#[test]
fn odd_typography_is_seen_through() {
    check("Huyện ủy\u{a0}\u{a0}\u{a0}Mỹ Xuyên\u{200b}", "u Huyện ủy\u{a0}\u{a0}\u{a0}Mỹ Xuyên");
    check("Huyện u\u{309}y Mỹ\u{ad} Xuy\u{ad}ên", "u Huyện u\u{309}y Mỹ\u{ad} Xuy\u{ad}ên");
    check("TỈNH ỦY SO\u{301}C TRĂNG", "u TỈNH ỦY SO\u{301}C TRĂNG");
    check("Huyện ủy huyện Mỹ Xuyên", "u Huyện ủy huyện Mỹ Xuyên");
}

#[test]
fn a_line_break_parts_names_unless_the_text_is_wrapped_by_hand() {
    check("Bí thư Tỉnh ủy\nSóc Trăng hôm nay đón hàng nghìn khách đến dự lễ", "u Tỉnh ủy | p Sóc Trăng");
    check("Hôm qua và hôm nay, Huyện ủy Mỹ\nXuyên họp bàn việc của năm sau.", "u Huyện ủy Mỹ\nXuyên");
}

proptest::proptest! {
    /// Law: whatever the text, mentions are in order, apart, and on character boundaries.
    #[test]
    fn mentions_never_overlap(text in pieces()) {
        let mut found = Vec::new();
        Finder::default().find(&text, &mut found);
        let mut end = 0;
        for mention in &found {
            proptest::prop_assert!(end <= mention.start && mention.start < mention.end);
            proptest::prop_assert!(text.get(mention.start as usize..mention.end as usize).is_some());
            end = mention.end;
        }
    }
}

/// Texts of what the grammar knows, in any order, with some of anything.
fn pieces() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let known = prop::sample::select(vec![
        "Huyện ủy",
        "UBND",
        "HĐND",
        "các",
        "tỉnh",
        "TP",
        "TP.",
        "Q.",
        "11",
        "3",
        ",",
        " và ",
        "-",
        "–",
        "(",
        ")",
        ".",
        "\n",
        "Sóc Trăng",
        "Châu Thành",
        "Mỹ Xuyên",
        "Hồ Chí Minh",
        "Nguyễn Văn A",
        "đường",
        "Trường",
        "Kết luận số 01-KL/TW",
        "xã",
        "phường",
        "Ban Thường vụ",
        "Đảng ủy",
        "của",
        "Bí thư",
        "huyện",
        "\u{a0}",
        "\u{ad}",
        "\u{301}",
        "cũ",
        "Khối",
        "Sở",
        "Trung ương",
        "số",
        "năm",
        "/",
        "%",
    ])
    .prop_map(str::to_owned);
    let piece = prop_oneof![8 => known, 1 => "\\PC{0,6}"];
    let gap = prop::sample::select(vec![" ", " ", " ", ""]);
    prop::collection::vec((piece, gap), 0..40)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| piece + gap).collect())
}
