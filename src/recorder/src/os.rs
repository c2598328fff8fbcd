//! What is asked of the operating system about the threads of this process and of others.

pub mod glance;
pub mod threads;
