//! Child processes that can be ended, with everything they started, from any thread.
//!
//! A learner's program may loop, fork or flood. Each child therefore leads a process group of its own, and a
//! [`Running`] that goes out of scope ends the whole group. Work that was overtaken by a newer save finds that its
//! [`Ticket`] is no longer valid.

use std::{
    collections::BTreeSet,
    io::{self, Read},
    process::{Child, Command, ExitStatus},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

/// How often a child that may have ended is looked at.
const LOOK: Duration = Duration::from_millis(2);

/// How long a process that was killed may take to be gone, on a busy machine.
const GONE_WITHIN: Duration = Duration::from_secs(2);

/// How long a pipe is read on after its process has ended, in case an escaped grandchild holds it open.
const AFTERMATH: Duration = Duration::from_millis(200);

/// Every child of this process.
#[derive(Default)]
pub(crate) struct Processes {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Counts the calls of [`Processes::end_all`]; a ticket of an earlier time starts nothing any more.
    generation: u64,
    alive: BTreeSet<u32>,
    /// True once this process itself is about to end: nothing is started any more.
    closed: bool,
}

impl Processes {
    pub(crate) fn new() -> Arc<Processes> {
        Arc::default()
    }

    /// Leave to start children, until the next [`Processes::end_all`].
    pub(crate) fn ticket(self: &Arc<Self>) -> Ticket {
        Ticket { generation: self.lock().generation, processes: Arc::clone(self) }
    }

    /// Ends every child and its children, takes back every ticket, and waits until they are gone: a process that was
    /// killed still takes its moment to end.
    pub(crate) fn end_all(&self) {
        let mut state = self.lock();
        state.generation += 1;
        state.alive.iter().copied().for_each(end_group);
        let deadline = Instant::now() + GONE_WITHIN;
        while state.alive.iter().copied().any(group_lives) && Instant::now() < deadline {
            thread::sleep(LOOK);
        }
    }

    /// Does the same once and for all: no new ticket helps. Elsewhere Ctrl-C ends this process before it could.
    #[cfg(unix)]
    pub(crate) fn end_for_good(&self) {
        self.lock().closed = true;
        self.end_all();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Leave to start children.
#[derive(Clone)]
pub(crate) struct Ticket {
    generation: u64,
    processes: Arc<Processes>,
}

/// The work was overtaken by newer work, and its children were ended.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
pub(crate) struct Overtaken;

impl Ticket {
    /// Whether the work is still wanted.
    pub(crate) fn check(&self) -> Result<(), Overtaken> {
        if self.processes.lock().generation == self.generation { Ok(()) } else { Err(Overtaken) }
    }

    /// Starts a child as the leader of its own process group.
    pub(crate) fn spawn(&self, command: &mut Command) -> anyhow::Result<Running> {
        lead_group(command);
        // Held while spawning, so that `end_all` either prevents the child or knows of it.
        let mut state = self.processes.lock();
        if state.closed || state.generation != self.generation {
            return Err(Overtaken.into());
        }
        let child = command.spawn()?;
        state.alive.insert(child.id());
        drop(state);
        Ok(Running { child, ticket: self.clone() })
    }
}

/// A child that is ended, with its group, when this goes out of scope.
pub(crate) struct Running {
    pub(crate) child: Child,
    ticket: Ticket,
}

impl Running {
    /// Waits for the end of the child, looking in between whether `patience` is out.
    ///
    /// None if it had to be ended.
    pub(crate) fn wait_while(&mut self, mut patience: impl FnMut() -> bool) -> io::Result<Option<ExitStatus>> {
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(Some(status));
            }
            if !patience() {
                end_group(self.child.id());
                self.child.wait()?;
                return Ok(None);
            }
            thread::sleep(LOOK);
        }
    }

    /// Waits for the end of the child, until a deadline. None if it had to be ended.
    pub(crate) fn wait_until(&mut self, deadline: Instant) -> io::Result<Option<ExitStatus>> {
        self.wait_while(|| Instant::now() < deadline)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut state = self.ticket.processes.lock();
        // On unix even if the child has ended by itself: what it started may go on, and bears the group's number.
        if cfg!(unix) || matches!(self.child.try_wait(), Ok(None)) {
            end_group(self.child.id());
        }
        // Before it is forgotten, so that whoever ends all finds it either there or gone.
        let _ = self.child.wait();
        state.alive.remove(&self.child.id());
    }
}

/// Reads a pipe to its end on a thread of its own, so that the writer never blocks, and keeps the last `cap` bytes.
pub(crate) struct Tail {
    text: mpsc::Receiver<Vec<u8>>,
}

impl Tail {
    pub(crate) fn of(mut pipe: impl Read + Send + 'static, cap: usize) -> Tail {
        let (sender, text) = mpsc::channel();
        thread::spawn(move || {
            let mut kept = Vec::new();
            let mut buffer = [0; 8192];
            while let Ok(count @ 1..) = pipe.read(&mut buffer) {
                kept.extend_from_slice(&buffer[..count]);
                if kept.len() > 2 * cap {
                    kept.drain(..kept.len() - cap);
                }
            }
            let _ = sender.send(kept);
        });
        Tail { text }
    }

    /// What was kept; nothing if the pipe does not end.
    pub(crate) fn text(self) -> String {
        self.text_within(AFTERMATH).unwrap_or_default()
    }

    /// What was kept, if the pipe ends in this time.
    pub(crate) fn text_within(self, time: Duration) -> Option<String> {
        let kept = self.text.recv_timeout(time).ok()?;
        Some(String::from_utf8_lossy(&kept).into_owned())
    }
}

#[cfg(unix)]
fn lead_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(unix)]
fn end_group(leader: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        // Fails only if nobody is left to end.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// True as long as any process of the group is there.
#[cfg(unix)]
fn group_lives(leader: u32) -> bool {
    use rustix::process::{Pid, test_kill_process_group};
    let group = i32::try_from(leader).ok().and_then(Pid::from_raw);
    group.is_some_and(|group| test_kill_process_group(group).is_ok())
}

#[cfg(not(unix))]
fn lead_group(_command: &mut Command) {}

/// `taskkill` returns when it is done.
#[cfg(not(unix))]
fn group_lives(_leader: u32) -> bool {
    false
}

#[cfg(not(unix))]
fn end_group(leader: u32) {
    use std::process::Stdio;
    let mut taskkill = Command::new("taskkill");
    taskkill.args(["/T", "/F", "/PID", &leader.to_string()]);
    let _ = taskkill.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}
