package dev.nommu.bench.row;

import dev.nommu.api.ErrnoException;
import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Unit;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The whole run of the command: it boots, maps a file of a romfs, and exits. */
final class ColdStart {
  private static final int RUNS = 5;
  private static final String SCENARIO =
      """
      fd = open("/rom/program", O_RDONLY)
      a = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0)
      """;

  private ColdStart() {}

  /** Returns the median of several runs, after two that fill the JVM's class data archive. */
  static List<Measurement> measure() throws Exception {
    Path folder = Files.createTempDirectory("nommu-bench");
    try {
      List<String> command = command(folder);
      run(command);
      run(command);
      double[] times = new double[RUNS];
      for (int i = 0; i < RUNS; i++) {
        long start = System.nanoTime();
        run(command);
        times[i] = System.nanoTime() - start;
      }
      Arrays.sort(times);
      return List.of(Measurement.exact("cold", times[RUNS / 2], Unit.TIME));
    } finally {
      for (String name : List.of("rom.img", "board.dts", "session.txt")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.delete(folder);
    }
  }

  private static List<String> command(Path folder) throws IOException, ErrnoException {
    Path source = Files.createTempDirectory("nommu-bench");
    Path program = Files.write(source.resolve("program"), new byte[1 << 16]);
    RomfsWriter.write(source, folder.resolve("rom.img"), RomfsOptions.DEFAULT.withAlignment(4096));
    Files.delete(program);
    Files.delete(source);
    Path board = Files.writeString(folder.resolve("board.dts"), RomBoard.source("romfs"));
    Path session = Files.writeString(folder.resolve("session.txt"), SCENARIO);
    List<String> command = new ArrayList<>(nommu());
    command.addAll(List.of("run", "--board", board.toString(), session.toString()));
    return command;
  }

  /** Returns the start of the command line: the launcher, or else this JVM with its class path. */
  private static List<String> nommu() {
    String launcher = System.getProperty("nommu.command", "");
    return launcher.isEmpty()
        ? List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.nommu.cli.Main")
        : List.of(launcher);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0 || !said.contains("= a")) {
      throw new IOException(command + ": expected status 0, found " + status + ": " + said);
    }
  }
}
