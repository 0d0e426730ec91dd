//! Go's ways to share and to wait, on top of the kernel: channels, `select`, mutexes, WaitGroups, variables.
//!
//! Each object comes in two halves (see [`chanscope_kernel::Object`] and [`chanscope_kernel::Kind`]): one holds the
//! values while a run goes on, the other says how its state follows from the trace, what each event touches, and how a
//! reader is told. Go's language specification and memory model are the source of the rules.

mod channel;
mod channel_kind;
pub mod context;
mod mutex;
mod rw_mutex;
mod select;
mod shared;
pub mod time;
mod variable;
mod wait_group;

pub use channel::{Chan, Close, MAX_CAPACITY, Recv, Send};
pub use channel_kind::ChannelState;
pub use mutex::{Mutex, MutexState};
pub use rw_mutex::{RwMutex, RwMutexState};
pub use shared::{Ask, Live};
pub use variable::{Var, VariableState};
pub use wait_group::{WaitGroup, WaitGroupState};

#[doc(hidden)]
pub use chanscope_kernel as kernel;
