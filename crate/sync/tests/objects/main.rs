//! What Go says of its synchronisation objects, rule by rule. `tests/conformance.md` says which rule each test holds.

mod atomics;
mod channels;
mod conds;
mod groups;
mod maps;
mod onces;
mod selects;
mod semaphores;
mod stacks;
mod support;
mod words;
