//! How connections end: either half, both, or by a reset; and why the WebSocket was closed.

use std::io::ErrorKind;
use std::time::Duration;

use chanscope_companion::bridge::{CloseCode, FromPage, SUBPROTOCOL, ToPage};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{ALL, Companion, Plan};

#[tokio::test]
async fn the_page_ends_its_half_and_goes_on_reading() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    page.give(ALL).await;
    page.send(b"question").await;
    page.say(FromPage::End).await;
    let mut question = String::new();
    stream.read_to_string(&mut question).await.unwrap();
    assert_eq!(question, "question");
    stream.write_all(b"answer").await.unwrap();
    assert_eq!(page.exactly(6).await, b"answer");
    drop(stream);
    assert_eq!(page.control().await, ToPage::End);
    page.closes(CloseCode::Finished).await;
}

#[tokio::test]
async fn the_target_ends_its_half_and_goes_on_reading() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    page.give(ALL).await;
    stream.write_all(b"last words").await.unwrap();
    stream.shutdown().await.unwrap();
    assert_eq!(page.exactly(10).await, b"last words");
    assert_eq!(page.control().await, ToPage::End);
    page.send(b"data after the target's end").await;
    page.say(FromPage::End).await;
    let mut after = String::new();
    stream.read_to_string(&mut after).await.unwrap();
    assert_eq!(after, "data after the target's end");
    page.closes(CloseCode::Finished).await;
}

#[tokio::test]
async fn a_reset_of_the_target_reaches_the_page_as_a_reset() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (stream, _) = target.accept().await.unwrap();
    page.give(ALL).await;
    stream.set_zero_linger().unwrap();
    drop(stream);
    assert_eq!(page.control().await, ToPage::Reset);
    page.closes(CloseCode::Reset).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_reset_after_the_target_s_end_is_one_too() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    page.give(ALL).await;
    stream.shutdown().await.unwrap();
    assert_eq!(page.control().await, ToPage::End);
    stream.set_zero_linger().unwrap();
    drop(stream);
    assert_eq!(page.control().await, ToPage::Reset);
    page.closes(CloseCode::Reset).await;
}

#[tokio::test]
async fn writing_to_a_target_that_has_closed_ends_in_a_reset() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (stream, _) = target.accept().await.unwrap();
    page.give(ALL).await;
    drop(stream);
    assert_eq!(page.control().await, ToPage::End);
    page.send(b"is anybody there?").await;
    assert_eq!(page.control().await, ToPage::Reset);
    page.closes(CloseCode::Reset).await;
}

#[tokio::test]
async fn a_reset_of_the_page_reaches_the_target_as_a_reset() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    page.say(FromPage::Reset).await;
    let error = stream.read_to_end(&mut Vec::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    page.closes(CloseCode::Finished).await;
}

#[tokio::test]
async fn a_page_that_vanishes_resets_the_target() {
    let (companion, target) = Companion::with_target().await;
    let (page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    page.vanish();
    let error = stream.read_to_end(&mut Vec::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn what_a_page_has_sent_before_it_closes_is_delivered() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    let sent = vec![9; 60_000];
    page.send(&sent).await;
    page.socket.close(None).await.unwrap();
    let mut got = Vec::new();
    stream.read_to_end(&mut got).await.unwrap();
    assert_eq!(got, sent);
}

#[tokio::test]
async fn a_target_where_nobody_listens_refuses() {
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let companion = Companion::start(Plan { target: Some(gone), ..Plan::default() }).await;
    companion.websocket("/api/tcp", SUBPROTOCOL).await.closes(CloseCode::Refused).await;
}

/// Nobody accepts, and the queue is full: what Linux does with one more is not to answer it.
#[cfg(target_os = "linux")]
#[tokio::test(start_paused = true)]
async fn a_target_that_does_not_answer_is_given_up_after_five_seconds() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let full = socket.listen(0).unwrap();
    let address = full.local_addr().unwrap();
    let mut queued = Vec::new();
    while let Ok(connected) = tokio::time::timeout(Duration::from_secs(1), TcpStream::connect(address)).await {
        queued.push(connected.unwrap());
    }
    let companion = Companion::start(Plan { target: Some(address), ..Plan::default() }).await;
    let mut page = companion.websocket("/api/tcp", SUBPROTOCOL).await;
    let began = tokio::time::Instant::now();
    page.closes(CloseCode::DialTimedOut).await;
    assert_eq!(began.elapsed().as_secs(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_page_that_answers_no_ping_is_given_up() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    // Nobody reads the page's end, so that nobody answers. Time goes on by itself while everybody waits.
    let began = tokio::time::Instant::now();
    stream.read_to_end(&mut Vec::new()).await.unwrap_err();
    let silent = began.elapsed();
    assert!(silent >= Duration::from_secs(60) && silent <= Duration::from_secs(80), "{silent:?}");
    page.closes(CloseCode::Idle).await;
}

#[tokio::test(start_paused = true)]
async fn a_page_that_answers_pings_may_be_idle_for_hours() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    page.give(ALL).await;
    let began = tokio::time::Instant::now();
    let late = async {
        tokio::time::sleep(Duration::from_secs(7200)).await;
        stream.write_all(b"late").await.unwrap();
        stream
    };
    let (_stream, bytes) = tokio::join!(late, page.exactly(4));
    assert_eq!(bytes, b"late");
    assert!(began.elapsed() >= Duration::from_secs(7200));
}

#[tokio::test]
async fn there_are_so_many_connections_and_no_more() {
    let companion = Companion::start(Plan { connections_max: 2, ..Plan::default() }).await;
    let (first, _) = companion.connect().await;
    let (_second, _) = companion.connect().await;
    companion.websocket("/api/tcp", SUBPROTOCOL).await.closes(CloseCode::TooMany).await;
    let mut first = first;
    first.say(FromPage::Reset).await;
    first.closes(CloseCode::Finished).await;
    while futures::StreamExt::next(&mut first.socket).await.is_some() {}
    companion.connect().await;
}

#[tokio::test]
async fn when_the_companion_ends_every_websocket_is_told() {
    let mut companion = Companion::start(Plan::default()).await;
    let mut pages = Vec::new();
    for _ in 0..100 {
        pages.push(companion.connect().await.0);
    }
    pages.push(companion.websocket("/api/events", "chanscope.events.v1").await);
    let ended = companion.stop();
    for mut page in pages {
        page.closes(CloseCode::GoingAway).await;
        while futures::StreamExt::next(&mut page.socket).await.is_some() {}
    }
    ended.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_page_that_does_not_answer_the_close_is_left_after_a_second() {
    let mut companion = Companion::start(Plan::default()).await;
    let (_page, _) = companion.connect().await;
    let began = tokio::time::Instant::now();
    companion.stop().await.unwrap();
    assert_eq!(began.elapsed().as_secs(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_nobody_reads_is_cut_off_after_three_seconds() {
    let mut companion = Companion::start(Plan::default()).await;
    companion.add_file("large", 32 * 1024 * 1024);
    let mut stream = TcpStream::connect(companion.address).await.unwrap();
    let request = format!("GET /large HTTP/1.1\r\nHost: {}\r\n\r\n", companion.address);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut first = [0];
    stream.read_exact(&mut first).await.unwrap();
    let began = tokio::time::Instant::now();
    companion.stop().await.unwrap();
    assert_eq!(began.elapsed().as_secs(), 3);
}
