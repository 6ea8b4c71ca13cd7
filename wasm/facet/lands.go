package facet

import "sparrow/wasm/catalog"

// lands are countries with their languages: what people write of one in a query, and what a column may call it.
// Only names that mean nothing else are there: "polish" is a verb, too, but no one writes it of an item.
var lands = [...][]string{
	{"america", "american", "usa", "us", "united states", "美国"},
	{"britain", "british", "uk", "gb", "united kingdom", "england", "英国"},
	{"english", "en", "eng", "英语", "英文"},
	{"france", "french", "fr", "fre", "fra", "法国", "法语", "法文"},
	{"germany", "german", "de", "ger", "deu", "德国", "德语", "德文"},
	{"italy", "italian", "it", "ita", "意大利", "意大利语"},
	{"spain", "spanish", "es", "spa", "西班牙", "西班牙语"},
	{"portugal", "portuguese", "pt", "por", "葡萄牙", "葡萄牙语"},
	{"japan", "japanese", "jp", "ja", "jpn", "日本", "日语", "日文"},
	{"china", "chinese", "cn", "zh", "chi", "zho", "中国", "中文", "国产", "华语"},
	{"korea", "korean", "kr", "ko", "kor", "south korea", "韩国", "韩语"},
	{"india", "indian", "in", "hindi", "hi", "hin", "印度", "印地语"},
	{"russia", "russian", "ru", "rus", "俄罗斯", "俄国", "俄语"},
	{"sweden", "swedish", "se", "sv", "swe", "瑞典", "瑞典语"},
	{"denmark", "danish", "dk", "da", "dan", "丹麦", "丹麦语"},
	{"norway", "norwegian", "no", "nor", "挪威", "挪威语"},
	{"finland", "finnish", "fi", "fin", "芬兰", "芬兰语"},
	{"poland", "polish", "pl", "pol", "波兰", "波兰语"},
	{"netherlands", "dutch", "nl", "dut", "nld", "荷兰", "荷兰语"},
	{"turkey", "turkish", "tr", "tur", "土耳其", "土耳其语"},
	{"iran", "iranian", "persian", "ir", "fa", "per", "伊朗", "波斯语"},
	{"thailand", "thai", "th", "tha", "泰国", "泰语"},
	{"mexico", "mexican", "mx", "墨西哥"},
	{"brazil", "brazilian", "br", "巴西"},
}

// leastName is how many letters a word of a query has at least that names a land: codes are only what columns say.
const leastName = 4

// Land returns all names of the land that the first of words name, and how many of them do; nil and 0 where they
// name none.
func Land(words []string) (names []string, n int) {
	for _, all := range lands {
		for _, name := range all {
			own := catalog.Words(name)
			if m := count(words, own); m > n && (len(name) >= leastName) {
				names, n = all, m
			}
		}
	}
	return names, n
}

// Calls reports whether one of the names of a land is all of text, the value of a column.
func Calls(names []string, text string) bool {
	own := catalog.Words(text)
	for _, name := range names {
		if theirs := catalog.Words(name); len(own) > 0 && len(theirs) == len(own) && count(own, theirs) > 0 {
			return true
		}
	}
	return false
}
