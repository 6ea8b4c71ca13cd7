//go:build !js

// Command edge hands a site out and takes feedback in.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/net/netutil"

	"sparrow/edge/assets"
	"sparrow/edge/printable"
	"sparrow/wasm/event"
)

// logged is where the server says what happened, with what others wrote made
// printable.
var logged = printable.Writer(os.Stderr)

// options are the flags.
type options struct {
	Site     string   `help:"The folder of the site, as go run ./app/export writes it; leave it out to serve no pages."`
	Bundles  string   `help:"The folder of the bundles and their latest.json, as go run ./build bundle writes it; those of the site when left out."`
	Addr     string   `default:":8080" help:"Where to listen; port 0 takes a free one."`
	Feedback string   `default:"data/feedback" help:"The folder that feedback is kept in."`
	Origin   []string `help:"A site that may send feedback, and its name in the log: https://shop.example=shop. May be given many times; the site that is served here always may."`
	Keep     int      `default:"90" help:"Days that feedback is kept."`
	Reload   bool     `help:"Reload open pages when the edge is started again with another site."`
	Rate     int      `default:"600" help:"Requests a minute that one site and network (/24, /48) may send; 0 for no limit."`

	Host          []string `placeholder:"NAME" help:"A name that this edge is reached by, movies.example; addresses and localhost are known. May be given many times."`
	TrustedProxy  []string `placeholder:"CIDR" help:"A proxy before the edge, 127.0.0.1 or 10.0.0.0/8, which names who sent a request. May be given many times."`
	ProxyHeader   string   `enum:"X-Forwarded-For,Forwarded" default:"X-Forwarded-For" help:"The header that trusted proxies append the sender's address to: ${enum} (${default})."`
	LiveKeyFile   string   `placeholder:"FILE" help:"A file of one key or two, a line each, by which PUT /v1/live changes the live overlay in the folder of --bundles; read again at each change; and by which /owner is opened."`
	FeedbackQuota size     `default:"10GB" placeholder:"SIZE" help:"Bytes that the folder of feedback may hold; beyond it feedback is refused and nothing is deleted. 0 for no bound (${default})."`
	ServerKey     string   `placeholder:"FILE" help:"A file with the key by which a server of yours may send events, or with two, the one in use and the next; openssl rand -hex 32 makes one."`
	Redis         string   `placeholder:"URL" help:"A Redis that several edges share, redis://host:6379/0: limits, the key of the day, the live overlay, who is to be forgotten, online features. While it is away this edge goes on alone."`
	Connections   int      `default:"2048" help:"Connections that are open at once; further ones wait."`

	Events eventsFlag `placeholder:"kafka://HOST:PORT/TOPIC" help:"Write feedback to a topic of Kafka, with more brokers parted by commas; the folder of --feedback takes it while Kafka is away."`

	allowed origins
	names   hosts
	server  keys
}

const about = `Hands a site out and takes feedback in.

  go run ./edge --site .build/site --bundles data/demo
  go run ./edge --site .build/site --bundles data/demo --feedback /var/lib/sparrow --origin https://shop.example=shop
  go run ./edge --addr 127.0.0.1:0 --bundles data/demo`

func main() {
	var o options
	parser := kong.Must(&o, kong.Name("edge"), kong.Description(about), kong.UsageOnError())
	if _, err := parser.Parse(os.Args[1:]); err != nil {
		parser.Errorf("%v", err)
		os.Exit(2)
	}
	if err := o.run(); err != nil {
		fmt.Fprintln(logged, "edge:", err)
		os.Exit(1)
	}
}

// Validate checks the flags; kong calls it.
func (o *options) Validate() (err error) {
	if o.Keep < 1 || o.Rate < 0 {
		return errors.New("--keep must be at least 1 and --rate at least 0")
	}
	if o.Connections < 1 {
		return errors.New("--connections must be at least 1")
	}
	if o.LiveKeyFile != "" && o.Bundles == "" {
		return errors.New(keyFlag + " needs --bundles: the overlay is kept there, and the folder of a site is written again with the site")
	}
	if o.allowed, err = parseOrigins(o.Origin); err != nil {
		return err
	}
	if o.names, err = parseHosts(o.Host); err != nil {
		return err
	}
	if o.ServerKey != "" {
		text, err := os.ReadFile(o.ServerKey)
		if err != nil {
			return fmt.Errorf("--server-key: %w", err)
		}
		if o.server, err = parseKeys(string(text)); err != nil {
			return fmt.Errorf("--server-key: %s: %w", o.ServerKey, err)
		}
	}
	_, err = newSenders(o.TrustedProxy, o.ProxyHeader, nil)
	return err
}

func (o *options) run() error {
	disk, err := newDiskStore(o.Feedback, time.Now)
	if err != nil {
		return err
	}
	defer disk.Close()
	disk.room.quota = int64(o.FeedbackQuota)
	if err := exposed(o.Feedback); err != nil {
		fmt.Fprintln(logged, "edge:", err)
	}
	senders, err := newSenders(o.TrustedProxy, o.ProxyHeader, newComplaints(logged, "edge", time.Hour).fail)
	if err != nil {
		return err
	}
	tags := newTagger(o.Feedback, time.Now, newComplaints(logged, "edge", aMinute).fail)
	kept, err := o.openStore(disk)
	if err != nil {
		return err
	}
	defer kept.close()
	c := config{
		origins: o.allowed,
		hosts:   o.names,
		refused: newComplaints(logged, "edge", aMinute).fail,
		unknown: &strangers{say: func(origin string) {
			fmt.Fprintf(logged, "edge: feedback from %s is refused; if that site is yours, start the edge with --origin %s=%s (make run ORIGIN=%s)\n", origin, origin, siteOf(origin), origin)
		}},
		network: func(r *http.Request) event.Network { return tags.tag(senders.of(r)) },
		now:     func() int64 { return time.Now().UnixMilli() },
		limit:   func(*http.Request, string) int { return 0 },
		failed:  newComplaints(logged, "edge", aMinute).fail,
		stores:  kept.ready,

		server: o.server, serverFlag: "--server-key FILE",
	}
	bundles := o.bundles(newComplaints(logged, "edge", aMinute).fail)
	with, err := o.join(disk, tags, bundles)
	if err != nil {
		return err
	}
	if c.files, err = o.files(bundles, newComplaints(logged, "edge", aMinute).fail, with.changed); err != nil {
		return err
	}
	if o.Rate > 0 {
		limiter := newLimiter(o.Rate)
		alone := func(r *http.Request, site string) int { return limiter.wait(senders.of(r), site, time.Now()) }
		c.limit = with.limit(alone, o.Rate, tags, senders)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	var sweeping sync.WaitGroup
	sweeping.Go(func() { tags.run(ctx) })
	sweeping.Go(func() {
		(&sweeper{disk, time.Duration(o.Keep) * 24 * time.Hour, newComplaints(logged, "edge", aMinute).fail}).run(ctx)
	})
	sweeping.Go(func() { with.run(ctx, kept.store, o.Feedback) })
	sweeping.Go(func() { kept.run(ctx, time.Duration(o.Keep)*24*time.Hour) })
	defer sweeping.Wait()
	defer stop()
	listener, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return err
	}
	fmt.Printf("edge: Sparrow is at http://localhost:%d (Ctrl-C ends it)\n", listener.Addr().(*net.TCPAddr).Port)
	if o.Site != "" {
		fmt.Fprintln(logged, "edge: lists for other sites' pages can be tried at /demo/")
	}
	fmt.Fprintf(logged, "edge: feedback is kept in %s for %d days\n", kept.place, o.Keep)
	return serve(ctx, netutil.LimitListener(listener, o.Connections), newHandler(c, with.over(kept.store)))
}

// bundles returns what serves the folder of bundles that the flags name; nil for none. failed
// receives why a file there cannot be read.
func (o *options) bundles(failed func(error)) (bundles *assets.Bundles) {
	switch {
	case o.Bundles != "":
		bundles = assets.NewBundles(o.Bundles)
	case o.Site != "":
		bundles = assets.NewBundles(filepath.Join(o.Site, "v1"))
	}
	if bundles != nil {
		bundles.Failed = failed
		bundles.Check()
	}
	return bundles
}

// files returns the handler of the folders that the flags name. failed receives
// why a file of theirs cannot be read; changed is called after each change of the live overlay.
func (o *options) files(bundles *assets.Bundles, failed func(error), changed func()) (http.Handler, error) {
	if o.Site == "" {
		return o.withChanges(bundles, failed, changed, assets.Serve(nil, bundles))
	}
	site, err := assets.NewSite(o.Site)
	if err != nil {
		return nil, err
	}
	site.Items = bundles
	site.Failed = failed
	if o.Reload {
		return o.withChanges(bundles, failed, changed, assets.Serve(assets.Reload(site, filepath.Join(o.Site, "sw.js")), bundles))
	}
	return o.withChanges(bundles, failed, changed, assets.Serve(site, bundles))
}

// withChanges puts what takes changes of the live overlay before a handler.
func (o *options) withChanges(bundles *assets.Bundles, failed func(error), changed func(), next http.Handler) (http.Handler, error) {
	if bundles == nil {
		return next, nil
	}
	c, err := newChanger(o.LiveKeyFile, o.Bundles, bundles.Live, failed, next)
	if err == nil {
		c.changed = changed
	}
	return c, err
}

// serve answers until ctx ends, then lets requests under way finish.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := newServer(ctx, handler)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(patience); err != nil {
		server.Close()
		return errors.New("some requests did not finish in 10 s")
	}
	return nil
}

// newServer bounds slow clients: 5 s for headers, 15 s for a request. A large
// file may take minutes.
func newServer(ctx context.Context, handler http.Handler) *http.Server {
	return &http.Server{
		Handler: recovered(handler), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second,
		WriteTimeout: 5 * time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog:    log.New(newComplaints(logged, "edge", aMinute), "", 0),
	}
}

// recovered answers 500 where next panics.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if cause := recover(); cause != nil && cause != http.ErrAbortHandler {
				fmt.Fprintln(logged, "edge: panic:", cause)
				w.Header().Set("Connection", "close")
				refuse(w, http.StatusInternalServerError, "internal error")
			}
		}()
		next.ServeHTTP(w, r)
	})
}
