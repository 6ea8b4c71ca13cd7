package lesson

var judging = []Lesson{
	{Number: 22, Title: "Reinforcement learning: exploring",
		Course: "The course explains DRN and has no code for it.",
		Beside: []string{"build/bandit/linucb.go", "build/bandit/thompson.go", "build/bandit/duel.go", "build/simulation/policy.go"}},
	{Number: 24, Title: "Offline evaluation: hold-out, folds, bootstrap, time, replay",
		Course: "FeatureEngForRecModel.scala draws a tenth of the rows and splits them 8 to 2, at random or by the 0.8 quantile of their times; main calls the random one.",
		Beside: []string{"build/evaluation/split.go", "build/evaluation/everybody.go", "build/replay/replay.go"}},
	{Number: 25, Title: "Metrics",
		Course: "Evaluator.scala prints the area under PR and under ROC by Spark's BinaryClassificationMetrics. It measures no lists.",
		Beside: []string{"build/evaluation/metrics.go", "build/evaluation/auc.go", "build/evaluation/calibration.go"}},
	{Number: 26, Title: "A/B tests",
		Course: "ABTest.java takes the user id's hash modulo 5: 0 is arm A, 1 is arm B, all others are in no test. With one hash for all tests, the people of one arm meet again in the arm of the next test.",
		Beside: []string{"wasm/experiment/assign.go", "build/abtest/analyze.go"}},
	{Number: 27, Title: "Replay, interleaving, A/B together",
		Course: "The course explains replay and interleaving and has no code for them.",
		Beside: []string{"wasm/experiment/draft.go", "build/abtest/interleave.go", "build/replay/replay.go"}},
}
