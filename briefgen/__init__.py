"""briefgen: sector briefings from curated data, every number bound to its source."""

__version__ = "0.1.0"
