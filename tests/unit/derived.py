"""What tests of derivations share: a table of placements, one cell, and all it says."""

import math
from typing import Any

import pandas as pd
import pytest


def cell(frame: pd.DataFrame, area: str, category: str = "total", period: str = "2025") -> Any:
    rows = frame[
        (frame["area"] == area) & (frame["category"] == category) & (frame["period"] == period)
    ]
    assert len(rows) == 1
    return rows.iloc[0]


def said(row: Any) -> tuple[Any, ...]:
    """Status, value, numerator and denominator, with None for no number."""
    numbers = (row["value"], row["numerator"], row["denominator"])
    return (row["status"], *(None if math.isnan(n) else pytest.approx(n) for n in numbers))


PLACEMENTS = [
    ("330", "2025", {"group": "Placement", "part": "Total", "n": "200", "pct": "100"}),
    ("330", "2025", {"group": "Placement", "part": "Foster", "n": "120", "pct": "60"}),
    ("330", "2025", {"group": "Placement", "part": "Homes", "n": "30", "pct": "15"}),
    ("330", "2025", {"group": "Placement", "part": "Hostels", "n": "5", "pct": "3"}),
    ("330", "2025", {"group": "Sex", "part": "Total", "n": "200", "pct": "100"}),
    ("331", "2025", {"group": "Placement", "part": "Total", "n": "50", "pct": "100"}),
    ("331", "2025", {"group": "Placement", "part": "Foster", "n": "40", "pct": "80"}),
    ("331", "2025", {"group": "Placement", "part": "Homes", "n": "c", "pct": "c"}),
    ("331", "2025", {"group": "Placement", "part": "Hostels", "n": "4", "pct": "8"}),
]
