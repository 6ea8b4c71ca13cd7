-- The features of each opinion, as of its moment.

-- What a user had done before, of the last 100 opinions: those of the same second that
-- stand before it included. place is that of the opinion in the order of time.
CREATE TEMPORARY VIEW own AS
SELECT o.*, i.item_id, i.genres, i.released,
  d.before + row_number() OVER (PARTITION BY o.at div 86400 ORDER BY o.at, o.user, o.pos) - 1 AS place,
  count(*) OVER w AS n, sum(i.released) OVER w AS years, sum(i.released * i.released) OVER w AS year_squares,
  count_if(o.halves > 0) OVER w AS rated, sum(o.halves) OVER w AS sum, sum(o.halves * o.halves) OVER w AS squares,
  collect_list(IF(o.halves = 0 OR o.halves >= 7, o.item, NULL)) OVER w AS liked,
  flatten(collect_list(IF(o.halves = 0 OR o.halves >= 7, i.genres, NULL)) OVER w) AS liked_genres
FROM opinions o
JOIN (SELECT item, item_id, genres, CAST(IF(year = 0, 1990, year) AS BIGINT) AS released FROM items) i ON i.item = o.item
JOIN (SELECT at div 86400 AS day, sum(count(*)) OVER (ORDER BY at div 86400) - count(*) AS before FROM opinions GROUP BY at div 86400) d
  ON d.day = o.at div 86400
WINDOW w AS (PARTITION BY o.user ORDER BY o.pos ROWS BETWEEN 100 PRECEDING AND 1 PRECEDING);

-- Genres by how many of the liked items have them, ties by genre: the fewer other genres
-- are left without one, the more often it is there.
CREATE TEMPORARY VIEW favourites AS
SELECT *, transform(array_sort(transform(array_distinct(liked_genres),
    g -> struct(size(array_remove(liked_genres, g)) AS others, g AS genre))), x -> x.genre) AS top
FROM own;

CACHE TABLE features OPTIONS ('storageLevel' 'DISK_ONLY') AS
SELECT f.user_id, f.item_id, f.at AS timestamp, CAST(f.halves / 2D AS FLOAT) AS stars,
  IF(f.halves = 0 OR f.halves >= 7, 1, 0) AS label, f.place,
  f.user AS userId, f.item AS movieId,
  CAST(f.released AS FLOAT) AS releaseYear,
  CAST(log1p(m.before.n) - log1p(a.n / (SELECT count(*) FROM items)) AS FLOAT) AS movieRatingCount,
  coalesce(m.mean, a.mean) AS movieAvgRating,
  m.stddev AS movieRatingStddev,
  CAST(log1p(f.n) AS FLOAT) AS userRatingCount,
  CAST(IF(f.n = 0, 1990D, floor(f.years / f.n)) AS FLOAT) AS userAvgReleaseYear,
  CAST(IF(f.n = 0, 0D, sqrt(greatest(0D, f.year_squares / f.n - (f.years / f.n) * (f.years / f.n)))) AS FLOAT) AS userReleaseYearStddev,
  CAST(IF(f.rated = 0, 3.5D, f.sum / 2D / f.rated) AS FLOAT) AS userAvgRating,
  CAST(IF(f.rated = 0, 0D, sqrt(greatest(0D, f.squares / 4D / f.rated - (f.sum / 2D / f.rated) * (f.sum / 2D / f.rated)))) AS FLOAT) AS userRatingStddev,
  coalesce(get(f.genres, 0), -1) AS movieGenre1,
  coalesce(get(f.genres, 1), -1) AS movieGenre2,
  coalesce(get(f.genres, 2), -1) AS movieGenre3,
  f.genres AS movieGenres,
  coalesce(get(f.top, 0), -1) AS userGenre1,
  coalesce(get(f.top, 1), -1) AS userGenre2,
  coalesce(get(f.top, 2), -1) AS userGenre3,
  coalesce(get(f.top, 3), -1) AS userGenre4,
  coalesce(get(f.top, 4), -1) AS userGenre5,
  coalesce(try_element_at(f.liked, -1), -1) AS userRatedMovie1,
  coalesce(try_element_at(f.liked, -2), -1) AS userRatedMovie2,
  coalesce(try_element_at(f.liked, -3), -1) AS userRatedMovie3,
  coalesce(try_element_at(f.liked, -4), -1) AS userRatedMovie4,
  coalesce(try_element_at(f.liked, -5), -1) AS userRatedMovie5
FROM favourites f
JOIN item_moments m ON m.item = f.item AND m.at = f.at
JOIN moments a ON a.at = f.at;
