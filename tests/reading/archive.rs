//! An archive with everything that a page may have to show, for what must hold on all pages.
//!
//! It is made, not kept: forty reports on reviews in the districts of one province fill
//! lists, charts and tables, and single records beside them are as awkward as records may
//! be. Names are long, undated, without a place, or made of what HTML takes for its own.

use super::{fixture::Site, png::picture};

/// The path below which the archive is published.
pub(crate) const PATH: &str = "/kho/";

/// Districts of one province, to be found in its gazetteer.
const DISTRICTS: [&str; 8] =
    ["Mỹ Xuyên", "Kế Sách", "Long Phú", "Cù Lao Dung", "Trần Đề", "Mỹ Tú", "Thạnh Trị", "Châu Thành"];

/// Numbers of what the reports carry out.
const DIRECTIVES: [&str; 4] = ["01-KL/TW", "05-CT/TW", "04-NQ/TW", "10-NQ/TU"];

/// Names of initiatives.
const INITIATIVES: [&str; 5] =
    ["Tủ sách ấp", "Thắp sáng đường quê", "Mẹ đỡ đầu", "Tủ quần áo 0 đồng", "Sổ tay làm theo"];

/// A name as long as one may be that still means something.
const LONG_NAME: &str = "Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở, phong trào thi đua và các cuộc vận động của các cơ quan, \
     đơn vị, doanh nghiệp, hợp tác xã và trường học trên địa bàn các xã ven biển, cù lao và vùng sâu";

/// A word in which no line can be broken.
const LONG_WORD: &str = "nhungchuvietlienkhonghecokhoangtrangnaodetrinhduyetxuongdongduocchonguoidocdoc";

/// The archive.
pub(crate) fn archive() -> Site {
    let site = Site::new()
        .file(
            "content/site.yaml",
            "title: Kho báo chí thử nghiệm\nplace: Sóc Trăng\npage_size: 5\nmenus:\n  \
             - {label: Giới thiệu, url: trang/gioi-thieu.html}\n",
        )
        .base_url(&format!("https://luu.example{PATH}"));
    let site = records(site);
    let site = deep(pictures(site));
    awkward(reports(site))
}

/// Authority records: directives that relate to each other, a unit with a parent, children
/// and a successor, newspapers, places, the archive's own pages.
fn records(site: Site) -> Site {
    site.record("publishers/bao-soc-trang", "name: Báo Sóc Trăng\naliases: [Báo ST]\nmarks: [\"(ST)\"]\nplace: Sóc Trăng\nurl: https://bao.example/")
        .record("publishers/ban-tin", "name: Bản tin Tuyên giáo\nrights: summary")
        .record("publishers/chua-co-bai", "name: Tập san chưa có bài")
        .file(
            "content/directives/05-ct-tw.md",
            "---\nnumber: 05-CT/TW\nkind: Chỉ thị\nissuer: Bộ Chính trị\ndate: 15/5/2016\nterm: XII\n\
             title: về đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh\n\
             implements: 04-NQ/TW\n---\nVăn bản mở đầu, được [[01-KL/TW]] tiếp tục.\n",
        )
        .record(
            "directives/01-kl-tw",
            "number: 01-KL/TW\nkind: Kết luận\nissuer: Bộ Chính trị\ndate: 18/5/2021\nterm: XIII\n\
             title: về tiếp tục thực hiện Chỉ thị số 05-CT/TW của Bộ Chính trị\ncontinues: 05-CT/TW\n\
             aliases: [Kết luận mùng một]\nstatus: còn hiệu lực\nold_addresses: [ket-luan-01.html]",
        )
        .record("directives/04-nq-tw", "number: 04-NQ/TW\nkind: Nghị quyết\nissuer: Ban Chấp hành Trung ương\ndate: 2016-10-30\nterm: XII")
        .record("directives/10-nq-tu", "number: 10-NQ/TU\nissuer: Tỉnh ủy Sóc Trăng\ndate: 2021\nimplements: [01-KL/TW, 04-NQ/TW]\namends: 08-NQ/TU")
        .record("directives/08-nq-tu", "number: 08-NQ/TU\nissuer: Tỉnh ủy Sóc Trăng\ndate: 2017\nreplaces: 07-NQ/TU")
        .record("directives/07-nq-tu", "number: 07-NQ/TU\nissuer: Tỉnh ủy Sóc Trăng\nstatus: hết hiệu lực")
        .record("directives/chuyen-de", "name: Chuyên đề năm không ai nhắc đến")
        .record(
            "units/hoi-khuyen-hoc",
            "name: Hội Khuyến học vùng ven sông\nkind: hội\nplace: \"Kế Sách, Sóc Trăng\"\nparent: Huyện ủy Kế Sách\n\
             from: 2010-01-01\nto: 2025-06-30\nsucceeded_by: [Hội Khuyến học ba xã cù lao]\naliases: [HKH ven sông]",
        )
        .record("units/hoi-khuyen-hoc-moi", "name: Hội Khuyến học ba xã cù lao\nfrom: 2025-07-01")
        .record("units/chi-hoi-mot", "name: Chi hội Khuyến học ấp đầu nguồn\nparent: Hội Khuyến học vùng ven sông")
        .record("units/chi-hoi-hai", "name: Chi hội Khuyến học ấp cuối nguồn\nparent: Hội Khuyến học vùng ven sông")
        .record("units/ban-chi-dao", &format!("name: {LONG_NAME:?}\nkind: ban chỉ đạo"))
        .record("units/clb", "name: \"Câu lạc bộ <Sử học> & \\\"Địa chí\\\" 'Hậu Giang'\"\nkind: câu lạc bộ")
        .record("localities/ap-trung-hoa", "name: ấp Trung Hòa\nkind: ấp\nparent: \"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"")
        .file(
            "content/pages/gioi-thieu.md",
            "---\ntitle: Giới thiệu\nold_addresses: [gioi-thieu.html]\n---\nKho này chỉ để thử.\n\n## Cách dùng\n\n\
             Xem [[01-KL/TW]] hoặc [cách dùng](trang/gioi-thieu.html).\n\n\
             | cột | có | nhiều | chữ | hơn | một | màn | hình | điện | thoại |\n|---|---|---|---|---|---|---|---|---|---|\n\
             | Tỉnh ủy | Huyện ủy | Thị ủy | Đảng ủy | Quận ủy | Chi bộ | Công an | Mặt trận | Đoàn | Hội |\n",
        )
}

/// Units fourteen levels deep, and an article whose names have no space.
fn deep(site: Site) -> Site {
    let name = |level: u32| format!("Chi đoàn cấp {level} của một tổ chức rất sâu");
    let below = |site: Site, level: u32| {
        let parent = if level > 0 { format!("parent: {}", name(level - 1)) } else { String::new() };
        site.record(&format!("units/cap-{level}"), &format!("name: {}\n{parent}", name(level)))
    };
    (0..14)
        .fold(site, below)
        .record("units/mot-chu", &format!("name: {LONG_WORD}\nparent: {}", name(13)))
        .record("publishers/mot-chu", &format!("name: {LONG_WORD}"))
        .file(
            "content/articles/mot-chu.md",
            format!("---\ntitle: {LONG_WORD}\npublisher: {LONG_WORD}\nunits: [{LONG_WORD}]\ndate: 2020-01-01\n---\nNội dung.\n"),
        )
}

/// Three pictures and a drawing.
fn pictures(site: Site) -> Site {
    site.file("content/media/hoi-truong.png", picture(1200, 800))
        .file("content/media/2023/trao giấy khen.png", picture(640, 960))
        .file("content/media/cau.png", picture(48, 48))
        .file(
            "content/media/so-do.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"320\" height=\"120\" viewBox=\"0 0 320 120\">\
             <path d=\"M10 60H310M60 20V100\" stroke=\"#777\" stroke-width=\"6\"/></svg>",
        )
}

/// Forty reports, from 2021 to 2025, each of one event; several districts come again each
/// year, some events are reported twice.
fn reports(mut site: Site) -> Site {
    for index in 0..40 {
        let district = DISTRICTS[index % DISTRICTS.len()];
        let (year, month, day) = (2021 + index / 9, 1 + index * 5 % 12, 1 + index * 7 % 28);
        let directive = DIRECTIVES[(index + index / DISTRICTS.len()) % DIRECTIVES.len()];
        let initiative = INITIATIVES[index % INITIATIVES.len()];
        let (collectives, individuals) = (1 + index * 3 % 40, 2 + index * 11 % 70);
        let stage = ["sơ kết", "tổng kết", "quán triệt"][index % 3];
        // Some add up, some do not, some state no total.
        let total = match index % 3 {
            0 => format!(", total: {}", collectives + individuals),
            1 if index % 2 == 0 => format!(", total: {}", collectives + individuals + 3),
            _ => String::new(),
        };
        let text = format!(
            "---\ntitle: \"{district}: {stage} việc thực hiện {directive} năm thứ {nth}\"\ndate: {year}-{month:02}-{day:02}\n\
             added: 2026-11-{added:02}\npublisher: {publisher}\nurl: https://bao.example/{index}\nretrieved: 2026-11-20\n\
             localities: [\"{district}, Sóc Trăng\"]\ninitiatives: [{{name: {initiative}, unit: Huyện ủy {district}}}]\n\
             summary: Hội nghị {stage} của huyện {district}, kết quả và mô hình.\n\
             event: {{date: {year}-{month:02}-{day:02}, host: Huyện ủy {district}, directives: [{directive}], stage: {stage}, \
             commended: [{{collectives: {collectives}, individuals: {individuals}{total}, form: giấy khen, scope: event}}]}}\n---\n\
             Ban Thường vụ Huyện ủy {district} họp {stage} việc thực hiện [[{directive}]]. Nghị quyết số 04-NQ/TW và \
             Chỉ thị số 15-CT/TU của Tỉnh ủy Sóc Trăng cũng được nhắc lại.\n\nUBND huyện {district} nêu mô hình “{initiative}”.\n",
            nth = year - 2020,
            added = 1 + index % 25,
            publisher = ["Báo Sóc Trăng", "Bản tin Tuyên giáo"][usize::from(index % 4 == 3)],
        );
        site = site.file(&format!("content/articles/bao-cao/{index:02}.md"), text);
    }
    site
}

/// What is rare: one article with everything, others with next to nothing.
fn awkward(site: Site) -> Site {
    site.file(
        "content/articles/day-du.md",
        format!(
            "---\ntitle: \"Trọn một ngày “học và làm theo” ở <Kế Sách> & vùng ven sông: từ hội trường huyện đến \
             từng ấp, từng nhà, từng con đường quê có đèn, có hoa, có người giữ\"\n\
             date: 2023-05-19T21:53\nadded: 2026-11-20\npublisher: Báo Sóc Trăng\nbyline: Người viết & bạn đọc\n\
             section: Xây dựng Đảng\nsummary: Một bài có đủ mọi phần mà một trang có thể phải bày ra.\n\
             url: https://bao.example/day-du-{LONG_WORD}\narchived_url: https://luu-anh.example/day-du\n\
             retrieved: 2026-11-01\ntags: [thi đua, \"<nhãn> & \\\"dấu\\\"\"]\nrights: Báo Sóc Trăng giữ bản quyền\n\
             units: [Hội Khuyến học vùng ven sông, {LONG_NAME:?}, \"Câu lạc bộ <Sử học> & \\\"Địa chí\\\" 'Hậu Giang'\"]\n\
             directives: [01-KL/TW, 10-NQ/TU]\n\
             localities: [\"Kế Sách, Sóc Trăng\", \"ấp Trung Hòa, Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]\n\
             initiatives: [{{name: \"Tủ sách <ấp> & nhà\", unit: Hội Khuyến học vùng ven sông, note: ghi theo báo}}, Thắp sáng đường quê]\n\
             photos:\n\
             - {{caption: Quang cảnh hội nghị, credit: Người chụp, file: media/hoi-truong.png, alt: Hội trường đông người}}\n\
             - {{caption: Trao giấy khen, file: media/2023/trao giấy khen.png, alt: Hai người trao giấy khen}}\n\
             - {{caption: Ảnh chỉ còn lời, credit: Người chụp}}\n\
             corrections: [{{date: 2026-11-22, note: sửa số cá nhân từ 9 thành 19}}]\n\
             also_published_in: [{{publisher: Bản tin Tuyên giáo, url: https://tin.example/1, date: 2023-05-20}}]\n\
             raw: {{file: raw/1.txt, sha256: 3e4c7f99b2038cb13e4c7f99b2038cb13e4c7f99b2038cb13e4c7f99b2038cb1, captured: 2026-11-01}}\n\
             old_addresses: [2023/05/day-du.html, cu/]\n\
             events:\n\
             - {{id: sang, title: Hội nghị buổi sáng, date: 2023-05-17, host: Ban Thường vụ Huyện ủy Kế Sách, \
             units: [UBND huyện Kế Sách], directives: [01-KL/TW, 10-NQ/TU], stage: sơ kết 2 năm, commended: [\
             {{collectives: 12, individuals: 19, total: 33, form: giấy khen, by: UBND huyện Kế Sách, \
             recipients: [{{name: Bà Thạch Thị B, for: dạy chữ cho trẻ}}, {{unit: Hội Khuyến học vùng ven sông}}]}}, \
             {{collectives: 60, individuals: 140, scope: period, period: 3 năm, approximate: true}}]}}\n\
             - {{id: chieu, date: --05-18, host: Hội Khuyến học vùng ven sông, stage: quán triệt}}\n\
             - {{id: cung, same_as: ke-lai}}\n---\n\
             Mở đầu bằng [[01-KL/TW|Kết luận số 01]] và lời nhắc đến Nghị quyết số 04-NQ/TW. Huyện ủy Mỹ Xuyên cũng dự.\n\n\
             ## Ở hội trường\n\n![Sơ đồ bàn ghế](media/so-do.svg)\n\nMột chữ rất dài: {LONG_WORD}.\n\n\
             > Học phải đi đôi với làm.\n\n### Từng ấp\n\n1. Ấp thứ nhất\n2. Ấp thứ hai\n\n\
             | ấp | tập thể | cá nhân | ghi chú dài cho bảng rộng hơn màn hình điện thoại |\n|---|--:|--:|---|\n\
             | đầu nguồn | 2 | 5 | {LONG_WORD} |\n\n## Về sau\n\nXem [[ke-lai]] và [trang giới thiệu](trang/gioi-thieu.html).\n",
        ),
    )
    .file(
        "content/articles/ke-lai.md",
        "---\ntitle: Báo khác kể lại buổi tối\ndate: 2023-05-20\npublisher: Bản tin Tuyên giáo\nurl: https://tin.example/2\n\
         event: {date: 2023-05-19, host: Huyện ủy Kế Sách, directives: [01-KL/TW], commended: [{collectives: 4, individuals: 6}]}\n\
         ---\n![Cầu khỉ](media/cau.png)\n\nKể lại ngắn gọn.\n",
    )
    .article("khong-ngay", "directives: [01-KL/TW]\nlocalities: [\"Gia Hòa 1, Mỹ Xuyên, Sóc Trăng\"]")
    .many("khong-ngay", 6, "units: [Huyện ủy Long Phú]\n")
    .article("chi-co-nam", "date: 2019\nlocalities: [Bình Định]")
    .article("tieng-anh", "date: 2022-03\nlanguage: en\nsummary: Told in English.\nlocalities: [Cần Thơ]")
    .article("truoc-sap-nhap", "date: 2025-06-30\nlocalities: [\"thị trấn Mỹ Xuyên, Mỹ Xuyên, Sóc Trăng\", Cần Thơ]")
    .article("sau-sap-nhap", "date: 2025-07-02\nlocalities: [\"phường Mỹ Xuyên, Cần Thơ\"]\ndirectives: [01-KL/TW]")
    .article("khong-gi-ca", "")
    .article("nhap", "draft: true\nreview: kiểm tra tên")
    .article("rut", "withdrawn: {date: 2026-11-22, reason: trùng bài}\nold_addresses: [cu/rut.html]")
}
