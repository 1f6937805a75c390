"""Pieces that several pages share: a chart with its table, maps, what opens on request."""
