package main

import (
	"fmt"
	"os"
	"sync"
)

const (
	onCancel = "drain" // or "leave"
	poll     = true
	branches = 1
	depth    = 1
	limit    = 1
)

var (
	done  = make(chan struct{})
	sizes = make(chan int)
	open  = make(chan struct{}, limit)
	wg    sync.WaitGroup
)

// A virtual directory: its name is the way to it, and it has one file.
type directory struct {
	path        string
	levelsBelow int
}

func main() {
	go reader()                      //= start-reader
	wg.Add(1)                        //= add-root
	go walker(directory{"/", depth}) //= start-root
	go closer()                      //= start-closer

	files, bytes := 0, 0
loop:
	for {
		select { //= select
		case <-done: //= cancelled
			if onCancel == "drain" {
				for range sizes { //= drain
				}
			}
			fmt.Println("cancelled") //= print-cancelled
			return
		case size, ok := <-sizes: //= receive
			if !ok {
				break loop
			}
			files++
			bytes += size
		}
	}
	fmt.Printf("%d files, %d bytes\n", files, bytes) //= print
}

func reader() {
	os.Stdin.Read(make([]byte, 1)) //= cancel
	close(done)                    //= close-done
}

// closer closes sizes when the last walker has gone: nobody can send any more.
func closer() {
	wg.Wait()    //= wait-walkers
	close(sizes) //= close-sizes
}

func walker(dir directory) {
	defer wg.Done() //= walker-done
	if poll {
		select { //= poll
		case <-done: //= quit
			return
		default:
		}
	}
	directories, size, ok := list(dir)
	if !ok {
		return
	}
	for _, below := range directories {
		wg.Add(1)        //= add-walker
		go walker(below) //= start-walker
	}
	sizes <- size //= send
}

// list gives what is in a directory. With no room among the open ones it
// waits, and that wait can be cancelled.
func list(dir directory) (directories []directory, size int, ok bool) {
	select { //= acquire
	case open <- struct{}{}: //= opened
	case <-done: //= not-opened
		return nil, 0, false
	}
	if dir.levelsBelow > 0 {
		for i := 1; i <= branches; i++ {
			path := fmt.Sprintf("%s%d/", dir.path, i)
			directories = append(directories, directory{path, dir.levelsBelow - 1})
		}
	}
	<-open //= release
	return directories, 100 + dir.levelsBelow, true
}
