package main

import "fmt"

const (
	way      = "apart" // "together", "length"
	count    = 4       // setting jobs
	capacity = 2
)

func producer(jobs chan<- int) {
	for job := 1; job <= count; job++ {
		jobs <- job //= send
	}
	close(jobs) //= close
}

func main() {
	jobs := make(chan int, capacity)
	go producer(jobs) //= start
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
	case "length":
		for len(jobs) > 0 { //= length
			job := <-jobs    //= take
			fmt.Println(job) //= print-length
		}
	}
}
