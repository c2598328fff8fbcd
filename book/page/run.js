// What a recorded run looks like after so many steps, and the words for it. The workbook's src/render/player/schema.rs
// says what is in a recording. Going forward sets everything to `to`, going back to `from`; nothing else is remembered.
'use strict';
(() => {
    const VERSION = 1;

    const duration = nanos => {
        if (nanos !== 0 && nanos < 1e6) return `${nanos / 1000} µs`;
        return `${(nanos / 1e9).toFixed(6).replace(/\.?0+$/, '')} s`;
    };

    /** What the run looks like after so many steps: nothing else is remembered. */
    class Stage {
        constructor(run) {
            this.run = run;
            this.at = 0;
            this.clock = 0;
            this.tasks = run.tasks.map(() => 'unborn');
            this.lines = run.tasks.map(() => null);
            this.waits = run.waits.map(() => 'not_begun');
            this.blocks = run.blocks.map(() => 'not_begun');
            this.prints = run.prints.map(() => false);
        }

        goTo(at) {
            const { steps } = this.run;
            const goal = Math.max(0, Math.min(steps.length, at));
            while (this.at < goal) steps[this.at++].changes.forEach(change => this.set(change, change.to, true));
            while (this.at > goal) {
                const changes = steps[--this.at].changes;
                [...changes].reverse().forEach(change => this.set(change, change.from, false));
            }
        }

        set(change, value, forward) {
            if (change.what === 'clock') this.clock = value;
            if (change.what === 'task') this.tasks[change.task] = value;
            if (change.what === 'line') this.lines[change.task] = value;
            if (change.what === 'wait') this.waits[change.wait] = value;
            if (change.what === 'block') this.blocks[change.block] = value;
            if (change.what === 'print') this.prints[change.print] = forward;
        }

        /** The changes of the step that was taken last. */
        get changes() { return this.at === 0 ? [] : this.run.steps[this.at - 1].changes; }

        openWaits(task) { return this.run.waits.filter((wait, nth) => wait.task === task && this.waits[nth] === 'open'); }

        /** Lines at which a thread is blocked that runs no task. */
        get blockedAt() {
            const open = this.run.blocks.filter((block, nth) => block.task === null && this.blocks[nth] === 'open');
            return open.map(block => block.line);
        }

        /** Where a task is: the lines it waits at, or the one it has come to. */
        places(task) {
            const waits = this.tasks[task] === 'waiting' ? this.openWaits(task) : [];
            const places = waits.map(wait => wait.lines[wait.lines.length - 1]).filter(Boolean);
            return places.length > 0 || !this.lines[task] ? places : [this.lines[task]];
        }
    }

    /** Words for lines, waits and steps. */
    class Words {
        constructor({ player, of }) {
            this.run = player;
            this.of = of;
        }

        line(place) {
            if (!place) return '';
            return place.file === this.of ? `line ${place.line}` : `line ${place.line} of ${place.file}`;
        }

        wait(wait) {
            const asked = wait.asked_nanos === null ? '' : ` for ${duration(wait.asked_nanos)}`;
            return `${wait.kind}${asked}`;
        }

        name(task) { return task === null ? 'something outside' : this.run.tasks[task].name; }

        /** Waits that are alike are told once, with their number. */
        waits(waits) {
            const counts = new Map();
            for (const wait of waits) {
                const text = `${this.wait(wait)}, ${this.line(wait.lines[wait.lines.length - 1])}`;
                counts.set(text, (counts.get(text) ?? 0) + 1);
            }
            return [...counts].map(([text, count]) => (count > 1 ? `${count} × ${text}` : text)).join('; ');
        }

        /** A step in a few sentences. */
        step(at) {
            if (at === 0) return 'Before the first step.';
            const { changes } = this.run.steps[at - 1];
            const told = changes.map(change => this.change(change, changes)).filter(Boolean);
            const unique = [...new Set(told)].map(text => {
                const count = told.filter(other => other === text).length;
                return count > 1 ? `${text} (${count} times)` : text;
            });
            return unique.map(text => text[0].toUpperCase() + text.slice(1)).join('. ') + '.';
        }

        change(change, changes) {
            const { run } = this;
            switch (change.what) {
                case 'clock': return `the clock goes to ${duration(change.to)}`;
                case 'task': return this.becomes(change, changes);
                case 'wake': return change.by === null
                    ? `${this.name(change.task)} is woken`
                    : `${this.name(change.by)} wakes ${this.name(change.task)}`;
                case 'wait': {
                    const wait = run.waits[change.wait];
                    if (change.to === 'open') {
                        const place = this.line(wait.lines[wait.lines.length - 1]);
                        return `${this.name(wait.task)} begins to wait: ${this.wait(wait)}, ${place}`;
                    }
                    return change.to === 'ready' ? `its ${wait.kind} is over` : `its ${wait.kind} is dropped`;
                }
                case 'print': {
                    const print = run.prints[change.print];
                    const who = print.task === null ? 'printed' : `${this.name(print.task)} prints`;
                    return `${who} “${print.text.trim()}”`;
                }
                case 'block': return change.to === 'open'
                    ? `the thread is blocked, ${this.line(run.blocks[change.block].line)}`
                    : 'the thread goes on';
                default: return '';
            }
        }

        becomes({ task, from, to }, changes) {
            const name = this.name(task);
            if (from === 'unborn') return task === 0 ? '' : `${name} is spawned`;
            if (to === 'running') return `${name} is polled`;
            if (to === 'waiting') return `${name} waits`;
            if (to === 'ready') return changes.some(({ what, task: woken }) => what === 'wake' && woken === task) ? '' : `${name} is ready`;
            if (to === 'dropped') return `${name} is dropped before it is done`;
            return `${name} has ${to}`;
        }
    }

    window.workbookRun = { VERSION, Stage, Words, duration };
})();
