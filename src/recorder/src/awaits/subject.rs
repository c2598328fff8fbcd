//! Which channel, set or `Notify` an await is for. Tokio's instrumentation tells locks and semaphores from each other, and these
//! it does not. But all ends of a channel point to one place in memory, wherever they are moved to, and that place is known
//! from the moment when the channel was made.
#![expect(unsafe_code, reason = "no library tells from outside whether two ends are of one channel")]

use std::{
    any::type_name,
    mem::MaybeUninit,
    ops::{Deref, Range},
};

use crate::{is_on, made};

/// Where in the source of a program something is made that tasks wait for.
#[derive(Debug, PartialEq, Eq)]
pub struct Maker {
    /// The file, as the compiler names it.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1.
    pub column: u32,
}

/// A value that an await is for, or that has just been made: its bytes if they are few, and otherwise where it is. Nobody
/// looks at them before it is known from the type what they are.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    what: fn() -> (&'static str, usize),
    words: [MaybeUninit<usize>; WORDS],
}

/// So many words of a value are kept.
const WORDS: usize = 2;

impl Subject {
    /// What tells this value from others of its kind.
    pub fn of<T>(value: &T) -> Self {
        let mut words = [MaybeUninit::uninit(); WORDS];
        if size_of::<T>() <= size_of_val(&words) {
            // SAFETY: both are valid for that many bytes and do not overlap, and any bytes may be kept in these words.
            unsafe {
                std::ptr::copy_nonoverlapping(
                    (&raw const *value).cast::<u8>(),
                    words.as_mut_ptr().cast(),
                    size_of::<T>(),
                )
            }
        } else {
            words[0] = MaybeUninit::new((&raw const *value).addr());
        }
        Self { what: || (type_name::<T>(), size_of::<T>()), words }
    }

    /// The type of the value.
    pub(crate) fn what(&self) -> &'static str {
        (self.what)().0
    }

    /// Where a value is that is greater than the few words that are kept of one.
    pub(crate) fn address(&self) -> Option<usize> {
        let is_greater = (self.what)().1 > size_of_val(&self.words);
        // SAFETY: it was written for a value of that size.
        is_greater.then(|| unsafe { self.words[0].assume_init() })
    }

    /// The words of a value that consists of so many.
    ///
    /// # Safety
    /// Every byte of a value of this type is initialised if it has that size: it consists of pointers and numbers.
    pub(crate) unsafe fn words(&self, count: usize) -> Option<&[usize]> {
        let is_it = (self.what)().1 == count * size_of::<usize>() && count <= WORDS;
        // SAFETY: these words were copied from the value, of which every byte is initialised.
        is_it.then(|| unsafe { std::slice::from_raw_parts(self.words.as_ptr().cast(), count) })
    }
}

/// A value that a method is called on. `(&&&Behind(&value)).subject()` looks behind what only leads to the value, as a method
/// call does: an `Arc`, a reference, the guard of a lock.
#[derive(Debug)]
pub struct Behind<'a, T>(pub &'a T);

/// Any value.
pub trait SubjectOfAny {
    /// See [`Behind`].
    fn subject(&self) -> Subject;
}

impl<T> SubjectOfAny for Behind<'_, T> {
    fn subject(&self) -> Subject {
        Subject::of(self.0)
    }
}

/// What leads to a value.
pub trait SubjectBehindOne {
    /// See [`Behind`].
    fn subject(&self) -> Subject;
}

impl<T: Deref<Target: Sized>> SubjectBehindOne for &Behind<'_, T> {
    fn subject(&self) -> Subject {
        Subject::of(&**self.0)
    }
}

/// What leads to what leads to a value.
pub trait SubjectBehindTwo {
    /// See [`Behind`].
    fn subject(&self) -> Subject;
}

impl<T: Deref<Target: Deref<Target: Sized>>> SubjectBehindTwo for &&Behind<'_, T> {
    fn subject(&self) -> Subject {
        Subject::of(&***self.0)
    }
}

/// Of several, the one of a type that tasks wait for; nothing if it may be one or another.
pub fn only<const N: usize>(subjects: [Subject; N]) -> Option<Subject> {
    let mut known = subjects.into_iter().filter(made::is_known);
    known.next().filter(|_| known.next().is_none())
}

/// What has just been made. `(&&&Fresh(&value)).subjects()` tells both ends of a channel, and looks into an `Arc`.
#[derive(Debug)]
pub struct Fresh<'a, T>(pub &'a T);

/// Any value.
pub trait FreshAny {
    /// See [`Fresh`].
    fn subjects(&self) -> [Subject; 2];
}

impl<T> FreshAny for Fresh<'_, T> {
    fn subjects(&self) -> [Subject; 2] {
        [Subject::of(self.0); 2]
    }
}

/// What leads to a value.
pub trait FreshBehind {
    /// See [`Fresh`].
    fn subjects(&self) -> [Subject; 2];
}

impl<T: Deref<Target: Sized>> FreshBehind for &Fresh<'_, T> {
    fn subjects(&self) -> [Subject; 2] {
        [Subject::of(&**self.0); 2]
    }
}

/// Both ends of a channel.
pub trait FreshEnds {
    /// See [`Fresh`].
    fn subjects(&self) -> [Subject; 2];
}

impl<A, B> FreshEnds for &&Fresh<'_, (A, B)> {
    fn subjects(&self) -> [Subject; 2] {
        [Subject::of(&self.0.0), Subject::of(&self.0.1)]
    }
}

/// What can be made. It is implemented for everything.
pub trait Make: Sized {
    /// Says that this was made at `at`. `find` finds in it what tasks wait for; see [`Fresh`].
    fn __made(self, at: &'static Maker, find: fn(&Self) -> [Subject; 2]) -> Self {
        if is_on() {
            made::made(at, &find(&self));
        }
        self
    }
}

impl<T> Make for T {}

/// A variable whose value was made there: at the end of its scope nothing is known of that place any more.
#[derive(Debug)]
pub struct Stays(Range<usize>);

impl Stays {
    /// The variable with this value.
    pub fn here<T>(value: &T) -> Self {
        let start = (&raw const *value).addr();
        Self(start..start + size_of::<T>())
    }
}

impl Drop for Stays {
    fn drop(&mut self) {
        made::gone(self.0.clone());
    }
}
