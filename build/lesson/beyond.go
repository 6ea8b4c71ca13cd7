package lesson

var beyond = []Lesson{
	{Number: 30, Title: "Events as they come",
		Course: "RealTimeFeature.java reads the file of ratings with Flink and keeps each user's latest item in windows of a second; it prints the result.",
		Beside: []string{"wasm/session/validate.go", "build/command/trending.go", "build/baseline/trending.go"}},
	{Number: 32, Title: "Exploration in re-ranking",
		Course: "The course explains exploration and exploitation and has no code for them.",
		Beside: []string{"wasm/rerank/explore.go", "build/rerank/dpp.go", "build/rerank/calibrate.go"}},
	{Number: 33, Title: "Trade-offs",
		Course: "The course discusses what to give up: freshness, accuracy, cost, time to build.",
		Beside: []string{"README.md", "build/bench/figure.go"}},
}
