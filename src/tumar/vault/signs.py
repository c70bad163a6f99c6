"""Does this key folder belong to this database?"""

from tumar.vault.keyring import KeysMissing, KeysWrong, ring
from tumar.vault.models import KeySign


def leave_signs() -> None:
    """Write down the fingerprints of the keys this database is sealed with."""
    for name, fingerprint in ring().fingerprints().items():
        KeySign.objects.get_or_create(name=name, defaults={"fingerprint": fingerprint})


def check_signs() -> None:
    """Compare the key ring with the fingerprints in the database.

    Raises:
        KeysMissing: there are no keys, or not all.
        KeysWrong: they are the keys of another installation.
    """
    here = ring().fingerprints()
    for sign in KeySign.objects.all():
        if sign.name not in here:
            raise KeysMissing(f"The key {sign.name}, which this database needs, is missing.")
        if here[sign.name] != sign.fingerprint:
            raise KeysWrong(f"The key {sign.name} is not the one this database was sealed with.")
