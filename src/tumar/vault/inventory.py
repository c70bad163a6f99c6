"""Everything that is sealed, as a list that is generated and compared in CI."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from tumar.vault.fields import SealedField


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One sealed column and the purpose of the key that opens it."""

    table: str
    column: str
    purpose: str


def sealed_columns() -> Iterator[SealedColumn]:
    """Every sealed column of every room, in a stable order."""
    models = sorted(apps.get_models(), key=lambda model: model._meta.db_table)
    for model in models:
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                yield SealedColumn(model._meta.db_table, field.name, field.purpose)
    yield SealedColumn("vault_storedfile", "sealed_name", "record")
    yield SealedColumn("(files)", "content", "files")
