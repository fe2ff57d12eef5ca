"""Clinical acceptance tests: what published criteria mean, stated without a look at how they are written."""
