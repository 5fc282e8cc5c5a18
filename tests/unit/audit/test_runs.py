"""A run is kept under what it was computed from, whoever changes the settings meanwhile."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.settings import change_settings
from toolkit.store.store import Store

MINI = Path(__file__).resolve().parents[2] / "golden" / "mini" / "client"


class Overtaken(Store):
    """A store at which somebody else writes right before the right to write is given."""

    before: Callable[[], None]

    @contextmanager
    def writing(self, purpose: str) -> Iterator[None]:
        self.before()
        with super().writing(purpose):
            yield


def test_a_screen_that_saves_while_a_cell_begins_to_compute_changes_no_older_result(tmp_path: Path) -> None:
    """What is computed is what the settings say then; put back, they are computed with as they were."""
    opened = open_engagement(shutil.copytree(MINI, tmp_path / "client"))
    pull_snapshots(opened)
    store = Overtaken(opened.folder)
    here: Engagement = replace(opened, store=store)

    def owned_by(owner: str) -> Callable[[], None]:
        def change() -> None:
            change_settings(here.folder / "engagement.yaml", {("systems", "crm", "owner"): owner})
            here.reread()

        return change

    store.before = owned_by("Ann")
    during = run_stages(here, "quality")
    store.before = lambda: None
    named = (during.facts["systems"]["crm"]["owner"], during.facts["inputs_hash"] == here.inputs_hash())
    owned_by("Sam")()
    after = run_stages(here, "quality")

    assert named == ("Ann", True)
    assert after.facts["systems"]["crm"]["owner"] == "Sam"
