package dev.nommu.cli.console;

import dev.nommu.cli.text.Palette;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a command reads and writes.
 *
 * @param in the standard input
 * @param out results
 * @param err what is said about results: errors, progress
 * @param palette for results
 * @param progress whether somebody watches
 */
public record Console(
    InputStream in, PrintStream out, PrintStream err, Palette palette, Progress progress) {
  private static final String BROKEN_PIPE = "broken pipe";

  /** What becomes of messages that are only worth reading while one waits. */
  public enum Progress {
    /** They are shown on one line of the terminal, each in the place of the one before. */
    SHOWN,
    /** They are dropped. */
    DROPPED
  }

  /** Returns the standard streams of this process, in UTF-8. */
  public static Console ofProcess() {
    boolean coloured = Terminal.is(1) && Terminal.wantsColours(System.getenv());
    return new Console(
        System.in,
        new Output(new FileOutputStream(FileDescriptor.out)),
        new Output(new FileOutputStream(FileDescriptor.err)),
        coloured ? Palette.ANSI : Palette.NONE,
        Terminal.is(2) ? Progress.SHOWN : Progress.DROPPED);
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
