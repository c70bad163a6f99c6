"""How passwords are hashed: Argon2id with the parameters OWASP recommends."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspArgon2(Argon2PasswordHasher):
    """Argon2id, 19 MiB, two passes, one lane.

    Django's defaults cost 632 ms and 100 MiB a sign-in on a small server, which makes a flood of
    sign-ins a way to stop it.

    Source:
        OWASP Password Storage Cheat Sheet, 2023.
    """

    algorithm = "argon2owasp"
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
