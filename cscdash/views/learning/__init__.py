"""The pages of a learning session: prepare, run, take home, bring together, and the guide."""
