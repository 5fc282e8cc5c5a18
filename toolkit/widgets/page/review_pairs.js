// Review duplicates: pairs by worth, decided by one key each; groups opened, split and joined.
import { count, element, Frame, LongList, plural, replaceContent, Steps } from "./frame.js";
import { drawPair, isOpen, pairLine } from "./review_pair.js";
import { GroupScreen } from "./review_groups.js";
import { bulkChoice, effectView, filterBar, timeText } from "./review_tools.js";
import { SaidAgain } from "./said_again.js";

const DETAILS_AHEAD = 14;
const KEPT_DETAILS = 300;
const PACE_PAUSE_MS = 120_000;
const REVIEW_HEIGHT = 560;
const DECISION_WORDS = { same: "the same", not_same: "not the same", open: "open again", exclude: "excluded" };
const DECISION_CODES = { same: 1, not_same: 2, open: 3 };

class Review {
  constructor(model, el) {
    this.began = performance.now();
    this.first = model.get("first");
    this.details = new Map();
    this.fetching = new Set();
    this.waiting = new Map();
    this.where = new Map();
    this.said = new Map();
    this.times = [];
    this.steps = new Steps();
    this.numbers = new SaidAgain();
    this.entered = new Set();
    this.heard = this.first.heard;
    this.progress = this.first.progress;
    this.isBlind = this.first.blind;
    this.hides = { equal: false, empty: true };
    this.queue = Promise.resolve();
    this.frame = new Frame(el, model, { title: `Review duplicates: ${this.first.client}`, keys: this.keys() });
    this.frame.root.classList.add("ia-review");
    this.build();
    this.take(this.first);
    this.first.details.forEach((one) => this.keep(one));
    this.list.choose(0);
    this.frame.watch(() => this.look());
    this.drawProgress();
  }

  close() {
    this.frame.close();
  }

  keys() {
    const inPairs = () => !this.isGroups;
    const inGroups = () => this.isGroups;
    return [
      { key: ["y", "1"], label: "the same", run: () => this.decide("same"), when: inPairs },
      { key: ["n", "2"], label: "not the same", run: () => this.decide("not_same"), when: inPairs },
      { key: ["s", "3"], label: "skip: to the next open pair", run: () => this.skip(), when: inPairs },
      { key: ["u", "Mod+z"], label: "undo", run: () => this.undo() },
      { key: ["r", "Mod+y", "Mod+Shift+Z"], label: "redo", run: () => this.redo() },
      { key: ["ArrowDown", "j"], label: "next pair", run: () => this.list.choose(this.list.index + 1), when: inPairs },
      { key: ["ArrowUp", "k"], label: "previous pair", run: () => this.list.choose(this.list.index - 1), when: inPairs },
      { key: "t", label: "write a note", run: () => this.note.focus(), when: inPairs },
      { key: "h", label: "hide or show equal fields", run: () => this.hide("equal"), when: inPairs },
      { key: "m", label: "hide or show empty fields", run: () => this.hide("empty"), when: inPairs },
      { key: "f", label: "filter, order and search", run: () => this.toggleFilter() },
      { key: "a", label: "accept all above a threshold", run: () => this.bulk(), when: inPairs },
      { key: "b", label: "blind: hide probability and evidence until decided", run: () => this.toggleBlind(), when: inPairs },
      { key: "e", label: "effect of the decisions", run: () => this.showEffect() },
      { key: "g", label: "open the group of this pair, or the list of groups", run: () => this.toGroups(), when: inPairs },
      { key: ["ArrowDown", "ArrowUp"], label: "next or previous record of the group", run: (event) => this.groups.move(event.key === "ArrowDown" ? 1 : -1), when: inGroups },
      { key: "x", label: "exclude the record from the group, or let it in again", run: () => this.groups.exclude(), when: inGroups },
      { key: "m", label: "mark the record", run: () => this.groups.mark(), when: inGroups },
      { key: "p", label: "split the marked records off", run: () => this.groups.split(), when: inGroups },
      { key: "j", label: "join the group with another", run: () => this.groups.join(), when: inGroups },
      { key: [".", ","], label: "next or previous group", run: (event) => this.groups.list.choose(this.groups.list.index + (event.key === "." ? 1 : -1)), when: inGroups },
      { key: "Escape", label: "back: to the pairs, or out of a field", run: () => this.back() },
    ];
  }

  build() {
    const { frame } = this;
    this.tabs = ["Pairs", "Groups"].map((label, place) => frame.button(label, () => (place ? this.toGroups(true) : this.toPairs()), { "aria-pressed": place ? "false" : "true" }));
    frame.tools.append(
      ...this.tabs,
      frame.button("Undo u", () => this.undo().catch(() => {})),
      frame.button("Redo r", () => this.redo().catch(() => {})),
      frame.button("Filter f", () => this.toggleFilter()),
      frame.button("Accept many a", () => this.bulk().catch(() => {})),
      frame.button("Effect e", () => this.showEffect().catch(() => {})),
    );
    this.bar = element("div", { class: "ia-progress" });
    [this.filter, this.chosen] = filterBar(this.first, () => this.apply().catch(() => {}));
    this.list = new LongList({
      label: "Pairs of records",
      total: 0,
      rowHeight: 44,
      height: REVIEW_HEIGHT,
      fetch: async (first, amount) => {
        const { view } = this;
        const rows = await frame.ask("rows", { view, first, count: amount });
        if (view !== this.view) throw new Error("another list");
        rows.forEach((row, place) => this.where.set(row[0], first + place));
        return rows;
      },
      draw: (index, row) => pairLine(row, { isHidden: this.isBlind && isOpen(row), isWaiting: this.waiting.has(row[0]) }),
      chosen: (index) => this.show(index).catch(() => {}),
    });
    this.pair = element("div", { class: "ia-pair-body" });
    this.note = element("input", { type: "text", class: "ia-field ia-note", maxlength: "2000", placeholder: "Note (t)", "aria-label": "Note on this pair", on: { keydown: (event) => this.noteKey(event), input: () => (this.isNoteNew = true) } });
    this.heading = element("h3", {});
    const decide = (word) => () => this.decide(word).catch(() => {});
    this.panel = element(
      "div",
      { class: "ia-pair" },
      this.heading,
      element("div", { class: "ia-tools" }, frame.button("Same y", decide("same"), { class: "ia-button ia-main" }), frame.button("Not the same n", decide("not_same"), { class: "ia-button ia-main" }), frame.button("Skip s", () => this.skip().catch(() => {})), frame.button("Group g", () => this.toGroups().catch(() => {})), this.note),
      this.pair,
    );
    this.pairs = element("div", {}, this.filter, element("div", { class: "ia-columns" }, this.list.root, this.panel));
    this.groups = new GroupScreen(frame, { enter: (ask, given, said) => this.enter(ask, given, said), height: REVIEW_HEIGHT });
    this.effect = element("div", { class: "ia-effect", hidden: true });
    const next = "The next matching obeys these decisions: run match_records(here), or integration-audit match. Duplicates, differences and figures follow from it.";
    // What was just saved is said where the eye is, not at the end of a long page.
    frame.body.append(element("div", { class: "ia-progress-row" }, this.bar, frame.saying), this.effect, this.pairs, this.groups.root, element("p", { class: "ia-soft" }, next));
  }

  // Lists.

  take(answer) {
    this.view = answer.view;
    this.where.clear();
    this.list.resize(answer.total, { forget: true });
    answer.rows.forEach((row, index) => {
      this.list.rows.set(index, row);
      this.where.set(row[0], index);
    });
    this.list.root.scrollTop = 0;
    this.list.index = 0;
    this.list.redraw();
  }

  async apply() {
    const given = Object.fromEntries(Object.entries(this.chosen).map(([name, one]) => [name, one.value]));
    const share = (text, otherwise) => (text === "" || Number.isNaN(Number(text)) ? otherwise : Math.min(Math.max(Number(text), 0), 100) / 100);
    const filter = { ...given, low: share(given.low, 0), high: share(given.high, 1) };
    const answer = await this.frame.ask("view", { filter });
    this.take(answer);
    this.list.choose(0);
    this.frame.say(`${plural(answer.total, "pair")} shown.`);
    if (!answer.total) this.showEmpty();
  }

  toggleFilter() {
    if (this.isGroups) {
      this.groups.find.focus();
      return;
    }
    this.filter.hidden = !this.filter.hidden;
    (this.filter.hidden ? this.frame.root : this.chosen.text).focus();
  }

  keep(detail) {
    this.details.delete(detail.pair);
    this.details.set(detail.pair, detail);
    if (detail.said) this.said.set(detail.pair, detail.said);
    while (this.details.size > KEPT_DETAILS) this.details.delete(this.details.keys().next().value);
  }

  // Open the pairs behind the one that is shown before they are asked for.
  async fetchAhead(index) {
    const wanted = [];
    for (let place = index; place < Math.min(index + DETAILS_AHEAD, this.list.total); place++) {
      const pair = this.list.row(place)?.[0];
      if (pair !== undefined && !this.details.has(pair) && !this.fetching.has(pair)) wanted.push(pair);
    }
    const isMissing = !this.details.has(this.list.row(index)?.[0]);
    if (!wanted.length || (!isMissing && wanted.length < DETAILS_AHEAD / 2)) return;
    wanted.forEach((pair) => this.fetching.add(pair));
    try {
      (await this.frame.ask("details", { pairs: wanted })).forEach((one) => this.keep(one));
    } finally {
      wanted.forEach((pair) => this.fetching.delete(pair));
    }
    if (wanted.includes(this.current)) this.draw();
  }

  async show(index) {
    this.isEnd = false;
    const row = this.list.row(index) ?? (await this.list.wanted(index));
    if (!row || this.list.index !== index) return;
    this.current = row[0];
    this.isNoteNew = false;
    this.draw();
    this.fetchAhead(index).catch(() => {});
    if (index + DETAILS_AHEAD < this.list.total) this.list.wanted(index + DETAILS_AHEAD);
  }

  draw() {
    const detail = this.details.get(this.current);
    const said = this.said.get(this.current);
    replaceContent(this.heading, `Pair ${count(this.list.index + 1)} of ${count(this.list.total)}`);
    if (!this.isNoteNew) this.note.value = said?.note ?? "";
    this.painted = new Promise((resolve) => (this.isPainted = resolve));
    if (!detail) {
      replaceContent(this.pair, element("p", { class: "ia-soft" }, "Reading the two records …"));
      return;
    }
    drawPair(this.pair, detail, { said, isBlind: this.isBlind, isWaiting: this.waiting.has(this.current), hides: this.hides });
    this.panel.dataset.pair = detail.pair;
    // What nobody can have seen is not decided: a key that comes earlier waits for the picture.
    requestAnimationFrame(() => requestAnimationFrame(this.isPainted));
    if (!this.frame.root.dataset.paintedMs) requestAnimationFrame(() => (this.frame.root.dataset.paintedMs = String(performance.now() - this.began)));
  }

  showEmpty() {
    this.current = undefined;
    delete this.panel.dataset.pair;
    this.heading.textContent = this.list.total ? "Every pair of this list is decided" : "No pair here";
    const left = this.progress.open;
    const advice = left ? `${plural(left, "pair")} still open: press f and show open pairs, or u to take the last decision back.` : "Nothing is open. Run the matching again: it obeys what was decided.";
    replaceContent(this.pair, element("p", {}, advice));
  }

  hide(kind) {
    this.hides[kind] = !this.hides[kind];
    this.frame.say(`${kind === "equal" ? "Equal" : "Empty"} fields are ${this.hides[kind] ? "hidden" : "shown"}.`);
    if (this.current !== undefined) this.draw();
  }

  toggleBlind() {
    this.isBlind = !this.isBlind;
    this.frame.say(this.isBlind ? "Blind: probability and evidence are hidden until you have decided." : "Probability and evidence are shown.");
    this.list.redraw();
    if (this.current !== undefined) this.draw();
  }

  // Deciding. The next pair is shown at once; this one says "saving" until the kernel has it.

  decide(word) {
    this.queue = this.queue.then(() => this.decideNow(word)).catch(() => {});
    return this.queue;
  }

  async decideNow(word) {
    if (this.current === undefined || this.isEnd) return;
    await this.painted;
    const detail = this.details.get(this.current);
    if (!detail || this.waiting.has(detail.pair)) return;
    const said = this.said.get(detail.pair);
    const decision = { l: detail.l, r: detail.r, decision: word, seen: said?.number ?? 0, note: this.note.value };
    this.isNoteNew = false;
    this.waiting.set(detail.pair, word);
    const saved = this.enter("decide", { decisions: [decision] }, `${detail.names.join(" and ")}: ${DECISION_WORDS[word]}`, this.list.index);
    this.lastSaved = saved;
    saved.catch(() => {}).finally(() => {
      this.waiting.delete(detail.pair);
      this.list.redraw();
      if (this.current === detail.pair && !this.isEnd) this.draw();
    });
    this.times.push(Date.now());
    await this.advance();
  }

  async advance() {
    const from = this.list.index;
    for (let step = 1; step <= this.list.total; step++) {
      const index = (from + step) % this.list.total;
      const row = this.list.row(index) ?? (await this.list.wanted(index));
      if (!row) return;
      if (!isOpen(row) || this.waiting.has(row[0])) continue;
      this.list.choose(index, { quiet: true });
      await this.show(index);
      return;
    }
    this.isEnd = true;
    this.list.redraw();
    this.showEmpty();
  }

  skip() {
    this.queue = this.queue.then(() => this.advance()).catch(() => {});
    return this.queue;
  }

  // Ask the kernel to enter something, take in what it says, and remember how it is taken back. What somebody had said already
  // is no step: it is not taken back here.
  async enter(ask, given, sentence, index = null) {
    const answer = await this.frame.ask(ask, given);
    this.takeOwn(answer);
    if (answer.rows.length) {
      this.steps.add(this.step(answer.rows, sentence, index));
      this.frame.say(`Saved: ${sentence}.${answer.already.length ? ` ${count(answer.already.length)} of these had been said already.` : ""}`);
      this.frame.root.dispatchEvent(new CustomEvent("ia-saved", { detail: answer.rows }));
    } else if (answer.already.length) {
      const [one] = answer.already;
      const who = one.who === this.first.reviewer ? "you" : one.who || "somebody";
      this.frame.say(`Already said by ${who}, ${one.when} UTC: ${sentence}. Nothing was added, and undo takes nothing of it back.`);
    }
    return answer;
  }

  // What this window entered, pair by pair: taken back and entered again as long as nobody else has said something since.
  step(rows, sentence, index) {
    const name = (row) => `${row.l}\n${row.r}`;
    const own = new Map(rows.map((row) => [name(row), row]));
    const send = async (from, to) => {
      if (!own.size) return;
      const decisions = [...own.values()].map((row) => ({ l: row.l, r: row.r, decision: to(row)?.decision ?? "open", note: to(row)?.note ?? "", seen: this.numbers.now(name(row), from(row)?.number ?? 0) }));
      const answer = await this.frame.ask("decide", { decisions });
      this.takeOwn(answer);
      const now = new Map(answer.rows.map((row) => [name(row), row.number]));
      for (const [pair, row] of own) {
        if (now.has(pair)) this.numbers.note(pair, to(row)?.number ?? 0, now.get(pair));
        else own.delete(pair);
      }
    };
    const after = (row) => row;
    const before = (row) => row.before;
    return { sentence, index, isLost: () => !own.size, undo: () => send(after, before), redo: () => send(before, after) };
  }

  takeOwn(answer) {
    answer.rows.forEach((row) => this.entered.add(row.number));
    this.takeIn(answer);
  }

  takeIn(answer) {
    [...answer.rows, ...(answer.already ?? []), ...(answer.overtaken ?? [])].forEach((row) => this.takeRow(row));
    if (answer.progress) this.progress = answer.progress;
    this.drawProgress();
    this.list.redraw();
    if (answer.overtaken?.length) {
      const [one] = answer.overtaken;
      this.frame.warn(
        `${one.who || "Somebody else"} decided ${answer.overtaken.length === 1 ? "this" : `${count(answer.overtaken.length)} of these`} meanwhile (${DECISION_WORDS[one.decision] ?? one.decision}, ${one.when} UTC): yours was not saved.`,
        "Look at it again, and decide anew if you see it otherwise.",
      );
    }
  }

  takeRow(row) {
    if (row.pair < 0) return;
    const known = this.said.get(row.pair);
    if (known && known.number > row.number) return;
    this.said.set(row.pair, row);
    const index = this.where.get(row.pair);
    const line = index === undefined ? null : this.list.row(index);
    if (!line) return;
    line[6] = DECISION_CODES[row.decision] ?? 0;
    line[7] = row.number;
    if (row.pair === this.current && !this.isEnd && !this.waiting.has(row.pair)) this.draw();
  }

  async undo() {
    await this.queue;
    await Promise.allSettled([this.lastSaved]);
    const step = await this.steps.undo();
    if (step?.isLost()) this.steps.undone.pop();
    if (step || this.isGroups || !(await this.takeBackShown())) this.after(step, "Taken back");
  }

  // What was decided before this window was opened is taken back on the pair itself.
  async takeBackShown() {
    const detail = this.details.get(this.current);
    const said = detail && this.said.get(detail.pair);
    if (!said || said.decision === "open") return false;
    const isOwn = said.who === this.first.reviewer;
    if (!isOwn && !(await this.frame.confirm(`${said.who || "Somebody"} said of these two: ${DECISION_WORDS[said.decision]} (${said.when} UTC). Take that back?`, { yes: "Take it back" }))) return true;
    await this.enter("decide", { decisions: [{ l: detail.l, r: detail.r, decision: "open", seen: said.number, note: "" }] }, `${detail.names.join(" and ")}: open again`, this.list.index);
    return true;
  }

  async redo() {
    const step = await this.steps.redo();
    if (step?.isLost()) this.steps.done.pop();
    this.after(step, "Done again");
  }

  after(step, word) {
    if (!step) {
      this.frame.say(word === "Taken back" ? "Nothing to take back here." : "Nothing to do again.");
      return;
    }
    this.frame.say(step.isLost() ? `Left as it stands, somebody else has decided since: ${step.sentence}.` : `${word}: ${step.sentence}.`);
    if (this.isGroups) this.groups.again().catch(() => {});
    else if (step.index !== null && step.index < this.list.total) this.list.choose(step.index);
  }

  // Notes: kept with the decision; before one, as a remark on a pair that stays open.

  noteKey(event) {
    if (event.key === "Enter") this.saveNote().catch(() => {});
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.stopPropagation();
    this.frame.root.focus({ preventScroll: true });
  }

  async saveNote() {
    const detail = this.details.get(this.current);
    if (!detail) return;
    const said = this.said.get(detail.pair);
    this.isNoteNew = false;
    await this.enter("decide", { decisions: [{ l: detail.l, r: detail.r, decision: said?.decision ?? "open", seen: said?.number ?? 0, note: this.note.value }] }, "note", this.list.index);
  }

  // Many at once.

  async bulk() {
    const found = await bulkChoice(this.frame, this.view);
    if (!found) return;
    await this.enter("accept", { view: this.view, low: found.low, count: found.count, heard: found.heard }, `${plural(found.count, "pair")} held to be the same`, this.list.index);
    await this.advance();
  }

  async showEffect() {
    this.effect.hidden = !this.effect.hidden;
    if (!this.effect.hidden) replaceContent(this.effect, effectView(await this.frame.ask("effect")));
  }

  // Groups.

  async toGroups(isList = false) {
    const detail = isList ? null : this.details.get(this.current);
    this.showGroups(true);
    await (this.groups.view ? this.groups.again() : this.groups.load());
    if (!detail) return;
    const wanted = detail.groups.filter((one, place) => one && detail.related[place].some(([label]) => label === "held to be one with"));
    if (wanted.length) await this.groups.showOther(wanted[0] === this.groups.group?.group && wanted[1] ? wanted[1] : wanted[0]);
    else this.frame.say("Neither record is in a group yet; the list has all groups.");
  }

  toPairs() {
    this.showGroups(false);
    if (this.current !== undefined) this.draw();
  }

  showGroups(isShown) {
    this.isGroups = isShown;
    this.pairs.hidden = isShown;
    this.groups.root.hidden = !isShown;
    this.tabs.forEach((tab, place) => tab.setAttribute("aria-pressed", String(Boolean(place) === isShown)));
    this.frame.root.focus({ preventScroll: true });
    (isShown ? this.groups.list : this.list).redraw();
  }

  back() {
    if (document.activeElement !== this.frame.root) this.frame.root.focus({ preventScroll: true });
    else if (this.isGroups) this.toPairs();
  }

  // What others do meanwhile, and how far it is.

  async look() {
    const told = await this.frame.kernel.ask("since", { heard: this.heard });
    const news = told.rows.filter((row) => !this.entered.delete(row.number));
    const others = news.filter((row) => (this.said.get(row.pair)?.number ?? 0) < row.number && row.who !== this.first.reviewer);
    this.heard = told.heard;
    this.takeIn(told);
    // A group shows what was said in it: whoever splits it has seen that.
    if (news.length && this.isGroups) await this.groups.again();
    if (others.length) this.frame.say(`${others.at(-1).who || "Somebody"} decided ${plural(others.length, "pair")} meanwhile.`);
    if (told.newer) this.frame.warn("There is a newer run than the one shown here.", "What you decide is kept. Run the cell again to see the new pairs.");
  }

  pace() {
    const gaps = this.times.slice(-31).map((one, place, all) => (place ? one - all[place - 1] : null)).filter((one) => one !== null && one < PACE_PAUSE_MS);
    if (gaps.length < 3) return null;
    return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
  }

  drawProgress() {
    const { open, decided, mine, same } = this.progress;
    const pace = this.pace();
    const left = pace === null ? "" : ` About ${timeText(pace * open)} left at your pace (${(pace / 1000).toFixed(pace < 9500 ? 1 : 0)} s a pair).`;
    replaceContent(
      this.bar,
      element("progress", { max: Math.max(open + decided, 1), value: decided, "aria-label": "pairs decided" }),
      element("span", {}, `${count(decided)} decided (${count(same)} the same, ${count(mine)} by you), ${count(open)} open.${left}`),
    );
  }
}

export default {
  render({ model, el }) {
    const review = new Review(model, el);
    return () => review.close();
  },
};
