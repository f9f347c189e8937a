"""The form of the mark dialog: it shows the fields that the chosen status needs, and what is missing beside each."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea

from tracker.domain.status import Status, needs
from tracker.domain.views import CommitmentView
from tracker.errors import BadDate
from tracker.i18n import _
from tracker.render import error as worded
from tracker.render import label, period, words
from tracker.tui.reasons import TIERS, UNKNOWN_DAY, Answers, asked_for, done_typed, open_to, reading, sides_of, stood
from tracker.tui.shown import shown
from tracker.tui.widgets.field import Field
from tracker.tui.widgets.typed import TextBlock, TextLine


def member_name(member: str) -> str:
    """What a reason is called in the form."""
    return {
        "note": _("note"),
        "evidence": _("evidence"),
        "evidence2": _("evidence of tier 2 or 3"),
        "confirmed_by": _("confirmed by"),
        "done": _("done when"),
        "review": _("review on"),
        "replaced_by": _("replaced by"),
    }[member]


# The choice that is no side.
WHOLE = ""


class MarkForm(VerticalScroll, can_focus=False):
    """Status, reasons, note and effective day."""

    class Typed(Message):
        """Something was typed or chosen."""

    def __init__(self, today: str) -> None:
        super().__init__()
        tiers: Iterable[tuple[Content, int]] = [(shown(label("evidence_tier", tier)), tier) for tier in TIERS]
        side: Select[str] = Select([(shown(_("the whole")), WHOLE)], value=WHOLE, allow_blank=False, compact=True)
        self.side = Field(_("Side"), side)
        status: Select[Status] = Select([], prompt=_("choose …"), compact=True)
        self.status = Field(_("New status"), status)
        self.done = Field(_("Done when"), TextLine(placeholder=_("a day, a period, or “unknown”"), compact=True))
        self.review = Field(_("Review on"), TextLine(placeholder=_("a day"), compact=True))
        self.replaced_by = Field(_("Replaced by"), TextLine(placeholder=_("the other one's ref"), compact=True))
        self.confirmed_by = Field(_("Confirmed by"), TextLine(placeholder=_("a name"), compact=True))
        self.evidence = Field(
            _("Evidence"), TextLine(placeholder=_("a file, a link, or DOCUMENT:PARAGRAPH"), compact=True)
        )
        self.tier = Field(_("Evidence tier"), Select(tiers, value=1, allow_blank=False, compact=True))
        self.note = Field(_("Note"), TextBlock(compact=True, show_line_numbers=False))
        self.effective = Field(
            _("Effective on"), TextLine(placeholder=_("today, {day}").format(day=today), compact=True)
        )
        self._seen: CommitmentView | None = None
        self._tried = False

    def compose(self) -> ComposeResult:
        """What only one status asks for stands first, so that it is not overlooked; then the note, wanted most."""
        yield self.side
        yield self.status
        yield self.done
        yield self.review
        yield self.replaced_by
        yield self.note
        yield self.evidence
        yield self.tier
        yield self.confirmed_by
        yield self.effective

    def on_mount(self) -> None:
        """Ask for nothing before a status is chosen."""
        self._show_fields(frozenset())

    def offer(self, seen: CommitmentView) -> None:
        """Offer what may follow from where the commitment stands; a choice that still may stays chosen."""
        side = self.side.editor.value
        self._seen = seen
        named = [(shown(words(party.name)), party.key) for party in sides_of(seen)]
        self.side.display = bool(named)
        self.side.editor.set_options([(shown(_("the whole")), WHOLE), *named])
        self.side.editor.value = side if side in [key for _name, key in named] else WHOLE
        self._offer_statuses()

    @property
    def before(self) -> Status | None:
        """Where the whole, or the side that is chosen, stands now."""
        return stood(self._seen, self._side) if self._seen else None

    @property
    def _side(self) -> str | None:
        key = self.side.editor.value
        return key if isinstance(key, str) and key != WHOLE else None

    def _offer_statuses(self) -> None:
        chosen, before = self.chosen, self.before
        if before is None:
            return
        offered = open_to(before)
        self.status.editor.set_options([(shown(label("status", status)), status) for status in offered])
        if chosen in offered:
            self.status.editor.value = chosen
        self._look()

    # What is typed

    @property
    def chosen(self) -> Status | None:
        """The status that is chosen, if one is."""
        value = self.status.editor.value
        return value if isinstance(value, Status) else None

    def answers(self, status: Status) -> Answers:
        """The form as typed, without what it does not ask for now."""

        def typed(field: Field[Input]) -> str:
            return field.editor.value if field.display else ""

        tier = self.tier.editor.value
        return Answers(
            status=status,
            note=self.note.editor.text,
            effective=self.effective.editor.value,
            evidence=typed(self.evidence),
            tier=tier if isinstance(tier, int) else TIERS[0],
            confirmed_by=typed(self.confirmed_by),
            done=typed(self.done),
            review=typed(self.review),
            replaced_by=typed(self.replaced_by),
            side=self._side,
        )

    @property
    def has_text(self) -> bool:
        """Whether anything was typed that would be lost."""
        inputs = (self.effective, self.evidence, self.confirmed_by, self.done, self.review, self.replaced_by)
        return bool(self.note.editor.text) or any(field.editor.value for field in inputs)

    # What is said about it

    def insist(self) -> bool:
        """Say beside each field what is missing and go to the first of them. Whether nothing is."""
        self._tried = True
        self._look()
        if self.chosen is None:
            self.status.remark(_("Choose a status."), wanting=True)
            self.status.editor.focus()
            return False
        wanting = [field for field in self.query(Field) if field.display and field.wants]
        if wanting:
            wanting[0].editor.focus()
        return not wanting

    @on(Select.Changed)
    def _chose(self, event: Select.Changed) -> None:
        if event.select is self.side.editor:
            self._offer_statuses()
        else:
            self._look()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _look(self) -> None:
        status, before = self.chosen, self.before
        if status is None or before is None:
            return
        self._show_fields(asked_for(before, status))
        self.status.remark("")
        missing = self.answers(status).missing(before)
        groups = needs(before, status)
        for member, field in self._answering().items():
            group = next((group for group in groups if member in group), None)
            if group is not None:
                wanting = group in missing and self._tried
                field.remark(_needed(group, wanting), wanting=wanting)
            elif member in ("note", "evidence"):
                field.remark("")
        self._read_date(self.done, whole_day=False)
        self._read_date(self.review, whole_day=True)
        self._read_date(self.effective, whole_day=True)
        self.post_message(self.Typed())

    def _answering(self) -> dict[str, Field[Widget]]:
        return {
            "note": self.note,
            "evidence": self.evidence,
            "evidence2": self.evidence,
            "confirmed_by": self.confirmed_by,
            "done": self.done,
            "review": self.review,
            "replaced_by": self.replaced_by,
        }

    def _show_fields(self, asked: frozenset[str]) -> None:
        self.evidence.display = self.tier.display = bool(asked & {"evidence", "evidence2"})
        self.confirmed_by.display = "confirmed_by" in asked
        self.done.display = "done" in asked
        self.review.display = "review" in asked
        self.replaced_by.display = "replaced_by" in asked

    def _read_date(self, field: Field[Input], *, whole_day: bool) -> None:
        text = field.editor.value
        if not text.strip():
            if field is self.effective:
                field.remark("")
            return
        try:
            if not whole_day and done_typed(text) == UNKNOWN_DAY:
                field.remark(_("It is done; the day is not known."))
                return
            read = reading(text, whole_day=whole_day)
        except BadDate as error:
            field.remark(worded(error), wanting=True)
            return
        said = _("Read as {period}, day first.") if read.guessed else _("Read as {period}.")
        field.remark(said.format(period=period(read.period.value)))


def _needed(group: frozenset[str], wanting: bool) -> str:
    if len(group) == 1:
        return _("Still missing.") if wanting else _("Needed.")
    names = ", ".join(member_name(member) for member in sorted(group))
    said = _("Still missing; one is enough: {names}.") if wanting else _("One of these is enough: {names}.")
    return said.format(names=names)
