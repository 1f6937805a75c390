"""What is loaded: store, releases, coverage."""

from cscdash.views.data import data

data()
