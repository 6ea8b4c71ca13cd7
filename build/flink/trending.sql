-- The items on the rise: the numbers of build trending, out of the events of feedback.sql. The moment
-- and the horizon are those of batch.sql or stream.sql. The half-life is a week, 604800000 ms, here and
-- in the horizon.

-- One row an item. A row of an earlier run may still be there: those count that have the newest asOf.
CREATE TABLE trending (
  item STRING,
  score DOUBLE,
  visitors BIGINT,
  networks BIGINT,
  `asOf` BIGINT,
  PRIMARY KEY (item) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka', 'topic' = 'sparrow-trending', 'properties.bootstrap.servers' = 'localhost:9092',
  'key.format' = 'raw', 'value.format' = 'json', 'value.fields-include' = 'EXCEPT_KEY',
  'sink.buffer-flush.max-rows' = '10000', 'sink.buffer-flush.interval' = '2 s'
);

-- What speaks for an item, and was not taken back. The weight is that of a like, half for the page and
-- a quarter for a click.
CREATE VIEW deed AS
SELECT c.id, c.visitor, c.network, c.`session`, c.seq, c.received / 86400000 AS arrived, c.`at`, c.item,
  CASE WHEN c.kind = 'click' THEN 0.25E0 WHEN c.kind IN ('view', 'cart', 'play', 'read') THEN 0.5E0 ELSE 1E0 END AS weight
FROM counted AS c
WHERE (c.kind IN ('like', 'purchase', 'view', 'cart', 'play', 'read', 'click') OR c.kind = 'rate' AND c.stars >= 3.5E0)
  AND NOT EXISTS (SELECT 1 FROM counted AS u WHERE u.kind = 'undo' AND u.visitor = c.visitor AND u.cause = c.id);

-- The deeds of the last 5 half-lives with what they weigh: not by now but at the beginning of 2026,
-- 1767225600000, which never changes. By now all weigh less by one and the same factor, so that their
-- order is the same (forward decay).
CREATE VIEW weighed AS
SELECT d.id, d.visitor, d.network, d.`session`, d.seq, d.arrived, d.`at`, d.item, d.`at` / 86400000 AS `day`,
  d.weight * POWER(2E0, (LEAST(d.`at`, h.newest) - 1767225600000) / 604800000E0) AS weight
FROM deed AS d JOIN horizon AS h ON d.`at` >= h.since;

-- Of what one visitor did with an item in one day the strongest deed.
CREATE VIEW unit AS
SELECT item, visitor, `day`, network, arrived, weight FROM (
  SELECT item, visitor, `day`, network, arrived, weight,
    ROW_NUMBER() OVER (PARTITION BY visitor, item, `day` ORDER BY weight DESC, `session`, seq, `at`, id) AS nth
  FROM weighed
) WHERE nth = 1;

-- Of a network no more than it stands for on its day, the strongest.
CREATE VIEW strongest AS
SELECT item, arrived, weight, nth FROM (
  SELECT item, arrived, weight, ROW_NUMBER() OVER (PARTITION BY item, network ORDER BY weight DESC, visitor, `day`) AS nth
  FROM unit WHERE network <> ''
) WHERE nth <= 1000;

CREATE VIEW total AS
SELECT item, SUM(weight) AS weight FROM (
  SELECT item, weight FROM unit WHERE network = ''
  UNION ALL
  SELECT s.item, s.weight FROM strongest AS s LEFT JOIN guard AS g ON s.arrived = g.`day` WHERE s.nth <= COALESCE(g.most, 3)
) GROUP BY item;

-- Who turned to an item, and who of them came from no known network: each is taken for a network.
CREATE VIEW people AS
SELECT item, COUNT(*) AS visitors, SUM(CASE WHEN known = 0 THEN 1 ELSE 0 END) AS alone FROM (
  SELECT item, visitor, MAX(CASE WHEN network = '' THEN 0 ELSE 1 END) AS known FROM unit GROUP BY item, visitor
) GROUP BY item;

-- The most networks of one day, as those of different days cannot be told apart.
CREATE VIEW spread AS
SELECT item, MAX(n) AS networks FROM (
  SELECT item, arrived, COUNT(DISTINCT network) AS n FROM unit WHERE network <> '' GROUP BY item, arrived
) GROUP BY item;

-- Rounded as Go rounds. Items that a catalog does not know are among them: 1000 leave 200 that it does.
-- The last grouping has one row in each group, and says to Flink that the item is the key.
INSERT INTO trending
SELECT item, MAX(score), MAX(visitors), MAX(networks), MAX(`asOf`) FROM (SELECT item, score, visitors, networks, `asOf` FROM (
  SELECT p.item, FLOOR(100E0 * t.weight * POWER(2E0, (1767225600000 - m.`at`) / 604800000E0) + 0.5E0) / 100E0 AS score,
    p.visitors, p.alone + COALESCE(s.networks, 0) AS networks, m.`at` / 1000 AS `asOf`
  FROM people AS p JOIN total AS t ON p.item = t.item LEFT JOIN spread AS s ON p.item = s.item CROSS JOIN moment AS m
) WHERE score > 0E0 AND visitors >= 10 AND networks >= 10
ORDER BY score DESC, item LIMIT 1000) GROUP BY item;
