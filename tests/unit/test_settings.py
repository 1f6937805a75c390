"""Settings: read afresh, by one module, and each told to those who host the app."""

import ast
import re
from pathlib import Path

import pytest

from cscdash import settings as module
from cscdash.settings import settings, site, unknown_variables, variable, variables
from tests.serving import ROOT

# The settings, and what hands the machine's own variables on to a child process.
MAY_READ = ("cscdash/settings.py", "cscdash/reading/process.py")
OF_THE_WORKFLOW = "CSCDASH_UPDATES"  # a variable of the repository, not of the app
PARTS = [*(ROOT / "cscdash").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in variables():
        monkeypatch.delenv(name, raising=False)


def test_what_holds_where_nothing_is_set() -> None:
    now = settings()
    assert (now.data, now.mirror, now.home_area, now.feedback_url) == ("", "", "", "")
    assert (now.hosted, now.local_on) == (False, False)
    assert now.local == ROOT / "data" / "local"
    assert now.statements == ROOT / "data" / "statements"
    assert now.published == ROOT / "data" / "published"


def test_settings_are_read_for_each_run(monkeypatch: pytest.MonkeyPatch) -> None:
    before = settings()
    monkeypatch.setenv("CSCDASH_LOCAL", "elsewhere")
    monkeypatch.setenv("CSCDASH_MIRROR", " http://127.0.0.1:1/ ")
    assert settings().local == Path("elsewhere") and settings().mirror == "http://127.0.0.1:1"
    assert before.local != settings().local


@pytest.mark.parametrize("text", ["1", "true", "TRUE", "yes", "on", " 1 ", "treu", "2", "hosted"])
def test_whoever_may_have_said_hosted_is_hosted(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("CSCDASH_HOSTED", text)
    assert settings().hosted


@pytest.mark.parametrize("text", ["", "0", "no", "Off", "false", " 0 "])
def test_a_clear_no_is_not_hosted(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("CSCDASH_HOSTED", text)
    assert not settings().hosted


@pytest.mark.parametrize("text", ["treu", "2", "local", "0", "", "[true]"])
def test_local_figures_are_shown_to_others_only_for_a_clear_yes(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("CSCDASH_LOCAL_ON", text)
    assert not settings().local_on
    monkeypatch.setenv("CSCDASH_LOCAL_ON", "Yes")
    assert settings().local_on


def test_community_cloud_is_hosted_by_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PACKAGE", Path("/mount/src/copy/cscdash"))
    monkeypatch.setenv("CSCDASH_HOSTED", "0")
    assert settings().hosted


def test_the_site_lies_beside_the_package_or_is_carried_by_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert site() == ROOT
    (tmp_path / "site").mkdir()
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    assert site() == tmp_path.parent
    (tmp_path / "site" / "app.py").touch()
    assert site() == tmp_path / "site"


def test_a_variable_that_is_no_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSCDASH_HOSTD", "1")
    assert "CSCDASH_HOSTD" in unknown_variables()
    assert not set(unknown_variables()) & set(variables())
    with pytest.raises(KeyError):
        variable("hostd")


def test_nothing_else_reads_the_environment() -> None:
    for file in PARTS:
        if file.relative_to(ROOT).as_posix() in MAY_READ:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = {node.attr} if isinstance(node, ast.Attribute) else set()
            if isinstance(node, ast.ImportFrom):
                names = {alias.name for alias in node.names}
            assert not names & {"environ", "environb", "getenv"}, file


def test_every_variable_is_in_the_page_for_hosts() -> None:
    page = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(CSCDASH_[A-Z_]+)` \|", page, re.MULTILINE)
    assert sorted(told) == sorted(variables())
    everywhere = [*PARTS, *(ROOT / "docs").glob("*.md"), ROOT / "README.md"]
    for file in everywhere:
        named = set(re.findall(r"CSCDASH_[A-Z][A-Z_]*", file.read_text(encoding="utf-8")))
        assert named <= {*variables(), OF_THE_WORKFLOW}, file
