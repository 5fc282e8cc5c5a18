// One job: where it stands by its journal, what became of each change, and the ways to start, pause and go on.
import { LongList, count, element, plural, replaceContent } from "./frame.js";
import { planChange } from "./plan_view.js";

const JOB_ROW_HEIGHT = 46;

// How long something takes, as a person says it.
export function jobTime(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} seconds`;
  if (seconds < 90 * 60) return plural(Math.round(seconds / 60), "minute");
  return `${(seconds / 3600).toFixed(1)} hours`;
}

export class JobView {
  // `ask(name, given, options)` asks about this job; `first` is what it begins with; `isBack`: whether it takes another one back.
  constructor(frame, first, ask, { isBack = false } = {}) {
    Object.assign(this, { frame, first, ask, isBack });
    this.state = first.state;
    this.place = first.place;
    this.group = "";
    this.wantedId = "";
    this.heading = element("p", { class: "ia-job-heading" });
    this.bar = element("div", { class: "ia-job-bar", role: "progressbar", "aria-label": "Changes done", "aria-valuemin": 0, "aria-valuemax": first.total }, (this.filled = element("div", {})));
    this.status = element("p", {});
    this.ways = element("div", { class: "ia-tools" });
    this.rehearsal = element("div", {});
    this.groups = element("div", { class: "ia-tools", role: "group", "aria-label": "Changes by what became of them" });
    this.hand = element("div", {});
    this.paper = element("div", {});
    this.detail = element("div", { class: "ia-plan-detail", role: "region", "aria-label": isBack ? "The chosen change of what takes back" : "The chosen change of the job", "aria-live": "polite", tabindex: "0" });
    this.list = new LongList({
      label: isBack ? "Changes of what takes back" : "Changes of the job",
      total: first.total,
      rowHeight: JOB_ROW_HEIGHT,
      height: Math.min(9, Math.max(2, first.total)) * JOB_ROW_HEIGHT,
      rows: first.rows,
      fetch: async (from, many) => (await this.ask("rows", { group: this.group, first: from, count: many })).rows,
      draw: (index, row) => jobRow(row),
      chosen: (index) => this.chosen(index),
    });
    this.buttons = {
      rehearse: frame.button("Rehearse", () => this.rehearse().catch(() => {})),
      start: frame.button("Start…", () => this.start().catch(() => {}), { class: "ia-button ia-main" }),
      pause: frame.button("Pause", () => this.pause().catch(() => {}), { class: "ia-button ia-main" }),
      again: frame.button("Try refused again…", () => this.start({ again: true }).catch(() => {})),
      paper: frame.button("The job's page", () => this.showPaper().catch(() => {}), { "aria-expanded": "false" }),
    };
    this.ways.append(...Object.values(this.buttons));
    this.chips = new Map([["", "all"], ...first.groups].map(([group, words]) => [group, { words, button: frame.button("", () => this.only(group).catch(() => {})) }]));
    this.groups.append(...[...this.chips.values()].map((one) => one.button));
    this.root = element("div", { class: "ia-job" }, this.heading, this.bar, this.status, this.ways, this.rehearsal, this.hand, this.groups, (this.sides = element("div", { class: "ia-plan-sides" }, this.list.root, this.detail)), this.paper);
    this.draw();
    if (first.first_change) this.drawChange(first.first_change);
  }

  keys() {
    return [
      { key: "r", label: "rehearse: read and compare each record, send nothing", when: () => !this.buttons.rehearse.hidden, run: () => this.rehearse() },
      { key: "g", label: "start, or go on", when: () => !this.buttons.start.hidden, run: () => this.start() },
      { key: "p", label: "pause: the change that is on its way is ended first", when: () => !this.buttons.pause.hidden && !this.buttons.pause.disabled, run: () => this.pause() },
      { key: "t", label: "try again what was refused", when: () => !this.buttons.again.hidden, run: () => this.start({ again: true }) },
      { key: "o", label: "show or hide the job's page", when: () => !this.buttons.paper.hidden, run: () => this.showPaper() },
      { key: ["j", "ArrowDown"], label: "next change", run: () => this.list.choose(this.list.index + 1) },
      { key: ["k", "ArrowUp"], label: "change before", run: () => this.list.choose(this.list.index - 1) },
      { key: ["PageDown", "PageUp"], label: "ten changes on, back", run: (event) => this.list.choose(this.list.index + (event.key === "PageDown" ? 10 : -10)) },
      { key: ["Home", "End"], label: "first, last change", run: (event) => this.list.choose(event.key === "Home" ? 0 : this.list.total - 1) },
      { key: "f", label: "look at the next group only", run: () => this.nextGroup() },
    ];
  }

  // Whether anything goes on that is to be looked at often.
  get isLively() {
    return Boolean(this.state.running || this.state.rehearsal?.is_running);
  }

  take(state) {
    const before = this.state;
    this.state = state;
    if (before.running && !state.running) this.frame.say(state.ended ? `Ended: ${state.ended.line}` : `Not running any more: ${this.doneWords()}`);
    this.draw();
    if (state.place === this.place) return null;
    this.place = state.place;
    return this.refresh();
  }

  doneWords() {
    return `${count(this.state.counts.done)} of ${plural(this.first.total, "change")} done.`;
  }

  draw() {
    const { state, first } = this;
    const { counts, running, rehearsal, ended } = state;
    const undone = counts.undone ? ` ${count(counts.undone)} taken back.` : "";
    replaceContent(this.heading, element("strong", {}, `${state.target.words}: ${this.doneWords()}`), undone);
    const share = first.total ? (100 * (counts.done + counts.undone)) / first.total : 0;
    this.filled.style.width = `${share}%`;
    this.bar.setAttribute("aria-valuenow", String(counts.done));
    this.bar.setAttribute("aria-valuetext", this.doneWords());
    replaceContent(this.status, this.stands());
    // What is held back goes on only when what it waits for was mended.
    const has = { refused: counts.refused + counts.conflict > 0, waiting: counts.waiting > 0 || (counts.held > 0 && !counts.refused && !counts.conflict) };
    const mayStart = first.is_sendable && !running && !state.busy && !state.refusal;
    this.show("rehearse", first.is_sendable && !running && has.waiting && !state.is_begun, rehearsal?.is_running ? "Stop the rehearsal" : "Rehearse");
    this.show("start", mayStart && has.waiting && Boolean(state.approved_by), state.is_begun ? "Go on…" : "Start…");
    this.show("pause", Boolean(running), running?.is_stopping ? "Pausing …" : "Pause");
    this.buttons.pause.disabled = Boolean(running) && (!running.can_stop || running.is_stopping);
    this.show("again", mayStart && has.refused && Boolean(state.approved_by), "Try refused again…");
    this.show("paper", Boolean(state.page), "The job's page");
    // Before it begins, what takes a job back is read in its plan.
    this.groups.hidden = this.sides.hidden = this.isBack && !state.is_begun;
    replaceContent(this.rehearsal, this.rehearsed(rehearsal));
    replaceContent(
      this.hand,
      ended && !running ? element("div", { class: `ia-plan-said${ended.code && !ended.is_paused ? " ia-plan-refused" : ""}` }, ended.line || `It ended with code ${ended.code}.`) : null,
      state.hand.length ? [element("h3", {}, "To do by hand"), element("ul", {}, state.hand.map((one) => element("li", {}, one)))] : null,
    );
    for (const [group, { words, button }] of this.chips) {
      const many = group ? counts[group] : first.total;
      button.textContent = group ? `${count(many)} ${words}` : `all ${count(many)}`;
      button.setAttribute("aria-pressed", String(group === this.group));
      button.hidden = Boolean(group) && !many && group !== this.group;
    }
  }

  show(name, isShown, label) {
    const button = this.buttons[name];
    // A button that has the focus and goes leaves it to the screen.
    if (!isShown && button === document.activeElement) this.frame.root.focus({ preventScroll: true });
    button.hidden = !isShown;
    if (button.textContent !== label) button.textContent = label;
  }

  // How the job stands, in a sentence or two.
  stands() {
    const { state, first } = this;
    const { running } = state;
    if (running) {
      const who = running.by ? `, started by ${running.by}` : "";
      const where = running.where ? ` (${running.where}${running.can_stop ? "" : ": pause it there, with Ctrl-C"})` : "";
      const left = state.left_s === null ? "" : ` About ${jobTime(state.left_s)} left.`;
      const pausing = running.is_stopping ? "Pausing: the change that is on its way is ended first. " : "";
      return `${pausing}Running since ${running.since}${who}${where}.${left}`;
    }
    if (state.busy) return `${state.busy} This job can start when that has ended.`;
    if (!first.is_sendable) return "This plan cannot be sent over an interface: write its files with apply_plan(here, …, dry_run=False).";
    if (state.refusal) return element("span", { class: "ia-bad" }, state.refusal);
    if (!state.approved_by) return this.isBack ? "Agree to it above; then it can be started." : `Nobody has agreed to it yet: approve_plan(here, "${first.name}").`;
    if (!state.is_begun) return `Not begun. Agreed to by ${state.approved_by}.`;
    if (state.counts.waiting) return `Paused, or stopped, after the change of ${state.newest}: it goes on where it was. Agreed to by ${state.approved_by}.`;
    return `Ended; the last change at ${state.newest}. Agreed to by ${state.approved_by}.`;
  }

  rehearsed(rehearsal) {
    if (!rehearsal) return null;
    if (rehearsal.is_running) return element("p", { class: "ia-soft" }, `Rehearsing: ${count(rehearsal.done)} ${rehearsal.total ? `of ${count(rehearsal.total)} ` : ""}records read and compared; nothing is sent.`);
    if (rehearsal.refused) return element("div", { class: "ia-plan-said ia-plan-refused" }, rehearsal.refused);
    const found = rehearsal.counts.map(([words, many]) => `${count(many)} ${words}`).join(", ");
    return element("div", { class: "ia-plan-said" }, element("strong", {}, `Rehearsed in the ${rehearsal.target}: `), `${found}. Nothing was sent.`, rehearsal.stopped ? ` ${rehearsal.stopped}` : "", rehearsal.lacking ? ` ${rehearsal.lacking}` : "");
  }

  async rehearse() {
    const isOn = !this.state.rehearsal?.is_running;
    this.take(await this.ask("rehearse", { on: isOn }));
    this.frame.say(isOn ? "Rehearsing; nothing is sent." : "The rehearsal ends.");
  }

  async start({ again = false } = {}) {
    const { target } = this.state;
    const waiting = this.state.counts.waiting + this.state.counts.held;
    const what = again ? `What was refused or left alone is tried again in ${target.words}.` : `${plural(waiting, "change")} will be made in ${target.words}.`;
    const isSure = await this.frame.confirm(what, {
      yes: again ? "Try again" : this.state.is_begun ? "Go on" : "Start",
      typed: target.typed,
      details: element("p", { class: "ia-soft" }, "Each record is compared before it is changed; what somebody else changed is left alone. It can be paused at any time, and taken back as far as the plan says."),
    });
    if (!isSure) return this.frame.say("Nothing was started.");
    this.frame.calm();
    this.frame.say("Starting …");
    this.take(await this.ask("start", { typed: target.typed, again }));
    this.frame.say("Started. It goes on when this page is closed.");
  }

  async pause() {
    this.frame.say("Pausing: the change that is on its way is ended first.");
    this.take(await this.ask("stop"));
  }

  async showPaper() {
    const isShown = this.paper.firstChild !== null;
    this.buttons.paper.setAttribute("aria-expanded", String(!isShown));
    if (isShown) return this.paper.replaceChildren();
    const { path, html } = await this.ask("page");
    const drawn = element("iframe", { class: "ia-job-paper", title: "The page of the job", sandbox: "", tabindex: "0" });
    drawn.srcdoc = html;
    replaceContent(this.paper, element("p", { class: "ia-soft" }, `${path} (to be sent, or opened in a browser)`), drawn);
  }

  nextGroup() {
    const groups = [...this.chips].filter(([, { button }]) => !button.hidden).map(([group]) => group);
    return this.only(groups[(groups.indexOf(this.group) + 1) % groups.length]);
  }

  async only(group) {
    this.group = group;
    this.draw();
    await this.refresh({ isNew: true });
  }

  // What is in sight is asked for again; the rest comes when it is looked at.
  async refresh({ isNew = false } = {}) {
    const group = this.group;
    const first = isNew ? 0 : Math.max(0, Math.floor(this.list.from() / JOB_ROW_HEIGHT) - 5);
    const answer = await this.ask("rows", { group, first, count: 60 }, { isQuiet: !isNew });
    if (group !== this.group) return;
    this.list.rows.clear();
    this.list.pages.clear();
    answer.rows.forEach((row, place) => this.list.rows.set(first + place, row));
    if (isNew) {
      this.list.index = 0;
      this.list.root.scrollTop = 0;
    }
    this.list.resize(answer.total);
    this.wantedId = "";
    if (answer.total) await this.chosen(this.list.index);
    else replaceContent(this.detail, element("p", { class: "ia-soft" }, "No change is in this group."));
  }

  async chosen(index) {
    const row = await this.list.wanted(index);
    if (!row || index !== this.list.index || this.wantedId === row.op_id) return;
    this.wantedId = row.op_id;
    const change = await this.ask("change", { op_id: row.op_id });
    if (this.wantedId === row.op_id) this.drawChange(change);
  }

  drawChange(change) {
    this.wantedId = change.op_id;
    const said = [
      change.reason,
      change.at ? `${change.at}, attempt ${count(change.attempts)}` : "",
      change.status ? `The system answered ${change.status}${change.request_id ? ` (request ${change.request_id})` : ""}.` : "",
    ].filter(Boolean);
    const isBad = ["conflict", "refused", "differs", "held"].includes(change.group);
    replaceContent(this.detail, element("p", {}, element("strong", { class: isBad ? "ia-bad" : change.group === "done" ? "ia-good" : "" }, change.became), said.map((one) => element("div", {}, one))), planChange(change));
  }
}

function jobRow(row) {
  const isBad = ["conflict", "refused", "differs", "held"].includes(row.group);
  return element(
    "div",
    { class: "ia-plan-row" },
    element("div", {}, element("strong", {}, row.record), element("span", { class: "ia-soft" }, ` · ${row.what} ${row.happens}`)),
    element("div", {}, element("span", { class: "ia-soft" }, `${count(row.number)}  `), element("span", { class: isBad ? "ia-bad" : row.group === "done" ? "ia-good" : "" }, row.became), row.reason ? `: ${row.reason}` : ""),
  );
}
