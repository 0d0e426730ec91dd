//! Wire types to JavaScript's values and back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::JsValue;

use crate::wire::{Refusal, Words};

pub(crate) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

pub(crate) fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        refused(Refusal {
            kind: "message".to_owned(),
            field: None,
            message: Words {
                en: format!("the page sent what the core does not know: {error}"),
                zh: format!("页面发来了核心不认识的消息：{error}"),
            },
        })
    })
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(crate) fn refused(refusal: Refusal) -> JsValue {
    to_js(&refusal).unwrap_or_else(|error| error)
}
