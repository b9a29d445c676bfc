"""The one error of this room: a sentence that says what is wrong, where, and what to do."""

from __future__ import annotations


class DataError(ValueError):
    """A source, table or parameter is missing, damaged or not what it says it is."""
