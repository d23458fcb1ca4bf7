"""The web server of the site: a request takes a thread only when it is in, and keeps it ten seconds at most."""
