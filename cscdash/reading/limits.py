"""What one file that is handed over may cost before it is refused."""

import sys
from dataclasses import dataclass

from cscdash.errors import CscdashError


@dataclass(frozen=True)
class Limits:
    """Limits on reading one file.

    Attributes
    ----------
    content : int
        Bytes of the file as it is handed over.
    unpacked : int
        Bytes that a zip, a workbook or a Parquet file may unpack to.
    members : int
        Files in a zip.
    rows, columns, cells, characters : int
        Of a table, however sparsely filled; characters are those of all cells together.
    memory : int
        Bytes that the child process may take on top of what it takes before it reads; 0 for no
        limit by the system, as where there is none.
    seconds : float
        Time for one file.
    answer : int
        Bytes of what is handed back.
    advice : str
        The sentence that ends a refusal: what to do instead.
    """

    content: int
    unpacked: int
    members: int
    rows: int
    columns: int
    cells: int
    characters: int
    memory: int
    seconds: float
    answer: int
    advice: str

    @property
    def held_by_system(self) -> bool:
        """Whether the system holds the child to its memory; elsewhere sizes are computed first."""
        return self.memory > 0 and sys.platform == "linux"

    def too_large(self, label: str) -> CscdashError:
        """The refusal of a file with too many bytes."""
        return CscdashError(
            f"{label} is larger than {self.content // 1_000_000:,} MB. {self.advice}"
        )

    def too_large_inside(self, label: str) -> CscdashError:
        """The refusal of a file that unpacks to too many bytes."""
        size = (
            f"{self.unpacked // 1_000_000_000:,} GB"
            if self.unpacked >= 1_000_000_000
            else f"{self.unpacked // 1_000_000:,} MB"
        )
        return CscdashError(
            f"{label} would unpack to more than {size}, so it was not opened. {self.advice}"
        )

    def too_costly(self, label: str) -> CscdashError:
        """The refusal of a file that takes too much memory."""
        return CscdashError(
            f"{label} takes more memory than any such file should, so it was not read."
            f" {self.advice}"
        )

    def too_long(self, label: str) -> CscdashError:
        """The refusal of a file that takes too long."""
        return CscdashError(
            f"{label} takes longer than {self.seconds:.0f} seconds, so it was not read."
            f" {self.advice}"
        )

    def damaged(self, label: str, what: str) -> CscdashError:
        """The refusal of a file that cannot be read as what it should be."""
        return CscdashError(f"{label} is no whole {what}. {self.advice}")

    def check_shape(self, rows: int, columns: int, label: str) -> None:
        """Refuse a table with too many rows, columns or cells.

        Raises
        ------
        CscdashError
            Saying which.
        """
        if rows > self.rows:
            raise CscdashError(f"{label} has more than {self.rows:,} rows. {self.advice}")
        if columns > self.columns:
            raise CscdashError(f"{label} has more than {self.columns:,} columns. {self.advice}")
        if rows * columns > self.cells:
            raise CscdashError(
                f"{label} has {rows:,} rows of {columns:,} columns, empty ones counted, which"
                f" is too many. {self.advice}"
            )


# A visitor's table of totals is small; a file of the wrong kind must not cost the others much.
VISITOR = Limits(
    content=20_000_000,
    unpacked=100_000_000,
    members=2_000,
    rows=50_000,
    columns=300,
    cells=1_000_000,
    characters=20_000_000,
    memory=120_000_000,
    seconds=30.0,
    answer=60_000_000,
    advice="A table of totals is far smaller: bring that alone.",
)

# The largest published file (Explore Education Statistics, CSV) has about 10 MB.
PUBLISHED = Limits(
    content=500_000_000,
    unpacked=2_000_000_000,
    members=20_000,
    rows=20_000_000,
    columns=5_000,
    cells=200_000_000,
    characters=1_000_000_000,
    memory=3_000_000_000,
    seconds=180.0,
    answer=1_500_000_000,
    advice="Download it again.",
)

# A return of one authority and year: 2,000 children looked after have about 40,000 rows.
RETURN = Limits(
    content=300_000_000,
    unpacked=600_000_000,
    members=500,
    rows=1_000_000,
    columns=100,
    cells=20_000_000,
    characters=400_000_000,
    memory=4_000_000_000,
    seconds=180.0,
    answer=600_000_000,
    advice="A return of one authority and year is far smaller.",
)
