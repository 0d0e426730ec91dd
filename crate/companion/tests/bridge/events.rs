//! The clock's events as a page gets them.

use std::collections::BTreeSet;

use chanscope_companion::bridge::CloseCode;
use chanscope_companion::clock::{AcceptLoop, EVENTS_KEPT, OnWriteError, Settings, What};
use serde_json::Value;

use crate::served::serve;
use crate::support::{ALL, Companion, Page, Plan, SECRET, raw};

const PROTOCOL: &str = "chanscope.events.v1";

async fn news(page: &mut Page) -> Value {
    serde_json::from_str(page.hear().await.to_text().unwrap()).unwrap()
}

#[tokio::test]
async fn events_come_in_order_after_the_state() {
    let settings = Settings { accept_loop: AcceptLoop::Concurrent, ..Settings::default() };
    let companion = Companion::start(Plan { settings, ..Plan::default() }).await;
    let mut reader = companion.websocket("/api/events", PROTOCOL).await;
    let first = news(&mut reader).await;
    assert_eq!((&first["type"], &first["settings"]["acceptLoop"]), (&"clock".into(), &"concurrent".into()));
    assert_eq!(first["state"]["life"], 1);
    let (mut page, local) = companion.connect().await;
    page.give(ALL).await;
    let mut seen = Vec::new();
    while seen.len() < 5 {
        let batch = news(&mut reader).await;
        assert_eq!((&batch["type"], &batch["dropped"]), (&"events".into(), &0.into()));
        seen.extend(batch["events"].as_array().unwrap().clone());
        assert_eq!(batch["next"], seen.len());
    }
    let names: Vec<_> = seen.iter().map(|event| event["what"].as_str().unwrap()).collect();
    assert_eq!(names, ["listen", "accept", "goroutineStart", "wrote", "sleep"]);
    assert!(seen[0]["connection"].is_null());
    assert!(seen[1..].iter().all(|event| event["connection"] == local.to_string()));
    assert_eq!((&seen[3]["bytes"], &seen[4]["ms"]), (&20.into(), &1000.into()));
}

#[tokio::test]
async fn changes_of_the_settings_are_told_to_every_reader() {
    let companion = Companion::start(Plan::default()).await;
    let mut readers = [
        companion.websocket("/api/events?from=1", PROTOCOL).await,
        companion.websocket("/api/events?from=1", PROTOCOL).await,
    ];
    for reader in &mut readers {
        assert_eq!(news(reader).await["settings"]["intervalMs"], 1000);
    }
    companion.clock.set(Settings { interval_ms: 7, ..Settings::default() }).unwrap();
    for reader in &mut readers {
        assert_eq!(news(reader).await["settings"]["intervalMs"], 7);
    }
}

#[tokio::test]
async fn a_reader_who_does_not_read_holds_up_nobody_and_is_told_what_it_missed() {
    let companion = Companion::start(Plan::default()).await;
    let mut reader = companion.websocket("/api/events", PROTOCOL).await;
    // So many that neither the ring nor the kernel's buffers hold them, with the reader's task in between.
    let told = 12 * EVENTS_KEPT as u64;
    for _ in 0..told / 64 {
        for _ in 0..64 {
            companion.clock.log().record(None, What::Accept);
        }
        tokio::task::yield_now().await;
    }
    let (mut next, mut dropped, mut seen) = (0, 0, BTreeSet::new());
    while next < told + 1 {
        let batch = news(&mut reader).await;
        if batch["type"] == "events" {
            dropped += batch["dropped"].as_u64().unwrap();
            seen.extend(batch["events"].as_array().unwrap().iter().map(|event| event["seq"].as_u64().unwrap()));
            next = batch["next"].as_u64().unwrap();
        }
    }
    assert!(dropped > 0);
    assert_eq!(seen.len() as u64 + dropped, told + 1, "every event was told or counted");
}

#[tokio::test]
async fn a_reader_has_nothing_to_say() {
    let companion = Companion::start(Plan::default()).await;
    let mut reader = companion.websocket("/api/events", PROTOCOL).await;
    reader.text("hello").await;
    reader.closes(CloseCode::Misused).await;
}

#[tokio::test]
async fn a_swarm_is_refused_while_there_is_no_server_for_it() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let served = serve(&["--clock-port", &port]);
    let answer = served.ask("PUT", "/api/clock/swarm", r#"{"clients":3}"#).await;
    assert!(answer.starts_with("HTTP/1.1 409 "), "{answer}");
    assert!(answer.ends_with("the clock does not run: start it again first\n"), "{answer}");
    served.swarm(0).await;
}

#[tokio::test]
async fn a_swarm_is_opened_and_closed_and_every_client_of_it_is_seen() {
    let settings = Settings {
        accept_loop: AcceptLoop::Concurrent,
        on_write_error: OnWriteError::ConnectionEnds,
        interval_ms: 5,
        ..Settings::default()
    };
    let companion = Companion::start(Plan { settings, ..Plan::default() }).await;
    let mut reader = companion.websocket("/api/events", PROTOCOL).await;
    let put = |clients: u32| {
        let (body, address) = (format!(r#"{{"clients":{clients}}}"#), companion.address);
        let head = format!(
            "PUT /api/clock/swarm HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nChanscope-Secret: {SECRET}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        async move { raw(address, &head).await }
    };
    assert!(put(20).await.starts_with("HTTP/1.1 204"));
    let (mut dialled, mut accepted, mut gone) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut connected = 0;
    while accepted.len() < 20 || connected < 20 {
        see(&news(&mut reader).await, &mut connected, [&mut dialled, &mut accepted, &mut gone]);
    }
    assert_eq!(dialled, accepted);
    assert!(put(5).await.starts_with("HTTP/1.1 204"));
    while gone.len() < 15 || connected > 5 {
        see(&news(&mut reader).await, &mut connected, [&mut dialled, &mut accepted, &mut gone]);
    }
    assert_eq!((gone.len(), connected), (15, 5));
    let refused = put(1001).await;
    assert!(
        refused.starts_with("HTTP/1.1 422") && refused.ends_with("clients is 1001; it must be from 0 to 1000\n"),
        "{refused}"
    );
}

/// Counts who of the swarm has dialled, was accepted, and has gone.
fn see(news: &Value, connected: &mut u64, [dialled, accepted, gone]: [&mut BTreeSet<String>; 3]) {
    if let Some(swarm) = news["swarm"].as_u64() {
        *connected = swarm;
    }
    for event in news["events"].as_array().into_iter().flatten() {
        let who = event["connection"].as_str().unwrap_or_default().to_owned();
        match event["what"].as_str() {
            Some("swarmDial") => assert!(dialled.insert(who)),
            Some("accept") => assert!(accepted.insert(who)),
            Some("swarmGone") => assert!(gone.insert(who)),
            _ => {}
        }
    }
}
