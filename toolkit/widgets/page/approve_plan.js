// A plan is looked at and agreed to. Nothing is sent here.
import { Frame, element, plural } from "./frame.js";
import { PlanView } from "./plan_view.js";
import { PlanAgree } from "./plan_agree.js";


export default {
  render({ model, el }) {
    const first = model.get("first");
    const keys = [];
    const frame = new Frame(el, model, { title: `${first.job}: ${first.target.label}`, keys });
    const ask = (name, given, { isQuiet = false } = {}) => (isQuiet ? frame.kernel.ask(name, given) : frame.ask(name, given));
    const agree = new PlanAgree(frame, first, ask);
    frame.body.append(
      element(
        "p",
        {},
        first.refusal ? first.sentence : [element("strong", {}, `This would change ${first.target.words}: ${plural(first.total, "change")}.`)],
        first.money?.length ? ` Money on these records: ${first.money.join(", ")}.` : "",
        " Nothing is sent here.",
      ),
      element("p", { class: "ia-soft" }, `Plan ${first.name}, made ${first.made}, good until ${first.good_until} (${first.left}). ${first.way ?? ""}`),
      agree.said,
    );
    if (first.total || first.left_out_count) {
      const view = new PlanView(frame, first, ask);
      frame.body.append(view.root, agree.form);
      keys.push(...view.keys());
    }
    keys.push(...agree.keys());
    frame.keys.unshift(...keys);
    frame.watch(() => agree.look());
    return () => frame.close();
  },
};
