"""An answer in a file: there whole, or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from tracker.errors import FileProblem

_PIECE = 1 << 16


def write_whole(file: Path, pieces: Iterable[str | bytes], *, replace: bool = False, private: bool = False) -> None:
    """Write the pieces beside the file and put them in its place when all are written.

    A pipe or a device is written to, not replaced. A link is replaced, not followed: what it points at stays. A
    `private` file is for its owner alone. Raises FileProblem: folder, exists (without `replace`), missing
    (its folder), unwritable. A failure leaves what was there.
    """
    # os.path answers also for a name that is too long, or a ring of links.
    if os.path.isdir(file):
        raise FileProblem(str(file), "folder")
    if os.path.isfile(file) and not replace:
        raise FileProblem(str(file), "exists")
    target = Path(os.path.realpath(file.parent)) / file.name
    if not os.path.isdir(target.parent):
        raise FileProblem(str(target.parent), "missing")
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as page:
                pour(pieces, page)
        else:
            with _beside(target, private=private) as page:
                pour(pieces, page)
    except BrokenPipeError:
        raise
    except OSError:
        raise FileProblem(str(file), "unwritable") from None


def pour(pieces: Iterable[str | bytes], page: BinaryIO) -> None:
    """Write many small pieces in few large ones; text in UTF-8."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece.encode() if isinstance(piece, str) else piece)
        size += len(waiting[-1])
        if size >= _PIECE:
            page.write(b"".join(waiting))
            waiting, size = [], 0
    page.write(b"".join(waiting))


@contextmanager
def _beside(target: Path, *, private: bool) -> Iterator[BinaryIO]:
    # A file's name may be at most 255 bytes long: of a long one only the beginning is taken.
    number, name = mkstemp(prefix=f".{target.name[:60]}.", dir=target.parent)
    try:
        with os.fdopen(number, "wb") as page:
            yield page
            page.flush()
            os.fsync(page.fileno())
        os.chmod(name, 0o600 if private else _mode(target))
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those of any new file."""
    with suppress(FileNotFoundError):
        return stat.S_IMODE(target.lstat().st_mode) if not target.is_symlink() else stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
