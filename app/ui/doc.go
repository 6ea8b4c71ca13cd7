// Package ui has the pages and components of the progressive web app, its words in
// two languages, and what the pages share. It holds no algorithm: it asks a client
// for answers and shows them.
package ui
