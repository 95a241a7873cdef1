//! Maps: the points of a page, and the file of faint dots beneath them.

use std::borrow::Cow;

use serde::Serialize;

use super::{Link, TallyView};

/// A map: the page's own points, to be drawn over the image of faint dots. All lengths are CSS
/// pixels.
#[derive(Serialize)]
pub struct MapView<'a> {
    /// Address of the image, which has the size of the map.
    pub url: String,
    /// Width: at most 320.
    pub width: i64,
    /// Height: at most 400.
    pub height: i64,
    /// The province that it shows; none for the country.
    pub name: Option<&'a str>,
    /// It shows the province as it was until 30 June 2025, which is less than it is now.
    pub former: bool,
    /// It shows a province that was enlarged on 1 July 2025: what joined it has smaller dots.
    pub joined: bool,
    /// The place of the page; none on the map of a whole.
    pub own: Option<MapPoint<'a>>,
    /// Places with articles, those with most first.
    pub points: Vec<MapPoint<'a>>,
    /// Whether any of the points is a link.
    pub has_links: bool,
    /// Names that fit on the map, at most 15.
    pub labels: Vec<MapLabel<'a>>,
}

/// A place on a map.
#[derive(Serialize)]
pub struct MapPoint<'a> {
    /// From the left.
    pub x: i64,
    /// From the top.
    pub y: i64,
    /// Radius, 3 to 11: its square grows with the number of articles.
    pub r: i64,
    /// The place with its type word. Its `url` is empty where a target of 28 pixels would overlap
    /// that of a larger point.
    pub link: Link<'a>,
    /// Articles about it or a place below it.
    pub count: TallyView,
}

/// A name on a map.
#[derive(Serialize)]
pub struct MapLabel<'a> {
    /// From the left.
    pub x: i64,
    /// Of its base line, from the top.
    pub y: i64,
    /// `start`, `middle` or `end`: which part of the text stands at `x`.
    pub anchor: &'static str,
    /// `own` for the place of the page, `sea` for islands far out, with articles or without; else
    /// empty.
    pub kind: &'static str,
    /// The name, without type word unless it is a number.
    pub text: Cow<'a, str>,
    /// A line from the point to the name, where that stands away from it: x, y, x, y; else empty.
    pub leader: Vec<i64>,
}

/// `map.svg`: the faint dots of a map, one for each commune of 1 July 2025.
#[derive(Default, Serialize)]
pub struct MapFileView {
    /// Width in CSS pixels.
    pub width: i64,
    /// Height in CSS pixels.
    pub height: i64,
    /// A path in half pixels: a line of no length for each dot, to be drawn with round ends.
    pub dots: String,
    /// Width of its lines in half pixels.
    pub size: i64,
    /// Width of a light ground under the dots, which makes them one land.
    pub halo: i64,
    /// The same for what joined a province on 1 July 2025; empty for other maps.
    pub joined: String,
    /// Width of its lines in half pixels.
    pub joined_size: i64,
    /// Once more those that lie far out at sea, to be drawn large enough to be seen.
    pub sea: String,
}
