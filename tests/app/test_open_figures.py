"""Figures for other tools: the same numbers by the lines that the page gives."""

import functools
import json
import re
import threading
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from cscdash.catalogue import catalogue
from cscdash.errors import CscdashError
from cscdash.extracts import Store
from cscdash.extracts.open_figures import write_open_figures
from cscdash.views.data.elsewhere import TOOLS, snippet
from cscdash.views.frame import open_figures
from tests.serving import ROOT

ID = "looked_after_rate"
TOLD = {"2026-11-27T09:00:00+00:00": ["A <b>new</b> period & more."]}


@pytest.fixture(scope="module")
def folder(built: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("static") / "data"
    write_open_figures(built, made, catalogue(), TOLD)
    return made


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def base(folder: Path) -> Iterator[str]:
    """The folder, served on this machine alone by Python's own server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def norfolk(store: Store) -> dict[str, Any]:
    frame = store.read(ID)
    frame = frame[(frame["area"] == "926") & (frame["breakdown"] == "total")]
    assert len(frame) > 5
    return dict(zip(frame["period"], frame["value"], strict=True))


def test_the_lines_for_pandas_give_the_extract(built: Store, base: str) -> None:
    known: dict[str, Any] = {}
    exec(snippet("pandas", base, ID), known)
    given = known["norfolk"]
    assert dict(zip(given["period"], given["value"], strict=True)) == norfolk(built)
    whole, extract = known["figures"], built.read(ID)
    assert whole["value"].isna().sum() == extract["value"].isna().sum() > 0
    assert (whole.loc[whole["value"].isna(), "status"] != "ok").all()
    assert list(whole["release"]) == list(extract["release"])


def test_the_lines_for_duckdb_give_the_extract(built: Store, folder: Path, base: str) -> None:
    """Its network extension may not be there to load, so it reads the same file from the disk."""
    lines = snippet("DuckDB", base, ID).split("\n", 1)[1]
    address = re.search(r"'(http[^']*)'", lines)
    assert address and address[1] == f"{base}/{ID}.parquet"
    assert urllib.request.urlopen(address[1]).read() == (folder / f"{ID}.parquet").read_bytes()
    rows = duckdb.sql(lines.replace(base, str(folder))).fetchall()
    assert {period: value for period, value, _ in rows} == norfolk(built)


def test_every_tool_is_given_an_address_that_answers(base: str) -> None:
    for tool in TOOLS:
        (address,) = re.findall(r"http://[^\"']+", snippet(tool, base, ID))
        assert urllib.request.urlopen(address).status == 200


def test_the_description_names_each_file_with_its_columns(built: Store, folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in package["resources"]] == built.indicators
    one = next(one for one in package["resources"] if one["name"] == ID)
    header = pd.read_csv(folder / one["path"], nrows=0).columns
    assert [field["name"] for field in one["schema"]["fields"]] == list(header)
    known = pd.read_csv(folder / "catalogue.csv").set_index("id")
    assert set(known.index) == set(built.indicators)
    assert known.loc[ID, "unit"] == "rate per 10,000"


def test_the_feed_tells_what_changed(folder: Path) -> None:
    feed = ET.parse(folder / "changes.atom").getroot()
    space = {"a": "http://www.w3.org/2005/Atom"}
    (entry,) = feed.findall("a:entry", space)
    assert entry.findtext("a:content", namespaces=space) == "A <b>new</b> period & more."
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"a:{name}", namespaces=space)
        assert entry.findtext(f"a:{name}", namespaces=space)


def test_a_second_build_takes_the_place_of_the_first(built: Store, folder: Path) -> None:
    (folder / "gone.csv").touch()
    write_open_figures(built, folder, catalogue(), TOLD)
    assert not (folder / "gone.csv").exists()
    assert [one.name for one in folder.parent.iterdir()] == ["data"]


def test_invented_figures_are_not_offered(tmp_path: Path) -> None:
    demonstration = Store.open(ROOT / "data" / "demonstration")
    with pytest.raises(CscdashError, match="Invented figures"):
        write_open_figures(demonstration, tmp_path / "data", catalogue(), {})
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("why", ["off", "sign-in"])
def test_files_are_withdrawn_where_they_may_not_be(
    why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(open_figures, "FOLDER", tmp_path / "data")
    monkeypatch.setenv("CSCDASH_OPEN_FIGURES", "1")
    open_figures.withdraw_unless_open()
    assert (tmp_path / "data").is_dir()
    if why == "off":
        monkeypatch.setenv("CSCDASH_OPEN_FIGURES", "perhaps")
    else:

        class Needed:
            needed = True

        monkeypatch.setattr(open_figures, "sign_in_settings", Needed)
    open_figures.withdraw_unless_open()
    assert not (tmp_path / "data").exists()
