package dev.nommu.riscvlinux.gdb;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Packets of the remote serial protocol, {@code $data#checksum}, each byte a character. One thread
 * reads; any may write.
 */
final class Packets {
  /** Returned by {@link #read} for the byte with which gdb requests a stop. */
  static final String INTERRUPT = "\003";

  /** More than the packet size announced to gdb. */
  private static final int LONGEST = 1 << 16;

  private static final int INTERRUPT_BYTE = 3;
  private static final String TO_ESCAPE = "#$}*";

  private final InputStream in;
  private final OutputStream out;

  @GuardedBy("this")
  private boolean acknowledged = true;

  @GuardedBy("this")
  private byte[] last = new byte[0];

  Packets(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Returns the next packet's data, unescaped; empty at the end of the connection. A packet with a
   * wrong checksum is requested again.
   */
  Optional<String> read() throws IOException {
    try {
      while (true) {
        int each = next();
        switch (each) {
          case '$' -> {
            Optional<String> data = data();
            if (data.isPresent()) {
              return data;
            }
          }
          case INTERRUPT_BYTE -> {
            return Optional.of(INTERRUPT);
          }
          case '-' -> repeat();
          default -> {} // an acknowledgement, or noise between packets
        }
      }
    } catch (EOFException end) {
      return Optional.empty();
    }
  }

  private int next() throws IOException {
    int each = in.read();
    if (each < 0) {
      throw new EOFException("gdb has closed the connection");
    }
    return each;
  }

  /** Reads what follows {@code $}; empty if it is broken. */
  private Optional<String> data() throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int sum = 0;
    for (int each = next(); each != '#'; each = next()) {
      sum += each;
      if (each == '}') {
        int escaped = next();
        sum += escaped;
        each = escaped ^ 0x20;
      }
      data.write(each);
      if (data.size() > LONGEST) {
        throw new IOException("gdb sent a packet of more than %d bytes".formatted(LONGEST));
      }
    }
    int expected = Character.digit(next(), 16) << 4 | Character.digit(next(), 16);
    boolean isSound = expected == (sum & 0xff);
    acknowledge(isSound);
    return isSound ? Optional.of(data.toString(StandardCharsets.ISO_8859_1)) : Optional.empty();
  }

  private synchronized void acknowledge(boolean isSound) throws IOException {
    if (acknowledged) {
      out.write(isSound ? '+' : '-');
      out.flush();
    }
  }

  private synchronized void repeat() throws IOException {
    out.write(last);
    out.flush();
  }

  /** Sends a packet. */
  synchronized void write(String data) throws IOException {
    StringBuilder packet = new StringBuilder("$");
    for (int i = 0; i < data.length(); i++) {
      char each = data.charAt(i);
      if (TO_ESCAPE.indexOf(each) >= 0) {
        packet.append('}').append((char) (each ^ 0x20));
      } else {
        packet.append(each);
      }
    }
    int sum = packet.chars().skip(1).sum() & 0xff;
    packet.append("#%02x".formatted(sum));
    last = packet.toString().getBytes(StandardCharsets.ISO_8859_1);
    out.write(last);
    out.flush();
  }

  /** Stops acknowledging packets. */
  synchronized void stopAcknowledging() {
    acknowledged = false;
  }
}
