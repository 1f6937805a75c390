"""The guide: how to read, how to meet, symbols and methods, privacy, feedback, what changed."""
