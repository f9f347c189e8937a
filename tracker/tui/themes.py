"""Two calm themes, ink on paper and the same at night, and each in high contrast.

Colour is never the only carrier of a meaning. Text stands out from every ground it may stand on by 4.5 to 1, in high
contrast by 7 to 1; a test computes it.
"""

from __future__ import annotations

from textual.theme import Theme

from tracker.tui.state import Remembered

DARK = Theme(
    name="night",
    primary="#8ab4dc",
    secondary="#8d93a5",
    accent="#d0b274",
    warning="#dca561",
    error="#ee8e90",
    success="#8fb58a",
    foreground="#d5d9e0",
    background="#15181d",
    surface="#1b1f26",
    panel="#232831",
    dark=True,
    variables={
        "border": "#3a4250",
        "border-blurred": "#2b313b",
        "block-cursor-background": "#27394b",
        "block-cursor-foreground": "#f2f4f7",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#262d37",
        "scrollbar": "#39414e",
        "scrollbar-hover": "#4a5464",
        "scrollbar-background": "#1b1f26",
        "scrollbar-background-hover": "#1b1f26",
        "scrollbar-background-active": "#1b1f26",
        "input-selection-background": "#8ab4dc 35%",
        "quiet": "#a0a8b5",
        "row-cursor": "#27394b",
        "row-cursor-blurred": "#262d37",
        "claimed": "#9db4e0",
        "review": "#c3a2d8",
    },
)
LIGHT = Theme(
    name="day",
    primary="#245a86",
    secondary="#5b6270",
    accent="#6f4f0c",
    warning="#804a00",
    error="#a8232b",
    success="#2a5f2f",
    foreground="#20252c",
    background="#f6f5f1",
    surface="#fcfbf8",
    panel="#ecebe5",
    dark=False,
    variables={
        "border": "#c3beb1",
        "border-blurred": "#dad6cb",
        "block-cursor-background": "#d3e4f2",
        "block-cursor-foreground": "#10151b",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e4e7e8",
        "scrollbar": "#c9c5ba",
        "scrollbar-hover": "#aea99b",
        "scrollbar-background": "#f0eee8",
        "scrollbar-background-hover": "#f0eee8",
        "scrollbar-background-active": "#f0eee8",
        "input-selection-background": "#245a86 25%",
        "quiet": "#565d68",
        "row-cursor": "#d3e4f2",
        "row-cursor-blurred": "#e4e7e8",
        "claimed": "#34559c",
        "review": "#74458f",
    },
)


def _contrast(name: str, *, dark: bool, tones: dict[str, str]) -> Theme:
    """Black and white, with grounds that a terminal of sixteen colours has."""
    ink, paper = ("#ffffff", "#000000") if dark else ("#000000", "#ffffff")
    cursor = "#0000aa" if dark else "#ffff55"
    waiting = "#000055" if dark else "#ffffaa"
    return Theme(
        name=name,
        primary=tones["primary"],
        secondary=ink,
        accent=tones["accent"],
        warning=tones["warning"],
        error=tones["error"],
        success=tones["success"],
        foreground=ink,
        background=paper,
        surface=paper,
        panel=paper,
        dark=dark,
        variables={
            "border": ink,
            "border-blurred": ink,
            "block-cursor-background": cursor,
            "block-cursor-foreground": ink,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": waiting,
            "scrollbar": ink,
            "scrollbar-hover": ink,
            "scrollbar-background": paper,
            "scrollbar-background-hover": paper,
            "scrollbar-background-active": paper,
            "input-selection-background": cursor,
            "quiet": ink,
            "row-cursor": cursor,
            "row-cursor-blurred": waiting,
            "claimed": tones["claimed"],
            "review": tones["review"],
        },
    )


CONTRAST_DARK = _contrast(
    "contrast-night",
    dark=True,
    tones={
        "primary": "#aaddff",
        "accent": "#ffff55",
        "warning": "#ffcc66",
        "error": "#ffaaaa",
        "success": "#88ff88",
        "claimed": "#ccddff",
        "review": "#ffbbff",
    },
)
CONTRAST_LIGHT = _contrast(
    "contrast-day",
    dark=False,
    tones={
        "primary": "#003366",
        "accent": "#442200",
        "warning": "#5a2d00",
        "error": "#880000",
        "success": "#004400",
        "claimed": "#00308f",
        "review": "#550055",
    },
)
THEMES = (DARK, LIGHT, CONTRAST_DARK, CONTRAST_LIGHT)
THEME_NAMES = tuple(theme.name for theme in THEMES)


def theme_for(chosen: str | None, kept: Remembered, *, few_colours: bool) -> str:
    """The theme to begin with: that of the settings, else the one of last time, else what suits the terminal."""
    return chosen or kept.text("theme", THEME_NAMES) or (CONTRAST_DARK if few_colours else DARK).name
