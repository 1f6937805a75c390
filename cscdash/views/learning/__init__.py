"""The pages of a learning session: prepare, run, keep the record, combine several records."""
