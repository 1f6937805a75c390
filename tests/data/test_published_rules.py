"""What is true of every published cell, whatever its file."""

import math
import re
from collections import Counter
from pathlib import Path

import pytest

from cscdash.catalogue import catalogue
from cscdash.extracts import Store
from cscdash.ingest.published_table import Table
from cscdash.ingest.read_folder import read_folder
from tests.data.published_cells import (
    ACTIVITIES,
    CLA,
    FIRST,
    LAST,
    OLD_CLA,
    SUMS,
    areas,
    built_cells,
    file_of,
    lived,
    lived_in_autumn,
    number,
    rows,
)


def test_what_is_hidden_in_the_newer_release_stays_hidden(built: Store, published: Path) -> None:
    """Care leavers 2021 and 2022 are in both releases; some numbers of the older are hidden now."""
    ages = {"17 to 18 years": "eet_17_18", "19 to 21 years": "eet_19_21"}
    old = {
        (r["age"].replace("Aged ", "") + " years", r["activity"], areas(r)[0], r["time_period"]): r
        for r in rows(file_of(published, OLD_CLA, "la_care_leavers_activity.csv"))
    }
    hidden = 0
    frames = {id: built_cells(built, id) for id in ages.values()}
    for row in rows(file_of(published, CLA, "la_care_leavers_activity.csv")):
        activity = row["breakdown"]
        before = old.get((row["care_leaver_age"], activity, areas(row)[0], row["time_period"]))
        if (
            before is not None
            and row["care_leaver_age"] in ages
            and activity not in SUMS
            and row["care_leaver_percent"] == row["care_leaver_count"] == "c"
            and number(before["percentage"]) is not None
            and lived(areas(row)[0], int(row["time_period"]))
        ):
            key = (areas(row)[0], row["time_period"], "activity",
                   ACTIVITIES.get(activity, activity))  # fmt: skip
            cell = frames[ages[row["care_leaver_age"]]][key]
            assert cell[:3] == ("c", None, None), key
            hidden += 1
    assert hidden > 20


def test_older_releases_only_fill_what_newer_ones_lack(built: Store) -> None:
    """Where the newest release has an area in a period, every category comes from it.

    Otherwise a category that was renamed would stand beside its old self, and a number that is
    hidden now could be read under its old name.
    """
    stacked = 0
    for id in built.indicators:
        frame = built.read(id).astype({"release": object, "area": object, "period": object})
        where = frame[["area", "period", "breakdown", "release"]].drop_duplicates()
        publication = where["release"].str.rsplit(n=1).str[0]
        where = where.assign(publication=publication)
        assert not where.duplicated(["area", "period", "breakdown", "publication"]).any(), id
        stacked += where["release"].nunique() > publication.nunique()
    assert stacked > 10


def test_nobody_has_values_before_birth_or_after_death(built: Store) -> None:
    autumn = {i.id for i in catalogue().indicators if "September" in i.period_means}
    calendar = {i.id for i in catalogue().indicators if i.period_means == "calendar year"}
    some = Counter[str]()
    for id in set(built.indicators) - calendar:
        frame = built.read(id)[["area", "period"]].drop_duplicates().astype(object)
        for area, period in frame.itertuples(index=False):
            if area in FIRST or area in LAST:
                year = int(period[:4]) + ("/" in period)
                assert (lived_in_autumn if id in autumn else lived)(area, year), (id, area, period)
                some[area] += 1
    assert set(some) == set(FIRST) | set(LAST)


def test_regions_are_eleven_and_as_published(built: Store) -> None:
    """Nine regions and both halves of London wherever regions are published."""
    codes = {f"E1200000{at}" for at in range(1, 10)} | {"E13000001", "E13000002"}
    for id in ("repeat_referrals", "section_47_rate", "looked_after_rate", "foster_care",
               "eet_19_21", "absence_cin", "social_worker_turnover",
               "share_of_spend_on_care"):  # fmt: skip
        frame = built.read(id)
        latest = frame[frame["period_end"] == frame["period_end"].max()]
        assert {a for a in latest["area"] if re.match("E1[23]", a)} == codes, id
        assert latest["area"].nunique() == 153 + 11 + 1, id


def test_no_value_without_ok_and_no_ok_without_value(built: Store) -> None:
    for id in built.indicators:
        frame = built.read(id)
        assert (frame["value"].notna() == (frame["status"] == "ok")).all(), id
        percent = catalogue().indicator(id).unit == "percent"
        values = frame.loc[frame["value"].notna(), "value"]
        assert values.map(math.isfinite).all(), id
        if percent and "section_47" not in id:
            assert values.min() >= 0, id


@pytest.mark.parametrize("code", ["370", "373", "390", "929", "825", "815", "933"])
def test_an_authority_whose_ons_code_changed_is_one_authority(built: Store, code: str) -> None:
    """Barnsley, Sheffield, Gateshead, Northumberland, Buckinghamshire, N Yorkshire, Somerset."""
    first = {"repeat_referrals": 2013, "looked_after_rate": 2016, "social_worker_turnover": 2017}
    for id, start in first.items():
        years = range(start, 2026)
        frame = built.read(id)
        here = frame[(frame["area"] == code) & (frame["breakdown"] == "total")]
        assert sorted(here["period"]) == [str(year) for year in years], id
    spend = built.read("share_of_spend_on_care")
    assert (spend["area"] == code).any()


def test_every_word_that_the_catalogue_looks_for_is_in_the_newest_file(published: Path) -> None:
    """A category that a publisher renames would otherwise drop out without a word."""
    read = read_folder(published, catalogue())
    looked_for = 0
    for indicator in catalogue().indicators:
        for source in indicator.source:
            tables = [t for t in read.tables.get(source.dataset, []) if isinstance(t, Table)]
            if not tables or source.last:  # a source for old years looks for old words
                continue
            newest = max(tables, key=lambda table: table.latest)
            wheres = [source.where, *(one.where for one in source.breakdown)]
            for column, words in (item for where in wheres for item in where.items()):
                some = {words} if isinstance(words, str) else set(words)
                assert some & set(newest.column(column).words), (indicator.id, column, words)
                looked_for += 1
    assert looked_for > 200
