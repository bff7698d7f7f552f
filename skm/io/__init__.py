"""Whatever an office hands in -> `Survei`."""
