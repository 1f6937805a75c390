"""A whole update from a stand-in that serves the published files."""

from pathlib import Path

from cscdash.catalogue import catalogue
from cscdash.extracts import Store
from cscdash.ingest import build, check_figures
from cscdash.publishers import Options, update
from cscdash.publishers.outcome_report import lines
from tests.standin.server import running
from tests.standin.world import real_world


def test_an_update_makes_what_a_build_makes(published: Path, tmp_path: Path) -> None:
    with running(real_world(published)) as standin:
        options = Options(tmp_path / "store", tmp_path / "cache", 2018, mirror=standin.url)
        outcome = update(catalogue(), options)
        assert outcome.complete, list(lines(outcome, catalogue()))
        assert max(standin.most.values()) <= 2
        standin.asked.clear()
        assert not update(catalogue(), options).built
        assert len(standin.asked) <= sum(bool(p.download) for p in catalogue().publications)
    store = Store.open(tmp_path / "store")
    assert store.check() == []
    assert not any(check_figures(store, catalogue()).values())
    straight = build(tmp_path / "cache", tmp_path / "straight", catalogue()).store
    assert {r["name"]: r["hash"] for r in store.package["resources"]} == {
        r["name"]: r["hash"] for r in straight.package["resources"]
    }
