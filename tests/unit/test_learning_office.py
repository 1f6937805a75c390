"""The record in an office program that had no part in writing it: LibreOffice."""

import shutil
import subprocess
from pathlib import Path
from typing import Literal

import pytest

from cscdash.learning.pack import as_file
from tests.unit.recorded import EXHIBITS, SENTENCE, pack
from tests.unit.test_learning_pack import NOTES

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
LOOK = shutil.which("pdfimages"), shutil.which("pdftotext")


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed here")
@pytest.mark.skipif(not all(LOOK), reason="the tools of poppler are not installed here")
@pytest.mark.parametrize("form", ["docx", "pptx"])
def test_it_opens_and_shows_every_chart_and_note(
    form: Literal["docx", "pptx"], tmp_path: Path
) -> None:
    file = tmp_path / f"record.{form}"
    file.write_bytes(as_file(pack(), form))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    done = _run(str(OFFICE), profile, "--headless", "--convert-to", "pdf",
                "--outdir", str(tmp_path), str(file))  # fmt: skip
    printed = tmp_path / "record.pdf"
    assert printed.is_file(), done
    images = [line.split() for line in _run(str(LOOK[0]), "-list", str(printed)).splitlines()[2:]]
    charts = [line for line in images if line[2] == "image" and int(line[3]) > 1000]
    assert len(charts) == len(EXHIBITS)
    said = " ".join(_run(str(LOOK[1]), str(printed), "-").split())
    for words in (SENTENCE, *NOTES):
        assert words in said, words


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
    return done.stdout
