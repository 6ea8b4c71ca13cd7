-- Between feedback.sql and trending.sql: a job that goes on. Scores are as of the end of the minute
-- of the newest arrival, and deeds count from the beginning of a day on, so that not every event
-- changes every row.
SET 'execution.runtime-mode' = 'streaming';
SET 'execution.checkpointing.interval' = '30 s';
SET 'execution.checkpointing.externalized-checkpoint-retention' = 'RETAIN_ON_CANCELLATION';

-- Longer than deeds count, and no state is kept longer.
SET 'table.exec.state.ttl' = '40 d';

-- Changes are gathered for two seconds: rows that are taken back and put again are not written.
SET 'table.exec.mini-batch.enabled' = 'true';
SET 'table.exec.mini-batch.allow-latency' = '2 s';
SET 'table.exec.mini-batch.size' = '10000';

-- In Unix milliseconds. The first event of each minute, or day, is all that changes it.
CREATE VIEW moment AS
SELECT MAX(`minute`) * 60000 AS `at` FROM (
  SELECT `minute`, ROW_NUMBER() OVER (PARTITION BY `minute` ORDER BY taken) AS nth
  FROM (SELECT (received + 59999) / 60000 AS `minute`, taken FROM feedback WHERE v = 1 AND id IS NOT NULL)
) WHERE nth = 1;

CREATE VIEW horizon AS
SELECT MAX(`day`) * 86400000 - 3024000000 AS since, MAX(`day`) * 86400000 + 86400000 AS newest FROM (
  SELECT `day`, ROW_NUMBER() OVER (PARTITION BY `day` ORDER BY taken) AS nth
  FROM (SELECT received / 86400000 AS `day`, taken FROM feedback WHERE v = 1 AND id IS NOT NULL)
) WHERE nth = 1;
