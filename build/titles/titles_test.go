package titles

import (
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
)

func three() *catalog.Catalog {
	c := &catalog.Catalog{IDs: []catalog.ID{"1", "2", "x,3"}, Titles: []string{"One", "Two", "Three"}, Years: []int16{0, 0, 0}}
	c.Index()
	return c
}

// namesOf returns what the items of a column are called.
func namesOf(c *attribute.Column) (all [][]string) {
	for r := range 3 {
		var own []string
		for _, code := range c.Of(r) {
			own = append(own, c.Texts.At(int(code)-1))
		}
		all = append(all, own)
	}
	return all
}

func TestNamesBecomeColumns(t *testing.T) {
	got, err := read(strings.NewReader("\ufefflang,item_id,note,title\nDE,1,,Eins\n\"zh\",2,, 卧虎藏龙 \nzh,2,,猫2 E.T.\nzh,1,,—\n,\"x,3\",,\"The \"\"third\"\"\"\nde,1,,Eins\nde,9,,Neun\npt-BR,2,,<script>\n"), three())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][][]string{
		"title_de": {{"Eins"}, nil, nil}, "title_zh": {{"—"}, {"卧虎藏龙", "猫2 E.T."}, nil}, "title_pinyin": {{"—"}, {"wo hu cang long", "mao 2 e t"}, nil},
		"title_also": {nil, nil, {`The "third"`}}, "title_pt-br": {nil, {"<script>"}, nil},
	}
	if len(got.Columns) != len(want) || got.Names != 6 || got.Items != 3 || got.Again != 1 || got.Unknown != 1 || got.First != `line 8: item "9"` {
		t.Errorf("read = %+v", got)
	}
	for i := range got.Columns {
		c := &got.Columns[i]
		if problem := c.Check(3); problem != "" {
			t.Errorf("%s: %s", c.Name, problem)
		}
		if names := namesOf(c); !slices.EqualFunc(names, want[c.Name], slices.Equal[[]string]) {
			t.Errorf("%s has %q, want %q", c.Name, names, want[c.Name])
		}
	}
	if text := got.String(); !strings.Contains(text, "6 names of 3 items") || !strings.Contains(text, "lacks their items: 1 row, the first at line 8") {
		t.Errorf("it says %q", text)
	}
}

func TestWhatCannotBeMeantIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":           {"", "header"},
		"no such column":    {"id,lang,title\n", "no column item_id"},
		"a language":        {"item_id,lang,title\n1,german,Eins\n", `line 2: the language "german" is none`},
		"no title":          {"item_id,lang,title\n1,de,\n", "line 2: no title"},
		"too long":          {"item_id,lang,title\n1,de," + strings.Repeat("a", 256) + "\n", "256 bytes"},
		"two lines":         {"item_id,lang,title\n1,de,\"a\nb\"\n", "not shown"},
		"not UTF-8":         {"item_id,lang,title\n1,de,\xff\n", "not UTF-8"},
		"a column too many": {"item_id,lang,title\n1,de,a,b\n", "wrong number of fields"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := read(strings.NewReader(c.text), three()); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("read says %v, want %q", err, c.want)
			}
		})
	}
}

func TestNamesTakeThePlaceOfOlderOnes(t *testing.T) {
	c := three()
	for _, text := range []string{"1,de,Eins\n2,zh,二\n", "1,de,Ein\n"} {
		names, err := read(strings.NewReader("item_id,lang,title\n"+text), c)
		if err == nil {
			err = names.Give(c, false)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := names.Give(c, true); err == nil || !strings.Contains(err.Error(), "title_de") {
			t.Errorf("a column of items.csv and of titles.csv: %v", err)
		}
	}
	if len(c.Attributes) != 3 || namesOf(&c.Attributes[0])[0][0] != "Ein" {
		t.Errorf("columns %+v", c.Attributes)
	}
}

func TestPinyin(t *testing.T) {
	for name, want := range map[string]string{
		"肖申克的救赎": "xiao shen ke de jiu shu", "黑客帝国2：重装上阵": "hei ke di guo 2 chong zhuang shang zhen", "X战警": "x zhan jing",
		"美女与野兽": "mei nv yu ye shou", "人鬼情未了": "ren gui qing wei liao", "Up": "up", "—": "",
	} {
		if got := pinyin(name); got != want {
			t.Errorf("pinyin(%s) = %q, want %q", name, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("item_id,lang,title\n1,de,Eins\n2,zh,二\n")
	f.Fuzz(func(t *testing.T, text string) {
		names, err := read(strings.NewReader(text), three())
		if err != nil {
			return
		}
		for i := range names.Columns {
			if problem := names.Columns[i].Check(3); problem != "" {
				t.Errorf("%s: %s", names.Columns[i].Name, problem)
			}
		}
	})
}
