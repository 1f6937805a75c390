"""The returns of an invented authority give exactly the answers that are known of its lives."""

from datetime import date
from pathlib import Path

import pytest

from cscdash.catalogue import catalogue
from cscdash.local.published_figures import Published
from cscdash.local.shown_figures import known_of
from tests.trials.sampling import cases

pytest.importorskip("duckdb", reason="the extra `returns` is not installed")
from cscdash.returns.figures import count_all
from cscdash.returns.files import read_folder
from cscdash.returns.invented import Answers, draw, write
from cscdash.returns.look import INVENTED, look
from cscdash.returns.measures import MEASURES
from cscdash.returns.pooled import Pooled

DAYS = (date(2025, 3, 31), date(2024, 12, 31), date(2024, 10, 15))


@pytest.mark.parametrize("seed", cases(3))
def test_every_measure_gives_the_known_answer(tmp_path: Path, seed: int) -> None:
    lives = draw(seed, size=80)
    write(lives, tmp_path, INVENTED)
    with Pooled(read_folder(tmp_path)) as pooled:
        for day in DAYS:
            got = {
                one.measure.id: (one.above, one.below)
                for one in count_all(pooled, day)
                if not one.why_not and one.breakdown == "total"
            }
            assert got == Answers(lives, day).counts, day
            if (day.month, day.day) == (3, 31):
                assert set(got) == {one.id for one in MEASURES}


def test_the_same_seed_draws_the_same_lives() -> None:
    assert draw(3, size=10) == draw(3, size=10)
    assert draw(3, size=10) != draw(4, size=10)


def test_invented_returns_are_never_kept_nor_set_beside_published_figures(tmp_path: Path) -> None:
    write(draw(1, size=40), tmp_path, INVENTED)
    known = known_of(catalogue(), (), Published())
    found = look(tmp_path, known, Published(), authority="330")
    assert found.invented
    assert not found.figures
    assert not found.reconciled
    assert found.shown


def test_stock_is_the_stock_before_and_starts_without_ends(tmp_path: Path) -> None:
    # Of children who start and end once in the year; those lost between returns end nowhere.
    lives = draw(2, size=60)
    for life in lives.children:
        life.care = [one for one in life.care if not one.short and not one.lost][:1]
    now, then = Answers(lives, date(2025, 3, 31)), Answers(lives, date(2024, 3, 31))
    grown = sum(one.counts["looked_after_number"][0] * sign for one, sign in ((now, 1), (then, -1)))
    assert grown == now.counts["new_entrants_number"][0] - now.counts["ceasing_number"][0]
    write(lives, tmp_path, INVENTED)
    with Pooled(read_folder(tmp_path)) as pooled:
        assert {
            one.measure.id: one.above
            for one in count_all(pooled, date(2025, 3, 31))
            if one.breakdown == "total"
        }["looked_after_number"] == now.counts["looked_after_number"][0]


def test_cut_at_a_day_is_what_was_recorded_until_it(tmp_path: Path) -> None:
    lives = draw(5, size=60)
    write(lives, tmp_path / "all", INVENTED)
    lives.years = lives.years[:-1]
    write(lives, tmp_path / "until", INVENTED)
    counted = []
    for folder in ("all", "until"):
        with Pooled(read_folder(tmp_path / folder)) as pooled:
            counted.append(
                {
                    one.measure.id: (one.above, one.below)
                    for one in count_all(pooled, date(2024, 3, 31))
                    if not one.why_not and one.breakdown == "total"
                }
            )
    # What a later return says of a day on which a child ceased to be alone counts for both.
    assert counted[0] == counted[1]
