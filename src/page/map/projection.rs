//! How degrees become pixels: a plane with the right proportions at its middle latitude.
//!
//! Pure: it knows of no place. All but one cosine is reckoned in whole numbers.

use super::TARGET;

/// Width and height of a map at most, in CSS pixels: a phone of 360 shows it unscaled.
pub(super) const WIDEST: (i64, i64) = (320, 400);

/// How degrees become pixels.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) margin: i64,
    pub(super) width: i64,
    pub(super) height: i64,
    west: i64,
    pub(super) north: i64,
    /// Of the middle latitude, in thousandths.
    cosine: i64,
    /// Half pixels to thousandths of a ten-thousandth of a degree of latitude.
    scale: (i64, i64),
}

/// Latitude and longitude in ten-thousandths of a degree.
pub(super) type At = (i64, i64);

impl Frame {
    /// One that holds all of these points; none for no points.
    pub(super) fn around(points: &[At], margin: i64) -> Option<Frame> {
        let (south, north) = bounds(points.iter().map(|point| point.0))?;
        let (west, east) = bounds(points.iter().map(|point| point.1))?;
        let cosine = cosine((south + north) / 2);
        // A ground of one point has no extent: it is shown as if it were about 10 km wide.
        let (across, down) = (((east - west) * cosine).max(1_000_000), ((north - south) * 1000).max(1));
        let room = (2 * (WIDEST.0 - 2 * margin), 2 * (WIDEST.1 - 2 * margin));
        let scale = if across * room.1 >= down * room.0 { (room.0, across) } else { (room.1, down) };
        let pixels = |extent: i64| 2 * margin + (rounded(extent * scale.0, scale.1) + 1) / 2;
        Some(Frame { margin, width: pixels(across), height: pixels(down), west, north, cosine, scale })
    }

    /// In half pixels.
    pub(super) fn dot(&self, (lat, lon): At) -> (i64, i64) {
        let scaled = |extent: i64| 2 * self.margin + rounded(extent * self.scale.0, self.scale.1);
        (scaled((lon - self.west) * self.cosine), scaled((self.north - lat) * 1000))
    }

    /// In pixels; none if it is nearer to the edge than half a target.
    pub(super) fn pixel(&self, at: At) -> Option<(i64, i64)> {
        let (x, y) = self.dot(at);
        let (x, y) = (rounded(x, 2), rounded(y, 2));
        let is_in = |at: i64, length: i64| (TARGET / 2..=length - TARGET / 2).contains(&at);
        (is_in(x, self.width) && is_in(y, self.height)).then_some((x, y))
    }
}

/// The cosine of a latitude in thousandths, by its series: a library's differs by machine.
pub(super) fn cosine(lat: i64) -> i64 {
    let angle = lat as f64 / 10_000.0 * (std::f64::consts::PI / 180.0);
    let square = angle * angle;
    ((1.0 - square / 2.0 + square * square / 24.0) * 1000.0).round() as i64
}

/// The nearest whole number to a fraction, halves upward; `below` is positive.
pub(super) fn rounded(above: i64, below: i64) -> i64 {
    (2 * above + below).div_euclid(2 * below)
}

fn bounds(all: impl Iterator<Item = i64> + Clone) -> Option<(i64, i64)> {
    Some((all.clone().min()?, all.max()?))
}
