//! Rayon behind a C interface: a pool, a parallel loop in it, and a fork-join. What runs is a C function, which
//! throws nothing and is called with the number of a task.

use rayon::prelude::*;
use std::os::raw::{c_char, c_int, c_void};
use std::thread::{Builder, JoinHandle};

type Task = extern "C" fn(*mut c_void, usize);

/// The data of the C function, which it knows to share among threads.
#[derive(Clone, Copy)]
struct Data(*mut c_void);
unsafe impl Send for Data {}
unsafe impl Sync for Data {}

impl Data {
    fn call(self, task: Task, number: usize) {
        task(self.0, number)
    }
}

pub struct Pool {
    pool: rayon::ThreadPool,
    threads: Vec<JoinHandle<()>>,
}

fn join_all(threads: Vec<JoinHandle<()>>) {
    threads.into_iter().for_each(|thread| drop(thread.join()));
}

/// A pool of threads with stacks of so many bytes; 0: of the usual size. Null where a thread cannot be had, with
/// how many could, and the system's error.
#[no_mangle]
pub unsafe extern "C" fn runoff_rayon_pool(
    workers: usize,
    stack: usize,
    started: *mut usize,
    error: *mut c_int,
) -> *mut Pool {
    let mut threads = Vec::new();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).stack_size(stack).spawn_handler(|thread| {
        let builder = match thread.stack_size() {
            Some(bytes) if bytes > 0 => Builder::new().stack_size(bytes),
            _ => Builder::new(),
        };
        match builder.spawn(|| thread.run()) {
            Ok(thread) => threads.push(thread),
            Err(why) => {
                *error = why.raw_os_error().unwrap_or(0);
                return Err(why);
            }
        }
        Ok(())
    });
    match pool.build() {
        Ok(pool) => Box::into_raw(Box::new(Pool { pool, threads })),
        Err(_) => {
            *started = threads.len();
            join_all(threads);
            std::ptr::null_mut()
        }
    }
}

/// Ends the pool's threads, and waits until they are gone, which Rayon by itself does not.
#[no_mangle]
pub unsafe extern "C" fn runoff_rayon_end(pool: *mut Pool) {
    let Pool { pool, threads } = *Box::from_raw(pool);
    drop(pool);
    join_all(threads);
}

/// `task(data, number)` for each number below `tasks`, as a parallel iterator over them.
#[no_mangle]
pub unsafe extern "C" fn runoff_rayon_for_each(
    pool: *const Pool,
    tasks: usize,
    task: Task,
    data: *mut c_void,
) {
    let data = Data(data);
    (*pool).pool.install(|| (0..tasks).into_par_iter().for_each(|number| data.call(task, number)));
}

/// `task(data, first)` to `task(data, last - 1)` by joins that halve, on a thread of the pool.
#[no_mangle]
pub extern "C" fn runoff_rayon_join(first: usize, last: usize, task: Task, data: *mut c_void) {
    join(first, last, task, Data(data))
}

fn join(first: usize, last: usize, task: Task, data: Data) {
    if last - first == 1 {
        return data.call(task, first);
    }
    let middle = first + (last - first) / 2;
    rayon::join(|| join(first, middle, task, data), || join(middle, last, task, data));
}

#[no_mangle]
pub extern "C" fn runoff_rayon_version() -> *const c_char {
    concat!("Rayon ", env!("RUNOFF_RAYON_VERSION"), "\0").as_ptr() as *const c_char
}
