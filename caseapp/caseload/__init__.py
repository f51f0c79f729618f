"""The caseload of a team on any day: its figures, the children behind them, and giving cases to others."""
