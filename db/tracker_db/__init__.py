"""How the register is kept: tables, transactions, history, search and migrations, on SQLite and PostgreSQL."""
