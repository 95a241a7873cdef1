//! Units: an organ with its place, alone, or several that share one.
//!
//! "Huyện ủy Mỹ Xuyên", "Ban Thường vụ Tỉnh ủy", "UBND tỉnh", "Thành ủy, HĐND, UBND thành phố
//! Sóc Trăng", "Quận ủy 1, 3, 5, Tân Bình". A name without its place, a back-reference, says
//! at least its level: "UBND tỉnh" does, "UBND" alone only beside one that does. Posts before
//! the organ and persons behind it are left out; ranks ("Tỉnh ủy viên"), plurals ("các tỉnh
//! ủy") and bodies of the centre are nothing.

use super::lexicon::{Role, type_word};
use super::place::{self, Place, Typed};
use super::reader::Reader;
use super::text::{Form, Gap, Token, Word};
use crate::gazetteer::Level;
use crate::organ::{self, Form as Joined, OrganId, Places};

/// A unit as written.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The organs that the words may mean, each with the places it takes; never empty.
    pub readings: Box<[(OrganId, Places)]>,
    /// Its place.
    pub place: UnitPlace,
    /// First byte of the words for its place; the mention's end if it has none.
    pub place_at: u32,
}

/// The place of a unit as written.
#[derive(Clone, Copy, Debug)]
pub enum UnitPlace {
    /// Named: with the unit, or with another of the same list.
    Named(Place),
    /// A type word alone: "UBND tỉnh".
    Level(Places),
    /// Nothing, or what the organ says itself: "Tỉnh ủy".
    Own,
}

/// An organ at some token, with what stands for its place.
struct Part {
    start: usize,
    /// The token after the organ.
    organ_end: usize,
    /// The token after its place.
    end: usize,
    readings: Vec<(OrganId, Places)>,
    place: Option<UnitPlace>,
    place_at: usize,
}

/// What was found at a token where an organ may begin.
pub(super) enum Outcome {
    /// Mentions were added; the token after them.
    Found(usize),
    /// Something that is no mention; the token after it.
    Skip(usize),
    /// No organ.
    Nothing,
}

/// Most organs that share a place; the bound keeps a text of nothing else linear.
const LONGEST_LIST: usize = 12;

/// Last words of posts.
const POST_ENDS: [Word; 9] = [
    Word::of("chánh"),
    Word::of("phó"),
    Word::of("thư"),
    Word::of("tịch"),
    Word::of("viên"),
    Word::of("trưởng"),
    Word::of("đốc"),
    Word::of("nhiệm"),
    Word::of("ban"),
];
const RANK: Word = Word::of("viên");

impl Reader<'_> {
    /// Reads the units whose first organ begins at `at`.
    pub(super) fn units(&mut self, at: usize) -> Outcome {
        if self.is_central_before(at) {
            return Outcome::Nothing;
        }
        let plural = at > 0 && (self.is_plural(at - 1) || self.is_counted(at) || self.is_of_several(at));
        let mut parts = Vec::new();
        let mut next = at;
        loop {
            match self.organ(next) {
                Ok(Some(part)) => parts.push(part),
                Ok(None) => break,
                Err(skip) if parts.is_empty() => return Outcome::Skip(skip),
                Err(_) => break,
            }
            let end = parts[parts.len() - 1].end;
            // Only what has no place of its own waits for that of the next.
            match self.separator(end) {
                Some(after) if parts.len() < LONGEST_LIST && parts[parts.len() - 1].place.is_none() => {
                    next = self.after_post(after)
                }
                _ => break,
            }
        }
        share_places(&mut parts);
        let first = self.out.len();
        let mut end = at;
        for part in &parts {
            let named = matches!(part.place, Some(UnitPlace::Named(_)));
            if !named && plural || part.place.is_none() && !self.stands_for_itself(part) {
                continue;
            }
            end = part.end;
            self.push_unit(part);
        }
        if self.out.len() == first {
            // "các quận ủy, huyện ủy, thành ủy" are none of them.
            return match parts.last() {
                Some(last) if plural => Outcome::Skip(last.end),
                _ => Outcome::Nothing,
            };
        }
        let last = &parts[parts.len() - 1];
        if last.end == end && matches!(last.place, Some(UnitPlace::Named(_))) && last.place_at < last.end {
            end = self.more_places(last, end);
        }
        Outcome::Found(end)
    }

    /// "38 đảng bộ xã", "các huyện, thành ủy": several, of which none is named.
    fn is_counted(&self, at: usize) -> bool {
        const HALVES: [Word; 6] = [
            Word::of("huyện"),
            Word::of("quận"),
            Word::of("xã"),
            Word::of("tỉnh"),
            Word::of("thị"),
            Word::of("thành"),
        ];
        let before = &self.tokens[at - 1];
        if self.tokens[at].gap != Gap::Space || self.tokens[at].is_capital() && before.form != Form::Number {
            return false;
        }
        // "Đoàn công tác số 3 Thường trực Tỉnh ủy" are not three.
        let counts = before.form == Form::Number
            && !at
                .checked_sub(2)
                .is_some_and(|at| self.lexicon.role(self.tokens[at].word).has(Role::NUMBERED));
        counts
            || before.is(',')
                && HALVES.contains(&self.tokens[at].word)
                && at > 1
                && HALVES.contains(&self.tokens[at - 2].word)
                && self.tokens[at - 2].form == Form::Lower
    }

    /// "các tân Chủ tịch UBND tỉnh", "một số giám đốc công an tỉnh": posts of several.
    fn is_of_several(&self, at: usize) -> bool {
        const NEW: Word = Word::of("tân");
        let mut first = at;
        while first > 0 && at - first < 5 {
            let role = self.lexicon.role(self.tokens[first - 1].word);
            let post = role.has(Role::POST)
                || POST_ENDS.contains(&self.tokens[first - 1].word)
                || self.tokens[first - 1].word == NEW;
            if !post || self.tokens[first].gap != Gap::Space {
                break;
            }
            first -= 1;
        }
        if first == at || first == 0 || self.tokens[first].gap != Gap::Space {
            return false;
        }
        let before = self.lexicon.role(self.tokens[first - 1].word);
        const SOME: (Word, Word) = (Word::of("một"), Word::of("số"));
        let some = first > 1 && (self.tokens[first - 2].word, self.tokens[first - 1].word) == SOME;
        before.has(Role::PLURAL.and(Role::COUNT)) || some
    }

    fn push_unit(&mut self, part: &Part) {
        let place = part.place.unwrap_or(UnitPlace::Own);
        let readings: Vec<(OrganId, Places)> = match place {
            UnitPlace::Named(place) => narrowed(&part.readings, place.takes),
            UnitPlace::Level(takes) => narrowed(&part.readings, takes),
            UnitPlace::Own => part.readings.clone(),
        };
        let place_at = match part.place_at < part.end {
            true => self.tokens[part.place_at].start,
            false => self.tokens[part.end - 1].end,
        };
        let unit = Unit { readings: readings.into(), place, place_at };
        self.push(part.start, part.end, super::What::Unit(Box::new(unit)));
    }

    /// "Quận ủy 4, 8, Bình Thạnh": further places of the same organ.
    fn more_places(&mut self, part: &Part, mut end: usize) -> usize {
        let Some(UnitPlace::Named(place)) = part.place else { return end };
        let takes =
            part.readings.iter().fold(Places::NONE, |all, (_, places)| all.or(*places)).and(place.takes);
        while let Some(after) = self.separator(end) {
            let Some(token) = self.tokens.get(after).filter(|token| token.gap == Gap::Space) else { break };
            // A bare number goes on a list of numbered places only.
            let numbered = self.tokens[end - 1].form == Form::Number;
            if token.form == Form::Number && !numbered {
                break;
            }
            let Some(name) = place::name_at(self.lexicon, self.tokens, after, takes, self.hits) else {
                break;
            };
            let further = Place::new(name.id, takes, Typed::List);
            // "Huyện ủy Mỹ Xuyên, Sóc Trăng": the place it lies in, not another one.
            let upper = Place { takes: Places::ALL, typed: Typed::Bare, ..further };
            if place::may_lie_in(&place, &upper) && !place::may_lie_in(&further, &upper)
                || place::goes_on(self.lexicon, self.tokens, name.next)
                || !place::is_written_as_name(&self.tokens[after..name.next])
                || self.begins_organ(after)
                || token.form == Form::Number && !self.is_place_number(after, name.next)
            {
                break;
            }
            let further = Part {
                start: after,
                organ_end: after,
                end: name.next,
                readings: part.readings.clone(),
                place: Some(UnitPlace::Named(further)),
                place_at: after,
            };
            self.push_unit(&further);
            end = name.next;
        }
        end
    }

    /// Whether an organ without a place says enough by itself.
    fn stands_for_itself(&self, part: &Part) -> bool {
        // "Trung tâm Y tế dự phòng", "Phòng Giáo dục Trung học": the name of another goes on.
        const MORE: [(Word, Word); 8] = [
            (Word::of("dự"), Word::of("phòng")),
            (Word::of("trung"), Word::of("học")),
            (Word::of("tiểu"), Word::of("học")),
            (Word::of("mầm"), Word::of("non")),
            (Word::of("đa"), Word::of("khoa")),
            (Word::of("khu"), Word::of("vực")),
            (Word::of("chuyên"), Word::of("trách")),
            (Word::of("vùng"), Word::of("cảnh")),
        ];
        if let Some([first, second]) = self.tokens.get(part.end..part.end + 2)
            && first.gap == Gap::Space
            && MORE.contains(&(first.word, second.word))
        {
            return false;
        }
        // "trung tâm y tế các huyện", "đảng ủy các cấp".
        if self
            .tokens
            .get(part.end)
            .is_some_and(|t| t.gap == Gap::Space && self.lexicon.role(t.word).has(Role::PLURAL))
        {
            return false;
        }
        if self.goes_on(part.end) && !(self.is_post(part.start) && self.run_end(part.end) > part.end + 1) {
            return false;
        }
        // One level, as every Sở has, or one kind of place, as Thành ủy has.
        let takes = part.readings.iter().fold(Places::NONE, |all, (_, places)| all.or(*places));
        takes.levels().count() == 1 || takes.kind().is_some()
    }

    /// The organ at `at` with its place, if it has one. `Err` holds the token after something
    /// that begins like one and is none.
    fn organ(&mut self, at: usize) -> Result<Option<Part>, usize> {
        let mut hits = Vec::new();
        self.lexicon.organ_names(self.tokens, at, &mut hits);
        let mut best: Option<(usize, Vec<(OrganId, Places)>)> = None;
        let mut before_type_word = false;
        let mut is_national = false;
        for hit in hits.iter().rev() {
            if hit.next == at + 1 && !self.tokens[at].is_capital() {
                continue;
            }
            let mut found: Vec<(usize, OrganId, Places, bool, bool)> = Vec::new();
            for name in self.lexicon.organs(*hit) {
                let organ = organ::get(name.organ);
                if organ.form != Joined::Body {
                    found.push((hit.next, name.organ, organ.places, name.before_type_word, name.national));
                    continue;
                }
                if self.is_part_of_post(at, organ.id) {
                    continue;
                }
                for (end, host, weak) in self.hosts(hit.next, &organ.parents) {
                    let takes = organ.places.and(host);
                    if !takes.is_empty() {
                        found.push((end, name.organ, takes, weak, false));
                    }
                }
                let alone = self.lexicon.organs(*hit).len() == 1;
                let only = organ.parents.len() == 1 && organ.places.levels().count() == 1;
                if alone && !is_level_less(organ.id) {
                    found.push((hit.next, name.organ, organ.places, !only, false));
                }
            }
            let Some(longest) = found.iter().map(|reading| reading.0).max() else { continue };
            if best.as_ref().is_none_or(|(end, _)| longest > *end) {
                found.retain(|reading| reading.0 == longest);
                before_type_word = found.iter().all(|reading| reading.3);
                is_national = found.iter().any(|reading| reading.4);
                if !before_type_word {
                    // Those that count only before a type word are there if one follows.
                    let typed = type_word(self.tokens, longest).is_some();
                    found.retain(|reading| typed || !reading.3);
                }
                best = Some((longest, found.into_iter().map(|reading| (reading.1, reading.2)).collect()));
            }
        }
        let Some((organ_end, readings)) = best else { return Ok(None) };
        let mut part =
            Part { start: at, organ_end, end: organ_end, readings, place: None, place_at: organ_end };
        if self.is_rank(organ_end) {
            return Err(organ_end + 1);
        }
        if let Some(end) = self.central_after(organ_end) {
            return Err(end);
        }
        if let Some(inner) = self.agency_after(at, organ_end) {
            return Err(match self.organ(inner) {
                Ok(Some(part)) => part.end,
                _ => inner,
            });
        }
        self.place_of(&mut part)?;
        if part.place.is_none() {
            let end = self.after_bracket(organ_end);
            if end > organ_end {
                part.organ_end = end;
                self.place_of(&mut part)?;
                part.organ_end = organ_end;
            }
        }
        if before_type_word && !self.begins_with_type(&part) || is_national && part.place.is_none() {
            return Ok(None);
        }
        Ok(Some(part))
    }

    fn begins_with_type(&self, part: &Part) -> bool {
        part.place.is_some() && type_word(self.tokens, part.place_at).is_some()
    }

    /// The organs at `at` that are among `parents`, each with the token after it and the
    /// places it takes; and whether it counts before a type word only.
    fn hosts(&self, at: usize, parents: &[OrganId]) -> Vec<(usize, Places, bool)> {
        let mut found = Vec::new();
        const OF: Word = Word::of("của");
        let at = self.after_bracket(at);
        let of = self.tokens.get(at).is_some_and(|token| token.word == OF && token.gap == Gap::Space);
        let at = at + usize::from(of);
        if self.tokens.get(at).is_none_or(|token| token.gap != Gap::Space || token.form == Form::Mark) {
            return found;
        }
        let mut hits = Vec::new();
        self.lexicon.organ_names(self.tokens, at, &mut hits);
        for hit in hits {
            for name in self.lexicon.organs(hit) {
                let host = organ::get(name.organ);
                if parents.contains(&name.organ) {
                    found.push((hit.next, host.places, name.before_type_word));
                    // "Ban Chấp hành Đảng bộ": a host that is itself a body of its places.
                }
            }
        }
        found
    }

    /// Reads the place behind the organ into `part`. `Err`: what stands there is the name of
    /// something unknown, which must not pass for a back-reference.
    fn place_of(&mut self, part: &mut Part) -> Result<(), usize> {
        let at = part.organ_end;
        let Some(token) = self.tokens.get(at).filter(|token| token.gap == Gap::Space) else { return Ok(()) };
        if token.form == Form::Mark {
            return Ok(());
        }
        let takes = part.readings.iter().fold(Places::NONE, |all, (_, places)| all.or(*places));
        let role = self.lexicon.role(token.word);
        let new = |name: place::Name, takes, typed, tokens: &[Token]| Place {
            name: name.id,
            takes,
            typed,
            inside: 0,
            past: place::is_past(tokens, name.next),
            preposed: false,
            denied: false,
            opens: false,
        };
        if role.has(Role::TYPE) {
            // "TP.HCM" is a name with its type word.
            if let Some(name) = place::name_at(self.lexicon, self.tokens, at, takes, self.hits)
                && type_word(self.tokens, at).is_some_and(|(_, next)| next < name.next)
            {
                part.place = Some(UnitPlace::Named(new(name, takes, Typed::Word, self.tokens)));
                (part.place_at, part.end) = (at, name.next);
                return Ok(());
            }
            if let Some((kind, mut next)) = type_word(self.tokens, at) {
                let kinds = takes.and(Places::of_kind(kind));
                if kinds.is_empty() {
                    return if self.begins_name(next) { Err(next) } else { Ok(()) };
                }
                next = self.after_island(next);
                if let Some(name) = place::name_at(self.lexicon, self.tokens, next, kinds, self.hits)
                    && self.tokens[next].gap != Gap::Line
                {
                    if !self.goes_on(name.next) {
                        part.place = Some(UnitPlace::Named(new(name, kinds, Typed::Word, self.tokens)));
                        (part.place_at, part.end) = (at, name.next);
                        return Ok(());
                    }
                    if !self.is_holder(next, kinds) {
                        return Err(self.run_end(next));
                    }
                }
                let dot = self.tokens[next - 1].is('.');
                if self.begins_name(next) && !dot && !self.is_holder(next, kinds) {
                    return Err(self.run_end(next));
                }
                part.place = Some(UnitPlace::Level(kinds));
                (part.place_at, part.end) = (at, if dot { next - 1 } else { next });
                return Ok(());
            }
        }
        let numbered = token.form == Form::Number;
        // "Quận ủy 11", "Ban Thường vụ Quận ủy 11": where the organ says what is numbered.
        if numbered && takes.kind().is_none() {
            return Ok(());
        }
        if let Some(name) = place::name_at(self.lexicon, self.tokens, at, takes, self.hits)
            && (!self.goes_on(name.next)
                || self.is_post(part.start) && self.run_end(name.next) > name.next + 1)
            && (!numbered || self.is_place_number(at, name.next))
        {
            part.place = Some(UnitPlace::Named(new(name, takes, Typed::Bare, self.tokens)));
            (part.place_at, part.end) = (at, name.next);
        }
        Ok(())
    }

    /// "Chủ tịch UBND tỉnh Trần Văn Lâu": a person behind a type word. Communes are too many
    /// for all to be known, so behind their type words it takes a full name.
    fn is_holder(&self, at: usize, takes: Places) -> bool {
        let least = if takes.levels().all(|level| level == Level::Commune) { 3 } else { 2 };
        self.is_person(at) && self.run_end(at) >= at + least
    }

    /// "huyện đảo Phú Quý": a word between the type word and the name.
    fn after_island(&self, at: usize) -> usize {
        const ISLAND: Word = Word::of("đảo");
        let island = self.tokens.get(at).is_some_and(|token| token.word == ISLAND && !token.is_capital());
        if island && self.begins_name(at + 1) { at + 1 } else { at }
    }

    /// The token after a bracket that repeats the organ's name: "(TTPTQĐ)".
    pub(super) fn after_bracket(&self, at: usize) -> usize {
        if !self.tokens.get(at).is_some_and(|token| token.is('(')) {
            return at;
        }
        let close = (at + 1..at + 6).find(|&i| self.tokens.get(i).is_some_and(|token| token.is(')')));
        match close {
            Some(close) if close > at + 1 && self.tokens[at + 1].form == Form::Upper => close + 1,
            _ => at,
        }
    }

    fn is_rank(&self, next: usize) -> bool {
        self.tokens.get(next).is_some_and(|token| token.word == RANK && token.form == Form::Lower)
    }

    /// "Phó Bí thư Thường trực Tỉnh ủy": the body is a word of the post.
    fn is_part_of_post(&self, at: usize, id: &str) -> bool {
        id.starts_with("thuong-truc")
            && at > 0
            && POST_ENDS.contains(&self.tokens[at - 1].word)
            && self.tokens[at].gap == Gap::Space
    }

    /// "Bộ Công an", "Tổng Liên đoàn Lao động", "Trung ương Hội Nông dân": the centre's.
    fn is_central_before(&self, at: usize) -> bool {
        const BAN: Word = Word::of("ban");
        const UY: Word = Word::of("ủy");
        // "Ủy ban Dân tộc" is no "Ban Dân tộc".
        if at > 0
            && self.tokens[at].word == BAN
            && self.tokens[at - 1].word == UY
            && self.tokens[at].gap == Gap::Space
        {
            return true;
        }
        const BEFORE: [Word; 6] = [
            Word::of("bộ"),
            Word::of("tổng"),
            Word::of("ương"),
            Word::of("tw"),
            Word::of("cục"),
            Word::of("liên"),
        ];
        // The "TW" of "01-KL/TW Huyện ủy Mỹ Xuyên" belongs to the number.
        at > 0
            && self.spans.last().is_none_or(|span| span.1 != at)
            && self.tokens[at].gap == Gap::Space
            && BEFORE.contains(&self.tokens[at - 1].word)
            && (self.tokens[at - 1].is_capital() || self.tokens[at - 1].word == BEFORE[2])
    }

    /// "Đảng ủy cơ quan UBND xã", "Đảng bộ VKSND tỉnh": the Party in an agency, which is no
    /// organ of the place. The token at which the agency begins.
    fn agency_after(&self, at: usize, organ_end: usize) -> Option<usize> {
        const PARTY: [[Word; 2]; 2] =
            [[Word::of("đảng"), Word::of("ủy")], [Word::of("đảng"), Word::of("bộ")]];
        const OFFICE: [Word; 2] = [Word::of("cơ"), Word::of("quan")];
        let words = |from: usize| Some([self.tokens.get(from)?.word, self.tokens.get(from + 1)?.word]);
        let is_party = organ_end >= at + 2 && PARTY.contains(&words(organ_end - 2)?);
        if !is_party || self.tokens.get(organ_end)?.gap != Gap::Space {
            return None;
        }
        if words(organ_end) == Some(OFFICE) {
            return Some(organ_end + 2);
        }
        (type_word(self.tokens, organ_end).is_none() && self.begins_organ(organ_end)).then_some(organ_end)
    }

    /// The token after "Trung ương", "Việt Nam" … behind an organ: one of the centre.
    fn central_after(&self, at: usize) -> Option<usize> {
        const CENTRE: [(Word, Option<Word>); 9] = [
            (Word::of("trung"), Some(Word::of("ương"))),
            (Word::of("việt"), Some(Word::of("nam"))),
            (Word::of("tw"), None),
            (Word::of("tư"), None),
            (Word::of("chính"), Some(Word::of("phủ"))),
            (Word::of("quốc"), Some(Word::of("hội"))),
            (Word::of("nhà"), Some(Word::of("nước"))),
            (Word::of("bộ"), None),
            (Word::of("tối"), Some(Word::of("cao"))),
        ];
        // "Phòng Tham mưu - Cục CSGT": of the office behind the dash.
        const OFFICES: [Word; 3] = [Word::of("cục"), Word::of("bộ"), Word::of("tổng")];
        if self.tokens.get(at).is_some_and(|token| token.is('-'))
            && self
                .tokens
                .get(at + 1)
                .is_some_and(|token| token.is_capital() && OFFICES.contains(&token.word))
            && !self.begins_organ(at + 1)
        {
            return Some(at + 2);
        }
        let first = self.tokens.get(at).filter(|token| token.gap == Gap::Space)?;
        let second = self.tokens.get(at + 1);
        let next = CENTRE.iter().find_map(|(one, two)| match two {
            _ if *one != first.word => None,
            Some(two) => second.filter(|second| second.word == *two).map(|_| at + 2),
            None => first.is_capital().then_some(at + 1),
        })?;
        // "Hội Nông dân Việt Nam huyện Mỹ Xuyên" is of the district.
        type_word(self.tokens, next).is_none().then_some(next)
    }

    /// "Bí thư Huyện ủy, Chủ tịch HĐND huyện Mỹ Xuyên": past the post that stands before the
    /// next organ.
    fn after_post(&self, at: usize) -> usize {
        let is_post = |at: usize| {
            self.tokens.get(at).is_some_and(|token| {
                let role = self.lexicon.role(token.word);
                token.gap == Gap::Space && (role.has(Role::POST) || POST_ENDS.contains(&token.word))
            })
        };
        let mut next = at;
        while next < at + 6 && is_post(next) && !self.begins_organ(next) {
            next += 1;
        }
        next
    }

    /// Whether a post stands before the organ: "Bí thư Huyện ủy Giáp Văn Ơn".
    fn is_post(&self, at: usize) -> bool {
        at > 0 && self.tokens[at].gap == Gap::Space && POST_ENDS.contains(&self.tokens[at - 1].word)
    }

    pub(super) fn begins_organ(&self, at: usize) -> bool {
        let mut hits = Vec::new();
        self.lexicon.organ_names(self.tokens, at, &mut hits);
        !hits.is_empty()
    }

    /// The token after a comma, "và", a dash … that joins two names.
    pub(super) fn separator(&self, at: usize) -> Option<usize> {
        const AND: [Word; 3] = [Word::of("và"), Word::of("cùng"), Word::of("với")];
        let token = self.tokens.get(at).filter(|token| token.gap != Gap::Line)?;
        let joins = [',', ';', '-', '/', '&'].iter().any(|&mark| token.is(mark));
        if !joins && token.word != AND[0] {
            return None;
        }
        let mut next = at + 1;
        if joins && self.tokens.get(next).is_some_and(|token| token.word == AND[0]) {
            next += 1;
        }
        self.tokens.get(next).filter(|token| token.gap != Gap::Line).map(|_| next)
    }
}

/// Gives organs without a place that of the next in the list.
fn share_places(parts: &mut [Part]) {
    for at in (1..parts.len()).rev() {
        let (before, after) = parts.split_at_mut(at);
        let (own, next) = (&mut before[at - 1], &after[0]);
        let shared = match next.place {
            Some(UnitPlace::Named(place)) => Some((UnitPlace::Named(place), place.takes)),
            Some(UnitPlace::Level(takes)) => Some((UnitPlace::Level(takes), takes)),
            // "Tỉnh ủy, HĐND": a committee says the place of those behind it only.
            _ => None,
        };
        if let (None, Some((shared, takes))) = (own.place, shared)
            && !narrowed(&own.readings, takes).is_empty()
        {
            own.place = Some(match shared {
                UnitPlace::Named(place) => UnitPlace::Named(Place { inside: 0, ..place }),
                other => other,
            });
        }
    }
}

fn narrowed(readings: &[(OrganId, Places)], takes: Places) -> Vec<(OrganId, Places)> {
    readings
        .iter()
        .map(|(organ, own)| (*organ, own.and(takes)))
        .filter(|(_, places)| !places.is_empty())
        .collect()
}

/// Bodies whose name alone is a common word.
fn is_level_less(id: &str) -> bool {
    matches!(id, "van-phong-cap-uy" | "van-phong-ubnd" | "van-phong-hdnd")
}
