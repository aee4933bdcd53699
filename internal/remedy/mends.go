package remedy

import "maps"

// mends are the codes that have a change, and how it is made.
var mends = func() map[string]func(*work) {
	all := map[string]func(*work){}
	for _, some := range []map[string]func(*work){trailMends, filterMends, alarmMends, topicMends, subscriptionMends, receiverMends} {
		maps.Copy(all, some)
	}
	return all
}()

func set(path string, v value) func(*work) { return func(w *work) { w.assign(path, v) } }

func remove(paths ...string) func(*work) {
	return func(w *work) {
		for _, p := range paths {
			w.drop(p)
		}
	}
}
