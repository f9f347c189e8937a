"""The codes of the register: one word for one thing, in data as in code."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing is promised."""

    PROJECT = "project"
    LEGAL_INSTRUMENT = "legal_instrument"
    EVENT = "event"
    TARGET = "target"
    PROGRAMME = "programme"
    STANDING = "standing"
    SUPPORT = "support"


class Instrument(StrEnum):
    """The class of text that carries it (Directive 56-CT/TW names the first three)."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    LEADERS_STATEMENT = "leaders_statement"
    PLAN = "plan"
    OTHER = "other"


class Strength(StrEnum):
    """The weight of the verb, heaviest first."""

    SIGNED = "signed"
    COMMITTED = "committed"
    AGREED = "agreed"
    WILL = "will"
    STRIVE = "strive"
    CONSIDER = "consider"
    EXPECTED = "expected"


# Seeds may add to these; nothing depends on them (domain rules, section 1D).
SECTORS = (
    "politics",
    "defence_security",
    "foreign_affairs",
    "economy_trade",
    "investment",
    "infrastructure",
    "border",
    "education_training",
    "culture_people",
    "local",
    "other",
)


class Role(StrEnum):
    """What a party is to a commitment."""

    UNDERTAKER = "undertaker"
    LEAD = "lead"
    SUPPORTING = "supporting"
    COUNTERPART = "counterpart"
    BENEFICIARY = "beneficiary"


# In which a party of the other side is a partner.
PARTNER_ROLES = (Role.UNDERTAKER, Role.COUNTERPART, Role.BENEFICIARY)


class Basis(StrEnum):
    """Who says so: the source, whoever curated it, or the desk."""

    STATED = "stated"
    PROPOSED = "proposed"
    ASSIGNED = "assigned"


# Who is taken to say so when a person names a party in a role: the source, but for the lead at our own desk.
BASIS_OF = {
    Role.UNDERTAKER: Basis.STATED,
    Role.COUNTERPART: Basis.STATED,
    Role.LEAD: Basis.ASSIGNED,
    Role.SUPPORTING: Basis.STATED,
    Role.BENEFICIARY: Basis.STATED,
}


class PartyKind(StrEnum):
    """What sort of body a party is."""

    STATE = "state"
    PARTY_BODY = "party_body"
    MINISTRY = "ministry"
    CITY = "city"
    COMPANY = "company"
    PERSON = "person"
    OTHER = "other"


class CitationRole(StrEnum):
    """What a place in a document does to the commitment."""

    ORIGIN = "origin"
    REAFFIRMS = "reaffirms"
    STRENGTHENS = "strengthens"
    SOFTENS = "softens"
    REPORTS = "reports"
    DROPS = "drops"


class EventKind(StrEnum):
    """What sort of happening a deadline may point at."""

    VISIT = "visit"
    SESSION = "session"
    CONGRESS = "congress"
    ANNIVERSARY = "anniversary"
    YEAR = "year"
    CEREMONY = "ceremony"
    OTHER = "other"


class How(StrEnum):
    """How a follow-up is made; a review is our own desk's look, without a contact."""

    LETTER = "letter"
    CALL = "call"
    MEETING = "meeting"
    REVIEW = "review"
    OTHER = "other"
