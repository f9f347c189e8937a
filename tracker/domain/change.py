"""A change: the difference of two values of one subject. The register of any day is the sum of those up to it."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, TypeVar

from tracker.domain.codes import Role
from tracker.domain.register import Subject

Change = dict[str, tuple[Any, Any]]
S = TypeVar("S", bound=Subject)


def changes(before: Subject | None, after: Subject | None, asserted: Set[str] = frozenset()) -> Change:
    """The fields in which two values of one subject differ, each with its plain value before and after.

    `asserted` fields are kept even when they are the same: the act said them, whatever an earlier day turns out to
    have been. A field that did not exist and gets nothing (null, empty) is no change, nor is one that had nothing
    and goes with its subject.
    """
    was, now = before.plain() if before else {}, after.plain() if after else {}
    if before and after:
        return {name: (was[name], now[name]) for name in now if name in asserted or was[name] != now[name]}
    return {
        name: (was.get(name), now.get(name))
        for name in now or was
        if name in asserted or (now or was)[name] not in (None, "", [], 0, False)
    }


def replay(kind: type[S], before: S | None, change: Change) -> S:
    """The value after a change: the sum that `changes` took apart.

    Of a list, members that the change took away go and those it brought come: what other acts said of the other
    members stays, in whatever order the acts count.
    """
    fields = before.plain() if before else {}
    said = {
        name: _members(name, fields.get(name) or [], was or [], now) if isinstance(now, list) else now
        for name, (was, now) in change.items()
    }
    return kind.model_validate(fields | said)


def _members(name: str, present: list[Any], was: list[Any], now: list[Any]) -> list[Any]:
    if present == was:
        return now
    gone = {_identity(name, member) for member in was} - {_identity(name, member) for member in now}
    brought = {_identity(name, member): member for member in now if member not in was}
    kept = [brought.pop(_identity(name, member), member) for member in present if _identity(name, member) not in gone]
    return kept + list(brought.values())


def _identity(name: str, member: Any) -> str:
    """What makes two members of a list the same: one status a side, one lead, one role of a party; else all of it."""
    match name:
        case "sides":
            return str(member["party"])
        case "parties":
            return Role.LEAD if member["role"] == Role.LEAD else f"{member['role']} {member['party']}"
        case _:
            return repr(member)
