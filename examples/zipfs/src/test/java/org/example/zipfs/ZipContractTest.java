package org.example.zipfs;

import dev.nommu.api.FileSystemType;
import dev.nommu.junit.Board;
import dev.nommu.junit.FileSystemContract;

/** Each rule that holds for every type of file system, as a test of its own. */
@Board("board.dts")
final class ZipContractTest extends FileSystemContract {
  @Override
  protected FileSystemType type() {
    return new ZipType();
  }
}
