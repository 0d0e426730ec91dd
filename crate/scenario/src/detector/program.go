package main

import (
	"fmt"
	"sync"
)

const reads = "if-ready" // or "after-lock", "when-ready"

var (
	settings = "the defaults"
	ready    = make(chan struct{})
	loads    int
	mu       sync.Mutex
)

func main() {
	go loader() //= start
	switch reads {
	case "if-ready":
		select { //= look
		case <-ready: //= in-time
		default:
			fmt.Println("not waiting") //= not-waiting
		}
	case "after-lock":
		mu.Lock()                       //= main-locks
		count := loads                  //= count
		mu.Unlock()                     //= main-unlocks
		fmt.Printf("%d loads\n", count) //= print-count
	case "when-ready":
		<-ready //= wait
	}
	now := settings  //= read
	fmt.Println(now) //= print
}

func loader() {
	settings = "from the file" //= write
	if reads == "after-lock" {
		mu.Lock()   //= loader-locks
		loads++     //= add-one
		mu.Unlock() //= loader-unlocks
	}
	close(ready) //= ready
}
