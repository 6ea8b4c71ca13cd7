package ui

var english = words{
	Switch: "中文", SwitchLang: "zh",

	Name: "Sparrow", Tagline: "Films for you, worked out on your own device",
	About: "Sparrow recommends films inside your browser: nothing you like leaves your device unless you want it to, and it works with the network off.",
	Skip:  "Skip to the films", ForYou: "For you", Browse: "Browse", Watchlist: "Watchlist", Profile: "Profile",
	Search: "Search films", SearchHint: "A title, or part of one", SearchWaits: "Search starts when the catalogue is here",
	SearchNone: "No film by that name", SearchNoneHint: "Try fewer letters, or the original title.",
	SearchAll: "All results for “{query}”", SearchCount: "{n} found",

	PickFirst: "A good place to start", PickYours: "Tonight, perhaps",
	Intro: "Like three films, and the list is yours", IntroText: "Everything is worked out in this tab. What you like stays on your device.", IntroStart: "Choose three",
	RowForYou: "For you", RowBecause: "Because you liked {title}", RowGems: "Hidden gems", RowNew: "New in the catalogue", RowPopular: "Widely loved", RowTrending: "Trending now", All: "See all",
	Previous: "Back along the row", Next: "Further along the row",

	Because: "Because you liked {title}", WhyGenre: "You often choose {genre}", WhyPopular: "Widely loved", WhyTrending: "Watched a lot lately",
	WhyNew: "New here", WhyTaste: "Loved by people with your taste", WhyStory: "A story of the same kind", WhyTitle: "Close in name", WhyFollowed: "Often watched next",

	Like: "Like {title}", Liked: "Liked", Dislike: "Dislike {title}", NotInterested: "Not for me: {title}", Watch: "Keep {title} for later", Watching: "On your watchlist",
	YourRating: "Your rating", RateStars: "{stars} of 5 stars", NoRating: "Not rated yet",
	DidLike: "You like {title}.", DidDislike: "You don’t like {title}. There will be less of its kind.", DidNotInterested: "{title} won’t come up again.",
	DidRate: "{title}: {stars} stars.", DidWatch: "{title} is on your watchlist.", DidUnwatch: "{title} is off your watchlist.", DidClear: "Forgotten what you said of {title}.", DidForget: "{title} is forgotten.", Viewed: "Looked at",
	Undo: "Undo", Dismiss: "Close this note", ActFailed: "That was not saved.",

	Ratings: "{n} ratings", NoRatings: "No ratings yet", OneRating: "One rating", NoYear: "Year unknown", MorePage: "More about this film",
	Similar: "In the same spirit",
	WhyThis: "Why this could be for you", WhyNot: "Why this may not be for you", WhyAbout: "What the ranking saw. The bars add up to the score.",
	WhySum: "Score", WhyBase: "Where every film starts", WhyRest: "{n} smaller reasons together",

	WallTitle: "Which of these did you enjoy?", WallText: "One like is enough to begin. Three make a good list.",
	Ranked: "Ranked on this device in {ms} ms, 0 requests", RankedFrom: "{n} candidates considered",
	Tune: "Tune", Variety: "Variety", VarietyLow: "your taste", VarietyHigh: "surprises", Genre: "Genre", AllGenres: "All genres",
	MovedUp: "up {n}", MovedDown: "down {n}", NewHere: "new", ListEmpty: "Nothing left to suggest here", ListEmptyHint: "Choose another genre, or take back a “not for me” on your profile.",

	BrowseAll: "The whole programme", Decade: "Decade", AllDecades: "Any decade", DecadeOf: "{n}s",
	Sort: "Order", SortPopular: "Widely loved first", SortNew: "Newest first", SortRating: "Best rated first", More: "Show more", Found: "{n} films", NoneFound: "No film fits these filters",

	WatchEmpty: "Nothing kept for later yet", WatchEmptyText: "The bookmark on a poster puts a film here. It is kept on this device.", WatchCount: "{n} kept for later",

	TasteTitle: "Your taste", TasteGenres: "Genres", TasteDecades: "Decades", TasteMean: "You give {stars} stars on average",
	TasteEmpty:   "Your taste will show here after the first like.",
	HistoryTitle: "What you said", HistoryEmpty: "Nothing yet. Ratings and likes will be listed here, and each can be taken back.", Remove: "Forget {title}", LogTitle: "Every line that is kept ({n})", Earlier: "Show earlier ones",
	DataTitle: "Your data", DataText: "All of it is on this device, and only here.",
	Install: "Install on this device", Export: "Save a copy", Import: "Bring in a copy or MovieLens ratings", ImportDone: "{n} films are in.", ImportUnknown: "{n} more are not in this catalogue; they are kept for one that has them.",
	ImportGone: "{n} were taken back in the file itself and stay so.", ImportUnused: "{n} lines could not be used.",
	ImportReading: "Reading the file", ImportStop: "Stop", ImportStopped: "Stopped. Nothing was changed.",
	ImportLarge: "This file has {size}; a copy or one person’s ratings have less than {most}. Nothing was changed.", ImportMany: "A profile holds {n} entries, and this would be more. Nothing was changed.",
	ImportColumns: "This file’s first line names the columns {found}. Needed are “movieId” and “rating”, and “timestamp” if there is one. Nothing was changed.",
	ImportFailed:  "This file holds no ratings that can be read. Nothing was changed. A copy saved here and MovieLens’ ratings.csv both work.",
	Erase:         "Erase everything", EraseSure: "Erase your whole history on this device? Save a copy first if you may want it back.", EraseYes: "Erase it", EraseNo: "Keep it", EraseDone: "Erased. Sparrow no longer knows you.",
	Durable:    "Your history is kept on this device until you erase it.",
	NotDurable: "This browser refused storage, so your history lasts as long as this tab. Save a copy to keep it.",
	DataShared: "Yours alone, but for what you agreed to share; that is told below.", EraseSureShared: "Erase your whole history on this device, and what you shared with this site? Save a copy first if you may want it back.",
	ShareTitle:  "Help improve the recommendations",
	ShareText:   "Off, unless you switch it on; everything works the same without it. Switched on, this site is told which films you see, open and rate here, so that its lists get better for you and for others. It is told under a random number that is renewed every 30 days. Your name and your internet address are not kept.",
	ShareSwitch: "Share what I see, open and rate", ShareOn: "On", ShareOff: "Off",
	ShareNever:   "Your browser asks sites not to collect anything (Global Privacy Control or Do Not Track), so this stays off.",
	ShareNothing: "Nothing was shared from this device.", ShareWaiting: "Waiting until you are online again: {n}.",
	ShareDidOn: "Thank you. You can end it on your profile.", ShareDidOff: "Nothing more is shared.", ShareFailed: "That did not work, and nothing was changed. Please try again.",
	Unshare: "Delete what I shared", UnshareSure: "Delete everything that this device shared with this site? Sharing ends, too. Your history on this device stays.", UnshareYes: "Delete it",
	Unsharing: "Deleting", Unshared: "Deleted, here and at the site.", UnsharedPending: "Deleted here. The site will be told to delete its part as soon as it can be reached, and nothing else is sent before.",
	InviteTitle: "May this site learn from your choices?", InviteText: "It would be told what you see, open and rate here: under a random number, without your name or address. Your profile has the details, and the switch to end it.",
	InviteYes: "Yes", InviteNo: "No thanks",
	ModelTitle: "The catalogue", ModelText: "{name}: {n} films, knowledge up to {date}.", ModelHash: "Fingerprint {hash}",

	Lab: "The lab", LabAbout: "How films come to be alike and how a list is made, worked out on your device while you look.",
	LabLink: "Look inside, in the lab", LabAlike: "What makes films like this one alike", LabWaiting: "Shown as soon as the engine is awake",
	LabWays: "One film, six ways to be alike", LabWaysText: "Each column looks at one thing only, 1.00 being the same. The last is what the film’s page shows: story first, and taste the more, the more people have seen the film.",
	LabChoose: "Choose another with the search above, or follow any title on this page.", LabOpen: "Open its page", LabNone: "Nothing in common with any other film.",
	LabMap: "A map of taste", LabMapText: "The best known films, and yours. Films that the same people like lie close together. Taste has many more directions than a screen; these are the two in which it differs most.",
	LabMapKeys: "Each dot is a film, and choosing it puts it on the table above. With the keyboard: arrow keys walk, Enter chooses.", LabYours: "Yours", LabChosen: "On the table", LabRest: "Others",
	LabList: "Where your list comes from", LabListText: "Several sources each find a share of the candidates. Ranking looks at them closely and puts them in order. At last the list is kept from repeating itself, so it need not follow the ranking to the letter.",
	LabNewVisitor: "You have not said anything yet, so this is a stranger’s list; one like changes it.",
	LabModel:      "Made by", LabRankedBy: "Ranked by {name}", LabShared: "{n} of {all} are on the usual list, too", LabPlace: "Place", LabColumn: "Film, and what found it", LabMove: "Retrieved → ranked", LabCost: "What this list took: {ms} ms",
	LabProbe: "A quick search against an exact one", LabProbeText: "To find the ten films nearest to one, compare it with all of them. Or sort them into cells beforehand and look only into the nearest few: quicker, and now and then something is missed. Measured with 48 films, from the best known to the least.",
	LabCellsLabel: "Cells looked into", LabCells: "{n} of {all} cells", LabRecall: "Found, of the true ten nearest", LabCompared: "Compared, of all films",
	LabCurve: "Every setting at once: to the right what is compared, upwards what is found.",

	Starting: "Waking up", LoadingEngine: "Fetching the engine, once", LoadingModel: "Fetching the catalogue, once", LoadingBytes: "{loaded} of {total}",
	Offline:     "Offline, all here",
	FailedTitle: "The catalogue did not arrive", FailedStart: "The engine did not start", FailedNetwork: "The network gave up on the way. What you see stays; your likes are kept and count as soon as the catalogue is here.",
	FailedIntegrity: "What arrived is not what was sent, so it was thrown away. Your history is safe.",
	FailedDecode:    "The catalogue cannot be read by this version. Your history is safe. Reload the page to get the newest version.",
	FailedEngine:    "The engine could not start in this browser. The pages can still be read.",
	FailedKept:      "The last good catalogue goes on answering.", Retry: "Try again", UpdateWaits: "A newer Sparrow is ready.", UpdateNow: "Use it now",
	MissingTitle: "No such page", MissingText: "The address leads nowhere. The films are still where they were.", MissingItem: "This film is not in the catalogue", GoHome: "Back to the films", SkeletonText: "Loading",

	genres: map[string]string{"Children": "Children’s", "(no genres listed)": "Unsorted", "Sci-Fi": "Science fiction", "Film-Noir": "Film noir"},
	features: map[string]string{
		"releaseYear": "Its year", "movieRatingCount": "How many have seen it", "movieAvgRating": "What others give it", "movieRatingStddev": "How divided opinions are", "movieTrend": "Watched lately",
		"retrievalScore": "Nearness to your taste", "retrievalRank": "Rank by taste alone", "transitionFromLast": "Watched after your last film", "transitionFromRecent": "Watched after your recent films", "transitionFromSession": "Watched with the films of this sitting",
		"coOccurrence": "Liked together with yours", "similarityToLast": "Likeness to your last film", "similarityToRecent": "Likeness to your recent films", "genreAffinity": "Your favourite genres", "genreOfLast": "Genre of your last film",
		"yearDistance": "Distance from your years", "yearFromLast": "Years from your last film", "userRatingCount": "How much you have rated", "userAvgReleaseYear": "The years you like", "userReleaseYearStddev": "How wide your years are",
		"userAvgRating": "How kindly you rate", "userRatingStddev": "How varied your ratings are", "movieId": "The film itself", "movieGenre": "Its genres", "userGenre": "Your genres", "userRatedMovie": "Films you liked",
	},
	lab: map[string]string{
		"way:taste": "Taste", "about:taste": "Liked by the same people: the angle between two learned vectors.",
		"way:next": "Watched next", "about:next": "What people turned to afterwards.",
		"way:genres": "Genres", "about:genres": "The same genres; a rare one counts more.",
		"way:tags": "Tags", "about:tags": "Words that viewers gave it; rare ones count more.",
		"way:title": "Title", "about:title": "Words in the title, nothing else.",
		"way:shown": "As shown", "about:shown": "The mix on the film’s page.",
		"model:ranked": "Retrieved and ranked", "model:retrieved": "Retrieved only", "model:taste": "Taste as the only source", "model:popular": "What most people know",
		"source:taste": "taste", "source:transition": "watched next", "source:popular": "popular", "source:trending": "trending",
		"stage:retrieve": "Retrieving", "stage:rank": "Ranking", "stage:diversify": "Variety", "stage:reasons": "Reasons",
	},
	join: ", ", quote: [2]string{"", ""}, group: ",",
}

// Name and About are the app's name and description, in English, for places
// where the visitor's language is unknown.
var Name, About = english.Name, english.About
