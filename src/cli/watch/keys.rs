//! Keys and resizes of the terminal, read on a thread of their own that can be paused while a program has the
//! terminal.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::Sender,
    },
    thread,
    time::Duration,
};

use crossterm::event::{self, Event as Input, KeyEventKind};

use super::Event;

/// How long one look for a key takes, and so how long a pause may have to wait.
const LOOK: Duration = Duration::from_millis(50);

/// The thread that reads keys.
pub(super) struct Keys {
    paused: Arc<AtomicBool>,
    /// Held by the thread while it looks at the terminal.
    looking: Arc<Mutex<()>>,
}

impl Keys {
    /// Reads keys from now on.
    pub(super) fn read(events: Sender<Event>) -> Keys {
        let keys = Keys { paused: Arc::default(), looking: Arc::default() };
        let (paused, looking) = (Arc::clone(&keys.paused), Arc::clone(&keys.looking));
        thread::spawn(move || {
            loop {
                if paused.load(Ordering::SeqCst) {
                    thread::sleep(LOOK);
                    continue;
                }
                let guard = looking.lock().unwrap_or_else(PoisonError::into_inner);
                let event = match event::poll(LOOK) {
                    Ok(true) => event::read(),
                    Ok(false) => continue,
                    Err(error) => Err(error),
                };
                drop(guard);
                let sent = match event {
                    Ok(Input::Key(key)) if key.kind != KeyEventKind::Release => events.send(Event::Key(key)),
                    Ok(Input::Resize(..)) => events.send(Event::Resized),
                    Ok(_) => Ok(()),
                    Err(_) => {
                        let _ = events.send(Event::TerminalGone);
                        return;
                    }
                };
                if sent.is_err() {
                    return;
                }
            }
        });
        keys
    }

    /// Returns once the terminal is left alone.
    pub(super) fn pause(&self) {
        self.paused.store(true, Ordering::SeqCst);
        drop(self.looking.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub(super) fn go_on(&self) {
        self.paused.store(false, Ordering::SeqCst);
    }
}
