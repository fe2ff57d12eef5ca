"""How fast the engines are, next to hand-written code and to the peers, on the same rules in the same run."""
