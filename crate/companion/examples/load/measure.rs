//! The measurements, one function each.

use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::timeout_at;
use tokio_tungstenite::tungstenite::Message;

use crate::page::pair;
use crate::process::Process;
use crate::{Options, Result};

const MESSAGE_BYTES: usize = 64 * 1024;
const SMALL_MESSAGE_BYTES: usize = 32;

/// Bytes one way.
#[derive(Serialize)]
pub(crate) struct Throughput {
    pub(crate) megabytes_a_second: f64,
    /// How long the bridge was on a processor for a gigabyte; none when its process is not known.
    pub(crate) cpu_ms_a_gigabyte: Option<f64>,
}

/// Small messages there and back.
#[derive(Serialize)]
pub(crate) struct RoundTrip {
    pub(crate) p50_us: f64,
    pub(crate) p99_us: f64,
}

/// Connections on which nothing moves.
#[derive(Serialize)]
pub(crate) struct Idle {
    pub(crate) kib_each: f64,
    /// How many there were; fewer than asked for when the bridge refused more.
    pub(crate) connections: usize,
}

/// Counts bytes and time, and what the bridge uses meanwhile.
struct Meter {
    began: Instant,
    process: Option<Process>,
    cpu_ms: u64,
}

impl Meter {
    fn start(options: &Options) -> Result<Self> {
        let process = options.pid.map(Process);
        Ok(Self { began: Instant::now(), process, cpu_ms: process.map_or(Ok(0), Process::cpu_ms)? })
    }

    fn end(&self, options: &Options) -> Instant {
        self.began + Duration::from_secs(options.seconds)
    }

    fn stop(&self, bytes: u64) -> Result<Throughput> {
        let seconds = self.began.elapsed().as_secs_f64();
        let cpu_ms = self.process.map(Process::cpu_ms).transpose()?.map(|now| (now - self.cpu_ms) as f64);
        Ok(Throughput {
            megabytes_a_second: bytes as f64 / 1e6 / seconds,
            cpu_ms_a_gigabyte: cpu_ms.map(|cpu_ms| cpu_ms / (bytes as f64 / 1e9)),
        })
    }
}

/// From the page to the target.
pub(crate) async fn up(options: &Options, target: &TcpListener) -> Result<Throughput> {
    let (mut page, mut stream) = pair(options, target).await?;
    let meter = Meter::start(options)?;
    let end = meter.end(options);
    let reader = tokio::spawn(async move {
        let (mut buffer, mut total) = (vec![0; 256 * 1024], 0);
        while let Ok(count) = timeout_at(end.into(), stream.read(&mut buffer)).await {
            total += count? as u64;
        }
        Ok::<_, std::io::Error>((stream, total))
    });
    let message = Message::binary(vec![1; MESSAGE_BYTES]);
    while let Ok(sent) = timeout_at(end.into(), page.send(&message)).await {
        sent?;
    }
    let (_stream, total) = reader.await??;
    meter.stop(total)
}

/// From the target to the page.
pub(crate) async fn down(options: &Options, target: &TcpListener) -> Result<Throughput> {
    let (mut page, mut stream) = pair(options, target).await?;
    let meter = Meter::start(options)?;
    let end = meter.end(options);
    tokio::spawn(async move {
        let chunk = vec![1; MESSAGE_BYTES];
        // Until the page has left.
        while stream.write_all(&chunk).await.is_ok() {}
    });
    while let Ok(heard) = timeout_at(end.into(), page.hear()).await {
        heard?;
    }
    meter.stop(page.received)
}

/// Long messages there and back, as many under way as the bridge lets there be up to a quarter of a megabyte.
pub(crate) async fn both(options: &Options, target: &TcpListener) -> Result<Throughput> {
    const UNDER_WAY_BYTES: u64 = 4 * MESSAGE_BYTES as u64;
    let (mut page, mut stream) = pair(options, target).await?;
    let meter = Meter::start(options)?;
    let end = meter.end(options);
    tokio::spawn(async move {
        let mut buffer = vec![0; UNDER_WAY_BYTES as usize];
        while let Ok(count @ 1..) = stream.read(&mut buffer).await {
            if stream.write_all(&buffer[..count]).await.is_err() {
                break;
            }
        }
    });
    let message = Message::binary(vec![1; MESSAGE_BYTES]);
    let exchange = async {
        let mut sent = 0;
        loop {
            while sent - page.received < UNDER_WAY_BYTES {
                page.send(&message).await?;
                sent += MESSAGE_BYTES as u64;
            }
            page.hear().await?;
        }
    };
    if let Ok(broken) = timeout_at(end.into(), exchange).await {
        return broken;
    }
    meter.stop(page.received)
}

/// Small messages, one at a time.
pub(crate) async fn round_trip(options: &Options, target: &TcpListener) -> Result<RoundTrip> {
    let (mut page, mut stream) = pair(options, target).await?;
    tokio::spawn(async move {
        let mut buffer = [0; 1024];
        while let Ok(count @ 1..) = stream.read(&mut buffer).await {
            if stream.write_all(&buffer[..count]).await.is_err() {
                break;
            }
        }
    });
    let message = Message::binary(vec![1; SMALL_MESSAGE_BYTES]);
    let mut times = Vec::new();
    let end = Instant::now() + Duration::from_secs(options.seconds);
    while Instant::now() < end {
        let began = Instant::now();
        page.send(&message).await?;
        let all = page.received + SMALL_MESSAGE_BYTES as u64;
        while page.received < all {
            page.hear().await?;
        }
        times.push(began.elapsed());
    }
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e6;
    Ok(RoundTrip { p50_us: at(50), p99_us: at(99) })
}

/// Connections opened and closed a second, one after the other.
pub(crate) async fn opens(options: &Options, target: &TcpListener) -> Result<f64> {
    let began = Instant::now();
    let end = began + Duration::from_secs(options.seconds);
    let mut count = 0;
    while Instant::now() < end {
        let (page, stream) = pair(options, target).await?;
        page.close(stream).await?;
        count += 1;
    }
    Ok(f64::from(count) / began.elapsed().as_secs_f64())
}

/// Memory of the bridge for each connection on which nothing moves.
pub(crate) async fn idle(options: &Options, target: &TcpListener) -> Result<Idle> {
    /// What nobody needs this long to answer.
    const PATIENCE: Duration = Duration::from_secs(5);
    let process = Process(options.pid.ok_or("--pid names the bridge's process")?);
    let before = process.resident_kib()?;
    let mut pairs = Vec::new();
    while pairs.len() < options.connections {
        match tokio::time::timeout(PATIENCE, pair(options, target)).await {
            Ok(Ok(each)) => pairs.push(each),
            Ok(Err(_)) | Err(_) => break,
        }
    }
    let after = process.resident_kib()?;
    let connections = pairs.len();
    Ok(Idle { kib_each: (after as f64 - before as f64) / connections as f64, connections })
}
