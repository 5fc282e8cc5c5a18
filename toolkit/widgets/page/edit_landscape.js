// The screen of edit_landscape: a drawing and tables of systems, people and handoffs, and a form of what is chosen.
import { element, replaceContent, plural, Frame } from "./frame.js";
import { LandscapeDrawing, drawingLegend } from "./landscape_drawing.js";
import { landscapeForm, cutSide } from "./landscape_form.js";
import { evidenceMark } from "./drawn_marks.js";

const ROOM_OF = { system: "systems", person: "people", handoff: "handoffs" };
const KIND_OF = { systems: "system", people: "person", handoffs: "handoff" };
const TAB_WORDS = { handoffs: "Handoffs", systems: "Systems", people: "People" };

class LandscapeScreen {
  constructor(model, el) {
    this.frame = new Frame(el, model, {
      title: "Landscape",
      keys: [
        { key: "h", label: "table of handoffs", run: () => this.showTab("handoffs") },
        { key: "y", label: "table of systems", run: () => this.showTab("systems") },
        { key: "p", label: "table of people", run: () => this.showTab("people") },
        { key: "j", label: "next row", run: () => this.stepRow(1) },
        { key: "k", label: "previous row", run: () => this.stepRow(-1) },
        { key: "d", label: "to the drawing (arrows walk, Shift and arrows move a box)", run: () => this.toDrawing() },
        { key: "e", label: "edit what is chosen", run: () => this.toForm() },
        { key: "q", label: "only what is still to ask", run: () => this.toggleAsked() },
        { key: "S", label: "add a system", run: () => this.begin("system") },
        { key: "P", label: "add a person", run: () => this.begin("person") },
        { key: "H", label: "add a handoff", run: () => this.begin("handoff") },
        { key: "c", label: "confirm the proposed handoff", when: () => this.row()?.is_proposed, run: () => this.does("confirm") },
        { key: "x", label: "the proposed handoff does not exist", when: () => this.row()?.is_proposed, run: () => this.does("refuse") },
        { key: "Delete", label: "remove what is chosen", run: () => this.remove() },
        { key: "Escape", label: "choose nothing", run: () => this.leave() },
        { key: ["+", "="], label: "larger", run: () => this.drawing.zoomed(1.2) },
        { key: "-", label: "smaller", run: () => this.drawing.zoomed(1 / 1.2) },
        { key: "0", label: "all of it", run: () => this.drawing.zoomed(null) },
        { key: "Mod+z", label: "take back", run: () => this.does("undo") },
        { key: ["Mod+y", "Mod+Shift+Z"], label: "do again", run: () => this.does("redo") },
      ],
    });
    this.frame.root.classList.add("ia-scape");
    this.tab = "handoffs";
    this.isAskedOnly = false;
    this.selected = null;
    this.fresh = null;
    this.state = model.get("first");
    this.build();
    this.draw();
    this.watch = new ResizeObserver(() => this.drawing.state && this.drawing.size());
    this.watch.observe(this.drawing.root);
    this.frame.watch(() => this.look());
  }

  close() {
    this.watch.disconnect();
    this.frame.close();
  }

  build() {
    const frame = this.frame;
    this.drawing = new LandscapeDrawing({ chosen: (one) => this.choose(one), moved: (node, x, y) => this.ask("place", { node, x, y }).catch(() => this.draw()), opened: () => this.toForm() });
    this.undoButton = frame.button("Undo", () => this.does("undo").catch(() => {}));
    this.redoButton = frame.button("Redo", () => this.does("redo").catch(() => {}));
    frame.tools.append(
      frame.button("Add system", () => this.begin("system")),
      frame.button("Add person", () => this.begin("person")),
      frame.button("Add handoff", () => this.begin("handoff")),
      this.undoButton,
      this.redoButton,
    );
    this.about = element("span", { class: "ia-soft" });
    this.straight = frame.button("Straighten", () => this.ask("place", { node: null, x: 0, y: 0 }).catch(() => {}), { title: "All boxes back to where they are computed" });
    this.form = element("aside", { class: "ia-panel", "aria-label": "What is chosen" });
    this.tabs = element("div", { class: "ia-tools", role: "group", "aria-label": "Tables" });
    this.table = element("div", { class: "ia-table", tabindex: "0", role: "group", "aria-label": "Table" });
    frame.body.append(
      element(
        "div",
        { class: "ia-landscape" },
        element("div", { class: "ia-drawn" }, element("div", { class: "ia-tools" }, this.about, element("span", { class: "ia-fill" }), this.straight, frame.button("−", () => this.drawing.zoomed(1 / 1.2), { "aria-label": "Smaller" }), frame.button("+", () => this.drawing.zoomed(1.2), { "aria-label": "Larger" }), frame.button("All", () => this.drawing.zoomed(null))), this.drawing.root, drawingLegend(this.state.words.carriers)),
        this.form,
      ),
      this.tabs,
      this.table,
    );
  }

  // --- what is asked

  async ask(ask, given = {}) {
    this.frame.say("Saving …");
    try {
      const state = await this.frame.ask(ask, given);
      this.frame.calm();
      this.take(state);
      return state;
    } catch (error) {
      this.frame.say("Not acknowledged as saved.");
      throw error;
    }
  }

  take(state) {
    this.state = state;
    if (this.selected && !this.row()) this.selected = null;
    this.draw();
    this.frame.say(state.said ? `Saved: ${state.said}.` : "Saved.");
  }

  // Of what the form was drawn for, whatever is chosen by now.
  async changed(kind, name, key, value, was) {
    try {
      await this.ask("set", { kind, name, key, value, was: was ?? "" });
    } catch (error) {
      // What was refused is decided again before what stands there now, not before what stood there.
      await this.look();
      this.drawForm();
    }
  }

  async does(what) {
    const given = what === "undo" || what === "redo" ? {} : { name: this.selected?.name };
    const state = await this.ask(what, given);
    const words = { undo: "Taken back", redo: "Done again" }[what];
    if (words) this.frame.say(state.said ? `${words}: ${state.said}.` : "There is nothing more.");
  }

  async remove() {
    const [row, kind] = [this.row(), this.selected?.kind];
    if (!row) return;
    // What the person saw when asked: meanwhile the page may have heard of more.
    if (await this.frame.confirm(`Remove ${row.label ?? row.name} from engagement.yaml?`, { yes: "Remove" })) await this.ask("remove", { kind, name: row.name, was: row });
  }

  async look() {
    try {
      const state = await this.frame.kernel.ask("since", { version: this.state.version });
      if (!state || state.version === this.state.version) return;
      this.state = state;
      if (this.selected && !this.row()) this.selected = null;
      this.draw({ keepForm: this.isTyping() });
      this.frame.say("engagement.yaml was changed elsewhere: it is shown as it is now.");
    } catch (error) {
      if (this.frame.kernel.state === "connected") this.frame.warn(error.message, error.next ?? "");
    }
  }

  isTyping() {
    return this.form.contains(document.activeElement) && document.activeElement !== this.form;
  }

  // --- what is drawn

  draw({ keepForm = false } = {}) {
    this.drawing.draw(this.state, this.selected);
    if (!keepForm) this.drawForm();
    this.drawTable();
    const asked = ["systems", "people", "handoffs"].flatMap((room) => this.state[room]).filter((one) => one.to_ask.length).length;
    this.about.textContent = `${plural(this.state.systems.length, "system")}, ${plural(this.state.people.length, "person", "people")}, ${plural(this.state.handoffs.length, "handoff")}; of ${asked} something is still to ask`;
    this.straight.disabled = !Object.keys(this.state.places).length;
    for (const [button, said, word] of [[this.undoButton, this.state.undo, "Take back"], [this.redoButton, this.state.redo, "Do again"]]) {
      button.disabled = !said;
      button.title = said ? `${word}: ${said}` : "Nothing was done here";
    }
  }

  row(one = this.selected) {
    return one ? this.state[ROOM_OF[one.kind]].find((row) => row.name === one.name) : null;
  }

  drawForm() {
    const key = this.form.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    if (this.fresh) this.drawFresh();
    else if (!this.selected) replaceContent(this.form, element("h3", {}, "Nothing is chosen"), this.state.systems.length ? element("p", { class: "ia-soft" }, "Choose a box, a line or a row to see and change what is known of it. Boxes can be dragged.") : element("p", {}, "There is no system yet. Add the first one; sheets and mailboxes count as well."));
    else this.drawChosen();
    if (key) this.form.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  }

  drawChosen() {
    const [row, kind] = [this.row(), this.selected.kind];
    const tools = [];
    if (row.is_proposed) {
      tools.push(this.frame.button("It exists: confirm", () => this.does("confirm").catch(() => {}), { class: "ia-button ia-main" }));
      tools.push(this.frame.button("It does not exist", () => this.does("refuse").catch(() => {})));
    } else if (row.in_file) tools.push(this.frame.button("Remove", () => this.remove().catch(() => {})));
    replaceContent(
      this.form,
      element("h3", {}, row.label ?? row.name, row.is_proposed ? element("span", { class: "ia-bad" }, " proposed: does it exist?") : null),
      row.to_ask.length ? element("p", { class: "ia-bad" }, `Still to ask: ${row.to_ask.join(", ")}.`) : element("p", { class: "ia-good" }, "Nothing is left to ask."),
      kind === "handoff" ? null : this.flowsOf(kind, row),
      tools.length ? element("div", { class: "ia-tools" }, tools) : null,
      landscapeForm({ kind, row, state: this.state, changed: (...entered) => this.changed(kind, row.name, ...entered) }),
    );
  }

  flowsOf(kind, row) {
    const touches = (one) => (kind === "system" ? cutSide(one.from)[0] === row.name || cutSide(one.to)[0] === row.name : this.state.map.paths.some((path) => path.handoff === one.name && [path.source, path.target].includes(`person:${row.name}`)));
    const flows = this.state.handoffs.filter(touches);
    if (!flows.length) return element("p", { class: "ia-soft" }, "No handoff touches it.");
    return element("details", {}, element("summary", {}, plural(flows.length, "handoff")), element("ul", { class: "ia-plain" }, flows.map((one) => element("li", {}, this.frame.button(one.label, () => this.choose({ kind: "handoff", name: one.name }), { class: "ia-button ia-quiet ia-link" })))));
  }

  // A form of something new: nothing is written before "Add".
  begin(kind) {
    const blank = { name: "", label: "", to_ask: [], minutes: null, from: "", to: "", is_informal: false };
    if (kind === "handoff" && this.selected?.kind === "system") blank.from = `${this.selected.name}.`;
    if (kind === "handoff" && this.selected?.kind === "person") blank.by = this.selected.name;
    this.fresh = { kind, values: blank };
    this.drawForm();
    this.form.querySelector("input, select, textarea")?.focus();
  }

  drawFresh() {
    const { kind, values } = this.fresh;
    const put = (key, value) => {
      values[key] = value;
    };
    const add = async () => {
      const given = Object.fromEntries(Object.entries(values).filter(([key, value]) => key !== "to_ask" && value !== "" && value !== null && value !== undefined && value !== false));
      for (const side of ["from", "to"]) if (given[side]) given[side] = given[side].replace(/\.$/, "");
      const state = await this.ask("add", { kind, values: given });
      this.fresh = null;
      this.choose({ kind, name: state.name }, { isQuiet: true });
      this.frame.say(`Saved: ${state.said}.`);
    };
    const first = kind === "person" ? element("div", { class: "ia-field-row" }, element("span", { class: "ia-label", "aria-hidden": "true" }, "Name"), element("input", { type: "text", class: "ia-field", maxlength: "120", "aria-label": "Name", value: values.name, data: { key: "name" }, on: { change: (event) => put("name", event.target.value) } })) : null;
    const leave = () => {
      this.fresh = null;
      this.drawForm();
    };
    const form = element(
      "form",
      { on: { submit: (event) => { event.preventDefault(); document.activeElement?.blur?.(); add().catch(() => {}); } } },
      first,
      landscapeForm({ kind, row: values, state: this.state, changed: put, isFresh: true }),
      element("div", { class: "ia-tools" }, this.frame.button("Cancel", leave), element("button", { type: "submit", class: "ia-button ia-main" }, `Add ${kind}`)),
    );
    replaceContent(this.form, element("h3", {}, `A new ${kind}`), form);
  }

  drawTable() {
    const rooms = Object.keys(TAB_WORDS);
    replaceContent(
      this.tabs,
      rooms.map((room) => this.frame.button(`${TAB_WORDS[room]} (${this.state[room].length})`, () => this.showTab(room), { "aria-pressed": String(room === this.tab) })),
      this.frame.button("Only what is still to ask", () => this.toggleAsked(), { "aria-pressed": String(this.isAskedOnly) }),
    );
    const rows = this.rowsShown();
    const top = this.table.scrollTop;
    replaceContent(this.table, rows.length ? element("table", {}, element("thead", {}, element("tr", {}, this.columns().map(([words]) => element("th", { scope: "col" }, words)))), element("tbody", {}, rows.map((row) => this.tableRow(row)))) : element("p", {}, this.isAskedOnly ? "Nothing is left to ask here." : `There are no ${TAB_WORDS[this.tab].toLowerCase()} yet. Add one above.`));
    this.table.scrollTop = top;
  }

  rowsShown() {
    return this.state[this.tab].filter((row) => !this.isAskedOnly || row.to_ask.length);
  }

  columns() {
    const system = (side) => this.state.systems.find((one) => one.name === cutSide(side)[0])?.label ?? cutSide(side)[0];
    const asked = ["Still to ask", (row) => element("span", { class: row.to_ask.length ? "ia-bad" : "ia-soft" }, row.to_ask.join(", ") || "nothing")];
    if (this.tab === "handoffs")
      return [
        ["Handoff", (row) => [row.label, row.is_proposed ? element("span", { class: "ia-bad" }, " (proposed)") : ""]],
        ["From", (row) => [system(row.from), element("span", { class: "ia-soft" }, ` ${cutSide(row.from)[1]}`)]],
        ["To", (row) => [system(row.to), element("span", { class: "ia-soft" }, ` ${cutSide(row.to)[1]}`)]],
        ["Who", (row) => row.by],
        ["Starts when", (row) => this.state.words.triggers[row.trigger] ?? ""],
        ["How", (row) => this.state.words.carriers[row.carrier] ?? ""],
        ["Minutes per item", (row) => (row.minutes ? [minutesText(row.minutes), " ", evidenceMark(row.minutes.evidence)] : "")],
        asked,
      ];
    if (this.tab === "systems")
      return [
        ["System", (row) => [row.label, row.is_informal ? element("span", { class: "ia-soft" }, " (informal)") : ""]],
        ["Kind", (row) => this.state.words.categories[row.category] ?? ""],
        ["Who is responsible", (row) => row.owner],
        ["What it serves", (row) => row.process],
        ["Handoffs", (row) => String(this.state.handoffs.filter((one) => cutSide(one.from)[0] === row.name || cutSide(one.to)[0] === row.name).length)],
        ["Records read", (row) => row.streams.join(", ") || (row.is_read ? "" : "none yet")],
        asked,
      ];
    return [
      ["Person", (row) => row.name],
      ["Job", (row) => row.role],
      ["Department", (row) => row.department],
      ["Hours a month", (row) => row.hours_per_month ?? ""],
      ["Handoffs", (row) => String(row.carries)],
      asked,
    ];
  }

  tableRow(row) {
    const kind = KIND_OF[this.tab];
    const isHere = this.selected?.kind === kind && this.selected.name === row.name;
    const choose = () => this.choose({ kind, name: row.name });
    const [[, head], ...others] = this.columns();
    return element(
      "tr",
      { class: isHere ? "ia-here" : null, data: { name: row.name }, on: { click: (event) => event.target.closest("button") || choose() } },
      element("th", { scope: "row" }, element("button", { type: "button", class: "ia-button ia-quiet ia-link", "aria-pressed": String(isHere), on: { click: choose } }, head(row))),
      others.map(([, cell]) => element("td", {}, cell(row))),
    );
  }

  // --- going about

  choose(one, { isQuiet = false } = {}) {
    this.selected = one;
    this.fresh = null;
    if (one) this.tab = ROOM_OF[one.kind];
    this.draw();
    this.drawing.show(one);
    this.table.querySelector(".ia-here")?.scrollIntoView({ block: "nearest" });
    const row = this.row();
    if (row && !isQuiet) this.frame.say(`${row.label ?? row.name}${row.to_ask.length ? `; still to ask: ${row.to_ask.join(", ")}` : ""}.`);
  }

  leave() {
    this.fresh = null;
    this.choose(null);
    this.frame.root.focus({ preventScroll: true });
  }

  showTab(room) {
    this.tab = room;
    this.drawTable();
    this.table.focus({ preventScroll: true });
  }

  toggleAsked() {
    this.isAskedOnly = !this.isAskedOnly;
    this.drawTable();
  }

  stepRow(by) {
    const rows = this.rowsShown();
    if (!rows.length) return;
    const kind = KIND_OF[this.tab];
    const here = this.selected?.kind === kind ? rows.findIndex((row) => row.name === this.selected.name) : -1;
    const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(here + by, rows.length - 1));
    this.choose({ kind, name: rows[next].name });
  }

  toDrawing() {
    if (!this.selected || this.selected.kind === "handoff") {
      const box = this.state.map.boxes[0];
      if (box) this.choose({ kind: box.id.split(":")[0], name: box.id.slice(box.id.indexOf(":") + 1) });
    }
    this.drawing.root.focus({ preventScroll: true });
  }

  toForm() {
    const first = (within) => this.form.querySelector(["input", "select", "textarea"].map((tag) => `${within} ${tag}`).join(", "));
    (first(".ia-asked-field") ?? first(".ia-form"))?.focus();
  }
}

function minutesText(minutes) {
  return minutes.low === minutes.high ? `${minutes.likely}` : `${minutes.low} / ${minutes.likely} / ${minutes.high}`;
}

export default {
  render({ model, el }) {
    const screen = new LandscapeScreen(model, el);
    return () => screen.close();
  },
};
