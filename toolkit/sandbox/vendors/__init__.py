"""One file per vendor that can be practised on, each exporting ``STAND_IN``; found by being there."""
