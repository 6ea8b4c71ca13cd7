"""Vectors of items and users by Spark's MLlib, of the tables of prepare: lessons 06, 08, 12 and 15.

    spark-submit embed.py DIR OUT

DIR is the --out of prepare. OUT gets word2vec and als (item_id, vector) and users
(user_id, vector), Parquet of one file each, which `build import --vectors` reads. The
settings are those of the course; a run with the same seed on other workers may differ.
"""

import sys

from pyspark.ml.feature import BucketedRandomProjectionLSH, Word2Vec
from pyspark.ml.functions import vector_to_array
from pyspark.ml.recommendation import ALS
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

WIDTH = 10  # numbers a vector
SEED = 1

directory, out = sys.argv[1:]
spark = SparkSession.builder.appName("sparrow embed").getOrCreate()
items = spark.read.parquet(f"{directory}/items").select("item", "item_id")
sequences = spark.read.parquet(f"{directory}/sequences")
events = sequences.select("user", "user_id", F.inline(F.arrays_zip("items", "stars"))).withColumnRenamed("items", "item")
likes = events.where("stars = 0 OR stars >= 3.5")


def write(vectors, name):
    vectors.coalesce(1).write.parquet(f"{out}/{name}")


# Item2vec: what a user liked, oldest first, is a sentence, and its items are the words.
sentences = sequences.select(
    F.expr("transform(filter(arrays_zip(items, stars), e -> e.stars = 0 OR e.stars >= 3.5), e -> CAST(e.items AS STRING))").alias("words")
)
model = Word2Vec(inputCol="words", vectorSize=WIDTH, windowSize=5, maxIter=10, minCount=1, seed=SEED).fit(sentences)
words = model.getVectors().select(F.col("word").cast("int").alias("item"), "vector").join(items, "item").cache()
write(words.select("item_id", vector_to_array("vector", "float32").alias("vector")), "word2vec")

# A user's vector is the mean of those of the items that they liked.
parts = likes.join(words, "item").select("user_id", F.posexplode(vector_to_array("vector")).alias("at", "number"))
means = parts.groupBy("user_id", "at").agg(F.avg("number").alias("number"))
write(
    means.groupBy("user_id").agg(F.expr("transform(array_sort(collect_list(struct(at, number))), e -> CAST(e.number AS FLOAT))").alias("vector")),
    "users",
)

# Matrix factorization of the stars.
factors = ALS(userCol="user", itemCol="item", ratingCol="stars", rank=WIDTH, maxIter=5, regParam=0.01, seed=SEED).fit(events.where("stars > 0"))
write(factors.itemFactors.withColumnRenamed("id", "item").join(items, "item").select("item_id", F.col("features").alias("vector")), "als")

# Neighbours by locality-sensitive hashing, of the item that was liked most.
most = likes.groupBy("item").count().orderBy(F.desc("count"), "item").first()["item"]
of = words.where(words.item == most).first()
lsh = BucketedRandomProjectionLSH(inputCol="vector", outputCol="buckets", bucketLength=0.1, numHashTables=3, seed=SEED).fit(words)
near = lsh.approxNearestNeighbors(words.where(words.item != most), of["vector"], 5).select("item_id", "distCol").collect()
print(f"near {of['item_id']} by LSH:", ", ".join(f"{n['item_id']} ({n['distCol']:.3f})" for n in near))
spark.stop()
