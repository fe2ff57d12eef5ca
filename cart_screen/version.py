"""The version of the package, where a start can read it for nothing."""

VERSION = "0.1.0"
