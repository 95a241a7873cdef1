//! What documents are called: type words in a text, signs in a number.
//!
//! Party signs follow guideline 36-HD/VPTW, State signs decree 30/2020/NĐ-CP. Adding a type
//! is one line in each of the tables here.

use crate::mention::text::{Form, Gap, Token, Word};

/// A type of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "`Kind::name` says each in Vietnamese")]
pub enum Kind {
    KetLuan,
    ChiThi,
    NghiQuyet,
    QuyDinh,
    QuyetDinh,
    HuongDan,
    KeHoach,
    ThongBao,
    QuyChe,
    ChuongTrinh,
    NghiDinh,
    ThongTu,
    Luat,
    PhapLenh,
    Lenh,
    SacLenh,
    CongVan,
    VanBan,
    ToTrinh,
    BaoCao,
    ThongTri,
    DeAn,
    CongDien,
    BanAn,
    ChuyenDe,
}

/// A type word in a text.
#[derive(Clone, Copy)]
pub(super) struct TypeWord {
    pub(super) kind: Kind,
    /// "NQ" for "Nghị quyết".
    pub(super) short: bool,
    /// The token after it.
    pub(super) next: usize,
    /// The token after words that narrow it: "Thông tư liên tịch". The same as `next`
    /// without such.
    pub(super) narrowed: usize,
}

impl Kind {
    /// In its usual spelling, with a great first letter.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// Its sign in a Party number; `None` for what the Party does not issue.
    pub(super) fn sign(self) -> Option<&'static str> {
        Some(self.row().1).filter(|sign| !sign.is_empty())
    }

    fn row(self) -> (&'static str, &'static str) {
        match self {
            Kind::KetLuan => ("Kết luận", "KL"),
            Kind::ChiThi => ("Chỉ thị", "CT"),
            Kind::NghiQuyet => ("Nghị quyết", "NQ"),
            Kind::QuyDinh => ("Quy định", "QĐ"),
            Kind::QuyetDinh => ("Quyết định", "QĐ"),
            Kind::HuongDan => ("Hướng dẫn", "HD"),
            Kind::KeHoach => ("Kế hoạch", "KH"),
            Kind::ThongBao => ("Thông báo", "TB"),
            Kind::QuyChe => ("Quy chế", "QC"),
            Kind::ChuongTrinh => ("Chương trình", "CTr"),
            Kind::NghiDinh => ("Nghị định", ""),
            Kind::ThongTu => ("Thông tư", ""),
            Kind::Luat => ("Luật", ""),
            Kind::PhapLenh => ("Pháp lệnh", ""),
            Kind::Lenh => ("Lệnh", ""),
            Kind::SacLenh => ("Sắc lệnh", ""),
            Kind::CongVan => ("Công văn", "CV"),
            Kind::VanBan => ("Văn bản", ""),
            Kind::ToTrinh => ("Tờ trình", "TTr"),
            Kind::BaoCao => ("Báo cáo", "BC"),
            Kind::ThongTri => ("Thông tri", "TT"),
            Kind::DeAn => ("Đề án", "ĐA"),
            Kind::CongDien => ("Công điện", "CĐ"),
            Kind::BanAn => ("Bản án", ""),
            Kind::ChuyenDe => ("Chuyên đề", ""),
        }
    }
}

/// The sign that a word is, in its usual spelling, with the types that bear it.
pub(super) fn sign(word: Word) -> Option<(&'static str, &'static [Kind])> {
    use Kind::*;
    const SIGNS: [(Word, &str, &[Kind]); 41] = [
        (Word::of("kl"), "KL", &[KetLuan]),
        (Word::of("ct"), "CT", &[ChiThi, ChuongTrinh]),
        (Word::of("nq"), "NQ", &[NghiQuyet]),
        (Word::of("qđ"), "QĐ", &[QuyetDinh, QuyDinh]),
        (Word::of("qd"), "QĐ", &[QuyetDinh, QuyDinh]),
        (Word::of("qđi"), "QĐi", &[QuyDinh]),
        (Word::of("qyđ"), "QyĐ", &[QuyDinh]),
        (Word::of("qyđi"), "QyĐi", &[QuyDinh]),
        (Word::of("hd"), "HD", &[HuongDan]),
        (Word::of("kh"), "KH", &[KeHoach]),
        (Word::of("tb"), "TB", &[ThongBao, KetLuan]),
        (Word::of("tbkl"), "TBKL", &[ThongBao, KetLuan]),
        (Word::of("qc"), "QC", &[QuyChe]),
        (Word::of("ctr"), "CTr", &[ChuongTrinh]),
        (Word::of("cthđ"), "CTHĐ", &[ChuongTrinh]),
        (Word::of("ctrhđ"), "CTrHĐ", &[ChuongTrinh]),
        (Word::of("nđ"), "NĐ", &[NghiDinh]),
        (Word::of("nd"), "NĐ", &[NghiDinh]),
        (Word::of("tt"), "TT", &[ThongTu, ThongTri]),
        (Word::of("ttr"), "TTr", &[ToTrinh]),
        (Word::of("pl"), "PL", &[PhapLenh]),
        (Word::of("l"), "L", &[Lenh, Luat]),
        (Word::of("lct"), "LCT", &[Lenh]),
        (Word::of("sl"), "SL", &[SacLenh]),
        (Word::of("cv"), "CV", &[CongVan, VanBan]),
        (Word::of("bc"), "BC", &[BaoCao]),
        (Word::of("đa"), "ĐA", &[DeAn]),
        (Word::of("cđ"), "CĐ", &[CongDien]),
        (Word::of("ttlt"), "TTLT", &[ThongTu]),
        (Word::of("nqlt"), "NQLT", &[NghiQuyet]),
        (Word::of("khlt"), "KHLT", &[KeHoach]),
        (Word::of("hdlt"), "HDLT", &[HuongDan]),
        (Word::of("hdln"), "HDLN", &[HuongDan]),
        (Word::of("khln"), "KHLN", &[KeHoach]),
        (Word::of("ctlt"), "CTLT", &[ChuongTrinh]),
        (Word::of("qcph"), "QCPH", &[QuyChe]),
        (Word::of("khph"), "KHPH", &[KeHoach]),
        (Word::of("ctph"), "CTPH", &[ChuongTrinh]),
        (Word::of("ctrph"), "CTrPH", &[ChuongTrinh]),
        (Word::of("pa"), "PA", &[KeHoach]),
        (Word::of("tc"), "TC", &[]),
    ];
    SIGNS.iter().find(|(own, ..)| *own == word).map(|(_, spelling, kinds)| (*spelling, *kinds))
}

/// The type word that begins at `at`.
pub(super) fn type_word(tokens: &[Token], at: usize) -> Option<TypeWord> {
    let first = tokens.get(at)?;
    let (kind, short, next) = match head(first.word) {
        Head::None | Head::So | Head::Plenum => return None,
        Head::Whole(kind) => (kind, false, at + 1),
        Head::Short(kind) if matches!(first.form, Form::Upper | Form::Mixed) => (kind, true, at + 1),
        Head::Short(_) => return None,
        Head::Pair(pairs) => {
            let second = tokens.get(at + 1)?;
            let (_, kind) = pairs.iter().find(|(word, _)| *word == second.word)?;
            if second.gap == Gap::None {
                return None;
            }
            (*kind, false, at + 2)
        }
    };
    let narrowed = narrowed(tokens, next);
    Some(TypeWord { kind, short, next, narrowed })
}

/// "số" before a number, as the press prints it: also "SỐ", "số hiệu", "số:".
pub(super) fn is_so(word: Word) -> bool {
    head(word) == Head::So
}

/// "NQTW", which is "Nghị quyết Trung ương".
pub(super) fn is_plenum(token: &Token) -> bool {
    head(token.word) == Head::Plenum && token.form == Form::Upper
}

/// Words that narrow a type word: "liên tịch".
fn narrowed(tokens: &[Token], mut at: usize) -> usize {
    const NARROWING: [(Word, Word); 18] = [
        (Word::of("liên"), Word::of("tịch")),
        (Word::of("liên"), Word::of("ngành")),
        (Word::of("hành"), Word::of("động")),
        (Word::of("phối"), Word::of("hợp")),
        (Word::of("kết"), Word::of("luận")),
        (Word::of("chuyên"), Word::of("đề")),
        (Word::of("thanh"), Word::of("tra")),
        (Word::of("kiểm"), Word::of("tra")),
        (Word::of("điều"), Word::of("tra")),
        (Word::of("giám"), Word::of("sát")),
        (Word::of("cá"), Word::of("biệt")),
        (Word::of("chỉ"), Word::of("đạo")),
        (Word::of("hướng"), Word::of("dẫn")),
        (Word::of("hỏa"), Word::of("tốc")),
        (Word::of("hợp"), Word::of("nhất")),
        (Word::of("sơ"), Word::of("thẩm")),
        (Word::of("phúc"), Word::of("thẩm")),
        (Word::of("hình"), Word::of("sự")),
    ];
    // Some narrowing words are type words too; "kết luận kết luận …" must not be read again
    // from each of them to its end.
    for _ in 0..2 {
        match tokens.get(at..) {
            Some([first, second, ..])
                if first.gap == Gap::Space
                    && second.gap == Gap::Space
                    && NARROWING.contains(&(first.word, second.word)) =>
            {
                at += 2;
            }
            _ => break,
        }
    }
    at
}

/// What a word that begins a document is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    None,
    So,
    /// "NQTW".
    Plenum,
    /// A type word by itself.
    Whole(Kind),
    /// An abbreviation.
    Short(Kind),
    /// The first word of types of two.
    Pair(&'static [(Word, Kind)]),
}

macro_rules! words {
    ($($name:ident = $text:literal),* $(,)?) => {
        $(const $name: Word = Word::of($text);)*

        /// Every word that a document may begin with.
        pub(in crate::mention) const STARTS: &[Word] = &[$($name),*];
    };
}

words!(
    SO = "số",
    KET = "kết",
    CHI = "chỉ",
    NGHI = "nghị",
    QUY = "quy",
    QUI = "qui",
    QUYET = "quyết",
    HUONG = "hướng",
    KE = "kế",
    THONG = "thông",
    CHUONG = "chương",
    PHAP = "pháp",
    SAC = "sắc",
    CONG = "công",
    VAN = "văn",
    TO = "tờ",
    BAO = "báo",
    DE = "đề",
    BAN = "bản",
    BO = "bộ",
    CHUYEN = "chuyên",
    LUAT = "luật",
    LENH = "lệnh",
    NQTW = "nqtw",
    NQTU = "nqtư",
    NQ = "nq",
    CT = "ct",
    KL = "kl",
    QD = "qđ",
    ND = "nđ",
    KH = "kh",
    HD = "hd",
    TB = "tb",
    TT = "tt",
    CTR = "ctr",
    CV = "cv",
    TTR = "ttr",
    BC = "bc",
    QYD = "qyđ",
    QDI = "qđi",
);

// A match on constants is a search by halves: some five comparisons a word.
#[inline]
fn head(word: Word) -> Head {
    use Kind::*;
    const DINH: Word = Word::of("định");
    match word {
        SO => Head::So,
        KET => Head::Pair(&const { [(Word::of("luận"), KetLuan)] }),
        CHI => Head::Pair(&const { [(Word::of("thị"), ChiThi)] }),
        NGHI => Head::Pair(&const { [(Word::of("quyết"), NghiQuyet), (DINH, NghiDinh)] }),
        QUY | QUI => Head::Pair(&const { [(DINH, QuyDinh), (Word::of("chế"), QuyChe)] }),
        QUYET => Head::Pair(&const { [(DINH, QuyetDinh)] }),
        HUONG => Head::Pair(&const { [(Word::of("dẫn"), HuongDan)] }),
        KE => Head::Pair(&const { [(Word::of("hoạch"), KeHoach)] }),
        THONG => Head::Pair(
            &const { [(Word::of("báo"), ThongBao), (Word::of("tư"), ThongTu), (Word::of("tri"), ThongTri)] },
        ),
        CHUONG => Head::Pair(&const { [(Word::of("trình"), ChuongTrinh)] }),
        PHAP => Head::Pair(&const { [(Word::of("lệnh"), PhapLenh)] }),
        SAC => Head::Pair(&const { [(Word::of("lệnh"), SacLenh)] }),
        CONG => Head::Pair(&const { [(Word::of("văn"), CongVan), (Word::of("điện"), CongDien)] }),
        VAN => Head::Pair(&const { [(Word::of("bản"), VanBan)] }),
        TO => Head::Pair(&const { [(Word::of("trình"), ToTrinh)] }),
        BAO => Head::Pair(&const { [(Word::of("cáo"), BaoCao)] }),
        DE => Head::Pair(&const { [(Word::of("án"), DeAn)] }),
        BAN => Head::Pair(&const { [(Word::of("án"), BanAn)] }),
        CHUYEN => Head::Pair(&const { [(Word::of("đề"), ChuyenDe)] }),
        BO => Head::Pair(&const { [(Word::of("luật"), Luat)] }),
        LUAT => Head::Whole(Luat),
        LENH => Head::Whole(Lenh),
        NQTW | NQTU => Head::Plenum,
        NQ => Head::Short(NghiQuyet),
        CT => Head::Short(ChiThi),
        KL => Head::Short(KetLuan),
        QD => Head::Short(QuyetDinh),
        ND => Head::Short(NghiDinh),
        KH => Head::Short(KeHoach),
        HD => Head::Short(HuongDan),
        TB => Head::Short(ThongBao),
        TT => Head::Short(ThongTu),
        CTR => Head::Short(ChuongTrinh),
        CV => Head::Short(CongVan),
        TTR => Head::Short(ToTrinh),
        BC => Head::Short(BaoCao),
        QYD | QDI => Head::Short(QuyDinh),
        _ => Head::None,
    }
}
