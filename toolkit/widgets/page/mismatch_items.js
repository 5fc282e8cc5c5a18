// Items that lack a counterpart, have no source, or arrived wrong: what becomes of each, by the words of the workbook.

import { element, LongList, replaceContent } from "./frame.js";
import { MismatchWords } from "./mismatch_words.js";

// What stands in the list, and how wide.
const MISMATCH_ITEM_SHOWN = { "customer or supplier": "minmax(0, 1.4fr)", document: "minmax(0, 1.4fr)", "what differs": "minmax(0, 1fr)", date: "96px", amount: "100px", "at stake": "100px", currency: "62px" };

export class MismatchItems {
  constructor(screen) {
    this.screen = screen;
    this.open = new Map();
    this.name = "";
    this.words = new MismatchWords();
    this.list = new LongList({
      label: "Items", total: 0, rowHeight: 30, height: 260, rows: [],
      fetch: (start, size) => screen.frame.ask("item_rows", { name: this.name, start, count: size }),
      draw: (index, row) => this.drawRow(row),
      chosen: () => this.showChosen(),
    });
    this.purpose = element("p", { class: "ia-soft" });
    this.note = element("input", { class: "ia-field mm-note", type: "text", maxlength: "1000", placeholder: "Note (saved with the next decision)", "aria-label": "Note on the item, saved with the next decision" });
    this.note.addEventListener("keydown", (event) => event.key === "Escape" && this.list.root.focus());
    this.head = element("div", { class: "mm-item mm-head", "aria-hidden": "true" });
    this.detail = element("section", { class: "mm-detail", "aria-label": "The chosen item" });
    this.root = element("div", { hidden: true }, this.purpose, this.head, this.list.root, this.detail);
  }

  async show(name) {
    this.name = name;
    this.purpose.textContent = "Reading the documents …";
    const answer = await this.screen.frame.ask("items", { name });
    if (this.name !== name) return;
    this.headers = answer.headers;
    this.shown = Object.keys(MISMATCH_ITEM_SHOWN).filter((one) => answer.headers.includes(one));
    this.widths = { gridTemplateColumns: `${this.shown.map((one) => MISMATCH_ITEM_SHOWN[one]).join(" ")} 130px` };
    Object.assign(this.head.style, this.widths);
    this.purpose.textContent = answer.purpose;
    replaceContent(this.head, [...this.shown, "decision"].map((one) => element("span", { class: this.classOf(one) }, one)));
    this.list.rows = new Map(answer.rows.map((row, index) => [index, row]));
    this.list.pages.clear();
    this.list.index = 0;
    this.list.root.scrollTop = 0;
    this.list.resize(answer.total);
    this.open.set(name, answer.open);
    this.screen.showTab(name);
    this.showChosen();
  }

  classOf(header) {
    return ["amount", "at stake"].includes(header) ? "ia-number" : "";
  }

  cell(row, header) {
    return row.cells[this.headers.indexOf(header)] ?? "";
  }

  drawRow(row) {
    return element(
      "span",
      { class: "mm-item", style: this.widths },
      this.shown.map((one) => element("span", { class: this.classOf(one) }, this.cell(row, one))),
      element("span", { class: row.word && !row.saving ? "ia-good" : "ia-soft" }, row.saving ? "saving …" : row.word),
    );
  }

  step(by) {
    this.list.choose(this.list.index + by);
  }

  showChosen() {
    const row = this.list.row(this.list.index);
    if (!this.list.total) return replaceContent(this.detail, element("p", {}, "There is nothing of this kind."));
    if (!row) {
      this.list.wanted(this.list.index).then((found) => found && this.showChosen());
      return null;
    }
    const { frame } = this.screen;
    const place = this.list.index;
    const buttons = row.words.map((word, number) =>
      word === "found as"
        ? element("label", {}, frame.button(`Found as (${number + 1})`, () => this.say(word)), " ", this.number(row))
        : frame.button(`${word[0].toUpperCase()}${word.slice(1)} (${number + 1})`, () => this.say(word), { "aria-pressed": row.word === word ? "true" : "false" }),
    );
    replaceContent(
      this.detail,
      element("div", { class: "mm-title" }, element("strong", {}, row.cells[0] || row.key_l), row.cells[1] ? `, ${row.cells[1]}` : ""),
      element("dl", { class: "mm-facts" }, this.headers.map((one, at) => (row.cells[at] && at > 1 ? element("div", {}, element("dt", {}, one), element("dd", {}, row.cells[at])) : null))),
      element("div", { class: "ia-tools" }, buttons, row.word ? frame.button("Leave open (o)", () => this.say("leave open")) : null, this.note),
      row.word && row.by ? element("p", { class: "ia-good" }, `Decided: ${row.word} (${row.by})${row.note ? `: ${row.note}` : ""}`) : null,
    );
    this.screen.frame.root.dataset.item = String(place);
    return null;
  }

  number(row) {
    const said = row.word.startsWith("found as ") ? row.word.slice(9) : "";
    this.found = element("input", { class: "ia-field", type: "text", value: said, placeholder: "its number", "aria-label": "Number of the document that it was found as", maxlength: "150" });
    this.found.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && this.found.value.trim()) this.say(`found as ${this.found.value.trim()}`);
      if (event.key === "Escape") this.list.root.focus();
    });
    return this.found;
  }

  async say(given) {
    const index = this.list.index;
    const row = this.list.row(index);
    if (!row) return;
    let word = typeof given === "number" ? row.words[given - 1] : given;
    if (!word) return;
    if (word === "found as") {
      if (!this.found.value.trim()) return this.found.focus();
      word = `found as ${this.found.value.trim()}`;
    }
    // A step keeps its own list and item: what stands at this place later may be another one.
    const { name } = this;
    const label = row.cells[1] || row.cells[0];
    const [before, note] = [{ word: row.word || "leave open", note: row.note ?? "" }, this.note.value];
    this.note.value = "";
    const ask = (one) => (latest) => this.send(name, latest, one.word, one.note);
    const said = await this.words.say(`${name} ${this.itemOf(row)}`, row, ask({ word, note }));
    this.screen.steps.add({ label, undo: () => this.words.takeBack(said, ask(before)), redo: () => this.words.sayAgain(said, ask({ word, note })) });
    this.screen.frame.say(`Saved: ${label}, ${said.row.word || "open"}.`);
    if (word !== "leave open" && this.name === name && this.list.index === index) this.step(1);
    this.list.root.focus({ preventScroll: true });
  }

  itemOf(row) {
    return [row.part, row.key_l, row.key_r];
  }

  isSame(row, other) {
    return String(this.itemOf(row)) === String(this.itemOf(other));
  }

  async send(name, row, word, note) {
    const shown = this.name === name ? [...this.list.rows.values()].find((one) => this.isSame(one, row)) : null;
    this.put(name, { ...(shown ?? row), saving: true });
    try {
      const answer = await this.screen.frame.ask("decide_item", { name, item: this.itemOf(row), word, note, believed: row.sequence });
      for (const doubt of answer.doubts) this.screen.frame.warn(doubt);
      this.open.set(name, Math.max(0, (this.open.get(name) ?? 0) + (row.word ? 1 : 0) - (answer.row.word ? 1 : 0)));
      this.put(name, answer.row);
      this.screen.showTab(this.screen.tab);
      return answer.row;
    } catch (error) {
      this.put(name, { ...(shown ?? row), saving: false });
      await this.screen.look().catch(() => {});
      throw error;
    }
  }

  // Show an item as it is now, where its list is shown.
  put(name, row) {
    if (this.name !== name) return;
    for (const [index, held] of this.list.rows) {
      if (!this.isSame(held, row)) continue;
      this.list.set(index, row);
      if (index === this.list.index) this.showChosen();
    }
  }

  // Take in what others said of items of the list that is held.
  hear(told) {
    if (!told || told.name !== this.name) return;
    this.open.set(told.name, told.open);
    const held = new Map([...this.list.rows.values()].map((row) => [String(this.itemOf(row)), row]));
    for (const row of told.rows) {
      const before = held.get(String(this.itemOf(row)));
      if (!before || before.saving || String(before.sequence) === String(row.sequence)) continue;
      this.put(told.name, row);
      if (row.by && row.by !== this.screen.first.reviewer) this.screen.frame.say(`${row.by} decided: ${row.cells[1] || row.cells[0]}, ${row.word}.`);
    }
    this.screen.showTab(this.screen.tab);
  }
}
