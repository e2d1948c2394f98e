package dev.nommu.cli.console;

import dev.nommu.cli.text.Palette;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where a command reads and writes.
 *
 * @param in the standard input
 * @param out results
 * @param err what is said about results: errors, progress
 * @param palette for results
 * @param progress whether somebody watches
 * @param terminals which of the streams are a terminal's: 0, 1 and 2 as descriptors
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Palette palette,
    Progress progress,
    Set<Integer> terminals) {
  private static final String BROKEN_PIPE = "broken pipe";

  /** The destination of progress messages, which are only of interest while one waits. */
  public enum Progress {
    /** They are shown on one line of the terminal, each in the place of the one before. */
    SHOWN,
    /** They are dropped. */
    DROPPED
  }

  /** Copies the set. */
  public Console {
    terminals = Set.copyOf(terminals);
  }

  /** Creates a console none of whose streams is a terminal's. */
  public Console(
      InputStream in, PrintStream out, PrintStream err, Palette palette, Progress progress) {
    this(in, out, err, palette, progress, Set.of());
  }

  /** Returns the standard streams of this process, in UTF-8. */
  public static Console ofProcess() {
    Set<Integer> terminals =
        IntStream.rangeClosed(0, 2)
            .filter(Terminal::is)
            .boxed()
            .collect(Collectors.toUnmodifiableSet());
    boolean coloured = terminals.contains(1) && Terminal.wantsColours(System.getenv());
    return new Console(
        System.in,
        new Output(new FileOutputStream(FileDescriptor.out)),
        new Output(new FileOutputStream(FileDescriptor.err)),
        coloured ? Palette.ANSI : Palette.NONE,
        terminals.contains(2) ? Progress.SHOWN : Progress.DROPPED,
        terminals);
  }

  /**
   * Writes a line of the result, at once.
   *
   * @throws OutputClosedException if nobody reads it
   */
  public void line(String line) {
    text(line + "\n");
  }

  private void text(String text) {
    out.print(text);
    requireReader();
  }

  /**
   * Returns a writer of a long result, to be flushed at its end. It throws {@link
   * OutputClosedException} if nobody reads the result any more.
   */
  public Writer writer() {
    return new BufferedWriter(
        new Writer() {
          @Override
          public void write(char[] from, int offset, int length) {
            text(new String(from, offset, length));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
  }

  /**
   * Writes lines of the result.
   *
   * @throws OutputClosedException if nobody reads them
   */
  public void lines(List<String> lines) {
    if (!lines.isEmpty()) {
      line(String.join("\n", lines));
    }
  }

  /**
   * Returns a stream of bytes into the results or what is said about them.
   *
   * @param to {@link #out} or {@link #err}
   * @return a stream that fails if nobody reads it, unlike what it writes to
   */
  public static OutputStream bytes(PrintStream to) {
    return new OutputStream() {
      @Override
      public void write(int each) throws IOException {
        write(new byte[] {(byte) each}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        to.write(from, offset, length);
        if (to.checkError()) {
          Optional<String> reason =
              to instanceof Output output ? output.failure() : Optional.empty();
          throw new IOException(reason.orElse(BROKEN_PIPE));
        }
      }
    };
  }

  private void requireReader() {
    if (out.checkError()) {
      throw new OutputClosedException();
    }
  }

  /**
   * Returns what a command ends with: a full disk is told of, but a reader that has gone away wants
   * no more.
   *
   * @param exitCode what it ends with if all of the result could be written
   */
  public int exitCode(int exitCode) {
    if (!out.checkError()) {
      return exitCode;
    }
    Optional<String> reason = out instanceof Output output ? output.failure() : Optional.empty();
    if (reason.filter(text -> !text.toLowerCase(Locale.ROOT).contains(BROKEN_PIPE)).isEmpty()) {
      return ExitCode.OUTPUT_CLOSED;
    }
    note("nommu: cannot write the result: " + reason.get());
    return ExitCode.FAILED;
  }

  /** Writes a line about the result. */
  public void note(String line) {
    err.print(line + "\n");
    err.flush();
  }

  /** Writes what nobody foresaw, with its stack trace. */
  public void bug(Throwable failure) {
    note("nommu: internal error, which is a bug of nommu: " + failure);
    failure.printStackTrace(err);
    err.flush();
  }

  /** Shows how far the work has come. */
  public void progress(String message) {
    if (progress == Progress.SHOWN) {
      err.print("\r\u001b[K" + message);
      err.flush();
    }
  }
}
