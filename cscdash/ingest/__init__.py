"""Ingest: published files become observations."""

from cscdash.ingest.build import Line, Report, build
from cscdash.ingest.check_figures import Judged, Verdict, check_figures, judge_figures
from cscdash.ingest.left_out import LeftOut, NothingBuiltError, Why

__all__ = [
    "Judged",
    "LeftOut",
    "Line",
    "NothingBuiltError",
    "Report",
    "Verdict",
    "Why",
    "build",
    "check_figures",
    "judge_figures",
]
