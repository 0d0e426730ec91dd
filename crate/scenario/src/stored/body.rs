use chanscope_kernel::{Go, Panic};
use chanscope_sync::Var;

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) holds: Holds,
    pub(super) functions: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    OneForAll,
    OneEach,
    Outside,
    Copy,
    Parameter,
    Method,
    MethodPointer,
}

/// A variable with a symbolic address: cells are numbered as they are made.
#[derive(Clone)]
struct Cell {
    address: u32,
    variable: Var<u32>,
}

impl Cell {
    fn new(go: &Go, address: u32, value: u32) -> Self {
        Self { address, variable: Var::new(go, format!("i (cell {address})"), value) }
    }

    /// The cell as the function of that name holds it.
    fn captured_by(&self, name: String) -> Self {
        self.variable.captured_by(name);
        self.clone()
    }
}

/// What a stored function holds.
enum Function {
    Closure(Cell),
    Method(u32),
    MethodPointer(Cell),
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    for function in functions(&go, config).await {
        match function {
            Function::Closure(cell) | Function::MethodPointer(cell) => {
                let value = cell.variable.load().await; //= read
                go.println(&format!("cell {} holds {value}", cell.address)).await; //= print
            }
            Function::Method(receiver) => go.println(&format!("a copy of {receiver}")).await, //= print-copy
        }
    }
    Ok(())
}

async fn functions(go: &Go, config: Config) -> Vec<Function> {
    let mut functions = Vec::new();
    let mut made = 1;
    let mut i = Cell::new(go, 1, 0);
    loop {
        let round = i.variable.load().await; //= next
        if round >= config.functions {
            return functions;
        }
        let name = format!("s[{}]", functions.len());
        functions.push(match config.holds {
            Holds::OneForAll | Holds::OneEach | Holds::Outside => Function::Closure(i.captured_by(name)),
            Holds::Copy | Holds::Parameter => {
                let value = i.variable.load().await; //= copy argument
                made += 1;
                Function::Closure(Cell::new(go, made, value).captured_by(name))
            }
            Holds::Method => Function::Method(i.variable.load().await), //= method
            Holds::MethodPointer => Function::MethodPointer(i.captured_by(name)),
        });
        let mut value = i.variable.load().await; //= next
        if config.holds == Holds::OneEach {
            made += 1;
            i = Cell::new(go, made, value);
            value = i.variable.load().await; //= next
        }
        i.variable.store(value + 1).await; //= next
    }
}
