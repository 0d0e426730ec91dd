//! Measures a bridge from WebSocket to TCP: this companion's, or anybody else's.
//!
//! It is both ends: the page that opens WebSockets, and the target that the bridge connects to. Other people's bridges
//! have neither control messages nor credit; `--plain` speaks to those.
//!
//! ```text
//! chanscope serve --port 8080 --token t --bridge-target 127.0.0.1:9000
//! cargo run --release -p chanscope-companion --example load -- --url ws://127.0.0.1:8080/api/tcp --token t down
//! cargo run --release -p chanscope-companion --example load -- --url ws://127.0.0.1:6080 --plain down
//! ```

use std::error::Error;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use chanscope_companion::bridge::{FromPage, SUBPROTOCOL, ToPage};
use clap::{Parser, Subcommand};
use futures::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::Uri;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The most credit that can be given, and that there is for a beginning.
const CREDIT: u32 = 256 * 1024;
const GIVE_AT_LEAST: u32 = CREDIT / 4;
const MESSAGE_BYTES: usize = 64 * 1024;

#[derive(Parser)]
struct Options {
    /// The bridge.
    #[arg(long)]
    url: Uri,
    /// The secret of the companion's run.
    #[arg(long, default_value = "")]
    token: String,
    /// Where the bridge finds its target.
    #[arg(long, default_value = "127.0.0.1:9000")]
    target: SocketAddr,
    /// The bridge passes bytes and nothing else.
    #[arg(long)]
    plain: bool,
    /// For how many seconds.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Bytes a second from the page to the target.
    Up,
    /// Bytes a second from the target to the page.
    Down,
    /// Round trips of small messages.
    Echo,
    /// Connections opened and closed a second.
    Opens,
    /// Memory of a process for each idle connection.
    Idle {
        /// How many connections.
        #[arg(long, default_value_t = 4000)]
        count: u32,
        /// The bridge's process.
        #[arg(long)]
        pid: u32,
    },
}

/// A page's end of one connection.
struct Page {
    socket: WebSocketStream<TcpStream>,
    plain: bool,
    /// How much may be sent.
    credit: u32,
    /// How much was read since credit was given.
    read: u32,
}

impl Page {
    async fn open(options: &Options) -> Result<Self> {
        let host = options.url.host().ok_or("the address has no host")?;
        let port = options.url.port_u16().ok_or("the address has no port")?;
        let stream = TcpStream::connect((host, port)).await?;
        stream.set_nodelay(true)?;
        let mut request = options.url.clone().into_client_request()?;
        request.headers_mut().insert("origin", format!("http://{host}:{port}").parse()?);
        let protocols = match options.plain {
            true => "binary".to_owned(),
            false => format!("{SUBPROTOCOL}, chanscope.secret.{}", options.token),
        };
        request.headers_mut().insert("sec-websocket-protocol", protocols.parse()?);
        let (socket, _) = tokio_tungstenite::client_async(request, stream).await?;
        let mut page = Self { socket, plain: options.plain, credit: CREDIT, read: CREDIT };
        page.give().await?;
        Ok(page)
    }

    /// Gives credit for what was read, when that is enough to be worth a message.
    async fn give(&mut self) -> Result<()> {
        if !self.plain && self.read >= GIVE_AT_LEAST {
            let message = serde_json::to_string(&FromPage::Credit { bytes: self.read })?;
            self.read = 0;
            self.socket.send(Message::text(message)).await?;
        }
        Ok(())
    }

    /// How many bytes came next; control messages are obeyed and count for nothing.
    async fn hear(&mut self) -> Result<usize> {
        match self.socket.next().await.ok_or("the bridge closed")?? {
            Message::Binary(bytes) => {
                self.read += u32::try_from(bytes.len())?;
                self.give().await?;
                Ok(bytes.len())
            }
            Message::Text(text) if !self.plain => {
                if let ToPage::Credit { bytes } = serde_json::from_str(&text)? {
                    self.credit += bytes;
                }
                Ok(0)
            }
            Message::Close(frame) => Err(format!("the bridge closed: {frame:?}").into()),
            _ => Ok(0),
        }
    }

    async fn send(&mut self, bytes: &Message) -> Result<()> {
        let count = u32::try_from(bytes.len())?;
        while !self.plain && self.credit < count {
            self.hear().await?;
        }
        self.credit = self.credit.wrapping_sub(count);
        Ok(self.socket.send(bytes.clone()).await?)
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(options.target)?;
    let target = socket.listen(4096)?;
    match options.what {
        What::Up => up(&options, &target).await,
        What::Down => down(&options, &target).await,
        What::Echo => echo(&options, &target).await,
        What::Opens => opens(&options, &target).await,
        What::Idle { count, pid } => idle(&options, &target, count, pid).await,
    }
}

fn megabytes_a_second(bytes: u64, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
}

async fn pair(options: &Options, target: &TcpListener) -> Result<(Page, TcpStream)> {
    let (page, accepted) = tokio::join!(Page::open(options), target.accept());
    let (stream, _) = accepted?;
    stream.set_nodelay(true)?;
    Ok((page?, stream))
}

async fn up(options: &Options, target: &TcpListener) -> Result<()> {
    let (mut page, mut stream) = pair(options, target).await?;
    let began = Instant::now();
    let end = began + Duration::from_secs(options.seconds);
    let reader = tokio::spawn(async move {
        let (mut buffer, mut total) = (vec![0; 256 * 1024], 0);
        while Instant::now() < end {
            total += stream.read(&mut buffer).await? as u64;
        }
        Ok::<_, std::io::Error>((stream, total))
    });
    let message = Message::binary(vec![1; MESSAGE_BYTES]);
    while Instant::now() < end {
        page.send(&message).await?;
    }
    let (_stream, total) = reader.await??;
    println!("up    {:.0} MB/s", megabytes_a_second(total, began.elapsed()));
    Ok(())
}

async fn down(options: &Options, target: &TcpListener) -> Result<()> {
    let (mut page, mut stream) = pair(options, target).await?;
    let began = Instant::now();
    let end = began + Duration::from_secs(options.seconds);
    tokio::spawn(async move {
        let chunk = vec![1; MESSAGE_BYTES];
        // Until the page has left.
        while stream.write_all(&chunk).await.is_ok() {}
    });
    let mut total = 0;
    while Instant::now() < end {
        total += page.hear().await? as u64;
    }
    println!("down  {:.0} MB/s", megabytes_a_second(total, began.elapsed()));
    Ok(())
}

async fn echo(options: &Options, target: &TcpListener) -> Result<()> {
    let (mut page, mut stream) = pair(options, target).await?;
    let echo = tokio::spawn(async move {
        let mut buffer = [0; 1024];
        while let Ok(count @ 1..) = stream.read(&mut buffer).await {
            if stream.write_all(&buffer[..count]).await.is_err() {
                break;
            }
        }
    });
    let message = Message::binary(vec![1; 32]);
    let mut times = Vec::new();
    let end = Instant::now() + Duration::from_secs(options.seconds);
    while Instant::now() < end {
        let began = Instant::now();
        page.send(&message).await?;
        while page.hear().await? == 0 {}
        times.push(began.elapsed());
    }
    drop(page);
    echo.await?;
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e6;
    println!("echo  p50 {:.0} us, p99 {:.0} us, {} round trips", at(50), at(99), times.len());
    Ok(())
}

async fn opens(options: &Options, target: &TcpListener) -> Result<()> {
    let began = Instant::now();
    let end = began + Duration::from_secs(options.seconds);
    let mut count = 0;
    while Instant::now() < end {
        let (mut page, stream) = pair(options, target).await?;
        page.socket.close(None).await?;
        while page.socket.next().await.is_some_and(|message| message.is_ok()) {}
        drop(stream);
        count += 1;
    }
    println!("opens {:.0} a second, one after the other", f64::from(count) / began.elapsed().as_secs_f64());
    Ok(())
}

async fn idle(options: &Options, target: &TcpListener, count: u32, pid: u32) -> Result<()> {
    let before = resident_kib(pid)?;
    let mut pairs = Vec::new();
    for _ in 0..count {
        pairs.push(pair(options, target).await?);
    }
    let after = resident_kib(pid)?;
    let each = (after as f64 - before as f64) / f64::from(count);
    println!("idle  {each:.2} KiB for each of {count} connections; {before} KiB before, {after} KiB after");
    Ok(())
}

/// Resident memory, as Linux tells it.
fn resident_kib(pid: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
