"""Everything of `ui.components`, under the one name that templates load."""

from tumar.ui.components import blocks, events, fields, figures, marks, register

__all__ = ["blocks", "events", "fields", "figures", "marks", "register"]
