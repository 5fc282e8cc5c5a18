"""On a server without JupyterLab and without what makes documents: what can be done is done, the rest says what it needs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

# What only the extras bring; the finder stands before all others, as if none of it were installed.
PROGRAM = """
import json, sys
EXTRAS = {"jupyterlab", "ipywidgets", "papermill", "ipykernel", "nbformat", "traitlets", "IPython",
          "jupyter_client", "jupyter_core", "nbclient", "defusedxml"}

class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in EXTRAS:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None

sys.meta_path.insert(0, NotInstalled())
from tests.command_line import call
found = {}
for words in json.loads(sys.argv[1]):
    answer = call(*words)
    found[" ".join(words[:2])] = [answer.code, answer.out + answer.err]
print(json.dumps(found))
"""
CUSTOMERS = "Company ID,Company,Phone\n1,Acme Ltd,312 555 0101\n2,Acme Limited,312 555 0101\n3,Bolt Inc,312 555 0102\n"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """Return code and words of every command, all called in one program without the extras."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "customers.csv").write_text(CUSTOMERS, "utf-8")
    (folder / "client").mkdir()
    (folder / "client" / "customers.csv").write_text(CUSTOMERS, "utf-8")
    calls = [
        ["dedupe", "customers.csv", "--out", "duplicates"], ["look", "customers.csv"], ["pull", "client"],
        ["match", "client"], ["estimate", "client"], ["status", "client"], ["landscape", "export", "client"],
        ["new", "other"], ["lab", "client"], ["audit", "client"], ["demo", "sample"], ["report", "client", "--no-pdf"],
    ]  # fmt: skip
    root = str(Path(__file__).resolve().parents[3])
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {root!r}){PROGRAM}", json.dumps(calls)],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        timeout=180,
    )
    found: dict[str, tuple[int, str]] = {name: tuple(one) for name, one in json.loads(done.stdout.splitlines()[-1]).items()}
    assert (folder / "duplicates" / "duplicates.html").is_file()
    assert not (folder / "sample").exists()
    return found


def test_what_needs_no_document_is_done(answers: dict[str, tuple[int, str]]) -> None:
    """Duplicates, snapshots, matching and prices need neither extra."""
    documents = {"audit client", "demo sample", "report client", "lab client"}

    assert {name: said for name, (code, said) in answers.items() if name not in documents and code != 0} == {}
    assert [said for _, said in answers.values() if "This is a bug" in said] == []


@pytest.mark.parametrize("command", ["audit client", "demo sample", "report client"])
def test_what_makes_documents_says_which_extra_it_needs(answers: dict[str, tuple[int, str]], command: str) -> None:
    """At once, before any work, with the words to type."""
    code, said = answers[command]

    assert code == 3
    assert said.startswith("Documents need the extra 'report', and papermill, ipykernel, nbformat, traitlets of it")
    assert "python -m pip install 'integration-audit[report]'" in said


def test_jupyterlab_says_which_extra_it_needs(answers: dict[str, tuple[int, str]]) -> None:
    """At once, with the words to type."""
    code, said = answers["lab client"]

    assert code == 3
    assert said.startswith("JupyterLab needs the extra 'lab', and jupyterlab, ipykernel, ipywidgets")
    assert "python -m pip install 'integration-audit[lab]'" in said
