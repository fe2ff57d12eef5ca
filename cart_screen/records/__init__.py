"""Records: a screening with everything that it was made from, so that it can be verified and read again later."""
