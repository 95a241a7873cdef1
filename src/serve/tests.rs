use std::{
    io::{Read, Write},
    net::TcpStream as Client,
    time::Instant,
};

use super::*;

fn server() -> (tempfile::TempDir, Server) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let server = Server::start(dir.path(), 0, Language::Vi).expect("a server");
    (dir, server)
}

/// A client that has heard the first event, and stays.
fn listener(server: &Server) -> Client {
    let mut client = Client::connect((Ipv4Addr::LOCALHOST, server.port)).expect("a connection");
    let request = format!("GET {EVENTS}?page=%2F&version=x HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.write_all(request.as_bytes()).expect("a request");
    let mut heard = Vec::new();
    while !heard.ends_with(b"data: null\n\n\r\n") {
        let mut byte = [0];
        client.read_exact(&mut byte).expect("the first event");
        heard.push(byte[0]);
    }
    client
}

/// How many tasks tell something to a page.
fn told(server: &Server) -> usize {
    // One is what new ones are made from.
    server.state.receiver_count() - 1
}

#[test]
fn a_page_that_is_gone_is_forgotten() {
    let (_dir, server) = server();
    let clients: Vec<Client> = (0..20).map(|_| listener(&server)).collect();
    assert_eq!(told(&server), 20);
    drop(clients);
    let begin = Instant::now();
    while told(&server) > 0 {
        assert!(begin.elapsed() < Duration::from_secs(10), "{} are left", told(&server));
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_port_that_is_taken_in_either_family_is_passed_over() {
    for taken in [Socket::bind((Ipv4Addr::LOCALHOST, 0)), Socket::bind((Ipv6Addr::LOCALHOST, 0))] {
        // A machine without IPv6 has nothing to be taken there.
        let Ok(taken) = taken else { continue };
        let port = taken.local_addr().expect("an address").port();
        let (next, _sockets) = bind(port).expect("another port");
        assert!((port + 1..port.saturating_add(PORTS)).contains(&next), "{port} {next}");
    }
}

#[test]
fn there_is_no_port_behind_the_last() {
    // Whether the last one is free is not ours to say; that we do not go on is.
    if let Ok((port, _sockets)) = bind(u16::MAX) {
        assert_eq!(port, u16::MAX);
    }
}
