"""The pages. A page file reads from top to bottom like the page; it does no arithmetic and opens no file."""
