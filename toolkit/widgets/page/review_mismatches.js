// Where systems disagree, field by field: which side is right, by keys; who decides a field; items that lack a counterpart.

import { element, Frame, LongList, Steps, markedPair, replaceContent, count, plural } from "./frame.js";
import { MismatchItems } from "./mismatch_items.js";
import { MismatchPolicy } from "./mismatch_policy.js";
import { MismatchWords } from "./mismatch_words.js";

const MISMATCH_STATUS = {
  open: "Not decided",
  unsettled: "Not decided, nothing proposed",
  proposed: "Not decided, with a proposal",
  again: "Changed since it was decided",
  decided: "Decided",
  all: "All",
};
const MISMATCH_SAID = { left: "left is right", right: "right is right", neither: "neither", again: "changed since" };
const MISMATCH_KINDS = { missing_l: "the left one is empty", missing_r: "the right one is empty", formatting: "differs in formatting only" };

function mismatchReason(why, labels) {
  if (!why) return "";
  const truth = "source of truth: ";
  if (why.startsWith(truth)) return `${labels[why.slice(truth.length)] ?? why.slice(truth.length)} decides this field`;
  if (why.startsWith("most complete")) return "nothing settles it";
  return { newest: "it was changed last", "only value": "no other system has one", "all agree": "all say the same" }[why] ?? why;
}

class MismatchScreen {
  constructor(model, el) {
    this.first = model.get("first");
    this.labels = this.first.labels;
    this.words = this.first.field_words;
    this.frame = new Frame(el, model, { title: `Where systems disagree: ${this.first.client}`, keys: this.keys() });
    this.steps = new Steps();
    this.said = new MismatchWords();
    this.last = this.first.last;
    this.tab = "fields";
    this.build();
    this.take(this.first);
    this.frame.watch(() => this.look());
  }

  close() {
    this.frame.close();
  }

  keys() {
    const here = () => this.tab === "fields";
    const items = () => !here();
    return [
      { key: ["ArrowDown", "j"], label: "next", run: () => this.step(1) },
      { key: ["ArrowUp", "k"], label: "previous", run: () => this.step(-1) },
      { key: ["ArrowLeft", "1"], label: "left is right", when: here, run: () => this.say("left") },
      { key: ["ArrowRight", "2"], label: "right is right", when: here, run: () => this.say("right") },
      { key: "n", label: "neither is right", when: here, run: () => this.say("neither") },
      { key: ["a", "Enter"], label: "take what is proposed", when: here, run: () => this.say("proposed") },
      { key: ["o", "Backspace"], label: "leave open again", run: () => (here() ? this.say("open") : this.items.say("leave open")) },
      { key: "A", label: "take all that is proposed in this list", when: here, run: () => this.takeAll() },
      { key: "d", label: "say who decides this field", when: here, run: () => this.policy.open(this.chosen()) },
      { key: "b", label: "write a note", run: () => (here() ? this : this.items).note.focus() },
      { key: "f", label: "show or hide what differs in formatting only", when: here, run: () => this.want({ with_formatting: !this.wanted.with_formatting }) },
      { key: "/", label: "search", when: here, run: () => this.search.focus() },
      { key: ["1", "2", "3", "4"], label: "say the word with this number (items)", when: items, run: (event) => this.items.say(Number(event.key)) },
      { key: ["Mod+z", "u"], label: "take back", run: () => this.undo() },
      { key: ["Mod+y", "Mod+Shift+Z", "U"], label: "do again", run: () => this.redo() },
      { key: "t", label: "next list: fields, missing, without a source, arrived wrong", run: () => this.turnOn() },
      { key: "Escape", label: "back to the list", run: () => this.turnTo(this.tab) },
    ];
  }

  build() {
    const { frame } = this;
    this.tabs = element("div", { class: "ia-tools", role: "tablist", "aria-label": "What is decided" });
    this.facets = element("nav", { class: "mm-facets", "aria-label": "Narrow the list" });
    this.status = element("select", { class: "ia-field", "aria-label": "Which ones", on: { change: () => this.want({ status: this.status.value }) } });
    this.status.append(...Object.entries(MISMATCH_STATUS).map(([value, label]) => element("option", { value }, label)));
    this.search = element("input", { class: "ia-field mm-search", type: "search", placeholder: "Search names and values", "aria-label": "Search names and values", on: { keydown: (event) => this.searched(event) } });
    this.search.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.want({ text: this.search.value }).catch(() => {}), 250);
    });
    this.formatting = frame.button("", () => this.want({ with_formatting: !this.wanted.with_formatting }), { "aria-pressed": "false" });
    this.all = frame.button("", () => this.takeAll());
    this.progress = element("span", { class: "ia-soft mm-progress" });
    this.note = element("input", { class: "ia-field mm-note", type: "text", maxlength: "1000", placeholder: "Note (saved with the next decision)", "aria-label": "Note, saved with the next decision" });
    this.note.addEventListener("keydown", (event) => ["Escape", "Enter"].includes(event.key) && this.list.root.focus());
    this.list = new LongList({
      label: "Differences", total: 0, rowHeight: 30, height: 360, rows: [],
      fetch: (start, size) => frame.ask("rows", { view: this.view, start, count: size }),
      draw: (index, row) => this.drawRow(row),
      chosen: () => this.showChosen(),
    });
    this.listHead = element("div", { class: "mm-row mm-head", "aria-hidden": "true" });
    this.detail = element("section", { class: "mm-detail", "aria-label": "The chosen difference" });
    this.policy = new MismatchPolicy(this);
    this.fields = element(
      "div",
      { class: "mm-fields" },
      this.facets,
      element("div", { class: "mm-main" }, element("div", { class: "ia-tools" }, this.status, this.search, this.formatting, this.all), this.listHead, this.list.root, this.detail, this.policy.root),
    );
    this.items = new MismatchItems(this);
    frame.tools.append(this.progress);
    frame.body.append(this.tabs, this.fields, this.items.root);
    this.showTab("fields");
  }

  showTab(name) {
    this.tab = name;
    const open = this.counts ? this.counts.fields.reduce((sum, [, , left]) => sum + left, 0) : 0;
    const tabs = [["fields", "Fields that differ", open], ...Object.entries(this.first.items).map(([one, number]) => [one, { missing: "Missing", unclear: "Several fit", extra: "Without a source", wrong: "Arrived wrong" }[one], this.items.open.get(one) ?? number])];
    replaceContent(
      this.tabs,
      tabs.map(([one, label, number]) =>
        element("button", { type: "button", role: "tab", class: "ia-button", "aria-selected": String(one === name), on: { click: () => this.turnTo(one) } }, `${label} `, element("span", { class: "ia-soft" }, count(number))),
      ),
    );
    this.fields.hidden = name !== "fields";
    this.items.root.hidden = name === "fields";
    if (name !== "fields" && this.items.name !== name) this.items.show(name).catch(() => {});
  }

  turnOn() {
    const names = ["fields", ...Object.keys(this.first.items)];
    this.turnTo(names[(names.indexOf(this.tab) + 1) % names.length]);
  }

  turnTo(name) {
    this.showTab(name);
    (name === "fields" ? this.list : this.items.list).root.focus({ preventScroll: true });
  }

  // Take a list that the kernel answered with.
  take(answer, chosen = null) {
    Object.assign(this, { view: answer.view, wanted: answer.wanted, counts: answer.counts, deciders: answer.deciders, settings: answer.settings });
    this.list.rows = new Map(answer.rows.map((row, index) => [index, row]));
    this.list.pages.clear();
    this.list.index = Math.max(0, chosen ? answer.rows.findIndex((row) => this.isSame(row, chosen)) : 0);
    this.list.root.scrollTop = 0;
    this.list.resize(answer.total);
    this.status.value = this.wanted.status;
    this.drawFacets();
    this.showTab(this.tab);
    this.showChosen();
  }

  async want(change) {
    this.take(await this.frame.ask("view", { ...this.wanted, ...change }));
    this.frame.say(`${plural(this.list.total, "difference")} listed.`);
    this.list.root.focus({ preventScroll: true });
  }

  searched(event) {
    if (event.key === "Enter" || event.key === "Escape") this.list.root.focus();
  }

  drawFacets() {
    const { counts, wanted, frame } = this;
    const facet = (title, rows, key, label) => [
      element("h3", {}, title),
      element("button", { type: "button", class: "mm-facet", "aria-pressed": wanted[key] === "" ? "true" : "false", on: { click: () => this.want({ [key]: "" }).catch(() => {}) } }, "all"),
      rows.map(([value, total, left]) =>
        element(
          "button",
          { type: "button", class: "mm-facet", "aria-pressed": wanted[key] === value ? "true" : "false", title: `${count(left)} of ${count(total)} not decided`, on: { click: () => this.want({ [key]: value }).catch(() => {}) } },
          element("span", {}, label(value)),
          element("span", { class: "ia-number" }, count(left)),
        ),
      ),
    ];
    const pair = (value) => value.split("|").map((one) => this.labels[one] ?? one).join(" / ");
    const [left, right] = wanted.pair ? wanted.pair.split("|").map((one) => this.labels[one] ?? one) : ["left", "right"];
    replaceContent(this.listHead, ["customer or supplier", "field", `${left} says`, `${right} says`, "decision"].map((one) => element("span", {}, one)));
    replaceContent(this.facets, facet("Field", counts.fields, "field", (value) => this.words[value] ?? value), facet("Two systems", counts.pairs, "pair", pair));
    this.formatting.textContent = wanted.with_formatting ? "Hide what differs in formatting only" : `Formatting only: ${count(counts.formatting)} hidden`;
    this.formatting.setAttribute("aria-pressed", String(wanted.with_formatting));
    this.formatting.hidden = !counts.formatting;
    this.drawProgress();
    frame.root.dataset.ready = "true";
  }

  drawProgress() {
    const { counts } = this;
    const left = counts.fields.reduce((sum, [, , open]) => sum + open, 0);
    this.progress.textContent = `${count(counts.total - left)} of ${count(counts.total)} decided, as ${this.first.reviewer}`;
    const proposed = counts.status.proposed ?? 0;
    this.all.textContent = `Take ${count(proposed)} proposed …`;
    this.all.hidden = !proposed;
  }

  drawRow(row) {
    const [left, right] = row.value_l && row.value_r ? markedPair(row.value_l, row.value_r) : [[row.value_l ?? "(empty)"], [row.value_r ?? "(empty)"]];
    const said = row.saving ? "saving …" : row.decision ? MISMATCH_SAID[row.decision] : row.proposed_in ? "proposed" : "";
    const chosen = (side) => (row.decision === side ? " mm-right" : "");
    return element(
      "span",
      { class: "mm-row" },
      element("span", {}, row.name || row.key_l),
      element("span", { class: "ia-soft" }, this.words[row.column] ?? row.column),
      element("span", { class: `mm-value${chosen("left")}${row.value_l ? "" : " ia-soft"}`, title: this.labels[row.system_l] ?? row.system_l }, left),
      element("span", { class: `mm-value${chosen("right")}${row.value_r ? "" : " ia-soft"}`, title: this.labels[row.system_r] ?? row.system_r }, right),
      element("span", { class: row.decision === "again" ? "ia-bad" : row.decision && !row.saving ? "ia-good" : "ia-soft" }, said),
    );
  }

  chosen() {
    return this.list.row(this.list.index);
  }

  showChosen() {
    const row = this.chosen();
    if (!this.list.total) return this.showNothing();
    if (!row) {
      this.list.wanted(this.list.index).then(() => this.chosen() && this.showChosen());
      return;
    }
    const { frame, labels } = this;
    const [left, right] = row.value_l && row.value_r ? markedPair(row.value_l, row.value_r) : [[row.value_l ?? "(empty)"], [row.value_r ?? "(empty)"]];
    const side = (key, name, value, system, changed, record) =>
      element(
        "div",
        { class: `mm-side${row.decision === key ? " mm-right" : ""}${row.proposed_in && !row.decision && this.proposedSide(row) === key ? " mm-proposed" : ""}` },
        element("div", { class: "mm-system" }, element("strong", {}, labels[system] ?? system), changed ? element("span", { class: "ia-soft" }, " changed last") : null),
        element("div", { class: "mm-big" }, value),
        element("div", { class: "ia-soft mm-key" }, record),
        frame.button(name, () => this.say(key), { "aria-pressed": row.decision === key ? "true" : "false" }),
      );
    replaceContent(
      this.detail,
      element("div", { class: "mm-title" }, element("strong", {}, row.name || row.key_l), `, ${this.words[row.column] ?? row.column}`, row.kind === "formatting" ? element("span", { class: "ia-soft" }, ` (${MISMATCH_KINDS[row.kind]})`) : null),
      element("div", { class: "mm-sides" }, side("left", "← Left is right", left, row.system_l, row.changed === "l", row.key_l), side("right", "Right is right →", right, row.system_r, row.changed === "r", row.key_r)),
      element("p", {}, this.proposalWords(row)),
      element(
        "div",
        { class: "ia-tools" },
        frame.button("Neither (n)", () => this.say("neither"), { "aria-pressed": row.decision === "neither" ? "true" : "false" }),
        row.decision ? frame.button("Leave open (o)", () => this.say("open")) : null,
        this.proposedSide(row) && !row.decision ? frame.button("Take what is proposed (a)", () => this.say("proposed"), { class: "ia-button ia-main" }) : null,
        frame.button(`Who decides ${this.words[row.column] ?? row.column}? (d)`, () => this.policy.open(row)),
        this.note,
      ),
      this.decidedWords(row),
    );
    if (this.policy.column && this.policy.column !== row.column) this.policy.close();
  }

  showNothing() {
    const { counts, wanted } = this;
    const isNarrow = wanted.field || wanted.pair || wanted.text || wanted.status !== "open";
    const all = counts.total ? "Everything in this list is decided. The next audit obeys it: run the next notebook, or reconcile_systems(here)." : "No two systems disagree about a customer, supplier or person.";
    replaceContent(this.detail, element("p", {}, isNarrow ? "Nothing of this kind. Choose “all” on the left, or another status." : all));
  }

  proposedSide(row) {
    if (!row.proposed_in || (row.why ?? "").startsWith("most complete")) return "";
    // Of a system with several records of one party it may be another one that has the value.
    const sides = ["left", "right"].filter((side) => row[side === "left" ? "value_l" : "value_r"] === row.proposed);
    return sides.length === 1 ? sides[0] : "";
  }

  proposalWords(row) {
    if (row.decision && !row.proposed_in) return "";
    const decider = this.deciders[row.column];
    const who = decider ? `${this.labels[decider] ?? decider} decides this field.` : "No system decides this field yet.";
    if (!row.proposed_in) return [element("span", { class: "ia-bad" }, "Nothing is proposed: "), "nothing settles which value is right. ", who];
    const value = element("strong", {}, row.proposed ?? "(empty)");
    return ["Proposed: ", value, ` from ${this.labels[row.proposed_in] ?? row.proposed_in}, because ${mismatchReason(row.why, this.labels)}.`];
  }

  decidedWords(row) {
    if (!row.decision) return null;
    const when = row.at ? row.at.slice(0, 16).replace("T", " ") : "";
    const who = `${row.by ?? "Somebody"}, ${when} UTC`;
    const said = row.decision === "again" ? "Decided before, but one of the values is another one by now: decide again" : `Decided: ${MISMATCH_SAID[row.decision]}`;
    return element("p", { class: row.decision === "again" ? "ia-bad" : "ia-good" }, `${said} (${who})${row.note ? `: ${row.note}` : ""}`);
  }

  step(by) {
    if (this.tab !== "fields") return this.items.step(by);
    this.list.choose(this.list.index + by);
    return null;
  }

  findingOf(row) {
    return [row.column, row.key_l, row.key_r];
  }

  isSame(row, other) {
    return String(this.findingOf(row)) === String(this.findingOf(other));
  }

  // Say a word on the chosen difference, and go on to the next; it counts as saved when the kernel has said so.
  async say(decision) {
    const row = this.chosen();
    const index = this.list.index;
    if (!row) return;
    if (decision === "proposed" && !this.proposedSide(row)) return this.frame.say("Neither side has what is proposed. Choose one, or neither.");
    // What is shown as proposed is taken, whatever is proposed by now.
    const word = decision === "proposed" ? this.proposedSide(row) : decision;
    const [before, after] = [{ decision: row.decision === "again" ? "open" : row.decision || "open", note: row.note ?? "" }, { decision: word, note: this.note.value }];
    this.note.value = "";
    if (decision !== "open") this.list.choose(Math.min(index + 1, this.list.total - 1));
    const ask = (one) => (latest) => this.save(latest, one.decision, one.note);
    const said = await this.said.say(String(this.findingOf(row)), row, ask(after));
    this.steps.add({ label: row.name, undo: () => this.said.takeBack(said, ask(before)), redo: () => this.said.sayAgain(said, ask(after)), index });
    this.frame.say(`Saved: ${row.name || row.key_l}, ${this.words[row.column]}, ${MISMATCH_SAID[said.row.decision] ?? "open"}. ${this.progress.textContent}.`);
  }

  async save(row, decision, note) {
    const shown = [...this.list.rows.values()].find((one) => this.isSame(one, row)) ?? row;
    this.put({ ...shown, saving: true });
    try {
      const answer = await this.frame.ask("decide", { finding: this.findingOf(row), decision, believed: row.sequence, note });
      this.count(row, answer.row);
      this.put(answer.row);
      return answer.row;
    } catch (error) {
      this.put({ ...shown, saving: false });
      await this.look().catch(() => {});
      throw error;
    }
  }

  // Show a difference as it is now, wherever it stands in the list that is shown.
  put(row) {
    for (const [index, held] of this.list.rows) {
      if (!this.isSame(held, row)) continue;
      this.list.set(index, row);
      if (index === this.list.index) this.showChosen();
    }
  }

  // Keep the counts in step without asking for all of them.
  count(before, after) {
    const was = before.decision && before.decision !== "again" ? 1 : 0;
    const is = after.decision && after.decision !== "again" ? 1 : 0;
    if (was === is || (after.kind === "formatting" && !this.wanted.with_formatting)) return;
    const by = was - is;
    for (const one of this.counts.fields) if (one[0] === after.column) one[2] += by;
    for (const one of this.counts.pairs) if (one[0] === `${after.system_l}|${after.system_r}`) one[2] += by;
    if (after.proposed_in) this.counts.status.proposed = Math.max(0, (this.counts.status.proposed ?? 0) + by);
    this.drawFacets();
    this.showTab(this.tab);
  }

  async takeAll() {
    const { count: number, of } = await this.frame.ask("many", { view: this.view, decision: "proposed" });
    if (!number) return this.frame.say("Nothing in this list has a proposal that one of its two sides says.");
    const rest = of - number ? ` ${plural(of - number, "other")} of the list have none and stay open.` : "";
    if (!(await this.frame.confirm(`Take what is proposed for ${plural(number, "difference")} of this list?${rest}`, { yes: `Take ${count(number)}` }))) return;
    const answer = await this.frame.ask("many", { view: this.view, decision: "proposed", is_sure: true });
    const [findings, left] = [answer.done.map((one) => one.slice(0, 3)), answer.done.map((one) => one[3])];
    const say = (decision, believed, replaced) => async () => {
      const again = await this.frame.ask("again", { done: findings.map((one, at) => [...one, this.said.now(String(one), believed[at])]), decision });
      findings.forEach((one, at) => this.said.stand(String(one), replaced[at], again.done[at][3]));
      await this.want({}).catch(() => {});
    };
    this.steps.add({ label: plural(number, "difference"), undo: say("open", left, answer.saw), redo: say("proposed", answer.saw, left) });
    await this.want({});
    this.frame.say(`Saved: ${plural(answer.count, "proposal")} taken. Ctrl Z takes all of them back.`);
  }

  async undo() {
    const step = await this.steps.undo();
    this.frame.say(step ? `Taken back: ${step.label}.` : "Nothing to take back in this window.");
  }

  async redo() {
    const step = await this.steps.redo();
    this.frame.say(step ? `Done again: ${step.label}.` : "Nothing to do again.");
  }

  // What others decided since, and whether others decide a field by now.
  async look() {
    const answer = await this.frame.kernel.ask("since", { last: this.last, items: this.items.name });
    this.last = Math.max(this.last, answer.last);
    if (answer.is_more || answer.settings !== this.settings) await this.listAnew(answer.is_more ? "Others decided much" : "Who decides a field was changed in engagement.yaml");
    const held = new Map([...this.list.rows.values()].map((row) => [String(this.findingOf(row)), row]));
    for (const row of answer.rows) {
      const before = held.get(String(this.findingOf(row)));
      if (!before || before.saving || before.sequence >= row.sequence) continue;
      this.count(before, row);
      this.put(row);
      if (row.by !== this.first.reviewer) this.frame.say(`${row.by ?? "Somebody"} decided: ${row.name}, ${this.words[row.column]}.`);
    }
    this.items.hear(answer.items);
  }

  // The same list as it is now, with the same difference chosen where it is still in it; what is being typed stays.
  async listAnew(why) {
    const chosen = this.chosen();
    const typed = this.frame.root.contains(document.activeElement) ? document.activeElement : null;
    this.take(await this.frame.kernel.ask("view", { ...this.wanted }), chosen);
    this.list.choose(this.list.index, { quiet: true });
    this.policy.drawAnew();
    if (typed?.isConnected) typed.focus({ preventScroll: true });
    this.frame.say(`${why}: the list is shown as it is now.`);
  }
}

export default {
  render({ model, el }) {
    const screen = new MismatchScreen(model, el);
    return () => screen.close();
  },
};
