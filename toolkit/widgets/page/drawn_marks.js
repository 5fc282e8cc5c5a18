// How figures of the business case are written and drawn: money, ranges, evidence, and what moves the result.
import { element, count } from "./frame.js";

export const EVIDENCE_WORDS = { measured: "measured", document: "document", interview: "interview", default: "assumed" };
const SVG = "http://www.w3.org/2000/svg";

export function svgElement(tag, properties = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, heard] of Object.entries(value)) made.addEventListener(event, heard);
    else if (name === "data") Object.assign(made.dataset, value);
    else made.setAttribute(name, String(value));
  }
  made.append(...children.filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

// What evidence a number rests on: a word, and a mark of a form of its own.
export function evidenceMark(evidence) {
  const word = EVIDENCE_WORDS[evidence];
  if (!word) return element("span", { class: "ia-evidence ia-evidence-none" }, "nobody has said");
  return element("span", { class: `ia-evidence ia-evidence-${evidence}` }, word);
}

export function amountText(value) {
  if (value === null || value === undefined) return "unknown";
  const size = Math.abs(value);
  return count(size >= 1000 ? Math.round(value) : size >= 10 ? Math.round(value * 10) / 10 : Math.round(value * 100) / 100);
}

export function signedText(value) {
  if (Math.abs(value) < 0.005) return "as saved";
  return `${value > 0 ? "+" : "−"}${amountText(Math.abs(value))}`;
}

// A range from P10 to P90 with a tick at P50, above it as it is saved; `from` and `to` are the ends of the scale.
export function rangeBar(band, saved, from, to, { width = 150, label }) {
  const place = (value) => Math.max(1, Math.min(width - 1, ((value - from) / (to - from || 1)) * (width - 2) + 1));
  const parts = [];
  const ends = (one, y, height, kind) => {
    if (!one || one[1] === null) return;
    const [low, high] = [place(one[0] ?? one[1]), place(one[2] ?? to)];
    parts.push(svgElement("rect", { x: low, y, width: Math.max(1, high - low), height, class: `ia-bar-${kind}` }));
    parts.push(svgElement("line", { x1: place(one[1]), x2: place(one[1]), y1: y - 1, y2: y + height + 1, class: `ia-tick-${kind}` }));
  };
  if (from < 0 && to > 0) parts.push(svgElement("line", { x1: place(0), x2: place(0), y1: 0, y2: 16, class: "ia-zero" }));
  ends(saved, 1, 3, "saved");
  ends(band, 7, 7, "tried");
  return svgElement("svg", { viewBox: `0 0 ${width} 17`, width, height: 17, role: "img", "aria-label": label, class: "ia-range" }, ...parts);
}

// What one input does to the result: from its low to its high end, all others at their middle.
export function swingBar(row, middle, from, to, { width = 190, label }) {
  const place = (value) => ((value - from) / (to - from || 1)) * (width - 2) + 1;
  const bar = (end, kind) => {
    const [a, b] = [place(middle), place(end)];
    return svgElement("rect", { x: Math.min(a, b), y: 3, width: Math.max(0.5, Math.abs(b - a)), height: 10, class: `ia-swing-${kind}` });
  };
  return svgElement(
    "svg",
    { viewBox: `0 0 ${width} 16`, width, height: 16, role: "img", "aria-label": label, class: "ia-range" },
    bar(row.low, "low"),
    bar(row.high, "high"),
    svgElement("line", { x1: place(middle), x2: place(middle), y1: 0, y2: 16, class: "ia-zero" }),
  );
}
