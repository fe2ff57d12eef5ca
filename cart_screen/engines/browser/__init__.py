"""The browser engine: rules as data that a page evaluates, without `eval`."""
