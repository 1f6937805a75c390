"""Real files as people have them: renamed, saved by a spreadsheet, zipped, or cut off."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cscdash.catalogue import catalogue
from cscdash.ingest import Why
from cscdash.ingest.claims import Claims
from cscdash.ingest.left_out import LeftOut, NothingBuiltError
from cscdash.ingest.published_table import Table
from cscdash.ingest.read_folder import Read, read_folder

FILES = {
    "cin_referrals": "ees/children-in-need_2025/data/"
    "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
    "cpp_repeat": "ees/children-in-need_2025/data/d3_cpps_subsequent_plan_2013_to_2025.csv",
    "cla_rates": "ees/children-looked-after_2025/data/cla_number_and_rate_per_10k_children.csv",
    "workforce_indicators": "ees/social-work-workforce_2025/data/csww_indicators_2017_to_2025.csv",
    "social_worker_changes": "ees/stability-measures_2024/data/la_cla_swcount.csv",
}


def text(content: bytes) -> str:
    return content.decode("utf-8-sig")


def in_zip(name: str) -> Callable[[bytes], bytes]:
    def packed(content: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
            archive.writestr(f"__MACOSX/._{name}", b"\0\5\26\7")
        return stream.getvalue()

    return packed


def saved(delimiter: str = ",", pad: str = "") -> Callable[[bytes], bytes]:
    def again(content: bytes) -> bytes:
        out = io.StringIO()
        rows = csv.reader(io.StringIO(text(content)))
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerows([f"{pad}{cell}{pad}" for cell in row] for row in rows)
        return out.getvalue().encode()

    return again


MESSY: list[tuple[str, Callable[[bytes], bytes]]] = [  # each holds every number of the file
    ("data (1).csv", lambda content: content),
    ("Copy of my table.csv", lambda content: content),
    ("x_v2.csv", lambda content: text(content).encode("utf-16")),
    ("2025-11-26 table.csv", saved(";")),
    ("table.csv", saved("\t")),
    ("no-last-line-break.csv", lambda content: content.rstrip(b"\n")),
    ("windows.csv", lambda content: content.replace(b"\n", b"\r\n")),
    ("titles.csv", lambda c: b"Table 1: a title\n\nSource: DfE\n" + text(c).encode()),
    ("blank-columns.csv", lambda c: text(c).replace("\n", ",,\n").encode()),
    ("spaces.csv", saved(pad=" ")),
    ("capitals.csv", lambda c: c.split(b"\n")[0].upper() + b"\n" + c.split(b"\n", 1)[1]),
    ("release.zip", in_zip("c1_children_in_need_referrals_and_rereferrals.csv")),
]


def read(folder: Path) -> Read:
    return read_folder(folder, catalogue())


def numbers(table: Table) -> list[tuple[int, str, tuple[str, ...]]]:
    names = sorted(table.columns)
    columns = [table.columns[name] for name in names]
    return sorted(
        (int(area), table.time.words[time].strip(),
         tuple(column.words[column.codes[at]].strip() for column in columns))
        for at, (area, time) in enumerate(zip(table.area, table.time.codes, strict=True))
    )  # fmt: skip


@pytest.mark.parametrize("dataset", FILES)
def test_the_same_numbers_whatever_was_done_to_the_file(
    published: Path, tmp_path: Path, dataset: str
) -> None:
    """Twelve variants of five files: each is known by what it holds, and read right."""
    content = (published / FILES[dataset]).read_bytes()
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / Path(FILES[dataset]).name).write_bytes(content)
    ((expected,),) = read(tmp_path / "plain").tables.values()
    assert expected.dataset == dataset
    for at, (name, spoil) in enumerate(MESSY):
        folder = tmp_path / str(at)
        folder.mkdir()
        (folder / name).write_bytes(spoil(content))
        found = read(folder)
        assert list(found.tables) == [dataset], (name, found.left_out)
        (table,) = found.tables[dataset]
        assert numbers(table) == numbers(expected), name


@pytest.mark.parametrize("dataset", FILES)
@pytest.mark.parametrize("part", [0.5, 0.9, 0.99])
@pytest.mark.parametrize("whole_lines", [True, False])
def test_a_file_that_was_cut_off_is_not_taken_for_a_short_one(
    published: Path, tmp_path: Path, dataset: str, part: float, whole_lines: bool
) -> None:
    content = (published / FILES[dataset]).read_bytes()
    if dataset == "social_worker_changes" and part > 0.95:
        pytest.skip("one year alone: the last two authorities are missed by nothing")
    cut = content[: int(len(content) * part)]
    if whole_lines:
        cut = cut[: cut.rindex(b"\n") + 1]
    (tmp_path / Path(FILES[dataset]).name).write_bytes(cut)
    try:
        (one,) = read(tmp_path).left_out
    except NothingBuiltError as error:
        (one,) = error.left_out
    assert one.why is Why.UNREADABLE
    assert "cut off" in one.words or "damaged" in one.words


@pytest.mark.parametrize("dataset", ["cin_referrals", "cla_rates"])
def test_one_year_or_three_authorities_are_short_but_whole(
    published: Path, tmp_path: Path, dataset: str
) -> None:
    lines = text((published / FILES[dataset]).read_bytes()).splitlines()
    for at, some in enumerate((
        [line for line in lines[1:] if line.startswith("2025,")],
        [line for line in lines[1:] if "Birmingham" in line or ",National," in line],
    )):  # fmt: skip
        folder = tmp_path / str(at)
        folder.mkdir()
        (folder / "short.csv").write_text("\n".join([lines[0], *some]) + "\n", encoding="utf-8")
        assert list(read(folder).tables) == [dataset]


def test_a_table_of_none_of_our_data_sets_is_told_from_the_nearest(published: Path) -> None:
    from cscdash.ingest.published_files import find_files

    folder = published / "ees" / "children-looked-after_2022"
    (one,) = [f for f in find_files(folder)[0] if f.name == "la_care_leavers_intouch"]
    said = Claims.of(catalogue()).read(one.content(), one)
    assert isinstance(said, LeftOut)
    assert said.why is Why.NOT_NEEDED
    assert "nearest to ‘Care leavers: " in said.words
    assert "‘breakdown’" in said.words
