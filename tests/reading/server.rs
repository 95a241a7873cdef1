//! A host for tests: folders below paths, as any web server sends them.
//!
//! Nothing is added to what the files hold, unlike in `luutru::serve`, but for one favour:
//! with `?still` a page that leads elsewhere stays, so that it can be looked at. An address
//! without a file is answered with the folder's `404.html`.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::Arc,
    sync::atomic::{AtomicBool, Ordering},
    thread::{self, JoinHandle},
};

/// A server on a thread of its own; it accepts nothing more when this is dropped.
pub(crate) struct Server {
    port: u16,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// A folder, and the path below which it is shown: `/kho/`.
pub(crate) type Mount = (&'static str, PathBuf);

impl Server {
    /// Serves folders; of two paths that fit, the first of the list counts.
    pub(crate) fn start(mounts: Vec<Mount>) -> Server {
        let socket = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = socket.local_addr().expect("an address").port();
        let ends = Arc::new(AtomicBool::new(false));
        let (mounts, ended) = (Arc::new(mounts), Arc::clone(&ends));
        let thread = thread::spawn(move || {
            for stream in socket.incoming().flatten() {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                let mounts = Arc::clone(&mounts);
                // Ends with its connection, which the browser closes.
                thread::spawn(move || talk(&stream, &mounts));
            }
        });
        Server { port, ends, thread: Some(thread) }
    }

    /// The origin, without a slash at its end.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        // Wakes it.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        drop(self.thread.take().map(JoinHandle::join));
    }
}

/// Answers the requests of one connection.
fn talk(stream: &TcpStream, mounts: &[Mount]) {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    while reader.read_line(&mut first).is_ok_and(|read| read > 0) {
        let mut header = String::new();
        while reader.read_line(&mut header).is_ok_and(|read| read > 2) {
            header.clear();
        }
        let target = first.split(' ').nth(1).unwrap_or("/");
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let (status, kind, mut body) = answer(path, mounts);
        if query == "still" {
            body = still(&body);
        }
        let head =
            format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len());
        if (&*stream).write_all(head.as_bytes()).is_err() || (&*stream).write_all(&body).is_err() {
            return;
        }
        first.clear();
    }
}

fn answer(path: &str, mounts: &[Mount]) -> (&'static str, &'static str, Vec<u8>) {
    for (prefix, folder) in mounts {
        let Some(inside) = path.strip_prefix(prefix) else { continue };
        let mut file = folder.join(decoded(inside));
        if file.is_dir() {
            file = file.join("index.html");
        }
        let missing = || ("404 Not Found", "text/html; charset=utf-8", read(&folder.join("404.html")));
        return if file.is_file() { ("200 OK", kind(&file), read(&file)) } else { missing() };
    }
    ("404 Not Found", "text/plain", Vec::new())
}

fn read(file: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let read = fs::File::open(file).and_then(|mut file| file.read_to_end(&mut bytes));
    read.map(|_| bytes).unwrap_or_default()
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("xml") => "application/xml",
        _ => "application/octet-stream",
    }
}

/// A page without the element that leads elsewhere.
fn still(body: &[u8]) -> Vec<u8> {
    let page = String::from_utf8_lossy(body).into_owned();
    let Some(at) = page.find("http-equiv=\"refresh\"") else { return page.into_bytes() };
    let start = page[..at].rfind('<').unwrap_or(at);
    let end = page[at..].find('>').map_or(page.len(), |end| at + end + 1);
    format!("{}{}", &page[..start], &page[end..]).into_bytes()
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, others @ ..] = rest {
        let code =
            path.get(path.len() - others.len()..path.len() - others.len() + 2).filter(|_| *first == b'%');
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => (bytes.push(byte), rest = &others[2..]).1,
            None => (bytes.push(*first), rest = others).1,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
