//! How diagnostics are printed: text for people, JSON for programs, GitHub annotations.
//!
//! Bytes become lines and columns here and nowhere else. Texts are asked for by path
//! when something is printed, so a clean build of 100,000 files keeps none of them.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Diagnostic, Language, Level, SourcePath};

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// `file:line:col: error[code] message`, then `  = help`.
    #[default]
    Text,
    /// One JSON array.
    Json,
    /// GitHub workflow commands.
    Github,
}

/// Diagnostics with the positions that a reader can use, in the order of files and lines;
/// suggestions behind all that is wrong.
pub struct Report {
    rows: Vec<Row>,
}

/// How many of each level a report has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors, and warnings that are shown as such.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Suggestions.
    pub suggestions: usize,
}

#[derive(Serialize)]
struct Row {
    file: String,
    line: usize,
    column: usize,
    level: &'static str,
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

impl Report {
    /// Puts `diagnostics` into words. `text` gives the text of a file, or `None` if there
    /// is none to show a position in. Diagnostics that are equal in all they say are
    /// shown once. `strict` shows warnings as errors, suggestions never.
    pub fn new(
        diagnostics: &[Diagnostic],
        language: Language,
        strict: bool,
        mut text: impl FnMut(&str) -> Option<String>,
    ) -> Report {
        let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
        sorted.sort_by(|a, b| {
            let place = |d: &Diagnostic| (d.level() == Level::Suggestion, d.path.clone(), d.span, d.code);
            place(a).cmp(&place(b)).then_with(|| a.message.cmp(&b.message))
        });
        sorted.dedup();
        let mut open: Option<(SourcePath, Lines)> = None;
        let rows = sorted
            .into_iter()
            .map(|diagnostic| {
                if open.as_ref().is_none_or(|(path, _)| *path != diagnostic.path) {
                    let lines = Lines::new(text(&diagnostic.path).unwrap_or_default());
                    open = Some((diagnostic.path.clone(), lines));
                }
                let (line, column) =
                    open.as_ref().map_or((1, 1), |(_, lines)| lines.line_col(diagnostic.span.start as usize));
                let level = match diagnostic.level() {
                    Level::Error => "error",
                    Level::Warning if strict => "error",
                    Level::Warning => "warning",
                    Level::Suggestion => "suggestion",
                };
                Row {
                    file: diagnostic
                        .path
                        .chars()
                        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
                        .collect(),
                    line,
                    column,
                    level,
                    code: diagnostic.code.name(),
                    message: language.say(&diagnostic.message),
                    help: match &diagnostic.help {
                        Some(help) => Some(language.say(help)),
                        // The remedy that goes with the message wherever it is given.
                        None => {
                            let key = format!("{}.help", diagnostic.message.key);
                            language.has(&key).then(|| language.words(&key, &diagnostic.message.args))
                        }
                    },
                }
            })
            .collect();
        Report { rows }
    }

    /// How many there are of each level.
    pub fn counts(&self) -> Counts {
        let of = |level| self.rows.iter().filter(|row| row.level == level).count();
        Counts { errors: of("error"), warnings: of("warning"), suggestions: of("suggestion") }
    }

    /// The report in that form; empty for text and GitHub if there is nothing to say.
    pub fn print(&self, format: Format) -> String {
        match format {
            Format::Text => self.rows.iter().fold(String::new(), |mut out, row| {
                let _ = writeln!(
                    out,
                    "{}:{}:{}: {}[{}] {}",
                    row.file, row.line, row.column, row.level, row.code, row.message
                );
                if let Some(help) = &row.help {
                    let _ = writeln!(out, "  = {help}");
                }
                out
            }),
            Format::Json => {
                serde_json::to_string_pretty(&self.rows).expect("rows are strings and numbers") + "\n"
            }
            Format::Github => self.rows.iter().fold(String::new(), |mut out, row| {
                let text = match &row.help {
                    Some(help) => format!("{}\n{help}", row.message),
                    None => row.message.clone(),
                };
                // GitHub has a level of its own for what is no fault.
                let level = if row.level == "suggestion" { "notice" } else { row.level };
                let _ = writeln!(
                    out,
                    "::{level} file={},line={},col={},title={}::{}",
                    escape_property(&row.file),
                    row.line,
                    row.column,
                    row.code,
                    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"),
                );
                out
            }),
        }
    }
}

/// Line and column of a byte offset, both 1-based; the column counts characters, so `đ` is
/// one. An offset beyond the end or within a character is taken back to the nearest
/// boundary. For one offset; a `Report` finds the lines of a text once.
pub fn line_col(text: &str, offset: usize) -> (usize, usize) {
    Lines::new(text.to_owned()).line_col(offset)
}

/// The lines of a text, found once: a file may have thousands of mistakes.
struct Lines {
    text: String,
    starts: Vec<usize>,
}

impl Lines {
    fn new(text: String) -> Lines {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Lines { text, starts }
    }

    fn line_col(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        (line, self.text[self.starts[line - 1]..offset].chars().count() + 1)
    }
}

fn escape_property(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
    text.replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::line_col;

    #[test]
    fn columns_count_characters() {
        assert_eq!(line_col("ab\nđề x", 3 + 2 + 3 + 1), (2, 4));
        assert_eq!(line_col("đ", 1), (1, 1));
        assert_eq!(line_col("", 9), (1, 1));
    }
}
