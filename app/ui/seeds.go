package ui

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"sparrow/wasm/protocol"
)

// seeds are the answers a page was rendered from, by requestKey.
type seeds map[string]protocol.Answer

// plain is the character of a byte that does not stand for itself in a page: it is plain above the byte.
const plain = 0x100

// text returns the seeds as the text of a script: MessagePack, of which bytes that HTML, or a host that
// rewrites it, could read as something else stand as other characters. To read JSON of the same answers
// takes a slow phone a tenth of a second.
func (all seeds) text() string {
	bytes := protocol.AppendAnswers(nil, slices.Sorted(maps.Keys(all)), all)
	var text strings.Builder
	for _, b := range bytes {
		if b < ' ' || b > '~' || b == '<' || b == '&' {
			text.WriteRune(plain + rune(b))
		} else {
			text.WriteByte(b)
		}
	}
	return text.String()
}

// readSeeds reads what text returned.
func readSeeds(text string) (seeds, error) {
	b := make([]byte, 0, len(text))
	for _, c := range text {
		if c >= plain {
			c -= plain
		}
		if c > 0xff {
			return nil, errors.New("a character that stands for no byte")
		}
		b = append(b, byte(c))
	}
	return protocol.DecodeAnswers(b)
}
