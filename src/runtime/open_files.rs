//! How many files and sockets a process may have open at once. Some systems allow few as long as nobody asks for more.

/// So many are always enough: a hundred clients and their server take two sockets for each, and no exercise has more.
pub(crate) const ENOUGH: u64 = 1024;

/// Asks the system for as many as are always enough, if it allows fewer now.
pub(crate) fn allow_enough() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        if current.is_some_and(|current| current < ENOUGH) {
            let current = Some(maximum.map_or(ENOUGH, |maximum| maximum.min(ENOUGH)));
            // Where even that is refused the limit stays as it is, which `too_few` tells.
            let _ = setrlimit(Resource::Nofile, Rlimit { current, maximum });
        }
    }
}

/// How many are allowed, if they are fewer than enough and may have run out in this process.
pub(crate) fn too_few() -> Option<u64> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit};
        getrlimit(Resource::Nofile).current.filter(|allowed| *allowed < ENOUGH && may_have_run_out(*allowed))
    }
    #[cfg(not(unix))]
    None
}

/// Linux says for how many there has been room so far, which never shrinks (`FDSize` in proc_pid_status(5)): if that is less
/// than are allowed, they have never run out.
#[cfg(unix)]
fn may_have_run_out(allowed: u64) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let room = status.lines().find_map(|line| line.strip_prefix("FDSize:")?.trim().parse::<u64>().ok());
    room.is_none_or(|room| room >= allowed)
}
