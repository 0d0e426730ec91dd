//! The notes' client: dial the clock, and copy what it writes to where the reader sees it.
//!
//! ```go
//! conn, err := net.Dial("tcp", "localhost:8000")
//! defer conn.Close()
//! io.Copy(os.Stdout, conn)
//! ```

use std::cell::RefCell;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use chanscope_tcp::bridge::CREDIT_BYTES_MAX;
use futures::future::{AbortHandle, abortable};
use futures::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;

use super::connection::{self, Connection};
use super::entry::ClientAct;
use crate::javascript::to_js;

/// What a program without flow control of its own reads at a time: the buffer of Go's `io.Copy`.
const COPY_BYTES: usize = 32 * 1024;

/// A client of the page's.
#[wasm_bindgen]
pub struct TcpClient {
    desk: Rc<Desk>,
    abort: AbortHandle,
}

/// What the running client and the page's buttons share.
struct Desk {
    /// Hears a `ClientAct`.
    hear: Function,
    connection: RefCell<Option<Connection>>,
    stdout: RefCell<Stdout>,
}

/// Where the reader sees what was read. While it is stopped it takes nothing, like a pager that nobody scrolls.
#[derive(Default)]
struct Stdout {
    stopped: bool,
    waiting: Option<Waker>,
}

#[wasm_bindgen]
impl TcpClient {
    /// Dials. `hear` is called with what happens, each a `ClientAct` in JSON; `window` is how many bytes may lie
    /// unread.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(hear: Function) -> Self {
        let desk = Rc::new(Desk { hear, connection: RefCell::default(), stdout: RefCell::default() });
        Self { desk, abort: AbortHandle::new_pair().0 }
    }

    /// Runs the notes' `main` until the connection ends or [`TcpClient::close`].
    pub fn run(&mut self, url: String, secret: String, window: Option<u32>) -> Promise {
        let desk = Rc::clone(&self.desk);
        let (running, abort) = abortable(async move {
            main(&desk, &url, &secret, window.unwrap_or(CREDIT_BYTES_MAX)).await;
        });
        self.abort = abort;
        let desk = Rc::clone(&self.desk);
        future_to_promise(async move {
            if running.await.is_err() {
                desk.tell(ClientAct::Closes);
            }
            // `defer conn.Close()`.
            desk.connection.replace(None);
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Stops reading, or reads on.
    pub fn pause(&self, paused: bool) {
        let mut stdout = self.desk.stdout.borrow_mut();
        if stdout.stopped == paused {
            return;
        }
        stdout.stopped = paused;
        let waiting = stdout.waiting.take();
        drop(stdout);
        self.desk.tell(if paused { ClientAct::Paused } else { ClientAct::Resumed });
        if let Some(waker) = waiting {
            waker.wake();
        }
    }

    /// Writes a text. The promise resolves when there was credit for all of it.
    pub fn write(&self, text: String) -> Promise {
        let desk = Rc::clone(&self.desk);
        future_to_promise(async move {
            let connection = desk.connection.borrow().clone();
            if let Some(mut connection) = connection
                && connection.write_all(text.as_bytes()).await.is_ok()
            {
                desk.tell(ClientAct::Wrote { text });
            }
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Says that nothing more is written, and goes on reading.
    #[wasm_bindgen(js_name = endWriting)]
    pub fn end_writing(&self) -> Promise {
        let desk = Rc::clone(&self.desk);
        future_to_promise(async move {
            let connection = desk.connection.borrow().clone();
            if let Some(mut connection) = connection
                && connection.close().await.is_ok()
            {
                desk.tell(ClientAct::HalfClosed);
            }
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Resets the connection.
    pub fn reset(&self) {
        let connection = self.desk.connection.borrow_mut().take();
        if let Some(connection) = connection {
            self.desk.tell(ClientAct::Resets);
            connection.reset();
        }
    }

    /// Closes the connection, as a program that is interrupted does.
    pub fn close(&self) {
        self.abort.abort();
    }
}

impl Desk {
    fn tell(&self, act: ClientAct) {
        let act = to_js(&act).unwrap_or_else(|error| error);
        // What the page throws is the page's, and reported by it.
        let _ = self.hear.call1(&JsValue::NULL, &act);
    }
}

/// The notes' `main`.
async fn main(desk: &Rc<Desk>, url: &str, secret: &str, window: u32) {
    desk.tell(ClientAct::Dial);
    let connection = match connection::dial(url, secret, window).await {
        Ok((connection, local)) => {
            desk.tell(ClientAct::Opened { local });
            connection
        }
        Err(code) => return desk.tell(ClientAct::DialFailed { code }),
    };
    desk.connection.replace(Some(connection.clone()));
    let copied = copy(Screen(desk), connection.clone()).await;
    // After a reset of our own there is nothing left to say.
    if desk.connection.borrow().is_none() {
        return;
    }
    desk.tell(match copied {
        Ok(_) => ClientAct::Ended,
        Err(error) if error.kind() == ErrorKind::ConnectionReset => ClientAct::WasReset,
        Err(_) => ClientAct::Broken { code: connection.closed().unwrap_or_default() },
    });
}

/// The notes' `copy`: from a reader to a writer until the reader's end.
async fn copy(mut to: impl AsyncWrite + Unpin, mut from: impl AsyncRead + Unpin) -> io::Result<u64> {
    use futures::io::AsyncReadExt;
    let mut buffer = vec![0; COPY_BYTES];
    let mut copied = 0;
    loop {
        let count = from.read(&mut buffer).await?;
        if count == 0 {
            return Ok(copied);
        }
        to.write_all(&buffer[..count]).await?;
        copied += count as u64;
    }
}

/// The desk's [`Stdout`] as something to write to.
struct Screen<'a>(&'a Desk);

impl AsyncWrite for Screen<'_> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        {
            let mut stdout = self.0.stdout.borrow_mut();
            if stdout.stopped {
                stdout.waiting = Some(context.waker().clone());
                return Poll::Pending;
            }
        }
        self.0.tell(ClientAct::Received { text: String::from_utf8_lossy(bytes).into_owned() });
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
