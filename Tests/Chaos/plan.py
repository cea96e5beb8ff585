"""The plan of a run: which fault comes at which step, from the seed alone."""
from __future__ import annotations

import random
from dataclasses import dataclass

PROGRAMS = ["broker", "ingest-0", "ingest-1", "validate", "notify"]
WORKERS = PROGRAMS[1:]
WEIGHTS = {
    "kill": 46, "term": 18, "pause": 6, "relay-cut": 10, "relay-stall": 4, "relay-half-open": 3, "mail-down": 4,
    "mail-refusing": 3, "mail-cutting": 4, "clock": 2,
}


@dataclass(frozen=True)
class Fault:
    """One fault: of a process, of the network, of the mail server or of the clock."""

    step: int
    kind: str
    """Such as "kill broker" or "relay-stall"."""
    seconds: float
    """How long it lasts, or how long the process stays away."""


def plan(seed: int, faults: int, pushers: int) -> list[Fault]:
    """The faults of a run in their order; the first ones try every kind once, as far as there is room."""
    draw = random.Random(f"{seed}/plan")
    kinds = list(WEIGHTS) + draw.choices(list(WEIGHTS), list(WEIGHTS.values()), k=max(0, faults - len(WEIGHTS)))
    made = []
    for step, kind in enumerate(draw.sample(kinds[:faults], k=min(faults, len(kinds)))):
        seconds = draw.uniform(0, 1)
        if kind == "kill":
            kind += " " + draw.choice([*PROGRAMS, "broker", f"pusher-{draw.randrange(pushers)}"])
        elif kind == "term":
            kind += " " + draw.choice(PROGRAMS)
        elif kind == "pause":
            # Longer than a lease of the run (4 s): what the worker says afterwards comes too late.
            kind, seconds = f"pause {draw.choice(WORKERS)}", 5 + seconds
        elif kind != "clock":
            seconds = 0.5 + 1.5 * seconds
        made.append(Fault(step, kind, seconds))
    return made
