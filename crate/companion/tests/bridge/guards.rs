//! Whoever should not get in tries to.

use chanscope_companion::bridge::SUBPROTOCOL;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::handshake::client::Request;

use crate::support::{Companion, Plan, SECRET};

const WEBSOCKETS: [(&str, &str); 2] = [("/api/tcp", SUBPROTOCOL), ("/api/events", "chanscope.events.v1")];

/// The status that a handshake is answered with.
async fn status(companion: &Companion, request: Request) -> u16 {
    let stream = TcpStream::connect(companion.address).await.unwrap();
    match tokio_tungstenite::client_async(request, stream).await {
        Ok(_) => 101,
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(error) => panic!("{error}"),
    }
}

async fn check(name: &'static str, value: &str, expected: u16) {
    let companion = Companion::start(Plan::default()).await;
    for (path, protocol) in WEBSOCKETS {
        let mut request = companion.handshake(path, protocol);
        let value = value.replace("PORT", &companion.address.port().to_string());
        request.headers_mut().insert(name, value.parse().unwrap());
        assert_eq!(status(&companion, request).await, expected, "{path}, {name}: {value}");
    }
}

async fn check_without(name: &'static str, expected: u16) {
    let companion = Companion::start(Plan::default()).await;
    for (path, protocol) in WEBSOCKETS {
        let mut request = companion.handshake(path, protocol);
        request.headers_mut().remove(name);
        assert_eq!(status(&companion, request).await, expected, "{path} without {name}");
    }
}

#[tokio::test]
async fn websockets_are_for_the_page_of_this_server() {
    check("origin", "http://127.0.0.1:PORT", 101).await;
    check("origin", "http://127.0.0.1:1", 403).await;
    check("origin", "http://localhost:PORT", 403).await;
    check("origin", "https://127.0.0.1:PORT", 403).await;
    check("origin", "http://example.org", 403).await;
    check("origin", "null", 403).await;
    check_without("origin", 403).await;
}

#[tokio::test]
async fn websockets_are_not_for_other_sites() {
    check("sec-fetch-site", "same-origin", 101).await;
    check("sec-fetch-site", "cross-site", 403).await;
    check("sec-fetch-site", "same-site", 403).await;
    check_without("sec-fetch-site", 101).await;
}

#[tokio::test]
async fn websockets_need_the_secret_and_the_subprotocol() {
    let secret = |secret: &str| format!("chanscope.tcp.v1, chanscope.events.v1, chanscope.secret.{secret}");
    check("sec-websocket-protocol", &secret(SECRET), 101).await;
    check("sec-websocket-protocol", &secret(&SECRET.to_uppercase()), 403).await;
    check("sec-websocket-protocol", &secret(&SECRET[1..]), 403).await;
    check("sec-websocket-protocol", "chanscope.tcp.v1, chanscope.events.v1", 403).await;
    check("sec-websocket-protocol", &format!("chanscope.secret.{SECRET}"), 400).await;
    check("sec-websocket-protocol", &format!("chanscope.tcp.v2, chanscope.secret.{SECRET}"), 400).await;
    check_without("sec-websocket-protocol", 403).await;
}

#[tokio::test]
async fn other_hosts_are_misdirected() {
    check("host", "example.org:PORT", 421).await;
    check("host", "127.0.0.1:1", 421).await;
}

/// A call with these lines after the first one.
async fn call(companion: &Companion, first: &str, lines: &[&str], body: &str) -> String {
    let length = body.len();
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let host = companion.address;
    companion
        .raw(&format!(
            "{first} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{lines}\r\n{body}"
        ))
        .await
}

#[track_caller]
fn has_status(answer: &str, status: u16) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{status} was due: {answer}");
}

#[tokio::test]
async fn the_secret_is_for_this_page_and_is_not_kept() {
    let companion = Companion::start(Plan::default()).await;
    let answer = call(&companion, "GET /api/session", &["Sec-Fetch-Site: same-origin"], "").await;
    has_status(&answer, 200);
    assert!(answer.contains(SECRET) && answer.contains("cache-control: no-store"), "{answer}");
    assert!(!answer.contains("access-control"), "{answer}");
    for line in
        ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: http://example.org", "Origin: null"]
    {
        let answer = call(&companion, "GET /api/session", &[line], "").await;
        has_status(&answer, 403);
        assert!(!answer.contains(SECRET), "{line}: {answer}");
    }
    let twice = companion
        .raw(&format!(
            "GET /api/session HTTP/1.1\r\nHost: {0}\r\nHost: {0}\r\nConnection: close\r\n\r\n",
            companion.address
        ))
        .await;
    has_status(&twice, 421);
    assert!(twice.contains(&format!("http://{}", companion.address)) && !twice.contains(SECRET), "{twice}");
}

#[tokio::test]
async fn a_click_on_a_shared_link_is_welcome() {
    let companion = Companion::start(Plan::default()).await;
    has_status(&call(&companion, "GET /nothing", &["Sec-Fetch-Site: cross-site"], "").await, 404);
}

#[tokio::test]
async fn settings_are_changed_by_who_has_the_secret() {
    let companion = Companion::start(Plan::default()).await;
    let notes = companion.clock.settings();
    let json = r#"{"acceptLoop":"concurrent","onWriteError":"connectionEnds","intervalMs":10,"connectionsMax":3,"smallBuffers":true}"#;
    let secret = format!("Chanscope-Secret: {SECRET}");
    let is_json = "Content-Type: application/json";
    for lines in [&[is_json][..], &[is_json, "Chanscope-Secret: x"], &[is_json, &secret, "Sec-Fetch-Site: cross-site"]]
    {
        has_status(&call(&companion, "PUT /api/clock/settings", lines, json).await, 403);
        has_status(&call(&companion, "POST /api/clock/start", lines, "").await, 403);
    }
    let lines = [is_json, &secret];
    let wrong = json.replace("10", "0");
    let answer = call(&companion, "PUT /api/clock/settings", &lines, &wrong).await;
    has_status(&answer, 422);
    assert!(answer.contains("intervalMs is 0; it must be from 1 to 60000"), "{answer}");
    has_status(&call(&companion, "PUT /api/clock/settings", &lines, "{}").await, 422);
    has_status(&call(&companion, "PUT /api/clock/settings", &lines, &" ".repeat(5000)).await, 413);
    has_status(&call(&companion, "PUT /api/clock/settings", &[&secret], json).await, 415);
    assert_eq!(companion.clock.settings(), notes, "what is refused changes nothing");
    has_status(&call(&companion, "PUT /api/clock/settings", &lines, json).await, 204);
    assert_eq!(serde_json::to_string(&companion.clock.settings()).unwrap(), json);
    has_status(&call(&companion, "POST /api/clock/start", &lines, "").await, 202);
    let answer = call(&companion, "GET /api/clock", &[], "").await;
    assert!(answer.contains(json) && answer.contains(r#""status":{"type":"running""#), "{answer}");
}

#[tokio::test]
async fn nobody_else_s_machine_gets_as_far_as_a_connection() {
    let companion = Companion::start(Plan::default()).await;
    // This machine's address to others. Nothing is sent; where there is none, there is nothing to try.
    let outward = tokio::net::UdpSocket::bind("0.0.0.0:0").await.unwrap();
    if outward.connect("192.0.2.1:9").await.is_err() {
        return;
    }
    let address = outward.local_addr().unwrap().ip();
    if address.is_loopback() || address.is_unspecified() {
        return;
    }
    for port in [companion.address.port(), companion.clock_address().port()] {
        TcpStream::connect((address, port)).await.expect_err("it listens on loopback addresses only");
    }
}
