//! `errgroup.Group` of `golang.org/x/sync`: goroutines that are waited for together, with the first error of any.
//!
//! Put together from the same parts as the package itself: a WaitGroup, a Once, a channel that holds a token for each
//! goroutine where there is a limit, and the cancel function of a context. A panic in one of the goroutines ends the
//! program. Source: package documentation and code of `golang.org/x/sync/errgroup`.

use std::cell::RefCell;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;

use chanscope_kernel::{Go, Name, Panic, Resumed, Select};

use crate::context::{Cancel, Context};
use crate::{Chan, Once, WaitGroup};

/// What a function of a group returns: an error as its text.
pub type Outcome = Result<(), String>;

/// A group of goroutines. Clones are the same one.
///
/// ```
/// # fn example() {
/// # use chanscope_kernel::{FirstCome, Go, Limits, Panic, Run};
/// # use chanscope_sync::{context::Context, errgroup::Group};
/// async fn main(go: Go) -> Result<(), Panic> {
///     let (group, ctx) = Group::with_context(&go, "g", &Context::background(&go)).await;
///     group.go("fails", async { Ok(Err("disk full".to_owned())) }).await?;
///     group.go("waits", async move { Ok({ ctx.done().await; Ok(()) }) }).await?;
///     assert_eq!(group.wait().await, Err("disk full".to_owned()));
///     Ok(())
/// }
/// let mut run = Run::new(Limits::default(), main);
/// assert!(run.advance(&mut FirstCome { seed: 0 }, 100).expect("nothing was replayed"));
/// # }
/// # example();
/// ```
#[derive(Clone)]
pub struct Group {
    go: Go,
    name: String,
    all: WaitGroup,
    first: Once,
    /// Written inside `first`, read after `all`.
    error: Rc<RefCell<Option<String>>>,
    cancel: Option<Cancel>,
    /// A token for each goroutine.
    tokens: Option<Chan<()>>,
}

impl Group {
    /// `var g errgroup.Group`.
    #[must_use]
    pub fn new(go: &Go, name: &str) -> Self {
        Self {
            go: go.clone(),
            name: name.to_owned(),
            all: WaitGroup::new(go, format!("{name}.wg")),
            first: Once::new(go, format!("{name}.errOnce")),
            error: Rc::default(),
            cancel: None,
            tokens: None,
        }
    }

    /// `errgroup.WithContext(ctx)`: the context is cancelled by the first error, and when [`Group::wait`] is over.
    #[track_caller]
    pub fn with_context(go: &Go, name: &str, parent: &Context) -> impl Future<Output = (Self, Context)> + use<> {
        let (group, derived) = (Self::new(go, name), parent.with_cancel(&format!("{name}.ctx")));
        async move {
            let (context, cancel) = derived.await;
            (Self { cancel: Some(cancel), ..group }, context)
        }
    }

    /// `g.SetLimit(n)`: at most `n` goroutines at a time; [`Group::go`] waits until there is room. Called before the
    /// first goroutine, as the package demands.
    #[must_use]
    pub fn with_limit(self, n: u32) -> Self {
        let tokens = Chan::new(&self.go, format!("{}.sem", self.name), n);
        Self { tokens: Some(tokens), ..self }
    }

    /// `g.Go(f)`: starts a goroutine that runs `body`, once there is room.
    ///
    /// # Errors
    /// None in practice: Go's panic of the WaitGroup.
    #[track_caller]
    pub fn go(
        &self,
        name: impl Into<Name>,
        body: impl Future<Output = Result<Outcome, Panic>> + 'static,
    ) -> impl Future<Output = Result<(), Panic>> {
        let token = self.tokens.as_ref().map(|tokens| tokens.send(()));
        let start = self.start(name.into(), body);
        async move {
            if let Some(token) = token {
                token.await?;
            }
            start.await
        }
    }

    /// `g.TryGo(f)`: the same where there is room now; `false` where there is none.
    ///
    /// # Errors
    /// None in practice: Go's panic of the WaitGroup.
    #[track_caller]
    pub fn try_go(
        &self,
        name: impl Into<Name>,
        body: impl Future<Output = Result<Outcome, Panic>> + 'static,
    ) -> impl Future<Output = Result<bool, Panic>> {
        let (token, at) = (self.tokens.as_ref().map(|tokens| tokens.send(())), Location::caller());
        let start = self.start(name.into(), body);
        async move {
            if let Some(mut token) = token {
                let runtime = Rc::clone(token.runtime());
                if Select::at(&runtime, [&mut token], true, at).await == Resumed::Default {
                    return Ok(false);
                }
                token.finish()?;
            }
            start.await?;
            Ok(true)
        }
    }

    #[track_caller]
    fn start(
        &self,
        name: Name,
        body: impl Future<Output = Result<Outcome, Panic>> + 'static,
    ) -> Pin<Box<dyn Future<Output = Result<(), Panic>>>> {
        let at = Location::caller();
        let (add, done) = (self.all.add(1), self.all.done());
        let give_back = self.tokens.as_ref().map(|tokens| tokens.recv());
        let group = self.clone();
        Box::pin(async move {
            add.await?;
            let go = group.go.clone();
            go.clone().spawn_at(at, name, async move {
                go.defer(async move |_| {
                    if let Some(give_back) = give_back {
                        give_back.await;
                    }
                    done.await
                });
                match body.await? {
                    Ok(()) => Ok(()),
                    Err(error) => group.fail(error, at).await,
                }
            });
            Ok(())
        })
    }

    /// The first error is kept, and cancels the context.
    async fn fail(&self, error: String, at: &'static Location<'static>) -> Result<(), Panic> {
        let (kept, cancel) = (Rc::clone(&self.error), self.cancel.clone());
        let keep = async move {
            let cause = error.clone();
            *kept.borrow_mut() = Some(error);
            if let Some(cancel) = cancel {
                cancel.call_at(&cause, at).await;
            }
            Ok(())
        };
        self.first.call_at(&self.go, keep, at).await
    }

    /// `g.Wait()`: waits for all of them, cancels the context, and answers the first error.
    #[track_caller]
    pub fn wait(&self) -> impl Future<Output = Outcome> + use<> {
        let (all, at, group) = (self.all.wait(), Location::caller(), self.clone());
        async move {
            all.await;
            let error = group.error.borrow().clone();
            if let Some(cancel) = &group.cancel {
                cancel.call_at(error.as_deref().unwrap_or("context canceled"), at).await;
            }
            error.map_or(Ok(()), Err)
        }
    }
}
