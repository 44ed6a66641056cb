"""Randomness that depends on nothing but a key: streams, permutations and shuffles.

Every integer comes straight from HMAC-SHA256 or SHAKE-256, never from the distribution methods of
Python or NumPy, which may change between versions: an exam must rebuild in ten years.
"""

import hashlib
import hmac
import math

ROUNDS = 10  # Luby and Rackoff need 4 for large domains; small ones need more to look random


def derive(key: bytes, *labels: str | int) -> bytes:
    """The 32-byte key for a purpose: HMAC-SHA256 of the labels, each with its length before it."""
    message = b"examgen/1"
    for label in labels:
        text = str(label).encode()
        message += len(text).to_bytes(4, "big") + text
    return hmac.digest(key, message, hashlib.sha256)


def exam_key(seed: int, *, title: str, secret: bytes | None = None) -> bytes:
    """The key from which everything random in an exam derives: seed, secret and title.

    The title keeps two exams apart that share seed and secret; questions have no part in it.
    """
    return derive(secret or b"", "secret" if secret else "demo", "exam", title, seed)


def commitment(key: bytes) -> str:
    """A public fingerprint of an exam key, from which it cannot be found: 64 hexadecimal digits."""
    return derive(key, "commitment").hex()


class Stream:
    """An endless stream of integers from a key: HMAC-SHA256 in counter mode."""

    def __init__(self, key: bytes):
        self._key = key
        self._counter = 0
        self._bytes = b""

    def below(self, bound: int) -> int:
        """The next integer from 0 to ``bound - 1``, all equally likely (by rejection)."""
        if bound < 1:
            raise ValueError(f"bound must be positive, not {bound}")
        bits = (bound - 1).bit_length()
        while True:
            number = int.from_bytes(self._take((bits + 7) // 8), "big") >> (-bits % 8)
            if number < bound:
                return number

    def _take(self, count: int) -> bytes:
        while len(self._bytes) < count:
            block = self._counter.to_bytes(8, "big")
            self._bytes += hmac.digest(self._key, block, hashlib.sha256)
            self._counter += 1
        taken, self._bytes = self._bytes[:count], self._bytes[count:]
        return taken


def shuffled(key: bytes, count: int) -> list[int]:
    """The numbers 0 to ``count - 1`` in an order drawn from the key (Fisher and Yates)."""
    stream = Stream(key)
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        other = stream.below(last + 1)
        order[last], order[other] = order[other], order[last]
    return order


class KeyedPermutation:
    """A bijection of 0 … size - 1 drawn by a key, for any size, computed entry by entry.

    A Feistel network on pairs (left, right) with left < a, right < b and a·b just above ``size``,
    rounds adding modulo a and b in turn; what falls outside is enciphered again ("cycle walking").
    Source: Black and Rogaway, Ciphers with Arbitrary Finite Domains, CT-RSA 2002.
    """

    def __init__(self, key: bytes, size: int):
        if size < 1:
            raise ValueError(f"size must be positive, not {size}")
        self.size = size
        self._rows = math.isqrt(size - 1) + 1
        self._columns = -(-size // self._rows)
        self._keys = [derive(key, "round", number, size) for number in range(ROUNDS)]
        # 16 bytes more than the larger half: the bias of the remainder is below 2**-128
        self._width = (self._rows.bit_length() + 7) // 8
        self._digest_size = self._width + 16

    def __call__(self, index: int) -> int:
        """The ``index``-th element (from 0); raises `IndexError` outside 0 … size - 1."""
        if not 0 <= index < self.size:
            raise IndexError(f"index {index} is not in 0 … {self.size - 1}")
        place = self._encipher(index)
        while place >= self.size:
            place = self._encipher(place)
        return place

    def _encipher(self, place: int) -> int:
        left, right = divmod(place, self._columns)
        for number in range(0, ROUNDS, 2):
            left = (left + self._noise(number, right)) % self._rows
            right = (right + self._noise(number + 1, left)) % self._columns
        return left * self._columns + right

    def _noise(self, number: int, half: int) -> int:
        message = self._keys[number] + half.to_bytes(self._width, "big")
        return int.from_bytes(hashlib.shake_256(message).digest(self._digest_size), "big")
