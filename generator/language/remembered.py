"""Answers kept for questions that come back, looked up as quickly as in a dictionary."""

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """What `function` returns for each key that is asked for.

    When there are `most`, those are forgotten that nobody asks for before there are as many again.
    """

    def __init__(self, function: Callable[[Key], Value], most: int) -> None:
        super().__init__()
        self._function = function
        self._most = most
        self._earlier: dict[Key, Value] = {}

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._most:
            self._earlier = dict(self)
            self.clear()
        value = self._earlier[key] if key in self._earlier else self._function(key)
        self[key] = value
        return value
