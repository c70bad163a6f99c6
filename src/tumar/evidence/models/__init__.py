"""Imported files, their anonymous records, and what has been counted."""

from tumar.evidence.models.batch import Batch, Record
from tumar.evidence.models.tally import Counting, Release, Tally

__all__ = ["Batch", "Counting", "Record", "Release", "Tally"]
