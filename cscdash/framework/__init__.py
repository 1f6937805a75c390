"""The framework's expectations as readers look for them: search, filters, links, checklists."""
