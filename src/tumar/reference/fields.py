"""Model fields that hold codes of a list, and refuse to store anything else."""

from collections.abc import Sequence
from functools import partialmethod
from typing import TYPE_CHECKING, Any, ClassVar

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from tumar.reference.codelists import CodeList, UnknownCodeList, code_list

if TYPE_CHECKING:
    _Text = models.CharField[str | Combinable, str]
    _Json = models.JSONField[list[str], list[str]]
    _Field = models.Field[Any, Any]
else:
    _Text, _Json, _Field = models.CharField, models.JSONField, object

LONGEST_CODE = 64


class UnknownCode(ValueError):
    """A value is on its way to the database that its code list does not hold."""


class _Coded(_Field):
    """What both fields share: the key of the list, which is all that a migration remembers.

    Retired codes stay valid, so that old records can be saved again; forms offer
    `code_list(key).choices()`, which leaves them out. Labels come from `get_<name>_display()`.
    """

    defaults: ClassVar[dict[str, Any]]

    def __init__(self, code_list: str, verbose_name: Any = None, **options: Any) -> None:
        self.code_list_key = code_list
        super().__init__(verbose_name, **{**self.defaults, **options})

    @property
    def code_list(self) -> CodeList:
        return code_list(self.code_list_key)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "code_list": self.code_list_key}

    def contribute_to_class(
        self, cls: type[models.Model], name: str, *args: Any, **options: Any
    ) -> None:
        super().contribute_to_class(cls, name, *args, **options)
        setattr(cls, f"get_{name}_display", partialmethod(_display, field=self))

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        problems = super().check(**options)
        try:
            code_list(self.code_list_key)
        except UnknownCodeList as problem:
            problems.append(checks.Error(str(problem), obj=self, id="reference.E001"))
        return problems

    def unknown(self, codes: Sequence[str]) -> list[str]:
        """Those codes that the list does not hold."""
        return [code for code in codes if code not in self.code_list]


class CodeField(_Coded, _Text):
    """One code of a list; empty only where `blank` allows it."""

    description = _("A code of a published list")
    defaults = {"max_length": LONGEST_CODE}

    def words(self, value: str) -> str:
        """The label in the reader's language."""
        return self.code_list.label(value) if value else ""

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if value not in self.empty_values and self.unknown([value]):
            raise _not_in_list(value, self.code_list_key)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str) and value and self.unknown([value]):
            raise UnknownCode(_refusal(self))
        return super().get_db_prep_save(value, connection)


class CodesField(_Coded, _Json):
    """Several codes of a list, each once, kept as a JSON list in the order they were given."""

    description = _("Codes of a published list")
    defaults = {"default": list}

    def words(self, value: Sequence[str]) -> list[str]:
        """The labels in the reader's language."""
        return [self.code_list.label(code) for code in value]

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not _is_list_of_codes(value):
            raise ValidationError(_("Give a list of codes, each once."), code="not_a_list")
        unknown = self.unknown(value)
        if unknown:
            raise _not_in_list(unknown[0], self.code_list_key)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        is_expression = hasattr(value, "as_sql")
        if not is_expression and (not _is_list_of_codes(value) or self.unknown(value)):
            raise UnknownCode(_refusal(self))
        return super().get_db_prep_save(value, connection)


def _display(record: models.Model, field: CodeField | CodesField) -> str | list[str]:
    return field.words(getattr(record, field.attname))


def _is_list_of_codes(value: Any) -> bool:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        return False
    return len(set(value)) == len(value)


def _not_in_list(code: str, key: str) -> ValidationError:
    return ValidationError(
        _("%(code)s is not a code of the list “%(list)s”."),
        code="unknown_code",
        params={"code": code, "list": key},
    )


def _refusal(field: _Coded) -> str:
    # The value stays out of the message: it may be somebody's words in the wrong field.
    return f"{field} may only hold codes of the list {field.code_list_key}, each once."
