package dev.nommu.cli.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A UTF-8 text stream that records the first write error. Nothing is buffered. */
public final class Output extends PrintStream {
  private final Remembering stream;

  /** Creates a stream that writes to another one. */
  public Output(OutputStream to) {
    this(new Remembering(to));
  }

  private Output(Remembering stream) {
    super(stream, false, StandardCharsets.UTF_8);
    this.stream = stream;
  }

  /** Returns the first write error, or empty. */
  Optional<String> failure() {
    return stream.failure;
  }

  /** Records the exceptions that {@link PrintStream} swallows. */
  private static final class Remembering extends FilterOutputStream {
    private Optional<String> failure = Optional.empty();

    Remembering(OutputStream to) {
      super(to);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException reason) {
        failure = failure.or(() -> Optional.of(String.valueOf(reason.getMessage())));
        throw reason;
      }
    }
  }
}
