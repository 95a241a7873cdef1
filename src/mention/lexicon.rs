//! What words mean to the recognisers: names of places and organs, and the small words that
//! tell a place from what merely bears its name.
//!
//! Built once from `gazetteer`, `organ` and the lists below, in about 10 ms. A name is a path
//! in a trie over [`Word`]s, so a text is compared as it is cut, without making a string.
//! Dashes within a name may be left out, and so may "và" and marks within an organ's.
//!
//! The lists are general words of the language (kinds of institutions, family names,
//! prepositions), never names found in a text; each says what it is for.

use std::sync::LazyLock;

use super::directive::STARTS;
use super::text::{Form, Gap, Token, Word, tokenise};
use super::trie::{Filter, Hit, JOINT, Skips, Trie, hash, is_joint};
use crate::gazetteer::{Gazetteer, Kind, PlaceId};
use crate::organ::{self, OrganId};

/// A name that at least one place has, by its folded spelling: an index, the same as long as
/// the process lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(u32);

/// What a word may be; a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Role(u16);

impl Role {
    pub(super) const NONE: Role = Role(0);
    /// It begins the name of a place.
    pub(super) const PLACE: Role = Role(1);
    /// It begins the name of an organ.
    pub(super) const ORGAN: Role = Role(2);
    /// It begins a type word, or is its abbreviation.
    pub(super) const TYPE: Role = Role(4);
    /// It begins the name of something that is called after a place and is none.
    pub(super) const BEARER: Role = Role(8);
    /// A family name.
    pub(super) const FAMILY: Role = Role(16);
    /// Before a person's name: "ông", "đồng chí".
    pub(super) const PERSON: Role = Role(32);
    /// A small word that ends a name: "của", "đã".
    pub(super) const STOP: Role = Role(64);
    /// A preposition of place: "ở", "tại".
    pub(super) const WHERE: Role = Role(128);
    /// It makes what follows several: "các".
    pub(super) const PLURAL: Role = Role(256);
    /// A post: "bí thư", "chủ tịch".
    pub(super) const POST: Role = Role(512);
    /// It begins a phrase of sport.
    pub(super) const SPORT: Role = Role(1024);
    /// It goes on with no name: "Khóa XV".
    pub(super) const CLOSER: Role = Role(16384);
    /// A count in words.
    pub(super) const COUNT: Role = Role(2048);
    /// What a number behind it belongs to: "tổ 5", "ấp 2".
    pub(super) const NUMBERED: Role = Role(32768);
    /// What a number counts: "tập thể", "năm".
    pub(super) const COUNTED: Role = Role(4096);
    /// A document may begin with it.
    pub(super) const DOCUMENT: Role = Role(8192);

    /// All with which something may begin that is written in small letters, as no bare name of
    /// a place is.
    pub(super) const SMALL_STARTS: Role =
        Role::DOCUMENT.and(Role::ORGAN).and(Role::TYPE).and(Role::BEARER).and(Role::SPORT);

    pub(super) fn has(self, other: Role) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn and(self, other: Role) -> Role {
        Role(self.0 | other.0)
    }
}

/// One organ that a name may mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct OrganName {
    pub(super) organ: OrganId,
    /// It counts only before a type word: "Đoàn xã".
    pub(super) before_type_word: bool,
    /// Without a place it is the organisation of the whole country.
    pub(super) national: bool,
}

/// All that the recognisers know of words.
pub(super) struct Lexicon {
    roles: Roles,
    /// Words in small letters with which something may begin.
    small_starts: Filter,
    places: Trie,
    /// By name: its records.
    named: Vec<Vec<(PlaceId, u8)>>,
    organs: Trie,
    organ_names: Vec<Vec<OrganName>>,
    bearers: Trie,
    sports: Trie,
}

/// The lexicon; the first call builds it, and the gazetteer with it.
pub(super) fn get() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);
    &LEXICON
}

/// Every record of which the name is one: place and index of the record. Every short name
/// and variant of the gazetteer, never a full name.
pub fn places_named(name: NameId) -> &'static [(PlaceId, u8)] {
    &get().named[name.0 as usize]
}

impl Lexicon {
    fn build() -> Lexicon {
        let mut roles = Roles::new();
        let mut tokens = Vec::new();
        let mut places = Trie::default();
        let mut named: Vec<Vec<(PlaceId, u8)>> = Vec::new();
        for (name, records) in Gazetteer::get().names() {
            tokenise(name, &mut tokens);
            let words: Vec<Word> =
                tokens.iter().filter(|t| !t.is('-')).map(|token| token.word.common()).collect();
            if words.contains(&Word::FOREIGN) || words.is_empty() {
                continue;
            }
            roles.add(words[0], Role::PLACE);
            roles.add(tokens[0].word, Role::PLACE);
            let at = places.add(&words, named.len() as u32) as usize;
            // Two spellings of one name are one.
            match named.get_mut(at) {
                Some(here) => here.extend_from_slice(records),
                None => named.push(records.to_vec()),
            }
        }
        for records in &mut named {
            records.sort_unstable();
            records.dedup();
        }
        for word in ["đăk", "đắc", "đak", "đác", "qui", "mĩ", "kì", "lí", "sĩ", "tị", "hi"] {
            let word = Word::of(word);
            if roles.get(word.common()).has(Role::PLACE) {
                roles.add(word, Role::PLACE);
            }
        }
        let mut organs = Trie::default();
        let mut organ_names: Vec<Vec<OrganName>> = Vec::new();
        for (id, organ) in organ::ids().zip(organ::all()) {
            let own = (organ.name, false);
            let aliases = organ.aliases.iter().map(|alias| (&*alias.name, alias.before_type_word));
            for (name, before_type_word) in std::iter::once(own).chain(aliases) {
                tokenise(name, &mut tokens);
                let mut words: Vec<Word> = Vec::new();
                for token in &tokens {
                    match is_joint(token) {
                        true if words.last() == Some(&JOINT) => {}
                        true => words.push(JOINT),
                        false => words.push(token.word),
                    }
                }
                roles.add(words[0], Role::ORGAN);
                let at = organs.add(&words, organ_names.len() as u32);
                let named = OrganName {
                    organ: id,
                    before_type_word,
                    national: NATIONAL.iter().any(|end| name.ends_with(end)),
                };
                match organ_names.get_mut(at as usize) {
                    Some(here) if here.iter().any(|other| other.organ == id) => {}
                    Some(here) => here.push(named),
                    None => organ_names.push(vec![named]),
                }
            }
        }
        let mut bearers = Trie::default();
        for (value, list) in [(DIRECT, BEARERS_DIRECT), (PRESS, BEARERS_PRESS), (LOOSE, BEARERS_LOOSE)] {
            for phrase in list.iter().flat_map(|line| line.split(", ")) {
                tokenise(phrase, &mut tokens);
                let words: Vec<Word> = tokens.iter().map(|token| token.word).collect();
                roles.add(words[0], Role::BEARER);
                bearers.add(&words, value);
            }
        }
        let mut sports = Trie::default();
        for phrase in SPORTS.split(", ") {
            tokenise(phrase, &mut tokens);
            let words: Vec<Word> = tokens.iter().map(|token| token.word).collect();
            roles.add(words[0], Role::SPORT);
            sports.add(&words, 0);
        }
        let lists = [
            (Role::TYPE, TYPE_STARTS),
            (Role::FAMILY, FAMILIES),
            (Role::PERSON, PERSONS),
            (Role::STOP, STOPS),
            (Role::WHERE, WHERES),
            (Role::PLURAL, PLURALS),
            (Role::POST, POSTS),
            (Role::COUNT, COUNTS),
            (Role::COUNTED, COUNTED),
            (Role::NUMBERED, NUMBERED),
            (Role::CLOSER, CLOSERS),
        ];
        for (role, words) in lists {
            for word in words.split(' ') {
                roles.add(Word::of(word), role);
            }
        }
        for &word in STARTS {
            roles.add(word, Role::DOCUMENT);
        }
        let mut small_starts = Filter::default();
        for (word, _) in roles.slots.iter().filter(|(_, role)| role.has(Role::SMALL_STARTS)) {
            small_starts.add(*word);
        }
        Lexicon { roles, small_starts, places, named, organs, organ_names, bearers, sports }
    }

    /// What a word may be.
    #[inline]
    pub(super) fn role(&self, word: Word) -> Role {
        self.roles.get(word)
    }

    /// Whether something may begin with this word in small letters: a first look.
    #[inline]
    pub(super) fn may_begin_small(&self, word: Word) -> bool {
        self.small_starts.has(word)
    }

    /// The longest name of a place that begins at `at`, and all shorter ones before it.
    pub(super) fn place_names(&self, tokens: &[Token], at: usize, found: &mut Vec<Hit>) {
        found.clear();
        self.places.walk(tokens, at, Skips::Dash, |hit| found.push(hit));
    }

    /// The names of organs that begin at `at`, shortest first.
    pub(super) fn organ_names(&self, tokens: &[Token], at: usize, found: &mut Vec<Hit>) {
        found.clear();
        self.organs.walk(tokens, at, Skips::Joint, |hit| found.push(hit));
    }

    /// The organs behind the value of a hit of `organ_names`.
    pub(super) fn organs(&self, hit: Hit) -> &[OrganName] {
        &self.organ_names[hit.value as usize]
    }

    /// Whether a phrase of sport begins at `at`.
    pub(super) fn is_sport(&self, tokens: &[Token], at: usize) -> bool {
        let mut found = false;
        self.sports.walk(tokens, at, Skips::Nothing, |_| found = true);
        found
    }

    /// The longest phrase at `at` for something that is called after places.
    pub(super) fn bearer(&self, tokens: &[Token], at: usize) -> Option<Hit> {
        let mut longest = None;
        self.bearers.walk(tokens, at, Skips::Nothing, |hit| longest = Some(hit));
        longest
    }
}

impl NameId {
    pub(super) fn of(hit: Hit) -> NameId {
        NameId(hit.value)
    }
}

/// How the names of countrywide organisations end.
const NATIONAL: [&str; 4] = ["Việt Nam", "VN", "Hồ Chí Minh", "HCM"];

/// First words of type words.
const TYPE_STARTS: &str = "tỉnh thành thị quận huyện xã phường đặc tp tx tt q p h x đk tphcm";

/// The type word that begins at `at`, with the token after it. One letter counts with a full
/// stop or a digit only: "Q.11", "P3", while "Q" may begin a name.
pub(super) fn type_word(tokens: &[Token], at: usize) -> Option<(Kind, usize)> {
    const PAIRS: [(Word, Word, Kind); 4] = [
        (Word::of("thành"), Word::of("phố"), Kind::ThanhPho),
        (Word::of("thị"), Word::of("xã"), Kind::ThiXa),
        (Word::of("thị"), Word::of("trấn"), Kind::ThiTran),
        (Word::of("đặc"), Word::of("khu"), Kind::DacKhu),
    ];
    const SINGLE: [(Word, Kind); 5] = [
        (Word::of("tỉnh"), Kind::Tinh),
        (Word::of("quận"), Kind::Quan),
        (Word::of("huyện"), Kind::Huyen),
        (Word::of("xã"), Kind::Xa),
        (Word::of("phường"), Kind::Phuong),
    ];
    const SHORT: [(Word, Kind); 8] = [
        (Word::of("tp"), Kind::ThanhPho),
        (Word::of("tx"), Kind::ThiXa),
        (Word::of("tt"), Kind::ThiTran),
        (Word::of("đk"), Kind::DacKhu),
        (Word::of("q"), Kind::Quan),
        (Word::of("h"), Kind::Huyen),
        (Word::of("p"), Kind::Phuong),
        (Word::of("x"), Kind::Xa),
    ];
    let token = tokens.get(at)?;
    if let Some((_, kind)) = SINGLE.iter().find(|(word, _)| *word == token.word) {
        return Some((*kind, at + 1));
    }
    let next = tokens.get(at + 1);
    if let Some(next) = next.filter(|next| next.gap != Gap::None)
        && let Some((_, _, kind)) =
            PAIRS.iter().find(|(first, second, _)| *first == token.word && *second == next.word)
    {
        return Some((*kind, at + 2));
    }
    let (_, kind) = SHORT.iter().find(|(word, _)| *word == token.word)?;
    if !token.is_capital() {
        return None;
    }
    let long = token.end - token.start > 1 && *kind != Kind::DacKhu || token.word == Word::of("đk");
    match next {
        Some(next) if next.is('.') && next.is_glued() => Some((*kind, at + 2)),
        Some(next) if next.form == Form::Number && next.is_glued() => Some((*kind, at + 1)),
        _ if long => Some((*kind, at + 1)),
        _ => None,
    }
}

/// A phrase that makes a place's name a name of its own only right before it.
const DIRECT: u32 = 0;
/// One that an organ's name may follow.
const PRESS: u32 = 2;
/// One after which more of the name may come before the place.
const LOOSE: u32 = 1;

impl Hit {
    /// Whether it is a newspaper's.
    pub(super) fn is_press(self) -> bool {
        self.value == PRESS
    }

    /// Whether more words of the name may come before the place, an organ's name among them.
    pub(super) fn is_loose(self) -> bool {
        self.value != DIRECT
    }
}

/// Kinds of things that are called after places, right before the name: roads, waters,
/// buildings, settlements that are no administrative units.
const BEARERS_DIRECT: &[&str] = &[
    "đường, phố, đại lộ, ngõ, hẻm, ngách, kiệt, quốc lộ, tỉnh lộ, hương lộ, cao tốc, đường cao tốc, đường sắt, đường bộ, đường thủy, đường dây, tuyến, tuyến đường, chuyến bay, chuyến tàu, chặng, hành lang",
    "cầu, cầu vượt, hầm, đèo, dốc, ngã ba, ngã tư, ngã năm, ngã sáu, ngã bảy, vòng xoay, bùng binh, nút giao",
    "dãy, dãy núi, đỉnh, đỉnh núi, cao nguyên, đồng bằng, sông, suối, kênh, rạch, rừng phòng hộ, rừng đặc dụng, tuyến tránh, nhà thờ đá, hồ, đầm, vịnh, biển, bãi biển, bán đảo, quần đảo, đảo, mũi, núi, đồi, hang, thác, rừng, vườn quốc gia, khu bảo tồn",
    "chợ, bến xe, bến, bến phà, bến đò, bến tàu, bến cảng, bãi tắm, mỏ, mỏ đá, mỏ than, đập, hồ chứa, trạm, trạm bơm, bãi rác, cồn, cù lao, thiền viện, tịnh xá, bưu điện, phà, ga, nhà ga, sân bay, cảng, cảng hàng không, cảng biển, cửa khẩu, cửa khẩu quốc tế, cửa khẩu quốc gia, cửa khẩu chính, cảng quốc tế, ga quốc tế, đồn biên phòng, đồn, trạm thu phí, sân, sân vận động, SVĐ, nhà thi đấu",
    "chùa, đền, đình, miếu, nhà thờ, giáo xứ, giáo phận, tòa thánh, tháp, lăng, thành cổ, di tích, nghĩa trang",
    "thôn, ấp, khóm, bản, buôn, làng, xóm, plei, tổ dân phố, khu phố, tiểu khu, cụm dân cư, đội",
    "CLB, câu lạc bộ, CĐV, đội bóng, đội tuyển, U15, U17, U19, U21, U23, HLV, thủ môn, tiền đạo, hậu vệ, tiền vệ, cầu thủ, cổ động viên",
    "khởi nghĩa, nhà tù, nhà đày, ngục, chiến khu, giải, cúp, chiến dịch, chiến thắng, trận, hiệp định, khách sạn, resort, nhà hàng, siêu thị, rạp, quán, tiệm",
    "hủ tíu, vải thiều, nhãn lồng, nem chua, bia, xi măng, lọc dầu, kẹo dừa, nước khoáng, gạo, thanh long, sầu riêng, bưởi, cam, chè, trà, cà phê, nước mắm, rượu, nem, tỏi, nón, gốm, lụa, tranh, bánh, phở, bún, bánh mì, vải, nhãn, xoài, gà, lợn, bò, sâm, tôm, cá",
    "tàu, tàu cá, dự án, họ, dòng họ, xe khách, nhà xe",
];

/// Newspapers, which are called after organs, too: "báo Công an TP.HCM".
const BEARERS_PRESS: &[&str] = &["báo, tạp chí, tờ, thời báo, nhật báo, nhà xuất bản, NXB, Pháp luật"];

/// Institutions and companies, whose names have more words before the place.
const BEARERS_LOOSE: &[&str] = &[
    "hiệp hội, hội đồng hương, nghĩa trang, trạm CSGT, trạm cảnh sát giao thông, trạm kiểm soát, cảng vụ, bệnh viện, BV, phòng khám, viện, trạm y tế, nhà hộ sinh, trung tâm thương mại",
    "trường, đại học, ĐH, học viện, HV, cao đẳng, CĐ, trung cấp, THPT, THCS, trung học, tiểu học, mầm non, mẫu giáo, nhà trẻ, ký túc xá",
    "công ty, tổng công ty, tập đoàn, ngân hàng, doanh nghiệp, xí nghiệp, nhà máy, hợp tác xã, HTX, DNTN, cty, trang trại, nông trường, lâm trường, thủy điện, nhiệt điện, điện lực",
    "khu công nghiệp, KCN, cụm công nghiệp, CCN, khu kinh tế, KKT, khu đô thị, KĐT, khu dân cư, KDC, khu du lịch, KDL, khu chế xuất, KCX, khu công nghệ cao, khu di tích, khu tái định cư, chung cư, tòa nhà, nhà khách, nhà văn hóa, nhà hát, bảo tàng, công viên, quảng trường, thư viện",
    "cảng hàng không quốc tế, sân bay quốc tế, đài phát thanh, đài truyền hình, đài phát thanh truyền hình, đài PT-TH, đài TH, truyền hình, THVL, trại giam, trại tạm giam, cơ sở cai nghiện, quỹ tín dụng, quỹ, văn phòng luật sư, đoàn luật sư, trung đoàn, sư đoàn, lữ đoàn, tiểu đoàn, hải quân, lữ đoàn, quân đoàn, quân khu",
];

/// Family names: the hundred or so that most persons bear; a place's name behind one, or
/// before one, is told from a person's by them.
const FAMILIES: &str = "nguyễn giáp thiều tiêu đồng bàn lèng chẩu cấn phí lò trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh lâm phùng mai tô hà tạ lương lưu thái châu quách cao chu từ la kim tăng giang thạch danh sơn lữ lai mạc nghiêm kiều khổng khuất nông hứa vi triệu lò lường cầm quàng tòng giàng thào vàng sùng mùa ma bế hoàng đàm ông viên ninh cù doãn thân tống tôn bạch âu ngụy văn nhan diệp liễu mã hàn lục sầm y nay rơ ksor siu rmah niê êban rah";

/// Words before a person's name.
const PERSONS: &str = "ông bà anh chị em cô chú bác cháu bé thầy cậu dì dượng sĩ tá úy chí mc nsưt nsnd gs ts pgs ths bs ks ls tướng";

/// Words that end a name.
const STOPS: &str = "ở tại của và thuộc trên trong với cho đã đang sẽ là có không bị được do từ đến về vào ra để khi vì nên mà thì cũng này đó kia ấy các những một nhiều mọi mỗi như theo cùng sau trước ngày sáng chiều tối trưa hôm năm tháng rằng qua nói gặp thăm tiếp yêu đề nghị giao đưa cấp phối tổ quê người phía bên giữa gồm cách gần hay hoặc nhưng còn vừa mới";

/// Prepositions and verbs after which a name is a place's.
const WHERES: &str = "ở tại quê về đến từ sang khắp tới rời trú ngụ qua";

/// Words that make what follows several.
const PLURALS: &str = "các những nhiều mọi mỗi từng";

/// Counts, which make a list of what follows if there are several names.
const COUNTS: &str = "hai ba bốn sáu bảy mười";

/// First words of what a number counts, rather than being the name of a place.
const COUNTED: &str = "tập cá đồng năm tháng ngày giờ lần mô chi đảng giải nội nhiệm bằng giấy triệu tỷ tỉ nghìn ngàn trăm tiêu người hộ đơn cuộc đợt buổi bài công dự vụ trường loại điểm phần khâu nhóm tổ ý đại học cán bí phó xã phường huyện thôn ấp khu căn nhà con cây ha m km kg tấn chiếc xe suất phòng cơ khóa kỳ quý";

/// Words to which the number behind them belongs: "tổ 5 phường Ngọc Trạo" are not five wards.
const NUMBERED: &str = "tổ khu ấp thôn xóm khóm bản làng đội số km phố ngõ hẻm ngách kiệt nhà lô đường cụm";

/// Words that are written great behind a name and go on with none: "HĐND tỉnh X Khóa XV".
const CLOSERS: &str = "khóa lần nhiệm kỳ quyết số độc cộng kết chỉ nghị kế thông hướng chương ngày về căn";

/// Posts, struck from the names of units.
const POSTS: &str = "bí chủ phó trưởng chánh giám ủy nguyên cựu";

/// Phrases of sport, where the names of places are names of teams.
const SPORTS: &str = "thi đấu, trận đấu, vô địch, huy chương, vòng bảng, lượt trận, đội hình, vòng loại, bảng A, bảng B, bảng C, U15, U17, U19, U21, U23, CLB, CĐV, HLV, SVĐ, V-League, V.League, bóng đá, đội bóng, cầu thủ, thủ môn, tiền vệ, tiền đạo, hậu vệ, trung vệ, trọng tài, hattrick, penalty, thủng lưới, ghi bàn, bàn thắng, vòng đấu, chung kết, bán kết, bóng chuyền, huấn luyện viên, cổ động viên, đội khách, đội chủ nhà, khán đài";

/// A set of roles by word: open addressing, so one look-up is mostly one line of cache.
struct Roles {
    slots: Vec<(Word, Role)>,
    count: usize,
}

impl Roles {
    fn new() -> Roles {
        Roles { slots: vec![(Word::FOREIGN, Role::NONE); 1 << 13], count: 0 }
    }

    fn slot(&self, word: Word) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash(word.bits()) >> 40) as usize & mask;
        while self.slots[at].0 != word && self.slots[at].1 != Role::NONE {
            at = (at + 1) & mask;
        }
        at
    }

    fn add(&mut self, word: Word, role: Role) {
        if word == Word::FOREIGN {
            return;
        }
        if self.count * 2 > self.slots.len() {
            let bigger = vec![(Word::FOREIGN, Role::NONE); self.slots.len() * 2];
            let old = std::mem::replace(&mut self.slots, bigger);
            for (word, role) in old.into_iter().filter(|(_, role)| *role != Role::NONE) {
                let slot = self.slot(word);
                self.slots[slot] = (word, role);
            }
        }
        let slot = self.slot(word);
        self.count += usize::from(self.slots[slot].1 == Role::NONE);
        self.slots[slot] = (word, self.slots[slot].1.and(role));
    }

    #[inline]
    fn get(&self, word: Word) -> Role {
        if word == Word::FOREIGN { Role::NONE } else { self.slots[self.slot(word)].1 }
    }
}
