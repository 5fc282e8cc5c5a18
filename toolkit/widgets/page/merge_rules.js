// The rules of a merge, live: how many golden records a rule changes is counted before it is written into engagement.yaml.

import { element, replaceContent, count, plural } from "./frame.js";

export class MergeRules {
  constructor(screen) {
    this.screen = screen;
    this.root = element("section", { class: "mc-rules", "aria-label": "Rules", hidden: true });
  }

  toggle() {
    this.root.hidden = !this.root.hidden;
    if (this.root.hidden) return this.screen.list.root.focus();
    this.begin();
    return this.root.querySelector("select")?.focus();
  }

  // The rules as they stand in the file that was read, nothing of them changed here yet.
  begin() {
    this.given = {};
    this.masters = null;
    this.believed = this.screen.settings;
    this.isBehind = false;
    this.draw();
  }

  // The file was read anew. What somebody is changing here stays in sight; it is not written over rules that were not seen.
  follow(isOther) {
    if (this.root.hidden) return;
    if (isOther && !Object.keys(this.given).length) this.begin();
    else if (isOther) this.isBehind = true;
    else if (!this.isBehind) this.believed = this.screen.settings;
    if (this.isBehind) this.refuse();
  }

  refuse() {
    this.asked = null;
    this.write.disabled = true;
    this.told.textContent = "Somebody else changed the rules in engagement.yaml meanwhile: nothing of this was written. Close, and open the rules again to see them as they are.";
  }

  draw() {
    const rules = this.screen.first.rules;
    const { frame } = this.screen;
    this.masters ??= [...rules.masters];
    const fields = Object.entries(rules.fields).map(([fact, rule]) => {
      const choice = element("select", { class: "ia-field", "aria-label": `Rule of ${rules.labels[fact]}`, on: { change: () => this.change({ fields: { ...this.given.fields, [fact]: choice.value } }) } });
      choice.append(...rules.may_be[fact].map((one) => element("option", { value: one }, rules.words[one])));
      choice.value = this.given.fields?.[fact] ?? rule;
      return element("div", { class: "mc-rule" }, element("span", {}, rules.labels[fact]), choice);
    });
    const masters = this.masters.map((rule, place) =>
      element(
        "li",
        {},
        `${rules.master_words[rule] ?? rule} `,
        place ? frame.button("↑", () => this.moved(place, place - 1), { class: "ia-button ia-quiet", "aria-label": `Earlier: ${rules.master_words[rule] ?? rule}` }) : null,
        frame.button("×", () => this.moved(place, -1), { class: "ia-button ia-quiet", "aria-label": `Leave out: ${rules.master_words[rule] ?? rule}` }),
      ),
    );
    const rest = rules.all_masters.filter((rule) => !this.masters.includes(rule));
    const add = element("select", { class: "ia-field", "aria-label": "Add a rule for the record that stays", on: { change: () => add.value && this.moved(-1, 0, add.value) } });
    add.append(element("option", { value: "" }, "then …"), ...rest.map((rule) => element("option", { value: rule }, rules.master_words[rule] ?? rule)));
    this.told = element("p", { role: "status" }, "Change a rule to see how many golden records change. Nothing is written before you say so.");
    this.write = frame.button("Write into engagement.yaml", () => this.save().catch(() => {}), { class: "ia-button ia-main", disabled: true });
    replaceContent(
      this.root,
      element("div", { class: "mc-rule-columns" }, element("div", {}, element("h3", {}, "The value of each field"), fields), element("div", {}, element("h3", {}, "Which record stays, because"), element("ol", {}, masters), add)),
      this.told,
      element("div", { class: "ia-tools" }, this.write, frame.button("Close (r)", () => this.toggle(), { class: "ia-button ia-quiet" })),
    );
  }

  moved(from, to, added = null) {
    const masters = [...this.masters];
    if (added) masters.push(added);
    else {
      const [one] = masters.splice(from, 1);
      if (to >= 0) masters.splice(to, 0, one);
    }
    this.masters = masters;
    const given = this.given;
    this.draw();
    this.given = given;
    this.change({ masters });
  }

  async change(change) {
    Object.assign(this.given, change);
    if (this.isBehind) return this.refuse();
    this.write.disabled = true;
    this.told.textContent = "Counting …";
    const asked = (this.asked = {});
    try {
      const found = await this.screen.frame.ask("try_rules", { rules: this.given });
      if (this.asked !== asked) return;
      const by = found.by_field.map(([label, number]) => `${label} ${count(number)}`).join(", ");
      const parts = [
        `${plural(found.changed, "golden record changes", "golden records change")} of ${count(found.of)}${by ? ` (${by})` : ""}`,
        found.newly_merged ? `${count(found.newly_merged)} more are merged` : null,
        found.no_longer ? `${count(found.no_longer)} are merged no more` : null,
      ];
      this.told.textContent = `${parts.filter(Boolean).join("; ")}.${found.examples.length ? ` For example: ${found.examples.join(", ")}.` : ""}`;
      this.write.disabled = false;
    } catch {
      this.told.textContent = "";
    }
  }

  async save() {
    const { screen } = this;
    const given = this.given;
    const told = this.told.textContent;
    const taken = async (answer) => {
      this.root.hidden = true;
      screen.ruled(answer);
      await screen.want({});
      return answer;
    };
    const write = async (believed) => taken(await screen.frame.ask("rules", { rules: given, believed }));
    let last = await write(this.believed);
    const undo = async () => {
      last = await taken(await screen.frame.ask("rules_back", { step: last.step }));
    };
    const redo = async () => {
      last = await write(last.settings);
    };
    screen.steps.add({ label: "rules", undo, redo });
    screen.frame.say(`Written into engagement.yaml. ${told} Ctrl Z takes it back.`);
  }
}
