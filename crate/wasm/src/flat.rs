//! Windows as JavaScript gets them: typed arrays, which can be moved to the page.

use js_sys::{Object, Reflect, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::JsValue;

use crate::wire::WindowData;

/// A window with its lists as typed arrays.
pub(crate) fn flat(window: WindowData) -> Result<JsValue, JsValue> {
    let WindowData { dense, spans, marks, arrows, actors, density } = window;
    let data = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&data, &name.into(), &value).map(|_| ());
    set("dense", dense.into())?;
    set("spans", Uint32Array::from(&spans[..]).into())?;
    set("marks", Uint32Array::from(&marks[..]).into())?;
    set("arrows", Uint32Array::from(&arrows[..]).into())?;
    set("actors", Uint32Array::from(&actors[..]).into())?;
    set("density", Uint8Array::from(&density[..]).into())?;
    Ok(data.into())
}
