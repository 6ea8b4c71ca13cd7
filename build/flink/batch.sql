-- Between feedback.sql and trending.sql: what is in the topic now, and the end. Exact.
SET 'execution.runtime-mode' = 'batch';
SET 'table.dml-sync' = 'true';

ALTER TABLE feedback SET ('scan.bounded.mode' = 'latest-offset');

-- As of when scores are: the newest arrival, in Unix milliseconds.
CREATE VIEW moment AS
SELECT MAX(received) AS `at` FROM counted;

-- From when on deeds count, 5 half-lives before, and what none is newer than.
CREATE VIEW horizon AS
SELECT MAX(received) - 3024000000 AS since, MAX(received) AS newest FROM counted;
