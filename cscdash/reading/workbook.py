"""In the child: published workbooks, by calamine, which reads them fastest."""

import io
import re

from python_calamine import CalamineWorkbook

from cscdash.reading.answers import Answer, sheets_answer
from cscdash.reading.limits import Limits
from cscdash.reading.sheet_sizes import check_sheets
from cscdash.reading.zips import check_container


def sheets(content: bytes, label: str, limits: Limits, wanted: str) -> Answer:
    """The sheets whose names match a pattern, each from its first line and column on."""
    check_container(content, label, limits)
    if not limits.held_by_system:
        check_sheets(content, label, limits)
    pattern = re.compile(wanted)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = [
            {"name": name, "rows": book.get_sheet_by_name(name).to_python(skip_empty_area=False)}
            for name in book.sheet_names
            if pattern.match(name)
        ]
    except BaseException as error:  # the reader may panic, which is no ordinary exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise limits.damaged(label, "workbook, or has a password") from error
    return sheets_answer(found)
