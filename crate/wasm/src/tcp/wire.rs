//! What the chapter's page gets beside the types that every run has.

use serde::Serialize;
use ts_rs::TS;

use crate::wire::Lane;

/// A session as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TcpSummary {
    /// Number of events: positions go from 0 to this.
    pub events: u32,
    /// One lane a goroutine of the server, or a client.
    pub lanes: Vec<Lane>,
    /// Whether there was more than is recorded.
    pub full: bool,
}
