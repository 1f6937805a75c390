"""The framework reader: a search alone, and the script run after a search or a filter."""

from collections.abc import Callable, Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks.timing import median, milliseconds, say
from cscdash.framework.filters import Asked, chosen, entries

ROOT = Path(__file__).resolve().parents[1]
BUDGET = "150 ms"
QUESTIONS = (
    "kinship carers mony",
    "no recourse",
    "who listens to babies",
    "carer leavers housing",
    "supervison",
    "advocasy",
    "police and schools sharing information about children who are harmed outside the home",
    "xqzzv",
)


def measure(published: Path) -> Iterator[tuple[str, str, str, str]]:
    """Searches and filters, each against 150 ms; the store does not matter to them."""
    chosen(Asked(q="first"))
    entries("first")
    taken = [ms for q in QUESTIONS for ms in milliseconds(_search(q), 10)]
    yield "search the expectations", say(taken), BUDGET, f"{len(QUESTIONS)} questions, 10 times"
    taken = [ms for q in QUESTIONS for ms in milliseconds(_look_up(q), 10)]
    yield "search the register", say(taken), BUDGET, ""
    yield _script("reader", "framework", "q", QUESTIONS)
    yield _script("reader", "framework", "me", ("lead", "manager", "practitioner", "partner"))
    yield _script("reader", "framework", "topic", ("voice", "school", "homes", "money"))
    yield _script("register", "register", "q", QUESTIONS)


def _search(q: str) -> Callable[[], object]:
    return lambda: chosen(Asked(q=q))


def _look_up(q: str) -> Callable[[], object]:
    return lambda: entries(q)


def _script(
    page: str, name: str, parameter: str, values: tuple[str, ...]
) -> tuple[str, str, str, str]:
    """The run of the whole page (a reader's search runs only a part of it)."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run()
    app.switch_page(f"pages/{page}.py")
    taken = []
    for turn in range(3):
        for value in values:
            app.query_params[parameter] = value
            once = milliseconds(app.run, 1)
            assert not app.exception, app.exception
            taken += once if turn else []
    return f"{name}?{parameter}=…", say(taken), BUDGET, f"median {median(taken):.0f} ms"
