//! A running `luutru watch`: what it says, what it serves, how much memory it holds.
//!
//! The real binary as a child. Each line that it prints is stamped when it arrives, by a thread
//! for each stream that does nothing else. Pages are asked for over one connection that is kept,
//! as a browser does: a new one for each request would be measured with it.
//!
//! Not here: what is edited (`edits`), figures (`watch`).

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long anything that must come is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long the first build is waited for, and one of all pages.
const PATIENCE_WITH_ALL: Duration = Duration::from_secs(600);

/// The last stage of a build.
const LAST_STAGE: &str = "render+publish";

/// The program, with all that it says and serves. Killed if it was not ended before.
pub(crate) struct Preview {
    child: Child,
    lines: Receiver<Line>,
    /// What it said since `forget`.
    said: Vec<Line>,
    port: u16,
    connection: Option<BufReader<TcpStream>>,
    patience: Duration,
}

/// How much is built.
#[derive(Clone, Copy)]
pub(crate) enum Pages {
    /// What an edit of an article or a record touches.
    Few,
    /// The whole site.
    All,
}

/// What a page was when it was asked for.
pub(crate) struct Page {
    /// 200, 404, or 503 before the first build.
    pub(crate) status: u16,
    /// Its text.
    pub(crate) text: String,
}

/// The stages of one build, in their order, in milliseconds.
pub(crate) type Stages = Vec<(String, f64)>;

/// Memory of a process in KiB; 0 where the system does not say.
#[derive(Clone, Copy)]
pub(crate) struct Memory {
    /// Resident now.
    pub(crate) resident: u64,
    /// Most that was ever resident.
    pub(crate) peak: u64,
}

struct Line {
    at: Instant,
    text: String,
}

impl Preview {
    /// Starts the program on a site; returns when its first build is served, with its stages.
    pub(crate) fn start(site: &Path) -> io::Result<(Preview, Stages)> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_luutru"))
            .args(["watch", "-v", "--port", "0"])
            .arg(site)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (sender, lines) = channel();
        read_lines(child.stdout.take(), sender.clone());
        read_lines(child.stderr.take(), sender);
        let patience = PATIENCE_WITH_ALL;
        let mut preview = Preview { child, lines, said: Vec::new(), port: 0, connection: None, patience };
        let (_, port) = preview.wait_for_line("the address", port_in)?;
        preview.port = port;
        let first = preview.stages()?;
        // Or the figures are of something else.
        if preview.said.iter().any(|line| line.text.contains("warning[")) {
            return Err(preview.failed("the generated archive has a warning"));
        }
        preview.patience = PATIENCE;
        Ok((preview, first))
    }

    /// How much is built from now on, which is how long it is waited for.
    pub(crate) fn expect(&mut self, pages: Pages) {
        self.patience = match pages {
            Pages::Few => PATIENCE,
            Pages::All => PATIENCE_WITH_ALL,
        };
    }

    /// Forgets what was said until now.
    pub(crate) fn forget(&mut self) {
        while self.lines.try_recv().is_ok() {}
        self.said.clear();
    }

    /// Asks for a page until it is as wanted; gives the time when it was.
    pub(crate) fn wait_for_page(
        &mut self,
        page: &str,
        is_wanted: impl Fn(&Page) -> bool,
    ) -> io::Result<Instant> {
        let end = Instant::now() + self.patience;
        loop {
            let found = self.get(page)?;
            let now = Instant::now();
            if is_wanted(&found) {
                return Ok(now);
            }
            if now > end {
                return Err(
                    self.failed(&format!("`{page}` is not served as it must be (last {})", found.status))
                );
            }
        }
    }

    /// Waits for a line with these words, said since `forget`; gives the time when it came.
    pub(crate) fn wait_for_words(&mut self, words: &str) -> io::Result<Instant> {
        let (at, ()) = self.wait_for_line(words, |line| line.contains(words).then_some(()))?;
        Ok(at)
    }

    /// Waits for a build to end that began since `forget`; gives its stages. Mistakes in the
    /// content are an error: nothing is built then.
    pub(crate) fn stages(&mut self) -> io::Result<Stages> {
        let (_, is_built) = self.wait_for_line(LAST_STAGE, |line| {
            let is_last = stage(line).is_some_and(|(name, _)| name == LAST_STAGE);
            (is_last || line.contains("error[")).then_some(is_last)
        })?;
        if !is_built {
            return Err(self.failed("the content has a mistake"));
        }
        let mut stages = Stages::new();
        for (name, time) in self.said.iter().filter_map(|line| stage(&line.text)) {
            // Another build began: the last one is wanted.
            if stages.iter().any(|(other, _)| *other == name) {
                stages.clear();
            }
            stages.push((name, time));
        }
        Ok(stages)
    }

    /// A page as it is served now.
    pub(crate) fn get(&mut self, page: &str) -> io::Result<Page> {
        if let Some(found) = self.connection.take().and_then(|connection| self.ask(connection, page).ok()) {
            return Ok(found);
        }
        // A connection that nobody uses is closed by the other side.
        let asked = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).and_then(|stream| {
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            self.ask(BufReader::new(stream), page)
        });
        asked.map_err(|error| self.failed(&format!("`{page}` is not answered: {error}")))
    }

    fn ask(&mut self, mut connection: BufReader<TcpStream>, page: &str) -> io::Result<Page> {
        let request = format!("GET /{page} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        connection.get_mut().write_all(request.as_bytes())?;
        let found = answer(&mut connection)?;
        self.connection = Some(connection);
        Ok(found)
    }

    /// How much memory it holds.
    pub(crate) fn memory(&self) -> Memory {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let value = |key: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
            line.and_then(|value| value.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
        };
        Memory { resident: value("VmRSS"), peak: value("VmHWM") }
    }

    /// Ends it as Ctrl-C does; gives how long that took. Any exit code but 0 is an error.
    pub(crate) fn end(mut self) -> io::Result<Duration> {
        let start = Instant::now();
        if !interrupt(&self.child)? {
            return Ok(Duration::ZERO);
        }
        let status = loop {
            match self.child.try_wait()? {
                Some(status) => break status,
                None if start.elapsed() > PATIENCE => return Err(self.failed("Ctrl-C does not end it")),
                None => thread::sleep(Duration::from_millis(1)),
            }
        };
        match status.success() {
            true => Ok(start.elapsed()),
            false => Err(self.failed(&format!("after Ctrl-C: {status}"))),
        }
    }

    /// The first line that `read` makes something of, among those said since `forget` and those
    /// to come; with the time when it came. `what` is for the message if there is none.
    fn wait_for_line<T>(&mut self, what: &str, read: impl Fn(&str) -> Option<T>) -> io::Result<(Instant, T)> {
        let end = Instant::now() + self.patience;
        let mut next = 0;
        loop {
            while let Some(line) = self.said.get(next) {
                if let Some(found) = read(&line.text) {
                    return Ok((line.at, found));
                }
                next += 1;
            }
            match self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => self.said.push(line),
                Err(_) => return Err(self.failed(&format!("it never says {what}"))),
            }
        }
    }

    /// What went wrong, with whether it is still there and what it said last.
    fn failed(&mut self, what: &str) -> io::Error {
        // A child that has just died has closed its streams before it can be waited for.
        thread::sleep(Duration::from_millis(50));
        self.said.extend(self.lines.try_iter());
        let state = match self.child.try_wait() {
            Ok(Some(status)) => format!("ended, {status}"),
            _ => "still running".to_owned(),
        };
        let said: Vec<&str> = self.said.iter().rev().take(20).map(|line| &*line.text).collect();
        let said: Vec<&str> = said.into_iter().rev().collect();
        io::Error::other(format!("luutru watch ({state}): {what}; it said last:\n{}", said.join("\n")))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It fails if it has ended, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_lines(stream: Option<impl Read + Send + 'static>, sender: Sender<Line>) {
    let Some(stream) = stream else { return };
    thread::spawn(move || {
        for text in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(Line { at: Instant::now(), text }).is_err() {
                return;
            }
        }
    });
}

/// The port of the address in "xem thử tại http://localhost:4000/ (Ctrl-C để dừng)".
fn port_in(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("http://localhost:")?;
    rest.split_once('/')?.0.parse().ok()
}

/// "stage: parse 3.4 ms". Names may have spaces.
fn stage(line: &str) -> Option<(String, f64)> {
    let (name, time) = line.strip_prefix("stage: ")?.strip_suffix(" ms")?.rsplit_once(' ')?;
    Some((name.to_owned(), time.parse().ok()?))
}

/// One answer of known length, which is what all pages are.
fn answer(connection: &mut BufReader<TcpStream>) -> io::Result<Page> {
    let wrong = |line: &str| io::Error::new(io::ErrorKind::InvalidData, format!("`{}`", line.trim_end()));
    let mut line = String::new();
    connection.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(|| wrong(&line))?;
    let mut len = None;
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                len = Some(value.trim().parse().map_err(|_| wrong(&line))?);
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut bytes = vec![0; len.ok_or_else(|| wrong("an answer without a length"))?];
    connection.read_exact(&mut bytes)?;
    Ok(Page { status, text: String::from_utf8_lossy(&bytes).into_owned() })
}

/// Whether the signal of Ctrl-C was sent; there is none to send elsewhere.
#[cfg(unix)]
fn interrupt(child: &Child) -> io::Result<bool> {
    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;
    let id = i32::try_from(child.id()).map_err(io::Error::other)?;
    kill(Pid::from_raw(id), Signal::SIGINT)?;
    Ok(true)
}

#[cfg(not(unix))]
fn interrupt(_: &Child) -> io::Result<bool> {
    Ok(false)
}
