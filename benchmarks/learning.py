"""The record of a session: five indicators in five forms, and a step of the session itself."""

import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

from streamlit.testing.v1 import AppTest

from benchmarks.timing import median, milliseconds, say
from cscdash.catalogue import load
from cscdash.ingest import build
from cscdash.learning.agenda import agendas
from cscdash.learning.pack import Exhibit, Pack, as_file, draw, everything
from cscdash.learning.pack.record_files import Form
from cscdash.learning.session import Session
from cscdash.views.learning.evidence import exhibits

ROOT = Path(__file__).resolve().parents[1]


def measure(published: Path) -> Iterator[tuple[str, str, str, str]]:
    """A five-indicator record of one authority, drawn and written, against 10 s."""
    with tempfile.TemporaryDirectory() as folder:
        build(published, Path(folder), load())
        os.environ["CSCDASH_DATA"] = folder
        agenda = agendas(load())[0]
        kept = Session(held=date(2026, 3, 9), areas=["204"], indicators=list(agenda.indicators))
        for id in kept.indicators:
            kept.on(id).notice = "What we saw, in a few sentences. " * 20
        drawn: list[dict[str, bytes]] = []
        seen: list[list[Exhibit]] = []
        found = milliseconds(lambda: seen.append(exhibits(kept)), 1)
        pictures = milliseconds(lambda: drawn.append(draw(seen[0], lambda one: [one.sentence])), 1)
        pack = Pack(kept, tuple(seen[0]), drawn[0], False, "")
        whole = milliseconds(lambda: everything(pack, "record"), 1)
        total = found[0] + pictures[0] + whole[0]
        size = len(everything(pack, "record")) / 1000
        yield "figures and sentences", say(found), "", f"{len(seen[0])} exhibits"
        yield "pictures, the first ever", say(pictures), "", f"{len(drawn[0])}, each once"
        yield "all five forms in one file", say(whole), "", f"{size:.0f} kB"
        yield "the record, altogether", f"{total:.0f} ms", "10,000 ms", ""
        for form in get_args(Form):
            yield f"{form} alone", say(milliseconds(lambda f=form: as_file(pack, f), 3)), "", ""
        yield _steps(kept)


def _steps(kept: Session) -> tuple[str, str, str, str]:
    """The script run for each screen of the session."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run()
    app.session_state["_learning session"] = kept
    app.switch_page("pages/session.py")
    taken = []
    for turn in range(2):
        for at in range(9):
            kept.at = at
            once = milliseconds(app.run, 1)
            assert not app.exception, app.exception
            taken += once if turn else []
    assert app.title[0].value == "Now what", app.title[0].value
    return "a step of the session", say(taken), "100 ms at the median", f"{median(taken):.0f} ms"
