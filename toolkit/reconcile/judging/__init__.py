"""Whether two sides can be compared at all, aspect by aspect: judged before any figure is believed."""
