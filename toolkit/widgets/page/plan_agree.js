// Who agrees to a plan, up to what, and to which losses; taken back as long as nothing was sent.
import { count, element, plural, replaceContent } from "./frame.js";

export class PlanAgree {
  // `ask(name, given)` asks the plan's desk; `first` is what it begins with; `changed(state)` hears how the plan stands now.
  constructor(frame, first, ask, changed = () => {}) {
    Object.assign(this, { frame, first, ask, changed });
    this.state = first;
    this.said = element("div", {});
    this.form = element("div", { class: "ia-plan-agree", role: "group", "aria-label": "Agree to this plan" });
    this.root = element("div", {}, this.said, this.form);
    this.fill();
    this.draw();
  }

  keys() {
    return [
      { key: "a", label: "agree to the plan", when: () => !this.form.hidden, run: () => this.agree() },
      { key: ["Mod+z", "t"], label: "take the agreement back", when: () => this.state.approval && !this.state.has_begun, run: () => this.withdraw() },
      { key: ["Mod+Shift+Z", "Mod+Shift+z", "Mod+y"], label: "agree once more, as before", when: () => Boolean(this.again) && !this.state.approval, run: () => this.send(this.again) },
    ];
  }

  fill() {
    const { first } = this;
    this.by = element("input", { type: "text", class: "ia-field", value: first.reviewer, "aria-label": "Who agrees", autocomplete: "off", spellcheck: "false", maxlength: 80 });
    this.note = element("input", { type: "text", class: "ia-field ia-plan-note", "aria-label": "Note", placeholder: "A note, kept with the agreement", autocomplete: "off", maxlength: 2000 });
    this.ceilings = first.guards.map((one) => ({
      ...one,
      field: element("input", { type: "text", inputmode: "numeric", class: "ia-field ia-plan-number", "aria-label": `How many ${one.what} may be taken away or emptied`, autocomplete: "off" }),
    }));
    this.losses = first.losses.map((one) => ({ ...one, box: element("input", { type: "checkbox" }) }));
    replaceContent(
      this.form,
      element("h3", {}, "Agree to this plan"),
      element("p", { class: "ia-soft" }, "Nothing is sent by it. The job is started for itself, and only what is agreed to here can be."),
      this.ceilings.map((one) => element("label", {}, element("span", { class: "ia-bad" }, `Held back: ${count(one.count)} of ${plural(one.of, "record")} (${one.what}) would be taken away or emptied.`), ` To agree, type ${one.count}:`, one.field)),
      this.losses.map((one) => element("div", {}, element("label", {}, one.box, ` I agree that ${one.words}.`), one.lost.length ? element("ul", { class: "ia-soft" }, one.lost.map((said) => element("li", {}, said))) : null)),
      element("div", {}, element("label", {}, "Who agrees: ", this.by), this.note, this.frame.button("Agree…", () => this.agree().catch(() => {}), { class: "ia-button ia-main" })),
    );
  }

  draw() {
    const { approval, refusal, has_begun: hasBegun } = this.state;
    const parts = [];
    if (refusal) parts.push(element("div", { class: "ia-plan-said ia-plan-refused" }, element("strong", {}, "This plan cannot be agreed to. "), refusal));
    if (approval) {
      const more = [
        ...Object.entries(approval.ceilings).map(([what, many]) => `up to ${count(many)} ${what} taken away or emptied`),
        ...this.first.losses.filter((one) => approval.accepted.includes(one.class)).map((one) => one.words),
      ];
      parts.push(
        element(
          "div",
          { class: "ia-plan-said" },
          element("strong", {}, `${approval.by} agreed to it on ${approval.at}.`),
          more.length ? ` Agreed: ${more.join("; ")}.` : "",
          approval.note ? ` Note: ${approval.note}` : "",
          hasBegun ? " Its job has begun." : [" ", this.frame.button("Take it back", () => this.withdraw().catch(() => {}))],
        ),
      );
    }
    replaceContent(this.said, parts);
    const isHidden = Boolean(approval) || Boolean(refusal) || !this.first.total;
    // What is hidden cannot keep the focus, and keys would go nowhere.
    if (isHidden && this.form.contains(document.activeElement)) this.frame.root.focus({ preventScroll: true });
    this.form.hidden = isHidden;
  }

  // How the plan stands by now; what another person did meanwhile is said.
  take(state, { isOwn = false } = {}) {
    const before = this.state;
    this.state = { ...this.state, ...state };
    if (before.seen === state.seen && before.refusal === state.refusal && before.has_begun === state.has_begun) return;
    this.draw();
    this.changed(this.state);
    if (isOwn || before.seen === state.seen) return;
    this.frame.say(state.approval ? `${state.approval.by} agreed to the plan meanwhile.` : "Somebody took the agreement back meanwhile.");
  }

  async agree() {
    const { first } = this;
    const ceilings = {};
    for (const one of this.ceilings) {
      const typed = one.field.value.replaceAll(/[\s,.]/g, "");
      if (!/^\d{1,9}$/.test(typed)) return this.lacking(one.field, `${count(one.count)} of ${plural(one.of, "record")} (${one.what}) would be taken away or emptied. Type ${one.count} into its field to agree to that.`);
      ceilings[one.kind] = Number(typed);
    }
    for (const one of this.losses) if (!one.box.checked) return this.lacking(one.box, `${one.words}. Tick its box to agree to that too.`);
    if (!this.by.value.trim()) return this.lacking(this.by, "Say who agrees.");
    const typed = first.target.typed;
    const isSure = await this.frame.confirm(`${this.by.value.trim()} agrees that ${first.target.words} is changed: ${plural(first.total, "change")}.`, {
      yes: "Agree",
      typed,
      details: element("p", { class: "ia-soft" }, "Nothing is sent now. The agreement can be taken back until the job begins."),
    });
    if (!isSure) return this.frame.say("Nothing was agreed to.");
    return this.send({ typed, by: this.by.value, ceilings, accepted: this.losses.map((one) => one.class), note: this.note.value });
  }

  lacking(field, sentence) {
    this.frame.warn(sentence);
    field.focus();
  }

  async send(given) {
    this.frame.say("Noting the agreement …");
    try {
      this.take(await this.ask("approve", { ...given, seen: this.state.seen }), { isOwn: true });
    } catch (error) {
      this.frame.say("Not agreed.");
      this.look().catch(() => {});
      throw error;
    }
    this.again = null;
    this.given = given;
    this.frame.calm();
    this.frame.say(`Saved: ${this.state.approval.by} agreed on ${this.state.approval.at}.`);
  }

  async withdraw() {
    this.frame.say("Taking the agreement back …");
    try {
      this.take(await this.ask("withdraw", { by: this.by.value || this.first.reviewer, seen: this.state.seen }), { isOwn: true });
    } catch (error) {
      this.frame.say("The agreement stands.");
      this.look().catch(() => {});
      throw error;
    }
    this.again = this.given ?? null;
    this.frame.say("Saved: nobody agrees to this plan any more.");
  }

  async look() {
    this.take(await this.ask("look", {}, { isQuiet: true }));
  }
}
