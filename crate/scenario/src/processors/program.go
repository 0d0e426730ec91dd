package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

const (
	goroutines = 4
	gomaxprocs = 2
	work       = 3
	pause      = "never" // or "system-call", "yield"
)

var (
	sums [goroutines]int
	wg   sync.WaitGroup
)

func main() {
	runtime.GOMAXPROCS(gomaxprocs)
	wg.Add(goroutines) //= add
	for i := 1; i <= goroutines; i++ {
		go worker(i) //= start
	}
	wg.Wait() //= wait
	total := 0
	for _, sum := range sums {
		total += sum //= load
	}
	fmt.Println(total) //= print
}

func worker(number int) {
	defer wg.Done() //= leave
	for part := 1; part <= work; part++ {
		sums[number-1] = part //= work
		switch {
		case pause == "system-call" && number == 1 && part == 1:
			os.Stat(".") // Can take long where the files are on a network. //= system-call
		case pause == "yield":
			runtime.Gosched() //= yield
		}
	}
}
