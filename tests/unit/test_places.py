"""Places: counts and life dates worked out by hand, names as publishers write them."""

import shutil
from collections import Counter
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from cscdash.errors import CscdashError
from cscdash.places import CLOSENESS, REFERENCE, neighbours, places
from cscdash.places.areas import load
from cscdash.places.neighbours import load as load_neighbours

P = places()


def test_there_are_153_authorities_nine_regions_and_england() -> None:
    assert len(P.authorities) == 153
    assert len({a.gss for a in P.authorities}) == len({a.short for a in P.authorities}) == 153
    assert [a.code for a in P.abolished] == ["837", "909", "835", "928", "836"]
    assert len(P.regions) == 9
    assert [a.name for a in P.subregions] == ["Inner London", "Outer London"]
    assert P.england.code == "E92000001"
    assert len(P.areas) == 153 + 5 + 9 + 2 + 1
    assert [a.short for a in P.authorities] == sorted(a.short for a in P.authorities)


@pytest.mark.parametrize(
    ("region", "count"),
    [
        ("North East", 12),
        ("North West", 24),
        ("Yorkshire and The Humber", 15),
        ("East Midlands", 10),
        ("West Midlands", 14),
        ("East of England", 11),
        ("London", 33),
        ("Inner London", 14),
        ("Outer London", 19),
        ("South East", 19),
        ("South West", 15),
        ("England", 153),
    ],
)
def test_members_of_a_region(region: str, count: int) -> None:
    area = P.find(region)
    assert area is not None
    assert len(P.members(area.code)) == count


def test_every_authority_is_in_one_region() -> None:
    assert sum(len(P.members(region.code)) for region in P.regions) == 153
    assert {a.subregion != "" for a in P.members("E12000007")} == {True}
    assert sum(a.subregion != "" for a in P.authorities) == 33


def test_kinds_follow_the_ons_code() -> None:
    assert Counter(a.kind for a in P.authorities) == {
        "unitary authority": 63,
        "metropolitan district": 36,
        "London borough": 33,
        "county": 21,
    }


def test_regions_of_an_area() -> None:
    assert P.region_of("330").name == "West Midlands"
    assert P.shown_region_of("330").name == "West Midlands"
    assert P.region_of("202").name == "London"
    assert P.shown_region_of("202").name == "Inner London"
    assert P.region_of("E13000002").name == "London"
    assert P.region_of("E12000005").code == "E12000005"
    assert P.region_of("E92000001") is P.england


@pytest.mark.parametrize(
    ("code", "last_day", "successors"),
    [
        ("835", date(2019, 3, 31), ("838", "839")),
        ("836", date(2019, 3, 31), ("839",)),
        ("837", date(2019, 3, 31), ("839",)),
        ("928", date(2021, 3, 31), ("940", "941")),
        ("909", date(2023, 3, 31), ("942", "943")),
    ],
)
def test_an_authority_exists_to_its_last_day_and_its_successors_from_the_next(
    code: str, last_day: date, successors: tuple[str, ...]
) -> None:
    next_day = date.fromordinal(last_day.toordinal() + 1)
    assert P.areas[code].successors == successors
    assert P.existed(code, last_day)
    assert not P.existed(code, next_day)
    for successor in successors:
        assert not P.existed(successor, last_day)
        assert P.existed(successor, next_day)


def test_how_many_authorities_there_were_on_31_march() -> None:
    everyone = P.authorities + P.abolished
    counts = {
        year: sum(P.existed(a.code, date(year, 3, 31)) for a in everyone)
        for year in (2013, 2019, 2020, 2021, 2022, 2023, 2024, 2025)
    }
    assert counts == {
        2013: 152, 2019: 152, 2020: 151, 2021: 151, 2022: 152, 2023: 152, 2024: 153, 2025: 153,
    }  # fmt: skip
    assert P.existed("E12000001", date(1900, 1, 1))
    assert P.existed("E92000001", date(2100, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("E10000002", "E06000060", "825"),
        ("E10000023", "E06000065", "815"),
        ("E10000027", "E06000066", "933"),
        ("E08000020", "E08000037", "390"),
        ("E06000048", "E06000057", "929"),
        ("E08000016", "E08000038", "370"),
        ("E08000019", "E08000039", "373"),
    ],
)
def test_old_and_new_ons_codes_lead_to_one_authority(old: str, new: str, code: str) -> None:
    assert P.by_gss(old) is P.by_gss(new) is P.areas[code]
    assert P.areas[code].gss == new
    assert P.areas[code].other_gss == (old,)


def test_ons_codes_of_other_areas() -> None:
    assert P.by_gss("E12000003") is P.areas["E12000003"]
    assert P.by_gss("E92000001") is P.england
    assert P.by_gss("E10000009") is P.areas["835"]
    assert P.by_gss("E06000059") is P.areas["838"]
    assert P.by_gss("E07000223") is None
    assert P.by_gss("") is None


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Bristol, City of", "801"),
        ("Bristol UA", "801"),
        ("Kingston-upon-Hull UA", "810"),
        ("Kingston Upon Hull, City of", "810"),
        ("Kingston upon Hull", "810"),
        ("Herefordshire", "884"),
        ("Herefordshire, County of", "884"),
        ("St. Helens", "342"),
        ("St Helens MBC", "342"),
        ("Durham", "840"),
        ("Durham UA", "840"),
        ("County Durham", "840"),
        ("Bedford Borough", "822"),
        ("Telford & the Wrekin UA", "894"),
        ("Telford & Wrekin", "894"),
        ("Medway Towns UA", "887"),
        ("Derby City UA", "831"),
        ("Derbyshire CC", "830"),
        ("Newcastle", "391"),
        ("Bournemouth, Christchurch & Poole", "839"),
        ("Richmond Upon Thames", "318"),
        ("Stoke-on-Trent UA", "861"),
        ("Somerset UA", "933"),
        ("  hammersmith   & fulham ", "205"),
        ("Dorset", "838"),
        ("Dorset UA", "838"),
        ("Dorset (before 2019)", "835"),
        ("Dorset (Pre LG)", "835"),
        ("Poole", "836"),
        ("Poole (Pre LG)", "836"),
        ("Cumbria", "909"),
        ("Yorkshire and the Humber", "E12000003"),
        ("Yorkshire and the Humber region (statistical)", "E12000003"),
        ("London region (statistical)", "E12000007"),
        ("London (Inner)", "E13000001"),
        ("ENGLAND", "E92000001"),
    ],
)
def test_names_as_publishers_write_them(printed: str, code: str) -> None:
    area = P.find(printed)
    assert area is not None
    assert area.code == code


@pytest.mark.parametrize(
    "printed",
    ["", "Newcastle-under-Lyme", "Greater London Authority", "North East, Yorkshire and the Humber",
     "Cumbria PCC-FRA", "Kingston", "Adur", "UA"],
)  # fmt: skip
def test_other_names_are_not_guessed(printed: str) -> None:
    assert P.find(printed) is None


def test_short_names_stand_for_one_area_each() -> None:
    shorts = Counter(area.short for area in P.areas.values())
    assert max(shorts.values()) == 1
    for area in P.areas.values():
        assert P.find(area.short) is area


def test_joint_returns() -> None:
    assert P.joint("314 / 318") == ("314", "318")
    assert P.joint("940 / 941") == ("940", "941")
    assert P.joint("330") == ("330",)
    with pytest.raises(CscdashError, match="999"):
        P.joint("314 / 999")


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [("Birmingam", "330"), ("Barnsley", "370"), ("E08000016", "370"), ("331 ", "331")],
)
def test_an_unknown_code_is_refused_with_the_nearest_known_area(wrong: str, hint: str) -> None:
    with pytest.raises(CscdashError, match=f"Did you mean {hint} "):
        P.area(wrong)
    for ask in (P.members, P.region_of, P.shown_region_of, neighbours):
        with pytest.raises(CscdashError):
            ask(wrong)
    with pytest.raises(CscdashError):
        P.existed(wrong, date(2025, 3, 31))


def test_an_authority_has_no_members() -> None:
    with pytest.raises(CscdashError, match="Birmingham"):
        P.members("330")


def test_an_area_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        P.england.name = "Britain"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("E08000016", "E08000017", "stands for both 370 and 371"),
        ("Leicester,Leicester,", "Leicester,Leeds,", "stands for both"),
        ("838 839", "838 999", "‘999’ is not the code"),
        ("2019-03-31", "31/03/2019", r"areas\.csv: 835: .*31/03/2019"),
        (",country,", ",nation,", "unknown level ‘nation’"),
        (",country,", ",region,", "one country"),
        ("code,gss", "code,ons", "no column gss"),
        (",England,England,", ",England,", "Row 2 of areas.csv has 12 cells"),
    ],
)
def test_a_table_at_odds_with_itself_is_refused(
    tmp_path: Path, right: str, wrong: str, message: str
) -> None:
    table = (REFERENCE / "areas.csv").read_text(encoding="utf-8")
    assert right in table
    (tmp_path / "areas.csv").write_text(table.replace(right, wrong), encoding="utf-8")
    with pytest.raises(CscdashError, match=message):
        load(tmp_path)


def test_a_missing_or_empty_table_is_refused(tmp_path: Path) -> None:
    for load_table in (load, load_neighbours):
        with pytest.raises(CscdashError, match="cannot be read"):
            load_table(tmp_path)
    (tmp_path / "areas.csv").touch()
    with pytest.raises(CscdashError, match=r"areas\.csv cannot be read"):
        load(tmp_path)


def test_closeness_of_neighbours_adds_up() -> None:
    near = [neighbours(a.code) for a in P.authorities]
    assert Counter(n.closeness for ten in near for n in ten) == {
        "Extremely close": 12,
        "Very close": 820,
        "Close": 513,
        "Somewhat close": 136,
        "Not close": 49,
    }
    for ten in near:
        assert [n.rank for n in ten] == list(range(1, 11))
        bands = [CLOSENESS.index(n.closeness) for n in ten]
        assert bands == sorted(bands)


def test_neighbours_are_ten_other_authorities_of_today() -> None:
    today = {a.code for a in P.authorities}
    for code in today:
        ten = {n.code for n in neighbours(code)}
        assert len(ten) == 10
        assert code not in ten
        assert ten <= today


def test_some_neighbours() -> None:
    assert [n.code for n in neighbours("370")][:3] == ["372", "384", "357"]
    for code in ("201", "420"):  # City of London, Isles of Scilly
        assert {n.closeness for n in neighbours(code)} == {"Not close"}


def test_no_neighbours_for_regions_england_and_abolished_authorities() -> None:
    for area in (*P.regions, *P.subregions, P.england, *P.abolished):
        assert neighbours(area.code) == ()


def test_a_faulty_table_of_neighbours_is_refused(tmp_path: Path) -> None:
    shutil.copy(REFERENCE / "neighbours.csv", tmp_path)
    table = (tmp_path / "neighbours.csv").read_text(encoding="utf-8")
    for right, wrong in {"370,2,": "370,3,", "Not close": "Far", "closeness": "band"}.items():
        assert right in table
        (tmp_path / "neighbours.csv").write_text(table.replace(right, wrong), encoding="utf-8")
        with pytest.raises(CscdashError):
            load_neighbours(tmp_path)
