"""The record of a session in five forms: Word, PowerPoint, a page to print, Markdown, JSON."""

from cscdash.learning.pack.contents import Exhibit, Pack, draw
from cscdash.learning.pack.record_files import FORMS, as_file, everything

__all__ = ["FORMS", "Exhibit", "Pack", "as_file", "draw", "everything"]
