package dev.nommu.cli.run;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.nommu.api.HostFailure;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.OutputClosedException;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.scenario.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs any number of scenarios in turn, and writes a file for each. */
final class ScenarioBatch {
  private static final String COMMENT = "# ";

  private final ScenarioRun run;
  private final Path directory;
  private final Vocabulary vocabulary;
  private final Console console;
  private final List<String> failed = new ArrayList<>();
  private int complete;
  private int worst = ExitCode.OK;

  ScenarioBatch(ScenarioRun run, Path directory, Vocabulary vocabulary, Console console) {
    this.run = run;
    this.vocabulary = vocabulary;
    this.directory = directory;
    this.console = console;
  }

  /** A scenario and the file for its transcript. */
  private record Job(Path scenario, Path target) {}

  /**
   * Runs scenarios. A failure of one does not prevent running the others, and each gets a file with
   * its transcript up to that point.
   *
   * @return the highest of their individual exit codes
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
    if (!failed.isEmpty()) {
      console.note("nommu run: failed: " + String.join(", ", failed));
    }
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

  /** Writes the outcome of a job, even if it failed. */
  private void attempt(Job job) throws BoardException, InterruptedException {
    List<String> lines = new ArrayList<>();
    carryOut(job, lines);
    try {
      Files.write(job.target(), lines, CREATE, TRUNCATE_EXISTING, WRITE, NOFOLLOW_LINKS);
    } catch (IOException failure) {
      fail(job, job.target() + ": " + HostFailure.reason(failure), ExitCode.FAILED);
    }
  }

  private void carryOut(Job job, List<String> lines) throws BoardException, InterruptedException {
    try {
      run.of(ScenarioRun.parse(job.scenario(), console.in(), vocabulary), lines::add);
      complete++;
    } catch (CommandException failure) {
      lines.addAll(comment(failure.message()));
      fail(job, failure.message(), failure.exitCode());
    } catch (BoardException | OutputClosedException everyTime) {
      throw everyTime;
    } catch (IOException | RuntimeException | Error bug) {
      lines.addAll(comment("internal error: " + bug));
      fail(job, job.scenario() + ": ended by an internal error", ExitCode.FAILED);
      console.bug(bug);
    }
  }

  private static List<String> comment(String message) {
    return message.lines().map(line -> COMMENT + line).toList();
  }

  private void fail(Job job, String message, int exitCode) {
    failed.add(job.scenario().toString());
    console.progress("");
    console.note(message);
    worst = Math.max(worst, exitCode);
  }
}
