package command

import (
	"fmt"
	"net"
	"runtime"
	"time"

	"sparrow/build/console"
	"sparrow/build/serve"
	"sparrow/edge/shared"
)

type serveVerb struct {
	Bundle  bundlePath `required:"" placeholder:"PATH" help:"Bundle, or folder with a latest.json."`
	Addr    string     `default:"127.0.0.1:8081" placeholder:"ADDR" help:"Where to listen (${default}); port 0 takes a free one."`
	Engines int        `placeholder:"N" help:"Requests that are answered at the same time; one a processor when left out."`
	Redis   string     `placeholder:"URL" help:"The Redis of the edges, redis://host:6379/0: lists that any server has made are answered from it, and a request may name a visitor. While it is away this server goes on alone."`
}

func (serveVerb) Help() string {
	return `Answers programs of yours over HTTP and JSON: the engine that runs in the browser, run here. /openapi.json describes every
request and answer. The newest bundle is read again when latest.json changes; requests under way keep theirs.

  GET  /v1/similar/ID?k=&filter=   the items most like one
  POST /v1/recommend               {"history": [{"item": "50", "stars": 4.5, "at": 1700000000}], "k": 10, "filter": ""}
                                   or {"likes": ["50", "1"]}, or {"ratings": [{"item": "50", "stars": 4.5}]}, or with --redis {"visitor": ID}
  POST /v1/batch                   {"requests": [{"similar": {"item": "50"}}, {"recommend": {"likes": ["50"]}}]}
  GET  /v1/search?q=&k=            the items whose titles fit
  GET  /v1/health                  which bundle is served

There is no key, so only this machine reaches it unless --addr says otherwise: put it behind your own servers, not on
the internet. What is sent is neither kept nor logged.

Examples:
  go run ./build serve --bundle data/demo
  go run ./build serve --bundle data/mine --addr :9000 --engines 4
  go run ./build serve --bundle data/mine --redis redis://localhost:6379/0`
}

func (v *serveVerb) Run(c *console.Console) error {
	if v.Engines < 0 {
		return console.Usagef("--engines must be at least 1")
	}
	if v.Engines == 0 {
		v.Engines = runtime.GOMAXPROCS(0)
	}
	say := func(line string) { c.Say("serve: %s", line) }
	var r *shared.Redis
	if v.Redis != "" {
		var err error
		if r, err = shared.Open(v.Redis, shared.Once(time.Minute, func(err error) { say(err.Error()) }), say); err != nil {
			return console.Usagef("%v", err)
		}
		defer r.Close()
	}
	s, err := serve.Open(string(v.Bundle), v.Engines, r, say)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", v.Addr)
	if err != nil {
		return console.Usagef("--addr: %v: another program may listen there; --addr 127.0.0.1:0 takes a free port", err)
	}
	if _, err := fmt.Fprintf(c.Out, "serve: http://%s/openapi.json (Ctrl-C ends it)\n", listener.Addr()); err != nil {
		return err
	}
	return s.Run(c.Ctx, listener)
}
