"""The command line: what it prints, and what a person is told when something is wrong."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from cscdash.__main__ import main
from cscdash.catalogue import catalogue
from cscdash.commands.command_line import app
from cscdash.extracts import Store
from cscdash.ingest.required_columns import columns_needed

REFERRALS = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
SPENDING = "RO3_LA_Data_2024-25_data_by_LA.ods"
ENGLAND = "E92000001"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process: its exit code and what it printed, to both streams."""

    def run_it(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cscdash", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        code = caught.value.code
        return (0 if code is None else int(code)), out, err

    return run_it


def referrals(make: Any, percent: str = "22.6", **renamed: str) -> bytes:
    """A file of referrals for England and two authorities with every column that is needed."""
    columns = sorted(columns_needed(catalogue())["cin_referrals"])
    cells = {renamed.get(c, c): percent if c == "rereferral_percent" else "5" for c in columns}
    return bytes(make.ees(*((area, "2025", cells) for area in (ENGLAND, "330", "331"))))


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes()
            for p in sorted(folder.rglob("*")) if p.is_file()}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path, make: Any, run: Run) -> Path:
    """A store with a current build."""
    good = tmp_path / "good"
    good.mkdir()
    (good / REFERRALS).write_bytes(referrals(make))
    assert run("build", "--from", good, "--to", tmp_path / "store")[0] == 0
    return tmp_path / "store"


def test_build_says_what_it_made(tmp_path: Path, make: Any, run: Run) -> None:
    source = tmp_path / "published"
    source.mkdir()
    (source / "release.zip").write_bytes(make.zip({f"data/{REFERRALS}": referrals(make, "c")}))
    (source / "notes.csv").write_bytes(b"a,b\n1,2\n")
    (source / "copy.zip").write_bytes(make.zip({f"x/{REFERRALS}": referrals(make, "c")}))
    code, out, err = run("build", "--from", source, "--to", tmp_path / "store")
    assert (code, err) == (0, "")
    line = next(one for one in out.splitlines() if "repeat_referrals " in one)
    assert REFERRALS in line
    assert re.search(r" 3 .* 2025 to 2025 .* 0 .* \[c\] 3", line)
    assert "notes.csv: not a table that the catalogue knows" in out
    assert f"release.zip › data/{REFERRALS}: the same file as copy.zip › x/{REFERRALS}" in out
    assert "Indicators without a file here" in out
    assert Store.open(tmp_path / "store").check() == []


def test_check_of_a_store(
    tmp_path: Path, make: Any, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def declare(*checks: dict[str, Any]) -> None:
        source = [{"dataset": "made", "value": "pct", "numerator": "n"}]
        small = make.catalogue(make.indicator(source=source, check=list(checks)))
        monkeypatch.setattr("cscdash.commands.build.catalogue", lambda: small)

    declare(
        {"period": "2025", "value": 22.6, "cite": "Table 1"},
        {"period": "2025", "value": 140.0, "cite": "Table 1", "measure": "numerator"},
        {"period": "2025", "value": 3.0, "cite": "Table 2", "area": "330"},
    )
    cells = [(ENGLAND, {"pct": "22.64", "n": "140"}), ("330", {"pct": "3.4", "n": "1"})]
    (tmp_path / "made.csv").write_bytes(make.ees(*((a, "2025", c) for a, c in cells)))
    code, out, err = run("build", "--from", tmp_path / "made.csv", "--to", tmp_path / "store")
    assert (code, err) == (0, "")
    code, out, err = run("check", tmp_path / "store")
    assert (code, err) == (0, "")
    assert "1 extracts, all whole; 3 published figures reproduced" in out
    declare(
        {"period": "2025", "value": 22.5, "cite": "Table 1"},
        {"period": "2024", "value": 22.6, "cite": "Table 1"},
        {"period": "2025", "value": 3.4, "cite": "Table 2", "area": "330"},
    )
    code, out, err = run("check", tmp_path / "store")
    assert code == 2
    assert [line[:15] for line in out.splitlines()] == ["measure, 2025: ", "measure, 2024: "]
    assert "22.5" in out
    assert "does not hold: 2 finding(s)" in err
    (Store.open(tmp_path / "store").path / "measure.parquet").write_bytes(b"gone")
    code, out, err = run("check", tmp_path / "store")
    assert code == 2
    assert out == "measure.parquet has changed since it was built\n"
    assert "does not hold: 1 finding(s)" in err


def test_check_without_a_store(tmp_path: Path, run: Run) -> None:
    code, out, err = run("check", tmp_path)
    assert (code, out) == (2, "")
    assert "holds no extracts" in err


def html(make: Any, folder: Path) -> None:
    (folder / REFERRALS).write_bytes(b"<!DOCTYPE html><html><body>404</body></html>\n")


def empty(make: Any, folder: Path) -> None:
    (folder / REFERRALS).write_bytes(b"")


def truncated(make: Any, folder: Path) -> None:
    (folder / REFERRALS).write_bytes(referrals(make)[:-7])


def wrong_encoding(make: Any, folder: Path) -> None:
    (folder / REFERRALS).write_bytes(referrals(make).decode().encode("utf-16"))


def wrong_delimiter(make: Any, folder: Path) -> None:
    (folder / REFERRALS).write_bytes(referrals(make).replace(b",", b";"))


def renamed_column(make: Any, folder: Path) -> None:
    (folder / REFERRALS).write_bytes(referrals(make, rereferral_percent="rereferrals_percent"))


def short_line(make: Any, folder: Path) -> None:
    (folder / REFERRALS).write_bytes(referrals(make) + b"2025,Reporting year\n")


def odd_cell(make: Any, folder: Path) -> None:
    (folder / REFERRALS).write_bytes(referrals(make, "about 22"))


def odd_year(make: Any, folder: Path) -> None:
    (folder / REFERRALS).write_bytes(referrals(make).replace(b"\n2025,", b"\nlast year,"))


def unknown_area(make: Any, folder: Path) -> None:
    (folder / REFERRALS).write_bytes(referrals(make).replace(b",331,", b",999,"))


def doubled_row(make: Any, folder: Path) -> None:
    content = referrals(make)
    last = content.splitlines()[-1]
    (folder / REFERRALS).write_bytes(content + last.replace(b"22.6", b"23.6") + b"\n")


def unrelated(make: Any, folder: Path) -> None:
    (folder / "shopping.csv").write_bytes(b"item,price\nmilk,1\n")


def nothing(make: Any, folder: Path) -> None:
    pass


def another_file_of_this_name(make: Any, folder: Path) -> None:
    (folder / REFERRALS).write_bytes(b"item,price\nmilk,1\n")


def climbing(make: Any, folder: Path) -> None:
    (folder / "release.zip").write_bytes(make.zip({f"../{REFERRALS}": referrals(make)}))


def torn_zip(make: Any, folder: Path) -> None:
    (folder / "release.zip").write_bytes(make.zip({REFERRALS: referrals(make)})[:-30])


def huge(make: Any, folder: Path) -> None:
    content = make.zip({REFERRALS: referrals(make)})
    at = content.index(b"PK\x01\x02") + 24
    big = (3_000_000_000).to_bytes(4, "little")
    (folder / "release.zip").write_bytes(content[:at] + big + content[at + 4 :])


def without_the_sheet(make: Any, folder: Path) -> None:
    (folder / SPENDING).write_bytes(make.ods("Contents", [["Nothing here"]]))


def no_spreadsheet(make: Any, folder: Path) -> None:
    (folder / SPENDING).write_bytes(b"<html>Not found</html>")


BAD = [
    (html, [REFERRALS, "web page", "Download"]),
    (empty, [REFERRALS, "empty", "Download"]),
    (truncated, [REFERRALS, "cut off", "Download"]),
    (short_line, [REFERRALS, "damaged", "Download"]),
    (odd_cell, [REFERRALS, "line 2", "column rereferral_percent", "‘about 22’"]),
    (odd_year, [REFERRALS, "‘last year’"]),
    (unknown_area, [REFERRALS, "line 4", "column old_la_code", "‘999’"]),
    (doubled_row, [f"{REFERRALS}, line 4", f"{REFERRALS}, line 5", "Coventry", "Keep only"]),
    (unrelated, ["No published file that we know", "catalogue"]),
    (nothing, ["No published file that we know", "catalogue"]),
    (another_file_of_this_name, [REFERRALS, "has no column"]),
    (climbing, ["release.zip", "leads outside"]),
    (torn_zip, ["release.zip", "not a whole zip file", "Download"]),
    (huge, ["release.zip", "more than 2 GB"]),
    (without_the_sheet, [SPENDING, "no sheet named like", "Download"]),
    (no_spreadsheet, [SPENDING, "not a whole spreadsheet", "Download"]),
]


def test_a_bad_file_is_left_out_and_the_others_are_built(
    tmp_path: Path, make: Any, run: Run
) -> None:
    """Every kind of bad file beside a good one: the good one is built, the bad one is named."""
    for spoil, said in BAD:
        if spoil in (nothing, unrelated):  # there is no bad file
            continue
        bad = tmp_path / spoil.__name__
        (bad / "bad").mkdir(parents=True)
        spoil(make, bad / "bad")
        good = dict.fromkeys(columns_needed(catalogue())["cpp_repeat"], "7")
        content = make.ees(*((area, "2025", good) for area in (ENGLAND, "330")))
        (bad / "d3_cpps_subsequent_plan_2013_to_2025.csv").write_bytes(content)
        code, out, err = run("build", "--from", bad, "--to", tmp_path / "try")
        assert (code, err) == (1, ""), spoil.__name__
        told = out.split("Left out:")[1]
        assert all(words in told for words in said), (spoil.__name__, told)
        assert "repeat_plans" in Store.open(tmp_path / "try").indicators
        assert "repeat_referrals" not in Store.open(tmp_path / "try").indicators


@pytest.mark.parametrize("save", [wrong_encoding, wrong_delimiter])
def test_another_encoding_or_delimiter_changes_no_number(
    tmp_path: Path, make: Any, run: Run, save: Any
) -> None:
    save(make, tmp_path)
    code, _, err = run("build", "--from", tmp_path / REFERRALS, "--to", tmp_path / "store")
    assert (code, err) == (0, "")
    frame = Store.open(tmp_path / "store").read("repeat_referrals")
    assert set(frame.loc[frame["breakdown"] == "total", "value"]) == {22.6}


def test_a_renamed_column_is_left_out_with_what_needs_it(
    tmp_path: Path, make: Any, run: Run
) -> None:
    renamed_column(make, tmp_path)
    code, out, err = run("build", "--from", tmp_path / REFERRALS, "--to", tmp_path / "store")
    assert (code, err) == (1, "")
    told = out.split("Left out:")[1]
    for words in (REFERRALS, "‘rereferral_percent’", "nearest is ‘rereferrals_percent’"):
        assert words in told
    built = Store.open(tmp_path / "store").indicators
    assert "repeat_referrals" not in built
    assert "no_further_action" in built


def test_of_two_files_that_disagree_the_older_is_left_out(
    tmp_path: Path, make: Any, run: Run
) -> None:
    for name, percent, written in (
        ("first", "22.6", 1_700_000_000),
        ("again", "22.7", 1_600_000_000),
    ):
        file = tmp_path / "both" / name / REFERRALS
        file.parent.mkdir(parents=True)
        file.write_bytes(referrals(make, percent))
        os.utime(file, (written, written))
    code, out, err = run("build", "--from", tmp_path / "both", "--to", tmp_path / "store")
    assert (code, err) == (1, "")
    told = out.split("Left out:")[1]
    for words in (f"again/{REFERRALS}, line 3", "22.6", "22.7", "Birmingham, 2025"):
        assert words in told
    frame = Store.open(tmp_path / "store").read("repeat_referrals")
    assert set(frame.loc[frame["breakdown"] == "total", "value"]) == {22.6}


def test_of_two_folders_none_is_silently_left_out(tmp_path: Path, run: Run) -> None:
    to = ("--to", tmp_path / "store")
    code, _, err = run("build", "--from", tmp_path / "a", "--from", tmp_path / "b", *to)
    assert code == 2 and "Name one folder with --from" in err
    assert not (tmp_path / "store").exists()


def is_short_and_plain(err: str) -> bool:
    """One line of one or two sentences, after the program's name."""
    lines = err.splitlines()
    return (
        len(lines) == 1
        and lines[0].startswith("cscdash: ")
        and 1 <= len(re.findall(r"[.?!](?=\s|$)", lines[0])) <= 2
    )


@pytest.mark.parametrize(("spoil", "said"), BAD, ids=[spoil.__name__ for spoil, _ in BAD])
def test_bad_input(
    tmp_path: Path, make: Any, run: Run, store: Path, spoil: Any, said: list[str]
) -> None:
    before = everything(store)
    bad = tmp_path / "bad"
    bad.mkdir()
    spoil(make, bad)
    code, _, err = run("build", "--from", bad, "--to", store)
    assert code == 2
    assert is_short_and_plain(err), err
    for words in said:
        assert words in err
    assert everything(store) == before


def test_only_files_that_no_indicator_can_use(
    tmp_path: Path, make: Any, run: Run, store: Path
) -> None:
    before = everything(store)
    bad = tmp_path / "bad"
    bad.mkdir()
    people = make.ees(("330", "2024", {"population_estimate": "290000"}))
    (bad / "ons_mid-year_population_estimates_2012_to_2024.csv").write_bytes(people)
    code, _, err = run("build", "--from", bad, "--to", store)
    assert code == 2
    assert is_short_and_plain(err), err
    assert everything(store) == before


def test_a_folder_that_does_not_exist(tmp_path: Path, run: Run, store: Path) -> None:
    before = everything(store)
    code, _, err = run("build", "--from", tmp_path / "nowhere", "--to", store)
    assert code == 2
    assert is_short_and_plain(err), err
    assert "nowhere does not exist" in err
    assert everything(store) == before


def test_a_folder_that_cannot_be_written(tmp_path: Path, run: Run, store: Path) -> None:
    (tmp_path / "a file").write_text("in the way")
    code, _, err = run("build", "--from", tmp_path / "good", "--to", tmp_path / "a file" / "store")
    assert code == 2
    assert is_short_and_plain(err), err
    assert "cannot be written" in err


def commands(group: Any, *before: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that call it, groups included."""
    for name, command in group.commands.items():
        yield (*before, name), command
        if hasattr(command, "commands"):
            yield from commands(command, *before, name)


EVERY = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_help_of_every_command_and_option(words: tuple[str, ...], run: Run) -> None:
    code, out, _ = run(*words, "--help")
    assert code == 0
    assert words[-1] in out
    assert len(EVERY[words].help) > 10, "it says what it does"
    for option in EVERY[words].params:
        assert option.opts[0].upper() in out.upper(), option.name
        assert getattr(option, "help", None), f"{option.name} is not explained"


def test_a_command_that_is_none(run: Run) -> None:
    assert run("bake")[0] == 2
    assert run("build")[0] == 2


def test_catalogue_for_people_and_programs(run: Run) -> None:
    code, out, _ = run("catalogue", "--json")
    assert code == 0
    assert [one["id"] for one in json.loads(out)] == [i.id for i in catalogue().indicators]
    code, table, _ = run("catalogue")
    assert code == 0
    code, markdown, _ = run("catalogue", "--markdown")
    assert code == 0
    for indicator in catalogue().indicators:
        assert indicator.id in table
        assert f"### {indicator.title}" in markdown
    code, out, err = run("catalogue", "--json", "--markdown")
    assert (code, out) == (2, "")
    assert is_short_and_plain(err)


def test_as_a_program() -> None:
    command = [sys.executable, "-m", "cscdash", "build", "--from", "nowhere at all"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "cscdash: nowhere at all does not exist. Name the folder that holds the published files.\n"
    )
