//! The sockets of this process: what is on its way between two of them, and whose other end is elsewhere.

use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
    fs,
    net::{IpAddr, SocketAddr},
    process,
};

use rustix::{
    event::PollFlags,
    io::ioctl_fionread,
    net::{AddressFamily, SocketType, getpeername, getsockname, sockopt},
};

use super::{
    borrow::{self, TcpInfo},
    descriptors::{Descriptor, Kind},
    tcp_list::{self, Listed},
};

// States of a TCP socket (include/net/tcp_states.h).
const ESTABLISHED: u8 = 1;
const SYN_SENT: u8 = 2;
const FIN_WAIT1: u8 = 4;
const FIN_WAIT2: u8 = 5;
const LAST_ACK: u8 = 9;
const CLOSING: u8 = 11;

/// What was seen of the sockets.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// There are some that others than this process may have to do with.
    pub(super) any: bool,
    /// Something is on its way from one of them to another, or may be.
    pub(super) on_its_way: bool,
    /// Who is at the other end of one is elsewhere, and may act.
    pub(super) peers: bool,
    /// One waits for clients.
    pub(super) doors: bool,
}

struct Connection {
    number: i32,
    local: SocketAddr,
    remote: SocketAddr,
    info: TcpInfo,
    counts: bool,
}

struct Door {
    local: SocketAddr,
    full: bool,
}

/// Looks at every socket; those whose inodes are `inherited` are nothing the program waits for.
pub(super) fn look(descriptors: &[Descriptor], inherited: &HashSet<u64>) -> Seen {
    let mut seen = Seen::default();
    let (mut connections, mut doors) = (Vec::new(), Vec::new());
    for descriptor in descriptors.iter().filter(|descriptor| descriptor.kind == Kind::Socket) {
        let counts = !inherited.contains(&descriptor.inode);
        let socket = borrow::descriptor(descriptor.number);
        match (sockopt::socket_domain(socket), sockopt::socket_type(socket)) {
            (Ok(AddressFamily::INET | AddressFamily::INET6), Ok(SocketType::STREAM)) => {
                seen.any = true;
                stream(descriptor.number, counts, &mut connections, &mut doors, &mut seen);
            }
            (Ok(AddressFamily::INET | AddressFamily::INET6), Ok(_)) => {
                seen.any = true;
                if counts {
                    datagrams(descriptor.number, &mut seen);
                }
            }
            (Ok(AddressFamily::UNIX), _) if counts => local(descriptor.number, &mut seen),
            _ => {}
        }
    }
    judge(&connections, &doors, tcp_list::read, &mut seen);
    // Asked last: what was handed over before the looks above has arrived by then, or is still counted here.
    seen.on_its_way |= seen.any && loopback_is_busy();
    seen
}

fn address(number: i32) -> Option<SocketAddr> {
    getsockname(borrow::descriptor(number)).ok().and_then(|address| SocketAddr::try_from(address).ok()).map(plain)
}

fn peer(number: i32) -> Option<SocketAddr> {
    getpeername(borrow::descriptor(number)).ok().flatten().and_then(|peer| SocketAddr::try_from(peer).ok()).map(plain)
}

/// An address of version 4 within one of version 6 as what it is, and without what tells interfaces apart.
fn plain(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

fn stream(number: i32, counts: bool, connections: &mut Vec<Connection>, doors: &mut Vec<Door>, seen: &mut Seen) {
    let (Some(local), Some(info)) = (address(number), borrow::tcp_info(number)) else { return };
    if sockopt::socket_acceptconn(borrow::descriptor(number)) == Ok(true) {
        doors.push(Door { local, full: info.unacked > info.most_waiting });
        seen.doors |= counts;
    } else if let Some(remote) = peer(number).or_else(|| connecting_to(number, info)) {
        connections.push(Connection { number, local, remote, info, counts });
    }
}

/// Whom a socket calls that is not connected yet: `getpeername` does not say, the list of all sockets does.
fn connecting_to(number: i32, info: TcpInfo) -> Option<SocketAddr> {
    let inode = (info.state == SYN_SENT).then(|| super::descriptors::inode_of("self", number as u64))??;
    tcp_list::read().into_iter().find(|listed| listed.inode == inode).map(|listed| listed.remote)
}

/// A socket of datagrams hears from one peer, or from anybody who knows its address.
fn datagrams(number: i32, seen: &mut Seen) {
    let Some(local) = address(number).filter(|local| local.port() != 0) else { return };
    match peer(number) {
        Some(peer) => seen.peers |= !is_this_machine(peer.ip(), local.ip()),
        None if local.ip().is_loopback() => seen.doors = true,
        None => seen.peers = true,
    }
}

/// A socket that is a file: what it is handed is there at once, so only who is at the other end matters.
fn local(number: i32, seen: &mut Seen) {
    let socket = borrow::descriptor(number);
    if sockopt::socket_acceptconn(socket) == Ok(true) {
        (seen.any, seen.doors) = (true, true);
        return;
    }
    let of_this_process = |peer: rustix::net::UCred| peer.pid.as_raw_nonzero().get() as u32 == process::id();
    if sockopt::socket_peercred(socket).is_ok_and(|peer| !of_this_process(peer)) {
        seen.any = true;
        seen.peers |= !borrow::ready(number).contains(PollFlags::HUP);
    }
}

fn is_this_machine(remote: IpAddr, local: IpAddr) -> bool {
    remote.is_loopback() || remote == local
}

/// `list` gives all sockets of this machine.
fn judge(connections: &[Connection], doors: &[Door], list: impl FnOnce() -> Vec<Listed>, seen: &mut Seen) {
    let list = LazyCell::new(list);
    let ends: HashMap<_, _> = connections.iter().map(|end| ((end.local, end.remote), end)).collect();
    for end in connections {
        let door = doors.iter().find(|door| {
            let same = door.local.ip() == end.remote.ip()
                || door.local.ip().is_unspecified() && is_this_machine(end.remote.ip(), end.local.ip());
            same && door.local.port() == end.remote.port()
        });
        if let Some(other) = ends.get(&(end.remote, end.local)) {
            seen.on_its_way |= something_is_on_its_way(end, other);
        } else if end.info.state == SYN_SENT {
            match door {
                Some(door) if !door.full => seen.on_its_way = true,
                // Nobody answers, and the kernel asks again after a second.
                _ => seen.peers |= end.counts,
            }
        } else if door.is_none() && matches!(end.info.state, ESTABLISHED | FIN_WAIT1 | FIN_WAIT2) {
            let other = list.iter().find(|other| (other.local, other.remote) == (end.remote, end.local));
            match other.map(|other| (other.inode, other.state)) {
                // Its program has closed it, and the kernel still has to send what it was given, and that this is all. Who has
                // not read what is there is not kept waiting by that.
                Some((0, FIN_WAIT1 | LAST_ACK | CLOSING)) => seen.on_its_way |= end.counts && has_read_all(end),
                Some((0, state)) if state != ESTABLISHED => {}
                _ => seen.peers |= end.counts,
            }
        }
    }
}

/// True if something is on its way from one end of a connection to the other, or about to be.
fn something_is_on_its_way(from: &Connection, to: &Connection) -> bool {
    // Where the other end has no room it must read, which is its own business, unless it has read all there is, and is about
    // to say so.
    if from.info.sent > to.info.received {
        // What had to be sent again was thrown away for want of room: many small pieces take more than their bytes.
        return from.info.sent_again == 0 || has_read_all(to);
    }
    if from.info.unsent > 0 {
        borrow::push(from.number);
        // Either it waits for an acknowledgement, which comes, or the other end has no room.
        return from.info.unacked > 0 || has_read_all(to);
    }
    let has_said_its_last = |end: &Connection| matches!(end.info.state, FIN_WAIT1 | FIN_WAIT2 | LAST_ACK | CLOSING);
    let has_not_heard_so = matches!(to.info.state, ESTABLISHED | FIN_WAIT1 | FIN_WAIT2);
    has_said_its_last(from) && has_not_heard_so
}

fn has_read_all(end: &Connection) -> bool {
    ioctl_fionread(borrow::descriptor(end.number)).unwrap_or_default() == 0
}

/// True while the kernel has anything in hand that was sent to this machine itself: what is sent over the loopback is put
/// into a queue of the processor, which is worked off at once as a rule, but on a loaded machine a moment later.
fn loopback_is_busy() -> bool {
    // A line for each processor, in hexadecimal; the twelfth number is the length of its queue (since Linux 5.10).
    let stat = fs::read_to_string("/proc/net/softnet_stat").unwrap_or_default();
    let waiting = |line: &str| u32::from_str_radix(line.split_whitespace().nth(11)?, 16).ok();
    stat.lines().filter_map(waiting).any(|waiting| waiting > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_that_its_program_has_closed_is_nobody_elsewhere() {
        let socket = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
        let number = std::os::fd::AsRawFd::as_raw_fd(&socket);
        let address = |text: &str| text.parse::<SocketAddr>().unwrap();
        let seen = |remote: &str, other: Option<(u64, u8)>| {
            let (local, remote) = (address("127.0.0.1:80"), address(remote));
            let info = TcpInfo { state: ESTABLISHED, ..TcpInfo::default() };
            let other = other.map(|(inode, state)| Listed { local: remote, remote: local, state, inode });
            let mut seen = Seen::default();
            let end = Connection { number, local, remote, info, counts: true };
            judge(&[end], &[], || other.into_iter().collect(), &mut seen);
            (seen.peers, seen.on_its_way)
        };
        assert_eq!(seen("127.0.0.1:40000", Some((7, ESTABLISHED))), (true, false), "another program");
        assert_eq!(seen("127.0.0.1:40000", Some((0, ESTABLISHED))), (true, false), "one that has not accepted yet");
        assert_eq!(seen("127.0.0.1:40000", Some((0, FIN_WAIT1))), (false, true), "the word that it was closed");
        assert_eq!(seen("127.0.0.1:40000", Some((0, FIN_WAIT2))), (false, false), "that has been said");
        assert_eq!(seen("127.0.0.1:40000", None), (true, false), "in a network of its own, as a container");
        assert_eq!(seen("192.0.2.1:40000", None), (true, false), "another machine");
    }
}
