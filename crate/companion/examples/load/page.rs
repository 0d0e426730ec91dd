//! A page's end of one bridged connection, and the target's.

use chanscope_companion::bridge::{FromPage, SUBPROTOCOL, ToPage};
use chanscope_companion::limits::{CREDIT_BYTES_MAX, WINDOW_BYTES_MAX};
use futures::{SinkExt, StreamExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::{Options, Result};

/// Credit is given in quarters of what may be under way.
const GIVE_AT_LEAST: u32 = WINDOW_BYTES_MAX / 4;

/// A connection, both ends of it.
pub(crate) async fn pair(options: &Options, target: &TcpListener) -> Result<(Page, TcpStream)> {
    let (page, accepted) = tokio::join!(Page::open(options), target.accept());
    let (stream, _) = accepted?;
    stream.set_nodelay(true)?;
    Ok((page?, stream))
}

/// A page's end of one connection.
pub(crate) struct Page {
    socket: WebSocketStream<TcpStream>,
    plain: bool,
    /// How much may be sent.
    credit: u32,
    /// How much was read since credit was given.
    read: u32,
    /// How many bytes were read in all.
    pub(crate) received: u64,
}

impl Page {
    async fn open(options: &Options) -> Result<Self> {
        let host = options.url.host().ok_or("the address has no host")?;
        let port = options.url.port_u16().ok_or("the address has no port")?;
        let stream = TcpStream::connect((host, port)).await?;
        stream.set_nodelay(true)?;
        let mut request = options.url.clone().into_client_request()?;
        request.headers_mut().insert("origin", format!("http://{host}:{port}").parse()?);
        let protocols = match options.plain {
            true => "binary".to_owned(),
            false => format!("{SUBPROTOCOL}, chanscope.secret.{}", options.token),
        };
        request.headers_mut().insert("sec-websocket-protocol", protocols.parse()?);
        let (socket, _) = tokio_tungstenite::client_async(request, stream).await?;
        let mut page =
            Self { socket, plain: options.plain, credit: CREDIT_BYTES_MAX, read: WINDOW_BYTES_MAX, received: 0 };
        page.give().await?;
        Ok(page)
    }

    /// Gives credit for what was read, when that is enough to be worth a message.
    async fn give(&mut self) -> Result<()> {
        if !self.plain && self.read >= GIVE_AT_LEAST {
            let message = serde_json::to_string(&FromPage::Credit { bytes: self.read })?;
            self.read = 0;
            self.socket.send(Message::text(message)).await?;
        }
        Ok(())
    }

    /// Reads what comes next; control messages are obeyed.
    pub(crate) async fn hear(&mut self) -> Result<()> {
        match self.socket.next().await.ok_or("the bridge closed")?? {
            Message::Binary(bytes) => {
                self.received += bytes.len() as u64;
                self.read = self.read.wrapping_add(u32::try_from(bytes.len())?);
                self.give().await
            }
            Message::Text(text) if !self.plain => {
                if let ToPage::Credit { bytes } = serde_json::from_str(&text)? {
                    self.credit += bytes;
                }
                Ok(())
            }
            Message::Close(frame) => Err(format!("the bridge closed: {frame:?}").into()),
            _ => Ok(()),
        }
    }

    pub(crate) async fn send(&mut self, bytes: &Message) -> Result<()> {
        let count = u32::try_from(bytes.len())?;
        while !self.plain && self.credit < count {
            self.hear().await?;
        }
        self.credit = self.credit.wrapping_sub(count);
        Ok(self.socket.send(bytes.clone()).await?)
    }

    /// Closes, the target after it, and waits until the bridge has closed as well: some wait for both.
    pub(crate) async fn close(mut self, target: TcpStream) -> Result<()> {
        self.socket.close(None).await?;
        drop(target);
        while self.socket.next().await.is_some_and(|message| message.is_ok()) {}
        Ok(())
    }
}
