//! What `check --suggest` tells: what the machine saw in the texts and did not link, and what
//! the texts say and no record does. For each kind what it tells, and where it is silent.

use super::fixture::Site;

/// What is suggested for a site.
#[track_caller]
fn check(site: &Site, expect: &[&str]) {
    let found = site.suggestions();
    let shown: Vec<&str> =
        found.iter().map(|line| line.strip_prefix("content/articles/").unwrap_or(line)).collect();
    assert_eq!(shown, expect);
}

/// One article of 2022 about those places.
fn about(places: &str, text: &str) -> Site {
    Site::new().article_with("a", &format!("date: 2022-06-01\nlocalities: [{places}]"), text)
}

fn plain(text: &str) -> Site {
    Site::new().article_with("a", "date: 2022-06-01", text)
}

fn with_records(text: &str) -> Site {
    plain(text)
        .record("directives/05-ct-tw", "number: 05-CT/TW\nkind: Chỉ thị\ndate: 2016-05-15")
        .record("directives/01-kl-tw", "number: 01-KL/TW\nkind: Kết luận\ndate: 2021-05-18")
}

// ---- ambiguous-mention ----

#[test]
fn a_mention_that_several_places_may_be_lists_them_with_the_link_to_write() {
    let found = plain("Huyện ủy Châu Thành họp. Rồi Huyện ủy Châu Thành họp nữa.").suggestions();
    assert_eq!(found.len(), 1, "the same words once: {found:#?}");
    let start = "content/articles/a.md:5:1: ambiguous-mention `Huyện ủy Châu Thành` may be: Huyện ủy \
                 Châu Thành, Tây Ninh; ";
    assert!(found[0].starts_with(start), "{found:#?}");
    assert!(found[0].matches("; Huyện ủy Châu Thành, ").count() == 5 && found[0].contains("; … (+"));
    let link = "[[Huyện ủy Châu Thành, Tây Ninh|Huyện ủy Châu Thành]]";
    assert!(found[0].contains(link), "{found:#?}");
    let built = plain(&format!("{link} họp."));
    built.build().clean();
    check(&built, &[]);
}

#[test]
fn a_number_that_several_documents_have_lists_them_with_the_link_to_write() {
    let site = |text: &str| {
        plain(text)
            .record("directives/mot", "number: 12-NQ/TW\nterm: XI")
            .record("directives/hai", "number: 12-NQ/TW\nterm: XII")
    };
    check(
        &site("Theo 12-NQ/TW đó"),
        &[
            "a.md:5:6: ambiguous-mention `12-NQ/TW` may be: 12-NQ/TW khóa 12; 12-NQ/TW khóa 11 = write the one \
           that is meant, such as `[[12-NQ/TW khóa XII|12-NQ/TW]]`, or add it to the article's `directives`",
        ],
    );
    check(&site("Theo [[12-NQ/TW khóa XII|12-NQ/TW]] đó"), &[]);
    check(&site("Theo 12-NQ/TW khóa XI đó"), &[]);
}

#[test]
fn nothing_is_ambiguous_that_the_article_tells() {
    check(&about("Bến Tre", "Huyện ủy Châu Thành họp"), &[]);
    check(&plain("Huyện ủy Châu Thành, tỉnh Bến Tre họp. Huyện ủy Châu Thành kết luận."), &[]);
    check(&plain("`huyện Châu Thành`, [huyện Châu Thành](https://a.example/)"), &[]);
}

// ---- unlinked-mention ----

#[test]
fn a_unit_of_no_known_place_and_a_document_of_no_known_owner_are_told() {
    check(
        &plain("UBND huyện họp. Quyết định 1204/QĐ-UBND ra đời."),
        &[
            "a.md:5:1: unlinked-mention nothing says of which place `UBND huyện` is = add the place to the \
             article's `localities`, or write the full name: `[[…|UBND huyện]]`",
            "a.md:5:17: unlinked-mention nothing says which document `Quyết định 1204/QĐ-UBND` is = whose it is \
             must be known: add the place to the article's `localities`",
        ],
    );
    check(
        &plain("Nghị quyết Trung ương 4 và Kết luận 21"),
        &[
            "a.md:5:1: unlinked-mention nothing says which document `Nghị quyết Trung ương 4` is = write the \
             term too, as in “khóa XII”",
            "a.md:5:28: unlinked-mention nothing says which document `Kết luận 21` is = write its number in \
             the sentence, or add the document to the article's `directives`",
        ],
    );
}

#[test]
fn a_number_whose_owner_no_place_tells_asks_for_a_record() {
    let told = "a.md:6:6: unlinked-mention nothing says which document `12-NQ/ĐU` is = whose it is cannot be told: \
                create its record with an `issuer` (luutru new directive \"12-NQ/ĐU\") and add it to the article's \
                `directives`";
    let site = about("Sóc Trăng", "Theo 12-NQ/ĐU đó");
    check(&site, &[told]);
    // What the help says is enough.
    let site = site
        .record("directives/12-nq-du", "number: 12-NQ/ĐU\nissuer: Đảng ủy xã Gia Hòa 1\nid: 12-nq-du")
        .article_with("a", "localities: [Sóc Trăng]\ndirectives: [12-NQ/ĐU]", "Theo 12-NQ/ĐU đó");
    check(&site, &[]);
}

#[test]
fn a_short_form_that_one_record_fits_is_told_with_the_link_to_it() {
    let site = |text: &str| with_records(text);
    check(
        &site("Sơ kết Kết luận 01 này"),
        &[
            "a.md:5:8: unlinked-mention nothing says which document `Kết luận 01` is = if it is 01-KL/TW khóa 13, \
           write `[[01-KL/TW|Kết luận 01]]`",
        ],
    );
    check(&site("Sơ kết [[01-KL/TW|Kết luận 01]] này"), &[]);
    check(&site("Sơ kết Kết luận số 01-KL/TW. Kết luận 01 này"), &[]);
}

#[test]
fn nothing_is_unlinked_that_the_article_tells() {
    check(&about("\"Mỹ Xuyên, Sóc Trăng\"", "UBND huyện họp. Huyện ủy cũng họp."), &[]);
    check(&plain("Bà Tân và ông Bình ở đường Châu Thành"), &[]);
}

// ---- directive-without-record ----

#[test]
fn a_document_without_a_record_is_told_once_with_the_number_of_articles() {
    let site = Site::new().article_with("b", "", "Theo 15-CT/TW đó. Chỉ thị số 15-CT/TW nữa.").article_with(
        "c",
        "draft: true",
        "Theo 15-CT/TW đó",
    );
    check(
        &site,
        &[
            "b.md:4:6: directive-without-record `15-CT/TW` has no record; 2 article(s) mention it = create it: \
           luutru new directive \"15-CT/TW\"",
        ],
    );
    check(&site.record("directives/15-ct-tw", "number: 15-CT/TW"), &[]);
}

#[test]
fn a_local_document_without_a_record_is_told_with_its_owner() {
    let site = about("Sóc Trăng", "Nghị quyết số 10-NQ/TU. Chuyên đề năm 2022.");
    let name = "a.md:6:1: directive-without-record `10-NQ/TU (Tỉnh Sóc Trăng)` has no record; 1 article(s) mention \
                it = create it: luutru new directive \"10-NQ/TU\"";
    let theme = "a.md:6:25: directive-without-record `Chuyên đề năm 2022 (Tỉnh Sóc Trăng)` has no record; 1 \
                 article(s) mention it = create it: luutru new directive \"Chuyên đề năm 2022\"";
    let issuer = ", and give its `issuer`";
    check(&site, &[&format!("{name}{issuer}"), &format!("{theme}{issuer}")]);
    let several = about("Quảng Nam", "Nghị quyết số 04-NQ/TU ngày 17/8/2011 và số 04-NQ/TU ngày 17/8/2016");
    let found = several.suggestions();
    assert!(
        found.len() == 2 && found[0].contains("`04-NQ/TU (nhiệm kỳ 2010–2015) (Tỉnh Quảng Nam)`"),
        "{found:#?}"
    );
    // A record without an issuer is the site's own.
    check(&site.settings("place: Sóc Trăng"), &[name, theme]);
}

// ---- near-name ----

#[test]
fn a_name_one_letter_off_is_told_with_the_name_it_may_be() {
    for (text, words, name) in [
        ("Tại huyện Mỹ Xuyêm đó", "huyện Mỹ Xuyêm", "huyện Mỹ Xuyên"),
        ("Tại Huyện ủy Mỹ Xyuên đó", "Huyện ủy Mỹ Xyuên", "Huyện ủy Mỹ Xuyên"),
        ("Tại UBND huyện Kế Sach đó", "huyện Kế Sach", "huyện Kế Sách"),
        ("Tại H.Kế Sácch đó", "H.Kế Sácch", "H.Kế Sách"),
        ("Tại xã Gia Hòaa 1 đó", "xã Gia Hòaa 1", "xã Gia Hòa 1"),
    ] {
        let found = about("Sóc Trăng", text).suggestions();
        let told = format!("near-name no place has the name in `{words}` = did you mean `{name}`?");
        assert!(found.len() == 1 && found[0].contains(&told), "{text}: {found:#?}");
    }
    let found = about("Sóc Trăng", "Mở đầu.\n\n- Tại *huyện\n  Mỹ Xuyêm* đó").suggestions();
    assert!(found[0].starts_with("content/articles/a.md:8:8: near-name"), "{found:#?}");
}

#[test]
fn a_name_is_near_to_nothing_where_it_may_be_right() {
    for text in [
        // A place has it, if of another kind or elsewhere.
        "huyện Mỹ Xuyên, thị xã Mỹ Xuyên, xã Mỹ Xuyên",
        // A number is no slip of another.
        "xã Gia Hòa 3",
        // Two letters off, or too short.
        "huyện Mỹ Tuyêm, huyện Mỏ Cà",
        // Not a place at all.
        "hợp tác xã Mỹ Xuyêm, ông Mỹ Xuyêm, bệnh viện huyện Mỹ Xuyêm",
        // The editor's word, or code.
        "[[Huyện ủy Mỹ Xuyên|Huyện ủy Mỹ Xuyêm]] và `huyện Mỹ Xuyêm`\n\n```\nhuyện Mỹ Xuyêm\n```",
    ] {
        check(&about("Sóc Trăng", text), &[]);
    }
}

#[test]
fn a_commune_is_near_only_within_the_provinces_of_the_article() {
    assert_eq!(about("Sóc Trăng", "Tại xã Gia Hòaa 1 đó").suggestions().len(), 1);
    check(&about("Lào Cai", "Tại xã Gia Hòaa 1 đó"), &[]);
    // Districts are few enough to be sought everywhere.
    assert_eq!(about("Lào Cai", "Tại huyện Mỹ Xuyêm đó").suggestions().len(), 1);
}

// ---- date-contradicts ----

#[test]
fn a_date_beside_a_number_that_is_not_its_records_is_told() {
    check(
        &with_records("Chỉ thị số 05-CT/TW ngày 15/5/2017 và Chỉ thị số 05-CT/TW ngày 15/5/2017"),
        &["a.md:5:1: date-contradicts `05-CT/TW` is dated 15/05/2017 here and 15/05/2016 in \
           `content/directives/05-ct-tw.md` = look it up: correct `date` in the record if that is wrong, and leave \
           the text as it was printed"],
    );
}

#[test]
fn a_date_that_says_less_contradicts_nothing() {
    for text in [
        "Chỉ thị số 05-CT/TW ngày 15/5/2016",
        "Chỉ thị số 05-CT/TW năm 2016",
        "Chỉ thị số 05-CT/TW của Bộ Chính trị",
        "Ngày 15/5/2017, Chỉ thị số 05-CT/TW được bàn",
    ] {
        check(&with_records(text), &[]);
    }
    // Without a date in the record there is nothing to contradict.
    let site = plain("Chỉ thị số 05-CT/TW ngày 15/5/2017");
    check(&site.record("directives/05-ct-tw", "number: 05-CT/TW"), &[]);
}

// ---- relation ----

#[test]
fn a_sentence_that_relates_two_documents_is_told_with_the_line_to_write() {
    let text =
        "Kết luận số 01-KL/TW ngày 18/5/2021 của Bộ Chính trị về tiếp tục thực hiện Chỉ thị số 05-CT/TW.";
    let told = "a.md:5:1: relation by this sentence `01-KL/TW` stands to `05-CT/TW` as `continues` = if so, add \
                `continues: 05-CT/TW` to `content/directives/01-kl-tw.md`";
    check(&with_records(text), &[told]);
    // Once in the archive, where it stands first.
    check(&with_records(text).article_with("b", "", text), &[told]);
    let record = "number: 01-KL/TW\nkind: Kết luận\ndate: 2021-05-18";
    for relation in ["continues", "implements"] {
        let site = with_records(text);
        check(&site.record("directives/01-kl-tw", &format!("{record}\n{relation}: 05-CT/TW")), &[]);
    }
}

#[test]
fn a_relation_of_documents_without_records_is_told_with_what_to_create() {
    let found = plain("Chỉ thị số 15-CT/TW được thay thế bằng Chỉ thị số 21-CT/TW.").suggestions();
    let told = "content/articles/a.md:5:1: relation by this sentence `21-CT/TW` stands to `15-CT/TW` as `replaces` = \
                if so, create what is missing (luutru new directive \"21-CT/TW\"; luutru new directive \
                \"15-CT/TW\") and add `replaces: 15-CT/TW` to the record of `21-CT/TW`";
    assert!(found.len() == 3 && found.contains(&told.to_owned()), "{found:#?}");
}

#[test]
fn documents_that_only_stand_together_are_in_no_relation() {
    for text in [
        "Sơ kết Kết luận số 01-KL/TW và Chỉ thị số 05-CT/TW.",
        "Kết luận số 01-KL/TW. Về tiếp tục thực hiện Chỉ thị số 05-CT/TW.",
        "Thực hiện Kết luận số 01-KL/TW, Huyện ủy Mỹ Xuyên ra kế hoạch về tiếp tục thực hiện Chỉ thị số 05-CT/TW.",
        "Kết luận số 01-KL/TW về kết quả thực hiện Chỉ thị số 05-CT/TW.",
        "Kết luận số 01-KL/TW\n\nvề tiếp tục thực hiện Chỉ thị số 05-CT/TW.",
    ] {
        check(&with_records(text), &[]);
    }
}

// ---- All of them ----

#[test]
fn suggestions_are_silent_where_mentions_are_switched_off() {
    let text = "Huyện ủy Châu Thành, huyện Mỹ Xuyêm, 15-CT/TW và UBND huyện họp.";
    assert_eq!(plain(text).suggestions().len(), 4);
    check(&Site::new().article_with("a", "mentions: false", text), &[]);
    check(&plain(text).settings("mentions: false"), &[]);
}

#[test]
fn a_build_knows_of_no_suggestions() {
    plain("Huyện ủy Châu Thành, huyện Mỹ Xuyêm, 15-CT/TW và UBND huyện họp.").build().clean();
}
