//! A program in a real pseudo-terminal: what it shows, when, and what it does with the keys.

use std::{
    fs::File,
    io::{Read, Write},
    os::{fd::OwnedFd, unix::ffi::OsStrExt},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    pty::{self, OpenptFlags},
    termios::{self, Termios, Winsize},
};

/// How long to wait for something that should come; generous, since it is only reached when a test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program and the terminal it runs in.
pub(crate) struct Terminal {
    child: Child,
    master: File,
    /// Kept open, so that the terminal can still be asked for its settings once the program has ended.
    slave: OwnedFd,
    /// Its settings before the program was started.
    settings_before: String,
    output: Receiver<(Instant, Vec<u8>)>,
    /// What was shown and not yet waited for.
    unread: String,
}

impl Terminal {
    /// Starts a program in a terminal of 80 columns and 24 rows.
    pub(crate) fn start(command: &mut Command) -> Terminal {
        let master = pty::openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        pty::grantpt(&master).unwrap();
        pty::unlockpt(&master).unwrap();
        let name = pty::ptsname(&master, Vec::new()).unwrap();
        let path = std::path::Path::new(std::ffi::OsStr::from_bytes(name.as_bytes()));
        let slave: OwnedFd = File::options().read(true).write(true).open(path).unwrap().into();
        termios::tcsetwinsize(&slave, Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
        let settings_before = settings_of(&slave);
        let end = || Stdio::from(slave.try_clone().unwrap());
        let child = command.stdin(end()).stdout(end()).stderr(end()).env("NO_COLOR", "1").spawn().unwrap();
        let master = File::from(master);
        let (sender, output) = mpsc::channel();
        let mut reader = master.try_clone().unwrap();
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        Terminal { child, master, slave, settings_before, output, unread: String::new() }
    }

    /// Waits until a text is shown that was not there at the end of the last wait; returns when that was, and
    /// everything shown up to it.
    pub(crate) fn wait_for(&mut self, text: &str) -> (Instant, String) {
        let deadline = Instant::now() + PATIENCE;
        let mut shown_at = Instant::now();
        loop {
            if let Some(position) = self.unread.find(text) {
                let rest = self.unread.split_off(position + text.len());
                return (shown_at, std::mem::replace(&mut self.unread, rest));
            }
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok((at, bytes)) => {
                    shown_at = at;
                    self.unread += &String::from_utf8_lossy(&bytes);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("'{text}' was never shown, but: {}", self.unread)
                }
            }
        }
    }

    /// Types.
    pub(crate) fn press(&mut self, keys: &str) {
        self.master.write_all(keys.as_bytes()).unwrap();
    }

    /// The number of the process.
    #[allow(dead_code, reason = "measure.rs has no use for it")]
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How the terminal is set: echo, line by line, and so on.
    #[allow(dead_code, reason = "measure.rs has no use for it")]
    pub(crate) fn settings(&self) -> String {
        settings_of(&self.slave)
    }

    /// The settings it had before the program was started.
    #[allow(dead_code, reason = "measure.rs has no use for it")]
    pub(crate) fn settings_before(&self) -> &str {
        &self.settings_before
    }

    /// Waits for the end of the program.
    pub(crate) fn end(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn settings_of(slave: &OwnedFd) -> String {
    let Termios { input_modes, output_modes, control_modes, local_modes, .. } = termios::tcgetattr(slave).unwrap();
    format!("{input_modes:?} {output_modes:?} {control_modes:?} {local_modes:?}")
}
