"""One commitment written out: everything the register knows of it, to be read from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from textual.content import Content

from tracker.domain.deadline import Deadline
from tracker.domain.schedule import Schedule
from tracker.domain.views import (
    CommitmentDetail,
    CommitmentView,
    EntryView,
    EvidenceView,
    PartyView,
    SourceView,
    StatusUpdateView,
    TargetView,
)
from tracker.i18n import _, language
from tracker.render import (
    amount,
    change,
    day,
    days_late,
    deadline,
    label,
    moves,
    party,
    period,
    source,
    words,
)
from tracker.tui.shown import indented, shown
from tracker.tui.symbols import symbol

MARGIN = 15
# Each cursor rest writes a sheet: of a long history only the newest, in a few milliseconds.
NEWEST = 50
NO_BREAK = "\u00a0"
TONE_COLOURS = {
    "late": "bold $error",
    "soon": "$warning",
    "calm": "$primary",
    "review": "$review",
    "claimed": "$claimed",
    "done": "$success",
    "quiet": "$quiet",
}
_QUIET = "$quiet"


def sheet(detail: CommitmentDetail, width: int, zone: str, as_of: date) -> Content:
    """The commitment as content for a column of that width."""
    page = _Page(width)
    commitment = detail.commitment
    _head(page, commitment)
    _when(page, commitment, as_of)
    _who(page, commitment)
    _aims(page, commitment)
    page.section(_("Sources"), (_source(cited) for cited in commitment.sources))
    page.section(_("Updates"), _newest([_update(each) for each in detail.updates[:NEWEST]], detail.updates, detail))
    entries = [_entry(each, ZoneInfo(zone)) for each in detail.entries[:NEWEST]]
    page.section(_("History"), _newest(entries, detail.entries, detail))
    return page.content


def _newest(written: list[Content], there: Sequence[object], detail: CommitmentDetail) -> list[Content]:
    """What is written, and how many more there are."""
    if len(there) <= len(written):
        return written
    more = _("{count} earlier ones are not shown here. All of them: tracker show {ref}")
    said = more.format(count=len(there) - len(written), ref=detail.commitment.ref)
    return [*written, shown(said, _QUIET)]


class _Page:
    """Lines under one another, with the names of the fields in the margin."""

    def __init__(self, width: int) -> None:
        self._width = max(width, 30)
        self._margin = MARGIN if width >= 48 else 11
        self._lines: list[Content] = []

    @property
    def content(self) -> Content:
        return Content("\n").join(self._lines)

    def full(self, content: Content) -> None:
        """A paragraph over the whole width."""
        self._lines.append(Content("\n").join(content.wrap(self._width)))

    def gap(self) -> None:
        """An empty line."""
        self._lines.append(Content(""))

    def field(self, name: str, content: Content) -> None:
        """A value with its name in the margin, or beside the one before when there is no name."""
        head = shown(name, _QUIET).truncate(self._margin - 1, ellipsis=True)
        self._lines.append(indented(content, self._width, self._margin, head))

    def section(self, name: str, values: Iterable[Content]) -> None:
        """Several values under one name, with air before them; nothing when there are none."""
        for number, value in enumerate(values):
            if number == 0:
                self.gap()
            self.field(name if number == 0 else "", value)


def _lines(*parts: Content) -> Content:
    return Content("\n").join(part for part in parts if part)


def _head(page: _Page, commitment: CommitmentView) -> None:
    nature = (label("kind", commitment.kind), label("sector", commitment.sector))
    mark = symbol(commitment)
    page.full(shown(" · ".join((commitment.ref, *nature)), _QUIET))
    page.full(shown(words(commitment.title), "bold"))
    late = days_late(commitment.days_overdue) if commitment.days_overdue else ""
    state = "" if commitment.schedule is Schedule.OVERDUE and late else label("schedule", commitment.schedule)
    said = " · ".join(part for part in (state, late) if part)
    page.full(shown(f"{mark.cells.strip()} {said}", TONE_COLOURS[mark.tone]))
    if words(commitment.statement):
        page.gap()
        page.full(shown(commitment.statement.said_in(language()), "italic"))


def _when(page: _Page, commitment: CommitmentView, as_of: date) -> None:
    page.section(_("Deadline"), [_deadline(commitment.deadline)])
    if commitment.event:
        page.field(_("Event"), shown(words(commitment.event)))
    if commitment.moves:
        past = commitment.days_past_baseline
        beside = (moves(commitment.moves), days_late(past) if past else "")
        page.field(
            _("Baseline"),
            _lines(
                _deadline(commitment.baseline),
                shown(" · ".join(part for part in beside if part), _QUIET),
            ),
        )
    since = _("since {day}").format(day=day(commitment.status_since))
    page.field(_("Status"), shown(label("status", commitment.status)) + shown(f"  {since}", _QUIET))
    if commitment.done:
        page.field(_("Done when"), shown(period(commitment.done)))
    if commitment.replaced_by:
        page.field(_("Replaced by"), shown(commitment.replaced_by))
    page.field(_("Evidence"), shown(label("evidence_tier", commitment.evidence_tier)))
    names = {each.key: words(each.name) for each in commitment.parties}
    for side in commitment.sides:
        page.field(
            _("One side"),
            shown(
                _("{party}: {status}, since {day}").format(
                    party=names.get(side.party, side.party), status=label("status", side.status), day=day(side.since)
                )
            ),
        )
    if next_to_move := commitment.move_of:
        page.field(
            _("Whose move"),
            shown(
                _("{party} ({status}, since {day})").format(
                    party=names.get(next_to_move.party, next_to_move.party),
                    status=label("status", next_to_move.status),
                    day=day(next_to_move.since),
                )
            ),
        )
    if commitment.review_on:
        tone = "$review" if commitment.review_overdue or commitment.review_on < as_of else ""
        page.field(_("Review on"), shown(day(commitment.review_on), tone))
    if commitment.next:
        page.field(
            _("Next step"),
            shown(_("{what}, {day}").format(what=_next_step(commitment.next.what), day=day(commitment.next.on))),
        )


def _deadline(given: Deadline | None) -> Content:
    """The source's own words, and below them the days that they mean."""
    if given is None or given.end is None:
        return shown(deadline(given))
    return _lines(shown(f"“{given.text}”" if given.text else period(given.value)), _interval(given))


def _next_step(what: str) -> str:
    return _("our desk looks at it again") if what == "review" else what


def _interval(given: Deadline | None) -> Content:
    """The days that the words were read as, and who says so."""
    if given is None or given.end is None:
        return Content("")
    days = day(given.end)
    if given.start is not None and given.start != given.end:
        days = _("{first} to {last}").format(first=day(given.start), last=days)
    return shown(f"{days} · {label('certainty', given.certainty)}", _QUIET)


def _who(page: _Page, commitment: CommitmentView) -> None:
    for name, ours in ((_("Our side"), True), (_("Other side"), False)):
        page.section(name, (_party(each) for each in commitment.parties if each.ours is ours))


def _party(each: PartyView) -> Content:
    tone = "" if each.basis == "stated" else "italic"
    return shown(party(each), tone) + shown(f"  {label('role', each.role)}", _QUIET)


def _aims(page: _Page, commitment: CommitmentView) -> None:
    page.section(_("Targets"), (_target(target) for target in commitment.targets))
    page.section(
        _("Milestones"),
        (_lines(shown(words(step.name)), shown(deadline(step.deadline), _QUIET)) for step in commitment.milestones),
    )
    if commitment.tags:
        page.section(_("Tags"), [shown(", ".join(commitment.tags))])


def _target(target: TargetView) -> Content:
    said = f"{words(target.name)}: {amount(target.value, target.unit)}"
    if target.by and target.by != "none":
        said = _("{target}, {by}").format(target=said, by=period(target.by))
    return shown(said)


def _source(cited: SourceView) -> Content:
    published = period(cited.published) if cited.published != "none" else ""
    beside = (label("citation_role", cited.role), published)
    return _lines(
        shown(source(cited)) + shown("  " + " · ".join(part for part in beside if part), _QUIET),
        shown(f"“{cited.sentence}”", "italic")
        if cited.sentence
        else shown(_("To read the sentence here, add the text: tracker document add FILE"), _QUIET),
    )


def _update(update: StatusUpdateView) -> Content:
    beside = (update.side or "", update.actor)
    confirmed = _("confirmed by {name}").format(name=update.confirmed_by) if update.confirmed_by else ""
    return _lines(
        shown(f"{day(update.effective_on)}  {label('status', update.status)}")
        + shown("  " + " · ".join(part for part in beside if part), _QUIET),
        shown(update.note),
        shown(confirmed),
        *(_evidence(piece) for piece in update.evidence),
    )


def _evidence(piece: EvidenceView) -> Content:
    where = piece.value
    if piece.paragraph:
        where = _("{document}, paragraph {paragraph}").format(document=where, paragraph=piece.paragraph)
    tier = _("tier {tier}").format(tier=piece.tier).replace(" ", NO_BREAK)
    return _lines(
        shown(f"{label('evidence_kind', piece.kind)}: {where}") + shown(f"  {tier}", _QUIET),
        shown(f"“{piece.sentence}”", "italic") if piece.sentence else Content(""),
    )


def _entry(entry: EntryView, zone: ZoneInfo) -> Content:
    at = entry.recorded_at.astimezone(zone)
    beside = (f"{at:%H:%M}", entry.actor, label("channel", entry.channel))
    effective = _("effective {day}").format(day=day(entry.effective_on)) if entry.effective_on != at.date() else ""
    return _lines(
        shown(f"{day(at.date())}  {label('act', entry.kind)}")
        + shown("  " + " · ".join((*beside, *filter(None, (effective,)))), _QUIET),
        *(shown(change(name, *pair)) for name, pair in entry.changes.items()),
        shown(_("Why: {reason}").format(reason=entry.reason)) if entry.reason else Content(""),
    )
