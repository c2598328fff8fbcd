//! The spans that are alive.

use std::sync::atomic::{AtomicU32, Ordering};

use slab::Slab;

use super::log::{Role, Span};

/// Counts all spans of the process, so that none of the next four billion has the number of this one.
static MADE: AtomicU32 = AtomicU32::new(0);

/// The place of a span that is not kept.
const NOWHERE: u64 = u32::MAX as u64;

/// A number of a span that is not kept: whoever asks for it finds nothing.
pub(super) fn unknown() -> u64 {
    number(NOWHERE)
}

/// The number of a new span: where it is kept, from 1, below which of all spans it is.
fn number(place: u64) -> u64 {
    u64::from(MADE.fetch_add(1, Ordering::Relaxed)) << 32 | place
}

/// The spans that are alive, by their numbers. Those that are made one after another lie beside each other.
#[derive(Default)]
pub(super) struct Live {
    all: Slab<(u64, Span)>,
}

/// What is known of spans while a log is read, by their numbers: in the same places as the spans were.
pub(super) struct BySpan<T> {
    all: Vec<Option<(u64, T)>>,
}

impl<T> Default for BySpan<T> {
    fn default() -> Self {
        Self { all: Vec::new() }
    }
}

impl<T: Default> BySpan<T> {
    /// What is known of a span. Whatever was in its place before is gone by now.
    pub(super) fn of(&mut self, number: u64) -> &mut T {
        let place = place(number);
        if self.all.len() <= place {
            self.all.resize_with(place + 1, || None);
        }
        let known = &mut self.all[place];
        if known.as_ref().is_none_or(|(of, _)| *of != number) {
            *known = None;
        }
        &mut known.get_or_insert_with(|| (number, T::default())).1
    }

    pub(super) fn get_mut(&mut self, number: u64) -> Option<&mut T> {
        let known = self.all.get_mut(place(number))?.as_mut();
        known.filter(|(of, _)| *of == number).map(|(_, known)| known)
    }

    pub(super) fn remove(&mut self, number: u64) -> Option<T> {
        self.all.get_mut(place(number))?.take_if(|(of, _)| *of == number).map(|(_, known)| known)
    }
}

impl Live {
    /// The number of the span that is inserted next.
    pub(super) fn next(&self) -> u64 {
        number(self.all.vacant_key() as u64 + 1)
    }

    /// Keeps a span under its number, which [`Live::next`] has told.
    pub(super) fn insert(&mut self, number: u64, span: Span) {
        self.all.insert((number, span));
    }

    pub(super) fn get(&self, number: u64) -> Option<&Span> {
        let (of, span) = self.all.get(place(number))?;
        (*of == number).then_some(span)
    }

    pub(super) fn get_mut(&mut self, number: u64) -> Option<&mut Span> {
        let (of, span) = self.all.get_mut(place(number))?;
        (*of == number).then_some(span)
    }

    /// What a span stands for; none if it is not alive.
    pub(super) fn role(&self, number: u64) -> Option<Role> {
        self.get(number).map(|span| span.role)
    }

    pub(super) fn remove(&mut self, number: u64) -> Option<Span> {
        self.get(number)?;
        Some(self.all.remove(place(number)).1)
    }
}

fn place(number: u64) -> usize {
    ((number & NOWHERE) as usize).wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_span_is_not_known_of_the_next_in_its_place() {
        let mut known = BySpan::<u8>::default();
        let (first, second) = (1 << 32 | 7, 2 << 32 | 7);
        *known.of(first) = 5;
        assert_eq!((known.get_mut(first).copied(), known.get_mut(second).copied()), (Some(5), None));
        assert_eq!((known.remove(second), *known.of(first)), (None, 5));
        assert_eq!((*known.of(second), known.remove(first), known.remove(second)), (0, None, Some(0)));
        assert!(known.get_mut(first).is_none() && known.get_mut(unknown()).is_none());
    }

    #[test]
    fn a_number_is_of_one_span_alone_also_where_its_place_is_used_again() {
        let mut live = Live::default();
        let first = live.next();
        live.insert(first, Span { references: 1, role: Role::Runtime });
        assert!(matches!(live.remove(first).map(|span| span.role), Some(Role::Runtime)));
        let second = live.next();
        live.insert(second, Span { references: 1, role: Role::Ignored });
        assert_eq!(place(first), place(second));
        assert!(live.get(first).is_none() && live.remove(first).is_none());
        assert!(matches!(live.role(second), Some(Role::Ignored)));
        assert!(live.get(unknown()).is_none());
    }
}
