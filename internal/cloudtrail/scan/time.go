package scan

import "time"

// Minute reads a time as CloudTrail writes it, and returns the minutes since 1970. It is
// not ok if it is none.
func Minute(raw []byte) (minute int64, ok bool) {
	if len(raw) == len(`"2006-01-02T15:04:05Z"`) && raw[len(raw)-2] == 'Z' {
		if minute, ok := plainMinute(raw[1 : len(raw)-2]); ok {
			return minute, true
		}
	}
	text, _ := decode(raw).(string)
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return 0, false
	}
	return floorDiv(at.Unix(), 60), true
}

// plainMinute reads 2006-01-02T15:04:05 without what other forms need.
func plainMinute(b []byte) (int64, bool) {
	for i, c := range []byte("0000-00-00T00:00:00") {
		if c == '0' && (b[i] < '0' || b[i] > '9') || c != '0' && b[i] != c {
			return 0, false
		}
	}
	two := func(i int) int { return int(b[i]-'0')*10 + int(b[i+1]-'0') }
	year, month, day, hour, minute, second := two(0)*100+two(2), two(5), two(8), two(11), two(14), two(17)
	if month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59 {
		return 0, false // or the end of a month: time.Parse knows
	}
	return daysBefore(year, month, day)*1440 + int64(hour*60+minute), true
}

// daysBefore returns the days from 1970 to a date, by counting years from March on, so
// that the day of a leap year comes last.
func daysBefore(year, month, day int) int64 {
	if month <= 2 {
		year, month = year-1, month+12
	}
	return int64(365*year+floor(year, 4)-floor(year, 100)+floor(year, 400)+(153*(month-3)+2)/5+day-1) - 719468
}

func floor(a, b int) int { return int(floorDiv(int64(a), int64(b))) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}
