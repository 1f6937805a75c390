"""Which store the app opens: the one that is named, the one built here, the demonstration."""

from pathlib import Path

import pytest

from cscdash.errors import CscdashError
from cscdash.extracts import locations
from cscdash.extracts.locations import store_in_use
from tests.unit.test_store import put


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Three places for a store, all empty."""
    found = {name: tmp_path / name for name in ("named", "extracts", "demonstration")}
    monkeypatch.setattr(locations, "EXTRACTS", found["extracts"])
    monkeypatch.setattr(locations, "DEMONSTRATION", found["demonstration"])
    monkeypatch.delenv("CSCDASH_DATA", raising=False)
    return found


def test_one_built_here_before_the_demonstration(folders: dict[str, Path]) -> None:
    with pytest.raises(CscdashError, match="There are no extracts"):
        store_in_use()
    invented = put(folders["demonstration"], 1.0)
    assert store_in_use() == (folders["demonstration"], invented.build)
    built = put(folders["extracts"], 2.0)
    assert store_in_use() == (folders["extracts"], built.build)


def test_one_that_is_named_and_no_other_in_its_place(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folders["extracts"], 2.0)
    put(folders["demonstration"], 1.0)
    monkeypatch.setenv("CSCDASH_DATA", str(folders["named"]))
    # invented or older values must not stand in for what was asked for
    with pytest.raises(CscdashError, match="named, which holds no extracts"):
        store_in_use()
    named = put(folders["named"], 3.0)
    assert store_in_use() == (folders["named"], named.build)
