//! The page's way to the clock.

use chanscope_companion::bridge::{CloseCode, SUBPROTOCOL};
use chanscope_companion::clock::{AcceptLoop, OnWriteError, Settings, Status, What};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;

use crate::support::{ALL, Companion, Page, Plan};

fn settings(accept_loop: AcceptLoop, on_write_error: OnWriteError) -> Settings {
    Settings { accept_loop, on_write_error, interval_ms: 5, ..Settings::default() }
}

async fn start(accept_loop: AcceptLoop, on_write_error: OnWriteError) -> Companion {
    Companion::start(Plan { settings: settings(accept_loop, on_write_error), ..Plan::default() }).await
}

/// What the clock has written since the page last looked.
async fn time(page: &mut Page) -> String {
    String::from_utf8(page.bytes().await).unwrap()
}

#[tokio::test]
async fn pages_and_plain_clients_are_served_side_by_side() {
    let companion = start(AcceptLoop::Concurrent, OnWriteError::ConnectionEnds).await;
    let mut plain = BufReader::new(TcpStream::connect(companion.clock_address()).await.unwrap());
    for _ in 0..3 {
        let (mut page, local) = companion.connect().await;
        page.give(20).await;
        assert!(time(&mut page).await.ends_with('\n'));
        let events = companion.clock.log().read(0, usize::MAX).events;
        assert!(events.iter().any(|event| event.connection == Some(local) && event.what == What::Accept));
        let mut line = String::new();
        plain.read_line(&mut line).await.unwrap();
    }
}

#[tokio::test]
async fn under_the_serial_loop_the_second_page_waits() {
    let companion = start(AcceptLoop::Serial, OnWriteError::ConnectionEnds).await;
    let (mut first, _) = companion.connect().await;
    first.give(ALL).await;
    time(&mut first).await;
    // Connected by the system, and not accepted by the server.
    let (mut second, local) = companion.connect().await;
    second.give(ALL).await;
    for _ in 0..10 {
        time(&mut first).await;
    }
    let served = |event: &chanscope_companion::clock::Event| event.connection == Some(local);
    assert!(!companion.clock.log().read(0, usize::MAX).events.iter().any(served));
    first.vanish();
    time(&mut second).await;
}

#[tokio::test]
async fn pages_are_told_that_the_server_died() {
    let companion = start(AcceptLoop::Concurrent, OnWriteError::ServerDies).await;
    let (mut first, _) = companion.connect().await;
    let (second, _) = companion.connect().await;
    first.give(ALL).await;
    time(&mut first).await;
    second.vanish();
    first.closes(CloseCode::ServerDied).await;
    assert!(matches!(companion.clock.state().status, Status::Dead { .. }));
    companion.websocket("/api/tcp", SUBPROTOCOL).await.closes(CloseCode::Refused).await;
    let mut state = companion.clock.watch_state();
    companion.clock.start();
    state.wait_for(|state| matches!(state.status, Status::Running { .. })).await.unwrap();
    companion.connect().await;
}

#[tokio::test]
async fn a_clock_that_is_not_ours_is_not_reached() {
    // Somebody else takes the port while the clock is down.
    let companion = start(AcceptLoop::Concurrent, OnWriteError::ServerDies).await;
    let address = companion.clock_address();
    let (page, _) = companion.connect().await;
    page.vanish();
    let mut state = companion.clock.watch_state();
    state.wait_for(|state| matches!(state.status, Status::Dead { .. })).await.unwrap();
    let other = loop {
        // The dead server's socket is closed right after its state is set.
        match tokio::net::TcpListener::bind(address).await {
            Ok(listener) => break listener,
            Err(_) => tokio::task::yield_now().await,
        }
    };
    companion.websocket("/api/tcp", SUBPROTOCOL).await.closes(CloseCode::Refused).await;
    companion.clock.start();
    state.wait_for(|state| matches!(state.status, Status::CannotStart { .. })).await.unwrap();
    companion.websocket("/api/tcp", SUBPROTOCOL).await.closes(CloseCode::Refused).await;
    tokio::select! {
        biased;
        _ = other.accept() => panic!("nobody may connect here"),
        () = tokio::task::yield_now() => {}
    }
}

#[tokio::test]
async fn a_page_that_does_not_read_blocks_a_server_with_small_buffers() {
    let settings = Settings {
        small_buffers: true,
        interval_ms: 1,
        ..settings(AcceptLoop::Concurrent, OnWriteError::ConnectionEnds)
    };
    let companion = Companion::start(Plan { settings, ..Plan::default() }).await;
    let (mut page, local) = companion.connect().await;
    let mut from = 0;
    loop {
        companion.clock.log().wait(from).await;
        let batch = companion.clock.log().read(from, 1);
        if batch.events[0].what == What::WriteBlocked {
            assert_eq!(batch.events[0].connection, Some(local));
            break;
        }
        from = batch.next;
    }
    page.give(ALL).await;
    time(&mut page).await;
}
