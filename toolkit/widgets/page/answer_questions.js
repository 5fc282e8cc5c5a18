// Questions about a client's tables: one at a time, the rows it is about beside it, one key for each answer.

import { element, replaceContent, count, plural, Frame, Steps } from "./frame.js";

const TRY_AFTER_MS = 350;

function shareWords(share) {
  return `right in ${Math.round(100 * share)} of 100 such tables`;
}

function triedWords(found) {
  if (!found) return "";
  if ("sheet" in found) return found.sheet ? `${plural(found.sheet, "row")} more are read` : "no further row is read";
  if (!found.rows) return "";
  const why = found.kept ? "" : (found.why[0] ?? "").replace(/^It is not counted: /, "").split(". ")[0];
  const of = `of ${found.isPart ? "the first " : ""}${plural(found.rows, "row")}`;
  const parts = [found.kept ? `${count(found.kept)} ${of} counted` : `none ${of} counted${why ? `: ${why}` : ""}`];
  if (found.aside) parts.push(`${count(found.aside)} put aside`);
  if (found.sums.length) parts.push(`sum ${found.sums.join(" and ")}`);
  // Hyphens at which no line is broken.
  const [first, last] = found.days.map((day) => day.replaceAll("-", "\u2011"));
  if (first) parts.push(first === last ? `on ${first}` : `${first} to ${last}`);
  return parts.join(", ");
}

class QuestionPage {
  constructor(model, el) {
    this.state = model.get("first");
    this.later = new Set();
    this.looked = new Map();
    this.tried = new Map();
    this.steps = new Steps();
    this.frame = new Frame(el, model, { title: "Questions about the client's tables", keys: this.keyList() });
    this.progress = element("span", { class: "ia-soft" });
    this.undoButton = this.frame.button("Undo", () => this.undo().catch(() => {}));
    this.frame.tools.append(this.progress, this.undoButton);
    this.list = element("div", { class: "iaq-list", role: "listbox", tabindex: "0", "aria-label": "Questions" });
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[data-place]");
      if (row) this.show(Number(row.dataset.place));
    });
    this.pane = element("div", { class: "iaq-pane" });
    this.frame.body.append(element("div", { class: "iaq" }, this.list, this.pane));
    this.index = this.firstOpen(0);
    this.draw();
    this.frame.watch(() => this.lookAgain());
  }

  close() {
    this.isClosed = true;
    clearTimeout(this.trying);
    this.frame.close();
  }

  keyList() {
    const asked = () => Boolean(this.one);
    return [
      { key: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], label: "give the answer of that number", run: (event) => this.choose(Number(event.key) - 1), when: asked },
      { key: "o", label: "something else", run: () => this.showOthers(), when: () => asked() && Boolean(this.one.otherAsk) },
      { key: "n", label: "not needed: nothing of the kind is there", run: () => this.answer(this.one.needless), when: () => asked() && Boolean(this.one.needless) },
      { key: "l", label: "later: go to the next open question", run: () => this.postpone(), when: asked },
      { key: ["ArrowDown", "j"], label: "next question", run: () => this.show(this.index + 1), when: asked },
      { key: ["ArrowUp", "k"], label: "question before", run: () => this.show(this.index - 1), when: asked },
      { key: "Backspace", label: "take the answer of this question back", run: () => this.answer(""), when: () => asked() && Boolean(this.one.answer) },
      { key: ["u", "Mod+z"], label: "undo what was done here last", run: () => this.undo() },
      { key: ["r", "Mod+Shift+Z", "Mod+y"], label: "do it again", run: () => this.redo() },
    ];
  }

  get one() {
    return this.state.questions[this.index];
  }

  firstOpen(from) {
    const asked = this.state.questions;
    const order = asked.map((_, place) => (from + place) % asked.length);
    return order.find((place) => !asked[place].answer && !this.later.has(asked[place].name)) ?? order.find((place) => !asked[place].answer) ?? Math.min(from, Math.max(asked.length - 1, 0));
  }

  take(state) {
    const name = this.one?.name;
    this.state = state;
    this.tried.clear();
    const place = state.questions.findIndex((one) => one.name === name);
    this.index = place >= 0 ? place : this.firstOpen(0);
  }

  async lookAgain() {
    const now = await this.frame.kernel.ask("since", { version: this.state.version });
    if (!now || now.version === this.state.version) return;
    this.take(now);
    this.draw();
    this.frame.say("Somebody else, or a pull, has changed the questions; they are shown as they are now.");
  }

  show(place) {
    if (!this.state.questions.length) return;
    this.index = Math.max(0, Math.min(place, this.state.questions.length - 1));
    this.othersShown = false;
    this.draw();
  }

  async choose(place) {
    const choice = this.one.choices[place];
    if (choice) await this.answer(choice.answer);
  }

  async answer(answer) {
    const one = this.one;
    // What is pressed while an answer is on its way would be given to a question that nobody has seen.
    if (one.answer === answer || this.frame.root.dataset.saving) return;
    await this.send(one.name, answer, one.answer);
    this.steps.add({
      words: answer ? "answer" : "taking back",
      undo: () => this.send(one.name, one.answer, answer),
      redo: () => this.send(one.name, answer, one.answer),
    });
    this.later.delete(one.name);
    const words = this.state.questions.find((each) => each.name === one.name)?.answerWords;
    this.frame.say(answer ? `Saved: ${words}.` : "The question is open again.");
    if (answer) this.index = this.firstOpen(this.index);
    this.othersShown = false;
    this.draw();
  }

  // Resolves when the kernel has kept it.
  async send(name, answer, before) {
    this.frame.root.dataset.saving = name;
    this.frame.say("Saving …");
    try {
      const state = await this.frame.ask("answer", { name, answer, before });
      this.take(state);
      this.frame.calm();
    } catch (error) {
      const now = await this.frame.kernel.ask("since", { version: "" }).catch(() => null);
      if (now) this.take(now);
      this.frame.say("Not acknowledged as saved.");
      this.draw();
      throw error;
    } finally {
      delete this.frame.root.dataset.saving;
    }
    this.index = Math.max(0, this.state.questions.findIndex((one) => one.name === name));
    this.draw();
  }

  postpone() {
    this.later.add(this.one.name);
    const from = (this.index + 1) % this.state.questions.length;
    this.show(this.firstOpen(from));
    this.frame.say("Left open; the questions that were put off come last.");
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

  draw() {
    const asked = this.state.questions;
    const open = asked.filter((one) => !one.answer).length;
    this.progress.textContent = asked.length ? `${count(asked.length - open)} of ${count(asked.length)} answered` : "";
    this.undoButton.disabled = !this.steps.done.length;
    this.list.hidden = !asked.length;
    replaceContent(
      this.list,
      asked.map((one, place) =>
        element(
          "div",
          { class: "iaq-row", role: "option", id: `${this.rowPrefix()}${place}`, "aria-selected": place === this.index ? "true" : "false", data: { place } },
          element("div", { class: "iaq-row-head" }, element("span", { class: one.answer ? "ia-good" : "ia-soft" }, one.answer ? "✓ " : this.later.has(one.name) ? "… " : "○ "), one.about),
          element("div", { class: "ia-soft" }, one.where || "all tables"),
          one.answer ? element("div", {}, one.answerWords) : null,
        ),
      ),
    );
    if (asked.length) this.list.setAttribute("aria-activedescendant", `${this.rowPrefix()}${this.index}`);
    this.list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
    if (!asked.length) this.drawNothing();
    else this.drawQuestion(open);
  }

  rowPrefix() {
    this.prefix ??= `iaq-${Math.random().toString(36).slice(2)}-`;
    return this.prefix;
  }

  drawNothing() {
    const next = this.state.read ? "check_quality(here)" : "pull_snapshots(here)";
    replaceContent(
      this.pane,
      element("p", {}, element("strong", {}, this.state.read ? "Nothing is asked about this client's tables." : "Nothing has been read yet.")),
      element("p", {}, this.state.read ? "Every table was understood, or everything was answered and used. Next: " : "Put the client's files into the folder exports. Next: ", element("code", {}, next)),
    );
  }

  drawQuestion(open) {
    const one = this.one;
    const looked = this.looked.get(one.name);
    const samples = looked?.samples?.length ? looked.samples : one.samples;
    replaceContent(
      this.pane,
      open ? null : this.whatNext(),
      element("div", { class: "ia-soft" }, `Question ${count(this.index + 1)} of ${count(this.state.questions.length)}`, one.where ? ` · ${one.where}` : ""),
      element("h3", { class: "iaq-ask" }, one.ask),
      samples.length ? element("p", { class: "iaq-samples" }, samples.map((text) => element("span", { class: "iaq-cell" }, text)), looked?.filled ? element("span", { class: "ia-soft" }, ` ${looked.filled}`) : null) : null,
      one.changes ? element("p", { class: "ia-soft" }, `It changes ${one.changes}. ${one.keepsOut} `, this.nowWords()) : null,
      element("div", { class: "iaq-choices", role: "group", "aria-label": "Answers" }, one.choices.map((choice, place) => this.choiceButton(one, choice, place, looked))),
      element(
        "div",
        { class: "ia-tools" },
        one.otherAsk ? this.frame.button([element("kbd", {}, "o"), " Something else"], () => this.showOthers(), { "aria-expanded": this.othersShown ? "true" : "false" }) : null,
        one.needless && !one.choices.some((choice) => choice.answer === one.needless) ? this.frame.button([element("kbd", {}, "n"), " Not needed"], () => this.answer(one.needless).catch(() => {})) : null,
        this.frame.button([element("kbd", {}, "l"), " Later"], () => this.postpone()),
        one.answer ? this.frame.button("Take the answer back", () => this.answer("").catch(() => {})) : null,
      ),
      one.answer ? element("p", {}, element("span", { class: "ia-good" }, `✓ Answered: ${one.answerWords}`), one.by ? element("span", { class: "ia-soft" }, ` by ${one.by}, ${one.at.slice(0, 16).replace("T", " ")} UTC`) : null) : null,
      this.othersShown ? this.drawOthers(one, looked) : null,
      this.drawTable(looked),
    );
    if (this.othersShown) this.pane.querySelector(".iaq-others input")?.focus({ preventScroll: true });
    this.fetchLook(one);
  }

  choiceButton(one, choice, place, looked) {
    const evidence = looked?.evidence?.[choice.answer];
    const effect = triedWords(this.tried.get(`${one.name}\n${choice.answer}`));
    return element(
      "button",
      { type: "button", class: "ia-button iaq-choice", "aria-pressed": one.answer === choice.answer ? "true" : "false", on: { click: () => this.answer(choice.answer).catch(() => {}) } },
      place < 9 ? element("kbd", {}, place + 1) : null,
      element(
        "span",
        { class: "iaq-choice-text" },
        element("span", { class: "iaq-words" }, choice.words, one.needless === choice.answer ? element("span", { class: "ia-soft" }, "  (n)") : null),
        evidence ? element("span", { class: "ia-soft" }, [evidence.share === null ? "likely" : shareWords(evidence.share), evidence.reason ? `: ${evidence.reason}` : ""]) : null,
      ),
      effect ? element("span", { class: "iaq-effect" }, effect) : null,
    );
  }

  nowWords() {
    const now = this.tried.get(`${this.one.name}\n`);
    const words = triedWords(now);
    return words ? `${this.one.answer ? "Without an answer" : "Now"}: ${words}.` : "";
  }

  whatNext() {
    return element(
      "div",
      { class: "iaq-done" },
      element("strong", {}, "Every question is answered."),
      " The files are read with these answers by the next pull: ",
      element("code", {}, "pull_snapshots(here)"),
    );
  }

  showOthers() {
    this.othersShown = !this.othersShown;
    this.draw();
  }

  drawOthers(one, looked) {
    const give = (answer) => this.answer(answer).catch(() => {});
    const others = looked?.others ?? [];
    const box = element("div", { class: "iaq-others" });
    const field = element("input", { type: "text", class: "ia-field", "aria-label": one.otherAsk, autocomplete: "off", spellcheck: "false" });
    const found = element("div", { class: "iaq-found", role: "group", "aria-label": "What fits" });
    const fitting = () => others.filter((other) => `${other.words} ${other.cells}`.toLowerCase().includes(field.value.trim().toLowerCase())).slice(0, 40);
    const drawFound = () => replaceContent(found, fitting().map((other) => element("button", { type: "button", class: "ia-button", on: { click: () => give(other.answer) } }, other.words, other.cells ? element("span", { class: "ia-soft" }, `  ${other.cells}`) : null)));
    field.addEventListener("input", drawFound);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && field.value.trim()) {
        const fits = fitting();
        give(others.length ? (fits[0]?.answer ?? field.value.trim()) : field.value.trim().toUpperCase());
      } else if (event.key === "Escape") {
        event.stopPropagation();
        this.showOthers();
        this.frame.root.focus({ preventScroll: true });
      }
    });
    box.append(element("label", {}, `${one.otherAsk} `, field), element("span", { class: "ia-soft" }, " Enter takes the first that fits."), found);
    drawFound();
    return box;
  }

  drawTable(looked) {
    const table = looked?.table;
    if (!table) return looked ? element("p", { class: "ia-soft" }, "The rows behind this question are not here any more.") : null;
    const isMarked = (place) => table.marked.includes(place);
    const hidden = table.columns - table.headers.length;
    return element(
      "div",
      { class: "iaq-table", tabindex: "0", role: "region", "aria-label": `First rows of ${table.file}` },
      element("div", { class: "ia-soft" }, `${table.file} ${table.part}`.trim(), ` · first ${table.rows.length} of ${plural(table.count, "row")}`, hidden ? `, ${plural(hidden, "column")} not shown` : "", looked.more ? ` · and ${plural(looked.more, "table")} more` : ""),
      element(
        "table",
        {},
        element("thead", {}, element("tr", {}, table.headers.map((header, place) => element("th", { scope: "col", class: isMarked(place) ? "iaq-marked" : null }, header)))),
        element("tbody", {}, table.rows.map((row) => element("tr", {}, row.map((cell, place) => element("td", { class: isMarked(place) ? "iaq-marked" : null }, cell))))),
      ),
    );
  }

  fetchLook(one) {
    clearTimeout(this.trying);
    this.trying = setTimeout(() => this.tryChoices(), TRY_AFTER_MS);
    if (this.looked.has(one.name)) return;
    this.looked.set(one.name, null);
    this.frame.kernel.ask("look", { name: one.name }).then(
      (found) => {
        this.looked.set(one.name, found);
        if (this.one?.name === one.name) this.draw();
      },
      () => this.looked.delete(one.name),
    );
  }

  // What each answer would change: of the question in view only, and one at a time, so that an answer waits for one at most.
  async tryChoices() {
    if (this.isTrying) return;
    this.isTrying = true;
    try {
      for (let next = this.untried(); next; next = this.untried()) {
        const { version } = this.state;
        const found = await this.frame.kernel.ask("attempt", next).catch(() => null);
        if (version !== this.state.version) continue;
        this.tried.set(`${next.name}\n${next.answer}`, found);
        if (this.one?.name === next.name && !this.othersShown) this.draw();
      }
    } finally {
      this.isTrying = false;
    }
  }

  untried() {
    if (!this.one || this.frame.kernel.state === "gone" || this.isClosed) return null;
    const answers = ["", ...this.one.choices.map((choice) => choice.answer)];
    const answer = answers.find((each) => !this.tried.has(`${this.one.name}\n${each}`));
    return answer === undefined ? null : { name: this.one.name, answer };
  }
}

export default {
  render({ model, el }) {
    const page = new QuestionPage(model, el);
    return () => page.close();
  },
};
