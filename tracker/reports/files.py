"""Answers in files: each there whole, or not at all; several of one run all of them, or none."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copy2
from tempfile import mkstemp
from typing import BinaryIO

from tracker.errors import FileProblem

Pieces = Iterable[str | bytes]
_PIECE = 1 << 16
# By this a draft is known as ours. After so many seconds without a word more whoever wrote it was killed.
_OURS, _LEFT = "tracker-", 24 * 60 * 60


def write_whole(file: Path, pieces: Pieces, *, replace: bool = False, private: bool = False) -> None:
    """Write the pieces beside the file and put them in its place when all are written.

    A pipe or a device is written to, not replaced. A link is replaced, not followed: what it points at stays. A
    `private` file is for its owner alone. Raises FileProblem: folder, exists (without `replace`), missing
    (its folder), unwritable. A failure leaves what was there.
    """
    write_together([(file, pieces)], replace=replace, private=private)


def write_together(files: Iterable[tuple[Path, Pieces]], *, replace: bool = False, private: bool = False) -> None:
    """Write several files as one set, as `write_whole` does each: when one fails, all is as it was."""
    with drafted(files, replace=replace, private=private) as drafts:
        kept: dict[Path, str] = {}
        moved: list[Path] = []
        try:
            for file, draft in drafts.items():
                with _refusing(file):
                    if len(drafts) > 1 and file.exists():
                        kept[file] = _second_name(file, f"{draft}~")
                    os.replace(draft, file)
                moved.append(file)
        except BaseException:
            for file in moved:
                with suppress(OSError):
                    if file in kept:
                        os.replace(kept[file], file)
                    else:
                        os.unlink(file)
            raise
        finally:
            for name in kept.values():
                with suppress(OSError):
                    os.unlink(name)


@contextmanager
def drafted(files: Iterable[tuple[Path, Pieces]], *, replace: bool, private: bool = False) -> Iterator[dict[Path, str]]:
    """Drafts of files, each whole and beside its place, by that place. Those that are still there when the block fails
    are gone after it. Raises as `write_whole` does.
    """
    drafts: dict[Path, str] = {}
    try:
        for file, pieces in files:
            target = _place(file, replace=replace)
            with _refusing(file):
                if target.exists() and not target.is_file():
                    with target.open("wb") as page:
                        pour(pieces, page)
                else:
                    _draft(target, pieces, drafts, private=private)
        yield drafts
    except BaseException:
        for draft in drafts.values():
            with suppress(OSError):
                os.unlink(draft)
        raise


def _place(file: Path, *, replace: bool) -> Path:
    # os.path answers also for a name that is too long, or a ring of links.
    if os.path.isdir(file):
        raise FileProblem(str(file), "folder")
    is_other = os.path.exists(file) and not os.path.isfile(file)
    if os.path.lexists(file) and not is_other and not replace:
        raise FileProblem(str(file), "exists")
    target = Path(os.path.realpath(file.parent)) / file.name
    if not os.path.isdir(target.parent):
        raise FileProblem(str(target.parent), "missing")
    return target


def pour(pieces: Pieces, page: BinaryIO) -> None:
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


def _draft(target: Path, pieces: Pieces, drafts: dict[Path, str], *, private: bool) -> None:
    # A file's name may be at most 255 bytes long: of a long one only the beginning is taken.
    beginning = f".{target.name[:56]}.{_OURS}"
    number, drafts[target] = mkstemp(prefix=beginning, dir=target.parent)
    _clear_away(drafts[target], beginning)
    with os.fdopen(number, "wb") as page:
        pour(pieces, page)
        page.flush()
        os.fsync(page.fileno())
    os.chmod(drafts[target], 0o600 if private else _mode(target))


def _clear_away(draft: str, beginning: str) -> None:
    """Delete older drafts of the same file and person, which killed programs have left."""
    own = os.stat(draft)
    name = re.compile(re.escape(beginning) + r"\w{8}")
    with suppress(OSError), os.scandir(os.path.dirname(draft)) as entries:
        for entry in entries:
            if name.fullmatch(entry.name):
                found = entry.stat(follow_symlinks=False)
                left = own.st_mtime - found.st_mtime > _LEFT
                if left and stat.S_ISREG(found.st_mode) and found.st_uid == own.st_uid:
                    os.unlink(entry)


def _second_name(file: Path, name: str) -> str:
    try:
        os.link(file, name)
    except OSError:
        # Some shared folders know no links.
        copy2(file, name)
    return name


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError:
        raise FileProblem(str(file), "unwritable") from None


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those of any new file."""
    with suppress(FileNotFoundError):
        return stat.S_IMODE(target.lstat().st_mode) if not target.is_symlink() else stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
