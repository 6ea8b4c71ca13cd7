package lesson

import "strings"

// How long a lesson takes on the made-up set with two cores, as measured.
const (
	second  = "about a second"
	seconds = "a few seconds"
	ten     = "about ten seconds"
)

// What the course does a lesson with.
const (
	spark      = "Spark"
	flink      = "Flink"
	redis      = "Redis"
	tensorFlow = "TensorFlow"
	java       = "the course's server in Java"
)

// counterpart is how long a lesson takes, and who else does what it shows.
type counterpart struct {
	takes    string
	engine   string   // that the course does it with; "" where the course has no code for it
	original []string // files of the course's code
	here     []string // files of this project that do it with that engine, from its root; nil for none
}

// counterparts are those of all lessons, by number.
var counterparts = [...]counterpart{
	0:  {takes: second},
	1:  {takes: second},
	2:  {takes: seconds, engine: java, original: []string{"RecSysServer.java"}},
	3:  {takes: second},
	4:  {takes: second, engine: spark, original: []string{"FeatureEngForRecModel.scala"}, here: []string{"build/spark/statistics.sql", "build/spark/samples.sql"}},
	5:  {takes: second, engine: spark, original: []string{"FeatureEngineering.scala"}, here: []string{"build/spark/features.sql", "build/spark/samples.sql"}},
	6:  {takes: seconds, engine: spark, original: []string{"Embedding.scala"}, here: []string{"build/spark/embed.py"}},
	7:  {takes: seconds, engine: spark, original: []string{"Embedding.scala"}},
	8:  {takes: second, engine: redis, original: []string{"Embedding.scala", "DataManager.java"}, here: []string{"build/command/export_redis.go"}},
	9:  {takes: seconds},
	10: {takes: second, engine: redis, original: []string{"RecForYouProcess.java"}, here: []string{"edge/shared/visitors.go", "edge/shared/lists.go"}},
	11: {takes: second, engine: java, original: []string{"SimilarMovieProcess.java"}},
	12: {takes: seconds, engine: spark, original: []string{"Embedding.scala"}, here: []string{"build/spark/embed.py"}},
	13: {takes: seconds, engine: tensorFlow, original: []string{"RecForYouProcess.java"}, here: []string{"build/tensorflow/export.py"}},
	14: {takes: seconds, engine: java, original: []string{"SimilarMovieProcess.java"}},
	15: {takes: seconds, engine: spark, original: []string{"CollaborativeFiltering.scala"}, here: []string{"build/spark/embed.py"}},
	16: {takes: seconds, engine: tensorFlow, original: []string{"EmbeddingMLP.py", "WideNDeep.py", "NeuralCF.py", "DeepFM.py", "DIN.py", "DIEN.py"}, here: []string{"build/tensorflow/train.py"}},
	17: {takes: second, engine: tensorFlow, original: []string{"EmbeddingMLP.py"}, here: []string{"build/tensorflow/embedding_mlp.py"}},
	18: {takes: seconds, engine: tensorFlow, original: []string{"WideNDeep.py"}, here: []string{"build/tensorflow/wide_and_deep.py"}},
	19: {takes: seconds, engine: tensorFlow, original: []string{"NeuralCF.py"}, here: []string{"build/tensorflow/neural_cf.py", "build/tensorflow/two_towers.py"}},
	20: {takes: seconds, engine: tensorFlow, original: []string{"DeepFM.py"}, here: []string{"build/tensorflow/deepfm.py"}},
	21: {takes: ten, engine: tensorFlow, original: []string{"DIN.py", "DIEN.py"}, here: []string{"build/tensorflow/din.py", "build/tensorflow/dien.py"}},
	22: {takes: second},
	23: {takes: second, engine: java, original: []string{"RecForYouProcess.java"}},
	24: {takes: second, engine: spark, original: []string{"FeatureEngForRecModel.scala"}, here: []string{"build/spark/samples.sql"}},
	25: {takes: second, engine: spark, original: []string{"Evaluator.scala"}},
	26: {takes: second, engine: java, original: []string{"ABTest.java"}},
	27: {takes: second},
	28: {takes: seconds},
	29: {takes: seconds},
	30: {takes: second, engine: flink, original: []string{"RealTimeFeature.java"}, here: []string{"build/flink/feedback.sql", "build/flink/trending.sql"}},
	31: {takes: ten, engine: tensorFlow, original: []string{"DIN.py", "DIEN.py"}, here: []string{"build/tensorflow/din.py", "build/tensorflow/dien.py"}},
	32: {takes: seconds},
	33: {takes: seconds},
}

// before says how long the lesson takes, and who else does what it shows.
func (c *counterpart) before(p *Page, alone bool) {
	text := "It takes " + c.takes
	if !alone {
		text += " on the made-up set, more with --input"
	}
	text += "."
	if c.engine != "" {
		text += " In the course it is done with " + c.engine + ": " + strings.Join(c.original, ", ") + "."
	}
	p.Say("%s", text)
	if len(c.here) > 0 {
		p.Say("Here it is done with %s, too: %s.", c.engine, strings.Join(c.here, ", "))
	}
}
