"""What is typed in a form, kept on disk until it is saved or discarded: it outlives a crash and a lost database.

A draft is the person's alone (0600) and its file is replaced whole. What cannot be read as one of ours is no draft.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count
from operator import itemgetter
from pathlib import Path
from stat import S_ISREG
from threading import Lock
from zoneinfo import ZoneInfo

from tracker.render import safe
from tracker.settings import APPLICATION

VERSION = 1
# More than anybody types, and less than what would be felt when it is read.
LONGEST = 1 << 20
# A form that nobody opens again is not worth keeping for ever.
KEPT_FOR = timedelta(days=180)
_numbers = count()


def drafts_folder() -> Path:
    """Where drafts lie: in the folder that the system keeps for a program's state."""
    from platformdirs import user_state_path

    return user_state_path(APPLICATION) / "drafts"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed, by field, on which day, and over which version of its commitment (0: over none, or many)."""

    typed: Mapping[str, str]
    on: date
    version: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A form that was left with something typed: which act, on what (refs; none for a new thing), on which day."""

    act: str
    refs: tuple[str, ...]
    on: date


class Drafts:
    """The drafts of one register."""

    def __init__(self, folder: Path, register: str, zone: str) -> None:
        self._folder, self._register, self._zone = folder, register, zone

    def of(self, act: str, *refs: str) -> Draft:
        """The draft of this form on these commitments."""
        # A database's name may hold a password: only a digest of it is kept.
        name = sha256("\0".join((self._register, act, *sorted(refs))).encode("utf-8", "replace")).hexdigest()[:32]
        return Draft(self._folder / f"{name}.json", name, self._zone, act, refs)

    def waiting(self) -> tuple[Waiting, ...]:
        """The forms of this register in which something typed was neither saved nor discarded, the latest first."""
        found: list[tuple[float, Waiting]] = []
        with suppress(OSError):
            for file in self._folder.glob("*.json"):
                match _read(file):
                    case ({"act": str(act), "refs": [*refs]}, float(at)) if all(isinstance(ref, str) for ref in refs):
                        if (kept := self.of(act, *refs).find()) is not None:
                            found.append((at, Waiting(act, tuple(map(safe, refs)), kept.on)))
        return tuple(waiting for _at, waiting in sorted(found, key=itemgetter(0), reverse=True))


class Draft:
    """One form's draft. Whatever happens to the file, typing goes on."""

    def __init__(self, file: Path, name: str, zone: str, act: str, refs: tuple[str, ...]) -> None:
        self._file, self._name, self._zone = file, name, zone
        self._about = {"act": act, "refs": refs}
        self._dropped = False
        self._lock = Lock()

    def find(self) -> Kept | None:
        """What was typed before, or None; a file that is not a draft of this form is none."""
        match _read(self._file):
            case ({"draft": 1, "of": self._name, "typed": dict(typed), **given}, float(at)):
                texts = {str(name): safe(text, newlines=True) for name, text in typed.items() if isinstance(text, str)}
                moment = datetime.fromtimestamp(at, ZoneInfo(self._zone))
                version = given.get("version")
                return Kept(texts, moment.date(), version if isinstance(version, int) else 0) if texts else None
            case _:
                return None

    def keep(self, typed: Mapping[str, str], version: int = 0) -> bool:
        """Keep what is typed now, whole or not at all. Whether it is kept; nothing is once the draft was dropped."""
        given = {"draft": VERSION, "of": self._name, "version": version, **self._about, "typed": dict(typed)}
        text = json.dumps(given, ensure_ascii=True)
        with self._lock:
            if self._dropped or len(text) > LONGEST:
                return False
            draft = self._file.with_name(f".{self._name}.{os.getpid()}.{next(_numbers)}")
            try:
                self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "w") as file:
                    file.write(text)
                os.replace(draft, self._file)
            except OSError:
                with suppress(OSError):
                    draft.unlink(missing_ok=True)
                return False
            return True

    def drop(self, *, for_good: bool = True) -> None:
        """Forget it; `for_good` says that the form is done, so that nothing that comes late is kept either."""
        with self._lock:
            self._dropped = for_good
            with suppress(OSError):
                self._file.unlink(missing_ok=True)


def _read(file: Path) -> tuple[object, float] | None:
    """What a file says, and when that was written; None for what cannot be a draft."""
    try:
        number = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(number, encoding="utf-8") as opened:
            facts = os.fstat(number)
            if not S_ISREG(facts.st_mode) or facts.st_size > LONGEST:
                return None
            return json.loads(opened.read()), facts.st_mtime
    except (OSError, ValueError, RecursionError):
        return None


def forget_old(folder: Path, now: datetime) -> None:
    """Take away drafts that nobody came back for."""
    with suppress(OSError):
        for file in os.scandir(folder):
            with suppress(OSError):
                if now.timestamp() - file.stat(follow_symlinks=False).st_mtime > KEPT_FOR.total_seconds():
                    os.unlink(file)
