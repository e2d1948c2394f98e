package dev.nommu.cli;

import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.Console.Progress;
import dev.nommu.cli.text.Palette;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** One run of the command in this JVM: its exit code and what it wrote. */
public record Run(int exitCode, String out, String err) {
  /** Runs it as it runs when neither stream is a terminal. */
  public static Run of(Object... arguments) {
    return on(Palette.NONE, Progress.DROPPED, arguments);
  }

  /** Runs it with a text as its standard input. */
  public static Run reading(String input, Object... arguments) {
    InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return on(in, Palette.NONE, Progress.DROPPED, arguments);
  }

  /** Runs it with these abilities of the terminal. */
  public static Run on(Palette palette, Progress progress, Object... arguments) {
    return on(InputStream.nullInputStream(), palette, progress, arguments);
  }

  private static Run on(InputStream in, Palette palette, Progress progress, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(in, stream(out), stream(err), palette, progress);
    String[] texts = List.of(arguments).stream().map(String::valueOf).toArray(String[]::new);
    int exitCode = Main.run(console, texts);
    return new Run(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Returns the file of the board that is the recorded machine. */
  public static Path recordedBoard() {
    return Path.of("..", "boards", "oracle.dts");
  }
}
