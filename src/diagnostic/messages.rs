//! The words of the diagnostics, in Vietnamese and in English.
//!
//! One file per language, `key = text`, with `{places}` for values. A test holds the
//! two files to the same keys and places, so no message can exist in one language only.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Message;

/// A language of messages and of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// `vi` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Language::Vi => "vi",
            Language::En => "en",
        }
    }

    /// The language with that code.
    pub fn from_code(code: &str) -> Option<Language> {
        match code {
            "vi" => Some(Language::Vi),
            "en" => Some(Language::En),
            _ => None,
        }
    }

    /// The words of `message`, its values filled in. A key without words is shown as
    /// it is: a test makes sure that there is none.
    pub fn say(self, message: &Message) -> String {
        self.words(message.key, &message.args)
    }

    /// Whether there are words for the message `key`.
    pub fn has(self, key: &str) -> bool {
        catalogue(self).contains_key(key)
    }

    /// The words of the message `key` with `args` filled in.
    pub fn words<V: AsRef<str>>(self, key: &str, args: &[(&'static str, V)]) -> String {
        let text = catalogue(self).get(key).copied().unwrap_or(key);
        let mut words = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}') else { break };
            words.push_str(&rest[..open]);
            let name = &rest[open + 1..open + close];
            push_plain(
                &mut words,
                args.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value.as_ref()),
            );
            rest = &rest[open + close + 1..];
        }
        words.push_str(rest);
        words
    }
}

/// Adds a value on one line: control characters, which could write elsewhere on a terminal
/// or begin a line of their own, are shown by their code.
fn push_plain(words: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '\n' => words.push_str(" / "),
            c if c.is_control() || is_turning(c) => words.extend(c.escape_unicode()),
            c => words.push(c),
        }
    }
}

/// Characters that turn the direction of the text behind them.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Every message key of a language, with its text: for the test that compares them.
pub fn message_keys(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    catalogue(language).iter().map(|(key, text)| (*key, *text))
}

fn catalogue(language: Language) -> &'static BTreeMap<&'static str, &'static str> {
    static VI: OnceLock<BTreeMap<&str, &str>> = OnceLock::new();
    static EN: OnceLock<BTreeMap<&str, &str>> = OnceLock::new();
    match language {
        Language::Vi => VI.get_or_init(|| parse(include_str!("messages/vi.txt"))),
        Language::En => EN.get_or_init(|| parse(include_str!("messages/en.txt"))),
    }
}

fn parse(text: &'static str) -> BTreeMap<&'static str, &'static str> {
    text.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, text)| (key.trim(), text.trim()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{Language, message_keys};
    use crate::diagnostic::Code;

    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
    }

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_places() {
        let vi: BTreeMap<_, _> = message_keys(Language::Vi).map(|(k, t)| (k, places(t))).collect();
        let en: BTreeMap<_, _> = message_keys(Language::En).map(|(k, t)| (k, places(t))).collect();
        assert_eq!(vi, en);
    }

    #[test]
    fn every_code_has_words() {
        let keys: BTreeSet<_> = message_keys(Language::Vi).map(|(key, _)| key).collect();
        let missing: Vec<_> =
            Code::ALL.iter().map(|code| code.name()).filter(|name| !keys.contains(name)).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
