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
 * The input and output of a command.
 *
 * @param in the standard input
 * @param out results
 * @param err errors and progress
 * @param palette for results
 * @param progress whether to show progress
 * @param terminals the descriptors among 0, 1 and 2 that are terminals
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Palette palette,
    Progress progress,
    Set<Integer> terminals) {
  private static final String BROKEN_PIPE = "broken pipe";

  /** The destination of progress messages, which only matter during a wait. */
  public enum Progress {
    /** They are shown on one line of the terminal, each replacing the previous one. */
    SHOWN,
    /** They are dropped. */
    DROPPED
  }

  /** Copies the set. */
  public Console {
    terminals = Set.copyOf(terminals);
  }

  /** Creates a console without terminals. */
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
   * @throws OutputClosedException if the output is closed
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
   * OutputClosedException} if the output is closed.
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
   * @throws OutputClosedException if the output is closed
   */
  public void lines(List<String> lines) {
    if (!lines.isEmpty()) {
      line(String.join("\n", lines));
    }
  }

  /**
   * Returns a byte stream to the results or errors.
   *
   * @param to {@link #out} or {@link #err}
   * @return a stream that fails if the output is closed, unlike the underlying one
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
   * Returns the exit code of a command: a full disk is reported, but not a closed pipe.
   *
   * @param exitCode the exit code if the whole result was written
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

  /** Writes an unexpected error, with its stack trace. */
  public void bug(Throwable failure) {
    note("nommu: internal error, which is a bug of nommu: " + failure);
    failure.printStackTrace(err);
    err.flush();
  }

  /** Shows the progress of the work. */
  public void progress(String message) {
    if (progress == Progress.SHOWN) {
      err.print("\r\u001b[K" + message);
      err.flush();
    }
  }
}
