"""Files that look as if each row were about one child: they are refused whole.

A guard for a slip of the hand, not a proof: it looks for what such lists have in common.
"""

import re
from collections.abc import Sequence

from cscdash.errors import CscdashError
from cscdash.learning.child_details import concerns
from cscdash.local.table_columns import column_name
from cscdash.local.uploaded_tables import Rows

_HEADINGS = re.compile(
    r"(?:^|_)(?:dob|d_o_b|date_of_birth|birth_date|birthdate|born|upn|uln|unique_pupil_number"
    r"|nhs|nhs_number|nhs_no|surname|forename|forenames|first_name|last_name|family_name"
    r"|given_name|full_name|child_name|name_of_child|pupil_name|child_id|childs_name|person_id"
    r"|client_id|pupil_id|case_id|case_number|case_no|case_ref|mosaic_id|liquidlogic_id|lcs_id"
    r"|ics_id|ssda903_id|la_child_id|child_unique_id|postcode|home_address|address|worker_name"
    r"|social_worker|initials|pupil|child|young_person|allocated_worker|key_worker|dob_\w+)(?:$|_)"
)
_WORDS = re.compile(r"[\d@]")  # all that is looked for has one, or stands in a heading
_NO_TEXT = re.compile(  # columns of codes, periods and numbers
    r"(?:value|numerator|denominator|area|area_code|la|la_code|la_name|local_authority|authority"
    r"|indicator|indicator_id|period|quarter|month|year|status|measure|time_period|time_identifier"
    r"|geographic_level|(?:country|region|new_la|old_la|lad|pcon)_(?:code|name))"
)
_SUSPECT_REPEATS = 20  # the same area, period and group again and again
_SUSPECT_ONES = 10  # rows that count one each


def refuse_child_level(rows: Rows, header: int, name: str) -> None:
    """Refuse a sheet that looks like records of children.

    Parameters
    ----------
    rows : Rows
        All that is on it.
    header : int
        The place of the row that names the columns.
    name : str
        What the file is called.

    Raises
    ------
    CscdashError
        Saying what it looks like, and what to bring in its place. The words of the file are
        not repeated in the message.
    """
    headings = rows[header]
    for heading in headings:
        if _HEADINGS.search(_plain(heading)):
            raise _refusal(name, "one of its columns is named like a detail of a child or a case")
    width = max(map(len, rows))
    codes = {at for at, heading in enumerate(headings) if _NO_TEXT.fullmatch(_plain(heading))}
    texts = [at for at in range(width) if at not in codes]
    seen: set[str] = set()
    for at, row in enumerate(rows, 1):
        for cell in {row[place] for place in texts if place < len(row)} - seen:
            seen.add(cell)
            if found := (concerns(cell) if len(cell) > 3 and _WORDS.search(cell) else []):
                raise _refusal(name, f"row {at} holds what looks like {found[0].what}")
    _repeats(rows[header:], name)


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", heading.lower().replace("'", "")).strip("_")


def _repeats(rows: Rows, name: str) -> None:
    """One row for each child shows as the same area, period and group many times over, or as 1."""
    header = [column_name(cell) or _plain(cell) for cell in rows[0]]
    cells = [header.index(c) for c in ("indicator", "area", "breakdown", "category") if c in header]
    if "area" not in header or "period" not in header:
        return
    if _most(rows, [*cells, header.index("period")]) >= _SUSPECT_REPEATS:
        raise _refusal(name, "it has many rows for the same area, period and group")
    at = header.index("value") if "value" in header else len(header)
    values = [row[at] for row in rows[1:] if at < len(row) and any(row)]
    if len(values) >= _SUSPECT_ONES and values.count("1") >= 0.9 * len(values):
        raise _refusal(name, "nearly every row counts one")
    base = header.index("denominator") if "denominator" in header else len(header)
    bases = [row[base] for row in rows[1:] if base < len(row) and any(row)]
    if len(bases) >= _SUSPECT_ONES and bases.count("1") >= 0.9 * len(bases):
        raise _refusal(name, "nearly every row rests on one")


def _most(rows: Rows, places: Sequence[int]) -> int:
    counts: dict[tuple[str, ...], int] = {}
    for row in rows[1:]:
        key = tuple(row[at] if at < len(row) else "" for at in places)
        counts[key] = counts.get(key, 0) + 1
    return max(counts.values(), default=0)


def _refusal(name: str, what: str) -> CscdashError:
    return CscdashError(
        f"{name} looks like records of children: {what}. Nothing was kept. Bring totals only,"
        " one row for each area, period and group, with how many children were counted."
    )
