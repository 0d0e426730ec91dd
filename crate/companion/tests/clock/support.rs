//! A clock of its own for each test, and its clients.

use std::net::SocketAddr;
use std::sync::Arc;

use chanscope_companion::clock::{Clock, Event, Settings, Status};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub(crate) struct Running {
    pub(crate) handle: Arc<Clock>,
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    kept: Option<JoinHandle<()>>,
}

pub(crate) async fn start(settings: Settings) -> Running {
    Running::at(0, settings).await
}

impl Running {
    pub(crate) async fn at(port: u16, settings: Settings) -> Self {
        let (clock, listener) = Clock::bind(port, settings);
        let handle = Arc::new(clock);
        let address = match handle.state().status {
            Status::Running { address } | Status::CannotStart { address, .. } => address,
            other => panic!("{other:?}"),
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let keeper = Arc::clone(&handle);
        let kept = tokio::spawn(async move { keeper.keep(listener, async { stopped.await.unwrap_or(()) }).await });
        Self { handle, address, stop: Some(stop), kept: Some(kept) }
    }

    pub(crate) async fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        self.kept.take().unwrap().await.unwrap();
    }

    /// The first event of which this is true, when it is there.
    pub(crate) async fn until(&self, wanted: impl Fn(&Event) -> bool) -> Event {
        let mut from = 0;
        loop {
            self.handle.log().wait(from).await;
            let batch = self.handle.log().read(from, 1);
            assert_eq!(batch.dropped, 0);
            if let Some(event) = batch.events.into_iter().find(&wanted) {
                return event;
            }
            from = batch.next;
        }
    }

    /// Of how many events so far this is true.
    pub(crate) fn count(&self, wanted: impl Fn(&Event) -> bool) -> usize {
        self.handle.log().read(0, usize::MAX).events.iter().filter(|event| wanted(event)).count()
    }
}

pub(crate) async fn connect(clock: &Running) -> BufReader<TcpStream> {
    BufReader::new(TcpStream::connect(clock.address).await.unwrap())
}

pub(crate) async fn connect_with_small_buffer(clock: &Running) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(1024).unwrap();
    socket.connect(clock.address).await.unwrap()
}

pub(crate) async fn line(client: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    client.read_line(&mut line).await.unwrap();
    assert!(line.ends_with('\n'), "{line:?}");
    line
}
