"""Files, versions, dates: the only room that touches the criteria directory."""
