package fr.moncampus.ecal.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that promises to keep connections alive, and breaks its promise when it is told to. */
final class SilentServer implements AutoCloseable {
    /** Each connection's request lines, in the order in which they were opened. */
    final List<List<String>> connections = new CopyOnWriteArrayList<>();

    /** All header lines that were sent. */
    final List<String> headers = new CopyOnWriteArrayList<>();

    private final ServerSocket server;
    private final List<Connection> open = new CopyOnWriteArrayList<>();
    private volatile String answer = "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=60\r\nContent-Length: 2\r\n\r\nok";
    private volatile int deafAfter = Integer.MAX_VALUE;

    private record Connection(Socket socket, Thread reader) {}

    SilentServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "silent-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    String address() {
        return "http://127.0.0.1:" + port() + "/";
    }

    void answerWith(String other) {
        answer = other;
    }

    /** After so many answers a connection is dropped without a packet: as a router does that has forgotten it. */
    void goDeafAfter(int answers) {
        deafAfter = answers;
    }

    /** @param reset by RST, else by FIN; the client's side knows when this returns */
    void closeIdle(boolean reset) throws IOException {
        for (Connection connection : open) {
            if (reset) {
                connection.socket().setSoLinger(true, 0);
            }
            connection.socket().close();
            try {
                // only when nobody reads from it any more does the system let it go
                connection.reader().join();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
        open.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                List<String> requests = new CopyOnWriteArrayList<>();
                connections.add(requests);
                Thread thread = new Thread(() -> serve(socket, requests), "silent-connection");
                thread.setDaemon(true);
                open.add(new Connection(socket, thread));
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket, List<String> requests) {
        try {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            while (requests.size() < deafAfter) {
                List<String> head = new ArrayList<>();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    head.add(line);
                }
                if (head.isEmpty()) {
                    return;
                }
                int length = head.stream()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                        .findAny()
                        .orElse(0);
                for (int i = 0; i < length; i++) {
                    in.read();
                }
                headers.addAll(head);
                requests.add(head.get(0));
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            // the client has gone, or was sent away
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeIdle(false);
    }
}
