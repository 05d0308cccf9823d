"""How passwords are hashed in tests: as in the portal, at a hundredth of the price."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Goedkoop(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 64  # KiB
    parallelism = 1
