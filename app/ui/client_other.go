//go:build !js

package ui

import (
	"sync"

	"sparrow/wasm/protocol"
)

// Session is the part of wasm/session.Session that a client needs.
type Session interface {
	Answer(protocol.Request) protocol.Answer
}

// localClient sends requests to a session in this process and records the
// answers: they become the seed of the page that is being rendered. The lock is
// shared by all clients of one session.
type localClient struct {
	session Session
	lock    *sync.Mutex
	answers seeds
}

func (c *localClient) ask(q protocol.Request, then func(reply)) {
	c.lock.Lock()
	a := c.session.Answer(q)
	c.lock.Unlock()
	c.answers[requestKey(q)] = a
	then(reply{Answer: a, seeded: true})
}

func (c *localClient) start(func(func()), func(news)) {}
func (c *localClient) retry()                         {}
func (c *localClient) complete()                      {}
