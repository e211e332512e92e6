"""A hasher that counts how often a password is worked on: what an answer takes, without a clock."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.hashers import MD5PasswordHasher


class CountingHasher(MD5PasswordHasher):
    algorithm = "counted"
    work: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.work.append(password)
        return super().encode(password, salt)
