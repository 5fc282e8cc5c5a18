"""From the files of a client to snapshots, and what has to be asked on the way."""
