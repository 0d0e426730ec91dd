//! An exploration as JavaScript sees it: a class, typed by the declarations made from [`wire`](crate::wire).

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::javascript::{from_js, refused, to_js};
use crate::{Exploration, Parts};

/// This module as the browser has compiled it, for other workers to begin with.
#[wasm_bindgen]
#[must_use]
pub fn compiled() -> JsValue {
    wasm_bindgen::module()
}

/// All that can happen in a program. It lives in a worker of its own, which is ended to cancel it.
#[wasm_bindgen]
pub struct Explorer {
    exploration: Exploration,
}

#[wasm_bindgen]
impl Explorer {
    /// The exploration that an `ExploreSpec` asks for, not begun.
    #[wasm_bindgen(constructor)]
    pub fn new(spec: JsValue) -> Result<Self, JsValue> {
        Ok(Self { exploration: Exploration::new(&from_js(spec)?).map_err(refused)? })
    }

    /// Runs up to so many executions more; answers `ExploreProgress`.
    pub fn advance(&mut self, executions: u32) -> Result<JsValue, JsValue> {
        to_js(&self.exploration.advance(executions))
    }

    /// Begins again in so many parts, each of which some `Searcher` searches.
    pub fn gather(&mut self, parts: u32) {
        self.exploration.gather(parts);
    }

    /// Takes a `PartFound`; answers `ExploreProgress`.
    pub fn join(&mut self, found: JsValue) -> Result<JsValue, JsValue> {
        to_js(&self.exploration.join(from_js(found)?))
    }

    /// Runs up to so many random runs more. Answers whether there are still some to come.
    pub fn sample(&mut self, runs: u32) -> bool {
        self.exploration.sample(runs)
    }

    /// `ExploreReport`.
    pub fn report(&mut self) -> Result<JsValue, JsValue> {
        to_js(&self.exploration.report())
    }

    /// Makes the witness of the next outcome small, or looks for the point of no return of the next bad one. Answers
    /// whether there may be more to do.
    #[wasm_bindgen(js_name = lookCloser)]
    pub fn look_closer(&mut self) -> bool {
        self.exploration.look_closer()
    }

    /// How often `lookCloser` has something left to do, among the outcomes that were told.
    #[wasm_bindgen(js_name = leftToLookAt)]
    #[must_use]
    pub fn left_to_look_at(&self) -> u32 {
        self.exploration.left_to_look_at()
    }
}

/// Searches parts of an exploration, in a worker of its own.
#[wasm_bindgen]
pub struct Searcher {
    parts: Parts,
}

#[wasm_bindgen]
impl Searcher {
    /// The parts of what an `ExploreSpec` asks for, among so many workers. Each of them gets the same.
    #[wasm_bindgen(constructor)]
    pub fn new(spec: JsValue, workers: u32) -> Result<Self, JsValue> {
        Ok(Self { parts: Parts::new(&from_js(spec)?, workers).map_err(refused)? })
    }

    /// How many parts there are.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn parts(&self) -> u32 {
        self.parts.count()
    }

    /// Searches on in a part, up to so many executions; answers `PartFound`.
    pub fn advance(&mut self, part: u32, executions: u32) -> Result<JsValue, JsValue> {
        to_js(&self.parts.advance(part, executions))
    }
}
