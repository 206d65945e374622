"""Passwords: Argon2id at 19 MiB, two passes, one lane (OWASP's figure), so that 500 people can sign in at once."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SizedArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id sized for deadline day: about 22 ms and 19 MiB a check."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
