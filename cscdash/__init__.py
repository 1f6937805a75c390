"""Published returns of children's services in England, as pages that people can talk about."""

__version__ = "0.1.0"
