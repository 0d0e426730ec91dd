//! Being asked to end: Ctrl-C, and SIGTERM where there is one.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{process, thread};

use tokio::runtime;

/// The status of a process that an interrupt ended, as shells have it.
const INTERRUPTED: i32 = 130;

/// Whether the process has been asked to end, for work that looks between slices. A second request ends it at once.
pub(super) struct Asked(Arc<AtomicBool>);

impl Asked {
    /// Listens from now on.
    ///
    /// # Errors
    ///
    /// When the system refuses to say.
    pub(super) fn listen() -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
        let first = {
            let _inside = runtime.enter();
            stop_signal()?
        };
        let asked = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&asked);
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            runtime.block_on(async {
                first.await;
                told.store(true, Ordering::Relaxed);
                if let Ok(second) = stop_signal() {
                    second.await;
                    process::exit(INTERRUPTED);
                }
            });
        })?;
        Ok(Self(asked))
    }

    /// Whether it has been asked.
    pub(super) fn to_stop(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Resolves when the process is asked to end. The signals are caught from the call on, not from the first poll.
#[cfg(unix)]
pub(super) fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Resolves when the process is asked to end. The signal is caught from the call on, not from the first poll.
#[cfg(windows)]
pub(super) fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
