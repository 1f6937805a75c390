"""The weekly workflow, tried with a stand-in for Python: what each exit code leads to."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

WORKFLOW = Path(__file__).resolve().parents[2] / ".github" / "workflows" / "update.yml"
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are for bash")


def script(name: str) -> str:
    """What a step runs."""
    step = WORKFLOW.read_text().split(f"- name: {name}", 1)[1]
    block = re.search(r"run: \|\n((?: {10}.*\n|\n)+)", step)
    assert block, name
    return "\n".join(line[10:] for line in block.group(1).splitlines())


@pytest.mark.parametrize(
    ("code", "ends", "warned"), [(0, 0, False), (1, 0, True), (2, 2, False), (3, 3, False)]
)
def test_exit_codes(tmp_path: Path, code: int, ends: int, warned: bool) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\necho \"$@\" >> '{tmp_path}/asked'\nexit {code}\n")
    python.chmod(0o755)
    done = subprocess.run(
        ["bash", "-e", "-c", script("Update")],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ends
    assert ("::warning::" in done.stdout) == warned
    assert (tmp_path / "asked").read_text() == "-m cscdash update --since 2018\n"


def test_time_is_left_for_what_an_update_may_take() -> None:
    from cscdash.publishers.retries import Patience

    minutes = int(re.findall(r"timeout-minutes: (\d+)", WORKFLOW.read_text())[0])
    longest = Patience().asking + Patience().fetching + 2 * 60 + 300  # anew, a copy, the build
    assert longest <= minutes * 60
