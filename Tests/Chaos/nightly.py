"""Runs the long tests one after the other and tells in one table what each of them showed."""
from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What a script of deploy exits with that could not be made here.
SKIPPED = 77
# Nobody waits longer than this many times what a part usually takes, nor less than LEAST seconds.
PATIENCE, LEAST = 3, 300
# Swift Testing ends well, too, when its filter names no test or when all of them were skipped.
TESTS_RAN = re.compile(r"Test run with ([1-9]\d*) tests?.* passed")
TEST_SKIPPED = re.compile(r"^\S+\s+Suite .* skipped", re.MULTILINE)
FUZZED = re.compile(r"stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb):\s+(\d+)")


@dataclass(frozen=True)
class Part:
    """One long test: its command, or the filter of its Swift tests, in the size of a full night."""

    name: str
    size: int
    unit: str
    minutes: float
    """How long it usually takes on two processors in this size; fixed if it does not follow from the size."""
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    is_fixed: bool = False

    def scaled(self, scale: float) -> tuple[int, float]:
        """Its size and usual minutes under a scale."""
        return (self.size, self.minutes) if self.is_fixed else (max(1, round(self.size * scale)), self.minutes * scale)

    def filled(self, size: int) -> tuple[list[str], dict[str, str]]:
        """Command and environment for a size; {size} and {tenth} stand for it."""
        def fill(word: str) -> str:
            return word.format(size=size, tenth=max(1, size // 10))
        return [fill(word) for word in self.command], {key: fill(value) for key, value in self.environment.items()}


def swift(name: str, size: int, unit: str, minutes: float, variable: str, tests: str) -> Part:
    command = ("swift", "test", "--skip-build", "--filter", tests)
    return Part(name, size, unit, minutes, command, {variable: "{size}"})


def parts(older: Path | None) -> list[Part]:
    """Every part, the ones that find most in least time first."""
    chaos = [
        Part(f"chaos-{seed}", 10_000, "documents", 50, (
            "deploy/chaos", "--documents", "{size}", "--faults", "{tenth}", "--seed", str(seed), "--json"))
        for seed in (1, 2, 3)]
    wire = [
        Part(f"fuzz-{target}", 1_200, "seconds", 22, ("deploy/fuzz-wire", target, "{size}"))
        for target in ("protocol", "access", "extract")]
    sanitize = [
        Part(f"sanitize-{name}", 1, "run", 30, ("deploy/sanitize", name), is_fixed=True) for name in ("thread", "address")]
    mix = [] if older is None else [Part("mix", 1, "run", 20, ("deploy/mix", str(older)), is_fixed=True)]
    return [
        swift("strangers", 10_000, "attempts", 4, "GREFFIER_ATTEMPTS", "BrokerTests.AdmissionTests"),
        swift("power", 100, "cuts", 30, "GREFFIER_FAULTS", "ClusterTests/DiskFaults/"),
        swift("database", 500, "documents", 15, "GREFFIER_DATABASE_FAULTS", "ClusterTests/DatabaseFaults/"),
        swift("hosts", 2_000, "documents", 20, "GREFFIER_HOSTS", "ClusterTests/Hosts/"),
        swift("attacks", 1_000, "documents", 15, "GREFFIER_HOSTILE", "ClusterTests/Hostile/"),
        Part("hostile", 20, "seconds", 12, ("deploy/hostile", "--seconds", "{size}", "--json")),
        Part("year", 2_000, "documents", 30, ("deploy/year", "--documents", "{size}", "--days", "400")),
        Part("steps", 500, "calls of a kind", 60, ("deploy/steps", "--most", "{size}", "--json")),
        *sanitize, *chaos, Part("fuzz-reading", 1_200, "seconds", 25, ("deploy/fuzz", "{size}")), *wire, *mix]


@dataclass
class Row:
    """How a part ended."""

    part: str
    size: str
    result: str
    seconds: int
    figures: str


def figures(output: str) -> str:
    """What a part measured, in one line: from a JSON line, libFuzzer's account, Swift Testing's, or its own last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    with contextlib.suppress(json.JSONDecodeError, IndexError):
        if isinstance(last := json.loads(lines[-1]), dict):
            return told(last, [json.loads(line) for line in lines if line.startswith("{")])
    if fuzzed := dict(FUZZED.findall(output)):
        return (f"{fuzzed.get('number_of_executed_units', '?')} inputs, {fuzzed.get('average_exec_per_sec', '?')}/s, "
                f"{fuzzed.get('peak_rss_mb', '?')} MiB")
    ran = [line[line.index("Test run with"):] for line in lines if "Test run with" in line]
    return ran[-1] if ran else lines[-1][:160] if lines else ""


def told(last: dict[str, object], rows: list[dict[str, object]]) -> str:
    """The figures of a run of chaos, or the worst of several attacks."""
    recovery = last.get("recovery")
    if isinstance(recovery, dict) and "all" in recovery:
        recovered = recovery["all"]
        return f"{last['faults']} faults, recovery p50 {recovered['p50']:.2f} s, p99 {recovered['p99']:.2f} s, nothing lost or doubled"
    if isinstance(kills := last.get("kills"), dict):
        return f"{sum(kills.values())} kills at single steps, nothing lost or doubled"
    if "faults" in last:
        return f"{last['faults']} faults, nothing lost or doubled"
    ratios = [float(str(row["ratio"])) for row in rows if "ratio" in row]
    return f"{len(ratios)} attacks, honest pushers keep at least {min(ratios):.2f}" if ratios else json.dumps(last)[:160]


def verdict(part: Part, code: int | None, output: str) -> str:
    """How a part ended, by its exit code (none when it was ended for taking too long) and what it said."""
    if code is None:
        return "too long"
    if code == SKIPPED:
        return "skipped"
    if code != 0:
        return "FAILED"
    if part.command[0] != "swift":
        return "ok"
    # A filter that names no test, and a suite that cannot run here, are no success.
    return "skipped" if TEST_SKIPPED.search(output) else "ok" if TESTS_RAN.search(output) else "FAILED"


def run(part: Part, size: int, limit: float, log: Path) -> tuple[int | None, str]:
    """Exit code, or none when the limit (seconds) ended it, and what it wrote."""
    command, environment = part.filled(size)
    with open(log, "wb") as written:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=written, stderr=subprocess.STDOUT, start_new_session=True)
        code: int | None = None
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:
            pass
        finally:
            # Its children, too: a part that is over leaves nothing running for the next one.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return code, log.read_text("utf-8", "replace")


def table(rows: list[Row]) -> str:
    heads = Row("PART", "SIZE", "RESULT", 0, "FIGURES")
    return "\n".join(
        f"{row.part:18}{row.size:18}{row.result:10}{'SECONDS' if row is heads else row.seconds:>8}  {row.figures}"
        for row in [heads, *rows])


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="deploy/nightly", description=__doc__)
    parser.add_argument("--programs", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--minutes", type=float, help="leave out what would not end in this time")
    parser.add_argument("--part", action="append", metavar="NAME", help="only this part; may be given again")
    parser.add_argument("--scale", type=float, default=1, help="sizes times this")
    parser.add_argument("--older", type=Path, help="the folder of an older release's programs, to be mixed with these")
    parser.add_argument("--json", action="store_true", help="print the table as JSON")
    parser.add_argument("--list", action="store_true", help="name the parts and end")
    given = parser.parse_args(arguments)
    known = [part.name for part in parts(given.older)]
    unknown = [name for name in given.part or [] if name not in known]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; there are {', '.join(known)}" + ("" if given.older else "; mix needs --older"))
    if given.scale <= 0:
        parser.error("--scale must be more than 0")
    return given


def night(given: argparse.Namespace) -> list[Row]:
    end = None if given.minutes is None else time.monotonic() + given.minutes * 60
    logs = Path(tempfile.mkdtemp(prefix="greffier-nightly-"))
    print(f"what each part says lies in {logs}", file=sys.stderr)
    rows = []
    for part in parts(given.older):
        if given.part and part.name not in given.part:
            continue
        size, minutes = part.scaled(given.scale)
        named = f"{size} {part.unit}"
        limit = max(LEAST, PATIENCE * minutes * 60)
        if end is not None:
            if (left := end - time.monotonic()) < minutes * 60:
                rows.append(Row(part.name, named, "no time", 0, f"usually takes {minutes:.0f} min"))
                continue
            limit = min(limit, left)
        print(f"{part.name}: {named}, usually {minutes:.0f} min", file=sys.stderr, flush=True)
        began = time.monotonic()
        code, output = run(part, size, limit, logs / f"{part.name}.log")
        result = verdict(part, code, output)
        rows.append(Row(part.name, named, result, round(time.monotonic() - began), figures(output)))
        print(f"{part.name}: {result}", file=sys.stderr, flush=True)
    return rows


def main() -> int:
    given = options()
    if given.list:
        for part in parts(given.older):
            size, minutes = part.scaled(given.scale)
            print(f"{part.name:18}{size:8} {part.unit:12}{minutes:6.0f} min")
        return 0
    rows = night(given)
    print(json.dumps([asdict(row) for row in rows]) if given.json else table(rows))
    return 0 if any(row.result == "ok" for row in rows) and not any(row.result in ("FAILED", "too long") for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
