"""Places that are alike: what must hold whatever the measures are."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cscdash.analysis.map_classes import classes
from cscdash.analysis.similarity import alike, apart_on
from tests.unit.observed import Measure

NUMBERS = st.floats(-1000, 1000).map(lambda x: round(x, 3))
TABLES = st.integers(1, 4).flatmap(
    lambda columns: arrays(float, (12, columns), elements=NUMBERS).map(
        lambda values: pd.DataFrame(
            values, index=[str(201 + at) for at in range(12)], columns=list("abcd"[:columns])
        )
    )
)


@given(TABLES)
def test_distances_grow_and_nobody_is_like_itself(values: pd.DataFrame) -> None:
    found = alike(values, "201")
    if found is None:
        assert (values.std(ddof=0) == 0).all()
        return
    assert "201" not in found.places
    assert len(set(found.places)) == len(found.places) == 10
    assert np.all(np.diff(found.distances) >= -1e-9)


@given(TABLES)
def test_units_make_no_difference(values: pd.DataFrame) -> None:
    # a spread far below the rounding of the numbers themselves says nothing
    values = values.loc[:, values.std(ddof=0) > 0.01]
    found, other = alike(values, "201", 11), alike(values * 1000 + 5, "201", 11)
    if found is None or other is None:
        assert found == other
        return
    one = dict(zip(found.places, found.distances, strict=True))
    two = dict(zip(other.places, other.distances, strict=True))
    assert all(abs(one[code] - two[code]) < 1e-6 for code in one)


@given(TABLES)
def test_likeness_is_mutual(values: pd.DataFrame) -> None:
    there, back = alike(values, "201", 11), alike(values, "202", 11)
    if there is None or back is None:
        return
    to = dict(zip(there.places, there.distances, strict=True))
    fro = dict(zip(back.places, back.distances, strict=True))
    assert abs(to["202"] - fro["201"]) < 1e-9


def test_as_scipy() -> None:
    from scipy.spatial.distance import cdist
    from scipy.stats import zscore

    values = pd.DataFrame(
        np.random.default_rng(3).normal(size=(30, 3)), index=[str(200 + i) for i in range(30)]
    )
    scores = zscore(values.to_numpy())
    theirs = np.sort(cdist(scores[:1], scores[1:])[0])[:10] / np.sqrt(3)
    found = alike(values, "200")
    assert found is not None
    assert np.allclose(found.distances, theirs)


def test_who_lacks_a_value_is_left_out_and_named() -> None:
    values = pd.DataFrame({"a": [1.0, 2.0, None, 4.0]}, index=["201", "202", "203", "204"])
    found = alike(values, "201")
    assert found is not None
    assert found.places == ("202", "204")
    assert found.left_out == ("203",)
    assert alike(values, "203") is None
    assert alike(values[[]], "201") is None
    assert alike(pd.DataFrame({"a": [1.0, 1.0]}, index=["201", "202"]), "201") is None


def test_apart_is_counted_in_standard_deviations() -> None:
    values = pd.DataFrame({"a": [0.0, 2.0], "b": [3.0, 3.0]}, index=["201", "202"])
    found = apart_on(values, "201", ["202"])
    assert found["a"] == -2
    assert np.isnan(found["b"])


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60),
    st.sampled_from(["quantile", "equal"]),
)
def test_a_higher_value_is_never_in_a_lower_class(numbers: list[float], how: str) -> None:
    values = pd.Series(numbers, index=[str(at) for at in range(len(numbers))])
    found = classes(values, how, Measure("percent", 1))
    ordered = found.of[values.sort_values(kind="stable").index]
    assert ordered.is_monotonic_increasing
    assert set(found.of) <= {1, 2, 3, 4, 5}
    assert [text == "none" for text in found.texts] == [
        number not in set(found.of) for number in range(1, 6)
    ]
