// Package exports is what a program that imports it exports to the engine
// worker: a session behind functions that JavaScript calls while main waits. It
// answers the verbs of [session.OpenLists], and every verb after AnswerAll.
// Bytes come in through an inbox, which buffer makes, and go out through an
// outbox. Both belong to Go and move: ask for their address every time.
package exports
