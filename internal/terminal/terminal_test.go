package terminal

import "testing"

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain text, äöü, 日本":          "plain text, äöü, 日本",
		"a\nb\r\tc":                    `a\nb\r\tc`,
		"red\x1b[31m\x07":              "red[31m",
		"c1\u009b1mdel\x7f":            "c11mdel",
		"bidi\u202e\u2066\u200fend":    "bidiend",
		"lines\u2028\u2029":            "lines",
		"unseen\ufeff\U000e0041":       "unseen",
		"broken\xff\xfe utf8":          "broken utf8",
		"::error::x ::debug::y":        `\::error::x \::debug::y`,
		"\x1b::add-mask::x":            `\::add-mask::x`,
		"AWS::Region a::b ::/0 ::":     "AWS::Region a::b ::/0 ::",
		"a##[error]b ###[group]":       `a#\#[error]b ##\#[group]`,
		"##\x07vso[task.x]#[a] ##VSO[": `#\#vso[task.x]#[a] #\#VSO[`,
		"## heading ##vs":              "## heading ##vs",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\x1b[2J\u202e\n")
	f.Add("##vso[a]##[b] ::c::")
	f.Fuzz(func(t *testing.T, s string) {
		once := Clean(s)
		for _, r := range once {
			if Hostile(r) {
				t.Fatalf("Clean(%q) keeps %U", s, r)
			}
		}
		if Clean(once) != once {
			t.Fatalf("Clean(%q) is not stable", s)
		}
	})
}
