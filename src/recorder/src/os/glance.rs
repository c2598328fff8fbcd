//! A glance at what another thread is doing right now: its call stack, from outside.
//!
//! The watchdog takes one while a poll holds on to its thread: nothing else can tell at which line a loop that never
//! awaits is, or a thread that waits for a lock. The thread is sent `SIGURG`, which nobody misses (its default is to be
//! ignored), and writes its own stack down in the handler. Where there are no signals, there are no glances.
#![cfg_attr(unix, expect(unsafe_code, reason = "signal handlers and pthreads have no safe interface"))]

/// How deep a stack is followed.
#[cfg(unix)]
const DEEPEST: usize = 250;

/// What a thread was seen doing.
pub(crate) struct Glance {
    /// Its call stack: instruction and stack pointers, the innermost first.
    pub(crate) frames: Vec<(usize, usize)>,
    /// The processor time the thread had used, in nanoseconds.
    pub(crate) cpu_nanos: u64,
    /// True if it was in the recorder.
    pub(crate) in_recorder: bool,
}

#[cfg(unix)]
pub(crate) use unix::Thread;
#[cfg(unix)]
pub use unix::{cpu_nanos, process_cpu_nanos};

#[cfg(not(unix))]
pub(crate) use elsewhere::Thread;
#[cfg(not(unix))]
pub use elsewhere::{cpu_nanos, process_cpu_nanos};

#[cfg(unix)]
mod unix {
    use std::{
        mem::MaybeUninit,
        ptr,
        sync::{
            LazyLock,
            atomic::{AtomicBool, AtomicU8, AtomicU64, AtomicUsize, Ordering},
        },
        thread,
        time::{Duration, Instant},
    };

    use super::{DEEPEST, Glance};
    use crate::{inside, os::threads};

    /// What the handler writes to. One glance at a time: [`STATE`] hands it from the watchdog to the handler and back.
    static FRAMES: [(AtomicUsize, AtomicUsize); DEEPEST] =
        [const { (AtomicUsize::new(0), AtomicUsize::new(0)) }; DEEPEST];
    static DEPTH: AtomicUsize = AtomicUsize::new(0);
    /// Where the thread was interrupted; 0 if that is not known.
    static INTERRUPTED_AT: AtomicUsize = AtomicUsize::new(0);
    static CPU: AtomicU64 = AtomicU64::new(0);
    static IN_RECORDER: AtomicBool = AtomicBool::new(false);
    static STATE: AtomicU8 = AtomicU8::new(IDLE);

    const IDLE: u8 = 0;
    const ASKED: u8 = 1;
    const WRITING: u8 = 2;
    const WRITTEN: u8 = 3;

    /// A blocked thread answers at once, one that waits for a processor when it has one.
    const ANSWERS_WITHIN: Duration = Duration::from_millis(10);

    /// A thread that can be looked at for as long as it lives.
    #[derive(Clone, Copy)]
    pub(crate) struct Thread {
        handle: libc::pthread_t,
        number: threads::Number,
    }

    impl Thread {
        /// The calling thread.
        pub(crate) fn current() -> Self {
            // SAFETY: it has no conditions.
            Self { handle: unsafe { libc::pthread_self() }, number: threads::Number::current() }
        }

        /// True if the thread waits for something, false if it runs or is ready to; nothing where the system does not tell.
        pub(crate) fn is_asleep(self) -> Option<bool> {
            self.number.is_asleep()
        }

        /// Looks at the thread, which must be alive: the caller keeps it from ending meanwhile. Nothing if it does not
        /// answer, as one that waits for a processor may not.
        pub(crate) fn glance(self) -> Option<Glance> {
            static INSTALLED: LazyLock<bool> = LazyLock::new(install);
            if !*INSTALLED || STATE.load(Ordering::Acquire) == WRITING {
                return None;
            }
            STATE.store(ASKED, Ordering::Release);
            // SAFETY: the thread is alive, and the handler is installed.
            let sent = unsafe { libc::pthread_kill(self.handle, libc::SIGURG) };
            let began = Instant::now();
            while sent == 0 && STATE.load(Ordering::Acquire) != WRITTEN && began.elapsed() < ANSWERS_WITHIN {
                thread::sleep(Duration::from_micros(50));
            }
            let unanswered = STATE.compare_exchange(ASKED, IDLE, Ordering::AcqRel, Ordering::Acquire).is_ok();
            if unanswered || STATE.load(Ordering::Acquire) != WRITTEN {
                return None;
            }
            let written = &FRAMES[..DEPTH.load(Ordering::Acquire).min(DEEPEST)];
            // Elsewhere on a stack stand return addresses, which belong to the instruction before; whoever looks them up
            // takes that into account. An interrupted instruction is meant itself: `loop {}` is no more than one.
            let interrupted_at = INTERRUPTED_AT.load(Ordering::Relaxed);
            let of = |(ip, sp): &(AtomicUsize, AtomicUsize)| {
                let ip = ip.load(Ordering::Relaxed);
                (if ip == interrupted_at { ip + 1 } else { ip }, sp.load(Ordering::Relaxed))
            };
            let glance = Glance {
                frames: written.iter().map(of).collect(),
                cpu_nanos: CPU.load(Ordering::Relaxed),
                in_recorder: IN_RECORDER.load(Ordering::Relaxed),
            };
            STATE.store(IDLE, Ordering::Release);
            Some(glance)
        }
    }

    /// The processor time that the calling thread has used, in nanoseconds.
    pub fn cpu_nanos() -> u64 {
        read(libc::CLOCK_THREAD_CPUTIME_ID)
    }

    /// The processor time that the process has used, in nanoseconds.
    pub fn process_cpu_nanos() -> u64 {
        read(libc::CLOCK_PROCESS_CPUTIME_ID)
    }

    fn read(clock: libc::clockid_t) -> u64 {
        let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: `time` is valid for writing. The call may be made in a signal handler.
        unsafe { libc::clock_gettime(clock, &raw mut time) };
        time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
    }

    /// Installs the handler, unless the program has one of its own.
    fn install() -> bool {
        // SAFETY: both structures are plain data for which all zeros are valid, and valid for reading and writing.
        unsafe {
            let mut before = MaybeUninit::<libc::sigaction>::zeroed();
            if libc::sigaction(libc::SIGURG, ptr::null(), before.as_mut_ptr()) != 0
                || before.assume_init().sa_sigaction != libc::SIG_DFL
            {
                return false;
            }
            let mut action = MaybeUninit::<libc::sigaction>::zeroed().assume_init();
            action.sa_sigaction = write_stack_down as *const () as libc::sighandler_t;
            // Calls that the signal interrupts go on afterwards.
            action.sa_flags = libc::SA_RESTART | libc::SA_SIGINFO;
            libc::sigaction(libc::SIGURG, &raw const action, ptr::null_mut()) == 0
        }
    }

    /// The instruction that was interrupted, where it is known how to read it from the context of a signal.
    ///
    /// # Safety
    /// `context` must be the one that the kernel handed to the handler.
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    unsafe fn interrupted_at(context: *mut libc::c_void) -> usize {
        // SAFETY: it points to a `ucontext_t`, as the caller has promised.
        unsafe { (*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs[libc::REG_RIP as usize] as usize }
    }

    #[cfg(all(target_os = "linux", target_arch = "aarch64"))]
    unsafe fn interrupted_at(context: *mut libc::c_void) -> usize {
        // SAFETY: as above.
        unsafe { (*context.cast::<libc::ucontext_t>()).uc_mcontext.pc as usize }
    }

    #[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
    unsafe fn interrupted_at(_: *mut libc::c_void) -> usize {
        0
    }

    /// The handler. It may interrupt anything, so it takes no lock and allocates nothing.
    extern "C" fn write_stack_down(_: libc::c_int, _: *mut libc::siginfo_t, context: *mut libc::c_void) {
        if STATE.compare_exchange(ASKED, WRITING, Ordering::AcqRel, Ordering::Acquire).is_err() {
            return;
        }
        let errno = errno::errno();
        CPU.store(cpu_nanos(), Ordering::Relaxed);
        IN_RECORDER.store(inside::is(), Ordering::Relaxed);
        // SAFETY: the handler was installed with SA_SIGINFO, so the kernel hands it a context.
        INTERRUPTED_AT.store(unsafe { interrupted_at(context) }, Ordering::Relaxed);
        let mut depth = 0;
        // SAFETY: the lock it goes without keeps symbols from being looked up at the same time, and none are here; the
        // walk itself touches this thread's stack alone.
        unsafe {
            backtrace::trace_unsynchronized(|frame| {
                FRAMES[depth].0.store(frame.ip() as usize, Ordering::Relaxed);
                FRAMES[depth].1.store(frame.sp() as usize, Ordering::Relaxed);
                depth += 1;
                depth < DEEPEST
            });
        }
        DEPTH.store(depth, Ordering::Release);
        errno::set_errno(errno);
        STATE.store(WRITTEN, Ordering::Release);
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use super::Glance;

    #[derive(Clone, Copy)]
    pub(crate) struct Thread;

    impl Thread {
        pub(crate) fn current() -> Self {
            Self
        }

        pub(crate) fn is_asleep(self) -> Option<bool> {
            None
        }

        pub(crate) fn glance(self) -> Option<Glance> {
            None
        }
    }

    /// Nothing is known of it here.
    pub fn cpu_nanos() -> u64 {
        0
    }

    /// Nothing is known of it here.
    pub fn process_cpu_nanos() -> u64 {
        0
    }
}
