"""What a stand-in does with requests that change something; all is in memory, and gone when it stops."""
