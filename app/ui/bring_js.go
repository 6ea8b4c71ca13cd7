package ui

import "syscall/js"

// sourceOf returns a File of the browser, or of null the one that came from outside of the page, as a source.
func sourceOf(file js.Value) source {
	return func(hear func(brought)) func() {
		heard := callback(func(m js.Value) { hear(broughtOf(m)) })
		stop := window.Get("sparrow").Call("read", file, heard)
		return func() {
			stop.Invoke()
			heard.Release()
		}
	}
}

// chosen returns the file that was chosen in the input called id, nil for none.
func chosen(id string) source {
	input := document.Call("getElementById", id)
	file := input.Get("files").Index(0)
	if !file.Truthy() {
		return nil
	}
	input.Set("value", "")
	return sourceOf(file)
}

// linksAlone returns what sends the numbers at film sites, and nothing else.
func linksAlone() source { return sourceOf(js.Null()) }

// onDrop calls f with a file that is dropped on the page while wanted.
func onDrop(wanted func() bool, f func(source)) {
	over := func(e js.Value) bool {
		data := e.Get("dataTransfer")
		ours := wanted() && data.Truthy() && data.Get("types").Call("includes", "Files").Bool()
		if ours {
			e.Call("preventDefault")
		}
		return ours
	}
	document.Call("addEventListener", "dragover", callback(func(e js.Value) { over(e) }))
	document.Call("addEventListener", "drop", callback(func(e js.Value) {
		if over(e) {
			if file := e.Get("dataTransfer").Get("files").Index(0); file.Truthy() {
				f(sourceOf(file))
			}
		}
	}))
}

// onOffer calls f with the name of a file that was shared to the app, or opened with it, and the file.
func onOffer(f func(name string, file source)) {
	bridge := window.Get("sparrow")
	if bridge.Truthy() {
		bridge.Call("offered", callback(func(file js.Value) { f(file.Get("name").String(), sourceOf(file)) }))
	}
}

func broughtOf(m js.Value) brought {
	b := brought{kind: field(m, "type"), part: number(m, "part"), text: field(m, "text"), code: field(m, "code")}
	if bytes := m.Get("bytes"); bytes.Truthy() {
		b.bytes = make([]byte, bytes.Get("length").Int())
		js.CopyBytesToGo(b.bytes, bytes)
	}
	if text := field(m, "found"); text != "" {
		b.found = []string{text}
	} else {
		b.found = textsOf(m.Get("found"))
	}
	b.formats, b.files = textsOf(m.Get("formats")), textsOf(m.Get("files"))
	if all := m.Get("remarks"); all.Truthy() {
		for i := range all.Length() {
			one := all.Index(i)
			b.remarks = append(b.remarks, remark{field(one, "kind"), int(number(one, "count")), field(one, "place")})
		}
	}
	return b
}

func textsOf(list js.Value) (texts []string) {
	if list.Type() != js.TypeObject {
		return nil
	}
	for i := range list.Length() {
		texts = append(texts, list.Index(i).String())
	}
	return texts
}
