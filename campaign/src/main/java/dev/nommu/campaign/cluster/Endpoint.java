package dev.nommu.campaign.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * The network address of a member.
 *
 * @param host a name or an address
 * @param port 1 to 65535; 0 for any free port
 */
public record Endpoint(String host, int port) {
  private static final int HIGHEST = 65_535;
  private static final String LOOPBACK = "127.0.0.1";

  /** Any free port of the loopback address. */
  public static final Endpoint ANY_OF_LOOPBACK = new Endpoint(LOOPBACK, 0);

  /** Checks host and port. */
  public Endpoint {
    if (host.isBlank() || port < 0 || port > HIGHEST) {
      throw new IllegalArgumentException(
          "expected HOST:PORT with a port up to %d, found '%s:%d'".formatted(HIGHEST, host, port));
    }
  }

  /**
   * Parses {@code 127.0.0.1:5701} or {@code [::1]:5701}; a port alone is on the loopback address.
   *
   * @throws IllegalArgumentException if it is malformed; the message states the expected form
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      String host = colon < 0 ? LOOPBACK : text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
      return new Endpoint(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "expected HOST:PORT, as 127.0.0.1:5701, found '%s'".formatted(text), malformed);
    }
  }

  /**
   * Returns whether no other machine can reach it.
   *
   * @throws IOException if the host has no address
   */
  public boolean isLoopback() throws IOException {
    return address().isLoopbackAddress();
  }

  InetAddress address() throws IOException {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new IOException(this + ": no such host", unknown);
    }
  }

  /**
   * Checks that a server can listen there.
   *
   * @throws IOException if it cannot; the message states why
   */
  public void requireFree() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address(), port));
    } catch (SocketException unusable) {
      throw new IOException(this + ": " + unusable.getMessage(), unusable);
    }
  }

  /** Returns the form that {@code of} parses. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
