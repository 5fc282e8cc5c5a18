"""A list of jobs: what it may say, what it may not hold, and what it is told in return."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.settings.job_list import OPTIONS, load_job_list

ALERTS = "alerts: {slack: {webhook: 'env:SLACK_HOOK'}}"


def loaded(tmp_path: Path, text: str, name: str = "nightly.jobs.yaml"):  # type: ignore[no-untyped-def]  # noqa: ANN201
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return load_job_list(file)


def test_a_step_waits_for_the_one_above_unless_it_says_otherwise(tmp_path: Path) -> None:
    """The plain list is a chain; `after` loosens it."""
    jobs, folder = loaded(
        tmp_path,
        "engagement: ../client\nsteps:\n  - run: pull\n  - run: audit\n  - {run: report, after: [pull]}\n"
        "  - {run: match, after: []}\n",
    )

    assert [(one.name, one.after) for one in jobs.linked_steps()] == [
        ("pull", ()), ("audit", ("pull",)), ("report", ("pull",)), ("match", ()),
    ]  # fmt: skip
    assert jobs.name == "nightly"
    assert folder == (tmp_path.parent / "client").resolve()


def test_an_engagement_is_where_the_list_stands_unless_it_says_otherwise(tmp_path: Path) -> None:
    """A list moves with its engagement."""
    assert loaded(tmp_path, "steps: [{run: pull}]")[1] == tmp_path.resolve()


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ("[{run: plan approve}]", "no list of jobs does that: a person agrees to a plan, by name"),
        ("[{run: replay}]", "no list of jobs does that"),
        ("[{run: undo}]", "a person decides that a job is taken back"),
        ("[{run: decisions import}]", "no list of jobs does that"),
        ("[{run: connect}]", "a person signs in"),
        ("[{run: pul}]", "There is no step named 'pul'. Did you mean 'pull'?"),
        ("[{run: plan cleanup}]", "wants 'system', too"),
        ("[{run: notebook}]", "wants 'notebook', too"),
        ("[{run: audit, send: true}]", "the step 'audit' takes no 'send' (its options: pdf)"),
        ("[{run: match, pdf: true}]", "the step 'match' takes no 'pdf' (its options: none)"),
        ("[{run: apply, account: Harbor}]", "'account' goes with 'send: true'"),
        ("[{run: apply, send: true, limit: 0}]", "'steps.0.limit'"),
        ("[{run: apply, limit: 3}]", "'limit' goes with 'send: true'"),
        ("[{run: pull}, {run: pull}]", "two steps are called 'pull'"),
        ("[{run: pull, after: [audit]}, {run: audit}]", "comes after 'audit', which must stand above it"),
        ("[]", "must hold 1 or more"),
        ("[{run: pull, minutes: 0}]", "'steps.0.minutes'"),
        ("[{run: pull, sytems: [crm]}]", "Did you mean 'systems'?"),
        ("[{run: pull, name: 'a\\nb'}]", "'steps.0.name'"),
    ],
)
def test_what_no_step_takes_is_refused_with_its_line(tmp_path: Path, steps: str, says: str) -> None:
    """What needs a person's agreement is agreed to by no list, and nothing is dropped in silence."""
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, f"name: nightly\nsteps: {steps}\n")

    assert says in str(caught.value)
    assert str(caught.value).startswith("nightly.jobs.yaml, line 2: ")


@pytest.mark.parametrize(
    "text",
    [
        "steps: [{run: pull}]\nalerts: {slack: {webhook: 'https://hooks.slack.com/services/CANARY'}}",
        "steps: [{run: pull}]\nalerts: {webhook: {url: 'https://CANARY.example/x', secret: 'env:S'}}",
        "steps: [{run: pull}]\nalerts: {webhook: {url: 'env:U', secret: CANARY}}",
        "steps: [{run: pull}]\nalerts: {email: {host: post.example, from: 'env:F', to: ['CANARY@example.com']}}",
        "steps: [{run: pull}]\nalerts: {email: {host: post.example, from: 'env:F', to: ['env:T'], password: CANARY}}",
        "steps: [{run: notebook, notebook: a.ipynb, parameters: {api_key: CANARY}}]",
        "steps: [{run: notebook, notebook: a.ipynb, parameters: {token: 'env:CANARY'}}]",
        "steps: [{run: notebook, notebook: a.ipynb, parameters: {system: 'xoxb-CANARYCANARY'}}]",
        "steps: [{run: notebook, notebook: a.ipynb, parameters: {system: 'https://ann:CANARY@crm.example'}}]",
        "steps: [{run: apply, plan: 'sk_live_CANARYCANARY'}]",
        "steps: [{run: pull}]\ntoken: CANARY",
        "steps: [{run: pull}]\nsk_live_CANARYCANARY: 1",
        "steps: [{run: pull, name: 'ghp_CANARYCANARYCANARY'}]",
    ],
)
def test_s01_a_list_that_holds_a_secret_is_refused_and_does_not_repeat_it(tmp_path: Path, text: str) -> None:
    """By the name that it stands under, or by its looks; where it is kept may be said, and only for alerts."""
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, text)

    assert "CANARY" not in str(caught.value)
    assert "secret" in str(caught.value) or "must not stand in a file" in str(caught.value)


def test_s01_a_value_of_the_environment_that_is_a_secret_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a variable called a token holds looks like nothing, and is known all the same."""
    monkeypatch.setenv("CRM_TOKEN", "harmless-looking")

    with pytest.raises(InputError, match="looks like a secret"):
        loaded(tmp_path, "steps: [{run: apply, plan: harmless-looking}]")


@pytest.mark.parametrize(
    "text",
    [
        "just text",
        "- a\n- list",
        "steps: [",
        "steps: [{run: pull}]\nalerts: 3",
        "steps: 3",
        "alerts: {}",
        "",
        "steps: [pull]",
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    """With the file's name, whatever it holds."""
    with pytest.raises(InputError, match=r"nightly\.jobs\.yaml"):
        loaded(tmp_path, text)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    """Not a trace of where in our code."""
    with pytest.raises(InputError, match="Cannot read"):
        load_job_list(tmp_path / "none.yaml")


def test_a_list_without_a_name_is_called_as_its_file(tmp_path: Path) -> None:
    """Whatever the file is called, the name can stand in a subject line."""
    assert loaded(tmp_path, "steps: [{run: pull}]", "jede Nacht!.yaml")[0].name == "jede-Nacht"
    assert loaded(tmp_path, "steps: [{run: pull}]", "夜.yaml")[0].name == "jobs"


def test_every_step_has_an_example_that_is_taken(tmp_path: Path) -> None:
    """No option of a step is one that no step takes."""
    given = {"system": "crm", "systems": "[crm]", "full": "true", "pdf": "true", "plan": "3f2a", "send": "true",
             "account": "Harbor", "limit": "3", "which": "invoices",
             "notebook": "a.ipynb", "parameters": "{system: crm}"}  # fmt: skip
    lines = [
        f"  - {{run: {run}{''.join(f', {name}: {given[name]}' for name in sorted(options))}}}"
        for run, options in OPTIONS.items()
    ]

    jobs, _ = loaded(tmp_path, "\n".join(["steps:", *lines, ALERTS]))

    assert [one.run for one in jobs.steps] == list(OPTIONS)


def test_a_step_that_is_wrong_is_one_problem_and_the_list_is_not_too_short(tmp_path: Path) -> None:
    """There is one step, and what is wrong with it is all that is said."""
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, "steps: [{run: pul}]")

    assert str(caught.value).count("nightly.jobs.yaml, line") == 1
    assert "must hold" not in str(caught.value)
