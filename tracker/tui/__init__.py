"""The terminal interface: rooms that show, dialogs that ask, and nothing that decides."""
