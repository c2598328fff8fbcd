//! The runs that a check made, and which of them its assertions speak of: what is shown with a failure is the run that
//! failed, not the one that happened to be the last.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use crate::{recording::Recording, report::Finding};

/// What is kept of a run for the verdict.
pub(super) struct Ran {
    pub(super) recording: Rc<Recording>,
    /// What is wrong with it, whatever the check asks for.
    pub(super) findings: Vec<Finding>,
    /// True if a thread that it started is still running.
    pub(super) thread_left: bool,
}

/// All runs of a check, in order.
#[derive(Default)]
pub(super) struct Runs {
    all: RefCell<Vec<Ran>>,
    /// The run that was asked last.
    asked: Cell<usize>,
}

impl Runs {
    /// Adds a run, which what is asserted next speaks of.
    pub(super) fn add(self: &Rc<Self>, ran: Ran) -> Subject {
        self.all.borrow_mut().push(ran);
        let subject = Subject { runs: self.clone(), nth: self.all.borrow().len() - 1 };
        subject.is_asked();
        subject
    }

    /// Takes the run that was asked last, with which a failed assertion has to do; none if there was no run.
    pub(super) fn asked(&self) -> Option<Ran> {
        let mut all = self.all.borrow_mut();
        (self.asked.get() < all.len()).then(|| all.swap_remove(self.asked.get()))
    }

    /// Takes the first run of which this holds.
    pub(super) fn first(&self, holds: impl Fn(&Ran) -> bool) -> Option<Ran> {
        let mut all = self.all.borrow_mut();
        all.iter().position(holds).map(|nth| all.swap_remove(nth))
    }

    /// Takes the last run.
    pub(super) fn last(&self) -> Option<Ran> {
        self.all.borrow_mut().pop()
    }
}

/// One of the runs, as the subject of assertions.
pub(super) struct Subject {
    runs: Rc<Runs>,
    nth: usize,
}

impl Subject {
    /// What is asserted next speaks of this run.
    pub(super) fn is_asked(&self) {
        self.runs.asked.set(self.nth);
    }
}
