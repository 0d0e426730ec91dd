//! The real binary under load, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use chanscope_companion::bridge::{CloseCode, SUBPROTOCOL, ToPage};
use futures::{SinkExt, StreamExt};
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;

use crate::support::{ALL, Page, SECRET, handshake, raw};

struct Served {
    child: Child,
    address: SocketAddr,
    _dist: TempDir,
}

fn command(dist: &TempDir, arguments: &[&str]) -> Command {
    std::fs::write(dist.path().join("index.html"), "<!doctype html>").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_chanscope"));
    command.args(["serve", "--port", "0", "--token", SECRET, "--dist"]).arg(dist.path()).args(arguments);
    command
}

fn serve(arguments: &[&str]) -> Served {
    let dist = TempDir::new().unwrap();
    let mut child = command(&dist, arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim_end().strip_prefix("Chanscope is at http://").expect("the address comes first");
    Served { address: url.parse().unwrap(), child, _dist: dist }
}

impl Served {
    async fn websocket(&self, path: &str, protocol: &str) -> Page {
        let stream = TcpStream::connect(self.address).await.unwrap();
        Page::over(stream, handshake(self.address, path, protocol)).await
    }

    async fn connect(&self) -> Page {
        let mut page = self.websocket("/api/tcp", SUBPROTOCOL).await;
        assert!(matches!(page.control().await, ToPage::Opened { .. }));
        page
    }

    fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Resident memory in KiB, and the most that it has been.
    #[cfg(target_os = "linux")]
    fn memory(&self) -> (u64, u64) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.trim().trim_end_matches(" kB").parse().unwrap()
        };
        (field("VmRSS:"), field("VmHWM:"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It has ended already where the test was about its end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn it_ends_with_status_0_and_tells_200_pages() {
    let mut served = serve(&["--clock-port", "0"]);
    let mut pages = Vec::new();
    for _ in 0..200 {
        pages.push(served.connect().await);
    }
    served.terminate();
    for mut page in pages {
        page.closes(CloseCode::GoingAway).await;
        while page.socket.next().await.is_some() {}
    }
    assert_eq!(served.child.wait().unwrap().code(), Some(0));
}

#[tokio::test]
async fn pages_that_answer_nothing_do_not_keep_it() {
    let mut served = serve(&["--clock-port", "0"]);
    let mut pages = Vec::new();
    for _ in 0..200 {
        pages.push(served.connect().await);
    }
    served.terminate();
    assert_eq!(served.child.wait().unwrap().code(), Some(0));
}

#[tokio::test]
async fn without_the_clock_s_port_the_page_works_and_says_so() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap();
    let dist = TempDir::new().unwrap();
    let mut command = command(&dist, &["--clock-port", &address.port().to_string()]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim_end().strip_prefix("Chanscope is at http://").unwrap();
    let mut stderr = child.stderr.take().unwrap();
    let mut served = Served { address: url.parse().unwrap(), child, _dist: dist };
    let mut reader = served.websocket("/api/events", "chanscope.events.v1").await;
    let news = reader.hear().await;
    let expected = format!("listen tcp {address}: bind: address already in use");
    assert!(news.to_text().unwrap().contains(&expected), "{news}");
    served.websocket("/api/tcp", SUBPROTOCOL).await.closes(CloseCode::Refused).await;
    served.terminate();
    assert_eq!(served.child.wait().unwrap().code(), Some(0));
    let mut said = String::new();
    stderr.read_to_string(&mut said).unwrap();
    assert!(said.contains(&expected) && said.contains("--clock-port"), "{said}");
}

/// Reads events until one of this kind, and gives it.
async fn event(reader: &mut Page, what: &str) -> Value {
    loop {
        let news: Value = serde_json::from_str(reader.hear().await.to_text().unwrap()).unwrap();
        let events = news["events"].as_array().into_iter().flatten();
        if let Some(event) = events.into_iter().find(|event| event["what"] == what) {
            return event.clone();
        }
    }
}

#[tokio::test]
async fn when_descriptors_run_out_accept_fails_and_the_clock_goes_on() {
    let clock = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let dist = TempDir::new().unwrap();
    let served = command(&dist, &["--clock-port", &clock.port().to_string()]);
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -n 48 && exec \"$@\"", "sh"]).arg(served.get_program()).args(served.get_args());
    let mut child = limited.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("48 open files are allowed") && line.contains("ulimit -n"), "{line}");
    line.clear();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim_end().strip_prefix("Chanscope is at http://").unwrap();
    let served = Served { address: url.parse().unwrap(), child, _dist: dist };
    let mut reader = served.websocket("/api/events", "chanscope.events.v1").await;
    let settings = r#"{"acceptLoop":"concurrent","onWriteError":"connectionEnds","intervalMs":1,"connectionsMax":100,"smallBuffers":false}"#;
    let (host, length) = (served.address, settings.len());
    let request = format!(
        "PUT /api/clock/settings HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nChanscope-Secret: {SECRET}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{settings}"
    );
    let answer = raw(host, &request).await;
    assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    let mut clients = Vec::new();
    for _ in 0..48 {
        clients.push(TcpStream::connect(clock).await.unwrap());
    }
    let failed = event(&mut reader, "acceptError").await;
    assert_eq!(failed["error"], format!("accept tcp {clock}: accept4: too many open files"));
    // Those that have gone leave room for those that waited.
    drop(clients);
    event(&mut reader, "accept").await;
}

#[test]
fn the_bridge_does_not_leave_this_machine() {
    let dist = TempDir::new().unwrap();
    let output = command(&dist, &["--bridge-target", "203.0.113.7:80"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("--bridge-target") && said.contains("203.0.113.7:80"), "{said}");
}

#[tokio::test]
async fn the_echo_exists_only_when_asked_for() {
    for (arguments, there) in [(&["--clock-port", "0"][..], false), (&["--clock-port", "0", "--test-echo"], true)] {
        let served = serve(arguments);
        let stream = TcpStream::connect(served.address).await.unwrap();
        let url = format!("ws://{}/api/echo", served.address);
        let opened = tokio_tungstenite::client_async(url, stream).await;
        assert_eq!(opened.is_ok(), there, "{arguments:?}");
        if let Ok((mut socket, _)) = opened {
            socket.send(Message::text("hello")).await.unwrap();
            assert_eq!(socket.next().await.unwrap().unwrap(), Message::text("hello"));
        }
    }
}

/// The most that abuse of any kind may add.
#[cfg(target_os = "linux")]
const GROWTH_KIB_MAX: u64 = 8 * 1024;

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_stalled_target_and_a_page_that_does_not_read_cost_little() {
    let target = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let served = serve(&["--clock-port", "0", "--bridge-target", &target.local_addr().unwrap().to_string()]);
    let mut stalled = served.connect().await;
    let (_reads_nothing, _) = target.accept().await.unwrap();
    let mut deaf = served.connect().await;
    let (writes, _) = target.accept().await.unwrap();
    let (before, _) = served.memory();
    // The page sends as fast as the socket takes it, credit or not, until it is told that this was too much.
    let chunk = Message::binary(vec![1; 64 * 1024]);
    for _ in 0..300 {
        if stalled.socket.send(chunk.clone()).await.is_err() {
            break;
        }
    }
    stalled.closes(CloseCode::CreditExceeded).await;
    // The other page gives all credit there is and reads none of it.
    deaf.give(ALL).await;
    writes.writable().await.unwrap();
    while writes.try_write(&[1; 64 * 1024]).is_ok() {}
    let (_, most) = served.memory();
    assert!(most < before + GROWTH_KIB_MAX, "{before} KiB before, {most} KiB at most");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_thousand_idle_connections_cost_little() {
    let target = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let served = serve(&["--clock-port", "0", "--bridge-target", &target.local_addr().unwrap().to_string()]);
    let (before, _) = served.memory();
    let mut open = Vec::new();
    for _ in 0..1000 {
        open.push((served.connect().await, target.accept().await.unwrap()));
    }
    let (after, _) = served.memory();
    // Unoptimised futures are larger than those that the figure of 10 KiB is about.
    assert!(after - before < 20 * 1000, "{before} KiB before, {after} KiB after");
}
