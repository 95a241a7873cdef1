//! What one article read of the look-up tables, so that it need not be resolved again until
//! that changes.
//!
//! Everything that files say together and that an article may ask for lies in a [`Table`],
//! [`Rows`] or [`Fact`], which give nothing away without noting what was asked: the key, not
//! the answer, so that a name which nobody had is noted too. After the next filling,
//! `changes_since` tells which keys have another answer; an article that asked for none of
//! them means what it meant.
//!
//! The notes of a thread lie in a thread-local: a recorder handed through the forty functions
//! that look something up would be left out by the forty-first, and nothing would tell.
//! Keys are kept as 32 bits of a hash. Two that share them make an article be resolved for
//! nothing now and then, never the other way round.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

/// The keys that were asked for: sorted, each once.
#[derive(Debug, Default)]
pub(super) struct Reads(Box<[u32]>);

/// Keys whose answers changed.
#[derive(Default)]
pub(super) struct Changed(Vec<u32>);

thread_local! {
    /// What was asked since `record` began, if it did.
    static NOTES: RefCell<Option<Vec<u32>>> = const { RefCell::new(None) };
}

/// Runs `resolve` and gives what it read along with its outcome. Not to be nested, and
/// `resolve` stays on its thread.
pub(super) fn record<T>(resolve: impl FnOnce() -> T) -> (T, Reads) {
    NOTES.set(Some(Vec::with_capacity(64)));
    let outcome = resolve();
    let mut notes = NOTES.take().unwrap_or_default();
    notes.sort_unstable();
    notes.dedup();
    (outcome, Reads(notes.into()))
}

fn note(key: impl FnOnce() -> u32) {
    NOTES.with_borrow_mut(|notes| {
        if let Some(notes) = notes {
            notes.push(key());
        }
    });
}

impl Changed {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn add(&mut self, key: u32) {
        self.0.push(key);
    }

    /// To be called once all tables were compared.
    pub(super) fn settle(&mut self) {
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// Whether one of `reads` is among them.
    pub(super) fn touches(&self, reads: &Reads) -> bool {
        let (few, many) = match self.0.len() < reads.0.len() {
            true => (&self.0[..], &reads.0[..]),
            false => (&reads.0[..], &self.0[..]),
        };
        few.iter().any(|key| many.binary_search(key).is_ok())
    }
}

/// Answers by key. `name` tells its keys from those of other tables.
pub(super) struct Table<K, V> {
    name: &'static str,
    /// Shared with the table of the last build where that was the same.
    all: Arc<FxHashMap<K, V>>,
}

impl<K: Hash + Eq + Clone, V: Clone> Table<K, V> {
    pub(super) fn new(name: &'static str) -> Table<K, V> {
        Table { name, all: Arc::default() }
    }

    pub(super) fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        note(|| hashed(self.name, key));
        self.all.get(key)
    }

    pub(super) fn has<Q>(&self, key: &Q) -> bool
    where
        K: std::borrow::Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.get(key).is_some()
    }

    /// All answers, in no order: whoever asks for them has read the whole.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        note(|| whole(self.name));
        self.all.iter()
    }

    /// For filling it.
    pub(super) fn entry(&mut self, key: K) -> std::collections::hash_map::Entry<'_, K, V> {
        Arc::make_mut(&mut self.all).entry(key)
    }

    pub(super) fn insert(&mut self, key: K, value: V) {
        Arc::make_mut(&mut self.all).insert(key, value);
    }

    /// The same table, for a build of which it is known that it would be filled alike.
    pub(super) fn share(&self) -> Table<K, V> {
        Table { name: self.name, all: self.all.clone() }
    }

    /// Adds the keys that `old` answers otherwise.
    pub(super) fn changes_since(&self, old: &Table<K, V>, changed: &mut Changed)
    where
        V: PartialEq,
    {
        if Arc::ptr_eq(&self.all, &old.all) {
            return;
        }
        let before = changed.0.len();
        // In no order: `settle` sorts them.
        let other = self.all.iter().filter(|(key, value)| old.all.get(*key) != Some(*value));
        let gone = old.all.keys().filter(|key| !self.all.contains_key(*key));
        other.map(|(key, _)| key).chain(gone).for_each(|key| changed.add(hashed(self.name, key)));
        if changed.0.len() > before {
            changed.add(whole(self.name));
        }
    }
}

/// Answers by number, from 0.
pub(super) struct Rows<V> {
    name: &'static str,
    all: Vec<V>,
}

impl<V> Rows<V> {
    pub(super) fn new(name: &'static str) -> Rows<V> {
        Rows { name, all: Vec::new() }
    }

    pub(super) fn push(&mut self, value: V) {
        self.all.push(value);
    }

    pub(super) fn get(&self, index: usize) -> Option<&V> {
        note(|| hashed(self.name, &index));
        self.all.get(index)
    }

    /// All of them: whoever asks has read the whole.
    pub(super) fn all(&self) -> &[V] {
        note(|| whole(self.name));
        &self.all
    }

    pub(super) fn len(&self) -> usize {
        note(|| whole(self.name));
        self.all.len()
    }

    /// Adds the numbers that `old` answers otherwise.
    pub(super) fn changes_since(&self, old: &Rows<V>, changed: &mut Changed)
    where
        V: PartialEq,
    {
        let before = changed.0.len();
        for index in 0..self.all.len().max(old.all.len()) {
            if self.all.get(index) != old.all.get(index) {
                changed.add(hashed(self.name, &index));
            }
        }
        if changed.0.len() > before {
            changed.add(whole(self.name));
        }
    }
}

impl<V> std::ops::Index<usize> for Rows<V> {
    type Output = V;

    fn index(&self, index: usize) -> &V {
        note(|| hashed(self.name, &index));
        &self.all[index]
    }
}

/// One answer.
pub(super) struct Fact<V> {
    name: &'static str,
    value: V,
}

impl<V> Fact<V> {
    pub(super) fn new(name: &'static str, value: V) -> Fact<V> {
        Fact { name, value }
    }

    pub(super) fn get(&self) -> &V {
        note(|| whole(self.name));
        &self.value
    }

    /// For filling it.
    pub(super) fn value_mut(&mut self) -> &mut V {
        &mut self.value
    }

    pub(super) fn changes_since(&self, old: &Fact<V>, changed: &mut Changed)
    where
        V: PartialEq,
    {
        if self.value != old.value {
            changed.add(whole(self.name));
        }
    }
}

fn hashed<Q: Hash + ?Sized>(name: &'static str, key: &Q) -> u32 {
    let mut hasher = FxHasher::default();
    name.hash(&mut hasher);
    key.hash(&mut hasher);
    let hash = hasher.finish();
    (hash ^ hash >> 32) as u32
}

/// The key of a table as a whole.
fn whole(name: &'static str) -> u32 {
    hashed(name, "\u{0}whole")
}
