"""Pieces that several pages share: a chart with its table, maps, sections that open on request."""
