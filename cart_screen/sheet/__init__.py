"""The sheet for the appointment: what was told, what it leads to, what to bring and what to ask."""
