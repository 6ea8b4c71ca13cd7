-- The log is Parquet with the columns of interactions.csv.
CREATE TEMPORARY VIEW log AS
SELECT CAST(user_id AS STRING) AS user_id, CAST(item_id AS STRING) AS item_id,
  CAST(timestamp AS STRING) AS timestamp, CAST(rating AS STRING) AS rating
FROM parquet.`${sparrow.log}`;
