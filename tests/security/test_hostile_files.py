"""A file that would fill the memory costs one message: not the server, and not its memory."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cscdash.errors import CscdashError
from cscdash.reading import VISITOR, read_sheets
from tests.security.hostile_files import FILES, PARQUET, WORKBOOKS
from tests.trials.sampling import COUNT, cases

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT.parent / "shared" / "cases" / "files"
READ_ANYWAY = {  # odd, and no harm: a table of few cells, or nothing at all
    "xlsx: a minus", "xlsx: nothing as reference", "xlsx: many shared texts",
    "csv: empty lines", "xlsx: no column", "xlsx: no row",
}  # fmt: skip

# Reads each file as an upload is read, in one process as the server is, and says what it took.
SERVER = """
import json, resource, sys
from pathlib import Path
from cscdash.errors import CscdashError
from cscdash.local.uploaded_tables import read_tables
import cscdash.local.kept_figures, pandas, streamlit
def most(who): return resource.getrusage(who).ru_maxrss * 1024
first = most(resource.RUSAGE_SELF)
for path in sys.argv[1:]:
    file = Path(path)
    content = file.read_bytes()
    try:
        said = f"{sum(len(rows) for _, rows in read_tables(content, file.name))} rows"
    except CscdashError as error:
        said = f"refused: {error}"
    del content
    print(json.dumps([path, said, most(resource.RUSAGE_SELF) - first,
                      most(resource.RUSAGE_CHILDREN)]), flush=True)
"""


def written(names: list[str], folder: Path) -> list[str]:
    paths = []
    for at, name in enumerate(names):
        file, make = FILES[name]
        path = folder / str(at) / file
        path.parent.mkdir()
        path.write_bytes(make())
        paths.append(str(path))
    return paths


def served(paths: list[str]) -> list[tuple[str, int, int]]:
    """What a server says to each file, and by how much its memory and its child's had grown."""
    done = subprocess.run(
        [sys.executable, "-c", SERVER, *paths],
        capture_output=True, text=True, timeout=900, cwd=ROOT, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(paths)
    return [(said, own, child) for _, said, own, child in found]


def clear(said: str, name: str) -> None:
    if name not in READ_ANYWAY:
        assert said.startswith("refused: "), (name, said)
    if said.startswith("refused: "):
        assert 20 < len(said) < 400 and said.endswith("."), (name, said)
        assert "Traceback" not in said and "Error" not in said, (name, said)


def test_there_are_forty_variants_and_more() -> None:
    assert len(WORKBOOKS) >= 42 and len(PARQUET) >= 5


def test_the_server_lives_and_its_memory_does_not_grow(tmp_path: Path) -> None:
    names = list(FILES)
    if COUNT not in os.environ:  # the suite tries every sixth
        names = names[::6]
    for name, (said, own, child) in zip(names, served(written(names, tmp_path)), strict=True):
        print(f"{name}: {said} (server {own / 1e6:+.0f} MB, child at most {child / 1e6:.0f} MB)")
        clear(said, name)
        assert own < 200e6, (name, own)
        assert child < 350e6, (name, child)


def test_the_files_that_ended_the_server(tmp_path: Path) -> None:
    if not CASES.is_dir():
        pytest.skip("the cases are not here: ../shared/cases/files")
    paths = [str(CASES / f"{name}.xlsx") for name in ("far_cell_single_quotes", "row_without_refs")]
    for said, own, _ in served(paths):
        assert said.startswith("refused: ") and "far from the others" in said
        assert own < 200e6


@pytest.mark.parametrize("seed", cases(4))
def test_where_the_system_limits_nothing_sizes_are_computed_first(seed: int) -> None:
    """As on Windows: the same files, with no limit on the memory of the child."""
    name = list(FILES)[seed % len(FILES)]
    file, make = FILES[name]
    try:
        said = f"{len(read_sheets(make(), file, replace(VISITOR, memory=0)))} sheets"
    except CscdashError as error:
        said = f"refused: {error}"
    clear(said, name)
