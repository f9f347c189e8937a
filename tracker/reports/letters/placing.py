"""Where letters are put: all of them in their places, or none."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from string import Formatter

from tracker.domain.letter import Letter, LetterKind
from tracker.errors import BadOption, FileProblem
from tracker.reports.files import drafted

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
    with drafted(((file, (whole,)) for file, whole in files.items()), replace=replace) as drafts:
        yield
    left = [draft for file, draft in drafts.items() if not _moved(draft, file, replace=replace)]
    if left:
        raise FileProblem(", ".join(left), "beside")


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
