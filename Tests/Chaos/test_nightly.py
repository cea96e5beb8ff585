"""A night must not call a part well that failed, hung, or tested nothing."""
from __future__ import annotations

import json
import sys
from pathlib import Path

import nightly
import pytest

SWIFT = nightly.swift("strangers", 10, "attempts", 1, "GREFFIER_ATTEMPTS", "AdmissionTests")
SCRIPT = nightly.Part("script", 10, "documents", 1, ("deploy/chaos",))


@pytest.mark.parametrize("part, code, output, expected", [
    (SCRIPT, 0, "nothing lost", "ok"),
    (SCRIPT, 1, "lost", "FAILED"),
    (SCRIPT, None, "", "too long"),
    (SCRIPT, nightly.SKIPPED, "not root", "skipped"),
    (SWIFT, 0, "✔ Test run with 3 tests in 1 suite passed after 0.2 seconds.", "ok"),
    (SWIFT, 0, "✔ Test run with 0 tests in 0 suites passed after 0.001 seconds.", "FAILED"),
    (SWIFT, 0, "", "FAILED"),
    (SWIFT, 0, "➜ Suite Hosts skipped: \"no root\"\n✔ Test run with 2 tests in 2 suites passed after 1 seconds.", "skipped"),
    (SWIFT, 1, "✘ Test run with 3 tests in 1 suite failed after 1 seconds with 1 issue.", "FAILED"),
])
def test_verdicts(part: nightly.Part, code: int | None, output: str, expected: str) -> None:
    assert nightly.verdict(part, code, output) == expected


@pytest.mark.parametrize("output, expected", [
    ("stat::number_of_executed_units: 900\nstat::average_exec_per_sec:     30\nstat::peak_rss_mb: 81\n", "900 inputs, 30/s, 81 MiB"),
    ('{"attack": "a", "ratio": 0.9}\n{"attack": "b", "ratio": 0.6}\n', "2 attacks, honest pushers keep at least 0.60"),
    (json.dumps({"faults": 20, "recovery": {"all": {"p50": 0.5, "p99": 2}}}),
     "20 faults, recovery p50 0.50 s, p99 2.00 s, nothing lost or doubled"),
    ('{"kills": {"broker write": 3, "notify sendto": 4}}', "7 kills at single steps, nothing lost or doubled"),
    ("first\n  every reminder left, on its day, once\n\n", "every reminder left, on its day, once"),
    ("", ""),
])
def test_figures(output: str, expected: str) -> None:
    assert nightly.figures(output) == expected


def test_size_fills_command_and_environment() -> None:
    part = nightly.Part("one", 1_000, "documents", 10, ("a", "{size}", "{tenth}"), {"B": "{size}"})
    size, minutes = part.scaled(0.05)
    assert (size, minutes) == (50, 0.5)
    assert part.filled(size) == (["a", "50", "5"], {"B": "50"})


def test_limit_ends_a_part(tmp_path: Path) -> None:
    part = nightly.Part("hangs", 1, "run", 1, (sys.executable, "-c", "import time; print('begun', flush=True); time.sleep(600)"))
    assert nightly.run(part, 1, 2, tmp_path / "log") == (None, "begun\n")


def test_unknown_parts_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        nightly.options(["--programs", ".", "--part", "chaoss"])
    assert "there is no part chaoss" in capsys.readouterr().err


def test_commands_are_there() -> None:
    scripts = [part.command[0] for part in nightly.parts(Path("older")) if part.command[0] != "swift"]
    assert all((nightly.ROOT / script).exists() for script in scripts)
