"""Guide and definitions."""
