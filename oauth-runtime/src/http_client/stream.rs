//! A body as it comes.

use std::fmt;
use std::pin::Pin;

use bytes::Bytes;
use http_body::Body;
use http_body_util::BodyExt as _;

use crate::http_client::error::{BoxError, TransportError};

/// The body of a response, chunk by chunk.
pub struct BodyStream(Pin<Box<dyn Body<Data = Bytes, Error = TransportError> + Send>>);

impl BodyStream {
    /// Takes over a body.
    pub fn new<B>(body: B) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Box::pin(body.map_err(TransportError::from_body)))
    }

    /// The next chunk; `None` when there is none left.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if the connection breaks before the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        while let Some(frame) = self.0.frame().await {
            // What is not data are trailers, which no API of a provider has.
            if let Ok(data) = frame?.into_data() {
                return Ok(Some(data));
            }
        }
        Ok(None)
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyStream")
    }
}
