"""The version of this package. The one module that every other may import."""

__version__ = "0.1.0"
