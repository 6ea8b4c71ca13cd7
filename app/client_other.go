//go:build !js

package main

import (
	"sync"

	"sparrow/wasm/protocol"
)

// session is the part of wasm/session that a client needs.
type session interface {
	Answer(protocol.Request) protocol.Answer
}

// localClient asks a session in this process and records what it was told: that
// becomes the seed of the page that is being rendered. The lock is shared by
// all clients of one session.
type localClient struct {
	session session
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
