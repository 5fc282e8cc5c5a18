"""Stand-ins of vendors on loopback: an engagement's own snapshots, served with the vendor's paths, paging and errors."""
