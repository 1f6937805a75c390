"""Ingest: published files become observations."""

from cscdash.ingest.build import Line, Report, build
from cscdash.ingest.check_figures import check_figures
from cscdash.ingest.left_out import LeftOut, NothingBuiltError, Why

__all__ = ["LeftOut", "Line", "NothingBuiltError", "Report", "Why", "build", "check_figures"]
