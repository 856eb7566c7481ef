// Goroutines behind a C interface: a pool of workers that take the numbers of tasks. What runs is a C function,
// which throws nothing.
package main

/*
#include <stddef.h>
typedef void (*runoff_task)(void* data, size_t first, size_t last);
static inline void call(runoff_task task, void* data, size_t first, size_t last) { task(data, first, last); }
*/
import "C"

import (
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

// A loop that is under way.
type loop struct {
	tasks   int64
	next    int64
	task    C.runoff_task
	data    unsafe.Pointer
	numbers chan int
	done    sync.WaitGroup
}

// A worker for each channel. A goroutine in a C function keeps its thread, and Go makes another for those that
// wait: only goroutines that are bound to threads are as many workers as were asked for.
var pool []chan *loop
var ended sync.WaitGroup

//export runoff_go_start
func runoff_go_start(workers C.size_t) {
	runtime.GOMAXPROCS(int(workers))
	var ready sync.WaitGroup
	for i := 0; i < int(workers); i++ {
		loops := make(chan *loop, 1)
		pool = append(pool, loops)
		ready.Add(1)
		ended.Add(1)
		go func() {
			runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
			ready.Done()
			for one := range loops {
				one.work()
				one.done.Done()
			}
			ended.Done()
		}()
	}
	ready.Wait()
}

//export runoff_go_end
func runoff_go_end() {
	for _, loops := range pool {
		close(loops)
	}
	ended.Wait()
	pool = nil
}

func (one *loop) work() {
	if one.numbers != nil {
		for number := range one.numbers {
			C.call(one.task, one.data, C.size_t(number), C.size_t(number+1))
		}
		return
	}
	for {
		number := atomic.AddInt64(&one.next, 1) - 1
		if number >= one.tasks {
			return
		}
		C.call(one.task, one.data, C.size_t(number), C.size_t(number+1))
	}
}

// Runs tasks by a channel that hands their numbers out, or by a counter that all workers advance.
//
//export runoff_go_for_each
func runoff_go_for_each(tasks C.size_t, byChannel C.int, task C.runoff_task, data unsafe.Pointer) {
	one := &loop{tasks: int64(tasks), task: task, data: data}
	if byChannel != 0 {
		one.numbers = make(chan int, 64)
	}
	one.done.Add(len(pool))
	for _, loops := range pool {
		loops <- one
	}
	if byChannel != 0 {
		for number := 0; number < int(tasks); number++ {
			one.numbers <- number
		}
		close(one.numbers)
	}
	one.done.Wait()
}

//export runoff_go_version
func runoff_go_version() *C.char { return C.CString(runtime.Version()) }

func main() {}
