// Groups of records that are held to be one: a list, and one of them opened to exclude, split or join.
import { element, LongList, plural, replaceContent } from "./frame.js";
import { percent } from "./review_pair.js";

const SAID_WORDS = { same: "the same as", not_same: "not the same as" };

export class GroupScreen {
  constructor(frame, { enter, height }) {
    this.frame = frame;
    this.enter = enter;
    this.marked = new Set();
    this.member = 0;
    this.list = new LongList({
      label: "Groups of records",
      total: 0,
      rowHeight: 44,
      height,
      fetch: async (first, count) => {
        const view = this.view;
        const rows = await frame.ask("group_rows", { view, first, count });
        if (view !== this.view) throw new Error("another list");
        return rows;
      },
      draw: (index, row) =>
        element(
          "div",
          { class: "ia-pair-line" },
          element("span", { class: "ia-pair-names" }, element("span", {}, row[1] || "(no name)"), element("span", { class: "ia-soft" }, `${plural(row[2], "record")} in ${plural(row[3], "system")}`)),
          element("span", { class: "ia-number ia-soft", title: "the least sure pair in it" }, percent(row[4])),
        ),
      chosen: (index) => this.open(index),
    });
    this.holder = element("div", { class: "ia-pair" });
    this.find = element("input", { type: "search", class: "ia-field", placeholder: "name, e-mail, id …", "aria-label": "Find groups by text", on: { change: () => this.load() } });
    this.root = element("div", { hidden: true }, element("div", { class: "ia-tools ia-filter" }, element("label", {}, "Find ", this.find), element("span", { class: "ia-soft" }, "Those first whose weakest link is weakest.")), element("div", { class: "ia-columns" }, this.list.root, this.holder));
  }

  async load() {
    const answer = await this.frame.ask("groups", { text: this.find.value });
    this.view = answer.view;
    this.list.resize(answer.total, { forget: true });
    answer.rows.forEach((row, index) => this.list.rows.set(index, row));
    this.list.index = 0;
    this.list.redraw();
    if (answer.total) await this.open(0);
    else replaceContent(this.holder, element("p", {}, this.find.value ? "No group holds that text." : "No two records are held to be one yet."));
  }

  async open(index) {
    const row = await this.list.wanted(index);
    if (row) await this.show(row[0]);
  }

  // A group that is opened from elsewhere is none of the list.
  async showOther(name) {
    this.list.index = -1;
    this.list.redraw();
    await this.show(name);
  }

  async show(name) {
    this.wanted = name;
    const group = await this.frame.ask("group", { group: name });
    if (this.wanted !== name) return;
    if (this.group?.group !== name) {
      this.marked.clear();
      this.member = 0;
    }
    this.group = group;
    this.member = Math.min(this.member, group.members.length - 1);
    this.draw();
  }

  // Draw the group that is shown, or that is about to be, as it stands now.
  async again() {
    if (this.wanted) await this.show(this.wanted);
  }

  move(step) {
    if (!this.group) return;
    this.member = Math.max(0, Math.min(this.member + step, this.group.members.length - 1));
    this.draw();
    const one = this.group.members[this.member];
    this.frame.say(`${one.name}, ${one.system}`);
  }

  mark() {
    const key = this.group?.members[this.member]?.key;
    if (!key) return;
    if (!this.marked.delete(key)) this.marked.add(key);
    this.draw();
  }

  async exclude() {
    const one = this.group?.members[this.member];
    if (!one) return;
    const held = one.said;
    const isOut = held?.decision === "exclude";
    await this.enter("decide", { decisions: [{ l: one.key, r: this.group.group, decision: isOut ? "open" : "exclude", seen: held?.number ?? 0 }] }, isOut ? `${one.name} may be in this group again` : `${one.name} must not be in this group`);
    await this.again();
  }

  async split() {
    if (!this.group) return;
    const keys = [...this.marked];
    await this.enter("split", { group: this.group.group, keys, heard: this.group.heard }, `${plural(keys.length, "record")} split off`);
    this.marked.clear();
    await this.again();
  }

  async join() {
    if (!this.group) return;
    const { group, heard } = this.group;
    const other = await this.asked();
    if (!other) return;
    await this.enter("join", { group, other: other.group, heard }, `joined with ${other.name}`);
    await this.again();
  }

  // Find the group to join with: type, choose by arrows, Enter.
  asked() {
    return new Promise((resolve) => {
      const { frame } = this;
      let found = [];
      let at = 0;
      const end = (answer) => {
        frame.dialogs.replaceChildren();
        frame.root.focus({ preventScroll: true });
        resolve(answer);
      };
      const list = element("ul", { class: "ia-offered" });
      const redraw = () => replaceContent(list, found.length ? found.map((one, place) => element("li", {}, frame.button(`${one.name} · ${one.system} · ${plural(one.count, "record")}`, () => end(one), { "aria-pressed": place === at ? "true" : "false" }))) : element("li", { class: "ia-soft" }, "Type a name, an e-mail address or an id."));
      const field = element("input", { type: "search", class: "ia-field", "aria-label": "Find the group to join with", autocomplete: "off" });
      field.addEventListener("input", async () => {
        const asked = field.value;
        const answer = await frame.ask("offered", { text: asked, beside: this.group.group }).catch(() => []);
        if (asked !== field.value) return;
        [found, at] = [answer, 0];
        redraw();
      });
      field.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) {
          at = Math.max(0, Math.min(at + step, found.length - 1));
          redraw();
          event.preventDefault();
        } else if (event.key === "Enter" && found[at]) end(found[at]);
      });
      redraw();
      const name = this.group.members[0]?.name ?? "";
      frame.dialogs.replaceChildren(element("div", { class: "ia-dialog", role: "dialog", "aria-modal": "true", "aria-label": "Join with another group", on: { leave: () => end(null) } }, element("p", {}, `Join the group of ${name} with:`), field, list, element("div", { class: "ia-tools" }, frame.button("Cancel (Esc)", () => end(null)))));
      field.focus({ preventScroll: true });
    });
  }

  draw() {
    const { group } = this;
    const common = Object.fromEntries(group.columns.map(([column]) => [column, mostCommon(group.members.map((one) => one.fields[column]))]));
    const rows = group.members.map((one, place) => this.memberRow(one, place, common));
    const weakest = group.links[0];
    replaceContent(
      this.holder,
      element("h3", {}, `${group.members[0]?.name ?? "Group"}: ${plural(group.count, "record")} held to be one`),
      weakest ? element("p", { class: "ia-soft" }, `Least sure: ${group.members[weakest.l].name} and ${group.members[weakest.r].name}, ${percent(weakest.p)}.`) : null,
      element(
        "div",
        { class: "ia-tools" },
        this.frame.button("Exclude (x)", () => this.exclude().catch(() => {})),
        this.frame.button("Mark (m)", () => this.mark()),
        this.frame.button(`Split off the marked (p)`, () => this.split().catch(() => {}), { disabled: !this.marked.size }),
        this.frame.button("Join with … (j)", () => this.join().catch(() => {})),
      ),
      element(
        "div",
        { class: "ia-wide", tabindex: "0", role: "region", "aria-label": "Records of the group" },
        element("table", { class: "ia-members" }, element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "record"), ...group.columns.map(([, label]) => element("th", { scope: "col" }, label)))), element("tbody", {}, rows)),
      ),
      group.count > group.members.length ? element("p", { class: "ia-soft" }, `${plural(group.count - group.members.length, "more record")} not shown.`) : null,
      group.said.length ? element("div", {}, element("h3", {}, "Decided in this group"), element("ul", {}, group.said.map((one) => element("li", {}, `${one.name_l} is ${SAID_WORDS[one.decision] ?? one.decision} ${one.name_r} (${one.who || "somebody"}, ${one.when} UTC)${one.note ? `: ${one.note}` : ""}`)))) : null,
    );
  }

  memberRow(one, place, common) {
    const isOut = one.said?.decision === "exclude";
    const isMarked = this.marked.has(one.key);
    const choose = () => {
      this.member = place;
      this.draw();
    };
    return element(
      "tr",
      { class: `${place === this.member ? "ia-current" : ""} ${isOut ? "ia-out" : ""}`, "aria-current": place === this.member ? "true" : null, on: { click: choose } },
      element("th", { scope: "row" }, isMarked ? element("strong", {}, "◆ marked ") : null, one.system, isOut ? element("div", { class: "ia-plain" }, `excluded (${one.said.who || "somebody"})`) : null),
      ...this.group.columns.map(([column]) => {
        const text = one.fields[column];
        const isOdd = text && common[column] !== null && normal(text) !== common[column];
        return element("td", {}, isOdd ? element("mark", { class: "ia-differs" }, text) : text || element("span", { class: "ia-soft" }, "–"));
      }),
    );
  }
}

function normal(text) {
  return (text ?? "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// The value that most records have; null where no two have one in common.
function mostCommon(texts) {
  const counts = new Map();
  for (const one of texts.map(normal).filter(Boolean)) counts.set(one, (counts.get(one) ?? 0) + 1);
  const [text, times] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [null, 0];
  return times > 1 ? text : null;
}
