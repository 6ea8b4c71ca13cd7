//go:build !js

package ui

import (
	"sync"

	"sparrow/wasm/protocol"
)

// Session is the part of wasm/Session that a client needs.
type Session interface {
	Answer(protocol.Request) protocol.Answer
}

// localClient asks a session in this process and records what it was told: that
// becomes the seed of the page that is being rendered. The lock is shared by
// all clients of one session.
type localClient struct {
	session Session
	lock    *sync.Mutex
	told    seeds
}

func (c *localClient) ask(q protocol.Request, then func(reply)) {
	c.lock.Lock()
	a := c.session.Answer(q)
	c.lock.Unlock()
	c.told[requestKey(q)] = a
	then(reply{Answer: a, seeded: true})
}

func (c *localClient) start(func(func()), func(news)) {}
func (c *localClient) retry()                         {}
