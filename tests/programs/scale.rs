//! Programs that can be made as big as wanted, to see what recording costs.

use crate::{Folder, programs};

mod tasks_that_sleep;

pub(crate) const ALL: Folder = programs! {
    tasks_that_sleep
};
