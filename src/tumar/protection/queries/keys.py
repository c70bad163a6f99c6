"""The key under which a screening was sealed, for the person it becomes part of."""

from tumar.access import Actor
from tumar.protection.models import Screening
from tumar.vault.models import DataKey


def key_of_screening(actor: Actor, ref: str) -> DataKey | None:
    """Fill the slot of `people`: the key of a screening the actor may continue from."""
    mine = Screening.objects.visible_to(actor).filter(person=None)
    screening = mine.select_related("data_key").filter(ref=ref).first()
    return screening.data_key if screening else None
