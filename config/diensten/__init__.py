"""Embedded PostgreSQL and Valkey, used when no DATABASE_URL or REDIS_URL is set."""
