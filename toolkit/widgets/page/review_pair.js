// One pair, side by side: fields, evidence, how that adds up, and what else belongs to the two.
import { element, markedPair, replaceContent } from "./frame.js";

const PAIR_STATES = ["", "the same", "not the same", ""];
const FULL_BAR_BITS = 14;
const KIND_WORDS = { differs: "differs", "one side": "one has none", equal: "equal", empty: "empty" };

export function percent(probability) {
  // What is not quite all, or not quite nothing, does not read as all or nothing.
  return `${Math.min(Math.max(100 * probability, 0.1), 99.9).toFixed(1)} %`;
}

export function pairState(code) {
  return PAIR_STATES[code] ?? "";
}

export function isOpen(row) {
  return row[6] === 0 || row[6] === 3;
}

// A line of the list of pairs.
export function pairLine(row, { isHidden, isWaiting }) {
  const state = isWaiting ? "saving …" : pairState(row[6]);
  const sign = { "the same": "✓", "not the same": "✗", "saving …": "…" }[state] ?? "";
  return element(
    "div",
    { class: "ia-pair-line" },
    element("span", { class: `ia-pair-sign ${state === "the same" ? "ia-good" : "ia-bad"}`, "aria-hidden": "true" }, sign),
    element("span", { class: "ia-pair-names" }, element("span", {}, row[1] || "(no name)"), element("span", {}, row[2] || "(no name)")),
    element("span", { class: "ia-number ia-soft" }, isHidden ? "" : percent(row[5]), state ? element("span", { class: "ia-unseen" }, state) : null),
  );
}

function evidence(fact, isWide = false) {
  const share = Math.min(Math.abs(fact.bits) / FULL_BAR_BITS, 1) * 50;
  const isFor = fact.bits >= 0;
  return element(
    "div",
    { class: "ia-fact-said" },
    element(
      "span",
      { class: "ia-bar", "aria-hidden": "true" },
      element("span", { class: isFor ? "ia-bar-for" : "ia-bar-against", style: { width: `${share}%`, [isFor ? "left" : "right"]: "50%" } }),
    ),
    element(
      "span",
      {},
      element("strong", { class: fact.says === "against" ? "ia-bad" : fact.says === "says nothing" ? "ia-soft" : "ia-good" }, fact.says),
      isWide ? `: ${fact.level}` : `: ${fact.what}, ${fact.level}`,
    ),
  );
}

function fieldRow(field, isHidden) {
  const [left, right] = field.kind === "differs" ? markedPair(field.left, field.right) : [[field.left], [field.right]];
  return element(
    "tr",
    { class: `ia-field-${field.kind.replace(" ", "-")}`, data: { column: field.column } },
    element("th", { scope: "row" }, field.label, element("span", { class: "ia-kind ia-soft" }, KIND_WORDS[field.kind])),
    element("td", {}, field.left ? left : element("span", { class: "ia-soft" }, "–")),
    element("td", {}, field.right ? right : element("span", { class: "ia-soft" }, "–")),
    isHidden ? null : element("td", { class: "ia-says" }, field.says.map((one) => evidence(one))),
  );
}

function fieldTable(pair, { isHidden, hides }) {
  const shown = pair.fields.filter((one) => !hides[one.kind]);
  const counts = (kind) => pair.fields.filter((one) => one.kind === kind).length;
  const hidden = ["equal", "empty"].filter((kind) => hides[kind] && counts(kind)).map((kind) => `${counts(kind)} ${kind}`);
  return element(
    "div",
    {},
    element(
      "table",
      { class: "ia-fields" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, "field"),
          ...[0, 1].map((side) => element("th", { scope: "col" }, pair.names[side] || "(no name)", element("div", { class: "ia-soft ia-plain" }, pair.systems[side]))),
          isHidden ? null : element("th", { scope: "col", class: "ia-says" }, "what it says"),
        ),
      ),
      element("tbody", {}, shown.map((one) => fieldRow(one, isHidden))),
    ),
    hidden.length ? element("p", { class: "ia-soft" }, `Hidden: ${hidden.join(", ")} (keys h and m).`) : null,
  );
}

// The waterfall as lines; its end is the probability that is stated.
function sum(pair) {
  let total = 0;
  const rows = pair.terms.map((one) => {
    total += one.bits;
    return element("tr", {}, element("th", { scope: "row" }, one.what), element("td", {}, evidence(one, true)));
  });
  const probability = 1 / (1 + 2 ** -total);
  rows.push(element("tr", { class: "ia-sum" }, element("th", { scope: "row" }, "together"), element("td", {}, `${percent(probability)} likely to be one`)));
  return element("details", { class: "ia-more", open: true }, element("summary", {}, "How this adds up"), element("table", { class: "ia-terms" }, element("tbody", {}, rows)));
}

function around(pair) {
  const labels = [...new Set([...pair.related[0], ...pair.related[1]].map(([label]) => label))];
  const text = (side, label) => pair.related[side].find(([one]) => one === label)?.[1] || "–";
  const rows = [...labels.map((label) => [label, text(0, label), text(1, label)]), ...pair.about];
  return element(
    "details",
    { class: "ia-more", open: true },
    element("summary", {}, "What belongs to them"),
    element("table", { class: "ia-fields" }, element("tbody", {}, rows.map(([label, left, right]) => element("tr", {}, element("th", { scope: "row" }, label), element("td", {}, left || "–"), element("td", {}, right || "–"))))),
  );
}

function verdict(pair, said, isHidden, isWaiting) {
  const told = said && said.decision !== "open" ? said : null;
  const word = { same: "The same", not_same: "Not the same" }[told?.decision];
  const who = told ? `${told.who || "somebody"}, ${told.when} UTC` : "";
  return element(
    "div",
    { class: "ia-verdict" },
    isHidden
      ? element("span", { class: "ia-soft" }, "Probability and evidence are hidden until you have decided.")
      : element(
          "span",
          {},
          element("meter", { min: 0, max: 1, value: pair.probability, "aria-label": "probability that both are one" }),
          element("strong", {}, ` ${percent(pair.probability)}`),
          " likely to be one",
          pair.link.length === 2 ? ` (through ${pair.link[0]} and ${pair.link[1]})` : "",
        ),
    isWaiting ? element("span", { class: "ia-saved" }, "saving …") : null,
    word && !isWaiting ? element("span", { class: `ia-saved ${told.decision === "same" ? "ia-good" : "ia-bad"}` }, element("strong", {}, word), ` · saved: ${who}`) : null,
  );
}

export function drawPair(holder, pair, { said, isBlind, isWaiting, hides }) {
  const isDecided = said && said.decision !== "open" && !isWaiting;
  const isHidden = isBlind && !isDecided;
  replaceContent(
    holder,
    verdict(pair, said, isHidden, isWaiting),
    fieldTable(pair, { isHidden, hides }),
    isHidden ? null : sum(pair),
    around(pair),
  );
}
