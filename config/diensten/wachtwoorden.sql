-- The passwords of the roles, from the environment of psql: never on a command line. After rollen.sql.
\getenv eigenaar POSTGRES_PASSWORD_EIGENAAR
\getenv site POSTGRES_PASSWORD_SITE
\getenv lezer POSTGRES_PASSWORD_LEZER
ALTER ROLE strategie_eigenaar PASSWORD :'eigenaar';
ALTER ROLE strategie_site PASSWORD :'site';
ALTER ROLE strategie_lezer PASSWORD :'lezer';
