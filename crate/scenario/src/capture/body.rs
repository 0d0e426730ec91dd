use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::{Var, WaitGroup};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) variable: Loop,
    pub(super) wait: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Loop {
    OneForAll,
    OneEach,
    Copy,
    Parameter,
}

/// What a goroutine has of the loop's variable.
enum Captured {
    Variable(Var<String>),
    Value(String),
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let wg = WaitGroup::new(&go, "wg");
    let shared = Var::new(&go, "v", String::new());

    wg.add(3).await?; //= add
    for (number, letter) in (1..).zip(["a", "b", "c"]) {
        let letter = letter.to_owned();
        let captured = match config.variable {
            Loop::OneForAll => {
                shared.store(letter).await; //= next
                Captured::Variable(shared.clone())
            }
            Loop::OneEach => Captured::Variable(Var::new(&go, format!("v, round {number}"), letter)),
            Loop::Copy => {
                shared.store(letter).await; //= next
                let copy = shared.load().await; //= copy
                Captured::Variable(Var::new(&go, format!("copy {number}"), copy))
            }
            Loop::Parameter => {
                shared.store(letter).await; //= next
                Captured::Value(shared.load().await) //= parameter
            }
        };
        go.spawn(Name::numbered("printer", number), printer(go.clone(), captured, wg.clone())); //= start
    }
    if config.wait {
        wg.wait().await; //= wait
    }
    Ok(())
}

async fn printer(go: Go, captured: Captured, wg: WaitGroup) -> Result<(), Panic> {
    go.defer(async move |_| wg.done().await); //= done
    if let Captured::Variable(variable) = &captured {
        variable.captured();
    }
    let letter = match captured {
        Captured::Variable(variable) => variable.load().await, //= read
        Captured::Value(letter) => letter,
    };
    go.println(&letter).await; //= print
    Ok(())
}
