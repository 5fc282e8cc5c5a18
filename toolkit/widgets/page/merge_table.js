// The records side by side, a field in each row, the golden record at the right; a cursor for keys, cells for the mouse.

import { element, markedPair, plural, replaceContent } from "./frame.js";

const MERGE_FIELD_MARKS = { open: "open", again: "look again", chosen: "chosen", new: "changes" };

export class MergeTable {
  constructor(screen) {
    this.screen = screen;
    this.cursor = [0, 0];
    this.isEdited = false;
    this.root = element("table", { class: "mc-table", role: "grid" });
    this.root.addEventListener("click", (event) => {
      const cell = event.target.closest("[data-place]");
      if (!cell || event.target.closest("input, button")) return;
      this.cursor = cell.dataset.place.split(",").map(Number);
      this.mark();
      this.take()?.catch?.(() => {});
    });
  }

  // Rows: 0 is which record stays, then a row for each column of each fact. Columns: the records, then the golden record.
  draw(detail) {
    const isOther = String(this.detail?.row.group) !== String(detail.row.group);
    this.detail = detail;
    this.isEdited = false;
    const fields = this.isShort ? detail.fields.filter((field) => field.state !== "same") : detail.fields;
    this.rows = fields.flatMap((field) => field.columns.map((column, place) => ({ field, column, isFirst: place === 0 })));
    this.width = detail.members.length;
    if (isOther) this.cursor = [0, 0];
    this.root.setAttribute("aria-label", `Records of ${detail.row.name}, and the golden record`);
    const isMerged = detail.members[0].stays;
    replaceContent(
      this.root,
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, "field"),
          detail.members.map((one, place) => this.head(one, place)),
          element("th", { scope: "col", class: "mc-golden" }, "golden record", element("div", { class: "ia-soft mc-small" }, isMerged ? this.staysWords() : "none: not merged")),
        ),
      ),
      element("tbody", {}, this.rows.map((row, place) => this.line(row, place + 1, isMerged))),
    );
    this.mark();
    return element("div", { class: "mc-scroll" }, this.root);
  }

  head(one, place) {
    const facts = [one.documents ? plural(one.documents, "document") : null, one.contacts ? plural(one.contacts, "contact") : null, one.changed ? `changed ${one.changed}` : null, one.created ? `made ${one.created}` : null, one.no_mail ? "wants no mail" : null];
    return element(
      "th",
      { scope: "col", class: one.stays ? "mc-stays" : "", data: { place: `0,${place}` }, title: one.key },
      element("div", {}, element("kbd", {}, String(place + 1)), one.id),
      element("div", { class: "ia-soft mc-small" }, facts.filter(Boolean).join(", ")),
      element("div", { class: one.stays ? "ia-good mc-small" : "ia-soft mc-small" }, one.stays ? "✓ stays" : this.detail.members[0].stays ? "is archived" : "Enter: let it stay"),
    );
  }

  staysWords() {
    const { stays, stays_by: by } = this.detail;
    return stays ? `${stays.by ?? "Somebody"} chose which stays, ${(stays.at ?? "").slice(0, 10)}` : `of the one that stays: ${by}`;
  }

  line({ field, column, isFirst }, place, isMerged) {
    const differs = new Set(column.values.map((one) => one ?? "")).size > 1;
    const survivor = column.values[0];
    return element(
      "tr",
      { class: isFirst ? "mc-first" : "" },
      element("th", { scope: "row" }, column.label, isFirst && MERGE_FIELD_MARKS[field.state] ? element("span", { class: `mc-mark ${["open", "again"].includes(field.state) ? "ia-bad" : "ia-good"}` }, MERGE_FIELD_MARKS[field.state]) : null),
      column.values.map((value, at) => {
        const isTaken = isMerged && differs && value !== null && value === column.golden;
        const shown = at && differs && value && survivor ? markedPair(survivor, value)[1] : [value ?? "–"];
        return element("td", { data: { place: `${place},${at}` }, class: `mc-cell${isTaken ? " mc-taken" : ""}${value === null ? " ia-soft" : ""}` }, shown);
      }),
      element(
        "td",
        { data: { place: `${place},${this.width}` }, class: `mc-cell mc-golden mc-${field.state}` },
        isMerged ? element("div", { class: "mc-value" }, column.golden ?? "(empty)") : null,
        isMerged && isFirst ? element("div", { class: "ia-soft mc-small" }, this.reason(field)) : null,
      ),
    );
  }

  reason(field) {
    if (field.state === "chosen") return `${field.by ?? "Somebody"} chose it, ${(field.at ?? "").slice(0, 10)}`;
    return field.why;
  }

  hideSame() {
    this.isShort = !this.isShort;
    this.cursor = [0, 0];
    this.screen.drawn(this.detail);
  }

  sameButton() {
    const same = this.detail.fields.filter((field) => field.state === "same").length;
    if (!same) return null;
    return this.screen.frame.button(this.isShort ? `Show ${plural(same, "field")} that all say the same (h)` : "Hide what all say the same (h)", () => this.hideSame(), { "aria-pressed": String(Boolean(this.isShort)) });
  }

  cell([row, column]) {
    return this.root.querySelector(`[data-place="${row},${column}"]`);
  }

  mark() {
    this.root.querySelector("[data-cursor]")?.removeAttribute("data-cursor");
    const cell = this.cell(this.cursor);
    if (cell) cell.dataset.cursor = "true";
    const [row, column] = this.cursor;
    const name = column < this.width ? `record ${column + 1}` : "golden record";
    const field = row ? this.rows[row - 1]?.column : null;
    if (this.screen.detail?.isConnected && this.isMoved) this.screen.frame.say(field ? `${field.label}, ${name}: ${(column < this.width ? field.values[column] : field.golden) ?? "empty"}` : `${name}: ${this.detail.members[column]?.id ?? ""}`);
  }

  putCursor(cursor) {
    this.cursor = [Math.min(cursor[0], this.rows.length), Math.min(cursor[1], this.width)];
    this.mark();
  }

  move(rows, columns) {
    if (!this.detail) return;
    const [row, column] = this.cursor;
    const most = row + rows === 0 ? this.width - 1 : this.width;
    this.cursor = [Math.max(0, Math.min(row + rows, this.rows.length)), Math.max(0, Math.min(column + columns, most))];
    this.isMoved = true;
    this.mark();
    this.isMoved = false;
    this.cell(this.cursor)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  takeNumber(number) {
    if (!this.detail || number > this.width) return null;
    this.cursor = [this.cursor[0], number - 1];
    this.mark();
    return this.take();
  }

  take() {
    if (!this.detail) return null;
    const [row, column] = this.cursor;
    if (row === 0) return this.letStay(column);
    if (column === this.width) return this.edit();
    return this.takeFrom(this.rows[row - 1].field, column);
  }

  letStay(column) {
    const { members, stays } = this.detail;
    const one = members[column];
    if (!one || (one.stays && stays)) return null;
    const now = stays ? members.find((other) => other.stays).key : null;
    return this.screen.decide(`${one.id} stays`, ["stays", { key: now }], ["stays", { key: one.key }]);
  }

  // What says again what holds of a fact now.
  asNow(field) {
    if (!field.is_chosen) return ["back", { fact: field.fact }];
    return ["value", { fact: field.fact, values: Object.fromEntries(field.columns.map((one) => [one.column, one.golden])) }];
  }

  takeFrom(field, column) {
    const one = this.detail.members[column];
    if (!this.detail.members[0].stays) return this.screen.frame.say("First choose which record stays.");
    return this.screen.decide(`${field.label} of record ${column + 1} (${one.id})`, this.asNow(field), ["value", { fact: field.fact, from_key: one.key }]);
  }

  back() {
    const row = this.cursor[0];
    const { stays } = this.detail ?? {};
    if (row === 0) {
      if (!stays) return this.screen.frame.say("The rules say already which record stays.");
      const now = this.detail.members.find((one) => one.stays).key;
      return this.screen.decide("the rules say which stays", ["stays", { key: now }], ["stays", { key: null }]);
    }
    const { field } = this.rows[row - 1];
    if (!field.is_chosen) return this.screen.frame.say("The rules decide this field already.");
    return this.screen.decide(`${field.label} by the rules`, this.asNow(field), ["back", { fact: field.fact }]);
  }

  edit() {
    const row = this.cursor[0];
    if (!row || !this.detail.members[0].stays) return this.screen.frame.say(row ? "First choose which record stays." : "Choose a field to type a value for.");
    const { field, column } = this.rows[row - 1];
    if (field.fact === "roles") return this.screen.frame.say("This field is not typed. Take it from one of the records.");
    this.cursor = [row, this.width];
    this.mark();
    this.isEdited = true;
    const cell = this.cell(this.cursor);
    const input = element("input", { class: "ia-field mc-edit", type: "text", value: column.golden ?? "", maxlength: "500", "aria-label": `${column.label} of the golden record` });
    const end = () => {
      this.isEdited = false;
      this.draw(this.detail);
      this.screen.frame.root.focus({ preventScroll: true });
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") end();
      if (event.key !== "Enter") return;
      event.preventDefault();
      const typed = input.value.trim();
      end();
      if (typed === (column.golden ?? "") && field.is_chosen) return;
      this.screen.decide(`${column.label}: ${typed || "(empty)"}`, this.asNow(field), ["value", { fact: field.fact, values: { [column.column]: typed || null } }]).catch(() => {});
    });
    replaceContent(cell, input, element("div", { class: "ia-soft mc-small" }, "Enter saves, Escape leaves it"));
    input.focus();
    input.select();
    return null;
  }

  async exclude() {
    const one = this.detail?.members[this.cursor[1]];
    if (!one) return this.screen.frame.say("Put the cursor on a record.");
    const { frame } = this.screen;
    const { row } = this.detail;
    const sure = await frame.confirm(`${one.name} (${one.id}) is another one and none of these duplicates? Nothing is deleted: the next audit keeps it out of this group.`, { yes: "Take it out" });
    if (!sure) return null;
    return this.outOrIn(row, one.key, false, `${one.id} taken out`);
  }

  include(key) {
    return this.outOrIn(this.detail.row, key, true, "put back").catch(() => {});
  }

  async outOrIn({ group, version }, key, isIn, label) {
    const { screen } = this;
    const ask = async (is_in, believed) => {
      try {
        const answer = await screen.frame.ask("exclude", { group, key, is_in, believed });
        await screen.want({});
        if (answer.detail) await screen.goTo(group);
        return answer;
      } catch (error) {
        await screen.reread(group);
        throw error;
      }
    };
    await screen.done(label, group, version, !isIn, isIn, ask);
    return screen.frame.say(`Saved: ${label}. The next audit matches by it.`);
  }
}
