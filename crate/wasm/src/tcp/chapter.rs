//! The session as JavaScript sees it.

use chanscope_tcp::clock::ClockBatch;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::wire::TcpSummary;
use super::{Act, Entry, Joined, Recording, file};
use crate::flat::flat;
use crate::javascript::{from_js, refused, to_js};
use crate::wire::Refusal;

/// A session: one that is being recorded, or one that was. What can be refused throws a `Refusal`.
#[wasm_bindgen]
#[derive(Default)]
pub struct Tcp {
    joined: Joined,
    recording: Recording,
    /// When the recording began, on the clock of what comes in.
    since_us: u64,
}

#[wasm_bindgen]
impl Tcp {
    /// An empty session.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in a `ClockBatch`, which came at a time in microseconds since the session began.
    #[wasm_bindgen(js_name = hearServer)]
    pub fn hear_server(&mut self, batch: JsValue, now_us: f64) -> Result<(), JsValue> {
        let batch: ClockBatch = from_js(batch)?;
        self.joined.hear_server(batch.events, batch.dropped, now_us as u64);
        self.record();
        Ok(())
    }

    /// Takes in a `ClientAct` of one of the page's clients.
    #[wasm_bindgen(js_name = hearClient)]
    pub fn hear_client(&mut self, number: u32, act: JsValue, now_us: f64) -> Result<(), JsValue> {
        self.joined.hear_client(number, from_js(act)?, now_us as u64);
        self.record();
        Ok(())
    }

    /// Takes in that the server's settings are these.
    #[wasm_bindgen(js_name = hearSettings)]
    pub fn hear_settings(&mut self, settings: JsValue, now_us: f64) -> Result<(), JsValue> {
        self.joined.hear(Act::Set(from_js(settings)?), now_us as u64);
        self.record();
        Ok(())
    }

    /// Takes in that the server is running already, at an address.
    #[wasm_bindgen(js_name = hearRunning)]
    pub fn hear_running(&mut self, address: JsValue, now_us: f64) -> Result<(), JsValue> {
        self.joined.hear(Act::Running(from_js(address)?), now_us as u64);
        self.record();
        Ok(())
    }

    /// Takes in that the companion is gone.
    #[wasm_bindgen(js_name = hearLost)]
    pub fn hear_lost(&mut self, now_us: f64) {
        self.joined.hear(Act::Lost {}, now_us as u64);
        self.record();
    }

    /// Forgets what was recorded. What is there goes on, and the new recording begins with it.
    #[wasm_bindgen(js_name = beginAnew)]
    pub fn begin_anew(&mut self, now_us: f64) {
        self.recording = self.recording.begun_anew();
        self.since_us = now_us as u64;
    }

    /// `TcpSummary`.
    pub fn summary(&self) -> Result<JsValue, JsValue> {
        to_js(&TcpSummary {
            events: self.recording.events(),
            lanes: self.recording.lanes(),
            full: self.recording.is_full(),
        })
    }

    /// `Moment` at a position.
    pub fn moment(&self, at: u32, language: JsValue) -> Result<JsValue, JsValue> {
        to_js(&self.recording.moment(at, from_js(language)?))
    }

    /// `EventInfo[]` from one position up to another.
    pub fn log(&self, from: u32, to: u32, language: JsValue) -> Result<JsValue, JsValue> {
        to_js(&self.recording.log(from, to, from_js(language)?))
    }

    /// The position after the nearest event that a `SearchQuery` fits; `undefined` when there is none.
    pub fn find(&self, query: JsValue) -> Result<JsValue, JsValue> {
        Ok(self.recording.find(&from_js(query)?).map_or(JsValue::UNDEFINED, JsValue::from))
    }

    /// `WindowData` for a `WindowQuery`.
    pub fn window(&self, query: JsValue) -> Result<JsValue, JsValue> {
        flat(self.recording.window(&from_js(query)?))
    }

    /// The session as the text of a file.
    pub fn write(&self) -> String {
        file::write(self.recording.entries())
    }

    /// The session that a file holds.
    pub fn read(text: &str) -> Result<Self, JsValue> {
        let entries = file::read(text)
            .map_err(|error| refused(Refusal { kind: "file".to_owned(), field: None, message: error.words() }))?;
        let last_us = entries.last().map_or(0, |entry| entry.at_us);
        Ok(Self { joined: Joined::after(last_us), recording: Recording::of(entries), since_us: 0 })
    }

    fn record(&mut self) {
        for entry in self.joined.take() {
            self.recording.push(Entry { at_us: entry.at_us.saturating_sub(self.since_us), ..entry });
        }
    }
}
