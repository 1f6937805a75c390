"""Two implementations agree: on generated authorities, and on the samples that others made."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.trials.sampling import cases
from tests.unit.census_slowly import Census
from tests.unit.returns_slowly import Care, Counts

pytest.importorskip("duckdb", reason="the extra `returns` is not installed")
from cscdash.returns.figures import count_all
from cscdash.returns.files import read_folder
from cscdash.returns.invented import draw, write
from cscdash.returns.pooled import Pooled

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "returns" / "samples"
needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the samples are not here: ../shared/returns/samples"
)


def differences(
    folder: Path, care: Sequence[Path], census: Sequence[Path], days: Sequence[date]
) -> dict[tuple[date, str], object]:
    """The measures in which the two do not give the same, with both."""
    found: dict[tuple[date, str], object] = {}
    compared = 0
    with Pooled(read_folder(folder)) as pooled:
        for day in days:
            engine = {
                one.measure.id: (one.above, one.below)
                for one in count_all(pooled, day)
                if not one.why_not and one.breakdown == "total"
            }
            slow: Counts = Care(care, day).counts() if care else {}
            slow |= Census(census, day).counts() if census else {}
            for id in engine.keys() & slow.keys():
                compared += 1
                if engine[id] != slow[id]:
                    found[day, id] = (engine[id], slow[id])
    assert compared
    return found


@pytest.mark.parametrize("seed", cases(2, first=100))
def test_on_generated_authorities(tmp_path: Path, seed: int) -> None:
    write(draw(seed, size=60), tmp_path, "330")
    folders = list(tmp_path.iterdir())
    days = (date(2025, 3, 31), date(2024, 12, 31), date(2024, 10, 15))
    census = [folder / "cin_census.xml" for folder in folders]
    assert differences(tmp_path, folders, census, days) == {}


@needs_samples
def test_on_a_sample_of_five_years(tmp_path: Path) -> None:
    for file in (SAMPLES / "ssda903_five_years").glob("*.csv"):
        year = tmp_path / file.name[:4]
        year.mkdir(exist_ok=True)
        (year / file.name).write_bytes(file.read_bytes())
    days = (date(2022, 3, 31), date(2021, 3, 31), date(2021, 9, 30), date(2020, 12, 31))
    assert differences(tmp_path, sorted(tmp_path.iterdir()), [], days) == {}


@needs_samples
def test_on_a_sample_of_one_year(tmp_path: Path) -> None:
    for file in (SAMPLES / "ssda903_one_year").glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    days = (date(2018, 3, 31), date(2017, 12, 31))
    assert differences(tmp_path, [tmp_path], [], days) == {}


@needs_samples
@pytest.mark.parametrize("name", sorted(file.name for file in (SAMPLES / "cin").glob("*.xml")))
def test_on_a_sample_of_the_census(name: str) -> None:
    file = SAMPLES / "cin" / name
    day = Census([file], date(2030, 1, 1)).last
    assert differences(file, [], [file], [day]) == {}
