-- What was known of items strictly before each moment, and of all of them together.

-- Opinions, each with its place in the log of its user.
CREATE TEMPORARY VIEW opinions AS
SELECT user, user_id, pos, e.items AS item, e.times AS at, CAST(2 * e.stars AS INT) AS halves
FROM (SELECT user, user_id, posexplode(arrays_zip(items, times, stars)) AS (pos, e) FROM sequences);

-- Times must say something: of a tenth of the users at most, fewer than half of the
-- pairs of what they did may be of equal or unknown times.
CREATE TEMPORARY VIEW ties AS
SELECT user, sum(m) AS n, sum(IF(at > 0, m, 0)) AS timed, sum(IF(at > 0, m * (m - 1) / 2, 0)) AS tied
FROM (SELECT user, at, count(*) AS m FROM opinions GROUP BY user, at)
GROUP BY user HAVING sum(m) > 1;
SELECT assert_true(
  count_if((timed * (timed - 1) / 2 - tied) / (n * (n - 1) / 2) < 0.5D) <= 0.1D * count(*),
  'of more than a tenth of the users fewer than half of the pairs of their interactions differ in time: samples are rows as of their time, so give the log a timestamp with the moments'
) FROM ties;

-- Counts of an item at each of its moments: before it, and with it.
CREATE TEMPORARY VIEW counts AS
SELECT item, at, after, named_struct('n', after.n - n, 'rated', after.rated - rated, 'halves', after.halves - halves, 'squares', after.squares - squares) AS before
FROM (
  SELECT *, named_struct('n', sum(n) OVER w, 'rated', sum(rated) OVER w, 'halves', sum(halves) OVER w, 'squares', sum(squares) OVER w) AS after
  FROM (
    SELECT item, at, count(*) AS n, count_if(halves > 0) AS rated, sum(halves) AS halves, sum(halves * halves) AS squares
    FROM opinions GROUP BY item, at
  )
  WINDOW w AS (PARTITION BY item ORDER BY at ROWS UNBOUNDED PRECEDING)
);

-- Means and deviations of stars are rounded to hundredths, as those of a bundle.
CREATE TEMPORARY VIEW item_moments AS
SELECT item, at, before, after,
  CASE WHEN before.rated > 0 THEN CAST(round(before.halves / 2D / before.rated * 100D) / 100D AS FLOAT) END AS mean,
  CASE WHEN after.rated > 0 THEN CAST(round(after.halves / 2D / after.rated * 100D) / 100D AS FLOAT) END AS mean_after,
  CASE WHEN before.rated > 0 THEN CAST(round(sqrt(greatest(0D,
    before.squares / 4D / before.rated - (before.halves / 2D / before.rated) * (before.halves / 2D / before.rated))) * 100D) / 100D AS FLOAT)
    ELSE CAST(0 AS FLOAT) END AS stddev
FROM counts;

-- Sums over all items before each moment: within its day, and of the days before. Every
-- sum is exact in a double up to 100 million rows, so the order does not matter.
CREATE TEMPORARY VIEW steps AS
SELECT at, at div 86400 AS day, sum(after.n - before.n) AS n,
  sum(IF(after.rated > 0, after.n, 0) - IF(before.rated > 0, before.n, 0)) AS rated,
  sum(coalesce(after.n * CAST(mean_after AS DOUBLE), 0D) - coalesce(before.n * CAST(mean AS DOUBLE), 0D)) AS stars
FROM item_moments GROUP BY at;
CREATE TEMPORARY VIEW days AS
SELECT day, sum(n) OVER (w) - n AS n, sum(rated) OVER (w) - rated AS rated, sum(stars) OVER (w) - stars AS stars
FROM (SELECT day, sum(n) AS n, sum(rated) AS rated, sum(stars) AS stars FROM steps GROUP BY day)
WINDOW w AS (ORDER BY day ROWS UNBOUNDED PRECEDING);
CREATE TEMPORARY VIEW moments AS
SELECT s.at, d.n + sum(s.n) OVER (w) - s.n AS n,
  CASE WHEN d.rated + sum(s.rated) OVER (w) - s.rated = 0 THEN CAST(3.5 AS FLOAT)
    ELSE CAST((d.stars + sum(s.stars) OVER (w) - s.stars) / (d.rated + sum(s.rated) OVER (w) - s.rated) AS FLOAT) END AS mean
FROM steps s JOIN days d ON d.day = s.day
WINDOW w AS (PARTITION BY s.day ORDER BY s.at ROWS UNBOUNDED PRECEDING);
