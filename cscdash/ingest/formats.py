"""The formats in which publishers issue tables: each is one entry here and one module."""

from collections.abc import Callable
from dataclasses import dataclass

from cscdash.catalogue.publications import Dataset
from cscdash.ingest.ees import read_ees
from cscdash.ingest.fingertips import read_fingertips
from cscdash.ingest.lait import read_lait
from cscdash.ingest.mid_year import read_mid_year
from cscdash.ingest.ofsted import read_ofsted
from cscdash.ingest.outturn import read_outturn
from cscdash.ingest.published_table import Table
from cscdash.ingest.required_columns import Needs


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes
    ----------
    name : str
        What the catalogue calls it.
    endings : tuple of str
        The endings of its files, the usual one first.
    read : callable
        Makes a table of a file's content, its data set, what is needed of it, and its label;
        raises `UnusableError` for a file that is not of this format.
    marks : tuple of str
        Columns that every CSV file of this format has; empty for other kinds of file.
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[bytes, Dataset, Needs, str], Table]
    marks: tuple[str, ...] = ()


FORMATS = {
    one.name: one
    for one in (
        Format("ees", (".csv",), read_ees, ("time_period", "geographic_level")),
        Format("fingertips", (".csv",), read_fingertips, ("Area Code", "Time period")),
        Format("lait", (".parquet",), read_lait),
        Format("outturn", (".ods", ".xlsx"), read_outturn),
        Format("ofsted", (".ods", ".xlsx"), read_ofsted),
        Format("mid_year", (".xlsx", ".ods"), read_mid_year),
    )
}
