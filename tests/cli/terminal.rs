//! A program in a real pseudo-terminal: what its screen shows, when, and what it does with the keys.

use std::{
    fs::File,
    io::{Read, Write},
    num::NonZero,
    os::{fd::OwnedFd, unix::ffi::OsStrExt},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    process::{Pid, Signal, WaitOptions, kill_process, waitpid},
    pty::{self, OpenptFlags},
    termios::{self, OptionalActions, Termios, Winsize},
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
    termios_before: Termios,
    output: Receiver<(Instant, Vec<u8>)>,
    emulator: vt100::Parser,
    /// When something was shown last.
    shown_at: Instant,
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
        let (columns, rows) = (80, 24);
        set_size(&slave, columns, rows);
        let settings_before = settings_of(&slave);
        let termios_before = termios::tcgetattr(&slave).unwrap();
        let end = || Stdio::from(slave.try_clone().unwrap());
        // What the screen looks like must not depend on the terminal the tests are run in.
        if command.get_envs().all(|(name, _)| name != "TERM") {
            command.env("TERM", "xterm-256color");
        }
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
        let emulator = vt100::Parser::new(positive(rows), positive(columns), 0);
        Terminal { child, master, slave, settings_before, termios_before, output, emulator, shown_at: Instant::now() }
    }

    /// Waits until the screen shows a text; returns when that was.
    pub(crate) fn wait_for(&mut self, text: &str) -> Instant {
        self.wait_until(text, |screen| screen.contains(text))
    }

    /// Waits until the screen is as it should be, which is told in words if it never is; returns when that was.
    pub(crate) fn wait_until(&mut self, what: &str, is_so: impl Fn(&str) -> bool) -> Instant {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let screen = self.screen();
            if is_so(&screen) {
                return self.shown_at;
            }
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok((at, bytes)) => {
                    self.shown_at = at;
                    self.emulator.process(&bytes);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("'{what}' was never shown, but:\n{screen}")
                }
            }
        }
    }

    /// The rows of the screen as they are known now.
    pub(crate) fn screen(&self) -> String {
        let (_, columns) = self.emulator.screen().size();
        let rows = self.emulator.screen().rows(0, columns.get());
        rows.map(|row| row.trim_end().to_string() + "\n").collect()
    }

    /// True while a program has the alternate screen.
    #[allow(dead_code, reason = "measure.rs has no use for it")]
    pub(crate) fn is_on_alternate_screen(&self) -> bool {
        self.emulator.screen().alternate_screen()
    }

    /// True if the cursor can be seen.
    #[allow(dead_code, reason = "measure.rs has no use for it")]
    pub(crate) fn shows_cursor(&self) -> bool {
        !self.emulator.screen().hide_cursor()
    }

    /// Types.
    pub(crate) fn press(&mut self, keys: &str) {
        self.master.write_all(keys.as_bytes()).unwrap();
    }

    /// Gives the terminal another size.
    #[allow(dead_code, reason = "measure.rs has no use for it")]
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.emulator.screen_mut().set_size(positive(rows), positive(columns));
        set_size(&self.slave, columns, rows);
        // A terminal does so itself for the session it controls, which this is not.
        self.signal(Signal::WINCH);
    }

    /// Sends the program a signal.
    #[allow(dead_code, reason = "measure.rs has no use for it")]
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits until the program is stopped, as by Ctrl-Z.
    #[allow(dead_code, reason = "measure.rs has no use for it")]
    pub(crate) fn wait_until_stopped(&self) {
        let deadline = Instant::now() + PATIENCE;
        let looks =
            || waitpid(Some(Pid::from_child(&self.child)), WaitOptions::UNTRACED | WaitOptions::NOHANG).unwrap();
        while !looks().is_some_and(|(_, status)| status.stopped()) {
            assert!(Instant::now() < deadline, "it was never stopped");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Does what a shell does when a program of it was stopped: the terminal is set as before, and shows something else.
    #[allow(dead_code, reason = "measure.rs has no use for it")]
    pub(crate) fn take_as_a_shell(&mut self, prompt: &str) {
        termios::tcsetattr(&self.slave, OptionalActions::Now, &self.termios_before).unwrap();
        rustix::io::write(&self.slave, format!("\x1b[?1049l{prompt}").as_bytes()).unwrap();
        self.wait_for(prompt);
    }

    /// The number of the process.
    #[allow(dead_code, reason = "tests have no use for it")]
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

    /// Waits for the end of the program, and for all that it has shown.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let status = self.child.wait().unwrap();
        while let Ok((_, bytes)) = self.output.recv_timeout(Duration::from_millis(50)) {
            self.emulator.process(&bytes);
        }
        status
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn positive(count: u16) -> NonZero<u16> {
    NonZero::new(count).expect("a terminal has rows and columns")
}

fn set_size(slave: &OwnedFd, columns: u16, rows: u16) {
    let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    termios::tcsetwinsize(slave, size).unwrap();
}

fn settings_of(slave: &OwnedFd) -> String {
    let Termios { input_modes, output_modes, control_modes, local_modes, .. } = termios::tcgetattr(slave).unwrap();
    format!("{input_modes:?} {output_modes:?} {control_modes:?} {local_modes:?}")
}
