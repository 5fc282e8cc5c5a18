// What every screen stands in: its elements, its connection to the kernel, its keys, its messages, its long lists.
//
// Every text of a client goes through textContent. Nothing is asked of any other machine.

export function element(tag, properties = {}, ...children) {
  // `properties`: `class`, `data`, `on` (listeners), `style`; attributes as they are called in HTML; null and false leave one out.
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else if (name === "on") for (const [event, heard] of Object.entries(value)) made.addEventListener(event, heard);
    else if (name === "data") Object.assign(made.dataset, value);
    else if (name === "style") Object.assign(made.style, value);
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false).map(asNode));
  return made;
}

function asNode(child) {
  return child instanceof Node ? child : document.createTextNode(String(child));
}

export function replaceContent(holder, ...children) {
  holder.replaceChildren(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false).map(asNode));
}

export function count(number) {
  return Number(number).toLocaleString("en-US");
}

export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

const SLOW_AFTER_MS = 4000;
const WATCH_MS = 3000;
const UNHEARD_AFTER_MS = 700;
const GONE = "Not connected to the kernel: nothing more is saved.";
const AGAIN = "Run the cell again; what was shown as saved is kept.";

// The kernel, as a page sees it. `ask` resolves with the desk's answer; it rejects with a Refused where the desk refused, or
// where no kernel is there. An answer that is late is waited for: `changed(state)` says "waiting" until it is here.
export class Kernel {
  constructor(model, changed = () => {}) {
    this.model = model;
    this.changed = changed;
    this.state = "connected";
    this.asked = new Map();
    this.number = 0;
    this.heard = new Set();
    this.onMessage = (message) => this.take(message);
    model.on("msg:custom", this.onMessage);
    // Something became of the connection: what, only sending tells.
    this.onLive = () => this.ask("").catch(() => {});
    model.on("comm_live_update", this.onLive);
    this.clock = setInterval(() => this.look(), 500);
  }

  close() {
    clearInterval(this.clock);
    this.model.off("msg:custom", this.onMessage);
    this.model.off("comm_live_update", this.onLive);
  }

  // How many answers are still waited for.
  get waiting() {
    return this.asked.size;
  }

  ask(ask, given = {}) {
    const id = ++this.number;
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject, since: Date.now() });
      try {
        this.model.send({ id, ask, given }, { iopub: { status: (message) => this.worked(id, message) } });
      } catch (error) {
        this.end();
      }
    });
  }

  // A kernel that was restarted takes a message for a screen it does not know, and is done with it without an answer: nothing
  // else tells it from one that is busy.
  worked(id, message) {
    if (message?.content?.execution_state !== "idle" || !this.asked.has(id)) return;
    setTimeout(() => this.asked.has(id) && this.end(), UNHEARD_AFTER_MS);
  }

  // The desk is there no more: whatever was asked will not be answered.
  end() {
    this.become("gone");
    const asked = [...this.asked.values()];
    this.asked.clear();
    for (const one of asked) one.reject(new Refused(GONE, AGAIN));
  }

  told(heard) {
    this.heard.add(heard);
  }

  take(message) {
    if (message && "told" in message) {
      this.heard.forEach((heard) => heard(message.told));
      return;
    }
    const asked = this.asked.get(message?.id);
    if (!asked) return;
    this.asked.delete(message.id);
    this.look();
    if ("refused" in message) asked.reject(new Refused(message.refused, message.next));
    else asked.resolve(message.answer);
  }

  look() {
    if (this.state === "gone") return;
    const isLate = [...this.asked.values()].some((one) => Date.now() - one.since > SLOW_AFTER_MS);
    this.become(isLate ? "waiting" : "connected");
  }

  become(state) {
    if (state === this.state) return;
    this.state = state;
    this.changed(state);
  }
}

export class Refused extends Error {
  constructor(sentence, next = "") {
    super(sentence);
    this.next = next;
  }
}

// The frame: a heading, tools, a line that says what is going on, the body, and the keys.
//
// `keys`: [{ key: "y" or ["y", "ArrowRight"], label, run(event), when() }]; "Mod+z" is Ctrl or Cmd. They work wherever the focus
// is inside the screen, but not while something is typed.
export class Frame {
  constructor(holder, model, { title, keys = [] }) {
    this.keys = [...keys, { key: "?", label: "show or hide the keys", run: () => this.showKeys() }];
    this.saying = element("div", { class: "ia-saying", role: "status", "aria-live": "polite" });
    this.alarm = element("div", { class: "ia-alarm", role: "alert", hidden: true });
    this.tools = element("div", { class: "ia-tools" });
    this.body = element("div", { class: "ia-body" });
    this.keyList = element("div", { class: "ia-keys", hidden: true });
    this.dialogs = element("div", { class: "ia-dialogs" });
    this.root = element(
      "section",
      { class: "ia-screen tex2jax_ignore mathjax_ignore", tabindex: "0", "aria-label": title, "data-lm-suppress-shortcuts": "true" },
      element("div", { class: "ia-head" }, element("h2", {}, title), this.tools, this.button("Keys ?", () => this.showKeys())),
      this.alarm,
      this.keyList,
      this.body,
      element("div", { class: "ia-foot" }, this.saying),
      this.dialogs,
    );
    this.root.addEventListener("keydown", (event) => this.pressed(event));
    // The notebook would take a double click in a rendered output for its own, and a copy of text for a copy of cells.
    for (const kind of ["dblclick", "copy", "cut", "paste", "keyup", "keypress"]) this.root.addEventListener(kind, (event) => event.stopPropagation());
    this.clocks = [];
    holder.replaceChildren(this.root);
    this.kernel = new Kernel(model, (state) => this.connection(state));
  }

  close() {
    this.clocks.forEach(clearInterval);
    this.kernel.close();
  }

  // What others do meanwhile: `look` is run again and again, but never twice at once, nor while nobody sees it, nor while the
  // kernel has something else to answer. What goes wrong in it is said when a person asks for something.
  watch(look, everyMs = WATCH_MS) {
    let isLooking = false;
    const turn = async () => {
      if (isLooking || document.hidden || !this.root.isConnected || this.kernel.state !== "connected" || this.kernel.waiting) return;
      isLooking = true;
      try {
        await look();
      } catch {
        // Said by the frame where the kernel is gone; else the next look tells.
      } finally {
        isLooking = false;
      }
    };
    this.clocks.push(setInterval(turn, everyMs));
  }

  button(label, run, properties = {}) {
    return element("button", { type: "button", class: "ia-button", on: { click: run }, ...properties }, label);
  }

  // Say what was done, for eyes and for a screen reader.
  say(sentence) {
    this.saying.textContent = sentence;
  }

  // Say what went wrong, until something else is said or it is put away.
  warn(sentence, next = "") {
    replaceContent(
      this.alarm,
      element("strong", {}, sentence),
      next ? ` ${next}` : "",
      this.button("Close", () => this.calm(), { class: "ia-button ia-quiet" }),
    );
    this.alarm.hidden = false;
  }

  calm() {
    this.alarm.hidden = true;
    this.alarm.replaceChildren();
  }

  // Ask the kernel; a refusal is shown, and then thrown on for whoever must take something back.
  async ask(ask, given = {}) {
    try {
      return await this.kernel.ask(ask, given);
    } catch (error) {
      this.warn(error.message, error.next ?? "");
      throw error;
    }
  }

  connection(state) {
    if (state === "gone") this.warn(GONE, AGAIN);
    else if (state === "waiting") {
      this.warn(`The kernel has not answered for a while: ${plural(this.kernel.waiting, "answer")} not yet saved or shown.`, "It may be running another cell; nothing is lost while this page stays open.");
      this.isLate = true;
    } else if (this.isLate) {
      this.isLate = false;
      this.calm();
      this.say("The kernel answers again.");
    }
    this.root.dataset.connection = state;
  }

  pressed(event) {
    // What is pressed here is not for the notebook: there, "d d" deletes a cell.
    event.stopPropagation();
    if (event.defaultPrevented || event.isComposing) return;
    if (this.dialogs.firstChild) {
      if (event.key === "Escape") this.dialogs.firstChild.dispatchEvent(new CustomEvent("leave"));
      return;
    }
    if (isTyped(event.target) && !(event.ctrlKey || event.metaKey) && event.key !== "Escape") return;
    if (event.target.closest?.("button, a, summary") && (event.key === "Enter" || event.key === " ")) return;
    const name = keyName(event);
    for (const one of this.keys) {
      if (![one.key].flat().some((wanted) => wanted === name || (name === "Mod+" + wanted.slice(4) && wanted.startsWith("Mod+")))) continue;
      if (isTyped(event.target) && name.startsWith("Mod+") && ["Mod+z", "Mod+y", "Mod+Shift+Z"].includes(name)) return;
      if (one.when && !one.when()) continue;
      event.preventDefault();
      // What was refused is shown by whoever asked.
      Promise.resolve(one.run(event)).catch(() => {});
      return;
    }
  }

  showKeys() {
    this.keyList.hidden = !this.keyList.hidden;
    if (this.keyList.hidden) return;
    replaceContent(
      this.keyList,
      element(
        "dl",
        {},
        this.keys.map((one) =>
          element("div", {}, element("dt", {}, [one.key].flat().map((key) => element("kbd", {}, keyLabel(key)))), element("dd", {}, one.label)),
        ),
      ),
    );
  }

  // Ask the person; resolves with true or false. `typed`: what has to be typed before "yes" can be pressed. What is asked is
  // brought into sight, and what is to be filled in is reached first: nobody agrees to what was not seen.
  confirm(sentence, { yes = "Yes", no = "Cancel", details = null, typed = null } = {}) {
    return new Promise((resolve) => {
      const before = this.root.contains(document.activeElement) ? document.activeElement : this.root;
      const end = (answer) => {
        this.dialogs.replaceChildren();
        before.focus({ preventScroll: true });
        before.scrollIntoView({ block: "nearest" });
        resolve(answer);
      };
      const field = typed === null ? null : element("input", { type: "text", class: "ia-field", "aria-label": `Type ${typed}`, autocomplete: "off", spellcheck: "false" });
      const agree = this.button(yes, () => end(true), { class: "ia-button ia-main", disabled: typed !== null });
      field?.addEventListener("input", () => (agree.disabled = field.value !== typed));
      const dialog = element(
        "div",
        { class: "ia-dialog", role: "dialog", "aria-modal": "true", "aria-label": sentence, on: { leave: () => end(false) } },
        element("p", {}, sentence),
        details,
        field ? element("label", {}, "Type ", element("strong", {}, typed), " to go on: ", field) : null,
        element("div", { class: "ia-tools" }, this.button(no, () => end(false)), agree),
      );
      this.dialogs.replaceChildren(dialog);
      const filled = dialog.querySelector("input, select, textarea");
      if (filled?.required) {
        const hasText = () => (agree.disabled = !filled.value.trim());
        filled.addEventListener("input", hasText);
        hasText();
      }
      if (filled?.matches("input"))
        filled.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" || agree.disabled) return;
          // Else the same key would press the button that asked, which has the focus by then.
          event.preventDefault();
          end(true);
        });
      (filled ?? agree).focus({ preventScroll: true });
      dialog.scrollIntoView({ block: "nearest" });
    });
  }
}

export function isTyped(target) {
  return Boolean(target.closest?.("input:not([type=checkbox]):not([type=radio]):not([type=range]):not([type=button]), textarea, select, [contenteditable=true]"));
}

export function keyName(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Mod");
  if (event.altKey) parts.push("Alt");
  // A letter says itself whether Shift was held; other keys do not.
  if (event.shiftKey && (event.key.length > 1 || parts.length)) parts.push("Shift");
  parts.push(event.key);
  return parts.join("+");
}

const KEY_LABELS = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", " ": "Space", Escape: "Esc" };

export function keyLabel(key) {
  return key
    .split("+")
    .map((one) => (one === "Mod" ? "Ctrl" : (KEY_LABELS[one] ?? one)))
    .join(" ");
}

// A list of which only what is in sight stands in the page: `total` rows of one height, drawn by `draw(index, row)`; rows come by
// `fetch(first, count)` in pages, and are kept. The chosen row is `index`.
export class LongList {
  constructor({ label, total, rowHeight, height, pageSize = 100, rows = [], fetch, draw, chosen = () => {} }) {
    Object.assign(this, { total, rowHeight, pageSize, fetch, draw, chosen });
    this.rows = new Map(rows.map((row, index) => [index, row]));
    this.pages = new Map();
    this.index = 0;
    this.space = element("div", { class: "ia-list-space", role: "presentation" });
    this.root = element("div", { class: "ia-list", role: "listbox", tabindex: "0", "aria-label": label, style: { height: `${height}px` }, on: { scroll: () => this.redraw() } }, this.space);
    this.prefix = `ia-row-${Math.random().toString(36).slice(2)}`;
    this.root.addEventListener("click", (event) => {
      const row = event.target.closest("[data-index]");
      if (row) this.choose(Number(row.dataset.index));
    });
    this.resize(total);
  }

  resize(total, { forget = false } = {}) {
    this.total = total;
    if (forget) {
      this.rows.clear();
      this.pages.clear();
    }
    // Browsers end a page at some 16 million pixels: beyond, a pixel of the bar stands for more than one of the list.
    this.space.style.height = `${Math.min(total * this.rowHeight, 8_000_000)}px`;
    this.index = Math.max(0, Math.min(this.index, total - 1));
    this.redraw();
  }

  row(index) {
    return this.rows.get(index);
  }

  // The row, as soon as it is here.
  async wanted(index) {
    if (!this.rows.has(index)) await this.page(Math.floor(index / this.pageSize));
    return this.rows.get(index);
  }

  page(number) {
    if (!this.pages.has(number)) {
      const first = number * this.pageSize;
      const fetched = this.fetch(first, Math.min(this.pageSize, this.total - first)).then(
        (rows) => {
          rows.forEach((row, place) => this.rows.set(first + place, row));
          this.redraw();
        },
        () => this.pages.delete(number),
      );
      this.pages.set(number, fetched);
    }
    return this.pages.get(number);
  }

  set(index, row) {
    this.rows.set(index, row);
    this.redraw();
  }

  choose(index, { quiet = false } = {}) {
    if (!this.total) return;
    this.index = Math.max(0, Math.min(index, this.total - 1));
    const top = this.index * this.rowHeight;
    const height = this.root.clientHeight;
    const from = this.from();
    if (top < from || top + this.rowHeight > from + height) this.root.scrollTop = Math.max(0, top - height / 3) / this.scale();
    this.redraw();
    if (!quiet) this.chosen(this.index);
  }

  // How many pixels of the list one of the bar stands for.
  scale() {
    const hidden = parseFloat(this.space.style.height) - this.root.clientHeight;
    return hidden > 0 ? Math.max(1, (this.total * this.rowHeight - this.root.clientHeight) / hidden) : 1;
  }

  // The first pixel of the list that is in sight.
  from() {
    return this.root.scrollTop * this.scale();
  }

  redraw() {
    const from = this.from();
    const first = Math.max(0, Math.floor(from / this.rowHeight) - 2);
    const last = Math.min(this.total, Math.ceil((from + (this.root.clientHeight || 400)) / this.rowHeight) + 2);
    const drawn = [];
    for (let index = first; index < last; index++) {
      const row = this.rows.get(index);
      if (!row) this.page(Math.floor(index / this.pageSize));
      const top = index * this.rowHeight - from + this.root.scrollTop;
      drawn.push(
        element(
          "div",
          { class: "ia-row", id: `${this.prefix}-${index}`, role: "option", "aria-selected": index === this.index ? "true" : "false", "aria-setsize": this.total, "aria-posinset": index + 1, data: { index }, style: { top: `${top}px`, height: `${this.rowHeight}px` } },
          row ? this.draw(index, row) : "…",
        ),
      );
    }
    this.space.replaceChildren(...drawn);
    if (this.index >= first && this.index < last) this.root.setAttribute("aria-activedescendant", `${this.prefix}-${this.index}`);
    else this.root.removeAttribute("aria-activedescendant");
  }
}

// What was done in this window, to be taken back and done again. A step has `undo()` and `redo()`, both of which may reject.
export class Steps {
  constructor() {
    this.done = [];
    this.undone = [];
    this.turn = Promise.resolve();
  }

  add(step) {
    this.done.push(step);
    this.undone = [];
  }

  undo() {
    return this.inTurn(async () => {
      const step = this.done.at(-1);
      if (!step) return null;
      await step.undo();
      this.done = this.done.filter((one) => one !== step);
      this.undone.push(step);
      return step;
    });
  }

  redo() {
    return this.inTurn(async () => {
      const step = this.undone.at(-1);
      if (!step) return null;
      await step.redo();
      this.undone = this.undone.filter((one) => one !== step);
      this.done.push(step);
      return step;
    });
  }

  // A key that is pressed twice at once takes two steps back, one after the other, and not one of them twice.
  inTurn(run) {
    const turn = this.turn.catch(() => {}).then(run);
    this.turn = turn;
    return turn;
  }
}

const MAX_COMPARED = 400;

// Two texts as nodes, with the characters marked that the other one lacks. `withCase`: whether capitals differ from small
// letters.
export function markedPair(left, right, { withCase = false } = {}) {
  const [a, b] = [[...left].slice(0, MAX_COMPARED), [...right].slice(0, MAX_COMPARED)];
  const [inA, inB] = readablePlaces(a, b, ...commonPlaces(a, b, withCase));
  const rest = (text, compared) => (text.length > compared ? text.slice(compared) : "");
  return [
    [...runs(a, inA), rest([...left].join(""), a.join("").length)],
    [...runs(b, inB), rest([...right].join(""), b.join("").length)],
  ];
}

// Two texts that are not each other's spelling are marked whole, and a letter that stands alike by chance is no likeness.
function readablePlaces(a, b, inA, inB) {
  const common = inA.filter(Boolean).length;
  const isScattered = common < 2 * Math.max(stretches(inA), stretches(inB));
  if (isScattered || 2 * common < 0.6 * (a.length + b.length)) return [a.map(() => false), b.map(() => false)];
  return [withoutIslands(inA), withoutIslands(inB)];
}

function stretches(isCommon) {
  return isCommon.filter((one, place) => one && !isCommon[place - 1]).length;
}

function withoutIslands(isCommon) {
  return isCommon.map((one, place) => one && !(place > 0 && place < isCommon.length - 1 && !isCommon[place - 1] && !isCommon[place + 1]));
}

function runs(characters, isCommon) {
  const nodes = [];
  let from = 0;
  for (let place = 1; place <= characters.length; place++) {
    if (place < characters.length && isCommon[place] === isCommon[from]) continue;
    const text = characters.slice(from, place).join("");
    nodes.push(isCommon[from] ? text : element("mark", { class: "ia-differs" }, text));
    from = place;
  }
  return nodes;
}

// Which characters of each belong to their longest common subsequence.
function commonPlaces(a, b, withCase) {
  const same = (i, j) => (withCase ? a[i] === b[j] : a[i].toLowerCase() === b[j].toLowerCase());
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = same(i, j) ? lengths[(i + 1) * width + j + 1] + 1 : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
  const [inA, inB] = [a.map(() => false), b.map(() => false)];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (same(i, j)) [inA[i++], inB[j++]] = [true, true];
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i++;
    else j++;
  }
  return [inA, inB];
}
