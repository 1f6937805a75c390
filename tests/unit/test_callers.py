"""What production does not call is no part of it."""

from tests.callers import uncalled

# Called by the tests of the packages that hold them alone; they go, or find a caller, there.
WAITING = {
    "cscdash/ingest/build.py: each_extract",
    "cscdash/publishers/github.py: _Listing",
    "cscdash/settings.py: unknown_variables",
    "cscdash/views/frame/sign_in.py: while_permitted",
}


def test_everything_that_is_defined_is_called() -> None:
    assert set(uncalled()) <= WAITING
