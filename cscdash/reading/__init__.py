"""Reading: every file that a visitor or a publisher hands over is opened in a child process.

The child has little memory and little time, and gives back a plain table or a message. Inside a
block of `one_child` they share one; otherwise each has its own.
"""

from cscdash.reading.files import (
    Cell,
    Rows,
    Sheet,
    check_container,
    parquet_header,
    read_header,
    read_json,
    read_member,
    read_parquet,
    read_records,
    read_sheets,
    read_text,
    read_workbook,
    zip_dates,
    zip_members,
)
from cscdash.reading.limits import PUBLISHED, RETURN, VISITOR, Limits
from cscdash.reading.process import one_child

__all__ = [
    "PUBLISHED",
    "RETURN",
    "VISITOR",
    "Cell",
    "Limits",
    "Rows",
    "Sheet",
    "check_container",
    "one_child",
    "parquet_header",
    "read_header",
    "read_json",
    "read_member",
    "read_parquet",
    "read_records",
    "read_sheets",
    "read_text",
    "read_workbook",
    "zip_dates",
    "zip_members",
]
