package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"os"
	"sync"
	"time"
)

// Line is a host that speaks HTTP/2 over a slow line. It holds all of an answer before it
// sends any, so whose turn it is on the line is decided by the priorities (RFC 9218) that the
// browser names, by Go's own server from 1.27 on, and not by which bytes happen to be there.
type Line struct {
	To      *url.URL      `required:"" placeholder:"URL" help:"The server behind it, http://127.0.0.1:8080."`
	Rate    int           `default:"1012500" placeholder:"BYTES" help:"Bytes a second that all connections share (${default})."`
	Latency time.Duration `default:"165ms" placeholder:"TIME" help:"Time until an answer begins (${default})."`
	Old     bool          `help:"Speak HTTP/1.1 alone, where all answers under way share the line."`
}

func (l *Line) Run() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	certificate, err := ownCertificate()
	if err != nil {
		return err
	}
	key := sha256.Sum256(certificate.Leaf.RawSubjectPublicKeyInfo)
	fmt.Fprintf(os.Stdout, "line: %s is at https://%s with the key %s\n", l.To, listener.Addr(), base64.StdEncoding.EncodeToString(key[:]))
	return l.serve(listener, certificate)
}

func (l *Line) serve(listener net.Listener, certificate tls.Certificate) error {
	var spoken http.Protocols
	spoken.SetHTTP1(true)
	spoken.SetHTTP2(!l.Old)
	server := &http.Server{Handler: l, Protocols: &spoken, TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}}}
	return server.ServeTLS(&slowListener{Listener: listener, rate: l.Rate}, "", "")
}

// ServeHTTP answers what the server behind the line does.
func (l *Line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	time.Sleep(l.Latency)
	onward := r.Clone(r.Context())
	onward.URL.Scheme, onward.URL.Host = l.To.Scheme, l.To.Host
	answer, err := http.DefaultTransport.RoundTrip(onward)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	maps.Copy(w.Header(), answer.Header)
	w.WriteHeader(answer.StatusCode)
	w.Write(body)
}

// slack is what a sleep may take too long without the line standing still for it.
const slack = 10 * time.Millisecond

// slowListener has all its connections send over one line.
type slowListener struct {
	net.Listener
	rate int // bytes a second
	lock sync.Mutex
	free time.Time // when the line has sent what it was given
}

func (l *slowListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return slowConn{c, l}, err
}

// wait returns when the line has room for n more bytes.
func (l *slowListener) wait(n int) {
	l.lock.Lock()
	if now := time.Now(); now.Sub(l.free) > slack {
		l.free = now
	}
	l.free = l.free.Add(time.Duration(n) * time.Second / time.Duration(l.rate))
	until := l.free
	l.lock.Unlock()
	time.Sleep(time.Until(until))
}

type slowConn struct {
	net.Conn
	line *slowListener
}

// Write takes its time for every packet, so that hardly more waits in the system's buffers.
func (c slowConn) Write(b []byte) (sent int, err error) {
	const packet = 1400
	for sent < len(b) && err == nil {
		piece := b[sent:min(len(b), sent+packet)]
		c.line.wait(len(piece))
		var n int
		n, err = c.Conn.Write(piece)
		sent += n
	}
	return sent, err
}

// ownCertificate returns one for 127.0.0.1, which a browser is to trust by its key: one that only
// overlooks its faults keeps nothing of such a host, and downloads the program twice.
func ownCertificate() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(24 * time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, err
	}
	leaf, err := x509.ParseCertificate(der)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, err
}
