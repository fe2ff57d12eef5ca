"""FHIR R4: the questionnaire, its responses, prefilling from a record, and the guidance as resources."""
