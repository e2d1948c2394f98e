package dev.nommu.junit;

import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.mapping.MappingClauses;
import java.util.List;

/**
 * The contract of the mappings of a file of any kind: capabilities, placement, contents, and
 * cleanup.
 *
 * <p>The board is that of {@link Board}, and has the file; its drivers and types of file system are
 * found as for any machine. By default there is only memory.
 */
public abstract class MappedFileContract extends PluginContract {
  private static final String MEMORY_ALONE =
      """
      /dts-v1/;
      / {
        #address-cells = <1>;
        #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
      };
      """;

  /** Creates a contract. */
  protected MappedFileContract() {}

  /** Returns the path of the file, such as {@code "/dev/mtd0"}. */
  protected abstract String path();

  @Override
  final List<Contract> contracts() throws BoardException {
    return List.of(
        new Contract(path(), Subject.board(board(MEMORY_ALONE)), MappingClauses.of(path())));
  }
}
