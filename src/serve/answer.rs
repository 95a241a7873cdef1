//! One request, one answer.
//!
//! In the order of the checks: is it meant for this machine, does it only read, does its
//! path name anything, is there a good build, what stands there. Disks are waited for on
//! other threads, so that one that sleeps does not stop the rest.

use std::{convert::Infallible, io, sync::Arc};

use hyper::{
    HeaderMap, Method, Request, Response, StatusCode, Version as Protocol,
    body::{Bytes, Incoming},
    header::{
        ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, HOST, HeaderName,
        HeaderValue, IF_NONE_MATCH, IF_RANGE, RANGE, X_CONTENT_TYPE_OPTIONS,
    },
};
use tokio::task::spawn_blocking;

use super::{
    EVENTS, Preview, SCRIPT,
    address::{Address, Refused, decode, is_this_machine},
    body::{Body, Part},
    events,
    files::{HTML, Opened},
    page::{self, Found},
    range::{Wanted, names, wanted},
    words::{Words, words},
};
use crate::digest::Digest;

/// The script, as it is sent.
const RELOAD: &str = include_str!("reload.js");

/// What every address shows before there is a good build.
const WAITING: &str = include_str!("waiting.html");

/// For what a browser is to ask for each time: a page that shows drafts is not to be found
/// in a cache when the preview is over.
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// For what a browser may keep, but not use without asking.
const NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache");

/// Answers `request`. Never fails: what goes wrong is an answer too.
pub(super) async fn answer(
    preview: Arc<Preview>,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let mut answer = match refusal(&request, words(preview.language)) {
        Some(refusal) => refusal,
        None => route(preview, &request).await,
    };
    answer.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Drafts are not for the pages of other sites to load.
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    answer.headers_mut().insert(policy, HeaderValue::from_static("same-origin"));
    Ok(answer)
}

/// The answer to a request that is not for us, or that wants more than to read.
fn refusal(request: &Request<Incoming>, words: &Words) -> Option<Response<Body>> {
    let mut hosts = request.headers().get_all(HOST).iter();
    // The address may have the name in it as well; then that counts, and so both must be ours.
    let written = request.uri().authority().map(|authority| Some(authority.as_str()));
    let host = hosts.next().map(|host| host.to_str().ok());
    if hosts.next().is_some() || (host.is_none() && request.version() >= Protocol::HTTP_11) {
        return Some(text(StatusCode::BAD_REQUEST, words.malformed));
    }
    if [written, host].into_iter().flatten().any(|name| !name.is_some_and(is_this_machine)) {
        return Some(text(StatusCode::FORBIDDEN, words.other_host));
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let refusal = text(StatusCode::METHOD_NOT_ALLOWED, words.method);
        return Some(with(refusal, ALLOW, HeaderValue::from_static("GET, HEAD")));
    }
    None
}

async fn route(preview: Arc<Preview>, request: &Request<Incoming>) -> Response<Body> {
    let words = words(preview.language);
    let path = request.uri().path();
    if path == SCRIPT {
        return bytes(request.headers(), "text/javascript; charset=utf-8", NO_CACHE, RELOAD.into());
    }
    if path == EVENTS {
        return stream(&preview, request.uri().query().unwrap_or(""), words);
    }
    let address = match Address::of(path) {
        Err(Refused::Malformed) => return text(StatusCode::BAD_REQUEST, words.malformed),
        _ if !preview.state.borrow().is_built => return waiting(&preview, words),
        address => address.ok(),
    };
    let (headers, method) = (request.headers().clone(), request.method().clone());
    let look = move || match found(&preview, address.as_ref(), &headers, &method) {
        Ok(answer) => answer,
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, &format!("{} {error}", words.unreadable)),
    };
    // It fails if the server is ending, and then nobody waits for the answer.
    spawn_blocking(look).await.unwrap_or_else(|_| text(StatusCode::INTERNAL_SERVER_ERROR, ""))
}

/// The answer that comes from the disk. No address: one that no file can have.
fn found(
    preview: &Preview,
    address: Option<&Address>,
    headers: &HeaderMap,
    method: &Method,
) -> io::Result<Response<Body>> {
    let words = words(preview.language);
    Ok(match page::look(&preview.root, address)? {
        Found::Page(page) => bytes(headers, HTML, NO_STORE, page.with_script().into()),
        Found::File { kind, opened } => {
            // A range is of a body, and an answer to `HEAD` has none.
            let range = (method == Method::GET).then(|| one(headers, RANGE)).flatten();
            file(headers, range, kind, opened, words)?
        }
        Found::Missing(page) => {
            let answer = of(StatusCode::NOT_FOUND, HTML, Body::Bytes(page.with_script().into()));
            with(answer, CACHE_CONTROL, NO_STORE)
        }
        Found::Nothing => text(StatusCode::NOT_FOUND, words.not_found),
    })
}

/// The answer that is a file, or a part of it.
fn file(
    headers: &HeaderMap,
    range: Option<&str>,
    kind: &'static str,
    opened: Opened,
    words: &Words,
) -> io::Result<Response<Body>> {
    let Opened { file, len, stamp } = opened;
    let tag = format!("\"{stamp}\"");
    if is_known(headers, &tag) {
        return Ok(unchanged(&tag, NO_CACHE));
    }
    // A part of another version is of no use: then the whole of this one is wanted. A date
    // is never that of this version, since we tell none.
    let is_of_this = headers.get_all(IF_RANGE).iter().all(|of| of.as_bytes() == tag.as_bytes());
    let wanted = match range {
        Some(range) if is_of_this => wanted(range, len),
        _ => Wanted::Whole,
    };
    let part = |start, len| Part::new(file, start, len).map(Body::File);
    let answer = match wanted {
        Wanted::Whole => of(StatusCode::OK, kind, part(0, len)?),
        Wanted::Part { start, len: size } => {
            let answer = of(StatusCode::PARTIAL_CONTENT, kind, part(start, size)?);
            with(answer, CONTENT_RANGE, value(&format!("bytes {start}-{}/{len}", start + size - 1)))
        }
        Wanted::Beyond => {
            let answer = text(StatusCode::RANGE_NOT_SATISFIABLE, words.range);
            return Ok(with(answer, CONTENT_RANGE, value(&format!("bytes */{len}"))));
        }
    };
    let answer = with(answer, ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    Ok(with(with(answer, ETAG, value(&tag)), CACHE_CONTROL, NO_CACHE))
}

/// The answer that is some bytes in memory.
fn bytes(headers: &HeaderMap, kind: &'static str, cache: HeaderValue, bytes: Bytes) -> Response<Body> {
    let tag = format!("\"{}\"", Digest::of(&bytes));
    if is_known(headers, &tag) {
        return unchanged(&tag, cache);
    }
    let answer = of(StatusCode::OK, kind, Body::Bytes(bytes));
    with(with(answer, ETAG, value(&tag)), CACHE_CONTROL, cache)
}

/// The answer that the client has already.
fn unchanged(tag: &str, cache: HeaderValue) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::NOT_MODIFIED;
    with(with(answer, ETAG, value(tag)), CACHE_CONTROL, cache)
}

/// The answer that goes on: what a page should know from now on. The page tells its path
/// and what it was made from.
fn stream(preview: &Preview, query: &str, words: &Words) -> Response<Body> {
    let given = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).and_then(|(_, value)| decode(value))
    };
    // A hidden address shows what an address without a page does.
    let address = match given("page").map(|path| Address::of(&path)) {
        None | Some(Err(Refused::Malformed)) => return text(StatusCode::BAD_REQUEST, words.malformed),
        Some(address) => address.ok(),
    };
    let shown = given("version").and_then(|version| version.parse().ok());
    let events = events::begin(preview, address, shown);
    let answer = of(StatusCode::OK, "text/event-stream", Body::Events(events));
    with(answer, CACHE_CONTROL, NO_STORE)
}

/// The answer before there is a good build.
fn waiting(preview: &Preview, words: &Words) -> Response<Body> {
    let page = WAITING.replace("{language}", preview.language.code()).replace("{building}", words.building);
    // No version is called that, so whatever comes will differ.
    let page = page::with_script(page.as_bytes(), "waiting");
    let answer = of(StatusCode::SERVICE_UNAVAILABLE, HTML, Body::Bytes(page.into()));
    with(answer, CACHE_CONTROL, NO_STORE)
}

/// An answer in words, on a line.
fn text(status: StatusCode, words: &str) -> Response<Body> {
    let answer = of(status, "text/plain; charset=utf-8", Body::Bytes(format!("{words}\n").into()));
    with(answer, CACHE_CONTROL, NO_STORE)
}

fn of(status: StatusCode, kind: &'static str, body: Body) -> Response<Body> {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    with(answer, CONTENT_TYPE, HeaderValue::from_static(kind))
}

fn with(mut answer: Response<Body>, name: HeaderName, value: HeaderValue) -> Response<Body> {
    answer.headers_mut().insert(name, value);
    answer
}

/// The value of a header that we made of digits and quotes.
fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

/// Whether the client says that it has what has this tag.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    headers.get_all(IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok()).any(|list| names(list, tag))
}

/// The value of a header that is there once.
fn one(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())?.to_str().ok()
}
