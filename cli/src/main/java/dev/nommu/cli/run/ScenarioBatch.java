package dev.nommu.cli.run;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.HostFailure;
import dev.nommu.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs any number of scenarios one after the other, and writes a file for each. */
final class ScenarioBatch {
  private final ScenarioRun run;
  private final Path directory;
  private final Console console;
  private int complete;
  private int worst = ExitCode.OK;

  ScenarioBatch(ScenarioRun run, Path directory, Console console) {
    this.run = run;
    this.directory = directory;
    this.console = console;
  }

  /** A scenario and the file for its transcript. */
  private record Job(Path scenario, Path target) {}

  /**
   * Runs scenarios. One that fails does not keep the others from being run.
   *
   * @return the highest of the exit codes that they would have had one by one
   * @throws CommandException if two of them would be written to one file, or none can be written
   * @throws BoardException if the board does not boot
   */
  int run(List<Path> scenarios) throws CommandException, BoardException, InterruptedException {
    List<Job> jobs = jobs(scenarios);
    makeDirectory();
    for (int i = 0; i < jobs.size(); i++) {
      console.progress("[%d/%d] %s".formatted(i + 1, jobs.size(), jobs.get(i).scenario()));
      attempt(jobs.get(i));
    }
    console.progress("");
    console.line(
        "%d of %d scenarios run, transcripts in %s".formatted(complete, jobs.size(), directory));
    return worst;
  }

  private List<Job> jobs(List<Path> scenarios) throws CommandException {
    Map<Path, Job> byTarget = new LinkedHashMap<>();
    for (Path scenario : scenarios) {
      Job job = new Job(scenario, directory.resolve(name(scenario) + ".out"));
      Job other = byTarget.put(job.target(), job);
      if (other != null) {
        throw conflict(
            "%s and %s would both be written to %s", other.scenario(), scenario, job.target());
      }
      if (absolute(job.target()).equals(absolute(scenario))) {
        throw conflict("%s would be written over", scenario);
      }
    }
    return List.copyOf(byTarget.values());
  }

  private static CommandException conflict(String message, Path... paths) {
    return new CommandException(
        ExitCode.USAGE, "nommu run: " + message.formatted((Object[]) paths));
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static String name(Path scenario) {
    return scenario.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", "");
  }

  private void makeDirectory() throws CommandException {
    try {
      Files.createDirectories(directory);
    } catch (IOException failure) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s: cannot be made: %s".formatted(directory, HostFailure.reason(failure)),
          failure);
    }
  }

  private void attempt(Job job) throws BoardException, InterruptedException {
    try {
      Scenario scenario = ScenarioRun.parse(job.scenario(), console.in());
      List<String> lines = new ArrayList<>();
      try {
        run.of(scenario, lines::add);
      } finally {
        Files.write(job.target(), lines, CREATE, TRUNCATE_EXISTING, WRITE, NOFOLLOW_LINKS);
      }
      complete++;
    } catch (CommandException failure) {
      fail(failure.message(), failure.exitCode());
    } catch (BoardException everyTime) {
      throw everyTime;
    } catch (IOException failure) {
      fail(
          "%s to %s: %s".formatted(job.scenario(), job.target(), HostFailure.reason(failure)),
          ExitCode.FAILED);
    }
  }

  private void fail(String message, int exitCode) {
    console.progress("");
    console.note(message);
    worst = Math.max(worst, exitCode);
  }
}
