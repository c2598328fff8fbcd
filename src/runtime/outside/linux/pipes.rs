//! Pipes whose other end is elsewhere.

use std::collections::HashSet;

use rustix::event::PollFlags;

use super::{
    borrow,
    descriptors::{Descriptor, Kind},
};

/// The ends of pipes that this process and its descendants hold, by their inodes.
#[derive(Clone, Debug, Default)]
pub(super) struct Ends {
    pub(super) reading: HashSet<u64>,
    pub(super) writing: HashSet<u64>,
    /// Sockets among them: who reads or writes one is judged with the sockets.
    pub(super) sockets: HashSet<u64>,
}

impl Ends {
    pub(super) fn of(descriptors: &[Descriptor]) -> Self {
        let mut ends = Self::default();
        ends.add(descriptors);
        ends
    }

    pub(super) fn add(&mut self, descriptors: &[Descriptor]) {
        for descriptor in descriptors {
            let set = match descriptor.kind {
                Kind::Socket => &mut self.sockets,
                Kind::ReadsPipe => &mut self.reading,
                Kind::WritesPipe => &mut self.writing,
            };
            set.insert(descriptor.inode);
        }
    }
}

/// True if one of this process's own pipes may be written to, or read from, by somebody who is neither this process nor a
/// descendant. Those whose inodes are `inherited` are nothing the program waits for.
pub(super) fn have_peers(descriptors: &[Descriptor], ends: &Ends, inherited: &HashSet<u64>) -> bool {
    let own = descriptors.iter().filter(|descriptor| !inherited.contains(&descriptor.inode));
    own.into_iter().any(|pipe| match pipe.kind {
        Kind::Socket => false,
        Kind::ReadsPipe => !ends.writing.contains(&pipe.inode) && !borrow::ready(pipe.number).contains(PollFlags::HUP),
        // It waits for room only while it is full.
        Kind::WritesPipe => {
            let full = !borrow::ready(pipe.number).intersects(PollFlags::OUT | PollFlags::ERR);
            full && !ends.reading.contains(&pipe.inode)
        }
    })
}
