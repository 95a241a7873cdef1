//! Documents that are named at a token: one, or several under one type word or in a row.

use super::kind::{self, Kind, TypeWord};
use super::number::{self, Scan, Symbol};
use super::prose::{self, Lead, Strength};
use super::tail::{self, Tail};
use super::{Body, Directive, Found, Issuer, Reference, infer, is_year, issuer, plenum, says};
use crate::mention::text::{Form, Gap, Token};
use crate::vi::Date;

/// The documents at the token `at`, which may begin one, with the token to read on from.
pub(super) fn read(text: &str, tokens: &[Token], at: usize) -> Option<(Vec<Found>, usize)> {
    Series { text, tokens, items: Vec::new() }.read(at)
}

/// Documents that are named one after another.
struct Series<'a> {
    text: &'a str,
    tokens: &'a [Token],
    items: Vec<Item>,
}

/// One number of a series.
struct Item {
    /// Its first token.
    first: usize,
    kind: Option<Kind>,
    scan: Scan,
    tail: Tail,
    weak: bool,
    /// The first item under the same type word.
    run: usize,
}

/// The most items of a series; what follows is read as another.
const MOST: usize = 24;

impl<'a> Series<'a> {
    fn read(mut self, at: usize) -> Option<(Vec<Found>, usize)> {
        let token = &self.tokens[at];
        if token.form == Form::Number {
            let glued = at > 0 && token.is_glued() && {
                let before = &self.tokens[at - 1];
                before.form != Form::Mark || ['/', '-', '.', ',', '+'].iter().any(|mark| before.is(*mark))
            };
            if glued {
                return None;
            }
            let next = self.run(at, at, None)?;
            return Some(self.finish(at, next));
        }
        if kind::is_so(token.word) {
            let (number, _) = self.so(at)?;
            let next = self.run(at, number, None)?;
            return Some(self.finish(at, next));
        }
        if kind::is_plenum(token) {
            return self.plenums(at, at + 1, Kind::NghiQuyet, true);
        }
        let word = kind::type_word(self.tokens, at)?;
        if word.kind == Kind::ChuyenDe {
            return self.themes(at, word.next);
        }
        if matches!(word.kind, Kind::NghiQuyet | Kind::KetLuan)
            && let Some(found) = self.plenums(at, word.next, word.kind, false)
        {
            return Some(found);
        }
        if let Some(found) = self.of_year(at, word) {
            return Some(found);
        }
        let mut next = self.typed(at, word)?;
        while self.items.len() < MOST
            // What a semicolon parts has its own issuer, or none.
            && !self.tokens.get(next).is_some_and(|token| token.is(';'))
            && let Some(after) = self.joint(next)
            && let Some(word) = kind::type_word(self.tokens, after)
            && let Some(end) = self.typed(after, word)
        {
            next = end;
        }
        Some(self.finish(at, next))
    }

    /// The numbers behind a type word, pushed: the token after them.
    fn typed(&mut self, at: usize, word: TypeWord) -> Option<usize> {
        let places = [word.narrowed, word.next];
        let places = if word.narrowed == word.next { &places[..1] } else { &places };
        places.iter().find_map(|&place| {
            let (number, so) = self.so(place).unwrap_or((place, false));
            let token = self.tokens.get(number)?;
            if token.form != Form::Number
                || !so && token.gap == Gap::Line && !number::may_be_bare(self.tokens, number)
            {
                return None;
            }
            self.run(at, number, Some(Lead::new(self.tokens, at, word, so)))
        })
    }

    /// "số", "số hiệu", "số:" at `at`: the token of the number behind it.
    fn so(&self, at: usize) -> Option<(usize, bool)> {
        let token = self.tokens.get(at)?;
        if !kind::is_so(token.word) {
            return None;
        }
        let mut at = at + 1;
        at = says(self.tokens, at, phrase!("ký" "hiệu")).unwrap_or(at);
        if self.tokens.get(at)?.is(':') {
            at += 1;
        }
        (self.tokens.get(at)?.form == Form::Number).then_some((at, true))
    }

    /// The numbers from the token `number` on, under one type word or none, which begin with
    /// the token `first`. Pushes them; the token after them.
    fn run(&mut self, first: usize, number: usize, lead: Option<Lead>) -> Option<usize> {
        let kind = lead.as_ref().map(|lead| lead.kind);
        let scan = number::scan(self.text, self.tokens, number, kind)?;
        let weak = match (&scan.symbol, &lead) {
            (Symbol::Full(mold), None) if mold.certain || number > first => false,
            (_, None) => return None,
            (Symbol::Full(_), Some(_)) => false,
            (Symbol::None, Some(lead)) => lead.strength(self.tokens, &scan)? == Strength::Weak,
        };
        let run = self.items.len();
        let mut next = self.push(first, kind, scan, weak, run);
        while self.items.len() < MOST
            && let Some(after) = self.joint(next)
        {
            let (number, so) = self.so(after).unwrap_or((after, false));
            if self.tokens.get(number).is_none_or(|token| token.form != Form::Number) {
                break;
            }
            let Some(scan) = number::scan(self.text, self.tokens, number, kind) else { break };
            let goes_on = match &scan.symbol {
                Symbol::Full(mold) => mold.certain || kind.is_some(),
                Symbol::None if kind.is_none() => false,
                Symbol::None => {
                    let last = &self.items[self.items.len() - 1];
                    so || !self.tokens[next].is(';')
                        && prose::goes_on(self.tokens, &scan)
                        && (matches!(last.scan.symbol, Symbol::None)
                            || lead.as_ref().is_some_and(|lead| lead.plural))
                }
            };
            if !goes_on {
                break;
            }
            next = self.push(after, kind, scan, weak, run);
        }
        self.share_symbols(run);
        if self.items[run..].iter().any(|item| matches!(item.scan.symbol, Symbol::Full(_))) {
            for item in &mut self.items[run..] {
                item.weak = false;
            }
        }
        Some(next)
    }

    fn push(&mut self, first: usize, kind: Option<Kind>, scan: Scan, weak: bool, run: usize) -> usize {
        let tail = tail::read(self.tokens, scan.next);
        let next = tail.next.max(scan.next);
        self.items.push(Item { first, kind, scan, tail, weak, run });
        next
    }

    /// "số 11 và 12-NQ/TW": the symbol counts for all under the type word. It is handed on
    /// to what follows too: "217-QĐ/TW và số 218".
    fn share_symbols(&mut self, run: usize) {
        let mut mold = None;
        for reverse in [true, false] {
            let len = self.items.len() - run;
            for step in 0..len {
                let item = &mut self.items[run + if reverse { len - 1 - step } else { step }];
                match &item.scan.symbol {
                    Symbol::Full(own) => mold = Some(own.clone()),
                    Symbol::None if item.scan.year.is_none() => {
                        if let Some(mold) = mold.clone() {
                            item.scan.symbol = Symbol::Full(mold);
                        }
                    }
                    Symbol::None => {}
                }
            }
        }
    }

    /// ",", ";", "và", "hoặc" between items: the token after it.
    fn joint(&self, at: usize) -> Option<usize> {
        let token = self.tokens.get(at)?;
        let mark = token.is(',') || token.is(';');
        let after = at + usize::from(mark);
        let word = [phrase!("và"), phrase!("hoặc"), phrase!("hay"), phrase!("cùng")]
            .iter()
            .find_map(|words| says(self.tokens, after, words));
        word.or(mark.then_some(after))
    }

    /// All items as mentions, with the token to read on from.
    fn finish(self, at: usize, next: usize) -> (Vec<Found>, usize) {
        let Series { text: _, tokens, items } = self;
        let shared = items.last().map(|last| (last.tail.issuer, last.tail.term, last.run));
        let (issuer, term, last_run) = shared.unwrap_or_default();
        let earlier = if issuer.is_none() { issuer::before(tokens, at) } else { None };
        let count = items.len();
        let found = items
            .into_iter()
            .enumerate()
            .map(|(index, item)| {
                let span = (tokens[item.first].start, item.scan.end);
                let tokens = (item.first, item.scan.next);
                let last = index + 1 == count;
                let (number, year, horned, kinds) = match &item.scan.symbol {
                    Symbol::Full(mold) => {
                        (mold.cast(&item.scan.serial), mold.year(), mold.horned, Some(mold.kinds))
                    }
                    Symbol::None => (None, item.scan.year, false, None),
                };
                // An issuer behind a list is that of all it may be the issuer of.
                // Behind several type words it is that of all only if it is the Politburo or the
                // Central Committee, and none has a date that parts it from the next.
                let fits = |issuer: &Issuer| {
                    let party = matches!(issuer.body, Body::Politburo | Body::Committee);
                    let same = item.run == last_run || party && item.tail.date.is_none();
                    same && number.as_ref().is_none_or(|number| infer::may_issue(issuer.body, number))
                };
                let issuer = item.tail.issuer.or_else(|| issuer.filter(fits)).or_else(|| {
                    earlier.filter(|issuer| {
                        item.run == 0
                            && number.as_ref().is_none_or(|number| infer::may_issue(issuer.body, number))
                    })
                });
                let term = item
                    .tail
                    .term
                    .or(term.filter(|_| last || item.run == last_run && item.tail.date.is_none()));
                let local = issuer.is_some_and(|issuer| matches!(issuer.body, Body::Province | Body::City));
                let number = match number {
                    Some(number) if horned && local => infer::provincial(&number).or(Some(number)),
                    number => number,
                };
                let reference = match number {
                    Some(number) => Reference::Number(number),
                    None => Reference::Serial { serial: item.scan.serial, year },
                };
                let only = kinds.and_then(|kinds| if let [only] = kinds { Some(*only) } else { None });
                let directive = Directive {
                    kind: item.kind.or(only),
                    reference,
                    date: item.tail.date,
                    term,
                    issuer,
                    maybe_local: horned && !local,
                    weak: item.weak && issuer.is_none_or(|issuer| !lifts(item.kind, issuer.body)),
                    ..Directive::default()
                };
                Found { directive, span, tokens }
            })
            .collect();
        (found, next)
    }

    /// "Nghị quyết Trung ương 4 khóa XI, XII", the type word at `at`.
    fn plenums(&self, at: usize, next: usize, kind: Kind, named: bool) -> Option<(Vec<Found>, usize)> {
        let mut read = plenum::read(self.tokens, next, named);
        // "Kết luận Trung ương 4" without a term is too little to tell it from prose.
        if kind != Kind::NghiQuyet {
            read.retain(|plenum| plenum.term.is_some());
        }
        let first = read.first_mut()?;
        if first.term.is_none() && prose::is_counted(self.tokens, first.next) {
            return None;
        }
        first.start = at;
        let last = read.last()?.next;
        let tail = tail::read(self.tokens, last);
        let found = read
            .iter()
            .map(|plenum| {
                let span = (self.tokens[plenum.start].start, self.tokens[plenum.next - 1].end);
                let directive = Directive {
                    kind: Some(kind),
                    reference: Reference::Plenum { plenum: plenum.plenum, term: plenum.term },
                    term: plenum.term,
                    date: tail.date.filter(|_| read.len() == 1),
                    ..Directive::default()
                };
                Found { directive, span, tokens: (plenum.start, plenum.next) }
            })
            .collect();
        Some((found, last))
    }

    /// "Chuyên đề năm 2022", "các chuyên đề năm 2021, 2022".
    fn themes(&self, at: usize, next: usize) -> Option<(Vec<Found>, usize)> {
        let next = says(self.tokens, next, phrase!("năm"))?;
        let mut year = self.theme_year(next)?;
        if prose::is_no_theme(self.tokens, at) {
            return None;
        }
        let mut found = Vec::new();
        let (mut first, mut next) = (at, next + 1);
        loop {
            let span = (self.tokens[first].start, self.tokens[next - 1].end);
            let reference = Reference::Theme(year);
            let directive = Directive { kind: Some(Kind::ChuyenDe), reference, ..Directive::default() };
            found.push(Found { directive, span, tokens: (first, next) });
            let Some(after) = self.joint(next) else { break };
            let at = says(self.tokens, after, phrase!("năm")).unwrap_or(after);
            let Some(further) = self.theme_year(at).filter(|_| found.len() < MOST) else { break };
            if at == after && prose::is_counted(self.tokens, at + 1) {
                break;
            }
            (first, next, year) = (after, at + 1, further);
        }
        Some((found, next))
    }

    fn theme_year(&self, at: usize) -> Option<u16> {
        let token = self.tokens.get(at).filter(|token| is_year(token))?;
        let after = self.tokens.get(at + 1);
        // "2021-2025" is a plan's time.
        if after.is_some_and(|mark| mark.is('-') || mark.is('/'))
            && self.tokens.get(at + 2).is_some_and(|token| token.form == Form::Number)
        {
            return None;
        }
        token.word.value().map(|year| year as u16)
    }

    /// "nghị quyết năm 2011".
    fn of_year(&self, at: usize, word: TypeWord) -> Option<(Vec<Found>, usize)> {
        use Kind::*;
        let kind = Some(word.kind).filter(|kind| {
            matches!(kind, NghiQuyet | ChiThi | QuyetDinh | QuyDinh | KetLuan | NghiDinh | ThongTu)
        });
        kind?;
        let next = says(self.tokens, word.next, phrase!("năm"))?;
        let year = self.theme_year(next)?;
        let day = crate::vi::date::Day { year, month: None, day: None };
        let directive = Directive {
            kind,
            reference: Reference::Year,
            date: Some(Date::At(day, None)),
            weak: true,
            ..Directive::default()
        };
        let span = (self.tokens[at].start, self.tokens[next].end);
        Some((vec![Found { directive, span, tokens: (at, next + 1) }], next + 1))
    }
}

/// Whether an issuer makes a document of a bare number behind a type word. "Chương trình 135
/// của Chính phủ" is a programme that is called by its number.
fn lifts(kind: Option<Kind>, body: Body) -> bool {
    body != Body::Other && !(kind == Some(Kind::ChuongTrinh) && body.is_central())
}
