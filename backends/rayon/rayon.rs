//! Rayon behind a C interface: a pool, a parallel loop in it, and a fork-join. What runs is a C function, which
//! throws nothing and is called with the number of a task.

use rayon::prelude::*;
use std::os::raw::{c_char, c_void};
use std::thread::JoinHandle;

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

/// Null where the threads cannot be had.
#[no_mangle]
pub extern "C" fn runoff_rayon_pool(workers: usize) -> *mut Pool {
    let mut threads = Vec::new();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).spawn_handler(|thread| {
        threads.push(std::thread::Builder::new().spawn(|| thread.run())?);
        Ok(())
    });
    match pool.build() {
        Ok(pool) => Box::into_raw(Box::new(Pool { pool, threads })),
        Err(_) => std::ptr::null_mut(),
    }
}

/// Ends the pool's threads, and waits until they are gone, which Rayon by itself does not.
#[no_mangle]
pub unsafe extern "C" fn runoff_rayon_end(pool: *mut Pool) {
    let Pool { pool, threads } = *Box::from_raw(pool);
    drop(pool);
    threads.into_iter().for_each(|thread| drop(thread.join()));
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

/// `task(data, 0)` to `task(data, count - 1)` by joins that halve, on a thread of the pool.
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
