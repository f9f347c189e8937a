"""The schema's history. A migration never imports models and never rewrites an entry."""
