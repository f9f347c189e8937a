"""One commitment written out: everything the register knows of it, to be read from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from textual.content import Content

from tracker.domain.deadline import Deadline
from tracker.domain.pace import outlook
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
from tracker.i18n import _, language, ngettext
from tracker.render import (
    amount,
    change,
    day,
    days_late,
    deadline,
    label,
    latest,
    moves,
    next_step,
    party,
    period,
    reversal,
    source,
    words,
)
from tracker.render.pace import gap, leads
from tracker.tui.chart import chart
from tracker.tui.openings import ACommitment, AFigure, ASource, TheReason
from tracker.tui.page import QUIET, Openable, Page
from tracker.tui.shown import shown
from tracker.tui.symbols import symbol

# Each cursor rest writes a sheet: of a long history only the newest, in a few milliseconds. A page shows more.
BESIDE, NEWEST = 8, 50
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


def sheet(detail: CommitmentDetail, width: int, zone: str, as_of: date) -> Content:
    """The commitment as content for a column of that width: the facts first, the newest of its history last."""
    page = Page(width)
    facts(page, detail, as_of)
    record(page, detail, zone, newest=BESIDE)
    return page.content


def facts(page: Page, detail: CommitmentDetail, as_of: date, *, charts: bool = False) -> None:
    """What is promised, by when, by whom, and how much; with `charts`, each target drawn against its figure."""
    commitment = detail.commitment
    _head(page, commitment)
    _when(page, commitment, as_of)
    _who(page, commitment)
    _targets(page, detail, charts)
    _aims(page, commitment)


def record(page: Page, detail: CommitmentDetail, zone: str, *, newest: int = NEWEST) -> None:
    """Where it says so, and what was said and done since."""
    commitment = detail.commitment
    page.section(_("Sources"), (_source(cited, commitment.ref) for cited in commitment.sources))
    updates = [_update(each, commitment) for each in detail.updates[:newest]]
    page.section(_("Updates"), _newest(updates, detail.updates, detail))
    entries = [(_entry(each, ZoneInfo(zone)), None) for each in detail.entries[:newest]]
    page.section(_("History"), _newest(entries, detail.entries, detail))


def _newest(written: Sequence[Openable], there: Sequence[object], detail: CommitmentDetail) -> list[Openable]:
    """What is written, and how many more there are."""
    if len(there) <= len(written):
        return [*written]
    more = _("{count} earlier ones are not shown here. All of them: tracker show {ref}")
    said = more.format(count=len(there) - len(written), ref=detail.commitment.ref)
    return [*written, (shown(said, QUIET), None)]


def _lines(*parts: Content) -> Content:
    return Content("\n").join(part for part in parts if part.plain)


def _head(page: Page, commitment: CommitmentView) -> None:
    nature = (label("kind", commitment.kind), label("sector", commitment.sector))
    mark = symbol(commitment)
    page.full(shown(" · ".join((commitment.ref, *nature)), QUIET), section=commitment.ref)
    page.full(shown(words(commitment.title), "bold"))
    late = days_late(commitment.days_overdue) if commitment.days_overdue else ""
    state = "" if commitment.schedule is Schedule.OVERDUE and late else label("schedule", commitment.schedule)
    said = " · ".join(part for part in (state, late) if part)
    page.full(shown(f"{mark.cells.strip()} {said}", TONE_COLOURS[mark.tone]), opens=TheReason(commitment.ref))
    if words(commitment.statement):
        page.full(shown(commitment.statement.said_in(language()), "italic"), apart=True)


def _when(page: Page, commitment: CommitmentView, as_of: date) -> None:
    page.section(_("Deadline"), [(_deadline(commitment.deadline), TheReason(commitment.ref))])
    if commitment.event:
        page.field(_("Event"), shown(words(commitment.event)))
    if commitment.moves:
        past = commitment.days_past_baseline
        beside = (moves(commitment.moves), days_late(past) if past else "")
        page.field(
            _("Baseline"),
            _lines(
                _deadline(commitment.baseline),
                shown(" · ".join(part for part in beside if part), QUIET),
            ),
        )
    since = _("since {day}").format(day=day(commitment.status_since))
    page.field(_("Status"), shown(label("status", commitment.status)) + shown(f"  {since}", QUIET))
    if commitment.done:
        page.field(_("Done when"), shown(period(commitment.done)))
    if commitment.replaced_by:
        page.field(_("Replaced by"), shown(commitment.replaced_by), opens=ACommitment(commitment.replaced_by))
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
            )
            + shown("  " + _waiting((as_of - next_to_move.since).days), QUIET),
        )
    if commitment.review_on:
        tone = "$review" if commitment.review_overdue or commitment.review_on < as_of else ""
        page.field(_("Review on"), shown(day(commitment.review_on), tone))
    if commitment.next:
        page.field(
            _("Next step"),
            shown(_("{what}, {day}").format(what=next_step(commitment.next), day=day(commitment.next.on))),
        )


def _deadline(given: Deadline | None) -> Content:
    """The source's own words, and below them the days that they mean."""
    if given is None or given.end is None:
        return shown(deadline(given))
    return _lines(shown(f"“{given.text}”" if given.text else period(given.value)), _interval(given))


def _interval(given: Deadline | None) -> Content:
    """The days that the words were read as, and who says so."""
    if given is None or given.end is None:
        return Content("")
    days = day(given.end)
    if given.start is not None and given.start != given.end:
        days = _("{first} to {last}").format(first=day(given.start), last=days)
    return shown(f"{days} · {label('certainty', given.certainty)}", QUIET)


def _who(page: Page, commitment: CommitmentView) -> None:
    for name, ours in ((_("Our side"), True), (_("Other side"), False)):
        page.section(name, (_party(each) for each in commitment.parties if each.ours is ours))


def _party(each: PartyView) -> Content:
    tone = "" if each.basis == "stated" else "italic"
    return shown(party(each), tone) + shown(f"  {label('role', each.role)}", QUIET)


def _waiting(days: int) -> str:
    return ngettext("for {days} day", "for {days} days", days).format(days=days)


def _targets(page: Page, detail: CommitmentDetail, charts: bool) -> None:
    figures = {figure.key: figure for figure in detail.figures}
    for number, target in enumerate(detail.commitment.targets):
        figure = figures.get(target.figure)
        lines = [_target(target)]
        if figure is not None:
            found = outlook(figure, target.value, target.by)
            lines += [shown(said, QUIET) for said in (latest(figure), gap(figure, found), leads(figure, found)) if said]
            if charts:
                lines += [Content(""), chart(figure, found, page.room)]
        first = number == 0
        name = _("Targets") if first else ""
        page.field(name, _lines(*lines), section=name, apart=first or charts, opens=AFigure(target.figure))


def _aims(page: Page, commitment: CommitmentView) -> None:
    page.section(
        _("Milestones"),
        (_lines(shown(words(step.name)), shown(deadline(step.deadline), QUIET)) for step in commitment.milestones),
    )
    if commitment.tags:
        page.section(_("Tags"), [shown(", ".join(commitment.tags))])


def _target(target: TargetView) -> Content:
    said = f"{words(target.name)}: {amount(target.value, target.unit)}"
    if target.by and target.by != "none":
        said = _("{target}, {by}").format(target=said, by=period(target.by))
    return shown(said)


def _source(cited: SourceView, ref: str) -> Openable:
    published = period(cited.published) if cited.published != "none" else ""
    beside = (label("citation_role", cited.role), published)
    said = _lines(
        shown(source(cited)) + shown("  " + " · ".join(part for part in beside if part), QUIET),
        shown(f"“{cited.sentence}”", "italic")
        if cited.sentence
        else shown(_("To read the sentence here, add the text: tracker document add FILE"), QUIET),
    )
    return said, ASource(cited.sha256, cited.start, cited.end, ref)


def _update(update: StatusUpdateView, commitment: CommitmentView) -> Openable:
    names = {each.key: words(each.name) for each in commitment.parties}
    beside = (names.get(update.side, update.side) if update.side else "", update.actor)
    confirmed = _("confirmed by {name}").format(name=update.confirmed_by) if update.confirmed_by else ""
    said = _lines(
        shown(f"{day(update.effective_on)}  {label('status', update.status)}")
        + shown("  " + " · ".join(part for part in beside if part), QUIET),
        shown(update.note),
        shown(confirmed),
        *(_evidence(piece) for piece in update.evidence),
    )
    cited = next((piece for piece in update.evidence if piece.sha256), None)
    if cited is None or cited.sha256 is None:
        return said, None
    return said, ASource(cited.sha256, cited.start or 0, cited.end or 0, commitment.ref)


def _evidence(piece: EvidenceView) -> Content:
    where = piece.value
    if piece.paragraph:
        where = _("{document}, paragraph {paragraph}").format(document=where, paragraph=piece.paragraph)
    tier = _("tier {tier}").format(tier=piece.tier).replace(" ", NO_BREAK)
    return _lines(
        shown(f"{label('evidence_kind', piece.kind)}: {where}") + shown(f"  {tier}", QUIET),
        shown(f"“{piece.sentence}”", "italic") if piece.sentence else Content(""),
    )


def _entry(entry: EntryView, zone: ZoneInfo) -> Content:
    at = entry.recorded_at.astimezone(zone)
    beside = (f"{at:%H:%M}", entry.actor, label("channel", entry.channel))
    effective = _("effective {day}").format(day=day(entry.effective_on)) if entry.effective_on != at.date() else ""
    return _lines(
        shown(f"{day(at.date())}  {label('act', entry.kind)}")
        + shown("  " + " · ".join((*beside, *filter(None, (effective,)))), QUIET),
        shown(reversal(entry)),
        # The first entry has every field, and they stand above.
        *(shown(change(name, *pair, entry.names)) for name, pair in entry.changes.items() if entry.position > 1),
        shown(_("Why: {reason}").format(reason=entry.reason)) if entry.reason else Content(""),
    )
