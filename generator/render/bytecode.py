"""Compiled templates kept on disk. A bad, foreign or unwritable cache is a miss, never an error."""

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

_DIGEST_SIZE = 16


class CheckedBytecodeCache(BytecodeCache):
    """Jinja's own file cache trusts what follows its header; here a digest stands before every entry."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            content = self._path(bucket).read_bytes()
            digest, code = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
            if blake2b(code, digest_size=_DIGEST_SIZE).digest() == digest:
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = bucket.bytecode_to_string()
        path = self._path(bucket)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(blake2b(code, digest_size=_DIGEST_SIZE).digest() + code)
            unfinished.replace(path)

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}-{jinja2.__version__}.bin"
