package main

import (
	"bufio"
	"fmt"
	"os"
	"sync"
)

const rounds = 3

func reader(done chan<- struct{}) {
	bufio.NewReader(os.Stdin).ReadString('\n') //= press
	close(done)                                //= close
}

func worker(done <-chan struct{}, wg *sync.WaitGroup) {
	defer wg.Done() //= leave
	for i := 0; i < rounds; i++ {
		select { //= poll
		case <-done: //= look
			fmt.Println("cancelled") //= cancelled
			return
		default: //= work
		}
	}
	fmt.Println("finished") //= finished
}

func main() {
	done := make(chan struct{})
	var wg sync.WaitGroup

	go reader(done)      //= start-reader
	wg.Add(1)            //= add
	go worker(done, &wg) //= start-worker
	wg.Wait()            //= wait
}
