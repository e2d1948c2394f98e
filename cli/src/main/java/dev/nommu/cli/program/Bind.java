package dev.nommu.cli.program;

import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.Simulation;
import dev.nommu.kernel.board.Simulation.HostDirectory;
import dev.nommu.kernel.board.Simulation.Keeping;
import dev.nommu.kernel.board.Simulation.MountEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A host directory that is visible to programs.
 *
 * @param directory on the host
 * @param target its path for programs, from the root
 * @param keeping whether writes go to the host
 */
record Bind(Path directory, String target, Keeping keeping) {
  private static final Pattern FORM = Pattern.compile("(?<host>.+?):(?<guest>/[^:]*)(?<ro>:ro)?");

  /** Reads {@code HOST:GUEST[:ro]}. */
  static final class Converter implements ITypeConverter<Bind> {
    /** Creates it. */
    Converter() {}

    @Override
    public Bind convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException(
            "expected HOST:GUEST or HOST:GUEST:ro with an absolute GUEST, found '%s'"
                .formatted(text));
      }
      Path directory = Path.of(form.group("host")).toAbsolutePath();
      if (!Files.isDirectory(directory)) {
        throw new TypeConversionException("expected a directory, found '%s'".formatted(directory));
      }
      return new Bind(
          directory,
          form.group("guest"),
          form.group("ro") == null ? Keeping.PERSISTENT : Keeping.READ_ONLY);
    }
  }

  /** Returns a board that mounts these directories after its own mounts. */
  static Board on(Board board, List<Bind> binds) {
    Simulation simulation = board.simulation();
    Map<String, HostDirectory> directories = new HashMap<>(simulation.hostDirectories());
    List<MountEntry> mounts = new ArrayList<>(simulation.mounts());
    for (Bind bind : binds) {
      String name = "bind:" + bind.target;
      directories.put(name, new HostDirectory(bind.directory, bind.keeping));
      mounts.add(new MountEntry(name, bind.target, "hostfs", bind.options()));
    }
    return board.withSimulation(
        new Simulation(
            simulation.contents(),
            directories,
            mounts,
            simulation.windows(),
            simulation.directory()));
  }

  private String options() {
    return keeping == Keeping.READ_ONLY ? "ro" : "";
  }
}
