//! A litmus test as a program: a goroutine a thread, and main, which tells the final state.

use std::collections::BTreeMap;
use std::rc::Rc;

use chanscope_kernel::{Go, Limits, Name, Panic, Run};
use chanscope_sync::WaitGroup;
use chanscope_sync::memory::{Memory, Model, Word};

use crate::test::{Instruction, Litmus, Operand, Place};

/// Starts the test. Its output is the final state: a line `place=value` for each place of which something has to be known.
pub(crate) fn start(litmus: &Rc<Litmus>, model: Model) -> Run {
    let litmus = Rc::clone(litmus);
    Run::new(Limits::default(), move |go| main(go, litmus, model))
}

async fn main(go: Go, litmus: Rc<Litmus>, model: Model) -> Result<(), Panic> {
    let memory = Memory::new(&go, model);
    let initial = |place: Place| litmus.initial.get(&place).copied().unwrap_or(0);
    let words: BTreeMap<String, Word> = litmus
        .words()
        .into_iter()
        .map(|name| {
            let word = memory.word(name.clone(), initial(Place::Word(name.clone())));
            (name, word)
        })
        .collect();
    let over = WaitGroup::new(&go, "threads");
    over.add(i32::try_from(litmus.threads.len()).expect("threads are few")).await?;
    for thread in 0..litmus.threads.len() {
        let body = run_thread(go.clone(), Rc::clone(&litmus), thread, memory.clone(), words.clone(), over.clone());
        go.spawn(Name::numbered("P", thread), body);
    }
    over.wait().await;
    for place in litmus.known() {
        if let Place::Word(name) = &place {
            let value = words[name].load().await;
            go.println(&format!("{place}={value}")).await;
        }
    }
    Ok(())
}

async fn run_thread(
    go: Go,
    litmus: Rc<Litmus>,
    thread: usize,
    memory: Memory,
    words: BTreeMap<String, Word>,
    over: WaitGroup,
) -> Result<(), Panic> {
    let mut registers: BTreeMap<String, i64> = BTreeMap::new();
    for (place, value) in &litmus.initial {
        if let Place::Register(of, name) = place
            && *of == thread
        {
            registers.insert(name.clone(), *value);
        }
    }
    let read = |registers: &BTreeMap<String, i64>, operand: &Operand| match operand {
        Operand::Constant(value) => *value,
        Operand::Register(name) => registers.get(name).copied().unwrap_or(0),
    };
    for instruction in &litmus.threads[thread] {
        match instruction {
            Instruction::Store(word, operand) => words[word].store(read(&registers, operand)).await,
            Instruction::Load(register, word) => {
                let value = words[word].load().await;
                registers.insert(register.clone(), value);
            }
            Instruction::Move(register, operand) => {
                let value = read(&registers, operand);
                registers.insert(register.clone(), value);
            }
            Instruction::Exchange(word, register) => {
                let value = words[word].swap(registers.get(register).copied().unwrap_or(0)).await;
                registers.insert(register.clone(), value);
            }
            Instruction::Swap(one, other) => {
                let values = [one, other].map(|register| registers.get(register).copied().unwrap_or(0));
                registers.extend([(other.clone(), values[0]), (one.clone(), values[1])]);
            }
            Instruction::Fence => memory.fence().await,
        }
    }
    // The final state is what is there when all buffers are empty.
    memory.fence().await;
    for place in litmus.known() {
        if let Place::Register(of, name) = &place
            && *of == thread
        {
            let value = registers.get(name).copied().unwrap_or(0);
            go.println(&format!("{place}={value}")).await;
        }
    }
    over.done().await
}
