package main

import (
	"fmt"
	"sync"
)

const (
	how      = "close" // setting stop: or "one", "each"
	workers  = 3
	jobCount = 2 // setting jobs
)

var (
	jobs = make(chan int)
	stop = make(chan struct{})
	wg   sync.WaitGroup
)

func main() {
	wg.Add(workers) //= add
	for i := 1; i <= workers; i++ {
		go worker() //= start
	}
	for job := 1; job <= jobCount; job++ {
		jobs <- job //= send-job
	}
	switch how {
	case "close":
		close(stop) //= close
	case "one":
		stop <- struct{}{} //= send-one
	case "each":
		for i := 0; i < workers; i++ {
			stop <- struct{}{} //= send-each
		}
	}
	wg.Wait() //= wait
}

func worker() {
	defer wg.Done() //= done
	for {
		select { //= select
		case <-stop: //= stop
			return
		case job := <-jobs: //= job
			fmt.Println(job)
		}
	}
}
