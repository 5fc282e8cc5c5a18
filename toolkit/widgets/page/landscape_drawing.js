// The drawing of a landscape: boxes where the layout puts them or where they were dragged to, and handoffs as lines.
//
// Lines that run between the same two boxes are one line with their number. What is chosen stands out; the rest steps back.
import { element, replaceContent } from "./frame.js";
import { svgElement } from "./drawn_marks.js";

const MAP_UNIT = 64;
const MARGIN = 0.5;
const DRAGGED_FROM_PX = 4;
// How data gets across, each with a dash of its own.
export const CARRIER_DASHES = { copy: "", reentry: "9 4", file: "14 4 2 4", report_update: "5 3", email: "2 4", sheet: "9 3 2 3 2 3" };

export class LandscapeDrawing {
  constructor({ chosen, moved, opened }) {
    Object.assign(this, { chosen, moved, opened });
    this.zoom = null;
    this.offsets = new Map();
    this.svg = svgElement("svg", { class: "ia-map", "aria-hidden": "true", focusable: "false" });
    this.root = element("div", { class: "ia-map-scroll", tabindex: "0", role: "group", "aria-label": "Drawing: arrow keys walk from box to box, Enter opens one; the tables below say the same" }, this.svg);
    this.root.addEventListener("keydown", (event) => this.pressed(event));
  }

  draw(state, selected) {
    Object.assign(this, { state, selected });
    this.places = new Map(state.map.boxes.map((box) => [box.id, state.places[box.id] ?? [box.x, box.y]]));
    const places = [...this.places.values()];
    this.left = Math.min(0, ...places.map(([x]) => x)) - 0.8 - MARGIN;
    this.top = Math.min(0, ...places.map(([, y]) => y)) - 0.3 - MARGIN;
    this.width = Math.max(0, ...places.map(([x]) => x)) + 0.8 + MARGIN - this.left;
    this.height = Math.max(0, ...places.map(([, y]) => y)) + 0.3 + MARGIN - this.top;
    this.touched = this.touchedBy(selected);
    this.lines = this.groups();
    replaceContent(this.svg, this.markers(), this.lines.map((line) => this.line(line)), state.map.boxes.map((box) => this.box(box)));
    this.size();
  }

  // Unless somebody has chosen a size, all of it is shown as long as it can be read.
  size() {
    const room = this.root.clientWidth - 4;
    const zoom = this.zoom ?? Math.max(0.72, Math.min(1.25, room / (this.width * MAP_UNIT)));
    this.shownZoom = zoom;
    this.svg.setAttribute("viewBox", `0 0 ${this.width * MAP_UNIT} ${this.height * MAP_UNIT}`);
    this.svg.setAttribute("width", this.width * MAP_UNIT * zoom);
    this.svg.setAttribute("height", this.height * MAP_UNIT * zoom);
  }

  zoomed(by) {
    this.zoom = by === null ? null : Math.max(0.3, Math.min(2.5, this.shownZoom * by));
    this.size();
  }

  at([x, y]) {
    return [(x - this.left) * MAP_UNIT, (y - this.top) * MAP_UNIT];
  }

  markers() {
    const arrow = (id, kind) => svgElement("marker", { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse", markerUnits: "userSpaceOnUse" }, svgElement("path", { d: "M0 0.5 L8 4 L0 7.5 z", class: kind }));
    this.arrows ??= Math.random().toString(36).slice(2);
    return svgElement("defs", {}, arrow(`ia-arrow-${this.arrows}`, "ia-arrow"), arrow(`ia-arrow-on-${this.arrows}`, "ia-arrow-on"));
  }

  // The handoffs between each two boxes, in the order of the map.
  groups() {
    const found = new Map();
    for (const path of this.state.map.paths) {
      const key = `${path.source}>${path.target}`;
      if (!found.has(key)) found.set(key, { source: path.source, target: path.target, points: path.points, handoffs: [] });
      found.get(key).handoffs.push(path.handoff);
    }
    return [...found.values()];
  }

  touchedBy(selected) {
    if (!selected) return null;
    const id = selected.kind === "handoff" ? null : `${selected.kind}:${selected.name}`;
    const paths = this.state.map.paths.filter((path) => (id ? path.source === id || path.target === id : path.handoff === selected.name));
    const handoffs = new Set(paths.map((path) => path.handoff));
    const whole = this.state.map.paths.filter((path) => handoffs.has(path.handoff));
    return { handoffs, boxes: new Set([id, ...whole.flatMap((path) => [path.source, path.target])]) };
  }

  line(group) {
    const byName = new Map(this.state.handoffs.map((one) => [one.name, one]));
    const carriers = new Set(group.handoffs.map((name) => byName.get(name)?.carrier ?? ""));
    const isProposed = group.handoffs.every((name) => byName.get(name)?.is_proposed);
    const isOn = this.touched && group.handoffs.some((name) => this.touched.handoffs.has(name));
    const d = this.course(group);
    const dash = carriers.size === 1 ? CARRIER_DASHES[[...carriers][0]] : "";
    const kind = ["ia-flow", isOn ? "ia-on" : "", this.touched && !isOn ? "ia-off" : "", isProposed ? "ia-proposed" : "", carriers.size === 1 && carriers.has("") ? "ia-unknown" : ""].filter(Boolean).join(" ");
    const names = group.handoffs.map((name) => byName.get(name)?.label ?? name);
    const parts = [svgElement("path", { d, class: "ia-flow-room" }), svgElement("path", { d, class: kind, "stroke-dasharray": dash || null, "marker-end": `url(#ia-arrow-${isOn ? "on-" : ""}${this.arrows})` })];
    if (group.handoffs.length > 1) {
      const [x, y] = this.middle;
      parts.push(svgElement("circle", { cx: x, cy: y, r: 8, class: "ia-count" }), label(String(group.handoffs.length), x, y + 4, "ia-count-text"));
    }
    const told = svgElement("title");
    told.textContent = names.join("\n");
    return svgElement("g", { on: { click: () => this.chooseOf(group) } }, told, ...parts);
  }

  chooseOf(group) {
    const here = group.handoffs.indexOf(this.selected?.kind === "handoff" ? this.selected.name : "");
    this.chosen({ kind: "handoff", name: group.handoffs[(here + 1) % group.handoffs.length] });
  }

  // Through the bends of the layout; straight from edge to edge once one of its boxes was dragged.
  course(group) {
    const isDragged = group.source in this.state.places || group.target in this.state.places;
    const points = (isDragged ? this.direct(group) : group.points).map((point) => this.at(point));
    const half = Math.floor((points.length - 1) / 2);
    this.middle = [(points[half][0] + points[half + 1][0]) / 2, (points[half][1] + points[half + 1][1]) / 2];
    let d = `M${points[0].join(" ")}`;
    for (let place = 1; place < points.length; place++) {
      const [[x1, y1], [x2, y2]] = [points[place - 1], points[place]];
      const bend = isDragged && Math.abs(x2 - x1) < MAP_UNIT ? 0 : (x2 - x1) / 2;
      d += bend && y1 !== y2 ? ` C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` : ` L${x2} ${y2}`;
    }
    return d;
  }

  direct(group) {
    const [[x1, y1], [x2, y2]] = [this.places.get(group.source), this.places.get(group.target)];
    if (Math.abs(x2 - x1) >= 1.7) {
      const side = x2 > x1 ? 0.8 : -0.8;
      return [[x1 + side, y1], [x2 - side, y2]];
    }
    const side = y2 > y1 ? 0.3 : -0.3;
    return [[x1, y1 + side], [x2, y2 - side]];
  }

  box(box) {
    const [kind, name] = splitNode(box.id);
    const row = this.state[kind === "person" ? "people" : "systems"].find((one) => one.name === name);
    const [x, y] = this.at(this.places.get(box.id));
    const [w, h] = [box.w * MAP_UNIT, box.h * MAP_UNIT];
    const isChosen = this.selected?.kind === kind && this.selected.name === name;
    const asked = row?.to_ask.length ?? 0;
    const classes = ["ia-box", `ia-box-${box.kind}`, isChosen ? "ia-chosen-box" : "", this.touched && !this.touched.boxes.has(box.id) ? "ia-off" : ""].filter(Boolean).join(" ");
    const told = svgElement("title");
    told.textContent = `${box.label}${asked ? `: still to ask: ${row.to_ask.join(", ")}` : ""}`;
    const mark = asked ? [svgElement("circle", { cx: x + w / 2 - 4, cy: y - h / 2 + 4, r: 7, class: "ia-asked" }), label("?", x + w / 2 - 4, y - h / 2 + 8, "ia-asked-text")] : [];
    return svgElement(
      "g",
      { class: classes, data: { node: box.id }, on: { pointerdown: (event) => this.grab(event, box, kind, name) } },
      told,
      svgElement("rect", { x: x - w / 2, y: y - h / 2, width: w, height: h, rx: box.kind === "person" ? h / 2 : 3 }),
      ...twoLines(box.label, x, y, "ia-box-text"),
      ...mark,
    );
  }

  grab(event, box, kind, name) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.root.focus({ preventScroll: true });
    const [startX, startY, from] = [event.clientX, event.clientY, this.places.get(box.id)];
    const group = event.currentTarget;
    let isDragged = false;
    let place = from;
    const move = (moved) => {
      const [dx, dy] = [(moved.clientX - startX) / (MAP_UNIT * this.shownZoom), (moved.clientY - startY) / (MAP_UNIT * this.shownZoom)];
      isDragged ||= Math.hypot(moved.clientX - startX, moved.clientY - startY) > DRAGGED_FROM_PX;
      if (!isDragged) return;
      place = [from[0] + dx, from[1] + dy];
      group.setAttribute("transform", `translate(${dx * MAP_UNIT} ${dy * MAP_UNIT})`);
    };
    const end = () => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", end);
      if (isDragged) this.moved(box.id, rounded2(place[0]), rounded2(place[1]));
      else this.chosen({ kind, name });
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
  }

  pressed(event) {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (event.key === "Enter" && this.selected) {
      event.preventDefault();
      event.stopPropagation();
      return this.opened();
    }
    if (!step || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey || event.shiftKey) return this.shift(step);
    const next = this.neighbour(step);
    if (next) this.chosen({ kind: splitNode(next)[0], name: splitNode(next)[1] });
  }

  shift([dx, dy]) {
    const id = this.selected && this.selected.kind !== "handoff" ? `${this.selected.kind}:${this.selected.name}` : null;
    if (!id || !this.places.has(id)) return;
    const [x, y] = this.places.get(id);
    this.moved(id, rounded2(x + dx * 0.25), rounded2(y + dy * 0.25));
  }

  // The nearest box in a direction; what lies beside it counts double.
  neighbour([dx, dy]) {
    const id = this.selected && this.selected.kind !== "handoff" ? `${this.selected.kind}:${this.selected.name}` : null;
    if (!id || !this.places.has(id)) return this.state.map.boxes[0]?.id;
    const [x, y] = this.places.get(id);
    let best = null;
    for (const [other, [ox, oy]] of this.places) {
      const along = (ox - x) * dx + (oy - y) * dy;
      const aside = Math.abs((ox - x) * dy + (oy - y) * dx);
      if (other === id || along <= 0.05) continue;
      const far = along + 2 * aside;
      if (!best || far < best.far) best = { other, far };
    }
    return best?.other ?? null;
  }

  show(selected) {
    const id = selected && selected.kind !== "handoff" ? `${selected.kind}:${selected.name}` : null;
    const place = id && this.places?.get(id);
    if (!place) return;
    const [x, y] = this.at(place).map((one) => one * this.shownZoom);
    const [width, height] = [this.root.clientWidth, this.root.clientHeight];
    if (x < this.root.scrollLeft + 60 || x > this.root.scrollLeft + width - 60) this.root.scrollLeft = x - width / 2;
    if (y < this.root.scrollTop + 30 || y > this.root.scrollTop + height - 30) this.root.scrollTop = y - height / 2;
  }
}

export function splitNode(id) {
  const cut = id.indexOf(":");
  return [id.slice(0, cut), id.slice(cut + 1)];
}

function label(text, x, y, kind) {
  const made = svgElement("text", { x, y, "text-anchor": "middle", class: kind });
  made.textContent = text;
  return made;
}

// A name on one line, or on two where it is long; what does not fit ends in dots (the title holds all of it).
function twoLines(text, x, y, kind) {
  const longest = 15;
  if (text.length <= longest) return [label(text, x, y + 4, kind)];
  const cut = text.lastIndexOf(" ", longest);
  const first = cut > 3 ? text.slice(0, cut) : text.slice(0, longest - 1);
  const rest = text.slice(first.length).trim();
  return [label(first, x, y - 2, kind), label(rest.length > longest ? `${rest.slice(0, longest - 1)}…` : rest, x, y + 11, kind)];
}

function rounded2(value) {
  return Math.round(value * 100) / 100;
}

// What the dashes and marks mean.
export function drawingLegend(carriers) {
  const sample = (dash, kind = "ia-flow") => svgElement("svg", { width: 42, height: 10, viewBox: "0 0 42 10", "aria-hidden": "true" }, svgElement("line", { x1: 1, x2: 41, y1: 5, y2: 5, class: kind, "stroke-dasharray": dash || null }));
  return element(
    "div",
    { class: "ia-legend ia-soft" },
    Object.entries(carriers).map(([name, words]) => element("span", {}, sample(CARRIER_DASHES[name]), words.toLowerCase())),
    element("span", {}, sample("", "ia-flow ia-proposed"), "proposed"),
    element("span", {}, element("b", { class: "ia-bad" }, "?"), "still to ask"),
  );
}
