"""The ten questions of docs/questions.md, each in at most three actions."""

import re
from pathlib import Path

import pytest

from tests.browser.looking import Sight

ROOT = Path(__file__).resolve().parents[2]


class Walk:
    """A reader who counts what they do: a click, a key, or something typed and entered."""

    def __init__(self, sight: Sight, start: str) -> None:
        self.sight = sight.open(start)
        self.actions = 0

    def click(self, role: str, name: str) -> "Walk":
        found = self.sight.page.get_by_role(role, name=re.compile(name))
        found.first.click()
        return self._done()

    def choose(self, name: str) -> "Walk":
        """Click on a choice among others, which the browser draws as a label."""
        self.sight.page.locator("label, button").filter(has_text=name).first.click()
        return self._done()

    def go(self, address: str) -> "Walk":
        """Click on a page in the navigation that is open."""
        self.sight.page.locator(f'a[href*="/{address}"]').first.click()
        return self._done()

    def key(self, key: str) -> "Walk":
        self.sight.page.keyboard.press(key)
        return self._done()

    def type(self, words: str) -> "Walk":
        self.sight.page.keyboard.type(words)
        self.sight.page.keyboard.press("Enter")
        return self._done()

    def _done(self) -> "Walk":
        self.actions += 1
        self.sight.page.wait_for_timeout(500)
        self.sight.settle()
        return self

    def sees(self, words: str) -> None:
        self.sight.page.get_by_text(re.compile(words)).first.wait_for()
        assert self.actions <= 3


def asked(walk: Walk, question: str) -> Walk:
    """Open the search with its key and ask; its field has the focus."""
    walk.key("/")
    walk.sight.page.wait_for_function("() => document.activeElement.closest('.st-key-asked')")
    return walk.type(question)


def test_what_may_be_worth_a_conversation(sight: Sight) -> None:
    Walk(sight, "?area=850").sees("Worth a conversation")


def test_what_the_figures_say_about_my_authority(sight: Sight) -> None:
    walk = Walk(sight, "").click("combobox", "Find your area").type("Norfolk")
    walk.sees("Norfolk in the round")
    assert sight.query["area"] == "926"


def test_care_leavers_beside_our_neighbours(sight: Sight) -> None:
    walk = asked(Walk(sight, "?area=926"), "care leavers in work or education")
    walk.click("link", "Care leavers aged 19 to 21 in education").sees("median of neighbours|19 to")
    assert (sight.path, sight.query["area"]) == ("outcome_4", "926")
    assert "Care leavers aged 19 to 21" in sight.heading


def test_what_the_framework_asks_on_kinship_care(sight: Sight) -> None:
    asked(Walk(sight, "?area=926"), "kinship care").sees("What the framework asks for")


def test_what_a_word_means(sight: Sight) -> None:
    walk = asked(Walk(sight, "outcome_3?area=926"), "section 47")
    walk.sees("Words")
    assert "47" in sight.page.get_by_role("dialog").inner_text()


def test_what_comes_next(sight: Sight) -> None:
    walk = Walk(sight, "outcome_4?area=926")
    first = sight.heading
    walk.key("n")
    assert sight.heading != first
    walk.key("p")
    assert sight.heading == first


def test_compared_with_the_regions(sight: Sight) -> None:
    walk = Walk(sight, "outcome_4?area=926&view=neighbours")
    walk.click("button", "Compared with").choose("All regions")
    walk.sees("Compared with 8 regions")
    assert sight.query["compare"] == "regions"


def test_where_it_is_high_and_where_low(sight: Sight) -> None:
    Walk(sight, "outcome_4?area=926").choose("Map").sees("Click a place to see its value")


def test_several_indicators_on_one_screen(sight: Sight) -> None:
    walk = Walk(sight, "?area=926").click("button", "Overview").go("compare")
    walk.sees("Compare: Norfolk")
    assert sight.page.locator('[data-testid="stVegaLiteChart"]').count() >= 3


def test_one_indicator_for_several_authorities(sight: Sight) -> None:
    walk = Walk(sight, "?area=926").click("button", "Overview").go("compare")
    walk.choose("One indicator, several areas").sees("All charts have the same scale")
    assert sight.query["by"] == "areas"


@pytest.mark.parametrize("address", ["outcome_1", "outcome_2", "outcome_3", "outcome_4"])
def test_a_chapter_opens_on_a_whole_chart(sight: Sight, address: str) -> None:
    """On 1366 by 768 pixels, with figures of the chosen area."""
    sight.page.set_viewport_size({"width": 1366, "height": 768})
    sight.open(f"{address}?area=926")
    box = sight.page.locator('[data-testid="stVegaLiteChart"]').first.bounding_box()
    assert box["y"] < 400
    assert box["y"] + box["height"] <= 768 + 20
    assert "Norfolk" in sight.words()


def test_there_are_ten_questions() -> None:
    rows = re.findall(r"^\| \d+ \|", (ROOT / "docs/questions.md").read_text(), flags=re.M)
    assert len(rows) == 10
