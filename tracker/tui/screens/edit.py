"""Edit in place: every field as it is, and only what is changed is sent. Of many, what can be the same for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.domain.codes import SECTORS, Instrument, Kind, Role, Strength
from tracker.domain.commands import AmendCommitment, Seen
from tracker.domain.deadline import read_period
from tracker.domain.history import Hand
from tracker.domain.register import Participation
from tracker.domain.typed import read_tags, read_target, typed_target
from tracker.domain.views import CommitmentView, Done
from tracker.errors import BadOption, StaleCommitment
from tracker.i18n import _, language
from tracker.render import day as in_words
from tracker.render import label, safe
from tracker.tui import completion
from tracker.tui.reasons import day_typed
from tracker.tui.screens.act import ActDialog
from tracker.tui.widgets.date_field import DateField
from tracker.tui.widgets.form import (
    Form,
    Texts,
    block_field,
    choice_field,
    coded_field,
    completing_field,
    line_field,
)
from tracker.tui.widgets.party_rows import PartiesField, read_rows, rows_of

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

UNCHANGED = ""


class EditDialog(ActDialog):
    """Correct one commitment, or the same of many."""

    act = "edit"

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Edit")

    def make_form(self) -> Form:
        """The fields of one, or those that many can share."""
        return self._form_of_many() if self.many else self._form_of_one()

    def _form_of_one(self) -> Form:
        return Form(
            {
                "title_vi": line_field(_("Title (vi)")),
                "title_en": line_field(_("Title (en)")),
                "statement_vi": block_field(_("Statement (vi)")),
                "statement_en": block_field(_("Statement (en)")),
                **nature_fields(),
                "parties": PartiesField(_("Parties"), _("Empty a name to take the party away.")),
                "tags": completing_field(_("Tags"), completion.tags, _("separated by commas")),
                "targets": targets_field(),
                "review": DateField(_("Review on")),
                "note": line_field(_("Why"), _("a note for the history")),
                "effective": self._effective(),
            },
            [("title_vi", "title_en")],
        )

    def _form_of_many(self) -> Form:
        def codes(name: str, group: str, values: Any) -> Any:
            same = (_("as it is"), UNCHANGED)
            return choice_field(name, [same, *((label(group, code), str(code)) for code in values)], UNCHANGED)

        return Form(
            {
                "lead": completing_field(_("Lead"), completion.parties, _("as it is")),
                "add_tags": completing_field(_("Add tags"), completion.tags, _("separated by commas")),
                "drop_tags": completing_field(_("Drop tags"), completion.tags, _("separated by commas")),
                "sector": codes(_("Sector"), "sector", SECTORS),
                "kind": codes(_("Kind"), "kind", Kind),
                "strength": codes(_("Strength"), "strength", Strength),
                "review": DateField(_("Review on"), placeholder=_("as it is")),
                "note": line_field(_("Why"), _("a note for the history")),
                "effective": self._effective(),
            }
        )

    def _effective(self) -> DateField:
        today = in_words(self.office.settings.today())
        return DateField(_("Effective on"), placeholder=_("today, {day}").format(day=today))

    def present(self, view: CommitmentView) -> Texts:
        """Everything as it is."""
        return {
            "title_vi": safe(view.title.vi),
            "title_en": safe(view.title.en),
            "statement_vi": safe(view.statement.vi, newlines=True),
            "statement_en": safe(view.statement.en, newlines=True),
            "kind": view.kind,
            "sector": view.sector,
            "instrument": view.instrument,
            "strength": view.strength,
            "parties": rows_of(view),
            "tags": safe(", ".join(view.tags)),
            "targets": "; ".join(typed_target(each.figure, each.value, each.by) for each in view.targets),
            "review": view.review_on.isoformat() if view.review_on else "",
        }

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> AmendCommitment:
        """What is asked of the register: the fields that are changed."""
        said: dict[str, Any] = {"note": typed["note"], "effective_on": day_typed(typed["effective"])}
        if self.many:
            return self._of_many(tracker, typed, chosen, said)
        assert self.seen is not None
        before = self.present(self.seen)
        changed = {name for name, text in before.items() if typed.get(name, text).strip() != text.strip()}
        fields: dict[str, Any] = {name: typed[name] for name in ("kind", "sector", "instrument", "strength")}
        fields = {name: code for name, code in fields.items() if name in changed}
        for name in ("title", "statement"):
            if changed & {f"{name}_vi", f"{name}_en"}:
                fields[name] = {"vi": typed[f"{name}_vi"], "en": typed[f"{name}_en"]}
        if "parties" in changed:
            fields["parties"] = [part.model_dump(mode="json") for part in participations(tracker, typed["parties"])]
        if "tags" in changed:
            fields["tags"] = list(read_tags(typed["tags"]))
        if "targets" in changed:
            fields["targets"] = [target.model_dump(mode="json") for target in targets(typed["targets"])]
        if "review" in changed:
            review = day_typed(typed["review"])
            fields["review_on"] = review.isoformat() if review else None
        if not fields:
            raise BadOption("", "nothing_to_change")
        return AmendCommitment(commitments=chosen, fields=fields, **said)

    def _of_many(
        self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...], said: dict[str, Any]
    ) -> AmendCommitment:
        fields: dict[str, Any] = {name: typed[name] for name in ("sector", "kind", "strength") if typed[name]}
        if review := day_typed(typed["review"]):
            fields["review_on"] = review.isoformat()
        lead = typed["lead"].strip()
        shared: dict[str, Any] = {
            "lead": tracker.library.party(lead).key if lead else None,
            "add_tags": read_tags(typed["add_tags"]),
            "drop_tags": read_tags(typed["drop_tags"]),
        }
        if not fields and not any(shared.values()):
            raise BadOption("", "nothing_to_change")
        return AmendCommitment(commitments=chosen, fields=fields, **shared, **said)

    def carry_out(self, tracker: Tracker, command: AmendCommitment, hand: Hand) -> Done:
        """Ask it."""
        return tracker.commitments.amend(command, hand)

    # Somebody was faster

    def _side_by_side(self, error: StaleCommitment) -> list[str]:
        # The compare dialog shows them, with a choice.
        return []

    def merge(self, before: CommitmentView, present: CommitmentView) -> str:
        """Take over what is only theirs; where both changed a field, let the person choose, side by side."""
        from tracker.tui.screens.compare import CompareDialog, Differing

        base, theirs, yours = self.present(before), self.present(present), self.form.typed
        mine = {name: text for name, text in yours.items() if text != base.get(name, "")}
        both = [
            Differing(
                name, self.form.fields[name].called, *(map(self.form.fields[name].in_words, (theirs[name], text)))
            )
            for name, text in mine.items()
            if name in theirs and theirs[name] not in (base[name], text)
        ]
        self.form.begin(theirs)
        self.form.fill(mine)

        def chosen(those: frozenset[str] | None) -> None:
            self.form.fill({name: theirs[name] for name in those or ()})

        if both:
            self.app.push_screen(CompareDialog(present.ref, tuple(both)), chosen)
            return _("Both have changed a field: choose, then save once more.")
        return _(
            "What is theirs stands in the form, what you typed is kept. Save once more to record it on top of that."
        )


def nature_fields(kind: str | None = None) -> dict[str, Any]:
    """What sort of promise it is."""
    return {
        "kind": coded_field(_("Kind"), "kind", map(str, Kind), kind or Kind.PROJECT.value),
        "sector": coded_field(_("Sector"), "sector", SECTORS, "other"),
        "instrument": coded_field(_("Instrument"), "instrument", map(str, Instrument), Instrument.OTHER.value),
        "strength": coded_field(_("Strength"), "strength", map(str, Strength), Strength.AGREED.value),
    }


def targets_field() -> Any:
    """Measured aims, on one line."""
    return completing_field(_("Targets"), completion.figures, _("FIGURE=VALUE@BY; several with a semicolon"))


def participations(tracker: Tracker, text: str) -> tuple[Participation, ...]:
    """The parties of the rows. Raises NotFound, Ambiguous."""
    return tuple(
        Participation(party=tracker.library.party(name).key, role=Role(role), basis=basis)  # type: ignore[arg-type]
        for name, role, basis in read_rows(text)
    )


def targets(text: str) -> tuple[Any, ...]:
    """The aims of the line. Raises BadOption, BadDate."""
    spoken = language()
    return tuple(
        read_target(each.strip(), lambda by: read_period(by, spoken).period.value)
        for each in text.split(";")
        if each.strip()
    )
