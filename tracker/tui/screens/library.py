"""What commitments point at: a new party, the text of a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.domain.codes import PartyKind
from tracker.domain.commands import Seen
from tracker.domain.deadline import read_period
from tracker.domain.history import Hand
from tracker.domain.register import Party, Words
from tracker.domain.text import slug
from tracker.domain.views import Done, Remark
from tracker.errors import BadOption
from tracker.i18n import LANGUAGES, _, language
from tracker.tui import completion
from tracker.tui.dates import DateKind
from tracker.tui.screens.act import ActDialog
from tracker.tui.screens.write import path_typed
from tracker.tui.widgets.date_field import DateField
from tracker.tui.widgets.form import Form, Texts, choice_field, coded_field, completing_field, line_field

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker

SAID = {"added": "document_added", "text_added": "text_added", "unchanged": "document_unchanged"}


class PartyDialog(ActDialog):
    """Put a party on record."""

    act = "party"

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Add a party")

    def make_form(self) -> Form:
        """Its names, and where it belongs."""
        return Form(
            {
                "name_vi": line_field(_("Name (vi)")),
                "name_en": line_field(_("Name (en)")),
                "kind": coded_field(_("Kind"), "party_kind", map(str, PartyKind), PartyKind.MINISTRY.value),
                "country": line_field(_("Country"), _("two letters, such as VN")),
                "parent": completing_field(_("Part of"), completion.parties, _("a party")),
                "aliases": line_field(_("Also called"), _("several with a semicolon")),
            },
            [("name_vi", "name_en")],
        )

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> Party:
        """What is asked of the register."""
        key = slug(typed["name_vi"] or typed["name_en"])
        if not key:
            raise BadOption("name_vi", "invalid", typed["name_vi"] or typed["name_en"])
        parent = typed["parent"].strip()
        return Party(
            key=key,
            kind=PartyKind(typed["kind"]),
            country=typed["country"].strip().upper(),
            parent=tracker.library.party(parent).key if parent else None,
            name=Words(vi=typed["name_vi"], en=typed["name_en"]),
            aliases=tuple(filter(None, (each.strip() for each in typed["aliases"].split(";")))),
        )

    def carry_out(self, tracker: Tracker, command: Party, hand: Hand) -> Done:
        """Ask it."""
        done = tracker.library.add_party(command, hand)
        return Done(done.act, done.number, remarks=(Remark("added", {"ref": command.name.said_in(language())}),))


class DocumentDialog(ActDialog):
    """Give the register the text of a document."""

    act = "document"

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Add the text of a document")

    def make_form(self) -> Form:
        """The file, and what is known of it."""
        spoken = ((_("Vietnamese"), "vi"), (_("English"), "en"))
        return Form(
            {
                "file": completing_field(_("File"), completion.files, _("a text in UTF-8")),
                "title": line_field(_("Title")),
                "publisher": line_field(_("Publisher")),
                "published": DateField(_("Published"), DateKind.PERIOD),
                "language": choice_field(_("Language"), spoken, LANGUAGES[0]),
            },
            [("file",)],
        )

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> Any:
        """What is asked of the register."""
        published = typed["published"].strip()
        return path_typed(typed["file"].strip()), {
            "title": typed["title"].strip(),
            "publisher": typed["publisher"].strip(),
            "published": read_period(published, language()).period.value if published else "none",
            "language": typed["language"],
        }

    def carry_out(self, tracker: Tracker, command: tuple[Path, dict[str, str]], hand: Hand) -> Done:
        """Ask it."""
        path, facts = command
        outcomes = tracker.library.add_documents([path], hand, **facts)
        remarks = tuple(Remark(SAID[outcome], {"ref": document.file}) for document, outcome in outcomes)
        return Done(hand.act_id, 0, remarks=remarks)
