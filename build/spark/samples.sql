-- What is fitted to the older rows, and samples with it.

-- From the moment of the opinion four fifths on, rows are for tests. Of the older ones an
-- even choice of 200,000 is fitted to.
CREATE TEMPORARY VIEW cut AS
SELECT f.timestamp AS cut FROM features f JOIN (SELECT count(*) * 4 div 5 AS place FROM features) p ON p.place = f.place;
CREATE TEMPORARY VIEW older AS
SELECT f.*, (SELECT (count(*) + 199999) div 200000 FROM features WHERE timestamp < (SELECT cut FROM cut)) AS every
FROM features f WHERE timestamp < (SELECT cut FROM cut);
SELECT assert_true(count(*) > 0,
  'no row is older than the moment that four fifths of the rows have come by: there is nothing to fit columns to; give data of a longer time'
) FROM older;

-- Sums are in the order of time, so that they are those of the other engine, bit by bit.
CREATE TEMPORARY VIEW fitted AS
SELECT source, v, size(v) AS n, array_sort(v) AS sorted, aggregate(v, 0D, (s, x) -> s + x) / size(v) AS mean
FROM (
  SELECT source, transform(array_sort(collect_list(struct(place, value))), x -> x.value) AS v
  FROM (
    SELECT place, stack(9, 'releaseYear', releaseYear, 'movieRatingCount', movieRatingCount, 'movieAvgRating', movieAvgRating,
      'movieRatingStddev', movieRatingStddev, 'userRatingCount', userRatingCount, 'userAvgReleaseYear', userAvgReleaseYear,
      'userReleaseYearStddev', userReleaseYearStddev, 'userAvgRating', userAvgRating, 'userRatingStddev', userRatingStddev) AS (source, value)
    FROM older WHERE place % every = 0
  )
  GROUP BY source
);

CREATE TABLE transforms USING parquet LOCATION '${sparrow.out}/transforms' AS
SELECT concat(source, 'Standardized') AS column, source, 'standardized' AS kind, array_min(v) AS low, array_max(v) AS high,
  CAST(mean AS FLOAT) AS mean, IF(deviation > CAST(1e-6 AS FLOAT), deviation, CAST(1 AS FLOAT)) AS deviation, CAST(array() AS ARRAY<FLOAT>) AS edges
FROM (SELECT *, CAST(sqrt(aggregate(v, 0D, (s, x) -> s + (x - mean) * (x - mean)) / n) AS FLOAT) AS deviation FROM fitted)
UNION ALL
SELECT concat(source, 'Scaled'), source, 'scaled', array_min(v), array_max(v), array_min(v),
  IF(array_max(v) - array_min(v) > CAST(1e-6 AS FLOAT), array_max(v) - array_min(v), CAST(1 AS FLOAT)), CAST(array() AS ARRAY<FLOAT>)
FROM fitted WHERE source = 'movieAvgRating'
UNION ALL
SELECT concat(source, 'Bucket'), source, 'bucket', CAST(0 AS FLOAT), CAST(0 AS FLOAT), CAST(0 AS FLOAT), CAST(0 AS FLOAT),
  array_distinct(filter(transform(sequence(1L, buckets - 1L), k -> get(sorted, CAST(k * n div buckets AS INT))), e -> e > sorted[0]))
FROM (SELECT *, IF(source = 'releaseYear', 10L, 100L) AS buckets FROM fitted WHERE source IN ('releaseYear', 'movieRatingCount'));

CREATE TEMPORARY VIEW learned AS
SELECT map_from_entries(collect_list(struct(column, struct(low, high, mean, deviation, edges)))) AS t FROM transforms;
CREATE TEMPORARY FUNCTION fit(x FLOAT, t STRUCT<low: FLOAT, high: FLOAT, mean: FLOAT, deviation: FLOAT, edges: ARRAY<FLOAT>>) RETURNS FLOAT
RETURN CAST((greatest(t.low, least(x, t.high)) - t.mean) / t.deviation AS FLOAT);

CREATE TABLE samples USING parquet PARTITIONED BY (shard) LOCATION '${sparrow.out}/samples' AS
SELECT user_id, item_id, timestamp, stars, label, timestamp >= (SELECT cut FROM cut) AS test,
  userId, movieId, releaseYear, movieRatingCount, movieAvgRating, movieRatingStddev,
  userRatingCount, userAvgReleaseYear, userReleaseYearStddev, userAvgRating, userRatingStddev,
  movieGenre1, movieGenre2, movieGenre3, movieGenres, userGenre1, userGenre2, userGenre3, userGenre4, userGenre5,
  userRatedMovie1, userRatedMovie2, userRatedMovie3, userRatedMovie4, userRatedMovie5,
  fit(releaseYear, t['releaseYearStandardized']) AS releaseYearStandardized,
  fit(movieRatingCount, t['movieRatingCountStandardized']) AS movieRatingCountStandardized,
  fit(movieAvgRating, t['movieAvgRatingStandardized']) AS movieAvgRatingStandardized,
  fit(movieRatingStddev, t['movieRatingStddevStandardized']) AS movieRatingStddevStandardized,
  fit(userRatingCount, t['userRatingCountStandardized']) AS userRatingCountStandardized,
  fit(userAvgReleaseYear, t['userAvgReleaseYearStandardized']) AS userAvgReleaseYearStandardized,
  fit(userReleaseYearStddev, t['userReleaseYearStddevStandardized']) AS userReleaseYearStddevStandardized,
  fit(userAvgRating, t['userAvgRatingStandardized']) AS userAvgRatingStandardized,
  fit(userRatingStddev, t['userRatingStddevStandardized']) AS userRatingStddevStandardized,
  fit(movieAvgRating, t['movieAvgRatingScaled']) AS movieAvgRatingScaled,
  size(filter(t['movieRatingCountBucket'].edges, e -> e <= movieRatingCount)) AS movieRatingCountBucket,
  size(filter(t['releaseYearBucket'].edges, e -> e <= releaseYear)) AS releaseYearBucket,
  CAST(pmod(crc32(CAST(user_id AS BINARY)), ${sparrow.shards}) AS INT) AS shard
FROM features CROSS JOIN learned
DISTRIBUTE BY shard SORT BY shard, place;

SELECT count(*) AS samples, count_if(NOT test) AS train, (SELECT cut FROM cut) AS cut FROM samples;
