//! What the memo keeps and what it is asked, as a trace shows them.

use chanscope_kernel::{Go, Show, Value, show_struct};
use chanscope_sync::{Chan, Var};

/// A result that may still be on its way: `ready` is closed once it is there.
#[derive(Clone)]
pub(super) struct Entry {
    key: &'static str,
    pub(super) result: Var<String>,
    pub(super) ready: Chan<()>,
}

impl Entry {
    pub(super) fn new(go: &Go, key: &'static str) -> Self {
        let result = Var::new(go, format!("result of {key}"), String::new());
        Self { key, result, ready: Chan::new(go, format!("ready {key}"), 0) }
    }
}

impl Show for Entry {
    fn show(&self) -> Value {
        Value::text(&format!("&entry {}", self.key))
    }
}

/// A question to the monitor, with the channel for its answer.
pub(super) struct Request {
    pub(super) key: &'static str,
    pub(super) reply: Chan<String>,
}

show_struct!(Request { key, reply });
