// The form of one system, person or handoff: what is known of it, what is still to ask, and what can be done with it.
import { element } from "./frame.js";
import { evidenceMark } from "./drawn_marks.js";

const FORM_FIELDS = {
  system: [
    ["label", "Name", "text"],
    ["category", "Kind", "categories"],
    ["product", "Product", "text"],
    ["owner", "Who is responsible", "text"],
    ["is_informal", "Informal (sheet, mailbox …)", "truth"],
    ["process", "What it serves", "long"],
    ["data_in", "What goes in", "long"],
    ["data_out", "What comes out", "long"],
    ["users", "People who use it", "number"],
    ["cost_per_month", "Cost a month", "number"],
    ["note", "Remarks", "long"],
  ],
  person: [
    ["role", "Job", "text"],
    ["department", "Department", "text"],
    ["systems", "Systems used", "text"],
    ["hours_per_month", "Hours a month", "number"],
    ["note", "Remarks", "long"],
  ],
  handoff: [
    ["label", "Name", "text"],
    ["from", "From", "side"],
    ["to", "To", "side"],
    ["by", "Who carries it", "people"],
    ["trigger", "What starts it", "triggers"],
    ["carrier", "How it is carried", "carriers"],
    ["minutes", "Minutes per item", "minutes"],
    ["note", "Remarks", "long"],
  ],
};
// What of a thing is asked for with which words: to mark the field.
const ASKED_OF = {
  "what goes in": "data_in", "what comes out": "data_out", "who is responsible": "owner", "which process it serves": "process",
  "what kind of system it is": "category", "who carries it": "by", "what starts it": "trigger", "how it is carried": "carrier",
  "minutes per item": "minutes", "what the job is": "role",
};

// `row`: what is known; `state`: the landscape; `changed(key, value, was)`: somebody has entered something. `isFresh`: it stands
// in no file yet, so that half of a side may be entered.
export function landscapeForm({ kind, row, state, changed, isFresh = false }) {
  const asked = new Set(row.to_ask.map((words) => ASKED_OF[words]));
  return element(
    "div",
    { class: "ia-form" },
    FORM_FIELDS[kind].map(([key, words, form]) => {
      const entered = (value) => changed(key, value, row[key]);
      const field = form === "side" ? sideField(key, words, row, state, entered, isFresh) : formField(form, key, words, row, state, entered);
      return element("div", { class: asked.has(key) ? "ia-field-row ia-asked-field" : "ia-field-row" }, form === "minutes" || form === "side" ? element("span", { class: "ia-label" }, words) : element("span", { class: "ia-label", "aria-hidden": "true" }, words), field);
    }),
  );
}

function formField(form, key, words, row, state, entered) {
  const properties = { class: "ia-field", "aria-label": words, data: { key } };
  const onChange = (event) => entered(form === "number" ? numberOf(event.target.value) : event.target.value);
  if (form === "truth") return element("input", { type: "checkbox", "aria-label": words, data: { key }, checked: row[key] === true, on: { change: (event) => entered(event.target.checked) } });
  if (form === "long") return element("textarea", { ...properties, rows: "2", maxlength: "600", value: row[key] ?? "", on: { change: onChange } });
  if (form === "number") return element("input", { ...properties, type: "number", min: "0", step: "any", value: row[key] ?? "", on: { change: onChange } });
  if (["categories", "triggers", "carriers"].includes(form)) return choiceField(properties, state.words[form], row[key], onChange);
  if (form === "people") return withList(properties, row[key] ?? "", state.people.map((one) => one.name), onChange);
  if (form === "minutes") return minutesField(row[key], state, entered);
  return element("input", { ...properties, type: "text", maxlength: "120", value: row[key] ?? "", on: { change: onChange } });
}

function choiceField(properties, words, chosen, onChange) {
  return element("select", { ...properties, on: { change: onChange } }, element("option", { value: "", selected: !chosen }, "not known yet"), Object.entries(words).map(([value, label]) => element("option", { value, selected: value === chosen }, label)));
}

function withList(properties, value, choices, onChange) {
  const id = `ia-list-${Math.random().toString(36).slice(2)}`;
  return element("span", {}, element("input", { ...properties, type: "text", maxlength: "120", list: id, value, on: { change: onChange } }), element("datalist", { id }, choices.map((one) => element("option", { value: one }))));
}

// A system, and which of its lists: of a system that was read, only one of those can be carried.
function sideField(key, words, row, state, entered, isFresh) {
  const [chosen, stream] = cutSide(row[key] ?? "");
  const holder = element("span", {});
  const note = element("span", { class: "ia-bad", role: "status", hidden: true });
  const say = () => {
    const [system, list] = [systemOf(systems.value, state), holder.querySelector("input, select").value.trim()];
    // Nothing is entered before it is known what is carried: an audit stops at a list that is not there.
    const isOpen = Boolean(system?.is_read) && !list;
    note.textContent = isOpen && !isFresh ? "Choose which of its lists." : "";
    note.hidden = !note.textContent;
    if (system && (!isOpen || isFresh)) entered(isOpen ? `${system.name}.` : `${system.name}.${list || "records"}`);
  };
  const drawLists = (name, list) => {
    const properties = { class: "ia-field", "aria-label": `${words}: records`, data: { key: `${key}_stream` } };
    const system = systemOf(name, state);
    const lists = system?.streams ?? [];
    if (system?.is_read) holder.replaceChildren(listChoice(properties, lists, list, say));
    else holder.replaceChildren(withList({ ...properties, placeholder: "records" }, list, lists, say));
  };
  const systems = element(
    "select",
    { class: "ia-field", "aria-label": `${words}: system`, data: { key }, on: { change: () => (drawLists(systems.value, firstOf(systems.value, state)), say()) } },
    element("option", { value: "", selected: !chosen }, "choose a system"),
    state.systems.map((one) => element("option", { value: one.name, selected: one.name === chosen }, one.label)),
  );
  drawLists(chosen, stream);
  return element("span", { class: "ia-side" }, systems, holder, note);
}

function listChoice(properties, lists, chosen, onChange) {
  // What the file names and the system does not have stays in sight until another is chosen.
  const names = chosen && !lists.includes(chosen) ? [chosen, ...lists] : lists;
  return element("select", { ...properties, on: { change: onChange } }, element("option", { value: "", selected: !chosen }, "which records?"), names.map((one) => element("option", { value: one, selected: one === chosen }, one)));
}

function systemOf(name, state) {
  return state.systems.find((one) => one.name === name);
}

function firstOf(name, state) {
  const streams = systemOf(name, state)?.streams ?? [];
  return streams.length === 1 ? streams[0] : "";
}

function minutesField(minutes, state, entered) {
  const say = () => {
    const [low, likely, high] = ends.map((one) => numberOf(one.value));
    if (likely === null) return low === null && high === null && minutes ? entered(null) : undefined;
    entered({ low, likely, high, evidence: evidence.value, who: who.value });
  };
  const end = (name, words) => element("input", { type: "number", min: "0", step: "any", class: "ia-field ia-end", placeholder: words.split(" ")[1], "aria-label": `Minutes per item, ${words}`, data: { key: `minutes_${name}` }, value: minutes?.[name] ?? "", on: { change: say } });
  const ends = [end("low", "at least"), end("likely", "as usual"), end("high", "at most")];
  const evidence = element("select", { class: "ia-field", "aria-label": "How we know the minutes", data: { key: "minutes_evidence" }, on: { change: say } }, Object.entries(state.words.evidence).map(([value, label]) => element("option", { value, selected: value === (minutes?.evidence ?? "interview") }, label)));
  const who = element("input", { type: "text", class: "ia-field", maxlength: "120", placeholder: "who said so", "aria-label": "Who said the minutes", data: { key: "minutes_who" }, value: minutes?.who ?? "", on: { change: say } });
  return element("span", { class: "ia-minutes" }, ends, evidence, who, minutes ? element("span", { class: "ia-soft" }, evidenceMark(minutes.evidence), minutes.on ? ` ${minutes.on}` : "") : null);
}

export function cutSide(side) {
  const cut = side.indexOf(".");
  return cut < 0 ? [side, ""] : [side.slice(0, cut), side.slice(cut + 1)];
}

function numberOf(text) {
  return text.trim() === "" || !Number.isFinite(Number(text)) ? null : Number(text);
}
