// A job as it runs, and what takes it back beside it; or a pull. Numbers are the journal's, asked for again and again.
import { Frame, element, replaceContent } from "./frame.js";
import { PlanView } from "./plan_view.js";
import { PlanAgree } from "./plan_agree.js";
import { JobView } from "./job_view.js";

const WATCH_EVERY_MS = 1000;
const WATCH_QUIET_TURNS = 3;

// Looks every second while something goes on, else every three.
function watched(frame, isLively, look) {
  let turn = 0;
  frame.watch(async () => {
    turn += 1;
    if (isLively() || turn % WATCH_QUIET_TURNS === 0) await look();
  }, WATCH_EVERY_MS);
}

function watchedJob(frame, first) {
  const asker = (desk, plan) => (ask, given = {}, { isQuiet = false } = {}) => (isQuiet ? frame.kernel : frame).ask(desk, { plan, ask, given });
  const job = new JobView(frame, first.job, asker("job", first.job.plan));
  let back = null;
  const holder = element("div", {});
  const undo = frame.button("Take it back…", () => takeBack().catch(() => {}));
  job.ways.append(undo);
  const undoShown = () => job.first.kind !== "undo" && !job.state.running && !back && job.state.counts.done > 0;
  const drawUndo = () => (undo.hidden = !undoShown());

  async function takeBack() {
    frame.say("Planning to take the job back; nothing is sent …");
    const found = await frame.ask("undo", { plan: first.job.plan });
    const { plan } = found;
    const askPlan = asker("plan", plan.plan);
    const view = new PlanView(frame, plan, askPlan);
    const agree = new PlanAgree(frame, plan, askPlan, () => look().catch(() => {}));
    back = { agree, job: new JobView(frame, found.job, asker("job", plan.plan), { isBack: true }) };
    const heading = element("h3", { tabindex: "-1" }, "Take it back");
    replaceContent(
      holder,
      element("div", { class: "ia-job-back" }, heading, element("p", {}, `${plan.sentence} Nothing is sent before it is agreed to and started below.`), agree.said, view.root, agree.form, back.job.root),
    );
    // From now on the keys are those of the job that takes back.
    frame.keys = [...frame.keys.filter((one) => one.key === "?"), ...agree.keys(), ...back.job.keys().filter((one) => one.key !== "o")];
    drawUndo();
    heading.focus();
    frame.say("Planned: read it, agree to it, then start it.");
  }

  const others = first.others.map((one) => element("p", { class: "ia-soft" }, one));
  frame.body.append(...others, element("p", { class: "ia-soft" }, first.job.sentence), job.root, holder);
  frame.keys.unshift(...job.keys(), { key: "u", label: "take it back: plan that first", when: undoShown, run: takeBack });
  drawUndo();
  const look = async () => {
    await job.take(await job.ask("state", {}, { isQuiet: true }));
    drawUndo();
    if (!back) return;
    await back.agree.look();
    await back.job.take(await back.job.ask("state", {}, { isQuiet: true }));
  };
  watched(frame, () => job.isLively || Boolean(back?.job.isLively), look);
}

function watchedPull(frame, first) {
  let { state } = first;
  const heading = element("p", { class: "ia-job-heading" });
  const filled = element("div", {});
  const bar = element("div", { class: "ia-job-bar", role: "progressbar", "aria-label": "Lists that are here whole", "aria-valuemin": 0 }, filled);
  const status = element("p", {});
  const rows = element("tbody", {});
  const missing = element("div", {});
  const start = frame.button("Pull now", () => begin().catch(() => {}), { class: "ia-button ia-main" });
  const stop = frame.button("Stop", () => end().catch(() => {}), { class: "ia-button ia-main" });

  function draw() {
    const { running, ended } = state;
    heading.replaceChildren(element("strong", {}, state.sentence));
    filled.style.width = `${state.total ? (100 * state.came) / state.total : 0}%`;
    bar.setAttribute("aria-valuemax", String(state.total));
    bar.setAttribute("aria-valuenow", String(state.came));
    let said = state.busy || (ended ? "" : "Not running.");
    if (running) said = `${running.is_stopping ? "Stopping; running" : "Running"} since ${running.since}${running.by ? `, started by ${running.by}` : ""}${running.where ? ` (${running.where}: stop it there, with Ctrl-C)` : ""}.`;
    status.textContent = said;
    for (const [button, isShown] of [[start, !running && !state.busy], [stop, Boolean(running)]]) {
      if (!isShown && button === document.activeElement) frame.root.focus({ preventScroll: true });
      button.hidden = !isShown;
    }
    stop.disabled = Boolean(running) && (!running.can_stop || running.is_stopping);
    replaceContent(
      rows,
      state.lists.map((one) =>
        element(
          "tr",
          {},
          element("td", {}, one.label),
          element("td", {}, one.what),
          element("td", { class: "ia-number" }, one.records),
          element("td", {}, one.taken),
          element("td", { class: one.state === "came" ? "ia-good" : one.state === "missing" || one.state === "lacking" ? "ia-bad" : "" }, one.words, one.why ? element("div", { class: "ia-soft" }, one.why) : null),
        ),
      ),
    );
    replaceContent(
      missing,
      ended && !running ? element("div", { class: `ia-plan-said${ended.code && ended.code !== 130 ? " ia-plan-refused" : ""}` }, ended.line || `It ended with code ${ended.code}.`) : null,
      state.missing.map((one) => element("p", {}, one)),
    );
  }

  function take(now) {
    const before = state;
    state = now;
    draw();
    if (before.running && !now.running) frame.say(now.ended ? `Ended: ${now.ended.line}` : "Not running any more.");
  }

  async function begin() {
    frame.calm();
    take(await frame.ask("start"));
    frame.say("Started. It goes on when this page is closed.");
  }

  async function end() {
    frame.say("Stopping: what came is kept.");
    take(await frame.ask("stop"));
  }

  const head = ["System", "List", "Records", "Taken", "State"].map((one) => element("th", { scope: "col", class: one === "Records" ? "ia-number" : "" }, one));
  const list = element("div", { class: "ia-plan-scroll", tabindex: "0", role: "region", "aria-label": "Lists" }, element("table", {}, element("thead", {}, element("tr", {}, head)), rows));
  frame.body.append(element("div", { class: "ia-job" }, heading, bar, status, element("div", { class: "ia-tools" }, start, stop), missing, list));
  frame.keys.unshift({ key: "g", label: "pull now; a pull that was stopped goes on", when: () => !start.hidden, run: begin }, { key: "p", label: "stop the pull; what came is kept", when: () => !stop.hidden && !stop.disabled, run: end });
  draw();
  watched(frame, () => Boolean(state.running), async () => take(await frame.kernel.ask("state")));
}

export default {
  render({ model, el }) {
    const first = model.get("first");
    const isPull = first.subject === "pull";
    const title = isPull ? `Pull${first.systems.length ? `: ${first.systems.join(", ")}` : ""}` : `${first.job.job}: ${first.job.target.label}`;
    const frame = new Frame(el, model, { title });
    (isPull ? watchedPull : watchedJob)(frame, first);
    return () => frame.close();
  },
};
