// A field map: our columns, each with the client's column that it is read from; dragged there, or given by a key.

import { element, replaceContent, count, plural, Frame, Steps } from "./frame.js";

const MAP_LIKELY = 0.3;
const MAP_ALWAYS = 6;
const BACK_MARKS = { same: ["✓", "ia-good"], otherwise: ["≈", "ia-soft"], lost: ["✗", "ia-bad"], not_written: ["·", "ia-soft"] };
const BACK_SHORT = { same: "same text", otherwise: "same value", lost: "differs", not_written: "not written" };
const SURE_WORDS = { sure: "sure", probable: "likely", doubtful: "doubtful", kept: "kept", yours: "your choice" };

// A line's columns stand beside those of the document, under a name that begins so.
const MAP_LINES = "lines.";

function mapSource(draft, column) {
  return (column.startsWith(MAP_LINES) ? draft.lines[column.slice(MAP_LINES.length)] : draft.fields[column]) ?? null;
}

function withSource(draft, column, source) {
  const made = structuredClone(draft);
  const [place, name] = column.startsWith(MAP_LINES) ? [made.lines, column.slice(MAP_LINES.length)] : [made.fields, column];
  if (source === null) delete place[name];
  else place[name] = source;
  return made;
}

// A source with one more of the client's columns: names are joined, money is taken off.
function withAnother(source, header, isMoney) {
  if (!isMoney) return { column: [...[source.column ?? source].flat(), header], joined: " " };
  return source.credit || typeof source !== "object" ? { credit: source.credit ?? source, debit: header } : { ...source, minus: header };
}

class MapPage {
  constructor(model, el) {
    this.steps = new Steps();
    this.showsAll = false;
    this.selected = null;
    this.asked = 0;
    this.frame = new Frame(el, model, { title: "Which column is which", keys: this.keyList() });
    this.mark = element("span", { class: "ia-soft" });
    this.undoButton = this.frame.button("Undo", () => this.undo().catch(() => {}));
    this.saveButton = this.frame.button([element("kbd", {}, "s"), " Check and keep"], () => this.save().catch(() => {}), { class: "ia-button ia-main" });
    this.frame.tools.append(this.mark, this.undoButton, this.saveButton);
    this.about = element("div", { class: "iam-about" });
    this.against = element("div", { class: "iam-against", role: "status" });
    this.ours = element("div", { class: "iam-ours" });
    this.theirs = element("div", { class: "iam-theirs" });
    this.frame.body.append(this.about, this.against, element("div", { class: "iam-around" }, element("div", { class: "iam" }, this.ours, this.theirs)));
    this.take(model.get("first"));
    this.draw();
    this.frame.watch(() => this.lookAgain());
  }

  close() {
    this.frame.close();
  }

  keyList() {
    const open = () => this.state.isRead !== "vendor";
    const chosen = () => open() && Boolean(this.current);
    return [
      { key: "ArrowDown", label: "next of our columns", run: () => this.move(1) },
      { key: "ArrowUp", label: "the one before", run: () => this.move(-1) },
      { key: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], label: "read it from the client's column of that number", run: (event) => this.pick(Number(event.key) - 1), when: chosen },
      { key: "o", label: "read it from another column: search", run: () => this.showSearch(), when: chosen },
      { key: "+", label: "add another of the client's columns: names are joined, money is taken off", run: () => this.showSearch("add"), when: () => chosen() && this.canAdd(this.current) },
      { key: ["n", "Delete", "Backspace"], label: "read it from nothing", run: () => this.map(this.current.column, null), when: () => chosen() && this.current.source !== null },
      { key: "y", label: "its column names a record: part of the key, or not", run: () => this.toggleKey(this.current.source), when: () => chosen() && typeof this.current.source === "string" },
      { key: "a", label: "show all of our columns, or those in use", run: () => this.toggleAll() },
      { key: "e", label: "say what the table lists", run: () => this.about.querySelector("select.iam-entity")?.focus(), when: open },
      { key: "s", label: "check what comes of it, and keep it", run: () => this.save(), when: open },
      { key: ["u", "Mod+z"], label: "undo", run: () => this.undo() },
      { key: ["r", "Mod+Shift+Z", "Mod+y"], label: "do it again", run: () => this.redo() },
    ];
  }

  take(state) {
    this.state = state;
    this.draft = structuredClone(state.draft);
    this.view = state.view;
    if (!this.selected) this.selected = this.view.columns.find((one) => one.source !== null)?.column ?? this.view.columns[0]?.column;
  }

  get isChanged() {
    return JSON.stringify(this.draft) !== JSON.stringify(this.state.draft);
  }

  get current() {
    return this.view.columns.find((one) => one.column === this.selected);
  }

  rows() {
    const free = new Set(this.view.unmapped);
    const isLikely = (one) => one.candidates.some((each) => each.share >= MAP_LIKELY && free.has(each.header));
    // The first columns of an entity are those that most figures need.
    return this.view.columns.filter((one, place) => place < MAP_ALWAYS || this.showsAll || one.column.startsWith(MAP_LINES) || one.source !== null || one.column === this.selected || isLikely(one));
  }

  // What may be chosen for one of our columns: what is likely, then what nothing is read from.
  offers(one) {
    const named = one.candidates.map((each) => each.header);
    const rest = this.view.unmapped.filter((header) => !named.includes(header));
    return [...one.candidates, ...rest.map((header) => ({ header, share: null }))].slice(0, 9);
  }

  move(by) {
    const rows = this.rows();
    const place = rows.findIndex((one) => one.column === this.selected);
    const next = rows[Math.max(0, Math.min(rows.length - 1, place + by))];
    if (next) this.select(next.column);
  }

  select(column) {
    this.selected = column;
    this.searches = false;
    this.draw();
    this.ours.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
    this.frame.say(`${this.current.words}: ${this.current.source === null ? "read from nothing" : `read from ${this.current.sourceWords}`}.`);
  }

  pick(place) {
    const offer = this.offers(this.current)[place];
    if (offer) return this.map(this.current.column, offer.header);
  }

  map(column, header) {
    const source = this.searches === "add" && header !== null ? withAnother(mapSource(this.draft, column), header, this.current.kind === "money") : header;
    this.selected = column;
    this.searches = false;
    return this.change(withSource(this.draft, column, source), header === null ? "read from nothing" : `read from ${header}`);
  }

  // A second column makes sense of names, of whole texts, and of money that comes in and goes out.
  canAdd(one) {
    const source = mapSource(this.draft, one.column);
    if (source === null) return false;
    if (one.kind === "money") return typeof source === "string" && one.column === "amount_minor";
    return one.kind === "text" && (typeof source === "string" || Boolean(source.joined));
  }

  toggleKey(header) {
    const draft = structuredClone(this.draft);
    draft.key = draft.key.includes(header) ? draft.key.filter((one) => one !== header) : [...draft.key, header];
    return this.change(draft, draft.key.length ? `key: ${draft.key.join(" + ")}` : "no key");
  }

  async change(draft, words, view = null) {
    const before = this.draft;
    const isAgain = JSON.stringify(before) === JSON.stringify(draft);
    if (isAgain) return;
    await this.show(draft, view);
    this.steps.add({ words, undo: () => this.show(before), redo: () => this.show(draft) });
    this.frame.say(`${words}. Not kept yet.`);
    this.draw();
  }

  // The draft with what comes of it: shown at once, its cells as soon as the kernel has read them.
  async show(draft, view = null) {
    const before = this.draft;
    this.draft = draft;
    const asked = ++this.asked;
    try {
      const found = view ?? (await this.frame.ask("view", { draft }));
      if (asked === this.asked) this.view = found;
    } catch (error) {
      if (asked === this.asked) this.draft = before;
      throw error;
    } finally {
      this.draw();
    }
  }

  async setEntity(entity) {
    const found = await this.frame.ask("proposed", { entity });
    this.selected = null;
    await this.change(found.draft, `the table lists ${this.entityWords(entity)}`, found.view);
    this.selected = this.view.columns.find((one) => one.source !== null)?.column ?? this.view.columns[0].column;
    this.draw();
  }

  entityWords(entity) {
    return this.view.entities.find(([one]) => one === entity)?.[1] ?? entity;
  }

  async save() {
    if (!this.isChanged && this.state.isRead === "own") {
      this.frame.say("Nothing has changed: the map is kept as it stands.");
      return;
    }
    const draft = structuredClone(this.draft);
    const found = await this.frame.ask("preview", { draft });
    const isGood = !found.conflicts.length;
    const sentence = isGood ? `Keep this map of ${draft.system}/${draft.stream}?` : "This map cannot be kept yet.";
    const agreed = await this.frame.confirm(sentence, { yes: isGood ? "Keep it" : "Go on mapping", no: "Close", details: this.previewTable(found) });
    if (!agreed || !isGood) return;
    const before = this.state.version;
    await this.send("save", { draft, version: before });
    const after = this.state.version;
    this.steps.add({
      words: "keeping the map",
      undo: () => this.send("put_back", { version: after, to: before }),
      redo: () => this.send("put_back", { version: before, to: after }),
    });
    this.frame.say(`Kept as ${draft.system}/${draft.stream}. Next: pull_snapshots(here) reads the file by it.`);
    this.draw();
  }

  async send(ask, given) {
    try {
      this.take(await this.frame.ask(ask, given));
      this.frame.calm();
    } catch (error) {
      const now = await this.frame.kernel.ask("since", { text: "" }).catch(() => null);
      if (now && now.version !== this.state.version) this.take(now);
      throw error;
    } finally {
      this.draw();
    }
  }

  async undo() {
    const step = await this.steps.undo();
    this.frame.say(step ? `Undone: ${step.words}.` : "Nothing was done here that could be undone.");
    this.draw();
  }

  async redo() {
    const step = await this.steps.redo();
    this.frame.say(step ? `Done again: ${step.words}.` : "Nothing was undone here.");
    this.draw();
  }

  async lookAgain() {
    const now = await this.frame.kernel.ask("since", { text: this.state.text });
    if (!now || now.text === this.state.text) return;
    if (now.version === this.state.version) this.state.text = now.text;
    else if (this.isChanged) {
      this.state.text = now.text;
      this.frame.warn("Somebody else has changed this map meanwhile.", "What you have changed here is not kept. Undo your changes to see theirs; keeping yours will be refused.");
    } else {
      this.take(now);
      this.draw();
      this.frame.say(`The map was changed${now.by.by ? ` by ${now.by.by}` : ""}; it is shown as it is now.`);
    }
  }

  toggleAll() {
    this.showsAll = !this.showsAll;
    this.draw();
  }

  showSearch(how = "instead") {
    this.searches = this.searches ? false : how;
    this.draw();
  }

  draw() {
    const hadFocus = this.frame.root.contains(document.activeElement) && document.activeElement !== this.frame.root && !this.about.contains(document.activeElement) && !this.frame.dialogs.contains(document.activeElement);
    const isOpen = this.state.isRead !== "vendor";
    this.undoButton.disabled = !this.steps.done.length;
    this.saveButton.hidden = !isOpen;
    this.mark.textContent = !isOpen ? "" : this.isChanged ? "changed, not kept yet" : this.state.isRead === "new" ? "proposed, not kept yet" : this.state.by.by ? `kept by ${this.state.by.by}` : "kept in engagement.yaml";
    this.drawAbout(isOpen);
    replaceContent(this.against, this.view.conflicts.map((sentence) => element("p", {}, element("span", { class: "ia-bad" }, "✗ "), sentence)));
    this.drawOurs(isOpen);
    this.drawTheirs(isOpen);
    if (this.searches) this.ours.querySelector(".iam-search input")?.focus({ preventScroll: true });
    else if (hadFocus && !this.frame.root.contains(document.activeElement)) this.frame.root.focus({ preventScroll: true });
  }

  drawAbout(isOpen) {
    if (this.about.contains(document.activeElement) && document.activeElement.matches("input")) return;
    const held = this.about.contains(document.activeElement);
    const choose = (label, name, options, value, run) => {
      const field = element("select", { class: `ia-field ${name}`, "aria-label": label, disabled: !isOpen }, options.map(([key, words]) => element("option", { value: key, selected: key === value }, words)));
      field.addEventListener("change", () => run(field.value));
      return field;
    };
    const name = (label, key) => {
      if (this.state.isRead !== "new") return element("strong", {}, this.draft[key]);
      const field = element("input", { type: "text", class: "ia-field iam-name", "aria-label": label, value: this.draft[key], spellcheck: "false", autocomplete: "off" });
      field.addEventListener("change", () => this.change({ ...structuredClone(this.draft), [key]: field.value.trim() }, `${label}: ${field.value.trim()}`).catch(() => {}));
      return field;
    };
    replaceContent(
      this.about,
      element("span", {}, element("strong", {}, this.state.file)),
      this.state.parts.length > 1 ? choose("Table of the file", "iam-part", this.state.parts.map((part) => [part, part]), this.state.part, (part) => this.openPart(part)) : this.state.part ? element("span", {}, this.state.part) : null,
      element("span", { class: "ia-soft" }, plural(this.state.table.rows, "row")),
      element("span", { class: "ia-soft" }, "is read as"),
      name("System", "system"),
      element("span", { class: "ia-soft" }, "/"),
      name("Stream", "stream"),
      element("span", { class: "ia-soft" }, "and lists"),
      choose("What the table lists", "iam-entity", this.view.entities, this.draft.entity, (entity) => this.setEntity(entity).catch(() => this.draw())),
      element("span", { class: "ia-soft" }, "a row is"),
      choose("What a row is", "iam-row", [["record", "one record"], ["line of a document", "a line of a document"]], this.draft.row, (row) => this.change({ ...structuredClone(this.draft), row }, row === "record" ? "a row is one record" : "a row is a line of a document").catch(() => this.draw())),
      this.draft.row === "record" ? null : choose("Where the document's amount stands", "iam-total", [["repeats", "its amount repeats on every line"], ["first_line", "its amount stands on the first line"], ["adds_up", "its amount is the sum of its lines"]], this.draft.total || "repeats", (total) => this.change({ ...structuredClone(this.draft), total }, "where the amount stands").catch(() => this.draw())),
      isOpen ? null : element("p", {}, `An export of ${this.state.connector}: its columns are known, and nothing is to be mapped. What comes of them stands below.`),
    );
    if (held) this.frame.root.focus({ preventScroll: true });
  }

  async openPart(part) {
    if (this.isChanged && !(await this.frame.confirm("Leave this table? What you changed is not kept.", { yes: "Leave it" }))) return this.draw();
    this.selected = null;
    this.steps = new Steps();
    await this.send("open", { part }).catch(() => {});
  }

  drawOurs(isOpen) {
    const rows = this.rows();
    const hidden = this.view.columns.length - rows.length;
    const keyWords = this.draft.key.length ? this.draft.key.join(" + ") : "nothing: rows are told apart by all their cells";
    replaceContent(
      this.ours,
      element("div", { class: "ia-tools" }, element("span", {}, element("span", { class: "ia-soft" }, "A record is named by "), element("strong", {}, keyWords)), this.frame.button(this.showsAll ? [element("kbd", {}, "a"), " Only those in use"] : [element("kbd", {}, "a"), ` All ${count(this.view.columns.length)} columns`], () => this.toggleAll(), { class: "ia-button iam-all", disabled: !this.showsAll && !hidden })),
      element(
        "table",
        { class: "iam-table" },
        element("thead", {}, element("tr", {}, ["ours", "the client's column", "as written → as read", "not read", "written back", "how sure"].map((text) => element("th", { scope: "col", class: text === "not read" ? "ia-number" : null }, text)))),
        element("tbody", {}, rows.map((one) => this.drawRow(one, isOpen))),
      ),
    );
  }

  drawRow(one, isOpen) {
    const isChosen = one.column === this.selected;
    const source = mapSource(this.draft, one.column);
    const isNew = JSON.stringify(source) !== JSON.stringify(one.source);
    const reading = isNew ? null : one.reading;
    const [sign, tone] = BACK_MARKS[reading?.back] ?? ["", ""];
    const isKey = typeof source === "string" && this.draft.key.includes(source);
    const row = element(
      "tr",
      { class: "iam-line", "aria-selected": isChosen ? "true" : "false", data: { column: one.column }, on: { click: () => !isChosen && this.select(one.column) } },
      element("th", { scope: "row", title: one.meaning }, one.words, element("div", { class: "ia-soft iam-kind" }, one.kind)),
      element("td", {}, source === null ? element("span", { class: "ia-soft" }, "nothing") : element("span", { class: "iam-chip" }, isNew ? this.plainWords(source) : one.sourceWords, isKey ? element("span", { class: "iam-key", title: "names a record" }, "key") : null)),
      element("td", { class: "iam-samples" }, (reading?.samples ?? []).map(([text, value]) => element("div", {}, text === value ? text : [text, element("span", { class: "ia-soft" }, " → "), element("strong", {}, value)]))),
      element("td", { class: "ia-number" }, reading ? element("span", { class: reading.unreadCount ? "ia-bad" : null }, count(reading.unreadCount)) : source === null ? "" : "…"),
      element("td", { title: reading?.backWords ?? "" }, sign ? element("span", { class: tone }, `${sign} ${BACK_SHORT[reading.back]}`) : ""),
      element("td", { title: one.why.words ?? "" }, source === null ? "" : isNew ? "your choice" : (SURE_WORDS[one.why.certainty] ?? "")),
    );
    if (isOpen) {
      row.addEventListener("dragover", (event) => this.dragged !== undefined && (event.preventDefault(), row.classList.add("iam-over")));
      row.addEventListener("dragleave", () => row.classList.remove("iam-over"));
      row.addEventListener("drop", (event) => {
        event.preventDefault();
        event.stopPropagation();
        const header = this.dragged;
        this.dragged = undefined;
        if (header !== undefined) this.map(one.column, header).catch(() => {});
      });
    }
    return isChosen ? [row, this.drawChoice(one, source, reading, isOpen)] : row;
  }

  plainWords(source) {
    return typeof source === "string" ? source : [source].flat().join(" or ");
  }

  drawChoice(one, source, reading, isOpen) {
    const facts = [
      element("span", {}, `${one.meaning.charAt(0).toUpperCase()}${one.meaning.slice(1)}.`),
      reading ? element("span", {}, `${count(reading.filled)} of ${this.view.seen < this.state.table.rows ? "the first " : ""}${plural(this.view.seen, "row")} filled.`) : null,
      reading?.unreadCount ? element("span", { class: "ia-bad" }, `Not read: ${reading.unread.join("; ")}${reading.unreadCount > reading.unread.length ? " …" : ""}`) : null,
      reading?.backWords ? element("span", {}, `Read and written again: ${reading.backWords}.`) : null,
      source !== null && one.why.words ? element("span", {}, one.why.certainty === "yours" || one.why.certainty === "kept" ? "" : `How sure: ${SURE_WORDS[one.why.certainty] ?? ""}, ${one.why.words}.`) : null,
    ];
    const offers = isOpen ? this.offers(one) : [];
    return element(
      "tr",
      { class: "iam-choice" },
      element(
        "td",
        { colspan: 6 },
        element("div", { class: "iam-facts" }, facts),
        isOpen
          ? element(
              "div",
              { class: "iam-offers", role: "group", "aria-label": `Read ${one.words} from` },
              offers.map((offer, place) =>
                element(
                  "button",
                  { type: "button", class: "ia-button", "aria-pressed": source === offer.header ? "true" : "false", on: { click: () => this.map(one.column, offer.header).catch(() => {}) } },
                  element("kbd", {}, place + 1),
                  offer.header,
                  offer.share === null ? null : element("span", { class: "iam-share" }, `  ${Math.round(100 * offer.share)} %`),
                ),
              ),
              this.frame.button([element("kbd", {}, "o"), "another"], () => this.showSearch(), { "aria-expanded": this.searches ? "true" : "false" }),
              this.canAdd(one) ? this.frame.button([element("kbd", {}, "+"), one.kind === "money" ? "less another" : "and another"], () => this.showSearch("add")) : null,
              source === null ? null : this.frame.button([element("kbd", {}, "n"), "nothing"], () => this.map(one.column, null).catch(() => {})),
              typeof source === "string" ? this.frame.button([element("kbd", {}, "y"), this.draft.key.includes(source) ? "names no record" : "names a record"], () => this.toggleKey(source).catch(() => {})) : null,
            )
          : null,
        this.searches && isOpen ? this.drawSearch(one) : null,
      ),
    );
  }

  drawSearch(one) {
    const field = element("input", { type: "text", class: "ia-field", "aria-label": `Column of the client for ${one.words}`, autocomplete: "off", spellcheck: "false" });
    const found = element("div", { class: "iam-offers", role: "group", "aria-label": "What fits" });
    const fitting = () => this.state.table.columns.filter((each) => `${each.header} ${each.samples.join(" ")}`.toLowerCase().includes(field.value.trim().toLowerCase())).slice(0, 30);
    const take = (header) => this.map(one.column, header).catch(() => {});
    const drawFound = () => replaceContent(found, fitting().map((each) => element("button", { type: "button", class: "ia-button", on: { click: () => take(each.header) } }, each.header, element("span", { class: "iam-share" }, `  ${each.samples.slice(0, 2).join(", ")}`))));
    field.addEventListener("input", drawFound);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && fitting().length) take(fitting()[0].header);
      else if (event.key === "Escape") {
        event.stopPropagation();
        this.showSearch();
        this.frame.root.focus({ preventScroll: true });
      }
    });
    drawFound();
    return element("div", { class: "iam-search" }, element("label", {}, "Search the client's columns: ", field), element("span", { class: "ia-soft" }, " Enter takes the first."), found);
  }

  drawTheirs(isOpen) {
    const readAs = new Map();
    for (const one of this.view.columns) {
      const source = mapSource(this.draft, one.column);
      if (source === null) continue;
      const headers = typeof source === "string" ? [source] : Array.isArray(source) ? source : [source.column, source.credit, source.debit, source.minus, source.times].flat().filter(Boolean);
      for (const header of headers) readAs.set(header, [...(readAs.get(header) ?? []), one.words]);
    }
    const left = this.state.table.columns.filter((each) => !readAs.has(each.header) && !this.draft.key.includes(each.header));
    replaceContent(
      this.theirs,
      element("h3", {}, `The client's ${plural(this.state.table.columns.length, "column")}`),
      element("div", { class: "ia-soft" }, left.length ? left.length === 1 ? "1 of them stays in the raw record only." : `${count(left.length)} of them stay in the raw record only.` : "Each of them is read.", isOpen ? " Drag one to one of our columns." : ""),
      element(
        "ul",
        { class: "iam-list", tabindex: "0", "aria-label": "The client's columns" },
        this.state.table.columns.map((each) =>
          element(
            "li",
            { draggable: isOpen ? "true" : null, class: readAs.has(each.header) ? "iam-read" : null, on: { dragstart: (event) => this.startDrag(event, each.header), dragend: () => (this.dragged = undefined) } },
            element("div", {}, element("strong", {}, each.header), element("span", { class: "ia-soft" }, ` ${this.draft.key.includes(each.header) ? "names a record; " : ""}${readAs.has(each.header) ? `→ ${readAs.get(each.header).join(", ")}` : this.draft.key.includes(each.header) ? "" : "stays in raw"}`)),
            element("div", { class: "ia-soft iam-cells" }, each.samples.join(" · ") || "empty"),
          ),
        ),
      ),
    );
  }

  startDrag(event, header) {
    this.dragged = header;
    event.dataTransfer.effectAllowed = "link";
    event.dataTransfer.setData("text/plain", "");
    event.stopPropagation();
  }

  previewTable(found) {
    const words = (one) => [
      `${count(one.kept)} of ${count(one.rows)}`,
      count(one.aside),
      one.sums.join(" and ") || "–",
      one.days.length ? `${one.days[0]} to ${one.days[1]}` : "–",
      one.streams.join(", ") || "none",
    ];
    const [now, after] = [words(found.now), words(found.after)];
    const left = found.unmapped.length ? `Stays in the raw record: ${found.unmapped.slice(0, 12).join(", ")}${found.unmapped.length > 12 ? ` and ${count(found.unmapped.length - 12)} more` : ""}.` : "Every column of the client is read.";
    return element(
      "div",
      {},
      found.conflicts.map((sentence) => element("p", { class: "ia-bad" }, sentence)),
      element(
        "table",
        {},
        element("thead", {}, element("tr", {}, ["what", "now", "with this map"].map((text) => element("th", { scope: "col" }, text)))),
        element("tbody", {}, ["rows counted", "rows put aside", "sum of the amounts", "days", "read as"].map((label, place) => element("tr", {}, element("th", { scope: "row" }, label), element("td", {}, now[place]), element("td", { class: now[place] === after[place] ? null : "iam-new" }, after[place])))),
      ),
      element("p", {}, found.key ? `A record is named by ${found.key}.` : "No column names a record: rows are told apart by all their cells."),
      found.after.why.map((sentence) => element("p", { class: "ia-bad" }, sentence)),
      element("p", { class: "ia-soft" }, left),
    );
  }
}

export default {
  render({ model, el }) {
    const page = new MapPage(model, el);
    return () => page.close();
  },
};
