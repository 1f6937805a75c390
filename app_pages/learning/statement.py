"""A written statement: an authority's own words beside its figures."""

from cscdash.views.statement import statement_page

statement_page()
