"""Whether a key would mean two things somewhere: which parts of the screen listen together."""

from __future__ import annotations

from tracker.tui.actions import (
    ABOVE_DIALOGS,
    ACTIONS,
    ACTS,
    CALENDAR,
    DATES,
    DETAIL,
    DIALOG,
    DOCUMENT,
    DRAFTS,
    EVERYWHERE,
    FORM,
    HELP,
    LIST,
    PAGE,
    REVIEW,
    ROWS,
    TEXT,
    WHY,
    Action,
)

# Where a key may give way to a room's own, and in which rooms (in all others, when none is named) a part listens.
SHARED = frozenset((EVERYWHERE, ACTS, LIST, ROWS, TEXT))
PARTS = {ROWS: (), PAGE: (DETAIL, REVIEW), TEXT: (DOCUMENT, REVIEW)}
# Parts of forms listen beside the keys of every dialog.
IN_FORMS = frozenset((FORM, DATES, CALENDAR))
# Rooms without chosen commitments, whose keys mean something of their own.
WITHOUT_ACTS = frozenset((DRAFTS, HELP, REVIEW))
DIALOGS = frozenset((DIALOG, WHY, *IN_FORMS))


def live_together(one: Action, other: Action) -> bool:
    """Whether a key that both have would mean two things in some place."""
    places = {one.where, other.where}
    if len(places) == 1:
        return True
    if (one.gives_way or other.gives_way) and len(places & SHARED) == 1:
        return False
    if places <= DIALOGS and places & IN_FORMS:
        return DIALOG in places or CALENDAR not in places
    if places & DIALOGS:
        # A dialog covers the keys of everywhere but these.
        return any(action.where == EVERYWHERE and action.name in ABOVE_DIALOGS for action in (one, other))
    if EVERYWHERE in places:
        return True
    parts = places & PARTS.keys()
    if len(parts) == 1:
        (part,), (place,) = parts, places - parts
        homes = PARTS[part] or [where for where in _PLACES if where not in (HELP, DETAIL, DOCUMENT, REVIEW)]
        return place == ACTS or place in homes
    return ACTS in places and not places & WITHOUT_ACTS


_PLACES = tuple(dict.fromkeys(action.where for action in ACTIONS))


def clashes(actions: tuple[Action, ...] = ACTIONS) -> list[tuple[str, Action, Action]]:
    """Each key that would mean two things somewhere, with the two."""
    return [
        (key, one, other)
        for at, one in enumerate(actions)
        for other in actions[at + 1 :]
        for key in one.live_keys
        if key in other.live_keys and live_together(one, other)
    ]
