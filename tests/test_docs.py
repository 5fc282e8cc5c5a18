"""The documents say what there is: a setting, command or exit code that is added must be written down."""

import ast
import importlib.util
import inspect
import re
import textwrap
from pathlib import Path
from xml.etree import ElementTree as ET

import pydantic
import pytest
from ruamel.yaml import YAML

from toolkit import errors, settings, tables
from toolkit.audit.register_verbs import registers
from toolkit.cli.app import app
from toolkit.cli.dedupe import dedupe
from toolkit.match.parties import MIN_MATCH_PROBABILITY, MIN_REVIEW_PROBABILITY
from toolkit.rest.ways import ways
from toolkit.scoping.approach.feasibility import QUESTIONS
from toolkit.scoping.approach.platforms import PLATFORMS
from toolkit.scoping.approach.words import APPROACH_WORDS, FLAG_WORDS, REASON_WORDS
from toolkit.settings import job_list
from toolkit.version import __version__

ROOT = Path(__file__).resolve().parents[1]
HOMES = {
    **{path.relative_to(ROOT / "docs").as_posix(): path for path in (ROOT / "docs").rglob("*.md")},
    **{path.name: path for path in ROOT.glob("*.md")},
}
DOCS = {name: path.read_text(encoding="utf-8") for name, path in HOMES.items()}

DECISIONS = sorted(name for name in DOCS if name.startswith("decisions/") and not name.endswith("README.md"))
# What stands in an engagement, not in the package.
ON_DISK = ("exports/", "results/", "snapshots/", "system/")


@pytest.mark.parametrize(
    "model",
    [
        settings.Settings, settings.SystemSettings, settings.StreamSettings, settings.HandoffSettings, settings.RateSettings,
        settings.PersonSettings, settings.BuildSettings, settings.EstimateSettings, settings.QuestionSettings,
        settings.FieldSettings,
    ],
)  # fmt: skip
def test_every_setting_is_explained(model: type[pydantic.BaseModel]) -> None:
    """A consultant finds every key of engagement.yaml on one page."""
    text = DOCS["engagement.md"]
    keys = {found.alias or name for name, found in model.model_fields.items()}

    assert sorted(key for key in keys if not re.search(rf"\b{re.escape(key)}\b", text)) == []


def test_every_setting_of_a_sign_in_is_explained() -> None:
    """They have a page of their own, and so has every way."""
    text = DOCS["connecting.md"]
    keys = {*settings.SignInSettings.model_fields, *ways()}

    assert sorted(key for key in keys if f"`{key}`" not in text) == []


def test_the_settings_on_the_page_of_signing_in_are_settings() -> None:
    """Whoever copies an example gets no error."""
    examples = re.findall(r"```yaml\n(.+?)```", DOCS["connecting.md"], flags=re.DOTALL)

    for example in examples:
        read = YAML(typ="safe").load(textwrap.dedent(example))
        assert settings.Settings.model_validate({"client": "Harbor & Pine", **read}).systems
    assert len(examples) == 10


@pytest.mark.parametrize(
    "model",
    [
        settings.CleanupSettings, settings.SyncSettings, settings.MissingSettings, settings.PairSettings,
        settings.PartySettings, settings.StatusSettings, settings.FollowingSettings, settings.WritingSettings,
    ],
)  # fmt: skip
def test_every_rule_of_a_job_is_explained(model: type[pydantic.BaseModel]) -> None:
    """What may be changed, and what never is, stands on one page."""
    text = DOCS["changing-data.md"]
    keys = {found.alias or name for name, found in model.model_fields.items()}

    assert sorted(key for key in keys if not re.search(rf"\b{re.escape(key)}\b", text)) == []


@pytest.mark.parametrize(("page", "count"), [("changing-data.md", 4), ("described-systems.md", 3)])
def test_the_rules_on_the_page_of_changes_are_rules(page: str, count: int) -> None:
    """Whoever copies an example gets no error."""
    examples = re.findall(r"```yaml\n(.+?)```", DOCS[page], flags=re.DOTALL)

    for example in examples:
        read = YAML(typ="safe").load(textwrap.dedent(example))
        assert settings.Settings.model_validate({"client": "Harbor & Pine", **read})
    assert len(examples) == count


@pytest.mark.parametrize(
    "model",
    [
        job_list.JobList, job_list.StepSettings, job_list.AlertSettings, job_list.SlackSettings, job_list.MailSettings,
        job_list.WebhookSettings,
    ],
)  # fmt: skip
def test_every_key_of_a_list_of_jobs_is_explained(model: type[pydantic.BaseModel]) -> None:
    """Whoever runs jobs by a scheduler finds every key on one page, and every step."""
    keys = {found.alias or name for name, found in model.model_fields.items()} | {*job_list.OPTIONS}

    assert sorted(key for key in keys if f"`{key}`" not in DOCS["scheduling.md"]) == []


def test_the_list_on_the_page_of_schedulers_is_one(tmp_path: Path) -> None:
    """Whoever copies it gets no error."""
    (example,) = [one for one in _examples("scheduling.md", "yaml") if one.startswith("name:")]
    file = tmp_path / "nightly.jobs.yaml"
    file.write_text(example, "utf-8")

    jobs, _ = job_list.load_job_list(file)

    assert [one.run for one in jobs.steps] == ["apply", "pull", "audit", "plan cleanup", "notebook", "report"]


def test_the_examples_for_schedulers_are_well_formed() -> None:
    """A line of cron has five times and a command, the DAG is Python, the workflow is YAML that runs the list."""
    (cron,) = _examples("scheduling.md", "cron")
    (dag,) = _examples("scheduling.md", "python")
    (workflow,) = [one for one in _examples("scheduling.md", "yaml") if one.startswith("on:")]

    for line in cron.splitlines():
        times, command = line.split(maxsplit=5)[:5], line.split(maxsplit=5)[5]
        bounds = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
        assert all(one == "*" or low <= int(one) <= high for one, (low, high) in zip(times, bounds, strict=True))
        assert "integration-audit jobs " in command
    names = {node.attr if isinstance(node, ast.Attribute) else node.id for node in ast.walk(ast.parse(dag))
             if isinstance(node, ast.Attribute | ast.Name)}  # fmt: skip
    assert {"DAG", "PythonOperator", "AirflowFailException"} <= names
    read = YAML(typ="safe").load(workflow)
    assert read["jobs"]["nightly"]["steps"][0]["run"].startswith("integration-audit jobs run ")
    assert read["on"]["schedule"][0]["cron"].count(" ") == 4


def _examples(page: str, kind: str) -> list[str]:
    return [textwrap.dedent(one) for one in re.findall(rf"```{kind}\n(.+?)```", DOCS[page], flags=re.DOTALL)]


@pytest.mark.parametrize(
    ("page", "models"),
    [
        ("parallel-run.md", [settings.ParallelRunSettings]),
        ("cut-over.md", [settings.CutoverSettings, settings.GateSettings]),
        ("roadmap.md", [settings.RoadmapSettings, settings.ProjectSettings, settings.SharedCostSettings]),
        (
            "kpis.md",
            [settings.KpisSettings, settings.KpiSettings, settings.KpiReadingSettings, settings.KpiMeasuredSettings],
        ),
        (
            "scope.md",
            [
                settings.ScopeSettings,
                settings.FlowScopeSettings,
                settings.AcceptanceSettings,
                settings.SuccessSettings,
                settings.ChangeLogSettings,
            ],
        ),
        ("field-maps.md", [settings.FieldMapSettings]),
    ],
)
def test_everything_to_agree_on_before_going_live_is_explained(page: str, models: list[type[pydantic.BaseModel]]) -> None:
    """What a client signs has no key that nobody explains, and its examples are valid."""
    keys = {found.alias or name for model in models for name, found in model.model_fields.items()}
    examples = re.findall(r"```yaml\n(.+?)```", DOCS[page], flags=re.DOTALL)

    assert sorted(key for key in keys if f"`{key}`" not in DOCS[page]) == []
    for example in examples:
        read = YAML(typ="safe").load(textwrap.dedent(example))
        assert settings.Settings.model_validate({"client": "Harbor & Pine", **read})
    assert len(examples) == 1


def test_everything_that_is_kept_of_the_landscape_is_explained_and_valid() -> None:
    """Every key and every register stands on the page, and its examples can be copied."""
    text = DOCS["landscape.md"]
    models = (
        settings.AutomationSettings, settings.AnswerSettings, settings.ScreeningSettings, settings.CatalogueSettings,
        settings.CategorySettings, settings.ProductSettings, settings.StepSettings,
    )  # fmt: skip
    keys = {found.alias or name for model in models for name, found in model.model_fields.items()}

    assert sorted(one for one in keys if not re.search(rf"\b{re.escape(one)}\b", text)) == []
    assert sorted(one for one in registers() if f"`{one}`" not in text) == []
    for example in _examples("landscape.md", "yaml"):
        assert settings.Settings.model_validate({"client": "Harbor & Pine", **YAML(typ="safe").load(example)})


def test_everything_that_decides_how_to_connect_is_explained_and_valid() -> None:
    """Every key, every code of an answer, every fact of feasibility and every platform; and the example can be copied."""
    text = DOCS["approach.md"]
    models = (
        settings.ApproachSettings, settings.ApproachLimitSettings, settings.HandoffApproachSettings, settings.NativeSettings,
        settings.NativeFieldSettings,
    )  # fmt: skip
    keys = {name for model in models for name in model.model_fields}
    words = {*APPROACH_WORDS, *REASON_WORDS, *FLAG_WORDS, *QUESTIONS, *(one.name for one in PLATFORMS)}
    [example] = _examples("approach.md", "yaml")
    read = settings.Settings.model_validate({"client": "Harbor & Pine", **YAML(typ="safe").load(example)})
    native = read.handoffs["deal_to_invoice"].approach

    assert sorted(one for one in keys | words if f"`{one}`" not in text) == []
    assert native is not None
    assert native.feasibility == {"documented_api": "yes", "same_model": "partly"}


def test_the_settings_of_a_shared_state_are_explained_and_valid() -> None:
    """They have a page of their own, whose example can be copied."""
    text = DOCS["working-as-a-team.md"]
    [example] = re.findall(r"```yaml\n(.+?)```", text, flags=re.DOTALL)

    assert [name for name in settings.StateSettings.model_fields if f"| `state.{name}` |" not in text] == []
    assert settings.Settings.model_validate({"client": "Harbor & Pine", **YAML(typ="safe").load(example)}).state


def test_every_command_is_explained() -> None:
    """The page of commands lists each of them."""
    commands = (one.callback.__name__ for one in app().registered_commands if one.callback)
    names = {name.replace("_", "-") for name in commands}
    names |= {str(group.name or group.typer_instance.info.name) for group in app().registered_groups if group.typer_instance}

    assert sorted(name for name in names if f"`{name}" not in DOCS["commands.md"]) == []


def test_every_exit_code_is_explained() -> None:
    """A script's author finds what a code means."""
    codes = {
        kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.ToolkitError)
    }

    assert sorted(code for code in codes | {0, 2, 130} if f"| {code} |" not in DOCS["commands.md"]) == []


@pytest.mark.parametrize("name", sorted(DOCS))
def test_links_between_documents_lead_somewhere(name: str) -> None:
    """No link ends in nothing."""
    links = [link.partition("#") for link in re.findall(r"\]\((?!https?:)([^)]+)\)", DOCS[name])]

    for path, _, heading in links:
        target = (HOMES[name].parent / path).resolve() if path else HOMES[name]
        assert target.exists(), path
        assert not heading or heading in _anchors(target.read_text(encoding="utf-8")), f"{path}#{heading}"


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", sorted(DOCS))
def test_every_page_is_reached_from_the_first(name: str) -> None:
    """A page that nothing links to is not read."""
    reached, ahead = set(), ["README.md"]
    while ahead:
        one = ahead.pop()
        reached.add(one)
        links = re.findall(r"\]\((?!https?:|#)([^)#]+\.md)", DOCS[one])
        targets = {(HOMES[one].parent / link).resolve() for link in links}
        ahead += [other for other, path in HOMES.items() if path in targets and other not in reached]

    assert name in reached


def test_the_thresholds_on_the_pages_are_those_in_use() -> None:
    """The command line, a notebook and the audit decide alike, and the pages say how."""
    used = inspect.signature(dedupe).parameters["threshold"].default

    assert used == MIN_MATCH_PROBABILITY
    assert f"(default {MIN_MATCH_PROBABILITY:g})" in DOCS["commands.md"]
    assert f"| {100 * MIN_MATCH_PROBABILITY:.0f} % and more |" in DOCS["matching.md"]
    assert f"| {100 * MIN_REVIEW_PROBABILITY:.0f} to {100 * MIN_MATCH_PROBABILITY:.0f} % |" in DOCS["matching.md"]


def test_the_map_of_matching_names_every_module() -> None:
    """An engineer finds what a module is for on one page."""
    folder = ROOT / "toolkit" / "match"
    modules = {path.stem for path in folder.rglob("*.py") if path.parent.name != "comparisons"}
    modules |= {f"{path.parent.name}/" for path in folder.glob("*/__init__.py")}
    text = DOCS["adding-a-comparison.md"].partition("## The map")[2]

    assert sorted(name for name in modules - {"__init__"} if f"`{name}`" not in text) == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "pictures").glob("*.svg")), ids=lambda path: path.stem)
def test_every_picture_says_what_it_shows(path: Path) -> None:
    """In words too, for those who cannot see it; and nothing is loaded from elsewhere."""
    picture = ET.fromstring(path.read_text(encoding="utf-8"))

    assert picture.find("{http://www.w3.org/2000/svg}title").text
    assert "href" not in path.read_text(encoding="utf-8")
    assert any(f"pictures/{path.name})" in text for text in DOCS.values())


def test_the_picture_of_the_house_shows_the_order_that_is_tested() -> None:
    """A part that is added, built or moved is drawn anew."""
    path = ROOT / "docs" / "pictures" / "draw_house.py"
    spec = importlib.util.spec_from_file_location("draw_house", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    assert script.PICTURE.read_text(encoding="utf-8") == script.drawn_house(), "Run 'python docs/pictures/draw_house.py'."


@pytest.mark.parametrize("name", ["architecture.md", "CONTRIBUTING.md", "SECURITY.md", *DECISIONS])
def test_files_and_tables_that_a_page_names_are_there(name: str) -> None:
    """Whoever follows a page finds what it speaks of, also after somebody moved it."""
    words = re.findall(r"`([a-z_]+(?:/[a-z_]*)+(?:\.[a-z]+)*|[a-z_]+\.(?:py|ipynb))`", DOCS[name])
    homes = (ROOT, ROOT / "toolkit", ROOT / "tests")
    ours = [word for word in words if not word.startswith(ON_DISK)]

    assert [word for word in ours if not any((home / word).exists() for home in homes)] == []


def test_tables_on_the_walk_of_a_record_exist() -> None:
    """The page names tables that a person can open."""
    walk = DOCS["architecture.md"].partition("## The walk of a record")[2].partition("## The walk of a figure")[0]
    known = {*tables.RESULTS, *(schema.name for schema in tables.ENTITY_SCHEMAS.values())}

    assert sorted(set(re.findall(r"tables? `([a-z_]+)`", walk)) - known) == []


def test_every_decision_is_in_the_list() -> None:
    """Each page stands in the index once, and says the same four things."""
    index = DOCS["decisions/README.md"]

    assert sorted(re.findall(r"\]\((.+?)\.md\)", index)) == [Path(name).stem for name in DECISIONS]
    for name in DECISIONS:
        assert re.findall(r"^## (.+)$", DOCS[name], flags=re.MULTILINE) == [
            "Context", "Decision", "Why not the others", "What it costs",
        ]  # fmt: skip
        assert len(DOCS[name].splitlines()) <= 40


def test_the_changelog_has_the_version() -> None:
    """What is installed has its paragraph, and what comes next has a place."""
    versions = re.findall(r"^## (\S+)", DOCS["CHANGELOG.md"], flags=re.MULTILINE)

    assert versions[0] == "Unreleased"
    assert __version__ in versions
