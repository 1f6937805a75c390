"""Charts: pure functions from numbers to a template and the rows it draws."""
