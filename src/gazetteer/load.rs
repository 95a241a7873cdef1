//! Building the gazetteer from the text of `data/`.
//!
//! Owns the form of the four files and the making of paths. Each file is read once, then
//! everything is addressed, linked and indexed. The strings of the files are pointed into,
//! what is made here is leaked once: the gazetteer lives as long as the process. Measured
//! in release: 18–22 ms, of which slugs 3 and the index of names 5; 4.7 MB stay, 7 MB at the
//! peak. Slugs and keys in the files would halve the time and add half to their size.
//!
//! | file           | columns                                                             |
//! |----------------|---------------------------------------------------------------------|
//! | `old.csv`      | code, name, parent, successors, twin: see `convert.py`              |
//! | `new.csv`      | code, name, parent, lat, lon, twin                                  |
//! | `changes.csv`  | of, name, parent, from, to, successors, source                      |
//! | `variants.csv` | of, name                                                            |
//!
//! In the last two, `of`, `parent` and successors are codes of the old list or, for any
//! other place, paths; successors are joined by `;` and end in `~` where only a part went
//! there. A row of `changes.csv` with `of` is an earlier record of that place, one without
//! is an abolished unit; parents stand before their children; dates are the first and the
//! last day, as exact as they are known; `"` is the source of the row above. No field is
//! quoted, none but the source holds a comma.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Era, Gazetteer, Kind, Level, Place, PlaceId, Predecessor, Record, Successor, by_level};
use crate::vi::{Date, date::Day, fold, slug};

const OLD: &str = include_str!("data/old.csv");
const NEW: &str = include_str!("data/new.csv");
const CHANGES: &str = include_str!("data/changes.csv");
const VARIANTS: &str = include_str!("data/variants.csv");

const OLD_END: Option<Day> = Some(Day { year: 2025, month: Some(6), day: Some(30) });
const NEW_START: Option<Day> = Some(Day { year: 2025, month: Some(7), day: Some(1) });

/// The whole gazetteer, or the first thing wrong with the data: `changes.csv:12: …`.
pub(super) fn load() -> Result<Gazetteer, String> {
    let mut draft = Draft::default();
    draft.read_old()?;
    draft.read_new()?;
    draft.link_old()?;
    draft.address_listed();
    draft.read_changes()?;
    draft.link_changes()?;
    let children = Children::of(&draft.places);
    draft.derive_districts(&children);
    let centres = draft.centres(&children);
    draft.reverse_edges();
    let Draft { places, old, new_codes, .. } = draft;
    let mut gazetteer = Gazetteer {
        places: finish(places),
        roots: Box::default(),
        new_codes: new_codes.into(),
        old,
        children_of: children.starts.into(),
        children: children.ids.into(),
        names: Box::default(),
        named: Box::default(),
        centres,
    };
    let is_province = |id: &PlaceId| gazetteer.place(*id).level == Level::Province;
    gazetteer.roots = gazetteer.places().filter(is_province).collect();
    (gazetteer.names, gazetteer.named) = index_names(&gazetteer)?;
    Ok(gazetteer)
}

/// The type words as the keys of names have them.
pub(super) fn folded_words() -> &'static [(Kind, String)] {
    static WORDS: OnceLock<Vec<(Kind, String)>> = OnceLock::new();
    WORDS.get_or_init(|| Kind::ALL.iter().map(|&kind| (kind, fold(kind.word()))).collect())
}

/// The lists while they are read.
#[derive(Default)]
struct Draft {
    places: Vec<DraftPlace>,
    /// How many of the places are of the old list; they come first.
    old: usize,
    new_codes: Vec<(&'static str, PlaceId)>,
    /// Abolished units by path, with the line that named their successors.
    abolished: HashMap<String, PlaceId>,
}

struct DraftPlace {
    level: Level,
    /// The parent in the path, which is that of the listed record.
    above: Option<PlaceId>,
    path: String,
    twin: bool,
    point: Option<(f32, f32)>,
    /// Where its row is: the file, and the line from 0 after the heading.
    row: (&'static str, usize),
    records: Vec<DraftRecord>,
}

struct DraftRecord {
    era: Era,
    kind: Kind,
    code: Option<&'static str>,
    name: &'static str,
    parent: Option<PlaceId>,
    from: Option<Day>,
    to: Option<Day>,
    /// The successors as they are written.
    targets: &'static str,
    successors: Vec<Successor>,
    /// The successors are those of its communes.
    derived: bool,
    predecessors: Vec<Predecessor>,
}

/// For each place, the places that name it as a parent.
struct Children {
    /// `starts[i]..starts[i + 1]` are the positions in `ids` of place `i`.
    starts: Vec<u32>,
    ids: Vec<PlaceId>,
}

impl Draft {
    fn read_old(&mut self) -> Result<(), String> {
        let wrong = |line, what| at("old.csv", line, what);
        for (line, row) in rows("old.csv", OLD).enumerate() {
            let [code, name, parent, targets, twin] = row?;
            let kind = kind_of(name).ok_or_else(|| wrong(line, "no type word"))?;
            let parent = match parent {
                "" => None,
                parent => Some(self.old_place(parent).ok_or_else(|| wrong(line, "unknown parent"))?),
            };
            let mut record = DraftRecord::new(Era::Old, kind, name, parent);
            (record.code, record.to, record.targets) = (Some(code), OLD_END, targets);
            let level = match code.len() {
                2 => Level::Province,
                3 => Level::District,
                _ => Level::Commune,
            };
            self.push(level, parent, record, ("old.csv", line)).twin = !twin.is_empty();
        }
        self.old = self.places.len();
        Ok(())
    }

    fn read_new(&mut self) -> Result<(), String> {
        let wrong = |line, what| at("new.csv", line, what);
        for (line, row) in rows("new.csv", NEW).enumerate() {
            let [code, name, parent, lat, lon, twin] = row?;
            let number = |text: &str| text.parse().map_err(|_| wrong(line, "no number"));
            let point = Some((number(lat)?, number(lon)?));
            let kind = kind_of(name).ok_or_else(|| wrong(line, "no type word"))?;
            let mut record = DraftRecord::new(Era::New, kind, name, None);
            (record.code, record.from) = (Some(code), NEW_START);
            if parent.is_empty() {
                // A province of 2025 bears the name of one of those that it was made of.
                let same = |place: &DraftPlace| place.records[0].name == name;
                let place = self.places.iter().take_while(|place| place.level == Level::Province);
                let index = place
                    .enumerate()
                    .find(|(_, p)| same(p))
                    .ok_or_else(|| wrong(line, "no such name before"))?
                    .0;
                self.places[index].records.push(record);
                self.places[index].point = point;
                self.new_codes.push((code, PlaceId(index as u32)));
            } else {
                record.parent = Some(self.new_place(parent).ok_or_else(|| wrong(line, "unknown parent"))?);
                self.new_codes.push((code, PlaceId(self.places.len() as u32)));
                let place = self.push(Level::Commune, record.parent, record, ("new.csv", line));
                (place.twin, place.point) = (!twin.is_empty(), point);
            }
        }
        Ok(())
    }

    fn link_old(&mut self) -> Result<(), String> {
        for i in 0..self.old {
            let targets = self.places[i].records[0].targets;
            let mut successors = Vec::with_capacity(1);
            for target in targets.split(';').filter(|target| !target.is_empty()) {
                let (code, part) = partial(target);
                let place = self.new_place(code).ok_or_else(|| self.wrong(i, "unknown successor"))?;
                // A province that keeps its name is continued by its next record.
                if place.index() != i {
                    successors.push(Successor { place, part });
                }
            }
            self.places[i].records[0].successors = successors;
        }
        Ok(())
    }

    /// Gives every listed place its path, that of twins with their code.
    fn address_listed(&mut self) {
        for i in 0..self.places.len() {
            let (above, records) = (self.places[i].above, &self.places[i].records);
            let mut path = String::with_capacity(64);
            if let Some(parent) = above {
                path.push_str(&self.places[parent.index()].path);
                path.push('/');
            }
            path.push_str(&slug(records[0].name));
            if let (true, Some(code)) = (self.places[i].twin, records[0].code) {
                path.push('-');
                path.push_str(code);
            }
            self.places[i].path = path;
        }
    }

    fn read_changes(&mut self) -> Result<(), String> {
        let wrong = |line, what| at("changes.csv", line, what);
        let listed = Children::of(&self.places);
        let mut source_above = "";
        for (line, row) in rows("changes.csv", CHANGES).enumerate() {
            let [of, name, parent, from, to, targets, source] = row?;
            let kind = kind_of(name).ok_or_else(|| wrong(line, "no type word"))?;
            let parent = match parent {
                "" => None,
                parent => Some(self.refer(parent).ok_or_else(|| wrong(line, "unknown parent"))?),
            };
            if source.is_empty() || (source == "\"" && source_above.is_empty()) {
                return Err(wrong(line, "no source"));
            }
            source_above = source;
            let mut record = DraftRecord::new(Era::Old, kind, name, parent);
            record.from = day(from).map_err(|()| wrong(line, "no date"))?;
            record.to = day(to).map_err(|()| wrong(line, "no date"))?;
            if of.is_empty() {
                let level = match (parent, kind) {
                    (None, _) => Level::Province,
                    (_, Kind::Xa | Kind::Phuong | Kind::ThiTran) => Level::Commune,
                    _ => Level::District,
                };
                let path = self.free_path(&listed, parent, name, record.to);
                record.targets = targets;
                self.abolished.insert(path.clone(), PlaceId(self.places.len() as u32));
                self.push(level, parent, record, ("changes.csv", line)).path = path;
            } else {
                let place = self.refer(of).ok_or_else(|| wrong(line, "unknown place"))?;
                let records = &mut self.places[place.index()].records;
                record.code = records[0].code;
                let next = records.iter().position(|next| next.to > record.to);
                let next = next.ok_or_else(|| wrong(line, "does not end before the listed record"))?;
                records.insert(next, record);
                // Each record begins when the one before it ended.
                for i in next.max(1)..next + 2 {
                    records[i].from = records[i - 1].to.and_then(day_after);
                }
            }
        }
        Ok(())
    }

    /// A path for an abolished unit that no other place has, nor twins have without code.
    fn free_path(&self, listed: &Children, parent: Option<PlaceId>, name: &str, to: Option<Day>) -> String {
        let above = parent.map_or("", |parent| self.places[parent.index()].path.as_str());
        let wanted = format!("{above}{}{}", if above.is_empty() { "" } else { "/" }, slug(name));
        let taken = |path: &str| {
            self.abolished.contains_key(path)
                || parent.is_some_and(|parent| parent.index() + 1 < listed.starts.len())
                    && parent.into_iter().flat_map(|parent| listed.get(parent)).any(|sibling| {
                        let sibling = &self.places[sibling.index()];
                        match (sibling.twin, sibling.path.rsplit_once('-')) {
                            (true, Some((plain, _))) => plain == path,
                            _ => sibling.path == path,
                        }
                    })
        };
        if !taken(&wanted) {
            return wanted;
        }
        let dated = match to {
            Some(day) => format!("{wanted}-{}", day.year),
            None => format!("{wanted}-cu"),
        };
        let mut path = dated.clone();
        let mut number = 1;
        while taken(&path) {
            number += 1;
            path = format!("{dated}-{number}");
        }
        path
    }

    fn link_changes(&mut self) -> Result<(), String> {
        for i in self.listed()..self.places.len() {
            let mut successors = Vec::new();
            for target in self.places[i].records[0].targets.split(';') {
                let (target, part) = partial(target);
                let place = self.refer(target).ok_or_else(|| self.wrong(i, "unknown successor"))?;
                successors.push(Successor { place, part });
            }
            self.places[i].records[0].successors = successors;
        }
        Ok(())
    }

    /// A listed district became what its communes became, unless it had none.
    fn derive_districts(&mut self, children: &Children) {
        for i in 0..self.old {
            let record = self.places[i].records.len() - 1;
            if self.places[i].level != Level::District
                || !self.places[i].records[record].successors.is_empty()
            {
                continue;
            }
            let mut successors: Vec<Successor> = children
                .get(PlaceId(i as u32))
                .iter()
                .filter(|commune| commune.index() < self.old)
                .filter_map(|commune| self.places[commune.index()].records.last())
                // Not of a commune that was once here.
                .filter(|commune| commune.parent == Some(PlaceId(i as u32)))
                .flat_map(|commune| &commune.successors)
                .map(|&Successor { place, .. }| Successor { place, part: false })
                .collect();
            successors.sort_unstable();
            successors.dedup();
            let record = &mut self.places[i].records[record];
            (record.successors, record.derived) = (successors, true);
        }
    }

    /// The point of each place: its own, or the mean of its successors'. A former province
    /// stands at the mean of its districts: its only successor is a far larger province.
    fn centres(&self, children: &Children) -> Box<[Option<(f32, f32)>]> {
        let mut points: Vec<_> = self.places.iter().map(|place| place.point).collect();
        let of_successors = |points: &[Option<(f32, f32)>], i: usize| {
            let successors = self.places[i].records.last().map_or(&[][..], |last| &last.successors);
            mean(successors.iter().filter_map(|successor| points[successor.place.index()]))
        };
        let is_province = |i: &usize| self.places[*i].level == Level::Province;
        for i in (0..self.old).filter(|i| !is_province(i)) {
            points[i] = of_successors(&points, i);
        }
        for i in (0..self.old).filter(is_province) {
            let districts = children.get(PlaceId(i as u32)).iter();
            let of_districts = || mean(districts.filter_map(|district| points[district.index()]));
            points[i] = points[i].or_else(of_districts);
        }
        // An abolished unit may have gone into one that was abolished later and stands
        // below it. No chain is longer than three.
        for _ in 0..3 {
            for i in self.listed()..self.places.len() {
                points[i] = of_successors(&points, i);
            }
        }
        points.into()
    }

    /// Enters each successor at the other end: in the record that began when this one
    /// ended, else in the last one of the era that it belongs to.
    fn reverse_edges(&mut self) {
        for i in 0..self.places.len() {
            for r in 0..self.places[i].records.len() {
                let record = &mut self.places[i].records[r];
                record.successors.sort_unstable();
                if record.derived {
                    continue;
                }
                let (from, listed) = (record.to.and_then(day_after), i < self.old);
                for s in 0..record.successors.len() {
                    let Successor { place, part } = self.places[i].records[r].successors[s];
                    let targets = &mut self.places[place.index()].records;
                    let begun = targets.iter().position(|target| from.is_some() && target.from == from);
                    let of_era = targets.iter().rposition(|target| listed || target.era == Era::Old);
                    let target = begun.or(of_era).unwrap_or(0);
                    targets[target].predecessors.push(Predecessor { place: PlaceId(i as u32), part });
                }
            }
        }
    }

    /// How many places are of the two lists; they come before the abolished ones.
    fn listed(&self) -> usize {
        self.places.len() - self.abolished.len()
    }

    fn push(
        &mut self,
        level: Level,
        above: Option<PlaceId>,
        record: DraftRecord,
        row: (&'static str, usize),
    ) -> &mut DraftPlace {
        let records = vec![record];
        self.places.push(DraftPlace {
            level,
            above,
            path: String::new(),
            twin: false,
            point: None,
            row,
            records,
        });
        let last = self.places.len() - 1;
        &mut self.places[last]
    }

    /// A place of the old list by its code; while that is read, of what has been read.
    fn old_place(&self, code: &str) -> Option<PlaceId> {
        let listed = if self.old == 0 { &self.places[..] } else { &self.places[..self.old] };
        let code_of = |place: &DraftPlace| by_level(place.records[0].code.unwrap_or(""));
        let index = listed.binary_search_by_key(&by_level(code), code_of).ok()?;
        Some(PlaceId(index as u32))
    }

    fn new_place(&self, code: &str) -> Option<PlaceId> {
        let index = self.new_codes.binary_search_by_key(&by_level(code), |&(code, _)| by_level(code)).ok()?;
        Some(self.new_codes[index].1)
    }

    /// A place by its code in the old list, or an abolished one by its path.
    fn refer(&self, reference: &str) -> Option<PlaceId> {
        match is_code(reference) {
            true => self.old_place(reference),
            false => self.abolished.get(reference).copied(),
        }
    }

    fn wrong(&self, place: usize, what: &str) -> String {
        let (file, line) = self.places[place].row;
        at(file, line, what)
    }
}

impl DraftRecord {
    fn new(era: Era, kind: Kind, name: &'static str, parent: Option<PlaceId>) -> DraftRecord {
        DraftRecord {
            era,
            kind,
            code: None,
            name,
            parent,
            from: None,
            to: None,
            targets: "",
            successors: Vec::new(),
            derived: false,
            predecessors: Vec::new(),
        }
    }

    fn finish(self) -> Record {
        Record {
            era: self.era,
            kind: self.kind,
            code: self.code,
            name: self.name,
            short: &self.name[self.kind.word().len() + 1..],
            parent: self.parent,
            from: self.from,
            to: self.to,
            successors: self.successors.leak(),
            predecessors: self.predecessors.leak(),
        }
    }
}

impl Children {
    /// Every place under each parent that any of its records names, in the order of ids.
    fn of(places: &[DraftPlace]) -> Children {
        let mut edges = Vec::with_capacity(places.len() + places.len() / 8);
        for (child, DraftPlace { records, .. }) in places.iter().enumerate() {
            for (i, record) in records.iter().enumerate() {
                let named = |earlier: &DraftRecord| earlier.parent == record.parent;
                if let Some(parent) = record.parent
                    && !records[..i].iter().any(named)
                {
                    edges.push((parent, PlaceId(child as u32)));
                }
            }
        }
        edges.sort_unstable();
        let mut starts = vec![0; places.len() + 1];
        for (parent, _) in &edges {
            starts[parent.index() + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        Children { starts, ids: edges.into_iter().map(|(_, child)| child).collect() }
    }

    fn get(&self, parent: PlaceId) -> &[PlaceId] {
        &self.ids[self.starts[parent.index()] as usize..self.starts[parent.index() + 1] as usize]
    }
}

fn finish(drafts: Vec<DraftPlace>) -> Box<[Place]> {
    let paths = leak_all(drafts.iter().map(|draft| draft.path.as_str()));
    let place = |(draft, path): (DraftPlace, &'static str)| {
        let records: Vec<Record> = draft.records.into_iter().map(DraftRecord::finish).collect();
        Place { level: draft.level, path, records: records.leak() }
    };
    drafts.into_iter().zip(paths).map(place).collect()
}

type Names = (Box<[(&'static str, Kind)]>, Box<[(PlaceId, u8)]>);

/// The index of names: every short name and variant with its kind, sorted, and beside it
/// the records. A name is folded once, however many places bear it.
fn index_names(gazetteer: &Gazetteer) -> Result<Names, String> {
    let mut keys: HashMap<&'static str, usize> = HashMap::with_capacity(gazetteer.len());
    let mut folded: Vec<String> = Vec::new();
    let mut entries: Vec<(usize, Kind, PlaceId, u8)> = Vec::with_capacity(gazetteer.len());
    let mut enter = |name: &'static str, kind: Kind, id: PlaceId, record: usize| {
        let key = *keys.entry(name).or_insert_with(|| {
            folded.push(fold(name));
            folded.len() - 1
        });
        entries.push((key, kind, id, record as u8));
    };
    for id in gazetteer.places() {
        for (i, record) in gazetteer.place(id).records.iter().enumerate() {
            enter(record.short, record.kind, id, i);
        }
    }
    for (line, row) in rows("variants.csv", VARIANTS).enumerate() {
        let [of, name] = row?;
        let id = if is_code(of) { gazetteer.by_code(Era::Old, of) } else { gazetteer.by_path(of) };
        let id = id.ok_or_else(|| at("variants.csv", line, "unknown place"))?;
        for (i, record) in gazetteer.place(id).records.iter().enumerate() {
            enter(name, record.kind, id, i);
        }
    }
    let folded: Vec<&'static str> = leak_all(folded.iter().map(String::as_str));
    // Numbers sort faster than names: rank the names first.
    let mut ranked: Vec<usize> = (0..folded.len()).collect();
    ranked.sort_unstable_by_key(|&key| folded[key]);
    let mut rank = vec![0; folded.len()];
    for (at, &key) in ranked.iter().enumerate() {
        rank[key] = at;
    }
    // Two spellings may fold to one key: they share the rank of the first.
    for pair in ranked.windows(2) {
        if folded[pair[0]] == folded[pair[1]] {
            rank[pair[1]] = rank[pair[0]];
        }
    }
    entries.sort_unstable_by_key(|&(key, kind, id, record)| (rank[key], kind, id, record));
    entries.dedup_by_key(|&mut (key, kind, id, record)| (rank[key], kind, id, record));
    let (names, named): (Vec<_>, Vec<_>) =
        entries.into_iter().map(|(key, kind, id, record)| ((folded[key], kind), (id, record))).unzip();
    Ok((names.into(), named.into()))
}

/// The rows after the heading, each cut at its first N - 1 commas.
fn rows<const N: usize>(
    file: &'static str,
    text: &'static str,
) -> impl Iterator<Item = Result<[&'static str; N], String>> {
    text.lines().skip(1).enumerate().map(move |(line, row)| {
        let mut fields = row.splitn(N, ',');
        let row = std::array::from_fn(|_| fields.next());
        match row.iter().all(Option::is_some) {
            true => Ok(row.map(Option::unwrap_or_default)),
            false => Err(at(file, line, "too few fields")),
        }
    })
}

/// What is wrong where; lines count from 1, and the first is the heading.
fn at(file: &str, line: usize, what: &str) -> String {
    format!("{file}:{}: {what}", line + 2)
}

/// The kind whose capitalised type word begins `name`, if a short name follows.
fn kind_of(name: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| {
        // Only the first letter differs in case, and it is as long in both.
        let word = kind.word();
        let first = word.chars().next().map_or(0, char::len_utf8);
        let (word_end, rest) = (word.len(), &word.as_bytes()[first..]);
        name.len() > word_end + 1
            && name.as_bytes()[word_end] == b' '
            && name.as_bytes()[first..word_end] == *rest
            && name
                .chars()
                .next()
                .is_some_and(|c| c.is_uppercase() && c.to_lowercase().eq(word.chars().take(1)))
    })
}

fn is_code(reference: &str) -> bool {
    reference.bytes().all(|byte| byte.is_ascii_digit())
}

fn partial(target: &str) -> (&str, bool) {
    target.strip_suffix('~').map_or((target, false), |target| (target, true))
}

fn day(text: &str) -> Result<Option<Day>, ()> {
    match (text, Date::parse(text)) {
        ("", _) => Ok(None),
        (_, Ok(Date::At(day, None))) => Ok(Some(day)),
        _ => Err(()),
    }
}

/// The next day; `None` if the day is not known.
fn day_after(day: Day) -> Option<Day> {
    let (month, date) = (day.month?, day.day?);
    Day::new(day.year, month, date + 1)
        .or_else(|| Day::new(day.year, month + 1, 1))
        .or_else(|| Day::new(day.year + 1, 1, 1))
}

fn mean(points: impl Iterator<Item = (f32, f32)>) -> Option<(f32, f32)> {
    let (mut count, mut lat, mut lon) = (0, 0.0, 0.0);
    for point in points {
        count += 1;
        lat += f64::from(point.0);
        lon += f64::from(point.1);
    }
    (count > 0).then(|| ((lat / f64::from(count)) as f32, (lon / f64::from(count)) as f32))
}

/// The same strings, in one allocation that stays for good.
fn leak_all<'a>(strings: impl Iterator<Item = &'a str> + Clone) -> Vec<&'static str> {
    let mut rest: &'static str = strings.clone().collect::<String>().leak();
    let take = |string: &str| {
        let (own, others) = rest.split_at(string.len());
        rest = others;
        own
    };
    strings.map(take).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abolished_unit_whose_path_is_taken_ends_in_its_last_year() {
        let mut draft = Draft::default();
        let read = draft.read_old().and_then(|()| draft.read_new()).and_then(|()| draft.link_old());
        assert_eq!(read, Ok(()));
        draft.address_listed();
        let listed = Children::of(&draft.places);
        let free =
            |draft: &Draft, district, name, to| draft.free_path(&listed, draft.old_place(district), name, to);
        let year = Some(Day { year: 2020, month: None, day: None });

        let ward = "thanh-pho-ho-chi-minh/quan-3/phuong-9";
        assert_eq!(free(&draft, "770", "Phường 9", year), format!("{ward}-2020"));
        assert_eq!(free(&draft, "770", "Phường 9", None), format!("{ward}-cu"));
        assert_eq!(free(&draft, "770", "Phường 10", year), "thanh-pho-ho-chi-minh/quan-3/phuong-10");
        draft.abolished.insert(format!("{ward}-2020"), PlaceId(0));
        assert_eq!(free(&draft, "770", "Phường 9", year), format!("{ward}-2020-2"));
        // Nor is the plain path of twins free.
        let twin = "tinh-thanh-hoa/huyen-hoang-hoa/xa-hoang-thanh";
        assert_eq!(free(&draft, "399", "Xã Hoằng Thạnh", year), format!("{twin}-2020"));
    }

    #[test]
    fn what_is_wrong_with_a_row_is_said_with_its_line() {
        let two: Vec<Result<[&str; 3], String>> = rows("x.csv", "a,b,c\n1,2,3, 4\n1,2\n").collect();
        assert_eq!(two, [Ok(["1", "2", "3, 4"]), Err("x.csv:3: too few fields".to_owned())]);
    }

    #[test]
    fn the_day_after_the_last_of_a_month_or_year_is_the_first_of_the_next() {
        let day = |y, m, d| Day::new(y, m, d);
        assert_eq!(day(2020, 2, 29).and_then(day_after), day(2020, 3, 1));
        assert_eq!(day(2024, 12, 31).and_then(day_after), day(2025, 1, 1));
        assert_eq!(day_after(Day { year: 2020, month: None, day: None }), None);
    }
}
