//! Places: names of the gazetteer, with a type word or without, in chains and in lists.
//!
//! A name counts with its type word ("huyện Châu Thành", "Q.11", "các quận 4, 8"), or bare
//! where nothing says that it is part of another name: of a person, a road, a school, a team.
//! Which of several places of a name is meant is for `archive`; here is only whether the
//! words may be one.

use super::lexicon::{self, Lexicon, NameId, Role, type_word};
use super::text::{Form, Gap, Token, Word};
use super::trie::Hit;
use crate::gazetteer::{Gazetteer, Kind, Level, PlaceId};
use crate::organ::Places;

/// A place as written.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Its name without the type word.
    pub name: NameId,
    /// What it may be: narrowed by the type word.
    pub takes: Places,
    /// How its kind is known.
    pub typed: Typed,
    /// How many mentions further on the place stands that it lies in: in "xã An Ninh, huyện
    /// Châu Thành" one; 0 if none does.
    pub inside: u8,
    /// "cũ", "trước đây" stands behind it.
    pub past: bool,
    /// A preposition of place stands before it: "ở Nam Định".
    pub preposed: bool,
    /// What stands behind it as the place that it lies in has no place of its name: "xã Quỳnh
    /// Hưng (Quỳnh Lưu)" is none of those known, though another has the name.
    pub denied: bool,
    /// It opens a sentence: "Hà Tĩnh: …", "Tại Kon Tum, …".
    pub opens: bool,
}

impl Place {
    /// A name with nothing around it.
    pub(super) fn new(name: NameId, takes: Places, typed: Typed) -> Place {
        Place { name, takes, typed, inside: 0, past: false, preposed: false, denied: false, opens: false }
    }
}

/// How the kind of a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// By a type word before it.
    Word,
    /// By the type word of the list that it stands in.
    List,
    /// Not at all.
    Bare,
}

/// A name at some token: the name, with the token after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) id: NameId,
    pub(super) next: usize,
}

/// The longest name at `at` that a place in `takes` has. Bare, all of its words have great
/// first letters; behind a type word or an organ the first is enough.
pub(super) fn name_at(
    lexicon: &Lexicon,
    tokens: &[Token],
    at: usize,
    takes: Places,
    hits: &mut Vec<Hit>,
) -> Option<Name> {
    let first = tokens.get(at)?;
    if first.form == Form::Mark || !lexicon.role(first.word).has(Role::PLACE) && !first.is_capital() {
        return None;
    }
    if first.is_word() && !first.is_capital() {
        return None;
    }
    // "P.V." are initials, though there is a ward of that name.
    if first.is_word() && first.end - first.start == 1 && first.gap == Gap::None {
        return None;
    }
    lexicon.place_names(tokens, at, hits);
    while let Some(hit) = hits.pop() {
        if !ends_well(tokens, hit.next) || takes == Places::ALL && !is_written_as_name(&tokens[at..hit.next])
        {
            continue;
        }
        if lexicon::places_named(NameId::of(hit)).iter().any(|&place| fits(place, takes)) {
            return Some(Name { id: NameId::of(hit), next: hit.next });
        }
    }
    None
}

/// Whether a record is of a level and kind in `takes`.
pub fn fits((place, record): (PlaceId, u8), takes: Places) -> bool {
    let place = Gazetteer::get().place(place);
    takes.has(place.level, place.records[usize::from(record)].kind)
}

/// Whether every word of a name has a great first letter.
pub(super) fn is_written_as_name(tokens: &[Token]) -> bool {
    tokens.iter().all(|token| !token.is_word() || token.is_capital())
}

/// Whether a number ends where the name does: not in "quận 4.500", "phường 10%", "xã 30/4".
fn ends_well(tokens: &[Token], next: usize) -> bool {
    if tokens[next - 1].form != Form::Number {
        return true;
    }
    let Some(after) = tokens.get(next).filter(|token| token.is_glued()) else { return true };
    if after.is('%') || after.is('/') || after.is('\'') || after.is_word() {
        return false;
    }
    let further = tokens.get(next + 1);
    !((after.is('.') || after.is(',') || after.is('-'))
        && further.is_some_and(|token| token.is_glued() && token.form == Form::Number))
}

/// Whether a place that is written `lower` may lie in one written `upper`, in the hierarchy
/// of one time: directly, or, with its type word, at any depth.
pub(super) fn may_lie_in(lower: &Place, upper: &Place) -> bool {
    let uppers = lexicon::places_named(upper.name);
    lexicon::places_named(lower.name).iter().any(|&low| {
        fits(low, lower.takes)
            && uppers.iter().any(|&up| fits(up, upper.takes) && lies_in(low, up, lower.typed != Typed::Bare))
    })
}

/// Whether `upper` can only be of a higher level than `lower`, so that one behind the other
/// says where that is.
pub(super) fn is_above(lower: &Place, upper: &Place) -> bool {
    let levels = |place: &Place| {
        let level = |&(id, _): &(PlaceId, u8)| Gazetteer::get().place(id).level;
        let named = lexicon::places_named(place.name);
        let mut levels: Vec<Level> =
            named.iter().filter(|&&named| fits(named, place.takes)).map(level).collect();
        levels.sort_unstable();
        levels
    };
    match (levels(lower).first(), levels(upper).first()) {
        (Some(lower), Some(upper)) => upper < lower,
        _ => false,
    }
}

/// Whether one record lies in another, of the same era: directly, or at any depth.
pub fn lies_in(lower: (PlaceId, u8), upper: (PlaceId, u8), any_depth: bool) -> bool {
    let gazetteer = Gazetteer::get();
    let record = |(place, record): (PlaceId, u8)| &gazetteer.place(place).records[usize::from(record)];
    let era = record(lower).era;
    if record(upper).era != era {
        return false;
    }
    let mut at = record(lower).parent;
    while let Some(parent) = at {
        if parent == upper.0 {
            return true;
        }
        if !any_depth {
            return false;
        }
        at = gazetteer.place(parent).records.iter().find(|r| r.era == era).and_then(|r| r.parent);
    }
    false
}

/// Whether what follows a name shows that it goes on: another great word that is no family
/// name with more behind it, and begins no other name.
pub(super) fn goes_on(lexicon: &Lexicon, tokens: &[Token], next: usize) -> bool {
    if has_number(lexicon, tokens, next) {
        return true;
    }
    let Some(after) = tokens.get(next).filter(|token| token.gap == Gap::Space && token.is_capital()) else {
        return false;
    };
    let role = lexicon.role(after.word);
    let ends = Role::POST.and(Role::PERSON).and(Role::STOP).and(Role::CLOSER);
    let organ = || {
        let mut hits = Vec::new();
        lexicon.organ_names(tokens, next, &mut hits);
        !hits.is_empty()
    };
    // "xã Thanh Chi": of "Chi cục" only the first half stands there.
    if role.has(ends)
        || role.has(Role::TYPE) && type_word(tokens, next).is_some()
        || role.has(Role::ORGAN) && organ()
    {
        return false;
    }
    let more = tokens.get(next + 1).is_some_and(|token| token.gap == Gap::Space && token.is_capital());
    !(role.has(Role::FAMILY) && more)
}

/// "xã Gia Hòa 9": a number behind a name makes another name of it, unless it counts what
/// follows: "huyện Mỹ Xuyên 3 năm qua".
fn has_number(lexicon: &Lexicon, tokens: &[Token], next: usize) -> bool {
    let Some(number) = tokens
        .get(next)
        .filter(|token| token.form == Form::Number && token.gap == Gap::Space && token.digits() <= 2)
    else {
        return false;
    };
    if tokens[next - 1].form == Form::Number || number.word == Word::number(0) {
        return false;
    }
    match tokens.get(next + 1) {
        Some(after) if after.gap == Gap::None => {
            after.is_word() && after.end - after.start == 1
                || after.is(',')
                || after.is('.') && { tokens.get(next + 2).is_none_or(|token| token.gap != Gap::None) }
        }
        Some(after) => !(after.form == Form::Lower && lexicon.role(after.word).has(Role::COUNTED)),
        None => true,
    }
}

/// Whether most words of a text are in capitals, so that capitals tell nothing.
pub(super) fn is_headline(tokens: &[Token]) -> bool {
    let count = |(words, upper): (usize, usize), token: &Token| {
        (words + usize::from(token.is_word()), upper + usize::from(token.form == Form::Upper))
    };
    let (words, upper) = tokens.iter().fold((0, 0), count);
    words >= 4 && upper * 4 >= words * 3
}

/// Whether a bare name that ends before `next` may be a place at all: at `at`, nothing before
/// it or behind makes it part of another name.
pub(super) fn stands_alone(lexicon: &Lexicon, tokens: &[Token], at: usize, next: usize) -> bool {
    if goes_on(lexicon, tokens, next) {
        return false;
    }
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return true };
    // "số 231 Quan Hoa": a house in a street; "năm 2018 Hà Nội" is none.
    if before.form == Form::Number && before.digits() < 4 && tokens[at].gap == Gap::Space {
        return false;
    }
    if tokens[at].gap == Gap::None {
        // "#HàNội", "x.Hà Nội" – but a bracket or quotation mark opens a name.
        return before.is('(') || before.is('"') || before.is('\'') || before.is('[') || before.is('/');
    }
    if tokens[at].gap == Gap::Line {
        return true;
    }
    if before.is(':') && at > 1 && CREDITS.contains(&tokens[at - 2].word) {
        return false;
    }
    if !before.is_word() {
        return true;
    }
    let role = lexicon.role(before.word);
    if role.has(Role::PERSON) {
        return false;
    }
    if !before.is_capital() {
        return true;
    }
    // The first word of a sentence is great, too: one that begins no name may stand there.
    let opens = at < 2 || tokens[at - 1].gap == Gap::Line || tokens[at - 2].form == Form::Mark;
    role.has(Role::STOP.and(Role::WHERE)) && (opens || before.form == Form::Upper)
}

/// Where the name of something that is called after a place ends: the token after the last
/// great word of it. `None` if the phrase that ends before `next` bears no such name.
pub(super) fn bearer_end(lexicon: &Lexicon, tokens: &[Token], next: usize, loose: bool) -> Option<usize> {
    let mut at = next;
    let mut end = None;
    let mut small = 0;
    while let Some(token) = tokens.get(at) {
        if token.gap == Gap::Line {
            break;
        }
        let role = lexicon.role(token.word);
        match token.form {
            Form::Mark => {
                // A dash joins two names, a full stop ends an abbreviation.
                let dash = token.is('-') || token.is('.') && token.is_glued() && is_abbreviation(tokens, at);
                if !(dash && tokens.get(at + 1).is_some_and(|token| token.is_capital() || token.is('-'))) {
                    break;
                }
            }
            Form::Number => {
                if end.is_none() && !loose {
                    break;
                }
                end = Some(at + 1);
            }
            // "Đồn Biên phòng Cửa khẩu Quốc tế Lao Bảo": the next one goes on from here.
            _ if token.is_capital()
                && role.has(Role::BEARER)
                && lexicon.bearer(tokens, at).is_some()
                && !begins_place(lexicon, tokens, at) =>
            {
                return Some(at);
            }
            _ if token.is_capital() => {
                // A person behind it: "Trường THPT Mỹ Xuyên thưởng Trần Văn Hai"; but "Bệnh viện
                // Đa khoa Đồng Nai" goes on with a place.
                if end.is_some() && role.has(Role::FAMILY) && small > 0 && !begins_place(lexicon, tokens, at)
                {
                    break;
                }
                end = Some(at + 1);
                small = 0;
            }
            // "Văn hóa, Thể thao và Du lịch Thanh Hóa": a name of several words goes on.
            _ if loose
                && token.word == AND
                && end.is_some()
                && tokens.get(at + 1).is_some_and(|token| {
                    let others = Role::ORGAN.and(Role::TYPE).and(Role::BEARER).and(Role::POST);
                    token.is_capital() && !lexicon.role(token.word).has(others)
                }) => {}
            // "Công ty TNHH một thành viên Ngọc Hồi".
            _ if loose
                && token.word == ONE
                && tokens.get(at + 1).is_some_and(|token| token.word == MEMBER) => {}
            // "Viện trưởng VKSND tỉnh": a post, and no institution.
            _ if role.has(Role::STOP.and(Role::POST)) => break,
            _ => {
                // "Bệnh viện đa khoa tỉnh Hậu Giang": small words before a great one.
                let typed = role.has(Role::TYPE)
                    && type_word(tokens, at).is_some_and(|(_, name)| {
                        tokens.get(name).is_some_and(|t| t.is_capital() || t.form == Form::Number)
                    });
                small += 1;
                // "làng Vạc xã Thái Học": behind a name, a type word begins another.
                let numbered = end.is_some_and(|end| tokens[end - 1].form == Form::Number);
                if typed && end.is_some() && (!loose || numbered)
                    || !typed && (!loose || end.is_some() && small > 3 || small > 5)
                {
                    break;
                }
            }
        }
        at += 1;
    }
    end
}

/// "Ảnh: Hà Giang": a person's name.
const CREDITS: [Word; 5] =
    [Word::of("ảnh"), Word::of("tin"), Word::of("bài"), Word::of("clip"), Word::of("video")];

const AND: Word = Word::of("và");
const ONE: Word = Word::of("một");
const MEMBER: Word = Word::of("thành");

/// Whether the name of a place, of two words or more, begins at `at`.
fn begins_place(lexicon: &Lexicon, tokens: &[Token], at: usize) -> bool {
    let mut hits = Vec::new();
    lexicon.place_names(tokens, at, &mut hits);
    hits.iter().any(|hit| hit.next > at + 1 && is_written_as_name(&tokens[at..hit.next]))
}

fn is_abbreviation(tokens: &[Token], mark: usize) -> bool {
    mark > 0 && type_word(tokens, mark - 1).is_some_and(|(_, next)| next == mark + 1)
}

/// "cũ", "trước đây" behind a name.
pub(super) fn is_past(tokens: &[Token], next: usize) -> bool {
    const OLD: Word = Word::of("cũ");
    const BEFORE: (Word, Word) = (Word::of("trước"), Word::of("đây"));
    let mut at = next;
    if tokens.get(at).is_some_and(|token| token.is('(')) {
        at += 1;
    }
    let Some(first) = tokens.get(at) else { return false };
    first.word == OLD
        || first.word == BEFORE.0 && tokens.get(at + 1).is_some_and(|second| second.word == BEFORE.1)
}

/// The kinds of place that a type word may mean.
pub(super) fn of_kind(kind: Kind) -> Places {
    Places::of_kind(kind)
}

/// Whether any place of a name is a province.
pub fn is_province(name: NameId) -> bool {
    lexicon::places_named(name)
        .iter()
        .any(|&(place, _)| Gazetteer::get().place(place).level == Level::Province)
}
