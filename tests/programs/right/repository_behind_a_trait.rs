//! A repository behind an `async_trait`, used by tasks through a trait object.
//!
//! Source: class of <https://docs.rs/async-trait/latest/async_trait/>

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use tokio::{sync::RwLock, task::JoinSet, time::sleep};

#[async_trait]
trait Repository: Send + Sync {
    async fn add(&self, number: u64);
    async fn total(&self) -> u64;
}

#[derive(Default)]
struct InMemory(RwLock<Vec<u64>>);

#[async_trait]
impl Repository for InMemory {
    async fn add(&self, number: u64) {
        let mut numbers = self.0.write().await;
        sleep(Duration::from_millis(2)).await;
        numbers.push(number);
    }

    async fn total(&self) -> u64 {
        self.0.read().await.iter().sum()
    }
}

async fn app() {
    let repository: Arc<dyn Repository> = Arc::new(InMemory::default());
    let mut writers = JoinSet::new();
    for number in 0..10 {
        let repository = repository.clone();
        writers.spawn(async move { repository.add(number).await });
    }
    writers.join_all().await;
    println!("{}", repository.total().await);
}

pub(crate) fn main() {
    workbook::run(app())
}
