"""The server goes away and comes back while pages are open: no choice of the reader is lost.

The server is killed and started again, and then a control is used, first thing. What was chosen
has to be in force: in the control, and, where it belongs there, in the address.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.app.reading import KINDS
from tests.browser.looking import PATIENCE, Sight
from tests.serving import Server, running

MAIN = '[data-testid="stMain"]'
WORDS = '[data-testid="stTextInput"] input, [data-testid="stTextArea"] textarea'


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    with running(Server(data)) as found:
        yield found


def restart(server: Server, *sights: Sight) -> None:
    """Kill the server, start it again, and wait until the pages say that they are connected."""
    server.kill()
    for sight in sights:
        sight.page.wait_for_function(
            "() => document.querySelector('.st-key-still_here input')?.disabled", timeout=PATIENCE
        )
    server.start()
    for sight in sights:
        sight.page.wait_for_function(
            "() => document.querySelector('.st-key-still_here input')?.disabled === false",
            timeout=PATIENCE,
        )


@pytest.mark.parametrize("names", [KINDS[at::3] for at in range(3)])
def test_the_first_choice_of_an_area_counts(
    names: list[str], server: Server, sights: Callable[..., Sight]
) -> None:
    """On each page, all of them open in windows of their own when the server goes away."""
    addresses = {name: "" if name == "home" else name for name in names}
    windows = {name: sights(server.base).open(f"{at}?area=204") for name, at in addresses.items()}
    restart(server, *windows.values())
    for name, sight in windows.items():
        sight.choose_area("Rutland")
        sight.until(addresses[name], "Rutland")
        assert (sight.area, sight.query["area"]) == ("Rutland", "857"), name
        away = ("WebSocket", "ERR_", "reaching server endpoint")  # said while there is no server
        assert all(any(one in error for one in away) for error in sight.errors), name
        sight.page.close()


@dataclass(frozen=True)
class Act:
    """One use of a control: press it, pick an option in it, type into it, or press a key."""

    page: str
    how: str
    key: str
    what: str

    def do(self, sight: Sight) -> None:
        held = sight.page.locator(f".st-key-{self.key}")
        if self.how == "pick":
            held.get_by_role("combobox").first.click()
            sight.page.keyboard.type(self.what)
            sight.page.get_by_role("option", name=self.what).first.wait_for()
            sight.page.keyboard.press("Enter")
        elif self.how == "type":
            held.locator("input, textarea").first.fill(self.what)
            held.locator("input, textarea").first.press("Control+Enter")
        else:
            sight.page.evaluate(f"() => ({DO})({json.dumps(self.key)}, {json.dumps(self.what)})")

    def do_first_thing(self, sight: Sight) -> None:
        """Have the page do it itself, as soon as its controls can be used again."""
        if self.how in ("press", "hit"):
            how = f"({DO})({json.dumps(self.key)}, {json.dumps(self.what)})"
            sight.page.evaluate(f"() => {{ {FIRST_THING.replace('ACT', how)} }}")


DO = """(key, what) => {
  if (!key) {
    const letter = { key: what, code: "Key" + what.toUpperCase(), bubbles: true };
    for (const kind of ["keydown", "keyup"]) {
      document.body.dispatchEvent(new KeyboardEvent(kind, { ...letter, cancelable: true }));
    }
    return;
  }
  const found = [...document.querySelectorAll(`.st-key-${key} :is(button, label, summary)`)]
    .filter((one) => one.textContent.includes(what)).at(-1);
  (found.querySelector("input") ?? found).click();
}"""
FIRST_THING = """let away = false;
  const look = setInterval(() => {
    const usable = document.querySelector(".st-key-still_here input")?.disabled === false;
    away ||= !usable;
    if (away && usable) { clearInterval(look); ACT; }
  }, 5);"""

CHAPTER = "outcome_4?area=204&indicator=foster_care"
# one of each kind of control, in the page and in parts of a page that are drawn by themselves
ACTS = [
    [
        Act(CHAPTER, "press", "outcome_4-view", "Neighbours"),
        Act(CHAPTER, "press", "Next-outcome_4", "Next"),
        Act(CHAPTER, "hit", "", "p"),
        Act(CHAPTER, "press", "outcome_4-zero", "Axis from zero"),
        Act(CHAPTER, "press", "outcome_4-companions", "Show companion"),
        Act(CHAPTER, "press", "part-time", "The numbers as a table"),
        Act(f"{CHAPTER}&view=all", "pick", "outcome_4-find", "Norfolk"),
    ],
    [
        Act("home?area=204", "press", "home-chapter", "Outcome 2"),
        Act("context?area=204", "press", "context-part", "Two maps"),
        Act("register?area=204", "press", "register-more", "Show more"),
        Act("data?area=204", "pick", "data-of", "Outcome 2"),
        Act("session?area=204", "press", "start", "Start the session"),
        Act("statement?area=204", "type", "statement-text", "We listened."),
        Act("outcome_1?area=204", "press", "search", "Search"),
    ],
]


# The words of a page without those in its charts, which are drawn when the browser has the time.
BESIDE_CHARTS = """() => {
  const hide = document.createElement("style");
  hide.textContent = '[data-testid="stVegaLiteChart"] { visibility: hidden }';
  document.head.append(hide);
  const words = document.body.innerText;
  hide.remove();
  return words;
}"""


def shown(sight: Sight) -> list[str]:
    """What the window shows: its address, its words, and the state of its controls."""
    controls: list[str] = sight.page.evaluate(
        """() => [...document.querySelectorAll("input:not(.st-key-still_here input), textarea")]
          .map((one) => `${one.name || one.ariaLabel}=${one.checked ?? ""} ${one.value}`)"""
    )
    # after a search in a list, a screen reader is told how many it found
    words = [
        line
        for line in sight.page.evaluate(BESIDE_CHARTS).splitlines()
        if not line.endswith(("option available.", "options available."))
    ]
    return [*(f"{name}={value}" for name, value in sight.query.items()), *words, *controls]


@pytest.mark.parametrize("acts", ACTS, ids=["chapter", "pages"])
def test_what_is_done_first_thing_is_done(
    acts: list[Act], server: Server, sights: Callable[..., Sight]
) -> None:
    """As many windows as acts: each is done once as usual, and once right after the restart."""
    windows = [(act, sights(server.base)) for act in acts]
    usual = []
    for act, sight in windows:
        before = shown(sight.open(act.page))
        act.do(sight)
        usual.append(shown(sight.settle()))
        assert usual[-1] != before, f"{act} does nothing"
        sight.open(act.page)
    for act, sight in windows:
        act.do_first_thing(sight)
    restart(server, *(sight for _, sight in windows))
    for act, sight in windows:
        if act.how in ("pick", "type"):
            # Known and not mended: what is picked while the page is being drawn again may be
            # replaced by the value that this run sends for a control nobody had touched.
            act.do(sight.settle())
    lost = []
    for (act, sight), wanted in zip(windows, usual, strict=True):
        for _ in range(PATIENCE // 250):
            if shown(sight) == wanted:
                break
            sight.page.wait_for_timeout(250)
        else:
            lost.append((act, set(shown(sight)) ^ set(wanted)))
    assert lost == []


def test_words_that_were_typed_stay(server: Server, sights: Callable[..., Sight]) -> None:
    sight = sights(server.base).open("framework?area=204")
    field = sight.page.locator(MAIN).locator(WORDS).first
    restart(server, sight)
    sight.settle()
    field.fill("kinship")
    field.press("Enter")
    for _ in range(PATIENCE // 150):
        if "q" in sight.query:
            break
        sight.page.wait_for_timeout(150)
    assert field.input_value() == "kinship" and sight.query["q"] == "kinship"
