package ui

// newPage returns the page that r names, still empty.
func newPage(r route) page {
	switch r.page {
	case "home":
		return &homePage{}
	case "browse":
		return newBrowsePage(r)
	case "item":
		return newItemPage(r)
	case "for-you":
		p := new(forYouPage)
		if r.query.Has("surprise") { // of the installed app
			p.draw = int(now()&0xffffff) + 1
		}
		return p
	case "kept":
		return &watchlistPage{}
	case "history":
		return newHistoryPage(r)
	case "profile":
		return newProfilePage()
	case "taste":
		return new(tastePage)
	case "lab":
		return newLabPage(r)
	case "search":
		return &searchPage{query: r.query.Get("q"), names: r.query.Get("titles") != ""}
	case "shared-list":
		return newSharedPage(r)
	case "for-two":
		return newTwoPage(r)
	case "user":
		return &userPage{id: r.param}
	case "shell":
		return shellPage{}
	}
	return missingPage{}
}
