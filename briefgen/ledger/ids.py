"""Ids of runs: sorted by time, unique without asking anybody, short enough to type."""

from __future__ import annotations

import os
from datetime import datetime

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Digits and letters that are not taken for one another."""
TIME_LENGTH, CHANCE_LENGTH = 9, 4


def new_id(moment: datetime) -> str:
    """An id such as `1jmd64vn0-x4k2`: milliseconds since 1970, then chance."""
    chance = int.from_bytes(os.urandom(4), "big")
    milliseconds = int(moment.timestamp() * 1000)
    return f"{_written(milliseconds, TIME_LENGTH)}-{_written(chance, CHANCE_LENGTH)}"


def _written(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))
