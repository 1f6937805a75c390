"""Files: what they are called without years, and zips that mean no good."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cscdash.errors import CscdashError
from cscdash.ingest.left_out import Why
from cscdash.ingest.published_files import Found, find_files, plain_name
from cscdash.reading import PUBLISHED, check_container, zip_members


def files_in(folder: Path) -> list[Found]:
    found, left_out = find_files(folder)
    assert left_out == []
    return found


def refused(folder: Path) -> str:
    found, (one,) = find_files(folder)
    assert found == []
    assert one.why is Why.UNREADABLE
    return one.words


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("b1_children_in_need_2013_to_2025.csv", "b1_children_in_need"),
        ("c1_children_in_need_referrals_and_rereferrals_2013_to_2026.csv",
         "c1_children_in_need_referrals_and_rereferrals"),
        ("d5_cpps_at31march_by_duration_2013_to_2025.csv", "d5_cpps_at31march_by_duration"),
        ("cla_number_and_rate_per_10k_children.csv", "cla_number_and_rate_per_10k_children"),
        ("csww_indicators_2017_to_2025.csv", "csww_indicators"),
        ("RO3_2023-24_data_by_LA.ods", "ro3_data_by_la"),
        ("RO3_LA_Data_2024-25_data_by_LA.ods", "ro3_la_data_data_by_la"),
        ("RSX_LA_Data_2024-25_data_by_LA.ods", "rsx_la_data_data_by_la"),
        ("la_hospital_admissions_2324.csv", "la_hospital_admissions"),
        ("ons_mid-year_population_estimates_2012_to_2024.csv",
         "ons_mid-year_population_estimates"),
        ("LA_Inspection_Outcomes_as_at_31_March_2025.ods",
         "la_inspection_outcomes_as_at_31_march"),
        ("bds_long_0.parquet", "bds_long_0"),
        ("absence_la.csv", "absence_la"),
        ("absence_la (1).csv", "absence_la"),
        ("Absence_LA - Copy.CSV", "absence_la"),
        ("absence_la_202425.csv", "absence_la_202425"),
        ("2025.csv", ""),
    ],
)  # fmt: skip
def test_names_without_years(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_a_year_later_the_name_is_the_same() -> None:
    for name in ("b1_children_in_need_2013_to_{}.csv", "ons_mid-year_population_estimates_{}.csv",
                 "RO3_LA_Data_{}-25_data_by_LA.ods", "csww_indicators_2017_to_{}.csv"):  # fmt: skip
        assert plain_name(name.format("2024")) == plain_name(name.format("2031"))


def test_files_are_found_at_any_depth_and_in_zips(tmp_path: Path, make: Any) -> None:
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    (deep / "b1_children_in_need_2013_to_2025.csv").write_bytes(b"one\n")
    (tmp_path / "notes.docx").write_bytes(b"no table")
    (tmp_path / ".hidden.csv").write_bytes(b"no table")
    (tmp_path / "release.zip").write_bytes(
        make.zip({"data/absence_la.csv": b"two\n", "data-guidance/guide.txt": b"no table"})
    )
    found = files_in(tmp_path)
    assert [(one.label, one.name, one.ending) for one in found] == [
        ("a/b/c/b1_children_in_need_2013_to_2025.csv", "b1_children_in_need", ".csv"),
        ("release.zip › data/absence_la.csv", "absence_la", ".csv"),
    ]
    assert [one.content() for one in found] == [b"one\n", b"two\n"]


def test_one_file_serves_in_place_of_a_folder(tmp_path: Path, make: Any) -> None:
    archive = tmp_path / "release.zip"
    archive.write_bytes(make.zip({"data/absence_la.csv": b"two\n"}))
    assert [one.label for one in files_in(archive)] == ["release.zip › data/absence_la.csv"]


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(CscdashError, match="nowhere does not exist"):
        find_files(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "place",
    ["../climbs.csv", "data/../../climbs.csv", "/etc/climbs.csv", "..\\climbs.csv",
     "data\\..\\..\\climbs.csv", "C:\\climbs.csv", "C:/climbs.csv"],
)  # fmt: skip
def test_a_path_that_leads_outside(tmp_path: Path, make: Any, place: str) -> None:
    (tmp_path / "bad.zip").write_bytes(make.zip({"data/fine.csv": b"a\n", place: b"a\n"}))
    assert refused(tmp_path).startswith("bad.zip holds a path that leads outside it")
    assert [p.name for p in tmp_path.iterdir()] == ["bad.zip"]


@pytest.mark.parametrize("place", [".", "./", "data/"])
def test_a_member_without_a_name_is_no_table(tmp_path: Path, make: Any, place: str) -> None:
    (tmp_path / "odd.zip").write_bytes(make.zip({place: b"", "absence_la.csv": b"a\n"}))
    assert [one.name for one in files_in(tmp_path)] == ["absence_la"]


def claiming(content: bytes, size: int) -> bytes:
    """The same zip, whose directory claims that its first member unpacks to this size."""
    at = content.index(b"PK\x01\x02")
    return content[: at + 24] + size.to_bytes(4, "little") + content[at + 28 :]


def test_a_zip_that_claims_more_than_two_gigabytes(tmp_path: Path, make: Any) -> None:
    content = make.zip({"absence_la.csv": b"a,b\n" * 100})
    (tmp_path / "bomb.zip").write_bytes(claiming(content, 2_000_000_001))
    assert refused(tmp_path).startswith("bomb.zip would unpack to more than 2 GB")


def test_members_count_together(tmp_path: Path, make: Any) -> None:
    limits = replace(PUBLISHED, unpacked=10_000)
    many = {f"data/{at}.csv": b"0" * 1_000 for at in range(11)}
    (tmp_path / "bomb.zip").write_bytes(make.zip(many))
    with pytest.raises(CscdashError, match=r"^bomb\.zip would unpack to more than"):
        zip_members(tmp_path / "bomb.zip", "bomb.zip", limits)
    (tmp_path / "bomb.zip").write_bytes(make.zip(dict(list(many.items())[:10])))
    assert len(zip_members(tmp_path / "bomb.zip", "bomb.zip", limits)) == 10


def test_a_zip_that_claims_less_than_it_holds(tmp_path: Path, make: Any) -> None:
    content = make.zip({"absence_la.csv": b"0" * 1_000_000})
    (tmp_path / "liar.zip").write_bytes(claiming(content, 10))
    (found,) = files_in(tmp_path)
    with pytest.raises(CscdashError, match=r"liar\.zip › absence_la\.csv cannot be read"):
        found.content()


def test_a_zip_cut_off(tmp_path: Path, make: Any) -> None:
    content = make.zip({"absence_la.csv": b"a,b\n" * 1000})
    (tmp_path / "half.zip").write_bytes(content[: len(content) // 2])
    assert refused(tmp_path).startswith("half.zip is not a whole zip file")


def test_a_zip_with_a_damaged_member(tmp_path: Path, make: Any) -> None:
    content = bytearray(make.zip({"absence_la.csv": bytes(range(256)) * 40}))
    for at in range(50, 90):
        content[at] ^= 0x5A
    (tmp_path / "torn.zip").write_bytes(content)
    (found,) = files_in(tmp_path)
    with pytest.raises(CscdashError, match=r"torn\.zip › absence_la\.csv cannot be read"):
        found.content()


def test_a_zip_with_a_password_or_an_odd_method(tmp_path: Path, make: Any) -> None:
    content = make.zip({"absence_la.csv": b"a,b\n"})
    central = content.index(b"PK\x01\x02")
    locked = bytearray(content)
    locked[6] |= 1
    locked[central + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    odd = bytearray(content)
    odd[8] = odd[central + 10] = 97
    (tmp_path / "odd.zip").write_bytes(odd)
    for found in files_in(tmp_path):
        with pytest.raises(CscdashError, match="cannot be read"):
            found.content()


def test_a_spreadsheet_is_a_zip_too(make: Any) -> None:
    content = make.ods("RO3_LA_Data_202425", [["a"]])
    check_container(content, "fine.ods")
    with pytest.raises(CscdashError, match=r"half\.ods is not a whole spreadsheet"):
        check_container(content[:-40], "half.ods")
    with pytest.raises(CscdashError, match=r"page\.ods is not a whole spreadsheet"):
        check_container(b"<html></html>", "page.ods")
    with pytest.raises(CscdashError, match=r"^bomb\.ods would unpack to more than"):
        check_container(content, "bomb.ods", replace(PUBLISHED, unpacked=100))


def test_a_spreadsheet_that_claims_less_than_it_holds(make: Any) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", b" " * 1_000_000)
    with pytest.raises(CscdashError, match=r"liar\.ods is not a whole spreadsheet"):
        check_container(claiming(content.getvalue(), 10), "liar.ods")
