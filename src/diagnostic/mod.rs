//! Diagnostics: what is wrong with the content, where, and what to do about it.
//!
//! Owns the closed list of codes, their levels, the two languages of their messages
//! and the three forms in which they are printed. A stage adds `Diagnostic`s to a
//! `Checked` value and never prints. Reading order: `Code`, `Diagnostic`, `Checked`,
//! then `report`.
//!
//! Not here: a failing machine (each IO module has its own `Error`).

mod code;
mod messages;
mod report;

use std::sync::Arc;

pub use code::{Code, Level};
pub use messages::{Language, message_keys};
pub use report::{Counts, Format, Report, line_col};

/// A range of bytes in a source text, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// The range `start..end`, in bytes. Texts are limited to far less than 4 GiB.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }
}

/// A path relative to the site's folder, `/`-separated, e.g. `content/articles/a.md`.
pub type SourcePath = Arc<str>;

/// A message and the values of its places, to be put into words at the edge.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// Key in `messages/{vi,en}.txt`.
    pub key: &'static str,
    /// Values for the `{places}` of that text.
    pub args: Vec<(&'static str, String)>,
}

/// One mistake, or one suggestion: one message, at one place, with one remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of mistake.
    pub code: Code,
    /// The file.
    pub path: SourcePath,
    /// Where in the file; empty at 0 for the file as a whole.
    pub span: Span,
    /// The fact.
    pub message: Message,
    /// The remedy.
    pub help: Option<Message>,
}

impl Diagnostic {
    /// A diagnostic whose text is the message named like the code.
    pub fn new(code: Code, path: &SourcePath, span: Span) -> Diagnostic {
        Diagnostic {
            code,
            path: path.clone(),
            span,
            message: Message { key: code.name(), args: Vec::new() },
            help: None,
        }
    }

    /// Takes the text of another message of the same code.
    pub fn text(mut self, key: &'static str) -> Diagnostic {
        self.message.key = key;
        self
    }

    /// Gives a value to a place of the message.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Diagnostic {
        self.message.args.push((name, value.to_string()));
        self
    }

    /// Sets the remedy.
    pub fn help(mut self, key: &'static str, args: &[(&'static str, &str)]) -> Diagnostic {
        let args = args.iter().map(|&(name, value)| (name, value.to_owned())).collect();
        self.help = Some(Message { key, args });
        self
    }

    /// The level by its code.
    pub fn level(&self) -> Level {
        self.code.level()
    }
}

/// A value together with everything found wrong while making it.
#[derive(Debug)]
pub struct Checked<T> {
    /// What could be made of the input.
    pub value: T,
    /// In the order of the input.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value with nothing wrong.
    pub fn clean(value: T) -> Checked<T> {
        Checked { value, diagnostics: Vec::new() }
    }

    /// Moves the diagnostics to `found` and gives the value.
    pub fn drain_into(self, found: &mut Vec<Diagnostic>) -> T {
        found.extend(self.diagnostics);
        self.value
    }
}

impl<T> FromIterator<Checked<T>> for Checked<Vec<T>> {
    fn from_iter<I: IntoIterator<Item = Checked<T>>>(iter: I) -> Self {
        let mut all = Checked { value: Vec::new(), diagnostics: Vec::new() };
        for one in iter {
            all.value.push(one.value);
            all.diagnostics.extend(one.diagnostics);
        }
        all
    }
}
