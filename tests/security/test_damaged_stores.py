"""A damaged store is a message where its figures would be, on every page; never an exception."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from streamlit.components.v2 import manifest_scanner
from typer.testing import CliRunner

from cscdash.analysis.worth_a_conversation import SCHEMA, TABLE
from cscdash.commands.command_line import app
from cscdash.errors import CscdashError
from cscdash.extracts import DEMONSTRATION, Store
from cscdash.extracts.store import checksum
from cscdash.views.indicator.registry import VIEWS
from tests.app.reading import PAGES, Visit
from tests.security.damaged_stores import EXTRACT, KINDS, OF_ALL, OF_ONE
from tests.trials.sampling import cases

VISITS: list[tuple[str, dict[str, str]]] = [
    *((HOME, {"indicator": EXTRACT, "view": view}) for HOME in ("outcome_1",) for view in VIEWS),
    *((page, {}) for page in PAGES),
]


@pytest.fixture(scope="session", autouse=True)
def _components_are_looked_for_once() -> Iterator[None]:
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demonstration store, as if its values were published, and open to all pages."""
    folder = tmp_path / "store"
    shutil.copytree(DEMONSTRATION, folder)
    build = Store.open(folder).path
    tests = build / f"{TABLE}.parquet"
    pq.write_table(SCHEMA.empty_table(), tests)
    beside = [{"name": TABLE, "path": tests.name, "hash": checksum(tests)}]
    package = build / "datapackage.json"
    said = json.loads(package.read_text())
    package.write_text(json.dumps({**said, "demonstration": False, "beside": beside}))
    monkeypatch.setenv("CSCDASH_DATA", str(folder))
    monkeypatch.setattr("cscdash.views.parts.on_request.OPEN_AT_FIRST", True)
    return folder


def test_there_are_more_than_thirty_kinds() -> None:
    assert len(KINDS) >= 31


@pytest.mark.parametrize("seed", [*cases(10), 188, 368])  # 188, 368: extracts without a row
def test_a_visit(seed: int, damaged: Path) -> None:
    kind = list(KINDS)[seed % len(KINDS)]
    page, query = VISITS[(seed // len(KINDS) + seed) % len(VISITS)]
    KINDS[kind](Store.open(damaged).path)
    shown = Visit()(page, area="383", **query)
    assert shown.exceptions == [], (kind, page, query)
    for error in shown.errors:
        assert error.strip().endswith(".") and len(error) < 600, error
        assert "Traceback" not in error and "Error(" not in error, error
    if kind in OF_ALL:
        assert len(shown.errors) == 1, (kind, page, shown.errors)
    if kind in OF_ONE and page == "outcome_1":
        assert shown.charts, f"{kind}: the rest of {page} is gone"


@pytest.mark.parametrize("kind", KINDS)
def test_check_says_what_is_wrong(kind: str, damaged: Path) -> None:
    KINDS[kind](Store.open(damaged).path)
    done = CliRunner().invoke(app, ["check", str(damaged)])
    assert isinstance(done.exception, SystemExit | CscdashError), done.exception  # as `main` says
    assert "Traceback" not in done.output and (done.output + str(done.exception)).strip()
