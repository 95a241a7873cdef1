//! YAML, the one seam to `serde_yaml`: text in, nodes with their places in the text out,
//! and a decoder that reports every mistake of a mapping in one run.
//!
//! `serde_yaml` gives values without positions, so a second pass walks the values and the
//! text together: both have the same order, hence each scalar is found where it stands.
//! Where the text is not the value (escapes, aliases), the span is that of what is written.
//!
//! Not here: what a key means (`document`, `config`).

use std::collections::BTreeSet;

use serde_yaml::Value as Yaml;

use crate::diagnostic::{Code, Diagnostic, SourcePath, Span};
use crate::vi::date::DateError;
use crate::vi::{Date, fold};

/// Keys whose values are texts for readers.
const PROSE: [&str; 10] =
    ["title", "name", "byline", "summary", "caption", "credit", "note", "reason", "stage", "quote"];

/// A text as an editor wrote it, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Written {
    /// The text, trimmed, in NFC.
    pub text: Box<str>,
    /// Where it stands in the source.
    pub span: Span,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands in the source.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// What YAML can say.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(Box<str>),
    /// A text.
    Text(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the text.
    Map(Vec<(Written, Node)>),
}

/// Parses the YAML mapping `source[start..end]`; spans count from the start of `source`.
///
/// `Err` holds what keeps it from being read at all. Keys that stand twice at the top are
/// in the second part of `Ok`, and their first value is taken.
pub fn parse(
    path: &SourcePath,
    source: &str,
    start: usize,
    end: usize,
) -> Result<(Node, Vec<Diagnostic>), Box<Diagnostic>> {
    let mut found = Vec::new();
    let yaml = without_duplicates(path, &source[start..end], start, &mut found);
    if let Some((at, len)) = alias(&yaml) {
        // An alias repeats what may be a megabyte; no article needs one.
        let span = Span::new(start + at, start + at + len);
        return Err(Box::new(Diagnostic::new(Code::YamlLimit, path, span)));
    }
    let value: Yaml = match serde_yaml::from_str(&yaml) {
        Ok(value) => value,
        Err(error) => return Err(Box::new(syntax_error(path, &yaml, start, &error))),
    };
    let mut locator = Locator { prose: false, path, text: &yaml, base: start, at: 0, found };
    let node = match value {
        Yaml::Null => Node { span: Span::new(start, start), value: Value::Map(Vec::new()) },
        value => locator.node(value),
    };
    Ok((node, locator.found))
}

/// `text` as it must stand in YAML to be read back as this very text: plain where that is
/// safe, else in double quotes.
pub fn quote(text: &str) -> String {
    let plain = !text.is_empty()
        && text.trim() == text
        && text.starts_with(char::is_alphabetic)
        && !text.contains([':', '#', '\n', '"', '\\', '[', ']', '{', '}', ','])
        && serde_yaml::from_str::<Yaml>(text).is_ok_and(|value| value.is_string());
    match plain {
        true => text.to_owned(),
        false => serde_json::to_string(text).expect("a text is JSON"),
    }
}

/// Blanks out top-level keys that stand a second time, with what belongs to them.
fn without_duplicates(path: &SourcePath, yaml: &str, base: usize, found: &mut Vec<Diagnostic>) -> String {
    let mut seen = BTreeSet::new();
    let mut kept = String::with_capacity(yaml.len());
    let mut dropping = false;
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        let key = top_level_key(line);
        if let Some(key) = key {
            dropping = !seen.insert(key);
            if dropping {
                let span = Span::new(base + at, base + at + key.len());
                found.push(Diagnostic::new(Code::DuplicateKey, path, span).with("key", key));
            }
        }
        if dropping {
            // As many blanks as bytes, so that later spans stay right.
            let body = line.trim_end_matches('\n');
            kept.extend(std::iter::repeat_n(' ', body.len()));
            kept.push_str(&line[body.len()..]);
        } else {
            kept.push_str(line);
        }
        at += line.len();
    }
    kept
}

/// An alias of an anchor that the text defines: its place and length.
fn alias(yaml: &str) -> Option<(usize, usize)> {
    let marked = |mark: char| {
        yaml.match_indices(mark).filter_map(move |(at, _)| {
            let before = yaml[..at].trim_end_matches([' ', '\n']).chars().next_back();
            let spaced = yaml[..at].ends_with([' ', '\n', '[', '{', ',']);
            let begins = spaced && before.is_none_or(|c| matches!(c, ':' | '-' | '[' | '{' | ',' | '?'));
            let rest = &yaml[at + 1..];
            let len =
                rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(rest.len());
            (begins && len > 0).then(|| (at, &rest[..len]))
        })
    };
    let anchors: BTreeSet<&str> = marked('&').map(|(_, name)| name).collect();
    if anchors.is_empty() {
        return None;
    }
    marked('*').find(|(_, name)| anchors.contains(name)).map(|(at, name)| (at, name.len() + 1))
}

fn top_level_key(line: &str) -> Option<&str> {
    let key = line.split(':').next()?;
    let rest = &line[key.len()..];
    let sound = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        && rest.starts_with(':')
        && (rest.len() == 1 || rest[1..].starts_with(char::is_whitespace));
    sound.then_some(key)
}

fn syntax_error(path: &SourcePath, yaml: &str, base: usize, error: &serde_yaml::Error) -> Diagnostic {
    let text = error.to_string();
    let (line_start, offset) = match error.location() {
        Some(location) => {
            let line_start = nth_line(yaml, location.line());
            let line = yaml[line_start..].lines().next().unwrap_or("");
            let column = location.column().saturating_sub(1);
            let within = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
            (line_start, line_start + within)
        }
        None => (0, 0),
    };
    let line = yaml[line_start..].lines().next().unwrap_or("");
    let span = Span::new(base + offset, base + offset);
    if text.contains("limit exceeded") {
        return Diagnostic::new(Code::YamlLimit, path, Span::new(base, base));
    }
    if text.contains("mapping values are not allowed") && line.matches(": ").count() > 1 {
        let key = line.split(':').next().unwrap_or("").trim().trim_start_matches("- ");
        let value = line.split_once(": ").map_or("", |(_, value)| value.trim());
        let at = line_start + line.len() - line.trim_start().len();
        let quoted = format!("{key}: {}", serde_json::to_string(value).expect("a text is JSON"));
        return Diagnostic::new(Code::YamlColon, path, Span::new(base + at, base + at + key.len()))
            .with("key", key)
            .help("quote.help", &[("quoted", &quoted)]);
    }
    if let Some(diagnostic) = known_slip(path, yaml, base) {
        return diagnostic;
    }
    if let Some(key) =
        text.split("duplicate entry with key \"").nth(1).and_then(|rest| rest.split('"').next())
    {
        return Diagnostic::new(Code::DuplicateKey, path, span).with("key", key);
    }
    let reason = text.split(" at line ").next().unwrap_or(&text).to_owned();
    Diagnostic::new(Code::YamlSyntax, path, span).with("reason", reason).help("yaml-syntax.help", &[])
}

/// A slip that YAML reports far from where it was made, or in words of its own.
fn known_slip(path: &SourcePath, yaml: &str, base: usize) -> Option<Diagnostic> {
    let mut start = 0;
    for line in yaml.split_inclusive('\n') {
        let at = |offset: usize| Span::new(base + start + offset, base + start + offset);
        let body = line.trim_end();
        let indent = body.len() - body.trim_start().len();
        if body[..indent].contains('\t') {
            return Some(Diagnostic::new(Code::YamlSyntax, path, at(0)).text("yaml-syntax.tab"));
        }
        let content = body.trim_start().trim_start_matches("- ");
        let offset = body.len() - content.len();
        let key_len =
            content.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(content.len());
        let rest = &content[key_len..];
        let value_at = offset + key_len + (rest.len() - rest.trim_start_matches([':', ' ']).len());
        let value = &body[value_at..];
        if key_len > 0
            && indent == 0
            && rest.starts_with([':', '：'])
            && !rest.starts_with(": ")
            && rest.len() > 1
        {
            let key = &content[..key_len];
            return Some(
                Diagnostic::new(Code::YamlSyntax, path, at(offset))
                    .text("yaml-syntax.space")
                    .with("key", key),
            );
        }
        if key_len > 0 && rest.starts_with(": ") {
            let key = &content[..key_len];
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            if let Some(quote) = quote {
                let close = closing_quote(value, quote);
                if close >= value.len()
                    || !matches!(value[close + 1..].trim_start().chars().next(), None | Some('#'))
                {
                    let text =
                        if close >= value.len() { "yaml-syntax.quote" } else { "yaml-syntax.after-quote" };
                    return Some(
                        Diagnostic::new(Code::YamlSyntax, path, at(value_at)).text(text).with("key", key),
                    );
                }
            } else if value.starts_with('[')
                && value.contains(']')
                && !value.trim_end().ends_with(']')
                && !value.contains('#')
            {
                let quoted = format!("{key}: {}", serde_json::to_string(value).unwrap_or_default());
                return Some(
                    Diagnostic::new(Code::YamlSyntax, path, at(value_at))
                        .text("yaml-syntax.bracket")
                        .with("key", key)
                        .help("quote.help", &[("quoted", &quoted)]),
                );
            } else if value.starts_with(['[', '{'])
                && let Some(hash) = value.find(" #").filter(|hash| !value[hash + 2..].starts_with(' '))
            {
                let lost = &value[hash + 1..];
                let span = Span::new(base + start + value_at + hash + 1, base + start + body.len());
                return Some(
                    Diagnostic::new(Code::YamlHash, path, span)
                        .with("lost", lost)
                        .help("yaml-hash.help-flow", &[]),
                );
            }
        }
        start += line.len();
    }
    None
}

/// Byte offset of the 1-based `line`.
fn nth_line(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
}

/// Walks values and text together.
struct Locator<'t> {
    /// Whether the value at the cursor is a text for readers, where a `#` is hardly a comment.
    prose: bool,
    path: &'t SourcePath,
    text: &'t str,
    base: usize,
    at: usize,
    found: Vec<Diagnostic>,
}

impl Locator<'_> {
    fn node(&mut self, value: Yaml) -> Node {
        match value {
            Yaml::Null => {
                self.spaces();
                let start = self.at;
                if let Some(word) =
                    ["~", "null", "Null", "NULL"].iter().find(|w| self.text[start..].starts_with(**w))
                {
                    self.at += word.len();
                }
                self.check_comment(start, start);
                Node { span: self.span(start, self.at), value: Value::Null }
            }
            value => {
                self.skip_marks();
                if self.text[self.at..].starts_with('*') {
                    let start = self.at;
                    self.at += self.word_len();
                    return flat(value, self.span(start, self.at));
                }
                let start = self.at;
                match value {
                    Yaml::Bool(value) => {
                        self.at += self.word_len();
                        Node { span: self.span(start, self.at), value: Value::Bool(value) }
                    }
                    Yaml::Number(_) => {
                        self.at += self.word_len();
                        let written = self.text[start..self.at].into();
                        Node { span: self.span(start, self.at), value: Value::Number(written) }
                    }
                    Yaml::String(text) => {
                        let span = self.scalar(&text);
                        if let Some(c) = text.chars().find(|c| crate::vi::is_forbidden(*c)) {
                            let character = format!("U+{:04X}", c as u32);
                            let diagnostic = Diagnostic::new(Code::ControlCharacter, self.path, span);
                            self.found.push(diagnostic.with("character", character));
                        }
                        Node { span, value: Value::Text(text.trim().into()) }
                    }
                    Yaml::Sequence(items) => {
                        let items = items.into_iter().map(|item| self.node(item)).collect();
                        Node { span: self.span(start, self.at), value: Value::List(items) }
                    }
                    Yaml::Mapping(mapping) => {
                        let mut entries = Vec::with_capacity(mapping.len());
                        for (key, value) in mapping {
                            let key = self.key(key);
                            self.prose = PROSE.contains(&&*key.text);
                            let mut node = self.node(value);
                            self.prose = false;
                            if matches!(node.value, Value::Null) {
                                node.span = key.span;
                            }
                            entries.push((key, node));
                        }
                        Node { span: self.span(start, self.at), value: Value::Map(entries) }
                    }
                    Yaml::Tagged(tagged) => self.node(tagged.value),
                    Yaml::Null => Node { span: self.span(start, start), value: Value::Null },
                }
            }
        }
    }

    fn key(&mut self, key: Yaml) -> Written {
        self.skip_marks();
        let text = match key {
            Yaml::String(text) => text,
            other => scalar_text(&other),
        };
        if !self.text[self.at..].trim_start_matches(['"', '\'']).starts_with(&text) {
            // Lost after something that is not written as its value: look ahead.
            let mut from = self.at;
            while let Some(hit) = self.text[from..].find(&text) {
                let after = self.text[from + hit + text.len()..].trim_start_matches(['"', '\'', ' ']);
                if after.starts_with(':') {
                    self.at = from + hit;
                    break;
                }
                from += hit + text.len().max(1);
            }
        }
        let span = self.scalar(&text);
        if let Some(colon) = self.text[self.at..].find(':') {
            self.at += colon + 1;
        }
        Written { text: text.into(), span }
    }

    /// The span of a scalar that begins at the cursor, which moves behind it.
    fn scalar(&mut self, value: &str) -> Span {
        let start = self.at;
        let rest = &self.text[start..];
        match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let end = closing_quote(rest, quote);
                self.at = start + end + usize::from(end < rest.len());
                self.span(start + 1, start + end)
            }
            Some('|' | '>') => {
                let end = block_end(rest);
                self.at = start + end;
                self.span(start, start + rest.find('\n').unwrap_or(end).min(end))
            }
            _ => {
                let end = start + plain_len(rest, value);
                self.at = end;
                self.check_comment(start, end);
                self.span(start, end)
            }
        }
    }

    /// A plain scalar followed by ` #x` has lost its end: a comment has a space after its
    /// `#`, and none follows a text for readers.
    fn check_comment(&mut self, start: usize, end: usize) {
        let spaces = self.text[end..].bytes().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let at = end + spaces;
        let spaced = spaces > 0 || end == 0 || self.text[..end].ends_with(char::is_whitespace);
        if !spaced || !self.text[at..].starts_with('#') {
            return;
        }
        let comment = self.text[at..].lines().next().unwrap_or("").trim_end();
        let glued = comment[1..].starts_with(|c: char| !c.is_whitespace() && c != '#');
        let words = self.text[start..end].contains(char::is_alphabetic) || start == end;
        if !words || !(glued || (self.prose && start < end)) {
            return;
        }
        let line_start = self.text[..end].rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.text[line_start..].lines().next().unwrap_or("").trim();
        let span = self.span(at, at + comment.len());
        let diagnostic = Diagnostic::new(Code::YamlHash, self.path, span).with("lost", comment);
        let quoted = |text: &str| serde_json::to_string(text.trim()).unwrap_or_default();
        let whole = start >= line_start;
        let remedy = match (line.strip_prefix("- "), line.split_once(": ")) {
            (_, Some((key, value))) if whole => Some(format!("{key}: {}", quoted(value))),
            (Some(item), None) if whole => Some(format!("- {}", quoted(item))),
            _ => None,
        };
        self.found.push(match remedy {
            Some(remedy) => diagnostic.help("quote.help", &[("quoted", &remedy)]),
            None => diagnostic.help("yaml-hash.help-flow", &[]),
        });
    }

    /// Moves over spaces on this line.
    fn spaces(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// Moves over white space, comments and the marks of lists and mappings to a value.
    fn skip_marks(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let bytes = rest.as_bytes();
            match bytes.first() {
                Some(b' ' | b'\t' | b'\n' | b',' | b'[' | b']' | b'{' | b'}') => self.at += 1,
                Some(b'#') => self.at += rest.find('\n').unwrap_or(rest.len()),
                Some(b'-' | b'?') if bytes.get(1).is_none_or(u8::is_ascii_whitespace) => self.at += 1,
                Some(b'&' | b'!') => {
                    let start = self.at;
                    self.at += self.word_len().max(1);
                    let span = self.span(start, self.at);
                    let lost = &self.text[start..self.at];
                    self.found.push(
                        Diagnostic::new(Code::YamlHash, self.path, span)
                            .text("yaml-hash.mark")
                            .with("lost", lost)
                            .help("yaml-hash.help-flow", &[]),
                    );
                }
                _ => return,
            }
        }
    }

    fn word_len(&self) -> usize {
        let rest = &self.text[self.at..];
        rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(rest.len())
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start, self.base + end)
    }
}

/// The values behind an alias, all at the place of the alias.
fn flat(value: Yaml, span: Span) -> Node {
    let value = match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => Value::Bool(value),
        Yaml::Number(number) => Value::Number(number.to_string().into()),
        Yaml::String(text) => Value::Text(text.trim().into()),
        Yaml::Sequence(items) => Value::List(items.into_iter().map(|item| flat(item, span)).collect()),
        Yaml::Mapping(mapping) => Value::Map(
            mapping
                .into_iter()
                .map(|(key, value)| (Written { text: scalar_text(&key).into(), span }, flat(value, span)))
                .collect(),
        ),
        Yaml::Tagged(tagged) => return flat(tagged.value, span),
    };
    Node { span, value }
}

fn scalar_text(value: &Yaml) -> String {
    match value {
        Yaml::String(text) => text.clone(),
        Yaml::Bool(value) => value.to_string(),
        Yaml::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn closing_quote(text: &str, quote: char) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == '"' => at += 2,
            b if b == quote as u8 => {
                if quote == '\'' && bytes.get(at + 1) == Some(&b'\'') {
                    at += 2;
                } else {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    text.len()
}

/// Bytes of a block scalar: its header line and all lines at least as far in as its first.
fn block_end(text: &str) -> usize {
    let mut end = 0;
    let mut indent = None;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        if number > 0 && !line.trim().is_empty() {
            let first = *indent.get_or_insert(spaces);
            if spaces < first || first == 0 {
                break;
            }
        }
        end += line.len();
    }
    end
}

/// Bytes of the plain scalar at the start of `text` whose value is `value`: any run of
/// white space is as good as another, because a plain scalar may go on over lines.
fn plain_len(text: &str, value: &str) -> usize {
    let mut rest = text;
    for word in value.split_whitespace() {
        let trimmed = rest.trim_start();
        match trimmed.strip_prefix(word) {
            Some(after) => rest = after,
            None => return text.lines().next().unwrap_or("").trim_end().len(),
        }
    }
    text.len() - rest.len()
}

/// Decodes a mapping key by key, so that one run shows every mistake in it.
pub struct Fields<'a> {
    path: &'a SourcePath,
    span: Span,
    entries: Vec<Option<(Written, Node)>>,
    known: Vec<&'static str>,
    found: Vec<Diagnostic>,
    /// It is no mapping at all, which was reported: nothing can be missing from it.
    is_none: bool,
}

impl<'a> Fields<'a> {
    /// The fields of `node`; a diagnostic and no fields if it is no mapping.
    pub fn new(path: &'a SourcePath, node: Node) -> Fields<'a> {
        Fields::of("", path, node)
    }

    fn of(key: &str, path: &'a SourcePath, node: Node) -> Fields<'a> {
        let span = node.span;
        let mut found = Vec::new();
        let mut is_none = false;
        let entries = match node.value {
            Value::Map(entries) => entries.into_iter().map(Some).collect(),
            Value::Null => Vec::new(),
            _ => {
                let text = if key.is_empty() { "wrong-type.whole" } else { "wrong-type" };
                found.push(wrong_type(path, span, key, "type.map").text(text));
                is_none = true;
                Vec::new()
            }
        };
        Fields { path, span, entries, known: Vec::new(), found, is_none }
    }

    /// The file.
    pub fn path(&self) -> &'a SourcePath {
        self.path
    }

    /// The fields of a mapping within this one. Give what its `finish` finds to `add`.
    pub fn nested(&self, key: &str, node: Node) -> Fields<'a> {
        Fields::of(key, self.path, node)
    }

    /// Whether nothing can be said of what is in it: it is no mapping, or has mistakes.
    pub fn is_spoilt(&self) -> bool {
        self.is_none || !self.found.is_empty()
    }

    /// Adds a diagnostic with that message.
    pub fn wrong(&mut self, code: Code, span: Span, text: &'static str) {
        self.found.push(Diagnostic::new(code, self.path, span).text(text));
    }

    /// Where the mapping stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Where the value of `key` stands; the whole mapping if it is missing.
    pub fn span_of(&self, key: &str) -> Span {
        let entry = self.entries.iter().flatten().find(|(name, _)| &*name.text == key);
        entry.map_or(self.span, |(_, node)| node.span)
    }

    /// Whether the key is there with a value, without taking it.
    pub fn has(&self, key: &str) -> bool {
        self.entries
            .iter()
            .flatten()
            .any(|(name, node)| &*name.text == key && !matches!(node.value, Value::Null))
    }

    /// Takes the value of `key`; `None` if it is missing or empty.
    pub fn node(&mut self, key: &'static str) -> Option<Node> {
        self.known.push(key);
        let entry =
            self.entries.iter_mut().find(|entry| matches!(entry, Some((name, _)) if &*name.text == key))?;
        let (_, node) = entry.take()?;
        (!matches!(node.value, Value::Null)).then_some(node)
    }

    /// Takes a text; a number counts as the text that was written.
    pub fn text(&mut self, key: &'static str) -> Option<Written> {
        let node = self.node(key)?;
        self.as_text(key, node)
    }

    /// Takes a text that must be there and must not be empty.
    pub fn required(&mut self, key: &'static str) -> Option<Written> {
        let there = self.has(key);
        let text = self.text(key);
        let empty = text.as_ref().is_some_and(|text| text.text.trim().is_empty());
        if (!there || empty) && !self.is_none {
            self.found.push(Diagnostic::new(Code::MissingKey, self.path, self.span).with("key", key));
        }
        text
    }

    /// Takes a list of texts, or one text.
    pub fn texts(&mut self, key: &'static str) -> Vec<Written> {
        self.items(key).into_iter().filter_map(|node| self.as_text(key, node)).collect()
    }

    /// Takes a list of mappings, or one mapping.
    pub fn maps(&mut self, key: &'static str) -> Vec<Fields<'a>> {
        self.items(key).into_iter().map(|node| Fields::of(key, self.path, node)).collect()
    }

    /// Takes a list, or one value as a list of one.
    pub fn items(&mut self, key: &'static str) -> Vec<Node> {
        match self.node(key) {
            None => Vec::new(),
            Some(Node { value: Value::List(items), .. }) => {
                items.into_iter().filter(|item| !matches!(item.value, Value::Null)).collect()
            }
            Some(node) => vec![node],
        }
    }

    /// Takes `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        match node.value {
            Value::Bool(value) => Some(value),
            _ => {
                self.found.push(wrong_type(self.path, node.span, key, "type.boolean"));
                None
            }
        }
    }

    /// Takes a whole number that is not negative; thousands may be set off by dots (1.780).
    pub fn count(&mut self, key: &'static str) -> Option<u32> {
        let node = self.node(key)?;
        let value = match &node.value {
            Value::Number(text) | Value::Text(text) => whole_number(text),
            _ => None,
        };
        if value.is_none() {
            self.found.push(wrong_type(self.path, node.span, key, "type.count"));
        }
        value
    }

    /// Takes one of `values`, by folded comparison; gives its index.
    pub fn choice(&mut self, key: &'static str, values: &[&str]) -> Option<usize> {
        let text = self.text(key)?;
        let folded = fold(&text.text);
        let index = values.iter().position(|value| fold(value) == folded);
        if index.is_none() {
            self.found.push(
                Diagnostic::new(Code::UnknownValue, self.path, text.span)
                    .with("key", key)
                    .with("value", &text.text)
                    .help("unknown-value.help", &[("values", &values.join(", "))]),
            );
        }
        index
    }

    /// Takes a date in any of the forms of `vi::Date`.
    pub fn date(&mut self, key: &'static str) -> Option<Date> {
        let node = self.node(key)?;
        self.as_date(key, node)
    }

    /// Reads a node as a date.
    pub fn as_date(&mut self, key: &'static str, node: Node) -> Option<Date> {
        let text = self.as_text(key, node)?;
        match Date::parse(&text.text) {
            Ok(date) => Some(date),
            Err(error) => {
                let (code, help) = match error {
                    DateError::Form => (Code::BadDate, "bad-date.help"),
                    DateError::Impossible => (Code::ImpossibleDate, "impossible-date.help"),
                };
                self.found.push(
                    Diagnostic::new(code, self.path, text.span).with("date", &text.text).help(help, &[]),
                );
                None
            }
        }
    }

    /// Reads a node as a text.
    pub fn as_text(&mut self, key: &'static str, node: Node) -> Option<Written> {
        match node.value {
            Value::Text(text) | Value::Number(text) => Some(Written { text, span: node.span }),
            _ => {
                self.found.push(wrong_type(self.path, node.span, key, "type.text"));
                None
            }
        }
    }

    /// Adds what a nested mapping or a later check found.
    pub fn add(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        self.found.extend(found);
    }

    /// Takes every key that is left, whatever its name: for mappings whose keys are data.
    pub fn rest(&mut self) -> Vec<(Written, Node)> {
        self.entries.iter_mut().filter_map(Option::take).collect()
    }

    /// Everything found, keys that nobody asked for included.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        for (key, _) in self.entries.iter().flatten() {
            let nearest = self
                .known
                .iter()
                .map(|known| (strsim::damerau_levenshtein(known, &key.text), *known))
                .min()
                .filter(|(distance, known)| *distance <= 1 + known.len() / 5);
            let mut diagnostic =
                Diagnostic::new(Code::UnknownKey, self.path, key.span).with("key", &key.text);
            diagnostic = match nearest {
                Some((_, known)) => diagnostic.help("did-you-mean", &[("name", known)]),
                None => {
                    let mut known = self.known.clone();
                    known.sort_unstable();
                    known.dedup();
                    diagnostic.help("unknown-key.help", &[("keys", &known.join(", "))])
                }
            };
            if let Some((_, meant)) = nearest {
                // A misspelled key is one mistake, not a missing key as well.
                self.found.retain(|other| {
                    other.code != Code::MissingKey
                        || !other.message.args.iter().any(|(_, value)| value == meant)
                });
            }
            self.found.push(diagnostic);
        }
        self.found
    }
}

fn wrong_type(path: &SourcePath, span: Span, key: &str, wanted: &'static str) -> Diagnostic {
    let found = Diagnostic::new(Code::WrongType, path, span).help(wanted, &[]);
    match key {
        "" => found.text("wrong-type.value"),
        key => found.with("key", key),
    }
}

/// `1780`, `1.780` or `12 000`: dots and spaces only between groups of three.
fn whole_number(text: &str) -> Option<u32> {
    let groups: Vec<&str> = text.split(['.', ' ', '\u{a0}', '_']).collect();
    let sound = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()))
        && groups[1..].iter().all(|group| group.len() == 3);
    sound.then(|| groups.concat().parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{Fields, Node, Value, parse, quote};
    use crate::diagnostic::SourcePath;

    fn path() -> SourcePath {
        "a.md".into()
    }

    /// Each scalar as the text that its span covers.
    #[track_caller]
    fn check(yaml: &str, expect: &[&str]) {
        let (node, found) = parse(&path(), yaml, 0, yaml.len()).expect("sound YAML");
        assert_eq!(found, Vec::new());
        let mut texts = Vec::new();
        collect(&node, yaml, &mut texts);
        assert_eq!(texts, expect);
    }

    fn collect<'t>(node: &Node, yaml: &'t str, texts: &mut Vec<&'t str>) {
        match &node.value {
            Value::List(items) => items.iter().for_each(|item| collect(item, yaml, texts)),
            Value::Map(entries) => entries.iter().for_each(|(_, node)| collect(node, yaml, texts)),
            Value::Null => {}
            _ => texts.push(&yaml[node.span.start as usize..node.span.end as usize]),
        }
    }

    #[test]
    fn every_scalar_is_found_where_it_stands() {
        check(
            "kind: Đảng ủy  # ghi chú\nunits: [\"A b\", 'c''d', E]\nn: 12\nlist:\n  - x\n  - {k: y, z: 3}\n",
            &["Đảng ủy", "A b", "c''d", "E", "12", "x", "y", "3"],
        );
        check("a: một\n  hai\nb: >-\n  title: không\n  phải khóa\ntitle: x\n", &["một\n  hai", ">-", "x"]);
        check("a:\nb: ~\nd: --05-17\ne: 2022-12\n", &["--05-17", "2022-12"]);
    }

    #[track_caller]
    fn codes(yaml: &str) -> Vec<(&'static str, String)> {
        let found = match parse(&path(), yaml, 0, yaml.len()) {
            Ok((_, found)) => found,
            Err(diagnostic) => vec![*diagnostic],
        };
        found
            .iter()
            .map(|d| {
                (
                    d.code.name(),
                    yaml.get(d.span.start as usize..d.span.end as usize).unwrap_or("?").to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn traps_of_yaml_have_messages_of_their_own() {
        assert_eq!(codes("title: Số: 15-CT/TU\n"), [("yaml-colon", "title".to_owned())]);
        assert_eq!(codes("title: Mô hình #1\n"), [("yaml-hash", "#1".to_owned())]);
        assert_eq!(codes("title: #1\nb: c\n"), [("yaml-hash", "#1".to_owned())]);
        assert_eq!(codes("title: \"Mô hình #1\" # lời\n"), []);
        assert_eq!(codes("title: a\nđ: b\ntitle: c\n"), [("duplicate-key", "title".to_owned())]);
        assert_eq!(codes("title: Mô hình # 1\n"), [("yaml-hash", "# 1".to_owned())]);
        assert_eq!(codes("added: 2026-11-21 # ngày\nunits: [a] # b\n"), []);
        assert_eq!(codes("title: &x abc\n"), [("yaml-hash", "&x".to_owned())]);
        assert_eq!(codes("title: [a\n")[0].0, "yaml-syntax");
        assert_eq!(codes("a: b\nbyline:Nhân\n"), [("yaml-syntax", String::new())]);
    }

    #[test]
    fn a_yaml_bomb_is_refused() {
        let mut yaml = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let before = format!("*a{}", level - 1);
            yaml += &format!("a{level}: &a{level} [{}]\n", vec![before; 10].join(", "));
        }
        assert_eq!(codes(&yaml)[0].0, "yaml-limit");
        assert_eq!(codes("a: &a xxxx\nb: [*a, *a]\n")[0].0, "yaml-limit");
        assert_eq!(codes(&format!("a: {}{}", "[".repeat(5000), "]".repeat(5000)))[0].0, "yaml-limit");
    }

    #[test]
    fn one_run_shows_every_mistake_of_a_mapping() {
        let yaml = "titel: a\ndraft: yes\ntotal: nhiều\ndate: 30/2/2022\n";
        let path = path();
        let (node, _) = parse(&path, yaml, 0, yaml.len()).unwrap();
        let mut fields = Fields::new(&path, node);
        fields.required("title");
        fields.boolean("draft");
        fields.count("total");
        fields.date("date");
        let names: Vec<_> = fields.finish().iter().map(|d| d.code.name()).collect();
        // `titel` is a misspelled `title`: one mistake, not a missing key as well.
        assert_eq!(names, ["wrong-type", "wrong-type", "impossible-date", "unknown-key"]);
    }

    #[test]
    fn thousands_may_be_set_off() {
        let yaml = "a: 1.780\nb: \"12 000\"\nc: 1.78\n";
        let path = path();
        let (node, _) = parse(&path, yaml, 0, yaml.len()).unwrap();
        let mut fields = Fields::new(&path, node);
        assert_eq!(
            (fields.count("a"), fields.count("b"), fields.count("c")),
            (Some(1780), Some(12000), None)
        );
    }

    proptest::proptest! {
        /// Law: what is quoted reads back as it was.
        #[test]
        fn quoting_reads_back(text in "\\PC{1,30}") {
            let yaml = format!("k: {}", quote(text.trim()));
            let (node, _) = parse(&path(), &yaml, 0, yaml.len()).unwrap();
            let Value::Map(entries) = node.value else { panic!("a mapping") };
            match &entries[0].1.value {
                Value::Text(read) => proptest::prop_assert_eq!(&**read, text.trim()),
                Value::Null => proptest::prop_assert!(text.trim().is_empty()),
                other => proptest::prop_assert!(false, "{:?}", other),
            }
        }

        /// Law: no text makes the reader panic.
        #[test]
        fn any_text_is_read_or_refused(text in "[a-z:#\\-\\[\\]{}&*!|>'\",\n đ]{0,60}") {
            let _ = parse(&path(), &text, 0, text.len());
        }
    }
}
