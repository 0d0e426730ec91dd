package main

import "fmt"

const (
	way      = "apart" // "together", "select", "length"
	count    = 4       // setting jobs
	capacity = 2
)

func producer(jobs chan<- int, over chan<- struct{}) {
	for job := 1; job <= count; job++ {
		jobs <- job //= send
	}
	if way == "select" {
		over <- struct{}{} //= say-over
	} else {
		close(jobs) //= close
	}
}

func main() {
	jobs := make(chan int, capacity)
	over := make(chan struct{})
	go producer(jobs, over) //= start
	switch way {
	case "apart":
		for {
			if _, ok := <-jobs; !ok { //= ask
				return
			}
			job := <-jobs    //= work
			fmt.Println(job) //= print-apart
		}
	case "together":
		for {
			job, ok := <-jobs //= both
			if !ok {
				return
			}
			fmt.Println(job) //= print-both
		}
	case "select":
		for {
			select { //= select
			case job := <-jobs: //= job
				fmt.Println(job)
			case <-over: //= told
				theRest(jobs)
				return
			}
		}
	case "length":
		for len(jobs) > 0 { //= length
			job := <-jobs    //= take
			fmt.Println(job) //= print-length
		}
	}
}

// What is in the buffer when the producer says that it is over.
func theRest(jobs <-chan int) {
	for {
		select { //= drain
		case job := <-jobs: //= left
			fmt.Println(job)
		default: //= empty
			return
		}
	}
}
