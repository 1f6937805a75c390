"""Ingest: published files become observations."""

from cscdash.ingest.build import Line, Report, build, check_figures

__all__ = ["Line", "Report", "build", "check_figures"]
