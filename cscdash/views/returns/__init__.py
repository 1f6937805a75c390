"""*Your own returns*: declared by its own command alone, and imported by nothing else."""
