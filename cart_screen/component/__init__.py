"""The questionnaire in the browser: the data that the page reads, and the files that it is made of."""
