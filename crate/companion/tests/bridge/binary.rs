//! The real binary under load, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use chanscope_companion::bridge::{CloseCode, SUBPROTOCOL};
use futures::{SinkExt, StreamExt};
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;

use crate::served::{Served, command, serve};
use crate::support::Page;

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
    served.set(settings).await;
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
