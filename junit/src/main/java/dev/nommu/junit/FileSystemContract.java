package dev.nommu.junit;

import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.fs.FileSystems;
import java.util.List;

/**
 * The contract of a type of file system at each of the board's mounts of it: names, contents,
 * attributes, mounts, and mappings of a file. Changes are confined to a directory {@code
 * .nommu-contract} of the mount; a read-only type or mount is only read.
 *
 * <p>The board is that of {@link Board}. By default it has 16 MiB of RAM, and the type mounted
 * without a source on {@code /mnt}; a type that needs a store needs a board with one.
 */
public abstract class FileSystemContract extends PluginContract {
  /** Creates a contract. */
  protected FileSystemContract() {}

  /** Returns a new type, for each machine. */
  protected abstract FileSystemType type();

  @Override
  final List<Contract> contracts() throws BoardException {
    FileSystemType specimen = type();
    return FileSystems.of(
        Subject.fileSystem(this::type, board(FileSystems.boardWithoutStore(specimen))),
        specimen.name());
  }
}
