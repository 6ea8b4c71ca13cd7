package main

import (
	"os"
	"strings"
)

// go-app links states that are shared, persisted and broadcast, the browser's storage behind JSON, and pages for
// what is not found or draws nothing. Nothing of ours asks for them: static/js has the storage, and every address is
// ours. A call of them ends the program, or fails, with a sentence that names this file.

func copyNoState(_, to string) error { return writeNew(to, []byte(noState)) }

func copyNoStorage(_, to string) error { return writeNew(to, []byte(noStorage)) }

func copyNotFound(_, to string) error { return writeNew(to, []byte(notFound)) }

const noState = `package app

// State and Observer are what is left of theirs.
type (
	State        struct{}
	Observer     struct{}
	stateManager struct{}
)

const noStates = "this program is linked without states: see build/slim/goapp_state.go"

func (*stateManager) Observe(Context, string, any) Observer         { panic(noStates) }
func (*stateManager) Get(Context, string, any)                      { panic(noStates) }
func (*stateManager) Set(Context, string, any) State                { panic(noStates) }
func (*stateManager) Delete(Context, string)                        { panic(noStates) }
func (*stateManager) Cleanup()                                      {}
func (*stateManager) CleanupExpiredPersistedStates(Context)         {}
`

const noStorage = `package app

import "github.com/maxence-charriere/go-app/v10/pkg/errors"

type BrowserStorage interface {
	Set(k string, v any) error
	Get(k string, v any) error
	Del(k string)
	Len() int
	Clear()
	ForEach(f func(k string))
	Contains(k string) bool
}

type noStorage struct{}

func newMemoryStorage() noStorage   { return noStorage{} }
func newJSStorage(string) noStorage { return noStorage{} }

func (noStorage) Set(string, any) error {
	return errors.New("this program is linked without storage: see build/slim/goapp_state.go")
}
func (noStorage) Get(string, any) error { return noStorage{}.Set("", nil) }
func (noStorage) Del(string)            {}
func (noStorage) Len() int              { return 0 }
func (noStorage) Clear()                {}
func (noStorage) ForEach(func(string))  {}
func (noStorage) Contains(string) bool  { return false }
`

const notFound = `package app

// NotFound is what an address shows that no route leads to; ours lead to all.
var NotFound UI = &notFound{}

type notFound struct{ Compo }

func (*notFound) Render() UI { return Text("404") }
`

// copyCompo has a component without a Render of its own draw only that.
func copyCompo(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	const begin = "func (c *Compo) Render() UI {\n"
	head, rest, ok := strings.Cut(string(text), begin)
	_, tail, end := strings.Cut(rest, "\n}\n")
	if !ok || !end {
		return anotherFile(from)
	}
	for _, name := range []string{"reflect", "strings"} {
		head = strings.Replace(head, "\t\""+name+"\"\n", "", 1)
	}
	return writeNew(to, []byte(head+begin+"\treturn Text(\"a component without Render\")\n}\n"+tail))
}
