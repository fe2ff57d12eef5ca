"""The terminal front end: asks and shows, holds no rule."""
