"""What a list of each kind shows: the columns a person reads, the fields of CSV, the row of JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from tracker.domain.deadline import spelling
from tracker.errors import UnknownValue
from tracker.i18n import _, ngettext, pgettext
from tracker.render import (
    change,
    day,
    entry_act,
    held,
    label,
    latest,
    next_step,
    overdue,
    period,
    published,
    reason,
    reversal,
    safe,
    subject,
    words,
)
from tracker.reports import rows

if TYPE_CHECKING:
    from tracker.domain.agenda import AgendaLine, FollowUpView, SavedView
    from tracker.domain.views import (
        CommitmentView,
        DocumentView,
        EntryView,
        EventView,
        FigureView,
        PartyListing,
    )

T = TypeVar("T")
NOTHING = "–"


@dataclass(frozen=True)
class Column(Generic[T]):
    """A heading and a cell in the present language; on a terminal `most` to `least` cells, or `whole`.

    A column that can be chosen has a name, and the fields that stand for it in CSV.
    """

    head: Callable[[], str]
    cell: Callable[[T], str]
    most: int = 40
    least: int = 10
    whole: bool = False
    tone: Callable[[T], str] | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing(Generic[T]):
    """One kind of list. `fields` are paths into the JSON row, which CSV writes side by side."""

    row: Callable[[T], rows.Row]
    columns: tuple[Column[T], ...]
    fields: tuple[str, ...]

    def choose(self, chosen: Mapping[str, Column[T]], names: Sequence[str]) -> Listing[T]:
        """The same rows with these columns, of those that can be chosen. Raises UnknownValue."""
        for name in names:
            if name not in chosen:
                raise UnknownValue("column", name, tuple(chosen))
        columns = tuple(chosen[name] for name in dict.fromkeys(names))
        return replace(self, columns=columns, fields=tuple(field for column in columns for field in column.fields))


# The state is said in words; the colour only repeats it.
TONES = {
    "overdue": "31",
    "late_claim": "31",
    "due_soon": "33",
    "review_due": "35",
    "done_on_time": "32",
    "done_late": "32",
    "done_no_deadline": "32",
    "timeliness_unknown": "32",
}


def _deadline(view: CommitmentView) -> str:
    if view.deadline is None or view.deadline.value == "none":
        return NOTHING
    if view.deadline.event and view.deadline.end:
        return period(spelling(view.deadline.start, view.deadline.end))
    return period(view.deadline.value)


def _lead(view: CommitmentView) -> str:
    """The basis first: cut to the column's width, a proposed lead must not look like a stated one."""
    if view.lead is None:
        return NOTHING
    if view.lead.basis == "stated":
        return words(view.lead.name)
    return pgettext("who says so, then a party", "{basis}: {party}").format(
        basis=label("basis", view.lead.basis), party=words(view.lead.name)
    )


def _partners(view: CommitmentView) -> str:
    return ", ".join(words(party.name) for party in view.partners) or NOTHING


def _sources(view: CommitmentView) -> str:
    return ", ".join(dict.fromkeys(safe(source.document) for source in view.sources)) or NOTHING


def _next(view: CommitmentView) -> str:
    if view.next is None:
        return NOTHING
    return _("{day}: {what}").format(day=day(view.next.on), what=next_step(view.next))


# By the names that the domain's COLUMNS have.
CHOICE: Mapping[str, Column[CommitmentView]] = {
    "ref": Column(lambda: _("Ref"), lambda view: safe(view.ref), whole=True, fields=("ref",)),
    "title": Column(lambda: _("Title"), lambda view: words(view.title), fields=("title.vi", "title.en")),
    "deadline": Column(
        lambda: _("Deadline"),
        _deadline,
        most=24,
        fields=("deadline.text", "deadline.value", "deadline.start", "deadline.end"),
    ),
    "days": Column(
        lambda: _("Days late"),
        lambda view: str(view.days_overdue or NOTHING),
        most=9,
        fields=("days_overdue",),
    ),
    "status": Column(lambda: _("Status"), lambda view: label("status", view.status), most=22, fields=("status",)),
    "schedule": Column(
        lambda: _("Schedule"),
        overdue,
        most=22,
        least=16,
        tone=lambda view: TONES.get(view.schedule.value, ""),
        fields=("schedule",),
    ),
    "lead": Column(
        lambda: _("Lead"), _lead, most=32, fields=("lead.party", "lead.name.vi", "lead.name.en", "lead.basis")
    ),
    "partner": Column(lambda: _("Partner"), _partners, most=32, fields=("parties",)),
    "sector": Column(lambda: _("Sector"), lambda view: label("sector", view.sector), most=20, fields=("sector",)),
    "source": Column(lambda: _("Source"), _sources, most=28, fields=("sources",)),
    "next": Column(lambda: _("Next step"), _next, most=32, fields=("next.what", "next.on")),
    "updated": Column(lambda: _("Last update"), lambda view: day(view.last_update), most=12, fields=("last_update",)),
    "moves": Column(lambda: _("Moves"), lambda view: str(view.moves), most=6, fields=("moves",)),
    "tags": Column(lambda: _("Tags"), lambda view: ", ".join(map(safe, view.tags)) or NOTHING, fields=("tags",)),
}

COMMITMENTS: Listing[CommitmentView] = Listing(
    rows.commitment_row,
    tuple(CHOICE[name] for name in ("ref", "schedule", "status", "deadline", "lead", "title")),
    (
        "ref",
        "title.vi",
        "title.en",
        "statement.vi",
        "statement.en",
        "kind",
        "sector",
        "instrument",
        "strength",
        "status",
        "status_since",
        "done",
        "sides",
        "schedule",
        "days_overdue",
        "band",
        "days_past_baseline",
        "moves",
        "deadline.text",
        "deadline.value",
        "deadline.start",
        "deadline.end",
        "deadline.certainty",
        "baseline.text",
        "baseline.value",
        "baseline.end",
        "review_on",
        "review_overdue",
        "lead.party",
        "lead.name.vi",
        "lead.name.en",
        "lead.basis",
        "parties",
        "sources",
        "targets",
        "evidence_tier",
        "next.what",
        "next.on",
        "next.kind",
        "last_update",
        "silent_days",
        "replaced_by",
        "tags",
        "version",
    ),
)

# What is counted for a day; a sheet that names no day leaves it out.
COUNTED = frozenset(("schedule", "days_overdue", "band", "days_past_baseline", "review_overdue", "silent_days"))
UNCOUNTED = replace(COMMITMENTS, fields=tuple(field for field in COMMITMENTS.fields if field not in COUNTED))

FOLLOW_UPS: Listing[FollowUpView] = Listing(
    rows.follow_up_row,
    (
        Column(lambda: pgettext("follow-up", "Key"), lambda view: safe(view.key), whole=True),
        Column(lambda: pgettext("follow-up", "State"), lambda view: label("follow_up_state", view.state), most=16),
        Column(lambda: _("Day"), lambda view: day(view.on), most=12),
        Column(lambda: _("Answer due"), lambda view: day(view.answer_due) if view.answer_due else NOTHING, most=12),
        Column(lambda: _("Ref"), lambda view: safe(view.ref), whole=True),
        Column(lambda: pgettext("follow-up", "To whom"), lambda view: words(view.to.name) if view.to else NOTHING),
        Column(lambda: pgettext("follow-up", "What"), lambda view: safe(view.what), least=16),
    ),
    (
        *("key", "ref", "title.vi", "title.en", "state", "what", "how", "to.party", "to.name.vi", "to.name.en"),
        *("on", "rule", "answer_due", "done_on", "answer", "answered_on", "dropped"),
    ),
)

AGENDA: Listing[AgendaLine] = Listing(
    rows.agenda_row,
    (
        Column(lambda: _("Day"), lambda line: day(line.on), most=12),
        Column(lambda: _("Why"), reason, most=24, tone=lambda line: "31" if line.band else ""),
        Column(lambda: _("Ref"), lambda line: safe(line.commitment.ref), whole=True),
        Column(
            lambda: pgettext("follow-up", "Key"),
            lambda line: safe(line.follow_up.key) if line.follow_up else NOTHING,
            whole=True,
        ),
        Column(lambda: _("Lead"), lambda line: _lead(line.commitment), most=32),
        Column(
            lambda: pgettext("follow-up", "What"),
            lambda line: safe(line.follow_up.what) if line.follow_up else words(line.commitment.title),
        ),
    ),
    (
        *("on", "kind", "band", "ref", "title.vi", "title.en", "lead.party", "lead.name.vi", "lead.name.en"),
        *("status", "schedule", "deadline.end", "follow_up.key", "follow_up.what", "follow_up.how"),
        *("follow_up.to.party", "follow_up.on", "follow_up.answer_due", "follow_up.state"),
    ),
)

VIEWS: Listing[SavedView] = Listing(
    rows.saved_view_row,
    (
        Column(lambda: _("Slot"), lambda view: str(view.slot or NOTHING), most=6),
        Column(lambda: _("Name"), lambda view: safe(view.name), whole=True),
        Column(lambda: _("Order"), lambda view: safe(view.sort) or NOTHING, most=12),
        Column(lambda: _("Grouped by"), lambda view: safe(view.group) or NOTHING, most=12),
        Column(lambda: _("Columns"), lambda view: safe(", ".join(view.columns)) or NOTHING, most=32),
        Column(lambda: _("Query"), lambda view: safe(view.query) or NOTHING),
    ),
    ("name", "query", "columns", "sort", "group", "slot"),
)

PARTIES: Listing[PartyListing] = Listing(
    rows.party_row,
    (
        Column(lambda: _("Key"), lambda listed: safe(listed.key), whole=True),
        Column(lambda: _("Kind"), lambda listed: label("party_kind", listed.kind), most=24),
        Column(lambda: _("Country"), lambda listed: safe(listed.country) or NOTHING, most=10),
        Column(lambda: _("Part of"), lambda listed: safe(listed.parent or NOTHING), most=24),
        Column(lambda: _("Name"), lambda listed: words(listed.name)),
    ),
    ("key", "name.vi", "name.en", "kind", "country", "parent", "aliases"),
)

DOCUMENTS: Listing[DocumentView] = Listing(
    rows.document_row,
    (
        Column(lambda: _("File"), lambda document: safe(document.file), whole=True),
        Column(lambda: _("Published"), lambda document: published(document.published), most=16),
        Column(lambda: _("Commitments"), lambda document: str(document.commitments), most=12),
        Column(lambda: _("Text"), lambda document: _("yes") if document.text_added else _("no"), most=8),
        Column(lambda: _("Publisher"), lambda document: safe(document.publisher) or NOTHING, most=24),
        Column(lambda: _("Title"), lambda document: safe(document.title) or NOTHING),
    ),
    ("sha256", "file", "title", "publisher", "published", "language", "text_added", "commitments"),
)

EVENTS: Listing[EventView] = Listing(
    rows.event_row,
    (
        Column(lambda: _("Key"), lambda event: safe(event.key), whole=True),
        Column(lambda: _("Kind"), lambda event: label("event_kind", event.kind), most=16),
        Column(
            lambda: _("When"),
            lambda event: held(event.on),
            most=26,
        ),
        Column(lambda: _("Name"), lambda event: words(event.name)),
    ),
    ("key", "kind", "name.vi", "name.en", "on", "parties"),
)


FIGURES: Listing[FigureView] = Listing(
    rows.figure_row,
    (
        Column(lambda: _("Key"), lambda figure: safe(figure.key), whole=True),
        Column(lambda: _("Latest reading"), lambda figure: latest(figure) or NOTHING, most=40),
        Column(lambda: _("Readings"), lambda figure: str(len(figure.readings)), most=10),
        Column(lambda: _("Targets"), lambda figure: str(len(figure.targets)), most=8),
        Column(lambda: _("Name"), lambda figure: words(figure.name)),
    ),
    ("key", "name.vi", "name.en", "unit", "per", "readings", "targets"),
)


def changes(entry: EntryView) -> str:
    """What an entry changed, in one line: a new subject by its name only, all else field by field.

    The hash of a document is its ref, and said to nobody who reads.
    """
    told = {name: pair for name, pair in entry.changes.items() if name != "sha256"}
    said = [change(name, before, after, entry.names) for name, (before, after) in told.items()]
    if entry.position == 1 or len(said) > 6:
        title = entry.changes.get("title") or entry.changes.get("name") or entry.changes.get("file")
        count = len(said)
        named = change("title", None, title[1] or title[0]) if title else _planned(entry)
        said = [named or ngettext("{count} field", "{count} fields", count).format(count=count)]
    return "; ".join(filter(None, (reversal(entry), *said)))


def _planned(entry: EntryView) -> str:
    """What a follow-up is for; nothing when the entry is about something else."""
    if "what" not in entry.changes:
        return ""
    was, now = entry.changes["what"]
    ref, after = entry.changes.get("commitment", ("", ""))
    return _("{ref}: {what}").format(ref=safe(str(after or ref or "")), what=safe(str(now or was)))


ENTRIES: Listing[EntryView] = Listing(
    rows.entry_row,
    (
        Column(lambda: _("No."), lambda entry: str(entry.number), whole=True),
        Column(lambda: _("Ref"), subject, whole=True),
        Column(lambda: _("Day"), lambda entry: day(entry.effective_on), most=12),
        Column(lambda: _("Act"), entry_act, most=18),
        Column(lambda: _("By"), lambda entry: safe(entry.actor), most=16),
        Column(lambda: _("What changed"), lambda entry: _with_reason(entry)),
    ),
    (
        "number",
        "act",
        "kind",
        "subject",
        "ref",
        "position",
        "actor",
        "channel",
        "recorded_at",
        "effective_on",
        "reason",
        "changes",
        "undoes",
        "takes_back",
        "taken_back_by",
        "hash",
    ),
)


def _with_reason(entry: EntryView) -> str:
    said = changes(entry)
    if not entry.reason:
        return said
    reason = safe(entry.reason)
    return _("{changes} – “{reason}”").format(changes=said, reason=reason) if said else f"“{reason}”"
