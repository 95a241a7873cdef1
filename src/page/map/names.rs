//! The names on a map: which points have theirs beside them, and where there is room.
//!
//! The first found place is taken, the heaviest points first, so that the same points have the
//! same names. Invariant: no name overlaps another one, a point or the edge, and no line to a
//! name crosses another one, a name or a point as large as its own.
//! Not here: how wide a text really is, which differs by system: a letter is given room enough.

use super::projection::Frame;
use super::{RADIUS, RING, Spot};
use crate::page::view::MapLabel;

/// Names on a map at most, and the points that are tried.
pub(super) const MOST: usize = 15;
const TRIED: usize = 60;
/// How many of the first names may stand away from their points, and how far.
const LED: usize = 8;
const FAR: [i64; 3] = [25, 45, 65];
/// Room that a letter takes, and a line above and below its base: at 12 pixels, with stacked marks.
const LETTER: i64 = 7;
const LINE: (i64, i64) = (12, 4);

/// The names that find room: that of the place itself, of what is at sea, then of the heaviest
/// points, which come first.
pub(super) fn place<'p>(
    frame: &Frame,
    own: Option<&Spot>,
    spots: &[Spot],
    at_sea: &[(i64, i64, &'static str)],
) -> Vec<MapLabel<'p>> {
    let mut placed = Placed { frame, spots, rooms: Vec::new(), lines: Vec::new() };
    placed.rooms.extend(spots.iter().map(|spot| Room::around(spot.x, spot.y, spot.r)));
    placed.rooms.extend(own.map(|own| Room::around(own.x, own.y, RING)));
    let points = placed.rooms.len();
    let of_own = own.into_iter().map(|own| (own.x, own.y, RING, own.name, "own"));
    let of_sea = at_sea.iter().map(|&(x, y, name)| {
        let there = spots.iter().filter(|spot| (spot.x - x).abs() < 4 && (spot.y - y).abs() < 4);
        (x, y, there.map(|spot| spot.r).max().unwrap_or(RADIUS.0), name, "sea")
    });
    let of_spots = spots.iter().take(TRIED).map(|spot| (spot.x, spot.y, spot.r, spot.name, ""));
    let mut labels: Vec<MapLabel> = Vec::new();
    for (at, (x, y, r, name, kind)) in of_own.chain(of_sea).chain(of_spots).enumerate() {
        // Two places of one name are told apart by the table only.
        if labels.len() == MOST || labels.iter().any(|label| label.text == name) {
            continue;
        }
        let label = |(anchor, x, y)| MapLabel { x, y, anchor, kind, text: name.into(), leader: Vec::new() };
        let found = near(x, y, r).into_iter().map(label).find(|label| placed.has_room(&Room::of(label)));
        // Nobody should have to guess at Hà Nội, which stands where all is full.
        let found = found.or_else(|| {
            far(x, y).filter(|_| at < LED).map(label).find_map(|label| {
                let side = if label.anchor == "start" { -3 } else { 3 };
                let line = [x, y, label.x + side, label.y - 4];
                let is_free = placed.has_room(&Room::of(&label)) && placed.has_way(line, r, points);
                is_free.then(|| MapLabel { leader: line.to_vec(), ..label })
            })
        });
        if let Some(label) = found {
            placed.rooms.push(Room::of(&label));
            placed.lines.extend(<[i64; 4]>::try_from(&*label.leader));
            labels.push(label);
        }
    }
    labels
}

/// Places of a name beside its point.
fn near(x: i64, y: i64, r: i64) -> [(&'static str, i64, i64); 8] {
    [
        ("start", x + r + 4, y + 4),
        ("end", x - r - 4, y + 4),
        ("middle", x, y - r - LINE.1 - 1),
        ("middle", x, y + r + LINE.0 + 1),
        ("start", x + r, y - r),
        ("start", x + r, y + r + 8),
        ("end", x - r, y - r),
        ("end", x - r, y + r + 8),
    ]
}

/// Places away from it, the nearest first.
fn far(x: i64, y: i64) -> impl Iterator<Item = (&'static str, i64, i64)> {
    FAR.into_iter().flat_map(move |d| {
        [0, 1, -1].into_iter().flat_map(move |slope| {
            let base = y + 4 + slope * d / 2;
            [("start", x + d, base), ("end", x - d, base)]
        })
    })
}

/// What is on a map already.
struct Placed<'m> {
    frame: &'m Frame,
    spots: &'m [Spot],
    /// Of the points, then of the names.
    rooms: Vec<Room>,
    /// From points to names.
    lines: Vec<[i64; 4]>,
}

impl Placed<'_> {
    fn has_room(&self, room: &Room) -> bool {
        room.is_within(self.frame)
            && !self.rooms.iter().any(|other| room.overlaps(other))
            && !self.lines.iter().any(|line| steps(*line).any(|at| room.holds(at)))
    }

    /// Whether a line may be drawn to a point of radius `r`; the rooms of names come after those
    /// of the points.
    fn has_way(&self, line: [i64; 4], r: i64, points: usize) -> bool {
        let [x, y, ..] = line;
        let is_over = |at: (i64, i64)| {
            let others = self.spots.iter().filter(|spot| spot.r >= r && (spot.x, spot.y) != (x, y));
            let near = |spot: &Spot| (spot.x - at.0).pow(2) + (spot.y - at.1).pow(2) <= (spot.r + 3).pow(2);
            others.into_iter().any(near) || self.rooms[points..].iter().any(|room| room.holds(at))
        };
        !steps(line).any(is_over) && !self.lines.iter().any(|other| do_cross(line, *other))
    }
}

/// Points on a line, close enough to each other to miss no name.
fn steps([x, y, to_x, to_y]: [i64; 4]) -> impl Iterator<Item = (i64, i64)> {
    const STEPS: i64 = 24;
    (0..=STEPS).map(move |step| (x + (to_x - x) * step / STEPS, y + (to_y - y) * step / STEPS))
}

/// Whether two lines cross.
pub(super) fn do_cross(a: [i64; 4], b: [i64; 4]) -> bool {
    let side = |[x, y, to_x, to_y]: [i64; 4], (at_x, at_y): (i64, i64)| {
        ((to_x - x) * (at_y - y) - (to_y - y) * (at_x - x)).signum()
    };
    let parts = |line: [i64; 4], other: [i64; 4]| {
        side(line, (other[0], other[1])) != side(line, (other[2], other[3]))
    };
    parts(a, b) && parts(b, a)
}

/// A rectangle on a map.
pub(super) struct Room {
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
}

impl Room {
    pub(super) fn of(label: &MapLabel) -> Room {
        let length = label.text.chars().count() as i64 * LETTER;
        let left = match label.anchor {
            "start" => label.x,
            "end" => label.x - length,
            _ => label.x - length / 2,
        };
        Room { left, right: left + length, top: label.y - LINE.0, bottom: label.y + LINE.1 }
    }

    fn around(x: i64, y: i64, r: i64) -> Room {
        Room { left: x - r, right: x + r, top: y - r, bottom: y + r }
    }

    pub(super) fn overlaps(&self, other: &Room) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn holds(&self, (x, y): (i64, i64)) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    pub(super) fn is_within(&self, frame: &Frame) -> bool {
        self.left >= 0 && self.top >= 0 && self.right <= frame.width && self.bottom <= frame.height
    }
}
