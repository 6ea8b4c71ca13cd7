package titles

import (
	"strings"
	"unicode"
	"unicode/utf8"

	spelling "github.com/mozillazg/go-pinyin"
)

// phrases are words in which a character is not spoken as it is by itself.
var phrases = []struct{ word, spelled string }{
	{"正传", "zheng zhuan"}, {"传记", "zhuan ji"}, {"特传", "te zhuan"}, {"地传", "di zhuan"}, {"前传", "qian zhuan"}, {"外传", "wai zhuan"}, {"水浒传", "shui hu zhuan"},
	{"重重", "chong chong"}, {"重装", "chong zhuang"}, {"重生", "chong sheng"}, {"重逢", "chong feng"}, {"重返", "chong fan"},
	{"长大", "zhang da"}, {"船长", "chuan zhang"}, {"队长", "dui zhang"}, {"部长", "bu zhang"}, {"成长", "cheng zhang"}, {"家长", "jia zhang"},
	{"音乐", "yin yue"}, {"返老还童", "fan lao huan tong"}, {"了不起", "liao bu qi"}, {"未了", "wei liao"}, {"邮差", "you chai"}, {"番茄", "fan qie"},
	{"什么", "shen me"}, {"银行", "yin hang"}, {"行家", "hang jia"}, {"投降", "tou xiang"}, {"降魔", "xiang mo"}, {"西藏", "xi zang"}, {"宝藏", "bao zang"},
	{"睡觉", "shui jiao"}, {"都市", "du shi"}, {"首都", "shou du"}, {"大都会", "da du hui"}, {"朝阳", "zhao yang"}, {"速率", "su lv"},
	{"角斗", "jue dou"}, {"主角", "zhu jue"}, {"模样", "mu yang"}, {"着火", "zhao huo"}, {"星宿", "xing xiu"},
}

// pinyin returns a Chinese name in Latin letters: a syllable for each character, without
// tones and with v for ü, and other letters and digits as they are, a blank between words.
func pinyin(name string) string {
	var words []string
	within := false // a word of other letters
	for name != "" {
		c, size := utf8.DecodeRuneInString(name)
		if !unicode.Is(unicode.Han, c) {
			if letter := unicode.IsLetter(c) || unicode.IsDigit(c); letter && within {
				words[len(words)-1] += string(unicode.ToLower(c))
			} else if within = letter; letter {
				words = append(words, string(unicode.ToLower(c)))
			}
			name = name[size:]
			continue
		}
		within = false
		spelled := ""
		for _, p := range phrases {
			if strings.HasPrefix(name, p.word) {
				spelled, size = p.spelled, len(p.word)
				break
			}
		}
		if spelled == "" {
			if all := spelling.SinglePinyin(c, spelling.NewArgs()); len(all) > 0 {
				spelled = all[0]
			}
		}
		if spelled != "" {
			words = append(words, spelled)
		}
		name = name[size:]
	}
	return strings.Join(words, " ")
}
