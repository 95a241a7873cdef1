//! The preview's server as clients see it: requests over bare sockets, hostile ones
//! included, and pages in a browser.
//!
//! Each test has a server of its own over a temporary folder, in which files are replaced
//! as `publish` replaces them. Nothing is timed: what is not to happen is shown by what is
//! told next.

#[path = "browser/mod.rs"]
mod browser;

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::PathBuf,
    time::Duration,
};

use browser::{Tab, browser};
use luutru::{
    diagnostic::Language,
    digest::Digest,
    serve::{Server, Trouble},
};

// ---- A folder that is served ----

/// The folder within that of the site: hidden itself, as the preview is.
const ROOT: &str = ".luutru/preview";

struct Room {
    dir: tempfile::TempDir,
    server: Server,
}

/// An answer, its header names in lower case.
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// A page that listens, without a browser.
struct Listener(BufReader<TcpStream>);

impl Room {
    /// A folder without a good build.
    fn empty() -> Room {
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(dir.path().join(ROOT)).expect("the root");
        Room::again(dir, 0)
    }

    /// The folder of a room whose server ended, with a new one.
    fn again(dir: tempfile::TempDir, port: u16) -> Room {
        let server = Server::start(&dir.path().join(ROOT), port, Language::Vi).expect("a server");
        Room { dir, server }
    }

    /// A folder with these files, built.
    fn with(files: &[(&str, &str)]) -> Room {
        let room = Room::empty();
        for (name, text) in files {
            room.put(name, text);
        }
        room.server.built();
        room
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(ROOT).join(name)
    }

    /// Puts a file into its place by renaming.
    fn put(&self, name: &str, text: &str) {
        let (path, staged) = (self.file(name), self.dir.path().join("staged"));
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder of a file");
        File::create(&staged).and_then(|mut file| file.write_all(text.as_bytes())).expect("a written file");
        fs::rename(staged, path).expect("a file in its place");
    }

    fn port(&self) -> u16 {
        let url = self.server.url();
        url.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url())
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port())).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a time-out");
        stream
    }

    /// The answer to exactly these lines.
    fn raw(&self, lines: &[&str]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(format!("{}\r\n\r\n", lines.join("\r\n")).as_bytes()).expect("a request");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        Answer::read(&bytes)
    }

    fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Answer {
        let first = format!("{method} {path} HTTP/1.1");
        let mut lines = vec![first.as_str(), "Host: localhost", "Connection: close"];
        lines.extend(headers);
        self.raw(&lines)
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// The version that a page would tell.
    fn version(&self, path: &str) -> String {
        let html = self.get(path).text();
        let (_, rest) = html.split_once("data-version=\"").expect("a page with the script");
        rest.split('"').next().unwrap_or("").to_owned()
    }

    /// A page that was loaded just now.
    fn listen(&self, path: &str) -> Listener {
        self.listen_from(path, &self.version(path))
    }

    /// A page that shows that version; it has heard that there is no trouble.
    fn listen_from(&self, path: &str, version: &str) -> Listener {
        let mut listener = self.connect_page(path, version);
        listener.hears("trouble null");
        listener
    }

    fn connect_page(&self, path: &str, version: &str) -> Listener {
        let page = path.replace('%', "%25").replace('/', "%2F");
        let mut stream = self.connect();
        let request =
            format!("GET /.luutru/events?page={page}&version={version} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("a request");
        Listener(BufReader::new(stream))
    }

    fn trouble(&self, text: &str) {
        self.server.trouble(&Trouble {
            language: Language::Vi,
            title: "1 lỗi trong 1 tệp".to_owned(),
            text: text.to_owned(),
        });
    }
}

impl Answer {
    fn read(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("the end of the head");
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head in ASCII");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status");
        let headers = lines.filter_map(|line| line.split_once(": "));
        Answer {
            status: status.parse().expect("a number"),
            headers: headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("text")
    }
}

impl Listener {
    /// The next event, as `name data`; comments are passed over.
    fn next(&mut self) -> String {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).expect("an event"), 0, "the server has gone");
            if let Some(event) = line.strip_prefix("event: ") {
                event.trim_end().clone_into(&mut name);
            } else if let Some(data) = line.strip_prefix("data: ") {
                return format!("{name} {}", data.trim_end());
            }
        }
    }

    #[track_caller]
    fn hears(&mut self, event: &str) {
        assert_eq!(self.next(), event);
    }
}

const PAGE: &str = "<!doctype html><html><body><p>Một</p></body></html>";

// ---- Files ----

#[test]
fn files_come_as_they_are_with_their_kind() {
    let room = Room::with(&[
        ("a.css", "p { color: red }"),
        ("feed.xml", "<feed/>"),
        ("media/ảnh bìa.jpg", "JPEG"),
        ("du-lieu/bai-viet", "?"),
    ]);
    for (path, kind, body) in [
        ("/a.css", "text/css; charset=utf-8", "p { color: red }"),
        ("/a.css?v=1", "text/css; charset=utf-8", "p { color: red }"),
        ("/feed.xml", "application/xml; charset=utf-8", "<feed/>"),
        ("/media/%E1%BA%A3nh%20b%C3%ACa.jpg", "image/jpeg", "JPEG"),
        ("/du-lieu/bai-viet", "application/octet-stream", "?"),
    ] {
        let answer = room.get(path);
        assert_eq!((answer.status, answer.text().as_str()), (200, body), "{path}");
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("content-length"), body.len().to_string());
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    }
}

#[test]
fn a_page_has_the_script_and_its_file_has_not() {
    let room = Room::with(&[("index.html", PAGE)]);
    let answer = room.get("/");
    let html = answer.text();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(html.contains("<p>Một</p><script src=\"/.luutru/reload.js\""), "{html}");
    assert!(html.ends_with("</script>\n</body></html>"), "{html}");
    assert_eq!(answer.header("etag"), format!("\"{}\"", Digest::of(html.as_bytes())));
    assert_eq!(fs::read_to_string(room.file("index.html")).ok().as_deref(), Some(PAGE));
    let script = room.get("/.luutru/reload.js");
    assert_eq!((script.status, script.header("content-type")), (200, "text/javascript; charset=utf-8"));
}

#[test]
fn a_folder_is_its_index_and_never_a_list() {
    let room = Room::with(&[("index.html", PAGE), ("nam/index.html", PAGE), ("media/a.jpg", "")]);
    for (path, status) in
        [("/nam/", 200), ("/nam/index.html", 200), ("/nam", 404), ("/media/", 404), ("/media", 404)]
    {
        let answer = room.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert!(!answer.text().contains("a.jpg"), "{path}");
    }
}

#[test]
fn what_nothing_has_is_answered_by_the_page_for_it() {
    let room = Room::with(&[("index.html", PAGE)]);
    let answer = room.get("/khong-co.html");
    assert_eq!((answer.status, answer.header("content-type")), (404, "text/plain; charset=utf-8"));
    room.put("404.html", "<p>Không có</p>");
    let answer = room.get("/khong-co.html");
    assert_eq!((answer.status, answer.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(answer.text().starts_with("<p>Không có</p><script"), "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[test]
fn head_says_what_get_would() {
    let room = Room::with(&[("index.html", PAGE), ("a.css", "p {}")]);
    for path in ["/", "/a.css", "/khong-co"] {
        let (get, head) = (room.get(path), room.ask("HEAD", path, &[]));
        assert_eq!(head.status, get.status);
        assert_eq!(head.body, b"");
        for name in ["content-type", "content-length", "etag", "cache-control"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
}

#[test]
fn only_reading_is_allowed() {
    let room = Room::with(&[("index.html", PAGE)]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "NONSENSE"] {
        for path in ["/", "/.luutru/events"] {
            let answer = room.ask(method, path, &["Content-Length: 0"]);
            assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
        }
    }
}

#[test]
fn what_the_client_has_is_not_sent_again() {
    let room = Room::with(&[("index.html", PAGE), ("media/a.jpg", "one")]);
    for path in ["/", "/media/a.jpg", "/.luutru/reload.js"] {
        let tag = room.get(path).header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() > 2, "{tag}");
        for list in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
            let answer = room.ask("GET", path, &[&format!("If-None-Match: {list}")]);
            assert_eq!((answer.status, answer.body.len()), (304, 0), "{path} {list}");
            assert_eq!(answer.header("etag"), tag);
        }
        assert_eq!(room.ask("GET", path, &["If-None-Match: \"x\""]).status, 200);
    }
    let before = room.get("/media/a.jpg").header("etag").to_owned();
    room.put("media/a.jpg", "two");
    assert_ne!(room.get("/media/a.jpg").header("etag"), before);
}

#[test]
fn parts_of_a_file_are_sent_where_one_is_asked_for() {
    let room = Room::with(&[("media/a.mp4", "0123456789"), ("index.html", PAGE)]);
    let ask = |range: &str, other: &str| {
        room.ask(
            "GET",
            "/media/a.mp4",
            &[&format!("Range: {range}"), other][..if other.is_empty() { 1 } else { 2 }],
        )
    };
    for (range, sent, body) in [
        ("bytes=0-3", "bytes 0-3/10", "0123"),
        ("bytes=8-", "bytes 8-9/10", "89"),
        ("bytes=-3", "bytes 7-9/10", "789"),
        ("bytes=5-500", "bytes 5-9/10", "56789"),
    ] {
        let answer = ask(range, "");
        assert_eq!((answer.status, answer.text().as_str()), (206, body), "{range}");
        assert_eq!(answer.header("content-range"), sent);
        assert_eq!(answer.header("content-length"), body.len().to_string());
    }
    for range in ["bytes=10-", "bytes=-0"] {
        let answer = ask(range, "");
        assert_eq!((answer.status, answer.header("content-range")), (416, "bytes */10"), "{range}");
    }
    for range in ["bytes=0-1,4-5", "bytes=5-2", "nonsense"] {
        let answer = ask(range, "");
        assert_eq!((answer.status, answer.text().as_str()), (200, "0123456789"), "{range}");
        assert_eq!(answer.header("accept-ranges"), "bytes");
    }
    let tag = room.get("/media/a.mp4").header("etag").to_owned();
    assert_eq!(ask("bytes=0-0", &format!("If-Range: {tag}")).status, 206);
    for other in ["\"x\"", "Wed, 21 Oct 2015 07:28:00 GMT"] {
        assert_eq!(ask("bytes=0-0", &format!("If-Range: {other}")).status, 200, "{other}");
    }
    assert_eq!(ask("bytes=0-0", &format!("If-None-Match: {tag}")).status, 304);
    // A page is not what its file is, so a part of it would be a part of nothing.
    assert_eq!(room.ask("GET", "/", &["Range: bytes=0-3"]).status, 200);
}

#[test]
fn a_large_file_is_sent_as_it_is_read() {
    const SIZE: u64 = 64 << 30;
    let room = Room::with(&[("media/a.mp4", "")]);
    // Without blocks on the disk: more than any machine would hold.
    let file = File::options().write(true).open(room.file("media/a.mp4")).expect("the file");
    file.set_len(SIZE).expect("a file with a hole");
    let mut stream = room.connect();
    stream.write_all(b"GET /media/a.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request");
    let mut begin = vec![0; 1 << 20];
    stream.read_exact(&mut begin).expect("the first bytes");
    assert_eq!(Answer::read(&begin).header("content-length"), SIZE.to_string());
    let end = room.ask("GET", "/media/a.mp4", &["Range: bytes=-2"]);
    assert_eq!((end.status, end.body.as_slice()), (206, &[0, 0][..]));
}

// ---- Strangers ----

#[test]
fn nothing_outside_the_folder_is_ever_sent() {
    let room = Room::with(&[
        ("index.html", PAGE),
        ("nam/2023.html", PAGE),
        (".luutru/manifest", "secret"),
        (".hidden", "secret"),
        ("a/.b/c.txt", "secret"),
        ("../secret.txt", "secret"),
    ]);
    let absolute = room.file("../secret.txt").display().to_string();
    let paths = [
        "/../secret.txt",
        "/nam/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt",
        "/nam/..%2f..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/.%00./secret.txt",
        "/index.html%00.txt",
        "/%",
        "/%zz",
        "/%ff",
        "../secret.txt",
        "/.luutru/manifest",
        "/%2eluutru/manifest",
        "/.luutru/events/../manifest",
        "/.luutru/",
        "/.hidden",
        "/a/.b/c.txt",
        "//secret.txt",
        "/C:/secret.txt",
        "/C:%5csecret.txt",
        "/file:///secret.txt",
        &format!("/{absolute}"),
        &absolute,
    ];
    for path in paths {
        let answer = room.get(path);
        assert!([400, 404].contains(&answer.status), "{path} {}", answer.status);
        assert!(!String::from_utf8_lossy(&answer.body).contains("secret"), "{path}");
    }
    // A page may tell any path; it is not told more than that there is nothing.
    for page in ["..%2Fsecret.txt", "%2F..%2Fsecret.txt", "%2F%252e%252e%2Fsecret.txt", "%zz", ""] {
        let answer = room.ask("GET", &format!("/.luutru/events?page={page}"), &[]);
        assert_eq!(answer.status, 400, "{page}");
    }
    assert_eq!(room.get("/.luutru/events").status, 400);
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_folder_only() {
    use std::os::unix::fs::symlink;
    let room =
        Room::with(&[("a.txt", "inside"), ("../secret.txt", "secret"), (".luutru/manifest", "secret")]);
    for (target, name) in [
        ("a.txt", "inside.txt"),
        ("../secret.txt", "outside.txt"),
        ("/etc/passwd", "passwd.txt"),
        ("..", "up"),
        (".luutru/manifest", "manifest.txt"),
        ("loop.txt", "loop.txt"),
    ] {
        symlink(target, room.file(name)).expect("a link");
    }
    assert_eq!(room.get("/inside.txt").text(), "inside");
    for path in ["/outside.txt", "/passwd.txt", "/up/secret.txt", "/manifest.txt", "/loop.txt"] {
        assert_eq!(room.get(path).status, 404, "{path}");
    }
}

#[test]
fn other_names_than_this_machine_s_are_refused() {
    let room = Room::with(&[("index.html", PAGE)]);
    let status = |lines: &[&str]| room.raw(lines).status;
    for host in ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:4000"] {
        assert_eq!(status(&["GET / HTTP/1.1", &format!("Host: {host}"), "Connection: close"]), 200, "{host}");
    }
    for path in ["/", "/.luutru/events?page=/", "/.luutru/reload.js"] {
        for host in ["example.org", "localhost.example.org", "127.0.0.1.nip.io", "192.168.0.1", ""] {
            let first = format!("GET {path} HTTP/1.1");
            assert_eq!(
                status(&[&first, &format!("Host: {host}"), "Connection: close"]),
                403,
                "{path} {host}"
            );
        }
    }
    assert_eq!(status(&["GET / HTTP/1.1", "Connection: close"]), 400);
    assert_eq!(status(&["GET / HTTP/1.1", "Host: localhost", "Host: example.org", "Connection: close"]), 400);
    let proxied = |host: &str| {
        status(&[&format!("GET http://{host}/ HTTP/1.1"), "Host: localhost", "Connection: close"])
    };
    assert_eq!((proxied("localhost"), proxied("example.org")), (200, 403));
    assert_eq!(status(&["GET / HTTP/1.0"]), 200);
}

#[test]
fn what_is_no_request_ends_its_own_connection_only() {
    let room = Room::with(&[("index.html", PAGE)]);
    for nonsense in ["\0\0\0\0", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n"] {
        let mut stream = room.connect();
        stream.write_all(nonsense.as_bytes()).expect("a request");
        stream.shutdown(std::net::Shutdown::Write).expect("the end of a request");
        // A refusal or nothing; what counts is that it ends.
        let _ = stream.read_to_end(&mut Vec::new());
    }
    assert_eq!(room.get("/").status, 200);
}

#[test]
fn clients_that_are_stuck_hold_nobody_up() {
    let room = Room::with(&[("index.html", PAGE), ("media/a.mp4", "")]);
    File::options()
        .write(true)
        .open(room.file("media/a.mp4"))
        .and_then(|file| file.set_len(1 << 30))
        .expect("a file with a hole");
    let stuck: Vec<TcpStream> = (0..60)
        .map(|n| {
            let mut stream = room.connect();
            let request: &[u8] = match n % 3 {
                0 => b"GET / HT",
                1 => b"GET /media/a.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                _ => b"GET /.luutru/events?page=/&version=x HTTP/1.1\r\nHost: localhost\r\n\r\n",
            };
            stream.write_all(request).expect("a request");
            stream
        })
        .collect();
    let mut listener = room.listen("/");
    room.put("index.html", "<p>Hai");
    room.server.built();
    listener.hears("reload null");
    assert!(room.get("/").text().contains("Hai"));
    drop(stuck);
}

#[test]
fn the_end_of_the_server_waits_for_nobody() {
    let room = Room::with(&[("index.html", PAGE)]);
    let (port, url) = (room.port(), room.server.url());
    let mut listeners: Vec<Listener> = (0..5).map(|_| room.listen("/")).collect();
    let idle = room.connect();
    let Room { dir, server } = room;
    drop(server);
    for listener in &mut listeners {
        // The end of the stream, or a connection that is reset: it is over either way.
        let _ = listener.0.read_to_end(&mut Vec::new());
    }
    // Its port is free at once.
    let room = Room::again(dir, port);
    assert_eq!(room.server.url(), url);
    drop(idle);
}

#[test]
fn both_families_of_addresses_are_served() {
    let room = Room::with(&[("index.html", PAGE)]);
    let mut served = 0;
    for address in ["127.0.0.1", "::1"] {
        // A machine without IPv6 refuses to connect.
        let Ok(mut stream) = TcpStream::connect((address, room.port())) else { continue };
        stream.write_all(b"GET / HTTP/1.0\r\n\r\n").expect("a request");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        assert_eq!(Answer::read(&bytes).status, 200, "{address}");
        served += 1;
    }
    assert!(served > 0);
}

#[test]
fn a_second_server_takes_the_next_port() {
    let first = Room::empty();
    let second = Server::start(first.dir.path(), first.port(), Language::Vi).expect("a server");
    assert_ne!(second.url(), first.server.url());
}

// ---- What pages are told ----

#[test]
fn before_a_good_build_every_address_waits() {
    let room = Room::empty();
    room.put("index.html", PAGE);
    for path in ["/", "/a.css", "/khong-co.html"] {
        let answer = room.get(path);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (503, "text/html; charset=utf-8"),
            "{path}"
        );
        assert!(answer.text().contains("Đang dựng…"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let mut waiting = room.listen("/");
    // A page from before the server was started again keeps what it shows.
    let mut older = room.listen_from("/", &"0".repeat(32));
    room.trouble("một");
    assert!(waiting.next().starts_with("trouble {"));
    assert!(older.next().starts_with("trouble {"));
    room.server.built();
    for page in [&mut waiting, &mut older] {
        page.hears("trouble null");
        page.hears("reload null");
    }
}

#[test]
fn words_are_in_the_language_of_the_site() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let server = Server::start(dir.path(), 0, Language::En).expect("a server");
    let room = Room { dir, server };
    let answer = room.get("/");
    assert!(answer.text().contains("<html lang=\"en\">") && answer.text().contains("Building…"));
    let mut page = room.listen("/");
    room.server.trouble(&Trouble { language: Language::En, title: "1 error".into(), text: String::new() });
    let event = page.next();
    assert!(event.contains("\"close\":\"Close\"") && event.contains("\"language\":\"en\""), "{event}");
}

#[test]
fn a_page_is_told_when_its_own_bytes_change_and_never_else() {
    let room = Room::with(&[("a.html", PAGE), ("b.html", PAGE), ("media/a.jpg", "1"), ("feed.xml", "1")]);
    room.put("b.html", "<link href=feed.xml><a href=a.html>");
    let (mut a, mut b) = (room.listen("/a.html"), room.listen("/b.html"));
    room.put("a.html", "<p>Hai");
    room.put("feed.xml", "2");
    room.put("media/a.jpg", "2");
    room.server.built();
    a.hears("reload null");
    room.server.built();
    // The next that either hears is this, and so there was nothing before it.
    room.trouble("một");
    for page in [&mut a, &mut b] {
        assert!(page.next().starts_with("trouble {"));
    }
}

#[test]
fn a_page_that_goes_or_comes_is_told() {
    let room = Room::with(&[("a.html", PAGE), ("404.html", "<p>Không có")]);
    let (mut there, mut missing) = (room.listen("/a.html"), room.listen("/khong-co.html"));
    fs::remove_file(room.file("a.html")).expect("a file to remove");
    room.put("khong-co.html", PAGE);
    room.server.built();
    there.hears("reload null");
    missing.hears("reload null");
}

#[test]
fn a_page_is_told_when_what_it_shows_changes() {
    let room = Room::with(&[
        ("media/đ ồ.jpg", "1"),
        ("bai-viet/a.html", "<img src=\"../media/%C4%91%20%E1%BB%93.jpg\">"),
        ("bai-viet/b.html", "<img src=\"../media/khac.jpg\">"),
    ]);
    let (mut a, mut b) = (room.listen("/bai-viet/a.html"), room.listen("/bai-viet/b.html"));
    room.put("media/đ ồ.jpg", "2");
    room.server.built();
    a.hears("reload null");
    room.put("media/khac.jpg", "1");
    room.server.built();
    b.hears("reload null");
}

#[test]
fn style_sheets_alone_are_told_as_such() {
    let html =
        |print: &str| format!("<link rel=\"stylesheet\" href=\"../giao-dien/style.{print}.css\"><p>Một");
    let room = Room::with(&[("bai-viet/a.html", &html("0123456789ab"))]);
    let mut page = room.listen("/bai-viet/a.html");
    room.put("bai-viet/a.html", &html("ba9876543210"));
    room.server.built();
    let now = room.version("/bai-viet/a.html");
    page.hears(&format!(
        "styles {{\"sheets\":[\"giao-dien/style.ba9876543210.css\"],\"version\":\"{now}\"}}"
    ));
    // From then on the page is at that version.
    room.put("bai-viet/a.html", &html("ba9876543210").replace("Một", "Hai"));
    room.server.built();
    page.hears("reload null");
}

#[test]
fn what_changed_while_nobody_listened_is_told_on_connection() {
    let room = Room::with(&[("index.html", PAGE)]);
    let version = room.version("/");
    room.put("index.html", "<p>Hai");
    room.server.built();
    room.listen_from("/", &version).hears("reload null");
    // Also by a server that has never heard of the page.
    let Room { dir, server } = room;
    drop(server);
    let room = Room::again(dir, 0);
    room.server.built();
    room.listen_from("/", &version).hears("reload null");
}

#[test]
fn trouble_stays_until_it_is_over() {
    let room = Room::with(&[("index.html", PAGE)]);
    let mut early = room.listen("/");
    room.trouble("bai.md:1:1: lỗi <b>\n  dòng hai");
    let event = early.next();
    assert!(event.contains(r#""text":"bai.md:1:1: lỗi <b>\n  dòng hai""#), "{event}");
    assert!(event.contains(r#""title":"1 lỗi trong 1 tệp""#), "{event}");
    let mut late = room.connect_page("/", &room.version("/"));
    late.hears(&event);
    // The same words again are a trouble of their own.
    room.trouble("bai.md:1:1: lỗi <b>\n  dòng hai");
    let again = early.next();
    assert_ne!(again, event);
    late.hears(&again);
    room.server.built();
    for page in [&mut early, &mut late] {
        page.hears("trouble null");
    }
}

// ---- Pages in a browser ----

/// A page that is higher than a window.
fn high(text: &str) -> String {
    format!("<!doctype html><html><body><p>{text}</p><div style=\"height: 5000px\"></div></body></html>")
}

/// The text of the diagnostics that are seen, or nothing.
const TROUBLE: &str =
    "(document.querySelector('luutru-trouble')?.shadowRoot.querySelector('dialog[open]')?.textContent ?? '')";

#[test]
fn a_page_that_changes_reloads_once_and_stays_where_it_was() {
    let Some(browser) = browser() else { return };
    let room = Room::with(&[("a.html", &high("Một"))]);
    let mut tab = browser.window();
    tab.navigate(&room.url("a.html"));
    // Each load counts itself.
    tab.eval("sessionStorage.setItem('loads', '0')");
    let counting = |text: &str| {
        let count =
            "<script>sessionStorage.setItem('loads', Number(sessionStorage.getItem('loads')) + 1)</script>";
        format!("{}{count}", high(text))
    };
    // Without this the browser would keep the place by itself.
    tab.eval("history.scrollRestoration = 'manual'; scrollTo(0, 1234)");
    room.put("a.html", &counting("Hai"));
    room.server.built();
    tab.wait("document.querySelector('p').textContent === 'Hai' && scrollY === 1234");
    room.server.built();
    room.trouble("một");
    tab.wait(&format!("{TROUBLE}.includes('một')"));
    assert_eq!(tab.eval("sessionStorage.getItem('loads')"), "1");
    assert_eq!(tab.errors(), Vec::<String>::new());
}

#[test]
fn a_page_does_not_notice_what_it_does_not_show() {
    let Some(browser) = browser() else { return };
    let room = Room::with(&[("a.html", &high("Một")), ("b.html", PAGE), ("media/b.jpg", "1")]);
    let mut tab = browser.window();
    tab.navigate(&room.url("a.html"));
    tab.eval("window.kept = true");
    room.put("b.html", "<p>Hai");
    room.put("media/b.jpg", "2");
    room.server.built();
    room.trouble("một");
    tab.wait(&format!("{TROUBLE}.includes('một')"));
    assert_eq!(tab.eval("window.kept"), true);
}

#[test]
fn a_picture_that_changes_is_seen() {
    let picture =
        |width: u32| format!("<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='9'/>");
    let Some(browser) = browser() else { return };
    let room = Room::with(&[("a.html", "<img src=\"media/a.svg\">"), ("media/a.svg", &picture(11))]);
    let mut tab = browser.window();
    tab.navigate(&room.url("a.html"));
    tab.wait("document.images[0].naturalWidth === 11");
    room.put("media/a.svg", &picture(22));
    room.server.built();
    tab.wait("document.images[0].naturalWidth === 22");
}

#[test]
fn style_sheets_are_swapped_under_the_page() {
    let html = |print: &str| {
        format!("<link rel=\"stylesheet\" href=\"giao-dien/style.{print}.css\">{}", high("Một"))
    };
    let Some(browser) = browser() else { return };
    let room = Room::empty();
    let style = |print: &str, color: &str| {
        room.put(&format!("giao-dien/style.{print}.css"), &format!("p {{ color: {color} }}"));
        room.put("a.html", &html(print));
        room.server.built();
    };
    style("0000000000aa", "rgb(1, 2, 3)");
    let mut tab = browser.window();
    tab.navigate(&room.url("a.html"));
    let color = "getComputedStyle(document.querySelector('p')).color";
    assert_eq!(tab.eval(color), "rgb(1, 2, 3)");
    tab.eval("window.kept = true; scrollTo(0, 700)");
    style("0000000000bb", "rgb(4, 5, 6)");
    tab.wait(&format!("{color} === 'rgb(4, 5, 6)' && document.querySelectorAll('link').length === 1"));
    // Two at once, the second before the first has come, and back to one that was there.
    style("0000000000cc", "rgb(7, 8, 9)");
    style("0000000000aa", "rgb(1, 2, 3)");
    tab.wait(&format!("{color} === 'rgb(1, 2, 3)' && document.querySelectorAll('link').length === 1"));
    assert_eq!(tab.eval("[window.kept, scrollY]"), serde_json::json!([true, 700]));
    assert_eq!(tab.errors(), Vec::<String>::new());
}

#[test]
fn trouble_lies_over_the_last_good_page_until_it_is_over() {
    let Some(browser) = browser() else { return };
    // A theme that would hide or colour anything it could reach.
    let theme = "<style>* { color: red !important } body ~ * { display: none } dialog { display: none !important }</style>";
    let room = Room::with(&[("a.html", &format!("{theme}{}", high("Một"))), ("b.html", PAGE)]);
    let mut tab = browser.window();
    tab.navigate(&room.url("a.html"));
    tab.eval("window.kept = true");
    let text = "content/bai.md:5:17: lỗi <img src=x onerror=alert(1)>\n  dòng hai";
    room.trouble(text);
    tab.wait(&format!("{TROUBLE}.includes('1 lỗi trong 1 tệp')"));
    let dialog = "document.querySelector('luutru-trouble').shadowRoot.querySelector('dialog')";
    assert_eq!(tab.eval(&format!("{dialog}.querySelector('pre').textContent")), text);
    assert_eq!(tab.eval(&format!("{dialog}.getAttribute('role')")), "alertdialog");
    assert_eq!(
        tab.eval(&format!("getComputedStyle({dialog}.querySelector('pre')).color")),
        "rgb(238, 238, 238)"
    );
    assert_eq!(tab.eval(&format!("{dialog}.getBoundingClientRect().height > 50")), true);
    assert_eq!(tab.eval("document.querySelector('p').textContent"), "Một");

    // Closed, it comes back with the next trouble.
    tab.press("Escape");
    tab.wait(&format!("!{TROUBLE}"));
    room.trouble(text);
    tab.wait(&format!("{TROUBLE}.includes('dòng hai')"));
    tab.eval(&format!("{dialog}.querySelector('button').click()"));
    tab.wait(&format!("!{TROUBLE}"));

    // And with the next page, where it stays until there is a good build.
    let mut other = browser.window();
    other.navigate(&room.url("b.html"));
    other.wait(&format!("{TROUBLE}.includes('dòng hai')"));
    other.eval("window.kept = true");
    room.trouble("khác");
    for tab in [&mut tab, &mut other] {
        tab.wait(&format!("{TROUBLE}.includes('khác') && !{TROUBLE}.includes('dòng hai')"));
    }
    room.server.built();
    for tab in [&mut tab, &mut other] {
        tab.wait("!document.querySelector('luutru-trouble')");
        assert_eq!(tab.eval("window.kept"), true);
        assert_eq!(tab.errors(), Vec::<String>::new());
    }
}

#[test]
fn a_page_that_waits_for_the_first_build_becomes_the_page() {
    let Some(browser) = browser() else { return };
    let room = Room::empty();
    let mut tab = browser.window();
    tab.navigate(&room.url("a.html"));
    tab.wait("document.body.textContent.includes('Đang dựng…')");
    room.trouble("một");
    tab.wait(&format!("{TROUBLE}.includes('một')"));
    room.put("a.html", PAGE);
    room.server.built();
    tab.wait(&format!("document.querySelector('p').textContent === 'Một' && !{TROUBLE}"));
}

#[test]
fn a_page_finds_its_server_again() {
    let Some(browser) = browser() else { return };
    let room = Room::with(&[("a.html", &high("Một")), ("b.html", PAGE)]);
    let (mut a, mut b) = (browser.window(), browser.window());
    a.navigate(&room.url("a.html"));
    b.navigate(&room.url("b.html"));
    b.eval("window.kept = true");
    let port = room.port();
    let Room { dir, server } = room;
    drop(server);
    let room = Room::again(dir, port);
    room.put("a.html", &high("Hai"));
    room.server.built();
    a.wait("document.querySelector('p').textContent === 'Hai'");
    room.trouble("một");
    b.wait(&format!("{TROUBLE}.includes('một')"));
    assert_eq!(b.eval("window.kept"), true);
}

#[test]
fn more_pages_than_connections_are_kept_up_to_date() {
    let Some(browser) = browser() else { return };
    let room = Room::with(&[("a.html", &high("Một"))]);
    let open = || {
        let mut tab = browser.tab();
        tab.navigate(&room.url("a.html"));
        tab
    };
    // A browser has six connections to a server. Were each held by a page, the seventh page
    // would not load.
    let mut tabs: Vec<Tab> = (0..8).map(|_| open()).collect();
    room.put("a.html", &high("Hai"));
    room.server.built();
    for tab in &mut tabs {
        tab.show();
        tab.wait("document.querySelector('p').textContent === 'Hai'");
    }
}
