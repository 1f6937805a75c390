"""The pages of a learning session: prepare, run, take the record home, bring several together."""
