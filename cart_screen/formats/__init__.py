"""The published formats of documents, as pydantic models and as the JSON Schemas made from them."""
