// A plan, to be looked at: examples of each kind, every change with what it was and becomes, what is left out, the way back.
//
// `ask(name, given)` asks whoever knows the plan; `first` is what the plan's desk begins with.
import { LongList, count, element, markedPair, plural, replaceContent } from "./frame.js";

const PLAN_ROW_HEIGHT = 46;
const PLAN_TABS = ["Examples", "Every change", "Left out", "The way back"];

export class PlanView {
  constructor(frame, first, ask) {
    Object.assign(this, { frame, first, ask });
    this.filter = { kind: "", action: "", back: "", word: "" };
    this.shown = 0;
    this.wantedId = "";
    this.tabs = PLAN_TABS.map((name, place) =>
      frame.button(this.tabLabel(name), () => this.show(place), { role: "tab", class: "ia-button", "aria-selected": "false" }),
    );
    this.panel = element("div", { class: "ia-plan-panel", role: "tabpanel" });
    this.root = element("div", {}, this.summary(), element("div", { class: "ia-tools ia-plan-tabs", role: "tablist", "aria-label": "Parts of the plan" }, this.tabs), this.panel);
    this.every = this.everyChange();
    this.show(0);
  }

  keys() {
    return [
      { key: ["1", "2", "3", "4"], label: "examples, every change, left out, the way back", run: (event) => this.show(Number(event.key) - 1) },
      { key: ["j", "ArrowDown"], label: "next change", run: () => this.step(1) },
      { key: ["k", "ArrowUp"], label: "change before", run: () => this.step(-1) },
      { key: ["PageDown", "PageUp"], label: "ten changes on, back", run: (event) => this.step(event.key === "PageDown" ? 10 : -10) },
      { key: ["Home", "End"], label: "first, last change", run: (event) => this.step(event.key === "Home" ? -this.list.total : this.list.total) },
      { key: "f", label: "look at the next kind of change only", run: () => this.nextKind() },
      { key: "/", label: "look for a word in every change", run: () => this.search() },
    ];
  }

  tabLabel(name) {
    if (name === "Every change") return `${name} (${count(this.first.total)})`;
    if (name === "Left out") return `${name} (${count(this.first.left_out_count ?? 0)})`;
    return name;
  }

  show(place) {
    this.shown = place;
    this.tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(index === place));
    });
    this.panel.setAttribute("aria-label", PLAN_TABS[place]);
    replaceContent(this.panel, [() => this.examples(), () => this.every, () => this.leftOut(), () => this.wayBack()][place]());
    if (place === 1) {
      this.list.redraw();
      this.showChange(this.list.row(this.list.index)?.op_id);
    }
  }

  // What would be done, by kind; each row shows its changes.
  summary() {
    if (!this.first.summary.length) return element("p", { class: "ia-soft" }, "There is nothing to change.");
    const rows = this.first.summary.map((row) =>
      element(
        "tr",
        {},
        element("td", {}, this.frame.button(`${row.what} ${row.happens}`, () => this.only(row), { class: "ia-button ia-plan-kind" })),
        element("td", { class: "ia-number" }, count(row.count)),
        element("td", { class: row.back === "R0" || row.action === "create" ? "" : "ia-bad" }, row.taken_back),
      ),
    );
    return element(
      "table",
      { class: "ia-plan-summary" },
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "What would be done"), element("th", { scope: "col", class: "ia-number" }, "Changes"), element("th", { scope: "col" }, "Afterwards"))),
      element("tbody", {}, rows),
    );
  }

  examples() {
    if (!this.first.summary.length) return element("p", { class: "ia-soft" }, "No change, so no example.");
    const body = this.first.summary.flatMap((kind) =>
      kind.samples.flatMap((sample) => {
        const fields = sample.fields.slice(0, 4);
        const shown = fields.length ? fields : [{ field: "", now: "", then: "" }];
        return shown.map((field, place) => {
          const [now, then] = planPair(field.now, field.then);
          return element(
            "tr",
            {},
            element("td", {}, place ? "" : `${kind.what} ${kind.happens}`),
            element("td", {}, place ? "" : sample.record),
            element("td", {}, field.field),
            element("td", {}, now),
            element("td", {}, then),
          );
        });
      }),
    );
    return planTable(["Kind", "Record", "Field", "Now", "Then"], body, "ia-plan-five");
  }

  leftOut() {
    const found = this.first.left_out ?? [];
    if (!found.length) return element("p", { class: "ia-soft" }, "The rules decided every case.");
    const body = found.map((one) => {
      const more = one.count - one.records.length;
      return element(
        "tr",
        {},
        element("td", {}, one.about),
        element("td", {}, one.why),
        element("td", { class: "ia-number" }, count(one.count)),
        element("td", { class: "ia-soft" }, one.records.slice(0, 6).join("; "), one.records.length > 6 || more > 0 ? " …" : ""),
      );
    });
    return element("div", { class: "ia-plan-scroll", tabindex: "0", "aria-label": "What was left out" }, planTable(["About", "Why nothing is planned for it", "Cases", "Records"], body, "ia-plan-four"));
  }

  wayBack() {
    return element("ul", {}, (this.first.way_back ?? []).map((one) => element("li", {}, one)));
  }

  everyChange() {
    const kinds = [...new Map(this.first.summary.map((row) => [row.kind, row.what]))];
    const actions = [...new Map(this.first.summary.map((row) => [row.action, row.happens]))];
    const backs = [...new Map(this.first.summary.map((row) => [row.back, row.taken_back]))];
    this.selects = {
      kind: this.select("Kind", kinds, "kind"),
      action: this.select("Change", actions, "action"),
      back: this.select("Afterwards", backs, "back"),
    };
    this.word = element("input", { type: "search", class: "ia-field", "aria-label": "Look for a word", placeholder: "Look for a word", on: { input: () => this.later(), keydown: (event) => event.key === "Escape" && this.frame.root.focus() } });
    this.found = element("span", { class: "ia-soft" });
    this.detail = element("div", { class: "ia-plan-detail", role: "region", "aria-label": "The chosen change", "aria-live": "polite", tabindex: "0" });
    this.list = new LongList({
      label: "Changes",
      total: this.first.total,
      rowHeight: PLAN_ROW_HEIGHT,
      height: 9 * PLAN_ROW_HEIGHT,
      rows: this.first.rows,
      fetch: async (first, many) => (await this.ask("changes", { first, count: many, ...this.filter })).rows,
      draw: (index, row) => planRow(row),
      chosen: (index) => this.chosen(index),
    });
    this.tell(this.first.total);
    return element(
      "div",
      {},
      element("div", { class: "ia-tools" }, Object.values(this.selects), this.word, this.found),
      element("div", { class: "ia-plan-sides" }, this.list.root, this.detail),
    );
  }

  select(label, options, name) {
    return element(
      "select",
      { class: "ia-field", "aria-label": label, on: { change: (event) => this.filtered({ [name]: event.target.value }) } },
      element("option", { value: "" }, `${label}: all`),
      options.map(([value, words]) => element("option", { value }, words)),
    );
  }

  later() {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.filtered({ word: this.word.value }), 250);
  }

  only(row) {
    for (const name of ["kind", "action", "back"]) this.selects[name].value = row[name];
    this.word.value = "";
    this.show(1);
    return this.filtered({ kind: row.kind, action: row.action, back: row.back, word: "" });
  }

  nextKind() {
    const rows = this.first.summary;
    const place = rows.findIndex((row) => ["kind", "action", "back"].every((name) => row[name] === this.filter[name]));
    if (place + 1 < rows.length) return this.only(rows[place + 1]);
    for (const select of Object.values(this.selects)) select.value = "";
    this.show(1);
    return this.filtered({ kind: "", action: "", back: "" });
  }

  search() {
    this.show(1);
    this.word.focus();
    this.word.select();
  }

  async filtered(changed) {
    this.filter = { ...this.filter, ...changed };
    const asked = JSON.stringify(this.filter);
    const answer = await this.ask("changes", { first: 0, count: 100, ...this.filter });
    // Another filter was chosen meanwhile.
    if (asked !== JSON.stringify(this.filter)) return;
    this.list.index = 0;
    this.list.resize(answer.total, { forget: true });
    answer.rows.forEach((row, place) => this.list.rows.set(place, row));
    this.list.root.scrollTop = 0;
    this.list.redraw();
    this.tell(answer.total);
    if (answer.total) this.chosen(0);
    else replaceContent(this.detail, element("p", { class: "ia-soft" }, "No change of this plan is like that. Choose another kind, or another word."));
  }

  tell(total) {
    this.found.textContent = total === this.first.total ? plural(total, "change") : `${count(total)} of ${plural(this.first.total, "change")}`;
  }

  step(by) {
    if (this.shown !== 1) this.show(1);
    this.list.choose(this.list.index + by);
  }

  async chosen(index) {
    const row = await this.list.wanted(index);
    if (row && index === this.list.index) await this.showChange(row.op_id);
  }

  async showChange(opId) {
    if (!opId || this.wantedId === opId) return;
    this.wantedId = opId;
    const change = this.first.first_change?.op_id === opId ? this.first.first_change : await this.ask("change", { op_id: opId });
    if (this.wantedId === opId) replaceContent(this.detail, planChange(change));
  }
}

// What is written otherwise is marked, capitals too; a field that is filled or emptied is not.
function planPair(now, then) {
  return now && then ? markedPair(now, then, { withCase: true }) : [[now], [then]];
}

function planTable(head, body, kind) {
  return element("table", { class: kind }, element("thead", {}, element("tr", {}, head.map((one) => element("th", { scope: "col" }, one)))), element("tbody", {}, body));
}

function planRow(row) {
  const [now, then] = planPair(row.now.slice(0, 60), row.then.slice(0, 60));
  return element(
    "div",
    { class: "ia-plan-row" },
    element("div", {}, element("strong", {}, row.record), element("span", { class: "ia-soft" }, ` · ${row.what} ${row.happens}`), row.back === "R2" || row.back === "R3" ? element("span", { class: "ia-bad" }, ` · ${row.taken_back}`) : null),
    element("div", {}, element("span", { class: "ia-soft" }, `${count(row.number)}  `), row.field ? [`${row.field}: `, now.length && row.now ? now : "empty", " → ", row.then ? then : "empty"] : "the whole record", row.more ? element("span", { class: "ia-soft" }, ` and ${plural(row.more, "more field")}`) : null),
  );
}

// All of one change; for whoever shows one.
export function planChange(change) {
  const body = change.fields.map((field) => {
    const [now, then] = planPair(field.now, field.then);
    return element("tr", {}, element("th", { scope: "row" }, field.field), element("td", {}, now), element("td", {}, then));
  });
  const facts = [
    ["Why", change.why],
    ["The value comes from", change.from ? [change.from] : []],
    ["How sure that they are one", change.sure ? [change.sure] : []],
    ["Only done if", change.only_if ? [change.only_if] : []],
    ["After", change.after],
    ["Moves with it", change.moves_count ? [...change.moves, ...(change.moves_count > change.moves.length ? [`and ${count(change.moves_count - change.moves.length)} more`] : [])] : []],
    ["Afterwards", [change.taken_back]],
  ];
  return [
    element("h3", {}, change.record),
    element("p", { class: "ia-soft" }, `${change.what} ${change.happens}`, change.id ? ` · id ${change.id}` : "", ` · step ${count(change.number)}`),
    body.length ? planTable(["Field", "Now", "Then"], body, "ia-plan-three") : null,
    element(
      "dl",
      { class: "ia-plan-facts" },
      facts.filter(([, said]) => said.length).map(([name, said]) => element("div", {}, element("dt", {}, name), element("dd", {}, said.map((one) => element("div", {}, one))))),
    ),
  ];
}
