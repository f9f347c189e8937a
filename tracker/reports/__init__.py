"""Answers in every format: text for a terminal, Markdown, CSV, JSON and JSON lines. All of them stream."""
