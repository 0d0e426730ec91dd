package main

import (
	"fmt"
	"sync"
)

const (
	workers = 2
	// "waitgroup", "channel", "none", "add-inside", "no-done", "done-twice", "copy"
	how = "waitgroup"
)

var (
	finished = make(chan int)
	wg       sync.WaitGroup
)

func main() {
	if how != "channel" && how != "none" && how != "add-inside" {
		wg.Add(workers) //= add
	}
	theirs := &wg
	if how == "copy" { // What a copy would be: go vet refuses a real one.
		theirs = new(sync.WaitGroup)
		theirs.Add(workers) //= copy
	}
	for i := 1; i <= workers; i++ {
		go worker(i, theirs) //= start
	}
	switch how {
	case "none":
	case "channel":
		for i := 0; i < workers; i++ {
			<-finished //= receive
		}
	default:
		wg.Wait() //= wait
	}
	fmt.Println("main is done") //= main-done
}

func worker(number int, wg *sync.WaitGroup) {
	if how == "add-inside" {
		wg.Add(1) //= add-inside
	}
	fmt.Printf("worker %d works\n", number) //= work
	switch {
	case how == "none":
		return
	case how == "channel":
		finished <- number //= send
		return
	case how == "no-done" && number == 1:
		return //= no-done
	case how == "done-twice" && number == 1:
		wg.Done() //= done-again
	}
	wg.Done() //= done
}
