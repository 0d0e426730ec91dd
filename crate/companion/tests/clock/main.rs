//! The clock server over plain sockets: the notes' faults and their repairs.

mod support;

use chanscope_companion::clock::{AcceptLoop, OnWriteError, Settings, State, Status, What};
use tokio::io::AsyncReadExt;

use support::{Running, connect, line, start};

const FAST: Settings = Settings {
    accept_loop: AcceptLoop::Serial,
    on_write_error: OnWriteError::ServerDies,
    interval_ms: 5,
    connections_max: 4096,
    small_buffers: false,
};
const CONCURRENT: Settings = Settings { accept_loop: AcceptLoop::Concurrent, ..FAST };
const REPAIRED: Settings = Settings { on_write_error: OnWriteError::ConnectionEnds, ..CONCURRENT };

#[tokio::test]
async fn it_writes_the_time_in_the_notes_layout() {
    let clock = start(FAST).await;
    let mut client = connect(&clock).await;
    for _ in 0..3 {
        let line = line(&mut client).await;
        let shape: String = line.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        assert_eq!(shape, "0000-00-00 00:00:00\n");
    }
}

#[tokio::test]
async fn what_it_does_is_told_in_order() {
    let clock = start(CONCURRENT).await;
    let mut client = connect(&clock).await;
    line(&mut client).await;
    let here = client.get_ref().local_addr().unwrap();
    clock.until(|event| matches!(event.what, What::Sleep { .. })).await;
    let events = clock.handle.log().read(0, 5).events;
    let told: Vec<_> = events.iter().map(|event| (event.seq, event.connection, event.what.clone())).collect();
    let address = clock.address;
    assert_eq!(
        told,
        [
            (0, None, What::Listen { address }),
            (1, Some(here), What::Accept),
            (2, Some(here), What::GoroutineStart),
            (3, Some(here), What::Wrote { bytes: 20 }),
            (4, Some(here), What::Sleep { ms: 5 }),
        ]
    );
    assert!(events.is_sorted_by_key(|event| event.at_us));
}

#[tokio::test]
async fn the_serial_loop_serves_one_at_a_time_until_it_is_made_concurrent() {
    let clock = start(FAST).await;
    let mut first = connect(&clock).await;
    line(&mut first).await;
    let mut second = connect(&clock).await;
    let mut third = connect(&clock).await;
    for _ in 0..10 {
        line(&mut first).await;
    }
    assert_eq!(clock.count(|event| event.what == What::Accept), 1);
    assert_eq!(clock.count(|event| event.what == What::GoroutineStart), 0);
    clock.handle.set(CONCURRENT).unwrap();
    line(&mut second).await;
    line(&mut third).await;
    line(&mut first).await;
    assert_eq!(clock.count(|event| event.what == What::GoroutineStart), 2);
}

#[tokio::test]
async fn the_serial_loop_goes_on_to_the_next_client_when_the_first_has_gone() {
    let clock = start(Settings { on_write_error: OnWriteError::ConnectionEnds, ..FAST }).await;
    let mut first = connect(&clock).await;
    line(&mut first).await;
    let mut second = connect(&clock).await;
    drop(first);
    line(&mut second).await;
    assert_eq!(clock.count(|event| event.what == What::Close), 1);
}

#[tokio::test]
async fn one_client_that_leaves_ends_the_notes_server_for_all() {
    let clock = start(CONCURRENT).await;
    let mut clients = [connect(&clock).await, connect(&clock).await, connect(&clock).await];
    for client in &mut clients {
        line(client).await;
    }
    let [gone, mut second, mut third] = clients;
    let peer = gone.get_ref().local_addr().unwrap();
    drop(gone);
    for client in [&mut second, &mut third] {
        let mut rest = Vec::new();
        // A process that ends resets connections on which something unread is left; nothing is, here.
        client.read_to_end(&mut rest).await.unwrap();
    }
    let expected = format!("write tcp {}->{peer}: write: ", clock.address);
    let died = clock.until(|event| matches!(event.what, What::Die { .. })).await;
    let What::Die { error, deferred_skipped } = died.what else { unreachable!() };
    assert!(error.starts_with(&expected), "{error}");
    assert_eq!(deferred_skipped, 3, "log.Fatal skips the deferred Close of all three");
    assert_eq!(clock.handle.state().status, Status::Dead { address: clock.address, error });
    assert_eq!(clock.count(|event| event.what == What::Close), 0);
    tokio::net::TcpStream::connect(clock.address).await.unwrap_err();
}

/// Three clients, of which the first leaves. Who is served meanwhile, and what becomes of the others?
async fn check_three(accept_loop: AcceptLoop, on_write_error: OnWriteError) {
    let clock = start(Settings { accept_loop, on_write_error, ..FAST }).await;
    let mut first = connect(&clock).await;
    line(&mut first).await;
    let (mut second, mut third) = (connect(&clock).await, connect(&clock).await);
    if accept_loop == AcceptLoop::Concurrent {
        line(&mut second).await;
        line(&mut third).await;
    }
    for _ in 0..10 {
        line(&mut first).await;
    }
    let served = if accept_loop == AcceptLoop::Serial { 1 } else { 3 };
    assert_eq!(clock.count(|event| event.what == What::Accept), served);
    drop(first);
    match on_write_error {
        OnWriteError::ServerDies => {
            clock.until(|event| matches!(event.what, What::Die { .. })).await;
            for client in [&mut second, &mut third] {
                // Those that were never accepted are reset, since nobody will; the others get what was written, and the
                // end.
                let ended = client.read_to_end(&mut Vec::new()).await;
                assert_eq!(ended.is_ok(), accept_loop == AcceptLoop::Concurrent, "{ended:?}");
            }
            tokio::net::TcpStream::connect(clock.address).await.unwrap_err();
        }
        OnWriteError::ConnectionEnds => {
            line(&mut second).await;
            if accept_loop == AcceptLoop::Serial {
                assert_eq!(clock.count(|event| event.what == What::Accept), 2, "the third goes on waiting");
                drop(second);
            }
            line(&mut third).await;
            assert_eq!(clock.handle.state().status, Status::Running { address: clock.address });
        }
    }
}

#[tokio::test]
async fn three_clients_one_after_the_other_and_a_failed_write_ends_the_server() {
    check_three(AcceptLoop::Serial, OnWriteError::ServerDies).await;
}

#[tokio::test]
async fn three_clients_one_after_the_other_and_a_failed_write_ends_that_connection() {
    check_three(AcceptLoop::Serial, OnWriteError::ConnectionEnds).await;
}

#[tokio::test]
async fn three_clients_at_once_and_a_failed_write_ends_the_server() {
    check_three(AcceptLoop::Concurrent, OnWriteError::ServerDies).await;
}

#[tokio::test]
async fn three_clients_at_once_and_a_failed_write_ends_that_connection() {
    check_three(AcceptLoop::Concurrent, OnWriteError::ConnectionEnds).await;
}

#[tokio::test]
async fn the_first_write_after_a_client_has_gone_succeeds() {
    let clock = start(Settings { interval_ms: 60_000, ..CONCURRENT }).await;
    let mut client = connect(&clock).await;
    line(&mut client).await;
    clock.until(|event| matches!(event.what, What::Sleep { .. })).await;
    drop(client);
    clock.handle.set(CONCURRENT).unwrap();
    clock.until(|event| matches!(event.what, What::WriteError { .. })).await;
    assert_eq!(clock.count(|event| matches!(event.what, What::Wrote { .. })), 2);
}

#[tokio::test]
async fn a_dead_server_is_started_again_at_the_same_port() {
    let clock = start(FAST).await;
    let mut client = connect(&clock).await;
    line(&mut client).await;
    drop(client);
    clock.until(|event| matches!(event.what, What::Die { .. })).await;
    let mut state = clock.handle.watch_state();
    state.wait_for(|state| matches!(state.status, Status::Dead { .. })).await.unwrap();
    clock.handle.start();
    let now = state.wait_for(|state| matches!(state.status, Status::Running { .. })).await.unwrap().clone();
    assert_eq!((now.life, now.status), (2, Status::Running { address: clock.address }));
    line(&mut connect(&clock).await).await;
}

#[tokio::test]
async fn asking_several_times_starts_it_once() {
    let clock = start(FAST).await;
    let mut state = clock.handle.watch_state();
    for life in 1..=2 {
        let mut client = connect(&clock).await;
        line(&mut client).await;
        drop(client);
        let dead = |state: &State| matches!(state.status, Status::Dead { .. });
        assert_eq!(state.wait_for(dead).await.unwrap().life, life);
        // Whatever is under way has its turn: nobody has asked for another life.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert!(dead(&clock.handle.state()));
        for _ in 0..3 {
            clock.handle.start();
        }
        state.wait_for(|state| matches!(state.status, Status::Running { .. })).await.unwrap();
    }
}

#[tokio::test]
async fn repaired_it_outlives_its_clients() {
    let clock = start(REPAIRED).await;
    let (mut first, mut second, third) = (connect(&clock).await, connect(&clock).await, connect(&clock).await);
    drop(third);
    clock.until(|event| event.what == What::Close).await;
    line(&mut first).await;
    line(&mut second).await;
    assert_eq!(clock.handle.state().status, Status::Running { address: clock.address });
}

#[tokio::test]
async fn further_clients_wait_at_the_limit() {
    let clock = start(Settings { connections_max: 2, ..REPAIRED }).await;
    let (mut first, mut second, mut third) = (connect(&clock).await, connect(&clock).await, connect(&clock).await);
    for _ in 0..10 {
        line(&mut first).await;
        line(&mut second).await;
    }
    assert_eq!(clock.count(|event| event.what == What::Accept), 2);
    drop(first);
    line(&mut third).await;
}

#[tokio::test]
async fn a_client_that_does_not_read_blocks_the_write_and_nobody_else() {
    let clock = start(Settings { small_buffers: true, interval_ms: 1, ..REPAIRED }).await;
    let deaf = support::connect_with_small_buffer(&clock).await;
    let peer = deaf.local_addr().unwrap();
    clock.until(|event| event.what == What::WriteBlocked && event.connection == Some(peer)).await;
    let mut other = connect(&clock).await;
    line(&mut other).await;
    let written = clock.count(|event| matches!(event.what, What::Wrote { .. }) && event.connection == Some(peer));
    let mut deaf = tokio::io::BufReader::new(deaf);
    for _ in 0..=written {
        line(&mut deaf).await;
    }
}

#[tokio::test]
async fn a_port_in_use_is_a_state_and_can_be_tried_again() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let clock = Running::at(address.port(), FAST).await;
    let error = format!("listen tcp {address}: bind: address already in use");
    assert_eq!(clock.handle.state().status, Status::CannotStart { address, error });
    drop(taken);
    let mut state = clock.handle.watch_state();
    clock.handle.start();
    state.wait_for(|state| state.status == Status::Running { address }).await.unwrap();
}

#[tokio::test]
async fn told_to_stop_it_closes_everything() {
    let mut clock = start(CONCURRENT).await;
    let mut client = connect(&clock).await;
    line(&mut client).await;
    clock.stop().await;
    let mut rest = Vec::new();
    client.read_to_end(&mut rest).await.unwrap();
    assert_eq!(clock.handle.state().status, Status::Stopped);
}
