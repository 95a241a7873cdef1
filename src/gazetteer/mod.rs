//! The administrative places of Vietnam, as versions through time.

/// The level of a place in the hierarchy of its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Quận, huyện, thị xã, thành phố thuộc tỉnh: until 30 June 2025.
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
}

/// Before or after the reform of 1 July 2025. Official codes are unique within an era only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// Until 30 June 2025.
    Old,
    /// From 1 July 2025.
    New,
}

/// The type word of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Tỉnh.
    Tinh,
    /// Thành phố: of the centre, of a province or of another city.
    ThanhPho,
    /// Quận.
    Quan,
    /// Huyện.
    Huyen,
    /// Thị xã.
    ThiXa,
    /// Xã.
    Xa,
    /// Phường.
    Phuong,
    /// Thị trấn.
    ThiTran,
    /// Đặc khu: from 1 July 2025.
    DacKhu,
}

impl Kind {
    /// The type word in lower case, e.g. "thị xã".
    pub fn word(self) -> &'static str {
        match self {
            Kind::Tinh => "tỉnh",
            Kind::ThanhPho => "thành phố",
            Kind::Quan => "quận",
            Kind::Huyen => "huyện",
            Kind::ThiXa => "thị xã",
            Kind::Xa => "xã",
            Kind::Phuong => "phường",
            Kind::ThiTran => "thị trấn",
            Kind::DacKhu => "đặc khu",
        }
    }
}
