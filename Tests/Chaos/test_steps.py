"""A program started by the tracer must die at exactly the call that was asked for, and at none beyond its last."""
from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import steps

WRITES = "import os, sys\nfor i in range(5): os.write(int(sys.argv[1]), b'x')"

pytestmark = pytest.mark.skipif(steps.obstacle() is not None, reason=str(steps.obstacle()))


@pytest.mark.parametrize("number, code, written", [(1, -signal.SIGKILL, 0), (4, -signal.SIGKILL, 3), (6, 0, 5)])
def test_kill_at_a_call(tmp_path: Path, number: int, code: int, written: int) -> None:
    with open(tmp_path / "out", "wb") as out:
        command = [*steps.tracer("write", number), sys.executable, "-c", WRITES, str(out.fileno())]
        process = subprocess.Popen(command, pass_fds=[out.fileno()])
        assert process.wait(60) == code
    assert (tmp_path / "out").stat().st_size == written
