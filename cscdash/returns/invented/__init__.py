"""An invented authority: lives are drawn, returns written of them, and the answers known.

`lives` draws children and what happens to them, `written` makes the files that a system would have
written, and `answers` counts the lives themselves, without any file: what the returns have to give.
"""

from cscdash.returns.invented.answers import Answers
from cscdash.returns.invented.lives import Lives, draw
from cscdash.returns.invented.written import write

__all__ = ["Answers", "Lives", "draw", "write"]
