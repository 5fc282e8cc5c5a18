"""Runs tests in a copy of the checkout, each time in a fork of this process, which has the outside packages loaded."""

import contextlib
import importlib
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypedDict

import coverage
import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[2]
_PARTS = ("toolkit", "tests", "docs", "notebooks", "reports", "sample_data", "benchmarks", "pyproject.toml", "README.md")
_LOADED = ("pandas", "pyarrow.compute", "pyarrow.parquet", "duckdb", "scipy.sparse", "rapidfuzz", "xlsxwriter")
# A stuck process uses no time of the processor. It is ended after far more seconds of the clock than a shared machine may
# need, and is then no proof that the tests notice the fault.
_WALL_PER_CPU = 20


class Measures(TypedDict):
    """Seconds of the processor by test, and the tests that run each line of each file, by their place among the seconds."""

    cpu_s: dict[str, float]
    by_file: dict[str, dict[str, list[int]]]


def copied_checkout(into: Path) -> Path:
    """Copy what tests need into ``into``; the reference data beside the project is linked, it is only read."""
    copy = into / "checkout"
    copy.mkdir(parents=True)
    for part in _PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / part, copy / part)
    if (shared := ROOT.parent / "shared").is_dir():
        (into / "shared").symlink_to(shared.resolve())
    return copy


def load_packages() -> None:
    """Import the outside packages once, so that no fork has to."""
    for name in _LOADED:
        importlib.import_module(name)
    if mine := [name for name in sys.modules if name.partition(".")[0] == "toolkit"]:
        raise RuntimeError(f"The package must be loaded by forks only, from the copy: {mine[:3]}")


class _Chosen:
    """Keeps the chosen tests, in their order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self._order = {test: place for place, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((one for one in items if one.nodeid in self._order), key=lambda one: self._order[one.nodeid])


class _Measured:
    """Notes the seconds of the processor that each test takes, and which test runs which line."""

    def __init__(self, tracer: coverage.Coverage) -> None:
        self._tracer = tracer
        self.cpu_s: dict[str, float] = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._tracer.switch_context(item.nodeid)
        began = time.process_time()
        yield
        self.cpu_s[item.nodeid] = time.process_time() - began
        self._tracer.switch_context("")


def first_failure(copy: Path, tests: Sequence[str], *, max_cpu_s: int) -> str:
    """Run the tests in their order until one fails; return ``passed``, ``failed``, ``timed out`` or ``stood still``.

    Only seconds of the processor time a run out; one that the clock ends stood still, as it may where a machine is too busy.
    """
    files = sorted({one.partition("::")[0] for one in tests})
    code, is_overdue = _forked(copy, [*files, "-x", "-p", "no:cacheprovider"], order=tests, max_cpu_s=max_cpu_s)
    if code is None:
        return "stood still" if is_overdue else "timed out"
    return "passed" if code == pytest.ExitCode.OK else "failed"


def measured_tests(copy: Path, paths: Sequence[str], sources: Sequence[str]) -> Measures:
    """Run all tests of ``paths`` once; return their seconds, and which of them run each line of the files of ``sources``."""
    answer, log = copy.parent / "measured.json", copy.parent / "measured.log"
    code, _ = _forked(copy, [*paths, "-p", "no:cacheprovider"], tracing=(sources, answer), log=log)
    if code != pytest.ExitCode.OK:
        print(log.read_text(encoding="utf-8")[-5_000:])
        raise SystemExit(f"The tests of {', '.join(paths)} must pass before any fault is put in; see above.")
    measures: Measures = json.loads(answer.read_text(encoding="utf-8"))
    return measures


def _forked(
    copy: Path,
    arguments: Sequence[str],
    *,
    order: Sequence[str] = (),
    max_cpu_s: int | None = None,
    tracing: tuple[Sequence[str], Path] | None = None,
    log: Path = Path(os.devnull),
) -> tuple[int | None, bool]:
    """Run pytest in a fork; return its exit code, None where it was stopped, and whether the clock did that."""
    scratch = copy.parent / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.setsid()
            shown = os.open(log, os.O_WRONLY | os.O_CREAT)
            os.dup2(shown, 1)
            os.dup2(shown, 2)
            _settle(copy, scratch)
            # Only the measuring run, whose sources are whole, may leave compiled modules behind.
            sys.dont_write_bytecode = tracing is None
            if max_cpu_s is not None:
                resource.setrlimit(resource.RLIMIT_CPU, (max_cpu_s, max_cpu_s))
            every = [*arguments, "-q", "--no-header", "--tb=short", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
            code = _traced(copy, every, *tracing) if tracing else int(pytest.main(every, plugins=[_Chosen(order)]))
        except BaseException:  # noqa: BLE001 - whatever happens, the fork must not go on as its parent
            traceback.print_exc()
        finally:
            os._exit(code)
    is_overdue = threading.Event()

    def end() -> None:
        is_overdue.set()
        os.killpg(child, signal.SIGKILL)

    overdue = threading.Timer((max_cpu_s or 600) * _WALL_PER_CPU, end)
    overdue.start()
    _, status = os.waitpid(child, 0)
    overdue.cancel()
    with contextlib.suppress(ProcessLookupError):
        # What a test started and a stopped run left behind.
        os.killpg(child, signal.SIGKILL)
    code = None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)
    return code, is_overdue.is_set()


def _settle(copy: Path, scratch: Path) -> None:
    """Make this process one that was started in the copy, with an empty memory of earlier examples."""
    os.chdir(copy)
    sys.path[:] = [str(copy), *(one for one in sys.path if one and Path(one).resolve() != ROOT)]
    for name in [one for one in sys.modules if one.partition(".")[0] == "benchmarks"]:
        del sys.modules[name]
    os.environ |= {"PYTHONPATH": str(copy), "HYPOTHESIS_STORAGE_DIRECTORY": str(scratch), "TMPDIR": str(scratch)}
    tempfile.tempdir = str(scratch)
    # A failure is enough: no smaller example is looked for.
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    # A slow machine is no fault either: no example has a limit of time.
    hypothesis.settings.register_profile("mutants", derandomize=True, database=None, phases=phases, deadline=None)
    hypothesis.settings.load_profile("mutants")


def _traced(copy: Path, arguments: Sequence[str], sources: Sequence[str], answer: Path) -> int:
    tracer = coverage.Coverage(data_file=None, config_file=False, source=[str(copy / one) for one in sources])
    measured = _Measured(tracer)
    tracer.start()
    code = int(pytest.main([*arguments], plugins=[measured]))
    tracer.stop()
    loaded = Path(str(sys.modules["toolkit"].__file__))
    if copy not in loaded.parents:
        raise RuntimeError(f"The tests loaded {loaded}, not the copy.")
    data = tracer.get_data()
    number = {test: place for place, test in enumerate(measured.cpu_s)}
    by_file = {
        str(Path(file).relative_to(copy)): {
            line: [number[test] for test in tests if test in number] for line, tests in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    answer.write_text(json.dumps({"cpu_s": measured.cpu_s, "by_file": by_file}), encoding="utf-8")
    return code
