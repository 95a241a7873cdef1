use super::{Origin, Reference, settle};
use crate::mention::{Finder, Mention, What};

/// The documents of an article of one block: the words, what they mean, and in brackets the
/// date, the term (`k`), the issuer (`<`), and `←` for a short form that points back, `≈` for
/// one that its issuer settles.
fn show(text: &str) -> Vec<String> {
    let mut found: Vec<Mention> = Vec::new();
    Finder::default().find(text, &mut found);
    settle(&mut found, |mention| mention);
    let shown = found.iter().filter_map(|mention| {
        let What::Directive(directive) = &mention.what else { return None };
        let words = &text[mention.start as usize..mention.end as usize];
        let mut shown = match &directive.reference {
            Reference::Number(number) => format!("{words} = {number}"),
            Reference::Serial { serial, year: None } => format!("{words} = {serial}?"),
            Reference::Serial { serial, year: Some(year) } => format!("{words} = {serial}/{year}?"),
            Reference::Plenum { plenum, term: Some(term) } => format!("{words} = {plenum}/{term}"),
            Reference::Plenum { plenum, term: None } => format!("{words} = {plenum}/?"),
            Reference::Theme(year) => format!("{words} = theme {year}"),
            Reference::Year => format!("{words} = year"),
        };
        let mut notes = Vec::new();
        notes.extend(directive.date.map(|date| date.to_string()));
        if !matches!(directive.reference, Reference::Plenum { .. }) {
            notes.extend(directive.term.map(|term| format!("k{term}")));
        }
        notes.extend(directive.issuer.map(|issuer| {
            let name: Vec<&str> = text[issuer.at as usize..].split(' ').take(2).collect();
            format!("<{:?} {}", issuer.body, name.join(" ").trim_end_matches([',', '.', ';', ')']))
        }));
        match directive.origin {
            Origin::Written => {}
            Origin::Earlier => notes.push("←".to_owned()),
            Origin::Inferred => notes.push("≈".to_owned()),
        }
        if directive.maybe_local {
            notes.push("TƯ".to_owned());
        }
        if !notes.is_empty() {
            shown += &format!(" ({})", notes.join(", "));
        }
        Some(shown)
    });
    shown.collect()
}

#[track_caller]
fn check(text: &str, expect: &[&str]) {
    assert_eq!(show(text), expect, "{text}");
}

/// That none of these texts, each an article, holds a document.
#[track_caller]
fn none(texts: &[&str]) {
    for text in texts {
        check(text, &[]);
    }
}

#[test]
fn a_party_number_is_read_however_it_is_typed() {
    for typed in [
        "01-KL/TW",
        "01- KL/TW",
        "01 -KL/TW",
        "01-KL/ TW",
        "01 - KL / TW",
        "01–KL/TW",
        "01\u{a0}-\u{a0}KL/TW",
        "01-\u{ad}K\u{ad}L/T\u{200b}W",
        "01-KL-TW",
        "01/KL-TW",
        "01/KL/TW",
        "01-kl/tw",
        "01-Kl/Tw",
        "01-KLTW",
        "01 KL/TW",
        "01KL/TW",
        "01/TW",
    ] {
        let text = format!("thực hiện Kết luận số {typed} của Bộ Chính trị");
        check(&text, &[&format!("Kết luận số {typed} = 01-KL/TW (<Politburo Bộ Chính)")]);
    }
    check("KẾT LUẬN SỐ 01-KL/TW Ở ĐẢNG BỘ", &["KẾT LUẬN SỐ 01-KL/TW = 01-KL/TW"]);
    check("Chỉ thị số\n05-CT/TW.", &["Chỉ thị số\n05-CT/TW = 05-CT/TW"]);
    check("Chỉ thị\u{a0}\u{a0}\u{a0}số: 05-CT/TW", &["Chỉ thị\u{a0}\u{a0}\u{a0}số: 05-CT/TW = 05-CT/TW"]);
    check(
        "Kê\u{301}t luâ\u{323}n sô\u{301} 01-KL/TW",
        &["Kê\u{301}t luâ\u{323}n sô\u{301} 01-KL/TW = 01-KL/TW"],
    );
    check("Kết luận số 01-KL/T.Ư về", &["Kết luận số 01-KL/T.Ư = 01-KL/TW (TƯ)"]);
    check("Chỉ thị 05-CT/TW15/5/2016", &["Chỉ thị 05-CT/TW = 05-CT/TW (15/05/2016)"]);
    check("Kết luận 01-KL/TWngày 18/5/2021", &["Kết luận 01-KL/TW = 01-KL/TW (18/05/2021)"]);
    check("Kết luận 01 -KL/ TWngày 18/5/2021", &["Kết luận 01 -KL/ TW = 01-KL/TW (18/05/2021)"]);
    check("Quy định 08-QĐi/TW", &["Quy định 08-QĐi/TW = 08-QĐi/TW"]);
    check("Hướng dẫn số 03-HD/BTGTW", &["Hướng dẫn số 03-HD/BTGTW = 03-HD/BTGTW"]);
    check("Chương trình hành động số 8-Ctr/TU", &["Chương trình hành động số 8-Ctr/TU = 8-CTr/TU"]);
    check("NQ số 26-NQ/TW", &["NQ số 26-NQ/TW = 26-NQ/TW"]);
}

#[test]
fn a_state_number_is_read_however_it_is_typed() {
    for typed in
        ["749/QĐ-TTg", "749 /QĐ-TTg", "749/ QĐ - TTg", "749-QĐ/TTg", "749/qđ-ttg", "749/QD-TTg", "749/QĐ-TTG"]
    {
        let text = format!("Quyết định số {typed} của Thủ tướng");
        check(&text, &[&format!("Quyết định số {typed} = 749/QĐ-TTg (<PrimeMinister Thủ tướng)")]);
    }
    for number in [
        "191/2006/QĐ-TTg",
        "31/2024/QH15",
        "08/2013/QĐ-UBND",
        "01/2007/TTLT-BCA-BQP",
        "30a/2008/NQ-CP",
        "1234/QĐ-UBND.HC",
        "12/BC-SNN&PTNT",
        "1234/UBND-VX",
        "19/2008/NQLT/CP-UBTUMTTQVN",
        "02/2022/UBTVQH15",
        "123/CV-CAT-PC08",
    ] {
        check(&format!("Văn bản số {number}, có hiệu lực"), &[&format!("Văn bản số {number} = {number}")]);
    }
    check("Quyết định số 191 / 2006 / QĐ - TTg", &["Quyết định số 191 / 2006 / QĐ - TTg = 191/2006/QĐ-TTg"]);
    check("Quyết định số 1.234/QĐ-UBND", &["Quyết định số 1.234/QĐ-UBND = 1234/QĐ-UBND"]);
    check("Thông tư liên tịch 01/2007/TTLT-BCA", &["Thông tư liên tịch 01/2007/TTLT-BCA = 01/2007/TTLT-BCA"]);
    check("Số hiệu:55/2016/QĐ-UBNDNgày đăng", &["55/2016/QĐ-UBND = 55/2016/QĐ-UBND"]);
}

#[test]
fn the_span_begins_at_the_type_word_only_if_it_is_adjacent() {
    check("Tờ trình của Công an (số 215-TTr/ĐUCA)", &["số 215-TTr/ĐUCA = 215-TTr/ĐUCA"]);
    check("(Tờ trình số 942-TTr/BCSĐCP)", &["Tờ trình số 942-TTr/BCSĐCP = 942-TTr/BCSĐCP"]);
    check("Số: 12/KH-UBND", &["Số: 12/KH-UBND = 12/KH-UBND"]);
    check("Số hiệu: 12/KH-UBND", &["12/KH-UBND = 12/KH-UBND"]);
    check("Luật Đất đai số 31/2024/QH15", &["số 31/2024/QH15 = 31/2024/QH15"]);
    check("Thông báo kết luận số 12-TB/TU", &["Thông báo kết luận số 12-TB/TU = 12-TB/TU"]);
}

#[test]
fn the_symbol_is_right_where_it_differs_from_the_type_word() {
    check(
        "Kết luận số 50-TB/TW; rồi Kết luận 50 và Thông báo 50",
        &["Kết luận số 50-TB/TW = 50-TB/TW", "Kết luận 50 = 50-TB/TW (←)", "Thông báo 50 = 50-TB/TW (←)"],
    );
}

#[test]
fn a_list_shares_its_symbol_and_its_issuer() {
    check("Nghị quyết số 11 và 12-NQ/TW", &["Nghị quyết số 11 = 11-NQ/TW", "12-NQ/TW = 12-NQ/TW"]);
    check("Nghị định 34, 40/2016/NĐ-CP", &["Nghị định 34 = 34/2016/NĐ-CP", "40/2016/NĐ-CP = 40/2016/NĐ-CP"]);
    check(
        "Quyết định số 217-QĐ/TW và 218-QĐ/TW",
        &["Quyết định số 217-QĐ/TW = 217-QĐ/TW", "218-QĐ/TW = 218-QĐ/TW"],
    );
    check("các Nghị quyết 18, 19 về", &["Nghị quyết 18 = 18?", "19 = 19?"]);
    check(
        "Chỉ thị 05, Kết luận 01 của Bộ Chính trị",
        &[
            "Chỉ thị 05 = 05-CT/TW (<Politburo Bộ Chính, ≈)",
            "Kết luận 01 = 01-KL/TW (<Politburo Bộ Chính, ≈)",
        ],
    );
    check(
        "các Nghị quyết: số 19-NQ/TW, số 20-NQ/TW ngày 25-11-2017",
        &["số 19-NQ/TW = 19-NQ/TW", "số 20-NQ/TW = 20-NQ/TW (25/11/2017)"],
    );
    check(
        "Chỉ thị số 05-CT/TW, 12 đảng viên và Kế hoạch số 7-KH/HU, 3 tập thể",
        &["Chỉ thị số 05-CT/TW = 05-CT/TW", "Kế hoạch số 7-KH/HU = 7-KH/HU"],
    );
}

#[test]
fn the_date_right_behind_is_the_documents() {
    for typed in [
        ", ngày 18/5/2021 của",
        " ngày 18-5-2021 của",
        " ngày 18.5.2021 về",
        ", ngày 18 tháng 5 năm 2021, của",
        " (ngày 18/05/2021)",
        " (18/5/2021)",
        " ban hành ngày 18/5/2021",
        " ngày 18- 5- 2021",
        " 18/5/2021",
    ] {
        check(&format!("Kết luận 01-KL/TW{typed}"), &["Kết luận 01-KL/TW = 01-KL/TW (18/05/2021)"]);
    }
    check("Kết luận 01-KL/TW năm 2021 về", &["Kết luận 01-KL/TW = 01-KL/TW (2021)"]);
    check("Kết luận 01-KL/TW tháng 5/2021", &["Kết luận 01-KL/TW = 01-KL/TW (05/2021)"]);
    // A day that never was, one without its year, and the day of the conference.
    for text in ["01-KL/TW ngày 31/2/2021 của", "01-KL/TW ngày 18/5", "01-KL/TW, ngày 16/4/2021, Đảng ủy xã"]
    {
        assert_eq!(show(&format!("Kết luận {text}")), ["Kết luận 01-KL/TW = 01-KL/TW"]);
    }
    check("thực hiện Kết luận 01-KL/TW năm 2022, toàn tỉnh", &["Kết luận 01-KL/TW = 01-KL/TW"]);
}

#[test]
fn issuer_and_term_are_read_behind_the_number() {
    check(
        "Nghị quyết số 21-NQ/TW của Hội nghị lần thứ 5 Ban Chấp hành Trung ương Đảng khóa XIII về",
        &["Nghị quyết số 21-NQ/TW = 21-NQ/TW (k13, <Committee Hội nghị)"],
    );
    check(
        "Kế hoạch số 12-KH/TU, ngày 5-7-2021 của Ban Thường vụ Tỉnh ủy",
        &["Kế hoạch số 12-KH/TU = 12-KH/TU (05/07/2021, <Province Ban Thường)"],
    );
    check("Kết luận 21-KL/TW (khóa XIII)", &["Kết luận 21-KL/TW = 21-KL/TW (k13)"]);
    check(
        "Quyết định 1234/QĐ-UBND của Chủ tịch UBND tỉnh",
        &["Quyết định 1234/QĐ-UBND = 1234/QĐ-UBND (<PeopleCommittee UBND tỉnh)"],
    );
    check(
        "Huyện ủy Vị Thủy đã ban hành Kế hoạch số 12-KH/HU",
        &["Kế hoạch số 12-KH/HU = 12-KH/HU (<District Huyện ủy)"],
    );
}

#[test]
fn a_horned_body_is_the_centres_unless_a_province_issued_it() {
    check(
        "Nghị quyết 54-NQ/TƯ của Bộ Chính trị",
        &["Nghị quyết 54-NQ/TƯ = 54-NQ/TW (<Politburo Bộ Chính, TƯ)"],
    );
    check(
        "Nghị quyết 13-NQ/TƯ của Tỉnh ủy (khóa XIV)",
        &["Nghị quyết 13-NQ/TƯ = 13-NQ/TU (k14, <Province Tỉnh ủy)"],
    );
}

#[test]
fn plenum_resolutions_keep_their_term() {
    for typed in [
        "Nghị quyết Trung ương 4 khóa XII",
        "Nghị quyết Trung ương 4, khoá XII",
        "Nghị quyết Trung ương 4 (khóa XII)",
        "Nghị quyết TW 4 khóa XII",
        "Nghị quyết TW4 khóa 12",
        "NQTW4 khóa XII",
        "NQ Hội nghị Trung ương 4 (khóa XII)",
        "Nghị quyết Trung ương bốn khóa XII",
        "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII",
        "Nghị quyết Hội nghị lần thứ 4, Ban Chấp hành Trung ương khóa XII",
        "Nghị quyết Hội nghị Trung ương lần thứ 4 khóa XII",
    ] {
        check(&format!("Thực hiện {typed} về"), &[&format!("{typed} = 4/12")]);
    }
    check(
        "Nghị quyết Hội nghị Trung ương 4 khóa XI, XII về",
        &["Nghị quyết Hội nghị Trung ương 4 khóa XI = 4/11", "XII = 4/12"],
    );
    check("Nghị quyết Trung ương 6, 7 khóa XII", &["Nghị quyết Trung ương 6 = 6/12", "7 khóa XII = 7/12"]);
    check(
        "Nghị quyết Trung ương 4 (khóa XI), Trung ương 4 (khóa XII)",
        &["Nghị quyết Trung ương 4 (khóa XI) = 4/11", "Trung ương 4 (khóa XII) = 4/12"],
    );
    check(
        "Nghị quyết Trung ương 10, khoá XII; Nghị quyết Trung ương 10 và Nghị quyết Trung ương 5",
        &[
            "Nghị quyết Trung ương 10, khoá XII = 10/12",
            "Nghị quyết Trung ương 10 = 10/12 (←)",
            "Nghị quyết Trung ương 5 = 5/?",
        ],
    );
    check("Kết luận Hội nghị Trung ương 4 khóa XIII", &["Kết luận Hội nghị Trung ương 4 khóa XIII = 4/13"]);
    none(&[
        "Hội nghị lần thứ 10 Ban Chấp hành Trung ương khóa XII",
        "Nghị quyết Hội nghị lần thứ 8 Ban Chấp hành Đảng bộ tỉnh khóa XVI",
        "Nghị quyết Đại hội XIII của Đảng",
        "Nghị quyết Trung ương năm 2018",
        "Nghị quyết Trung ương khóa XII",
        "Nghị quyết Hội nghị Trung ương Đoàn lần thứ 4",
    ]);
}

#[test]
fn yearly_themes_are_found() {
    check("và Chuyên đề năm 2022 “Học tập", &["Chuyên đề năm 2022 = theme 2022"]);
    check(
        "các chuyên đề năm 2021, 2022 và năm 2023",
        &["chuyên đề năm 2021 = theme 2021", "2022 = theme 2022", "năm 2023 = theme 2023"],
    );
    none(&["sinh hoạt chuyên đề năm 2022", "giám sát chuyên đề năm 2024", "Chuyên đề toàn khóa"]);
}

#[test]
fn a_short_form_points_back_within_the_article() {
    check(
        "Kết luận số 01-KL/TW ngày 18/5/2021. Nội dung Kết luận số 01, kết luận 01 của Đảng",
        &[
            "Kết luận số 01-KL/TW = 01-KL/TW (18/05/2021)",
            "Kết luận số 01 = 01-KL/TW (18/05/2021, ←)",
            "kết luận 01 = 01-KL/TW (18/05/2021, <Other Đảng, ←)",
        ],
    );
    check(
        "Nghị quyết 04 được học tập. Nghị quyết số 04-NQ/TU của Tỉnh ủy",
        &["Nghị quyết 04 = 04-NQ/TU (←)", "Nghị quyết số 04-NQ/TU = 04-NQ/TU (<Province Tỉnh ủy)"],
    );
    // Two fit: it stays short, unless an issuer tells them apart.
    check(
        "Nghị quyết 04-NQ/TU; Nghị quyết 04-NQ/TW. Theo Nghị quyết 04. Theo Nghị quyết 04 của Tỉnh ủy",
        &[
            "Nghị quyết 04-NQ/TU = 04-NQ/TU",
            "Nghị quyết 04-NQ/TW = 04-NQ/TW",
            "Nghị quyết 04 = 04?",
            "Nghị quyết 04 = 04-NQ/TU (<Province Tỉnh ủy, ←)",
        ],
    );
    check(
        "Nghị quyết 05-NQ/TU năm 2011 về và Nghị quyết 05-NQ/TU năm 2016 về; thay nghị quyết năm 2011",
        &[
            "Nghị quyết 05-NQ/TU = 05-NQ/TU (2011)",
            "Nghị quyết 05-NQ/TU = 05-NQ/TU (2016)",
            "nghị quyết năm 2011 = 05-NQ/TU (2011, ←)",
        ],
    );
    // "Chỉ thị 05" of another body is another document.
    check(
        "Chỉ thị 05-CT/TU của Tỉnh ủy. Chỉ thị 05 của Bộ Chính trị",
        &[
            "Chỉ thị 05-CT/TU = 05-CT/TU (<Province Tỉnh ủy)",
            "Chỉ thị 05 = 05-CT/TW (<Politburo Bộ Chính, ≈)",
        ],
    );
}

#[test]
fn an_issuer_settles_a_short_form_where_all_his_numbers_are_alike() {
    check("Chỉ thị 05 của Bộ Chính trị", &["Chỉ thị 05 = 05-CT/TW (<Politburo Bộ Chính, ≈)"]);
    check("Bộ Chính trị ban hành Chỉ thị 05", &["Chỉ thị 05 = 05-CT/TW (<Politburo Bộ Chính, ≈)"]);
    check("Quyết định 749 của Thủ tướng", &["Quyết định 749 = 749/QĐ-TTg (<PrimeMinister Thủ tướng, ≈)"]);
    check("Quyết định 22 của Thủ tướng", &["Quyết định 22 = 22? (<PrimeMinister Thủ tướng)"]);
    check("Nghị định 100/2019", &["Nghị định 100/2019 = 100/2019/NĐ-CP (≈)"]);
    check("Nghị định 100", &["Nghị định 100 = 100?"]);
    check("Nghị quyết 12 của Tỉnh ủy", &["Nghị quyết 12 = 12-NQ/TU (<Province Tỉnh ủy, ≈)"]);
    check("Nghị quyết 12 của Thành ủy Mỹ Tho", &["Nghị quyết 12 = 12? (<Town Thành ủy)"]);
    check("kế hoạch 12 của Huyện ủy", &["kế hoạch 12 = 12-KH/HU (<District Huyện ủy, ≈)"]);
    check(
        "thực hiện chỉ thị 11 về cưới. Chỉ thị 11 được Thành ủy ban hành vào tháng 10/2012",
        &["chỉ thị 11 = 11-CT/TU (10/2012, ←)", "Chỉ thị 11 = 11-CT/TU (10/2012, <City Thành ủy, ≈)"],
    );
    check(
        "Nghị quyết số 18 ngày 25-10-2017 của Ban Chấp hành Trung ương Đảng khóa XII về",
        &["Nghị quyết số 18 = 18-NQ/TW (25/10/2017, k12, <Committee Ban Chấp, ≈)"],
    );
}

#[test]
fn an_issuer_counts_only_for_what_may_be_his() {
    check("Nghị quyết 05 của Ban Chấp hành Trung ương Đoàn", &["Nghị quyết 05 = 05? (<Office Ban Chấp)"]);
    check("Chỉ thị 05 của Đảng ủy Công an Trung ương", &["Chỉ thị 05 = 05? (<Other Đảng ủy)"]);
    check("Nghị quyết 05 của Đảng ủy xã", &["Nghị quyết 05 = 05-NQ/ĐU (<PartyCommittee Đảng ủy, ≈)"]);
    check(
        "Tỉnh ủy họp và Sở Y tế ban hành Kế hoạch số 12/KH-SYT; Huyện ủy Vị Thủy ban hành Kế hoạch 12",
        &["Kế hoạch số 12/KH-SYT = 12/KH-SYT", "Kế hoạch 12 = 12-KH/HU (<District Huyện ủy, ≈)"],
    );
    check(
        "Quyết định số 64/CP; Chỉ thị 100 của Ban Bí thư",
        &["Quyết định số 64/CP = 64/CP", "Chỉ thị 100 = 100-CT/TW (<Politburo Ban Bí, ≈)"],
    );
    // A programme that is called by its number, and one of that number.
    none(&["Chương trình 135 của Chính phủ", "Đề án 06 của Chính phủ"]);
    check("Quy định 08 của Ban Chấp hành Trung ương", &["Quy định 08 = 08? (<Committee Ban Chấp)"]);
}

#[test]
fn several_plenums_of_several_terms_are_not_paired() {
    for text in ["Nghị quyết Trung ương 6, 7 (khóa XI, XII)", "Nghị quyết Trung ương 4 khóa XXX"]
    {
        let shown = show(text);
        assert!(shown.iter().all(|shown| shown.contains("/?")), "{shown:?}");
    }
}

#[test]
fn numbers_in_prose_are_left_alone() {
    none(&[
        "quyết định 3 nội dung, kế hoạch 5 năm, thông báo 10 trường hợp",
        "chương trình 135, nghị quyết 1 lần, luật 5 điều, Quy định 3 không",
        "Quyết định 3 nhiệm vụ. Thông báo 15 ca mắc. Kế hoạch 100 ngày.",
        "quyết định bổ nhiệm 76 cán bộ, chỉ thị của Thủ tướng, một số quyết định của Tỉnh ủy",
        "01-2021, 20/11, 18/5/2021, kế hoạch 2021-2025, kế hoạch 12/2020, kế hoạch 1,5 tỷ, kết luận 20%",
        "biển số 70H-3835, 51C-598.47, 70 G1-404.86, số 7/KP5, số 12 - UBND tỉnh, Ngày 2/9 - TP Hà Nội",
        "Giấy phép số 303/GP-BTTTT, hợp đồng số 12/HĐ-KT, điện thoại số 0905-123456, Covid-19",
        "nghị quyết năm 2011, kế hoạch năm 2023, Luật Đất đai năm 2024",
        "thực hiện kết luận, 01 năm sau; ban hành quyết định. Số 12 là",
    ]);
}

#[test]
fn settling_leaves_other_mentions_and_their_order() {
    let text = "Tỉnh ủy Sóc Trăng: kế hoạch 12 cũ, Kết luận 01-KL/TW, tỉnh Bến Tre, Kết luận 01";
    let mut found = Vec::new();
    Finder::default().find(text, &mut found);
    settle(&mut found, |mention| mention);
    let words: Vec<&str> = found.iter().map(|m| &text[m.start as usize..m.end as usize]).collect();
    assert_eq!(words, ["Tỉnh ủy Sóc Trăng", "Kết luận 01-KL/TW", "tỉnh Bến Tre", "Kết luận 01"]);
    let What::Directive(last) = &found[3].what else { panic!("the last is a document") };
    assert_eq!(last.antecedent, Some(1));
}

mod laws {
    use super::{Finder, settle, show};
    use proptest::prelude::*;

    const PIECES: [&str; 64] = [
        "Kết luận",
        "chỉ thị",
        "Nghị quyết",
        "NQ",
        "NQTW",
        "QĐ",
        "số",
        "số hiệu:",
        "01",
        "4",
        "753A",
        "2021",
        "30a",
        "1.234",
        "-",
        "–",
        "/",
        ",",
        ";",
        "và",
        "(",
        ")",
        "KL",
        "TW",
        "TƯ",
        "TU",
        "CT",
        "QĐ-TTg",
        "KL/TW",
        "TWngày",
        "UBND",
        "QH15",
        "ngày",
        "tháng",
        "năm",
        "18/5/2021",
        "khóa",
        "XII",
        "XI",
        "Trung ương",
        "Hội nghị",
        "lần thứ",
        "tư",
        "Ban Chấp hành",
        "Đảng",
        "của",
        "được",
        "do",
        "ban hành",
        "Bộ Chính trị",
        "Thành ủy",
        "Tỉnh ủy",
        "Thủ tướng",
        "Chính phủ",
        "Chuyên đề",
        "nội dung",
        "\u{a0}",
        "\u{ad}",
        "\u{200b}",
        "\n",
        ".",
        "“",
        "&",
        "%",
    ];

    fn lie_in_order(text: &str) -> Result<(), TestCaseError> {
        let mut found = Vec::new();
        Finder::default().find(text, &mut found);
        settle(&mut found, |mention| mention);
        let mut end = 0;
        for mention in &found {
            prop_assert!(end <= mention.start && mention.start < mention.end, "{text:?}");
            prop_assert!(text.get(mention.start as usize..mention.end as usize).is_some(), "{text:?}");
            end = mention.end;
        }
        show(text);
        Ok(())
    }

    proptest! {
        /// Law: mentions lie in the text, in order, and none overlaps another.
        #[test]
        fn of_any_text(text in "\\PC{0,80}") {
            lie_in_order(&text)?;
        }

        /// Law: the same, for texts made of the grammar's own pieces.
        #[test]
        fn of_its_own_pieces(
            pieces in prop::collection::vec((prop::sample::select(&PIECES[..]), any::<bool>()), 0..40),
        ) {
            let text: String = pieces.iter().map(|(piece, glued)| format!("{piece}{}", if *glued { "" } else { " " })).collect();
            lie_in_order(&text)?;
        }
    }
}
