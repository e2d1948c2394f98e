package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.image.Findings;
import dev.nommu.image.TreeEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Checks block pointers and blocks, those shared by several files only once. */
final class ContentCheck implements AutoCloseable {
  private static final int EXTENDED = BlockTable.UNCOMPRESSED | BlockTable.DIRECT;

  private final ImageReader reader;
  private final CheckedRange range;
  private final CramfsSuperblock superblock;
  private final int blockSize;
  private final Findings findings;
  private final BlockInflater inflater;
  private final byte[] page;
  private final Map<Long, Integer> sizeOfTable = new HashMap<>();
  private long tableBytes;
  private OptionalLong firstTable = OptionalLong.empty();

  ContentCheck(
      ImageReader reader,
      CheckedRange range,
      CramfsSuperblock superblock,
      int blockSize,
      Findings findings) {
    this.reader = reader;
    this.range = range;
    this.superblock = superblock;
    this.blockSize = blockSize;
    this.findings = findings;
    this.inflater = new BlockInflater(reader, blockSize);
    this.page = new byte[blockSize];
  }

  /** Returns the offset of the first block pointer of all, or empty if there are none. */
  OptionalLong firstTable() {
    return firstTable;
  }

  /**
   * Checks a regular file or symbolic link that has data.
   *
   * @throws ErrnoException EIO if the source cannot be read
   */
  void check(TreeEntry<CramfsNode> file) throws ErrnoException {
    CramfsNode node = file.node();
    Integer known = sizeOfTable.putIfAbsent(node.dataOffset(), node.size());
    if (known == null) {
      checkNew(file);
    } else if (known != node.size()) {
      findings.add(
          node.offset(),
          file.path(),
          "%d bytes as another file with the same blocks has".formatted(known),
          node.size() + " bytes");
    }
  }

  /** Releases memory outside the heap. */
  @Override
  public void close() {
    inflater.close();
  }

  private void checkNew(TreeEntry<CramfsNode> file) throws ErrnoException {
    CramfsNode node = file.node();
    int length = BlockTable.bytes(node, blockSize);
    tableBytes += length;
    firstTable = OptionalLong.of(Math.min(firstTable.orElse(node.dataOffset()), node.dataOffset()));
    if (!range.contains(node.dataOffset(), length)) {
      findings.add(
          node.offset(),
          file.path(),
          "block pointers " + range,
          "%d bytes at 0x%x".formatted(length, node.dataOffset()));
    } else if (tableBytes > range.length()) {
      findings.add(node.offset(), file.path(), "block pointers of its own", "those of other files");
    } else {
      checkBlocks(file);
    }
  }

  private void checkBlocks(TreeEntry<CramfsNode> file) throws ErrnoException {
    BlockTable table = BlockTable.read(reader, file.node(), blockSize, Profile.DOCUMENT);
    for (int index = 0; index < table.count() && !findings.full(); index++) {
      checkPointer(file, table, index);
      checkBlock(file, table, index);
    }
  }

  private void checkPointer(TreeEntry<CramfsNode> file, BlockTable table, int index) {
    int pointer = table.pointer(index);
    findings.require(
        superblock.has(CramfsFlag.EXT_BLOCK_POINTERS) || (pointer & EXTENDED) == 0,
        table.pointerOffset(index),
        file.path(),
        "a plain pointer, as the flag EXT_BLOCK_POINTERS is not set",
        "0x%08x".formatted(pointer));
  }

  private void checkBlock(TreeEntry<CramfsNode> file, BlockTable table, int index)
      throws ErrnoException {
    int expected = table.contentLength(index);
    switch (table.block(index)) {
      case Block.Hole hole -> {}
      case Block.Stored stored -> {
        checkPlace(file, stored.offset(), stored.length());
        requireLength(file, stored.offset(), expected, stored.length());
      }
      case Block.Deflated deflated -> {
        checkPlace(file, deflated.offset(), deflated.length());
        checkStream(file, deflated, expected);
      }
      case Block.Bad bad -> findings.add(bad.offset(), file.path(), bad.expected(), bad.found());
    }
  }

  private void checkPlace(TreeEntry<CramfsNode> file, long offset, long length) {
    findings.require(
        range.contains(offset, length),
        offset,
        file.path(),
        "a block " + range,
        "%d bytes at 0x%x".formatted(length, offset));
  }

  private void checkStream(TreeEntry<CramfsNode> file, Block.Deflated block, int expected)
      throws ErrnoException {
    switch (inflater.inflate(block, page)) {
      case BlockInflater.Outcome.Done done ->
          requireLength(file, block.offset(), expected, done.length());
      case BlockInflater.Outcome.Failed failed ->
          findings.add(
              block.offset(),
              file.path(),
              "a zlib stream of %d bytes".formatted(expected),
              failed.found());
    }
  }

  private void requireLength(TreeEntry<CramfsNode> file, long offset, int expected, int found) {
    findings.require(
        expected == found,
        offset,
        file.path(),
        "a block of %d bytes".formatted(expected),
        found + " bytes");
  }
}
