//! Frames and requests that nobody in good faith would send.

use std::time::Duration;

use chanscope_companion::bridge::{CloseCode, SUBPROTOCOL};
use tokio::io::{AsyncReadExt, AsyncWriteExt, Interest};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::support::{ALL, Companion, Plan, SECRET};

const FIN: u8 = 0x80;
const TEXT: u8 = 1;
const BINARY: u8 = 2;
const PING: u8 = 9;

/// A frame as a page's, with a mask of zeros.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        count @ 0..=125 => frame.push(0x80 | count as u8),
        count @ 126..=65_535 => {
            frame.push(0x80 | 126);
            frame.extend((count as u16).to_be_bytes());
        }
        count => {
            frame.push(0x80 | 127);
            frame.extend((count as u64).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

async fn check(bytes: &[u8], code: CloseCode) {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    page.raw(bytes).await;
    page.closes(code).await;
    stream.read_to_end(&mut Vec::new()).await.expect_err("the target sees a reset, and no orderly end");
}

#[tokio::test]
async fn frames_that_are_none_end_the_connection() {
    let unmasked = [FIN | BINARY, 1, 0];
    let (reserved_bit, reserved_kind) = (frame(FIN | 0x40 | BINARY, b"x"), frame(FIN | 3, b"x"));
    let lone_continuation = frame(FIN, b"x");
    let fragmented_ping = frame(PING, b"x");
    for bytes in [&unmasked[..], &reserved_bit, &reserved_kind, &lone_continuation, &fragmented_ping] {
        check(bytes, CloseCode::ProtocolError).await;
    }
}

#[tokio::test]
async fn text_that_is_none_ends_the_connection() {
    check(&frame(FIN | TEXT, &[0xff, 0xfe]), CloseCode::NotUtf8).await;
}

#[tokio::test]
async fn messages_over_the_limit_end_the_connection() {
    // Refused by what the header says, before any of it is there.
    check(&[FIN | BINARY, 0x80 | 127, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0], CloseCode::TooBig).await;
    check(&[FIN | BINARY, 0x80 | 127, 0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0], CloseCode::TooBig).await;
    let fragments = [frame(BINARY, &[0; 40_000]), frame(0, &[0; 25_537])].concat();
    check(&fragments, CloseCode::TooBig).await;
}

#[tokio::test]
async fn fragments_are_put_together() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    page.raw(&[frame(BINARY, b"in "), frame(FIN | PING, b"?"), frame(0, b"three "), frame(FIN, b"parts")].concat())
        .await;
    let mut got = [0; 14];
    stream.read_exact(&mut got).await.unwrap();
    assert_eq!(&got, b"in three parts");
}

#[tokio::test]
async fn frames_that_come_with_the_handshake_are_not_lost() {
    let (companion, target) = Companion::with_target().await;
    let (address, key) = (companion.address, "dGhlIHNhbXBsZSBub25jZQ==");
    let head = format!(
        "GET /api/tcp HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\
         Sec-WebSocket-Protocol: {SUBPROTOCOL}, chanscope.secret.{SECRET}\r\n\r\n"
    );
    let credit = frame(FIN | TEXT, br#"{"type":"credit","bytes":100}"#);
    let (hello, world) = (frame(FIN | BINARY, b"hello "), frame(FIN | BINARY, b"world"));
    let mut page = TcpStream::connect(address).await.unwrap();
    // The last frame is cut in the middle of its header.
    page.write_all(&[head.as_bytes(), &credit, &hello, &world[..3]].concat()).await.unwrap();
    let (mut stream, _) = target.accept().await.unwrap();
    let mut got = [0; 6];
    stream.read_exact(&mut got).await.unwrap();
    assert_eq!(&got, b"hello ");
    page.write_all(&world[3..]).await.unwrap();
    stream.read_exact(&mut got[..5]).await.unwrap();
    assert_eq!(&got[..5], b"world");
    stream.write_all(b"answer").await.unwrap();
    let mut heard = Vec::new();
    while !heard.ends_with(b"\x82\x06answer") {
        assert_ne!(page.read_buf(&mut heard).await.unwrap(), 0, "{}", heard.escape_ascii());
    }
}

#[tokio::test]
async fn what_is_no_handshake_is_refused() {
    let companion = Companion::start(Plan::default()).await;
    let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    let upgrade = "Connection: Upgrade, close\r\nUpgrade: websocket";
    for (first, lines) in [
        ("GET /api/tcp", "Connection: close"),
        ("GET /api/tcp", upgrade),
        ("GET /api/tcp", &format!("{upgrade}\r\nSec-WebSocket-Version: 13")),
        ("GET /api/tcp", &format!("{upgrade}\r\n{key}\r\nSec-WebSocket-Version: 8")),
        ("GET /api/tcp", &format!("Connection: Upgrade, close\r\n{key}\r\nSec-WebSocket-Version: 13")),
        ("POST /api/tcp", &format!("{upgrade}\r\n{key}\r\nSec-WebSocket-Version: 13\r\nContent-Length: 0")),
    ] {
        let address = companion.address;
        let request = format!(
            "{first} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n{lines}\r\n\
             Sec-WebSocket-Protocol: {SUBPROTOCOL}, chanscope.secret.{SECRET}\r\n\r\n"
        );
        let request = request.replace("\r\n\r\nSec", "\r\nSec");
        let answer = companion.raw(&request).await;
        assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("This is for WebSockets"), "{lines}: {answer}");
    }
}

#[tokio::test]
async fn a_flood_of_pings_keeps_nobody_from_work() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    let pings = frame(FIN | PING, &[0; 125]).repeat(1000);
    for _ in 0..50 {
        page.raw(&pings).await;
    }
    page.give(ALL).await;
    page.send(b"after all").await;
    let mut got = [0; 9];
    stream.read_exact(&mut got).await.unwrap();
    stream.write_all(b"answer").await.unwrap();
    assert_eq!(page.exactly(6).await, b"answer");
}

#[tokio::test]
async fn connections_come_and_go() {
    let (companion, target) = Companion::with_target().await;
    for round in 0..300 {
        let (mut page, _) = companion.connect().await;
        let (stream, _) = target.accept().await.unwrap();
        match round % 3 {
            0 => page.vanish(),
            1 => drop(stream),
            _ => page.socket.close(None).await.unwrap(),
        }
    }
    companion.connect().await;
}

async fn check_header(lines: &str, status: &str) {
    let companion = Companion::start(Plan::default()).await;
    let answer = companion
        .raw(&format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{lines}\r\n", companion.address))
        .await;
    assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
}

#[tokio::test]
async fn floods_of_headers_are_refused() {
    check_header(&"X: y\r\n".repeat(62), "404").await;
    check_header(&"X: y\r\n".repeat(63), "431").await;
    check_header(&format!("X: {}\r\n", "y".repeat(15 * 1024)), "404").await;
    check_header(&format!("X: {}\r\n", "y".repeat(17 * 1024)), "431").await;
}

#[tokio::test(start_paused = true)]
async fn a_header_that_takes_for_ever_is_given_up_after_five_seconds() {
    let companion = Companion::start(Plan::default()).await;
    let began = Instant::now();
    let mut stream = TcpStream::connect(companion.address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
    let (mut read, mut write) = stream.split();
    let drip = async {
        // A line now and then does not make it longer.
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            if write.write_all(b"X: y\r\n").await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    let mut answer = Vec::new();
    tokio::select! {
        _ = read.read_to_end(&mut answer) => {}
        () = drip => {}
    }
    let taken = began.elapsed();
    assert!(taken >= Duration::from_secs(5) && taken < Duration::from_secs(7), "{taken:?}");
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_asks_nothing_more_is_closed() {
    let companion = Companion::start(Plan::default()).await;
    let began = Instant::now();
    let mut stream = TcpStream::connect(companion.address).await.unwrap();
    let request = format!("GET /nothing HTTP/1.1\r\nHost: {}\r\n\r\n", companion.address);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 404 "));
    assert!(began.elapsed() < Duration::from_secs(7), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_comes_is_given_up_after_five_seconds() {
    let companion = Companion::start(Plan::default()).await;
    let began = Instant::now();
    let head = format!(
        "PUT /api/clock/swarm HTTP/1.1\r\nHost: {}\r\nchanscope-secret: {SECRET}\r\n\
         Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{{",
        companion.address
    );
    let answer = companion.raw(&head).await;
    let taken = began.elapsed();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(taken >= Duration::from_secs(5) && taken < Duration::from_secs(7), "{taken:?}");
}

/// Somebody who has asked for more than the kernel holds for a connection.
async fn asks_for_much(companion: &Companion) -> TcpStream {
    companion.add_file("large", 256 * 1024 * 1024);
    let mut stream = TcpStream::connect(companion.address).await.unwrap();
    let request = format!("GET /large HTTP/1.1\r\nHost: {}\r\n\r\n", companion.address);
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_nobody_reads_is_given_up_after_thirty_seconds() {
    let companion = Companion::start(Plan::default()).await;
    let began = Instant::now();
    let stream = asks_for_much(&companion).await;
    stream.ready(Interest::ERROR).await.unwrap();
    let taken = began.elapsed();
    assert!(taken >= Duration::from_secs(30) && taken < Duration::from_secs(32), "{taken:?}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_read_in_sips_is_given_up_as_well() {
    let companion = Companion::start(Plan::default()).await;
    let began = Instant::now();
    let mut stream = asks_for_much(&companion).await;
    let mut sip = vec![0; 256 * 1024];
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        match stream.read(&mut sip).await {
            Ok(count) => assert_ne!(count, 0, "the end is a reset, and no orderly one"),
            Err(_) => break,
        }
    }
    // All of it would take a thousand sips. The kernel is slower than a clock that nobody waits for.
    let taken = began.elapsed();
    assert!(taken >= Duration::from_secs(30) && taken < Duration::from_secs(200), "{taken:?}");
}
