//! Ctrl-C and its relatives: children are ended, the terminal is given back, then the process ends. And Ctrl-Z, which
//! stops the process.
//!
//! Children lead process groups of their own, so the terminal's Ctrl-C does not reach them by itself.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use super::process::Processes;

/// True while a learner's program has the terminal: Ctrl-C is then meant for that program.
static LENT: AtomicBool = AtomicBool::new(false);

/// True once a signal ends this process.
static ENDING: AtomicBool = AtomicBool::new(false);

/// Returns unless a signal is ending this process: its exit code is then the signal's, and nobody else's to give.
pub(crate) fn let_signal_end() {
    while ENDING.load(Ordering::SeqCst) {
        std::thread::park();
    }
}

/// Runs `program` while Ctrl-C is left to whatever it starts.
pub(crate) fn lending_the_terminal<T>(program: impl FnOnce() -> T) -> T {
    LENT.store(true, Ordering::SeqCst);
    let result = program();
    LENT.store(false, Ordering::SeqCst);
    result
}

/// From now on, Ctrl-C, a closed terminal and a request to end all end the children first.
#[cfg(unix)]
pub(crate) fn end_children_on_interrupt(processes: &Arc<Processes>) -> anyhow::Result<()> {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM},
        iterator::Signals,
    };

    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let processes = Arc::clone(processes);
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if signal == SIGINT && LENT.load(Ordering::SeqCst) {
                continue;
            }
            ENDING.store(true, Ordering::SeqCst);
            processes.end_for_good();
            super::watch::restore_terminal();
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}

/// Stops this process as the terminal does at Ctrl-Z, until it is told to go on. Where no shell could ever tell it so, the
/// system does nothing.
#[cfg(unix)]
pub(crate) fn stop() {
    // Sent to this very thread, which so does nothing more before it is stopped.
    let _ = signal_hook::low_level::raise(signal_hook::consts::SIGTSTP);
}

#[cfg(not(unix))]
pub(crate) fn stop() {}

/// Tells from now on whenever this process goes on after it was stopped.
#[cfg(unix)]
pub(crate) fn when_it_goes_on(tell: impl Fn() + Send + 'static) -> anyhow::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([signal_hook::consts::SIGCONT])?;
    std::thread::spawn(move || signals.forever().for_each(|_| tell()));
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn when_it_goes_on(_tell: impl Fn() + Send + 'static) -> anyhow::Result<()> {
    Ok(())
}

/// Elsewhere children stay in the console's group and get Ctrl-C themselves.
#[cfg(not(unix))]
pub(crate) fn end_children_on_interrupt(_processes: &Arc<Processes>) -> anyhow::Result<()> {
    Ok(())
}
