//! `context.AfterFunc`: a function that begins once a context is cancelled.
//!
//! It hangs in the tree like a child. Its goroutine waits in the background, and begins when the child is cancelled.

use std::future::Future;
use std::panic::Location;
use std::rc::Rc;

use chanscope_kernel::{Declaration, Go, Name, Panic};

use super::cancel::{Cancellable, Plan};
use super::kind::{BEGIN, STOP};
use super::node::Request;

/// The function that calls a function off.
pub struct StopAfter {
    what: Rc<Cancellable>,
}

impl StopAfter {
    /// `stop()`: whether it was called off in time.
    #[track_caller]
    pub fn call(&self) -> impl Future<Output = bool> + use<> {
        let stop = Request::new(STOP);
        let stop = self.what.holder().ask(stop, |request| request.cancelled.is_none(), Location::caller());
        let (what, at) = (Rc::clone(&self.what), Location::caller());
        async move {
            let in_time = stop.await;
            if in_time {
                what.leave_parent(at).await;
            }
            in_time
        }
    }
}

#[track_caller]
pub(super) fn after_func<B>(
    go: &Go,
    parent: Option<Rc<Cancellable>>,
    name: &'static str,
    declaration: Declaration,
    function: B,
) -> impl Future<Output = StopAfter> + use<B>
where
    B: Future<Output = Result<(), Panic>> + 'static,
{
    let at = Location::caller();
    let plan = Plan { declaration, deadline: None, by_call: false };
    let made = Cancellable::make(go, parent, plan, at);
    let go = go.clone();
    async move {
        let what = made.await;
        let begin = what.holder().ask(Request::new(BEGIN), |_| (), at);
        go.spawn_at(at, Name::from(name), async move {
            begin.await;
            function.await
        });
        StopAfter { what }
    }
}
