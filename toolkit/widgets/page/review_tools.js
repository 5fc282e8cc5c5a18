// What stands around a review: the filter, many at once, and what the decisions change.
import { count, element, plural } from "./frame.js";

// What chooses pairs, and its fields by name.
export function filterBar(first, apply) {
  const chosen = {};
  const select = (name, label, choices) => {
    const made = element("select", { class: "ia-field", on: { change: () => apply() } }, choices.map(([value, text]) => element("option", { value }, text)));
    chosen[name] = made;
    return element("label", {}, `${label} `, made);
  };
  const field = (name, label, properties) => {
    const made = element("input", { class: "ia-field", on: { change: () => apply() }, ...properties });
    chosen[name] = made;
    return element("label", {}, `${label} `, made);
  };
  const root = element(
    "div",
    { class: "ia-tools ia-filter", hidden: true, role: "search" },
    select("show", "Show", [["to_decide", "open pairs"], ["decided", "decided by somebody"], ["mine", "decided by me"], ["held", "held to be one"], ["apart", "held apart"], ["all", "all compared"]]),
    field("low", "from", { type: "number", min: 0, max: 100, value: 0, "aria-label": "lowest probability in percent" }),
    field("high", "to", { type: "number", min: 0, max: 100, value: 100, "aria-label": "highest probability in percent" }),
    "%",
    select("system", "in", [["", "any system"], ...first.systems]),
    select("kind", "kind", [["", "any"], ...first.kinds.map((one) => [one, one])]),
    select("differs", "differing in", [["", "any field"], ...first.fields]),
    field("text", "with", { type: "search", placeholder: "name, e-mail, id …", "aria-label": "text in either record" }),
    select("order", "order", [["worth", "most hangs on it first"], ["surest", "likeliest first"], ["least_sure", "least sure first"]]),
  );
  return [root, chosen];
}

// Which threshold, after its count was seen; nothing where nobody agrees.
export async function bulkChoice(frame, view) {
  const field = element("input", { type: "number", min: 0, max: 100, step: 1, value: 95, class: "ia-field", "aria-label": "at least, in percent" });
  const preview = element("p", { role: "status" });
  let found = null;
  const look = async () => {
    const low = Math.min(Math.max(Number(field.value), 0), 100) / 100;
    found = null;
    const answer = await frame.ask("count", { view, low });
    found = { low, ...answer };
    preview.textContent = found.count ? `${plural(found.count, "open pair")} of this list would be held to be the same; the model expects ${plural(Math.round(found.expected_wrong), "wrong one")} among them.` : "No open pair of this list is as likely as that.";
  };
  field.addEventListener("input", () => look().catch(() => {}));
  await look();
  const isSure = await frame.confirm("Accept all open pairs of this list from a probability on?", { yes: "Accept them", details: element("div", {}, element("label", {}, "At least ", field, " %"), preview, element("p", { class: "ia-soft" }, "They can be taken back together (u).")) });
  return isSure && found?.count ? found : null;
}

// What the decisions change, with intervals and counts.
export function effectView(told) {
  const points = (value) => `${(100 * value).toFixed(1)} %`;
  const share = (one) => (one.value === null ? "unknown" : `${points(one.value)} (${points(one.low)} to ${points(one.high)}, n = ${count(one.n)})`);
  const row = (label, name) => element("tr", {}, element("th", { scope: "row" }, label), element("td", {}, share(told.before[name])), element("td", {}, share(told.after[name])));
  return [
    element("h3", {}, "What the decisions change"),
    element("table", {}, element("thead", {}, element("tr", {}, ["share", "without decisions", `with ${plural(told.decided, "decision")}`].map((one) => element("th", { scope: "col" }, one)))), element("tbody", {}, row("right among those held to be one (precision)", "precision"), row("found among those that are one (recall)", "recall"))),
    element("p", { class: "ia-soft" }, "Expected, not measured: a pair that nobody looked at counts with the probability that the model states, a decided one as it was decided; 95 % intervals. Recall is among the pairs that were compared."),
    told.decided ? element("p", {}, `Of ${plural(told.decided, "decided pair")}, ${count(told.said_same)} are the same: ${share(told.said)}. The model expected ${told.expected_same.toFixed(1)}. These pairs were not drawn at random: they tell of the doubtful ones, not of all.`) : null,
  ];
}

export function timeText(milliseconds) {
  const minutes = milliseconds / 60_000;
  if (minutes < 1) return "a minute";
  return minutes < 90 ? plural(Math.round(minutes), "minute") : `${(minutes / 60).toFixed(1)} hours`;
}
