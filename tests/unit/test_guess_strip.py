"""The strip for guesses: its ends, its labels, its template."""

import pytest

from cscdash.charts.guess_strip import HEIGHT, Mark, round_top, strip_rows, strip_template
from cscdash.charts.theme import Theme


@pytest.mark.parametrize(
    ("value", "top"),
    [(0, 1), (-3, 1), (1, 1), (0.04, 0.04), (46.7, 50), (184, 200), (1275.3, 1500), (99.9, 100)],
)
def test_a_round_end_at_or_above(value: float, top: float) -> None:
    assert round_top(value) == pytest.approx(top)


def test_a_blank_strip_shows_its_ends_alone() -> None:
    rows = strip_rows([], [], 0, 50)
    assert list(rows["mark"]) == ["frame", "frame"]
    assert list(rows["value"]) == [0, 50]


def test_guesses_and_values_have_labels_that_stay_inside() -> None:
    guesses = [Mark("other", 60.0, "far"), Mark("other", 1.0, "near")]
    rows = strip_rows(guesses, [Mark("own", 2.0, "us"), Mark("england", 30.0, "England")], 0, 50)
    assert rows["value"].max() == 60  # a guess beyond the end makes the strip longer
    side = rows.set_index("text")["side"].dropna().to_dict()
    assert side == {"near": "left", "far": "right", "us": "left", "England": "center"}
    assert rows["y"].between(-1.1, 1.1).all()


@pytest.mark.parametrize("theme", [Theme(), Theme(True, True)])
def test_the_template_holds_no_data(theme: Theme) -> None:
    spec = strip_template(theme, "%")
    assert "data" not in spec
    assert spec["height"] >= HEIGHT
    assert strip_template(theme, "%") is spec
