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

use crossterm::event::{self, Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::Event;

/// How long one look for a key takes, and so how long a pause may have to wait.
const LOOK: Duration = Duration::from_millis(50);

/// A key that means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Next,
    Previous,
    Again,
    Hint,
    List,
    Run,
    Book,
    Picture,
    Quit,
    Other,
}

impl From<KeyEvent> for Key {
    fn from(key: KeyEvent) -> Key {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('c' | 'd') if control => Key::Quit,
            KeyCode::Char('n') => Key::Next,
            KeyCode::Char('p') => Key::Previous,
            KeyCode::Char('h') => Key::Hint,
            KeyCode::Char('l') => Key::List,
            KeyCode::Char('r') => Key::Run,
            KeyCode::Char('b') => Key::Book,
            KeyCode::Char('t') => Key::Picture,
            KeyCode::Char('q') => Key::Quit,
            KeyCode::Enter => Key::Again,
            _ => Key::Other,
        }
    }
}

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
                    Ok(Input::Key(key)) if key.kind != KeyEventKind::Release => events.send(Event::Key(key.into())),
                    Ok(Input::Resize(..)) => events.send(Event::Resized),
                    Ok(_) => Ok(()),
                    // The terminal is gone.
                    Err(_) => events.send(Event::Key(Key::Quit)),
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
