package dev.nommu.junit;

import dev.nommu.api.BinaryFormat;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.exec.BinaryFormats;
import java.util.List;

/**
 * The contract of a binary format: the files it recognises, leaves to other formats, and loads. The
 * board is that of {@link Board}, or has only 16 MiB of RAM.
 */
public abstract class BinaryFormatContract extends PluginContract {
  /** Creates a contract. */
  protected BinaryFormatContract() {}

  /** Returns a new format, for each machine. */
  protected abstract BinaryFormat format();

  /** Returns the bytes of an executable that the format loads. */
  protected abstract byte[] executable();

  @Override
  final List<Contract> contracts() throws BoardException {
    Subject subject = Subject.format(this::format, board(BinaryFormats.BOARD));
    return List.of(BinaryFormats.of(subject, format().name(), executable()));
  }
}
