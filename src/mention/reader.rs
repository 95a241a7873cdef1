//! One pass over the tokens of a block.
//!
//! At each token the recognisers are asked in turn: a document, an organ, something that is
//! only called after a place, a type word, a bare name. What one of them takes, none of the
//! others sees; so mentions never overlap.

use super::lexicon::{Lexicon, Role, type_word};
use super::place::{self, Place, Typed};
use super::text::{Form, Gap, Token, Word};
use super::trie::Hit;
use super::unit::{Outcome, UnitPlace};
use super::{Mention, OwnNames, What, directive};
use crate::organ::Places;

/// Reads one block.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lexicon: &'static Lexicon,
    pub(super) out: &'a mut Vec<Mention>,
    /// For each mention of this block, its first token and the one after it.
    pub(super) spans: &'a mut Vec<(usize, usize)>,
    pub(super) hits: &'a mut Vec<Hit>,
    /// Mentions of earlier blocks.
    pub(super) first: usize,
    /// All in capitals, which then tell nothing.
    pub(super) headline: bool,
    /// Phrases of sport so far.
    pub(super) sports: u32,
    /// Names of the site's own records.
    pub(super) own: Option<&'a OwnNames>,
}

impl Reader<'_> {
    pub(super) fn read(&mut self) {
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            let may_begin = match token.form {
                Form::Mark => false,
                Form::Number => directive::may_be_bare(self.tokens, at),
                Form::Lower => self.lexicon.may_begin_small(token.word),
                Form::Title | Form::Upper | Form::Mixed => true,
            };
            let next = match may_begin {
                true => self.longest(at),
                false if token.form == Form::Lower => self.own_name(at),
                false => at,
            };
            at = next.max(at + 1);
        }
    }

    /// A name of the site's own that begins at `at`, where nothing else may.
    fn own_name(&mut self, at: usize) -> usize {
        let Some((name, end)) = self.own.and_then(|own| own.at(self.tokens, at)) else { return at };
        self.push(at, end, What::Own(name.into()));
        end
    }

    /// What begins at `at`: a name of the site's own, unless something longer does.
    fn longest(&mut self, at: usize) -> usize {
        let own = self.own.and_then(|own| own.at(self.tokens, at));
        let before = self.out.len();
        let next = self.step(at);
        let Some((name, end)) = own else { return next };
        if self.out.len() > before && self.spans[before - self.first].0 == at {
            let builtin = self.spans[before - self.first].1;
            if builtin > end {
                return next;
            }
        }
        self.out.truncate(before);
        self.spans.truncate(before - self.first);
        self.push(at, end, What::Own(name.into()));
        end
    }

    /// What begins at `at`, which is no mark, and a number only if it may be a document's.
    fn step(&mut self, at: usize) -> usize {
        let token = self.tokens[at];
        let number = token.form == Form::Number;
        let role = if number { Role::DOCUMENT } else { self.lexicon.role(token.word) };
        if role.has(Role::DOCUMENT)
            && let Some((found, next)) = directive::at(self.text, self.tokens, at)
        {
            for found in found {
                let (start, end) = found.span;
                self.spans.push(found.tokens);
                self.out.push(Mention { start, end, what: What::Directive(Box::new(found.directive)) });
            }
            return next;
        }
        if number || !role.has(Role::SMALL_STARTS.and(Role::PLACE)) {
            return at + 1;
        }
        if role.has(Role::SPORT) {
            self.sports += u32::from(self.lexicon.is_sport(self.tokens, at));
        }
        if role.has(Role::ORGAN) {
            match self.units(at) {
                Outcome::Found(next) => return next,
                Outcome::Skip(next) => return next,
                Outcome::Nothing => {}
            }
        }
        if role.has(Role::BEARER)
            && let Some(end) = self.bearer(at)
        {
            return end;
        }
        if role.has(Role::TYPE)
            && let Some(next) = self.typed_places(at)
        {
            return next;
        }
        if role.has(Role::PLACE) && token.is_capital() {
            return self.bare_place(at);
        }
        at + 1
    }

    pub(super) fn push(&mut self, start: usize, end: usize, what: What) {
        let mention = Mention { start: self.tokens[start].start, end: self.tokens[end - 1].end, what };
        let is_place = matches!(mention.what, What::Place(_));
        self.spans.push((start, end));
        self.out.push(mention);
        if is_place {
            self.join_chain();
        }
    }

    /// Something called after a place: the token after its name.
    fn bearer(&mut self, at: usize) -> Option<usize> {
        let hit = self.lexicon.bearer(self.tokens, at)?;
        if at > 0 && self.tokens[at].gap == Gap::Space {
            // "Phạm Trường Thọ": a word within a person's name; but "Trường Mầm non".
            let before = self.tokens[at - 1];
            let within = self.tokens[at].is_capital()
                && self.lexicon.role(before.word).has(Role::FAMILY)
                && before.form == Form::Title
                && self.tokens[at].form == Form::Title
                && !self.headline;
            if within || self.is_second_half(at) {
                return None;
            }
        }
        // "Trà Vinh", "Cam Lâm": the name of a place itself.
        let own = place::name_at(self.lexicon, self.tokens, at, Places::ALL, self.hits);
        if own.is_some_and(|name| name.next > hit.next) {
            return None;
        }
        // "dự án UBND tỉnh trình": what an organ does is not called after it. "báo cáo Huyện
        // ủy", "báo Công an phường": no newspaper is told.
        let next = self.tokens.get(hit.next)?;
        let organ = (!hit.is_loose() || hit.is_press()) && self.begins_organ(hit.next);
        let told = at == 0 || self.tokens[at].is_capital() || self.is_told_of(at - 1);
        if organ && !(hit.is_press() && told) || hit.is_press() && !next.is_capital() {
            return None;
        }
        let hit = Hit { next: self.after_bracket(hit.next), ..hit };
        let mut end = place::bearer_end(self.lexicon, self.tokens, hit.next, hit.is_loose())?;
        // "các KCN Lễ Môn, Lam Sơn, Bỉm Sơn": all of the list are called so.
        let plural = |at: usize| at > 0 && self.is_plural(at - 1);
        let headed = at > 0 && self.lexicon.role(self.tokens[at - 1].word).has(Role::BEARER);
        if plural(at) || headed && plural(at - 1) {
            while let Some(after) = self.separator(end).filter(|&after| {
                self.tokens[after].is_capital()
                    && !self.lexicon.role(self.tokens[after].word).has(Role::ORGAN.and(Role::TYPE))
            }) {
                end = self.run_end(after);
            }
        }
        Some(end)
    }

    /// "theo báo Công an TP.HCM", "phóng viên báo …".
    fn is_told_of(&self, at: usize) -> bool {
        const TOLD: [Word; 8] = [
            Word::of("theo"),
            Word::of("trên"),
            Word::of("tờ"),
            Word::of("viên"),
            Word::of("với"),
            Word::of("của"),
            Word::of("cho"),
            Word::of("như"),
        ];
        TOLD.contains(&self.tokens[at].word)
    }

    /// Whether the word is the second half of another: "yêu cầu", "thông báo", "quân đội".
    fn is_second_half(&self, at: usize) -> bool {
        let (own, before) = (self.tokens[at].word, self.tokens[at - 1].word);
        HALVES.iter().any(|(second, firsts)| *second == own && firsts.contains(&before))
    }

    /// Places with a type word at `at`: one, or a list. `None` if no name follows.
    fn typed_places(&mut self, at: usize) -> Option<usize> {
        // "TP.HCM", "TPHCM": names with their type words.
        let beyond = type_word(self.tokens, at).map_or(at, |(_, next)| next);
        if let Some(name) = place::name_at(self.lexicon, self.tokens, at, Places::ALL, self.hits)
            && name.next > beyond
            && (beyond > at || self.tokens[at].word == HCMC)
        {
            if !self.goes_on(name.next) && !self.is_route(at, name.next) {
                self.push_place(at, name, Places::ALL, Typed::Word);
            }
            return Some(name.next);
        }
        let (kind, after) = type_word(self.tokens, at)?;
        let next = match self.tokens.get(after) {
            Some(token) if token.word == ISLAND && self.begins_name(after + 1) => after + 1,
            _ => after,
        };
        if !self.begins_name(next) {
            return None;
        }
        let takes = place::of_kind(kind);
        let plural = at > 0 && self.is_plural(at - 1);
        let counted = at > 0 && self.is_count(at - 1) && self.tokens[at].gap == Gap::Space;
        let Some(name) = place::name_at(self.lexicon, self.tokens, next, takes, self.hits) else {
            return Some(self.unknown_end(next));
        };
        if self.goes_on(name.next) {
            return Some(self.run_end(next));
        }
        if self.tokens[next].form == Form::Number && !self.is_place_number(next, name.next) {
            return Some(name.next);
        }
        let plural = plural || counted && self.is_list(name.next, takes);
        let start = if plural { next } else { at };
        let typed = if plural { Typed::List } else { Typed::Word };
        self.push_place(start, name, takes, typed);
        Some(self.list(name.next, takes, plural))
    }

    /// Whether another name of the list follows.
    fn is_list(&mut self, end: usize, takes: Places) -> bool {
        self.separator(end)
            .is_some_and(|after| place::name_at(self.lexicon, self.tokens, after, takes, self.hits).is_some())
    }

    /// "các quận 4, 8, Bình Thạnh": what follows the first name of a list.
    fn list(&mut self, mut end: usize, takes: Places, plural: bool) -> usize {
        while let Some(after) = self.separator(end) {
            let token = self.tokens[after];
            let numbered = self.tokens[end - 1].form == Form::Number;
            if self.tokens[end].is('-') || token.form == Form::Number && !numbered && !plural {
                break;
            }
            let Some(name) = place::name_at(self.lexicon, self.tokens, after, takes, self.hits) else {
                break;
            };
            if self.goes_on(name.next)
                || token.form == Form::Number && !self.is_place_number(after, name.next)
            {
                break;
            }
            let further = Place::new(name.id, takes, Typed::List);
            if !plural {
                // "xã An Ninh, Châu Thành": rather the place that it lies in.
                let upper = Place { takes: Places::ALL, typed: Typed::Bare, ..further };
                let nested = match self.out.last().map(|mention| &mention.what) {
                    Some(What::Place(last)) => {
                        place::may_lie_in(&Place { typed: Typed::Bare, ..*last }, &upper)
                    }
                    _ => false,
                };
                if nested || place::is_province(name.id) {
                    break;
                }
            }
            self.push_place(after, name, takes, Typed::List);
            end = name.next;
        }
        end
    }

    /// A name without type word; the token to go on at.
    fn bare_place(&mut self, at: usize) -> usize {
        let Some(name) = place::name_at(self.lexicon, self.tokens, at, Places::ALL, self.hits) else {
            return at + 1;
        };
        let province = place::is_province(name.id);
        let words = self.tokens[at..name.next].iter().filter(|token| token.is_word()).count();
        if words < 2 && !province
            || is_ho_chi_minh(&self.tokens[at..name.next])
            || !self.headline && !place::stands_alone(self.lexicon, self.tokens, at, name.next)
            || self.is_age(name.next)
            || is_compass(&self.tokens[at..name.next])
        {
            return name.next;
        }
        if let Some(end) = self.route_end(at, name.next) {
            return end;
        }
        self.push_place(at, name, Places::ALL, Typed::Bare);
        name.next
    }

    fn push_place(&mut self, start: usize, name: place::Name, takes: Places, typed: Typed) {
        let preposed = start > 0
            && self.lexicon.role(self.tokens[start - 1].word).has(Role::WHERE)
            && self.tokens[start].gap != Gap::None;
        let past = place::is_past(self.tokens, name.next);
        let place = Place {
            name: name.id,
            takes,
            typed,
            inside: 0,
            past,
            preposed,
            denied: false,
            opens: self.opens(start),
        };
        self.push(start, name.next, What::Place(place));
    }

    /// Whether a name at `at` opens a sentence, behind "Tại" or nothing.
    fn opens(&self, at: usize) -> bool {
        let first = |at: usize| {
            at == 0
                || self.tokens[at].gap == Gap::Line
                || ['.', ';', '!', '?', '*', '"', '-'].iter().any(|&mark| self.tokens[at - 1].is(mark))
        };
        let behind = at > 0
            && self.tokens[at - 1].form == Form::Title
            && self.lexicon.role(self.tokens[at - 1].word).has(Role::WHERE.and(Role::STOP));
        first(at) || behind && first(at - 1)
    }

    /// Joins the last mention, a place, to the one before it that lies in it.
    fn join_chain(&mut self) {
        let last = self.out.len() - 1;
        let What::Place(upper) = &self.out[last].what else { return };
        let upper = *upper;
        if last == self.first || upper.typed == Typed::List {
            return;
        }
        let (_, end) = self.spans[self.spans.len() - 2];
        let (start, _) = self.spans[self.spans.len() - 1];
        if !self.is_link(end, start) {
            return;
        }
        let mut at = last;
        let mut follows = true;
        while at > self.first && follows {
            at -= 1;
            let distance = (last - at).min(255) as u8;
            let (lower, listed): (&mut Place, bool) = match &mut self.out[at].what {
                What::Place(place) => {
                    let listed = place.typed == Typed::List;
                    (place, listed)
                }
                What::Unit(unit) => match &mut unit.place {
                    UnitPlace::Named(place) => (place, false),
                    _ => return,
                },
                What::Directive(_) | What::Own(_) => return,
            };
            if lower.inside != 0 {
                return;
            }
            if !place::may_lie_in(lower, &upper) {
                lower.denied = at + 1 == last
                    && lower.typed != Typed::Bare
                    && upper.typed != Typed::List
                    && place::is_above(lower, &upper);
                return;
            }
            lower.inside = distance;
            // Those of a list before it lie in it, too.
            let position = self.spans.len() - 1 - (last - at);
            follows = listed
                && position > 0
                && self.separator(self.spans[position - 1].1) == Some(self.spans[position].0);
        }
    }

    /// Whether what stands between two places says that one lies in the other.
    fn is_link(&self, end: usize, start: usize) -> bool {
        const OF: [Word; 3] = [Word::of("của"), Word::of("thuộc"), Word::of("ở")];
        let between = &self.tokens[end..start];
        let gap = self.tokens[start].gap;
        match between {
            [] => gap == Gap::Space,
            [one] => {
                gap != Gap::Line && (one.is(',') || one.is('(') || one.is('-') || OF[..2].contains(&one.word))
            }
            [one, two] => (one.is(',') || one.is('(')) && (OF.contains(&two.word)),
            _ => false,
        }
    }

    /// "Hà Nội – Hải Phòng", two places joined by a dash of which none lies in the other, is a
    /// way from one to the other and no place: the token after it.
    fn route_end(&mut self, at: usize, next: usize) -> Option<usize> {
        if at > 1
            && self.tokens[at - 1].is('-')
            && self.tokens[at - 2].is_capital()
            && self.tokens[at - 1].gap != Gap::Line
            && !self.is_mention_before(at - 1)
        {
            return Some(next);
        }
        if !self.is_route(at, next) {
            return None;
        }
        let mut end = next;
        while self.tokens.get(end).is_some_and(|token| token.is('-') && token.gap != Gap::Line) {
            end += 1;
            while self.tokens.get(end).is_some_and(|token| {
                token.gap != Gap::Line && (token.is_capital() || token.is('.') && token.is_glued())
            }) {
                end += 1;
            }
        }
        Some(end)
    }

    fn is_mention_before(&self, end: usize) -> bool {
        self.spans.last().is_some_and(|span| span.1 == end)
    }

    /// Whether a dash and another place, in which it does not lie, follow the name.
    fn is_route(&mut self, at: usize, next: usize) -> bool {
        let dash = self.tokens.get(next).is_some_and(|token| token.is('-') && token.gap != Gap::Line);
        if !dash {
            return false;
        }
        let own = place::name_at(self.lexicon, self.tokens, at, Places::ALL, self.hits);
        let other = place::name_at(self.lexicon, self.tokens, next + 1, Places::ALL, self.hits);
        let (Some(own), Some(other)) = (own, other) else { return false };
        // "Bão vào Quảng Ninh - Hải Phòng": two provinces are a list; a way says that it is one.
        if place::is_province(own.id) && place::is_province(other.id) {
            return false;
        }
        let place = |name: place::Name| Place::new(name.id, Places::ALL, Typed::Bare);
        !place::may_lie_in(&place(own), &place(other))
    }

    /// "(35 tuổi", ", 35 tuổi": behind a person's name.
    fn is_age(&self, next: usize) -> bool {
        const AGE: [Word; 2] = [Word::of("tuổi"), Word::of("sn")];
        const BORN: Word = Word::of("sinh");
        let Some([mark, number, word]) = self.tokens.get(next..next + 3) else { return false };
        (mark.is('(') || mark.is(','))
            && (number.form == Form::Number && word.word == AGE[0]
                || number.word == AGE[1]
                || number.word == BORN)
    }

    pub(super) fn goes_on(&self, next: usize) -> bool {
        !self.headline && place::goes_on(self.lexicon, self.tokens, next)
    }

    /// Whether a name may begin at `at`: a great word or a number, on the same line.
    pub(super) fn begins_name(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.gap != Gap::Line && (token.is_capital() || token.form == Form::Number))
    }

    /// Whether a person's name stands at `at`: a family name and another.
    pub(super) fn is_person(&self, at: usize) -> bool {
        let great = |at: usize| {
            self.tokens.get(at).is_some_and(|token| token.gap == Gap::Space && token.is_capital())
        };
        great(at) && great(at + 1) && self.lexicon.role(self.tokens[at].word).has(Role::FAMILY)
    }

    /// The token after the great words at `at`.
    pub(super) fn run_end(&self, at: usize) -> usize {
        if self.headline {
            return at + 1;
        }
        let mut end = at;
        // No name is longer; a bound keeps the whole linear.
        while end < at + 12
            && self.tokens.get(end).is_some_and(|token| {
                (token.gap == Gap::Space || end == at) && (token.is_capital() || token.form == Form::Number)
            })
        {
            end += 1;
        }
        end.max(at + 1)
    }

    /// The end of a name behind a type word that no place of that kind has. An organ or a post
    /// behind a type word begins something new.
    fn unknown_end(&self, at: usize) -> usize {
        let role = self.lexicon.role(self.tokens[at].word);
        if role.has(Role::POST) || self.is_person(at) { at } else { self.run_end(at) }
    }

    pub(super) fn is_plural(&self, before: usize) -> bool {
        let token = self.tokens[before];
        self.lexicon.role(token.word).has(Role::PLURAL)
    }

    /// "3 xã", "hai quận": a count of what follows.
    fn is_count(&self, before: usize) -> bool {
        let token = self.tokens[before];
        if token.form != Form::Number {
            return self.lexicon.role(token.word).has(Role::COUNT);
        }
        // "tổ 5 phường Ngọc Trạo": the number is the group's.
        !before.checked_sub(1).is_some_and(|at| self.lexicon.role(self.tokens[at].word).has(Role::NUMBERED))
    }

    /// Whether the number at `at` may be that of a place: not a count or a part of a date.
    pub(super) fn is_place_number(&self, at: usize, next: usize) -> bool {
        let token = self.tokens[at];
        if token.form != Form::Number {
            return true;
        }
        let counts = self.tokens.get(next).is_some_and(|token| {
            token.gap == Gap::Space
                && token.form == Form::Lower
                && self.lexicon.role(token.word).has(Role::COUNTED)
        });
        token.digits() <= 2 && (!counts || self.is_after_type(at))
    }

    fn is_after_type(&self, at: usize) -> bool {
        (at.saturating_sub(2)..at)
            .any(|before| type_word(self.tokens, before).is_some_and(|(_, next)| next == at))
    }
}

const HCMC: Word = Word::of("tphcm");
const ISLAND: Word = Word::of("đảo");

/// Words that are the second half of another, with the first halves.
const HALVES: &[(Word, &[Word])] = &[
    (
        Word::of("cầu"),
        &[
            Word::of("yêu"),
            Word::of("nhu"),
            Word::of("toàn"),
            Word::of("địa"),
            Word::of("cung"),
            Word::of("điểm"),
        ],
    ),
    (
        Word::of("báo"),
        &[
            Word::of("thông"),
            Word::of("cảnh"),
            Word::of("dự"),
            Word::of("họp"),
            Word::of("mật"),
            Word::of("tình"),
            Word::of("trình"),
            Word::of("tố"),
        ],
    ),
    (Word::of("đường"), &[Word::of("lên"), Word::of("con"), Word::of("mở"), Word::of("khai")]),
    (Word::of("đội"), &[Word::of("quân"), Word::of("bộ")]),
    (
        Word::of("trường"),
        &[
            Word::of("thị"),
            Word::of("môi"),
            Word::of("chính"),
            Word::of("công"),
            Word::of("hiện"),
            Word::of("nông"),
            Word::of("lâm"),
            Word::of("hội"),
            Word::of("chủ"),
        ],
    ),
    (Word::of("hồ"), &[Word::of("cơ")]),
    (
        Word::of("bản"),
        &[
            Word::of("văn"),
            Word::of("cơ"),
            Word::of("căn"),
            Word::of("phiên"),
            Word::of("nhật"),
            Word::of("tài"),
            Word::of("kịch"),
            Word::of("ấn"),
        ],
    ),
    (Word::of("tuyến"), &[Word::of("trực"), Word::of("tiền")]),
    (Word::of("vải"), &[Word::of("may")]),
    (
        Word::of("quán"),
        &[Word::of("tập"), Word::of("nguyên"), Word::of("thương"), Word::of("quê"), Word::of("trú")],
    ),
    (Word::of("biển"), &[Word::of("ven")]),
    (Word::of("đình"), &[Word::of("gia")]),
    (Word::of("tranh"), &[Word::of("chiến"), Word::of("đấu"), Word::of("cạnh")]),
    (Word::of("núi"), &[Word::of("miền"), Word::of("vùng")]),
    (Word::of("cam"), &[Word::of("da")]),
    (Word::of("phố"), &[Word::of("thành")]),
    (Word::of("rừng"), &[Word::of("trồng"), Word::of("vùng")]),
    (Word::of("sân"), &[Word::of("nước")]),
    (Word::of("giải"), &[Word::of("lý"), Word::of("nghiệm")]),
    (Word::of("ga"), &[Word::of("khí")]),
    (Word::of("cá"), &[Word::of("đánh")]),
    (Word::of("đảo"), &[Word::of("huyện"), Word::of("biển")]),
    (Word::of("tờ"), &[Word::of("giấy")]),
];

/// "Tây Nam": a direction, though there is a commune of that name.
fn is_compass(tokens: &[Token]) -> bool {
    const SIDES: [Word; 4] = [Word::of("đông"), Word::of("tây"), Word::of("nam"), Word::of("bắc")];
    tokens.iter().all(|token| SIDES.contains(&token.word))
}

/// "Hồ Chí Minh" without a type word is a person, whatever stands around it.
fn is_ho_chi_minh(tokens: &[Token]) -> bool {
    const SHORT: Word = Word::of("hcm");
    const NAME: [Word; 3] = [Word::of("hồ"), Word::of("chí"), Word::of("minh")];
    tokens.len() == 3 && tokens.iter().zip(NAME).all(|(token, word)| token.word == word)
        || tokens.len() == 1 && tokens[0].word == SHORT
}
