//! Bytes, credit, and both ways of stopping.

use chanscope_companion::bridge::{CloseCode, FromPage, ToPage};
use chanscope_companion::limits::WINDOW_BYTES_MAX;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::{ALL, Companion};

fn pattern(count: usize) -> Vec<u8> {
    (0..count).map(|index| (index % 251) as u8).collect()
}

#[tokio::test]
async fn bytes_pass_both_ways_as_they_are() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, local) = companion.connect().await;
    let (mut stream, peer) = target.accept().await.unwrap();
    assert_eq!(peer, local, "the page knows its connection by the name that the server sees");
    page.give(ALL).await;
    let sent = pattern(60_000);
    page.send(&sent[..40_000]).await;
    page.send(&[]).await;
    page.send(&sent[40_000..]).await;
    let mut got = vec![0; sent.len()];
    stream.read_exact(&mut got).await.unwrap();
    assert_eq!(got, sent);
    stream.write_all(&sent).await.unwrap();
    assert_eq!(page.exactly(sent.len()).await, sent);
}

#[tokio::test]
async fn bytes_taken_are_acknowledged_and_can_be_sent_again() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    let reader = tokio::spawn(async move {
        let mut all = Vec::new();
        stream.read_to_end(&mut all).await.unwrap();
        all
    });
    let sent = pattern(64 * 1024);
    let mut credit = i64::from(ALL);
    for _ in 0..100 {
        while credit < 64 * 1024 {
            match page.control().await {
                ToPage::Credit { bytes } => credit += i64::from(bytes),
                other => panic!("{other:?}"),
            }
        }
        page.send(&sent).await;
        credit -= 64 * 1024;
    }
    page.say(FromPage::End).await;
    let all = reader.await.unwrap();
    assert!(all.chunks(64 * 1024).all(|chunk| chunk == sent) && all.len() == 100 * 64 * 1024);
}

#[tokio::test]
async fn a_page_that_gives_no_credit_gets_nothing_and_stops_the_sender() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (stream, _) = target.accept().await.unwrap();
    let chunk = [7; 16 * 1024];
    // What the kernel's buffers take is all that a target can get rid of.
    let mut swallowed = 0;
    stream.writable().await.unwrap();
    while let Ok(count) = stream.try_write(&chunk) {
        swallowed += count;
    }
    page.give(10).await;
    assert_eq!(page.exactly(10).await, [7; 10]);
    page.give(5).await;
    page.give(6).await;
    assert_eq!(page.exactly(11).await, [7; 11]);
    drop(stream);
    let mut rest = swallowed - 21;
    while rest > 0 {
        let part = rest.min(ALL as usize);
        page.give(part as u32).await;
        page.exactly(part).await;
        rest -= part;
    }
    page.give(1).await;
    assert_eq!(page.control().await, ToPage::End);
}

#[tokio::test]
async fn a_target_that_does_not_read_holds_no_more_than_the_credit() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (mut stream, _) = target.accept().await.unwrap();
    // More than the credit would be refused, so this is the most that can wait: the kernel takes some of it.
    let chunk = pattern(64 * 1024);
    let mut credit = ALL;
    let mut sent = 0;
    for _ in 0..4 {
        page.send(&chunk).await;
        credit -= 64 * 1024;
        sent += chunk.len();
    }
    assert_eq!(credit, 0);
    let mut got = vec![0; sent];
    stream.read_exact(&mut got).await.unwrap();
    assert!(got.chunks(64 * 1024).all(|part| part == chunk));
}

#[tokio::test]
async fn more_than_the_credit_is_refused() {
    // A target that takes nothing: its backlog has the connection, nobody accepts it, and the kernel's buffers are
    // small against what follows.
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (_stream, _) = target.accept().await.unwrap();
    let chunk = vec![0; 64 * 1024];
    // Acknowledged bytes are no longer under way, so this goes on until the buffers of the kernel are full.
    for _ in 0..300 {
        if futures::SinkExt::send(&mut page.socket, tokio_tungstenite::tungstenite::Message::binary(chunk.clone()))
            .await
            .is_err()
        {
            break;
        }
    }
    page.closes(CloseCode::CreditExceeded).await;
}

#[tokio::test]
async fn more_credit_than_there_can_be_is_refused() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (_stream, _) = target.accept().await.unwrap();
    page.give(WINDOW_BYTES_MAX).await;
    page.give(1).await;
    page.closes(CloseCode::CreditExceeded).await;
}

#[tokio::test]
async fn what_is_no_control_message_is_refused() {
    for text in ["", "{}", r#"{"type":"opened"}"#, r#"{"type":"credit","bytes":-1}"#, "{\"type\":\"end\"} x"] {
        let (companion, target) = Companion::with_target().await;
        let (mut page, _) = companion.connect().await;
        let (mut stream, _) = target.accept().await.unwrap();
        page.text(text).await;
        page.closes(CloseCode::Misused).await;
        stream.read_to_end(&mut Vec::new()).await.expect_err("the target sees a reset, and no orderly end");
    }
}

#[tokio::test]
async fn nothing_may_be_sent_after_the_end() {
    let (companion, target) = Companion::with_target().await;
    let (mut page, _) = companion.connect().await;
    let (_stream, _) = target.accept().await.unwrap();
    page.say(FromPage::End).await;
    page.send(b"more").await;
    page.closes(CloseCode::Misused).await;
}
