"""CSV files: what is wrong with one is said, and every cell is kept as it stands."""

import pytest

from cscdash.errors import CscdashError
from cscdash.reading import read_header, read_text


def test_a_header() -> None:
    assert read_header(b'\xef\xbb\xbfa,b,"c,d"\r\n1,2,3\r\n', "f") == ["a", "b", "c,d"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"<!DOCTYPE html><html>\n", "is a web page"),
        (b"\n\n  <html lang=en>\n", "is a web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n", "is a web page"),
        ("a,b\n1,2\n".encode("utf-16"), "is not in UTF-8"),
        ("a,b\n1,2\n".encode("utf-16-le"), "is not in UTF-8"),
        ("année,b\n1,2\n".encode("latin-1"), "line 1, is not in UTF-8"),
        (b"a;b;c\n1;2;3\n", "is not separated by commas"),
        (b"a\tb\n1\t2\n", "is not separated by commas"),
        (b"a|b\n1|2\n", "is not separated by commas"),
        (b"a,b\n1,2\n3", "was cut off"),
        (b"a,b", "was cut off"),
        (b"a,b,a\n1,2,3\n", "two columns named ‘a’"),
        (b'a,"b\n1,2\n', "is no list of column names"),
    ],
)
def test_what_is_no_table(content: bytes, said: str) -> None:
    with pytest.raises(CscdashError, match=f"^f.*{said}"):
        read_header(content, "f")


def test_cells_are_kept_as_they_stand() -> None:
    content = b'a,b,c\n01,"x, y",\n1.50,NA,null\nc,"",N/A\n'
    table = read_text(content, ["a", "b", "c"], "f")
    assert table.to_pydict() == {
        "a": ["01", "1.50", "c"],
        "b": ["x, y", "NA", ""],
        "c": ["", "null", "N/A"],
    }


@pytest.mark.parametrize(
    "content",
    [b"a,b\n1,2,3\n", b"a,b\n1\n", b"a,b\n1,\xff\n", b"a,c\n1,2\n"],
)
def test_damage_below_the_header(content: bytes) -> None:
    with pytest.raises(CscdashError, match=r"^f is damaged: .*Download it again"):
        read_text(content, ["a", "b"], "f")
