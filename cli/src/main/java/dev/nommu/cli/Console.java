package dev.nommu.cli;

import dev.nommu.cli.text.Palette;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err what is said about results: errors, progress
 * @param palette for results
 * @param progress whether somebody watches
 */
public record Console(PrintStream out, PrintStream err, Palette palette, Progress progress) {
  /** What becomes of messages that are only worth reading while one waits. */
  public enum Progress {
    /** They are shown on one line of the terminal, each in the place of the one before. */
    SHOWN,
    /** They are dropped. */
    DROPPED
  }

  /** Returns the standard streams of this process, in UTF-8. */
  static Console ofProcess() {
    boolean coloured = Terminal.is(1) && Terminal.wantsColours(System.getenv());
    return new Console(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        coloured ? Palette.ANSI : Palette.NONE,
        Terminal.is(2) ? Progress.SHOWN : Progress.DROPPED);
  }

  /** Not buffered: what is written has been written, or the stream tells of an error. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  /**
   * Writes a line of the result, at once.
   *
   * @throws OutputClosedException if nobody reads it
   */
  void line(String line) {
    out.print(line + "\n");
    requireReader();
  }

  /**
   * Writes lines of the result.
   *
   * @throws OutputClosedException if nobody reads them
   */
  void lines(List<String> lines) {
    if (!lines.isEmpty()) {
      line(String.join("\n", lines));
    }
  }

  private void requireReader() {
    if (out.checkError()) {
      throw new OutputClosedException();
    }
  }

  /** Writes a line about the result. */
  void note(String line) {
    err.print(line + "\n");
    err.flush();
  }

  /** Shows how far the work has come. */
  void progress(String message) {
    if (progress == Progress.SHOWN) {
      err.print("\r\u001b[K" + message);
      err.flush();
    }
  }
}
