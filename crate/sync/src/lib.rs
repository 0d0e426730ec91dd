//! Go's ways to share and to wait, on top of the kernel: channels, `select`, mutexes, WaitGroups, variables.
//!
//! Each object comes in two halves (see [`chanscope_kernel::Object`] and [`chanscope_kernel::Kind`]): one holds the
//! values while a run goes on, the other says how its state follows from the trace, what each event touches, and how a
//! reader is told. Go's language specification and memory model are the source of the rules; `tests/conformance.md` has
//! them one by one, each with its test. Not modelled: `sync.Pool` and `sync.Map`, and what else stands at the end
//! there.

pub mod atomic;
mod channel;
mod cond;
pub mod context;
pub mod errgroup;
mod forever;
mod map;
pub mod memory;
mod mutex;
mod once;
mod rw_mutex;
mod select;
mod semaphore;
mod shared;
pub mod stack;
pub mod time;
mod variable;
mod wait_group;

pub use channel::{
    Chan, ChannelState, Close, Len, MAX_CAPACITY, NilChannelState, Probe, Range, Recv, RecvOnly, Send, SendOnly,
};
pub use cond::{Cond, CondState};
pub use forever::{Nothing, select_nothing};
pub use map::{Map, MapState};
pub use mutex::{Mutex, MutexState};
pub use once::{Once, OnceState};
pub use rw_mutex::{RwMutex, RwMutexState};
pub use semaphore::{Semaphore, SemaphoreState};
pub use shared::{Ask, Live};
pub use variable::{Var, VariableState};
pub use wait_group::{WaitGroup, WaitGroupState};

#[doc(hidden)]
pub use chanscope_kernel as kernel;
