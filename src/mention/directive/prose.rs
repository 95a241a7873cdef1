//! Whether a type word and a bare number name a document or only stand side by side:
//! "Kết luận 01 của Bộ Chính trị" against "quyết định 3 nội dung".
//!
//! What follows decides first, then what the type word is and how it is written. Where that
//! does not settle it, the mention is weak and needs another one of the article beside it.
//! The lists are words of the language, none of them taken from a text.

use super::kind::{Kind, TypeWord};
use super::number::Scan;
use super::{is_year, says};
use crate::mention::text::{Form, Gap, Token, Word};

/// What stands before a number.
pub(super) struct Lead {
    pub(super) kind: Kind,
    /// "số" is there.
    so: bool,
    /// "các", "hai": a list may follow.
    pub(super) plural: bool,
    short: bool,
    form: Form,
    /// The type word begins a sentence, where its great letter tells nothing.
    first: bool,
}

/// How sure it is that a serial alone names a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    Sure,
    Weak,
}

/// What follows a serial.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The end, a mark, a small word, a name.
    Fine,
    /// A word that may be counted.
    Unknown,
    /// A word that is counted: "3 nội dung".
    Counted,
}

impl Lead {
    pub(super) fn new(tokens: &[Token], at: usize, word: TypeWord, so: bool) -> Lead {
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        let plural = before.is_some_and(|token| is_one_of(token, PLURALS));
        let token = &tokens[at];
        let first = token.gap == Gap::Line
            || before
                .is_none_or(|token| ['.', ':', '-', '"', '!', '?', '*'].iter().any(|mark| token.is(*mark)));
        Lead { kind: word.kind, so, plural, short: word.short, form: token.form, first }
    }

    /// How sure a serial alone is; `None` if it is none.
    pub(super) fn strength(&self, tokens: &[Token], scan: &Scan) -> Option<Strength> {
        use Kind::*;
        let weak = |weak| Some(if weak { Strength::Weak } else { Strength::Sure });
        let next = follows(tokens, scan.next, self.form == Form::Upper && !self.short);
        let digits = scan.serial.len();
        let small = matches!(self.form, Form::Lower);
        let by_number = matches!(self.kind, Luat | Lenh | VanBan | BaoCao | PhapLenh | BanAn | DeAn | QuyChe);
        if let Some(year) = scan.year {
            // "Nghị định 100/2019", but "kế hoạch 12/2020" may be December's.
            let usual = matches!(self.kind, NghiDinh | ThongTu | QuyetDinh | NghiQuyet | ChiThi);
            let month =
                digits <= 2 && scan.serial.parse::<u16>().is_ok_and(|value| (1..=12).contains(&value));
            return match self.so || usual && !month || self.kind == NghiDinh || self.kind == ThongTu {
                true if next != Next::Counted => weak(year < 1945),
                _ => None,
            };
        }
        if self.so {
            return weak(small && (by_number || next == Next::Counted));
        }
        if next == Next::Counted || is_year_like(&scan.serial) && self.kind != QuyetDinh {
            return None;
        }
        let last = &tokens[scan.next - 1];
        if last.is_word()
            && matches!(last.word, word if word == const { Word::of("h") } || word == const { Word::of("g") })
        {
            return None;
        }
        match self.kind {
            KetLuan | ChiThi | NghiQuyet | NghiDinh | ThongTu | QuyDinh | QuyetDinh => {
                let verb = matches!(self.kind, QuyDinh | QuyetDinh);
                let begins = small || self.first && !self.short;
                let short = self.short && self.is_doubtful();
                let one = digits < 2;
                // "Nghị quyết 57 mở đường": written great within a sentence, with two digits,
                // it is one whatever follows.
                let plain = next == Next::Fine || !begins && !verb && !one;
                weak(!plain || short || begins && (verb || one) || one && verb || is_year_like(&scan.serial))
            }
            KeHoach | ThongBao | HuongDan | ChuongTrinh | CongVan | ThongTri | ToTrinh | CongDien => {
                // "kế hoạch 12 của Tỉnh ủy": only with an issuer or another mention.
                if next == Next::Fine { Some(Strength::Weak) } else { None }
            }
            _ => None,
        }
    }

    /// Abbreviations that mean other things too: CT (công ty), TT (thị trấn).
    fn is_doubtful(&self) -> bool {
        !matches!(self.kind, Kind::NghiQuyet | Kind::QuyetDinh | Kind::NghiDinh)
    }
}

/// Whether a serial may go on a list of serials: "Nghị quyết 18, 19".
pub(super) fn goes_on(tokens: &[Token], scan: &Scan) -> bool {
    follows(tokens, scan.next, false) == Next::Fine && !is_year_like(&scan.serial) && scan.serial.len() <= 4
}

/// Whether the number before `at` counts what stands there.
pub(super) fn is_counted(tokens: &[Token], at: usize) -> bool {
    follows(tokens, at, false) == Next::Counted
}

/// Whether "chuyên đề năm 2022" is no theme for the word before it: "giám sát chuyên đề".
pub(super) fn is_no_theme(tokens: &[Token], at: usize) -> bool {
    let [.., first, second] = &tokens[..at] else { return false };
    let before = [first.word, second.word];
    let kinds: [[Word; 2]; 15] = const {
        [
            [Word::of("sinh"), Word::of("hoạt")],
            [Word::of("giám"), Word::of("sát")],
            [Word::of("kiểm"), Word::of("tra")],
            [Word::of("thanh"), Word::of("tra")],
            [Word::of("hội"), Word::of("thảo")],
            [Word::of("tập"), Word::of("huấn")],
            [Word::of("báo"), Word::of("cáo")],
            [Word::of("kỳ"), Word::of("họp")],
            [Word::of("nghị"), Word::of("quyết")],
            [Word::of("bồi"), Word::of("dưỡng")],
            [Word::of("khảo"), Word::of("sát")],
            [Word::of("tọa"), Word::of("đàm")],
            [Word::of("phóng"), Word::of("sự")],
            [Word::of("giải"), Word::of("trình")],
            [Word::of("nghiên"), Word::of("cứu")],
        ]
    };
    // A great letter in mid-sentence makes it a name all the same.
    tokens[at].form == Form::Lower && kinds.contains(&before)
}

fn follows(tokens: &[Token], at: usize, headline: bool) -> Next {
    let Some(token) = tokens.get(at) else { return Next::Fine };
    let number = tokens.get(at + 1).filter(|token| token.form == Form::Number);
    match token.form {
        Form::Number => return Next::Counted,
        Form::Mark => {
            let counted =
                token.is('%') || (token.is('-') || token.is('/') || token.is('x')) && number.is_some();
            return if counted { Next::Counted } else { Next::Fine };
        }
        _ => {}
    }
    if token.gap == Gap::Line {
        return Next::Fine;
    }
    if token.is_glued() {
        return Next::Counted;
    }
    let small = token.form == Form::Lower || headline;
    if !small {
        return Next::Fine;
    }
    let day_or_month = const { [Word::of("ngày"), Word::of("tháng")] };
    let dated = day_or_month.contains(&token.word) && number.is_some()
        || token.word == const { Word::of("năm") } && number.is_some_and(is_year);
    let idiom = says(tokens, at, phrase!("đồng" "thời")).is_some()
        || says(tokens, at, phrase!("tiếp" "tục")).is_some()
        || token.word == const { Word::of("khóa") }
            && tokens.get(at + 1).is_some_and(|token| token.form == Form::Upper || token.form == Form::Title);
    if dated || idiom || is_one_of(token, SMALL) {
        Next::Fine
    } else if is_one_of(token, COUNTED) {
        Next::Counted
    } else {
        Next::Unknown
    }
}

/// A serial that is rather a year.
fn is_year_like(serial: &str) -> bool {
    serial.len() == 4 && serial.parse::<u16>().is_ok_and(|value| (1930..=2099).contains(&value))
}

fn is_one_of(token: &Token, list: &str) -> bool {
    list.split(' ').any(|word| Word::of(word) == token.word)
}

/// Before a list: "các Nghị quyết 18, 19".
const PLURALS: &str = "các những hai ba bốn hàng loạt";

/// Small words and verbs that go on about a document.
const SMALL: &str = "của về và hay hoặc với cùng do được bị đã đang sẽ là có cũng vẫn còn chưa tại \
    trong trên ở từ đến tới vào cho để nhằm gắn theo này trên nêu quy yêu ban ra đi mà thì nên như \
    nhưng song bằng qua sau trước khi nếu vì bởi mới cần phải giúp góp đặt tạo ngay lên xuống lại rất \
    nói ký thực triển quán xác khẳng nhấn đề cụ gồm bao tuy thay sửa bổ so hiện sắp liên nay đó ấy \
    các những vừa thời đạt tuyên phát nâng đẩy xây tăng mang chính chỉ hướng cũng đều luôn dù bên \
    vì kể kèm trở thật bước thuộc căn nhất hôm trình áp nghiêm kết";

/// Words that are counted, or that begin such.
const COUNTED: &str = "năm tháng ngày tuần quý giờ phút giây người nội điều điểm khoản mục tiêu nhiệm \
    nhóm giải vấn trường vụ ca đồng triệu tỷ tỉ nghìn ngàn trăm chục xã huyện tỉnh quận phường đơn cơ \
    tổ tập cá cán đảng hộ gia suất dự công đợt giai chương mô phong cuộc hội lớp khóa học em cháu bài \
    câu ý phần trang bản văn quyết lần lượt m m2 km ha tấn kg cây con cái chiếc xe nhà phòng khu ấp \
    thôn tuyến đường cầu loại dạng kiểu hình cách biện khâu mặt lĩnh ngành nghề đối thành chi doanh \
    nước quốc thứ tiếng dân cấp không dám nhất tờ tên đoàn đội tay chức vị lô thửa căn sản hạng";
