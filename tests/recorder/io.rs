//! Sockets, files, and closures on the blocking pool.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, UdpSocket},
};
use workbook::recording::{TaskKind, WaitKind};

use super::{only, record, seconds};

#[test]
fn sockets() {
    let first = line!();
    let recording = record(|| async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let client = tokio::spawn(async move {
            seconds(1).await;
            let mut stream = TcpStream::connect(address).await.unwrap();
            seconds(1).await;
            stream.write_all(b"hello").await.unwrap();
            seconds(1).await;
        });
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        client.await.unwrap();
    });
    let lines: Vec<_> = recording
        .waits_for(WaitKind::Socket)
        .iter()
        .filter(|wait| wait.task.0 == 0)
        .map(|wait| {
            (wait.line().unwrap().line - first, wait.began.time().as_secs(), wait.end.unwrap().at.time().as_secs())
        })
        .collect();
    assert_eq!(lines, [(11, 0, 1), (13, 1, 2), (13, 2, 3)]);
    assert_eq!(recording.elapsed(), Duration::from_secs(3));
}

#[test]
fn datagrams() {
    let first = line!();
    let recording = record(|| async {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        tokio::spawn(async move {
            seconds(1).await;
            UdpSocket::bind("127.0.0.1:0").await.unwrap().send_to(b"hello", address).await.unwrap();
        });
        socket.recv_from(&mut [0; 5]).await.unwrap();
    });
    let wait = *recording.waits_for(WaitKind::Socket).iter().find(|wait| wait.task.0 == 0).unwrap();
    let times = (wait.began.time().as_secs(), wait.end.unwrap().at.time().as_secs());
    assert_eq!((wait.line().unwrap().line - first, times), (8, (0, 1)));
}

#[test]
fn a_file() {
    let first = line!();
    let path = std::env::temp_dir().join(format!("workbook-{}.txt", std::process::id()));
    let file = path.clone();
    let recording = record(|| async move {
        tokio::fs::write(&file, "hello").await.unwrap();
    });
    std::fs::remove_file(path).unwrap();
    assert_eq!(only(&recording, WaitKind::File, first), (4, 0.0, 0.0));
}

#[test]
fn a_file_that_is_read_bit_by_bit() {
    let first = line!();
    let recording = record(|| async {
        let mut file = tokio::fs::File::open("Cargo.toml").await.unwrap();
        file.read_exact(&mut [0; 8]).await.unwrap();
    });
    let lines: Vec<_> =
        recording.waits_for(WaitKind::File).iter().map(|wait| wait.line().unwrap().line - first).collect();
    assert_eq!(lines, [2, 3]);
}

#[test]
fn a_closure_on_the_blocking_pool() {
    let first = line!();
    let recording = record(|| async {
        tokio::task::spawn_blocking(|| workbook::thread::sleep(Duration::from_secs(2))).await.unwrap();
    });
    assert_eq!(only(&recording, WaitKind::Join, first), (2, 0.0, 2.0));
    assert_eq!(recording.tasks[1].kind, TaskKind::Blocking);
    let block = &recording.blocks[0];
    assert_eq!((block.task.unwrap().0, block.line.line - first, block.ended.nanos), (1, 2, 2_000_000_000));
}

#[cfg(unix)]
#[test]
fn the_end_of_a_child_is_no_socket() {
    let recording = record(|| async {
        let mut command = tokio::process::Command::new("sh");
        let mut child = command.args(["-c", "read line"]).stdin(std::process::Stdio::piped()).spawn().unwrap();
        let stdin = child.stdin.take();
        tokio::join!(child.wait(), async { drop(stdin) }).0.unwrap();
    });
    assert!(!recording.waits_for(WaitKind::Child).is_empty() && recording.waits_for(WaitKind::Socket).is_empty());
}
