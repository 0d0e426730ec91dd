//! What the bridge's process costs, as Linux tells it.

use std::fs::read_to_string;

use crate::Result;

/// The bridge's process.
#[derive(Clone, Copy)]
pub(crate) struct Process(pub(crate) u32);

impl Process {
    /// Resident memory.
    pub(crate) fn resident_kib(self) -> Result<u64> {
        let status = read_to_string(format!("/proc/{}/status", self.0))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }

    /// How long it has been on a processor, in milliseconds.
    pub(crate) fn cpu_ms(self) -> Result<u64> {
        let stat = read_to_string(format!("/proc/{}/stat", self.0))?;
        // The name, in parentheses, may hold anything. After it come the state and the numbers: user time is the 12th.
        let (_, rest) = stat.rsplit_once(')').ok_or("no name")?;
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let ticks = |index: usize| fields[index].parse::<u64>();
        Ok((ticks(11)? + ticks(12)?) * MS_PER_TICK)
    }
}

/// Linux shows times to programs in hundredths of a second.
const MS_PER_TICK: u64 = 10;
