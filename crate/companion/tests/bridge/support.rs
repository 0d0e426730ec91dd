//! A companion of its own for each test, and a page that speaks to it as a browser does.

use std::net::SocketAddr;
use std::sync::Arc;

use chanscope_companion::bridge::{CloseCode, FromPage, SUBPROTOCOL, Target, ToPage};
use chanscope_companion::clock::{Clock, Settings, Status};
use chanscope_companion::server::{self, Files, Listener, Secret, Site};
use futures::{SinkExt, StreamExt};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;

pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// As much credit as there can be.
pub(crate) const ALL: u32 = 256 * 1024;

pub(crate) struct Companion {
    pub(crate) address: SocketAddr,
    pub(crate) clock: Arc<Clock>,
    stop: Option<oneshot::Sender<()>>,
    served: Option<JoinHandle<()>>,
    dist: TempDir,
}

/// What a test may want otherwise.
pub(crate) struct Plan {
    pub(crate) settings: Settings,
    pub(crate) target: Option<SocketAddr>,
    pub(crate) connections_max: u32,
}

impl Default for Plan {
    fn default() -> Self {
        Self { settings: Settings::default(), target: None, connections_max: 4096 }
    }
}

impl Companion {
    pub(crate) async fn start(plan: Plan) -> Self {
        let dist = TempDir::new().unwrap();
        let listener = Listener::bind(0).await.unwrap();
        let address = SocketAddr::from(([127, 0, 0, 1], listener.port()));
        let (clock, clock_listener) = Clock::bind(0, plan.settings);
        let clock = Arc::new(clock);
        let target = plan.target.map(|address| Target::measured(address).unwrap());
        let site = Site {
            files: Files::Folder(dist.path().to_owned()),
            clock: Arc::clone(&clock),
            target: target.unwrap_or_else(|| Target::Clock(Arc::clone(&clock))),
            secret: Secret::known(SECRET),
            connections_max: plan.connections_max,
            test_echo: true,
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let keeper = Arc::clone(&clock);
        let served = tokio::spawn(async move {
            let (served, over) = oneshot::channel::<()>();
            tokio::join!(keeper.keep(clock_listener, async { over.await.unwrap() }), async {
                server::run(listener, site, async { stopped.await.unwrap_or(()) }).await;
                served.send(()).unwrap();
            });
        });
        Self { address, clock, stop: Some(stop), served: Some(served), dist }
    }

    /// One whose bridge reaches a listener of the test's own.
    pub(crate) async fn with_target() -> (Self, TcpListener) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let target = Some(listener.local_addr().unwrap());
        (Self::start(Plan { target, ..Plan::default() }).await, listener)
    }

    /// Puts a file of so many bytes where files are served from.
    pub(crate) fn add_file(&self, name: &str, bytes: u64) {
        std::fs::File::create(self.dist.path().join(name)).unwrap().set_len(bytes).unwrap();
    }

    pub(crate) fn stop(&mut self) -> JoinHandle<()> {
        self.stop.take().unwrap().send(()).unwrap();
        self.served.take().unwrap()
    }

    /// A handshake as a page's, to be changed.
    pub(crate) fn handshake(&self, path: &str, protocol: &str) -> Request {
        handshake(self.address, path, protocol)
    }

    pub(crate) async fn websocket(&self, path: &str, protocol: &str) -> Page {
        let stream = TcpStream::connect(self.address).await.unwrap();
        Page::over(stream, self.handshake(path, protocol)).await
    }

    /// A connection that is open, with its addresses.
    pub(crate) async fn connect(&self) -> (Page, SocketAddr) {
        let mut page = self.websocket("/api/tcp", SUBPROTOCOL).await;
        match page.control().await {
            ToPage::Opened { local, credit, .. } => {
                assert_eq!(credit, ALL);
                (page, local)
            }
            other => panic!("{other:?} comes first"),
        }
    }

    pub(crate) async fn raw(&self, request: &str) -> String {
        raw(self.address, request).await
    }

    pub(crate) fn clock_address(&self) -> SocketAddr {
        match self.clock.state().status {
            Status::Running { address } => address,
            other => panic!("{other:?}"),
        }
    }
}

/// Sends a request as it is, and reads the answer to its end.
pub(crate) async fn raw(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A reset may follow an answer to a request that was not read to its end.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

/// A handshake as a page's.
pub(crate) fn handshake(address: SocketAddr, path: &str, protocol: &str) -> Request {
    let mut request = format!("ws://{address}{path}").into_client_request().unwrap();
    let headers = request.headers_mut();
    headers.insert("origin", format!("http://{address}").parse().unwrap());
    headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
    let protocols = format!("{protocol}, chanscope.secret.{SECRET}");
    headers.insert("sec-websocket-protocol", protocols.parse().unwrap());
    request
}

/// The page's end of a WebSocket.
pub(crate) struct Page {
    pub(crate) socket: WebSocketStream<TcpStream>,
}

impl Page {
    pub(crate) async fn over(stream: TcpStream, handshake: Request) -> Self {
        let (socket, _) = tokio_tungstenite::client_async(handshake, stream).await.unwrap();
        Self { socket }
    }

    /// The next message that is no ping or pong.
    pub(crate) async fn hear(&mut self) -> Message {
        loop {
            match self.socket.next().await.expect("the companion says why it closes").unwrap() {
                Message::Ping(_) | Message::Pong(_) => {}
                message => return message,
            }
        }
    }

    pub(crate) async fn control(&mut self) -> ToPage {
        match self.hear().await {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("a control message was due, not {other:?}"),
        }
    }

    pub(crate) async fn bytes(&mut self) -> Vec<u8> {
        match self.hear().await {
            Message::Binary(bytes) => bytes.to_vec(),
            other => panic!("bytes were due, not {other:?}"),
        }
    }

    pub(crate) async fn exactly(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        while bytes.len() < count {
            bytes.extend(self.bytes().await);
        }
        assert_eq!(bytes.len(), count);
        bytes
    }

    pub(crate) async fn say(&mut self, message: FromPage) {
        self.text(&serde_json::to_string(&message).unwrap()).await;
    }

    pub(crate) async fn text(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    pub(crate) async fn give(&mut self, bytes: u32) {
        self.say(FromPage::Credit { bytes }).await;
    }

    pub(crate) async fn send(&mut self, bytes: &[u8]) {
        self.socket.send(Message::binary(bytes.to_vec())).await.unwrap();
    }

    /// Expects the companion to close for this reason, after whatever else.
    pub(crate) async fn closes(&mut self, code: CloseCode) {
        loop {
            if let Message::Close(frame) = self.hear().await {
                let frame = frame.expect("there is a reason");
                assert_eq!(u16::from(frame.code), code.number(), "{}", frame.reason);
                return;
            }
        }
    }

    /// Sends bytes that need not be frames.
    pub(crate) async fn raw(&mut self, bytes: &[u8]) {
        self.socket.get_mut().write_all(bytes).await.unwrap();
    }

    /// Leaves without a word: the connection is reset.
    pub(crate) fn vanish(self) {
        self.socket.get_ref().set_zero_linger().unwrap();
    }
}
