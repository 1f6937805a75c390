"""The framework's expectations as a reader asks for them: search, filters, links, checklists."""
