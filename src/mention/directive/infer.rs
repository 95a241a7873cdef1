//! What an issuer says about a number: "Chỉ thị 05 của Bộ Chính trị" is `05-CT/TW`.
//!
//! Only where every document of that type and issuer bears the same symbol. What is left out
//! is left out for a reason: see `infer`.

use super::{Body, Kind};
use crate::number::Number;

/// The number that a serial has by its type and issuer. `year` is the year printed behind a
/// slash or in the date behind it.
pub(super) fn infer(kind: Kind, serial: &str, year: Option<u16>, body: Option<Body>) -> Option<Number> {
    use Body::*;
    let value: u32 = serial.trim_end_matches(char::is_alphabetic).parse().ok()?;
    // "30a", "753A" are exceptions in any family.
    if serial.ends_with(char::is_alphabetic) {
        return None;
    }
    let body = match (kind, body) {
        // Only the Government issues decrees, and since 1997 all bear the year.
        (Kind::NghiDinh, None | Some(Government)) => {
            let year = year.filter(|year| *year >= 1997)?;
            return Number::parse(&format!("{serial}/{year}/NĐ-CP"));
        }
        (_, body) => body?,
    };
    let sign = kind.sign();
    match body {
        // The Central Committee has issued regulations as QĐi/TW and as QĐ/TW.
        Committee if kind == Kind::QuyDinh => None,
        Politburo | Committee => Number::parse(&format!("{serial}-{}/TW", sign?)),
        // Decisions with legal force bear the year, others do not; those never reached 400.
        PrimeMinister => match kind {
            Kind::QuyetDinh if value >= 400 => Number::parse(&format!("{serial}/QĐ-TTg")),
            // Since 2009 no directive of his has legal force.
            Kind::ChiThi if year.is_none_or(|year| year >= 2009) => {
                Number::parse(&format!("{serial}/CT-TTg"))
            }
            Kind::CongDien if year.is_none_or(|year| year >= 2009) => {
                Number::parse(&format!("{serial}/CĐ-TTg"))
            }
            _ => None,
        },
        Government => match kind {
            Kind::NghiQuyet if year.is_none_or(|year| year >= 2009) => {
                Number::parse(&format!("{serial}/NQ-CP"))
            }
            _ => None,
        },
        // Regulations of local committees are QĐ, QyĐ or QĐi.
        _ if kind == Kind::QuyDinh => None,
        Province | City => Number::parse(&format!("{serial}-{}/TU", sign?)),
        District => Number::parse(&format!("{serial}-{}/HU", sign?)),
        UrbanDistrict => Number::parse(&format!("{serial}-{}/QU", sign?)),
        PartyCommittee => Number::parse(&format!("{serial}-{}/ĐU", sign?)),
        // Decisions and directives of people's committees may bear the year; plans never do.
        PeopleCommittee => match kind {
            Kind::KeHoach | Kind::ToTrinh | Kind::BaoCao => {
                Number::parse(&format!("{serial}/{}-UBND", sign?))
            }
            Kind::QuyetDinh if value >= 200 => Number::parse(&format!("{serial}/QĐ-UBND")),
            _ => None,
        },
        // Symbols of towns' committees (TU, ThU, TXU), councils and ministries vary.
        Town | PeopleCouncil | Assembly | Office | Other => None,
    }
}

/// Whether a document with this number may be one of this body. Only what is certain is
/// refused.
pub(super) fn may_issue(body: Body, number: &Number) -> bool {
    use Body::*;
    let symbol = number.symbol();
    let ends = |ends: &[&str]| ends.iter().any(|end| symbol.ends_with(end));
    let local_party = ends(&["/TU", "/HU", "/QU", "/ĐU", "/TXU", "/THU"]);
    let state =
        ["-TTG", "-CP", "UBND", "HĐND"].iter().any(|part| symbol.contains(part)) || symbol.contains("QH1");
    let center = ends(&["/TW"]);
    match body {
        Politburo | Committee => !local_party && !state,
        PrimeMinister => !number.is_party() && !symbol.contains("ND") && !ends(&["NĐ-CP", "NQ-CP"]),
        Government => !number.is_party() && !symbol.contains("ND") && !ends(&["-TTG"]),
        Assembly => !number.is_party() && !ends(&["-TTG", "-CP"]) && !symbol.contains("UBND"),
        Office => !local_party && !ends(&["-TTG", "NĐ-CP"]) && !symbol.contains("UBND"),
        Province => number.is_party() && !center && !ends(&["/HU", "/QU", "/ĐU"]),
        City | Town => number.is_party() && !center && !ends(&["/HU", "/QU", "/ĐU"]),
        District => number.is_party() && !center && !ends(&["/TU", "/QU", "/ĐU"]),
        UrbanDistrict => number.is_party() && !center && !ends(&["/TU", "/HU", "/ĐU"]),
        PartyCommittee => number.is_party() && !center && !ends(&["/TU", "/HU", "/QU"]),
        PeopleCommittee => {
            !number.is_party() && !ends(&["-TTG", "-CP", "NQ-HĐND"]) && !symbol.contains("QH1")
        }
        PeopleCouncil => !number.is_party() && !ends(&["-TTG", "-CP", "QĐ-UBND"]) && !symbol.contains("QH1"),
        Other => true,
    }
}

/// A number with `TW`, printed "TƯ", as one of a province.
pub(super) fn provincial(number: &Number) -> Option<Number> {
    let written = number.to_string();
    Number::parse(&format!("{}TU", written.strip_suffix("TW")?))
}
