package ui

import (
	"strconv"
	"strings"
)

// words is every text of the app, in one language. Placeholders in braces are
// filled in: "{title}", and nouns of the catalog's vocabulary: "[items]". Each
// language is written, not translated: words_en.go and words_zh.go need not say
// the same, only do the same.
type words struct {
	Switch, SwitchLang string

	Name, Tagline, About                                                             string
	Skip, ForYou, Browse, Watchlist, Profile                                         string
	Search, SearchHint, SearchWaits, SearchNone, SearchNoneHint                      string
	SearchFor, SearchCount, SearchFirst, SearchAs, NotUnderstood, NoLand, AlsoCalled string

	PickFirst, PickYours, Intro, IntroText, IntroStart                   string
	RowForYou, RowBecause, RowGems, RowNew, RowPopular, RowTrending, All string
	Previous, Next                                                       string

	Because, BecauseRated, BecauseSeen, BecauseViewed, WhyGenre, WhyHistory, WhyPopular, WhyTrending, WhyNew string
	SameTags, SameGenres, SamePeople, SameRun, SameLists, SameTitle, SameSeries, SameYears, SameGenresYears  string

	Like, Liked, NotInterested, Watch, Watching, YourRating, RateStars, NoRating                string
	DidLike, DidNotInterested, DidRate, DidWatch, DidUnwatch, DidClear, DidForget, Seen, Viewed string
	Undo, Dismiss, ActFailed                                                                    string

	Ratings, NoRatings, OneRating, Rated, MorePage, Similar, SimilarFew                                                                                                      string
	WhyThis, WhyNot, WhyRated, WhyAbout, WhySum, WhyBase, WhyRest                                                                                                            string
	Block, BlockSeries, BlockAlso, BlockMore, Blocks, SaidBlocked, DidBlock, DidLift, Lift                                                                                   string
	WhySome, WhyAfter, WhyWith, WhyTaste, WhyCrowd, WhyDetails, WhyUnnamed                                                                                                   string
	WhyOther, WhatIf, WhatIfWish, WhatIfWithout, WhatIfWished, WhatIfSet, WhatIfPlace, WhatIfGone, WhatIfCome, WhatIfStays, WhatIfNone, WhatIfInstead, WhatIfDo, WhatIfLeave string

	WallTitle, WallText, Ranked, RankedFrom, Tune, Genre, AllGenres                             string
	Popularity, PopularityLow, PopularityHigh, Familiarity, FamiliarityLow, FamiliarityHigh     string
	Recency, RecencyLow, RecencyHigh, Variety, VarietyLow, VarietyHigh                          string
	SaidPopularity, SaidFamiliarity, SaidRecency, SaidVariety, SaidMiddle, SaidMore, SaidNever  string // the first four: what stops of a slider are called, with | between
	GenreWishes, Limits, Wishes, Reset, Surprise, SurpriseAgain, SurpriseEnd, Surprised, Chance string
	MovedUp, MovedDown, NewHere, ListEmpty, ListEmptyHint                                       string
	Interests, InterestOf, InterestItems, InterestLike, InterestMostly                          string

	BrowseAll, Decade, AllDecades, DecadeOf, Sort, SortPopular, SortNew, SortRating, More, Found, FoundOne, NoneFound string

	NarrowedBy, UnderstoodAs, TakeAway, SearchTitles, Titles, Without, LeftOut, GenreTurns, ValueOf, UntilYear, SinceYear, FromYear, ToYear string
	LeastStars, MostStars, Least, Most, AnyStars, Ranges, ItemNoun, ItemNouns                                                               string

	Yes, No, YesTurns, AtLeast, AtMost, NumberFrom, NumberTo, NumberSpan, MoreRanges  string
	OddUnread, OddTurned, OddUnknown, OddOutside, SeveralUnits, FoundWithout, Columns string

	WatchEmpty, WatchEmptyText, WatchCount string

	LikeWord, SeenOf, NotForMe, WatchWord, DidSeen                                                              string
	StateAll, StateRated, StateNoted, SortLatest, SortOldest, SortTitle, SortStars, SortFit                     string
	HistoryAll, HistorySearch, HistoryState, Edit, EditOf, DateOf, NoDate, NoteOf, Before, DateFailed, DateDone string
	NoteDone, NoteSaid, Pages, PageBefore, PageAfter, PageOf                                                    string
	StepsTitle, StepsText, StepsShow, StepsNone, StepUndo, StepBack, StepDone, StepMany, StepCame, StepGone     string
	StepTurned, StepsLose, StepsLoseSure, StepsLoseYes, KeptToo, KeptLabel                                      string

	TasteTitle, TasteGenres, TasteDecades, TasteMean, TasteEmpty, HistoryTitle, HistoryEmpty, Remove, Earlier    string
	DataTitle, DataText, Install, Export, Import, ImportDone, ImportUnknown, ImportFailed                        string
	ImportGone, ImportUnused, ImportReading, ImportStop, ImportStopped, ImportLarge, ImportMany, ImportColumns   string
	ImportText, ImportRead, ImportReadTable, ImportDoubtful, ImportNone, ImportFiles, ExportTable, ExportJSON    string
	ImportUndo, ImportBack, ImportOffer, ImportYes, ReviewTitle, ReviewText, ReviewNone, ReviewLater, ReviewDone string
	Erase, EraseSure, EraseYes, EraseNo, EraseOthers, EraseDone, Durable, NotDurable                             string
	DataShared, EraseSureShared                                                                                  string
	ShareTitle, ShareText, ShareSwitch, ShareOn, ShareOff, ShareNever, ShareNothing, ShareWaiting                string
	ShareDidOn, ShareDidOff, ShareFailed, Unshare, UnshareSure, UnshareYes, Unsharing, Unshared, UnsharedPending string
	InviteTitle, InviteText, InviteYes, InviteNo                                                                 string
	ModelTitle, ModelText, ModelUndated, ModelHash                                                               string

	Lab, LabAbout, LabLink, LabAlike, LabWaiting                                                                                        string
	LabWays, LabWaysText, LabChoose, LabOpen, LabNone                                                                                   string
	LabMap, LabMapText, LabMapKeys, LabYours, LabChosen, LabRest                                                                        string
	LabList, LabListText, LabNewVisitor, LabComing, LabLacking, LabModel, LabRankedBy, LabShared, LabPlace, LabColumn, LabMove, LabCost string
	LabMoved, LabMovedIn, LabRule, LabRuleJoin, LabOwnBoost                                                                             string
	LabLive, AgeMinutes, AgeHours, AgeDays                                                                                              string
	LabProbe, LabProbeText, LabCellsLabel, LabCells, LabRecall, LabCompared, LabCurve                                                   string

	Starting, LoadingEngine, LoadingModel, LoadingBytes, Offline, OfflineLacking, LackingNetwork, LackingIntegrity, LackingDecode string
	FailedTitle, FailedStart, FailedNetwork, FailedIntegrity, FailedDecode, FailedEngine                                          string
	FailedHTTP, FailedPage, FailedBrowser, FailedWasm, FailedMemory, FailedWorker                                                 string
	FailedKept, Retry, UpdateWaits, UpdateNow                                                                                     string
	MissingTitle, MissingText, MissingItem, GoHome, SkeletonText                                                                  string

	NotSeen, DidUnseen, UnseenBack                                                                                        string
	WallGroups, WallSingles, GroupsTitle, GroupsText, GroupsNone, GroupsOthers, GroupPick, GroupPair, DidGroup, GroupBack string

	WallOthers, RowFresh, InstallTitle, InstallText string

	TasteAll, TasteKinds, TasteFewLikes, TasteFewStars, TasteFewMonths, TasteTime, TasteTimeText, TasteEarlier, TasteScale string
	TasteDepth, TasteDepthText, TasteDeeper, TasteNearer, TasteAsDeep, TasteNoCrowd                                        string
	TasteCrowd, TasteMore, TasteLess, TasteAsMany, TasteFollows, TasteAgainst, TasteUnlike                                 string
	TasteGuess, TasteGuessText, TastePicture, TastePictureText, TastePictureFailed                                         string

	SendItem, SendList, SendText, SendHolds, SendName, SendLink, SendNow, SendClose, SendCopied, SendSent, SendFailed string
	SharedTitle, SharedFrom, SharedText, SharedNone, SharedNoneText, SharedUnknown, SharedUnread, SharedLong          string

	WhoTitle, WhoText, WhoFirst, WhoHere, WhoSwitch, WhoMenu, WhoEdit, WhoAdd, WhoAddDo, WhoName, WhoColour, WhoColours, WhoChild, WhoChildText, WhoHeld, WhoHeldText, WhoGone string
	WhoDelete, WhoDeleteSure, WhoDeleteYes, WhoMany, WhoNowhere                                                                                                                string

	Outside, OutsideText, OutsideWho, SharedOutside string

	TwoTitle, TwoText, TwoHow, TwoStranger, TwoUnknown, TwoOther, TwoEmpty, TwoEmptyList, TwoNoCopy, TwoThey, TwoYou, TwoSuits, TwoBest, TwoGood, TwoFair, TwoLeast string
	TwoHere, TwoWith, TwoAlone, TwoAway, TwoNoLikes, TwoSend, TwoSendText, TwoCopy, TwoFile, TwoFileText, TwoCode                                                   string

	UserTitle, UserOne, UserText, UserFacts, UserUndated, UserNewest, UserGenres, UserUnknown, UserHidden, UserOdd string
	UserList, UserListText, UserRated, UserLab, UserNone, UserNoneText, UserMissing                                string
	ThemBecause, ThemBecauseRated, ThemBecauseSeen, ThemBecauseViewed, ThemGenre, ThemHistory, ThemTaste           string

	genres   map[string]string // names of genres; a missing one shows the catalog's name
	features map[string]string // what a ranking feature looks at
	lab      map[string]string // the Lab's names for the engine's things: "way:taste", "model:ranked", …
	columns  map[string]string // what the owner calls columns of the catalog: "column:price"; see column
	remarks  map[string]string // what of a brought file is not used: kinds of import/read.js
	troubles map[string]string // why a brought file is not taken in: codes of import/trouble.js
	join, or string            // between items of a list in a sentence, and between those of which one is meant
	quote    [2]string         // around a title in a sentence
	tag      [2]string         // around a tag
	group    string            // between thousands
}

func wordsOf(lang string) *words {
	w, ok := languages[lang]
	if !ok {
		w, lang = &english, "en"
	}
	if speak := unspoken[lang]; speak != nil {
		delete(unspoken, lang)
		speak()
	}
	return w
}

// age returns how long a number of seconds is.
func (w *words) age(seconds int64) string {
	minutes := max(0, seconds) / 60
	text, n := w.AgeMinutes, minutes
	switch {
	case minutes >= 48*60:
		text, n = w.AgeDays, minutes/(24*60)
	case minutes >= 120:
		text, n = w.AgeHours, minutes/60
	}
	return fill(text, "n", strconv.FormatInt(n, 10))
}

// fill puts values into a text: fill("{n} found", "n", "12").
func fill(text string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+pairs[i]+"}", pairs[i+1])
	}
	return text
}

// found says how many items there are.
func (w *words) found(n int) string {
	if n == 1 {
		return w.FoundOne
	}
	return fill(w.Found, "n", w.number(n))
}

// number formats n with thousands separators.
func (w *words) number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + w.group + s[i:]
	}
	return s
}

// stars formats a rating, with one decimal where it has one.
func (w *words) stars(v float32) string {
	return strings.TrimSuffix(strconv.FormatFloat(float64(v), 'f', 1, 32), ".0")
}

// size formats a number of bytes.
func (w *words) size(bytes float64) string {
	if bytes >= 1e6 {
		return strconv.FormatFloat(bytes/1e6, 'f', 1, 64) + " MB"
	}
	return strconv.Itoa(int(bytes/1000+0.5)) + " KB"
}

// genre returns the name of a genre.
func (w *words) genre(name string) string {
	if s, ok := w.genres[name]; ok {
		return s
	}
	return name
}

// column returns what a column of the owner's is called: as they say, or as the language does, "|price=价格|", else by
// its own name, as words.
func (w *words) column(name string) string {
	if text := w.columns["column:"+name]; text != "" {
		return text
	}
	if _, after, ok := strings.Cut(w.Columns, "|"+name+"="); ok {
		text, _, _ := strings.Cut(after, "|")
		return text
	}
	return strings.ReplaceAll(name, "_", " ")
}

// genreList returns the n most specific genres of an item.
func (w *words) genreList(genres []string, n int) string {
	var out []string
	for _, g := range genres[:min(n, len(genres))] {
		out = append(out, w.genre(g))
	}
	return strings.Join(out, w.join)
}

// tagList quotes tags.
func (w *words) tagList(tags []string) string {
	var out []string
	for _, t := range tags {
		out = append(out, w.tag[0]+t+w.tag[1])
	}
	return strings.Join(out, w.join)
}

// title quotes a title inside a sentence.
func (w *words) title(t string) string { return w.quote[0] + t + w.quote[1] }
