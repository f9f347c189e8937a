"""Read a document for drafts: a file or a pasted text, and the day of its publication, which is never guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING

from textual import on

from tracker.domain.commands import Seen
from tracker.domain.deadline import published_day, read_period
from tracker.domain.history import Hand
from tracker.domain.views import Done, Remark
from tracker.errors import BadOption, TakenBack, TrackerError
from tracker.i18n import _, language
from tracker.reading.files import FileText, read_file, read_text
from tracker.tui import completion
from tracker.tui.dates import DateKind
from tracker.tui.messages import Recording
from tracker.tui.review_messages import PartRead
from tracker.tui.screens.act import ActDialog
from tracker.tui.screens.write import TOLD_EVERY, path_typed
from tracker.tui.widgets.date_field import DateField
from tracker.tui.widgets.form import Form, Texts, block_field, choice_field, completing_field, line_field

if TYPE_CHECKING:
    from tracker.bootstrap import Tracker


@dataclass(frozen=True, slots=True)
class ToRead:
    """What is to be read, and what is known of it."""

    take: Callable[[], FileText]
    published: str
    day: date
    publisher: str
    language: str | None


class ReadDialog(ActDialog):
    """Yields the document that was read, its drafts kept for review."""

    act = "read"
    stoppable = True

    @property
    def heading(self) -> str:
        """What it does."""
        return _("Read a document for drafts")

    def make_form(self) -> Form:
        """The file or the text, and the day without which “this year” means nothing."""
        spoken = ((_("by its letters"), ""), (_("Vietnamese"), "vi"), (_("English"), "en"))
        said = _("what “this year” means in it")
        return Form(
            {
                "file": completing_field(_("File"), completion.files, _(".txt, .md, .html, .docx, .pdf with its text")),
                "text": block_field(_("Or a pasted text")),
                "name": line_field(_("Its name"), _("for a pasted text, such as: joint statement")),
                "published": DateField(_("Published"), DateKind.PERIOD, placeholder=said),
                "publisher": line_field(_("Publisher")),
                "language": choice_field(_("Language"), spoken, ""),
            },
            [("file", "text"), ("published",)],
        )

    def command(self, tracker: Tracker, typed: Texts, chosen: tuple[Seen, ...]) -> ToRead:
        """What is to be read; nothing is read yet."""
        period = read_period(typed["published"], language()).period
        day = published_day(period, typed["published"], self.office.settings.today())
        file, text, name = typed["file"].strip(), typed["text"], typed["name"].strip()
        if file and text.strip():
            raise BadOption("text", "needless", text)
        if not file and not name:
            raise BadOption("name", "missing")
        path = path_typed(file)
        take: Callable[[], FileText] = (
            (lambda: read_file(path)) if file else (lambda: read_text(name, text.encode("utf-8", "replace")))
        )
        return ToRead(take, period.value, day, typed["publisher"].strip(), typed["language"] or None)

    def carry_out(self, tracker: Tracker, command: ToRead, hand: Hand) -> Done:
        """Read it, compare its drafts with what is on record, and keep them."""
        from tracker.reading.drafting import draft_file

        self.post_message(PartRead(0))
        source = command.take()
        read = draft_file(source, command.day, language=command.language, watch=self._watch())
        drafts, updates = tracker.drafts.beside(read, source.sha256, as_of=hand.today)
        kept = tracker.drafts.save(
            source,
            read,
            drafts,
            hand,
            published=command.published,
            publisher=command.publisher,
            updates=updates,
        )
        told = {"file": source.file, "count": str(len(kept)), "kind": read.kind, "sha256": source.sha256}
        before = tracker.drafts.read_before(source, command.published)
        return Done(hand.act_id, 0, remarks=(Remark("drafted", told), *before))

    def refuse(self, error: TrackerError) -> None:
        """What a file or a text is refused for is said in the words of the form."""
        match error:
            case BadOption(option="name", reason="missing"):
                self.form.say("name", _("A pasted text needs a name."))
            case BadOption(option="text", reason="needless"):
                self.form.say("text", _("Either a file or a text, not both."))
            case _:
                super().refuse(error)

    def _watch(self) -> Callable[[int, int], None]:
        told = monotonic()

        def watch(done: int, of: int) -> None:
            nonlocal told
            if self._stop.is_set():
                raise TakenBack
            if monotonic() - told > TOLD_EVERY:
                told = monotonic()
                self.post_message(PartRead(100 * done // of))

        return watch

    def on_recording(self, message: Recording) -> None:
        """Tell that it is being compared."""
        if self._saving and not self._stop.is_set():
            said = _("Comparing with what is on record: {count} sentences. Esc stops it, and nothing is kept.")
            self.answer(said.format(count=message.count))

    @on(PartRead)
    def _tell(self, message: PartRead) -> None:
        if self._saving and not self._stop.is_set():
            said = _("Reading: {percent} %. Esc stops it, and nothing is kept.")
            self.answer(said.format(percent=message.percent))
