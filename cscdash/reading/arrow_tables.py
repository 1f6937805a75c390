"""In the child: what Arrow reads, CSV and Parquet, as columns.

The decoded size of Parquet is worked out from its metadata before it is read. A few bytes can stand
for gigabytes: a run of one repeated word, or a dictionary that every row points to. So words stay
dictionaries, other cells count by the rows that the metadata declare, and columns that nest, whose
cells may hold any number of values, are refused.
"""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from cscdash.errors import CscdashError
from cscdash.reading.answers import Answer, Growing, sheets_answer
from cscdash.reading.limits import Limits

_WORD = pa.dictionary(pa.int32(), pa.string())
_LONGEST = 32_767  # characters of a cell, as in Excel
_BATCH = 10_000_000  # characters that are text at one time


def csv_columns(content: bytes, label: str, limits: Limits, names: list[str]) -> Answer:
    """These columns of a published CSV file, every cell as text, each word kept once."""
    try:
        table = pacsv.read_csv(
            pa.BufferReader(content),
            convert_options=pacsv.ConvertOptions(
                include_columns=names,
                column_types=dict.fromkeys(names, _WORD),
                strings_can_be_null=False,
            ),
        )
    except MemoryError:
        raise
    except (pa.ArrowException, ValueError) as error:
        what = str(error).splitlines()[0][:200]
        raise CscdashError(f"{label} is damaged: {what}. Download it again.") from error
    return _table_answer(table.unify_dictionaries())


def parquet_header(content: bytes, label: str, limits: Limits) -> Answer:
    """The names of its columns, and how many rows the file says that it has."""
    file = _open(content, label, limits, [])
    return {"columns": file.schema_arrow.names, "rows": file.metadata.num_rows}, b""


def parquet_columns(content: bytes, label: str, limits: Limits, names: list[str]) -> Answer:
    """These columns of a published file, words as dictionaries; those it lacks are left out."""
    file = _open(content, label, limits, names)
    kept = [name for name in names if name in file.schema_arrow.names]
    return _table_answer(_read(file, kept, label, limits).unify_dictionaries())


def parquet_rows(content: bytes, label: str, limits: Limits) -> Answer:
    """A visitor's file as rows, the names of its columns first."""
    file = _open(content, label, limits, None)
    table = _read(file, file.schema_arrow.names, label, limits)
    found = Growing(limits, label)
    found.add(table.column_names)
    for batch in table.to_batches(max_chunksize=_rows_at_once(table, label, limits)):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            found.add([_plain(cell) for cell in row])
    return sheets_answer([{"name": "", "rows": found.rows}])


def _rows_at_once(table: pa.Table, label: str, limits: Limits) -> int:
    """How many rows may become text at one time: each repeats its words."""
    widest = 1
    for column in table.columns:
        if pa.types.is_dictionary(column.type):
            words = [chunk.dictionary for chunk in column.chunks]
            longest = max((pc.max(pc.binary_length(w)).as_py() or 0 for w in words), default=0)
            if longest > _LONGEST:
                raise CscdashError(f"{label} holds too much text. {limits.advice}")
            widest += longest
    return max(1, _BATCH // widest)


def _plain(cell: object) -> object:
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell


def _open(content: bytes, label: str, limits: Limits, names: list[str] | None) -> pq.ParquetFile:
    """The file, once its metadata have shown that it can be read; all columns for no `names`."""
    try:
        about = pq.read_metadata(pa.BufferReader(content))
        wanted = [
            at
            for at in range(about.num_columns)
            if names is None
            or {(path := about.schema.column(at).path), path.split(".")[0]} & {*names}
        ]
        limits.check_shape(about.num_rows, len(wanted), label)
        _check_size(about, wanted, label, limits)
        words = [
            about.schema.column(at).path
            for at in wanted
            if about.schema.column(at).physical_type == "BYTE_ARRAY"
        ]
        return pq.ParquetFile(
            pa.BufferReader(content), read_dictionary=words, memory_map=False, pre_buffer=False
        )
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError, TypeError) as error:
        raise limits.damaged(label, "Parquet file") from error


def _check_size(about: pq.FileMetaData, wanted: list[int], label: str, limits: Limits) -> None:
    decoded = 0
    for at in wanted:
        column = about.schema.column(at)
        if column.max_repetition_level:
            raise CscdashError(
                f"{label} has a column, ‘{column.path[:40]}’, whose cells hold several values each."
                " Give each its own column."
            )
        decoded += about.num_rows * max(16, column.length)
        for group in range(about.num_row_groups):
            chunk = about.row_group(group).column(at)
            decoded += chunk.total_uncompressed_size
            if "DELTA_BYTE_ARRAY" in chunk.encodings:  # each text repeats the start of the last
                decoded += about.row_group(group).num_rows * chunk.total_uncompressed_size
    if decoded > limits.unpacked:
        raise limits.too_large_inside(label)


def _read(file: pq.ParquetFile, names: list[str], label: str, limits: Limits) -> pa.Table:
    try:
        table = file.read(columns=names)
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError, TypeError) as error:
        raise limits.damaged(label, "Parquet file") from error
    if table.num_rows != file.metadata.num_rows:
        raise limits.damaged(label, "Parquet file")
    return table


def _table_answer(table: pa.Table) -> Answer:
    """A table in Arrow's own format for streams."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return {}, memoryview(sink.getvalue())
