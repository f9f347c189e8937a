"""One act is one method is one transaction; a question is one read."""
