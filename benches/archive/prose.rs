//! Sentences of a press item: what a district's paper writes, with holes for facts.
//!
//! Written for this benchmark; no sentence is from a newspaper. The figures and persons
//! are invented, the places are real. `{…}` is a hole; see `fill`.

use super::random::Random;

/// What the holes of an article are filled with.
pub(crate) struct Facts<'a> {
    /// The unit that held the event.
    pub(crate) host: &'a str,
    /// All units of the article.
    pub(crate) units: &'a [String],
    /// "huyện Mỹ Xuyên", with the type word.
    pub(crate) place: &'a str,
    /// "tỉnh Sóc Trăng".
    pub(crate) province: &'a str,
    /// Communes with their type word; at least one.
    pub(crate) communes: &'a [String],
    /// Directives as prose has them, "Kết luận số 18-KL/TW", and their numbers.
    pub(crate) directives: &'a [(String, String)],
    /// "28/4/2022".
    pub(crate) date: &'a str,
    /// "sơ kết 2 năm".
    pub(crate) stage: &'a str,
    /// The sentence on whom the event commended.
    pub(crate) commended: &'a str,
}

/// Bytes of a body, at least; up to 800 are added by chance, and the end of a section.
const LENGTH: usize = 2900;

/// The Markdown of an article: 3 to 4 KB, with two or three sections, and up to three
/// explicit links `[[number|words]]` to directives.
pub(crate) fn body(facts: &Facts, random: &mut Random) -> String {
    let target = LENGTH + random.below(800);
    let mut out = String::with_capacity(target + 600);
    let mut stock = Stock::new(random);
    let mut links = random.below(4);
    let opening = random.word(OPENINGS);
    let mut add = |out: &mut String, pattern: &str, end: &str, random: &mut Random| {
        fill(pattern, facts, &mut links, random, out);
        out.push_str(end);
    };
    add(&mut out, opening, " ", random);
    add(&mut out, stock.next(Kind::Background), " ", random);
    add(&mut out, stock.next(Kind::Background), "\n\n", random);
    let headings = random.shuffled(HEADINGS.len());
    let mut section = 0;
    while out.len() < target {
        let kind = [Kind::Work, Kind::Result, Kind::Ahead][section.min(2)];
        if section < 3 {
            out.push_str("## ");
            add(&mut out, HEADINGS[headings[section]], "\n\n", random);
        }
        // The middle sections share what the ends leave over, so that the third is reached.
        let end = if section < 2 { out.len() + (target - out.len()) / (3 - section) } else { target };
        let mut sentences = 0;
        while out.len() < end {
            sentences += 1;
            let last = sentences % 4 == 0 || out.len() + 200 >= end;
            add(&mut out, stock.next(kind), if last { "\n\n" } else { " " }, random);
        }
        section += 1;
        if section == 2 {
            add(&mut out, facts.commended, "\n\n", random);
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

#[derive(Clone, Copy)]
enum Kind {
    Background,
    Work,
    Result,
    Ahead,
}

/// The patterns of each kind in an order of chance, none twice before all were used.
struct Stock {
    orders: [Vec<usize>; 4],
    used: [usize; 4],
}

impl Stock {
    fn new(random: &mut Random) -> Stock {
        let orders = [BACKGROUND, WORK, RESULT, AHEAD].map(|patterns| random.shuffled(patterns.len()));
        Stock { orders, used: [0; 4] }
    }

    fn next(&mut self, kind: Kind) -> &'static str {
        let patterns = [BACKGROUND, WORK, RESULT, AHEAD][kind as usize];
        let order = &self.orders[kind as usize];
        let used = &mut self.used[kind as usize];
        *used += 1;
        patterns[order[(*used - 1) % order.len()]]
    }
}

/// Appends `pattern` with its holes filled.
fn fill(pattern: &str, facts: &Facts, links: &mut usize, random: &mut Random, out: &mut String) {
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (hole, after) = after.split_once('}').expect("a hole of the stock is closed");
        out.push_str(before);
        rest = after;
        match hole {
            "host" => out.push_str(facts.host),
            "unit" => out.push_str(random.pick::<String>(facts.units)),
            "place" => out.push_str(facts.place),
            "province" => out.push_str(facts.province),
            "commune" => out.push_str(random.pick::<String>(facts.communes)),
            "date" => out.push_str(facts.date),
            "stage" => out.push_str(facts.stage),
            "directive" => {
                let (words, number) = random.pick(facts.directives);
                match links.checked_sub(1) {
                    Some(left) => {
                        *links = left;
                        out.extend(["[[", number, "|", words, "]]"]);
                    }
                    None => out.push_str(words),
                }
            }
            "person" => {
                for (position, part) in [FAMILY, MIDDLE, GIVEN].iter().enumerate() {
                    out.push_str(if position > 0 { " " } else { "" });
                    out.push_str(random.word(part));
                }
            }
            "topic" => out.push_str(random.word(TOPICS)),
            "model" => out.push_str(random.word(MODELS)),
            "group" => out.push_str(random.word(GROUPS)),
            "crop" => out.push_str(random.word(CROPS)),
            "share" => {
                let (whole, tenth) = (random.between(61, 98), random.between(1, 9));
                out.push_str(&format!("{whole},{tenth}%"));
            }
            "money" => {
                let money = random.between(120, 9800);
                out.push_str(&format!("{} triệu đồng", grouped(money)));
            }
            range => {
                let (low, high) = range.split_once('-').expect("a hole is a name or a range");
                let bound = |text: &str| text.parse().expect("a range is of numbers");
                out.push_str(&grouped(random.between(bound(low), bound(high))));
            }
        }
    }
    out.push_str(rest);
}

/// `1234` as Vietnamese print has it: 1.234.
fn grouped(number: usize) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{}.{:03}", grouped(number / 1000), number % 1000),
    }
}

const OPENINGS: &[&str] = &[
    "Ngày {date}, {host} tổ chức hội nghị {stage} thực hiện {directive}. Dự hội nghị có đại diện {unit} cùng {60-240} cán bộ chủ chốt của {place}.",
    "Sáng {date}, tại hội trường trung tâm, {host} đánh giá việc thực hiện {directive} trên địa bàn {place}, {province}.",
    "Trong hai buổi làm việc, kết thúc ngày {date}, {host} nghe {9-32} đơn vị báo cáo kết quả thực hiện {directive} và thảo luận về {topic}.",
    "Chiều {date}, {host} mời các chi bộ, đảng bộ trực thuộc về dự hội nghị {stage} thực hiện {directive}, kết nối trực tuyến tới {7-24} điểm cầu ở cơ sở.",
    "Với {11-38} tham luận gửi về trước, hội nghị {stage} thực hiện {directive} do {host} tổ chức ngày {date} dành phần lớn thời gian cho thảo luận.",
    "Đồng chí {person}, thay mặt {host}, chủ trì hội nghị {stage} thực hiện {directive} vào ngày {date} với sự tham gia của {80-310} đại biểu.",
];

const HEADINGS: &[&str] = &[
    "Bắt đầu từ việc nhỏ ở cơ sở",
    "Người đứng đầu làm trước",
    "Từ nghị quyết đến việc làm ở {commune}",
    "Chọn việc khó để bàn",
    "Những con số của {place}",
    "Dân biết, dân bàn, dân kiểm tra",
    "Khi chi bộ sinh hoạt theo chuyên đề",
    "Phía sau các mô hình",
    "Cách làm của {commune}",
    "Việc còn phải làm tiếp",
    "Giữ nền nếp kiểm tra",
    "Gắn học tập với công việc hằng ngày",
];

const BACKGROUND: &[&str] = &[
    "Theo báo cáo trình hội nghị, ngay sau khi có {directive}, cấp ủy đã ban hành kế hoạch, phân công từng đồng chí phụ trách địa bàn và chọn {3-9} đầu việc đột phá.",
    "{place} có {9-26} đơn vị hành chính cấp cơ sở, {34-118} chi bộ, đảng bộ trực thuộc và hơn {2100-9800} đảng viên, trong đó {share} đang sinh hoạt tại khu dân cư.",
    "Đây là năm thứ {2-5} địa phương gắn {topic} với nhiệm vụ chính trị của từng cơ quan, thay cho cách phát động chung chung trước đây.",
    "Báo cáo do {unit} chuẩn bị nêu rõ: có {share} chi bộ đưa nội dung {topic} vào sinh hoạt thường kỳ, tăng rõ rệt so với năm đầu triển khai.",
    "Trước đó, {unit} đã kiểm tra tại {5-19} cơ sở, ghi nhận cả những nơi làm tốt lẫn {2-7} nơi còn lúng túng trong khâu đăng ký nội dung.",
    "Việc thực hiện {directive} được nối với các phong trào đang có ở {province}, nhất là phong trào thi đua của {group}.",
    "Một điểm mới của kỳ đánh giá này là mỗi cơ sở tự chấm điểm theo {8-20} tiêu chí, sau đó {unit} thẩm định và công khai kết quả.",
    "Cùng với {directive}, địa phương lồng ghép chương trình hành động của cấp trên, tránh để một việc phải báo cáo nhiều lần.",
    "So với lần đánh giá trước, số ý kiến góp ý của nhân dân gửi đến {host} tăng {12-64}%, tập trung vào đất đai, môi trường và thái độ phục vụ.",
];

const WORK: &[&str] = &[
    "Tại {commune}, mỗi đảng viên nhận giúp ít nhất một hộ khó khăn; sau {8-30} tháng đã có {14-96} hộ vươn lên thoát nghèo bền vững.",
    "{unit} xây dựng bảng theo dõi tiến độ hằng tuần, việc nào chậm quá {5-15} ngày thì người phụ trách phải giải trình trước tập thể.",
    "Đồng chí {person}, bí thư một chi bộ ở {commune}, cho biết chi bộ chọn {topic} làm nội dung đăng ký của cả năm, cuối quý đều mời dân đến nghe báo cáo.",
    "Nhờ cách làm ấy, mô hình {model} từ chỗ chỉ có {12-40} người tham gia nay đã lan ra {4-15} khu dân cư, thu hút đông đảo {group}.",
    "Ở {commune}, bà con góp {money} và hơn {300-4200} ngày công để mở rộng các tuyến đường liên xóm, trồng hoa và lắp {40-260} bóng đèn.",
    "{unit} tổ chức {3-18} buổi tọa đàm, mời những người làm nghề trồng {crop} chia sẻ cách vay vốn, giữ thương hiệu và tìm đầu ra.",
    "Với phương châm rõ người, rõ việc, rõ thời hạn, {host} giao cho mỗi ủy viên phụ trách {2-6} địa bàn và phải có mặt ở cơ sở ít nhất {2-5} ngày mỗi tháng.",
    "Bộ phận một cửa của {commune} rút ngắn thời gian giải quyết {14-57} thủ tục, tỷ lệ hồ sơ đúng hẹn đạt {share}.",
    "Mô hình {model} ở {commune} ra đời từ góp ý của một cựu chiến binh, đến nay đã giúp {21-180} gia đình có người ốm đau, neo đơn.",
    "Cán bộ trẻ được giao những việc khó như giải phóng mặt bằng, chuyển đổi số; chỉ trong {4-11} tháng đã vận động {26-310} hộ đồng thuận bàn giao đất.",
    "{unit} phối hợp với các trường học đưa những câu chuyện về tấm gương bình dị vào {120-760} giờ sinh hoạt dưới cờ, thu hút {3100-18600} lượt học sinh.",
    "Nhiều chi bộ ở {commune} đổi giờ họp sang buổi tối để đảng viên đi làm xa vẫn dự được, tỷ lệ tham dự vì thế tăng lên {share}.",
    "Cùng thời gian, {unit} mở {2-12} lớp bồi dưỡng cho {140-920} bí thư chi bộ, trưởng xóm, người có uy tín về {topic}.",
    "Những hộ trồng {crop} ở {commune} được hướng dẫn ghi nhật ký sản xuất; {11-74} hộ đã đạt chứng nhận và ký hợp đồng tiêu thụ lâu dài.",
    "Câu lạc bộ {model} duy trì sinh hoạt đều vào tuần đầu mỗi tháng, vừa trao đổi chuyện làm ăn vừa nhắc nhau giữ gìn an ninh trật tự.",
    "Theo {directive}, các cơ quan rà soát lại quy chế làm việc, bỏ {3-16} cuộc họp mỗi quý và dành thời gian đó cho việc đối thoại với dân.",
    "Lực lượng công an và dân quân ở {commune} tuần tra chung {96-420} đêm, kịp thời hòa giải {8-49} vụ việc ngay từ khi mới phát sinh.",
    "Bà {person}, người dân {commune}, nói rằng điều bà thấy rõ nhất là cán bộ đến nhà nhiều hơn, hẹn ngày nào thì đúng ngày ấy có kết quả.",
];

const RESULT: &[&str] = &[
    "Qua {stage} thực hiện {directive}, {share} nội dung đăng ký đã hoàn thành, trong đó {12-88} việc được đánh giá là có sức lan tỏa.",
    "Thu nhập bình quân ở {commune} đạt {42-88} triệu đồng mỗi người một năm; tỷ lệ hộ nghèo còn dưới {1-4}%.",
    "Toàn {place} hiện có {26-240} mô hình đang hoạt động, tiêu biểu là {model} do {unit} hướng dẫn và {model} ở {commune}.",
    "Số đảng viên hoàn thành tốt nhiệm vụ trở lên chiếm {share}; có {6-41} quần chúng ưu tú là {group} được kết nạp trong kỳ.",
    "Riêng quỹ vì người nghèo vận động được {money}, đủ để sửa {11-96} ngôi nhà và trao {80-640} suất học bổng.",
    "Các vùng chuyên canh {crop} mở rộng thêm {35-480} héc-ta, giá trị sản xuất trên mỗi héc-ta tăng {6-28}% so với trước.",
    "Kiểm tra {18-95} tổ chức đảng, {unit} kết luận phần lớn làm đúng kế hoạch, chỉ {2-9} nơi phải bổ sung hồ sơ và làm lại phần đăng ký.",
    "Trang thông tin của {host} đăng {210-1480} tin, bài về {topic}, thu hút {18000-96000} lượt người xem và hàng nghìn ý kiến phản hồi.",
    "Đến nay {7-21} cơ sở, trong đó có {commune}, đã đạt chuẩn nông thôn mới nâng cao hoặc đô thị văn minh.",
    "Cuộc thi tìm hiểu về {topic} nhận {1200-14800} bài dự thi; {unit} chọn ra {20-60} bài xuất sắc để in thành tài liệu sinh hoạt.",
    "Những kết quả ấy cho thấy khi {group} cùng vào cuộc thì việc khó như dồn đổi ruộng đất hay phân loại rác ở {commune} cũng làm được.",
];

const AHEAD: &[&str] = &[
    "Bên cạnh mặt được, hội nghị thẳng thắn chỉ ra một số hạn chế: có nơi đăng ký còn trùng với nhiệm vụ thường xuyên, việc kiểm tra chưa đều, gương điển hình phát hiện chậm.",
    "Phát biểu kết luận, đồng chí {person} đề nghị các cơ sở chọn việc sát với {topic}, làm đến đâu chắc đến đó, không chạy theo số lượng.",
    "Thời gian tới, {host} sẽ tiếp tục quán triệt {directive}, lấy kết quả thực hiện làm căn cứ đánh giá, quy hoạch và bố trí cán bộ.",
    "{unit} được giao hướng dẫn nhân rộng mô hình {model}, trước mắt làm điểm tại {commune} rồi rút kinh nghiệm vào cuối quý.",
    "Đại biểu {group} kiến nghị cấp trên sớm có hướng dẫn thống nhất về tiêu chí, để việc chấm điểm giữa các nơi ở {province} công bằng hơn.",
    "Mục tiêu đến cuối nhiệm kỳ là {share} chi bộ có ít nhất một mô hình hiệu quả, mỗi năm giới thiệu {3-12} gương sáng lên {province}.",
    "Hội nghị cũng thống nhất cứ {3-6} tháng một lần, {host} công khai tiến độ trên bảng tin của từng khu dân cư để mọi người cùng giám sát.",
    "Ông {person}, đại diện {commune}, cam kết giữ vững nền nếp sinh hoạt và dành thêm {money} cho các công trình dân sinh.",
    "Ngay sau hội nghị, {unit} sẽ tổng hợp {15-70} ý kiến, bổ sung vào kế hoạch của năm tới và gửi lại các cơ sở trước ngày 15 hằng tháng.",
];

const TOPICS: &[&str] = &[
    "nêu gương của cán bộ chủ chốt",
    "cải cách hành chính gắn với chuyển đổi số",
    "xây dựng nông thôn mới kiểu mẫu",
    "giữ gìn đoàn kết trong nội bộ",
    "thực hành tiết kiệm, chống lãng phí",
    "bảo vệ môi trường và phân loại rác",
    "giúp nhau giảm nghèo bền vững",
    "xây dựng văn hóa công vụ",
    "phát triển du lịch cộng đồng",
    "chăm lo gia đình chính sách",
    "nâng cao chất lượng sinh hoạt chi bộ",
    "khuyến học, khuyến tài",
    "giữ gìn an ninh trật tự từ cơ sở",
    "phát huy dân chủ ở khu dân cư",
];

const MODELS: &[&str] = &[
    "“Mỗi tuần một địa chỉ”",
    "“Cổng nhà an toàn”",
    "“Sổ tay việc nhỏ”",
    "“Bếp ấm vùng biên”",
    "“Ngày thứ Bảy vì dân”",
    "“Góc đọc của xóm”",
    "“Hũ gạo nghĩa tình”",
    "“Tuyến đường không rác”",
    "“Camera tự quản”",
    "“Vườn rau tình thương”",
    "“Chi bộ ba rõ”",
    "“Phiên chợ không tiền mặt”",
    "“Con giống trao tay”",
    "“Tổ công nghệ đến từng nhà”",
    "“Mái trường xanh”",
    "“Hàng cây nhớ ơn”",
];

const GROUPS: &[&str] = &[
    "đoàn viên, thanh niên",
    "hội viên phụ nữ",
    "cựu chiến binh",
    "hội viên nông dân",
    "công nhân, người lao động",
    "giáo viên và học sinh",
    "người cao tuổi",
    "cán bộ, công chức trẻ",
    "đồng bào dân tộc thiểu số",
    "người làm nghề tự do",
];

const CROPS: &[&str] = &[
    "lúa thơm",
    "bưởi",
    "cà phê",
    "hồ tiêu",
    "chè",
    "rau an toàn",
    "hoa",
    "dược liệu",
    "cam",
    "sầu riêng",
    "nấm",
];

const FAMILY: &[&str] =
    &["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Lý", "Thạch"];
const MIDDLE: &[&str] = &["Văn", "Thị", "Minh", "Quốc", "Ngọc", "Thanh", "Hữu", "Đức", "Kim", "Xuân"];
const GIVEN: &[&str] = &[
    "An", "Bích", "Cường", "Dung", "Giang", "Hạnh", "Khoa", "Lan", "Mai", "Nghĩa", "Oanh", "Phúc", "Quyên",
    "Sơn", "Thảo", "Uyên", "Vinh", "Yến",
];
