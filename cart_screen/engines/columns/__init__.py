"""Many records at once: rules and whole screenings as expressions over the columns of a frame."""
