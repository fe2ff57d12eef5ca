"""The component in a real browser, behind the strictest policy that it promises to work under."""
