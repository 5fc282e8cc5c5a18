// Duplicates of one system: which record stays, what each of its fields says and why, and what a cleanup would do about them.

import { element, Frame, LongList, Steps, replaceContent, count, plural } from "./frame.js";
import { MergeTable } from "./merge_table.js";
import { MergeRules } from "./merge_rules.js";
import { SaidAgain } from "./said_again.js";

const MERGE_STATES = {
  "": "All",
  tie: "Which stays?",
  again: "Look again",
  open: "A field is open",
  held: "Not merged",
  ready: "Merged by rules",
  chosen: "Chosen by a person",
};
const MERGE_MARKS = { tie: "which stays?", again: "look again", open: "field open", held: "not merged", ready: "merged" };

class MergeScreen {
  constructor(model, el) {
    this.first = model.get("first");
    this.frame = new Frame(el, model, { title: `Duplicates in ${this.first.label}: ${this.first.client}`, keys: this.keys() });
    this.steps = new Steps();
    this.versions = new SaidAgain();
    this.edition = this.first.edition;
    this.build();
    this.take(this.first);
    this.frame.watch(() => this.look());
  }

  close() {
    this.frame.close();
  }

  keys() {
    return [
      { key: ["j", "PageDown"], label: "next duplicates", run: () => this.list.choose(this.list.index + 1) },
      { key: ["k", "PageUp"], label: "previous duplicates", run: () => this.list.choose(this.list.index - 1) },
      { key: "ArrowDown", label: "next field", run: () => this.table.move(1, 0) },
      { key: "ArrowUp", label: "previous field", run: () => this.table.move(-1, 0) },
      { key: "ArrowRight", label: "next record", run: () => this.table.move(0, 1) },
      { key: "ArrowLeft", label: "previous record", run: () => this.table.move(0, -1) },
      { key: ["Enter", " "], label: "take this: the record stays, or its value is the right one", run: () => this.table.take() },
      { key: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], label: "take the record with this number", run: (event) => this.table.takeNumber(Number(event.key)) },
      { key: "e", label: "type the value of this field", run: () => this.table.edit() },
      { key: ["Backspace", "0"], label: "leave this field to the rules again", run: () => this.table.back() },
      { key: "x", label: "this record is another one: take it out, or put it back", run: () => this.table.exclude() },
      { key: "h", label: "hide or show what all say the same", run: () => this.table.hideSame() },
      { key: "v", label: "show what each system gets", run: () => this.showChanges() },
      { key: "r", label: "change the rules", run: () => this.rules.toggle() },
      { key: "n", label: "next that asks for a decision", run: () => this.nextOpen() },
      { key: "/", label: "search", run: () => this.search.focus() },
      { key: ["Mod+z", "u"], label: "take back", run: () => this.undo() },
      { key: ["Mod+y", "Mod+Shift+Z", "U"], label: "do again", run: () => this.redo() },
      { key: "Escape", label: "back to the list", run: () => this.list.root.focus() },
    ];
  }

  build() {
    const { frame } = this;
    this.progress = element("span", { class: "ia-soft" });
    this.states = element("div", { class: "ia-tools", role: "group", "aria-label": "Which ones" });
    this.search = element("input", { class: "ia-field mc-search", type: "search", placeholder: "Search names and values", "aria-label": "Search names and values" });
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.want({ text: this.search.value }).catch(() => {});
      if (event.key === "Escape") this.list.root.focus();
    });
    this.search.addEventListener("search", () => this.want({ text: this.search.value }).catch(() => {}));
    this.list = new LongList({
      label: "Duplicates", total: 0, rowHeight: 44, height: 520, rows: [],
      fetch: (start, size) => frame.ask("rows", { view: this.view, start, count: size }),
      draw: (index, row) => this.drawRow(row),
      chosen: (index) => this.show(index),
    });
    this.table = new MergeTable(this);
    this.rules = new MergeRules(this);
    this.changes = element("section", { class: "mc-changes", "aria-label": "What each system gets", hidden: true });
    this.detail = element("div", { class: "mc-detail" });
    frame.tools.append(this.progress, frame.button("Rules (r)", () => this.rules.toggle()));
    frame.body.append(
      this.rules.root,
      element("div", { class: "ia-tools mc-top" }, this.states, this.search),
      element("div", { class: "mc-columns" }, this.list.root, this.detail),
    );
  }

  take(answer) {
    Object.assign(this, { view: answer.view, wanted: answer.wanted, edition: answer.edition });
    this.ruled(answer);
    this.list.rows = new Map(answer.rows.map((row, index) => [index, row]));
    this.list.pages.clear();
    this.list.index = 0;
    this.list.root.scrollTop = 0;
    this.list.resize(answer.total);
    this.counted(answer.counts);
    this.drawn(answer.detail);
  }

  // The rules, and the hash of the text that they were read from: whoever writes others has seen these. Whether they are news.
  ruled({ rules, settings }) {
    const isOther = JSON.stringify(this.first.rules) !== JSON.stringify(rules);
    this.settings = settings;
    this.first = { ...this.first, rules };
    this.rules.follow(isOther);
    return isOther;
  }

  counted(counts) {
    this.counts = counts;
    const asks = (counts.tie ?? 0) + (counts.again ?? 0) + (counts.open ?? 0);
    this.progress.textContent = `${asks ? `${plural(asks, "group")} ask for you` : "nothing asks for you"}, as ${this.first.reviewer}`;
    replaceContent(
      this.states,
      Object.entries(MERGE_STATES).map(([state, label]) => {
        const number = counts[state || "all"] ?? 0;
        if (!number && state && this.wanted.state !== state) return null;
        return this.frame.button([label, " ", element("span", { class: "ia-soft" }, count(number))], () => this.want({ state }).catch(() => {}), { "aria-pressed": this.wanted.state === state ? "true" : "false" });
      }),
    );
  }

  async want(change) {
    this.take(await this.frame.ask("view", { ...this.wanted, ...change }));
    this.frame.say(`${plural(this.list.total, "group")} of duplicates listed.`);
    this.list.root.focus({ preventScroll: true });
  }

  drawRow(row) {
    const words = [`${count(row.count)} ${row.list}`, row.state === "ready" || row.state === "open" ? (row.changes ? plural(row.changes, "change") : "no change") : null];
    return element(
      "span",
      { class: "mc-row" },
      element("span", { class: "mc-name" }, row.name),
      element("span", { class: ["tie", "again", "open"].includes(row.state) ? "ia-bad" : "ia-soft" }, MERGE_MARKS[row.state]),
      element("span", { class: "ia-soft mc-name" }, words.filter(Boolean).join(", ")),
      element("span", { class: "ia-good" }, row.chosen ? "chosen" : ""),
    );
  }

  // Show the duplicates at a place of the list; what comes late for another place is not shown.
  async show(index) {
    const row = await this.list.wanted(index);
    if (!row || this.list.index !== index) return;
    const detail = await this.frame.ask("detail", { group: row.group });
    if (this.list.index === index) this.drawn(detail);
  }

  drawn(detail) {
    this.now = detail;
    if (!detail) {
      const isNarrow = this.wanted.state || this.wanted.text;
      const none = isNarrow ? "No duplicates of this kind. Choose “All”, or another kind." : `No two records of ${this.first.label} are held to be one. Nothing is to be merged.`;
      replaceContent(this.detail, element("p", {}, none));
      return;
    }
    const { row } = detail;
    const { frame } = this;
    const elsewhere = detail.elsewhere.map(([, label, number]) => `${label} (${count(number)})`).join(", ");
    const merged = row.state === "tie" || row.state === "held" ? null : `1 of ${count(row.count)} records stays; the ${row.count === 2 ? "other one is" : `${count(row.count - 1)} others are`} archived after all that refers to ${row.count === 2 ? "it" : "them"} was moved. Of each field one value stays.`;
    replaceContent(
      this.detail,
      element("div", { class: "mc-title" }, element("strong", {}, row.name), element("span", { class: "ia-soft" }, ` ${plural(row.count, "record")} in ${this.first.label}, ${row.list}${elsewhere ? `; also in ${elsewhere}` : ""}`)),
      merged ? element("p", {}, merged) : element("p", { class: "ia-bad" }, row.state === "tie" ? `Not merged yet. ${detail.reason} Choose which stays: put the cursor on it and press Enter.` : `Not merged. ${detail.reason}`),
      detail.apart.map((one) => element("p", {}, element("strong", {}, one.id), ` was taken out by ${one.by ?? "somebody"} (${(one.at ?? "").slice(0, 10)}): the next audit holds it for another one. `, frame.button("Put it back", () => this.table.include(one.key)))),
      this.table.draw(detail),
      element("div", { class: "ia-tools" }, this.table.sameButton(), frame.button(this.changes.hidden ? "What each system gets (v)" : "Hide what each system gets (v)", () => this.showChanges(), { "aria-expanded": String(!this.changes.hidden) })),
      this.changes,
    );
    if (!this.changes.hidden) this.fillChanges(row);
    frame.root.dataset.ready = "true";
  }

  showChanges() {
    if (!this.now) return;
    this.changes.hidden = !this.changes.hidden;
    this.changes.replaceChildren();
    this.drawn(this.now);
  }

  async fillChanges(row) {
    if (!this.changes.firstChild) this.changes.textContent = "Planning …";
    const asked = (this.asking = {});
    let found;
    try {
      found = await this.frame.ask("preview", { group: row.group });
    } catch {
      this.changes.textContent = "";
      return;
    }
    if (this.asking !== asked) return;
    replaceContent(
      this.changes,
      found.map((one) => [
        element("h3", {}, `${one.label}: ${one.records}, ${one.changes.length ? plural(one.changes.length, "change") : "nothing changes"}`),
        one.changes.length
          ? element(
              "table",
              {},
              element("tr", {}, ["record", "what happens", "field", "now", "then", "can it be taken back"].map((head) => element("th", { scope: "col" }, head))),
              one.changes.map((change) => (change.fields.length ? change.fields : [["", "", ""]]).map(([field, before, after], place) =>
                element(
                  "tr",
                  { title: change.why },
                  place ? [element("td"), element("td")] : [element("td", {}, change.name, element("span", { class: "ia-soft" }, ` ${change.stream}`)), element("td", {}, change.what)],
                  element("td", {}, field),
                  element("td", {}, before),
                  element("td", {}, after),
                  element("td", { class: change.class === "R3" ? "ia-bad" : "ia-soft" }, place ? "" : change.back.replace("can be taken back ", "yes, ").replace("cannot be taken back", "no")),
                ),
              )),
            )
          : null,
      ]),
      element("p", { class: "ia-soft" }, "Nothing is changed yet. plan_changes(here, “cleanup”, SYSTEM) makes the plan that somebody agrees to."),
    );
  }

  // Ask the kernel for a choice about duplicates of which version `believed` was seen; show what it made of it only after it
  // has said so. Where it refuses, they are shown as they stand now.
  async choose(question, given, group, believed) {
    const cursor = this.table.cursor;
    let answer;
    try {
      answer = await this.frame.ask(question, { group, believed, ...given });
    } catch (error) {
      await this.reread(group);
      throw error;
    }
    this.edition = answer.edition;
    this.counted(answer.counts);
    if (answer.detail) this.redrawn(answer.detail, cursor);
    return answer;
  }

  isShown(group) {
    return String(this.now?.row.group) === String(group);
  }

  // Show duplicates as they stand now, in the list and, where nobody has gone on to others, beside it.
  redrawn(detail, cursor) {
    const { group } = detail.row;
    const [index] = [...this.list.rows].find(([, row]) => String(row.group) === String(group)) ?? [];
    if (index !== undefined) this.list.set(index, detail.row);
    if (!this.isShown(group)) return;
    this.drawn(detail);
    this.table.putCursor(cursor);
  }

  async reread(group) {
    try {
      this.redrawn(await this.frame.kernel.ask("detail", { group }), this.table.cursor);
    } catch {
      // They are no duplicates any more.
      await this.want({});
    }
  }

  // Choose, and keep how it is taken back. `before` and `after` are questions with what they are given.
  async decide(label, before, after) {
    const { group, version } = this.now.row;
    const ask = async ([question, given], believed, isShown) => {
      if (isShown) await this.goTo(group);
      return this.choose(question, given, group, believed);
    };
    await this.done(label, group, version, before, after, ask);
    this.frame.say(`Saved: ${label}.`);
  }

  // Do something about duplicates, and keep how it is taken back. Each step believes what it found or left itself, never what
  // stands there by now: that may be somebody else's word.
  async done(label, group, found, before, after, ask) {
    const left = (await ask(after, found, false)).version;
    const name = String(group);
    const step = { label, undo: () => again(before, left, found), redo: () => again(after, found, left) };
    const again = async (question, from, to) => {
      const believed = this.versions.now(name, from);
      try {
        const answer = await ask(question, believed, true);
        this.versions.note(name, to, answer.version);
      } catch (error) {
        if (!this.isShown(group) || this.now.row.version === believed) throw error;
        // Somebody else has chosen since: it is not taken back now, nor ever.
        step.isLost = true;
      }
    };
    this.steps.add(step);
  }

  // Bring duplicates into sight, also where the list shows others by now.
  async goTo(group) {
    if (this.isShown(group)) return;
    const index = [...this.list.rows].find(([, row]) => String(row.group) === String(group))?.[0];
    if (index !== undefined) this.list.choose(index, { quiet: true });
    this.drawn(await this.frame.ask("detail", { group }));
  }

  async nextOpen() {
    for (let index = this.list.index + 1; index < this.list.total; index++) {
      const row = await this.list.wanted(index);
      if (row && ["tie", "again", "open"].includes(row.state)) return this.list.choose(index);
    }
    return this.frame.say("No more below asks for a decision.");
  }

  async undo() {
    const step = await this.steps.undo();
    if (step?.isLost) this.steps.undone.pop();
    this.told(step, "Taken back", "Nothing to take back in this window.");
  }

  async redo() {
    const step = await this.steps.redo();
    if (step?.isLost) this.steps.done.pop();
    this.told(step, "Done again", "Nothing to do again.");
  }

  told(step, word, nothing) {
    if (!step) this.frame.say(nothing);
    else this.frame.say(step.isLost ? `Left as it stands, somebody else has decided since: ${step.label}.` : `${word}: ${step.label}.`);
  }

  // What others chose since.
  async look() {
    const answer = await this.frame.kernel.ask("since", { edition: this.edition });
    this.isBehind = this.ruled(answer) || this.isBehind;
    if (this.isBehind && !this.table.isEdited) return this.followRules();
    if (answer.edition === this.edition) return;
    this.edition = answer.edition;
    this.counted(answer.counts);
    const news = new Map(answer.rows.map((row) => [String(row.group), row]));
    for (const [index, held] of this.list.rows) {
      const row = news.get(String(held.group));
      if (row && row.version > held.version) this.list.set(index, row);
    }
    const mine = this.now && news.get(String(this.now.row.group));
    if (mine && mine.version > this.now.row.version && !this.table.isEdited) {
      await this.show(this.list.index);
      this.frame.say(`Somebody else decided about ${mine.name}: it is shown as it stands now.`);
    }
  }

  // Others were written into engagement.yaml: what follows from them is shown, and where it was looked at.
  async followRules() {
    this.isBehind = false;
    const group = String(this.now?.row.group);
    this.take(await this.frame.kernel.ask("view", this.wanted));
    const index = [...this.list.rows].find(([, row]) => String(row.group) === group)?.[0];
    if (index) this.list.choose(index);
    this.frame.say("Somebody else changed the rules in engagement.yaml: what follows from them is shown.");
  }
}

export default {
  render({ model, el }) {
    const screen = new MergeScreen(model, el);
    return () => screen.close();
  },
};
