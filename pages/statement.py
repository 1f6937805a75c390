"""A written statement: an authority's own words beside its figures."""

from cscdash.views.frame.navigation import open_in_frame
from cscdash.views.learning.statement import statement_page

open_in_frame()
statement_page()
