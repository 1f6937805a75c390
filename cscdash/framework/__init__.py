"""The framework's expectations: search, filters, links to indicators, checklists."""
