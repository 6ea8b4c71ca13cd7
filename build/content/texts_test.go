package content

import (
	"math"
	"testing"
)

// TestTextsByHand: items 0 and 1 have the same two words, item 2 one of them and a rarer one, item 3 words
// that no other has, item 4 no text.
func TestTextsByHand(t *testing.T) {
	v := Texts([][]string{{"Sea and Ships", "ships and sea", "sea captain", "alone", ""}, {"x", "", "captain, old", "", "old"}}, 4, 1)
	cosine := func(a, b int) (sum float64) {
		for k := range 4 {
			sum += float64(v[a*4+k] * v[b*4+k])
		}
		return sum
	}
	if same := cosine(0, 1); math.Abs(same-1) > 1e-5 {
		t.Errorf("items of the same words have a cosine of %v", same)
	}
	if part := cosine(0, 2); part < 0.1 || part > 0.8 {
		t.Errorf("items that share a word have a cosine of %v", part)
	}
	if own := cosine(2, 4); own < 0.3 {
		t.Errorf("items that share a word of the second column have a cosine of %v", own)
	}
	if length := cosine(3, 3); length != 0 {
		t.Errorf("an item without a word of others has a vector of length %v", length)
	}
}
