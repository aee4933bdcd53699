// Command records writes made-up CloudTrail records, as a trail delivers them into its
// bucket: a week of two accounts and two regions.
//
//	go run ./records [-n RECORDS] [-files N] [-seed N] DIR
//
// What filter patterns ask for is drawn as often as in real records (calls.txt); all else
// is unique and means nothing. The same flags write the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"sync"
)

func main() {
	var t trail
	flag.IntVar(&t.records, "n", 1_000_000, "`RECORDS` to write")
	flag.IntVar(&t.files, "files", 200, "`N` files to write them into")
	flag.Uint64Var(&t.seed, "seed", 1, "`N` that another N makes other records of")
	flag.Parse()
	if flag.NArg() != 1 || t.files < 1 || t.records < t.files {
		flag.Usage()
		os.Exit(2)
	}
	t.dir = flag.Arg(0)
	if err := t.write(); err != nil {
		fmt.Fprintln(os.Stderr, "records:", err)
		os.Exit(1)
	}
}

// write writes all files, as many at a time as there are cores. Each has its own source of
// chance, so that their order changes nothing.
func (t trail) write() error {
	calls, err := readCalls()
	if err != nil {
		return err
	}
	next := make(chan int)
	errs := make([]error, t.files)
	var workers sync.WaitGroup
	for range runtime.NumCPU() {
		workers.Go(func() {
			for i := range next {
				errs[i] = t.writeFile(i, calls)
			}
		})
	}
	for i := range t.files {
		next <- i
	}
	close(next)
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
