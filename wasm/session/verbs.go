package session

import (
	"slices"

	"sparrow/wasm/protocol"
)

// lists are the verbs that every session answers.
var lists = []protocol.Verb{protocol.Open, protocol.Browse, protocol.Item, protocol.Basket, protocol.Next, protocol.Recent, protocol.Trending, protocol.Newest, protocol.Recommend, protocol.Act, protocol.Amend}

// verb is how a verb beyond lists is answered. The linker leaves its functions out
// of a program in which no session has it.
type verb struct {
	name    protocol.Verb
	answer  func(*Session, *protocol.Answer, *protocol.Request)
	prepare func(*Session) bool // does a piece of what the first answer needs; nil for nothing
	rare    bool                // asked for by few: idle time prepares nothing of it
}

// more are the verbs beyond lists.
var more = []verb{
	{name: protocol.Home, answer: (*Session).home},
	{name: protocol.Two, answer: (*Session).two},
	{name: protocol.OfUser, answer: (*Session).ofUser},
	{name: protocol.Interests, answer: (*Session).interests},
	{name: protocol.Search, answer: (*Session).search, prepare: (*Session).prepareSearch},
	{name: protocol.Values, answer: (*Session).values},
	{name: protocol.Columns, answer: (*Session).columns},
	{name: protocol.Explain, answer: (*Session).explain},
	{name: protocol.Series, answer: (*Session).series, prepare: (*Session).prepareSimilar},
	{name: protocol.WhatIf, answer: (*Session).whatIf},
	{name: protocol.Named, answer: (*Session).named},
	{name: protocol.Tastes, answer: (*Session).tastes},
	{name: protocol.Groups, answer: (*Session).groups, prepare: (*Session).prepareSimilar},
	{name: protocol.Profile, answer: (*Session).listProfile},
	{name: protocol.History, answer: (*Session).listHistory},
	{name: protocol.Steps, answer: (*Session).listSteps},
	{name: protocol.LoseSteps, answer: (*Session).loseSteps},
	{name: protocol.Summarize, answer: (*Session).summarize},
	{name: protocol.Fresh, answer: (*Session).fresh},
	{name: protocol.Undo, answer: (*Session).undo},
	{name: protocol.Match, answer: (*Session).match, prepare: (*Session).prepareMatch, rare: true},
	{name: protocol.Numbers, answer: (*Session).numbers},
	{name: protocol.Import, answer: (*Session).importEntries},
	{name: protocol.Erase, answer: (*Session).erase},
	{name: protocol.LabSimilar, answer: (*Session).labSimilar, prepare: (*Session).prepareSimilar},
	{name: protocol.LabList, answer: (*Session).labList},
	{name: protocol.LabProbe, answer: (*Session).labProbe},
	{name: protocol.LabMap, answer: (*Session).labMap},
}

// answerMore answers a verb beyond lists. The answer to a verb that this session does not
// have is an error that names those it has, in the order of protocol.Verbs.
func (s *Session) answerMore(a *protocol.Answer, q *protocol.Request) {
	at := s.beyond(q.Verb)
	if at >= 0 {
		s.more[at].answer(s, a, q)
		return
	}
	var known []protocol.Verb
	for _, v := range protocol.Verbs {
		if slices.Contains(lists, v) || s.beyond(v) >= 0 {
			known = append(known, v)
		}
	}
	unknown(a, "verb", q.Verb, known)
}

// beyond returns the place of v in s.more; -1 for none.
func (s *Session) beyond(v protocol.Verb) int {
	for i := range s.more {
		if s.more[i].name == v {
			return i
		}
	}
	return -1
}
