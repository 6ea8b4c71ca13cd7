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
		return new(forYouPage)
	case "kept":
		return &watchlistPage{}
	case "profile":
		return newProfilePage()
	case "lab":
		return newLabPage(r)
	case "search":
		return &searchPage{query: r.query.Get("q"), names: r.query.Get("titles") != ""}
	case "shared-list":
		return newSharedPage(r)
	case "for-two":
		return newTwoPage(r)
	case "shell":
		return shellPage{}
	}
	return missingPage{}
}
