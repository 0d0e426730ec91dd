//! The close codes of the companion's WebSockets.

/// Why a WebSocket is closed: one for each reason that somebody would want to tell apart. The numbers are part of the
/// protocol; 4000 to 4999 are for private use (RFC 6455, 7.4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum CloseCode {
    /// Both sides have ended their half.
    Finished = 1000,
    /// The companion ends.
    GoingAway = 1001,
    /// The other side does not speak WebSocket as RFC 6455 has it.
    ProtocolError = 1002,
    /// A text that is not UTF-8.
    NotUtf8 = 1007,
    /// A message longer than [`MESSAGE_BYTES_MAX`](crate::bridge::MESSAGE_BYTES_MAX).
    TooBig = 1009,
    /// Nobody listens at the target.
    Refused = 4000,
    /// The target did not answer in time.
    DialTimedOut = 4001,
    /// The page was silent for too long, pongs included.
    Idle = 4002,
    /// The clock server died while the connection was open.
    ServerDied = 4003,
    /// The target reset the connection.
    Reset = 4004,
    /// The page sent more bytes than it had credit for, or gave more credit than there can be.
    CreditExceeded = 4005,
    /// A control message that cannot be read, or that has no place here; data after the end.
    Misused = 4006,
    /// There are as many connections as there may be.
    TooMany = 4007,
}

impl CloseCode {
    /// Every one.
    pub const ALL: [Self; 13] = [
        Self::Finished,
        Self::GoingAway,
        Self::ProtocolError,
        Self::NotUtf8,
        Self::TooBig,
        Self::Refused,
        Self::DialTimedOut,
        Self::Idle,
        Self::ServerDied,
        Self::Reset,
        Self::CreditExceeded,
        Self::Misused,
        Self::TooMany,
    ];

    /// The one with a number; none for a number that the companion does not use.
    pub fn numbered(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.number() == number)
    }

    /// The number on the wire.
    pub fn number(self) -> u16 {
        self as u16
    }

    /// A few words beside the number, for whoever looks at the frames.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Finished => "",
            Self::GoingAway => "the companion ends",
            Self::ProtocolError => "not a WebSocket frame",
            Self::NotUtf8 => "not UTF-8",
            Self::TooBig => "the message is too long",
            Self::Refused => "connection refused",
            Self::DialTimedOut => "the connection timed out",
            Self::Idle => "no answer to pings",
            Self::ServerDied => "the server died",
            Self::Reset => "connection reset by peer",
            Self::CreditExceeded => "more than there was credit for",
            Self::Misused => "a message out of place",
            Self::TooMany => "too many connections",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_close_code_is_found_by_its_number() {
        for code in CloseCode::ALL {
            assert_eq!(CloseCode::numbered(code.number()), Some(code));
        }
        assert_eq!(CloseCode::numbered(1006), None);
    }
}
