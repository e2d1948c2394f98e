package dev.nommu.cli.fit;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.cli.console.CommandException;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A board with a romfs of the programs in memory outside its RAM, so that their text is executed in
 * place. Interpreters stay where they are.
 */
final class ProgramRom implements AutoCloseable {
  private static final String NAME = "/mnt";
  private static final int PERMISSIONS = 0755;
  private static final String EXECUTABLE = "rwxr-xr-x";
  private static final long ALIGNMENT = 1 << 20;

  private final FileSystem files =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder().setAttributeViews("basic", "posix").build());
  private final Path root = files.getPath("/programs");
  private final Path image = files.getPath("/romfs.img");
  private final List<String> originals;

  /** The path of each program in the romfs. */
  private final Map<String, String> moved = new LinkedHashMap<>();

  private long firstFree;
  private String directory = NAME;

  private ProgramRom(List<String> originals) {
    this.originals = originals;
  }

  /**
   * Builds the romfs of a board's programs.
   *
   * @throws CommandException if a program does not exist
   */
  static ProgramRom of(Setting setting, List<String> programs)
      throws CommandException, IOException, InterruptedException {
    ProgramRom rom = new ProgramRom(programs);
    try {
      Files.createDirectory(rom.root);
      List<String> mounts =
          setting.open().board().simulation().mounts().stream().map(MountEntry::target).toList();
      setting
          .open()
          .work(machine -> {
            rom.directory = directory(machine.init().tree(), mounts);
            rom.copy(machine);
          });
      RomfsWriter.write(rom.root, rom.image, RomfsOptions.DEFAULT);
      return rom;
    } catch (Throwable failure) {
      rom.close();
      throw failure;
    }
  }

  /**
   * Returns a mount point for the programs: {@code mnt} on the root, or else that of a writable
   * mount of the board, or an empty directory of the root. The mounts of {@code /etc/fstab} come
   * later.
   */
  private static String directory(TreeCalls tree, List<String> mounts) throws ErrnoException {
    for (String above : Stream.concat(Stream.of("", "/dev"), mounts.stream()).toList()) {
      if (isMade(tree, above + NAME) || isEmpty(tree, above + NAME)) {
        return above + NAME;
      }
    }
    return tree.list("/").stream()
        .map(entry -> "/" + entry.name())
        .filter(path -> isEmpty(tree, path))
        .findFirst()
        .orElse(NAME);
  }

  private static boolean isMade(TreeCalls tree, String path) {
    try {
      tree.mkdir(path, PERMISSIONS);
      return true;
    } catch (ErrnoException thereOrReadOnly) {
      return false;
    }
  }

  private static boolean isEmpty(TreeCalls tree, String path) {
    try {
      return tree.list(path).isEmpty();
    } catch (ErrnoException noDirectory) {
      return false;
    }
  }

  private void copy(Machine machine) throws IOException {
    for (Bank bank : machine.memory().banks()) {
      firstFree = Math.max(firstFree, bank.range().end());
    }
    for (String program : originals) {
      if (!moved.containsKey(program)) {
        Path file = root.resolve(moved.size() + program.substring(program.lastIndexOf('/') + 1));
        moved.put(program, directory + "/" + file.getFileName());
        Files.write(file, read(machine.init(), program));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(EXECUTABLE));
      }
    }
  }

  private static byte[] read(Task task, String path) throws ErrnoException {
    int file = task.open(path, OpenFlags.O_RDONLY);
    byte[] bytes = new byte[Math.toIntExact(task.fstat(file).attributes().size())];
    task.read(file, MemorySegment.ofArray(bytes));
    task.close(file);
    return bytes;
  }

  /** Returns the board with the memory. */
  Setting on(Setting setting) throws IOException {
    long start = (firstFree + ALIGNMENT - 1) & -ALIGNMENT;
    AddressRange range = new AddressRange(start, Page.align(Files.size(image)));
    return setting.withRomfs(range, image, directory);
  }

  /** Returns the paths of the programs in it. */
  List<String> programs() {
    return originals.stream().map(moved::get).map(Objects::requireNonNull).toList();
  }

  /** Returns the outcome under the names by which the user knows the programs. */
  Outcome named(Outcome outcome) {
    List<Step> steps = new ArrayList<>(outcome.steps());
    for (int i = 0; i < originals.size(); i++) {
      steps.set(i, steps.get(i).named(originals.get(i)));
    }
    return new Outcome(outcome.start(), steps);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
