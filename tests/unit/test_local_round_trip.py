"""The template's own examples after a spreadsheet program has opened and saved them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from cscdash.catalogue import catalogue
from cscdash.local.row import EXAMPLE
from cscdash.local.template import last_quarters, template
from tests.unit.local_files import TODAY, looked

OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here")
def test_examples_survive_libreoffice(tmp_path: Path) -> None:
    for id in ("section_47_number", "repeat_referrals"):
        for wide in (False, True):
            text = template(catalogue().indicator(id), "383", TODAY, None, wide)
            file = tmp_path / f"{id}_{wide}.csv"
            file.write_text(text.replace(EXAMPLE, "ours"), encoding="utf-8-sig")
    for ending in ("xlsx", "ods", "csv"):
        subprocess.run(
            [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
            + ["--headless", "--convert-to", ending, "--outdir", str(tmp_path / "saved")]
            + [str(file) for file in sorted(tmp_path.glob("*.csv"))],
            check=True,
            capture_output=True,
            timeout=120,
        )
    for file in sorted(tmp_path.glob("*.csv")):
        before = looked(file.read_bytes(), file.name)
        quarters = last_quarters(catalogue().indicator(before.figures[0].indicator), TODAY, 4)
        assert [figure.when.text for figure in before.figures] == quarters
        for ending in ("xlsx", "ods", "csv"):
            saved = (tmp_path / "saved" / f"{file.stem}.{ending}").read_bytes()
            after = looked(saved, f"{file.stem}.{ending}")
            assert not after.problems, (file.stem, ending, after.problems)
            assert [(f.cell, f.value, f.denominator) for f in after.figures] == [
                (f.cell, f.value, f.denominator) for f in before.figures
            ]
