package fr.moncampus.ecal.memory;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lies between a program and its database, and can stall or cut what passes. */
public final class Proxy implements AutoCloseable {
    private final int target;
    private final ServerSocket server;
    private final List<Closeable> open = new CopyOnWriteArrayList<>();
    private volatile boolean stalled;

    public Proxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From now on nothing passes, and nobody is told. */
    public void stall() {
        stalled = true;
    }

    public void cut() {
        open.forEach(Proxy::close);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
                open.addAll(List.of(client, database));
                thread(() -> pass(client, database));
                thread(() -> pass(database, client));
            }
        } catch (IOException e) {
            // it is closed
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!stalled) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            // one of them has ended
        }
        if (!stalled) {
            close(from);
            close(to);
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Closeable each) {
        try {
            each.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
        close(server);
    }
}
