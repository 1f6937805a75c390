"""Own returns: an authority's SSDA903 and children in need census become figures of an area.

Files are found and read (`files`), pooled over the years (`pooled`), and counted by declared
measures at an as-at date (`measures`, `figures`). All that is about a child stays in the memory
of one process and is let go with it; only figures of an area leave this package. DuckDB is loaded
here alone, so no page imports it.
"""
