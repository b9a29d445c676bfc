"""Pictures and words: interactive figures, maps drawn beforehand, legends, titles, files to take away."""
