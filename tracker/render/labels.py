"""A word for every code of the domain."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.i18n import _, language, pgettext
from tracker.render.asked import asked
from tracker.render.safe import safe

Labels = Mapping[str, str]


def label(group: str, code: object) -> str:
    """The word for a code of that group (status, schedule, role, ...); an unknown code is shown as it is."""
    return labels(group).get(str(code)) or safe(str(code))


def labels(group: str) -> Labels:
    """Every code of a group with its word, in the present language."""
    spoken = language()
    known = _known.get(spoken)
    if known is None:
        known = {
            **_standing(),
            **_nature(),
            **_belonging(),
            **_record(),
            **_translated(),
            "field": _fields(),
            "what": asked(),
        }
        # Another thread may have changed the language in between.
        if language() == spoken:
            _known[spoken] = known
    return known[group]


# By language: the words are looked up once, a report asks for them a million times.
_known: dict[str, Mapping[str, Labels]] = {}


def _standing() -> dict[str, Labels]:
    return {
        "status": {
            "recorded": _("Newly recorded"),
            "not_started": _("Not started"),
            "in_progress": _("In progress"),
            "partial": _("Partly delivered"),
            "claimed_done": _("Reported done, to be confirmed"),
            "delivered": _("Delivered"),
            "suspended": _("Suspended"),
            "superseded": _("Superseded"),
            "not_delivered": _("Not delivered"),
            "withdrawn": _("Withdrawn"),
        },
        "schedule": {
            "replaced": _("Replaced"),
            "closed_undone": _("Closed, not done"),
            "done_no_deadline": _("Done, no deadline"),
            "done_on_time": _("Done on time"),
            "done_late": _("Done late"),
            "timeliness_unknown": _("Done, unknown whether in time"),
            "paused": _("Paused"),
            "review_due": _("Review due"),
            "no_deadline": _("No deadline"),
            "late_claim": _("Reported done, past the deadline"),
            "overdue": _("Overdue"),
            "due_soon": _("Due soon"),
            "in_window": _("Within the period"),
            "not_due": _("Not due yet"),
        },
        "bucket": {
            "done_on_time": _("Done on time"),
            "done_late": _("Done late"),
            "done_no_deadline": _("Done, no deadline"),
            "timeliness_unknown": _("Done, unknown whether in time"),
            "open_within": _("Open, within the deadline"),
            "open_overdue": _("Open, overdue"),
            "late_claim": _("Reported done, past the deadline"),
            "no_deadline": _("No deadline"),
            "paused": _("Paused"),
            "replaced": _("Replaced"),
            "closed_undone": _("Closed, not done"),
        },
        "band": {
            "1-30": _("1 to 30 days"),
            "31-90": _("31 to 90 days"),
            "91-180": _("91 to 180 days"),
            ">180": _("over 180 days"),
        },
        "evidence_tier": {
            "0": _("no evidence"),
            "1": _("a claim or press report"),
            "2": _("an official act, document or statement"),
            "3": _("independent or measured proof"),
        },
        "precision": {
            "day": _("day"),
            "week": _("week"),
            "month": _("month"),
            "quarter": _("quarter"),
            "half": _("half-year"),
            "year": _("year"),
            "range": _("range of days"),
            "event": pgettext("precision", "an event"),
            "recurring": pgettext("deadline", "recurring"),
            "none": _("no deadline"),
        },
        "certainty": {
            "stated": _("stated in the source"),
            "agreed": _("agreed later"),
            "derived": _("derived"),
            "none": _("no date"),
        },
    }


def _nature() -> dict[str, Labels]:
    return {
        "kind": {
            "project": _("Project"),
            "legal_instrument": _("Legal instrument"),
            "event": pgettext("kind", "Event"),
            "target": pgettext("kind", "Target"),
            "programme": _("Programme"),
            "standing": _("Standing commitment"),
            "support": _("Support"),
        },
        "sector": {
            "politics": _("Politics"),
            "defence_security": _("Defence and security"),
            "foreign_affairs": _("Foreign affairs"),
            "economy_trade": _("Economy and trade"),
            "investment": _("Investment"),
            "infrastructure": _("Infrastructure"),
            "border": _("Border"),
            "education_training": _("Education and training"),
            "culture_people": _("Culture and people"),
            "local": _("Local cooperation"),
            "other": _("Other"),
        },
        "instrument": {
            "treaty": _("Treaty"),
            "agreement": _("International agreement"),
            "leaders_statement": _("Statement agreed by leaders"),
            "plan": _("Plan"),
            "other": _("Other"),
        },
        "strength": {
            "signed": _("signed"),
            "committed": _("committed"),
            "agreed": pgettext("strength", "agreed"),
            "will": pgettext("strength", "will"),
            "strive": _("strive"),
            "consider": _("consider"),
            "expected": pgettext("strength", "expected"),
        },
    }


def _belonging() -> dict[str, Labels]:
    return {
        "role": {
            "undertaker": _("Undertaker"),
            "lead": _("Lead"),
            "supporting": _("Supporting"),
            "counterpart": _("Counterpart"),
            "beneficiary": _("Beneficiary"),
        },
        "basis": {"stated": _("stated in the source"), "proposed": _("proposed"), "assigned": _("assigned")},
        "citation_role": {
            "origin": _("origin"),
            "reaffirms": _("reaffirms"),
            "strengthens": _("strengthens"),
            "softens": _("softens"),
            "reports": pgettext("citation", "reports"),
            "drops": _("drops"),
        },
        "party_kind": {
            "state": _("State"),
            "party_body": _("Body of a political party"),
            "ministry": _("Ministry or agency"),
            "city": _("City or province"),
            "company": _("Company"),
            "person": _("Person"),
            "other": _("Other"),
        },
        "decision": {
            "open": _("To decide"),
            "accepted": _("Accepted"),
            "merged": _("Merged"),
            "rejected": _("Rejected"),
        },
        "event_kind": {
            "visit": _("Visit"),
            "session": _("Session"),
            "congress": _("Congress"),
            "anniversary": _("Anniversary"),
            "year": _("Thematic year"),
            "ceremony": _("Ceremony"),
            "other": _("Other"),
        },
        "evidence_kind": {
            "link": pgettext("evidence", "link"),
            "file": pgettext("evidence", "file"),
            "citation": pgettext("evidence", "place in a document"),
        },
        "per": {
            "year": _("for each year"),
            "stock": _("at a point in time"),
            "period": _("summed over a period"),
        },
        "qualifier": {"about": _("about"), "over": _("over"), "under": _("under"), "": ""},
    }


def _record() -> dict[str, Labels]:
    return {
        "act": {
            "add": pgettext("act", "Added"),
            "amend": pgettext("act", "Amended"),
            "mark": pgettext("act", "Marked"),
            "move": pgettext("act", "Deadline moved"),
            "follow_up": pgettext("act", "Followed up"),
            "import": pgettext("act", "Imported"),
            "undo": pgettext("act", "Undone"),
            "redo": pgettext("act", "Redone"),
            "batch": pgettext("act", "Several changes"),
        },
        "may": {
            "own": _("everything: the register is yours"),
            "record": _("read and record"),
            "read": _("only read"),
            "nothing": pgettext("rights", "nothing"),
        },
        "how": {
            "letter": _("letter"),
            "call": _("telephone call"),
            "meeting": _("meeting"),
            "review": _("look by our desk"),
            "other": _("other way"),
        },
        "follow_up_state": {
            "planned": _("planned"),
            "due": _("due now"),
            "waiting": _("answer awaited"),
            "answer_late": _("answer late"),
            "closed": pgettext("follow-up", "closed"),
        },
        "follow_up_act": {
            "planned": _("Follow-up planned"),
            "done_on": _("Followed up"),
            "answered_on": _("Answer received"),
            "put_off": _("Follow-up put off"),
            "dropped": _("Follow-up dropped"),
        },
        "agenda": {
            "follow_up": _("to follow up"),
            "answer": _("answer due"),
            "review": _("our review"),
            "deadline": _("deadline ends"),
            "overdue": _("overdue"),
        },
        "channel": {
            "cli": _("command line"),
            "tui": _("interface"),
            "web": _("browser"),
            "import": pgettext("channel", "import"),
            "seed": _("curated commitments"),
        },
    }


def _translated() -> dict[str, Labels]:
    """Other people's scales, with their own words."""
    untranslated = _("no word for it in this scale")
    return {
        "scale": {
            "ogp": _("Open Government Partnership: completion"),
            "g7": _("G7/G20 Research Group (wording unconfirmed)"),
            "promises": _("Promise trackers (after PolitiFact)"),
        },
        "grade_ogp": {
            "complete": pgettext("OGP", "Complete"),
            "substantial": pgettext("OGP", "Substantial"),
            "limited": pgettext("OGP", "Limited"),
            "not_started": pgettext("OGP", "Not Started"),
            "no_evidence": pgettext("OGP", "No Evidence Available"),
            "untranslated": untranslated,
        },
        "grade_g7": {
            "full": pgettext("G7", "+1, full compliance"),
            "partial": pgettext("G7", "0, partial or work in progress"),
            "failure": pgettext("G7", "−1, failure"),
            "untranslated": untranslated,
        },
        "grade_promises": {
            "kept": pgettext("promise", "Kept"),
            "compromise": pgettext("promise", "Compromise"),
            "in_the_works": pgettext("promise", "In the Works"),
            "stalled": pgettext("promise", "Stalled"),
            "broken": pgettext("promise", "Broken"),
            "not_yet_rated": pgettext("promise", "Not Yet Rated"),
            "untranslated": untranslated,
        },
    }


def _fields() -> Labels:
    return {
        "ref": _("Ref"),
        "title": _("Title"),
        "statement": _("Statement"),
        "kind": _("Kind"),
        "sector": _("Sector"),
        "instrument": _("Instrument"),
        "strength": _("Strength"),
        "status": _("Status"),
        "status_since": _("Status since"),
        "done": _("Done when"),
        "schedule": _("Schedule"),
        "review_on": _("Review on"),
        "replaced_by": _("Replaced by"),
        "evidence": _("Evidence"),
        "evidence_tier": _("Evidence tier"),
        "deadline": _("Deadline"),
        "baseline": _("Baseline"),
        "moves": _("Moves"),
        "lead": _("Lead"),
        "parties": _("Parties"),
        "sources": _("Sources"),
        "targets": _("Targets"),
        "milestones": _("Milestones"),
        "sides": _("Sides"),
        "tags": _("Tags"),
        "next": _("Next step"),
        "last_update": _("Last update"),
        "confirmed_by": _("Confirmed by"),
        "note": _("Note"),
        "side": _("Side"),
        "key": _("Key"),
        "name": _("Name"),
        "country": _("Country"),
        "parent": _("Part of"),
        "aliases": _("Other names"),
        "file": _("File"),
        "sha256": _("SHA-256"),
        "publisher": _("Publisher"),
        "published": _("Published"),
        "language": _("Language"),
        "text_added": _("Text"),
        "on": pgettext("event", "When"),
        "unit": _("Unit"),
        "per": _("Per"),
        "readings": _("Readings"),
        "version": _("Version"),
        "commitment": _("Commitment"),
        "what": pgettext("follow-up", "What"),
        "how": pgettext("follow-up", "How"),
        "to": pgettext("follow-up", "To whom"),
        "rule": _("Repeated"),
        "anchor": _("Repeated from"),
        "answer_due": _("Answer due"),
        "done_on": _("Done on"),
        "answer": _("Answer"),
        "answered_on": _("Answered on"),
        "dropped": _("Dropped"),
        "query": _("Query"),
        "columns": _("Columns"),
        "sort": _("Order"),
        "group": _("Grouped by"),
        "slot": _("Slot"),
    }
