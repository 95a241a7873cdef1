//! The preview's server: a folder over HTTP on this machine, pages that keep up to date.
//!
//! Owns two addresses below `/.luutru/`: the script that it adds to every page it sends,
//! and the events that the script listens to. It reads the folder and writes nothing.
//! Whatever stands in the folder outside of what a page could name is never sent, and no
//! other machine is answered, nor a page of another site that a browser here has open.
//!
//! Reading order: `answer` (one request), `page` (versions, and what differs), `events`
//! (what open pages are told), `reload.js` (what they make of it).
//!
//! Not here: when to build, and what a build says (`watch`).

mod address;
mod answer;
mod body;
mod events;
mod files;
mod page;
mod range;
mod words;

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, TcpListener as Socket},
    path::{Path, PathBuf},
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use hyper::{body::Bytes, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
    sync::{oneshot, watch},
    time::sleep,
};

use crate::diagnostic::Language;

/// Address of the script.
const SCRIPT: &str = "/.luutru/reload.js";

/// Address of the events.
const EVENTS: &str = "/.luutru/events";

/// How many ports are tried, the one asked for included. Whoever previews more archives at
/// once had better say which is where.
const PORTS: u16 = 20;

/// Rest after a connection that could not be accepted, for want of file handles perhaps:
/// trying again at once would keep a processor busy until one is free.
const REST: Duration = Duration::from_millis(50);

/// Threads that read files for the answers.
const READERS: usize = 8;

/// How long a client may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server on a thread of its own. It ends when this is dropped, with all connections.
pub struct Server {
    port: u16,
    state: watch::Sender<State>,
    /// Taken when it ends.
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

/// What is wrong, for those who look at a page.
pub struct Trouble {
    /// The site's.
    pub language: Language,
    /// One line, in that language.
    pub title: String,
    /// The report as the terminal shows it: plain text of any number of lines.
    pub text: String,
}

/// What all open pages should know.
#[derive(Clone, Default)]
struct State {
    /// Whether the folder holds a good build.
    is_built: bool,
    /// Grows when the trouble becomes another, or none.
    serial: u64,
    /// As the event that tells it.
    trouble: Option<Bytes>,
}

/// What an answer is made from.
struct Preview {
    root: PathBuf,
    language: Language,
    state: watch::Receiver<State>,
}

impl Server {
    /// Serves the files below `root`, on the loopback at `port` or the first of the next
    /// ones that is free; at any free one for 0. `root` need not exist yet: until `built`
    /// is called, every address answers that the site is being built, in `language`.
    ///
    /// Fails if no port is free or the system gives none.
    pub fn start(root: &Path, port: u16, language: Language) -> io::Result<Server> {
        let (port, sockets) = bind(port)?;
        let runtime = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            // For reading files; hundreds of open pages would have hundreds of threads.
            .max_blocking_threads(READERS)
            .build()?;
        let (state, receiver) = watch::channel(State::default());
        let preview = Arc::new(Preview { root: std::path::absolute(root)?, language, state: receiver });
        let (stop, stopped) = oneshot::channel();
        let thread =
            thread::Builder::new().name("serve".into()).spawn(|| run(runtime, sockets, preview, stopped))?;
        Ok(Server { port, state, running: Some((stop, thread)) })
    }

    /// Where the site is to be seen: `http://localhost:4000/`.
    pub fn url(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }

    /// There is a good build in the folder. Pages that show anything else are brought up to
    /// date, and there is no trouble any more.
    ///
    /// Does not wait: each open page is looked at on the server's own threads. Calling it
    /// after a build that changed nothing is harmless.
    pub fn built(&self) {
        self.state.send_modify(|state| {
            state.is_built = true;
            if state.trouble.take().is_some() {
                state.serial += 1;
            }
        });
    }

    /// Shows what is wrong over every page, those opened later included, until `built` or
    /// the next trouble. Does not wait.
    pub fn trouble(&self, trouble: &Trouble) {
        self.state.send_modify(|state| {
            state.serial += 1;
            state.trouble = Some(events::trouble(trouble, state.serial));
        });
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            // Only so that the port is free when we return. Nothing is left to be done
            // should the thread have panicked.
            let _ = thread.join();
        }
    }
}

/// The sockets of `port`, or of the first of the next ones that is free in both families.
///
/// Browsers take `localhost` for either, and which first is their secret: a port that
/// belongs to another program in one family would show that program's pages. Where the
/// machine has no IPv6, nobody can be there.
fn bind(port: u16) -> io::Result<(u16, Vec<Socket>)> {
    let mut taken = io::Error::from(io::ErrorKind::AddrInUse);
    for next in 0..PORTS {
        let candidate = match port {
            0 => 0,
            _ => match port.checked_add(next) {
                Some(candidate) => candidate,
                None => break,
            },
        };
        let four = match Socket::bind((Ipv4Addr::LOCALHOST, candidate)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                taken = error;
                continue;
            }
            bound => bound?,
        };
        let port = four.local_addr()?.port();
        match Socket::bind((Ipv6Addr::LOCALHOST, port)) {
            Ok(six) => return Ok((port, vec![four, six])),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => taken = error,
            Err(_no_ipv6) => return Ok((port, vec![four])),
        }
    }
    Err(taken)
}

/// Runs the server until its handle is dropped.
fn run(runtime: Runtime, sockets: Vec<Socket>, preview: Arc<Preview>, stopped: oneshot::Receiver<()>) {
    runtime.block_on(async {
        for socket in sockets {
            tokio::spawn(accept(socket, Arc::clone(&preview)));
        }
        // An error is what we wait for: the other end was dropped.
        let _ = stopped.await;
    });
    // Connections end here. A disk that is being waited for is left to itself.
    runtime.shutdown_background();
}

async fn accept(socket: Socket, preview: Arc<Preview>) {
    let listener = match socket.set_nonblocking(true).and_then(|()| TcpListener::from_std(socket)) {
        Ok(listener) => listener,
        // A system that takes back what it gave: the other family may still work.
        Err(_) => return,
    };
    loop {
        match listener.accept().await {
            Ok((client, _)) => drop(tokio::spawn(serve(client, Arc::clone(&preview)))),
            Err(_) => sleep(REST).await,
        }
    }
}

async fn serve(client: TcpStream, preview: Arc<Preview>) {
    // Small answers at once; where that is not possible they come a little later.
    let _ = client.set_nodelay(true);
    // An error is a client that went, or that does not speak HTTP and has been told so.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(
            TokioIo::new(client),
            service_fn(move |request| answer::answer(Arc::clone(&preview), request)),
        )
        .await;
}

#[cfg(test)]
mod tests;
