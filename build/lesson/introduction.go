package lesson

var introduction = []Lesson{
	{Number: 0, Title: "What the course builds",
		Course: "The course builds Sparrow RecSys, pages of movies with rows by genre, similar movies and a list for one user: Spark and TensorFlow offline, a Jetty server in Java online, Redis between them.",
		Beside: []string{"README.md", "build/pipeline/pipeline.go"}},
	{Number: 1, Title: "Architecture: data, models, offline, nearline, online",
		Course: "The course draws three layers by how fast they are: offline (Spark), nearline (Flink) and online (the Jetty server). What runs in the server there runs in the visitor's browser here.",
		Beside: []string{"README.md", "build/arch_test.go"}},
	{Number: 2, Title: "Sparrow RecSys: its functions and pages",
		Course: "RecSysServer.java starts Jetty with a servlet for each question (getmovie, getuser, getsimilarmovie, getrecommendation, getrecforyou) and serves the pages that ask them.",
		Beside: []string{"app/ui/route.go", "wasm/session/session.go"}},
	{Number: 3, Title: "Neurons, backpropagation, activations", run: neurons, Alone: true,
		Course: "The course explains neurons and leaves gradients to TensorFlow.",
		Beside: []string{"build/autodiff/tape.go", "wasm/nn/op.go"}},
}
