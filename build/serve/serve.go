// Package serve answers from the newest bundle over HTTP and JSON: the engine of the
// browser, for programs of the bundle's owner.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"golang.org/x/net/netutil"

	"sparrow/build/bundledir"
	"sparrow/edge/shared"
)

// Server answers requests from the newest bundle at a path. It is for concurrent use.
type Server struct {
	path    string
	engines int
	redis   *shared.Redis
	say     func(line string)
	served  atomic.Pointer[pool]
	trouble atomic.Pointer[string] // why the newest bundle is not served; nil while it is
	seen    stamp                  // of what was read last
}

// Open returns a server of the bundle at path, or of the newest one where path is a
// folder, with so many engines: requests that are answered at the same time. Lists and what visitors
// did are shared through r, nil for a server that is alone. say is told which bundle is served, and why one is not.
func Open(path string, engines int, r *shared.Redis, say func(line string)) (*Server, error) {
	s := &Server{path: path, engines: engines, redis: r, say: say, seen: stampOf(path)}
	p, err := openPool(path, engines, say)
	if err != nil {
		return nil, err
	}
	s.take(p)
	return s, nil
}

// stamp tells a version of a file from the next one.
type stamp struct {
	changed int64 // nanoseconds
	bytes   int64
}

// stampOf returns the stamp of the bundle at path, of a folder that of its latest.json;
// the zero stamp where it cannot be read.
func stampOf(path string) stamp {
	if bundledir.IsFolder(path) {
		path = filepath.Join(path, "latest.json")
	}
	st, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{st.ModTime().UnixNano(), st.Size()}
}

// refresh serves the newest bundle where that is another one than before. Requests under
// way keep the one that they began with. What cannot be served is said once, and tried
// again at the next call: latest.json may have been copied before its bundle.
func (s *Server) refresh() {
	now := stampOf(s.path)
	if now == s.seen && s.trouble.Load() == nil {
		return
	}
	s.seen = now
	data, _, err := bundledir.Read(s.path)
	if err == nil && bundledir.Hash(data) == s.served.Load().hash {
		s.trouble.Store(nil)
		return
	}
	var p *pool
	if err == nil {
		p, err = openPool(s.path, s.engines, s.say)
	}
	if err == nil {
		s.take(p)
		return
	}
	why := err.Error()
	if before := s.trouble.Swap(&why); before == nil || *before != why {
		s.say(fmt.Sprintf("bundle %.12s is served as before: %s", s.served.Load().hash, why))
	}
}

func (s *Server) take(p *pool) {
	p.redis = s.redis
	s.served.Store(p)
	s.trouble.Store(nil)
	s.say(fmt.Sprintf("bundle %.12s is served, %d items", p.hash, p.catalog.Len()))
}

// Bounds of what senders can take.
const (
	connections = 2048             // open at once; further ones wait
	lookEvery   = 2 * time.Second  // for a newer bundle
	lastAnswers = 10 * time.Second // that requests under way have at the end
)

// Run answers on listener until ctx ends, then lets requests under way finish.
func (s *Server) Run(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
		ErrorLog:    log.New(lines{s.say}, "", 0),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(netutil.LimitListener(listener, connections)) }()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case err := <-ended:
			return err
		case <-look.C:
			s.refresh()
		case <-ctx.Done():
			patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastAnswers)
			defer cancel()
			if err := server.Shutdown(patience); err != nil {
				return errors.Join(errors.New("some requests did not finish in 10 s"), server.Close())
			}
			return nil
		}
	}
}

// lines is a writer that says what is written.
type lines struct{ say func(string) }

var _ io.Writer = lines{}

// Write implements [io.Writer].
func (l lines) Write(p []byte) (int, error) {
	l.say(string(p))
	return len(p), nil
}
