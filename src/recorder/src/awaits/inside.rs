//! What a read had taken in when it was dropped. No read says so by a method, but those of tokio that keep bytes to themselves
//! tell it in their `Debug` text.

use std::{any::type_name, fmt::Debug};

/// A future that is about to be dropped. `(&&Inside(&future)).taken()` tells how many bytes it has taken from its source and
/// would take along; nothing if it has taken none, or if that is not known.
#[derive(Debug)]
pub struct Inside<'a, F>(pub &'a F);

/// Any future.
pub trait TakenByAny {
    /// See [`Inside`].
    fn taken(&self) -> Option<u64>;
}

impl<F> TakenByAny for Inside<'_, F> {
    fn taken(&self) -> Option<u64> {
        None
    }
}

/// A future that can be looked into.
pub trait TakenByKnown {
    /// See [`Inside`].
    fn taken(&self) -> Option<u64>;
}

impl<F: Debug> TakenByKnown for &Inside<'_, F> {
    fn taken(&self) -> Option<u64> {
        is_known(type_name::<F>()).then(|| bytes(&format!("{:?}", self.0))).flatten()
    }
}

/// True for a read, with or without a deadline, of which all is tokio's: no code of the program is run by a look at it.
fn is_known(what: &str) -> bool {
    let mut parts = what.split(|c: char| !(c.is_alphanumeric() || "_:".contains(c))).filter(|part| part.contains("::"));
    let read = what.strip_prefix("tokio::time::timeout::Timeout<").unwrap_or(what);
    let reads = ["line::ReadLine<", "exact::ReadExact<", "to_string::ReadToString<"];
    let is_read =
        read.strip_prefix("tokio::io::util::read_").is_some_and(|read| reads.iter().any(|of| read.starts_with(of)));
    is_read && parts.all(|part| ["tokio::", "core::", "alloc::", "std::"].iter().any(|own| part.starts_with(own)))
}

/// The bytes that a read has taken in and not handed out.
fn bytes(text: &str) -> Option<u64> {
    let number = |name: &str| {
        let (_, after) = text.rsplit_once(name)?;
        let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        after[..end].parse::<u64>().ok()
    };
    let taken = match text.contains("ReadExact { ") {
        true => number("filled: ").filter(|filled| number("capacity: ").is_some_and(|all| *filled < all)),
        false => number(", read: "),
    };
    taken.filter(|taken| *taken > 0)
}

#[cfg(test)]
mod tests {
    use std::{
        future::Future,
        pin::{Pin, pin},
        task::{Context, Waker},
        time::Duration,
    };

    use tokio::{
        io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex},
        time::timeout,
    };

    use super::*;

    fn poll<F: Future>(future: &mut Pin<&mut F>) -> bool {
        future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
    }

    async fn with_half_a_line() -> (BufReader<DuplexStream>, DuplexStream) {
        let (here, mut there) = duplex(64);
        there.write_all(b"hel").await.unwrap();
        (BufReader::new(here), there)
    }

    #[tokio::test]
    async fn a_read_that_is_not_done_tells_how_many_bytes_it_has_taken() {
        let (mut reader, mut there) = with_half_a_line().await;
        let mut line = String::new();
        let mut read = pin!(reader.read_line(&mut line));
        assert_eq!((&&Inside(&*read)).taken(), None, "not polled");
        assert!(!poll(&mut read));
        assert_eq!((&&Inside(&*read)).taken(), Some(3));
        there.write_all(b"lo\n").await.unwrap();
        assert!(poll(&mut read));
        assert_eq!((&&Inside(&*read)).taken(), None, "it has handed them out");
    }

    #[tokio::test]
    async fn a_read_into_a_buffer_that_is_not_full_tells_it_too() {
        let (mut reader, mut there) = with_half_a_line().await;
        let mut buffer = [0; 5];
        let mut read = pin!(timeout(Duration::from_secs(1), reader.read_exact(&mut buffer)));
        assert!(!poll(&mut read));
        assert_eq!((&&Inside(&*read)).taken(), Some(3));
        there.write_all(b"lo").await.unwrap();
        assert!(poll(&mut read));
        assert_eq!((&&Inside(&*read)).taken(), None, "the buffer is full");
    }

    #[tokio::test]
    async fn a_read_of_a_string_tells_it_and_one_that_hands_out_at_once_does_not() {
        let (mut reader, _there) = with_half_a_line().await;
        let mut text = String::new();
        let mut read = pin!(reader.read_to_string(&mut text));
        assert!(!poll(&mut read));
        assert_eq!((&&Inside(&*read)).taken(), Some(3));
        let (mut reader, _there) = with_half_a_line().await;
        let mut bytes = Vec::new();
        let mut read = pin!(reader.read_until(b'\n', &mut bytes));
        assert!(!poll(&mut read));
        assert_eq!((&&Inside(&*read)).taken(), None);
    }
}
