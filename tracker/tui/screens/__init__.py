"""The rooms and dialogs, one a file, each with its style sheet."""
