//! The sources of the program: they tell what a recording of a run cannot.

use std::{collections::HashMap, fs};

use proc_macro2::{TokenStream, TokenTree};

use super::{
    in_hand,
    intent::{self, groups, is, tree},
    unheeded,
    workspace::root,
};
use crate::recording::{Intent, Location, Unheeded};

/// The sources that have been read, each once.
#[derive(Default)]
pub(super) struct Sources {
    files: HashMap<String, Vec<TokenTree>>,
    known: HashMap<Location, Intent>,
    lags: HashMap<Location, Option<Unheeded>>,
    end_early: HashMap<String, bool>,
}

impl Sources {
    /// What the source says of the spawn at `place`; nothing if it cannot be read.
    pub(super) fn intent(&mut self, place: &Location) -> Intent {
        if let Some(intent) = self.known.get(place) {
            return *intent;
        }
        let file = self.tokens(&place.file);
        let intent = intent::at(file, place);
        self.known.insert(place.clone(), intent);
        intent
    }

    /// How the source goes on at an await that tells of values that were missed, if it does not heed that. `what` is the
    /// type of the future.
    pub(super) fn unheeded(&mut self, place: &Location, what: &str) -> Option<Unheeded> {
        if let Some(unheeded) = self.lags.get(place) {
            return *unheeded;
        }
        let unheeded = unheeded::at(self.tokens(&place.file), place, what);
        self.lags.insert(place.clone(), unheeded);
        unheeded
    }

    /// See [`in_hand::held`].
    pub(super) fn held(&mut self, place: &Location) -> Option<u32> {
        in_hand::held(self.tokens(&place.file), place)
    }

    /// See [`in_hand::is_gone`].
    pub(super) fn is_gone(&mut self, place: &Location) -> bool {
        in_hand::is_gone(self.tokens(&place.file), place)
    }

    /// See [`in_hand::takes_from_outside`].
    pub(super) fn takes_from_outside(&mut self, place: &Location) -> bool {
        in_hand::takes_from_outside(self.tokens(&place.file), place)
    }

    /// See [`in_hand::takes_again`].
    pub(super) fn takes_again(&mut self, place: &Location) -> bool {
        in_hand::takes_again(self.tokens(&place.file), place)
    }

    /// True if a file says anywhere that tasks are ended before they are done.
    pub(super) fn ends_early(&mut self, file: &str) -> bool {
        if let Some(ends_early) = self.end_early.get(file) {
            return *ends_early;
        }
        let ends_early = END_EARLY.iter().any(|word| self.mentions(file, word));
        self.end_early.insert(file.to_string(), ends_early);
        ends_early
    }

    /// True if this word stands anywhere in a file.
    pub(super) fn mentions(&mut self, file: &str, word: &str) -> bool {
        fn stands_in(tokens: &[TokenTree], word: &str) -> bool {
            tokens.iter().any(|token| is(token, word)) || groups(tokens).any(|group| stands_in(&tree(group), word))
        }
        stands_in(self.tokens(file), word)
    }

    pub(super) fn tokens(&mut self, file: &str) -> &[TokenTree] {
        self.files.entry(file.to_string()).or_insert_with(|| read(file))
    }
}

/// What ends tasks early by name: a runtime is told not to wait for them, or their handles abort them.
const END_EARLY: [&str; 5] = ["shutdown_background", "shutdown_timeout", "abort", "abort_all", "AbortOnDropHandle"];

/// The tokens of a file; none if it cannot be read.
fn read(file: &str) -> Vec<TokenTree> {
    let tokens = fs::read_to_string(root().join(file)).ok().and_then(|source| source.parse::<TokenStream>().ok());
    tokens.into_iter().flatten().collect()
}
