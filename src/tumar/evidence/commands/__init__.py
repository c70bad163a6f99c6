"""What can happen here: records are taken in, and people are counted."""

from tumar.evidence.commands.intake import ImportedMeanwhile, Intake, take_in
from tumar.evidence.commands.tallies import rebuild_case_tallies

__all__ = ["ImportedMeanwhile", "Intake", "rebuild_case_tallies", "take_in"]
