//! Package `time`: timers, tickers and functions that are called later, in virtual time.
//!
//! Source: package documentation of Go's `time`, with the semantics of Go 1.23 and later: a timer's channel is
//! unbuffered, and nothing stale is received after `Stop` or `Reset`. `time.Now` is not modelled: it would make every
//! step of somebody else visible.

mod after_func;
mod duration;
mod kind;
mod timer;

pub use after_func::{AfterFunc, after_func};
pub use duration::Time;
pub use kind::TimerState;
pub use timer::{Hand, Ticker, Timer, after, new_ticker, new_timer};
