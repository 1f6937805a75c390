"""What stands in ``deploy`` names what is there, and runs without rights."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.serving import ROOT

DEPLOY = ROOT / "deploy"


def test_the_image_runs_without_rights_and_asks_for_its_health() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    last = text.split("\nFROM ")[-1]
    assert re.search(r"^USER \d+$", last, re.M) and "HEALTHCHECK" in last
    assert "CSCDASH_HOSTED=1" in last
    assert "/_stcore/health" in last and "0.0.0.0" in last


def test_every_copy_is_behind_the_proxy() -> None:
    compose = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    proxy = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    services = set(re.findall(r"^  (app\d): \*app$", compose, re.M))
    assert len(services) == 3
    assert set(re.findall(r"server (app\d):8501", proxy)) == services
    assert "read_only: true" in compose and "cap_drop: [ALL]" in compose
    assert re.search(r'"127\.0\.0\.1:8080:8080"', compose)


def test_the_proxy_understands_its_configuration(tmp_path: Path) -> None:
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed here")
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"app\d:8501", "127.0.0.1:1", text).replace("/tmp/", f"{tmp_path}/")
    (tmp_path / "nginx.conf").write_text(text, encoding="utf-8")
    said = subprocess.run(
        ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
