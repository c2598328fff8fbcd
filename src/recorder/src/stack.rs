//! Where a wait is: call stacks, captured cheaply while the program runs and resolved to lines afterwards.
//!
//! A capture keeps instruction pointers only and equal stacks once, so a hundred thousand tasks that wait at one line
//! share one entry. Names and lines are looked up when the recording is put together, each address once a process.

use std::{
    cell::Cell,
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use rustc_hash::FxHashMap;

use super::{
    again::Again,
    kind, plain,
    workspace::{in_workspace, is_learners, module_of, root},
};
use crate::recording::{Location, WaitKind};

/// How deep a stack is followed; the innards of an HTTP client are about a hundred frames deep without optimisation.
const DEEPEST: usize = 250;
/// Frames this far above the one that noticed the poll belong to the runtime, not to the task.
pub(super) const MARGIN: usize = 4096;

/// Where the standard library leaves the first function of a program, or of a thread, to itself.
const BEGINS: &str = "__rust_begin_short_backtrace";

thread_local! {
    /// About where this thread's stack stood when it began to poll the current task.
    static POLL_BEGAN_AT: Cell<usize> = const { Cell::new(0) };
}

/// Notes where the stack of the task that is polled from here on begins.
#[inline(never)]
pub(super) fn poll_begins() {
    let here = 0_u8;
    POLL_BEGAN_AT.set(&raw const here as usize);
}

/// Where the stack of the task that this thread polls begins.
pub(super) fn poll_began_at() -> usize {
    POLL_BEGAN_AT.get()
}

/// All stacks that were captured, each once.
#[derive(Default)]
pub(super) struct Stacks {
    numbers: FxHashMap<Box<[usize]>, u32>,
    again: Again,
}

impl Stacks {
    /// The number of the stack that leads here.
    pub(super) fn capture(&mut self) -> u32 {
        self.capture_up_to(POLL_BEGAN_AT.get().saturating_add(MARGIN))
    }

    /// The same with those who called the runtime.
    pub(super) fn capture_with_callers(&mut self) -> u32 {
        self.capture_up_to(usize::MAX)
    }

    // Not inlined, so that all that is called from here stands in the same place on every stack.
    #[inline(never)]
    fn capture_up_to(&mut self, end: usize) -> u32 {
        let here = 0_usize;
        let here = &raw const here as usize;
        let depth = end.wrapping_sub(here);
        if let Some(known) = self.again.find(here, depth) {
            return known;
        }
        let mut addresses = Vec::with_capacity(64);
        let mut returns = Vec::with_capacity(64);
        backtrace::trace(|frame| {
            let (ip, sp) = (frame.ip() as usize, frame.sp() as usize);
            addresses.push(ip);
            returns.push((sp, ip));
            addresses.len() < DEEPEST && sp < end
        });
        let number = self.number(addresses);
        self.again.remember(here, depth, returns, number);
        number
    }

    /// The number of a stack, given as instruction pointers.
    pub(super) fn number(&mut self, addresses: Vec<usize>) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(addresses.into_boxed_slice()).or_insert(next)
    }

    /// One stack.
    pub(super) fn resolve_one(&self, number: u32) -> Stack {
        let addresses = self.numbers.iter().find(|(_, of)| **of == number);
        addresses.map_or_else(Stack::empty, |(addresses, _)| Stack::resolve(addresses))
    }

    /// Every stack by its number.
    pub(super) fn resolve(&self) -> Vec<Stack> {
        let mut stacks = vec![Stack::empty(); self.numbers.len()];
        for (addresses, number) in &self.numbers {
            stacks[*number as usize] = Stack::resolve(addresses);
        }
        stacks
    }
}

/// A stack of a task.
#[derive(Clone)]
pub(super) struct Stack {
    /// The learner's frames, the outermost first.
    pub(super) frames: Vec<Arc<Frame>>,
    /// The functions that the innermost of them called, outermost first.
    callees: Vec<Arc<Frame>>,
    /// What a wait there is for, told by those.
    pub(super) kind: WaitKind,
    /// True if it leads to the innermost of the learner's frames through nothing but plain awaits.
    pub(super) is_plain: bool,
    /// True within tokio's `block_in_place`, where a thread may block: another one goes on with its tasks.
    pub(super) in_place: bool,
}

/// One function on a stack.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Its name, as far as the debug info has one: the whole path, or no more than `{async_fn#0}`.
    pub(super) function: String,
    /// The same without the types in angle brackets that follow a name: what it works on is not where it stands.
    plain: String,
    /// The module it stands in, told by its file: `tokio::sync::watch::`.
    pub(super) module: String,
    pub(super) location: Option<Location>,
}

impl Frame {
    /// True for a function of this module, whether that is told by its name or by its file.
    pub(super) fn is_of(&self, module: &str) -> bool {
        self.plain.contains(module) || self.module.starts_with(module)
    }
}

impl Stack {
    /// The learner's line that all of it is about.
    pub(super) fn innermost(&self) -> Option<Location> {
        self.frames.last().and_then(|frame| frame.location.clone())
    }

    /// The learner's lines, the outermost first.
    pub(super) fn lines(&self) -> Vec<Location> {
        self.frames.iter().filter_map(|frame| frame.location.clone()).collect()
    }

    /// The functions that the innermost learner's line called, outermost first.
    pub(super) fn callees(&self) -> &[Arc<Frame>] {
        &self.callees
    }

    /// True if the learner's line called a function of this module.
    pub(super) fn is_within(&self, module: &str) -> bool {
        self.callees.iter().any(|frame| frame.is_of(module))
    }

    /// True if the learner's line drops a value of a type whose name begins so, and not as a part of something greater:
    /// what a `select!` has no more use for was meant to be dropped.
    pub(super) fn drops_alone(&self, of: &str) -> bool {
        let glue = self.callees.iter().find(|frame| frame.function.contains("drop_in_place"));
        glue.is_some_and(|frame| frame.function.contains(&format!("drop_in_place<{of}")))
    }

    pub(super) fn empty() -> Self {
        Self { frames: Vec::new(), callees: Vec::new(), kind: WaitKind::Other, is_plain: false, in_place: false }
    }

    /// One on which the program has called this function.
    #[cfg(test)]
    pub(super) fn within(function: &str) -> Self {
        let (function, plain) = (function.to_string(), function.to_string());
        let frame = Frame { function, plain, module: String::new(), location: None };
        Self { callees: vec![Arc::new(frame)], ..Self::empty() }
    }

    fn resolve(mut addresses: &[usize]) -> Self {
        let mut frames = Vec::new();
        let mut callees = Vec::new();
        let mut all: Vec<Arc<Frame>> = Vec::new();
        // What called the program's first function is looked up for nothing, and may be in a library whose debug info is large.
        while !all.last().is_some_and(|frame| frame.function.contains(BEGINS))
            && let Some((address, callers)) = addresses.split_first()
        {
            all.extend(frames_at(*address));
            addresses = callers;
        }
        let is_plain = plain::is_plain(&all);
        let in_place = all.iter().any(|frame| frame.function.contains("block_in_place") && frame.is_of("tokio::"));
        for frame in all {
            let learners = frame.location.as_ref().is_some_and(|at| is_learners(&at.file));
            match (learners, frames.is_empty()) {
                (true, _) => frames.push(frame),
                (false, true) => callees.push(frame),
                (false, false) => {}
            }
        }
        frames.reverse();
        callees.reverse();
        Self { frames, kind: kind::of_callees(&callees), callees, is_plain, in_place }
    }
}

/// The functions at an address, the innermost inlined one first.
fn frames_at(address: usize) -> Vec<Arc<Frame>> {
    static KNOWN: LazyLock<Mutex<HashMap<usize, Vec<Arc<Frame>>>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known
        .entry(address)
        .or_insert_with(|| {
            let mut frames = Vec::new();
            backtrace::resolve(address as *mut _, |symbol| {
                let function = symbol.name().map(|name| without_crate_hashes(&name.to_string())).unwrap_or_default();
                let file = symbol.filename().filter(|file| file.is_absolute() || root().join(file).exists());
                let location = file.zip(symbol.lineno()).map(|(file, line)| Location {
                    file: in_workspace(&file.to_string_lossy()).into(),
                    line,
                    column: symbol.colno().unwrap_or(0),
                });
                let module = symbol.filename().map(|file| module_of(&file.to_string_lossy().replace('\\', "/")));
                let plain = without_arguments(&function);
                frames.push(Arc::new(Frame { function, plain, module: module.unwrap_or_default(), location }));
            });
            frames
        })
        .clone()
}

/// `std[e28293b1aa0f68bd]::thread::park` as `std::thread::park`.
fn without_crate_hashes(name: &str) -> String {
    let mut parts = name.split('[');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |plain, part| match part.split_once(']') {
        Some((hash, rest)) if hash.len() > 8 && hash.chars().all(|c| c.is_ascii_hexdigit()) => plain + rest,
        _ => plain + "[" + part,
    })
}

/// `<JoinSet<u8>>::join_next` as `<JoinSet>::join_next`: angle brackets that follow a name are left out with all in them.
pub(super) fn without_arguments(name: &str) -> String {
    let (mut plain, mut depth, mut last) = (String::new(), 0, ' ');
    for c in name.chars() {
        match c {
            '<' if depth > 0 || last.is_alphanumeric() || "_:".contains(last) => depth += 1,
            // Not the arrow of a function's type.
            '>' if depth > 0 && last != '-' => depth -= 1,
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
        last = c;
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;

    use super::{Stacks, without_arguments};

    // What is done after the call keeps its frame, and tells the one function from the other.
    #[inline(never)]
    fn one(stacks: &mut Stacks) -> u32 {
        let number = stacks.capture_with_callers();
        black_box(1);
        number
    }

    #[inline(never)]
    fn other(stacks: &mut Stacks) -> u32 {
        let number = stacks.capture_with_callers();
        black_box(2);
        number
    }

    #[inline(never)]
    fn both(stacks: &mut Stacks) -> [u32; 2] {
        let ways: [fn(&mut Stacks) -> u32; 2] = [black_box(one), black_box(other)];
        ways.map(|way| way(stacks))
    }

    #[test]
    fn a_stack_is_known_again_and_not_taken_for_another_of_its_depth() {
        let mut stacks = Stacks::default();
        // All from one place, which a loop that is unrolled would not be.
        let seen: Vec<[u32; 2]> = (0..black_box(40)).map(|_| both(&mut stacks)).collect();
        assert_ne!(seen[0][0], seen[0][1]);
        assert!(seen.iter().all(|numbers| *numbers == seen[0]), "{seen:?}");
        // Elsewhere return addresses may lie in other places, and then none is kept.
        if cfg!(target_arch = "x86_64") {
            assert_eq!(stacks.again.known(), 2);
        }
    }

    #[test]
    fn what_a_function_works_on_is_left_out_of_its_name() {
        let names = [
            (
                "<tokio::task::JoinSet<Result<u8, reqwest::Error>>>::join_next::{closure#0}",
                "<tokio::task::JoinSet>::join_next::{closure#0}",
            ),
            ("<reqwest::Pending as Future>::poll", "<reqwest::Pending as Future>::poll"),
            ("map::<fn(u8) -> Option<u8>, Box<dyn Fn()>>", "map::"),
        ];
        for (name, plain) in names {
            assert_eq!(without_arguments(name), plain);
        }
    }
}
