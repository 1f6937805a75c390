"""The framework reader, or one of its items."""

from cscdash.views.framework.reader import reader

reader()
