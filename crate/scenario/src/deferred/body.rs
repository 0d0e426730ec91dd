use chanscope_kernel::{Go, Panic};
use chanscope_sync::Var;

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) given: Given,
}

#[derive(Clone, Copy)]
pub(super) enum Given {
    Both,
    Captured,
    Arguments,
    Loop,
    Result,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    match config.given {
        Given::Loop => return go.call(in_a_loop(&go)).await,
        Given::Result => {
            let result = Var::new(&go, "result", 0);
            go.call(with_a_result(&go, result.clone())).await?;
            let answer = result.load().await; //= answer
            go.println(&format!("result:{answer}")).await; //= print-answer
            return Ok(());
        }
        Given::Both | Given::Captured | Given::Arguments => {}
    }
    let x = Var::new(&go, "x", 1);
    let y = Var::new(&go, "y", 2);

    let a = match config.given {
        Given::Captured => None,
        _ => Some(x.load().await), //= argument
    };
    let b = match config.given {
        Given::Arguments => Some(y.load().await), //= argument
        _ => None,
    };
    let (later, late_x, late_y) = (go.clone(), x.clone(), y.clone());
    go.defer(async move |_| {
        let a = match a {
            Some(a) => a,
            None => late_x.load().await, //= read-x
        };
        let b = match b {
            Some(b) => b,
            None => late_y.load().await, //= read-y
        };
        later.println(&format!("x:{a},y:{b}")).await; //= deferred
        Ok(())
    });

    let plus = x.load().await + 100; //= add-x
    x.store(plus).await; //= add-x
    let plus = y.load().await + 100; //= add-y
    y.store(plus).await; //= add-y
    let (x, y) = (x.load().await, y.load().await); //= read-both
    go.println(&format!("{x} {y}")).await; //= print
    Ok(())
}

async fn in_a_loop(go: &Go) -> Result<(), Panic> {
    for round in 0..3_u32 {
        let later = go.clone();
        go.defer(async move |_| {
            later.println(&round).await; //= deferred-round
            Ok(())
        });
    }
    go.println(&"the loop is over").await; //= loop-over
    Ok(())
}

/// What Go returns in a named result is where this leaves it.
async fn with_a_result(go: &Go, result: Var<u32>) -> Result<(), Panic> {
    let late = result.clone();
    go.defer(async move |_| {
        let doubled = 2 * late.load().await; //= double
        late.store(doubled).await; //= double
        Ok(())
    });
    result.store(21).await; //= return
    Ok(())
}
