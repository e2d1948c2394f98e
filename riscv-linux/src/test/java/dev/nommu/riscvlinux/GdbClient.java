package dev.nommu.riscvlinux;

import dev.nommu.riscvlinux.gdb.GdbServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Speaks the remote serial protocol, packet by packet, as gdb does. */
final class GdbClient implements AutoCloseable {
  private final Socket socket;

  GdbClient(GdbServer server) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  /** Sends a packet; returns the answer. */
  String ask(String data) throws IOException {
    send(data);
    return answer();
  }

  void send(String data) throws IOException {
    int sum = data.chars().sum() & 0xff;
    raw("$%s#%02x".formatted(data, sum));
  }

  void raw(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Returns the next byte, below 0 at the end of the connection. */
  int next() throws IOException {
    return socket.getInputStream().read();
  }

  /** Returns the next packet and acknowledges it. */
  String answer() throws IOException {
    StringBuilder data = new StringBuilder();
    int each = next();
    while (each == '+') {
      each = next();
    }
    if (each != '$') {
      throw new IOException("expected a packet, found byte " + each);
    }
    for (each = next(); each != '#'; each = next()) {
      data.append((char) (each == '}' ? next() ^ 0x20 : each));
    }
    next();
    next();
    raw("+");
    return data.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
