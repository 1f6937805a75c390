"""The fast median of points says what the median of frames says."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from cscdash.analysis.comparison import middle, middle_of
from cscdash.analysis.observations import at, point_of

CODES = ["301", "302", "303", "304", "305", "306", "314", "318", "940", "941"]


@given(
    values=st.lists(st.one_of(st.none(), st.integers(0, 5).map(float)), min_size=10, max_size=10),
    joint=st.booleans(),
    area=st.sampled_from(CODES),
    group=st.lists(st.sampled_from([*CODES, "999"]), unique=True, max_size=11),
)
def test_the_two_medians_agree(
    values: list[float | None], joint: bool, area: str, group: list[str]
) -> None:
    if joint:  # a joint return has one value for both authorities
        values[7], values[9] = values[6], values[8]
    frame = pd.DataFrame(
        {
            "area": CODES,
            "period": "2025",
            "period_end": pd.Timestamp("2025-03-31"),
            "breakdown": "total",
            "category": "total",
            "value": [float("nan") if v is None else v for v in values],
            "numerator": float("nan"),
            "denominator": float("nan"),
            "status": ["c" if v is None else "ok" for v in values],
            "flags": ["j" if joint and code > "310" else "" for code in CODES],
            "release": "x 2025",
        }
    )
    points = {row["area"]: point_of(row) for row in frame.to_dict("records")}
    assert middle_of(points, area, group) == middle(at(frame, "2025"), area, group)
