//! The `select` statement.

/// Waits until one of several operations can go through, and takes it. With `default` it does not wait.
///
/// Cases are `pattern = operation => body,`; a `default => body` comes last. Bodies have one type. Which of several
/// ready cases is taken is a choice, as in Go. There can be sixteen; more go through
/// [`Select`](chanscope_kernel::Select) itself. Source: the Go specification, "Select statements".
///
/// ```
/// # fn example() {
/// # use chanscope_kernel::{FirstCome, Go, Limits, Panic, Run};
/// # use chanscope_sync::{Chan, select};
/// async fn main(go: Go) -> Result<(), Panic> {
///     let (data, stop) = (Chan::<u32>::new(&go, "data", 1), Chan::<()>::new(&go, "stop", 0));
///     data.send(7).await?;
///     let got = select! {
///         _ = stop.recv() => None,
///         value = data.recv() => value,
///     };
///     assert_eq!(got, Some(7));
///     select! {
///         _ = data.recv() => unreachable!("it is empty"),
///         default => Ok(()),
///     }
/// }
/// let mut run = Run::new(Limits::default(), main);
/// assert!(run.advance(&mut FirstCome { seed: 0 }, 100).expect("nothing was replayed"));
/// # }
/// # example();
/// ```
#[macro_export]
macro_rules! select {
    // Cases are taken off one by one, each given a variable and a number.
    (@cases [$($taken:tt)*] [$($names:tt)*] default => $default:expr $(,)?) => {
        $crate::select!(@make true, { $default }, $($taken)*)
    };
    (@cases [$($taken:tt)*] [$($names:tt)*]) => {
        $crate::select!(@make false, { unreachable!("a select without default waits") }, $($taken)*)
    };
    (@cases [$($taken:tt)*] [$name:tt $($names:tt)*]
        $pattern:pat = $operation:expr => $body:block, $($rest:tt)*) => {
        $crate::select!(@cases [$($taken)* ($name ($pattern, $operation, $body))] [$($names)*] $($rest)*)
    };
    (@cases [$($taken:tt)*] [$name:tt $($names:tt)*]
        $pattern:pat = $operation:expr => $body:block $($rest:tt)*) => {
        $crate::select!(@cases [$($taken)* ($name ($pattern, $operation, $body))] [$($names)*] $($rest)*)
    };
    (@cases [$($taken:tt)*] [$name:tt $($names:tt)*]
        $pattern:pat = $operation:expr => $body:expr, $($rest:tt)*) => {
        $crate::select!(@cases [$($taken)* ($name ($pattern, $operation, $body))] [$($names)*] $($rest)*)
    };
    (@cases [$($taken:tt)*] [$name:tt $($names:tt)*] $pattern:pat = $operation:expr => $body:expr) => {
        $crate::select!(@cases [$($taken)* ($name ($pattern, $operation, $body))] [$($names)*])
    };
    (@make $attempt:literal, $default:block,
        (($first:ident $zero:tt) ($pattern0:pat, $operation0:expr, $body0:expr))
        $((($name:ident $number:tt) ($pattern:pat, $operation:expr, $body:expr)))*) => {{
        let mut $first = $operation0;
        $(let mut $name = $operation;)*
        let runtime = ::std::rc::Rc::clone($first.runtime());
        let went = $crate::kernel::Select::new(&runtime, [&mut $first, $(&mut $name),*], $attempt).await;
        match went {
            $crate::kernel::Resumed::Case($zero) => {
                let $pattern0 = $first.finish();
                $body0
            }
            $($crate::kernel::Resumed::Case($number) => {
                let $pattern = $name.finish();
                $body
            })*
            $crate::kernel::Resumed::Default => $default,
            $crate::kernel::Resumed::Case(_) => unreachable!("there is no such case"),
        }
    }};
    ($($cases:tt)+) => {
        $crate::select!(@cases [] [
            (a 0) (b 1) (c 2) (d 3) (e 4) (f 5) (g 6) (h 7) (i 8) (j 9) (k 10) (l 11) (m 12) (n 13) (o 14) (p 15)
        ] $($cases)+)
    };
}
