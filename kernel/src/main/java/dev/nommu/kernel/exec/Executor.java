package dev.nommu.kernel.exec;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.FileNames;
import dev.nommu.api.Page;
import dev.nommu.api.Profile;
import dev.nommu.api.Recognition;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mm.Mapper;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.vfs.Credentials;
import dev.nommu.kernel.vfs.FsContext;
import dev.nommu.kernel.vfs.Opener;
import java.util.ArrayList;
import java.util.List;

/** The first half of {@code execve}: up to the point of no return. Thread-safe. */
public final class Executor {
  /** MAX_ARG_PAGES, minus a pointer (rule EXEC-01). */
  static final long ARGUMENT_BYTES = 32 * Page.SIZE - Long.BYTES;

  /** The maximum length of a chain of scripts that interpret each other. */
  private static final int MOST_SCRIPTS = 5;

  private final BinaryFormats formats;
  private final Opener opener;
  private final Mapper mapper;
  private final PhysicalMemory memory;
  private final Sanitizer sanitizer;
  private final Profile profile;

  /** Creates the executor of one machine. */
  public Executor(
      BinaryFormats formats,
      Opener opener,
      Mapper mapper,
      PhysicalMemory memory,
      Sanitizer sanitizer,
      Profile profile) {
    this.formats = formats;
    this.opener = opener;
    this.mapper = mapper;
    this.memory = memory;
    this.sanitizer = sanitizer;
    this.profile = profile;
  }

  /**
   * Opens a file and finds its format, following scripts to their interpreter.
   *
   * @param arguments an empty list becomes one empty argument, as in Linux
   * @param dataLimit RLIMIT_DATA in bytes
   * @throws ErrnoException E2BIG (rule EXEC-01), ENOENT, ENOTDIR, EACCES, ENOEXEC, ELOOP for more
   *     than five scripts, EINVAL for a string that contains a zero byte; any error of a format
   */
  public Execution prepare(
      FsContext context,
      String path,
      List<String> arguments,
      List<String> environment,
      long dataLimit)
      throws ErrnoException {
    Credentials who = context.credentials();
    List<String> given = arguments.isEmpty() ? List.of("") : arguments;
    ExecRequest request =
        ExecRequest.builder(path)
            .arguments(given)
            .environment(environment)
            .owner(who.owner())
            .dataLimit(dataLimit)
            .profile(profile)
            .build();
    ExecutableFiles files = new ExecutableFiles(opener, context);
    try {
      ExecutableFile file = files.open(path);
      requireFit(request);
      return prepare(files, file, request);
    } catch (Throwable failure) {
      files.close();
      throw failure;
    }
  }

  private Execution prepare(ExecutableFiles files, ExecutableFile first, ExecRequest given)
      throws ErrnoException {
    ExecutableFile file = first;
    ExecRequest request = given;
    for (int scripts = 0; scripts <= MOST_SCRIPTS; scripts++) {
      switch (formats.recognize(file, request)) {
        case BinaryFormats.Answer.Image image -> {
          String program = files.require(file).vfsPath().toString();
          return new Execution(files, request, program, image, mapper, memory, sanitizer);
        }
        case BinaryFormats.Answer.Interpreted(Recognition.Script script) -> {
          request = interpreted(request, file.path(), script);
          requireFit(request);
          file = files.open(script.interpreter());
        }
      }
    }
    throw new ErrnoException(
        Errno.ELOOP,
        "execve %s: more than %d nested scripts".formatted(given.path(), MOST_SCRIPTS));
  }

  /** Replaces argument 0 with the interpreter, its argument and the path of the script. */
  private static ExecRequest interpreted(
      ExecRequest request, String path, Recognition.Script script) {
    List<String> arguments = new ArrayList<>();
    arguments.add(script.interpreter());
    script.argument().ifPresent(arguments::add);
    arguments.add(path);
    arguments.addAll(request.arguments().subList(1, request.arguments().size()));
    return request.toBuilder().arguments(arguments).build();
  }

  private static void requireFit(ExecRequest request) throws ErrnoException {
    long bytes = size(request.path());
    for (String text : request.arguments()) {
      bytes += size(text);
    }
    for (String text : request.environment()) {
      bytes += size(text);
    }
    if (bytes > ARGUMENT_BYTES) {
      throw ErrnoException.byRule(
          "EXEC-01",
          Errno.E2BIG,
          "execve %s: path, arguments and environment have %d bytes, at most %d fit"
              .formatted(request.path(), bytes, ARGUMENT_BYTES));
    }
  }

  private static long size(String text) throws ErrnoException {
    if (text.indexOf('\0') >= 0) {
      throw new ErrnoException(
          Errno.EINVAL, "execve: expected an argument without zero bytes, found " + text);
    }
    return FileNames.length(text) + 1L;
  }
}
