"""The database: no rules about forms."""
