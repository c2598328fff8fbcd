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

/// What the program opened itself. That whose inodes are `inherited` is nothing it waits for: a terminal or an editor may leave
/// some open to all that it starts.
fn own<'d>(descriptors: &'d [Descriptor], inherited: &HashSet<u64>) -> impl Iterator<Item = &'d Descriptor> {
    descriptors.iter().filter(|descriptor| !inherited.contains(&descriptor.inode))
}

/// True if there are pipes of the program's own.
pub(super) fn any(descriptors: &[Descriptor], inherited: &HashSet<u64>) -> bool {
    own(descriptors, inherited).any(|descriptor| descriptor.kind != Kind::Socket)
}

/// True if a pipe of the program's own may be written to, or read from, by somebody who is neither this process nor a descendant.
pub(super) fn have_peers(descriptors: &[Descriptor], ends: &Ends, inherited: &HashSet<u64>) -> bool {
    own(descriptors, inherited).any(|pipe| match pipe.kind {
        Kind::Socket => false,
        Kind::ReadsPipe => !ends.writing.contains(&pipe.inode) && !borrow::ready(pipe.number).contains(PollFlags::HUP),
        // It waits for room only while it is full.
        Kind::WritesPipe => {
            let full = !borrow::ready(pipe.number).intersects(PollFlags::OUT | PollFlags::ERR);
            full && !ends.reading.contains(&pipe.inode)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_that_was_there_before_the_program_is_none_of_its_own() {
        let descriptor = |number, inode, kind| Descriptor { number, inode, kind };
        let theirs = [descriptor(251, 7, Kind::WritesPipe), descriptor(9, 8, Kind::Socket)];
        let inherited = HashSet::from([7]);
        assert!(!any(&theirs, &inherited));
        assert!(any(&theirs, &HashSet::new()));
        let [theirs, socket] = theirs;
        assert!(any(&[theirs, socket, descriptor(10, 9, Kind::ReadsPipe)], &inherited));
    }
}
