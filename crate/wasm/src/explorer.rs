//! An exploration as JavaScript sees it: a class, typed by the declarations made from [`wire`](crate::wire).

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::Exploration;
use crate::javascript::{from_js, refused, to_js};

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
}
