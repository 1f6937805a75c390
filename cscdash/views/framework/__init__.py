"""The pages of the framework: reader, item, register, plain words."""
