//! Articles: who met where, about which directives, whom they commended.
//!
//! Article i is the same in an archive of any size. Dates run from August 2016 to June
//! 2025, denser towards the end; a few provinces, districts and directives have most of
//! the articles. Directives are invented but for their form: numbers and symbols are
//! those of documents of the Party's centre, dates and titles are not.

use std::fmt;

use luutru::{gazetteer::Level, organ, vi::slug};

use super::places::{Commune, District, Places, Province};
use super::prose::{self, Facts};
use super::random::{HeavyTail, Random};

/// All that a generator knows before its first article.
pub(crate) struct World {
    /// The places.
    pub(crate) places: Places,
    /// The directives, heaviest first.
    pub(crate) directives: Vec<Directive>,
    tail: HeavyTail,
}

/// A directive as its record describes it.
pub(crate) struct Directive {
    /// "18-KL/TW".
    pub(crate) number: String,
    /// "Kết luận".
    pub(crate) kind: &'static str,
    /// "Bộ Chính trị".
    pub(crate) issuer: &'static str,
    /// Day of issue.
    pub(crate) date: Day,
    /// Term of the congress, in Roman numerals.
    pub(crate) term: &'static str,
    /// What it is about.
    pub(crate) title: String,
}

/// One article.
pub(crate) struct Article {
    /// Name of its file without extension, unique.
    pub(crate) stem: String,
    /// Title.
    pub(crate) title: String,
    /// Day printed.
    pub(crate) date: Day,
    /// Day it entered the archive.
    pub(crate) added: Day,
    /// Name of its publisher.
    pub(crate) publisher: String,
    /// Author as printed.
    pub(crate) byline: String,
    /// Chains, the district first.
    pub(crate) localities: Vec<String>,
    /// One to three units; the first one held the event.
    pub(crate) units: Vec<String>,
    /// One to three numbers.
    pub(crate) directives: Vec<String>,
    /// The event.
    pub(crate) event: Event,
    /// Markdown, with links as `[[number|words]]`.
    pub(crate) body: String,
}

/// The event of an article.
pub(crate) struct Event {
    /// Its day.
    pub(crate) date: Day,
    /// The first of the article's directives.
    pub(crate) directive: String,
    /// "sơ kết 2 năm".
    pub(crate) stage: String,
    /// How many collectives were commended.
    pub(crate) collectives: usize,
    /// How many individuals were commended.
    pub(crate) individuals: usize,
}

/// A day, as the number of days since the beginning of 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) usize);

/// 1 August 2016: the first event.
const FIRST: usize = 17_014;
/// 20 June 2025: the last one, so that its article is printed while districts exist.
const LAST: usize = 20_259;
/// 1 January 2026.
const ADDED: Day = Day(20_454);

impl World {
    /// The same on every call.
    pub(crate) fn new() -> World {
        let directives = directives();
        World { places: Places::load(), tail: HeavyTail::new(directives.len(), 1), directives }
    }

    /// The article of that index, from 0.
    pub(crate) fn article(&self, index: usize) -> Article {
        let random = &mut Random::new(3, index as u64);
        let (province, district) = self.places.draw(random);
        // The later of two days: the archive grows from year to year.
        let held = Day(random.between(FIRST, LAST).max(random.between(FIRST, LAST)));
        let date = Day(held.0 + random.below(6));
        let communes: Vec<&Commune> =
            (0..random.between(2, 3)).map(|_| random.pick(&district.communes)).collect();
        let units = units(district, date, random);
        let directives = self.directives_on(held, random);
        let stage =
            format!("{} {} năm", if random.chance(80) { "sơ kết" } else { "tổng kết" }, random.between(1, 5));
        let (collectives, individuals) = (heavy(random, 40), heavy(random, 120));

        let mut localities = vec![district.chain.clone()];
        if random.chance(40) {
            localities.push(communes[0].chain.clone());
        }
        let lead = directives[0];
        let title = format!("{} {stage} thực hiện {} ({index})", units[0], lead.said());
        let body = {
            let said = |directive: &&Directive| (directive.said(), directive.number.clone());
            let facts = Facts {
                host: &units[0],
                units: &units,
                place: &district.typed(),
                province: &province.typed(),
                communes: &communes.iter().map(|commune| commune.typed.clone()).collect::<Vec<_>>(),
                directives: &directives.iter().map(said).collect::<Vec<_>>(),
                date: &held.printed(),
                stage: &stage,
                commended: &format!(
                    "Dịp này, {} khen thưởng {collectives} tập thể và {individuals} cá nhân có thành tích tiêu \
                     biểu trong thực hiện {}.",
                    units[0],
                    lead.said()
                ),
            };
            prose::body(&facts, random)
        };
        Article {
            stem: format!("{}-{index:06}", slug(&units[0])),
            title,
            date,
            added: ADDED,
            publisher: publisher(province),
            byline: ["PV", "Minh Châu", "Hải Yến", "CTV", "Quang Huy"][random.below(5)].to_owned(),
            localities,
            directives: directives.iter().map(|directive| directive.number.clone()).collect(),
            event: Event { date: held, directive: lead.number.clone(), stage, collectives, individuals },
            units,
            body,
        }
    }

    /// One to three directives that were there on `day`.
    fn directives_on(&self, day: Day, random: &mut Random) -> Vec<&Directive> {
        let wanted = random.between(1, 3);
        let mut drawn: Vec<&Directive> = Vec::new();
        // The weight of later directives grows with the years, so the draw is repeated; the
        // bound is never reached in practice, and keeps a short list from looping for ever.
        for _ in 0..1000 {
            let directive = &self.directives[self.tail.draw(random)];
            if directive.date < day && !drawn.iter().any(|other| other.number == directive.number) {
                drawn.push(directive);
            }
            if drawn.len() == wanted {
                break;
            }
        }
        drawn
    }
}

impl Directive {
    /// "Kết luận số 18-KL/TW".
    pub(crate) fn said(&self) -> String {
        format!("{} số {}", self.kind, self.number)
    }
}

impl Day {
    /// Year, month and day (Howard Hinnant, `civil_from_days`, for days after 1970).
    pub(crate) fn parts(self) -> (usize, usize, usize) {
        let days = self.0 + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        (year_of_era + era * 400 + usize::from(month <= 2), month, day)
    }

    /// "28/4/2022".
    fn printed(self) -> String {
        let (year, month, day) = self.parts();
        format!("{day}/{month}/{year}")
    }
}

impl fmt::Display for Day {
    /// "2022-04-28".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year}-{month:02}-{day:02}")
    }
}

/// The newspaper of a province.
pub(crate) fn publisher(province: &Province) -> String {
    format!("Báo {}", province.short)
}

/// Organs of districts by weight; committees of the Party hold most of the events.
const HOSTS: [(usize, &[&str]); 7] = [
    (56, &["quan-uy", "huyen-uy", "thi-uy", "thanh-uy"]),
    (14, &["ubnd"]),
    (10, &["ban-tuyen-giao"]),
    (7, &["hoi-lien-hiep-phu-nu"]),
    (6, &["cong-an"]),
    (4, &["hoi-nong-dan"]),
    (3, &["mttq"]),
];

/// One to three units of a district that existed on `day`, that of the article: its event
/// is never later.
fn units(district: &District, day: Day, random: &mut Random) -> Vec<String> {
    let wanted = random.between(1, 3);
    let mut units: Vec<String> = Vec::new();
    while units.len() < wanted {
        let mut drawn = random.below(100);
        let found = HOSTS.iter().find(|(weight, _)| {
            let here = drawn < *weight;
            drawn = drawn.saturating_sub(*weight);
            here
        });
        let (_, organs) = found.expect("the weights are a hundred in all");
        let organ = organs
            .iter()
            .filter_map(|id| organ::by_id(id))
            .find(|&organ| organ::get(organ).places.has(Level::District, district.kind));
        let Some(organ) = organ else { continue };
        // A day within the organ's last year counts as after its end.
        let (_, to) = organ::period(organ, Level::District);
        let (year, month, date) = day.parts();
        if to.is_some_and(|to| {
            (to.first_day().0.into(), to.first_day().1.into(), to.first_day().2.into()) < (year, month, date)
        }) {
            continue;
        }
        let unit = organ::display(organ, district.kind, &district.short);
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}

/// A figure from 1 to `most`, small ones more often.
fn heavy(random: &mut Random, most: usize) -> usize {
    let bound = random.between(1, most);
    random.between(1, bound)
}

/// Two terms of the Party's centre. No number stands in both, since each kind is of one
/// term here.
fn directives() -> Vec<Directive> {
    // Kind, symbol, issuer, term, how many, the first day, days between two serials.
    let series: [(&str, &str, &str, &str, usize, usize, usize); 4] = [
        ("Kết luận", "KL", "Bộ Chính trị", "XIII", 48, 18_690, 13),
        ("Quy định", "QĐ", "Bộ Chính trị", "XIII", 16, 18_720, 60),
        ("Chỉ thị", "CT", "Bộ Chính trị", "XII", 28, 16_840, 42),
        ("Nghị quyết", "NQ", "Ban Chấp hành Trung ương", "XII", 12, 16_870, 110),
    ];
    let mut all = Vec::new();
    for (kind, symbol, issuer, term, count, first, step) in series {
        for serial in 1..=count {
            let subject = SUBJECTS[(all.len() * 7) % SUBJECTS.len()];
            let way = WAYS[all.len() % WAYS.len()];
            all.push(Some(Directive {
                number: format!("{serial:02}-{symbol}/TW"),
                kind,
                issuer,
                date: Day(first + serial * step),
                term,
                title: format!(
                    "về {way} {subject} trong giai đoạn {}",
                    ["XII", "XIII"]
                        .iter()
                        .position(|&t| t == term)
                        .map_or("", |p| ["2016-2020", "2021-2025"][p])
                ),
            }));
        }
    }
    let order = Random::new(4, 0).shuffled(all.len());
    order.into_iter().filter_map(|index| all[index].take()).collect()
}

const WAYS: [&str; 5] =
    ["tăng cường lãnh đạo", "nâng cao chất lượng", "tiếp tục đẩy mạnh", "đổi mới", "một số giải pháp"];

const SUBJECTS: [&str; 16] = [
    "công tác dân vận",
    "sinh hoạt chi bộ",
    "xây dựng nông thôn mới",
    "công tác kiểm tra, giám sát",
    "phòng, chống lãng phí",
    "giáo dục lý luận chính trị",
    "công tác cán bộ trẻ",
    "bảo vệ môi trường",
    "chuyển đổi số",
    "giảm nghèo bền vững",
    "công tác người cao tuổi",
    "khuyến học, xây dựng xã hội học tập",
    "phát triển hợp tác xã",
    "chăm sóc sức khỏe nhân dân",
    "bảo đảm trật tự, an toàn giao thông",
    "xây dựng văn hóa cơ sở",
];
