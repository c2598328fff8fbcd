//! What the screen shows: data only. [`view`](super::view) draws it, [`Watch`](super::Watch) changes it.

use workbook::report::{Line, Status};

use crate::cli::{
    course::{Course, Exercise},
    judge::Judged,
    progress::Progress,
    workspace::Workspace,
};

/// What has the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// The current exercise with its verdict.
    Exercise,
    /// The current exercise with the pictures of all its runs.
    Pictures,
    /// The list of all exercises.
    List,
    /// The learner's file, and beside it the solution.
    Solution,
    /// All keys.
    Help,
    /// The whole course has passed.
    Summary,
    /// What a program has printed, until a key is pressed.
    Program,
}

/// What is to be answered before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Whether to bring the stub back.
    Reset,
    /// Whether to see the solution of an exercise that has not passed.
    Solution,
}

/// A check of the run that is going on.
#[derive(Clone, Debug)]
pub(super) struct Live {
    test: String,
    pub(super) name: String,
    line: u32,
    /// None as long as it runs.
    pub(super) status: Option<Status>,
}

/// Which exercises the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Filter {
    #[default]
    All,
    /// Those that have not passed.
    Open,
    /// Those that have.
    Done,
}

/// The list of all exercises.
#[derive(Debug, Default)]
pub(super) struct List {
    /// The exercise the arrow is at, as an index into the course.
    pub(super) selected: usize,
    pub(super) filter: Filter,
    /// What was searched for.
    pub(super) search: String,
    /// True while letters go into the search.
    pub(super) typing: bool,
}

/// Everything on the screen.
pub(super) struct Screen {
    pub(super) workspace: Workspace,
    pub(super) course: Course,
    pub(super) progress: Progress,
    /// The current exercise, as an index into the course.
    pub(super) current: usize,
    pub(super) view: View,
    /// The last verdict on the current exercise. What is shown of it goes by [`Screen::verdict`].
    pub(super) judged: Option<Judged>,
    /// The hash of the current exercise's file as it is now.
    pub(super) source: u64,
    /// The checks of that newer run, as they come.
    pub(super) live: Vec<Live>,
    /// What the run on its way is doing; none if there is none.
    pub(super) doing: Option<String>,
    pub(super) hint: Option<String>,
    /// What came of the last key.
    pub(super) note: Option<String>,
    pub(super) question: Option<Question>,
    /// Lines of the view that are above the screen.
    pub(super) scroll: usize,
    /// Lines of a page: how far a page key goes.
    pub(super) page: usize,
    pub(super) list: List,
    /// True in a narrow window that shows the solution, and not the learner's file.
    pub(super) solution_in_front: bool,
    /// True if the learner is new here.
    pub(super) welcome: bool,
}

impl Screen {
    pub(super) fn new(workspace: Workspace, course: Course, progress: Progress) -> Screen {
        Screen {
            workspace,
            course,
            progress,
            current: 0,
            view: View::Exercise,
            judged: None,
            source: 0,
            live: Vec::new(),
            doing: None,
            hint: None,
            note: None,
            question: None,
            scroll: 0,
            page: 1,
            list: List::default(),
            solution_in_front: true,
            welcome: false,
        }
    }

    pub(super) fn exercise(&self) -> &Exercise {
        &self.course.exercises[self.current]
    }

    /// The verdict on the file as it is now: it stays on screen while the same is checked again. One on an earlier save says
    /// nothing of this one, and is none.
    pub(super) fn verdict(&self) -> Option<&Judged> {
        self.judged.as_ref().filter(|judged| judged.source == self.source)
    }

    /// The next open exercise if this one has passed; otherwise just the next one.
    pub(super) fn next(&self) -> usize {
        let following = (self.current + 1) % self.course.exercises.len();
        let open = self.progress.next_open(&self.course, following);
        open.filter(|_| self.progress.has_passed(self.exercise())).unwrap_or(following)
    }

    pub(super) fn previous(&self) -> usize {
        (self.current + self.course.exercises.len() - 1) % self.course.exercises.len()
    }

    pub(super) fn all_passed(&self) -> bool {
        self.progress.passed(&self.course) == self.course.exercises.len()
    }

    /// Shows a view from its top.
    pub(super) fn show(&mut self, view: View) {
        self.view = view;
        self.scroll = 0;
        self.question = None;
        if view == View::List {
            self.list = List { selected: self.current, ..List::default() };
        }
    }

    /// Takes up what the run that is going on reports.
    pub(super) fn hear(&mut self, line: Line) {
        match line {
            Line::Started { test, name, line } => self.live.push(Live { test, name, line, status: None }),
            Line::Ended(verdict) => {
                let live = self.live.iter_mut().rfind(|live| live.test == verdict.test);
                live.into_iter().for_each(|live| live.status = Some(verdict.status));
            }
        }
        self.live.sort_by_key(|live| live.line);
    }

    /// The names of the checks with their verdicts: those of the run that is going on, and of the last one what that
    /// has not come to yet. Of a verdict on an earlier save only the names are left.
    pub(super) fn rows(&self) -> Vec<(Option<Status>, &str)> {
        let last = self.judged.iter().flat_map(|judged| &judged.checks);
        if self.live.is_empty() {
            let known = self.verdict().is_some();
            return last.map(|check| (known.then_some(check.status), check.name.as_str())).collect();
        }
        let live = self.live.iter().map(|live| (live.status, live.name.as_str()));
        let to_come = last.filter(|check| self.live.iter().all(|live| live.name != check.name));
        live.chain(to_come.map(|check| (None, check.name.as_str()))).collect()
    }

    /// The exercises the list shows, as indices into the course.
    pub(super) fn listed(&self) -> Vec<usize> {
        let wanted = self.list.search.to_lowercase();
        let shows = |exercise: &Exercise| {
            let passed = self.progress.has_passed(exercise);
            let kept = match self.list.filter {
                Filter::All => true,
                Filter::Open => !passed,
                Filter::Done => passed,
            };
            let Exercise { name, title, part, .. } = exercise;
            kept && format!("{name} {title} {part}").to_lowercase().contains(&wanted)
        };
        let exercises = self.course.exercises.iter().enumerate();
        exercises.filter(|(_, exercise)| shows(exercise)).map(|(index, _)| index).collect()
    }

    /// Moves the arrow of the list by so many exercises, within it.
    pub(super) fn select(&mut self, by: isize) {
        let listed = self.listed();
        let place = listed.partition_point(|&index| index < self.list.selected);
        let last = listed.len().saturating_sub(1);
        if let Some(&index) = listed.get(place.saturating_add_signed(by).min(last)) {
            self.list.selected = index;
        }
    }

    /// Changes which exercises the list shows. The arrow stays at one of them.
    pub(super) fn filter(&mut self, change: impl FnOnce(&mut List)) {
        change(&mut self.list);
        let listed = self.listed();
        if !listed.contains(&self.list.selected) {
            let below = listed.iter().find(|&&index| index > self.list.selected);
            self.list.selected = below.or(listed.last()).copied().unwrap_or(self.list.selected);
        }
    }
}
