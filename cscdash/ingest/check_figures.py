"""Comparing a store with figures as they were published."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from cscdash.catalogue.models import Catalogue
from cscdash.extracts import Store


def check_figures(store: Store, catalogue: Catalogue) -> Mapping[str, list[str]]:
    """Compare a store with the published England figures that the catalogue holds.

    Returns
    -------
    mapping of str to list of str
        Indicator id -> what differs, in words; an empty list where every figure is reproduced.
        Indicators without an extract are left out.

    Raises
    ------
    CscdashError
        If an extract cannot be read.
    """
    found: dict[str, list[str]] = {}
    for indicator in catalogue.indicators:
        if indicator.id not in store.indicators:
            continue
        table = store.table(indicator.id)
        found[indicator.id] = []
        for check in indicator.check:
            rows = pc.equal(table["area"].cast(pa.string()), check.area)
            for column in ("period", "breakdown", "category"):
                wanted = pc.equal(table[column].cast(pa.string()), getattr(check, column))
                rows = pc.and_(rows, wanted)
            values = table.filter(rows)[check.measure].to_pylist()
            decimals = len(f"{check.value!r}".partition(".")[2].rstrip("0"))
            if not values or values[0] is None:
                found[indicator.id].append(
                    f"{check.period}: no value, {check.value:g} was published"
                )
            elif abs(values[0] - check.value) > 0.5000001 * 10.0**-decimals:
                found[indicator.id].append(
                    f"{check.period}: {values[0]:g}, not {check.value:g} as in {check.cite}"
                )
    return found
