//! Bodies of answers: bytes, a file in pieces, or events without an end.
//!
//! A body is asked for its next piece when the client has taken the last one, so a client
//! that takes nothing costs a file handle and holds nobody up.

use std::{
    fs::File,
    io::{self, Seek, SeekFrom},
    pin::Pin,
    task::{Context, Poll, ready},
};

use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};
use tokio::{
    io::{AsyncRead, ReadBuf},
    sync::mpsc,
    task::JoinHandle,
};

/// Bytes of a file that are held at a time.
const PIECE: usize = 64 * 1024;

/// The body of an answer.
pub(super) enum Body {
    /// All of it, taken by the first piece.
    Bytes(Bytes),
    /// What is left of a file.
    File(Part),
    /// Until the client goes or the server ends.
    Events(Events),
}

/// Some bytes of a file, read as they are sent.
pub(super) struct Part {
    file: tokio::fs::File,
    left: u64,
    buffer: Box<[u8]>,
}

/// The events that a task of its own writes; it ends when this is dropped.
pub(super) struct Events {
    pub(super) written: mpsc::Receiver<Bytes>,
    pub(super) writer: JoinHandle<()>,
}

impl Body {
    /// No bytes at all.
    pub(super) fn empty() -> Body {
        Body::Bytes(Bytes::new())
    }
}

impl Part {
    /// `len` bytes of `file` from `start`. Reads nothing yet; fails as seeking fails.
    pub(super) fn new(mut file: File, start: u64, len: u64) -> io::Result<Part> {
        file.seek(SeekFrom::Start(start))?;
        let size = usize::try_from(len).unwrap_or(PIECE).min(PIECE);
        Ok(Part { file: tokio::fs::File::from_std(file), left: len, buffer: vec![0; size].into() })
    }

    fn poll_piece(&mut self, context: &mut Context) -> Poll<io::Result<Bytes>> {
        let size = usize::try_from(self.left).unwrap_or(PIECE).min(PIECE);
        let mut piece = ReadBuf::new(&mut self.buffer[..size]);
        ready!(Pin::new(&mut self.file).poll_read(context, &mut piece))?;
        let piece = piece.filled();
        if piece.is_empty() {
            // Cut off while it was sent: the length is promised, so the connection breaks.
            return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
        }
        self.left -= piece.len() as u64;
        Poll::Ready(Ok(Bytes::copy_from_slice(piece)))
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.writer.abort();
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let piece = match self.get_mut() {
            Body::Bytes(bytes) if bytes.is_empty() => None,
            Body::Bytes(bytes) => Some(Ok(std::mem::take(bytes))),
            Body::File(part) if part.left == 0 => None,
            Body::File(part) => Some(ready!(part.poll_piece(context))),
            Body::Events(events) => ready!(events.written.poll_recv(context)).map(Ok),
        };
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.size_hint().exact() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Body::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Body::File(part) => SizeHint::with_exact(part.left),
            Body::Events(_) => SizeHint::default(),
        }
    }
}
