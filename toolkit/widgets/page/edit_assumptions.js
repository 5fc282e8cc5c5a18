// The screen of edit_assumptions: inputs on the left, the business case that follows from them on the right.
import { element, replaceContent, plural, Frame, Steps } from "./frame.js";
import { amountText, evidenceMark, rangeBar, signedText, swingBar } from "./drawn_marks.js";

const ALL_HANDOFFS = "total";
const DECISIONS = { connect: "connect", later: "later", by_hand: "stays by hand", unknown: "unknown" };
const REASONS = {
  pays_low: "pays even where one case in ten is worse",
  pays_median: "pays in the middle case only",
  loses: "costs more than it brings",
  cleanup: "the set does not carry the clean-up",
  missing_inputs: "inputs are missing",
  not_compared: "its systems could not be compared",
};

class AssumptionScreen {
  constructor(model, el) {
    this.frame = new Frame(el, model, {
      title: "Assumptions and business case",
      keys: [
        { key: "j", label: "next input", run: () => this.step(1) },
        { key: "k", label: "previous input", run: () => this.step(-1) },
        { key: "]", label: "next handoff", run: () => this.stepPlace(1) },
        { key: "[", label: "previous handoff", run: () => this.stepPlace(-1) },
        { key: "s", label: "save what is tried", run: () => this.save() },
        { key: "x", label: "reset the chosen input", run: () => this.resetFocused() },
        { key: "X", label: "reset all", run: () => this.resetAll() },
        { key: "Mod+z", label: "take the last move back", run: () => this.undoMove() },
        { key: ["Mod+y", "Mod+Shift+Z"], label: "move again", run: () => this.redoMove() },
        { key: "U", label: "take back what was saved last", run: () => this.turn("undo") },
        { key: "R", label: "save it again", run: () => this.turn("redo") },
      ],
    });
    this.frame.root.classList.add("ia-assume");
    this.tried = new Map();
    this.steps = new Steps();
    this.place = ALL_HANDOFFS;
    this.sum = ALL_HANDOFFS;
    this.isMoreOpen = false;
    this.take(model.get("first"));
    this.build();
    this.draw();
    this.frame.watch(() => this.look());
  }

  close() {
    this.frame.close();
  }

  take(state) {
    this.state = state;
    this.rows = new Map(state.rows.map((row) => [`${row.place}|${row.name}`, row]));
    this.labels = new Map(state.places.map((one) => [one.id, one.label]));
    this.saved = state.case;
    // What can be set no more is tried no more.
    for (const key of [...this.tried.keys()]) if (!this.canBeSet(key)) this.tried.delete(key);
    if (!this.tried.size) this.case = state.case;
  }

  canBeSet(key) {
    return Boolean(this.rows.get(key)?.is_settable);
  }

  build() {
    const frame = this.frame;
    this.saveButton = frame.button("Save …", () => this.save().catch(() => {}), { class: "ia-button ia-main" });
    this.resetButton = frame.button("Reset all", () => this.resetAll());
    this.undoButton = frame.button("Take back", () => this.turn("undo").catch(() => {}));
    this.redoButton = frame.button("Save again", () => this.turn("redo").catch(() => {}));
    frame.tools.append(this.saveButton, this.resetButton, this.undoButton, this.redoButton);
    this.placeChoice = element("select", { class: "ia-field ia-place", "aria-label": "Inputs of", on: { change: (event) => this.choosePlace(event.target.value) } });
    this.inputs = element("div", { class: "ia-inputs", role: "group", "aria-label": "Inputs", tabindex: "0" });
    this.outdated = element("p", { class: "ia-bad ia-outdated", role: "status", hidden: true });
    this.figures = element("div", { class: "ia-figures" });
    this.handoffs = element("div", { class: "ia-handoffs", tabindex: "0", role: "group", "aria-label": "Handoffs" });
    this.moved = element("div", { class: "ia-moved" });
    this.frame.body.append(
      element(
        "div",
        { class: "ia-two" },
        element("div", { class: "ia-left" }, element("div", { class: "ia-tools" }, element("label", {}, "Inputs of ", this.placeChoice), element("span", { class: "ia-soft" }, "low, likely and high of each")), this.inputs),
        element("div", { class: "ia-right" }, this.outdated, this.figures, this.moved, this.handoffs),
      ),
    );
  }

  draw() {
    this.outdated.textContent = this.state.outdated ? `${this.state.outdated} Save what you tried, then run the cell again.` : "";
    this.outdated.hidden = !this.state.outdated;
    replaceContent(
      this.placeChoice,
      this.state.places.map((one) => element("option", { value: one.id, selected: one.id === this.place }, one.is_proposed && one.id !== ALL_HANDOFFS ? `${one.label} (proposed)` : one.label)),
    );
    this.drawInputs();
    this.drawCase();
  }

  drawTools() {
    const tried = this.tried.size;
    this.saveButton.disabled = !tried;
    this.resetButton.disabled = !tried;
    this.saveButton.textContent = tried ? `Save ${plural(tried, "input")} …` : "Save …";
    for (const [button, said, word] of [
      [this.undoButton, this.state.undo, "Take back"],
      [this.redoButton, this.state.redo, "Save again"],
    ]) {
      button.disabled = !said;
      button.title = said ? `${word}: ${said}` : "Nothing was saved here";
    }
  }

  // --- inputs

  rowsHere() {
    return [...this.rows.values()].filter((row) => row.place === this.place);
  }

  isShown(row) {
    return row.is_used || row.is_missing || this.tried.has(`${row.place}|${row.name}`);
  }

  drawInputs() {
    const rows = this.rowsHere();
    const shown = rows.filter((row) => this.isShown(row));
    const more = rows.filter((row) => !this.isShown(row) && row.is_settable);
    this.controls = new Map();
    const parts = shown.map((row) => this.inputRow(row));
    if (!parts.length) parts.push(element("p", {}, "No input plays a part here. Choose another handoff."));
    if (more.length) {
      const details = element("details", { open: this.isMoreOpen, on: { toggle: () => (this.isMoreOpen = details.open) } }, element("summary", {}, `${plural(more.length, "more input")} that play no part yet`), more.map((row) => this.inputRow(row)));
      parts.push(details);
    }
    replaceContent(this.inputs, parts);
    this.drawTools();
  }

  inputRow(row) {
    const key = `${row.place}|${row.name}`;
    const scale = this.scale(row);
    const locked = !row.is_settable;
    const field = (end, label) =>
      element("input", { type: "number", class: "ia-field ia-end", step: "any", min: "0", disabled: locked, "aria-label": `${row.words}, ${label}`, data: { end }, on: { change: (event) => this.typed(row, end, event.target) } });
    const slider = element("input", { type: "range", class: "ia-slider", min: row.least, max: row.most, step: row.unit === "months" ? 1 : (row.most - row.least) / 500, disabled: locked, "aria-label": `${row.words}, likely value in ${scale.unit}`, on: { input: (event) => this.slid(row, Number(event.target.value), event.target), change: () => this.settled(key) } });
    const parts = { slider, low: field("low", "low"), likely: field("likely", "likely"), high: field("high", "high") };
    parts.reset = this.frame.button("Reset", () => this.reset(key), { class: "ia-button ia-quiet ia-reset", "aria-label": `Reset ${row.words}` });
    parts.note = element("div", { class: "ia-soft ia-note" });
    parts.reason = element("input", { type: "text", class: "ia-field ia-reason", maxlength: "300", "aria-label": `Why another value than measured: ${row.words}`, placeholder: "Why another value than measured?", on: { input: (event) => this.tried.has(key) && (this.tried.get(key).reason = event.target.value) } });
    parts.root = element(
      "div",
      { class: "ia-input", data: { key } },
      element("div", { class: "ia-input-head" }, element("span", { class: "ia-input-name" }, row.words), evidenceMark(row.evidence), row.is_missing ? element("strong", { class: "ia-bad" }, "missing") : null, element("span", { class: "ia-soft" }, [row.who, row.on].filter(Boolean).join(", "))),
      element("div", { class: "ia-input-line" }, slider, parts.low, parts.likely, parts.high, element("span", { class: "ia-unit ia-soft" }, scale.unit), parts.reset),
      parts.note,
      parts.reason,
    );
    parts.root.title = row.source;
    this.controls.set(key, parts);
    this.fill(row);
    return parts.root;
  }

  // What stands for an input: tried, else saved.
  value(row) {
    return this.tried.get(`${row.place}|${row.name}`) ?? row;
  }

  fill(row) {
    const key = `${row.place}|${row.name}`;
    const parts = this.controls?.get(key);
    if (!parts) return;
    const [now, scale, isTried] = [this.value(row), this.scale(row), this.tried.has(key)];
    for (const end of ["low", "likely", "high"]) {
      const text = now[end] === null ? "" : String(rounded(now[end] * scale.by));
      if (parts[end].value !== text) parts[end].value = text;
    }
    parts.slider.max = Math.max(row.most, now.likely ?? 0);
    parts.slider.value = now.likely ?? 0;
    parts.slider.setAttribute("aria-valuetext", `${rounded((now.likely ?? 0) * scale.by)} ${scale.unit}`);
    parts.root.classList.toggle("ia-tried", isTried);
    parts.reset.disabled = !isTried;
    parts.note.textContent = isTried ? `saved: ${rangeText(row, scale)}` : row.is_settable ? "" : lockedWords(row, this.state.places);
    parts.note.hidden = !parts.note.textContent;
    parts.reason.hidden = !(isTried && row.evidence === "measured");
    if (isTried && parts.reason.value !== (now.reason ?? "")) parts.reason.value = now.reason ?? "";
  }

  // A slider moves the likely value, and the ends with it in proportion.
  slid(row, likely, slider) {
    const key = `${row.place}|${row.name}`;
    if (this.before === undefined || this.before.key !== key) this.before = { key, was: this.tried.get(key) ?? null };
    const from = this.value(row);
    const by = row.likely ? likely / row.likely : null;
    const isShare = this.scale(row).by === 100 && row.name !== "annual_volume_growth";
    const end = (value) => (isShare ? Math.min(1, value) : value);
    const isOneValue = by === null || row.low === null || row.name === "horizon_months" || row.low === row.high;
    const ends = isOneValue ? { low: likely, high: likely } : { low: end(Math.min(likely, row.low * by)), high: end(Math.max(likely, row.high * by)) };
    // No instrument of seven digits; four are finer than a step, or a key would not move it.
    const [low, usual, high] = [ends.low, end(likely), ends.high].map((value) => rounded(value, 4));
    this.tried.set(key, { low, likely: usual, high, reason: from.reason ?? "" });
    slider.dataset.moved = "1";
    this.changed(row);
  }

  settled(key) {
    if (this.before?.key !== key) return;
    const [was, now] = [this.before.was, this.tried.get(key) ?? null];
    this.before = undefined;
    this.steps.add({ undo: () => this.put(key, was), redo: () => this.put(key, now) });
  }

  typed(row, end, field) {
    const [key, scale] = [`${row.place}|${row.name}`, this.scale(row)];
    const number = Number(field.value) / scale.by;
    if (field.value === "" || !Number.isFinite(number)) {
      this.frame.say(`${row.words} needs a number. It stays as it was.`);
      return this.fill(row);
    }
    const [was, now] = [this.tried.get(key) ?? null, { ...this.value(row) }];
    const next = { low: now.low ?? number, likely: now.likely ?? number, high: now.high ?? number, reason: now.reason ?? "" };
    // A single value stays one as long as only it is typed; an end that passes the likely value takes it along.
    if (end === "likely" && next.low === next.high) next.low = next.high = number;
    next[end] = number;
    if (end === "likely") [next.low, next.high] = [Math.min(next.low, number), Math.max(next.high, number)];
    if (end === "low") [next.likely, next.high] = [Math.max(next.likely, number), Math.max(next.high, number)];
    if (end === "high") [next.likely, next.low] = [Math.min(next.likely, number), Math.min(next.low, number)];
    this.tried.set(key, next);
    this.steps.add({ undo: () => this.put(key, was), redo: () => this.put(key, next) });
    this.changed(row);
  }

  put(key, value) {
    if (value && this.canBeSet(key)) this.tried.set(key, value);
    else this.tried.delete(key);
    const row = this.rows.get(key);
    if (row) this.changed(row);
  }

  changed(row) {
    this.fill(row);
    this.drawTools();
    this.work();
  }

  // One question at a time; what moved meanwhile is asked when the answer is here.
  async work() {
    this.isStale = true;
    if (this.isWorking) return;
    this.isWorking = true;
    let isRefused = false;
    while (this.isStale) {
      this.isStale = false;
      if (!this.tried.size) this.case = this.saved;
      else {
        try {
          const answer = await this.frame.kernel.ask("try", { tried: this.wanted() });
          this.case = answer.case;
          if (!isRefused) this.frame.calm();
        } catch (error) {
          this.frame.warn(error.message, error.next ?? "");
          const move = this.frame.kernel.state === "connected" && !isRefused ? this.steps.done.pop() : null;
          if (!move) break;
          // What cannot be counted does not stay beside a case without it, nor in the way of the next move.
          isRefused = true;
          move.undo();
        }
      }
      this.drawCase();
    }
    this.isWorking = false;
  }

  wanted() {
    return [...this.tried].map(([key, value]) => {
      const [place, name] = key.split("|");
      return { place, name, ...value };
    });
  }

  reset(key) {
    const was = this.tried.get(key);
    if (!was) return;
    this.put(key, null);
    this.steps.add({ undo: () => this.put(key, was), redo: () => this.put(key, null) });
    this.frame.say(`${this.rows.get(key).words}: as saved.`);
  }

  resetFocused() {
    const key = document.activeElement?.closest?.(".ia-input")?.dataset.key;
    if (key) this.reset(key);
  }

  resetAll() {
    const was = new Map(this.tried);
    if (!was.size) return;
    const put = (values) => {
      this.tried = new Map([...values].filter(([key]) => this.canBeSet(key)));
      this.drawInputs();
      this.work();
    };
    put([]);
    this.steps.add({ undo: () => put(was), redo: () => put([]) });
    this.frame.calm();
    this.frame.say("All inputs as saved.");
  }

  async undoMove() {
    this.frame.say((await this.steps.undo()) ? "Taken back." : "Nothing to take back.");
  }

  async redoMove() {
    this.frame.say((await this.steps.redo()) ? "Moved again." : "Nothing to move again.");
  }

  // --- saving

  async save() {
    if (!this.tried.size) return this.frame.say("Nothing is tried: there is nothing to save.");
    const unreasoned = this.wanted().find((one) => this.rows.get(`${one.place}|${one.name}`).evidence === "measured" && !one.reason.trim());
    if (unreasoned) {
      this.choosePlace(unreasoned.place);
      this.frame.warn(`${this.rows.get(`${unreasoned.place}|${unreasoned.name}`).words} was measured.`, "Say below it why another value is better, or reset it.");
      this.controls.get(`${unreasoned.place}|${unreasoned.name}`)?.reason.focus();
      return;
    }
    const who = element("input", { type: "text", class: "ia-field", maxlength: "80", required: true, placeholder: "the person who was asked", "aria-label": "Who said so" });
    const list = element(
      "ul",
      {},
      this.wanted().map((one) => {
        const row = this.rows.get(`${one.place}|${one.name}`);
        const scale = this.scale(row);
        return element("li", {}, `${this.labels.get(one.place)}: ${row.words}: ${rangeText(row, scale)} → ${rangeText(one, scale)} ${scale.unit}`);
      }),
    );
    const isSure = await this.frame.confirm(`Save ${plural(this.tried.size, "input")} to engagement.yaml with evidence "interview"?`, { yes: "Save", details: element("div", {}, list, element("label", {}, "Who said so: ", who)) });
    if (!isSure) return;
    const state = await this.frame.ask("save", { tried: this.wanted(), version: this.state.version, who: who.value });
    this.tried.clear();
    this.steps = new Steps();
    this.take(state);
    this.draw();
    this.frame.calm();
    this.frame.say(`Saved: ${state.undo}. Run all cells of the notebook again to compute with it.`);
  }

  async turn(which) {
    const state = await this.frame.ask(which);
    this.take(state);
    this.draw();
    if (this.tried.size) this.work();
    this.frame.say(state.said ? `${which === "undo" ? "Taken back" : "Saved again"}: ${state.said}.` : "There is nothing more.");
  }

  // What somebody else has saved meanwhile appears by itself.
  async look() {
    if (this.isWorking) return;
    try {
      const state = await this.frame.kernel.ask("since", { version: this.state.version });
      if (!state || state.version === this.state.version) return;
      const [was, tried] = [this.state.outdated, this.tried.size];
      this.take(state);
      this.draw();
      if (this.tried.size) this.work();
      const lost = tried - this.tried.size;
      const dropped = lost ? ` ${plural(lost, "input")} that you tried can be set no more.` : "";
      const told = state.outdated && !was ? "Something that is measured was changed elsewhere: run the cell again to count with it." : state.outdated ? "engagement.yaml was changed elsewhere: the inputs are shown as they are now." : "engagement.yaml was changed elsewhere: it is shown as it is now.";
      this.frame.say(`${told}${dropped}`);
    } catch (error) {
      if (this.frame.kernel.state === "connected") this.frame.warn(error.message, error.next ?? "");
    }
  }

  // --- the case

  drawCase() {
    this.drawTools();
    const sums = this.case.sums;
    const name = sums[this.sum] ? this.sum : ALL_HANDOFFS;
    this.drawFigures(sums[name], this.saved.sums[name] ?? null, name);
    this.drawHandoffs();
    this.drawMoved();
    this.frame.root.dataset.drawn = String(Number(this.frame.root.dataset.drawn ?? 0) + 1);
  }

  drawFigures(now, saved, name) {
    const money = this.state.currency;
    const months = this.case.sums === this.saved.sums ? this.state.horizon : (this.tried.get(`${ALL_HANDOFFS}|horizon_months`)?.likely ?? this.state.horizon);
    const rows = [
      ["cost_now", "Costs now", ` ${money} a month`],
      ["net_saving", "Saves", ` ${money} a month`],
      ["one_time", "Costs once", ` ${money}`],
      ["payback_months", "Pays back in", " months"],
      ["npv", `Is worth over ${Math.round(months)} months`, ` ${money}`],
    ];
    const drawn = rows.map(([key, label, unit]) => {
      const [band, old] = [now[key], saved?.[key]];
      const ends = [band, old].flat().filter((one) => one !== null && one !== undefined);
      const [from, to] = [Math.min(0, ...ends), Math.max(0, ...ends) * 1.05 || 1];
      const middle = band?.[1] ?? null;
      const text = middle === null ? (key === "payback_months" && this.case.missing.length === 0 ? "not within this time" : "unknown: inputs are missing") : `${amountText(middle)}${unit}`;
      const range = middle === null ? "" : `${amountText(band[0])} to ${band[2] === null ? "never" : amountText(band[2])}`;
      const against = middle !== null && old && old[1] !== null && this.tried.size ? signedText(middle - old[1]) : "";
      return element("tr", {}, element("th", { scope: "row" }, label), element("td", { class: "ia-number" }, element("strong", {}, text)), element("td", { class: "ia-number ia-soft" }, range), element("td", {}, middle === null ? "" : rangeBar(band, this.tried.size ? old : null, from, to, { label: `${label}: ${text}, ${range}` })), element("td", { class: "ia-number ia-soft" }, against));
    });
    const chance = (value) => (value === null || value === undefined ? "unknown" : `${Math.round(100 * value)} %`);
    drawn.push(element("tr", {}, element("th", { scope: "row" }, "Chance"), element("td", { colspan: "4" }, `${chance(now.npv_positive)} that it is worth more than it costs, ${chance(now.payback_within_12_months)} that it pays back within a year`)));
    const choose = (id, label) => this.frame.button(label, () => { this.sum = id; this.drawCase(); }, { "aria-pressed": String(name === id), disabled: !this.case.sums[id] });
    replaceContent(
      this.figures,
      element("div", { class: "ia-tools" }, element("h3", {}, "The business case"), choose(ALL_HANDOFFS, "All handoffs"), choose("recommended", "Recommended only")),
      this.case.missing.length ? element("p", { class: "ia-bad" }, `Incomplete: ${this.case.missing.map((one) => this.wordsOf(one)).join(", ")}.`) : null,
      element("table", {}, element("caption", { class: "ia-unseen" }, "Figures of the case: middle of all simulated cases, and 8 of 10 cases between the ends"), element("thead", {}, element("tr", {}, element("td", {}), ["in the middle", "8 of 10 cases"].map((one) => element("th", { scope: "col", class: "ia-number" }, one)), element("td", {}), this.tried.size ? element("th", { scope: "col", class: "ia-number" }, "against saved") : element("td", {}))), element("tbody", {}, drawn)),
      element("p", { class: "ia-soft" }, `Of ${this.state.trials.toLocaleString("en-US")} simulated cases; the thin bar is what is saved.`),
    );
  }

  wordsOf(name) {
    return [...this.rows.values()].find((row) => row.name === name)?.words.toLowerCase() ?? name.replaceAll("_", " ");
  }

  drawHandoffs() {
    const all = [...this.case.handoffs, ...this.saved.handoffs].flatMap((one) => one.npv).filter((one) => one !== null);
    const [from, to] = [Math.min(0, ...all), Math.max(1, ...all)];
    const before = new Map(this.saved.handoffs.map((one) => [one.id, one]));
    const rows = this.case.handoffs.map((one) => {
      const was = before.get(one.id);
      const isOther = was && was.decision !== one.decision;
      return element(
        "tr",
        { class: one.id === this.place ? "ia-here" : null },
        element("th", { scope: "row" }, this.frame.button(this.labels.get(one.id) ?? one.id, () => this.choosePlace(one.id), { class: "ia-button ia-quiet ia-link", "aria-pressed": String(one.id === this.place) })),
        element("td", { title: REASONS[one.reason] }, element("span", { class: `ia-decision ia-decision-${one.decision}` }, DECISIONS[one.decision]), isOther ? element("span", { class: "ia-soft" }, ` (saved: ${DECISIONS[was.decision]})`) : null),
        element("td", { class: "ia-number" }, amountText(one.cost_now[1])),
        element("td", { class: "ia-number" }, amountText(one.net_saving[1])),
        element("td", { class: "ia-number" }, amountText(one.npv[1])),
        element("td", {}, one.npv[1] === null ? element("span", { class: "ia-soft" }, one.lacking.map((each) => this.wordsOf(each)).join(", ")) : rangeBar(one.npv, this.tried.size ? was?.npv : null, from, to, { width: 110, label: `worth ${amountText(one.npv[0])} to ${amountText(one.npv[2])}` })),
      );
    });
    const head = ["Handoff", "What to do", "costs now a month", "saves a month", `worth, ${this.state.currency}`, "8 of 10 cases"].map((one, index) => element("th", { scope: "col", class: index > 1 && index < 5 ? "ia-number" : null }, one));
    replaceContent(this.handoffs, element("h3", {}, "What pays"), element("table", {}, element("thead", {}, element("tr", {}, head)), element("tbody", {}, rows)));
  }

  drawMoved() {
    const rows = this.case.moved.slice(0, 8);
    const ends = rows.flatMap((one) => [one.low, one.high]);
    const [from, to] = [Math.min(...ends, this.case.moved_middle), Math.max(...ends, this.case.moved_middle)];
    const what = this.case.moved_result === "npv" ? "the worth" : "today's cost";
    const drawn = rows.map((one) => {
      const words = this.rows.get(`${one.place}|${one.name}`)?.words ?? this.wordsOf(one.name);
      const where = one.place === ALL_HANDOFFS ? "" : ` (${this.labels.get(one.place) ?? one.place})`;
      const label = `${words}${where}: ${amountText(one.low)} at its low end, ${amountText(one.high)} at its high end`;
      return element("tr", {}, element("th", { scope: "row" }, this.frame.button(`${words}${where}`, () => this.showInput(one.place, one.name), { class: "ia-button ia-quiet ia-link" })), element("td", { class: "ia-number" }, amountText(one.low)), element("td", {}, swingBar(one, this.case.moved_middle, from, to, { label })), element("td", { class: "ia-number" }, amountText(one.high)));
    });
    const head = element("thead", {}, element("tr", {}, ["Input", "at its low end", "", "at its high end"].map((one, index) => (one ? element("th", { scope: "col", class: index ? "ia-number" : null }, one) : element("td", {})))));
    replaceContent(this.moved, element("h3", {}, `What moves ${what} most`), drawn.length ? element("table", {}, head, element("tbody", {}, drawn)) : element("p", { class: "ia-soft" }, "Nothing yet: no input has a range."));
  }

  scale(row) {
    return scaleOf(row, this.state.currency);
  }

  // --- going about

  choosePlace(id) {
    if (!this.labels.has(id)) return;
    this.place = id;
    this.isMoreOpen = false;
    this.draw();
    this.inputs.scrollTop = 0;
    this.frame.say(`Inputs of ${this.labels.get(id)}.`);
  }

  stepPlace(by) {
    const ids = this.state.places.map((one) => one.id);
    this.choosePlace(ids[(ids.indexOf(this.place) + by + ids.length) % ids.length]);
    this.inputs.querySelector(".ia-slider:not(:disabled)")?.focus();
  }

  step(by) {
    const sliders = [...this.inputs.querySelectorAll(".ia-slider:not(:disabled)")].filter((one) => one.offsetParent);
    if (!sliders.length) return;
    const here = sliders.findIndex((one) => one.closest(".ia-input").contains(document.activeElement));
    const next = here < 0 ? (by > 0 ? 0 : sliders.length - 1) : Math.max(0, Math.min(here + by, sliders.length - 1));
    sliders[next].focus();
    sliders[next].scrollIntoView({ block: "nearest" });
  }

  showInput(place, name) {
    if (this.place !== place) this.choosePlace(place);
    const parts = this.controls.get(`${place}|${name}`);
    if (!parts) return this.frame.say(`${this.wordsOf(name)} cannot be set here.`);
    if (!parts.root.offsetParent) this.inputs.querySelector("details")?.setAttribute("open", "");
    parts.root.scrollIntoView({ block: "nearest" });
    parts.slider.focus();
  }
}

function rounded(value, digits = 7) {
  return Number(value.toPrecision(digits));
}

// Shares are written in percent.
function scaleOf(row, currency = "currency") {
  const isShare = /^share/.test(row.unit ?? "");
  const unit = (row.unit ?? "").replace(/^share\s*/, "").replace(/^per year$/, "a year").replace(/ per month$/, " a month").replace(/ per hour$/, " an hour").replace(/ per day$/, " a day").replace(/ per item and day$/, " an item and day").replace(/^currency/, currency);
  return isShare ? { by: 100, unit: `% ${unit}`.trim() } : { by: 1, unit };
}

function rangeText(value, scale) {
  if (value.likely === null) return "nothing";
  const ends = value.low === value.high ? [value.likely] : [value.low, value.likely, value.high];
  return ends.map((one) => rounded(one * scale.by, 5).toLocaleString("en-US")).join(" / ");
}

function lockedWords(row, places) {
  if (places.find((one) => one.id === row.place)?.is_proposed && row.place !== ALL_HANDOFFS) return "Only proposed: confirm the handoff first (edit_landscape).";
  return row.evidence === "measured" ? "Counted in the snapshots; it cannot be set here." : "Follows from other inputs; it cannot be set here.";
}

export default {
  render({ model, el }) {
    const screen = new AssumptionScreen(model, el);
    return () => screen.close();
  },
};
