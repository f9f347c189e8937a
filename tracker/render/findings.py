"""What proving a register found, each in one sentence: what, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tracker.i18n import _
from tracker.render.labels import label
from tracker.render.safe import safe

if TYPE_CHECKING:
    from tracker.domain.outcomes import Finding


def finding(found: Finding) -> str:
    """The sentence for a finding."""
    facts = {name: _shown(name, value, found.facts) for name, value in found.facts.items()}
    sentence = _sentences().get(found.code)
    return sentence.format(**facts) if sentence else safe(f"{found.code} {dict(found.facts)}")


def _shown(name: str, value: object, facts: Mapping[str, object]) -> str:
    match name, value:
        case "subject", _:
            return label("what", value)
        case "columns", tuple():
            return ", ".join(safe(str(column)) for column in value)
        case _:
            return safe(str(value))


def _sentences() -> dict[str, str]:
    return {
        "damaged": _("The file is damaged ({said}): restore a backup (tracker db restore)."),
        "guard_missing": _(
            "The trigger {trigger}, which keeps history from being edited, is missing or changed:"
            " restore a backup, and find out who may write to the database."
        ),
        "trigger_foreign": _(
            "{trigger} on the table {table} is no trigger of this program, and can change what is recorded:"
            " restore a backup, and find out who may write to the database."
        ),
        "table_missing": _("The table {table} is not there: restore a backup."),
        "entry_changed": _(
            "Act {act}: the entry on {subject} {ref} is not the one that was written: it was changed afterwards."
            " Restore a backup from before that."
        ),
        "act_unsealed": _(
            "Act {act}: its seal does not fit: the act was changed, or an entry of it changed, removed, inserted or"
            " put in another order. Restore a backup from before that."
        ),
        "act_missing": _(
            "Before act {act} the history has a gap: act {expected} is not there. Restore a backup that has it."
        ),
        "entry_of_no_act": _(
            "There is an entry on {subject} {ref} of act {act}, and no such act: the act was removed or the entry"
            " inserted. Restore a backup."
        ),
        "entry_missing": _(
            "{subject} {ref}: entry {expected} is missing before entry {position}. Restore a backup that has it."
        ),
        "entry_unchained": _(
            "{subject} {ref}: entry {position} does not follow the one before it: one of them was changed, inserted"
            " or put in another order. Restore a backup from before that."
        ),
        "history_cut": _(
            "The history ends at act {last}, and the anchor is that of act {act}: what came after was cut off."
            " Restore a backup of that day or later."
        ),
        "history_rewritten": _(
            "Act {act} has another seal than the anchor says: the history up to it was rewritten, or the anchor is"
            " of another register. Restore a backup of that day or later."
        ),
        "anchor_unknown": _(
            "The anchor {anchor} is not in the history: it was cut or rewritten since, or the anchor is of another"
            " register. Restore a backup of that day or later."
        ),
        "points_nowhere": _(
            "{number} rows of the table {table} point ({column}) at rows of {other} that are not there:"
            " restore a backup."
        ),
        "row_missing": _("{subject} {ref} is in the history and not in its table: restore a backup."),
        "row_untold": _("{subject} {ref} is in its table, and the history does not tell of it: restore a backup."),
        "row_differs": _(
            "{subject} {ref}: the table {table} says something else than the history, in {columns}."
            " Somebody wrote past the program; restore a backup."
        ),
        "rows_differ": _(
            "{subject} {ref}: the table {table} says something else than the history ({found} rows, {expected}"
            " expected). Somebody wrote past the program; restore a backup."
        ),
        "not_replayed": _("{subject} {ref}: its entries cannot be replayed. Restore a backup."),
        "not_findable": _(
            "{subject} {ref} is not found by its own words: the search index is another. Restore a backup."
        ),
        "search_index_differs": _("The search index does not fit the words that it was made from: restore a backup."),
        "count_differs": _(
            "The count that reports are made from is wrong ({kind}, {day}: {kept} instead of {counted}):"
            " restore a backup."
        ),
        "text_missing": _(
            "The text of {document} was added and is not there: restore a backup, or add the file again."
        ),
        "text_differs": _(
            "The text of the document {document} is another one than its SHA-256 says: restore a backup."
        ),
        "text_unproved": _(
            "The text of the document {document} cannot be proved: an earlier version kept the text of a Word file or"
            " a page under the hash of the file, as here. It is still the text that was drafted from. Take act {act}"
            " back (tracker undo --act {act}) and accept the draft again: the document is then known by its hash alone."
        ),
    }
