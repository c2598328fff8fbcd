//! Sockets: of the program's own at both ends, or with somebody else at the other end.

use std::{
    env, fs, future,
    io::{self, Read, Write},
    net::SocketAddr,
    os::fd::AsRawFd,
    process::Command,
    thread,
    time::Duration,
};

use socket2::{SockFilter, SockRef};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, UdpSocket},
    time::timeout,
};
use workbook::{
    record::{self, Recorded},
    recording::Outside,
    runtime::Threads,
};

use super::{HOUR, awaited, is_stuck, returns};

/// Two connected sockets.
async fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (connected, accepted) = tokio::join!(TcpStream::connect(address), listener.accept());
    (connected.unwrap(), accepted.unwrap().0)
}

#[test]
fn a_small_piece_that_the_kernel_holds_back_is_on_its_way() {
    let (_, recording) = returns(|| async {
        let (mut client, mut server) = pair().await;
        let serves = tokio::spawn(async move {
            let mut request = [0; 8];
            while server.read_exact(&mut request).await.is_ok() {
                server.write_all(b"ok").await.unwrap();
            }
        });
        for _ in 0..10 {
            client.write_all(b"head").await.unwrap();
            client.write_all(b"body").await.unwrap();
            timeout(Duration::from_secs(1), client.read_exact(&mut [0; 2])).await.expect("no deadline").unwrap();
        }
        assert!(!client.nodelay().unwrap(), "the program's socket is as the program left it");
        drop(client);
        serves.await.unwrap();
    });
    assert_eq!(recording.elapsed(), Duration::ZERO, "{:?}", recording.real_time);
}

#[test]
fn who_writes_to_one_that_does_not_read_is_stuck() {
    is_stuck(|| async {
        let (mut client, _server) = pair().await;
        loop {
            client.write_all(&[0; 65_536]).await.unwrap();
        }
    });
}

/// What the other end has no room for is thrown away, and sent again and again until that one has read.
#[test]
fn what_is_thrown_away_for_want_of_room_holds_no_time_up() {
    let Recorded { output, recording } = record::future(Threads::Current, || async {
        let (mut writes, mut reads) = pair().await;
        writes.write_all(b"there is room for this").await.unwrap();
        reads.readable().await.unwrap();
        loses_what_is_sent_before(&reads, u32::MAX);
        writes.write_all(b", and none for this").await.unwrap();
        assert!(timeout(HOUR, future::pending::<()>()).await.is_err());
        SockRef::from(&reads).detach_filter().unwrap();
        drop(writes);
        let mut all = String::new();
        reads.read_to_string(&mut all).await.unwrap();
        all
    });
    assert_eq!(output.as_deref(), Some("there is room for this, and none for this"), "{:?}", recording.outcome);
    assert_eq!(recording.elapsed(), HOUR);
}

/// However long the system takes, it is not the program that does nothing.
#[test]
fn what_is_lost_on_its_way_is_waited_for_until_it_is_sent_again() {
    if fs::read_to_string("/proc/sys/net/ipv4/tcp_timestamps").is_ok_and(|set| set.trim() == "0") {
        return eprintln!("left out: this system stamps no segments with their time");
    }
    let Recorded { output, recording } = record::future(Threads::Current, || async {
        let (mut writes, mut reads) = pair().await;
        // It is sent again after a fifth of a second, and after twice as long each time: at last after three seconds.
        loses_what_is_sent_before(&reads, clock_of(&writes).wrapping_add(2_200));
        writes.write_u8(42).await.unwrap();
        timeout(HOUR, reads.read_u8()).await.expect("no deadline").unwrap()
    });
    assert_eq!(output, Some(42), "{:?}", recording.outcome);
    assert_eq!(recording.elapsed(), Duration::ZERO, "{:?}", recording.real_time);
}

/// Has the kernel throw away what arrives for a socket, if it was sent before this time of the sender's clock.
fn loses_what_is_sent_before(socket: &TcpStream, time: u32) {
    // A classic BPF program (linux/filter.h). It sees a segment from its TCP header on, in which the time follows the twenty
    // bytes that each has, and four more (RFC 7323, appendix A).
    let [load, at_least, answer] = [0x20, 0x35, 0x06];
    let step = SockFilter::new;
    let program =
        [step(load, 0, 0, 24), step(at_least, 0, 1, time), step(answer, 0, 0, u32::MAX), step(answer, 0, 0, 0)];
    SockRef::from(socket).attach_filter(&program).unwrap();
}

/// The time, in milliseconds, with which the socket stamps what it sends.
#[expect(unsafe_code, reason = "no crate asks for it")]
fn clock_of(socket: &TcpStream) -> u32 {
    let mut time = 0_u32;
    let mut length = size_of_val(&time) as libc::socklen_t;
    let at = (&raw mut time).cast();
    // SAFETY: there is room for as many bytes as `length` says.
    let result =
        unsafe { libc::getsockopt(socket.as_raw_fd(), libc::IPPROTO_TCP, libc::TCP_TIMESTAMP, at, &raw mut length) };
    assert_eq!(result, 0, "{}", io::Error::last_os_error());
    time
}

#[test]
fn who_reads_from_one_that_does_not_write_is_stuck() {
    is_stuck(|| async {
        let (mut client, _server) = pair().await;
        client.read_u8().await
    });
}

#[test]
fn a_server_without_clients_does_not_hold_time_up() {
    let (_, recording) = returns(|| async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        assert!(timeout(HOUR, listener.accept()).await.is_err());
        assert!(timeout(HOUR, socket.recv(&mut [0; 8])).await.is_err());
    });
    assert_eq!(recording.elapsed(), 2 * HOUR);
}

#[test]
fn a_server_on_a_thread_that_takes_its_time_is_waited_for() {
    let (body, _) = returns(|| async {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _request = stream.read(&mut [0; 1024]).unwrap();
            thread::sleep(Duration::from_millis(100));
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi").unwrap();
        });
        let client = reqwest::Client::builder().no_proxy().timeout(HOUR).build().unwrap();
        client.get(format!("http://{address}/")).send().await.unwrap().text().await.unwrap()
    });
    assert_eq!(body, "hi");
}

/// Where the other program listens.
const ADDRESS: &str = "OUTSIDE_ADDRESS";

#[test]
fn another_program_that_takes_its_time_is_waited_for() {
    if let Ok(address) = env::var(ADDRESS) {
        let (answer, recording) = returns(move || async move {
            let address: SocketAddr = address.parse().unwrap();
            let mut stream = TcpStream::connect(address).await.unwrap();
            // The other program says nothing before it has heard of this one, so this deadline comes, at its real pace.
            assert!(timeout(Duration::from_millis(20), stream.read_u8()).await.is_err());
            stream.write_u8(1).await.unwrap();
            timeout(HOUR, stream.read_u8()).await.expect("no deadline").unwrap()
        });
        assert_eq!(answer, 42);
        // On a busy machine the thread that runs the tests may have to be waited for as well.
        assert!(awaited(&recording).contains(&Outside::Peer), "{:?}", recording.real_time);
        return;
    }
    // In a session of its own, as the other end of these sockets is a peer to every program of this process.
    let (succeeded, _) = returns(|| async {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut program = Command::new(env::current_exe().unwrap());
        program.args(["--exact", "sockets::another_program_that_takes_its_time_is_waited_for"]);
        let mut program = program.env(ADDRESS, address.to_string()).spawn().unwrap();
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0]).unwrap();
        thread::sleep(Duration::from_millis(200));
        stream.write_all(&[42]).unwrap();
        program.wait().unwrap().success()
    });
    assert!(succeeded);
}
