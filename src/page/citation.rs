//! How to cite an article: what a reference is made of, and BibTeX and CSL-JSON.
//!
//! Pure: from what is known of an article to texts, nothing read on the way. What is not known is
//! left out, never filled in: no author, no `author`; undated, no date. Words of a language are
//! the theme's, so none is here.
//!
//! A byline is one author as it was printed. Vietnamese names put the family name first and are
//! never turned round, and "PV", "H.N" or "A - B" are no names that could be taken apart.

use std::borrow::Cow;
use std::fmt::Write;

use super::view::{CitationView, ReferenceView};
use crate::document::Dated;
use crate::vi::Date;
use crate::vi::date::Day;

/// What is known of an article that somebody cites.
#[derive(Clone, Copy)]
pub(super) struct Work<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) byline: Option<&'a str>,
    /// The newspaper.
    pub(super) publisher: Option<&'a str>,
    pub(super) date: Option<&'a Dated>,
    /// Where it was published.
    pub(super) url: Option<&'a str>,
    /// A saved copy elsewhere.
    pub(super) archived_url: Option<&'a str>,
    /// When that was seen last.
    pub(super) retrieved: Option<&'a Date>,
    /// BCP 47.
    pub(super) language: &'a str,
    /// Title of the site.
    pub(super) archive: &'a str,
}

impl<'a> Work<'a> {
    /// All forms. `address` is the permanent one in the archive: absolute, or below the root of a
    /// site without a base.
    pub(super) fn cited(&self, address: &str) -> CitationView<'a> {
        CitationView {
            reference: self.reference(),
            published: self.date.and_then(|dated| dated.date.first()).map(|day| day.iso().replace('-', "/")),
            bibtex: self.bibtex(address),
            csl: self.csl(address),
        }
    }

    /// As Vietnamese universities have it: the newspaper stands for an author who is not named.
    fn reference(&self) -> ReferenceView<'a> {
        let guessed = self.date.is_some_and(|dated| dated.inferred.is_some());
        let bracketed = |text: String| if guessed { format!("[{text}]") } else { text };
        let (mut day, mut month) = (None, None);
        if let Some(dated) = self.date {
            // The minute is no part of a reference.
            let whole = dated.date.day_text();
            let (first, last) = (dated.date.first(), dated.date.last());
            match (first, last) {
                (Some(first), Some(last)) if first.day.is_some() || last.day.is_some() => {
                    day = Some(bracketed(whole));
                }
                (Some(first), Some(last)) if first.month.is_some() || last.month.is_some() => {
                    month = Some(bracketed(whole));
                }
                (None, None) => day = Some(bracketed(whole)),
                // The year is told already.
                _ => {}
            }
        }
        ReferenceView {
            author: self.byline.or(self.publisher),
            year: self.date.and_then(|dated| years(&dated.date)).map(bracketed),
            title: self.title,
            newspaper: self.byline.and(self.publisher),
            day,
            month,
            url: self.url,
        }
    }

    /// An entry that BibTeX and biblatex both read, in UTF-8.
    fn bibtex(&self, address: &str) -> String {
        let kind = if self.publisher.is_some() { "article" } else { "misc" };
        let mut entry = format!("@{kind}{{{}", self.id);
        let mut field = |name: &str, value: &dyn std::fmt::Display| {
            // Writing to a `String` does not fail.
            let _ = write!(entry, ",\n  {name} = {{{value}}}");
        };
        if let Some(byline) = self.byline {
            // In braces of their own, names are not turned round, titles keep their capitals.
            field("author", &format_args!("{{{}}}", latex(byline)));
        }
        field("title", &format_args!("{{{}}}", latex(self.title)));
        if let Some(publisher) = self.publisher {
            field("journal", &latex(publisher));
        }
        if let Some(dated) = self.date
            && let Some(years) = years(&dated.date)
        {
            // biblatex knows a date that is not certain by its question mark.
            let (open, close, doubt) = if dated.inferred.is_some() { ("[", "]", "?") } else { ("", "", "") };
            let dates: Vec<String> = ends(&dated.date).map(|day| format!("{}{doubt}", day.iso())).collect();
            field("date", &dates.join("/"));
            field("year", &format_args!("{open}{years}{close}"));
        }
        if let Some(url) = self.url {
            field("url", &verbatim(url));
        }
        if let Some(retrieved) = self.retrieved.and_then(Date::first) {
            field("urldate", &retrieved.iso());
        }
        let mut note = format!("{}, {}", latex(self.archive), latex(address));
        if let Some(copy) = self.archived_url {
            let _ = write!(note, "; {}", latex(copy));
        }
        field("note", &note);
        entry.push_str("\n}");
        entry
    }

    /// A list of one item, as citation managers import it; a line a field.
    fn csl(&self, address: &str) -> String {
        let mut item = String::from("[{");
        let mut field = |name: &str, value: &dyn std::fmt::Display| {
            let separator = if item.ends_with('{') { "" } else { "," };
            let _ = write!(item, "{separator}\n  \"{name}\": {value}");
        };
        field("id", &json(self.id));
        field("type", &"\"article-newspaper\"");
        field("title", &json(&one_line(self.title)));
        if let Some(byline) = self.byline {
            field("author", &format_args!("[{{\"literal\": {}}}]", json(&one_line(byline))));
        }
        if let Some(publisher) = self.publisher {
            field("container-title", &json(&one_line(publisher)));
        }
        if let Some(dated) = self.date
            && dated.date.first().is_some()
        {
            let circa = if dated.inferred.is_some() { ", \"circa\": true" } else { "" };
            field("issued", &format_args!("{{\"date-parts\": [{}]{circa}}}", date_parts(ends(&dated.date))));
        }
        if let Some(url) = self.url {
            field("URL", &json(url));
        }
        if let Some(day) = self.retrieved.and_then(Date::first) {
            field("accessed", &format_args!("{{\"date-parts\": [{}]}}", date_parts([day].into_iter())));
        }
        field("archive", &json(&one_line(self.archive)));
        field("archive_location", &json(address));
        field("language", &json(self.language));
        item.push_str("\n}]");
        item
    }
}

/// The first and the last day, or the one.
fn ends(date: &Date) -> impl Iterator<Item = Day> {
    let first = date.first();
    first.into_iter().chain(date.last().filter(|last| Some(*last) != first))
}

/// "2024", or "2023–2024".
fn years(date: &Date) -> Option<String> {
    let (first, last) = (date.first()?.year, date.last()?.year);
    Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
}

/// `[2024, 5, 17]`, as precise as each day is.
fn date_parts(days: impl Iterator<Item = Day>) -> String {
    let parts = |day: Day| {
        let mut parts = format!("[{}", day.year);
        for part in [day.month, day.month.and(day.day)].into_iter().flatten() {
            let _ = write!(parts, ", {part}");
        }
        parts + "]"
    };
    days.map(parts).collect::<Vec<_>>().join(", ")
}

fn json(text: &str) -> String {
    // A text is always JSON.
    serde_json::to_string(text).unwrap_or_default()
}

/// Text on one line, with what LaTeX would not take for text.
fn latex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in one_line(text).chars() {
        match c {
            '&' | '%' | '#' | '_' | '$' => escaped.extend(['\\', c]),
            // Not `\{`: BibTeX pairs braces up whatever stands before them.
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '\\' => escaped.push_str("\\textbackslash{}"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address: programs read the field as it stands, but for what would end it.
fn verbatim(url: &str) -> String {
    let mut written = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '{' => written.push_str("%7B"),
            '}' => written.push_str("%7D"),
            '\\' => written.push_str("%5C"),
            c if c.is_whitespace() => written.push_str("%20"),
            c => written.push(c),
        }
    }
    written
}

fn one_line(text: &str) -> Cow<'_, str> {
    match text.contains(['\n', '\r', '\t']) {
        true => text.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::Work;
    use crate::document::Dated;
    use crate::vi::Date;

    const BARE: Work = Work {
        id: "bai",
        title: "Bài",
        byline: None,
        publisher: None,
        date: None,
        url: None,
        archived_url: None,
        retrieved: None,
        language: "vi",
        archive: "Kho",
    };

    const ADDRESS: &str = "bai-viet/bai.html";

    fn dated(date: &str, inferred: Option<&str>) -> Dated {
        let date = Date::parse(date).expect("a date");
        Dated { date, inferred: inferred.map(Into::into), written: None, span: Default::default() }
    }

    /// The reference in one line, as the default theme has it but for the links.
    fn reference(work: &Work) -> String {
        let parts = work.reference();
        let year = parts.year.unwrap_or_else(|| "s.a.".to_owned());
        let mut text = parts.author.map_or_else(String::new, |author| format!("{author} ({year}), "));
        text += &format!("“{}”", parts.title);
        for part in [parts.newspaper.map(str::to_owned), parts.day, parts.month].into_iter().flatten() {
            text += &format!(", {part}");
        }
        text
    }

    #[test]
    fn a_reference_is_as_precise_as_the_date_and_brackets_what_was_inferred() {
        for (date, shown) in [
            ("2024-05-17T21:53", "H.N (2024), “Bài”, Báo A, 17/05/2024"),
            ("2024-05", "H.N (2024), “Bài”, Báo A, 05/2024"),
            ("2024", "H.N (2024), “Bài”, Báo A"),
            ("2024-05-15/2024-05-17", "H.N (2024), “Bài”, Báo A, 15–17/05/2024"),
            ("2023-12-30/2024-01-02", "H.N (2023–2024), “Bài”, Báo A, 30/12/2023 – 02/01/2024"),
            ("--05-17", "H.N (s.a.), “Bài”, Báo A, 17/05"),
        ] {
            let date = dated(date, None);
            let work = Work { byline: Some("H.N"), publisher: Some("Báo A"), date: Some(&date), ..BARE };
            assert_eq!(reference(&work), shown);
        }
        let date = dated("2024-05-17", Some("ba năm"));
        let work = Work { byline: Some("H.N"), date: Some(&date), ..BARE };
        assert_eq!(reference(&work), "H.N ([2024]), “Bài”, [17/05/2024]");
    }

    #[test]
    fn the_newspaper_stands_for_an_author_who_is_not_named() {
        assert_eq!(reference(&Work { publisher: Some("Báo A"), ..BARE }), "Báo A (s.a.), “Bài”");
        assert_eq!(reference(&BARE), "“Bài”");
    }

    #[test]
    fn what_is_not_known_is_in_neither_form() {
        assert_eq!(
            BARE.bibtex(ADDRESS),
            "@misc{bai,\n  title = {{Bài}},\n  note = {Kho, bai-viet/bai.html}\n}"
        );
        assert_eq!(
            BARE.csl(ADDRESS),
            "[{\n  \"id\": \"bai\",\n  \"type\": \"article-newspaper\",\n  \"title\": \"Bài\",\n  \
             \"archive\": \"Kho\",\n  \"archive_location\": \"bai-viet/bai.html\",\n  \"language\": \"vi\"\n}]"
        );
    }

    #[test]
    fn all_that_is_known_is_in_both() {
        let (date, retrieved) =
            (dated("2024-05-15/2024-05-17", None), Date::parse("2026-11-01").expect("a date"));
        let work = Work {
            byline: Some("Nguyễn Văn A - H.N"),
            publisher: Some("Báo A"),
            date: Some(&date),
            url: Some("https://a.example/x_y?a=1&b={2}"),
            archived_url: Some("https://web.example/1"),
            retrieved: Some(&retrieved),
            ..BARE
        };
        assert_eq!(
            work.bibtex(ADDRESS),
            "@article{bai,\n  author = {{Nguyễn Văn A - H.N}},\n  title = {{Bài}},\n  journal = {Báo A},\n  \
             date = {2024-05-15/2024-05-17},\n  year = {2024},\n  url = {https://a.example/x_y?a=1&b=%7B2%7D},\n  \
             urldate = {2026-11-01},\n  note = {Kho, bai-viet/bai.html; https://web.example/1}\n}"
        );
        let item: serde_json::Value = serde_json::from_str(&work.csl(ADDRESS)).expect("JSON");
        assert_eq!(item[0]["author"][0]["literal"], "Nguyễn Văn A - H.N");
        assert_eq!(item[0]["container-title"], "Báo A");
        assert_eq!(item[0]["issued"]["date-parts"], serde_json::json!([[2024, 5, 15], [2024, 5, 17]]));
        assert_eq!(item[0]["accessed"]["date-parts"], serde_json::json!([[2026, 11, 1]]));
        assert_eq!(item[0]["URL"], "https://a.example/x_y?a=1&b={2}");
    }

    #[test]
    fn an_inferred_date_says_so_in_both() {
        let date = dated("2024-05", Some("ba năm"));
        let work = Work { date: Some(&date), ..BARE };
        assert!(
            work.bibtex(ADDRESS).contains("date = {2024-05?},\n  year = {[2024]}"),
            "{}",
            work.bibtex(ADDRESS)
        );
        assert!(
            work.csl(ADDRESS).contains("{\"date-parts\": [[2024, 5]], \"circa\": true}"),
            "{}",
            work.csl(ADDRESS)
        );
    }

    #[test]
    fn signs_of_latex_and_json_are_escaped() {
        let title = "100% “A & B” #1 x_y {z} ~ ^ \\ $5 \"q\"\nhai";
        let work = Work { title, byline: Some("A\\B"), ..BARE };
        assert!(work.bibtex(ADDRESS).contains(
            "{{100\\% “A \\& B” \\#1 x\\_y \\textbraceleft{}z\\textbraceright{} \\textasciitilde{} \\textasciicircum{} \\textbackslash{} \\$5 \"q\" hai}}"
        ));
        let item: serde_json::Value = serde_json::from_str(&work.csl(ADDRESS)).expect("JSON");
        assert_eq!(item[0]["title"], title.replace('\n', " "));
    }

    proptest::proptest! {
        /// Law: whatever a title says, braces of an entry pair up, as BibTeX counts them, and
        /// CSL-JSON gives it back.
        #[test]
        fn any_title_can_be_cited(title in "\\PC{0,40}") {
            let work = Work { title: &title, ..BARE };
            let mut depth = 0;
            for c in work.bibtex(ADDRESS).chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                proptest::prop_assert!(depth >= 0);
            }
            proptest::prop_assert_eq!(depth, 0);
            let item: serde_json::Value = serde_json::from_str(&work.csl(ADDRESS)).expect("JSON");
            proptest::prop_assert_eq!(item[0]["title"].as_str(), Some(&*title));
        }
    }
}
