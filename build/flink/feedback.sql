-- The events of the topic that count, of visitors who count: what build trending has after it
-- has read a folder of segments and left out crowded networks.
--
-- No comment of these files has a quote or a semicolon: the SQL client parts statements there.

-- Of edge/topic/FORMAT.md the columns that are used here. A message that is no JSON ends the job
-- with an error.
CREATE TABLE feedback (
  v INT, received BIGINT, network STRING, `at` BIGINT, erase STRING,
  id STRING, visitor STRING, `session` STRING, seq BIGINT, kind STRING, item STRING, stars FLOAT, cause STRING,
  taken AS PROCTIME()
) WITH (
  'connector' = 'kafka', 'topic' = 'sparrow', 'properties.bootstrap.servers' = 'localhost:9092',
  'scan.startup.mode' = 'earliest-offset', 'format' = 'json'
);

-- Each event once, as it came first, of visitors who did not ask to be forgotten, before it or
-- after it. The network is empty where it is unknown.
CREATE VIEW event AS
SELECT id, visitor, network, `session`, seq, received, `at`, kind, item, stars, cause FROM (
  SELECT f.id, f.visitor, COALESCE(f.network, '') AS network, f.`session`, COALESCE(f.seq, 0) AS seq, f.received, f.`at`, f.kind, f.item, f.stars, f.cause,
    ROW_NUMBER() OVER (PARTITION BY f.id ORDER BY f.received) AS nth
  FROM feedback AS f
  WHERE f.v = 1 AND f.id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM feedback AS e WHERE e.v = 1 AND e.erase IS NOT NULL AND e.erase = f.visitor)
) WHERE nth = 1;

-- Where and when each visitor came first. A day is one of UTC, numbered from 1970.
CREATE VIEW arrival AS
SELECT visitor, network, received, received / 86400000 AS `day` FROM (
  SELECT visitor, network, received,
    ROW_NUMBER() OVER (PARTITION BY visitor ORDER BY received, `session`, seq, `at`, id) AS nth
  FROM event
) WHERE nth = 1;

-- How many visitors one network stands for on a day: 3, or a thousandth of the new visitors of
-- that day, of each network 3 at most.
CREATE VIEW guard AS
SELECT `day`, GREATEST(CAST(3 AS BIGINT), CAST(0.001E0 * SUM(LEAST(n, CAST(3 AS BIGINT))) AS BIGINT)) AS most FROM (
  SELECT `day`, network, COUNT(*) AS n FROM arrival WHERE network <> '' GROUP BY `day`, network
) GROUP BY `day`;

-- Visitors in the order in which their network brought them. The bound of 1000, which Flink wants
-- as a number, is beyond any guard of less than a million new visitors a day.
CREATE VIEW brought AS
SELECT visitor, `day`, nth FROM (
  SELECT visitor, `day`, ROW_NUMBER() OVER (PARTITION BY `day`, network ORDER BY received, visitor) AS nth
  FROM arrival WHERE network <> ''
) WHERE nth <= 1000;

-- Visitors who count: all of an unknown network, and of a network the first.
CREATE VIEW kept AS
SELECT visitor FROM arrival WHERE network = ''
UNION ALL
SELECT b.visitor FROM brought AS b JOIN guard AS g ON b.`day` = g.`day` WHERE b.nth <= g.most;

CREATE VIEW counted AS
SELECT e.id, e.visitor, e.network, e.`session`, e.seq, e.received, e.`at`, e.kind, e.item, e.stars, e.cause
FROM event AS e JOIN kept AS k ON e.visitor = k.visitor;
