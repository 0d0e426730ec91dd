package main

import "fmt"

const (
	items    = 2
	capacity = 0
)

var (
	ch   = make(chan int, capacity)
	done = make(chan struct{})
)

func main() {
	go receiver() //= start
	for item := 1; item <= items; item++ {
		ch <- item                //= send
		fmt.Println("sent", item) //= sent
	}
	<-done //= wait
}

func receiver() {
	for i := 0; i < items; i++ {
		item := <-ch             //= receive
		fmt.Println("got", item) //= got
	}
	close(done) //= done
}
