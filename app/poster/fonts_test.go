package poster

import (
	"testing"

	"sparrow/build/bundledir"
)

// advances are the widths of the characters from the blank to "~" in the serifs that pages are shown with, in
// thousandths of the type size: of Georgia by Gelasio, and of Times by Liberation Serif, which are made to the
// same measures.
var advances = []struct {
	font string
	of   [95]int
}{
	{"Georgia", [95]int{
		241, 331, 412, 643, 610, 817, 710, 215, 375, 375, 472, 643, 270, 374, 270, 469, 614, 430, 559, 552, 565, 528, 566, 502,
		596, 566, 312, 312, 643, 643, 643, 479, 929, 671, 654, 642, 749, 653, 599, 725, 815, 390, 518, 694, 604, 927, 767, 744,
		610, 744, 702, 561, 619, 756, 667, 976, 710, 615, 602, 375, 469, 375, 643, 643, 500, 504, 560, 454, 574, 483, 325, 509,
		582, 293, 292, 536, 286, 881, 591, 539, 571, 560, 410, 432, 345, 575, 497, 737, 505, 492, 444, 430, 375, 430, 643,
	}},
	{"Times", [95]int{
		250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
		500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
		556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500,
		500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
	}},
	{"DejaVu Serif", [95]int{
		318, 402, 460, 838, 636, 950, 890, 275, 390, 390, 500, 838, 318, 338, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636,
		636, 636, 337, 337, 838, 838, 838, 536, 1000, 722, 735, 765, 802, 730, 694, 799, 872, 395, 401, 747, 664, 1024, 875, 820,
		673, 820, 753, 685, 667, 843, 722, 1028, 712, 660, 695, 390, 337, 390, 838, 500, 500, 596, 640, 560, 640, 592, 370, 640,
		644, 320, 310, 606, 320, 948, 644, 602, 640, 640, 478, 513, 402, 644, 565, 856, 564, 565, 527, 636, 337, 636, 838,
	}},
	{"Noto Serif", [95]int{
		260, 332, 408, 559, 559, 896, 742, 220, 346, 346, 500, 559, 250, 310, 250, 288, 559, 559, 559, 559, 559, 559, 559, 559,
		559, 559, 286, 286, 559, 559, 559, 474, 921, 705, 654, 614, 727, 623, 590, 714, 793, 367, 357, 700, 623, 938, 763, 742,
		604, 742, 656, 544, 613, 717, 675, 1047, 660, 625, 592, 360, 288, 360, 559, 459, 274, 563, 614, 492, 614, 535, 369, 538,
		635, 320, 300, 585, 310, 945, 645, 577, 614, 614, 471, 451, 352, 635, 579, 862, 578, 565, 511, 428, 559, 428, 559,
	}},
}

// farthest is how far from a poster's left edge a line may reach: it stays 6 of 200 off the right one.
const farthest = width - 6

// TestTitlesFitInEverySerif sets the demo's titles and measures each line in each font: none reaches the edge.
// A line with letters of other alphabets is not measured.
func TestTitlesFitInEverySerif(t *testing.T) {
	b, _, err := bundledir.Open("../../data/demo")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, title := range b.Catalog.Titles {
		set, size := typeset(title)
		for _, line := range set {
			for _, f := range advances {
				w, known := 0, true
				for _, r := range line {
					if r == '…' {
						w += 1000
						continue
					}
					if known = known && r >= ' ' && r <= '~'; known {
						w += f.of[r-' ']
					}
				}
				if lines++; known && margin+w*size/1000 > farthest {
					t.Errorf("%s: %q of %q ends at %d of %d", f.font, line, title, margin+w*size/1000, farthest)
				}
			}
		}
	}
	if lines < 10_000 {
		t.Errorf("%d lines are measured", lines)
	}
}
