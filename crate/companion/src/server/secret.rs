//! The secret that the served page shows when it asks for more than files.
//!
//! Other programs of this machine can fetch it, as they could read this process's memory: it keeps out pages of other
//! origins, which can send requests here but cannot read answers.

use subtle::ConstantTimeEq;

/// 128 bits, made at each start.
const SECRET_BYTES: usize = 16;

/// The secret of one run of the companion.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// A new one from the system's randomness.
    ///
    /// # Errors
    ///
    /// When the system has none.
    pub fn fresh() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; SECRET_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// One that somebody else knows already, for measuring.
    pub fn known(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether a text is the secret, in a time that depends on nothing but the texts' lengths.
    pub(super) fn is(&self, text: &str) -> bool {
        self.0.as_bytes().ct_eq(text.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_start_has_its_own() {
        let secrets = [Secret::fresh().unwrap(), Secret::fresh().unwrap()];
        assert!(secrets.iter().all(|secret| secret.text().len() == 32));
        assert_ne!(secrets[0].text(), secrets[1].text());
    }

    #[test]
    fn only_the_whole_secret_is_the_secret() {
        let secret = Secret::known("0123456789abcdef");
        assert!(secret.is("0123456789abcdef"));
        for other in ["", "0123456789abcde", "0123456789abcdef0", "0123456789abcdeF", "1123456789abcdef"] {
            assert!(!secret.is(other), "{other}");
        }
    }
}
