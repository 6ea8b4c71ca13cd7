-- The log is ratings.csv of MovieLens.
CREATE TEMPORARY VIEW ratings USING csv OPTIONS (path '${sparrow.log}', header 'true', escape '"');
CREATE TEMPORARY VIEW log AS
SELECT userId AS user_id, movieId AS item_id, timestamp, rating FROM ratings;
