"""Numbers as bytes: seven bits a byte, lowest first, the high bit set on all but the last."""

from collections.abc import Iterable


def _encode(number: int) -> bytes:
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


class _Encodings(dict[int, bytes]):
    def __missing__(self, number: int) -> bytes:
        return _encode(number)


_ENCODINGS = _Encodings()


def encode_numbers(numbers: Iterable[int]) -> bytes:
    return b"".join(map(_ENCODINGS.__getitem__, numbers))
