-- From the log to what each user did, oldest first: users and sequences.
--
-- log(user_id, item_id, timestamp, rating), all text, is a view that one of csv.sql,
-- movielens.sql, dat.sql and parquet.sql makes. Whole numbers wrap around, as hashes need it.
SET spark.sql.ansi.enabled = false;

CREATE TEMPORARY VIEW items AS SELECT * FROM parquet.`${sparrow.out}/items`;

-- Rows, each with the reason why it is left out. Half stars are whole numbers, 0 for no rating.
CREATE TEMPORARY VIEW parsed AS
SELECT l.user_id, i.item, i.lot,
  CASE WHEN l.time = '' THEN 0 ELSE CAST(l.time AS BIGINT) END AS at,
  CASE WHEN l.rating = '' THEN 0 ELSE CAST(2 * CAST(l.rating AS DOUBLE) AS INT) END AS halves,
  CASE
    WHEN l.user_id = '' THEN 'no user id'
    WHEN NOT l.time RLIKE '^([0-9]{9,10})?$' OR CAST(l.time AS BIGINT) > 4294967295 THEN 'time is not Unix seconds'
    WHEN NOT l.rating RLIKE '^(0[.]5|[1-4]([.][05])?|5([.]0)?)?$' THEN 'rating is not 0.5 to 5 in halves'
    WHEN i.item IS NULL THEN 'unknown item'
  END AS reason
FROM (
  SELECT trim(coalesce(user_id, '')) AS user_id, trim(coalesce(item_id, '')) AS item_id,
    trim(coalesce(timestamp, '')) AS time, trim(coalesce(rating, '')) AS rating
  FROM log
) l LEFT JOIN items i ON i.item_id = l.item_id;

-- What was left out is printed, and too much of it ends the run.
CREATE TEMPORARY VIEW reasons AS
SELECT coalesce(reason, 'read') AS reason, count(*) AS count FROM parsed GROUP BY reason;
CACHE TABLE reasons;
SELECT reason, count FROM reasons ORDER BY reason;
SELECT assert_true(bad <= ${sparrow.bad}D * rows OR bad <= least(10, rows div 10),
  'too many rows are bad, as the table above says: mend them, go on without them with a larger --max-bad, or take --engine go, which reads more ways to write them'
) FROM (SELECT coalesce(sum(count) FILTER (WHERE reason NOT IN ('read', 'unknown item')), 0) AS bad, sum(count) AS rows FROM reasons);
SELECT assert_true(unknown <= ${sparrow.unknown}D * rows,
  'too many rows are of items that are not in the catalog: give it the items that they are of, or go on without them with a larger --max-unknown'
) FROM (SELECT coalesce(sum(count) FILTER (WHERE reason = 'unknown item'), 0) AS unknown, sum(count) AS rows FROM reasons);

-- Of rows of the same user and item the newest stays, of equally old ones that with most stars.
CREATE TEMPORARY VIEW pairs AS
SELECT user_id, item, lot, newest.at AS at, newest.halves AS halves, count > 1 AND newest.halves = 0 AS summed
FROM (
  SELECT user_id, item, lot, max(struct(at, halves)) AS newest, count(*) AS count
  FROM parsed WHERE reason IS NULL GROUP BY user_id, item, lot
);

-- What a user did in the same second is in the order of a hash of user and item: FNV-1a of
-- both ids, then the finalizer of SplitMix. It is compared without a sign.
CREATE TEMPORARY VIEW hashed AS
SELECT user_id, item, at, halves, summed, lot + aggregate(
    sequence(1, octet_length(user_id)), -3750763034362895579L,
    (h, k) -> (h ^ CAST(conv(substr(hex(user_id), 2 * k - 1, 2), 16, 10) AS BIGINT)) * 1099511628211L) AS x
FROM pairs;
CREATE TEMPORARY VIEW mixed AS
SELECT user_id, item, at, halves, summed, x ^ shiftrightunsigned(x, 31) ^ shiftleft(1L, 63) AS draw
FROM (
  SELECT *, (y ^ shiftrightunsigned(y, 27)) * -7723592293110705685L AS x
  FROM (SELECT user_id, item, at, halves, summed, (x ^ shiftrightunsigned(x, 30)) * -4658895280553007687L AS y FROM hashed)
);

-- Kept on the workers' disks until it is written, so that the log is read twice alone.
CACHE TABLE histories OPTIONS ('storageLevel' 'DISK_ONLY') AS
SELECT user_id, array_sort(collect_list(struct(at, draw, item, halves, summed))) AS log
FROM mixed GROUP BY user_id;

SELECT assert_true('${sparrow.repeats}' = 'newest' OR count_if(exists(log, e -> e.summed)) = 0,
  'rows of the same user and item occur again without a rating: --repeats newest drops the older ones, and --engine go can add their weights'
) FROM histories;

-- Users are numbered by the length of their ids in bytes, then by these bytes.
CREATE TEMPORARY VIEW numbers AS
SELECT user_id, CAST(row_number() OVER (ORDER BY octet_length(user_id), user_id) - 1 AS INT) AS user
FROM histories;

CREATE TABLE sequences USING parquet PARTITIONED BY (shard) LOCATION '${sparrow.out}/sequences' AS
SELECT n.user, n.user_id,
  transform(h.log, e -> e.item) AS items,
  transform(h.log, e -> e.at) AS times,
  transform(h.log, e -> CAST(e.halves / 2D AS FLOAT)) AS stars,
  transform(h.log, e -> CAST(CASE WHEN e.halves = 0 THEN 1D ELSE greatest(0D, least(1D, (e.halves / 2D - 1.5D) / 2.5D)) END AS FLOAT)) AS weights,
  CAST(pmod(crc32(CAST(n.user_id AS BINARY)), ${sparrow.shards}) AS INT) AS shard
FROM histories h JOIN numbers n ON n.user_id = h.user_id
DISTRIBUTE BY shard SORT BY shard, user;

CREATE TABLE users USING parquet PARTITIONED BY (shard) LOCATION '${sparrow.out}/users' AS
SELECT user, user_id, size(items) AS count, times[0] AS first, element_at(times, -1) AS last, shard
FROM sequences
DISTRIBUTE BY shard SORT BY shard, user;

UNCACHE TABLE histories;
