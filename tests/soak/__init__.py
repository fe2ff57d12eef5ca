"""Long runs that the suite leaves out."""
