"""Fields for what people write and choose; how a form looks is in the components."""

from tumar.ui.forms.codes import CodeChoiceField, CodesField
from tumar.ui.forms.dates import PartialDateField
from tumar.ui.forms.text import NameField, SafeTextField, clean_name, clean_text

__all__ = [
    "CodeChoiceField",
    "CodesField",
    "NameField",
    "PartialDateField",
    "SafeTextField",
    "clean_name",
    "clean_text",
]
