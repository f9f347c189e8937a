"""From the text of a document to its paragraphs and sentences."""
