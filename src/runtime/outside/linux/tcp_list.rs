//! The system's list of all TCP sockets, those of other programs too.

use std::{
    fs,
    net::{IpAddr, SocketAddr},
};

/// A line of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) local: SocketAddr,
    pub(super) remote: SocketAddr,
    pub(super) state: u8,
    /// The number of the socket as a file. Zero once its program has closed it, and as long as none has accepted it.
    pub(super) inode: u64,
}

/// All of them, as far as the system tells.
pub(super) fn read() -> Vec<Listed> {
    let lists = ["/proc/net/tcp", "/proc/net/tcp6"].map(|list| fs::read_to_string(list).unwrap_or_default());
    lists.iter().flat_map(|list| list.lines().filter_map(line)).collect()
}

/// `sl local remote state …`, and the inode in the tenth column (https://docs.kernel.org/networking/proc_net_tcp.html).
fn line(line: &str) -> Option<Listed> {
    let columns: Vec<&str> = line.split_whitespace().collect();
    let [_, local, remote, state, _, _, _, _, _, inode, ..] = *columns else { return None };
    Some(Listed {
        local: address(local)?,
        remote: address(remote)?,
        state: u8::from_str_radix(state, 16).ok()?,
        inode: inode.parse().ok()?,
    })
}

/// `0100007F:1F90`
fn address(text: &str) -> Option<SocketAddr> {
    let (ip, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    // Words of 32 bits, each in the order of the machine.
    let words = ip.as_bytes().chunks(8).map(|word| u32::from_str_radix(str::from_utf8(word).ok()?, 16).ok());
    let bytes: Vec<u8> = words.collect::<Option<Vec<u32>>>()?.into_iter().flat_map(u32::to_ne_bytes).collect();
    let ip = match bytes.len() {
        4 => IpAddr::from(<[u8; 4]>::try_from(bytes).ok()?),
        _ => IpAddr::from(<[u8; 16]>::try_from(bytes).ok()?),
    };
    Some(SocketAddr::new(ip.to_canonical(), port))
}

#[cfg(test)]
mod tests {
    use std::net::{SocketAddr, TcpListener, TcpStream};

    use super::{Listed, read};

    #[test]
    fn both_ends_of_a_connection_are_listed() {
        for ip in ["127.0.0.1", "::ffff:127.0.0.1"] {
            let listener = match TcpListener::bind((ip, 0)) {
                Err(error) if ip.contains("::") => return eprintln!("left out, there is no IPv6 here: {error}"),
                listener => listener.unwrap(),
            };
            let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let (local, remote) = (client.local_addr().unwrap(), client.peer_addr().unwrap());
            let plain = |address: SocketAddr| SocketAddr::new(address.ip().to_canonical(), address.port());
            let find = |from, to| {
                let of_it = |listed: &Listed| (listed.local, listed.remote) == (plain(from), plain(to));
                read().into_iter().find(of_it).expect("a line of it")
            };
            assert_ne!(find(local, remote).inode, 0);
            assert_eq!(find(remote, local).inode, 0, "nobody has accepted it");
            let (accepted, _) = listener.accept().unwrap();
            assert_ne!(find(remote, local).inode, 0);
            drop(accepted);
        }
    }
}
