"""The keys of settings.toml: checked against what there is, and given to the actions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from textual.keys import Keys, _character_to_key

from tracker.errors import FileRefused, Problem
from tracker.settings import Settings, settings_file
from tracker.tui.actions import ACTIONS, key_name, use_keys
from tracker.tui.clashes import clashes

_MODIFIERS = ("ctrl", "shift", "alt", "super", "hyper", "meta")
_NAMED = frozenset(name for key in Keys for name in (key.value, key.value.rpartition("+")[2]))


def apply_keys(settings: Settings) -> None:
    """Give the actions their keys. Raises FileRefused, and leaves every action its own keys."""
    known = {action.id for action in ACTIONS}
    given = {name: tuple(map(_spelled, keys)) for name, keys in settings.keys.items()}
    problems = [(f"keys.{name}", f"unknown_action: {name}") for name in given if name not in known]
    problems += [
        (f"keys.{name}", f"no_such_key: {key}") for name, keys in given.items() for key in keys if not _is_key(key)
    ]
    use_keys({} if problems else given)
    if not problems:
        problems = list(_clashes()) if given else []
    if problems:
        use_keys({})
        file = str(settings_file())
        raise FileRefused(file, tuple(Problem(file, where, why) for where, why in problems))


def _clashes() -> Iterator[tuple[str, str]]:
    for key, one, other in clashes():
        yield "keys", f"key_clash: {key_name(key)}: {one.id} ({one.says()}), {other.id} ({other.says()})"


def _spelled(key: str) -> str:
    """As Textual calls it: ? is question_mark; a capital letter stays one."""
    *modifiers, last = key.split("+") if len(key) > 1 else (key,)
    return "+".join((*map(str.lower, modifiers), _character_to_key(last) if len(last) == 1 else last.lower()))


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+")
    if not all(each in _MODIFIERS for each in modifiers) or not last:
        return False
    return len(last) == 1 or last in _NAMED or _is_character(last)


def _is_character(name: str) -> bool:
    for spelled in (name.replace("_", " "), name.replace("_", "-")):
        try:
            unicodedata.lookup(spelled)
        except KeyError:
            continue
        return True
    return name in ("slash", "comma", "plus", "minus", "underscore")


@dataclass(frozen=True)
class NamedKeys:
    """An action as settings.toml calls it: its keys, its letters in a menu, its name."""

    action: str
    keys: tuple[str, ...]
    menu: str
    name: str

    def row(self) -> dict[str, object]:
        """For programs."""
        return {"action": self.action, "keys": list(self.keys), "menu": self.menu, "name": self.name}


def named_keys() -> list[NamedKeys]:
    """Every action of the interface, with the keys that it has now."""
    return [NamedKeys(action.id, action.live_keys, action.chord, action.says()) for action in ACTIONS]
