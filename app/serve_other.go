//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"sparrow/app/site"
)

// serveCommand serves a written site.
type serveCommand struct {
	Dir  string `required:"" help:"The folder that export wrote."`
	Addr string `default:":8080" help:"Where to listen."`
	Live bool   `help:"Reload open pages when this server is started again with another version."`
}

// Run serves until it is interrupted.
func (c *serveCommand) Run() error {
	if _, err := os.Stat(filepath.Join(c.Dir, "index.html")); err != nil {
		return fmt.Errorf("serve: %s holds no site (go run ./app export writes one): %w", c.Dir, err)
	}
	var handler http.Handler = &site.Server{Dir: c.Dir, Route: isRoute}
	if c.Live {
		handler = site.Live(handler, filepath.Join(c.Dir, "sw.js"))
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	fmt.Printf("serve: Sparrow is at http://localhost:%d, from %s (Ctrl-C ends it)\n", listener.Addr().(*net.TCPAddr).Port, c.Dir)
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// isRoute tells addresses of the app from addresses of nothing.
func isRoute(path string) bool {
	return parseRoute(&url.URL{Path: path}).page != "missing"
}
