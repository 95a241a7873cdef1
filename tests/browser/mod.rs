//! A browser for tests: Chromium without a window, driven over its DevTools protocol.
//!
//! `browser()` gives one with a profile of its own, or none where none is installed: then
//! the test says so and passes, but fails where `CI` is `true`, so that no merge rests on
//! tests that did not run. What is awaited is asked for again and again up to `PATIENCE`;
//! nothing else depends on time.
//!
//! ```text
//! let Some(browser) = browser() else { return };
//! let mut tab = browser.tab();
//! tab.navigate(&server.url());
//! tab.wait("document.title === 'Lưu trữ'");
//! ```

#![allow(dead_code, reason = "each crate of tests uses a part of its own")]

use std::{
    cell::RefCell,
    env,
    fs::{self, File},
    io::Write,
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// Names of the program, the first found is taken.
const PROGRAMS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// How long something is awaited before it counts as not coming.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a browser may take to start, on a machine that does much else.
const START: Duration = Duration::from_secs(60);

/// Between two looks at what is awaited.
const PAUSE: Duration = Duration::from_millis(20);

/// A running browser. It is killed when this is dropped.
pub(crate) struct Browser {
    child: Child,
    /// Where it listens.
    port: u16,
    /// For what belongs to no tab.
    home: RefCell<Session>,
    profile: tempfile::TempDir,
}

/// A tab. It stays open until the browser ends.
pub(crate) struct Tab {
    session: Session,
}

/// A connection to one target of the browser.
struct Session {
    socket: WebSocket<TcpStream>,
    last: u64,
    loads: usize,
    errors: Vec<String>,
    requests: Vec<String>,
}

/// A browser, or none with a word about it on standard error.
#[track_caller]
pub(crate) fn browser() -> Option<Browser> {
    let Some(program) = program() else {
        let missing = format!("no browser is installed ({}): apt-get install chromium", PROGRAMS.join(", "));
        assert!(env::var("CI").as_deref() != Ok("true"), "{missing}");
        #[allow(clippy::print_stderr, reason = "a test that could not run says so")]
        {
            eprintln!("left out, since {missing}");
        }
        return None;
    };
    Some(Browser::start(&program))
}

fn program() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let candidates = PROGRAMS.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.into_iter().find(|path| path.is_file())
}

impl Browser {
    fn start(program: &Path) -> Browser {
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let mut child = Command::new(program)
            .args([
                "--headless=new",
                // Containers rarely allow the sandbox, and all pages here are our own.
                "--no-sandbox",
                "--disable-gpu",
                // The shared memory of a container is small.
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--window-size=1000,800",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            // What it would leave beside its profile goes with it.
            .env("TMPDIR", profile.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the browser starts");
        // It says where it listens in a file: the port, then the path of its own target.
        let said = profile.path().join("DevToolsActivePort");
        let begin = Instant::now();
        let (port, path) = loop {
            let text = fs::read_to_string(&said).unwrap_or_default();
            if let Some((port, path)) = text.split_once('\n')
                && !path.is_empty()
            {
                break (port.parse().expect("a port"), path.trim().to_owned());
            }
            if begin.elapsed() > START {
                let _ = child.kill();
                panic!("the browser does not say where it listens");
            }
            thread::sleep(PAUSE);
        };
        let home = RefCell::new(Session::open(port, &path));
        Browser { child, port, home, profile }
    }

    /// A new tab, empty, in a window of its own: so it is seen, as far as pages can tell.
    pub(crate) fn window(&self) -> Tab {
        self.open(json!({ "url": "about:blank", "newWindow": true }))
    }

    /// A new tab, empty, in front of those of the last window: these are hidden from now on.
    pub(crate) fn tab(&self) -> Tab {
        self.open(json!({ "url": "about:blank" }))
    }

    fn open(&self, target: Value) -> Tab {
        let mut home = self.home.borrow_mut();
        let made = home.call("Target.createTarget", target);
        let id = made["targetId"].as_str().expect("a target").to_owned();
        let mut session = Session::open(self.port, &format!("/devtools/page/{id}"));
        for domain in ["Page", "Runtime", "Log", "Network"] {
            session.call(&format!("{domain}.enable"), json!({}));
        }
        Tab { session }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Asked first, so that its helpers end before their folder is removed; killed if it
        // does not listen. A test may be failing just now, so nothing here may panic.
        let close = json!({ "id": 0, "method": "Browser.close" }).to_string();
        let _ = self.home.get_mut().socket.send(Message::text(close));
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE && matches!(self.child.try_wait(), Ok(None)) {
            thread::sleep(PAUSE);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Tab {
    /// Goes to an address, and waits until the page there has loaded.
    #[track_caller]
    pub(crate) fn navigate(&mut self, url: &str) {
        let loads = self.session.loads;
        let gone = self.session.call("Page.navigate", json!({ "url": url }));
        assert!(gone.get("errorText").is_none(), "{url}: {gone}");
        while self.session.loads == loads {
            self.session.read();
        }
        self.wait("document.readyState === 'complete'");
    }

    /// Brings a tab to the front of its window, in which it hides the others.
    #[track_caller]
    pub(crate) fn show(&mut self) {
        self.session.call("Page.bringToFront", json!({}));
    }

    /// The value of an expression, as JSON; promises are awaited.
    #[track_caller]
    pub(crate) fn eval(&mut self, expression: &str) -> Value {
        match self.try_eval(expression) {
            Ok(value) => value,
            Err(error) => panic!("{expression}: {error}"),
        }
    }

    /// Waits until an expression is true.
    #[track_caller]
    pub(crate) fn wait(&mut self, expression: &str) {
        let begin = Instant::now();
        loop {
            // While a page goes and another comes there is nothing to ask.
            let value = self.try_eval(&format!("Boolean({expression})"));
            if value == Ok(Value::Bool(true)) {
                return;
            }
            assert!(begin.elapsed() < PATIENCE, "never true: {expression}\nat last: {value:?}");
            thread::sleep(PAUSE);
        }
    }

    /// Presses and releases a key: `Escape`, `Tab`, `Enter`, `Space`.
    #[track_caller]
    pub(crate) fn press(&mut self, name: &str) {
        // Buttons listen to what a key writes.
        let (code, key, text) = match name {
            "Escape" => (27, name, ""),
            "Tab" => (9, name, ""),
            "Enter" => (13, name, "\r"),
            "Space" => (32, " ", " "),
            _ => panic!("no code is known for the key {name}"),
        };
        let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        for (kind, text) in [(down, text), ("keyUp", "")] {
            let event = json!({ "type": kind, "key": key, "code": name, "text": text, "windowsVirtualKeyCode": code });
            self.session.call("Input.dispatchKeyEvent", event);
        }
    }

    /// Writes a picture of what is seen, as PNG.
    #[track_caller]
    pub(crate) fn screenshot(&mut self, path: &Path) {
        self.capture(path, json!({ "format": "png" }));
    }

    /// Writes a picture of the page from its top, that wide and high in CSS pixels, as PNG.
    #[track_caller]
    pub(crate) fn picture(&mut self, path: &Path, width: u32, height: u32) {
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        self.capture(path, json!({ "format": "png", "captureBeyondViewport": true, "clip": clip }));
    }

    #[track_caller]
    fn capture(&mut self, path: &Path, how: Value) {
        let shot = self.session.call("Page.captureScreenshot", how);
        let bytes = base64(shot["data"].as_str().expect("a picture"));
        File::create(path).and_then(|mut file| file.write_all(&bytes)).expect("a written picture");
    }

    /// What the console had to complain about since the last time: exceptions, errors,
    /// addresses that did not load.
    pub(crate) fn errors(&mut self) -> Vec<String> {
        // Whatever was said before this is answered has been read with it.
        self.session.call("Runtime.enable", json!({}));
        std::mem::take(&mut self.session.errors)
    }

    /// The addresses that were asked for since the last time, pages themselves included.
    pub(crate) fn requests(&mut self) -> Vec<String> {
        self.session.call("Runtime.enable", json!({}));
        std::mem::take(&mut self.session.requests)
    }

    /// Makes the window that wide and high, in CSS pixels. Its scroll bars take no room.
    #[track_caller]
    pub(crate) fn size(&mut self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.session.call("Emulation.setDeviceMetricsOverride", metrics);
        self.session.call("Emulation.setScrollbarsHidden", json!({ "hidden": true }));
    }

    /// Shows pages as in that medium (`screen`, `print`), with those media features:
    /// `[("prefers-color-scheme", "dark")]`. All others are as they were by themselves.
    #[track_caller]
    pub(crate) fn medium(&mut self, medium: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.session.call("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features }));
    }

    /// Lets the scripts of pages run, or not, from the next page on. `eval` works all the same.
    #[track_caller]
    pub(crate) fn scripts(&mut self, are_on: bool) {
        self.session.call("Emulation.setScriptExecutionDisabled", json!({ "value": !are_on }));
    }

    /// Any other command of the protocol.
    #[track_caller]
    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.session.call(method, parameters)
    }

    fn try_eval(&mut self, expression: &str) -> Result<Value, String> {
        let parameters = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true, "userGesture": true });
        let answer = self.session.try_call("Runtime.evaluate", parameters)?;
        match answer.get("exceptionDetails") {
            Some(details) => Err(details.to_string()),
            None => Ok(answer["result"].get("value").cloned().unwrap_or(Value::Null)),
        }
    }
}

impl Session {
    fn open(port: u16, path: &str) -> Session {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("the browser listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        let (socket, _) =
            tungstenite::client(format!("ws://127.0.0.1:{port}{path}"), stream).expect("a web socket");
        Session { socket, last: 0, loads: 0, errors: Vec::new(), requests: Vec::new() }
    }

    #[track_caller]
    fn call(&mut self, method: &str, parameters: Value) -> Value {
        match self.try_call(method, parameters) {
            Ok(value) => value,
            Err(error) => panic!("{method}: {error}"),
        }
    }

    fn try_call(&mut self, method: &str, parameters: Value) -> Result<Value, String> {
        self.last += 1;
        let id = self.last;
        let text = json!({ "id": id, "method": method, "params": parameters }).to_string();
        self.socket.send(Message::text(text)).map_err(|error| error.to_string())?;
        loop {
            let mut message = self.read();
            if message["id"] == id {
                return match message.get("error") {
                    Some(error) => Err(error.to_string()),
                    None => Ok(message["result"].take()),
                };
            }
        }
    }

    /// The next message; of events, what is worth knowing is kept.
    fn read(&mut self) -> Value {
        let message = self.socket.read().expect("a message of the browser");
        let message: Value = serde_json::from_str(message.to_text().expect("text")).expect("JSON");
        let what = &message["params"];
        match message["method"].as_str() {
            Some("Page.loadEventFired") => self.loads += 1,
            Some("Runtime.exceptionThrown") => self.errors.push(what["exceptionDetails"].to_string()),
            Some("Runtime.consoleAPICalled") if what["type"] == "error" => {
                self.errors.push(what["args"].to_string());
            }
            Some("Log.entryAdded") if what["entry"]["level"] == "error" && !is_icon(&what["entry"]) => {
                self.errors.push(what["entry"].to_string());
            }
            Some("Network.requestWillBeSent") => {
                self.requests.extend(what["request"]["url"].as_str().map(str::to_owned));
            }
            _ => {}
        }
        message
    }
}

/// Whether an entry of the log is about the icon, for which browsers ask on their own.
fn is_icon(entry: &Value) -> bool {
    entry["url"].as_str().is_some_and(|url| url.ends_with("/favicon.ico"))
}

/// The bytes of a text in base 64.
fn base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0u32, 0);
    for digit in text.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => break,
        };
        held = (held << 6 | u32::from(value)) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    bytes
}
