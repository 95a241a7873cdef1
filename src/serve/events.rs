//! What open pages are told, as server-sent events: that they are old, and what is wrong.
//!
//! | event     | data                                       | the page                        |
//! |-----------|--------------------------------------------|---------------------------------|
//! | `trouble` | `null`, or `{id, language, title, text, close}` | hides or shows the diagnostics |
//! | `styles`  | `{version, sheets}`                        | swaps its style sheets          |
//! | `reload`  | none                                       | reloads                         |
//!
//! One task a page, which wakes when the state changes and looks for itself. It sees the
//! latest state only, however many it slept through, so nothing piles up for a page that
//! does not listen.

use std::{path::PathBuf, time::Duration};

use hyper::body::Bytes;
use serde_json::{Value, json};
use tokio::{
    sync::{mpsc, watch},
    task::spawn_blocking,
    time::timeout,
};

use super::{
    Preview, State, Trouble,
    address::Address,
    body::Events,
    page::{self, Change, Version},
    words::words,
};
use crate::digest::Digest;

/// How long nothing is said at most. By writing, the system learns that a client is gone
/// that did not say so.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The event that says that nothing is wrong.
const NO_TROUBLE: Bytes = Bytes::from_static(b"event: trouble\ndata: null\n\n");

/// What is written when nothing is said: a comment.
const BEAT: Bytes = Bytes::from_static(b":\n\n");

/// The event that says what is wrong. `serial` tells it from another with the same words.
pub(super) fn trouble(trouble: &Trouble, serial: u64) -> Bytes {
    let Trouble { language, title, text } = trouble;
    // The serial alone would name another trouble after the server was started again.
    let id = format!("{serial}-{}", Digest::of(text.as_bytes()));
    let (language, close) = (language.code(), words(*language).close);
    event("trouble", &json!({ "id": id, "language": language, "title": title, "text": text, "close": close }))
}

/// Begins to tell the page at `address` (none: one that no file can have), which was made
/// from `shown`, what it should know. Ends when what is returned is dropped.
pub(super) fn begin(preview: &Preview, address: Option<Address>, shown: Option<Version>) -> Events {
    // One at a time: the next is made when the last has been taken.
    let (to, written) = mpsc::channel(1);
    let (root, state) = (preview.root.clone(), preview.state.clone());
    let writer = tokio::spawn(async move {
        // It ends because nobody is left: the client is gone, or the server ends.
        let _ = tell(root, address, shown, state, to).await;
    });
    Events { written, writer }
}

/// Nobody listens any more.
struct Gone;

async fn tell(
    root: PathBuf,
    address: Option<Address>,
    mut shown: Option<Version>,
    mut state: watch::Receiver<State>,
    to: mpsc::Sender<Bytes>,
) -> Result<(), Gone> {
    let mut told = None;
    loop {
        let State { is_built, serial, trouble } = state.borrow_and_update().clone();
        if told != Some(serial) {
            to.send(trouble.unwrap_or(NO_TROUBLE)).await.map_err(|_| Gone)?;
            told = Some(serial);
        }
        // Before the first build the folder may hold anything, such as what the last
        // session left half done. A page from then stays as it is.
        if is_built {
            let (root, address) = (root.clone(), address.clone());
            let looked = spawn_blocking(move || page::look(&root, address.as_ref())).await;
            // What cannot be read now is not worth losing what is shown.
            if let Ok(Ok(found)) = looked {
                let event = match found.change_from(shown) {
                    Change::None => None,
                    Change::Styles(sheets) => {
                        let version = found.version().map(|version| version.to_string());
                        Some(event("styles", &json!({ "version": version, "sheets": sheets })))
                    }
                    Change::Page => Some(event("reload", &Value::Null)),
                };
                if let Some(event) = event {
                    to.send(event).await.map_err(|_| Gone)?;
                }
                shown = found.version();
            }
        }
        loop {
            match timeout(HEARTBEAT, state.changed()).await {
                Ok(Ok(())) => break,
                Ok(Err(_ended)) => return Err(Gone),
                Err(_silence) => to.send(BEAT).await.map_err(|_| Gone)?,
            }
        }
    }
}

/// One event as it is written. JSON has no line break in it, so the data is one line.
fn event(name: &str, data: &Value) -> Bytes {
    format!("event: {name}\ndata: {data}\n\n").into()
}
