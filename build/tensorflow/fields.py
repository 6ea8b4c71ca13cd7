"""What the models are made of: inputs, tables of vectors, and their means.

An id of -1 is none. Keras counts it from the end of a table, so that each table has one row more than
there are ids; what comes out of it is multiplied by 0, and in the engine none has zeros, too.
"""
import keras
from keras import layers, ops

from rows import NUMBERS


class Fields:
    """The inputs of a model, and the vectors of those that are ids: the same items and genres have
    the same vectors, whether they are the candidate's or the user's."""

    def __init__(self, schema, width):
        self.schema, self.width = schema, width
        self.inputs = {}  # those that were asked for
        self.items = self.table("movieId", "items")
        self.genres = self.table("movieGenres", "genres")

    def input(self, name):
        """An input of ids: [batch × slots]."""
        if name not in self.inputs:
            self.inputs[name] = keras.Input((self.schema.slots(name),), name=name, dtype="int64")
        return self.inputs[name]

    def numbers(self):
        """The input of numbers: [batch × F]."""
        if NUMBERS not in self.inputs:
            self.inputs[NUMBERS] = keras.Input((len(self.schema.numbers),), name=NUMBERS)
        return self.inputs[NUMBERS]

    def table(self, name, title, width=None, start="uniform"):
        """A table with a vector for each id of a field."""
        return layers.Embedding(self.schema.size(name) + 1, width or self.width, name=title, embeddings_initializer=start)

    def there(self, name):
        """1 where a field has an id and 0 where not: [batch × slots × 1]."""
        return ops.expand_dims(ops.cast(self.input(name) >= 0, "float32"), -1)

    def vectors(self, name, table):
        """The rows of a table by a field: [batch × slots × D], zeros for none."""
        return table(self.input(name)) * self.there(name)

    def mean(self, name, table):
        """Their mean over the ids that there are: [batch × D]."""
        return mean(table(self.input(name)), self.there(name))

    def all(self):
        """A vector for each field but the history: [batch × D] each."""
        vectors = [self.mean("movieId", self.items), self.mean("movieGenres", self.genres)]
        vectors += [self.mean("userGenres", self.genres), self.mean("userRatedMovies", self.items)]
        return vectors + [self.mean(name, self.table(name, name + "_table")) for name in self.schema.buckets()]

    def first_order(self):
        """w·x + w₀ over all inputs, a weight for each number and each id: [batch × 1]."""
        total = layers.Dense(1, name="wide_numbers")(self.numbers())
        for name in ["movieId", "movieGenres", "userGenres", "userRatedMovies"] + self.schema.buckets():
            total = total + self.mean(name, self.table(name, "wide_" + name, 1, "zeros"))
        return total

    def events(self, newest=None):
        """The vectors of the history, newest first, each with that of the stars that the user gave: [batch × L × D],
        and where there are any: [batch × L × 1]."""
        stars, there = self.table("userHistoryStars", "stars"), self.there("userHistory")
        events = self.vectors("userHistory", self.items) + self.vectors("userHistoryStars", stars)
        if newest is None:
            return events, there
        return events[:, :newest], there[:, :newest]

    def model(self, logit, name):
        """A model of the inputs that were asked for."""
        return keras.Model(self.inputs, logit, name=name)


def mean(vectors, there):
    """The mean over the steps that exist, zeros where there are none: [batch × D]."""
    return ops.sum(vectors * there, axis=1) / ops.maximum(ops.sum(there, axis=1), 1)


def deep(x, options, activation="relu"):
    """Fully connected layers over x, and their answer: [batch × 1]."""
    for i, width in enumerate(options.hidden):
        x = layers.Dense(width, name=f"deep{i + 1}")(x)
        x = layers.PReLU(alpha_initializer=keras.initializers.Constant(0.25))(x) if activation == "prelu" else layers.ReLU()(x)
        x = layers.Dropout(options.dropout)(x)
    return layers.Dense(1, name="logit")(x)
