// Who decides a field: how many differences it settles is counted before anything is written into engagement.yaml.

import { element, replaceContent, count, plural } from "./frame.js";

export class MismatchPolicy {
  constructor(screen) {
    this.screen = screen;
    this.root = element("section", { class: "mm-policy", "aria-label": "Who decides this field", hidden: true });
  }

  close() {
    this.column = "";
    this.root.hidden = true;
  }

  open(row) {
    if (!row) return;
    this.draw(row);
    this.choice.focus();
  }

  // Who decides is another by now: the system that was chosen stays chosen, and what it settles is counted again.
  drawAnew() {
    if (!this.column) return;
    const system = this.choice.value;
    this.draw({ column: this.column });
    this.choice.value = system;
    this.tryIt();
  }

  draw(row) {
    const { screen } = this;
    this.column = row.column;
    const fact = screen.first.facts.find((one) => one.includes(row.column)) ?? [row.column];
    const named = fact.length > 1 ? `${screen.words[row.column]} (and all of ${fact.map((one) => screen.words[one]).join(", ")}: one fact)` : screen.words[row.column];
    const systems = [...new Set(screen.counts.pairs.flatMap(([pair]) => pair.split("|")))];
    this.choice = element("select", { class: "ia-field", "aria-label": `Who decides ${screen.words[row.column]}`, on: { change: () => this.tryIt() } });
    const decider = screen.deciders[row.column];
    this.choice.append(element("option", { value: "" }, "Choose a system"), ...systems.map((one) => element("option", { value: one, selected: false }, `${screen.labels[one] ?? one}${one === decider ? " (now)" : ""}`)));
    this.told = element("p", { role: "status" });
    this.write = screen.frame.button("Write it into engagement.yaml", () => this.save().catch(() => {}), { class: "ia-button ia-main", disabled: true });
    const now = decider ? `${screen.labels[decider] ?? decider} decides it now.` : "Nobody decides it yet.";
    replaceContent(
      this.root,
      element("div", { class: "ia-tools" }, element("strong", {}, `For ${named}, the one that is right is`), this.choice, this.write, screen.frame.button("Close", () => this.close(), { class: "ia-button ia-quiet" })),
      element("p", { class: "ia-soft" }, `${now} What persons decided stays. In files and systems nothing is changed.`),
      this.told,
    );
    this.root.hidden = false;
  }

  async tryIt() {
    const { screen } = this;
    const system = this.choice.value;
    this.write.disabled = true;
    if (!system) return replaceContent(this.told);
    this.told.textContent = "Counting …";
    try {
      const found = await screen.frame.ask("try_policy", { column: this.column, system });
      if (this.choice.value !== system) return null;
      const parts = [`Of ${plural(found.undecided, "difference")} that nobody decided it settles ${count(found.settled)}`, `proposes another value for ${count(found.changed)}`, `and leaves ${count(found.left)} without a proposal.`];
      this.told.textContent = parts.join(", ");
      this.write.disabled = screen.deciders[this.column] === system;
    } catch {
      this.told.textContent = "";
    }
    return null;
  }

  async save() {
    const { screen } = this;
    const given = { column: this.column, system: this.choice.value };
    const label = `${screen.labels[given.system] ?? given.system} decides ${screen.words[given.column]}`;
    // Each step takes its own change back: of two that were written, the newest is not both.
    let step;
    const write = async () => {
      const answer = await screen.frame.ask("policy", { ...given, believed: screen.settings });
      step = answer.step;
      return answer;
    };
    // What was written is written, whether or not the list can be asked for.
    const shown = () => screen.want({}).catch(() => {});
    const answer = await write();
    screen.steps.add({
      label,
      undo: () => screen.frame.ask("policy_back", { step }).then(shown),
      redo: () => write().then(shown),
    });
    await shown();
    this.close();
    screen.frame.say(`Written into engagement.yaml: ${label}. ${plural(answer.settled, "difference")} settled, ${count(answer.changed)} proposed otherwise. Ctrl Z takes it back.`);
  }
}
