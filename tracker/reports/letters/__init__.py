"""Letters as files: the words of each, from a template that the office can change, and the page that it stands on."""
