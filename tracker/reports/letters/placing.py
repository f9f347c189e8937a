"""Where letters are put: all of them in their places, or none."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from string import Formatter
from tempfile import mkstemp

from tracker.domain.letter import Letter, LetterKind
from tracker.errors import BadOption, FileProblem

NAMES = {LetterKind.URGING: "cong-van-{party}-{as_of}.docx", LetterKind.NOTE: "note-{party}-{as_of}.docx"}
# As a name is taken apart: with nothing said of how a hole is filled.
HOLES = frozenset({("party", "", None), ("as_of", "", None)})


def places(into: str, letters: Sequence[Letter]) -> tuple[Path, ...]:
    """A file for each letter: in a folder, or under a name with holes for the party's key and the day.

    Raises BadOption (no such name, or one for several letters).
    """
    pattern = into
    if os.path.isdir(into) or into.endswith(os.sep):
        pattern = os.path.join(into.replace("{", "{{").replace("}", "}}"), NAMES[letters[0].kind])
    try:
        holes = {hole[1:] for hole in Formatter().parse(pattern) if hole[1] is not None}
        if not holes <= HOLES or not pattern.lower().endswith(".docx"):
            raise BadOption("-o", "bad_pattern", into)
        named = [Path(pattern.format(party=letter.to.key, as_of=letter.on)) for letter in letters]
    except ValueError:
        raise BadOption("-o", "bad_pattern", into) from None
    if len(set(named)) < len(named):
        raise BadOption("-o", "one_file", into)
    return tuple(named)


@contextmanager
def in_place(files: Mapping[Path, bytes], *, replace: bool) -> Iterator[None]:
    """Files that lie beside their places while the block runs, and in them when it has ended well; else they are gone.

    So nothing is recorded of a letter that could not be written, and no letter is left that was not recorded. Raises
    FileProblem: exists (without `replace`), folder, missing (the folder), unwritable; or, when all was done but the
    last step, beside.
    """
    drafts: dict[Path, str] = {}
    try:
        for file, whole in files.items():
            drafts[file] = _draft(file, whole, replace=replace)
        yield
    except BaseException:
        for draft in drafts.values():
            with suppress(OSError):
                os.unlink(draft)
        raise
    left = [draft for file, draft in drafts.items() if not _moved(draft, file, replace=replace)]
    if left:
        raise FileProblem(", ".join(left), "beside")


def _draft(file: Path, whole: bytes, *, replace: bool) -> str:
    if os.path.isdir(file):
        raise FileProblem(str(file), "folder")
    if os.path.lexists(file) and not replace:
        raise FileProblem(str(file), "exists")
    if not os.path.isdir(file.parent):
        raise FileProblem(str(file.parent), "missing")
    name = ""
    try:
        number, name = mkstemp(prefix=f".{file.name[:60]}.", dir=file.parent)
        with os.fdopen(number, "wb") as page:
            page.write(whole)
            page.flush()
            os.fsync(page.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
    except OSError:
        if name:
            with suppress(OSError):
                os.unlink(name)
        raise FileProblem(str(file), "unwritable") from None
    return name


def _moved(draft: str, file: Path, *, replace: bool) -> bool:
    try:
        if replace:
            os.replace(draft, file)
        else:
            _linked(draft, file)
    except OSError:
        return False
    return True


def _linked(draft: str, file: Path) -> None:
    """Under its name, unless somebody put something there in the meantime: a link refuses where a rename would not."""
    try:
        os.link(draft, file)
    except FileExistsError:
        raise
    except OSError:
        # Some shared folders know no links.
        if os.path.lexists(file):
            raise
        os.rename(draft, file)
    else:
        os.unlink(draft)
