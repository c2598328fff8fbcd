// Steps through recorded runs, forward and back: each figure of a run carries its recording as JSON, and gets buttons, a
// slider and keys. Without scripts there is the picture.
'use strict';
(() => {
    const { VERSION, Stage, Words, duration } = window.workbookRun;
    const PLAY_MILLIS = 1100;
    const STATES = {
        unborn: 'not spawned yet', ready: 'ready', running: 'running', waiting: 'waiting',
        finished: 'finished', panicked: 'panicked', dropped: 'dropped',
    };
    const ICONS = {
        first: 'M2 2h2v12h-2zM14 2v12l-9-6z', back: 'M12 2v12l-9-6z', play: 'M3 2v12l11-6z',
        pause: 'M3 2h4v12h-4zM9 2h4v12h-4z', forward: 'M4 2v12l9-6z', last: 'M12 2h2v12h-2zM2 2v12l9-6z',
    };

    const make = (tag, className, text) => {
        const element = document.createElement(tag);
        if (className) element.className = className;
        if (text !== undefined) element.textContent = text;
        return element;
    };

    const drawn = (tag, attributes) => {
        const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        return element;
    };

    /** What a reader sees and presses. */
    class Player {
        constructor(figure, recorded) {
            this.stage = new Stage(recorded.player);
            this.words = new Words(recorded);
            this.steps = recorded.player.steps.length;
            this.timer = null;
            const title = figure.querySelector('figcaption strong')?.textContent ?? 'a run';
            this.root = make('div', 'player');
            this.root.setAttribute('role', 'group');
            this.root.setAttribute('aria-label', `Step through: ${title}. Arrow keys step, space plays, Home and End jump.`);
            this.root.tabIndex = 0;
            this.buildBar();
            this.says = make('p', 'player-says', `${this.steps} steps. Use the buttons, or click here and then press → and ←.`);
            this.says.setAttribute('aria-live', 'polite');
            this.root.append(this.says);
            this.buildStage(recorded);
            this.buildCursor(figure.querySelector('svg'));
            this.root.addEventListener('keydown', event => this.press(event));
            this.takeArrows(figure.querySelector('.run-picture'));
            figure.append(this.root);
            this.show();
        }

        buildBar() {
            const bar = make('div', 'player-bar');
            const button = (icon, label, act) => {
                const element = make('button', `player-${icon}`);
                element.type = 'button';
                element.setAttribute('aria-label', label);
                element.title = label;
                const svg = drawn('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' });
                svg.append(drawn('path', { d: ICONS[icon] }));
                element.append(svg);
                element.addEventListener('click', () => { if (element.getAttribute('aria-disabled') !== 'true') act(); });
                bar.append(element);
                return element;
            };
            this.first = button('first', 'To the beginning', () => this.goTo(0));
            this.back = button('back', 'A step back', () => this.goTo(this.stage.at - 1));
            this.playing = button('play', 'Play', () => this.toggle());
            this.forward = button('forward', 'A step forward', () => this.goTo(this.stage.at + 1));
            this.last = button('last', 'To the end', () => this.goTo(this.steps));
            this.slider = make('input', 'player-slider');
            Object.assign(this.slider, { type: 'range', min: 0, max: this.steps, step: 1, value: 0 });
            this.slider.setAttribute('aria-label', 'Step');
            this.slider.addEventListener('input', () => this.goTo(Number(this.slider.value)));
            this.count = make('span', 'player-count');
            this.clock = make('span', 'player-clock');
            bar.append(this.slider, this.count, this.clock);
            this.root.append(bar);
        }

        buildStage({ player, source }) {
            this.stageBox = make('div', 'player-stage');
            this.stageBox.hidden = true;
            const tasks = make('table', 'player-tasks');
            const head = tasks.createTHead().insertRow();
            for (const title of ['task', 'is', 'where, and for what']) {
                head.append(Object.assign(make('th', '', title), { scope: 'col' }));
            }
            const body = tasks.createTBody();
            this.rows = player.tasks.map(({ name }) => {
                const row = body.insertRow();
                row.append(Object.assign(make('th', '', name), { scope: 'row' }));
                return { row, state: row.insertCell(), where: row.insertCell() };
            });
            const prints = make('ol', 'player-prints');
            this.prints = player.prints.map(({ text, task }) => {
                const item = make('li', '', text.replace(/\n$/, ''));
                item.title = task === null ? '' : `printed by ${player.tasks[task].name}`;
                prints.append(item);
                return item;
            });
            const box = (title, className, ...content) => {
                const element = make('section', className);
                element.setAttribute('aria-label', title);
                element.tabIndex = 0;
                element.append(...content);
                this.stageBox.append(element);
                return element;
            };
            box('Tasks', 'player-box player-tasks-box', tasks).hidden = player.tasks.length === 0;
            this.sourceBox = box('Source', 'player-box player-source', ...this.buildSource(source));
            box('Printed', 'player-box player-printed', make('p', 'player-title', 'printed'), prints);
            this.root.append(this.stageBox);
        }

        buildSource(source) {
            this.marks = new Map();
            return source.flatMap(({ file, parts }) => {
                const table = make('table', 'player-lines');
                parts.forEach(({ from, lines }, nth) => {
                    if (nth > 0) table.insertRow().append(make('td', 'player-gap', '⋮'));
                    lines.forEach((text, offset) => {
                        const row = table.insertRow();
                        row.append(make('td', 'player-number', String(from + offset)));
                        row.append(make('td', 'player-code', text));
                        const mark = row.appendChild(make('td', 'player-mark'));
                        this.marks.set(`${file}:${from + offset}`, { row, mark });
                    });
                });
                return [make('p', 'player-title', file), table];
            });
        }

        /** A line across the picture, where it measures time. */
        buildCursor(svg) {
            if (!svg?.dataset.start) return;
            const grid = svg.querySelector('.end-line').getBBox();
            this.scale = { from: Number(svg.dataset.start), to: Number(svg.dataset.end) };
            this.cursor = drawn('line', { class: 'player-cursor', visibility: 'hidden' });
            this.cursor.setAttribute('y1', grid.y);
            this.cursor.setAttribute('y2', grid.y + grid.height);
            svg.append(this.cursor);
        }

        /** A reader who has clicked on the picture steps too, or scrolls a wide one: the page must not turn. */
        takeArrows(picture) {
            picture.addEventListener('keydown', event => {
                if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
                if (picture.scrollWidth > picture.clientWidth) event.stopPropagation();
                else this.press(event);
            });
        }

        press(event) {
            if (event.altKey || event.ctrlKey || event.metaKey) return;
            const act = {
                ArrowRight: () => this.goTo(this.stage.at + 1), ArrowLeft: () => this.goTo(this.stage.at - 1),
                Home: () => this.goTo(0), End: () => this.goTo(this.steps),
                ' ': event.target.tagName === 'BUTTON' ? null : () => this.toggle(),
            }[event.key];
            // The page turns to the next chapter at an arrow key.
            if (event.key.startsWith('Arrow') || act) event.stopPropagation();
            if (!act) return;
            event.preventDefault();
            act();
        }

        toggle() {
            if (this.timer !== null) return this.pause();
            if (this.stage.at === this.steps) this.move(0);
            this.timer = setInterval(() => {
                this.move(this.stage.at + 1);
                if (this.stage.at === this.steps) this.pause();
            }, PLAY_MILLIS);
            this.move(this.stage.at + 1);
            this.show();
        }

        pause() {
            clearInterval(this.timer);
            this.timer = null;
            this.show();
        }

        /** A step that a reader asks for ends the playing. */
        goTo(at) {
            if (this.timer !== null) this.pause();
            this.move(at);
        }

        move(at) {
            this.stage.goTo(at);
            this.stageBox.hidden = false;
            this.says.textContent = this.words.step(this.stage.at);
            this.show();
        }

        show() {
            const { stage } = this;
            const now = duration(stage.clock);
            this.count.textContent = `step ${stage.at} of ${this.steps}`;
            this.clock.textContent = now;
            this.slider.value = stage.at;
            this.slider.setAttribute('aria-valuetext', `step ${stage.at} of ${this.steps}, ${now}`);
            // A button that is `disabled` loses the focus, and the next arrow key turns the page.
            const inert = (button, is) => button.setAttribute('aria-disabled', String(is));
            [this.first, this.back].forEach(button => inert(button, stage.at === 0));
            [this.forward, this.last].forEach(button => inert(button, stage.at === this.steps));
            const icon = this.timer === null ? 'play' : 'pause';
            this.playing.firstChild.firstChild.setAttribute('d', ICONS[icon]);
            this.playing.setAttribute('aria-label', icon === 'play' ? 'Play' : 'Pause');
            this.showTasks();
            this.showSource();
            this.prints.forEach((item, nth) => { item.hidden = !stage.prints[nth]; });
            if (this.cursor) {
                const share = stage.run.nanos === 0 ? 0 : stage.clock / stage.run.nanos;
                const x = this.scale.from + (this.scale.to - this.scale.from) * Math.min(1, share);
                this.cursor.setAttribute('x1', x);
                this.cursor.setAttribute('x2', x);
                this.cursor.setAttribute('visibility', stage.at === 0 ? 'hidden' : 'visible');
            }
        }

        showTasks() {
            const { stage, words } = this;
            this.rows.forEach(({ row, state, where }, task) => {
                const is = stage.tasks[task];
                const wakes = stage.changes.filter(change => change.what === 'wake' && change.task === task);
                const by = [...new Set(wakes.map(wake => wake.by).filter(waker => waker !== null))];
                row.className = `is-${is}`;
                state.textContent = STATES[is];
                const place = is === 'waiting' && stage.openWaits(task).length > 0
                    ? words.waits(stage.openWaits(task))
                    : words.line(stage.lines[task]);
                const woken = wakes.length === 0 ? '' : `woken${by.map(waker => ` by ${words.name(waker)}`).join(',')}`;
                where.textContent = [place, woken].filter(Boolean).join(' · ');
            });
        }

        showSource() {
            const { stage } = this;
            const at = new Map();
            const put = (name, places) => places.forEach(({ file, line }) => {
                const names = at.get(`${file}:${line}`) ?? new Map();
                names.set(name, (names.get(name) ?? 0) + 1);
                at.set(`${file}:${line}`, names);
            });
            stage.run.tasks.forEach(({ name }, task) => put(name, stage.places(task)));
            put('thread', stage.blockedAt);
            let first = null;
            for (const [key, { row, mark }] of this.marks) {
                const names = [...(at.get(key) ?? [])];
                row.className = names.length > 0 ? 'is-here' : '';
                mark.textContent = names.map(([name, count]) => (count > 1 ? `${name} ×${count}` : name)).join(', ');
                if (names.length > 0) first ??= row;
            }
            // Only the box scrolls, never the page.
            const top = first === null ? 0 : first.offsetTop - this.sourceBox.clientHeight / 2;
            if (first !== null) this.sourceBox.scrollTop = Math.max(0, top);
        }
    }

    for (const figure of document.querySelectorAll('figure.run')) {
        const recorded = JSON.parse(figure.querySelector('script.run-recording').textContent);
        if (recorded.player.version === VERSION) new Player(figure, recorded);
    }
})();
