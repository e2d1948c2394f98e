package dev.nommu.tck.fs;

import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.mapping.MappingClauses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The contract of a type of file system, writable or read-only. */
public final class FileSystems {
  private FileSystems() {}

  /**
   * Returns the contract of a type at each mount of it on the subject's board.
   *
   * @param type the name by which it is mounted
   * @throws IllegalArgumentException if the board does not mount it
   */
  public static List<Contract> of(Subject subject, String type) {
    List<Contract> contracts =
        subject.board().simulation().mounts().stream()
            .filter(mount -> mount.type().equals(type))
            .map(mount ->
                new Contract(type + " on " + mount.target(), subject, allClauses(new Place(mount))))
            .toList();
    if (contracts.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: expected a mount of the type %s, found none (see the node \"mounts\" in BOARDS.md)"
              .formatted(subject.board().name(), type));
    }
    return contracts;
  }

  /** Returns the source of a board that mounts a type without a store on {@code /mnt}. */
  public static String boardWithoutStore(FileSystemType type) {
    return """
    /dts-v1/;
    / {
      #address-cells = <1>;
      #size-cells = <1>;
      memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
      nommu {
        compatible = "nommu,simulation";
        mounts { tested { source = "none"; target = "/mnt"; type = "%s"; options = ""; }; };
      };
    };
    """
        .formatted(type.name());
  }

  /** Returns the rules of the contract, of nothing in particular: to be read, not to be tested. */
  public static List<Clause> rules() {
    return ownClauses(new Place(new MountEntry("", "/", "", "")));
  }

  private static List<Clause> allClauses(Place place) {
    List<Clause> clauses = new ArrayList<>(ownClauses(place));
    int mappings = MappingClauses.of("").size();
    IntStream.range(0, mappings).mapToObj(at -> mapping(place, at)).forEach(clauses::add);
    return clauses;
  }

  /** Returns one of the clauses of a mapping, for a file that exists or can be created. */
  private static Clause mapping(Place place, int at) {
    Clause named = MappingClauses.of("").get(at);
    return place.clause(
        named.rule().number(),
        named.aspect(),
        mounted -> {
          Optional<String> file = mounted.someFile();
          return file.isEmpty()
              ? Verdict.skipped("it has no regular file, and none can be created")
              : MappingClauses.of(file.get()).get(at).check().of(mounted.trial());
        });
  }

  /** Returns all clauses but those of the mappings of its files. */
  static List<Clause> ownClauses(Place place) {
    List<Clause> clauses = new ArrayList<>();
    clauses.addAll(new NameClauses(place).all());
    clauses.addAll(new ChangeClauses(place).all());
    clauses.addAll(new ContentClauses(place).all());
    clauses.addAll(new AttributeClauses(place).all());
    clauses.addAll(new SlotClauses(place).all());
    clauses.addAll(new MountClauses(place).all());
    return clauses;
  }
}
