"""Compiled templates kept on disk. A bad, foreign or unwritable cache is a miss, never an error."""

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

_DIGEST_SIZE = 16


class CheckedBytecodeCache(BytecodeCache):
    """Jinja's own file cache trusts what follows its header; here a digest stands before every entry. It is
    also of `compiled_in`: what else than its source a template was compiled from.
    """

    def __init__(self, folder: Path, compiled_in: bytes) -> None:
        self._folder = folder
        self._compiled_in = compiled_in

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            content = self._path(bucket).read_bytes()
            digest, code = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
            if self._digest(code) == digest:
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = bucket.bytecode_to_string()
        path = self._path(bucket)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(self._digest(code) + code)
            unfinished.replace(path)

    def _digest(self, code: bytes) -> bytes:
        return blake2b(code, digest_size=_DIGEST_SIZE, key=self._compiled_in).digest()

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}-{jinja2.__version__}.bin"
