"""Every figure of a client, with answers and without any, leads to its ground, and its rows make it."""

import shutil
from collections.abc import Iterator

import pytest

from tests.stories.explained_figures import counted_again, every_explanation, gaps
from toolkit.audit.audited_folder import Audit
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.explain import Explanation
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.bundled import bundled

# In one worker: every figure of one audit is explained once for all of them.
pytestmark = pytest.mark.xdist_group("explained")


@pytest.fixture(scope="module")
def answered(harbor_pine: Audit) -> list[Explanation]:
    """Return the explanation of every figure of the sample client."""
    return list(every_explanation(harbor_pine.engagement))


@pytest.fixture(scope="module")
def unanswered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Explanation]]:
    """Return that of every figure of the same files, of which nobody has said anything."""
    folder = tmp_path_factory.mktemp("without-answers") / "client"
    shutil.copytree(bundled("sample_data") / "harbor-pine" / "exports", folder / "exports")
    pull_snapshots(open_engagement(folder))
    engagement: Engagement = open_engagement(folder)
    run_stages(engagement)
    yield list(every_explanation(engagement))
    engagement.close()


@pytest.mark.parametrize("client", ["answered", pytest.param("unanswered", marks=pytest.mark.heavy)])
def test_every_figure_leads_to_its_ground(client: str, request: pytest.FixtureRequest) -> None:
    """Arithmetic, every input with who said it or how it was counted, and rows with names: of 100 figures in 100."""
    found: list[Explanation] = request.getfixturevalue(client)

    assert len(found) > 500
    assert {str(one.figure["figure_id"]): lacking for one in found if (lacking := gaps(one))} == {}


@pytest.mark.parametrize("client", ["answered", pytest.param("unanswered", marks=pytest.mark.heavy)])
def test_the_rows_of_a_figure_make_it(client: str, request: pytest.FixtureRequest) -> None:
    """Whoever counts the rows that a figure leads to comes to the figure."""
    found: list[Explanation] = request.getfixturevalue(client)
    counted = {str(one.figure["figure_id"]): (one.figure["value"], counted_again(one)) for one in found}
    known = {name: pair for name, pair in counted.items() if None not in pair}

    assert len(known) > 400
    assert {name: pair for name, pair in known.items() if pair[0] != pytest.approx(pair[1])} == {}
