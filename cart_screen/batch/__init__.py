"""Many answers at once: files and frames of intakes, screened row by row."""
