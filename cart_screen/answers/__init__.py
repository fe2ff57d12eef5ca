"""What can be asked and what was said: dictionary, answers, absent reasons. Computes nothing."""
