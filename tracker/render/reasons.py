"""What a status still needs, and why a place in a file cannot be taken."""

from __future__ import annotations

from tracker.i18n import _, pgettext
from tracker.render.safe import safe


def needed(needs: str) -> str:
    """The members of a group of which one is enough: `note|evidence`."""
    said = {
        "note": _("a note"),
        "evidence": _("evidence"),
        "evidence2": _("evidence of tier 2 or more"),
        "confirmed_by": _("the name of who confirms it"),
        "done": _("when it was done (a day, a period, or unknown)"),
        "review": _("a review date"),
        "replaced_by": _("the ref of the commitment that replaces it"),
        "source": _("a source: a document and a paragraph"),
    }
    return pgettext("between alternatives", " or ").join(said.get(need, need) for need in needs.split("|"))


def why(reason: str) -> str:
    """The words for a reason: a code, or `code: detail`. What is no code of ours is shown as it is."""
    code, _colon, detail = reason.partition(": ")
    if code == "needs":
        return _("it needs {needs}").format(needs=needed(detail))
    said = _reasons().get(code)
    return said.format(detail=safe(detail)) if said else safe(reason)


def _reasons() -> dict[str, str]:
    return {
        "missing": _("it is missing"),
        "not_text": _("it is not a text in UTF-8"),
        "not_toml": _("it is not TOML: {detail}"),
        "unknown_key": _("there is no such key"),
        "wrong_value": _("“{detail}” cannot stand here"),
        "unknown_party": _("there is no party “{detail}”"),
        "unknown_figure": _("there is no figure “{detail}”"),
        "unknown_event": _("there is no event “{detail}”"),
        "unknown_document": _("there is no document “{detail}”"),
        "unknown_commitment": _("there is no commitment “{detail}”"),
        "doubled": _("it stands there twice"),
        "two_leads": _("there can be one lead only"),
        "no_origin": _("at least one source must have the role “origin”"),
        "before_it_began": _("it lies before the commitment was made"),
        "in_the_future": _("it lies in the future: {detail}"),
        "closed_already": _("the commitment is closed already on that day"),
        "not_a_side": _("“{detail}” is no side of the commitment"),
        "needless": _("{detail} has no meaning there"),
        "hash_differs": _("the file is another one: its SHA-256 differs"),
        "not_in_paragraph": _("the span does not lie in paragraph {detail}"),
        "not_sentences": _("the span {detail} does not hold whole sentences"),
        "unknown_zone": _("there is no such time zone"),
        "not_an_archive": _("it is no archive of a register"),
        "archive_schema": _("it was written with the schema {detail}, which this version does not know"),
        "archive_doubled": _("it has a file twice, or too many"),
        "archive_foreign": _("it does not belong there"),
        "archive_incomplete": _("it is in the manifest and not in the archive"),
        "archive_packed": _("it is packed in a way that is not taken"),
        "archive_expands": _("it would grow too large when it is unpacked"),
        "archive_rows": _("it holds something that cannot stand in that table"),
        "archive_anchor": _("the anchor is another one than the manifest says"),
        "invalid_backup": _(
            "it must be a folder in quotes, true or false, or a whole number: at least 1 of a kind, largest in MiB"
        ),
        "invalid_database": _("it must be a path or a URL in quotes"),
        "no_home": _("there is no home folder for {detail}"),
        "invalid_actor": _("it must be a name in quotes"),
        "invalid_language": _('it must be "vi" or "en"'),
        "invalid_home": _('it must be a country such as "VN" or the key of a party'),
        "invalid_zone": _('it must be a time zone such as "Asia/Ho_Chi_Minh"'),
        "invalid_soon_days": _("it must be a whole number of days, 0 to 3660"),
        "invalid_silent_days": _("it must be a whole number of days, 0 to 3660"),
        "invalid_days": _("it must be a whole number of days, 0 to 3660"),
        "invalid_theme": _("it must be night, day, contrast-night or contrast-day"),
        "invalid_keys": _('it must be keys in quotes, such as "f4, ctrl+t"'),
        "unknown_action": _("there is no action “{detail}”; `tracker keys` lists them"),
        "no_such_key": _("no keyboard has a key “{detail}”"),
        "key_clash": _("one key would do two things, {detail}"),
        "invalid_letter": _("it must be words in quotes; answer_days a number, copies a list, to a table of words"),
        "invalid_letter_number": _('it must be a scheme such as "{{number}}/BNG-ĐNA"'),
        "invalid_letter_note_number": _('it must be a scheme such as "{{number}}/BNG-ĐNA"'),
        "not_words": _("it must be words in quotes"),
        "bad_hole": _("it has a brace that is no hole; write a brace that is meant as one twice"),
        "unknown_hole": _(
            "there is no hole “{detail}”; there are {{party}}, {{sender}}, {{sender_short}}, {{day}}, {{answer_due}}"
            " and {{count}}"
        ),
        "invalid_review": _("it must be a table with soon, coming and nothing"),
    }
