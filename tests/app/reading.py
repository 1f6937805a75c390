"""Reading what a page says: its charts, its tables and every word of it."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ElementTree

from cscdash.views.frame.navigation import declared_pages

ROOT = Path(__file__).resolve().parents[2]
PAGES = {page.address: page.file for page in declared_pages()}
# chapters are one page with other words: two of them stand for all where pages are dear
KINDS = [page for page in PAGES if not page.startswith(("outcome", "enabler"))]
KINDS += ["outcome_4", "enabler_2"]
NUMBERS = "The numbers as a table"

# of the messages that Streamlit sends: what no reader sees
_UNSEEN = {"id", "spec", "icon", "form_id", "key", "url", "mime", "element_id", "page_script_hash"}
_UNSEEN |= {"deferred_file_id", "type", "raw_value", "raw_values"}
_UNSEEN |= {"query_string", "html_id", "anchor", "css_class", "file_urls", "page", "media_id"}


def follow_link(at: AppTest) -> None:
    """Send no controls with the next run, as a browser does that follows a link."""
    at._tree = ElementTree()
    at._tree._runner = at


class Visit:
    """One visitor: a session that goes from page to page, as links and the address say."""

    def __init__(self) -> None:
        self.at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        self._started = False

    def __call__(self, page: str = "home", **query: str) -> "Page":
        """Follow a link to a page; the address holds nothing but the query."""
        at = self.at
        at.query_params.clear()
        for name, value in query.items():
            at.query_params[name] = value
        follow_link(at)
        if not self._started and page != "home":
            at.run()
            self._started = True
            return self(page, **query)
        if self._started:
            at.switch_page(PAGES[page])
        at.run()
        self._started = True
        return Page(at)


@dataclass
class Chart:
    """A chart as it is sent: its template, its rows, its alternative text and its table."""

    key: str
    spec: dict[str, Any]
    rows: pd.DataFrame
    alt: str
    bytes: int
    table: pd.DataFrame | None

    def marks(self, *names: str) -> pd.DataFrame:
        return self.rows[self.rows["mark"].isin(names)]


class Page:
    """What a page shows after a run."""

    def __init__(self, at: AppTest) -> None:
        self.at = at

    @property
    def exceptions(self) -> list[str]:
        return [error.value for error in self.at.exception]

    @property
    def address(self) -> dict[str, str]:
        return {
            name: value if isinstance(value, str) else value[0]
            for name, value in self.at.query_params.items()
        }

    @property
    def notices(self) -> list[str]:
        return [info.value for info in self.at.info if "in this address" in info.value]

    @property
    def errors(self) -> list[str]:
        return [error.value for error in self.at.error]

    @cached_property
    def charts(self) -> list[Chart]:
        found: list[Chart] = []
        for node in self.at.main:
            kind = getattr(node, "type", "")
            if kind == "vega_lite_chart":
                proto = node.proto
                sent = proto.data.data or (proto.datasets[0].data.data if proto.datasets else b"")
                with pa.ipc.open_stream(io.BytesIO(sent)) as stream:
                    rows = stream.read_all().to_pandas()
                key = str(getattr(node, "key", "") or proto.id.rsplit("-", 1)[-1])
                found.append(
                    Chart(key, json.loads(proto.spec), rows, proto.alt, proto.ByteSize(), None)
                )
            elif str(getattr(node, "label", "")).startswith(NUMBERS) and found and node.table:
                found[-1].table = node.table[0].value  # none if it is closed
        return found

    def chart(self, key: str) -> Chart | None:
        return next((chart for chart in self.charts if chart.key == f"chart {key}"), None)

    def texts(self) -> Iterator[str]:
        """Every text of the page: words, labels, help, tables, and what charts write."""
        for tree in (self.at.main, self.at.sidebar):
            for node in tree:
                if getattr(node, "type", "") in ("html", "bidi_component"):  # styles and scripts
                    continue
                if getattr(node, "type", "") in ("table", "arrow_data_frame", "dataframe"):
                    yield from _words_of(node.value)
                elif getattr(node, "proto", None) is not None:
                    yield from _strings(node.proto)
        for chart in self.charts:
            yield from _words_of(chart.rows)
            title = chart.spec.get("title")
            yield str(title.get("text") if isinstance(title, dict) else title or "")


def _words_of(frame: pd.DataFrame) -> Iterator[str]:
    yield from map(str, frame.columns)
    for name in frame:
        column = frame[name]
        if not pd.api.types.is_numeric_dtype(column):
            yield from (str(cell) for cell in column.dropna().unique())


def _strings(message: Any) -> Iterator[str]:
    """Every string of a message, at any depth, that a reader may see."""
    for field, value in message.ListFields():
        if field.name in _UNSEEN:
            continue
        values = value if field.is_repeated else [value]
        if field.type == field.TYPE_STRING:
            yield from values
        elif field.type == field.TYPE_MESSAGE and not (field.message_type.GetOptions().map_entry):
            for one in values:
                yield from _strings(one)
