//! The session as JavaScript sees it: a class, typed by the declarations made from [`wire`](crate::wire).

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::flat::flat;
use crate::javascript::{from_js, refused, to_js};
use crate::{Session, read_link};

/// One reader's core. Every method that can be refused throws a `Refusal`.
#[wasm_bindgen]
#[derive(Default)]
pub struct Core {
    session: Session,
}

#[wasm_bindgen]
impl Core {
    /// A core in which nothing has been run.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins the run of a `RunSpec`.
    pub fn begin(&mut self, spec: JsValue) -> Result<(), JsValue> {
        self.session.begin(&from_js(spec)?).map_err(refused)
    }

    /// Records up to so many steps more; answers `Progress`.
    pub fn advance(&mut self, steps: u32) -> Result<JsValue, JsValue> {
        to_js(&self.session.advance(steps).map_err(refused)?)
    }

    /// `RunSummary`.
    pub fn summary(&self) -> Result<JsValue, JsValue> {
        to_js(&self.session.summary().map_err(refused)?)
    }

    /// `Moment` at a position.
    pub fn moment(&self, at: u32, language: JsValue) -> Result<JsValue, JsValue> {
        to_js(&self.session.moment(at, from_js(language)?).map_err(refused)?)
    }

    /// `EventInfo[]` from one position up to another.
    pub fn log(&self, from: u32, to: u32, language: JsValue) -> Result<JsValue, JsValue> {
        to_js(&self.session.log(from, to, from_js(language)?).map_err(refused)?)
    }

    /// The position after the nearest event that a `SearchQuery` fits; `undefined` when there is none.
    pub fn find(&self, query: JsValue) -> Result<JsValue, JsValue> {
        let found = self.session.find(from_js(query)?).map_err(refused)?;
        Ok(found.map_or(JsValue::UNDEFINED, JsValue::from))
    }

    /// `WindowData` for a `WindowQuery`.
    pub fn window(&self, query: JsValue) -> Result<JsValue, JsValue> {
        flat(self.session.window(&from_js(query)?).map_err(refused)?)
    }

    /// `Around` for the event that leads to a position.
    pub fn around(&self, at: u32) -> Result<JsValue, JsValue> {
        to_js(&self.session.around(at).map_err(refused)?)
    }

    /// `number[]`: the positions after the events that had the value of the event that leads to a position.
    pub fn journey(&self, at: u32) -> Result<JsValue, JsValue> {
        to_js(&self.session.journey(at).map_err(refused)?)
    }

    /// Runs a `RunSpec` beside the run at hand; answers `Comparison`.
    pub fn compare(&mut self, spec: JsValue) -> Result<JsValue, JsValue> {
        to_js(&self.session.compare(&from_js(spec)?).map_err(refused)?)
    }

    /// `WindowData` of the run that is compared with.
    #[wasm_bindgen(js_name = otherWindow)]
    pub fn other_window(&self, query: JsValue) -> Result<JsValue, JsValue> {
        flat(self.session.other_window(&from_js(query)?).map_err(refused)?)
    }

    /// `EventInfo[]` of the run that is compared with.
    #[wasm_bindgen(js_name = otherLog)]
    pub fn other_log(&self, from: u32, to: u32, language: JsValue) -> Result<JsValue, JsValue> {
        to_js(&self.session.other_log(from, to, from_js(language)?).map_err(refused)?)
    }

    /// `Moves` at a position.
    pub fn moves(&self, at: u32, every: bool, language: JsValue) -> Result<JsValue, JsValue> {
        to_js(&self.session.moves(at, every, from_js(language)?).map_err(refused)?)
    }

    /// The `RunSpec` that takes a choice at a position.
    pub fn choose(&self, at: u32, choice: &str) -> Result<JsValue, JsValue> {
        to_js(&self.session.choose(at, choice).map_err(refused)?)
    }

    /// The `Place` of a fragment; `undefined` for an empty one.
    #[wasm_bindgen(js_name = readLink)]
    pub fn read_link(&self, fragment: &str) -> Result<JsValue, JsValue> {
        match read_link(fragment).map_err(refused)? {
            None => Ok(JsValue::UNDEFINED),
            Some(place) => to_js(&place),
        }
    }

    /// The fragment for a moment of the finished run.
    #[wasm_bindgen(js_name = writeLink)]
    pub fn write_link(&self, at: u32, with_digest: bool) -> Result<String, JsValue> {
        self.session.write_link(at, with_digest).map_err(refused)
    }

    /// `{from, to}` where the finished run parts from the one with this digest; `undefined` when it does not.
    #[wasm_bindgen(js_name = compareDigest)]
    pub fn compare_digest(&self, digest: &str) -> Result<JsValue, JsValue> {
        let Some(difference) = self.session.compare_digest(digest).map_err(refused)? else {
            return Ok(JsValue::UNDEFINED);
        };
        let end = self.session.events().map_err(refused)?;
        let parts = Object::new();
        Reflect::set(&parts, &"from".into(), &difference.from.into())?;
        Reflect::set(&parts, &"to".into(), &difference.to.unwrap_or(end).into())?;
        Ok(parts.into())
    }
}

/// The page does not ask for this: what it lists was written down when it was built.
#[cfg(feature = "every")]
#[wasm_bindgen]
impl Core {
    /// `ScenarioInfo[]`.
    pub fn catalogue(&self) -> Result<JsValue, JsValue> {
        to_js(&crate::catalogue())
    }
}
