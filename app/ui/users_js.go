package ui

import "syscall/js"

// findUser gives then what static/js/users.js knows of a person of the data set, "" where the site has none, or why
// that cannot be known.
func findUser(id string, then func(text string, failed news)) { askUsers("find", id, then) }

// firstUser gives then the id of the first person of the data set, "" for none, or where that cannot be known.
func firstUser(then func(id string, failed news)) { askUsers("first", "", then) }

func askUsers(name, id string, then func(text string, failed news)) {
	var heard js.Func
	heard = callback(func(v js.Value) {
		heard.Release()
		if v.Type() == js.TypeString {
			then(v.String(), news{})
			return
		}
		window.Get("console").Call("warn", "sparrow: people of the data set:", v)
		failed := news{kind: "failed", code: field(v, "code"), status: number(v, "status")}
		if failed.code == "" { // an error of the browser, while the bytes came
			failed.code = "network"
		}
		then("", failed)
	})
	window.Get("sparrow").Call("use", "users.js", name, base+"/v1/", id).Call("then", heard, heard)
}
