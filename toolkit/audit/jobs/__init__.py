"""Jobs of an engagement: plans are made, shown, agreed to, and written as files; each step refuses what it must not do."""
